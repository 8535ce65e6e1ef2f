/* SPDX-License-Identifier: MIT */
/*
 * sample_store.h - a small store with something of everything in it, and all
 * that a store answers, as bytes.
 */
#ifndef KPI_TESTS_SAMPLE_STORE_H
#define KPI_TESTS_SAMPLE_STORE_H

#include <kpi.h>

#include "sample_records.h"

/*
 * Everything that a store can be told: `count` interactions one by one and as
 * many by column, activities, employments, expenses, late answers, new visits, deletions, a reader's
 * place.
 */
kpi_status sample_fill(
    kpi_store *store, uint32_t count, kpi_error *error) KPI_MUST_CHECK;

/* Chunks of that many interactions from now on, so that there are some. */
void sample_small_chunks(kpi_store *store, uint32_t size);

enum {
	SAMPLE_ALL,     /* every metric, of all */
	SAMPLE_GROUPED, /* by agent and month */
	SAMPLE_SOME,    /* filtered, by queue and day */
	SAMPLE_PEOPLE,  /* agents' time and backlog, by agent and day */
	SAMPLE_REPEATS,
	SAMPLE_ROWS, /* every field of every interaction, in any order */
	SAMPLE_ACTIVITIES,
	SAMPLE_LEDGER, /* employments, expenses, turnover and cost */
	SAMPLE_FOUND, /* interactions by id */
	SAMPLE_INFO,
	SAMPLE_KEPT, /* a reader's place */
	SAMPLE_CHECK,
	SAMPLE_PARTS
};

/* What a store says to each question: bytes if the status is KPI_OK. */
typedef struct sample_answer {
	kpi_status status;
	char text[256]; /* of the error */
	size_t size;
	unsigned char *bytes;
} sample_answer;

/* Asks question `part`, queries and results with memory of `allocator` (NULL:
 * malloc). Asserts that out parameters are NULL on failure. */
void sample_ask(sample_answer *answer, kpi_store *store, int part,
    const kpi_allocator *allocator);

void sample_ask_all(sample_answer answers[SAMPLE_PARTS], kpi_store *store);
void sample_free(sample_answer answers[SAMPLE_PARTS]);

/* The first part in which two stores differ; SAMPLE_PARTS: none. */
int sample_compare(const sample_answer *a, const sample_answer *b);

/* Where to put files: in memory if that is to be had, as no disk is tested. */
const char *sample_directory(void);

/* xorshift: the same numbers on every machine. */
uint64_t sample_random(uint64_t *seed, uint64_t below);

/* Under valgrind or a sanitizer, when KPI_WRAPPED says so, the fewer. */
int sample_rounds(int all, int wrapped);

#endif
