/* SPDX-License-Identifier: MIT */
/* dsat, ces, survey_response_rate: their edges. */
#include <check.h>
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
add_effort(int64_t mark, int64_t version)
{
	kpi_interaction whole = interaction_of(MONDAY, NULL, 0);

	whole.ces = mark;
	whole.ces_version = version;
	add(store, &whole);
}

START_TEST(satisfied_neutral_and_dissatisfied_are_all)
{
	kpi_figure top, bottom, net;

	for (int mark = 1; mark <= 5; mark++) {
		kpi_interaction whole = interaction_of(MONDAY, NULL, 0);

		whole.csat = mark;
		add(store, &whole);
	}
	top = ask(store, NULL, "csat");
	bottom = ask(store, NULL, "dsat");
	net = ask(store, NULL, "csat csat_score=net");
	ck_assert_int_eq(top.numerator, 2);
	ck_assert_int_eq(bottom.numerator, 2);
	ck_assert_near(net.value, 100 * (top.value - bottom.value), 1e-12);
}
END_TEST

START_TEST(an_answer_on_another_scale_is_mixed)
{
	kpi_interaction whole = interaction_of(MONDAY, NULL, 0);
	kpi_figure f;

	whole.csat = 2;
	whole.csat_scale = 10;
	add(store, &whole);
	f = ask(store, NULL, "dsat");
	ck_assert_int_eq(f.state, KPI_STATE_MIXED);
	f = ask(store, NULL, "dsat csat_scale=10 csat_bottom=4");
	ck_assert_int_eq(f.numerator, 1);
}
END_TEST

START_TEST(effort_has_three_scores)
{
	kpi_figure f;

	add_effort(7, 2);
	add_effort(6, KPI_UNKNOWN);
	add_effort(4, 2);
	add_effort(2, 2);
	add_effort(KPI_UNKNOWN, 2);
	f = ask(store, NULL, "ces");
	ck_assert_int_eq(f.numerator, 19);
	ck_assert_int_eq(f.denominator, 4);
	ck_assert_int_eq(f.unit, KPI_UNIT_MARK);
	/* s^2 = 59/12 by hand, t(3) = 3.182446305284263 */
	ck_assert_near(f.lower, 4.75 - 3.182446305284263 * 1.1086778913041726,
	    1e-9);
	f = ask(store, NULL, "ces ces_score=share");
	ck_assert_near(f.value, 0.5, 0);
	ck_assert_int_eq(f.unit, KPI_UNIT_SHARE);
	f = ask(store, NULL, "ces ces_score=index");
	ck_assert_near(f.value, 25, 0);
	ck_assert_int_eq(f.unit, KPI_UNIT_POINTS);
	f = ask(store, NULL, "ces ces_score=share ces_top=7");
	ck_assert_near(f.value, 0.25, 0);
	f = ask(store, NULL, "ces ces_score=index ces_bottom=1");
	ck_assert_near(f.value, 50, 0);
}
END_TEST

START_TEST(versions_of_effort_never_mix)
{
	kpi_figure f;

	add_effort(5, 2);
	add_effort(5, 1);
	f = ask(store, NULL, "ces");
	ck_assert_int_eq(f.state, KPI_STATE_MIXED);
	ck_assert(f.value != f.value);
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(f.not_counted, 1);
	f = ask(store, NULL, "ces ces_version=1");
	ck_assert_int_eq(f.state, KPI_STATE_MIXED);
}
END_TEST

START_TEST(of_version_1_low_is_easy)
{
	kpi_figure f;

	add_effort(1, 1);
	add_effort(2, 1);
	add_effort(3, KPI_UNKNOWN);
	add_effort(5, 1);
	f = ask(store, NULL,
	    "ces ces_version=1 ces_score=share ces_bottom=2");
	ck_assert_int_eq(f.numerator, 2);
	ck_assert_int_eq(f.denominator, 4);
	f = ask(store, NULL,
	    "ces ces_version=1 ces_score=index ces_bottom=2 ces_top=4");
	ck_assert_near(f.value, 25, 0);
	f = ask(store, NULL, "ces ces_version=1");
	ck_assert_near(f.value, 2.75, 0);
}
END_TEST

