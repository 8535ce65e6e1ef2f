/* SPDX-License-Identifier: MIT */
/* cost_per_contact with cost_allocation: who shares what, and how it merges. */
#include <stdio.h>
#include <string.h>

#include "asked.h"
#include "naive_shares.h"
#include "random_interactions.h"
#include "runner.h"

static kpi_store *store;

static void
setup(void)
{
	store = new_store();
}

static void
teardown(void)
{
	kpi_store_close(store);
}

/* An answered one, of a cost of its own that is not known. */
static void
contact(int64_t at, const char *queue, const char *team, int64_t talk)
{
	kpi_visit visit = visit_of(KPI_OUTCOME_ANSWERED, SECOND, talk);
	kpi_interaction one = interaction_of(at, &visit, 1);

	visit.queue = queue;
	visit.team = team;
	visit.agent = team;
	add(store, &one);
}

static void
spend(int64_t from, int64_t until, int64_t amount, int64_t by, const char *of)
{
	kpi_expense e = KPI_EXPENSE_INIT;

	e.started_at = from;
	e.ended_at = until;
	e.amount = amount;
	e.by = by;
	e.of = of;
	ck_assert_int_eq(kpi_store_add_expense(store, &e, NULL), KPI_OK);
}

/* Three of sales with a minute each, one of care with six. */
static void
four_contacts(void)
{
	for (int i = 0; i < 3; i++)
		contact(MONDAY + HOUR, "sales", i == 0 ? "ann" : "bob", MINUTE);
	contact(MONDAY + HOUR, "care", "ann", 6 * MINUTE);
}

static kpi_query *
query_by(kpi_by first, kpi_by second)
{
	kpi_query *q = new_query();

	ck_assert_int_eq(kpi_query_by(q, first), KPI_OK);
	if (second != 0)
		ck_assert_int_eq(kpi_query_by(q, second), KPI_OK);
	return q;
}

static int
is_text(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static kpi_figure
row_of(const kpi_result *r, const char *first, const char *second)
{
	uint64_t row = 0;

	while (!is_text(kpi_result_group(r, row, 0), first) ||
	    !is_text(kpi_result_group(r, row, 1), second))
		ck_assert_uint_lt(++row, kpi_result_rows(r));
	return figure_at(r, row);
}

START_TEST(the_office_is_shared_by_contacts_or_by_work)
{
	static const struct {
		const char *text;
		int64_t sales, care, none;
	} ways[] = {
		{ "cost_per_contact", 0, 0, 1001 },
		{ "cost_per_contact cost_allocation=none", 0, 0, 1001 },
		{ "cost_per_contact cost_allocation=contacts", 751, 250, 0 },
		{ "cost_per_contact cost_allocation=handle_time", 334, 667, 0 },
	};
	kpi_query *q = query_by(KPI_BY_QUEUE, 0);

	four_contacts();
	spend(MONDAY, MONDAY + DAY, 1001, KPI_UNKNOWN, NULL);
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		kpi_result *r = ask_rows(store, q, ways[i].text);

		ck_assert_int_eq(
		    row_of(r, "sales", NULL).numerator, ways[i].sales);
		ck_assert_int_eq(
		    row_of(r, "care", NULL).numerator, ways[i].care);
		ck_assert_int_eq(row_of(r, NULL, NULL).numerator, ways[i].none);
		ck_assert_int_eq(row_of(r, "sales", NULL).state,
		    ways[i].sales > 0 ? KPI_STATE_OK : KPI_STATE_NO_DATA);
		kpi_result_free(r);
	}
	kpi_query_free(q);
}
END_TEST

START_TEST(what_names_a_queue_is_shared_by_its_rows_alone)
{
	kpi_query *q = query_by(KPI_BY_QUEUE, KPI_BY_TEAM);
	kpi_result *r;

	four_contacts();
	spend(MONDAY, MONDAY + DAY, 100, KPI_BY_QUEUE, "sales");
	spend(MONDAY, MONDAY + DAY, 7, KPI_BY_TEAM, "ann");
	spend(MONDAY, MONDAY + DAY, 5, KPI_BY_CHANNEL, "voice");
	spend(MONDAY, MONDAY + DAY, 9, KPI_BY_QUEUE, "fax");
	r = ask_rows(store, q, "cost_per_contact cost_allocation=contacts");
	ck_assert_int_eq(row_of(r, "sales", "ann").numerator, 33 + 3);
	ck_assert_int_eq(row_of(r, "sales", "bob").numerator, 67);
	ck_assert_int_eq(row_of(r, "care", "ann").numerator, 4);
	ck_assert_int_eq(row_of(r, "fax", NULL).numerator, 9);
	ck_assert_int_eq(row_of(r, NULL, NULL).numerator, 5);
	ck_assert_int_eq(row_of(r, NULL, NULL).state, KPI_STATE_UNDEFINED);
	kpi_result_free(r);
	kpi_query_free(q);
}
END_TEST

