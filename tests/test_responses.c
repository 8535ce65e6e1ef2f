/* SPDX-License-Identifier: MIT */
/* first_response_time, resolution_time, and the shares within a threshold. */
#include <check.h>
#include <math.h>

#include "asked.h"
#include "runner.h"

#define NONE KPI_UNKNOWN

/* Nothing that is asked of March is immature by then. */
#define LATER " as_of=2026-06-01T00:00:00Z"

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

static int64_t
after(int64_t ms)
{
	return ms == NONE ? NONE : MONDAY + ms;
}

static void
add_ticket(int64_t outcome, int64_t wait, int64_t reply)
{
	kpi_visit v = visit_of(outcome, wait, NONE);
	kpi_interaction one = interaction_of(MONDAY, &v, 1);

	one.first_response_at = after(reply);
	add(store, &one);
}

static void
add_settled(int64_t flag, int64_t first, int64_t last, int64_t reopened,
    const char *matter)
{
	kpi_interaction one = interaction_of(MONDAY, NULL, 0);

	one.resolved = flag;
	one.first_resolved_at = after(first);
	one.resolved_at = after(last);
	one.reopened_at = after(reopened);
	one.case_id = matter;
	add(store, &one);
}

static const struct {
	int64_t outcome, wait, reply;
	int64_t counted, unknown, immature, not_counted;
	int64_t in_time, received; /* within an hour */
} cases[] = {
	{ NONE, NONE, HOUR, 1, 0, 0, 0, 1, 1 },
	{ NONE, NONE, HOUR + 1, 1, 0, 0, 0, 0, 1 },
	/* To answer is to reply, unless it is told when that was. */
	{ KPI_OUTCOME_ANSWERED, MINUTE, NONE, 1, 0, 0, 0, 1, 1 },
	{ KPI_OUTCOME_ANSWERED, MINUTE, 2 * HOUR, 1, 0, 0, 0, 0, 1 },
	{ KPI_OUTCOME_ANSWERED, NONE, NONE, 0, 1, 0, 0, 0, 0 },
	{ NONE, NONE, -1, 0, 1, 0, 0, 0, 0 },
	/* It may yet be replied to. */
	{ KPI_OUTCOME_WAITING, NONE, NONE, 0, 0, 1, 0, 0, 1 },
	{ NONE, NONE, NONE, 0, 0, 1, 0, 0, 1 },
	/* It is over. */
	{ KPI_OUTCOME_ABANDONED, MINUTE, NONE, 0, 0, 0, 1, 0, 1 },
	{ KPI_OUTCOME_VOICEMAIL, MINUTE, 2 * DAY, 1, 0, 0, 0, 0, 1 },
};

START_TEST(each_has_a_reply_or_is_left_out_for_a_reason)
{
	kpi_figure f;

	add_ticket(cases[_i].outcome, cases[_i].wait, cases[_i].reply);
	f = ask(store, NULL, "first_response_time" LATER);
	ck_assert_int_eq(f.denominator, cases[_i].counted);
	ck_assert_int_eq(f.unknown, cases[_i].unknown);
	ck_assert_int_eq(f.immature, cases[_i].immature);
	ck_assert_int_eq(f.not_counted, cases[_i].not_counted);
	f = ask(store, NULL, "first_response_within" LATER);
	ck_assert_int_eq(f.numerator, cases[_i].in_time);
	ck_assert_int_eq(f.denominator, cases[_i].received);
}
END_TEST

START_TEST(a_reply_after_as_of_has_not_come_yet)
{
	static const char now[] =
	    "first_response_time as_of=2026-03-02T01:00:00Z";

	add_ticket(NONE, NONE, HOUR);
	ck_assert_int_eq(ask(store, NULL, now).state, KPI_STATE_IMMATURE);
	add_ticket(NONE, NONE, HOUR - 1);
	ck_assert_int_eq(ask(store, NULL, now).denominator, 1);
}
END_TEST

START_TEST(unanswered_counted_as_a_response_time_of_0)
{
	kpi_figure f;

	for (int i = 0; i < 19; i++)
		add_ticket(NONE, NONE, 30 * SECOND);
	add_ticket(KPI_OUTCOME_WAITING, NONE, NONE);
	add_ticket(KPI_OUTCOME_ABANDONED, MINUTE, NONE);
	f = ask(store, NULL, "first_response_time" LATER);
	ck_assert_near(f.value, 30 * (double)SECOND, 1e-12);
	ck_assert_int_eq(f.denominator, 19);
	/* And where all are counted, they are not in time. */
	f = ask(store, NULL, "first_response_within" LATER);
	ck_assert_int_eq(f.numerator, 19);
	ck_assert_int_eq(f.denominator, 21);
}
END_TEST

START_TEST(more_than_5_percent_still_without_is_immature)
{
	static const char *const texts[] = { "first_response_time" LATER,
		"first_response_time_p90" LATER,
		"first_response_time_p50 quantile_from=values" LATER };

	for (int i = 0; i < 19; i++)
		add_ticket(NONE, NONE, MINUTE);
	add_ticket(KPI_OUTCOME_WAITING, NONE, NONE);
	/* 1 of 20 is 5 %. */
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		ck_assert_int_eq(
		    ask(store, NULL, texts[i]).state, KPI_STATE_OK);
	add_ticket(KPI_OUTCOME_WAITING, NONE, NONE);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const kpi_figure f = ask(store, NULL, texts[i]);

		ck_assert_int_eq(f.state, KPI_STATE_IMMATURE);
		ck_assert(isnan(f.value) && isnan(f.lower));
		ck_assert_int_eq(f.denominator, 19);
		ck_assert_int_eq(f.immature, 2);
	}
}
END_TEST

