/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "store/disk.h"
#include "store/names.h"
#include "store/read.h"

#define LEAST_MEMORY ((size_t)1 << 20)

static int
fill_empty(kpi__snapshot *s, const kpi_allocator *allocator)
{
	s->sealed = kpi__list_new(allocator);
	s->tail = kpi__list_new(allocator);
	s->ids = kpi__tail_ids_new(allocator);
	return s->sealed != NULL && s->tail != NULL && s->ids != NULL;
}

kpi__snapshot *
kpi__snapshot_next(kpi_store *store, const kpi__snapshot *base)
{
	kpi__snapshot *s = kpi__new_zeroed(&store->allocator, 1, sizeof(*s));

	if (s == NULL)
		return NULL;
	if (base != NULL) {
		memcpy(s, base, sizeof(*s));
		kpi__list_hold(s->sealed);
		kpi__list_hold(s->tail);
		kpi__tail_ids_hold(s->ids);
		kpi__kept_hold(s->kept);
		kpi__erased_hold(s->erased);
	}
	s->store = store;
	s->number = store->snapshots++;
	atomic_init(&s->refs, 1);
	if (base == NULL && !fill_empty(s, &store->allocator)) {
		kpi__snapshot_drop(s);
		return NULL;
	}
	return s;
}

void
kpi__snapshot_drop(kpi__snapshot *s)
{
	const kpi_allocator *allocator;

	if (s == NULL || atomic_fetch_sub(&s->refs, 1) != 1)
		return;
	allocator = &s->store->allocator;
	/* With the store the cache goes as a whole; in a process that has
	 * forked its lock may be another's. */
	if (atomic_load(&s->store->refs) > 0)
		kpi__cache_forget(&s->store->cache, s->number);
	kpi__list_release(allocator, s->sealed);
	kpi__list_release(allocator, s->tail);
	kpi__tail_ids_release(s->ids);
	kpi__kept_release(allocator, s->kept);
	kpi__erased_release(allocator, s->erased);
	kpi__release(allocator, s, 1, sizeof(*s));
}

kpi_status
kpi__snapshot_take(kpi__snapshot **out, kpi_store *store, kpi_error *error)
{
	kpi_status status = kpi__store_process(store, error);

	*out = NULL;
	if (status == KPI_OK && store->disk != NULL)
		status = kpi__disk_look(store, error);
	if (status != KPI_OK)
		return status;
	pthread_mutex_lock(&store->publish);
	*out = store->present;
	atomic_fetch_add(&store->present->refs, 1);
	store->outside++;
	pthread_mutex_unlock(&store->publish);
	atomic_fetch_add(&store->refs, 1);
	return KPI_OK;
}

void
kpi__snapshot_release(kpi__snapshot *snapshot)
{
	kpi_store *store;
	uint32_t outside;

	if (snapshot == NULL)
		return;
	store = snapshot->store;
	kpi__snapshot_drop(snapshot);
	pthread_mutex_lock(&store->publish);
	outside = --store->outside;
	pthread_mutex_unlock(&store->publish);
	if (outside == 0)
		kpi__names_forget(store);
	kpi__store_release(store);
}

const kpi_allocator *
kpi__snapshot_allocator(const kpi__snapshot *snapshot)
{
	return &snapshot->store->allocator;
}

size_t
kpi__snapshot_memory(const kpi__snapshot *snapshot)
{
	const size_t budget = kpi__cache_budget(&snapshot->store->cache);

	return budget < LEAST_MEMORY ? LEAST_MEMORY : budget;
}

/* A thread takes some 30 us to start, half a chunk 200 and more to be asked. */
uint32_t
kpi__snapshot_threads(const kpi__snapshot *snapshot, uint64_t interactions)
{
	const kpi_store *store = snapshot->store;
	const uint32_t most = atomic_load(&store->threads);
	const uint64_t worth = interactions * 2 / store->chunk_size;

	return worth >= most ? most : worth == 0 ? 1 : (uint32_t)worth;
}

uint32_t
kpi__snapshot_parts(const kpi__snapshot *snapshot)
{
	return snapshot->sealed->count + snapshot->tail->count;
}

kpi__version *
kpi__snapshot_version(const kpi__snapshot *snapshot, uint32_t part)
{
	const uint32_t sealed = snapshot->sealed->count;

	return part < sealed ? snapshot->sealed->at[part]
			     : snapshot->tail->at[part - sealed];
}

