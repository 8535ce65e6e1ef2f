/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "asked.h"
#include "ration.h"
#include "runner.h"

#define WEEKDAYS "Mo-Fr 08:00-18:00"

/* 2026-10-23, a Friday; Berlin's clocks go back on the Sunday after it. */
#define FRIDAY      INT64_C(1792706400000) /* 00:00 in Berlin */
#define NEXT_MONDAY (FRIDAY + 3 * DAY + HOUR)

static void
set_hours(
    kpi_store *store, const char *queue, const char *zone, const char *hours)
{
	kpi_calendar calendar = KPI_CALENDAR_INIT;
	kpi_error error = KPI_ERROR_INIT;

	calendar.queue = queue;
	calendar.time_zone = zone;
	calendar.hours = hours;
	ck_assert_msg(
	    kpi_store_add_calendar(store, &calendar, &error) == KPI_OK, "%s",
	    error.text);
}

/* Replied to and resolved at once; KPI_UNKNOWN: not. */
static void
add_ticket(kpi_store *store, const char *queue, int64_t start, int64_t end)
{
	kpi_visit visit = KPI_VISIT_INIT;
	kpi_interaction ticket = interaction_of(start, &visit, 1);

	visit.queue = queue;
	ticket.first_response_at = ticket.resolved_at = end;
	ticket.resolved = end == KPI_UNKNOWN ? 0 : 1;
	add(store, &ticket);
}

static double
hours_of(kpi_store *store, const char *text)
{
	return ask(store, NULL, text).value / (double)HOUR;
}

START_TEST(over_a_weekend_only_the_hours_of_business_count)
{
	kpi_store *store = new_store();

	set_hours(store, "mail", "Europe/Berlin", WEEKDAYS);
	add_ticket(store, "mail", FRIDAY + 17 * HOUR + 30 * MINUTE,
	    NEXT_MONDAY + 8 * HOUR + 45 * MINUTE);
	ck_assert_near(
	    hours_of(store, "first_response_time business_hours=calendar"),
	    1.25, 0);
	ck_assert_near(
	    hours_of(store, "resolution_time business_hours=calendar"), 1.25,
	    0);
	ck_assert_near(
	    hours_of(store, "resolution_time_p90 business_hours=calendar"),
	    1.25, 0);
	/* The night of the change of clocks is an hour longer. */
	ck_assert_near(hours_of(store, "first_response_time"), 64.25, 0);
	kpi_store_close(store);
}
END_TEST

/* A share as it is when all is known up to an instant. */
static kpi_figure
within(kpi_store *store, const char *what, const char *as_of)
{
	char text[200];

	(void)snprintf(text, sizeof(text),
	    "%s=1h business_hours=calendar as_of=%s", what, as_of);
	return ask(store, NULL, text);
}

START_TEST(the_time_that_is_left_is_of_business_too)
{
	static const char *const shares[] = {
		"first_response_within first_response_threshold",
		"resolved_within resolution_within",
	};
	kpi_store *store = new_store();
	kpi_figure f;

	set_hours(store, NULL, "Europe/Berlin", WEEKDAYS);
	/* An hour before closing: a reply on Sunday comes in time. */
	add_ticket(store, "mail", FRIDAY + 17 * HOUR, FRIDAY + 2 * DAY + HOUR);
	add_ticket(store, "mail", FRIDAY + 17 * HOUR, KPI_UNKNOWN);
	add_ticket(store, "mail", FRIDAY + 17 * HOUR, NEXT_MONDAY + 8 * HOUR);
	add_ticket(
	    store, "mail", FRIDAY + 17 * HOUR, NEXT_MONDAY + 8 * HOUR + 1);
	for (int i = 0; i < 2; i++) {
		f = within(store, shares[i], "2026-10-26T08:00:00+01:00");
		ck_assert_int_eq(f.immature, 4);
		ck_assert_int_eq(f.state, KPI_STATE_IMMATURE);
		f = within(store, shares[i], "2026-10-26T08:00:00.001+01:00");
		ck_assert_int_eq(f.immature, 0);
		ck_assert_int_eq(f.numerator, 2);
		ck_assert_int_eq(f.denominator, 4);
		f = within(store, shares[i], "2026-10-27T00:00:00+01:00");
		ck_assert_int_eq(f.numerator, 2);
		ck_assert_int_eq(f.denominator, 4);
	}
	kpi_store_close(store);
}
END_TEST

