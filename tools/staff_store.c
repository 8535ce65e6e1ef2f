/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <string.h>

#include "output.h"
#include "selection.h"
#include "staff.h"
#include "tool.h"
#include "unknown.h"

#define DATE_SIZE 10
#define HOUR_MS   INT64_C(3600000)

/* A day has 23 to 25 hours, and so the next one this one. */
#define INTO_NEXT (30 * HOUR_MS)

/* From the beginning of a date to that of the next. */
static int
choose_day(kpi_query *q, const char *date)
{
	char text[KPI_INSTANT_TEXT];
	kpi_error error = KPI_ERROR_INIT;
	int64_t from, until;
	kpi_status status;

	if (strlen(date) != DATE_SIZE)
		return complain(WRONG_USE,
		    "--day is a date, such as 2026-10-01, not \"%s\"", date);
	status = kpi_instant_parse(&from, q, date, &error);
	if (status == KPI_OK)
		status = kpi_instant_format(
		    q, from + INTO_NEXT, text, sizeof(text), &error);
	if (status == KPI_OK) {
		text[DATE_SIZE] = '\0';
		status = kpi_instant_parse(&until, q, text, &error);
	}
	if (status == KPI_OK)
		status = kpi_query_between(q, from, until);
	return status == KPI_OK ? DONE : refused("--day", status, &error);
}

static int
make_query(kpi_query **out, kpi_plan_options *o, const struct arguments *a)
{
	const char *const day = argument_value(a, DAY, NULL);
	int code;

	if (argument_word(a, 1) != NULL)
		return complain(WRONG_USE,
		    "staff takes one STORE, not also \"%s\"; see kpi help "
		    "staff",
		    argument_word(a, 1));
	if (day != NULL &&
	    (argument_value(a, FROM, NULL) != NULL ||
		argument_value(a, UNTIL, NULL) != NULL))
		return complain(WRONG_USE,
		    "--day is a range by itself, without --from and --until");
	code = selection_make(out, a);
	if (code == DONE && argument_value(a, EVERY, NULL) == NULL &&
	    kpi_query_by_time(*out, KPI_BUCKET_HALF_HOUR) != KPI_OK)
		code = complain(FAILED, "half an hour is no bucket");
	if (code == DONE && day != NULL) {
		o->period = KPI_BUCKET_DAY;
		code = choose_day(*out, day);
	}
	return code;
}

static int
read_options(
    kpi_staffing_options *load, kpi_plan_options *o, const struct arguments *a)
{
	int64_t agents = 0;
	int code = staff_options(load, a, 1);

	if (code == DONE)
		code = staff_agents(&agents, a);
	o->agents = (uint64_t)agents;
	if (strcmp(argument_value(a, PATIENCE, ""), "measured") == 0)
		o->patience = KPI_PATIENCE_MEASURED;
	return code;
}

static int
plan(const struct arguments *a, const kpi_query *query,
    const kpi_staffing_options *load, const kpi_plan_options *o, int32_t format)
{
	const char *const path = argument_word(a, 0);
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;
	kpi_plan *found;
	kpi_status status;
	int code = open_to_ask(&store, path, a);

	if (code != DONE)
		return code;
	status = kpi_plan_measure(&found, store, query, load, o, &error);
	if (status == KPI_OK)
		say_unknown(store, path, query, a);
	kpi_store_close(store);
	if (status != KPI_OK)
		return answered(path, status, &error);
	if (format == KPI_FORMAT_TABLE)
		code = staff_print_plan(found, query, load, o);
	else
		staff_print_intervals(found, format);
	kpi_plan_free(found);
	return code;
}

int
staff_store(const struct arguments *a)
{
	kpi_staffing_options load = KPI_STAFFING_OPTIONS_INIT;
	kpi_plan_options options = KPI_PLAN_OPTIONS_INIT;
	kpi_query *query = NULL;
	int32_t format = KPI_FORMAT_TABLE;
	int code = output_format(&format, a);

	if (code == DONE)
		code = read_options(&load, &options, a);
	if (code == DONE)
		code = make_query(&query, &options, a);
	if (code == DONE)
		code = plan(a, query, &load, &options, format);
	kpi_query_free(query);
	return code;
}
