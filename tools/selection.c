/* SPDX-License-Identifier: MIT */
#include "selection.h"

#include <stdio.h>
#include <string.h>

#include "list.h"
#include "quantity.h"
#include "week.h"

#define DAYS 7

struct filter {
	kpi_query *query;
	const char *option;
	enum option kind;
	kpi_by by;
};

static const char *
day_name(const void *ctx, size_t i)
{
	(void)ctx;
	return weekday_name((int32_t)i + 1);
}

static int
set_week_start(kpi_query *q, const char *day)
{
	kpi_error error = KPI_ERROR_INIT;
	const char *near;

	for (size_t i = 0; i < DAYS; i++) {
		if (strcmp(day_name(NULL, i), day) == 0) {
			const kpi_status status =
			    kpi_query_week_start(q, (int32_t)i + 1);

			return status == KPI_OK
			    ? DONE
			    : refused("--week-start", status, &error);
		}
	}
	near = nearest(day, day_name, NULL, DAYS);
	return complain(WRONG_USE, "--week-start: there is no day \"%s\"; %s%s",
	    day,
	    near == NULL ? "expected is monday to sunday" : "the nearest is ",
	    near == NULL ? "" : near);
}

static int
read_instant(int64_t *out, const kpi_query *q, const struct arguments *a,
    enum option option, const char *name)
{
	const char *text = argument_value(a, option, NULL);
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;

	*out = KPI_UNKNOWN;
	if (text == NULL)
		return DONE;
	status = kpi_instant_parse(out, q, text, &error);
	return status == KPI_OK ? DONE : refused(name, status, &error);
}

static int
set_range(kpi_query *q, const struct arguments *a)
{
	int64_t from, until;
	int code = read_instant(&from, q, a, FROM, "--from");

	if (code == DONE)
		code = read_instant(&until, q, a, UNTIL, "--until");
	if (code == DONE && kpi_query_between(q, from, until) != KPI_OK)
		code = complain(WRONG_USE,
		    "--until is before --from: %s before %s",
		    argument_value(a, UNTIL, ""), argument_value(a, FROM, ""));
	return code;
}

/* Berlin is in Europe. */
static int
refused_zone(
    kpi_query *q, const char *zone, kpi_status status, const kpi_error *error)
{
	static const char *const areas[] = { "Africa", "America", "Antarctica",
		"Asia", "Atlantic", "Australia", "Europe", "Indian",
		"Pacific" };
	char full[64];

	for (size_t i = 0; i < sizeof(areas) / sizeof(*areas); i++) {
		if ((size_t)snprintf(full, sizeof(full), "%s/%s", areas[i],
			zone) < sizeof(full) &&
		    kpi_query_time_zone(q, full, NULL) == KPI_OK)
			return complain(WRONG_USE,
			    "--zone: there is no time zone %s; the nearest is "
			    "%s",
			    zone, full);
	}
	return refused("--zone", status, error);
}

static int
set_time(kpi_query *q, const struct arguments *a)
{
	const char *const zone = argument_value(a, ZONE, NULL);
	const char *const day = argument_value(a, WEEK_START, NULL);
	const char *const every = argument_value(a, EVERY, NULL);
	kpi_entry bucket = KPI_ENTRY_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status = KPI_OK;
	int code = DONE;

	if (zone != NULL)
		status = kpi_query_time_zone(q, zone, &error);
	if (status != KPI_OK)
		return refused_zone(q, zone, status, &error);
	if (every != NULL)
		status = kpi_catalogue_find(
		    KPI_TABLE_BUCKETS, every, &bucket, &error);
	if (every != NULL && status == KPI_OK)
		status = kpi_query_by_time(q, bucket.number);
	if (status != KPI_OK)
		return refused("--every", status, &error);
	if (day != NULL)
		code = set_week_start(q, day);
	return code == DONE ? set_range(q, a) : code;
}

static int
add_group(void *ctx, const char *name)
{
	kpi_entry dimension = KPI_ENTRY_INIT;
	kpi_error error = KPI_ERROR_INIT;
	const kpi_status status =
	    kpi_catalogue_find(KPI_TABLE_DIMENSIONS, name, &dimension, &error);

	if (status != KPI_OK &&
	    kpi_catalogue_find(KPI_TABLE_BUCKETS, name, &dimension, NULL) ==
		KPI_OK)
		return complain(WRONG_USE,
		    "--by: %s is no dimension but a time: --every %s", name,
		    name);
	if (status != KPI_OK)
		return refused("--by", status, &error);
	if (kpi_query_by(ctx, dimension.number) != KPI_OK)
		return complain(WRONG_USE, "--by names %s twice", name);
	return DONE;
}