START_TEST(what_a_filter_may_have_cut_off_is_not_shared)
{
	static const char text[] = "cost_per_contact cost_allocation=contacts";
	kpi_query *q = query_by(KPI_BY_TEAM, 0);
	kpi_result *r;

	four_contacts();
	spend(MONDAY, MONDAY + DAY, 100, KPI_BY_QUEUE, "sales");
	spend(MONDAY, MONDAY + DAY, 40, KPI_UNKNOWN, NULL);
	ck_assert_int_eq(kpi_query_where_not(q, KPI_BY_QUEUE, "care"), KPI_OK);
	r = ask_rows(store, q, text);
	ck_assert_int_eq(row_of(r, NULL, NULL).numerator, 140);
	ck_assert_int_eq(row_of(r, "bob", NULL).numerator, 0);
	kpi_result_free(r);
	kpi_query_free(q);
	q = query_by(KPI_BY_TEAM, 0);
	ck_assert_int_eq(kpi_query_where(q, KPI_BY_QUEUE, "sales"), KPI_OK);
	r = ask_rows(store, q, text);
	ck_assert_int_eq(row_of(r, "ann", NULL).numerator, 33);
	ck_assert_int_eq(row_of(r, "bob", NULL).numerator, 67);
	kpi_result_free(r);
	ck_assert_int_eq(kpi_query_where(q, KPI_BY_QUEUE, "care"), KPI_OK);
	r = ask_rows(store, q, text);
	ck_assert_int_eq(row_of(r, NULL, NULL).numerator, 100);
	kpi_result_free(r);
	kpi_query_free(q);
}
END_TEST

START_TEST(agents_share_by_the_work_of_their_legs)
{
	kpi_query *q = query_by(KPI_BY_AGENT, 0);
	kpi_visit legs[2] = { visit_of(KPI_OUTCOME_ANSWERED, 0, MINUTE),
		visit_of(KPI_OUTCOME_ANSWERED, 0, 3 * MINUTE) };
	kpi_interaction one = interaction_of(MONDAY, legs, 2);
	kpi_result *r;

	legs[0].agent = "ann";
	legs[0].hold_ms = 2 * MINUTE;
	legs[1].agent = "bob";
	legs[1].after_call_ms = MINUTE;
	one.cost = 60;
	add(store, &one);
	spend(MONDAY, MONDAY + DAY, 700, KPI_UNKNOWN, NULL);
	r = ask_rows(store, q, "cost_per_contact cost_allocation=handle_time");
	ck_assert_int_eq(row_of(r, "ann", NULL).numerator, 300);
	ck_assert_int_eq(row_of(r, "ann", NULL).state, KPI_STATE_UNDEFINED);
	ck_assert_int_eq(row_of(r, "bob", NULL).numerator, 460);
	kpi_result_free(r);
	r = ask_rows(store, q,
	    "cost_per_contact cost_allocation=handle_time "
	    "cost_denominator=agents");
	ck_assert_int_eq(row_of(r, "ann", NULL).numerator, 300);
	ck_assert_int_eq(row_of(r, "ann", NULL).denominator, 1);
	ck_assert_int_eq(row_of(r, "bob", NULL).numerator, 460);
	kpi_result_free(r);
	r = ask_rows(store, q,
	    "cost_per_contact cost_allocation=contacts credit=equal");
	ck_assert_int_eq(row_of(r, "ann", NULL).numerator,
	    380 * row_of(r, "ann", NULL).parts);
	ck_assert_double_eq(row_of(r, "bob", NULL).value, 760);
	kpi_result_free(r);
	kpi_query_free(q);
}
END_TEST

START_TEST(days_that_cost_the_same_leave_no_doubt)
{
	kpi_query *q = query_by(KPI_BY_QUEUE, 0);
	kpi_result *r;
	kpi_figure f;

	for (int day = 0; day < 6; day++) {
		contact(MONDAY + day * DAY + HOUR, "sales", "ann", MINUTE);
		contact(MONDAY + day * DAY + HOUR, "care", "bob", MINUTE);
	}
	spend(MONDAY, MONDAY + 6 * DAY, 1200, KPI_UNKNOWN, NULL);
	r = ask_rows(store, q,
	    "cost_per_contact bounds_by=day cost_allocation=contacts");
	f = row_of(r, "care", NULL);
	ck_assert_double_eq(f.value, 100);
	ck_assert_near(f.lower, 100, 1e-9);
	ck_assert_near(f.upper, 100, 1e-9);
	kpi_result_free(r);
	spend(MONDAY, MONDAY + DAY, 160, KPI_UNKNOWN, NULL);
	r = ask_rows(store, q,
	    "cost_per_contact bounds_by=day cost_allocation=contacts");
	f = row_of(r, "care", NULL);
	/* 180 and 5 times 100: s^2 = 3200/3, of 5 degrees t = 2.570582 */
	ck_assert_near(f.value, 680 / 6.0, 1e-12);
	ck_assert_near(f.upper - f.value, 2.570582 * 40 / 3, 1e-4);
	kpi_result_free(r);
	kpi_query_free(q);
}
END_TEST

