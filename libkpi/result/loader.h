/* SPDX-License-Identifier: MIT */
/* loader.h - the steps of loading a saved result. */
#ifndef KPI_RESULT_LOADER_H
#define KPI_RESULT_LOADER_H

#include "base/buffer.h"
#include "result/table.h"

/* What is read, until it is known to be whole. */
typedef struct kpi__loader {
	kpi__reader in;
	const unsigned char *begin;
	kpi_allocator allocator;
	kpi__frame frame;
	char *zone, **filters;
	size_t filter_count;
	kpi__shape *shapes;
	uint32_t shape_count;
	kpi_error *error;
} kpi__loader;

/* KPI_ECORRUPT, saying where and what. */
kpi_status kpi__load_damaged(const kpi__loader *l, const char *what);

kpi_status kpi__load_no_memory(const kpi__loader *l);

/*
 * A number of things that take at least `size` bytes each: 0 and the reader
 * bad if so many cannot follow, so that no count makes a great allocation.
 */
uint64_t kpi__load_count(kpi__loader *l, size_t size);

/* A text of least to most bytes; NULL and the reader bad if it is none. */
const char *kpi__load_text(
    kpi__loader *l, size_t least, size_t most, size_t *size);

/* KPI_ECORRUPT, KPI_ENOMEM. What they made, kpi__load_free() frees. */
kpi_status kpi__load_frame(kpi__loader *l) KPI_MUST_CHECK;
kpi_status kpi__load_shapes(kpi__loader *l) KPI_MUST_CHECK;
void kpi__load_free(kpi__loader *l);

/* The texts and rows, into an empty result of that frame and those shapes. */
kpi_status kpi__load_rows(kpi__loader *l, kpi_result *r) KPI_MUST_CHECK;

#endif
