/* SPDX-License-Identifier: MIT */
/* occupancy and utilisation: cases whose answer is worked
 * out by hand, and figures that are known from outside. */
#include <string.h>

#include "agent_day.h"
#include "runner.h"

static void
check(const char *text, int64_t numerator, int64_t denominator)
{
	const kpi_figure f = ask(store, NULL, text);

	ck_assert_int_eq(f.numerator, numerator);
	ck_assert_int_eq(f.denominator, denominator);
	ck_assert_int_eq(f.state, KPI_STATE_OK);
	ck_assert_double_eq(f.value, (double)numerator / (double)denominator);
	ck_assert(f.lower != f.lower && f.upper != f.upper);
}

START_TEST(a_ready_span_that_contains_the_calls_is_ready_without_them)
{
	add_activity("amira", KPI_ACTIVITY_READY, at(9, 0), at(9, 40));
	add_leg("amira", at(9, 5), at(9, 15));
	add_leg("amira", at(9, 20), at(9, 30));
	check("occupancy" WHOLE_DAY, 20 * MINUTE, 40 * MINUTE);
}
END_TEST

/* 15,465,997 s of service in 261 shifts of 4 agents, of 10 hours each. */
static void
add_year(int sources)
{
	static const char *const agents[] = { "1", "2", "3", "4" };
	const int64_t shifts = 261 * 4, total = 15465997;
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_OK);
	for (int64_t i = 0; i < shifts; i++) {
		const int64_t begin = MONDAY + i / 4 * DAY + 8 * HOUR;
		kpi_visit visit = visit_of(KPI_OUTCOME_ANSWERED, 17 * SECOND,
		    (total / shifts + (i < total % shifts)) * SECOND);
		kpi_interaction whole =
		    interaction_of(begin + HOUR, &visit, 1);

		visit.agent = agents[i % 4];
		add(store, &whole);
		add_activity(agents[i % 4], KPI_ACTIVITY_READY, begin,
		    begin + 10 * HOUR);
		if (sources == 2)
			add_from("logins", agents[i % 4], KPI_ACTIVITY_READY,
			    begin, begin + 10 * HOUR);
	}
	ck_assert_int_eq(kpi_store_commit(store, &error), KPI_OK);
}

START_TEST(a_shift_counted_twice_in_occupancy)
{
	kpi_figure f;

	add_year(_i);
	f = ask(store, NULL, "occupancy as_of=2027-01-01T00:00:00Z");
	ck_assert_int_eq(f.numerator, 15465997 * SECOND);
	ck_assert_int_eq(f.denominator, 4 * 36000 * 261 * SECOND);
	ck_assert_near(f.value, 0.411505, 5e-7);
}
END_TEST

static void
check_buckets(const kpi_query *query, const char *text, int64_t first,
    int64_t length, const int64_t *minutes, uint64_t count)
{
	kpi_result *result = ask_rows(store, query, text);

	ck_assert_uint_eq(kpi_result_rows(result), count);
	for (uint64_t i = 0; i < count; i++) {
		ck_assert_int_eq(kpi_result_begin(result, i),
		    first + (int64_t)i * length);
		ck_assert_int_eq(
		    figure_at(result, i).numerator, minutes[i] * MINUTE);
	}
	kpi_result_free(result);
}

START_TEST(agent_time_is_split_over_half_hours)
{
	kpi_query *query = new_query();

	ck_assert_int_eq(
	    kpi_query_by_time(query, KPI_BUCKET_HALF_HOUR), KPI_OK);
	add_activity("amira", KPI_ACTIVITY_READY, at(5, 0), at(6, 30));
	add_leg("amira", at(5, 23), at(6, 15));
	check_buckets(query, "occupancy" WHOLE_DAY, at(5, 0), 30 * MINUTE,
	    (const int64_t[]){ 7, 30, 15 }, 3);
	kpi_query_free(query);
}
END_TEST

START_TEST(spans_open_at_the_edges_of_the_range_lost)
{
	kpi_query *query = new_query();
	kpi_figure f;

	add_activity("amira", KPI_ACTIVITY_READY, at(8, 0), KPI_UNKNOWN);
	add_leg("amira", at(8, 50), at(9, 10));
	add_leg("amira", at(9, 55), KPI_UNKNOWN);
	ck_assert_int_eq(
	    kpi_query_between(query, at(9, 0), at(10, 0)), KPI_OK);
	f = ask(store, query, "occupancy as_of=2026-03-02T11:00:00Z");
	ck_assert_int_eq(f.numerator, 15 * MINUTE);
	ck_assert_int_eq(f.denominator, HOUR);
	ck_assert_int_eq(
	    kpi_query_between(query, at(9, 0), KPI_UNKNOWN), KPI_OK);
	f = ask(store, query, "occupancy as_of=2026-03-02T09:57:00Z");
	ck_assert_int_eq(f.numerator, 12 * MINUTE);
	ck_assert_int_eq(f.denominator, 57 * MINUTE);
	kpi_query_free(query);
}
END_TEST

