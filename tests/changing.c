/* SPDX-License-Identifier: MIT */
#include "changing.h"

#include <check.h>

/* Of a day's calls, how many were answered within 20 s. */
void
add_day(
    kpi_store *to, const char *queue, int64_t day, uint64_t in, uint64_t calls)
{
	call of = { day + 10 * HOUR, KPI_OUTCOME_ANSWERED, 5 * SECOND,
		60 * SECOND, NULL, NULL, queue };

	if (in > 0)
		add_calls(to, of, in);
	of.start += MINUTE;
	of.wait = 40 * SECOND;
	if (in < calls)
		add_calls(to, of, calls - in);
}

static const struct {
	const char *queue;
	int64_t week;
	uint64_t calls, in[7];
} weeks[] = {
	{ "a", 0, 10, { 9, 8, 9, 10, 7, 9, 8 } },
	{ "b", 0, 10, { 6, 7, 8, 7, 6, 7, 8 } },
	{ "d", 0, 10, { 5, 6, 4, 5, 6, 4, 5 } },
	{ "a", 1, 10, { 8, 7, 9, 8, 6, 7, 7 } },
	{ "b", 1, 10, { 3, 4, 2, 5, 4, 3, 4 } },
	{ "c", 1, 20, { 18, 19, 17, 20, 18, 16, 19 } },
};

/* The second of the two weeks, by queue, is what a query asks for. */
kpi_store *store;
kpi_query *query;

void
setup(void)
{
	store = new_store();
	query = new_query();
	for (size_t i = 0; i < COUNT(weeks); i++)
		for (int day = 0; day < 7; day++)
			add_day(store, weeks[i].queue,
			    MONDAY + weeks[i].week * WEEK + day * DAY,
			    weeks[i].in[day], weeks[i].calls);
	ck_assert_int_eq(
	    kpi_query_between(query, MONDAY + WEEK, MONDAY + 2 * WEEK), KPI_OK);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_QUEUE), KPI_OK);
}

void
teardown(void)
{
	kpi_query_free(query);
	kpi_store_close(store);
}

kpi_status
try_change(kpi_change **out, const kpi_query *q, const char *text,
    const kpi_change_options *options, kpi_error *error)
{
	kpi_definition *d = definition_of(text);
	const kpi_definition *const list = d;
	const kpi_status status =
	    kpi_change_measure(out, store, q, &list, 1, options, error);

	kpi_definition_free(d);
	return status;
}

kpi_change *
change_of(const char *text)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_change *c;

	ck_assert_msg(try_change(&c, query, text, NULL, &error) == KPI_OK, "%s",
	    error.text);
	return c;
}

kpi_difference
get(const kpi_change *c, uint64_t row)
{
	kpi_difference d = KPI_DIFFERENCE_INIT;

	ck_assert_int_eq(kpi_change_get(c, row, 0, &d), KPI_OK);
	return d;
}

kpi_result *
week(int number, int grouped, const char *text)
{
	kpi_query *q = new_query();
	kpi_result *r;

	ck_assert_int_eq(kpi_query_between(q, MONDAY + number * WEEK,
			     MONDAY + (number + 1) * WEEK),
	    KPI_OK);
	if (grouped)
		ck_assert_int_eq(kpi_query_by(q, KPI_BY_QUEUE), KPI_OK);
	r = ask_rows(store, q, text);
	kpi_query_free(q);
	return r;
}

kpi_change *
compare(const kpi_result *now, const kpi_result *before)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_change *c;

	ck_assert_msg(
	    kpi_change_new(&c, now, before, NULL, NULL, &error) == KPI_OK, "%s",
	    error.text);
	return c;
}

int
same(double x, double y)
{
	return isnan(x) ? isnan(y) : x == y;
}
