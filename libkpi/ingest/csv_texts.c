/* SPDX-License-Identifier: MIT */
#include "ingest/csv_texts.h"

#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"

#define WORTH_KEEPING 4096

void
kpi__csv_texts_init(kpi__csv_texts *texts, const kpi_allocator *a)
{
	memset(texts, 0, sizeof(*texts));
	kpi__index_init(&texts->index, a);
	kpi__arena_init(&texts->arena, a);
}

void
kpi__csv_texts_free(kpi__csv_texts *texts)
{
	const kpi_allocator *const a = texts->index.allocator;

	kpi__release(a, texts->at, texts->room, sizeof(*texts->at));
	kpi__arena_free(&texts->arena);
	kpi__index_free(&texts->index);
	kpi__csv_texts_init(texts, a);
}

void
kpi__csv_texts_trim(kpi__csv_texts *texts)
{
	if (texts->index.count > WORTH_KEEPING)
		kpi__csv_texts_free(texts);
}

/* Not that of the file: it serves this import alone. */
static uint64_t
hash_of(const char *cell, uint32_t size)
{
	const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
	uint64_t hash = size * odd;

	for (; size >= 8; cell += 8, size -= 8) {
		hash = (hash ^ kpi__get64(cell)) * odd;
		hash ^= hash >> 32;
	}
	for (; size > 0; size--)
		hash = (hash ^ (unsigned char)*cell++) * odd;
	return hash ^ hash >> 29;
}

kpi_status
kpi__csv_texts_number(kpi__csv_texts *texts, const char *cell, uint32_t size,
    uint32_t *number, int *is_new)
{
	const uint64_t hash = hash_of(cell, size);
	size_t cursor;
	kpi__csv_text *text;
	kpi_status status;

	*is_new = 0;
	*number = kpi__index_first(&texts->index, hash, &cursor);
	while (*number != KPI__INDEX_NONE) {
		text = &texts->at[*number];
		if (text->size == size && memcmp(text->raw, cell, size) == 0)
			return KPI_OK;
		*number = kpi__index_next(&texts->index, hash, &cursor);
	}
	status = kpi__grow(texts->index.allocator, &texts->at, &texts->room,
	    texts->index.count + (size_t)1, sizeof(*texts->at));
	if (status != KPI_OK)
		return status;
	text = &texts->at[texts->index.count];
	memset(text, 0, sizeof(*text));
	text->size = size;
	text->raw = kpi__arena_copy(&texts->arena, cell, size);
	if (text->raw == NULL)
		return KPI_ENOMEM;
	*number = texts->index.count;
	*is_new = 1;
	return kpi__index_put(&texts->index, hash);
}
