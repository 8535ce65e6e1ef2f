/* SPDX-License-Identifier: MIT */
/* Repeats and first contacts of a customer, day by day. */
#include "asked.h"
#include "instant_text.h"
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

static void
add_day(double day, int64_t outcome)
{
	add_calls(store,
	    (call){ MONDAY + (int64_t)(day * (double)DAY), outcome, SECOND,
		MINUTE, "c-42", "amira", NULL },
	    1);
}

/* With the ends of what is known by day. */
static kpi_figure
first_contact(const char *metric, double as_of, double known_from)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d;
	kpi_result *result;
	kpi_figure f;
	char text[INSTANT_TEXT];

	d = definition_of(metric);
	instant_text(text, MONDAY + (int64_t)(as_of * (double)DAY));
	ck_assert_int_eq(kpi_definition_set(d, "as_of", text, &error), KPI_OK);
	instant_text(text, MONDAY + (int64_t)(known_from * (double)DAY));
	ck_assert_int_eq(
	    kpi_definition_set(d, "known_from", text, &error), KPI_OK);
	ck_assert_int_eq(kpi_measure(&result, store, NULL,
			     (const kpi_definition *const *)&d, 1, &error),
	    KPI_OK);
	f = figure_at(result, 0);
	kpi_result_free(result);
	kpi_definition_free(d);
	return f;
}

static const struct {
	double days[3];
	int count;
	double as_of;
	int64_t decided, resolved, immature;
} silences[] = {
	{ { 0 }, 1, 8.001, 1, 1, 0 },
	{ { 0 }, 1, 6, 0, 0, 1 },
	{ { 0, 5, 10 }, 3, 13, 1, 0, 0 },
	{ { 0, 5, 10 }, 3, 100, 1, 0, 0 },
	{ { 0, 8 }, 2, 100, 2, 2, 0 },
	{ { 0, 7 }, 2, 100, 1, 0, 0 },
};

START_TEST(an_issue_is_decided_a_window_after_its_first_contact)
{
	kpi_figure f;

	for (int i = 0; i < silences[_i].count; i++)
		add_day(silences[_i].days[i], KPI_OUTCOME_ANSWERED);
	f = first_contact("first_contact_resolution", silences[_i].as_of, -30);
	ck_assert_int_eq(f.denominator, silences[_i].decided);
	ck_assert_int_eq(f.numerator, silences[_i].resolved);
	ck_assert_int_eq(f.immature, silences[_i].immature);
	ck_assert_int_eq(f.truncated, 0);
	ck_assert_int_eq(
	    f.state, f.denominator > 0 ? KPI_STATE_OK : KPI_STATE_IMMATURE);
}
END_TEST

START_TEST(three_contacts_of_one_issue_are_two_repeats)
{
	kpi_figure f;

	add_day(0, KPI_OUTCOME_ANSWERED);
	add_day(5, KPI_OUTCOME_ANSWERED);
	add_day(10, KPI_OUTCOME_ANSWERED);
	f = first_contact("repeat_rate", 100, -30);
	ck_assert_int_eq(f.numerator, 2);
	ck_assert_int_eq(f.denominator, 3);
	f = first_contact("contacts_per_issue", 100, -30);
	ck_assert_int_eq(f.numerator, 3);
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_near(f.value, 3, 1e-12);
}
END_TEST

START_TEST(what_looks_back_before_the_store_is_truncated)
{
	kpi_figure f;

	add_day(3, KPI_OUTCOME_ANSWERED);
	f = first_contact("repeat_rate", 100, 0);
	ck_assert_int_eq(f.truncated, 1);
	ck_assert_int_eq(f.denominator, 0);
	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
	f = first_contact("repeat_rate repeat_edge=include", 100, 0);
	ck_assert_int_eq(f.truncated, 0);
	ck_assert_int_eq(f.denominator, 1);
}
END_TEST

