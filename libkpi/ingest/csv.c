/* SPDX-License-Identifier: MIT */
#include <kpi/csv.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sized.h"
#include "ingest/csv_flow.h"
#include "ingest/csv_head.h"
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
		status = kpi__csv_head_read(&in->rows, in->error);
	if (status == KPI_OK)
		status = kpi__csv_plan_make(
		    &in->plan, &in->rows, &in->options, in->error);
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
