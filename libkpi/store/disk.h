/* SPDX-License-Identifier: MIT */
/*
 * disk.h - the file of a store: what is in memory, kept by SQLite, and what
 * other processes have committed, taken in.
 */
#ifndef KPI_STORE_DISK_H
#define KPI_STORE_DISK_H

#include <pthread.h>

#include "base/buffer.h"
#include "store/db.h"
#include "store/state.h"
#include "store/still.h"

#define KPI__READERS 4

/* What the one row of table `meta` says. */
typedef struct kpi__meta {
	uint64_t commit, epoch, chunk_number;
	uint64_t chunks, tail, spans, entries, interactions, rows;
	uint64_t last_dead, last_patch, last_tail_dead, erased;
	uint32_t codes[KPI__ALL_DICTIONARIES];
} kpi__meta;

typedef struct kpi__disk {
	kpi__db writer; /* under `turn`; no handle in a store opened to read */
	int broken;     /* a sync failed: nothing is written any more */
	int lingers;    /* what we erased, in the file */
	int busy_ms;
	pthread_mutex_t lock; /* of the following */
	pthread_cond_t free;
	kpi__db reader[KPI__READERS];
	unsigned char lent[KPI__READERS];
	int is_still; /* nothing can be written beside the file */
	kpi__still still;
	size_t path_size; /* of its full name */
	char *path;
} kpi__disk;

/* Opens or makes the file, and reads it into store->present. */
kpi_status kpi__disk_open(kpi_store *store, const char *path,
    const kpi_store_options *options, kpi_error *error) KPI_MUST_CHECK;
/* SQLite is left alone in a process that did not open the store. */
void kpi__disk_close(kpi_store *store);

/* A reading connection for a while. */
kpi_status kpi__disk_borrow(
    kpi__disk *disk, kpi__db **out, kpi_error *error) KPI_MUST_CHECK;
void kpi__disk_give_back(kpi__disk *disk, kpi__db *db);

/* Takes in what others have committed, before a snapshot is taken. */
kpi_status kpi__disk_look(kpi_store *store, kpi_error *error) KPI_MUST_CHECK;

/* Begins to write, waiting for other processes; `turn` is held. */
kpi_status kpi__disk_begin(kpi_store *store, kpi_error *error) KPI_MUST_CHECK;
/* Takes in what they have committed; `turn` and `write` are held. */
kpi_status kpi__disk_catch_up(
    kpi_store *store, kpi_error *error) KPI_MUST_CHECK;
/* Keeps what `next` has and store->present has not; on failure nothing is
 * kept and the transaction is over. */
kpi_status kpi__disk_commit(
    kpi_store *store, kpi__snapshot *next, kpi_error *error) KPI_MUST_CHECK;
void kpi__disk_rollback(kpi_store *store);

/* Empties the log into the file, so that nothing erased is in either;
 * `turn` is held. KPI_EBUSY: somebody reads an older state. */
kpi_status kpi__disk_purge(kpi_store *store, kpi_error *error) KPI_MUST_CHECK;

/* A piece of a chunk, decoded, that the caller frees or gives to the cache; of
 * a column, values [from, until) may be all that is there. */
kpi_status kpi__disk_fetch(kpi_store *store, const kpi__chunk *chunk,
    uint32_t number, uint32_t from, uint32_t until, kpi__item **out,
    kpi_error *error) KPI_MUST_CHECK;

/* Reads every page of the file, and has SQLite look at what they say. */
kpi_status kpi__disk_check(kpi_store *store, kpi_stop stop, void *stop_ctx,
    kpi_error *error) KPI_MUST_CHECK;

/* Bytes of the file; 0 if that cannot be told. */
uint64_t kpi__disk_bytes(kpi_store *store);

/* Makes the tables of an empty file, in a transaction that is open. */
kpi_status kpi__schema_make(kpi__db *db, kpi_error *error) KPI_MUST_CHECK;
/* *empty: nothing was ever made in the file. KPI_ECORRUPT: it is no store;
 * KPI_EVERSION: a later release made it. */
kpi_status kpi__schema_check(
    kpi__db *db, int *empty, kpi_error *error) KPI_MUST_CHECK;

kpi_status kpi__meta_read(
    kpi__db *db, kpi__meta *meta, kpi_error *error) KPI_MUST_CHECK;

/* Writes, in a transaction, the difference of two snapshots. */
kpi_status kpi__disk_save(kpi__db *db, const kpi__snapshot *base,
    kpi__snapshot *next, kpi_error *error) KPI_MUST_CHECK;
/* Adds to `draft`, in a transaction, what the file has and it has not. */
kpi_status kpi__disk_load(kpi__db *db, kpi__snapshot *draft,
    const kpi__meta *meta, kpi_error *error) KPI_MUST_CHECK;

/* How a row of `tail` has its interactions: its first byte. */
#define KPI__TAIL_SINGLES 0 /* store/journal.h */
#define KPI__TAIL_SHEAF   1 /* store/sheaf.h */

/* Keys of rows. */
int64_t kpi__page_key(uint64_t chunk, uint32_t number);
int64_t kpi__text_key(uint32_t dictionary, uint32_t first_code);

extern const char kpi__sql_page[]; /* bytes of a page by its key */

#endif
