/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "result/goals.h"
#include "result/loader.h"
#include "result/shape.h"
#include "stats/order.h"

kpi_status
kpi__load_damaged(const kpi__loader *l, const char *what)
{
	return kpi__fail(l->error, KPI_ECORRUPT,
	    "the saved result is damaged before byte %lu: %s",
	    (unsigned long)(l->in.at - l->begin), what);
}

kpi_status
kpi__load_no_memory(const kpi__loader *l)
{
	return kpi__fail(
	    l->error, KPI_ENOMEM, "no memory to load a saved result");
}

/* A number that must lie in [least, most]; else the reader is bad. */
static int32_t
read_small(kpi__loader *l, int32_t least, int32_t most)
{
	const int64_t value = kpi__read_signed(&l->in);

	if (value < least || value > most) {
		l->in.bad = 1;
		return least;
	}
	return (int32_t)value;
}

/* How many of what takes at least `size` bytes each can follow. */
uint64_t
kpi__load_count(kpi__loader *l, size_t size)
{
	const uint64_t count = kpi__read_varint(&l->in);

	if (count > (uint64_t)(l->in.end - l->in.at) / size ||
	    count >= KPI__NO_TEXT) {
		l->in.bad = 1;
		return 0;
	}
	return count;
}

const char *
kpi__load_text(kpi__loader *l, size_t least, size_t most, size_t *size)
{
	const char *text = kpi__read_text(&l->in, size);

	if (text == NULL || *size < least || *size > most ||
	    !kpi__utf8_is_text(text, *size))
		l->in.bad = 1;
	return l->in.bad ? NULL : text;
}

static kpi_status
read_filters(kpi__loader *l)
{
	const uint64_t count = kpi__load_count(l, 1);

	if (l->in.bad || count == 0)
		return kpi__load_damaged(l, "the number of filters");
	l->filters =
	    kpi__new_zeroed(&l->allocator, (size_t)count, sizeof(char *));
	if (l->filters == NULL)
		return kpi__load_no_memory(l);
	l->filter_count = (size_t)count;
	for (size_t i = 0; i < count; i++) {
		size_t size;
		const char *text = kpi__load_text(l, 0, SIZE_MAX, &size);

		if (text == NULL)
			return kpi__load_damaged(l, "a filter");
		l->filters[i] = kpi__copy_string(&l->allocator, text, size);
		if (l->filters[i] == NULL)
			return kpi__load_no_memory(l);
		if (i > 0 && strcmp(l->filters[i - 1], l->filters[i]) >= 0)
			return kpi__load_damaged(l, "the order of the filters");
	}
	return KPI_OK;
}

kpi_status
kpi__load_frame(kpi__loader *l)
{
	kpi__frame *f = &l->frame;
	const uint64_t by_count = kpi__read_varint(&l->in);
	const char *zone;
	size_t size;

	if (l->in.bad || by_count > KPI__MAX_BY)
		return kpi__load_damaged(l, "the number of dimensions");
	while (f->by_count < by_count) {
		const kpi_by by =
		    read_small(l, KPI_BY_AGENT, KPI_BY_ATTRIBUTE_4);

		if (l->in.bad || kpi__frame_groups(f, by))
			return kpi__load_damaged(l, "a dimension");
		f->by[f->by_count++] = by;
	}
	f->bucket = read_small(l, KPI_BUCKET_NONE, KPI_BUCKET_YEAR);
	f->week_start = read_small(l, 1, 7);
	f->partition = read_small(l, KPI_PARTITION_NONE, KPI_PARTITION_DAY);
	f->from = kpi__read_signed(&l->in);
	f->until = kpi__read_signed(&l->in);
	if (l->in.bad ||
	    (f->from != KPI_UNKNOWN && f->until != KPI_UNKNOWN &&
		f->until < f->from))
		return kpi__load_damaged(l, "the buckets or the range");
	zone = kpi__load_text(l, 1, 255, &size);
	if (zone == NULL)
		return kpi__load_damaged(l, "the name of the zone");
	l->zone = kpi__copy_string(&l->allocator, zone, size);
	if (l->zone == NULL)
		return kpi__load_no_memory(l);
	f->zone = l->zone;
	return read_filters(l);
}

