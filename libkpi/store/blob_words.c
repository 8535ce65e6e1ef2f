/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "store/blob.h"
#include "store/blob_head.h"
#include "store/pack.h"

#define BATCH 1024 /* numbers that are unpacked at once */

/* Hashes and places apart: the ones rise by little, as they are sorted. */
void
kpi__blob_put_words(
    kpi__buffer *out, uint64_t key, const uint64_t *words, uint32_t count)
{
	const kpi__blob_head h = { KPI__BLOB_OF_RUN, 0, KPI__BLOB_WORDS, 0, 0,
		count, key, 0, 0 };
	const size_t room = (size_t)count + 1;
	uint64_t *numbers =
	    kpi__new_array(out->allocator, room, sizeof(*numbers));

	if (numbers == NULL) {
		out->status = KPI_ENOMEM;
		return;
	}
	kpi__blob_head_put(out, &h);
	for (uint32_t i = 0; i < count; i++)
		numbers[i] = words[i] >> KPI__RUN_MOST_BITS;
	kpi__pack(out, numbers, count, 1);
	for (uint32_t i = 0; i < count; i++)
		numbers[i] = words[i] & ~KPI__RUN_HASH;
	kpi__pack(out, numbers, count, 0);
	kpi__release(out->allocator, numbers, room, sizeof(*numbers));
}

/* Adds a pack's numbers, `up` bits up, to the words. Its end, or NULL. */
static const unsigned char *
add_pack(uint64_t *words, uint32_t count, unsigned up,
    const unsigned char *bytes, const unsigned char *end)
{
	uint64_t numbers[BATCH], all = 0;
	kpi__unpack u;

	if (!kpi__unpack_open(&u, bytes, (size_t)(end - bytes), count))
		return NULL;
	while (u.at < count) {
		const uint32_t at = u.at, left = count - at;
		const uint32_t n = left < BATCH ? left : BATCH;

		kpi__unpack_next(&u, numbers, n);
		for (uint32_t i = 0; i < n; i++) {
			words[at + i] |= numbers[i] << up;
			all |= numbers[i];
		}
	}
	all >>= up == 0 ? KPI__RUN_MOST_BITS : 64 - KPI__RUN_MOST_BITS;
	return u.bad || all != 0 ? NULL : u.end;
}

/* Places differ: the words of honest bytes are no more than these. */
kpi_status
kpi__blob_words(kpi__item **out, const kpi_allocator *allocator, uint64_t key,
    const void *bytes, size_t size, kpi_error *error)
{
	const unsigned char *at = bytes, *const end = at + size;
	kpi__item *item = NULL;
	kpi__blob_head h;

	*out = NULL;
	if (bytes == NULL ||
	    !kpi__blob_head_read(&h, bytes, size, KPI__BLOB_OF_RUN, key, 0) ||
	    h.encoding != KPI__BLOB_WORDS || h.width != 0 || h.values > size ||
	    h.values > UINT32_C(1) << KPI__RUN_MOST_BITS)
		at = NULL;
	if (at != NULL) {
		at += KPI__BLOB_HEAD;
		item = kpi__item_new(
		    allocator, KPI__ITEM_RUN, h.values * sizeof(uint64_t));
		if (item == NULL)
			return kpi__fail(
			    error, KPI_ENOMEM, "no memory for a run");
		item->words = kpi__item_payload(item);
		item->word_count = h.values;
		memset(kpi__item_payload(item), 0, h.values * sizeof(uint64_t));
		at = add_pack(kpi__item_payload(item), h.values,
		    KPI__RUN_MOST_BITS, at, end);
	}
	if (at != NULL)
		at = add_pack(kpi__item_payload(item), h.values, 0, at, end);
	if (at == NULL || at != end) {
		kpi__item_free(allocator, item);
		return kpi__fail(error, KPI_ECORRUPT,
		    "run %llu: not what it should be", (unsigned long long)key);
	}
	*out = item;
	return KPI_OK;
}