START_TEST(a_leg_lasts_from_the_answer_to_the_end_of_after_call_work)
{
	kpi_visit visit = visit_of(KPI_OUTCOME_ANSWERED, 30 * SECOND, MINUTE);
	kpi_interaction whole = interaction_of(at(9, 0), &visit, 1);

	visit.ring_ms = 20 * SECOND;
	visit.hold_ms = 10 * SECOND;
	visit.after_call_ms = 15 * SECOND;
	visit.agent = "amira";
	add(store, &whole);
	add_activity("amira", KPI_ACTIVITY_READY, at(9, 0), at(9, 10));
	check("occupancy" WHOLE_DAY, 85 * SECOND, 600 * SECOND);
	check("occupancy contact_parts=talk" WHOLE_DAY, 60 * SECOND,
	    600 * SECOND);
	check("occupancy contact_parts=talk,after_call" WHOLE_DAY,
	    75 * SECOND, 600 * SECOND);
	check("occupancy contact_parts=ring,talk,hold,after_call" WHOLE_DAY,
	    105 * SECOND, 600 * SECOND);
}
END_TEST

START_TEST(contacts_at_one_time_occupy_once_or_each)
{
	add_activity("amira", KPI_ACTIVITY_READY, at(9, 0), at(10, 0));
	add_leg("amira", at(9, 10), at(9, 30));
	add_leg("amira", at(9, 20), at(9, 40));
	check("occupancy" WHOLE_DAY, 30 * MINUTE, HOUR);
	check("occupancy overlap=sum" WHOLE_DAY, 40 * MINUTE, 70 * MINUTE);
}
END_TEST

START_TEST(the_activity_that_began_last_is_the_state)
{
	add_activity("amira", KPI_ACTIVITY_READY, at(8, 0), at(16, 0));
	add_activity("amira", KPI_ACTIVITY_BREAK, at(10, 0), at(10, 30));
	add_activity("amira", KPI_ACTIVITY_MEETING, at(10, 10), at(10, 20));
	add_activity("amira", KPI_ACTIVITY_TRAINING, at(15, 0), at(17, 0));
	add_leg("amira", at(9, 0), at(10, 15));
	check("occupancy occupancy_numerator=ready "
	      "occupancy_denominator=logged_in" WHOLE_DAY,
	    (7 * 60 - 30 - 60) * MINUTE, 9 * HOUR);
	check("occupancy occupancy_numerator=break "
	      "occupancy_denominator=logged_in" WHOLE_DAY,
	    10 * MINUTE, 9 * HOUR);
	check("occupancy occupancy_numerator=meeting "
	      "occupancy_denominator=logged_in" WHOLE_DAY,
	    5 * MINUTE, 9 * HOUR);
	check("utilisation" WHOLE_DAY, 75 * MINUTE, 9 * HOUR);
}
END_TEST

/* Whoever begins a shift with a break is on a break. */
START_TEST(of_states_that_begin_at_once_the_greatest_counts)
{
	const int order = _i;

	add_activity("amira",
	    order ? KPI_ACTIVITY_BREAK : KPI_ACTIVITY_READY, at(8, 0),
	    order ? at(9, 0) : at(12, 0));
	add_activity("amira",
	    order ? KPI_ACTIVITY_READY : KPI_ACTIVITY_BREAK, at(8, 0),
	    order ? at(12, 0) : at(9, 0));
	add_leg("amira", at(8, 0), at(8, 0));
	check("occupancy occupancy_numerator=break "
	      "occupancy_denominator=logged_in" WHOLE_DAY,
	    HOUR, 4 * HOUR);
}
END_TEST

START_TEST(an_end_that_has_become_known_replaces_the_open_one)
{
	add_activity("amira", KPI_ACTIVITY_READY, at(8, 0), KPI_UNKNOWN);
	add_activity("amira", KPI_ACTIVITY_READY, at(8, 0), at(9, 0));
	add_leg("amira", at(8, 0), at(8, 30));
	check("occupancy" WHOLE_DAY, 30 * MINUTE, HOUR);
}
END_TEST

