/* SPDX-License-Identifier: MIT */
/*
 * Which results are periods of one change, and what holds of any two.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "changing.h"

START_TEST(swapped_periods_change_the_sign)
{
	static const char *const texts[] = { "service_level verdict_by=day",
		"average_speed_of_answer bounds_by=day", "visits" };

	for (size_t i = 0; i < COUNT(texts); i++) {
		kpi_result *now = week(1, 1, texts[i]);
		kpi_result *before = week(0, 1, texts[i]);
		kpi_change *c = compare(now, before);
		kpi_change *back = compare(before, now);

		for (uint64_t row = 0; row <= 4; row++) {
			const uint64_t at = row == 4 ? KPI_CHANGE_WHOLE : row;
			const kpi_difference x = get(c, at), y = get(back, at);

			ck_assert(same(x.now, y.before));
			ck_assert(same(x.difference, -y.difference));
			ck_assert(same(x.within, -y.within));
			ck_assert(same(x.mix, -y.mix) ||
			    fabs(x.mix + y.mix) < 1e-15 * fabs(x.now));
			ck_assert(same(x.lower, -y.upper) ||
			    fabs(x.lower + y.upper) < 1e-11 * fabs(x.now));
			ck_assert(same(x.chance, y.chance));
			ck_assert_int_eq(x.verdict, y.verdict);
		}
		kpi_change_free(c);
		kpi_change_free(back);
		kpi_result_free(now);
		kpi_result_free(before);
	}
}
END_TEST

START_TEST(equal_periods_do_not_differ)
{
	kpi_result *r = week(1, 1, "service_level verdict_by=day");
	kpi_change *c = compare(r, r);

	for (uint64_t row = 0; row < 3; row++) {
		const kpi_difference d = get(c, row);

		ck_assert(d.difference == 0 && d.within == 0 && d.mix == 0);
		ck_assert(d.chance == 1 && d.adjusted == 1);
		ck_assert_int_eq(d.verdict, KPI_VERDICT_WITHIN_NOISE);
		ck_assert(d.lower < 0 && d.upper > 0);
	}
	ck_assert(get(c, KPI_CHANGE_WHOLE).difference == 0);
	kpi_change_free(c);
	kpi_result_free(r);
}
END_TEST

static kpi_result *
saved_and_loaded(kpi_result *r)
{
	kpi_result *loaded;
	uint64_t size;
	void *bytes;

	ck_assert_int_eq(
	    kpi_result_save(r, NULL, 0, &size, NULL), KPI_EOVERFLOW);
	bytes = malloc((size_t)size);
	ck_assert_ptr_nonnull(bytes);
	ck_assert_int_eq(kpi_result_save(r, bytes, size, &size, NULL), KPI_OK);
	ck_assert_int_eq(
	    kpi_result_load(&loaded, bytes, size, NULL, NULL), KPI_OK);
	free(bytes);
	kpi_result_free(r);
	return loaded;
}

/* What is not in groups, days of all of them, comes of the wholes. */
START_TEST(saved_results_are_compared_as_measured_ones)
{
	const char *text = "service_level verdict_by=day";
	kpi_change *measured_one = change_of(text), *c;
	kpi_result *r[4];

	for (int i = 0; i < 4; i++)
		r[i] = saved_and_loaded(week(1 - i % 2, i < 2, text));
	ck_assert_int_eq(
	    kpi_change_new(&c, r[0], r[1], r[2], r[3], NULL), KPI_OK);
	for (uint64_t row = 0; row <= 4; row++) {
		const uint64_t at = row == 4 ? KPI_CHANGE_WHOLE : row;
		const kpi_difference x = get(c, at), y = get(measured_one, at);

		ck_assert(same(x.difference, y.difference));
		ck_assert(same(x.mix, y.mix) && same(x.upper, y.upper));
		ck_assert(same(x.chance, y.chance));
	}
	kpi_change_free(c);
	c = compare(r[0], r[1]);
	ck_assert(same(get(c, KPI_CHANGE_WHOLE).difference,
	    get(measured_one, KPI_CHANGE_WHOLE).difference));
	ck_assert(same(get(c, KPI_CHANGE_WHOLE).within,
	    get(measured_one, KPI_CHANGE_WHOLE).within));
	ck_assert(isnan(get(c, KPI_CHANGE_WHOLE).chance));
	ck_assert(isnan(get(c, KPI_CHANGE_WHOLE).lower));
	kpi_change_free(c);
	kpi_change_free(measured_one);
	for (int i = 0; i < 4; i++)
		kpi_result_free(r[i]);
}
END_TEST

