/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>

#include "stop.h"
#include "tool.h"

static const char help[] =
    "usage: kpi check STORE [--reseal]\n"
    "\n"
    "Reads and verifies everything in the STORE, and prints \"ok: ...\" or "
    "the\n"
    "first place that is wrong; then it ends with 3.\n"
    "\n"
    "  --reseal   accept the pages as they are, after another program wrote "
    "into\n"
    "             the file while nobody had it open, and check then\n";

static int
check(kpi_store *store, const char *path)
{
	static char work[] = "checking";
	kpi_store_info info = KPI_STORE_INFO_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status = kpi_store_check(store, stop_asked, work, &error);

	progress_clear();
	if (status == KPI_ESTOPPED)
		return complain(128 + stop_signal(), "interrupted");
	if (status == KPI_OK)
		status = kpi_store_read_info(store, &info, &error);
	if (status != KPI_OK)
		return failed(path, status, &error);
	(void)printf("ok: %" PRIu64 " interactions, %" PRIu64
		     " visits, %" PRIu64 " activities, %" PRIu64 " bytes\n",
	    info.interactions, info.visits, info.activities, info.file_bytes);
	return DONE;
}

static int
run(const struct arguments *a)
{
	const char *const path = argument_word(a, 0);
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;
	size_t at = 0;
	int code;

	if (path == NULL || argument_word(a, 1) != NULL)
		return complain(
		    WRONG_USE, "expected one STORE; see kpi help check");
	if (argument_next(a, RESEAL, &at) != NULL) {
		const kpi_status status = kpi_store_reseal(path, &error);

		if (status != KPI_OK)
			return failed(path, status, &error);
	}
	code = open_to_read(&store, path);
	if (code != DONE)
		return code;
	stop_on_signals();
	code = check(store, path);
	kpi_store_close(store);
	return code;
}

const struct command command_check = {
	.name = "check",
	.summary = "reads and verifies everything in a store",
	.help = help,
	.takes = TAKES(RESEAL),
	.run = run,
};
