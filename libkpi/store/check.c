/* SPDX-License-Identifier: MIT */
#include <kpi/store.h>

#include "base/error.h"
#include "base/stop.h"
#include "store/check_run.h"
#include "store/disk.h"
#include "store/read.h"
#include "store/vfs.h"

static kpi_status
wrong(const kpi__version *v, uint32_t part, const char *what, uint32_t at,
    kpi_error *error)
{
	const int sealed = v->chunk != NULL && v->chunk->sheaf == NULL;

	return kpi__fail(error, KPI_ECORRUPT,
	    "part %lu (%s %llu): %s is wrong at %lu", (unsigned long)part,
	    sealed ? "chunk" : "tail",
	    sealed ? (unsigned long long)v->chunk->number : 0ULL, what,
	    (unsigned long)at);
}

/* Whether a value may be that of a field. */
static int
may_be(const kpi__snapshot *s, const kpi__field *field, int64_t value)
{
	if (field->type == KPI__TYPE_TEXT)
		return value >= 0 &&
		    value <= (int64_t)s->codes[field->dictionary];
	if (value == KPI_UNKNOWN)
		return field->number != KPI_FIELD_STARTED_AT;
	return value >= field->least && value <= field->greatest;
}

static kpi_status
check_field(const kpi__snapshot *s, const kpi__version *v, uint32_t part,
    const kpi__field *field, kpi_error *error)
{
	const kpi__column *column;
	kpi_status status =
	    kpi__version_pin(s->store, v, field, &column, error);

	if (status != KPI_OK)
		return status;
	for (uint32_t i = 0; i < column->rows; i++)
		if (!may_be(s, field, kpi__column_value(column, i))) {
			status = wrong(v, part, field->name, i, error);
			break;
		}
	kpi__version_unpin(s->store, v, field, column);
	return status;
}

static kpi_status
check_part(const kpi__snapshot *s, uint32_t part, const kpi__checking *checking,
    kpi_error *error)
{
	const kpi__version *v = kpi__snapshot_version(s, part);
	kpi_status status = KPI_OK;

	for (uint32_t f = 0; f < KPI__FIELDS && status == KPI_OK; f++) {
		if (f + 1 == KPI_FIELD_ID)
			continue;
		status = kpi__stopped(checking->stop, checking->ctx, part,
		    kpi__snapshot_parts(s), error);
		if (status == KPI_OK)
			status =
			    check_field(s, v, part, kpi__field_at(f), error);
	}
	return status;
}

kpi_status
kpi_store_check(
    kpi_store *store, kpi_stop stop, void *stop_ctx, kpi_error *error)
{
	const kpi__checking checking = { stop, stop_ctx };
	kpi__snapshot *s;
	uint32_t parts;
	kpi_status status;

	if (store == NULL)
		return kpi__fail(error, KPI_EINVAL, "there is no store");
	status = kpi__snapshot_take(&s, store, error);
	if (status != KPI_OK)
		return status;
	parts = kpi__snapshot_parts(s);
	if (store->disk != NULL)
		status = kpi__disk_check(store, stop, stop_ctx, error);
	for (uint32_t p = 0; p < parts && status == KPI_OK; p++)
		status = check_part(s, p, &checking, error);
	if (status == KPI_OK)
		status = kpi__check_texts(s, &checking, error);
	if (status == KPI_OK)
		status = kpi__check_ids(s, &checking, error);
	kpi__snapshot_release(s);
	return status;
}

kpi_status
kpi_store_reseal(const char *path, kpi_error *error)
{
	if (path == NULL)
		return kpi__fail(error, KPI_EINVAL, "there is no path");
	return kpi__vfs_reseal(path, error);
}