/* Of results that were not measured for a change: by the days of their bounds,
 * and never by contact. */
START_TEST(without_days_there_is_no_verdict)
{
	static const struct {
		const char *text;
		int32_t by, verdict;
	} cases[] = {
		{ "service_level", KPI_BOUNDS_NONE, KPI_VERDICT_NONE },
		{ "service_level bounds_by=none", KPI_BOUNDS_NONE,
		    KPI_VERDICT_NONE },
		{ "service_level bounds_by=day", KPI_BOUNDS_DAY,
		    KPI_VERDICT_MORE_THAN_NOISE },
		{ "service_level bounds_by=none verdict_by=day", KPI_BOUNDS_DAY,
		    KPI_VERDICT_MORE_THAN_NOISE },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		kpi_result *now = week(1, 1, cases[i].text);
		kpi_result *before = week(0, 1, cases[i].text);
		kpi_change *c = compare(now, before);
		const kpi_difference d = get(c, 1);

		ck_assert_int_eq(d.verdict_by, cases[i].by);
		ck_assert_int_eq(d.verdict, cases[i].verdict);
		if (cases[i].by == KPI_BOUNDS_DAY)
			ck_assert_near(d.chance, 1.4163473985414259e-5, 1e-12);
		else
			ck_assert(isnan(d.chance) && isnan(d.verdict_lower));
		kpi_change_free(c);
		kpi_result_free(now);
		kpi_result_free(before);
	}
}
END_TEST

/* A customer who called by both queues is one of the store, and two of its
 * queues: no sum of rows is the whole. */
START_TEST(what_rows_do_not_add_up_to_has_no_parts)
{
	static const char *const queues[] = { "a", "b" };
	kpi_change *c;
	kpi_difference d;

	kpi_store_close(store);
	store = new_store();
	for (int i = 0; i < 40; i++) {
		call of = { MONDAY + i / 2 * DAY / 2, KPI_OUTCOME_ANSWERED,
			SECOND, SECOND, "c", NULL, queues[i % 2] };

		add_calls(store, of, 1);
	}
	c = change_of("repeat_customer_rate repeat_edge=include");
	d = get(c, KPI_CHANGE_WHOLE);
	ck_assert(d.now == 1 && isnan(d.within) && isnan(d.mix));
	kpi_change_free(c);
}
END_TEST

START_TEST(a_year_ago_has_the_same_weekdays_and_whole_days)
{
	kpi_change_options o = KPI_CHANGE_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_query *q = new_query();
	int64_t from, until, expected;
	kpi_change *c;

	ck_assert_int_eq(
	    kpi_query_time_zone(q, "Europe/Berlin", &error), KPI_OK);
	/* summer time begins on 29 March 2026, began on 30 March 2025 */
	ck_assert_int_eq(
	    kpi_instant_parse(&from, q, "2026-03-29", &error), KPI_OK);
	ck_assert_int_eq(
	    kpi_instant_parse(&until, q, "2026-04-05", &error), KPI_OK);
	ck_assert_int_eq(until - from, 7 * DAY - HOUR);
	ck_assert_int_eq(kpi_query_between(q, from, until), KPI_OK);
	o.to = KPI_CHANGE_WEEKDAYS_YEAR;
	ck_assert_int_eq(
	    try_change(&c, q, "service_level", &o, &error), KPI_OK);
	ck_assert_int_eq(
	    kpi_instant_parse(&expected, q, "2025-03-30", &error), KPI_OK);
	ck_assert_int_eq(kpi_change_from(c, KPI_PERIOD_BEFORE), expected);
	ck_assert_int_eq(
	    kpi_instant_parse(&expected, q, "2025-04-06", &error), KPI_OK);
	ck_assert_int_eq(kpi_change_until(c, KPI_PERIOD_BEFORE), expected);
	kpi_change_free(c);
	o.to = KPI_CHANGE_PREVIOUS;
	ck_assert_int_eq(
	    try_change(&c, q, "service_level", &o, &error), KPI_OK);
	ck_assert_int_eq(
	    kpi_instant_parse(&expected, q, "2026-03-22", &error), KPI_OK);
	ck_assert_int_eq(kpi_change_from(c, KPI_PERIOD_BEFORE), expected);
	ck_assert_int_eq(kpi_change_until(c, KPI_PERIOD_BEFORE), from);
	kpi_change_free(c);
	kpi_query_free(q);
}
END_TEST

