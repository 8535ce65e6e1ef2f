/* SPDX-License-Identifier: MIT */
/*
 * sample_records.h - what stands in a sample store, and records as bytes.
 * The source is "pbx" throughout.
 */
#ifndef KPI_TESTS_SAMPLE_RECORDS_H
#define KPI_TESTS_SAMPLE_RECORDS_H

#include <kpi.h>

#include "base/buffer.h"

/* The n-th interaction, "i0", "i1", ... (a few have no id), and the n-th
 * activity. */
kpi_status sample_add(
    kpi_store *store, uint32_t n, kpi_error *error) KPI_MUST_CHECK;
kpi_status sample_add_activity(
    kpi_store *store, uint32_t n, kpi_error *error) KPI_MUST_CHECK;
/* The n-th employment; and the n-th expense, of which each third has an id
 * that an earlier one had. */
kpi_status sample_add_employment(
    kpi_store *store, uint32_t n, kpi_error *error) KPI_MUST_CHECK;
kpi_status sample_add_expense(
    kpi_store *store, uint32_t n, kpi_error *error) KPI_MUST_CHECK;

/* Interactions with ids "c0", "c1", ... by column. */
kpi_status sample_add_columns(
    kpi_store *store, uint32_t count, kpi_error *error) KPI_MUST_CHECK;

/* A survey's answer, days later; and three visits instead of what was. */
kpi_status sample_answer_late(kpi_store *store, const char *id, int64_t mark,
    kpi_error *error) KPI_MUST_CHECK;
kpi_status sample_replace_visits(
    kpi_store *store, const char *id, kpi_error *error) KPI_MUST_CHECK;

/* In a batch. */
#define SAMPLE_PLACE "sample:place"
kpi_status sample_keep_place(kpi_store *store, kpi_error *error) KPI_MUST_CHECK;

void sample_put_interaction(kpi__buffer *out, const kpi_interaction *whole);
void sample_put_activity(kpi__buffer *out, const kpi_activity *activity);
void sample_put_employment(
    kpi__buffer *out, const kpi_employment *employment);
void sample_put_expense(kpi__buffer *out, const kpi_expense *expense);
void sample_put_repeat(kpi__buffer *out, const kpi_repeat *repeat);

#endif
