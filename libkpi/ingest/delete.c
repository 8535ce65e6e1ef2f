/* SPDX-License-Identifier: MIT */
#include <kpi/store.h>

#include <string.h>

#include "base/error.h"
#include "ingest/record.h"
#include "store/names.h"
#include "store/read.h"

static kpi_status
remove_one(
    kpi__snapshot *draft, const char *source, const char *id, kpi_error *error)
{
	kpi_store *store = draft->store;
	const size_t size = strlen(id);
	const char *from = source == NULL ? "" : source;
	const size_t from_size = strlen(from);
	uint32_t code = 0;
	int found = 0;
	kpi__spot spot;
	kpi__input in;
	kpi_status status = KPI_OK;

	kpi__input_init(&in, &store->allocator);
	kpi__record_set_id(&in, from, from_size, id, size);
	if (from_size > 0)
		status = kpi__names_find_newest(
		    store, 0, from, from_size, &code, error);
	if (status == KPI_OK && size <= KPI_TEXT_MAX &&
	    (from_size == 0 || code != 0))
		status = kpi__snapshot_find(draft, code, id, in.id_size,
		    in.id_hash, 1, &spot, &found, error);
	if (status != KPI_OK)
		return status;
	if (!found)
		return kpi__id_is_none(error, id, size);
	status = kpi__version_read(store,
	    (spot.in_tail ? draft->tail : draft->sealed)->at[spot.part],
	    spot.interaction, &in, error);
	if (status == KPI_OK)
		status = kpi__draft_kill(draft, &spot, &in, error);
	kpi__input_free(&in);
	return status;
}

kpi_status
kpi_store_delete(
    kpi_store *store, const char *source, const char *id, kpi_error *error)
{
	kpi__snapshot *draft;
	kpi_status status = kpi__write_begin(store, &draft, error);

	if (status != KPI_OK)
		return status;
	if (id == NULL || *id == '\0')
		status = kpi__fail_at(
		    error, KPI_EINVAL, "id", "an id is needed to delete");
	else
		status = remove_one(draft, source, id, error);
	return kpi__write_end(store, draft, status, error);
}
