/* SPDX-License-Identifier: MIT */
#include "store/blob.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "store/blob_head.h"
#include "store/id_form.h"
#include "store/input.h"
#include "store/pack.h"
#include "store/sheaf.h"

#define BATCH       1024 /* numbers that are unpacked at once */
#define MOST_OF_IDS (KPI__CHUNK_INTERACTIONS * (size_t)KPI_TEXT_MAX)

/* A sheaf has none in the file: what it has here is for the cache. */
static uint64_t
number_of(const kpi__chunk *chunk)
{
	return chunk->sheaf != NULL ? 0 : chunk->number;
}

static int64_t
least_of(const kpi__column *c)
{
	int64_t least = INT64_MAX;

	for (uint32_t i = 0; i < c->rows; i++) {
		const int64_t v = kpi__column_value(c, i);

		if (v < least && v != KPI_UNKNOWN)
			least = v;
	}
	return least;
}

/* What rises or hovers takes four bytes or more: smaller numbers are codes,
 * marks and flags. */
static void
put_column(kpi__buffer *out, const kpi__chunk *chunk, const kpi__column *c,
    int64_t base)
{
	uint64_t *numbers;

	if (c->width == 0)
		return;
	numbers = kpi__new_array(chunk->allocator, c->rows, sizeof(*numbers));
	if (numbers == NULL) {
		out->status = KPI_ENOMEM;
		return;
	}
	kpi__column_numbers(numbers, c, base);
	kpi__pack(out, numbers, c->rows, c->width >= 4);
	kpi__release(chunk->allocator, numbers, c->rows, sizeof(*numbers));
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
	const kpi__column *c = &item->column;
	kpi__blob_head h = { KPI__BLOB_OF_CHUNK, item->number,
		KPI__BLOB_PACKED, c->width, c->has_unknown, c->rows,
		number_of(chunk), 0, c->base };

	if (item->number == KPI_FIELD_ID) {
		const size_t before = out->size;

		h.encoding = KPI__BLOB_FORMED;
		h.values = chunk->interactions;
		kpi__blob_head_put(out, &h);
		if (kpi__id_form_put(out, item, h.values))
			return;
		out->size = before;
		h.encoding = KPI__BLOB_IDS;
		h.width = width_of_sizes(item, h.values);
		kpi__blob_head_put(out, &h);
		put_ids(out, item, h.values, h.width);
	} else {
		if (h.width == 8)
			h.base = least_of(c);
		kpi__blob_head_put(out, &h);
		put_column(out, chunk, c, h.base);
	}
}

static kpi_status
damaged(const kpi__chunk *chunk, uint32_t number, const char *what,
    kpi_error *error)
{
	const kpi__field *field = kpi__field_find((int32_t)number);
	const char *name = field != NULL ? field->name : "rows";

	if (chunk->sheaf != NULL)
		return kpi__fail(
		    error, KPI_ECORRUPT, "the tail, %s: %s", name, what);
	return kpi__fail(error, KPI_ECORRUPT, "chunk %llu, %s: %s",
	    (unsigned long long)chunk->number, name, what);
}

/* What the values of a piece may be, and which of them are asked. */
struct range {
	int64_t least, greatest;
	int may_be_unknown, sorted;
	uint32_t from, until;
};

static struct range
range_of(const kpi__chunk *chunk, uint32_t number)
{
	const kpi__field *field = kpi__field_find((int32_t)number);
	struct range r = { 1, KPI__VISITS_MAX, 0, 0, 0, 0 };

	if (field == NULL)
		return r;
	r.least = field->least;
	r.greatest = field->greatest;
	r.may_be_unknown = field->number != KPI_FIELD_STARTED_AT;
	r.sorted = !r.may_be_unknown && chunk->sheaf == NULL;
	if (field->type == KPI__TYPE_TEXT) {
		r.greatest = chunk->codes[field->dictionary];
		r.may_be_unknown = 0;
	}
	return r;
}

/* What the numbers of a column are, as far as they were read. */
struct seen {
	uint64_t greatest, last;
	int falls;
};