/* No mark of version 1, whatever is known of the version. */
START_TEST(a_six_is_not_of_version_1)
{
	add_effort(6, KPI_UNKNOWN);
	ck_assert_int_eq(ask(store, NULL, "ces ces_version=1").state,
	    KPI_STATE_MIXED);
}
END_TEST

static const struct {
	const char *text, *field;
} refused[] = {
	{ "ces ces_version=1 ces_score=share ces_top=6", "ces_top" },
	{ "ces ces_version=1 ces_score=share ces_bottom=6", "ces_bottom" },
	{ "ces ces_score=index ces_top=3", "ces_bottom" },
	{ "dsat csat_scale=5 csat_bottom=7", "csat_bottom" },
	{ "dsat csat_scale=9", "csat_bottom" },
};

START_TEST(ends_that_the_scale_has_not_are_refused)
{
	kpi_definition *d = definition_of(refused[_i].text);
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *result;

	ck_assert_int_eq(kpi_measure(&result, store, NULL,
			     (const kpi_definition *const *)&d, 1, &error),
	    KPI_EINVAL);
	ck_assert_str_eq(error.field, refused[_i].field);
	kpi_definition_free(d);
}
END_TEST

static void
add_survey(int64_t start, int64_t offered, int64_t answered, int64_t csat)
{
	kpi_interaction whole = interaction_of(start, NULL, 0);

	whole.survey_offered_at = offered;
	whole.survey_answered_at = answered;
	whole.csat = csat;
	add(store, &whole);
}

START_TEST(who_was_offered_a_survey_answered_it_or_not)
{
	kpi_figure f;

	add_survey(MONDAY, MONDAY + HOUR, MONDAY + 2 * HOUR, 5);
	add_survey(MONDAY, MONDAY + HOUR, KPI_UNKNOWN, 1);
	add_survey(MONDAY, MONDAY + HOUR, MONDAY + 2 * HOUR, KPI_UNKNOWN);
	add_survey(MONDAY, MONDAY + HOUR, KPI_UNKNOWN, KPI_UNKNOWN);
	add_survey(MONDAY, KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN);
	f = ask(store, NULL, "survey_response_rate");
	ck_assert_int_eq(f.numerator, 3);
	ck_assert_int_eq(f.denominator, 4);
	ck_assert_int_eq(f.not_counted, 1);
	ck_assert_int_eq(f.unknown, 0);
}
END_TEST

START_TEST(answers_alone_have_no_response_rate)
{
	kpi_figure f;

	add_survey(MONDAY, KPI_UNKNOWN, KPI_UNKNOWN, 5);
	f = ask(store, NULL, "survey_response_rate");
	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
	ck_assert_int_eq(f.unknown, 1);
}
END_TEST

START_TEST(within_a_window_only_who_has_had_it_counts)
{
	kpi_figure f;

	add_survey(MONDAY, MONDAY, MONDAY + HOUR, 5);
	add_survey(MONDAY, MONDAY, MONDAY + 2 * DAY, 5);
	add_survey(MONDAY + 2 * DAY, MONDAY + 2 * DAY, KPI_UNKNOWN,
	    KPI_UNKNOWN);
	add_survey(MONDAY + 2 * DAY - HOUR, MONDAY + 2 * DAY,
	    MONDAY + 2 * DAY, 3);
	f = ask(store, NULL, "survey_response_rate");
	ck_assert_int_eq(f.numerator, 3);
	ck_assert_int_eq(f.denominator, 4);
	f = ask(store, NULL,
	    "survey_response_rate survey_window=1d "
	    "as_of=2026-03-05T00:00:00Z");
	/* The third could answer until as_of exactly: not yet over. */
	ck_assert_int_eq(f.numerator, 2);
	ck_assert_int_eq(f.denominator, 3);
	ck_assert_int_eq(f.immature, 1);
	f = ask(store, NULL,
	    "survey_response_rate survey_window=1d "
	    "as_of=2026-03-02T23:00:00Z");
	ck_assert_int_eq(f.state, KPI_STATE_IMMATURE);
}
END_TEST

