/* SPDX-License-Identifier: MIT */
/*
 * several.h - a store of many small chunks, asked on one thread and on
 * several, with an allocator that sees who calls it.
 */
#ifndef KPI_TESTS_SEVERAL_H
#define KPI_TESTS_SEVERAL_H

#include <pthread.h>
#include <stdatomic.h>

#include "random_interactions.h"
#include "sample_store.h"

#define SEVERAL_CHUNK 16

typedef struct watched {
	pthread_t caller;
	atomic_llong calls, others, bytes;
	atomic_llong fail_at; /* from 1; 0: none */
	int once;
	atomic_int no_small; /* what is smaller than a scan fails */
	atomic_int unblocked; /* calls of others that take signals */
} watched;

extern watched watch;

/* The n-th allocation from now on fails; 0: none does. */
void fail_from(long long n, int once);

/* NULL: in memory. */
kpi_store *open_small(const char *path);
void set_threads(kpi_store *store, uint64_t threads);

/* In many commits, so that there are several pieces of a tail too. */
void fill(kpi_store *store, const random_interactions *made);

/* What comes of a question; its bytes are the caller's to free. */
sample_answer answer_of(kpi_store *store, uint64_t threads,
    const kpi_query *query, kpi_definition *const *definitions,
    uint32_t count);
int is_same(const sample_answer *a, const sample_answer *b);

/* Asks on one thread and on several; gives the status. */
kpi_status check_same(kpi_store *store, const kpi_query *query,
    kpi_definition *const *definitions, uint32_t count, const char *said);

/* Definitions with something of each kind that is put together. */
#define MIXED 12

extern const char *const mixed[MIXED];

void make_mixed(kpi_definition *d[MIXED]);
void free_mixed(kpi_definition *d[MIXED]);

/* A store in which all of them have a value. */
kpi_store *mixed_store(const char *path);

#endif
