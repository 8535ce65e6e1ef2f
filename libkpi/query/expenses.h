/* SPDX-License-Identifier: MIT */
/*
 * expenses.h - what was spent, as a snapshot has it, for a query: an expense
 * is of what it names, and of nothing that is known else.
 */
#ifndef KPI_QUERY_EXPENSES_H
#define KPI_QUERY_EXPENSES_H

#include "query/query.h"
#include "store/snapshot.h"

typedef struct kpi__expense {
	int64_t begin, until, amount;
	uint32_t in;      /* the query's dimension that `name` is a value of */
	const char *name; /* NULL: of none of them */
	int is_common;    /* of all units of that name, or of all, which are in
	                     the query: it may be shared among them */
} kpi__expense;

/* By group, those of one by when they begin. Names are the snapshot's. */
typedef struct kpi__expenses {
	const kpi_allocator *allocator;
	kpi__expense *at;
	size_t count, room;
} kpi__expenses;

/* Those of which something lies in the range and that the filters keep; one of
 * outcomes or measures keeps none. KPI_ENOMEM. To be freed after a failure
 * too. */
kpi_status kpi__expenses_read(kpi__expenses *expenses,
    const kpi__snapshot *snapshot, const kpi_query *query,
    kpi_error *error) KPI_MUST_CHECK;
void kpi__expenses_free(kpi__expenses *expenses);

int kpi__expenses_are_together(const kpi__expense *a, const kpi__expense *b);

/* What of the amount falls in [begin, until): whole units, so that those of
 * spans that touch add up to that of both. */
int64_t kpi__expense_between(
    const kpi__expense *expense, int64_t begin, int64_t until);

#endif
