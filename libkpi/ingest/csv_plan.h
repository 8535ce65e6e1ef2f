/* SPDX-License-Identifier: MIT */
/*
 * csv_plan.h - what is read from which columns, and how: what the header says
 * by itself, and what the caller says of it.
 */
#ifndef KPI_INGEST_CSV_PLAN_H
#define KPI_INGEST_CSV_PLAN_H

#include <kpi/csv.h>

#include "ingest/csv_name.h"
#include "ingest/csv_rows.h"
#include "ingest/csv_texts.h"
#include "time/zone.h"

#define KPI__CSV_JOINED 4 /* columns that make one cell */

/* How a target's cells are read. */
enum kpi__csv_kind {
	KPI__CSV_IDS,
	KPI__CSV_KNOWN,  /* texts and words, each of which is learnt once */
	KPI__CSV_VALUES, /* each cell by itself */
};

/* What becomes of a field. */
typedef struct kpi__csv_target {
	const kpi__field *field;
	kpi__csv_form form;
	const char *fill; /* where a row says nothing; NULL: unknown */
	uint32_t columns; /* 0: it is filled alone */
	uint32_t column[KPI__CSV_JOINED];
	int32_t is_own;    /* of what the header says: the field's own name */
	int32_t is_mapped; /* the caller said so */
	int32_t kind;
	int64_t unit; /* what a number of digits alone is multiplied by; 0:
			 such a cell is no value, or means something else */
} kpi__csv_target;

/* "FIELD:TEXT=WORD" */
typedef struct kpi__csv_rule {
	const kpi__field *field; /* NULL: any that has the word */
	const char *text, *word; /* `word` "": unknown */
	size_t size;             /* of text */
} kpi__csv_rule;

typedef struct kpi__csv_plan {
	const kpi_allocator *allocator;
	kpi__arena texts;  /* that the plan points into */
	uint32_t columns;  /* of the header */
	const char **name; /* of each column */
	uint8_t *taken;    /* 1: the caller named it, or left it out */
	uint32_t targets;
	kpi__csv_target target[KPI__FIELDS]; /* started_at is always there */
	kpi__csv_rule *rule;
	size_t rules;
	kpi__zone *zone;
	char separator;
} kpi__csv_plan;

/* Nothing but its memory. */
void kpi__csv_plan_init(kpi__csv_plan *plan, const kpi_allocator *a);
void kpi__csv_plan_free(kpi__csv_plan *plan);

/* By the header, which is the row that `rows` stands on. KPI_EINVAL names what
 * the caller said wrong; KPI_EPARSE: the header; KPI_ENOMEM, and as
 * kpi__zone_load(). */
kpi_status kpi__csv_plan_make(kpi__csv_plan *plan, kpi__csv_rows *rows,
    const kpi_csv_options *options, kpi_error *error) KPI_MUST_CHECK;

/* The target of a field, or a new one without columns. */
kpi__csv_target *kpi__csv_plan_target(
    kpi__csv_plan *plan, const kpi__field *field);

/* The number of a field's target; -1: it has none. */
int32_t kpi__csv_plan_find(const kpi__csv_plan *plan, int32_t field);

/* What the caller says: "COLUMN=FIELD:FORM", and the others, whose fields must
 * have their targets. */
kpi_status kpi__csv_plan_map(
    kpi__csv_plan *plan, const char *map, kpi_error *error) KPI_MUST_CHECK;
kpi_status kpi__csv_plan_rule(
    kpi__csv_plan *plan, const char *value, kpi_error *error) KPI_MUST_CHECK;
kpi_status kpi__csv_plan_fill(
    kpi__csv_plan *plan, const char *fill, kpi_error *error) KPI_MUST_CHECK;

/* What a cell becomes by the caller's values; NULL: as it stands. */
const char *kpi__csv_plan_word(const kpi__csv_plan *plan,
    const kpi__field *field, const char *text, size_t size);

/* Which columns were read as what. */
void kpi__csv_plan_report(const kpi__csv_plan *plan, kpi_csv_report *report);

#endif