START_TEST(a_bucket_is_immature_and_not_its_neighbour)
{
	kpi_query *query = new_query();
	kpi_interaction open = interaction_of(MONDAY + DAY, NULL, 0);
	kpi_result *result;

	add_ticket(NONE, NONE, MINUTE);
	add(store, &open);
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_DAY), KPI_OK);
	result = ask_rows(store, query, "first_response_time" LATER);
	ck_assert_uint_eq(kpi_result_rows(result), 2);
	ck_assert_int_eq(figure_at(result, 0).state, KPI_STATE_OK);
	ck_assert_int_eq(figure_at(result, 1).state, KPI_STATE_IMMATURE);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

START_TEST(a_threshold_that_is_not_over_is_immature)
{
	static const char soon[] =
	    "first_response_within as_of=2026-03-02T01:00:00Z";
	static const char over[] =
	    "first_response_within as_of=2026-03-02T01:00:00.001Z";

	add_ticket(NONE, NONE, MINUTE);
	ck_assert_int_eq(ask(store, NULL, soon).immature, 1);
	ck_assert_int_eq(ask(store, NULL, over).numerator, 1);
}
END_TEST

START_TEST(of_what_nothing_is_known_there_is_no_data)
{
	add_ticket(NONE, NONE, NONE);
	add_settled(NONE, NONE, NONE, NONE, NULL);
	ck_assert_int_eq(ask(store, NULL, "first_response_within" LATER).state,
	    KPI_STATE_NO_DATA);
	ck_assert_int_eq(ask(store, NULL, "resolution_time" LATER).state,
	    KPI_STATE_NO_DATA);
	ck_assert_int_eq(
	    ask(store, NULL, "resolution_rate resolution_within=1d").state,
	    KPI_STATE_NO_DATA);
}
END_TEST

START_TEST(a_reopened_case_measured_from_its_birth_at_every_closing)
{
	kpi_figure f;

	/* Closed after an hour, opened again, and closed after ten days. */
	add_settled(1, HOUR, 10 * DAY, 2 * DAY, NULL);
	f = ask(store, NULL, "resolution_time" LATER);
	ck_assert_near(f.value, 10 * (double)DAY, 0);
	ck_assert_int_eq(f.denominator, 1);
	f = ask(store, NULL, "resolution_time resolution_state=first" LATER);
	ck_assert_near(f.value, (double)HOUR, 0);
	ck_assert_int_eq(f.denominator, 1);
}
END_TEST

START_TEST(reopened_and_not_closed_again_is_not_resolved)
{
	kpi_figure f;

	add_settled(1, NONE, HOUR, 2 * HOUR, NULL);
	f = ask(store, NULL, "resolution_time" LATER);
	ck_assert_int_eq(f.denominator, 0);
	ck_assert_int_eq(f.immature, 1);
	f = ask(store, NULL, "resolution_time resolution_state=first" LATER);
	ck_assert_near(f.value, (double)HOUR, 0);
}
END_TEST

START_TEST(resolved_nobody_knows_when_has_no_time)
{
	kpi_figure f;

	add_settled(1, NONE, NONE, NONE, NULL);
	add_settled(1, NONE, -HOUR, NONE, NULL);
	f = ask(store, NULL, "resolution_time" LATER);
	ck_assert_int_eq(f.denominator, 0);
	ck_assert_int_eq(f.unknown, 2);
	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
}
END_TEST

START_TEST(an_sla_share_over_events_instead_of_cases)
{
	static const char by_case[] =
	    "resolved_within resolution_within=1d unit=case" LATER;

	/* One case that came up nine times and was settled, and one that was
	 * not: 90 % of the contacts, and half of the cases. */
	for (int i = 0; i < 9; i++)
		add_settled(1, NONE, HOUR, NONE, "quick");
	add_settled(1, NONE, 5 * DAY, NONE, "slow");
	ck_assert_near(ask(store, NULL,
			   "resolved_within resolution_within=1d" LATER).value,
	    0.9, 1e-12);
	ck_assert_near(ask(store, NULL, by_case).value, 0.5, 1e-12);
	ck_assert_int_eq(ask(store, NULL, by_case).denominator, 2);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("responses");
	TCase *tc = tcase_create("responses");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, each_has_a_reply_or_is_left_out_for_a_reason, 0,
	    (int)(sizeof(cases) / sizeof(*cases)));
	tcase_add_test(tc, a_reply_after_as_of_has_not_come_yet);
	tcase_add_test(tc, unanswered_counted_as_a_response_time_of_0);
	tcase_add_test(tc, more_than_5_percent_still_without_is_immature);
	tcase_add_test(tc, a_bucket_is_immature_and_not_its_neighbour);
	tcase_add_test(tc, a_threshold_that_is_not_over_is_immature);
	tcase_add_test(tc, of_what_nothing_is_known_there_is_no_data);
	tcase_add_test(
	    tc, a_reopened_case_measured_from_its_birth_at_every_closing);
	tcase_add_test(tc, reopened_and_not_closed_again_is_not_resolved);
	tcase_add_test(tc, resolved_nobody_knows_when_has_no_time);
	tcase_add_test(tc, an_sla_share_over_events_instead_of_cases);
	suite_add_tcase(s, tc);
	return s;
}
