/* SPDX-License-Identifier: MIT */
#include "store/blob.h"

#include <string.h>

#include "base/bytes.h"
#include "base/error.h"
#include "store/input.h"

#define HEADER      40
#define CHUNKS      1
#define RUNS        2
#define MOST_OF_IDS (KPI__CHUNK_INTERACTIONS * (size_t)KPI_TEXT_MAX)

enum encoding { PLAIN = 1, IDS = 2, WORDS = 3 };

struct head {
	unsigned relation, item, encoding, width, has_unknown;
	uint32_t values;
	uint64_t chunk, generation;
	int64_t base;
};

static void
put_head(kpi__buffer *out, const struct head *h)
{
	unsigned char bytes[HEADER] = { 'K', (unsigned char)h->relation };

	bytes[2] = (unsigned char)h->item;
	bytes[3] = (unsigned char)h->encoding;
	kpi__put32(bytes + 4, h->values);
	kpi__put64(bytes + 8, h->chunk);
	kpi__put64(bytes + 16, h->generation);
	bytes[24] = (unsigned char)h->width;
	bytes[25] = (unsigned char)h->has_unknown;
	kpi__put64(bytes + 32, (uint64_t)h->base);
	kpi__buffer_put(out, bytes, sizeof(bytes));
}

/* Copies numbers between the machine's order and the file's. */
static void
copy_numbers(void *to, const void *from, size_t count, unsigned width)
{
#if KPI__BIG_ENDIAN
	for (size_t i = 0; i < count; i++) {
		unsigned char *t = (unsigned char *)to + i * width;
		const unsigned char *f =
		    (const unsigned char *)from + i * width;

		for (unsigned b = 0; b < width; b++)
			t[b] = f[width - 1 - b];
	}
#else
	if (count > 0 && width > 0)
		memcpy(to, from, count * width);
#endif
}

static void
put_numbers(kpi__buffer *out, const void *numbers, size_t count, unsigned width)
{
	const size_t at = out->size;

	kpi__buffer_put(out, numbers, count * width);
	if (out->status == KPI_OK)
		copy_numbers(out->bytes + at, numbers, count, width);
}

static void
put_ids(kpi__buffer *out, const kpi__item *item, uint32_t count, unsigned width)
{
	for (uint32_t i = 0; i < count; i++) {
		const uint32_t size = item->offsets[i + 1] - item->offsets[i];
		const unsigned char bytes[2] = { (unsigned char)size,
			(unsigned char)(size >> 8) };

		kpi__buffer_put(out, bytes, width);
	}
	kpi__buffer_put(out, item->bytes, item->offsets[count]);
}

static unsigned
width_of_sizes(const kpi__item *item, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (item->offsets[i + 1] - item->offsets[i] > UINT8_MAX)
			return 2;
	return 1;
}

void
kpi__blob_encode(
    kpi__buffer *out, const kpi__chunk *chunk, const kpi__item *item)
{
	struct head h = { CHUNKS, item->number, PLAIN, item->column.width,
		item->column.has_unknown, item->column.rows, chunk->number, 0,
		item->column.base };

	if (item->number == KPI_FIELD_ID) {
		h.encoding = IDS;
		h.values = chunk->interactions;
		h.width = width_of_sizes(item, h.values);
		put_head(out, &h);
		put_ids(out, item, h.values, h.width);
	} else {
		put_head(out, &h);
		put_numbers(out, item->column.data, h.values, h.width);
	}
}

static kpi_status
damaged(const kpi__chunk *chunk, uint32_t number, const char *what,
    kpi_error *error)
{
	const kpi__field *field = kpi__field_find((int32_t)number);

	return kpi__fail(error, KPI_ECORRUPT, "chunk %llu, %s: %s",
	    (unsigned long long)chunk->number,
	    field != NULL ? field->name : "rows", what);
}

/* Non-zero if the bytes begin with what they should be. */
static int
read_head(struct head *h, const unsigned char *bytes, size_t size,
    unsigned relation, uint64_t chunk, uint32_t number)
{
	static const unsigned char zero[6] = { 0 };

	if (size < HEADER || bytes[0] != 'K' || bytes[1] != relation ||
	    memcmp(bytes + 26, zero, sizeof(zero)) != 0)
		return 0;
	h->item = bytes[2];
	h->encoding = bytes[3];
	h->values = kpi__get32(bytes + 4);
	h->chunk = kpi__get64(bytes + 8);
	h->generation = kpi__get64(bytes + 16);
	h->width = bytes[24];
	h->has_unknown = bytes[25];
	h->base = (int64_t)kpi__get64(bytes + 32);
	return h->item == number && h->chunk == chunk &&
	    h->generation == 0 && h->has_unknown <= 1;
}

/* What the values of a piece may be. */
struct range {
	int64_t least, greatest;
	int may_be_unknown, sorted;
};

static struct range
range_of(const kpi__chunk *chunk, uint32_t number)
{
	const kpi__field *field = kpi__field_find((int32_t)number);
	struct range r = { 1, KPI__VISITS_MAX, 0, 0 };

	if (field == NULL)
		return r;
	r.least = field->least;
	r.greatest = field->greatest;
	r.sorted = field->number == KPI_FIELD_STARTED_AT;
	r.may_be_unknown = !r.sorted;
	if (field->type == KPI__TYPE_TEXT) {
		r.greatest = chunk->codes[field->dictionary];
		r.may_be_unknown = 0;
	}
	return r;
}

