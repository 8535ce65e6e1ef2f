/* SPDX-License-Identifier: MIT */
#include "ingest/text_codes.h"

#include <string.h>

#include "base/memory.h"
#include "ingest/text_ends.h"

/* More than the nearer caches hold would be no faster than the dictionary. */
#define FIRST_SLOTS 64
#define MOST_SLOTS  65536

void
kpi__text_codes_free(kpi__text_codes *codes, const kpi_allocator *allocator)
{
	kpi__release(
	    allocator, codes->slot, codes->slots, sizeof(*codes->slot));
	memset(codes, 0, sizeof(*codes));
}

static size_t
seek(const kpi__text_code *slot, size_t slots, const uint64_t ends[2],
    const char *text, uint32_t size)
{
	size_t at = (size_t)kpi__text_ends_hash(ends, text, size) & (slots - 1);

	for (; slot[at].code != 0; at = (at + 1) & (slots - 1))
		if (slot[at].ends[0] == ends[0] &&
		    slot[at].ends[1] == ends[1] && slot[at].size == size &&
		    (size <= KPI__ENDS_ARE_ALL ||
			memcmp(slot[at].text, text, size) == 0))
			break;
	return at;
}

/* Twice as many slots as texts, at least; where they would be too many, all
 * are forgotten. */
static kpi_status
make_room(kpi__text_codes *codes, const kpi_allocator *allocator)
{
	const size_t slots = codes->slots == 0 ? FIRST_SLOTS : codes->slots * 4;
	kpi__text_code *slot;

	if (slots > MOST_SLOTS) {
		memset(codes->slot, 0, codes->slots * sizeof(*codes->slot));
		codes->count = 0;
		return KPI_OK;
	}
	slot = kpi__new_zeroed(allocator, slots, sizeof(*slot));
	if (slot == NULL)
		return KPI_ENOMEM;
	for (size_t i = 0; i < codes->slots; i++) {
		const kpi__text_code *from = &codes->slot[i];

		if (from->code != 0)
			slot[seek(slot, slots, from->ends, from->text,
			    from->size)] = *from;
	}
	kpi__release(allocator, codes->slot, codes->slots, sizeof(*slot));
	codes->slot = slot;
	codes->slots = slots;
	return KPI_OK;
}

kpi_status
kpi__text_codes_find(kpi__text_codes *codes, const kpi_allocator *allocator,
    const char *text, uint32_t size, kpi__text_code **slot)
{
	uint64_t ends[2];

	if (codes->count >= codes->slots / 2 &&
	    make_room(codes, allocator) != KPI_OK)
		return KPI_ENOMEM;
	kpi__text_ends(ends, text, size);
	*slot = &codes->slot[seek(codes->slot, codes->slots, ends, text, size)];
	if ((*slot)->code == 0) {
		(*slot)->ends[0] = ends[0];
		(*slot)->ends[1] = ends[1];
		(*slot)->text = text;
		(*slot)->size = size;
	}
	return KPI_OK;
}
