/* SPDX-License-Identifier: MIT */
#include "store/dictionary.h"

#include <string.h>

#include "base/checksum.h"
#include "base/memory.h"

#define FIRST_PAGE 64

void
kpi__dictionary_init(
    kpi__dictionary *d, const kpi_allocator *allocator, pthread_mutex_t *lock)
{
	memset(d, 0, sizeof(*d));
	kpi__index_init(&d->index, allocator);
	kpi__arena_init(&d->arena, allocator);
	d->lock = lock;
}

static uint32_t
sealed_pages(const kpi__dictionary *d)
{
	return d->base / KPI__TEXT_PAGE;
}

static void
free_sealed(kpi__dictionary *d)
{
	kpi__dictionary_forget_pages(d);
	kpi__dictionary_forget_all(d);
	kpi__release(
	    d->index.allocator, d->sealed, sealed_pages(d), sizeof(*d->sealed));
	d->sealed = NULL;
	d->base = 0;
}

void
kpi__dictionary_free(kpi__dictionary *d)
{
	free_sealed(d);
	for (unsigned i = 0; i < KPI__DICTIONARY_PAGES; i++)
		kpi__release(d->index.allocator, d->page[i],
		    (size_t)FIRST_PAGE << i, sizeof(char *));
	memset(d->page, 0, sizeof(d->page));
	kpi__index_free(&d->index);
	kpi__arena_free(&d->arena);
}

kpi_status
kpi__dictionary_begin(kpi__dictionary *d, uint32_t base)
{
	const uint32_t pages = base / KPI__TEXT_PAGE;
	_Atomic(kpi__text_page *) *sealed;

	if (pages == 0)
		return KPI_OK;
	sealed = kpi__new_array(d->index.allocator, pages, sizeof(*sealed));
	if (sealed == NULL)
		return KPI_ENOMEM;
	for (uint32_t p = 0; p < pages; p++)
		atomic_init(&sealed[p], NULL);
	pthread_mutex_lock(d->lock);
	d->sealed = sealed;
	d->base = base;
	pthread_mutex_unlock(d->lock);
	return KPI_OK;
}

uint32_t
kpi__dictionary_count(const kpi__dictionary *d)
{
	return d->base + d->index.count;
}

uint64_t
kpi__dictionary_hash(const char *text, size_t size)
{
	return kpi__checksum(text, size, 0);
}

static unsigned
page_of(uint32_t number, uint32_t *within)
{
	uint32_t first = 0, size = FIRST_PAGE;
	unsigned page = 0;

	while (number - first >= size) {
		first += size;
		size *= 2;
		page++;
	}
	*within = number - first;
	return page;
}

const char *
kpi__dictionary_text(const kpi__dictionary *d, uint32_t code)
{
	uint32_t within;
	const unsigned page = page_of(code - d->base - 1, &within);

	return d->page[page][within];
}

uint64_t
kpi__dictionary_hash_at(const kpi__dictionary *d, uint32_t code)
{
	return d->index.hash[code - d->base - 1];
}

uint32_t
kpi__dictionary_find(const kpi__dictionary *d, const char *text, size_t size,
    uint64_t hash, const kpi__erased *erased)
{
	size_t cursor;
	uint32_t number = kpi__index_first(&d->index, hash, &cursor);

	while (number != KPI__INDEX_NONE) {
		const uint32_t code = d->base + number + 1;
		const char *known = kpi__dictionary_text(d, code);

		if (strncmp(known, text, size) == 0 && known[size] == '\0' &&
		    !kpi__erased_has(erased, code))
			return code;
		number = kpi__index_next(&d->index, hash, &cursor);
	}
	return 0;
}

static kpi_status
append(kpi__dictionary *d, const char *text, size_t size, uint64_t hash)
{
	const kpi_allocator *a = d->index.allocator;
	uint32_t within;
	const unsigned page = page_of(d->index.count, &within);
	kpi_status status;
	char *copy;

	if (page >= KPI__DICTIONARY_PAGES ||
	    kpi__dictionary_count(d) == UINT32_MAX - 1)
		return KPI_EOVERFLOW;
	if (d->page[page] == NULL)
		d->page[page] = kpi__new_zeroed(
		    a, (size_t)FIRST_PAGE << page, sizeof(char *));
	if (d->page[page] == NULL)
		return KPI_ENOMEM;
	status = kpi__index_reserve(&d->index, 1);
	if (status != KPI_OK)
		return status;
	copy = kpi__arena_copy(&d->arena, text, size);
	if (copy == NULL)
		return KPI_ENOMEM;
	d->page[page][within] = copy;
	return kpi__index_put(&d->index, hash);
}

kpi_status
kpi__dictionary_add(kpi__dictionary *d, const char *text, size_t size,
    uint64_t hash, uint32_t *code)
{
	kpi_status status;

	pthread_mutex_lock(d->lock);
	status = append(d, text, size, hash);
	if (status == KPI_OK)
		*code = kpi__dictionary_count(d);
	pthread_mutex_unlock(d->lock);
	return status;
}

void
kpi__dictionary_truncate(kpi__dictionary *d, uint32_t count)
{
	if (kpi__dictionary_count(d) <= count)
		return;
	pthread_mutex_lock(d->lock);
	/* What could not be read for the first time was not there before. */
	if (count < d->base) {
		kpi__arena_free(&d->arena);
		kpi__index_truncate(&d->index, 0);
		free_sealed(d);
	} else {
		kpi__arena_reset(&d->arena, kpi__dictionary_text(d, count + 1));
		kpi__index_truncate(&d->index, count - d->base);
	}
	pthread_mutex_unlock(d->lock);
}

const kpi__text_page *
kpi__dictionary_page(const kpi__dictionary *d, uint32_t number)
{
	return atomic_load_explicit(&d->sealed[number], memory_order_acquire);
}

const kpi__text_page *
kpi__dictionary_put_page(
    kpi__dictionary *d, uint32_t number, kpi__text_page *page, int *added)
{
	kpi__text_page *there = NULL;

	*added =
	    atomic_compare_exchange_strong(&d->sealed[number], &there, page);
	if (*added)
		return page;
	kpi__release(d->index.allocator, page, page->size, 1);
	return there;
}

void
kpi__dictionary_forget_pages(kpi__dictionary *d)
{
	for (uint32_t p = 0; p < sealed_pages(d); p++) {
		kpi__text_page *page = atomic_exchange(&d->sealed[p], NULL);

		if (page != NULL)
			kpi__release(d->index.allocator, page, page->size, 1);
	}
}

void
kpi__dictionary_forget_all(kpi__dictionary *d)
{
	kpi__release(d->index.allocator, d->all, d->base, sizeof(*d->all));
	d->all = NULL;
	d->all_count = 0;
}