/* The shortest goal: length and letter of its name, and 2 numbers. */
static kpi_status
read_goals(kpi__loader *l, kpi__shape *s)
{
	uint64_t count;

	s->goals_by = read_small(l, 0, KPI_BY_CHANNEL);
	count = kpi__load_count(l, 4);
	if (l->in.bad)
		return kpi__load_damaged(l, "the number of targets of groups");
	if (count == 0)
		return KPI_OK;
	s->goals =
	    kpi__new_zeroed(&l->allocator, (size_t)count, sizeof(*s->goals));
	if (s->goals == NULL)
		return kpi__load_no_memory(l);
	s->goal_count = (uint32_t)count;
	for (uint32_t i = 0; i < count; i++) {
		size_t size;
		const char *name = kpi__load_text(l, 1, KPI_TEXT_MAX, &size);

		if (name == NULL)
			return kpi__load_damaged(
			    l, "the name of a group with a target");
		s->goals[i].name = kpi__copy_string(&l->allocator, name, size);
		if (s->goals[i].name == NULL)
			return kpi__load_no_memory(l);
		s->goals[i].goal = kpi__read_signed(&l->in);
		s->goals[i].ceiling = kpi__read_signed(&l->in);
	}
	return KPI_OK;
}

static kpi_status
read_shape(kpi__loader *l, kpi__shape *s)
{
	const uint64_t most_sums = (UINT64_C(1) << KPI__SUMS) - 1;
	const char *text, *fault;
	uint64_t sums;
	size_t size;
	kpi_status status;

	text = kpi__load_text(l, 1, SIZE_MAX, &size);
	if (text == NULL || text[0] == ' ')
		return kpi__load_damaged(l, "the text of a definition");
	s->text = kpi__copy_string(&l->allocator, text, size);
	if (s->text == NULL)
		return kpi__load_no_memory(l);
	s->metric = read_small(l, 1, INT32_MAX);
	s->kind = read_small(l, KPI__COUNT, KPI__RATE);
	s->unit = read_small(l, KPI_UNIT_COUNT, KPI_UNIT_MONEY);
	s->merge = read_small(l, KPI__MERGE_ANY, KPI__MERGE_ONCE_OF_RANGE);
	s->bounded = read_small(l, KPI_BOUNDS_NONE, KPI_BOUNDS_CUSTOMER);
	s->confidence = read_small(l, 1, 999999);
	s->parts = read_small(l, 1, INT32_MAX);
	s->among = read_small(l, 0, KPI_BY_ATTRIBUTE_4);
	s->known_alone = read_small(l, 0, 1);
	s->as_of = kpi__read_signed(&l->in);
	s->known_from = kpi__read_signed(&l->in);
	s->better = read_small(l, -1, 1);
	s->goal = kpi__read_signed(&l->in);
	s->ceiling = kpi__read_signed(&l->in);
	status = read_goals(l, s);
	if (status != KPI_OK)
		return status;
	s->verdict_by = read_small(l, KPI_BOUNDS_NONE, KPI_BOUNDS_CUSTOMER);
	s->adjusted = read_small(l, 0, 1);
	s->quantile = read_small(l, 0, KPI__ORDER_WHOLE);
	s->linear = read_small(l, 0, 1);
	sums = kpi__read_varint(&l->in);
	if (l->in.bad || sums > most_sums)
		return kpi__load_damaged(l, "the numbers of a definition");
	s->sums = (uint32_t)sums;
	fault = kpi__shape_fault(s, &l->frame);
	if (fault != NULL)
		return kpi__fail(l->error, KPI_ECORRUPT,
		    "the saved result is damaged: a definition %s", fault);
	return KPI_OK;
}

/* The shortest shape: length and letter of its text, and 21 numbers. */
kpi_status
kpi__load_shapes(kpi__loader *l)
{
	const uint64_t count = kpi__load_count(l, 23);
	kpi_status status = KPI_OK;

	if (l->in.bad || count == 0)
		return kpi__load_damaged(l, "the number of definitions");
	l->shapes =
	    kpi__new_zeroed(&l->allocator, (size_t)count, sizeof(*l->shapes));
	if (l->shapes == NULL)
		return kpi__load_no_memory(l);
	l->shape_count = (uint32_t)count;
	for (uint32_t i = 0; status == KPI_OK && i < count; i++)
		status = read_shape(l, &l->shapes[i]);
	return status;
}

void
kpi__load_free(kpi__loader *l)
{
	const kpi_allocator *a = &l->allocator;

	kpi__free_string(a, l->zone);
	kpi__free_strings(a, l->filters, l->filter_count);
	for (uint32_t i = 0; i < l->shape_count; i++) {
		kpi__goals_free(&l->shapes[i], a);
		kpi__free_string(a, l->shapes[i].text);
	}
	kpi__release(a, l->shapes, l->shape_count, sizeof(*l->shapes));
}
