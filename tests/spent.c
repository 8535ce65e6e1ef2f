/* SPDX-License-Identifier: MIT */
#include "spent.h"

#include <check.h>
#include <string.h>

#include "asked.h"

void
spend(kpi_store *store, int64_t from, int64_t until, int64_t amount, int64_t by,
    const char *of)
{
	kpi_expense e = KPI_EXPENSE_INIT;
	kpi_error error = KPI_ERROR_INIT;

	e.started_at = from;
	e.ended_at = until;
	e.amount = amount;
	e.by = by;
	e.of = of;
	ck_assert_msg(kpi_store_add_expense(store, &e, &error) == KPI_OK, "%s",
	    error.text);
}

void
add_answered(kpi_store *store, int64_t at, const char *queue, const char *team,
    int64_t talk_ms)
{
	kpi_visit visit = visit_of(KPI_OUTCOME_ANSWERED, SECOND, talk_ms);
	kpi_interaction one = interaction_of(at, &visit, 1);

	visit.queue = queue;
	visit.team = visit.agent = team;
	add(store, &one);
}

kpi_query *
query_by(kpi_by first, kpi_by second)
{
	kpi_query *q = new_query();

	ck_assert_int_eq(kpi_query_by(q, first), KPI_OK);
	if (second != 0)
		ck_assert_int_eq(kpi_query_by(q, second), KPI_OK);
	return q;
}

int
is_text(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

kpi_figure
row_of(const kpi_result *r, const char *first, const char *second)
{
	uint64_t row = 0;

	while (!is_text(kpi_result_group(r, row, 0), first) ||
	    !is_text(kpi_result_group(r, row, 1), second))
		ck_assert_uint_lt(++row, kpi_result_rows(r));
	return figure_at(r, row);
}

int64_t
sum_of(const kpi_result *r)
{
	int64_t sum = 0;

	for (uint64_t row = 0; row < kpi_result_rows(r); row++)
		sum += figure_at(r, row).numerator;
	return sum;
}

void
check_numerators(const kpi_result *r, const kpi_result *expected)
{
	ck_assert_uint_eq(kpi_result_rows(r), kpi_result_rows(expected));
	for (uint64_t row = 0; row < kpi_result_rows(r); row++)
		ck_assert_int_eq(figure_at(r, row).numerator,
		    figure_at(expected, row).numerator);
}

uint64_t
saved(const kpi_result *r, unsigned char *bytes, uint64_t room)
{
	uint64_t size = 0;

	ck_assert_int_eq(kpi_result_save(r, bytes, room, &size, NULL), KPI_OK);
	return size;
}
