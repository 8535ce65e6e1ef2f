/* SPDX-License-Identifier: MIT */
/* cost_per_contact of many: what is cut adds up to the unit, what merges, and
 * random ones against a count by hand. */
#include <stdio.h>
#include <string.h>

#include "asked.h"
#include "random_interactions.h"
#include "runner.h"
#include "spent.h"

#define DAYS     8
#define QUEUES   4 /* and one more: unknown */
#define CONTACTS 60
#define EXPENSES 25

static const char *const queues[QUEUES + 1] = { "a", "b", "c", "unheard of",
	NULL };

static kpi_store *store;
static int64_t spent[QUEUES + 1][DAYS], answered[QUEUES + 1][DAYS];
static int known[QUEUES + 1][DAYS];

static void
contact(random_source *s)
{
	const int queue = (int)random_below(s, 3);
	const int day = (int)random_below(s, DAYS);
	const int is_answered = !random_one_in(s, 3);
	kpi_visit visit =
	    visit_of(is_answered ? KPI_OUTCOME_ANSWERED : KPI_OUTCOME_ABANDONED,
		SECOND, is_answered ? MINUTE : KPI_UNKNOWN);
	kpi_interaction one = interaction_of(
	    MONDAY + day * DAY + random_below(s, 86400000), &visit, 1);

	visit.queue = queues[queue];
	visit.agent = is_answered ? "ann" : NULL;
	if (!random_one_in(s, 4))
		one.cost = (int64_t)random_below(s, 1000) - 200;
	add(store, &one);
	answered[queue][day] += is_answered;
	known[queue][day] = 1;
	if (one.cost != KPI_UNKNOWN)
		spent[queue][day] += one.cost;
}

/* Unit by unit: the n-th falls due when so much of the span is over. */
static void
count_units(int queue, const kpi_expense *e)
{
	const int64_t span = e->ended_at - e->started_at;

	for (int day = 0; day < DAYS; day++)
		if (e->started_at < MONDAY + (day + 1) * DAY &&
		    e->ended_at > MONDAY + day * DAY)
			known[queue][day] = 1;
	for (int64_t n = 1; n <= e->amount; n++) {
		const int64_t due = (n * span + e->amount - 1) / e->amount;
		const int64_t at = e->started_at + due - 1;

		if (at >= MONDAY && at < MONDAY + DAYS * DAY)
			spent[queue][(at - MONDAY) / DAY]++;
	}
}

static void
spend_some(random_source *s)
{
	const int queue = (int)random_below(s, QUEUES + 1);
	kpi_expense e = KPI_EXPENSE_INIT;

	e.started_at = MONDAY - DAY + random_below(s, DAYS * 86400000);
	e.ended_at = e.started_at + 1 + random_below(s, 4 * 86400000);
	e.amount = random_below(s, 3000);
	if (queues[queue] != NULL) {
		e.by = KPI_BY_QUEUE;
		e.of = queues[queue];
	}
	ck_assert_int_eq(kpi_store_add_expense(store, &e, NULL), KPI_OK);
	count_units(queue, &e);
}

static void
fill(random_source *s)
{
	memset(spent, 0, sizeof(spent));
	memset(answered, 0, sizeof(answered));
	memset(known, 0, sizeof(known));
	store = new_store();
	for (int i = 0; i < CONTACTS; i++)
		contact(s);
	for (int i = 0; i < EXPENSES; i++)
		spend_some(s);
}

static kpi_result *
by_queue_and(int32_t bucket, int64_t from, int64_t until)
{
	kpi_query *q = new_query();
	kpi_result *r;

	ck_assert_int_eq(kpi_query_by(q, KPI_BY_QUEUE), KPI_OK);
	ck_assert_int_eq(kpi_query_by_time(q, bucket), KPI_OK);
	ck_assert_int_eq(kpi_query_between(q, from, until), KPI_OK);
	r = ask_rows(store, q, "cost_per_contact");
	kpi_query_free(q);
	return r;
}

static int
queue_of(const char *name)
{
	int queue = 0;

	while (queue < QUEUES &&
	    (name == NULL || strcmp(name, queues[queue]) != 0))
		queue++;
	return queue;
}

START_TEST(random_costs_are_what_counting_units_gives)
{
	random_source s = { (uint64_t)_i * 7919 + 1 };
	uint64_t rows = 0;
	kpi_result *r;

	fill(&s);
	r = by_queue_and(KPI_BUCKET_DAY, MONDAY, MONDAY + DAYS * DAY);
	for (int queue = 0; queue <= QUEUES; queue++)
		for (int day = 0; day < DAYS; day++)
			rows += known[queue][day] != 0;
	ck_assert_uint_eq(kpi_result_rows(r), rows);
	for (uint64_t row = 0; row < rows; row++) {
		const int queue = queue_of(kpi_result_group(r, row, 0));
		const int64_t day = (kpi_result_begin(r, row) - MONDAY) / DAY;
		const kpi_figure f = figure_at(r, row);

		ck_assert_int_eq(f.numerator, spent[queue][day]);
		ck_assert_int_eq(f.denominator, answered[queue][day]);
	}
	kpi_result_free(r);
	kpi_store_close(store);
}
END_TEST

