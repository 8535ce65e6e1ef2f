/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>

#include "selection.h"

static const char help[] =
    "usage: kpi info STORE [--zone ZONE]\n"
    "\n"
    "Prints what the STORE holds: how much of what, and from when to when.\n"
    "\n"
    "  --zone ZONE   of times: Europe/Berlin, ... [UTC]\n";

static void
print(const kpi_store_info *info, const kpi_query *q)
{
	char text[KPI_INSTANT_TEXT];

	(void)printf("interactions  %" PRIu64 "\n", info->interactions);
	(void)printf("visits        %" PRIu64 "\n", info->visits);
	(void)printf("activities    %" PRIu64 "\n", info->activities);
	(void)printf("employments   %" PRIu64 "\n", info->employments);
	(void)printf("expenses      %" PRIu64 "\n", info->expenses);
	(void)printf("calendars     %" PRIu64 "\n", info->calendars);
	(void)printf(
	    "known from    %s\n", instant_text(text, q, info->known_from));
	(void)printf("as of         %s\n", instant_text(text, q, info->as_of));
	(void)printf("chunks        %" PRIu64 "\n", info->chunks);
	(void)printf("tail          %" PRIu64 "\n", info->tail);
	(void)printf("bytes         %" PRIu64 "\n", info->file_bytes);
}

static int
run(const struct arguments *a)
{
	const char *const path = argument_word(a, 0);
	kpi_store_info info = KPI_STORE_INFO_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_query *query;
	kpi_store *store;
	kpi_status status;
	int code;

	if (path == NULL || argument_word(a, 1) != NULL)
		return complain(
		    WRONG_USE, "expected one STORE; see kpi help info");
	code = selection_make(&query, a);
	if (code != DONE)
		return code;
	code = open_to_read(&store, path);
	if (code == DONE) {
		status = kpi_store_read_info(store, &info, &error);
		kpi_store_close(store);
		if (status == KPI_OK)
			print(&info, query);
		else
			code = failed(path, status, &error);
	}
	kpi_query_free(query);
	return code;
}

const struct command command_info = {
	.name = "info",
	.summary = "says what a store holds",
	.help = help,
	.takes = TAKES(ZONE),
	.run = run,
};
