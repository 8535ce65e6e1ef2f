/* SPDX-License-Identifier: MIT */
/*
 * dictionary.h - the texts of one field, numbered from 1 as they were first
 * seen; 0 is the unknown text.
 *
 * One thread changes a dictionary, under the lock; it looks up without it.
 * Other threads look up codes under the lock, and read texts of codes that a
 * snapshot has shown them without.
 */
#ifndef KPI_STORE_DICTIONARY_H
#define KPI_STORE_DICTIONARY_H

#include <pthread.h>

#include "store/arena.h"
#include "store/index.h"

#define KPI__DICTIONARY_PAGES 24

typedef struct kpi__dictionary {
	kpi__index index;
	kpi__arena arena;
	pthread_mutex_t *lock;
	const char *
	    *page[KPI__DICTIONARY_PAGES]; /* each twice the one before */
} kpi__dictionary;

void kpi__dictionary_init(
    kpi__dictionary *d, const kpi_allocator *allocator, pthread_mutex_t *lock);
void kpi__dictionary_free(kpi__dictionary *d);

/* Texts there are; codes go from 1 to this. */
uint32_t kpi__dictionary_count(const kpi__dictionary *d);

uint64_t kpi__dictionary_hash(const char *text, size_t size);

/* 0 if it is not there. */
uint32_t kpi__dictionary_find(
    const kpi__dictionary *d, const char *text, size_t size, uint64_t hash);

/* Appends a text that is not there; KPI_ENOMEM, KPI_EOVERFLOW. */
kpi_status kpi__dictionary_add(kpi__dictionary *d, const char *text,
    size_t size, uint64_t hash, uint32_t *code) KPI_MUST_CHECK;

/* `code` from 1 to the count. */
const char *kpi__dictionary_text(const kpi__dictionary *d, uint32_t code);

/* Forgets all codes above `count`. */
void kpi__dictionary_truncate(kpi__dictionary *d, uint32_t count);

#endif
