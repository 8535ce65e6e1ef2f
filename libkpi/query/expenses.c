/* SPDX-License-Identifier: MIT */
#include "query/expenses.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/wide.h"
#include "store/entries.h"
#include "store/expense.h"

static int
is_value(const char *value, const char *name)
{
	return value == NULL || name == NULL ? value == name
					     : strcmp(value, name) == 0;
}

static int
is_among(const kpi__filter *filter, const char *name)
{
	for (size_t i = 0; i < filter->count; i++)
		if (is_value(filter->values[i], name))
			return 1;
	return 0;
}

static int
is_wanted(const kpi_query *q, const kpi_expense *e)
{
	if (q->outcomes != 0 || q->limit_count > 0 ||
	    (q->until != KPI_UNKNOWN && e->started_at >= q->until) ||
	    (q->from != KPI_UNKNOWN && e->ended_at <= q->from))
		return 0;
	for (size_t i = 0; i < q->filter_count; i++) {
		const kpi__filter *f = &q->filters[i];

		if (is_among(f, f->by == e->by ? e->of : NULL) == f->negated)
			return 0;
	}
	return 1;
}

/* Where a filter on something else has left out units, an expense that it
 * keeps may be theirs too. */
static int
is_common(const kpi_query *q, const kpi_expense *e, int is_in_group)
{
	int is_of_all = is_in_group || e->of == NULL;

	for (size_t i = 0; i < q->filter_count; i++) {
		const kpi__filter *f = &q->filters[i];

		if (f->by != e->by)
			return 0;
		is_of_all |= !f->negated && f->count == 1;
	}
	return is_of_all;
}

static kpi__expense
in_query(const kpi_query *q, const kpi_expense *e)
{
	kpi__expense out = { e->started_at, e->ended_at, e->amount, 0, NULL,
		0 };

	while (out.in < q->by_count && q->by[out.in] != e->by)
		out.in++;
	if (out.in < q->by_count)
		out.name = e->of;
	out.is_common = is_common(q, e, out.in < q->by_count);
	return out;
}

static int
compare_groups(const kpi__expense *a, const kpi__expense *b)
{
	if (a->name == NULL || b->name == NULL)
		return (a->name != NULL) - (b->name != NULL);
	if (a->in != b->in)
		return a->in < b->in ? -1 : 1;
	return strcmp(a->name, b->name);
}

int
kpi__expenses_are_together(const kpi__expense *a, const kpi__expense *b)
{
	return compare_groups(a, b) == 0;
}

static int
compare(const void *a, const void *b, const void *unused)
{
	const kpi__expense *x = a, *y = b;
	const int order = compare_groups(x, y);

	(void)unused;
	return order != 0 ? order
			  : (x->begin > y->begin) - (x->begin < y->begin);
}

kpi_status
kpi__expenses_read(kpi__expenses *x, const kpi__snapshot *snapshot,
    const kpi_query *query, kpi_error *error)
{
	kpi__entries entries;
	kpi_status status;

	memset(x, 0, sizeof(*x));
	x->allocator = kpi__snapshot_allocator(snapshot);
	status =
	    kpi__entries_of(&entries, snapshot, KPI__LEDGER_EXPENSE, error);
	if (status != KPI_OK || entries.count == 0)
		return status;
	x->room = 2 * (size_t)entries.count;
	x->at = kpi__new_array(x->allocator, x->room, sizeof(*x->at));
	for (uint32_t i = 0; i < entries.count && x->at != NULL; i++) {
		kpi_expense e;

		kpi__expense_read(entries.at[i], &e);
		if (is_wanted(query, &e))
			x->at[x->count++] = in_query(query, &e);
	}
	kpi__entries_free(&entries, snapshot);
	if (x->at == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for expenses");
	kpi__sort(x->at, x->at + x->count, x->count, sizeof(*x->at), compare,
	    NULL);
	return KPI_OK;
}

void
kpi__expenses_free(kpi__expenses *x)
{
	if (x->at != NULL)
		kpi__release(x->allocator, x->at, x->room, sizeof(*x->at));
	memset(x, 0, sizeof(*x));
}

/* A credit note is rounded as the expense is that it takes back. */
static int64_t
before(const kpi__expense *e, int64_t instant)
{
	const uint64_t amount =
	    e->amount < 0 ? 0 - (uint64_t)e->amount : (uint64_t)e->amount;
	uint64_t share, left;

	if (instant <= e->begin)
		return 0;
	if (instant >= e->until)
		return e->amount;
	share = kpi__wide_share(amount, (uint64_t)(instant - e->begin),
	    (uint64_t)(e->until - e->begin), &left);
	return e->amount < 0 ? -(int64_t)share : (int64_t)share;
}

int64_t
kpi__expense_between(const kpi__expense *e, int64_t begin, int64_t until)
{
	return before(e, until) - before(e, begin);
}
