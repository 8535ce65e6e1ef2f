/* SPDX-License-Identifier: MIT */
#include "ingest/ledger.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "store/draft.h"

kpi_status
kpi__ledger_check_text(const char **text, const char *name, kpi_error *error)
{
	const char *end;

	if (*text == NULL || **text == '\0') {
		*text = NULL;
		return KPI_OK;
	}
	end = memchr(*text, '\0', KPI_TEXT_MAX + 1);
	if (end == NULL)
		return kpi__fail_at(error, KPI_EINVAL, name,
		    "%s is longer than %d bytes", name, KPI_TEXT_MAX);
	if (!kpi__utf8_is_text(*text, (size_t)(end - *text)))
		return kpi__fail_at(
		    error, KPI_EINVAL, name, "%s is not valid UTF-8", name);
	return KPI_OK;
}

static kpi_status
no_memory(kpi_error *error)
{
	return kpi__fail(error, KPI_ENOMEM, "no memory for the ledger");
}

static kpi_status
add(kpi__snapshot *draft, const kpi__ledger_entry *entry, kpi_error *error)
{
	int change;
	const kpi_status status =
	    kpi__ledger_add(&draft->store->ledger, entry, &change);

	if (status == KPI_ENOMEM)
		return no_memory(error);
	if (status != KPI_OK)
		return kpi__fail(error, status, "the ledger is full");
	draft->kinds[entry->kind] += (uint32_t)change;
	return KPI_OK;
}

kpi_status
kpi__ledger_write(kpi_store *store, kpi__buffer *out,
    const kpi__ledger_entry *entry, kpi_error *error)
{
	kpi__snapshot *draft;
	kpi_status status = out->status == KPI_OK ? KPI_OK : no_memory(error);

	if (status == KPI_OK)
		status = kpi__write_begin(store, &draft, error);
	if (status == KPI_OK) {
		status = add(draft, entry, error);
		status = kpi__write_end(store, draft, status, error);
	}
	kpi__buffer_free(out);
	return status;
}

/* Puts them in order, with scratch of their own size. */
static kpi_status
sort(kpi__entries *entries, const kpi_allocator *allocator,
    int (*compare)(const void *a, const void *b, const void *unused),
    kpi_error *error)
{
	const size_t size = sizeof(*entries->at);
	const kpi__ledger_entry **const scratch =
	    kpi__new_array(allocator, entries->count, size);

	if (scratch == NULL && entries->count > 0)
		return no_memory(error);
	if (entries->count > 0)
		kpi__sort(
		    entries->at, scratch, entries->count, size, compare, NULL);
	kpi__release(allocator, scratch, entries->count, size);
	return KPI_OK;
}

kpi_status
kpi__ledger_list(kpi_store *store, uint32_t kind,
    int (*compare)(const void *a, const void *b, const void *unused),
    int (*show)(void *ctx, const kpi__ledger_entry *entry), void *ctx,
    kpi_error *error)
{
	kpi__snapshot *snapshot;
	kpi__entries entries;
	kpi_status status = kpi__snapshot_take(&snapshot, store, error);

	if (status != KPI_OK)
		return status;
	status = kpi__entries_of(&entries, snapshot, kind, error);
	if (status == KPI_OK) {
		status = sort(&entries, &store->allocator, compare, error);
		for (uint32_t i = 0; i < entries.count && status == KPI_OK; i++)
			if (show(ctx, entries.at[i]) != 0)
				status = kpi__fail(error, KPI_ESTOPPED, "%s",
				    kpi_strerror(KPI_ESTOPPED));
		kpi__entries_free(&entries, snapshot);
	}
	kpi__snapshot_release(snapshot);
	return status;
}

int
kpi__ledger_compare_texts(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return (a != NULL) - (b != NULL);
	return strcmp(a, b);
}

int
kpi__ledger_compare_integers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}
