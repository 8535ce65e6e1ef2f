/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "import.h"
#include "import_order.h"
#include "import_report.h"
#include "stop.h"
#include "tool.h"

static const char help[] =
    "usage: kpi import STORE FILE... [options]\n"
    "\n"
    "Reads FILEs into the STORE, which is made if it is not there, and "
    "reports\n"
    "what was read. A FILE is a queue_log of Asterisk or a CSV with a header, "
    "which\n"
    "are recognised by themselves; - is standard input. Importing a queue_log "
    "again\n"
    "adds what is new in it and nothing twice. Several FILEs are read in the "
    "order\n"
    "of their first times; what is given later is to be younger, or agents' "
    "time is\n"
    "wrong. An interrupted import of it leaves the STORE whole, with what was "
    "kept so\n"
    "far; the next one goes on there.\n"
    "\n"
    "  --source SOURCE     of the ids, if several systems have the same ones "
    "[none]\n"
    "  --channel CHANNEL   of these contacts [of a queue_log: voice]\n"
    "\n"
    "A row of a CSV is an interaction. Its columns are matched by their names; "
    "all\n"
    "rows are added or, if the import fails, none. A row with an id that the "
    "STORE\n"
    "has updates it, so that importing again adds nothing twice.\n"
    "\n"
    "  --map COLUMN=FIELD[:FORM]  what a column is, such as \"Speed of "
    "answer=wait:s\",\n"
    "                      \"Opened=started_at:%d/%m/%Y %H:%M\", or "
    "Date+Time;\n"
    "                      \"Notes=\" leaves one out\n"
    "  --value TEXT=WORD   what a cell means, such as Y=answered, N/A= "
    "(unknown) or,\n"
    "                      in one field alone, queue:Q1=support\n"
    "  --fill FIELD=VALUE  where a row says nothing, such as csat_scale=5\n"
    "  --zone ZONE         of times without an offset [UTC]\n"
    "  --visits            rows with one id that stand together are the "
    "visits of\n"
    "                      one interaction\n"
    "  --strict            a row that cannot be used ends the import [it is "
    "left out\n"
    "                      and reported]\n"
    "  --csv               it is a CSV, which standard input is not taken for "
    "by\n"
    "                      itself\n"
    "  --threads THREADS   with 2, a CSV is read while it is stored [1]\n"
    "\n"
    "Beside FILEs, or alone, each is added as a whole or not at all:\n"
    "\n"
    "  --roster FILE       who was employed, a CSV of agent, hired_at, left_at "
    "and\n"
    "                      source\n"
    "  --expenses FILE     what was spent, a CSV of started_at, ended_at, "
    "amount, by,\n"
    "                      of, id, source and note\n"
    "\n"
    "kpi catalogue fields lists the fields; see kpi-csv(5).\n";

int
import_is_input(const char *file)
{
	return strcmp(file, "-") == 0;
}

const char *
import_path(const char *file)
{
	return import_is_input(file) ? "/dev/stdin" : file;
}

const char *
import_name(const char *file)
{
	return import_is_input(file) ? "standard input" : file;
}

static int
look_at(given_log *one, const unsigned char *bytes, size_t size)
{
	const char *const file = one->file;

	const int is_log = kpi_is_queue_log(bytes, size);

	if (one->is_csv && is_log)
		return complain(WRONG_USE,
		    "%s is a queue_log: --map and the like are of CSV files",
		    file);
	if (one->is_csv)
		return DONE;
	one->first = first_stamp(bytes, size);
	if (is_log || size == 0)
		return DONE;
	one->is_csv = kpi_is_csv(bytes, size);
	if (one->is_csv) {
		one->first = -1;
		return DONE;
	}
	if (size > 1 && bytes[0] == 0x1f && bytes[1] == 0x8b)
		return complain(WRONG_USE,
		    "%s is compressed: expected is a queue_log or CSV, such as "
		    "from zcat %s | kpi import STORE -",
		    file, file);
	return complain(WRONG_USE,
	    "%s is none of the files that can be imported: expected is a "
	    "queue_log of Asterisk, lines of time|call|queue|agent|event, or a "
	    "CSV with a header",
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

	if (import_is_input(file))
		return DONE;
	if (stat(file, &about) != 0)
		return complain(FAILED, "%s: %s", file, strerror(errno));
	if (S_ISDIR(about.st_mode))
		return complain(WRONG_USE,
		    "%s is a directory: expected is a queue_log or CSV", file);
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
import_log(kpi_store *store, const char *file, const struct arguments *a)
{
	kpi_queue_log_options options = KPI_QUEUE_LOG_OPTIONS_INIT;
	kpi_queue_log_report report;
	kpi_error error = KPI_ERROR_INIT;
	const char *const name = import_name(file);
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
	    store, import_path(file), &options, &report, &error);
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

	if (path == NULL ||
	    (argument_word(a, 1) == NULL && !import_has_ledgers(a)))
		return complain(WRONG_USE,
		    "expected a STORE and a FILE to import; see kpi help "
		    "import");
	while (argument_word(a, count + 1) != NULL)
		count++;
	logs = calloc(count + 1, sizeof(*logs));
	if (logs == NULL)
		return complain(FAILED, "no memory for the files' names");
	for (size_t i = 0; i < count && code == DONE; i++) {
		logs[i] = (given_log){ argument_word(a, i + 1), -1,
			import_wants_csv(a) };
		code = recognise(&logs[i]);
	}
	if (code == DONE) {
		sort_logs(logs, count);
		stop_on_signals();
		code = open_or_make(&store, path, a);
	}
	if (code == DONE) {
		for (size_t i = 0; i < count && code == DONE; i++)
			code = logs[i].is_csv
			    ? import_csv(store, logs[i].file, a)
			    : import_log(store, logs[i].file, a);
		if (code == DONE)
			code = import_ledgers(store, a);
		kpi_store_close(store);
	}
	free(logs);
	return code;
}

const struct command command_import = {
	.name = "import",
	.summary = "reads a queue_log or CSV into a store",
	.help = help,
	.takes = TAKES(SOURCE) | TAKES(CHANNEL) | TAKES(CSV) | TAKES(EXPENSES) |
	    TAKES(FILL) | TAKES(MAP) | TAKES(MEANING) | TAKES(ROSTER) |
	    TAKES(STRICT) | TAKES(THREADS) | TAKES(VISITS) | TAKES(ZONE),
	.run = run,
};
