/* SPDX-License-Identifier: MIT */
/*
 * state.h - the insides of a store and of a snapshot.
 *
 * Locks, in the order in which one may be taken while another is held:
 * `turn` (one writer at a time; held while it waits for other processes),
 * `write` (who changes the state: a writer, or a reader that takes in what
 * another process has committed), `publish` (which snapshot is the present
 * one), `known`, `lookup` (dictionaries and ids of the tail), the cache's,
 * that of the reading connections.
 */
#ifndef KPI_STORE_STATE_H
#define KPI_STORE_STATE_H

#include <pthread.h>

#include "store/activity.h"
#include "store/cache.h"
#include "store/dictionary.h"
#include "store/erased.h"
#include "store/bloom.h"
#include "store/kept.h"
#include "store/ledger.h"
#include "store/snapshot.h"
#include "store/tail_ids.h"
#include "store/version.h"

/* Agents and sources of activities have a dictionary of their own. */
#define KPI__NAMES_OF_ACTIVITY KPI__DICTIONARIES
#define KPI__ALL_DICTIONARIES  (KPI__DICTIONARIES + 1)

#define KPI__CUSTOMERS 1 /* their dictionary, of field.c */

struct kpi__snapshot {
	kpi_store *store;
	atomic_uint refs;
	uint64_t number; /* its own in this store */
	kpi__list *sealed, *tail;
	kpi__tail_ids *ids;
	uint32_t id_count; /* entries of `ids` that it may see */
	uint32_t codes[KPI__ALL_DICTIONARIES]; /* texts that it may see */
	uint32_t spans;      /* of the store's activities that it may see */
	uint32_t activities; /* those that no later one replaces */
	uint32_t entries;    /* of the store's ledger that it may see */
	uint32_t kinds[KPI__LEDGER_KINDS]; /* those of each that hold */
	kpi__kept *kept;
	kpi__erased *erased;
	uint64_t interactions, rows; /* living */
	uint64_t sealed_ids;         /* in chunks, dead ones too */
	/* of a store in a file: what of it has been read */
	/* an epoch is a life of the rows of one tail */
	uint64_t commit, epoch;
	uint64_t last_dead, last_patch, last_tail_dead;
};

struct kpi_store {
	kpi_allocator allocator;
	atomic_uint refs; /* the handle, and snapshots outside */
	int64_t process;  /* that opened it */
	uint64_t flags;
	int32_t if_exists;
	atomic_uint threads; /* that may answer a question, at least 1 */
	pthread_mutex_t turn, write, publish, known, lookup;
	atomic_int writing;     /* a call holds `write` and knows all commits */
	struct kpi__disk *disk; /* NULL: in memory */
	kpi__snapshot *present; /* under `publish` */
	uint32_t outside;       /* snapshots that are; under `publish` */
	kpi__snapshot *batch;   /* the next, while a batch is open */
	kpi__dictionary dictionary[KPI__ALL_DICTIONARIES];
	atomic_size_t named_bytes; /* of their pages that were read */
	kpi__activities activities;
	kpi__ledger ledger;
	kpi__cache cache;
	kpi__bloom filter;  /* of the ids in chunks; the writer's */
	uint32_t unfiltered; /* calls that wrote without it */
	uint64_t chunks;     /* numbers given to chunks */
	uint64_t serials;    /* given to patches */
	uint64_t renames;    /* how often codes of texts were taken back or
				erased; under `write` */
	uint64_t snapshots;  /* numbers given to them */
	uint64_t sheaves;    /* numbers given to those of the tail */
	uint32_t chunk_size; /* interactions of a chunk; set by tests too */
	uint64_t settle_at;  /* closed interactions that make chunks */
};

/* The lists one behind the other. */
kpi__version *kpi__snapshot_version(
    const kpi__snapshot *snapshot, uint32_t part);

/* A snapshot of what `base` has (NULL: of nothing), to be changed. NULL: no
 * memory. */
kpi__snapshot *kpi__snapshot_next(kpi_store *store, const kpi__snapshot *base);
/* Without the count of the store's references. */
void kpi__snapshot_drop(kpi__snapshot *snapshot);

/* KPI_EFORK, with its text, in a process that did not open the store. */
kpi_status kpi__store_process(
    const kpi_store *store, kpi_error *error) KPI_MUST_CHECK;
void kpi__store_release(kpi_store *store);

#endif
