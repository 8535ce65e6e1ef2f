/* SPDX-License-Identifier: MIT */
/* Figures of surveys that are known from outside. */
#include <math.h>
#include <stdio.h>

#include "asked.h"
#include "runner.h"

#define LENGTH(table) (int)(sizeof(table) / sizeof(*(table)))

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

/* "5:42,4:32": marks and how often each was given. */
static void
add_marks(const char *marks, int is_nps)
{
	const char *p = marks;
	int mark, count, used;

	while (sscanf(p, "%d:%d%n", &mark, &count, &used) == 2) {
		kpi_interaction whole = interaction_of(MONDAY, NULL, 0);

		if (is_nps)
			whole.nps = mark;
		else
			whole.csat = mark;
		for (int i = 0; i < count; i++)
			add(store, &whole);
		p += used;
		p += *p == ',';
	}
	ck_assert_str_eq(p, "");
}

/* Adjusted Wald: 3/4, 3/2, 3/4 more, clipped and widened to hold the value. */
static const struct {
	const char *marks;
	double score, lower, upper;
	double tolerance;
} balances[] = {
	{ "5:1,7:2,9:3", 33.333333333333, NAN, NAN, 1e-9 },
	{ "0:1,10:1", 0, NAN, NAN, 1e-9 },
	{ "0:1", -100, NAN, NAN, 1e-9 },
	{ "7:1", 0, NAN, NAN, 1e-9 },
	{ "10:1", 100, -48.49864942, 100, 1e-9 },
	{ "6:17,8:33,9:50", 33, 32.04 - 14.48, 32.04 + 14.48, 3e-4 },
};

START_TEST(promoters_less_detractors_in_points)
{
	kpi_figure f;

	add_marks(balances[_i].marks, 1);
	f = ask(store, NULL, "nps");
	ck_assert_int_eq(f.state, KPI_STATE_OK);
	ck_assert_near(f.value, balances[_i].score, 1e-11);
	if (isnan(balances[_i].lower))
		return;
	ck_assert_near(f.lower, balances[_i].lower, balances[_i].tolerance);
	ck_assert_near(f.upper, balances[_i].upper, balances[_i].tolerance);
}
END_TEST

/* The variance and standard error of d = 1, p = 2, P = 3 and others are those
 * of the adjusted counts' bounds: (upper - lower) / 2 z is their error. */
static const struct {
	int detractors, passives, promoters;
	double variance;
} variances[] = {
	{ 1, 2, 3, 0.555555555556 },
	{ 1, 0, 1, 1 },
	{ 0, 1, 1, 0.25 },
	{ 1, 1, 1, 0.666666666667 },
};

START_TEST(the_error_of_a_score_is_that_of_its_counts)
{
	const double z = 1.959963984540054;
	const double d = variances[_i].detractors, p = variances[_i].passives,
		     P = variances[_i].promoters;
	const double n = d + p + P, r = (P - d) / n;
	/* As counted; then with 3/4, 3/2, 3/4 more. */
	const double plain = (P + d) / n - r * r;
	const double m = n + 3, q = (P - d) / m;
	const double adjusted = (P + d + 1.5) / m - q * q;
	const double half = 100 * z * sqrt(adjusted / m);
	char marks[64];
	kpi_figure f;

	ck_assert_near(plain, variances[_i].variance, 1e-11);
	(void)snprintf(marks, sizeof(marks), "0:%d,8:%d,10:%d",
	    variances[_i].detractors, variances[_i].passives,
	    variances[_i].promoters);
	add_marks(marks, 1);
	f = ask(store, NULL, "nps");
	ck_assert_near(f.lower, fmax(-100, 100 * q - half), 1e-9);
	ck_assert_near(f.upper, fmin(100, 100 * q + half), 1e-9);
}
END_TEST

START_TEST(no_answers_are_no_data_and_never_zero)
{
	static const char *const metrics[] = { "nps", "csat", "csat_mean",
		"csat csat_score=net", "service_level", "abandonment_rate",
		"answer_rate", "average_speed_of_answer", "average_handle_time",
		"resolution_rate", "first_contact_resolution", "repeat_rate",
		"contacts_per_issue", "dsat", "ces", "ces ces_score=share",
		"ces ces_score=index", "survey_response_rate", "transfer_rate",
		"average_wait", "longest_wait", "average_talk_time",
		"average_hold_time", "average_after_call_time" };

	for (size_t i = 0; i < sizeof(metrics) / sizeof(*metrics); i++) {
		const kpi_figure f = ask(store, NULL, metrics[i]);

		ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
		ck_assert(isnan(f.value));
		ck_assert_int_eq(f.denominator, 0);
	}
}
END_TEST

START_TEST(marks_outside_the_scale_are_refused)
{
	static const int64_t marks[] = { 11, -1 };
	kpi_error error = KPI_ERROR_INIT;

	for (size_t i = 0; i < 2; i++) {
		kpi_interaction whole = interaction_of(MONDAY, NULL, 0);

		whole.nps = marks[i];
		ck_assert_int_eq(
		    kpi_store_add(store, &whole, &error), KPI_EINVAL);
		ck_assert_str_eq(error.field, "nps");
	}
	ck_assert_int_eq(ask(store, NULL, "contacts").numerator, 0);
}
END_TEST