/* As a reader does that learns later in the second that a span was none. */
START_TEST(an_activity_of_no_length_takes_the_former_back)
{
	kpi_store_info info = KPI_STORE_INFO_INIT;
	kpi_figure f;

	add_leg("amira", at(9, 0), at(9, 30));
	add_activity("amira", KPI_ACTIVITY_BREAK, at(9, 0), at(9, 10));
	add_activity("amira", KPI_ACTIVITY_READY, at(9, 10), KPI_UNKNOWN);
	add_activity("amira", KPI_ACTIVITY_READY, at(9, 10), at(9, 10));
	ck_assert_int_eq(kpi_store_read_info(store, &info, NULL), KPI_OK);
	ck_assert_uint_eq(info.activities, 1);
	f = ask(store, NULL, "utilisation" WHOLE_DAY);
	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
	ck_assert_int_eq(f.denominator, 0);
	add_activity("amira", KPI_ACTIVITY_READY, at(9, 10), at(9, 40));
	check("utilisation" WHOLE_DAY, 30 * MINUTE, 40 * MINUTE);
}
END_TEST

START_TEST(contact_outside_every_span_counts_as_logged_in)
{
	add_activity("amira", KPI_ACTIVITY_READY, at(8, 0), at(9, 0));
	add_activity("amira", KPI_ACTIVITY_OFFLINE, at(9, 0), at(20, 0));
	add_leg("amira", at(8, 30), at(9, 30));
	add_leg("amira", at(21, 0), at(21, 30));
	check("occupancy" WHOLE_DAY, 90 * MINUTE, 2 * HOUR);
	check("utilisation" WHOLE_DAY, 90 * MINUTE, 2 * HOUR);
	ck_assert_int_eq(ask(store, NULL, "utilisation" WHOLE_DAY).not_counted,
	    10 * HOUR + 30 * MINUTE);
}
END_TEST

START_TEST(who_is_paused_and_never_logs_in_is_left_out_of_both_sides)
{
	kpi_figure f;

	add_activity("amira", KPI_ACTIVITY_READY, at(8, 0), at(9, 0));
	add_activity("ben", KPI_ACTIVITY_BREAK, at(8, 10), at(8, 20));
	add_leg("amira", at(8, 0), at(8, 15));
	add_leg("ben", at(8, 30), at(8, 50));
	f = ask(store, NULL, "occupancy" WHOLE_DAY);
	ck_assert_int_eq(f.numerator, 15 * MINUTE);
	ck_assert_int_eq(f.denominator, HOUR);
	ck_assert_int_eq(f.no_activity, 20 * MINUTE);
	f = ask(store, NULL, "utilisation" WHOLE_DAY);
	ck_assert_int_eq(f.denominator, HOUR);
	ck_assert_int_eq(f.no_activity, 20 * MINUTE);
}
END_TEST

