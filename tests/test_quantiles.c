/* SPDX-License-Identifier: MIT */
/* Quantiles: which value they are, of whom, and what bounds them. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asked.h"
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

static void
add_waits(int64_t wait, uint64_t count)
{
	add_calls(store,
	    (call){ MONDAY, KPI_OUTCOME_ANSWERED, wait, MINUTE, NULL, NULL,
		"support" },
	    count);
}

START_TEST(the_nearest_rank_is_the_ceil_q_n_th_smallest)
{
	add_waits(100, 1);
	add_waits(20, 1);
	add_waits(30, 1);
	ck_assert_near(ask(store, NULL, "wait_p50").value, 30, 0);
	ck_assert_near(
	    ask(store, NULL, "wait_quantile quantile=0.33").value, 20, 0);
	ck_assert_near(
	    ask(store, NULL, "wait_quantile quantile=1").value, 100, 0);
	ck_assert_near(
	    ask(store, NULL, "wait_quantile quantile=0").value, 20, 0);
}
END_TEST

START_TEST(one_outlier_is_the_greatest_and_no_other_quantile)
{
	add_waits(1000, 10000);
	add_waits(100000000, 1);
	ck_assert_near(
	    ask(store, NULL, "wait_quantile quantile=0.9999").value, 1000, 0);
	ck_assert_near(
	    ask(store, NULL, "wait_quantile quantile=0.99999").value,
	    100000000, 0);
	ck_assert_near(
	    ask(store, NULL, "wait_quantile quantile=1").value, 100000000, 0);
}
END_TEST

START_TEST(the_linear_rule_says_what_lies_between_two_values)
{
	kpi_figure f;

	add_waits(20, 1);
	add_waits(30, 1);
	ck_assert_near(ask(store, NULL, "wait_p50").value, 20, 0);
	f = ask(store, NULL, "wait_p50 quantile_rule=linear");
	ck_assert_near(f.value, 25, 0);
	ck_assert_int_eq(f.numerator, 25);
	f = ask(store, NULL, "wait_p99 quantile_rule=linear");
	ck_assert_near(f.value, 29.9, 1e-15);
	ck_assert_int_eq(f.numerator, 29);
	add_waits(7000, 1);
	ck_assert_near(
	    ask(store, NULL, "wait_p50 quantile_rule=linear").value, 30, 0);
}
END_TEST

/* ceil(0.07 * 100) is 8 in doubles. */
START_TEST(the_seventh_of_a_hundred_is_at_seven_hundredths)
{
	for (int64_t wait = 100; wait > 0; wait--)
		add_waits(wait, 1);
	ck_assert_near(
	    ask(store, NULL, "wait_quantile quantile=0.07").value, 7, 0);
	ck_assert_near(
	    ask(store, NULL, "wait_quantile quantile=0.070001").value, 8, 0);
}
END_TEST

START_TEST(a_name_is_the_quantile_that_it_says)
{
	static const char *const times[] = { "wait", "speed_of_answer",
		"handle_time", "talk_time", "hold_time", "after_call_time" };
	static const char *const shares[] = { "50", "75", "90", "95", "99" };
	char name[64], any[64];

	for (int64_t i = 1; i <= 100; i++) {
		kpi_visit v = visit_of(
		    KPI_OUTCOME_ANSWERED, i * 37 % 101, 1000 + i * 41 % 101);
		const kpi_interaction whole = interaction_of(MONDAY, &v, 1);

		v.hold_ms = 200 + i * 43 % 101;
		v.after_call_ms = 3 * (i * 47 % 101);
		add(store, &whole);
	}
	for (int t = 0; t < 6; t++)
		for (int s = 0; s < 5; s++) {
			kpi_figure f, g;

			(void)snprintf(name, sizeof(name), "%s_p%s", times[t],
			    shares[s]);
			(void)snprintf(any, sizeof(any),
			    "%s_quantile quantile=0.%s", times[t], shares[s]);
			f = ask(store, NULL, name);
			g = ask(store, NULL, any);
			ck_assert_near(f.value, g.value, 0);
			if (t < 2)
				ck_assert_near(f.value, atoi(shares[s]), 0);
			ck_assert_int_eq(f.denominator, 100);
			ck_assert_int_eq(f.unit, KPI_UNIT_MS);
		}
	ck_assert_near(ask(store, NULL, "talk_time_p90").value, 1090, 0);
	ck_assert_near(ask(store, NULL, "hold_time_p90").value, 290, 0);
	ck_assert_near(ask(store, NULL, "after_call_time_p90").value, 270, 0);
}
END_TEST