static const struct {
	const char *marks, *text;
	double value, scale;
} surveys[] = {
	{ "5:42,4:32,3:10,2:9,1:14", "csat", 69.158878504673, 100 },
	{ "5:40,4:30,3:15,2:10,1:5", "csat", 70, 100 },
	{ "5:40,4:30,3:15,2:10,1:5", "csat csat_top=5", 40, 100 },
	{ "5:40,4:30,3:15,2:10,1:5", "csat csat_score=net", 55, 1 },
	{ "5:40,4:30,3:15,2:10,1:5", "csat_mean", 3.90, 1 },
	{ "5:42,4:32,3:10,2:9,1:14", "dsat", 100.0 * 23 / 107, 100 },
	{ "5:40,4:30,3:15,2:10,1:5", "dsat", 15, 100 },
	{ "5:40,4:30,3:15,2:10,1:5", "dsat csat_bottom=1", 5, 100 },
	{ "2:10,3:30,4:100,5:130,6:150,7:115,8:255,9:140,10:70",
	    "csat_mean csat_scale=10", 6.865, 1 },
};

START_TEST(surveys_come_to_what_their_answers_say)
{
	const double value = (add_marks(surveys[_i].marks, 0),
	    ask(store, NULL, surveys[_i].text).value);

	ck_assert_near(surveys[_i].scale * value, surveys[_i].value, 1e-12);
}
END_TEST

/* {2} {3} {3,4} {4,5} {4,5,6} {5,6,7} {6,7,8} of scales of 2 to 8. */
START_TEST(top_boxes_follow_the_length_of_the_scale)
{
	static const int lowest[] = { 0, 0, 2, 3, 3, 4, 4, 5, 6 };
	const int length = _i;
	char text[64];
	kpi_figure f;

	for (int mark = 1; mark <= length; mark++) {
		kpi_interaction whole = interaction_of(MONDAY, NULL, 0);

		whole.csat = mark;
		whole.csat_scale = length;
		add(store, &whole);
	}
	(void)snprintf(text, sizeof(text), "csat csat_scale=%d", length);
	f = ask(store, NULL, text);
	ck_assert_int_eq(f.numerator, length - lowest[length] + 1);
	ck_assert_int_eq(f.denominator, length);
	(void)snprintf(text, sizeof(text), "dsat csat_scale=%d", length);
	f = ask(store, NULL, text);
	ck_assert_int_eq(f.numerator, length - lowest[length] + 1);
	ck_assert_int_eq(f.denominator, length);
}
END_TEST

START_TEST(of_zendesk_good_is_a_share_of_good_and_bad)
{
	kpi_figure f;

	add_marks("1:3,2:9", 0);
	f = ask_preset(store, "csat", "zendesk", NULL);
	ck_assert_int_eq(f.numerator, 9);
	ck_assert_int_eq(f.denominator, 12);
}
END_TEST

/* Of a survey; others answered one of the questions, or none. */
START_TEST(first_contact_resolution_by_survey_has_the_bounds_of_wilson)
{
	kpi_figure f;

	for (int i = 0; i < 430; i++) {
		kpi_interaction whole = KPI_INTERACTION_INIT;

		whole.started_at = MONDAY + i;
		whole.direction = i % 2 == 0 ? KPI_DIRECTION_OUTBOUND
					     : KPI_DIRECTION_INBOUND;
		if (i < 410)
			whole.survey_resolved = i < 340;
		if (i < 280 || (i >= 410 && i < 420))
			whole.survey_contacts = 1;
		else if (i < 400)
			whole.survey_contacts = 1 + i % 3 % 2 + (i < 340);
		add(store, &whole);
	}
	f = ask_preset(store, "first_contact_resolution", "sqm", NULL);
	ck_assert_int_eq(f.numerator, 280);
	ck_assert_int_eq(f.denominator, 400);
	ck_assert_int_eq(f.unknown, 30);
	ck_assert_near(f.lower, 0.6534, 5e-5);
	ck_assert_near(f.upper, 0.7428, 5e-5);
}
END_TEST

START_TEST(a_longer_scale_must_say_its_top_box)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d;
	kpi_result *result = NULL;

	d = definition_of("csat csat_scale=10");
	ck_assert_int_eq(kpi_measure(&result, store, NULL,
			     (const kpi_definition *const *)&d, 1, &error),
	    KPI_EINVAL);
	ck_assert_ptr_null(result);
	ck_assert_str_eq(error.field, "csat_top");
	kpi_definition_free(d);
	d = definition_of("dsat csat_scale=10");
	ck_assert_int_eq(kpi_measure(&result, store, NULL,
			     (const kpi_definition *const *)&d, 1, &error),
	    KPI_EINVAL);
	ck_assert_str_eq(error.field, "csat_bottom");
	kpi_definition_free(d);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("golden_surveys");
	TCase *tc = tcase_create("golden_surveys");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(
	    tc, promoters_less_detractors_in_points, 0, LENGTH(balances));
	tcase_add_loop_test(tc, the_error_of_a_score_is_that_of_its_counts, 0,
	    LENGTH(variances));
	tcase_add_test(tc, no_answers_are_no_data_and_never_zero);
	tcase_add_test(tc, marks_outside_the_scale_are_refused);
	tcase_add_loop_test(
	    tc, surveys_come_to_what_their_answers_say, 0, LENGTH(surveys));
	tcase_add_loop_test(tc, top_boxes_follow_the_length_of_the_scale, 2, 9);
	tcase_add_test(tc, of_zendesk_good_is_a_share_of_good_and_bad);
	tcase_add_test(tc,
	    first_contact_resolution_by_survey_has_the_bounds_of_wilson);
	tcase_add_test(tc, a_longer_scale_must_say_its_top_box);
	suite_add_tcase(s, tc);
	return s;
}
