/* SPDX-License-Identifier: MIT */
/*
 * input.h - an interaction as the store handles it: integers as they are,
 * texts as codes of their dictionaries.
 */
#ifndef KPI_STORE_INPUT_H
#define KPI_STORE_INPUT_H

#include "store/field.h"

#define KPI__VISIT_FIELDS (KPI__FIELDS - KPI__WHOLE_FIELDS)
#define KPI__VISITS_MAX   65535

/* The fields of a row, KPI_FIELD_ENTERED_AT first. */
typedef struct kpi__row {
	int64_t value[KPI__VISIT_FIELDS];
} kpi__row;

#define KPI__OF_ROW(row, name)                                                 \
	((row)->value[KPI_FIELD_##name - KPI_FIELD_ENTERED_AT])

typedef struct kpi__input {
	const kpi_allocator *allocator;
	int64_t
	    value[KPI__WHOLE_FIELDS]; /* by number - 1; that of id is void */
	const char *id;               /* not ours; NULL: none */
	uint64_t id_hash;
	uint32_t id_size;
	uint32_t rows; /* at least 1 */
	kpi__row *row;
	size_t room;
} kpi__input;

/* Everything unknown, no row yet. */
void kpi__input_init(kpi__input *in, const kpi_allocator *allocator);
void kpi__input_free(kpi__input *in);

/* Makes it `rows` rows, those that are new all unknown. */
kpi_status kpi__input_set_rows(kpi__input *in, uint32_t rows) KPI_MUST_CHECK;

/* The latest instant of the known time, before its + 1 ms. */
int64_t kpi__input_latest(const kpi__input *in);

/* Whether a row is still waiting, or answered and not ended. */
int kpi__input_is_open(const kpi__input *in);

/* Of an id within a source (NULL: the empty one). */
uint64_t kpi__source_seed(const char *source, size_t size);
uint64_t kpi__id_hash(uint64_t source_seed, const char *id, size_t size);

/* KPI_EEXISTS, or KPI_ENOTFOUND, of an interaction with this id. */
kpi_status kpi__id_is_taken(
    kpi_error *error, const char *id, size_t size) KPI_MUST_CHECK;
kpi_status kpi__id_is_none(
    kpi_error *error, const char *id, size_t size) KPI_MUST_CHECK;

#endif
