/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/checksum.h"
#include "base/error.h"
#include "result/packed.h"
#include "result/table.h"

static void
put_frame(kpi__buffer *b, const kpi_result *r)
{
	const kpi__frame *f = &r->frame;

	kpi__buffer_put_varint(b, f->by_count);
	for (uint32_t i = 0; i < f->by_count; i++)
		kpi__buffer_put_signed(b, f->by[i]);
	kpi__buffer_put_signed(b, f->bucket);
	kpi__buffer_put_signed(b, f->week_start);
	kpi__buffer_put_signed(b, f->partition);
	kpi__buffer_put_signed(b, f->from);
	kpi__buffer_put_signed(b, f->until);
	kpi__buffer_put_text(b, r->zone);
	kpi__buffer_put_varint(b, r->filter_count);
	for (size_t i = 0; i < r->filter_count; i++)
		kpi__buffer_put_text(b, r->filters[i]);
}

static void
put_goals(kpi__buffer *b, const kpi__shape *s)
{
	kpi__buffer_put_signed(b, s->goals_by);
	kpi__buffer_put_varint(b, s->goal_count);
	for (uint32_t i = 0; i < s->goal_count; i++) {
		kpi__buffer_put_text(b, s->goals[i].name);
		kpi__buffer_put_signed(b, s->goals[i].goal);
		kpi__buffer_put_signed(b, s->goals[i].ceiling);
	}
}

static void
put_shapes(kpi__buffer *b, const kpi_result *r)
{
	kpi__buffer_put_varint(b, r->count);
	for (uint32_t i = 0; i < r->count; i++) {
		const kpi__shape *s = &r->shapes[i];

		kpi__buffer_put_text(b, s->text);
		kpi__buffer_put_signed(b, s->metric);
		kpi__buffer_put_signed(b, s->kind);
		kpi__buffer_put_signed(b, s->unit);
		kpi__buffer_put_signed(b, s->merge);
		kpi__buffer_put_signed(b, s->bounded);
		kpi__buffer_put_signed(b, s->confidence);
		kpi__buffer_put_signed(b, s->parts);
		kpi__buffer_put_signed(b, s->among);
		kpi__buffer_put_signed(b, s->known_alone);
		kpi__buffer_put_signed(b, s->as_of);
		kpi__buffer_put_signed(b, s->known_from);
		kpi__buffer_put_signed(b, s->better);
		kpi__buffer_put_signed(b, s->goal);
		kpi__buffer_put_signed(b, s->ceiling);
		put_goals(b, s);
		kpi__buffer_put_signed(b, s->verdict_by);
		kpi__buffer_put_signed(b, s->adjusted);
		kpi__buffer_put_signed(b, s->quantile);
		kpi__buffer_put_signed(b, s->linear);
		kpi__buffer_put_varint(b, s->sums);
	}
}

static void
put_texts(kpi__buffer *b, const kpi_result *r)
{
	for (uint32_t i = 0; i < r->frame.by_count; i++) {
		const kpi__texts *t = &r->texts[i];

		kpi__buffer_put_varint(b, t->count);
		for (uint32_t j = 0; j < t->count; j++)
			kpi__buffer_put_text(b, kpi__texts_get(t, j));
	}
}

/* The first value as it is, the others as what they are more than the one
 * before; sums only where they do not follow. */
static void
put_bag(kpi__buffer *b, const kpi__bag *bag)
{
	int64_t before = 0;

	kpi__buffer_put_varint(b, (uint64_t)bag->count << 1 | bag->binned);
	for (size_t i = 0; i < bag->count; i++) {
		const kpi__bag_entry *one = &bag->entry[i];

		kpi__buffer_put_varint(b, (uint64_t)(one->value - before));
		kpi__buffer_put_varint(b, (uint64_t)one->count);
		if (bag->binned)
			kpi__put_wide(b, one->sum);
		before = one->value;
	}
}

/* Unknown is the code after the last text; times only where there are any. */
static void
put_rows(kpi__buffer *b, const kpi_result *r)
{
	const kpi__rows *rows = &r->rows;
	const uint32_t by = r->frame.by_count;

	kpi__buffer_put_varint(b, rows->count);
	for (size_t i = 0; i < rows->count; i++) {
		for (uint32_t k = 0; k < by; k++) {
			const uint32_t code = rows->code[i * by + k];

			kpi__buffer_put_varint(
			    b, code == KPI__NO_TEXT ? r->texts[k].count : code);
		}
		if (r->frame.bucket != KPI_BUCKET_NONE) {
			kpi__buffer_put_signed(b, rows->time[2 * i]);
			kpi__buffer_put_signed(b, rows->time[2 * i + 1]);
		}
		for (uint32_t k = 0; k < r->width; k++)
			kpi__put_wide(
			    b, kpi__sums_get(&rows->sum, i * r->width + k));
		for (uint32_t k = 0; k < r->bags; k++)
			put_bag(b, &rows->bag[i * r->bags + k]);
	}
}

kpi_status
kpi_result_save(const kpi_result *r, void *bytes, uint64_t room, uint64_t *size,
    kpi_error *error)
{
	kpi__buffer b;
	kpi_status status;

	if (r == NULL || size == NULL || (bytes == NULL && room > 0))
		return kpi__fail(error, KPI_EINVAL,
		    "no result, no place for its size, or none for its bytes");

	kpi__buffer_init(&b, &r->allocator);
	kpi__buffer_put(&b, KPI__RESULT_MAGIC, KPI__RESULT_MAGIC_SIZE);
	kpi__buffer_put_byte(&b, KPI__RESULT_VERSION);
	put_frame(&b, r);
	put_shapes(&b, r);
	put_texts(&b, r);
	put_rows(&b, r);
	if (b.status == KPI_OK)
		kpi__buffer_put64(
		    &b, kpi__checksum(b.bytes, b.size, KPI__RESULT_SEED));
	status = b.status;
	if (status != KPI_OK) {
		kpi__fail(error, status, "no memory to save a result");
	} else {
		*size = b.size;
		if (room < b.size)
			status = kpi__fail(error, KPI_EOVERFLOW,
			    "the saved result needs more room");
		else
			memcpy(bytes, b.bytes, b.size);
	}
	kpi__buffer_free(&b);
	return status;
}
