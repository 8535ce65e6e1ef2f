/* SPDX-License-Identifier: MIT */
/* texts.h - the values of one dimension, each kept once. */
#ifndef KPI_RESULT_TEXTS_H
#define KPI_RESULT_TEXTS_H

#include <kpi/base.h>

#define KPI__NO_TEXT UINT32_MAX

typedef struct kpi__texts {
	char *bytes; /* all texts, each with its NUL */
	size_t size, bytes_room;
	size_t *offset; /* of text i in bytes */
	size_t count, room;
	uint32_t *slot;    /* hash table of i + 1; 0 is free */
	size_t slot_count; /* a power of two; 0: to be made */
} kpi__texts;

void kpi__texts_free(kpi__texts *texts, const kpi_allocator *a);

/* Lives until the next text is added. */
const char *kpi__texts_get(const kpi__texts *texts, uint32_t place);

/* The place of a text, which is added if it is new. KPI_ENOMEM. */
kpi_status kpi__texts_intern(kpi__texts *texts, const kpi_allocator *a,
    const char *text, uint32_t *place) KPI_MUST_CHECK;

/* Adds a text of `size` bytes without looking whether it is there. */
kpi_status kpi__texts_append(kpi__texts *texts, const kpi_allocator *a,
    const char *text, size_t size) KPI_MUST_CHECK;

/*
 * Sorts the texts by bytes and drops those that no code names; `codes`, of
 * which every `stride`th of `count` is a place here, are changed with them.
 * KPI_ENOMEM leaves all as it was.
 */
kpi_status kpi__texts_sort(kpi__texts *texts, const kpi_allocator *a,
    uint32_t *codes, size_t count, size_t stride) KPI_MUST_CHECK;

#endif
