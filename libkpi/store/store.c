/* SPDX-License-Identifier: MIT */
#include <kpi/store.h>

#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sized.h"
#include "base/threads.h"
#include "store/disk.h"
#include "store/draft.h"

#define DEFAULT_MEMORY (UINT64_C(256) << 20)
#define FLAGS          (KPI_OPEN_READ_ONLY | KPI_OPEN_MUST_EXIST | KPI_OPEN_MUST_CREATE)

kpi_status
kpi__store_process(const kpi_store *store, kpi_error *error)
{
	if (store->process == (int64_t)getpid())
		return KPI_OK;
	return kpi__fail(error, KPI_EFORK,
	    "the store was opened before a fork(): open it again");
}

static size_t
budget_of(uint64_t memory)
{
	if (memory == 0)
		memory = DEFAULT_MEMORY;
	return memory > SIZE_MAX / 2 ? SIZE_MAX / 2 : (size_t)memory;
}

static kpi_status
read_options(kpi_store_options *ours, const kpi_store_options *theirs,
    const char *path, kpi_error *error)
{
	static const kpi_store_options none = KPI_STORE_OPTIONS_INIT;
	kpi_status status = KPI_OK;

	*ours = none;
	if (theirs != NULL)
		status = kpi__sized_read(
		    ours, sizeof(*ours), theirs, sizeof(*ours), NULL);
	if (status != KPI_OK)
		return kpi__fail(
		    error, status, "these options are not understood");
	if ((ours->flags & ~(uint64_t)FLAGS) != 0 || ours->reserved != NULL)
		return kpi__fail_at(error, KPI_ENOTSUP, "flags",
		    "an option that this release does not know");
	if (ours->if_exists < KPI_IF_EXISTS_REFUSE ||
	    ours->if_exists > KPI_IF_EXISTS_UPDATE)
		return kpi__fail_at(error, KPI_EINVAL, "if_exists",
		    "if_exists is expected to be 0 or 1");
	if (ours->busy_ms < -1 || ours->busy_ms > INT32_MAX)
		return kpi__fail_at(error, KPI_EINVAL, "busy_ms",
		    "busy_ms is expected to be -1 to 2147483647");
	if ((ours->permissions & ~(uint32_t)0777) != 0)
		return kpi__fail_at(error, KPI_EINVAL, "permissions",
		    "permissions are expected to be 0 to 0777");
	if (path == NULL && (ours->flags & KPI_OPEN_MUST_EXIST) != 0)
		return kpi__fail_at(error, KPI_ENOTFOUND, "flags",
		    "a store in memory is always a new one");
	return KPI_OK;
}

static int
init_locks(kpi_store *store)
{
	pthread_mutex_t *const locks[] = { &store->turn, &store->write,
		&store->publish, &store->known, &store->lookup };

	for (size_t i = 0; i < sizeof(locks) / sizeof(*locks); i++)
		if (pthread_mutex_init(locks[i], NULL) != 0) {
			while (i-- > 0)
				pthread_mutex_destroy(locks[i]);
			return 0;
		}
	return 1;
}

static void
destroy_locks(kpi_store *store)
{
	pthread_mutex_destroy(&store->turn);
	pthread_mutex_destroy(&store->write);
	pthread_mutex_destroy(&store->publish);
	pthread_mutex_destroy(&store->known);
	pthread_mutex_destroy(&store->lookup);
}

static kpi_store *
new_store(const kpi_store_options *options, const kpi_allocator *allocator)
{
	kpi_store *store = kpi__new_zeroed(allocator, 1, sizeof(*store));

	if (store == NULL)
		return NULL;
	store->allocator = *allocator;
	atomic_init(&store->refs, 1);
	atomic_init(&store->threads, 1);
	store->process = (int64_t)getpid();
	store->flags = options->flags;
	store->if_exists = options->if_exists;
	store->chunk_size = KPI__CHUNK_INTERACTIONS;
	store->settle_at = store->chunk_size;
	if (!init_locks(store)) {
		kpi__release(allocator, store, 1, sizeof(*store));
		return NULL;
	}
	if (kpi__cache_init(&store->cache, &store->allocator,
		budget_of(options->memory)) != 0) {
		destroy_locks(store);
		kpi__release(allocator, store, 1, sizeof(*store));
		return NULL;
	}
	for (uint32_t d = 0; d < KPI__ALL_DICTIONARIES; d++)
		kpi__dictionary_init(
		    &store->dictionary[d], &store->allocator, &store->lookup);
	kpi__activities_init(&store->activities, &store->allocator);
	kpi__ledger_init(&store->ledger, &store->allocator);
	return store;
}

kpi_status
kpi_store_open(kpi_store **out, const char *path,
    const kpi_store_options *options, kpi_error *error)
{
	kpi_store_options ours;
	kpi_allocator allocator;
	kpi_status status;
	kpi_store *store;

	if (out == NULL)
		return kpi__fail(error, KPI_EINVAL, "no place for the store");
	*out = NULL;
	status = read_options(&ours, options, path, error);
	if (status == KPI_OK)
		status = kpi__allocator_of(&allocator, ours.allocator, error);
	if (status != KPI_OK)
		return status;
	store = new_store(&ours, &allocator);
	if (store == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a store");
	store->present = kpi__snapshot_next(store, NULL);
	if (store->present == NULL)
		status = kpi__fail(error, KPI_ENOMEM, "no memory for a store");
	else if (path != NULL)
		status = kpi__disk_open(store, path, &ours, error);
	if (status == KPI_OK)
		*out = store;
	else
		kpi__store_release(store);
	return status;
}

void
kpi__store_release(kpi_store *store)
{
	const kpi_allocator allocator = store->allocator;

	if (atomic_fetch_sub(&store->refs, 1) != 1)
		return;
	kpi__disk_close(store);
	kpi__snapshot_drop(store->batch);
	kpi__snapshot_drop(store->present);
	for (uint32_t d = 0; d < KPI__ALL_DICTIONARIES; d++)
		kpi__dictionary_free(&store->dictionary[d]);
	kpi__activities_free(&store->activities);
	kpi__ledger_free(&store->ledger);
	kpi__bloom_free(&store->filter, &store->allocator);
	kpi__cache_free(&store->cache);
	destroy_locks(store);
	kpi__release(&allocator, store, 1, sizeof(*store));
}

void
kpi_store_close(kpi_store *store)
{
	if (store == NULL)
		return;
	if (store->process == (int64_t)getpid() && store->batch != NULL &&
	    kpi_store_rollback(store, NULL) != KPI_OK)
		return;
	kpi__store_release(store);
}

kpi_status
kpi_store_set_memory(kpi_store *store, uint64_t bytes)
{
	if (store == NULL)
		return KPI_EINVAL;
	if (kpi__store_process(store, NULL) != KPI_OK)
		return KPI_EFORK;
	kpi__cache_set_budget(&store->cache, budget_of(bytes));
	return KPI_OK;
}

kpi_status
kpi_store_set_threads(kpi_store *store, uint64_t threads, kpi_error *error)
{
	kpi_status status;

	if (store == NULL)
		return kpi__fail(error, KPI_EINVAL, "no store");
	if (threads < 1 || threads > KPI__MOST_THREADS)
		return kpi__fail_at(error, KPI_EINVAL, "threads",
		    "threads are expected to be 1 to %d", KPI__MOST_THREADS);
	status = kpi__store_process(store, error);
	if (status == KPI_OK)
		atomic_store(&store->threads, (unsigned)threads);
	return status;
}