START_TEST(another_period_can_be_given)
{
	kpi_change_options o = KPI_CHANGE_OPTIONS_INIT;
	kpi_change *c, *usual = change_of("service_level");

	o.to = KPI_CHANGE_GIVEN;
	o.before_from = MONDAY;
	o.before_until = MONDAY + WEEK;
	ck_assert_int_eq(
	    try_change(&c, query, "service_level", &o, NULL), KPI_OK);
	ck_assert(same(get(c, KPI_CHANGE_WHOLE).chance,
	    get(usual, KPI_CHANGE_WHOLE).chance));
	kpi_change_free(c);
	o.before_until = MONDAY + DAY;
	ck_assert_int_eq(
	    try_change(&c, query, "service_level", &o, NULL), KPI_OK);
	ck_assert(get(c, KPI_CHANGE_WHOLE).before == 20.0 / 30);
	kpi_change_free(c);
	kpi_change_free(usual);
}
END_TEST

START_TEST(what_does_not_fit_together_is_refused)
{
	const char *text = "service_level";
	static const struct {
		kpi_status status;
		const char *says;
	} cases[] = {
		{ KPI_EMISMATCH, "the definitions differ" },
		{ KPI_EMISMATCH, "not grouped by the same dimensions" },
		{ KPI_EINVAL, "without buckets" },
		{ KPI_EMISMATCH, "queue=\"a\"" },
		{ KPI_EMISMATCH, "Europe/Berlin" },
		{ KPI_EMISMATCH, "the other of 2" },
	};
	kpi_result *now = week(1, 1, text);

	for (size_t i = 0; i < COUNT(cases); i++) {
		kpi_error error = KPI_ERROR_INIT;
		kpi_definition *d[2] = {
			definition_of(i == 0
				? "service_level service_level_threshold=30s"
				: text),
			definition_of("visits")
		};
		kpi_query *q = new_query();
		kpi_result *before;
		kpi_change *c = NULL;

		if (i != 1)
			ck_assert_int_eq(kpi_query_by(q, KPI_BY_QUEUE), KPI_OK);
		if (i == 2)
			ck_assert_int_eq(
			    kpi_query_by_time(q, KPI_BUCKET_DAY), KPI_OK);
		if (i == 3)
			ck_assert_int_eq(
			    kpi_query_where(q, KPI_BY_QUEUE, "a"), KPI_OK);
		if (i == 4)
			ck_assert_int_eq(
			    kpi_query_time_zone(q, "Europe/Berlin", NULL),
			    KPI_OK);
		ck_assert_int_eq(
		    kpi_measure(&before, store, q,
			(const kpi_definition *const *)d, i == 5 ? 2 : 1, NULL),
		    KPI_OK);
		ck_assert_int_eq(
		    kpi_change_new(&c, now, before, NULL, NULL, &error),
		    cases[i].status);
		ck_assert_msg(strstr(error.text, cases[i].says) != NULL, "%s",
		    error.text);
		ck_assert_ptr_null(c);
		kpi_result_free(before);
		kpi_query_free(q);
		kpi_definition_free(d[0]);
		kpi_definition_free(d[1]);
	}
	kpi_result_free(now);
}
END_TEST

