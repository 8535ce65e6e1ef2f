/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "output.h"
#include "tool.h"

static const char help[] =
    "usage: kpi calendar STORE [--format table|csv|json]\n"
    "       kpi calendar STORE HOURS [--queue QUEUE] [--zone ZONE]\n"
    "\n"
    "Lists the business hours of queues in the STORE, or sets those of one\n"
    "QUEUE; without --queue those of all queues that have none of their own.\n"
    "HOURS are in the time ZONE, UTC by default; \"\" takes them back.\n"
    "\n"
    "  kpi calendar calls.kpi --zone Europe/Berlin \\\n"
    "      'Mo-Fr 08:00-12:30,13:30-18:00; Sa 10:00-14:00; Dec 25-26 off'\n"
    "  kpi calendar calls.kpi --queue night 'Fr-Mo 22:00-06:00'\n"
    "  kpi calendar calls.kpi --queue shop '24/7; 2026 Dec 24 09:00-12:00'\n"
    "  kpi measure calls.kpi first_response_time "
    "--set business_hours=calendar\n";

struct page {
	int32_t format;
	uint64_t lines;
};

static void
print_line(const kpi_calendar *c)
{
	put_padded(c->queue == NULL ? "(all others)" : c->queue, 20);
	(void)fputs("  ", stdout);
	put_padded(c->time_zone, 20);
	(void)fputs("  ", stdout);
	put_padded(c->hours, 0);
	(void)fputc('\n', stdout);
}

static int
print_calendar(void *ctx, const kpi_calendar *c)
{
	struct page *page = ctx;

	page->lines++;
	if (page->format == KPI_FORMAT_JSON) {
		put_json("{", "queue", c->queue);
		put_json(",", "time_zone", c->time_zone);
		put_json(",", "hours", c->hours);
		(void)fputs("}\n", stdout);
	} else if (page->format == KPI_FORMAT_CSV) {
		put_csv("", c->queue);
		put_csv(",", c->time_zone);
		put_csv(",", c->hours);
		(void)fputs("\r\n", stdout);
	} else {
		print_line(c);
	}
	return 0;
}

static int
list(const char *path, const struct arguments *a)
{
	struct page page = { KPI_FORMAT_TABLE, 0 };
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;
	kpi_status status;
	int code = output_format(&page.format, a);

	if (code == DONE)
		code = open_to_read(&store, path);
	if (code != DONE)
		return code;
	if (page.format == KPI_FORMAT_CSV)
		(void)fputs("queue,time_zone,hours\r\n", stdout);
	status = kpi_store_calendars(store, print_calendar, &page, &error);
	kpi_store_close(store);
	if (status != KPI_OK)
		return failed(path, status, &error);
	if (page.lines == 0 && page.format == KPI_FORMAT_TABLE)
		(void)fputs("There are no business hours.\n", stdout);
	return DONE;
}

static int
set(const char *path, const char *hours, const struct arguments *a)
{
	kpi_calendar calendar = KPI_CALENDAR_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;
	kpi_status status;
	int code;

	calendar.queue = argument_value(a, QUEUE, NULL);
	calendar.time_zone = argument_value(a, ZONE, NULL);
	calendar.hours = hours;
	code = open_to_write(&store, path);
	if (code != DONE)
		return code;
	status = kpi_store_add_calendar(store, &calendar, &error);
	kpi_store_close(store);
	if (status == KPI_EPARSE)
		return complain(WRONG_USE, "%s: column %d: %s", hours,
		    (int)error.column, error.text);
	return status == KPI_OK ? DONE : answered(path, status, &error);
}

static int
run(const struct arguments *a)
{
	const char *const path = argument_word(a, 0);
	const char *const hours = argument_word(a, 1);
	size_t at = 0;

	if (path == NULL || argument_word(a, 2) != NULL)
		return complain(WRONG_USE,
		    "expected a STORE and the HOURS as one word; see kpi help "
		    "calendar");
	if (hours != NULL)
		return set(path, hours, a);
	if (argument_next(a, QUEUE, &at) != NULL ||
	    argument_value(a, ZONE, NULL) != NULL)
		return complain(WRONG_USE,
		    "expected HOURS for the queue, such as 'Mo-Fr "
		    "08:00-18:00'; see kpi help calendar");
	return list(path, a);
}

const struct command command_calendar = {
	.name = "calendar",
	.summary = "lists and sets the business hours of queues",
	.help = help,
	.takes = TAKES(FORMAT) | TAKES(QUEUE) | TAKES(ZONE),
	.run = run,
};
