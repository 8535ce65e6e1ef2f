/* SPDX-License-Identifier: MIT */
/*
 * random_ledger.h - employments and expenses of every kind that a store takes:
 * rehires, overlaps, what replaces and takes back, credit notes, spans on and
 * beside the borders of days and months.
 */
#ifndef KPI_TESTS_RANDOM_LEDGER_H
#define KPI_TESTS_RANDOM_LEDGER_H

#include "random_interactions.h"

#define RANDOM_PEOPLE 40

typedef struct random_ledger {
	kpi_employment *employments; /* in the order in which they are told */
	kpi_expense *expenses;
	char people[RANDOM_PEOPLE][8];
	size_t employment_count, expense_count;
} random_ledger;

/* Release with ..._free(). */
void random_ledger_make(random_ledger *out, random_source *source,
    size_t employments, size_t expenses);
void random_ledger_free(random_ledger *made);

/* Adds all of it, in a batch. */
void random_ledger_add(kpi_store *store, const random_ledger *made);

#endif
