/* SPDX-License-Identifier: MIT */
/* Calendars: what is kept, replaced, taken back, refused and read back. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <kpi.h>

#include "opened.h"
#include "ration.h"

static int
print_calendar(void *ctx, const kpi_calendar *c)
{
	char *const text = ctx;

	ck_assert_uint_eq(c->size, sizeof(*c));
	(void)sprintf(text + strlen(text), "%s %s %s|",
	    c->queue == NULL ? "-" : c->queue, c->time_zone, c->hours);
	return 0;
}

static void
calendars_are(const char *expected)
{
	char text[4096] = "";

	ck_assert_int_eq(
	    kpi_store_calendars(store, print_calendar, text, &error), KPI_OK);
	ck_assert_str_eq(text, expected);
}

static kpi_status
set(const char *queue, const char *zone, const char *hours)
{
	kpi_calendar c = KPI_CALENDAR_INIT;

	c.queue = queue;
	c.time_zone = zone;
	c.hours = hours;
	return kpi_store_add_calendar(store, &c, &error);
}

static void
reopen(int in_file)
{
	if (!in_file)
		return;
	kpi_store_close(store);
	ck_assert_int_eq(
	    kpi_store_open(&store, opened_path(), NULL, &error), KPI_OK);
}

START_TEST(a_calendar_of_a_queue_replaces_the_former)
{
	open_store(_i, 0);
	ck_assert_int_eq(
	    set("support", "Europe/Berlin", "mo-fr 8:00-18:00"), KPI_OK);
	ck_assert_int_eq(set("chat", NULL, "24/7"), KPI_OK);
	ck_assert_int_eq(set(NULL, "UTC", "Mo 8:00-9:00"), KPI_OK);
	ck_assert_int_eq(set("", "Asia/Tokyo", "Tu 8:00-9:00"), KPI_OK);
	ck_assert_int_eq(set("chat", "", "We 8:00-9:00; off"), KPI_OK);
	calendars_are("- Asia/Tokyo Tu 08:00-09:00|"
		      "chat UTC We 08:00-09:00; off|"
		      "support Europe/Berlin Mo-Fr 08:00-18:00|");
	ck_assert_uint_eq(info().calendars, 3);
	reopen(_i);
	calendars_are("- Asia/Tokyo Tu 08:00-09:00|"
		      "chat UTC We 08:00-09:00; off|"
		      "support Europe/Berlin Mo-Fr 08:00-18:00|");
	ck_assert_uint_eq(info().calendars, 3);
	close_store();
}
END_TEST

START_TEST(one_without_hours_takes_the_former_back)
{
	open_store(_i, 0);
	ck_assert_int_eq(set("chat", NULL, NULL), KPI_OK);
	calendars_are("");
	ck_assert_int_eq(set("chat", NULL, "24/7"), KPI_OK);
	ck_assert_int_eq(set("mail", NULL, "24/7"), KPI_OK);
	ck_assert_int_eq(set("chat", NULL, NULL), KPI_OK);
	calendars_are("mail UTC 24/7|");
	ck_assert_int_eq(set("mail", NULL, ""), KPI_OK);
	ck_assert_uint_eq(info().calendars, 0);
	reopen(_i);
	calendars_are("");
	close_store();
}
END_TEST

START_TEST(a_batch_that_is_rolled_back_changes_no_calendar)
{
	open_store(_i, 0);
	ck_assert_int_eq(set("chat", NULL, "24/7"), KPI_OK);
	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_OK);
	ck_assert_int_eq(set("chat", NULL, "off"), KPI_OK);
	ck_assert_int_eq(set("mail", NULL, "off"), KPI_OK);
	ck_assert_int_eq(kpi_store_rollback(store, &error), KPI_OK);
	calendars_are("chat UTC 24/7|");
	close_store();
}
END_TEST

START_TEST(what_is_no_calendar_is_refused_and_changes_nothing)
{
	char *const long_text = malloc(KPI_HOURS_MAX + 2);
	kpi_calendar c = KPI_CALENDAR_INIT;

	ck_assert_ptr_nonnull(long_text);
	memset(long_text, ' ', KPI_HOURS_MAX + 1);
	long_text[KPI_HOURS_MAX + 1] = '\0';
	open_store(0, 0);
	ck_assert_int_eq(set("chat", NULL, "24/7"), KPI_OK);

	ck_assert_int_eq(set("chat", NULL, "Mo-Fr 8-17"), KPI_EPARSE);
	ck_assert_str_eq(error.field, "hours");
	ck_assert_int_eq(error.column, 7);
	ck_assert_int_eq(set("chat", NULL, long_text), KPI_EINVAL);
	ck_assert_str_eq(error.field, "hours");
	memset(long_text, 'q', KPI_TEXT_MAX + 1);
	long_text[KPI_TEXT_MAX + 1] = '\0';
	ck_assert_int_eq(set(long_text, NULL, "24/7"), KPI_EINVAL);
	ck_assert_str_eq(error.field, "queue");
	ck_assert_int_eq(set("\xff", NULL, "24/7"), KPI_EINVAL);
	ck_assert_int_eq(set("chat", "/etc/passwd", "24/7"), KPI_EINVAL);
	ck_assert_str_eq(error.field, "time_zone");
	ck_assert_int_eq(set("chat", "..", NULL), KPI_EINVAL);

	c.hours = "off";
	c.reserved = "x";
	ck_assert_int_eq(kpi_store_add_calendar(store, &c, &error), KPI_EINVAL);
	c.reserved = NULL;
	c.size = 8;
	ck_assert_int_eq(kpi_store_add_calendar(store, &c, &error), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_store_add_calendar(store, NULL, &error), KPI_EINVAL);
	ck_assert_int_eq(kpi_store_add_calendar(NULL, &c, &error), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_store_calendars(store, NULL, NULL, &error), KPI_EINVAL);
	calendars_are("chat UTC 24/7|");
	free(long_text);
	close_store();
}
END_TEST

/* Its canonical form may be longer than what was written. */
START_TEST(hours_are_at_most_so_long_in_their_canonical_form)
{
	char text[KPI_HOURS_MAX + 1] = "Dec 1";

	for (size_t size = strlen(text); size < KPI_HOURS_MAX - 8; size += 2)
		(void)strcpy(text + size, ",1");
	(void)strcat(text, " off");
	open_store(0, 0);
	ck_assert_int_eq(set("chat", NULL, text), KPI_EINVAL);
	ck_assert_str_eq(error.field, "hours");
	calendars_are("");
	close_store();
}
END_TEST