START_TEST(who_is_left_out_of_the_mean_is_left_out_of_the_quantile)
{
	static const char *const pairs[][2] = { { "average_wait", "wait_p50" },
		{ "average_speed_of_answer", "speed_of_answer_p50" },
		{ "average_handle_time", "handle_time_p50" } };

	add_waits(KPI_UNKNOWN, 2);
	add_waits(10 * SECOND, 3);
	add_calls(store,
	    (call){ MONDAY, KPI_OUTCOME_ABANDONED, 5 * SECOND, KPI_UNKNOWN,
		NULL, NULL, NULL },
	    4);
	add_calls(store,
	    (call){ MONDAY, KPI_OUTCOME_VOICEMAIL, SECOND, KPI_UNKNOWN, NULL,
		NULL, NULL },
	    5);
	add_calls(store,
	    (call){ MONDAY, KPI_OUTCOME_ANSWERED, SECOND, KPI_UNKNOWN, NULL,
		NULL, NULL },
	    6);
	for (int i = 0; i < 3; i++) {
		const kpi_figure mean = ask(store, NULL, pairs[i][0]);
		const kpi_figure f = ask(store, NULL, pairs[i][1]);

		ck_assert_int_gt(f.denominator, 0);
		ck_assert_int_eq(f.denominator, mean.denominator);
		ck_assert_int_eq(f.unknown, mean.unknown);
		ck_assert_int_eq(f.in_progress, mean.in_progress);
		ck_assert_int_eq(f.not_counted, mean.not_counted);
	}
	ck_assert_near(ask(store, NULL, "wait_p50").value, 5 * SECOND, 0);
}
END_TEST

START_TEST(nothing_to_put_in_order_is_no_data)
{
	kpi_figure f = ask(store, NULL, "wait_p90");

	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
	ck_assert(isnan(f.value) && isnan(f.lower) && isnan(f.upper));
	add_waits(0, 1);
	f = ask(store, NULL, "wait_p90");
	ck_assert_int_eq(f.state, KPI_STATE_OK);
	ck_assert_near(f.value, 0, 0);
}
END_TEST

START_TEST(bounds_are_two_of_the_values)
{
	kpi_figure f;

	for (int64_t wait = 1; wait <= 100; wait++)
		add_waits(wait * SECOND, 1);
	f = ask(store, NULL, "wait_p50");
	ck_assert_near(f.lower, 40 * SECOND, 0);
	ck_assert_near(f.upper, 61 * SECOND, 0);
	ck_assert_int_eq(f.bounds_by, KPI_BOUNDS_CONTACT);
	f = ask(store, NULL, "wait_p50 confidence=0.5");
	ck_assert(f.lower > 40 * SECOND && f.upper < 61 * SECOND);
	f = ask(store, NULL, "wait_p50 bounds_by=none");
	ck_assert(isnan(f.lower) && isnan(f.upper));
	ck_assert_near(f.value, 50 * SECOND, 0);
	/* Of 100 values none is so surely above the 99th percentile. */
	f = ask(store, NULL, "wait_p99");
	ck_assert(isnan(f.lower) && isnan(f.upper));
	ck_assert_near(f.value, 99 * SECOND, 0);
}
END_TEST

static int
compare_waits(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Values of every size, more than are put in order as they are. */
START_TEST(of_many_values_the_same_is_picked_as_by_sorting_them)
{
	static const double shares[] = { 0.5, 0.9, 0.99, 0.07, 0.001, 1, 0 };
	const uint64_t count = 20000;
	int64_t *wait = malloc(count * sizeof(*wait));
	kpi_error error = KPI_ERROR_INIT;
	uint64_t random = 12345 + (uint64_t)_i;

	ck_assert_ptr_nonnull(wait);
	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_OK);
	for (uint64_t i = 0; i < count; i++) {
		kpi_visit v = visit_of(KPI_OUTCOME_ANSWERED, 0, MINUTE);
		const kpi_interaction whole = interaction_of(MONDAY, &v, 1);

		random = random * UINT64_C(6364136223846793005) + 1;
		wait[i] = (int64_t)(random >> 24 >> random % 37);
		/* all short, all alike but few, or some of months */
		if (_i == 0)
			wait[i] %= 3600000;
		else if (_i == 1)
			wait[i] = wait[i] % 50 == 0 ? 1000000 : 1000003;
		v.wait_ms = wait[i];
		add(store, &whole);
	}
	ck_assert_int_eq(kpi_store_commit(store, &error), KPI_OK);
	qsort(wait, count, sizeof(*wait), compare_waits);
	for (size_t i = 0; i < sizeof(shares) / sizeof(*shares); i++) {
		const uint64_t rank =
		    (uint64_t)ceil(shares[i] * (double)count - 1e-6);
		char text[64];

		(void)snprintf(
		    text, sizeof(text), "wait_quantile quantile=%g", shares[i]);
		ck_assert_near(ask(store, NULL, text).value,
		    (double)wait[rank == 0 ? 0 : rank - 1], 0);
	}
	free(wait);
}
END_TEST