START_TEST(a_queue_without_a_calendar_is_unknown_unless_all_have_one)
{
	static const char text[] =
	    "first_response_time business_hours=calendar";
	kpi_store *store = new_store();
	kpi_figure f;

	add_ticket(store, "mail", FRIDAY + 9 * HOUR, FRIDAY + 10 * HOUR);
	add_ticket(store, "chat", FRIDAY + 9 * HOUR, FRIDAY + 10 * HOUR);
	add_ticket(store, NULL, FRIDAY + 9 * HOUR, FRIDAY + 10 * HOUR);
	f = ask(store, NULL, text);
	ck_assert_int_eq(f.unknown, 3);
	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);

	set_hours(store, "mail", "Europe/Berlin", WEEKDAYS);
	set_hours(store, "nobody's", "Europe/Berlin", WEEKDAYS);
	f = ask(store, NULL, text);
	ck_assert_int_eq(f.unknown, 2);
	ck_assert_int_eq(f.denominator, 1);

	set_hours(store, NULL, "Europe/Berlin", "09:30-18:00");
	f = ask(store, NULL, text);
	ck_assert_int_eq(f.unknown, 0);
	ck_assert_int_eq(f.numerator, 2 * HOUR);

	set_hours(store, "mail", NULL, NULL);
	ck_assert_int_eq(ask(store, NULL, text).numerator, 90 * MINUTE);
	set_hours(store, NULL, NULL, "");
	ck_assert_int_eq(ask(store, NULL, text).unknown, 3);
	kpi_store_close(store);
}
END_TEST

START_TEST(what_is_unknown_without_a_calendar_is_so_before_all_else)
{
	kpi_store *store = new_store();
	kpi_figure f;

	add_ticket(store, "mail", FRIDAY, KPI_UNKNOWN);
	f = ask(store, NULL, "first_response_within business_hours=calendar");
	ck_assert_int_eq(f.unknown, 1);
	ck_assert_int_eq(f.immature, 0);
	f = ask(store, NULL, "resolution_time business_hours=calendar");
	ck_assert_int_eq(f.unknown, 1);
	ck_assert_int_eq(f.immature, 0);
	kpi_store_close(store);
}
END_TEST

/* The interaction of a case, whose queue is its first visit's. */
static void
add_of_case(kpi_store *store, const char *first, const char *second,
    int64_t start, int64_t resolved)
{
	kpi_visit visits[2] = { KPI_VISIT_INIT, KPI_VISIT_INIT };
	kpi_interaction ticket = interaction_of(start, visits, 2);

	visits[0].queue = first;
	visits[1].queue = second;
	ticket.case_id = "k";
	ticket.resolved_at = resolved;
	add(store, &ticket);
}

START_TEST(a_case_goes_by_the_calendar_of_its_first_queue)
{
	static const char text[] =
	    "resolved_within business_hours=calendar resolution_within=1h "
	    "unit=case";
	kpi_store *store = new_store();
	kpi_figure f;

	set_hours(store, "mail", "Europe/Berlin", WEEKDAYS);
	add_of_case(store, "mail", "chat", FRIDAY + 17 * HOUR + 30 * MINUTE,
	    KPI_UNKNOWN);
	add_of_case(store, "chat", "mail", FRIDAY + 20 * HOUR,
	    NEXT_MONDAY + 8 * HOUR + 20 * MINUTE);
	add_ticket(store, "mail", FRIDAY, NEXT_MONDAY + DAY);
	f = ask(store, NULL, text);
	ck_assert_int_eq(f.denominator, 2);
	ck_assert_int_eq(f.numerator, 1);
	ck_assert_int_eq(f.unknown, 0);

	add_of_case(store, "chat", "mail", FRIDAY, KPI_UNKNOWN);
	f = ask(store, NULL, text);
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(f.unknown, 1);
	kpi_store_close(store);
}
END_TEST

START_TEST(elapsed_times_stand_beside_those_of_business)
{
	kpi_store *store = new_store();
	kpi_definition *d[3] = {
		definition_of("first_response_time"),
		definition_of("first_response_time business_hours=calendar"),
		definition_of("contacts"),
	};
	kpi_result *result;
	kpi_figure f = KPI_FIGURE_INIT;

	set_hours(store, "mail", "Europe/Berlin", WEEKDAYS);
	add_ticket(store, "mail", FRIDAY, FRIDAY + 9 * HOUR);
	add_ticket(store, "chat", FRIDAY, FRIDAY + 9 * HOUR);
	ck_assert_int_eq(kpi_measure(&result, store, NULL,
			     (const kpi_definition *const *)d, 3, NULL),
	    KPI_OK);
	ck_assert_int_eq(kpi_result_figure(result, 0, 0, &f), KPI_OK);
	ck_assert_int_eq(f.numerator, 18 * HOUR);
	ck_assert_int_eq(kpi_result_figure(result, 0, 1, &f), KPI_OK);
	ck_assert_int_eq(f.numerator, HOUR);
	ck_assert_int_eq(f.unknown, 1);
	ck_assert_int_eq(kpi_result_figure(result, 0, 2, &f), KPI_OK);
	ck_assert_int_eq(f.numerator, 2);
	kpi_result_free(result);
	for (int i = 0; i < 3; i++)
		kpi_definition_free(d[i]);
	kpi_store_close(store);
}
END_TEST