static void
look_at(struct seen *seen, const uint64_t *numbers, uint32_t n, int sorted)
{
	uint64_t greatest = seen->greatest, last = seen->last;
	int falls = 0;

	for (uint32_t i = 0; i < n; i++)
		greatest = numbers[i] > greatest ? numbers[i] : greatest;
	for (uint32_t i = 0; sorted && i < n; i++) {
		falls |= numbers[i] < last;
		last = numbers[i];
	}
	seen->greatest = greatest;
	seen->last = last;
	seen->falls |= falls;
}

/* Whether the values may be what they are. */
static int
values_hold(
    const struct seen *seen, const kpi__blob_head *h, const struct range *r)
{
	if (h->has_unknown && !r->may_be_unknown)
		return 0;
	if (h->width == 0 && h->base == KPI_UNKNOWN)
		return r->may_be_unknown;
	if (h->base < r->least || h->base > r->greatest || seen->falls)
		return 0;
	if (h->has_unknown && seen->greatest == 0)
		return 1;
	return (h->width == 8 || seen->greatest >> h->width * 8 == 0) &&
	    seen->greatest - h->has_unknown <=
	    (uint64_t)r->greatest - (uint64_t)h->base;
}

static void
put_wide(int64_t *values, const uint64_t *numbers, uint32_t n,
    const kpi__blob_head *h)
{
	for (uint32_t i = 0; i < n; i++)
		values[i] = h->has_unknown && numbers[i] == 0
		    ? KPI_UNKNOWN
		    : (int64_t)((uint64_t)h->base + numbers[i] -
			  h->has_unknown);
}

/* Numbers as a column has them: what was 0 for unknown is all ones. */
static void
put_numbers(void *data, uint32_t at, const uint64_t *numbers, uint32_t n,
    const kpi__blob_head *h)
{
	uint8_t *const bytes = (uint8_t *)data + at;
	uint16_t *const shorts = (uint16_t *)data + at;
	uint32_t *const words = (uint32_t *)data + at;

	if (h->width == 8)
		put_wide((int64_t *)data + at, numbers, n, h);
	else if (h->width == 4)
		for (uint32_t i = 0; i < n; i++)
			words[i] = (uint32_t)numbers[i] - h->has_unknown;
	else if (h->width == 2)
		for (uint32_t i = 0; i < n; i++)
			shorts[i] = (uint16_t)(numbers[i] - h->has_unknown);
	else
		for (uint32_t i = 0; i < n; i++)
			bytes[i] = (uint8_t)(numbers[i] - h->has_unknown);
}

/* 0: they are no pack, or not of values that can be. */
static int
read_numbers(kpi__item *item, const kpi__blob_head *h,
    const unsigned char *payload, size_t size, const struct range *range)
{
	struct seen seen = { 0, 0, 0 };
	uint64_t numbers[BATCH];
	kpi__unpack u;

	if (h->width == 0)
		return size == 0 && values_hold(&seen, h, range);
	if (!kpi__unpack_open(&u, payload, size, h->values) ||
	    u.end != payload + size)
		return 0;
	kpi__unpack_skip(&u, range->from);
	while (u.at < range->until) {
		const uint32_t at = u.at, left = range->until - at;
		const uint32_t n = left < BATCH ? left : BATCH;

		kpi__unpack_next(&u, numbers, n);
		look_at(&seen, numbers, n, range->sorted);
		put_numbers(kpi__item_payload(item), at, numbers, n, h);
	}
	item->column.bounded =
	    h->width == 4 && (h->has_unknown || seen.greatest < UINT32_MAX);
	return !u.bad && values_hold(&seen, h, range);
}

