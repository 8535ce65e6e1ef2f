/* SPDX-License-Identifier: MIT */
/* csv_value.h - what a cell says, as the store has it. */
#ifndef KPI_INGEST_CSV_VALUE_H
#define KPI_INGEST_CSV_VALUE_H

#include "ingest/csv_plan.h"
#include "ingest/csv_report.h"
#include "ingest/csv_word.h"

typedef struct kpi__csv_value {
	int64_t value; /* of what is no text */
	int is_local;  /* a time without an offset */
} kpi__csv_value;

/*
 * A cell, which is not empty, as an integer of the target's field, within its
 * range; of a text only that it is not too long. Returns enum kpi__csv_why.
 */
int kpi__csv_value_read(const kpi__csv_plan *plan,
    const kpi__csv_target *target, const char *text, size_t size,
    kpi__csv_value *out);

#endif
