/* SPDX-License-Identifier: MIT */
/*
 * dictionary.h - the texts of one field, numbered from 1 as they were first
 * seen; 0 is the unknown text.
 *
 * Those up to `base` are in pages that a file has sealed, and here only as
 * far as they were asked for (store/names.h); those behind it are all here.
 *
 * One thread changes a dictionary, under the lock; it looks up without it.
 * Other threads look up codes under the lock, and read texts of codes that a
 * snapshot has shown them without.
 */
#ifndef KPI_STORE_DICTIONARY_H
#define KPI_STORE_DICTIONARY_H

#include <pthread.h>

#include "store/arena.h"
#include "store/erased.h"
#include "store/index.h"

#define KPI__DICTIONARY_PAGES 24
#define KPI__TEXT_PAGE        4096 /* texts of a sealed page */

/* A sealed page: texts that end in a NUL; `at` 0: the text is erased. */
typedef struct kpi__text_page {
	size_t size; /* of this block of memory */
	uint32_t at[KPI__TEXT_PAGE];
	char bytes[]; /* the first is NUL */
} kpi__text_page;

typedef struct kpi__dictionary {
	kpi__index index;
	kpi__arena arena;
	pthread_mutex_t *lock;
	const char *
	    *page[KPI__DICTIONARY_PAGES]; /* each twice the one before */
	uint32_t base;
	_Atomic(kpi__text_page *) *sealed; /* NULL: not read yet */
	/* the writer's, while it looks up many: the words of all texts up
	 * to base, as those of one run (store/run.h); NULL: not made */
	uint64_t *all;
	uint32_t all_count;
	uint32_t asked; /* texts up to base that it looked up without */
} kpi__dictionary;

void kpi__dictionary_init(
    kpi__dictionary *d, const kpi_allocator *allocator, pthread_mutex_t *lock);
void kpi__dictionary_free(kpi__dictionary *d);

/* Makes `base`, whole pages, the codes that are not here; there is no text
 * yet. KPI_ENOMEM. */
kpi_status kpi__dictionary_begin(
    kpi__dictionary *d, uint32_t base) KPI_MUST_CHECK;

/* Texts there are; codes go from 1 to this. */
uint32_t kpi__dictionary_count(const kpi__dictionary *d);

uint64_t kpi__dictionary_hash(const char *text, size_t size);

/* The first code behind base that has the text and is not erased; 0 if there
 * is none. */
uint32_t kpi__dictionary_find(const kpi__dictionary *d, const char *text,
    size_t size, uint64_t hash, const kpi__erased *erased);

/* Appends a text that is not there, or "" for one that is erased;
 * KPI_ENOMEM, KPI_EOVERFLOW. */
kpi_status kpi__dictionary_add(kpi__dictionary *d, const char *text,
    size_t size, uint64_t hash, uint32_t *code) KPI_MUST_CHECK;

/* `code` behind base, up to the count. */
const char *kpi__dictionary_text(const kpi__dictionary *d, uint32_t code);
uint64_t kpi__dictionary_hash_at(const kpi__dictionary *d, uint32_t code);

/* Forgets all codes above `count`. */
void kpi__dictionary_truncate(kpi__dictionary *d, uint32_t count);

/* The sealed page `number`, from 0; NULL: not read yet. */
const kpi__text_page *kpi__dictionary_page(
    const kpi__dictionary *d, uint32_t number);
/* Takes over `page`, unless another thread was faster: then it is freed, and
 * *added 0. Returns the one that is here. */
const kpi__text_page *kpi__dictionary_put_page(
    kpi__dictionary *d, uint32_t number, kpi__text_page *page, int *added);
/* Frees `all`. */
void kpi__dictionary_forget_all(kpi__dictionary *d);
/* Forgets what was read; nobody else may have a text of it. */
void kpi__dictionary_forget_pages(kpi__dictionary *d);

#endif