static kpi_status
decode_column(kpi__item **out, const kpi__chunk *chunk, const kpi__blob_head *h,
    uint32_t from, uint32_t until, const unsigned char *payload, size_t size,
    kpi_error *error)
{
	const kpi__field *field = kpi__field_find((int32_t)h->item);
	const uint32_t values = field != NULL && field->of_visit
	    ? chunk->rows
	    : chunk->interactions;
	struct range range = range_of(chunk, h->item);
	kpi__item *item;

	if (h->values != values || (h->width & (h->width - 1)) != 0 ||
	    h->width > 8 || (h->width == 0 && h->has_unknown))
		return damaged(chunk, h->item, "not as long as stated", error);
	item =
	    kpi__item_new(chunk->allocator, h->item, (size_t)values * h->width);
	if (item == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a column");
	item->from = range.from = from > values ? values : from / 8 * 8;
	item->until = range.until = until > values ? values : until;
	item->column = (kpi__column){
		h->width > 0 ? kpi__item_payload(item) : NULL,
		h->width == 8 ? 0 : h->base, values, (uint8_t)h->width,
		(uint8_t)h->has_unknown, 0
	};
	if (!read_numbers(item, h, payload, size, &range)) {
		kpi__item_free(chunk->allocator, item);
		return damaged(chunk, h->item, "a value that cannot be", error);
	}
	*out = item;
	return KPI_OK;
}

static kpi_status
decode_ids(kpi__item **out, const kpi__chunk *chunk, const kpi__blob_head *h,
    const unsigned char *payload, size_t size, kpi_error *error)
{
	const uint32_t count = chunk->interactions;
	const size_t head = ((size_t)count + 1) * sizeof(uint32_t);
	const size_t sizes = (size_t)count * h->width;
	const char *const texts = (const char *)payload + sizes;
	const size_t all = size - sizes;
	kpi__item *item;
	uint32_t *offsets;
	size_t at = 0;
	int holds = 1;

	if (h->values != count || (h->width != 1 && h->width != 2) ||
	    size < sizes || all > MOST_OF_IDS)
		return damaged(chunk, h->item, "not as long as stated", error);
	item = kpi__item_new(chunk->allocator, h->item, head + all);
	if (item == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for ids");
	offsets = kpi__item_payload(item);
	for (uint32_t i = 0; i < count && holds; i++) {
		const unsigned char *p = payload + (size_t)i * h->width;
		const unsigned n =
		    h->width == 1 ? *p : p[0] | (unsigned)p[1] << 8;

		holds = n <= KPI_TEXT_MAX && n <= all - at &&
		    kpi__utf8_is_text(texts + at, n);
		offsets[i] = (uint32_t)at;
		at += n;
	}
	if (!holds || at != all) {
		kpi__item_free(chunk->allocator, item);
		return damaged(chunk, h->item, "not as long as stated", error);
	}
	offsets[count] = (uint32_t)at;
	memcpy((char *)offsets + head, texts, all);
	item->offsets = offsets;
	item->bytes = (char *)offsets + head;
	*out = item;
	return KPI_OK;
}

static kpi_status
decode_formed(kpi__item **out, const kpi__chunk *chunk, const kpi__blob_head *h,
    const unsigned char *payload, size_t size, kpi_error *error)
{
	const kpi_status status = h->values != chunk->interactions
	    ? KPI_ECORRUPT
	    : kpi__id_form_read(
		  out, chunk->allocator, payload, size, h->values);

	if (status == KPI_ENOMEM)
		return kpi__fail(error, status, "no memory for ids");
	if (status != KPI_OK)
		return damaged(chunk, h->item, "not as long as stated", error);
	return KPI_OK;
}

/* Ids are read whole. */
kpi_status
kpi__blob_decode_values(kpi__item **out, const kpi__chunk *chunk,
    uint32_t number, uint32_t from, uint32_t until, const void *bytes,
    size_t size, kpi_error *error)
{
	const unsigned char *payload = bytes;
	kpi__blob_head h;

	*out = NULL;
	if (bytes == NULL ||
	    !kpi__blob_head_read(&h, bytes, size, KPI__BLOB_OF_CHUNK,
		number_of(chunk), number))
		return damaged(chunk, number, "not what it should be", error);
	payload += KPI__BLOB_HEAD;
	size -= KPI__BLOB_HEAD;
	if (number == KPI_FIELD_ID && h.encoding == KPI__BLOB_IDS)
		return decode_ids(out, chunk, &h, payload, size, error);
	if (number == KPI_FIELD_ID && h.encoding == KPI__BLOB_FORMED)
		return decode_formed(out, chunk, &h, payload, size, error);
	if (number != KPI_FIELD_ID && h.encoding == KPI__BLOB_PACKED)
		return decode_column(
		    out, chunk, &h, from, until, payload, size, error);
	return damaged(chunk, number, "an unknown encoding", error);
}

kpi_status
kpi__blob_decode(kpi__item **out, const kpi__chunk *chunk, uint32_t number,
    const void *bytes, size_t size, kpi_error *error)
{
	return kpi__blob_decode_values(
	    out, chunk, number, 0, UINT32_MAX, bytes, size, error);
}
