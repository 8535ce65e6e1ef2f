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

void
kpi__dictionary_free(kpi__dictionary *d)
{
	for (unsigned i = 0; i < KPI__DICTIONARY_PAGES; i++)
		kpi__release(d->index.allocator, d->page[i],
		    (size_t)FIRST_PAGE << i, sizeof(char *));
	memset(d->page, 0, sizeof(d->page));
	kpi__index_free(&d->index);
	kpi__arena_free(&d->arena);
}

uint32_t
kpi__dictionary_count(const kpi__dictionary *d)
{
	return d->index.count;
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
	const unsigned page = page_of(code - 1, &within);

	return d->page[page][within];
}

uint32_t
kpi__dictionary_find(
    const kpi__dictionary *d, const char *text, size_t size, uint64_t hash)
{
	size_t cursor;
	uint32_t number = kpi__index_first(&d->index, hash, &cursor);

	while (number != KPI__INDEX_NONE) {
		const char *known = kpi__dictionary_text(d, number + 1);

		if (strncmp(known, text, size) == 0 && known[size] == '\0')
			return number + 1;
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

	if (page >= KPI__DICTIONARY_PAGES)
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
		*code = d->index.count;
	pthread_mutex_unlock(d->lock);
	return status;
}

void
kpi__dictionary_truncate(kpi__dictionary *d, uint32_t count)
{
	if (d->index.count <= count)
		return;
	pthread_mutex_lock(d->lock);
	kpi__arena_reset(&d->arena, kpi__dictionary_text(d, count + 1));
	kpi__index_truncate(&d->index, count);
	pthread_mutex_unlock(d->lock);
}