static int
add_outcome(void *ctx, const char *name)
{
	kpi_entry outcome = KPI_ENTRY_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status =
	    kpi_catalogue_find(KPI_TABLE_OUTCOMES, name, &outcome, &error);

	if (status == KPI_OK)
		status = kpi_query_where_outcome(ctx, outcome.number);
	return status == KPI_OK ? DONE : refused("--outcome", status, &error);
}

static int
add_value(void *ctx, const char *value)
{
	const struct filter *const f = ctx;
	kpi_entry direction = KPI_ENTRY_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status = KPI_OK;

	if (f->by == KPI_BY_DIRECTION && *value != '\0')
		status = kpi_catalogue_find(
		    KPI_TABLE_DIRECTIONS, value, &direction, &error);
	if (status == KPI_OK && f->kind == WHERE)
		status = kpi_query_where(f->query, f->by, value);
	else if (status == KPI_OK)
		status = kpi_query_where_not(f->query, f->by, value);
	return status == KPI_OK ? DONE : refused(f->option, status, &error);
}

static int
add_filter(struct filter *f, const char *text)
{
	kpi_entry dimension = KPI_ENTRY_INIT;
	kpi_error error = KPI_ERROR_INIT;
	struct setting s;
	kpi_status status;
	int code = setting_read(&s, text, f->option,
	    "DIMENSION=VALUE[,VALUE...], such as channel=voice");

	if (code != DONE)
		return code;
	status = kpi_catalogue_find(
	    KPI_TABLE_DIMENSIONS, s.name, &dimension, &error);
	if (status != KPI_OK)
		return refused(f->option, status, &error);
	f->by = dimension.number;
	return list_each(s.value, add_value, f);
}

static int
is_measure(const char *kind)
{
	return names_have("duration, count, mark, money", kind);
}

/* Of a field with a number: waits of 20 s or more, marks of at most 2. */
static int
add_limit(struct filter *f, const char *text)
{
	kpi_entry field = KPI_ENTRY_INIT;
	kpi_error error = KPI_ERROR_INIT;
	const int is_least = f->kind == LEAST;
	struct setting s;
	int64_t value = 0;
	kpi_status status;
	int code =
	    setting_read(&s, text, f->option, "FIELD=VALUE, such as wait=20s");

	if (code != DONE)
		return code;
	status = kpi_catalogue_find(KPI_TABLE_FIELDS, s.name, &field, &error);
	if (status != KPI_OK)
		return refused(f->option, status, &error);
	if (quantity_read(&value, field.kind, s.value) != 0 &&
	    is_measure(field.kind))
		return complain(WRONG_USE, "%s: %s is %s, not \"%s\"",
		    f->option, s.name,
		    strcmp(field.kind, "duration") == 0
			? "a whole number with its unit, ms, s, min, h or d, "
			  "such as 20s"
			: "a whole number",
		    s.value);
	status = kpi_query_where_between(f->query, field.number,
	    is_least ? value : KPI_UNKNOWN, is_least ? KPI_UNKNOWN : value,
	    &error);
	if (status != KPI_OK)
		return complain(WRONG_USE, "%s: %s is of the kind %s; %s",
		    f->option, s.name, field.kind, error.text);
	return DONE;
}

static int
add_argument(kpi_query *q, const struct argument *a)
{
	struct filter f = { q, "", a->option, 0 };

	switch (a->option) {
	case BY:
		return list_each(a->text, add_group, q);
	case OUTCOME:
		return list_each(a->text, add_outcome, q);
	case WHERE:
		f.option = "--where";
		return add_filter(&f, a->text);
	case WHERE_NOT:
		f.option = "--where-not";
		return add_filter(&f, a->text);
	case LEAST:
		f.option = "--least";
		return add_limit(&f, a->text);
	case MOST:
		f.option = "--most";
		return add_limit(&f, a->text);
	default:
		return DONE;
	}
}

int
selection_make(kpi_query **out, const struct arguments *a)
{
	kpi_error error = KPI_ERROR_INIT;
	const kpi_status status = kpi_query_new(out, NULL, &error);
	int code;

	if (status != KPI_OK)
		return failed(NULL, status, &error);
	code = set_time(*out, a);
	for (size_t i = 0; code == DONE && i < a->count; i++)
		code = add_argument(*out, &a->at[i]);
	if (code != DONE) {
		kpi_query_free(*out);
		*out = NULL;
	}
	return code;
}
