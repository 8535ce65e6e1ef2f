/* SPDX-License-Identifier: MIT */
#include <kpi/csv.h>

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sized.h"
#include "ingest/csv_flow.h"
#include "ingest/csv_sight.h"
#include "store/state.h"

typedef struct importing {
	kpi__csv_rows rows;
	kpi__csv_plan plan;
	kpi_csv_report report;
	kpi_csv_options options;
	kpi_store *store;
	kpi_error *error;
} importing;

static kpi_status
read_options(importing *in, const kpi_csv_options *theirs)
{
	static const kpi_csv_options none = KPI_CSV_OPTIONS_INIT;
	kpi_status status = KPI_OK;

	in->options = none;
	if (theirs != NULL)
		status = kpi__sized_read(&in->options, sizeof(in->options),
		    theirs, KPI__SIZE_TO(kpi_csv_options, reserved), NULL);
	if (status == KPI_OK &&
	    ((in->options.flags &
		 ~(uint64_t)(KPI_CSV_STRICT | KPI_CSV_VISITS)) != 0 ||
		in->options.reserved != NULL))
		status = KPI_ENOTSUP;
	if (status != KPI_OK)
		return kpi__fail_at(in->error, status, "options",
		    "options that we do not know");
	in->rows.stop = in->options.stop;
	in->rows.stop_ctx = in->options.stop_ctx;
	return KPI_OK;
}

/* Of files that are no CSV in UTF-8 what they are. */
static kpi_status
refuse_bytes(const char *bytes, size_t size, kpi_error *error)
{
	if (size >= 2 &&
	    (memcmp(bytes, "\xff\xfe", 2) == 0 ||
		memcmp(bytes, "\xfe\xff", 2) == 0))
		return kpi__fail(error, KPI_EPARSE,
		    "the file is in UTF-16: expected is a CSV in UTF-8");
	if (memchr(bytes, '\0', size) != NULL)
		return kpi__fail(error, KPI_EPARSE,
		    "the file is no text: expected is a CSV");
	return KPI_OK;
}

/* Finds the separator, and goes to the header. */
static kpi_status
look(importing *in)
{
	kpi__csv_rows *const rows = &in->rows;
	kpi_status status = kpi__csv_rows_see(rows, KPI__QLOG_BLOCK, in->error);
	const char *at = rows->file.block;
	size_t left = rows->file.end, size;
	uint32_t cells;

	if (status == KPI_OK)
		status = refuse_bytes(at, left, in->error);
	if (status != KPI_OK)
		return status;
	size = kpi__csv_mark(at, left);
	kpi__csv_rows_skip(rows, size);
	at += size;
	left -= size;
	size = kpi__csv_hint(at, left, &rows->separator);
	if (size > 0 && rows->separator != '"') {
		kpi__csv_rows_skip(rows, size);
		rows->line++;
		return KPI_OK;
	}
	rows->separator = kpi__csv_separator(at, left, &cells);
	return KPI_OK;
}

static kpi_status
read_header(importing *in)
{
	kpi__csv_rows *const rows = &in->rows;
	int got = 0;
	kpi_status status = look(in);

	/* empty lines in front are none of it */
	do
		if (status == KPI_OK)
			status = kpi__csv_rows_next(rows, &got, in->error);
	while (status == KPI_OK && got && rows->cells == 1 &&
	    rows->cell[0].size == 0);
	if (status != KPI_OK)
		return status;
	if (!got)
		return kpi__fail(in->error, KPI_EPARSE,
		    "the file is empty: expected is a CSV with a header");
	if (rows->fault != KPI__CSV_FINE)
		return kpi__fail(in->error, KPI_EPARSE,
		    "the header has a quote that nothing ends");
	if (rows->cells > KPI__CSV_COLUMNS)
		return kpi__fail(in->error, KPI_EPARSE,
		    "the header has more than %d columns", KPI__CSV_COLUMNS);
	for (uint32_t c = 0; c < rows->cells; c++)
		if (rows->cell[c].size > 0 &&
		    memchr(rows->cell[c].at, '\r', rows->cell[c].size) != NULL)
			return kpi__fail(in->error, KPI_EPARSE,
			    "lines end in CR alone: expected is LF or CRLF");
	return kpi__csv_plan_make(&in->plan, rows, &in->options, in->error);
}

/* In one transaction, which a failure takes back. */
static kpi_status
run(importing *in, const char *path)
{
	kpi_store *const store = in->store;
	kpi_status status = kpi_store_begin(store, in->error);

	if (status != KPI_OK)
		return status;
	status =
	    kpi__csv_rows_open(&in->rows, path, &store->allocator, in->error);
	if (status == KPI_OK)
		status = read_header(in);
	if (status == KPI_OK)
		status = kpi__csv_flow(store, &in->rows, &in->plan,
		    in->options.flags, &in->report, in->error);
	if (status != KPI_OK) {
		/* the first failure is the one that is told */
		const kpi_status second = kpi_store_rollback(store, NULL);

		(void)second;
		return status;
	}
	kpi__csv_report_sort(&in->report);
	kpi__csv_plan_report(&in->plan, &in->report);
	return kpi_store_commit(store, in->error);
}

static kpi_status
import_table(importing *in, const char *path, const kpi_csv_options *options)
{
	const kpi_allocator *const a = &in->store->allocator;
	kpi_status status = read_options(in, options);

	in->rows.file.allocator = a;
	in->rows.file.fd = -1;
	kpi__csv_plan_init(&in->plan, a);
	kpi__csv_report_init(&in->report);
	if (status == KPI_OK)
		status = run(in, path);
	kpi__csv_plan_free(&in->plan);
	kpi__csv_rows_close(&in->rows);
	return status;
}

kpi_status
kpi_import_csv(kpi_store *store, const char *path,
    const kpi_csv_options *options, kpi_csv_report *report, kpi_error *error)
{
	const size_t least = KPI__SIZE_TO(kpi_csv_report, separator);
	importing *in;
	kpi_status status;

	if (store == NULL || path == NULL)
		return kpi__fail(error, KPI_EINVAL, "no store, or no path");
	if (report != NULL && report->size < least)
		return kpi__fail_at(error, KPI_EINVAL, "report",
		    "the report's size is not set");
	in = kpi__new_zeroed(&store->allocator, 1, sizeof(*in));
	if (in == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory to import");
	in->store = store;
	in->error = error;
	status = import_table(in, path, options);
	if (status == KPI_OK && report != NULL)
		status = kpi__sized_write(
		    report, &in->report, sizeof(in->report), least);
	kpi__release(&store->allocator, in, 1, sizeof(*in));
	return status;
}