START_TEST(each_group_has_its_own_and_they_make_no_total)
{
	kpi_query *query = new_query();
	kpi_result *r;

	for (int64_t i = 1; i <= 10; i++) {
		add_calls(store,
		    (call){ MONDAY, KPI_OUTCOME_ANSWERED, i, MINUTE, NULL,
			NULL, "a" },
		    1);
		add_calls(store,
		    (call){ MONDAY + DAY, KPI_OUTCOME_ANSWERED, 100 * i,
			MINUTE, NULL, NULL, "b" },
		    3);
	}
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_QUEUE), KPI_OK);
	r = ask_rows(store, query, "wait_p90");
	ck_assert_uint_eq(kpi_result_rows(r), 2);
	ck_assert_near(figure_at(r, 0).value, 9, 0);
	ck_assert_near(figure_at(r, 1).value, 900, 0);
	kpi_result_free(r);
	ck_assert_near(ask(store, NULL, "wait_p90").value, 900, 0);
	ck_assert_near(ask(store, NULL, "wait_p50").value, 400, 0);
	kpi_query_free(query);
}
END_TEST

/* Waits of more than 49 days do not fit four bytes. */
START_TEST(values_of_months_stand_behind_all_others)
{
	add_waits(10 * SECOND, 3);
	add_waits(60 * DAY, 1);
	add_waits(70 * DAY, 1);
	ck_assert_near(ask(store, NULL, "wait_p50").value, 10 * SECOND, 0);
	ck_assert_near(ask(store, NULL, "wait_p75").value, 60 * DAY, 0);
	ck_assert_near(ask(store, NULL, "wait_p99").value, 70 * DAY, 0);
}
END_TEST

/* Three parts of one wait and the whole of another are one and a third. */
START_TEST(a_unit_that_is_split_counts_in_parts)
{
	kpi_visit legs[3];
	kpi_interaction whole = interaction_of(MONDAY, legs, 3);
	kpi_query *query = new_query();
	kpi_definition *linear;
	const kpi_definition *all[1];
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *r;
	kpi_figure f;

	for (int i = 0; i < 3; i++) {
		legs[i] = visit_of(KPI_OUTCOME_ANSWERED, 40 * SECOND, MINUTE);
		legs[i].agent = i == 0 ? "amira" : i == 1 ? "ben" : "carl";
		legs[i].queue = "support";
	}
	add(store, &whole);
	add_calls(store,
	    (call){ MONDAY, KPI_OUTCOME_ANSWERED, SECOND, MINUTE, NULL,
		"amira", "support" },
	    1);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	r = ask_rows(
	    store, query, "wait_p75 unit=interaction credit=equal");
	f = figure_at(r, 0);
	ck_assert_int_eq(f.parts, 720720);
	ck_assert_int_eq(f.denominator, 720720 + 720720 / 3);
	ck_assert_near(f.value, SECOND, 0);
	ck_assert_int_eq(f.numerator, SECOND * 720720);
	ck_assert_int_eq(f.bounds_by, KPI_BOUNDS_NONE);
	kpi_result_free(r);
	r = ask_rows(store, query,
	    "wait_quantile quantile=0.750001 unit=interaction credit=equal");
	ck_assert_near(figure_at(r, 0).value, 40 * SECOND, 0);
	kpi_result_free(r);
	linear = definition_of(
	    "wait_p75 unit=interaction credit=equal quantile_rule=linear");
	all[0] = linear;
	ck_assert_int_eq(
	    kpi_measure(&r, store, query, all, 1, &error), KPI_ENOTSUP);
	ck_assert_str_eq(error.field, "quantile_rule");
	kpi_definition_free(linear);
	kpi_query_free(query);
}
END_TEST

/* By agent each leg has its own handle time. */
START_TEST(by_agent_the_handle_times_are_of_legs)
{
	kpi_visit legs[2] = { visit_of(KPI_OUTCOME_ANSWERED, 0, MINUTE),
		visit_of(KPI_OUTCOME_ANSWERED, 0, 3 * MINUTE) };
	kpi_interaction whole = interaction_of(MONDAY, legs, 2);
	kpi_query *query = new_query();
	kpi_result *r;

	legs[0].agent = "amira";
	legs[1].agent = "ben";
	legs[0].queue = legs[1].queue = "support";
	add(store, &whole);
	ck_assert_near(
	    ask(store, NULL, "handle_time_p90").value, 4 * MINUTE, 0);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	r = ask_rows(store, query, "handle_time_p90");
	ck_assert_near(figure_at(r, 0).value, MINUTE, 0);
	ck_assert_near(figure_at(r, 1).value, 3 * MINUTE, 0);
	kpi_result_free(r);
	kpi_query_free(query);
}
END_TEST