#define PARTS 4

static void
fill(random_source *s)
{
	static const char *const queues[] = { "a", "b", "c", NULL };
	static const char *const teams[] = { "x", "y", NULL };

	for (int i = 0; i < 60; i++)
		contact(MONDAY + random_below(s, PARTS * 86400000),
		    queues[random_below(s, 4)], teams[random_below(s, 3)],
		    random_below(s, 300000));
	for (int i = 0; i < 12; i++) {
		const int64_t from =
		    MONDAY + random_below(s, PARTS * 86400000);
		const uint32_t of = random_below(s, 5);

		spend(from, from + 1 + random_below(s, 86400000),
		    (int64_t)random_below(s, 3000) - 500,
		    of < 2 ? KPI_BY_QUEUE : of < 3 ? KPI_BY_TEAM : KPI_UNKNOWN,
		    of < 2 ? queues[of] : of < 3 ? "x" : NULL);
	}
}

static kpi_result *
asked_of(const char *text, int64_t from, int64_t until)
{
	kpi_query *q = query_by(KPI_BY_QUEUE, KPI_BY_TEAM);
	kpi_result *r;

	ck_assert_int_eq(kpi_query_between(q, from, until), KPI_OK);
	r = ask_rows(store, q, text);
	kpi_query_free(q);
	return r;
}

static int64_t
sum_of(const kpi_result *r)
{
	int64_t sum = 0;

	for (uint64_t row = 0; row < kpi_result_rows(r); row++)
		sum += figure_at(r, row).numerator;
	return sum;
}

static const char *const texts[] = {
	"cost_per_contact cost_allocation=contacts",
	"cost_per_contact cost_allocation=handle_time",
};

START_TEST(rows_add_up_to_what_they_do_when_nothing_is_shared)
{
	random_source s = { (uint64_t)_i + 5 };
	kpi_result *none;

	fill(&s);
	none = asked_of("cost_per_contact", MONDAY + 7, MONDAY + 2 * DAY);
	for (int i = 0; i < 2; i++) {
		kpi_result *r =
		    asked_of(texts[i], MONDAY + 7, MONDAY + 2 * DAY);

		ck_assert_int_eq(sum_of(r), sum_of(none));
		kpi_result_free(r);
	}
	kpi_result_free(none);
}
END_TEST

static uint64_t
saved(const kpi_result *r, unsigned char *bytes, uint64_t room)
{
	uint64_t size = 0;

	ck_assert_int_eq(kpi_result_save(r, bytes, room, &size, NULL), KPI_OK);
	return size;
}

/* Of ranges that touch, from part `first` on, around. */
static kpi_result *
merged(const char *text, int first)
{
	kpi_result *all = NULL;

	for (int i = 0; i < PARTS; i++) {
		const int64_t from = MONDAY + (first + i) % PARTS * DAY;
		kpi_result *r = asked_of(text, from, from + DAY);

		if (all == NULL) {
			all = r;
			continue;
		}
		ck_assert_int_eq(kpi_result_merge(all, r, NULL), KPI_OK);
		kpi_result_free(r);
	}
	return all;
}

START_TEST(ranges_merge_in_any_order_to_what_the_whole_range_has)
{
	static unsigned char bytes[65536], others[sizeof(bytes)];
	const char *text = texts[_i % 2];
	random_source s = { (uint64_t)_i + 77 };
	kpi_result *whole;

	fill(&s);
	whole = asked_of(text, MONDAY, MONDAY + PARTS * DAY);
	for (int first = 0; first < PARTS; first++) {
		kpi_result *all = merged(text, first);
		const uint64_t size = saved(all, others, sizeof(others));

		if (first > 0)
			ck_assert_mem_eq(bytes, others, size);
		memcpy(bytes, others, size);
		ck_assert_uint_eq(
		    kpi_result_rows(all), kpi_result_rows(whole));
		for (uint64_t row = 0; row < kpi_result_rows(all); row++)
			ck_assert_int_eq(figure_at(all, row).numerator,
			    figure_at(whole, row).numerator);
		kpi_result_free(all);
	}
	kpi_result_free(whole);
}
END_TEST