static int
stop(void *ctx, const kpi_calendar *c)
{
	(void)c;
	return ++*(int *)ctx;
}

START_TEST(a_list_of_calendars_can_be_stopped)
{
	int calls = 0;

	open_store(0, 0);
	ck_assert_int_eq(set("chat", NULL, "24/7"), KPI_OK);
	ck_assert_int_eq(set("mail", NULL, "24/7"), KPI_OK);
	ck_assert_int_eq(
	    kpi_store_calendars(store, stop, &calls, &error), KPI_ESTOPPED);
	ck_assert_int_eq(calls, 1);
	close_store();
}
END_TEST

START_TEST(no_memory_adds_no_calendar)
{
	ration supply = { 0 };
	const kpi_allocator allocator = { ration_resize, &supply };
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_status status = KPI_ENOMEM;

	options.allocator = &allocator;
	ck_assert_int_eq(
	    kpi_store_open(&store, NULL, &options, &error), KPI_OK);
	ck_assert_int_eq(set("chat", NULL, "off"), KPI_OK);
	for (int64_t n = 1; status == KPI_ENOMEM; n++) {
		calendars_are("chat UTC off|");
		ration_fail(&supply, n, _i);
		status = set("chat", NULL, "Jan 1 off; Mo-Fr 08:00-18:00");
		ration_fail(&supply, 0, 0);
	}
	ck_assert_int_eq(status, KPI_OK);
	calendars_are("chat UTC Jan 1 off; Mo-Fr 08:00-18:00|");
	kpi_store_close(store);
	ck_assert_int_eq(supply.blocks, 0);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("calendars");
	TCase *tc = tcase_create("calendars");

	tcase_add_loop_test(
	    tc, a_calendar_of_a_queue_replaces_the_former, 0, 2);
	tcase_add_loop_test(tc, one_without_hours_takes_the_former_back, 0, 2);
	tcase_add_loop_test(
	    tc, a_batch_that_is_rolled_back_changes_no_calendar, 0, 2);
	tcase_add_test(tc, what_is_no_calendar_is_refused_and_changes_nothing);
	tcase_add_test(tc, hours_are_at_most_so_long_in_their_canonical_form);
	tcase_add_test(tc, a_list_of_calendars_can_be_stopped);
	tcase_add_loop_test(tc, no_memory_adds_no_calendar, 0, 2);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