START_TEST(a_whole_is_of_the_same_period_and_without_groups)
{
	const char *text = "service_level";
	kpi_result *now = week(1, 1, text), *before = week(0, 1, text);
	kpi_result *now_whole = week(1, 0, text);
	kpi_result *before_whole = week(0, 0, text);
	kpi_error error = KPI_ERROR_INIT;
	kpi_change *c;

	ck_assert_int_eq(
	    kpi_change_new(&c, now, before, now_whole, NULL, &error),
	    KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_change_new(&c, now, before, before_whole, now_whole, &error),
	    KPI_EMISMATCH);
	ck_assert_ptr_nonnull(strstr(error.text, "not of the period"));
	ck_assert_int_eq(kpi_change_new(&c, now, before, now, before, &error),
	    KPI_EMISMATCH);
	ck_assert_ptr_nonnull(strstr(error.text, "without groups"));
	ck_assert_int_eq(
	    kpi_change_new(&c, now, before, now_whole, before_whole, &error),
	    KPI_OK);
	kpi_change_free(c);
	ck_assert_int_eq(
	    kpi_change_new(&c, NULL, before, NULL, NULL, NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_change_new(NULL, now, before, NULL, NULL, NULL), KPI_EINVAL);
	kpi_result_free(now);
	kpi_result_free(before);
	kpi_result_free(now_whole);
	kpi_result_free(before_whole);
}
END_TEST

START_TEST(a_period_without_ends_has_nothing_before_it)
{
	static const struct {
		int64_t from, until;
		kpi_change_options options;
		kpi_status status;
	} cases[] = {
		{ MONDAY, KPI_UNKNOWN, KPI_CHANGE_OPTIONS_INIT, KPI_EINVAL },
		{ KPI_UNKNOWN, MONDAY, KPI_CHANGE_OPTIONS_INIT, KPI_EINVAL },
		{ MONDAY, INT64_MAX, KPI_CHANGE_OPTIONS_INIT, KPI_EINVAL },
		{ INT64_C(-62135596800000), MONDAY, KPI_CHANGE_OPTIONS_INIT,
		    KPI_EINVAL },
		{ MONDAY, MONDAY + DAY,
		    { sizeof(kpi_change_options), 0, 0, 4, 0 }, KPI_EINVAL },
		{ MONDAY, MONDAY + DAY,
		    { sizeof(kpi_change_options), 0, 0, 0, 1 }, KPI_ENOTSUP },
		{ MONDAY, MONDAY + DAY,
		    { sizeof(kpi_change_options), 5, 0, 0, 0 }, KPI_EINVAL },
		{ MONDAY, MONDAY + DAY,
		    { sizeof(kpi_change_options), DAY, 0, 3, 0 }, KPI_EINVAL },
		{ MONDAY, MONDAY + DAY,
		    { sizeof(kpi_change_options), KPI_UNKNOWN, 0, 3, 0 },
		    KPI_EINVAL },
		{ MONDAY, MONDAY + DAY, { 8, 0, 0, 0, 0 }, KPI_EINVAL },
		{ MONDAY, MONDAY + DAY, KPI_CHANGE_OPTIONS_INIT, KPI_OK },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		kpi_change *c;

		ck_assert_int_eq(
		    kpi_query_between(query, cases[i].from, cases[i].until),
		    KPI_OK);
		ck_assert_msg(try_change(&c, query, "service_level",
				  &cases[i].options, NULL) == cases[i].status,
		    "case %d", (int)i);
		kpi_change_free(c);
	}
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_DAY), KPI_OK);
	ck_assert_int_eq(
	    kpi_change_measure(NULL, store, query, NULL, 1, NULL, NULL),
	    KPI_EINVAL);
	{
		kpi_error error = KPI_ERROR_INIT;
		kpi_change *c;

		ck_assert_int_eq(
		    try_change(&c, query, "service_level", NULL, &error),
		    KPI_EINVAL);
		ck_assert_ptr_nonnull(strstr(error.text, "without buckets"));
		ck_assert_int_eq(
		    try_change(&c, NULL, "service_level", NULL, &error),
		    KPI_EINVAL);
	}
}
END_TEST

START_TEST(past_the_end_there_is_nothing)
{
	kpi_change *c = change_of("service_level");
	kpi_difference d = KPI_DIFFERENCE_INIT;

	ck_assert_int_eq(kpi_change_get(c, 4, 0, &d), KPI_EINVAL);
	ck_assert_int_eq(kpi_change_get(c, 0, 1, &d), KPI_EINVAL);
	ck_assert_int_eq(kpi_change_get(NULL, 0, 0, &d), KPI_EINVAL);
	ck_assert_int_eq(kpi_change_get(c, 0, 0, NULL), KPI_EINVAL);
	d.size = 8;
	ck_assert_int_eq(kpi_change_get(c, 0, 0, &d), KPI_EINVAL);
	ck_assert_ptr_null(kpi_change_group(c, 4, 0));
	ck_assert_ptr_null(kpi_change_group(c, 0, 1));
	ck_assert_ptr_null(kpi_change_definition(c, 1));
	ck_assert_int_eq(kpi_change_metric(c, 1), 0);
	ck_assert_uint_eq(kpi_change_rows(NULL), 0);
	kpi_change_free(NULL);
	kpi_change_free(c);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("change_periods");
	TCase *tc = tcase_create("change_periods");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, swapped_periods_change_the_sign);
	tcase_add_test(tc, equal_periods_do_not_differ);
	tcase_add_test(tc, saved_results_are_compared_as_measured_ones);
	tcase_add_test(tc, without_days_there_is_no_verdict);
	tcase_add_test(tc, what_rows_do_not_add_up_to_has_no_parts);
	tcase_add_test(tc, a_year_ago_has_the_same_weekdays_and_whole_days);
	tcase_add_test(tc, another_period_can_be_given);
	tcase_add_test(tc, what_does_not_fit_together_is_refused);
	tcase_add_test(tc, a_whole_is_of_the_same_period_and_without_groups);
	tcase_add_test(tc, a_period_without_ends_has_nothing_before_it);
	tcase_add_test(tc, past_the_end_there_is_nothing);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