static int
column_holds(const kpi__column *c, const struct range *r)
{
	int64_t before = INT64_MIN;

	for (uint32_t i = 0; i < c->rows; i++) {
		const int64_t v = kpi__column_value(c, i);

		if (v == KPI_UNKNOWN) {
			if (!r->may_be_unknown)
				return 0;
			continue;
		}
		if (v < r->least || v > r->greatest)
			return 0;
		if (r->sorted && v < before)
			return 0;
		before = v;
		if (c->width == 0)
			return 1;
	}
	return 1;
}

/* Whether base + the widest number stays an int64_t. */
static int
base_holds(const struct head *h)
{
	if (h->width == 0)
		return !h->has_unknown;
	if (h->width == 8)
		return h->base == 0;
	return h->base >= -(INT64_C(1) << 62) && h->base < INT64_C(1) << 62;
}

static kpi_status
decode_plain(kpi__item **out, const kpi__chunk *chunk, const struct head *h,
    const unsigned char *payload, size_t size, kpi_error *error)
{
	const kpi__field *field = kpi__field_find((int32_t)h->item);
	const uint32_t values = field != NULL && field->of_visit
	    ? chunk->rows
	    : chunk->interactions;
	const struct range range = range_of(chunk, h->item);
	kpi__item *item;

	if (h->values != values || (h->width & (h->width - 1)) != 0 ||
	    h->width > 8 || size != (size_t)values * h->width || !base_holds(h))
		return damaged(chunk, h->item, "not as long as stated", error);
	item = kpi__item_new(chunk->allocator, h->item, size);
	if (item == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a column");
	item->column.base = h->base;
	item->column.rows = values;
	item->column.width = (uint8_t)h->width;
	item->column.has_unknown = (uint8_t)h->has_unknown;
	if (h->width > 0)
		item->column.data = kpi__item_payload(item);
	copy_numbers(kpi__item_payload(item), payload, values, h->width);
	if (!column_holds(&item->column, &range)) {
		kpi__item_free(chunk->allocator, item);
		return damaged(chunk, h->item, "a value that cannot be", error);
	}
	*out = item;
	return KPI_OK;
}

static kpi_status
decode_ids(kpi__item **out, const kpi__chunk *chunk, const struct head *h,
    const unsigned char *payload, size_t size, kpi_error *error)
{
	const uint32_t count = chunk->interactions;
	const size_t head = ((size_t)count + 1) * sizeof(uint32_t);
	const size_t sizes = (size_t)count * h->width;
	kpi__item *item;
	uint32_t *offsets;
	uint64_t at = 0;

	if (h->values != count || (h->width != 1 && h->width != 2) ||
	    size < sizes || size - sizes > MOST_OF_IDS)
		return damaged(chunk, h->item, "not as long as stated", error);
	item = kpi__item_new(chunk->allocator, h->item, head + (size - sizes));
	if (item == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for ids");
	offsets = kpi__item_payload(item);
	for (uint32_t i = 0; i < count; i++) {
		const unsigned char *p = payload + (size_t)i * h->width;
		const unsigned n =
		    h->width == 1 ? *p : p[0] | (unsigned)p[1] << 8;

		offsets[i] = (uint32_t)at;
		at += n;
		if (n > KPI_TEXT_MAX || at > size - sizes)
			break;
	}
	if (at != size - sizes) {
		kpi__item_free(chunk->allocator, item);
		return damaged(chunk, h->item, "not as long as stated", error);
	}
	offsets[count] = (uint32_t)at;
	memcpy((char *)offsets + head, payload + sizes, size - sizes);
	item->offsets = offsets;
	item->bytes = (char *)offsets + head;
	*out = item;
	return KPI_OK;
}

kpi_status
kpi__blob_decode(kpi__item **out, const kpi__chunk *chunk, uint32_t number,
    const void *bytes, size_t size, kpi_error *error)
{
	const unsigned char *payload = (const unsigned char *)bytes + HEADER;
	struct head h;

	*out = NULL;
	if (bytes == NULL ||
	    !read_head(&h, bytes, size, CHUNKS, chunk->number, number))
		return damaged(chunk, number, "not what it should be", error);
	size -= HEADER;
	if (number == KPI_FIELD_ID && h.encoding == IDS)
		return decode_ids(out, chunk, &h, payload, size, error);
	if (number != KPI_FIELD_ID && h.encoding == PLAIN)
		return decode_plain(out, chunk, &h, payload, size, error);
	return damaged(chunk, number, "an unknown encoding", error);
}

void
kpi__blob_put_words(
    kpi__buffer *out, uint64_t key, const uint64_t *words, uint32_t count)
{
	const struct head h = { RUNS, 0, WORDS, 8, 0, count, key, 0, 0 };

	put_head(out, &h);
	put_numbers(out, words, count, 8);
}

kpi_status
kpi__blob_words(kpi__item **out, const kpi_allocator *allocator, uint64_t key,
    const void *bytes, size_t size, kpi_error *error)
{
	struct head h;
	kpi__item *item;

	*out = NULL;
	if (bytes == NULL || !read_head(&h, bytes, size, RUNS, key, 0) ||
	    h.encoding != WORDS || h.width != 8 ||
	    size - HEADER != (uint64_t)h.values * 8)
		return kpi__fail(error, KPI_ECORRUPT,
		    "run %llu: not what it should be", (unsigned long long)key);
	item = kpi__item_new(allocator, KPI__ITEM_RUN, size - HEADER);
	if (item == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a run");
	item->words = kpi__item_payload(item);
	item->word_count = h.values;
	copy_numbers(kpi__item_payload(item),
	    (const unsigned char *)bytes + HEADER, h.values, 8);
	*out = item;
	return KPI_OK;
}
