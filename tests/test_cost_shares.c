/* SPDX-License-Identifier: MIT */
/* cost_per_contact with cost_allocation: what is shared
 * adds up, merges, and is what a count by hand gives. */
#include <stdio.h>
#include <string.h>

#include "asked.h"
#include "naive_shares.h"
#include "random_interactions.h"
#include "runner.h"
#include "spent.h"

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

static const char *const texts[] = {
	"cost_per_contact cost_allocation=contacts",
	"cost_per_contact cost_allocation=handle_time",
};

#define PARTS 4

static void
fill(random_source *s)
{
	static const char *const queues[] = { "a", "b", "c", NULL };
	static const char *const teams[] = { "x", "y", NULL };

	for (int i = 0; i < 60; i++)
		add_answered(store, MONDAY + random_below(s, PARTS * 86400000),
		    queues[random_below(s, 4)], teams[random_below(s, 3)],
		    random_below(s, 300000));
	for (int i = 0; i < 12; i++) {
		const int64_t from =
		    MONDAY + random_below(s, PARTS * 86400000);
		const uint32_t of = random_below(s, 5);

		spend(store, from, from + 1 + random_below(s, 86400000),
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
		check_numerators(all, whole);
		kpi_result_free(all);
	}
	kpi_result_free(whole);
}
END_TEST

/* Another filter may have let another expense be shared, by others. */
START_TEST(what_is_shared_under_another_filter_does_not_merge)
{
	static const char *const queues[] = { "sales", "care" };
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *r[2];

	add_answered(store, MONDAY, "sales", "ann", MINUTE);
	add_answered(store, MONDAY, "sales", "bob", MINUTE);
	add_answered(store, MONDAY + DAY, "care", "ann", MINUTE);
	spend(store, MONDAY, MONDAY + DAY, 100, KPI_BY_QUEUE, "sales");
	for (int with = 0; with < 2; with++) {
		for (int i = 0; i < 2; i++) {
			kpi_query *q = query_by(KPI_BY_TEAM, 0);

			ck_assert_int_eq(
			    kpi_query_where(q, KPI_BY_QUEUE, queues[i]),
			    KPI_OK);
			ck_assert_int_eq(
			    kpi_query_between(q, MONDAY + i * DAY,
				MONDAY + (i + 1) * DAY),
			    KPI_OK);
			r[i] = ask_rows(store, q,
			    with ? texts[0] : "cost_per_contact");
			kpi_query_free(q);
		}
		ck_assert_int_eq(kpi_result_merge(r[0], r[1], &error),
		    with ? KPI_EMISMATCH : KPI_OK);
		if (with)
			ck_assert_ptr_nonnull(strstr(error.text, "filters"));
		kpi_result_free(r[0]);
		kpi_result_free(r[1]);
	}
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
	spend(store, MONDAY, MONDAY + DAY, 123457, KPI_UNKNOWN, NULL);
	spend(store, MONDAY, MONDAY + DAY, -777, KPI_UNKNOWN, NULL);
	spend(store, MONDAY, MONDAY + DAY, 5000, KPI_BY_AGENT, agents[1]);
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
	Suite *s = suite_create("cost_shares");
	TCase *tc = tcase_create("shares");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc,
	    rows_add_up_to_what_they_do_when_nothing_is_shared, 0, 20);
	tcase_add_loop_test(tc,
	    ranges_merge_in_any_order_to_what_the_whole_range_has, 0, 20);
	tcase_add_test(
	    tc, what_is_shared_under_another_filter_does_not_merge);
	tcase_add_test(tc, shares_of_many_are_those_of_a_count_by_hand);
	suite_add_tcase(s, tc);
	return s;
}
