/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "import_order.h"
#include "import_report.h"
#include "stop.h"
#include "tool.h"

static const char help[] =
    "usage: kpi import STORE FILE... [--source SOURCE] [--channel CHANNEL]\n"
    "\n"
    "Reads FILEs into the STORE, which is made if it is not there, and "
    "reports\n"
    "what was read. A FILE is a queue_log of Asterisk, which is recognised by\n"
    "itself; - is standard input. Importing a file again adds what is new in "
    "it\n"
    "and nothing twice. Several FILEs are read in the order of their first\n"
    "times; what is given later is to be younger, or agents' time is wrong.\n"
    "\n"
    "An interrupted import leaves the STORE whole, with what was kept so far;\n"
    "the next one goes on there.\n"
    "\n"
    "  --source SOURCE     of these calls' ids, if several exchanges have the\n"
    "                      same ids [none]\n"
    "  --channel CHANNEL   of these calls [voice]\n";

static int
is_standard_input(const char *file)
{
	return strcmp(file, "-") == 0;
}

static int
look_at(given_log *one, const unsigned char *bytes, size_t size)
{
	const char *const file = one->file;

	one->first = first_stamp(bytes, size);
	if (size == 0 || kpi_is_queue_log(bytes, size))
		return DONE;
	if (size > 1 && bytes[0] == 0x1f && bytes[1] == 0x8b)
		return complain(WRONG_USE,
		    "%s is compressed: expected is a queue_log, such as from "
		    "zcat %s | kpi import STORE -",
		    file, file);
	return complain(WRONG_USE,
	    "%s is none of the files that can be imported: expected is a "
	    "queue_log of Asterisk, lines of time|call|queue|agent|event",
	    file);
}

/* Before anything is read, so that a wrong name adds nothing. */
static int
recognise(given_log *one)
{
	const char *const file = one->file;
	unsigned char bytes[KPI_QUEUE_LOG_SIGHT];
	struct stat about;
	size_t size;
	int bad;
	FILE *f;

	if (is_standard_input(file))
		return DONE;
	if (stat(file, &about) != 0)
		return complain(FAILED, "%s: %s", file, strerror(errno));
	if (S_ISDIR(about.st_mode))
		return complain(WRONG_USE,
		    "%s is a directory: expected is a queue_log", file);
	/* What a pipe gives once it does not give again. */
	if (!S_ISREG(about.st_mode))
		return DONE;
	f = fopen(file, "rb");
	if (f == NULL)
		return complain(FAILED, "%s: %s", file, strerror(errno));
	size = fread(bytes, 1, sizeof(bytes), f);
	bad = ferror(f);
	(void)fclose(f);
	if (bad)
		return complain(FAILED, "%s cannot be read", file);
	return look_at(one, bytes, size);
}

static uint64_t
interactions(kpi_store *store)
{
	kpi_store_info info = KPI_STORE_INFO_INIT;

	if (kpi_store_read_info(store, &info, NULL) != KPI_OK)
		return 0;
	return info.interactions;
}

/* Says what the store has of a file that was not read to its end. */
static int
broken_off(
    const char *file, kpi_status status, const kpi_error *error, uint64_t kept)
{
	if (status == KPI_ESTOPPED)
		return complain(128 + stop_signal(),
		    "interrupted: %" PRIu64 " interactions of %s were added "
		    "and kept; import it again to go on",
		    kept, file);
	if (kept > 0)
		(void)complain(FAILED,
		    "%" PRIu64 " interactions of %s were added and kept", kept,
		    file);
	if (strcmp(error->field, "source") == 0)
		return refused("--source", status, error);
	if (strcmp(error->field, "channel") == 0)
		return refused("--channel", status, error);
	return failed(file, status, error);
}

static int
import(kpi_store *store, const char *file, const struct arguments *a)
{
	kpi_queue_log_options options = KPI_QUEUE_LOG_OPTIONS_INIT;
	kpi_queue_log_report report;
	kpi_error error = KPI_ERROR_INIT;
	const int is_input = is_standard_input(file);
	const char *const name = is_input ? "standard input" : file;
	const uint64_t before = interactions(store);
	char work[64];
	kpi_status status;

	memset(&report, 0, sizeof(report));
	report.size = sizeof(report);
	(void)snprintf(work, sizeof(work), "reading %s", name);
	options.source = argument_value(a, SOURCE, NULL);
	options.channel = argument_value(a, CHANNEL, NULL);
	options.stop = stop_asked;
	options.stop_ctx = work;
	status = kpi_import_queue_log(
	    store, is_input ? "/dev/stdin" : file, &options, &report, &error);
	progress_clear();
	if (status != KPI_OK)
		return broken_off(
		    name, status, &error, interactions(store) - before);
	import_report_print(name, &report);
	return DONE;
}

static int
run(const struct arguments *a)
{
	const char *const path = argument_word(a, 0);
	kpi_store *store;
	size_t count = 0;
	given_log *logs;
	int code = DONE;

	if (path == NULL || argument_word(a, 1) == NULL)
		return complain(WRONG_USE,
		    "expected a STORE and a FILE to import; see kpi help "
		    "import");
	while (argument_word(a, count + 1) != NULL)
		count++;
	logs = calloc(count, sizeof(*logs));
	if (logs == NULL)
		return complain(FAILED, "no memory for the files' names");
	for (size_t i = 0; i < count && code == DONE; i++) {
		logs[i] = (given_log){ argument_word(a, i + 1), -1 };
		code = recognise(&logs[i]);
	}
	if (code == DONE) {
		sort_logs(logs, count);
		stop_on_signals();
		code = open_or_make(&store, path);
	}
	if (code == DONE) {
		for (size_t i = 0; i < count && code == DONE; i++)
			code = import(store, logs[i].file, a);
		kpi_store_close(store);
	}
	free(logs);
	return code;
}

const struct command command_import = {
	.name = "import",
	.summary = "reads a queue_log into a store",
	.help = help,
	.takes = TAKES(SOURCE) | TAKES(CHANNEL),
	.run = run,
};