START_TEST(two_calls_in_one_millisecond_are_a_repeat_by_their_ids)
{
	kpi_visit visit = visit_of(KPI_OUTCOME_ANSWERED, SECOND, MINUTE);
	kpi_interaction whole = interaction_of(MONDAY, &visit, 1);
	kpi_error error = KPI_ERROR_INIT;
	kpi_repeat repeat = KPI_REPEAT_INIT;
	kpi_definition *d;
	kpi_repeats *repeats;
	kpi_figure f;

	whole.customer = "c-42";
	whole.id = "b";
	add(store, &whole);
	whole.id = "a";
	add(store, &whole);
	f = first_contact("repeat_rate", 100, -30);
	ck_assert_int_eq(f.numerator, 1);
	ck_assert_int_eq(f.denominator, 2);

	d = definition_of("repeat_rate repeat_edge=include");
	ck_assert_int_eq(
	    kpi_repeat_contacts(&repeats, store, NULL, d, &error), KPI_OK);
	ck_assert_uint_eq(kpi_repeats_count(repeats), 1);
	ck_assert_int_eq(kpi_repeats_get(repeats, 0, &repeat), KPI_OK);
	ck_assert_str_eq(repeat.id, "b");
	ck_assert_str_eq(repeat.earlier_id, "a");
	ck_assert_int_eq(repeat.gap_ms, 0);
	kpi_repeats_free(repeats);
	kpi_definition_free(d);
}
END_TEST

START_TEST(attempts_before_the_first_answer_do_not_spoil_an_issue)
{
	kpi_figure f;

	add_day(0, KPI_OUTCOME_ABANDONED);
	add_day(1, KPI_OUTCOME_ANSWERED);
	f = first_contact("first_contact_resolution", 100, -30);
	ck_assert_int_eq(f.numerator, 1);
	ck_assert_int_eq(f.denominator, 1);
}
END_TEST

START_TEST(an_attempt_after_the_answer_breaks_the_silence)
{
	kpi_figure f;

	add_day(0, KPI_OUTCOME_ANSWERED);
	add_day(1, KPI_OUTCOME_ABANDONED);
	f = first_contact("first_contact_resolution", 100, -30);
	ck_assert_int_eq(f.numerator, 0);
	ck_assert_int_eq(f.denominator, 1);
}
END_TEST

/* Some look for the same neighbours and differ in what they ask of them. */
START_TEST(definitions_asked_together_answer_as_each_alone)
{
	static const char *const texts[] = { "repeat_rate",
		"contacts_per_issue", "repeat_rate repeat_credit=earlier",
		"repeat_rate repeat_unknown_customer=own_issue",
		"first_contact_resolution",
		"first_contact_resolution fcr_unit=contact",
		"repeat_rate repeat_gap=1d", "repeat_rate repeat_link=first",
		"repeat_rate repeat_window=1d", "repeat_rate" };
	kpi_definition *d[LENGTH(texts)];
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *result;

	for (int day = 0; day < 30; day += day % 4 + 1)
		add_day(day + day % 7 * 0.1,
		    day % 5 == 0 ? KPI_OUTCOME_ABANDONED
				 : KPI_OUTCOME_ANSWERED);
	add_calls(store,
	    (call){ MONDAY + 9 * DAY, KPI_OUTCOME_ANSWERED, SECOND, MINUTE,
		NULL, "amira", NULL },
	    2);
	for (int i = 0; i < LENGTH(texts); i++)
		d[i] = definition_of(texts[i]);
	ck_assert_int_eq(kpi_measure(&result, store, NULL,
			     (const kpi_definition *const *)d, LENGTH(texts),
			     &error),
	    KPI_OK);
	for (uint64_t i = 0; i < LENGTH(texts); i++) {
		const kpi_figure alone = ask(store, NULL, texts[i]);
		kpi_figure f = KPI_FIGURE_INIT;

		ck_assert_int_eq(
		    kpi_result_figure(result, 0, i, &f), KPI_OK);
		ck_assert_int_eq(f.numerator, alone.numerator);
		ck_assert_int_eq(f.denominator, alone.denominator);
		ck_assert_int_eq(f.unknown, alone.unknown);
		ck_assert_int_eq(f.truncated, alone.truncated);
		ck_assert_int_eq(f.immature, alone.immature);
		ck_assert_int_eq(f.not_counted, alone.not_counted);
		kpi_definition_free(d[i]);
	}
	kpi_result_free(result);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("golden_repeats");
	TCase *tc = tcase_create("golden_repeats");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc,
	    an_issue_is_decided_a_window_after_its_first_contact, 0,
	    LENGTH(silences));
	tcase_add_test(tc, three_contacts_of_one_issue_are_two_repeats);
	tcase_add_test(tc, what_looks_back_before_the_store_is_truncated);
	tcase_add_test(
	    tc, two_calls_in_one_millisecond_are_a_repeat_by_their_ids);
	tcase_add_test(
	    tc, attempts_before_the_first_answer_do_not_spoil_an_issue);
	tcase_add_test(tc, an_attempt_after_the_answer_breaks_the_silence);
	tcase_add_test(tc, definitions_asked_together_answer_as_each_alone);
	suite_add_tcase(s, tc);
	return s;
}