static kpi_result *
loaded_again(const kpi_result *r)
{
	kpi_error error = KPI_ERROR_INIT;
	unsigned char bytes[4096], again[4096];
	uint64_t size, second;
	kpi_result *loaded;

	ck_assert_int_eq(
	    kpi_result_save(r, bytes, sizeof(bytes), &size, &error), KPI_OK);
	ck_assert_msg(kpi_result_load(&loaded, bytes, size, NULL, &error) ==
		KPI_OK,
	    "%s", error.text);
	ck_assert_int_eq(kpi_result_save(loaded, again, sizeof(again), &second,
			     &error),
	    KPI_OK);
	ck_assert_uint_eq(size, second);
	ck_assert_int_eq(memcmp(bytes, again, size), 0);
	return loaded;
}

START_TEST(a_quantile_from_the_store_is_final)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *r, *loaded;
	kpi_figure f, g;

	for (int64_t wait = 1; wait <= 100; wait++)
		add_waits(wait * SECOND, 1);
	r = ask_rows(store, NULL, "wait_p90 quantile_rule=linear");
	loaded = loaded_again(r);
	f = figure_at(r, 0);
	g = figure_at(loaded, 0);
	ck_assert_near(f.value, 90.1 * SECOND, 1e-15);
	ck_assert_near(g.value, f.value, 0);
	ck_assert_near(g.lower, f.lower, 0);
	ck_assert_near(g.upper, f.upper, 0);
	ck_assert_int_eq(
	    kpi_result_merge(r, loaded, &error), KPI_EMISMATCH);
	ck_assert_str_eq(error.text,
	    "this does not merge: wait_p90 quantile_rule=linear");
	kpi_result_free(loaded);
	kpi_result_free(r);
}
END_TEST

START_TEST(values_that_take_too_much_memory_are_refused)
{
	kpi_definition *d = definition_of("wait_p50");
	const kpi_definition *all[1] = { d };
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *r;

	add_waits(SECOND, 300000);
	ck_assert_int_eq(kpi_store_set_memory(store, 1), KPI_OK);
	ck_assert_int_eq(
	    kpi_measure(&r, store, NULL, all, 1, &error), KPI_ELIMIT);
	ck_assert_ptr_nonnull(strstr(error.text, "kpi_store_set_memory()"));
	ck_assert_int_eq(kpi_store_set_memory(store, 4 << 20), KPI_OK);
	ck_assert_int_eq(
	    kpi_measure(&r, store, NULL, all, 1, &error), KPI_OK);
	ck_assert_near(figure_at(r, 0).value, SECOND, 0);
	kpi_result_free(r);
	kpi_definition_free(d);
}
END_TEST

static int
stop_behind_all(void *ctx, uint64_t done, uint64_t total)
{
	(void)ctx;
	return done == total;
}

START_TEST(many_values_are_not_picked_once_it_is_to_stop)
{
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_query *query;
	kpi_result *r;

	options.stop = stop_behind_all;
	ck_assert_int_eq(kpi_query_new(&query, &options, &error), KPI_OK);
	add_waits(SECOND, 60000);
	r = ask_rows(store, query, "wait_p50");
	kpi_result_free(r);
	add_waits(SECOND, 6000);
	ck_assert_int_eq(
	    kpi_wait_p50(&r, store, query, NULL, &error), KPI_ESTOPPED);
	ck_assert_ptr_null(r);
	kpi_query_free(query);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("quantiles");
	TCase *tc = tcase_create("quantiles");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_nearest_rank_is_the_ceil_q_n_th_smallest);
	tcase_add_test(tc, one_outlier_is_the_greatest_and_no_other_quantile);
	tcase_add_test(tc, the_linear_rule_says_what_lies_between_two_values);
	tcase_add_test(tc, the_seventh_of_a_hundred_is_at_seven_hundredths);
	tcase_add_test(tc, a_name_is_the_quantile_that_it_says);
	tcase_add_test(
	    tc, who_is_left_out_of_the_mean_is_left_out_of_the_quantile);
	tcase_add_test(tc, nothing_to_put_in_order_is_no_data);
	tcase_add_test(tc, bounds_are_two_of_the_values);
	tcase_add_loop_test(tc,
	    of_many_values_the_same_is_picked_as_by_sorting_them, 0, 3);
	tcase_add_test(tc, each_group_has_its_own_and_they_make_no_total);
	tcase_add_test(tc, values_of_months_stand_behind_all_others);
	tcase_add_test(tc, a_unit_that_is_split_counts_in_parts);
	tcase_add_test(tc, by_agent_the_handle_times_are_of_legs);
	tcase_add_test(tc, a_quantile_from_the_store_is_final);
	tcase_add_test(tc, many_values_are_not_picked_once_it_is_to_stop);
	tcase_add_test(tc, values_that_take_too_much_memory_are_refused);
	suite_add_tcase(s, tc);
	return s;
}