START_TEST(who_has_no_activity_at_all_is_left_out_of_both_sides)
{
	kpi_query *query = new_query();
	kpi_result *result;
	kpi_figure f;

	add_activity("amira", KPI_ACTIVITY_READY, at(8, 0), at(9, 0));
	add_leg("amira", at(8, 0), at(8, 15));
	add_leg("ben", at(8, 0), at(8, 40));
	add_leg("ben", at(8, 30), at(8, 50));
	add_leg(NULL, at(8, 0), at(8, 5));
	add_leg(NULL, at(8, 0), at(8, 5));
	f = ask(store, NULL, "occupancy" WHOLE_DAY);
	ck_assert_int_eq(f.numerator, 15 * MINUTE);
	ck_assert_int_eq(f.denominator, HOUR);
	ck_assert_int_eq(f.no_activity, 50 * MINUTE);
	ck_assert_int_eq(f.unknown, 10 * MINUTE);

	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	result = ask_rows(store, query, "occupancy" WHOLE_DAY);
	ck_assert_uint_eq(kpi_result_rows(result), 3);
	f = figure_at(result, 1);
	ck_assert_str_eq(kpi_result_group(result, 1, 0), "ben");
	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
	ck_assert_int_eq(f.no_activity, 50 * MINUTE);
	ck_assert_ptr_null(kpi_result_group(result, 2, 0));
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

/* Whether someone has activities does not depend on the bucket. */
START_TEST(an_activity_of_another_day_is_an_activity)
{
	kpi_query *query = new_query();
	kpi_figure f;

	add_activity("amira", KPI_ACTIVITY_READY, at(-20, 0), at(-18, 0));
	add_leg("amira", at(8, 0), at(8, 15));
	ck_assert_int_eq(
	    kpi_query_between(query, at(0, 0), at(24, 0)), KPI_OK);
	f = ask(store, query, "occupancy" WHOLE_DAY);
	ck_assert_int_eq(f.numerator, 15 * MINUTE);
	ck_assert_int_eq(f.denominator, 15 * MINUTE);
	ck_assert_int_eq(f.no_activity, 0);
	kpi_query_free(query);
}
END_TEST

START_TEST(who_only_was_ready_is_there_and_was_not_occupied)
{
	kpi_query *query = new_query();
	kpi_result *result;

	add_activity("zoe", KPI_ACTIVITY_READY, at(8, 0), at(9, 0));
	add_activity("amira", KPI_ACTIVITY_READY, at(8, 0), at(9, 0));
	add_leg("amira", at(8, 0), at(8, 15));
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	result = ask_rows(store, query, "occupancy" WHOLE_DAY);
	ck_assert_uint_eq(kpi_result_rows(result), 2);
	ck_assert_str_eq(kpi_result_group(result, 1, 0), "zoe");
	ck_assert_int_eq(figure_at(result, 1).numerator, 0);
	ck_assert_int_eq(figure_at(result, 1).denominator, HOUR);
	kpi_result_free(result);

	ck_assert_int_eq(kpi_query_where(query, KPI_BY_AGENT, "zoe"), KPI_OK);
	result = ask_rows(store, query, "occupancy" WHOLE_DAY);
	ck_assert_uint_eq(kpi_result_rows(result), 1);
	ck_assert_str_eq(kpi_result_group(result, 0, 0), "zoe");
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

START_TEST(directions_say_which_legs_are_contact)
{
	kpi_visit visit = visit_of(KPI_OUTCOME_ANSWERED, 0, 10 * MINUTE);
	kpi_interaction whole = interaction_of(at(8, 0), &visit, 1);

	visit.agent = "amira";
	whole.direction = KPI_DIRECTION_OUTBOUND;
	add(store, &whole);
	add_activity("amira", KPI_ACTIVITY_READY, at(8, 0), at(9, 0));
	check("occupancy" WHOLE_DAY, 10 * MINUTE, HOUR);
	check("occupancy directions=inbound" WHOLE_DAY, 0, HOUR);
}
END_TEST

START_TEST(time_before_known_from_is_cut_off_if_it_is_set)
{
	add_activity("amira", KPI_ACTIVITY_READY, at(8, 0), at(9, 0));
	add_leg("amira", at(8, 30), at(8, 50));
	check("occupancy" WHOLE_DAY, 20 * MINUTE, HOUR);
	check("occupancy known_from=2026-03-02T08:40:00Z" WHOLE_DAY,
	    10 * MINUTE, 20 * MINUTE);
}
END_TEST

START_TEST(a_numerator_that_is_not_within_is_a_ratio)
{
	kpi_figure f;

	add_activity("amira", KPI_ACTIVITY_READY, at(8, 0), at(9, 0));
	add_leg("amira", at(8, 0), at(8, 40));
	f = ask(store, NULL,
	    "occupancy occupancy_denominator=ready" WHOLE_DAY);
	ck_assert_int_eq(f.unit, KPI_UNIT_RATIO);
	ck_assert_double_eq(f.value, 2);
	ck_assert_int_eq(
	    ask(store, NULL, "occupancy" WHOLE_DAY).unit, KPI_UNIT_SHARE);
}
END_TEST

START_TEST(without_time_there_is_no_data)
{
	ck_assert_int_eq(
	    ask(store, NULL, "occupancy").state, KPI_STATE_NO_DATA);
	add_activity("amira", KPI_ACTIVITY_MEETING, at(8, 0), at(9, 0));
	ck_assert_int_eq(ask(store, NULL, "occupancy" WHOLE_DAY).state,
	    KPI_STATE_NO_DATA);
	check("utilisation" WHOLE_DAY, 0, HOUR);
}
END_TEST

static const struct {
	const char *text;
	kpi_by group, filter;
	int64_t outcome;
	const char *said;
} refused[] = {
	{ "occupancy", KPI_BY_QUEUE, 0, 0, "queue" },
	{ "utilisation", KPI_BY_CHANNEL, 0, 0, "channel" },
	{ "occupancy", 0, KPI_BY_TEAM, 0, "team" },
	{ "occupancy", 0, KPI_BY_DIRECTION, 0, "direction" },
	{ "occupancy", 0, 0, KPI_OUTCOME_ANSWERED, "outcome" },
	{ "contacts_per_agent contacts_per_agent_denominator=staffed",
	    KPI_BY_QUEUE, 0, 0, "queue" },
};

START_TEST(what_agents_time_does_not_have_is_refused)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *definition = definition_of(refused[_i].text);
	const kpi_definition *const asked = definition;
	kpi_query *query = new_query();
	kpi_result *result;

	if (refused[_i].group != 0)
		ck_assert_int_eq(
		    kpi_query_by(query, refused[_i].group), KPI_OK);
	if (refused[_i].filter != 0)
		ck_assert_int_eq(
		    kpi_query_where(query, refused[_i].filter, NULL), KPI_OK);
	if (refused[_i].outcome != 0)
		ck_assert_int_eq(
		    kpi_query_where_outcome(query, refused[_i].outcome),
		    KPI_OK);
	ck_assert_int_eq(kpi_measure(&result, store, query, &asked, 1, &error),
	    KPI_ENOTSUP);
	ck_assert_ptr_null(result);
	ck_assert_str_eq(error.field, refused[_i].said);
	ck_assert_ptr_nonnull(strstr(error.text, "agent and time"));
	kpi_definition_free(definition);
	kpi_query_free(query);
}
END_TEST

static int
append(void *ctx, const char *bytes, size_t size)
{
	char *text = ctx;
	const size_t used = strlen(text);

	ck_assert_uint_lt(used + size, 2000);
	memcpy(text + used, bytes, (size_t)size);
	text[used + size] = '\0';
	return 0;
}

START_TEST(time_is_printed_as_time_to_people_and_in_ms_to_programs)
{
	char text[2000] = "";
	kpi_result *result;

	add_activity("amira", KPI_ACTIVITY_READY, at(8, 0), at(9, 0));
	add_leg("amira", at(8, 0), at(8, 15));
	add_leg("ben", at(8, 0), at(8, 15));
	result = ask_rows(store, NULL, "occupancy" WHOLE_DAY);
	ck_assert_int_eq(kpi_result_print(result, KPI_FORMAT_TABLE, append,
			     text, NULL),
	    KPI_OK);
	ck_assert_msg(strstr(text, "25.0 %") != NULL &&
		strstr(text, "15:00 of 1:00:00") != NULL &&
		strstr(text, "15:00 without activity") != NULL,
	    "%s", text);
	text[0] = '\0';
	ck_assert_int_eq(kpi_result_print(result, KPI_FORMAT_JSON, append,
			     text, NULL),
	    KPI_OK);
	ck_assert_ptr_nonnull(
	    strstr(text, "\"excluded\":{\"no_activity\":900000}"));
	kpi_result_free(result);
}
END_TEST

static void
add_tests(TCase *tc)
{
	tcase_add_test(
	    tc, a_ready_span_that_contains_the_calls_is_ready_without_them);
	tcase_add_loop_test(tc, a_shift_counted_twice_in_occupancy, 1, 3);
	tcase_add_test(tc, agent_time_is_split_over_half_hours);
	tcase_add_test(tc, spans_open_at_the_edges_of_the_range_lost);
	tcase_add_test(
	    tc, a_leg_lasts_from_the_answer_to_the_end_of_after_call_work);
	tcase_add_test(tc, contacts_at_one_time_occupy_once_or_each);
	tcase_add_test(tc, the_activity_that_began_last_is_the_state);
	tcase_add_loop_test(
	    tc, of_states_that_begin_at_once_the_greatest_counts, 0, 2);
	tcase_add_test(
	    tc, an_end_that_has_become_known_replaces_the_open_one);
	tcase_add_test(tc, an_activity_of_no_length_takes_the_former_back);
	tcase_add_test(tc, contact_outside_every_span_counts_as_logged_in);
	tcase_add_test(
	    tc, who_has_no_activity_at_all_is_left_out_of_both_sides);
	tcase_add_test(
	    tc, who_is_paused_and_never_logs_in_is_left_out_of_both_sides);
	tcase_add_test(tc, an_activity_of_another_day_is_an_activity);
	tcase_add_test(tc, who_only_was_ready_is_there_and_was_not_occupied);
	tcase_add_test(tc, directions_say_which_legs_are_contact);
	tcase_add_test(tc, time_before_known_from_is_cut_off_if_it_is_set);
	tcase_add_test(tc, a_numerator_that_is_not_within_is_a_ratio);
	tcase_add_test(tc, without_time_there_is_no_data);
	tcase_add_loop_test(tc, what_agents_time_does_not_have_is_refused, 0,
	    (int)(sizeof(refused) / sizeof(*refused)));
}

static Suite *
suite(void)
{
	Suite *s = suite_create("agent time");
	TCase *tc = tcase_create("agent time");

	tcase_add_checked_fixture(tc, setup, teardown);
	add_tests(tc);
	tcase_add_test(
	    tc, time_is_printed_as_time_to_people_and_in_ms_to_programs);
	suite_add_tcase(s, tc);
	return s;
}
