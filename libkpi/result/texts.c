/* SPDX-License-Identifier: MIT */
#include "result/texts.h"

#include <string.h>

#include "base/checksum.h"
#include "base/memory.h"
#include "result/order.h"

void
kpi__texts_free(kpi__texts *t, const kpi_allocator *a)
{
	kpi__release(a, t->bytes, t->bytes_room, 1);
	kpi__release(a, t->offset, t->room, sizeof(*t->offset));
	kpi__release(a, t->slot, t->slot_count, sizeof(*t->slot));
	memset(t, 0, sizeof(*t));
}

const char *
kpi__texts_get(const kpi__texts *t, uint32_t place)
{
	return t->bytes + t->offset[place];
}

/* The slot that holds the text, or the free one where it belongs. */
static uint32_t *
slot_of(const kpi__texts *t, const char *text, size_t size)
{
	size_t at = (size_t)kpi__checksum(text, size, 0) & (t->slot_count - 1);

	while (t->slot[at] != 0 &&
	    strcmp(kpi__texts_get(t, t->slot[at] - 1), text) != 0)
		at = (at + 1) & (t->slot_count - 1);
	return &t->slot[at];
}

/* Kept at most half full. */
static kpi_status
reserve_slots(kpi__texts *t, const kpi_allocator *a)
{
	kpi__texts grown = *t;

	if ((t->count + 1) * 2 <= t->slot_count)
		return KPI_OK;
	if (t->slot_count == 0)
		grown.slot_count = 16;
	while (grown.slot_count < (t->count + 1) * 2)
		grown.slot_count *= 2;
	grown.slot = kpi__new_zeroed(a, grown.slot_count, sizeof(*grown.slot));
	if (grown.slot == NULL)
		return KPI_ENOMEM;
	for (uint32_t i = 0; i < t->count; i++) {
		const char *text = kpi__texts_get(t, i);

		*slot_of(&grown, text, strlen(text)) = i + 1;
	}
	kpi__release(a, t->slot, t->slot_count, sizeof(*t->slot));
	*t = grown;
	return KPI_OK;
}

kpi_status
kpi__texts_append(
    kpi__texts *t, const kpi_allocator *a, const char *text, size_t size)
{
	if (t->count >= KPI__NO_TEXT - 1)
		return KPI_EOVERFLOW;
	if (kpi__grow(a, &t->bytes, &t->bytes_room, t->size + size + 1, 1) !=
	    KPI_OK)
		return KPI_ENOMEM;
	if (kpi__grow(a, &t->offset, &t->room, t->count + 1,
		sizeof(*t->offset)) != KPI_OK)
		return KPI_ENOMEM;
	memcpy(t->bytes + t->size, text, size);
	t->bytes[t->size + size] = '\0';
	t->offset[t->count++] = t->size;
	t->size += size + 1;
	return KPI_OK;
}

kpi_status
kpi__texts_intern(
    kpi__texts *t, const kpi_allocator *a, const char *text, uint32_t *place)
{
	const size_t size = strlen(text);
	uint32_t *slot;
	kpi_status status = reserve_slots(t, a);

	if (status != KPI_OK)
		return status;
	slot = slot_of(t, text, size);
	if (*slot == 0) {
		status = kpi__texts_append(t, a, text, size);
		if (status != KPI_OK)
			return status;
		*slot = (uint32_t)t->count;
	}
	*place = *slot - 1;
	return KPI_OK;
}

static int
compare_texts(const void *ctx, uint32_t a, uint32_t b)
{
	const kpi__texts *t = ctx;

	return strcmp(kpi__texts_get(t, a), kpi__texts_get(t, b));
}

/* Leaves the offsets of the `used` texts, in that order. */
static void
arrange(kpi__texts *t, const uint32_t *order, size_t used, size_t *offset)
{
	for (size_t i = 0; i < used; i++)
		offset[i] = t->offset[order[i]];
	memcpy(t->offset, offset, used * sizeof(*offset));
	t->count = used;
}

kpi_status
kpi__texts_sort(kpi__texts *t, const kpi_allocator *a, uint32_t *codes,
    size_t count, size_t stride)
{
	const size_t n = t->count;
	uint32_t *order = kpi__new_array(a, n, sizeof(*order));
	uint32_t *rank = kpi__new_zeroed(a, n, sizeof(*rank));
	size_t *offset = kpi__new_array(a, n, sizeof(*offset));
	kpi_status status = KPI_OK;
	size_t used = 0;

	if (n == 0)
		return KPI_OK;
	if (order == NULL || rank == NULL || offset == NULL) {
		status = KPI_ENOMEM;
		goto done;
	}

	for (size_t i = 0; i < count; i++)
		if (codes[i * stride] != KPI__NO_TEXT)
			rank[codes[i * stride]] = 1;
	for (uint32_t i = 0; i < n; i++)
		if (rank[i])
			order[used++] = i;
	kpi__order_places(order, rank, used, compare_texts, t); /* rank is spare */
	for (uint32_t i = 0; i < used; i++)
		rank[order[i]] = i;
	for (size_t i = 0; i < count; i++)
		if (codes[i * stride] != KPI__NO_TEXT)
			codes[i * stride] = rank[codes[i * stride]];
	arrange(t, order, used, offset);
	kpi__release(a, t->slot, t->slot_count, sizeof(*t->slot));
	t->slot = NULL;
	t->slot_count = 0;
done:
	kpi__release(a, order, n, sizeof(*order));
	kpi__release(a, rank, n, sizeof(*rank));
	kpi__release(a, offset, n, sizeof(*offset));
	return status;
}