const kpi__part *
kpi__snapshot_part(const kpi__snapshot *snapshot, uint32_t part)
{
	return &kpi__snapshot_version(snapshot, part)->part;
}

kpi_status
kpi__snapshot_known(const kpi__snapshot *snapshot, int64_t *known_from,
    int64_t *as_of, kpi_error *error)
{
	kpi_store *store = snapshot->store;
	int64_t from = INT64_MAX, latest = INT64_MIN;
	kpi_status status = KPI_OK;

	pthread_mutex_lock(&store->known);
	for (uint32_t p = 0; p < kpi__snapshot_parts(snapshot); p++) {
		kpi__version *v = kpi__snapshot_version(snapshot, p);

		if (v->living == 0)
			continue;
		if (v->stale)
			status = kpi__version_know(store, v, error);
		if (status != KPI_OK)
			break;
		from = v->known_from < from ? v->known_from : from;
		latest = v->latest > latest ? v->latest : latest;
	}
	pthread_mutex_unlock(&store->known);
	if (status != KPI_OK)
		return status;
	*known_from = latest == INT64_MIN ? KPI_UNKNOWN : from;
	*as_of = latest == INT64_MIN ? KPI_UNKNOWN : latest + 1;
	return KPI_OK;
}

kpi_status
kpi__snapshot_pin(const kpi__snapshot *snapshot, uint32_t part, int32_t field,
    const kpi__column **out, kpi_error *error)
{
	*out = NULL;
	return kpi__version_pin(snapshot->store,
	    kpi__snapshot_version(snapshot, part), kpi__field_find(field), out,
	    error);
}

kpi_status
kpi__snapshot_pin_values(const kpi__snapshot *snapshot, uint32_t part,
    int32_t field, uint32_t from, uint32_t until, const kpi__column **out,
    kpi_error *error)
{
	*out = NULL;
	return kpi__version_pin_values(snapshot->store,
	    kpi__snapshot_version(snapshot, part), kpi__field_find(field), from,
	    until, out, error);
}

void
kpi__snapshot_unpin(const kpi__snapshot *snapshot, uint32_t part, int32_t field,
    const kpi__column *column)
{
	kpi__version_unpin(snapshot->store,
	    kpi__snapshot_version(snapshot, part), kpi__field_find(field),
	    column);
}

static uint32_t
dictionary_of(int32_t field)
{
	return (uint32_t)kpi__field_find(field)->dictionary;
}

uint32_t
kpi__snapshot_codes(const kpi__snapshot *snapshot, int32_t field)
{
	return snapshot->codes[dictionary_of(field)] + 1;
}

kpi_status
kpi__snapshot_text(const kpi__snapshot *snapshot, int32_t field, uint32_t code,
    const char **out, kpi_error *error)
{
	const uint32_t d = dictionary_of(field);
	kpi_status status = KPI_OK;

	*out = NULL;
	if (code == 0)
		return KPI_OK;
	if (code > snapshot->codes[d])
		return kpi__fail_at(error, KPI_ECORRUPT,
		    kpi__field_find(field)->name,
		    "a code (%lu) is not in its dictionary",
		    (unsigned long)code);
	if (d != KPI__CUSTOMERS || !kpi__erased_has(snapshot->erased, code))
		status = kpi__names_text(snapshot->store, d, code, out, error);
	if (status == KPI_OK && *out == NULL)
		*out = KPI__ERASED;
	return status;
}

kpi_status
kpi__snapshot_code(const kpi__snapshot *snapshot, int32_t field,
    const char *text, uint32_t *out, kpi_error *error)
{
	return kpi__names_find(
	    snapshot, dictionary_of(field), text, strlen(text), out, error);
}

kpi_status
kpi__snapshot_id(const kpi__snapshot *snapshot, uint32_t part,
    uint32_t interaction, char out[KPI_TEXT_MAX + 1], int *known,
    kpi_error *error)
{
	uint32_t size;
	const kpi_status status = kpi__version_id(snapshot->store,
	    kpi__snapshot_version(snapshot, part), interaction, out, &size,
	    error);

	*known = status == KPI_OK && size > 0;
	return status;
}

kpi_status
kpi__snapshot_record(const kpi__snapshot *snapshot, uint32_t part,
    uint32_t interaction, kpi_record **out, kpi_error *error)
{
	return kpi__record_make(out, snapshot,
	    kpi__snapshot_version(snapshot, part), interaction, error);
}