START_TEST(a_mark_of_quality_is_a_mean_of_those_that_were_reviewed)
{
	static const int64_t marks[] = { 1000000, 800000, 600000, KPI_UNKNOWN };
	kpi_figure f;

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		kpi_interaction one = interaction_of(MONDAY, NULL, 0);

		one.quality = marks[i];
		one.direction = KPI_DIRECTION_OUTBOUND;
		add(store, &one);
	}
	f = ask(store, NULL, "quality_score");
	ck_assert_near(f.value, 0.8, 0);
	ck_assert_int_eq(f.numerator, 2400000);
	ck_assert_int_eq(f.denominator, 3);
	ck_assert_int_eq(f.unknown + f.not_counted, 0);
	ck_assert_int_eq(f.unit, KPI_UNIT_SHARE);
	/* 0.8 +- t(2) 0.2 / sqrt 3, t = 4.302653 */
	ck_assert_near(f.lower, 0.8 - 0.4968275, 1e-6);
	ck_assert_near(f.upper, 0.8 + 0.4968275, 1e-6);
}
END_TEST

START_TEST(a_target_of_quality_is_a_share)
{
	kpi_figure f;

	for (int day = 0; day < 6; day++) {
		kpi_interaction one = interaction_of(MONDAY + day * DAY, NULL, 0);

		one.quality = 500000 + day * 10000;
		add(store, &one);
	}
	f = ask(store, NULL,
	    "quality_score target_goal=80% verdict_by=day bounds_by=day");
	ck_assert_near(f.value, 0.525, 1e-12);
	ck_assert_near(f.target, 0.8, 0);
	ck_assert_int_eq(f.verdict, KPI_VERDICT_MISSED);
	ck_assert_near(f.lower, f.verdict_lower, 1e-12);
	ck_assert(f.lower > 0.5 && f.upper < 0.55);
}
END_TEST

START_TEST(a_six_of_version_1_is_refused_when_added)
{
	kpi_interaction whole = interaction_of(MONDAY, NULL, 0);
	kpi_error error = KPI_ERROR_INIT;

	whole.id = "1";
	whole.ces = 6;
	whole.ces_version = 1;
	ck_assert_int_eq(kpi_store_add(store, &whole, &error), KPI_EINVAL);
	ck_assert_str_eq(error.field, "ces");
	ck_assert_ptr_nonnull(strstr(error.text, "expected 1 to 5"));
	whole.ces_version = KPI_UNKNOWN;
	add(store, &whole);
	whole.ces = KPI_UNKNOWN;
	whole.ces_version = 1;
	ck_assert_int_eq(kpi_store_update(store, &whole, NULL, 0, NULL),
	    KPI_EINVAL);
	whole.ces_version = 2;
	ck_assert_int_eq(kpi_store_update(store, &whole, NULL, 0, NULL), KPI_OK);
	ck_assert_int_eq(ask(store, NULL, "ces").numerator, 6);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("surveys");
	TCase *tc = tcase_create("surveys");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, satisfied_neutral_and_dissatisfied_are_all);
	tcase_add_test(tc, an_answer_on_another_scale_is_mixed);
	tcase_add_test(tc, effort_has_three_scores);
	tcase_add_test(tc, versions_of_effort_never_mix);
	tcase_add_test(tc, of_version_1_low_is_easy);
	tcase_add_test(tc, a_six_is_not_of_version_1);
	tcase_add_test(tc, a_six_of_version_1_is_refused_when_added);
	tcase_add_loop_test(tc, ends_that_the_scale_has_not_are_refused, 0,
	    (int)(sizeof(refused) / sizeof(*refused)));
	tcase_add_test(tc, who_was_offered_a_survey_answered_it_or_not);
	tcase_add_test(tc, answers_alone_have_no_response_rate);
	tcase_add_test(tc, within_a_window_only_who_has_had_it_counts);
	tcase_add_test(
	    tc, a_mark_of_quality_is_a_mean_of_those_that_were_reviewed);
	tcase_add_test(tc, a_target_of_quality_is_a_share);
	suite_add_tcase(s, tc);
	return s;
}