START_TEST(however_it_is_cut_it_adds_up_to_the_unit)
{
	static const int32_t buckets[] = { KPI_BUCKET_QUARTER_HOUR,
		KPI_BUCKET_HOUR, KPI_BUCKET_DAY, KPI_BUCKET_WEEK,
		KPI_BUCKET_MONTH };
	const int64_t from = MONDAY - 3 * HOUR - 17;
	const int64_t until = MONDAY + 5 * DAY + 12345;
	random_source s = { (uint64_t)_i + 99 };
	kpi_query *q = new_query();
	int64_t total;

	fill(&s);
	ck_assert_int_eq(kpi_query_between(q, from, until), KPI_OK);
	total = ask(store, q, "cost_per_contact").numerator;
	for (size_t i = 0; i < sizeof(buckets) / sizeof(*buckets); i++) {
		kpi_result *r = by_queue_and(buckets[i], from, until);

		ck_assert_int_eq(sum_of(r), total);
		kpi_result_free(r);
	}
	kpi_query_free(q);
	kpi_store_close(store);
}
END_TEST

START_TEST(ranges_merge_in_any_order_to_the_same_bytes)
{
	static const int64_t ends[] = { MONDAY, MONDAY + 2 * DAY + 5,
		MONDAY + 3 * DAY, MONDAY + DAYS * DAY };
	static const int orders[][3] = { { 0, 1, 2 }, { 2, 0, 1 },
		{ 1, 2, 0 } };
	static unsigned char bytes[65536], others[sizeof(bytes)];
	random_source s = { (uint64_t)_i + 7 };
	kpi_result *whole;
	uint64_t size;

	fill(&s);
	whole = by_queue_and(KPI_BUCKET_NONE, ends[0], ends[3]);
	for (int o = 0; o < 3; o++) {
		kpi_result *all = NULL;

		for (int i = 0; i < 3; i++) {
			const int part = orders[o][i];
			kpi_result *r = by_queue_and(KPI_BUCKET_NONE,
			    ends[part], ends[part + 1]);

			if (all == NULL) {
				all = r;
				continue;
			}
			ck_assert_int_eq(
			    kpi_result_merge(all, r, NULL), KPI_OK);
			kpi_result_free(r);
		}
		size = saved(all, others, sizeof(others));
		if (o > 0)
			ck_assert_mem_eq(bytes, others, size);
		memcpy(bytes, others, size);
		check_numerators(all, whole);
		kpi_result_free(all);
	}
	kpi_result_free(whole);
	kpi_store_close(store);
}
END_TEST

START_TEST(of_one_range_one_part_has_the_expenses)
{
	random_source s = { 3 };
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *other = new_store();
	kpi_result *a, *b, *again;
	int64_t sum;

	fill(&s);
	a = by_queue_and(KPI_BUCKET_NONE, MONDAY, MONDAY + DAYS * DAY);
	again = by_queue_and(KPI_BUCKET_NONE, MONDAY, MONDAY + DAYS * DAY);
	kpi_store_close(store);
	store = other;
	for (int i = 0; i < CONTACTS; i++)
		contact(&s);
	b = by_queue_and(KPI_BUCKET_NONE, MONDAY, MONDAY + DAYS * DAY);
	sum = sum_of(a) + sum_of(b);
	ck_assert_int_eq(kpi_result_merge(a, b, &error), KPI_OK);
	ck_assert_int_eq(sum_of(a), sum);
	ck_assert_int_eq(kpi_result_merge(a, again, &error), KPI_EMISMATCH);
	ck_assert_ptr_nonnull(strstr(error.text, "expenses"));
	ck_assert_int_eq(sum_of(a), sum);
	kpi_result_free(a);
	kpi_result_free(b);
	kpi_result_free(again);
	kpi_store_close(store);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("cost_sums");
	TCase *tc = tcase_create("sums");

	tcase_add_loop_test(
	    tc, random_costs_are_what_counting_units_gives, 0, 20);
	tcase_add_loop_test(
	    tc, however_it_is_cut_it_adds_up_to_the_unit, 0, 10);
	tcase_add_loop_test(
	    tc, ranges_merge_in_any_order_to_the_same_bytes, 0, 10);
	tcase_add_test(tc, of_one_range_one_part_has_the_expenses);
	suite_add_tcase(s, tc);
	return s;
}