#define MANY   10000
#define AGENTS 16

/* Their names, and last the unknown one. */
static size_t
all_agents(const char *agents[AGENTS])
{
	size_t count = 0;

	while (random_name(KPI_BY_AGENT, (uint32_t)count) != NULL) {
		ck_assert_uint_lt(count, AGENTS - 1);
		agents[count] = random_name(KPI_BY_AGENT, (uint32_t)count);
		count++;
	}
	for (size_t i = 0; i < count; i++)
		for (size_t k = i + 1; k < count; k++)
			if (strcmp(agents[k], agents[i]) < 0) {
				const char *kept = agents[i];

				agents[i] = agents[k];
				agents[k] = kept;
			}
	agents[count] = NULL;
	return count + 1;
}

static void
work_of(const random_interactions *made, const char *const *agents,
    size_t count, int64_t *base)
{
	for (size_t i = 0; i < made->count; i++)
		for (uint64_t k = 0; k < made->all[i].visit_count; k++) {
			const kpi_visit *v = &made->all[i].visits[k];
			const int64_t parts[] = { v->talk_ms, v->hold_ms,
				v->after_call_ms };
			size_t at = 0;

			if (v->outcome != KPI_OUTCOME_ANSWERED)
				continue;
			while (at < count - 1 && !is_text(agents[at], v->agent))
				at++;
			for (int p = 0; p < 3; p++)
				base[at] +=
				    parts[p] == KPI_UNKNOWN ? 0 : parts[p];
		}
}

static void
contacts_of(const char *const *agents, size_t count, int64_t *base)
{
	kpi_query *q = query_by(KPI_BY_AGENT, 0);
	kpi_result *r = ask_rows(
	    store, q, "contacts directions=inbound,outbound,internal,unknown");

	for (uint64_t row = 0; row < kpi_result_rows(r); row++) {
		size_t at = 0;

		while (at < count - 1 &&
		    !is_text(agents[at], kpi_result_group(r, row, 0)))
			at++;
		base[at] += figure_at(r, row).numerator;
	}
	kpi_result_free(r);
	kpi_query_free(q);
}

START_TEST(shares_of_many_are_those_of_a_count_by_hand)
{
	const random_shape shape = { 500, 40 * DAY, 1000, 0, 0 };
	const char *agents[AGENTS];
	const size_t count = all_agents(agents);
	kpi_query *q = query_by(KPI_BY_AGENT, 0);
	random_interactions made;

	random_interactions_make(&made, 11, MANY, &shape);
	kpi_store_close(store);
	store = random_interactions_store(&made);
	spend(MONDAY, MONDAY + DAY, 123457, KPI_UNKNOWN, NULL);
	spend(MONDAY, MONDAY + DAY, -777, KPI_UNKNOWN, NULL);
	spend(MONDAY, MONDAY + DAY, 5000, KPI_BY_AGENT, agents[1]);
	for (int i = 0; i < 2; i++) {
		char text[120];
		int64_t base[AGENTS] = { 0 }, cost[AGENTS] = { 0 };
		kpi_result *r;

		(void)snprintf(text, sizeof(text), "%s cost_sources=expenses",
		    texts[i]);
		r = ask_rows(store, q, text);
		if (i == 0)
			contacts_of(agents, count, base);
		else
			work_of(&made, agents, count, base);
		ck_assert(naive_share(123457 - 777, base, count, cost));
		cost[1] += 5000;
		ck_assert_uint_eq(kpi_result_rows(r), count);
		for (size_t row = 0; row < count; row++)
			ck_assert_int_eq(
			    row_of(r, agents[row], NULL).numerator, cost[row]);
		kpi_result_free(r);
	}
	kpi_query_free(q);
	random_interactions_free(&made);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("cost_allocation");
	TCase *tc = tcase_create("allocation");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_office_is_shared_by_contacts_or_by_work);
	tcase_add_test(tc, what_names_a_queue_is_shared_by_its_rows_alone);
	tcase_add_test(tc, what_a_filter_may_have_cut_off_is_not_shared);
	tcase_add_test(tc, agents_share_by_the_work_of_their_legs);
	tcase_add_test(tc, days_that_cost_the_same_leave_no_doubt);
	tcase_add_loop_test(tc,
	    rows_add_up_to_what_they_do_when_nothing_is_shared, 0, 20);
	tcase_add_loop_test(tc,
	    ranges_merge_in_any_order_to_what_the_whole_range_has, 0, 20);
	tcase_add_test(tc, shares_of_many_are_those_of_a_count_by_hand);
	suite_add_tcase(s, tc);
	return s;
}