static void
check_refused(kpi_store *store, const char *text, kpi_status status,
    const char *field, const char *says)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d = definition_of(text);
	const kpi_definition *at = d;
	kpi_result *result;

	ck_assert_int_eq(
	    kpi_measure(&result, store, NULL, &at, 1, &error), status);
	ck_assert_ptr_null(result);
	ck_assert_str_eq(error.field, field);
	ck_assert_msg(strstr(error.text, says) != NULL, "%s", error.text);
	kpi_definition_free(d);
}

START_TEST(a_zone_that_is_not_there_is_told_with_its_queue)
{
	kpi_store *store = new_store();

	add_ticket(store, "mail", FRIDAY, FRIDAY + 9 * HOUR);
	set_hours(store, "mail", "Europe/Atlantis", WEEKDAYS);
	ck_assert_near(hours_of(store, "first_response_time"), 9, 0);
	check_refused(store, "first_response_time business_hours=calendar",
	    KPI_ENOTFOUND, "mail",
	    "the business hours of queue mail: there is no time zone "
	    "Europe/Atlantis");
	set_hours(store, "mail", NULL, NULL);
	set_hours(store, NULL, "Europe/Atlantis", WEEKDAYS);
	check_refused(store, "first_response_time business_hours=calendar",
	    KPI_ENOTFOUND, "", "the business hours of all queues: there is no");
	kpi_store_close(store);
}
END_TEST

START_TEST(a_thousand_years_are_the_most_that_is_counted)
{
	kpi_store *store = new_store();

	add_ticket(store, "mail", FRIDAY, FRIDAY + 9 * HOUR);
	set_hours(store, "mail", "Europe/Berlin", WEEKDAYS);
	check_refused(store,
	    "first_response_time as_of=9999-01-01T00:00:00Z "
	    "business_hours=calendar",
	    KPI_ELIMIT, "as_of", "more than 1000 years");
	ck_assert_near(hours_of(store,
			   "first_response_time as_of=3000-01-01T00:00:00Z "
			   "business_hours=calendar"),
	    1, 0);
	kpi_store_close(store);
}
END_TEST

START_TEST(an_empty_store_has_no_data)
{
	kpi_store *store = new_store();
	kpi_result *result;

	set_hours(store, "mail", "Europe/Berlin", WEEKDAYS);
	result = ask_rows(
	    store, NULL, "first_response_time business_hours=calendar");
	ck_assert_uint_eq(kpi_result_rows(result), 1);
	ck_assert_int_eq(figure_at(result, 0).state, KPI_STATE_NO_DATA);
	kpi_result_free(result);
	kpi_store_close(store);
}
END_TEST

START_TEST(no_memory_is_told_and_nothing_is_left)
{
	ration supply = { 0 };
	const kpi_allocator allocator = { ration_resize, &supply };
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_definition *d = definition_of(
	    "resolved_within business_hours=calendar resolution_within=1h "
	    "unit=case");
	const kpi_definition *at = d;
	kpi_store *store;
	kpi_status status = KPI_ENOMEM;

	options.allocator = &allocator;
	ck_assert_int_eq(kpi_store_open(&store, NULL, &options, NULL), KPI_OK);
	add_of_case(store, "mail", "chat", FRIDAY, FRIDAY + 9 * HOUR);
	set_hours(store, "mail", "Europe/Berlin", WEEKDAYS);
	set_hours(store, NULL, "Europe/Berlin", "24/7; Dec 25 off");
	for (int64_t n = 1; status == KPI_ENOMEM; n++) {
		const int64_t blocks = supply.blocks;
		kpi_result *result;

		ration_fail(&supply, n, _i);
		status = kpi_measure(&result, store, NULL, &at, 1, NULL);
		ck_assert(status == KPI_ENOMEM || !supply.failed || _i);
		ration_fail(&supply, 0, 0);
		kpi_result_free(result);
		/* What a snapshot found out may be kept. */
		ck_assert_int_le(supply.blocks, blocks + 2);
	}
	ck_assert_int_eq(status, KPI_OK);
	kpi_store_close(store);
	ck_assert_int_eq(supply.blocks, 0);
	kpi_definition_free(d);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("business hours");
	TCase *tc = tcase_create("business hours");

	tcase_add_test(tc, over_a_weekend_only_the_hours_of_business_count);
	tcase_add_test(tc, the_time_that_is_left_is_of_business_too);
	tcase_add_test(
	    tc, a_queue_without_a_calendar_is_unknown_unless_all_have_one);
	tcase_add_test(
	    tc, what_is_unknown_without_a_calendar_is_so_before_all_else);
	tcase_add_test(tc, a_case_goes_by_the_calendar_of_its_first_queue);
	tcase_add_test(tc, elapsed_times_stand_beside_those_of_business);
	tcase_add_test(tc, a_zone_that_is_not_there_is_told_with_its_queue);
	tcase_add_test(tc, a_thousand_years_are_the_most_that_is_counted);
	tcase_add_test(tc, an_empty_store_has_no_data);
	tcase_add_loop_test(tc, no_memory_is_told_and_nothing_is_left, 0, 2);
	suite_add_tcase(s, tc);
	return s;
}
