/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import.h"
#include "stop.h"

static const enum option of_csv[] = { CSV, FILL, MAP, STRICT, MEANING, VISITS,
	ZONE };

int
import_wants_csv(const struct arguments *a)
{
	for (size_t i = 0; i < sizeof(of_csv) / sizeof(*of_csv); i++) {
		size_t at = 0;

		if (argument_next(a, of_csv[i], &at) != NULL)
			return 1;
	}
	return 0;
}

/* The texts of an option that may be given several times; `list` has room. */
static uint64_t
gather(const struct arguments *a, enum option option, const char **list)
{
	const struct argument *found;
	uint64_t count = 0;
	size_t at = 0;

	while ((found = argument_next(a, option, &at)) != NULL)
		list[count++] = found->text;
	return count;
}

/* "channel=chat" in `room` bytes, which are enough. */
static const char *
put_fill(char *out, size_t room, const char *field, const char *value)
{
	(void)snprintf(out, room, "%s=%s", field, value);
	return out;
}

struct lists {
	const char **map, **value, **fill;
	char *source, *channel;
};

static void
free_lists(struct lists *lists)
{
	free(lists->map);
	free(lists->value);
	free(lists->fill);
	free(lists->source);
	free(lists->channel);
}

static char *
room_for(const char *value)
{
	return malloc(sizeof("channel=") + (value == NULL ? 0 : strlen(value)));
}

/* --source and --channel are fills, of fields that have an option. */
static int
read_options(
    kpi_csv_options *options, struct lists *lists, const struct arguments *a)
{
	const char *const source = argument_value(a, SOURCE, NULL);
	const char *const channel = argument_value(a, CHANNEL, NULL);
	const size_t room = (a->count + 2) * sizeof(char *);
	size_t at = 0;

	lists->map = malloc(room);
	lists->value = malloc(room);
	lists->fill = malloc(room);
	lists->source = room_for(source);
	lists->channel = room_for(channel);
	if (lists->map == NULL || lists->value == NULL || lists->fill == NULL ||
	    lists->source == NULL || lists->channel == NULL)
		return complain(FAILED, "no memory");
	options->maps = lists->map;
	options->map_count = gather(a, MAP, lists->map);
	options->values = lists->value;
	options->value_count = gather(a, MEANING, lists->value);
	options->fills = lists->fill;
	options->fill_count = gather(a, FILL, lists->fill);
	if (source != NULL)
		lists->fill[options->fill_count++] = put_fill(lists->source,
		    sizeof("source=") + strlen(source), "source", source);
	if (channel != NULL)
		lists->fill[options->fill_count++] = put_fill(lists->channel,
		    sizeof("channel=") + strlen(channel), "channel", channel);
	options->zone = argument_value(a, ZONE, NULL);
	if (argument_next(a, STRICT, &at) != NULL)
		options->flags |= KPI_CSV_STRICT;
	at = 0;
	if (argument_next(a, VISITS, &at) != NULL)
		options->flags |= KPI_CSV_VISITS;
	return DONE;
}

static int
ended(const char *file, kpi_status status, const kpi_error *error)
{
	if (status == KPI_ESTOPPED)
		return complain(128 + stop_signal(),
		    "interrupted: nothing of %s was added", file);
	/* what is wrong with an option is not the file's fault */
	if (status == KPI_EINVAL) {
		char option[sizeof(error->field) + sizeof("--")];

		(void)snprintf(option, sizeof(option), "--%s", error->field);
		return refused(option, status, error);
	}
	return failed(file, status, error);
}

int
import_csv(kpi_store *store, const char *file, const struct arguments *a)
{
	const char *const name = import_name(file);
	kpi_csv_options options = KPI_CSV_OPTIONS_INIT;
	struct lists lists = { NULL, NULL, NULL, NULL, NULL };
	kpi_error error = KPI_ERROR_INIT;
	static kpi_csv_report report;
	char work[64];
	kpi_status status;
	int code = read_options(&options, &lists, a);

	if (code == DONE) {
		report.size = sizeof(report);
		(void)snprintf(work, sizeof(work), "reading %s", name);
		options.stop = stop_asked;
		options.stop_ctx = work;
		status = kpi_import_csv(
		    store, import_path(file), &options, &report, &error);
		progress_clear();
		if (status != KPI_OK)
			code = ended(name, status, &error);
	}
	free_lists(&lists);
	if (code != DONE)
		return code;
	import_csv_report(
	    name, options.zone == NULL ? "UTC" : options.zone, &report);
	if (report.rows > 0 && report.refused == report.rows)
		return complain(FAILED,
		    "none of the %" PRIu64 " rows of %s could be used",
		    report.rows, name);
	return DONE;
}
