/* SPDX-License-Identifier: MIT */
#include "ingest/csv_texts.h"

#include <string.h>

#include "base/memory.h"
#include "ingest/text_ends.h"

#define FIRST_SLOTS 64
#define MOST_KEPT   262144 /* about 40 MB of them */

void
kpi__csv_texts_init(kpi__csv_texts *texts, const kpi_allocator *a)
{
	memset(texts, 0, sizeof(*texts));
	texts->allocator = a;
	kpi__arena_init(&texts->arena, a);
}

void
kpi__csv_texts_free(kpi__csv_texts *texts)
{
	const kpi_allocator *const a = texts->allocator;

	kpi__release(a, texts->at, texts->room, sizeof(*texts->at));
	kpi__release(a, texts->slot, texts->slots, sizeof(*texts->slot));
	kpi__arena_free(&texts->arena);
	kpi__csv_texts_init(texts, a);
}

int
kpi__csv_texts_are_many(const kpi__csv_texts *texts)
{
	return texts->count > MOST_KEPT;
}

static int
is_same(const kpi__csv_texts *texts, const kpi__csv_slot *slot,
    const uint64_t ends[2], const char *cell, uint32_t size)
{
	return slot->ends[0] == ends[0] && slot->ends[1] == ends[1] &&
	    slot->size == size &&
	    (size <= KPI__ENDS_ARE_ALL ||
		memcmp(texts->at[slot->number - 1].raw, cell, size) == 0);
}

/* Twice as many slots as texts, at least. */
static kpi_status
widen(kpi__csv_texts *texts)
{
	const size_t slots = texts->slots == 0 ? FIRST_SLOTS : texts->slots * 2;
	kpi__csv_slot *const slot =
	    kpi__new_zeroed(texts->allocator, slots, sizeof(*slot));

	if (slot == NULL)
		return KPI_ENOMEM;
	for (size_t i = 0; i < texts->slots; i++) {
		const kpi__csv_slot *const from = &texts->slot[i];
		size_t at;

		if (from->number == 0)
			continue;
		at = (size_t)kpi__text_ends_hash(from->ends,
			 texts->at[from->number - 1].raw, from->size) &
		    (slots - 1);
		while (slot[at].number != 0)
			at = (at + 1) & (slots - 1);
		slot[at] = *from;
	}
	kpi__release(
	    texts->allocator, texts->slot, texts->slots, sizeof(*slot));
	texts->slot = slot;
	texts->slots = slots;
	return KPI_OK;
}

/* Adds the text of a slot that is free. */
static kpi_status
add(kpi__csv_texts *texts, kpi__csv_slot *slot, const uint64_t ends[2],
    const char *cell, uint32_t size)
{
	kpi__csv_text *text;

	if (kpi__grow(texts->allocator, &texts->at, &texts->room,
		texts->count + (size_t)1, sizeof(*texts->at)) != KPI_OK)
		return KPI_ENOMEM;
	text = &texts->at[texts->count];
	memset(text, 0, sizeof(*text));
	text->size = size;
	text->raw = kpi__arena_copy(&texts->arena, cell, size);
	if (text->raw == NULL)
		return KPI_ENOMEM;
	slot->ends[0] = ends[0];
	slot->ends[1] = ends[1];
	slot->size = size;
	slot->number = ++texts->count;
	return KPI_OK;
}

kpi_status
kpi__csv_texts_find(kpi__csv_texts *texts, const char *cell, uint32_t size,
    kpi__csv_slot **slot, int *is_new)
{
	uint64_t ends[2];
	size_t at;

	if (texts->count >= texts->slots / 2 && widen(texts) != KPI_OK)
		return KPI_ENOMEM;
	kpi__text_ends(ends, cell, size);
	at = (size_t)kpi__text_ends_hash(ends, cell, size) & (texts->slots - 1);
	while (texts->slot[at].number != 0 &&
	    !is_same(texts, &texts->slot[at], ends, cell, size))
		at = (at + 1) & (texts->slots - 1);
	*slot = &texts->slot[at];
	*is_new = (*slot)->number == 0;
	return *is_new ? add(texts, *slot, ends, cell, size) : KPI_OK;
}

void
kpi__csv_texts_fetch(
    const kpi__csv_texts *texts, const char *cell, uint32_t size)
{
	const kpi__csv_slot *slot;
	uint64_t ends[2];

	kpi__text_ends(ends, cell, size);
	slot = &texts->slot[(size_t)kpi__text_ends_hash(ends, cell, size) &
	    (texts->slots - 1)];
	__builtin_prefetch(slot);
	__builtin_prefetch(&slot->reserved);
}
