/* SPDX-License-Identifier: MIT */
#include "store/blob.h"

#include <string.h>

#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "store/id_form.h"
#include "store/input.h"
#include "store/pack.h"

#define HEADER      40
#define BATCH       1024 /* numbers that are unpacked at once */
#define CHUNKS      1
#define RUNS        2
#define MOST_OF_IDS (KPI__CHUNK_INTERACTIONS * (size_t)KPI_TEXT_MAX)

enum encoding { PACKED = 1, IDS = 2, WORDS = 3, FORMED = 4 };

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

/* Column value i as a number: the unknown is 0, and the others follow. */
static void
number(uint64_t *numbers, const kpi__column *c, int64_t base)
{
	const uint64_t first =
	    c->has_unknown ? (uint64_t)base - 1 : (uint64_t)base;

	for (uint32_t i = 0; i < c->rows; i++) {
		const int64_t v = kpi__column_value(c, i);

		numbers[i] = c->has_unknown && v == KPI_UNKNOWN
		    ? 0
		    : (uint64_t)v - first;
	}
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
	number(numbers, c, base);
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
	struct head h = { CHUNKS, item->number, PACKED, c->width,
		c->has_unknown, c->rows, chunk->number, 0, c->base };

	if (item->number == KPI_FIELD_ID) {
		const size_t before = out->size;

		h.encoding = FORMED;
		h.values = chunk->interactions;
		put_head(out, &h);
		if (kpi__id_form_put(out, item, h.values))
			return;
		out->size = before;
		h.encoding = IDS;
		h.width = width_of_sizes(item, h.values);
		put_head(out, &h);
		put_ids(out, item, h.values, h.width);
	} else {
		if (h.width == 8)
			h.base = least_of(c);
		put_head(out, &h);
		put_column(out, chunk, c, h.base);
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
	return h->item == number && h->chunk == chunk && h->generation == 0 &&
	    h->has_unknown <= 1;
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
    const struct seen *seen, const struct head *h, const struct range *r)
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
put_wide(
    int64_t *values, const uint64_t *numbers, uint32_t n, const struct head *h)
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
    const struct head *h)
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
read_numbers(kpi__item *item, const struct head *h,
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
	while (u.at < h->values) {
		const uint32_t at = u.at, left = h->values - at;
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
decode_column(kpi__item **out, const kpi__chunk *chunk, const struct head *h,
    const unsigned char *payload, size_t size, kpi_error *error)
{
	const kpi__field *field = kpi__field_find((int32_t)h->item);
	const uint32_t values = field != NULL && field->of_visit
	    ? chunk->rows
	    : chunk->interactions;
	const struct range range = range_of(chunk, h->item);
	kpi__item *item;

	if (h->values != values || (h->width & (h->width - 1)) != 0 ||
	    h->width > 8 || (h->width == 0 && h->has_unknown))
		return damaged(chunk, h->item, "not as long as stated", error);
	item =
	    kpi__item_new(chunk->allocator, h->item, (size_t)values * h->width);
	if (item == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a column");
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
decode_ids(kpi__item **out, const kpi__chunk *chunk, const struct head *h,
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
decode_formed(kpi__item **out, const kpi__chunk *chunk, const struct head *h,
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
	if (number == KPI_FIELD_ID && h.encoding == FORMED)
		return decode_formed(out, chunk, &h, payload, size, error);
	if (number != KPI_FIELD_ID && h.encoding == PACKED)
		return decode_column(out, chunk, &h, payload, size, error);
	return damaged(chunk, number, "an unknown encoding", error);
}

/* Hashes and places apart: the ones rise by little, as they are sorted. */
void
kpi__blob_put_words(
    kpi__buffer *out, uint64_t key, const uint64_t *words, uint32_t count)
{
	const struct head h = { RUNS, 0, WORDS, 0, 0, count, key, 0, 0 };
	const size_t room = (size_t)count + 1;
	uint64_t *numbers =
	    kpi__new_array(out->allocator, room, sizeof(*numbers));

	if (numbers == NULL) {
		out->status = KPI_ENOMEM;
		return;
	}
	put_head(out, &h);
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
	const unsigned char *at = (const unsigned char *)bytes + HEADER;
	const unsigned char *end = (const unsigned char *)bytes + size;
	kpi__item *item = NULL;
	struct head h;

	*out = NULL;
	if (bytes == NULL || !read_head(&h, bytes, size, RUNS, key, 0) ||
	    h.encoding != WORDS || h.width != 0 || h.values > size ||
	    h.values > UINT32_C(1) << KPI__RUN_MOST_BITS)
		at = NULL;
	if (at != NULL) {
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
