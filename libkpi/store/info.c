/* SPDX-License-Identifier: MIT */
#include <kpi/store.h>

#include "base/error.h"
#include "base/sized.h"
#include "store/disk.h"

kpi_status
kpi_store_read_info(kpi_store *store, kpi_store_info *info, kpi_error *error)
{
	kpi_store_info ours = KPI_STORE_INFO_INIT;
	kpi__snapshot *snapshot;
	kpi_status status;

	if (store == NULL || info == NULL)
		return kpi__fail(error, KPI_EINVAL,
		    "a store and a place for the answer are needed");
	status = kpi__snapshot_take(&snapshot, store, error);
	if (status != KPI_OK)
		return status;
	ours.interactions = snapshot->interactions;
	ours.visits = snapshot->rows;
	ours.activities = snapshot->activities;
	ours.chunks = snapshot->sealed->count;
	for (uint32_t b = 0; b < snapshot->tail->count; b++)
		ours.tail += snapshot->tail->at[b]->living;
	if (store->disk != NULL)
		ours.file_bytes = kpi__disk_bytes(store);
	ours.cached_bytes = kpi__cache_bytes(&store->cache);
	ours.employments = snapshot->kinds[KPI__LEDGER_EMPLOYMENT];
	ours.expenses = snapshot->kinds[KPI__LEDGER_EXPENSE];
	ours.calendars = snapshot->kinds[KPI__LEDGER_CALENDAR];
	status =
	    kpi__snapshot_known(snapshot, &ours.known_from, &ours.as_of, error);
	kpi__snapshot_release(snapshot);
	if (status != KPI_OK)
		return status;
	status = kpi__sized_write(info, &ours, sizeof(ours),
	    KPI__SIZE_TO(kpi_store_info, as_of));
	if (status != KPI_OK)
		return kpi__fail(error, status, "the info has no valid size");
	return KPI_OK;
}
