/* SPDX-License-Identifier: MIT */
#include "metric/sink.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/word.h"
#include "result/shape.h"

kpi_status
kpi__sink_init(kpi__sink *sink, kpi_result *result, const kpi__shape *shapes,
    uint32_t count, const kpi_query *query, const kpi__snapshot *snapshot,
    kpi_error *error)
{
	const kpi_allocator *a = kpi__snapshot_allocator(snapshot);

	memset(sink, 0, sizeof(*sink));
	sink->query = query;
	sink->snapshot = snapshot;
	sink->result = result;
	sink->count = count;
	sink->width = kpi__result_width(result);
	sink->error = error;
	sink->at = kpi__new_array(a, (size_t)count + 1, sizeof(*sink->at));
	sink->sums = kpi__new_zeroed(a, sink->width, sizeof(*sink->sums));
	sink->bags = kpi__new_zeroed(a, count, sizeof(*sink->bags));
	if (sink->at == NULL || sink->sums == NULL || sink->bags == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a result");
	sink->at[0] = 0;
	for (uint32_t i = 0; i < count; i++)
		sink->at[i + 1] = sink->at[i] + kpi__shape_width(&shapes[i]);
	return KPI_OK;
}

static void
empty_bags(kpi__sink *sink)
{
	for (uint32_t i = 0; i < sink->count; i++)
		kpi__bag_free(
		    &sink->bags[i], kpi__result_allocator(sink->result));
}

void
kpi__sink_free(kpi__sink *sink)
{
	const kpi_allocator *a;

	if (sink->snapshot == NULL)
		return;
	a = kpi__snapshot_allocator(sink->snapshot);
	for (int i = 0; i < KPI__DIMENSIONS; i++)
		kpi__release(a, sink->places[i], sink->codes[i],
		    sizeof(*sink->places[i]));
	kpi__release(
	    a, sink->at, (size_t)sink->count + 1, sizeof(*sink->at));
	kpi__release(a, sink->sums, sink->width, sizeof(*sink->sums));
	if (sink->bags != NULL)
		empty_bags(sink);
	kpi__release(a, sink->bags, sink->count, sizeof(*sink->bags));
	memset(sink, 0, sizeof(*sink));
}

void
kpi__sink_clear(kpi__sink *sink)
{
	memset(sink->sums, 0, sink->width * sizeof(*sink->sums));
	empty_bags(sink);
}

void
kpi__sink_put(kpi__sink *sink, uint32_t definition, const kpi__wide *sums)
{
	const uint32_t first = sink->at[definition];
	const uint32_t width = sink->at[definition + 1] - first;

	for (uint32_t i = 0; i < width; i++)
		sink->sums[first + i] =
		    kpi__wide_add(sink->sums[first + i], sums[i]);
}

static int
is_all_zero(const kpi__wide *sums, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (sums[i].low != 0 || sums[i].high != 0)
			return 0;
	return 1;
}

kpi_status
kpi__sink_named_row(kpi__sink *sink, const char *const *names, int64_t begin,
    int64_t until)
{
	if (is_all_zero(sink->sums, sink->width))
		return KPI_OK;
	return kpi__result_add(sink->result, names, begin, until, sink->sums,
	    sink->error);
}

/* The name of a value is looked for once, where there are not too many. */
#define PLACES_MOST 65536

static kpi_status
find_name(const kpi__sink *sink, kpi_by by, uint32_t code, const char **name)
{
	if (by != KPI_BY_DIRECTION)
		return kpi__snapshot_text(sink->snapshot,
		    kpi__dimension_field(by), code, name, sink->error);
	*name = kpi__word_name(KPI_TABLE_DIRECTIONS, (int32_t)code);
	return KPI_OK;
}

/* Without memory names are looked for each time. */
static void
make_places(kpi__sink *sink, uint32_t i)
{
	const kpi_by by = sink->query->by[i];
	const uint32_t codes = by == KPI_BY_DIRECTION
	    ? KPI_DIRECTION_INTERNAL + 1
	    : kpi__snapshot_codes(sink->snapshot, kpi__dimension_field(by));

	if (sink->codes[i] != 0 || codes > PLACES_MOST)
		return;
	sink->places[i] =
	    kpi__new_zeroed(kpi__snapshot_allocator(sink->snapshot), codes,
		sizeof(*sink->places[i]));
	sink->codes[i] = codes;
}

/* KPI__NO_TEXT + 1 wraps to 0: what is unknown is looked for again. */
static kpi_status
find_place(kpi__sink *sink, uint32_t i, uint32_t code, uint32_t *place)
{
	uint32_t *known;
	const char *name;
	kpi_status status;

	make_places(sink, i);
	known = sink->places[i];
	if (known != NULL && known[code] != 0) {
		*place = known[code] - 1;
		return KPI_OK;
	}
	status = find_name(sink, sink->query->by[i], code, &name);
	if (status == KPI_OK)
		status = kpi__result_intern(
		    sink->result, i, name, place, sink->error);
	if (status == KPI_OK && known != NULL)
		known[code] = *place + 1;
	return status;
}

static void
forget_places(kpi__sink *sink)
{
	for (uint32_t i = 0; i < sink->query->by_count; i++)
		if (sink->places[i] != NULL)
			memset(sink->places[i], 0,
			    sink->codes[i] * sizeof(*sink->places[i]));
}

kpi_status
kpi__sink_places(kpi__sink *sink, uint32_t *codes, size_t count)
{
	const uint32_t by = sink->query->by_count;
	kpi_status status = KPI_OK;

	for (size_t i = 0; i < count; i++)
		for (uint32_t k = 0; k < by && status == KPI_OK; k++)
			status = find_place(sink, k, codes[i * by + k],
			    &codes[i * by + k]);
	if (status == KPI_OK)
		status = kpi__result_sort_texts(
		    sink->result, codes, count, sink->error);
	forget_places(sink);
	return status;
}

kpi_status
kpi__sink_placed_row(
    kpi__sink *sink, const uint32_t *places, int64_t begin, int64_t until)
{
	kpi_status status;

	if (is_all_zero(sink->sums, sink->width))
		return KPI_OK;
	status = kpi__result_add_at(
	    sink->result, places, begin, until, sink->sums, sink->error);
	for (uint32_t i = 0; i < sink->count && status == KPI_OK; i++)
		if (sink->bags[i].count > 0)
			kpi__result_give(sink->result, i, &sink->bags[i]);
	return status;
}

kpi_status
kpi__sink_row(
    kpi__sink *sink, const uint32_t *codes, int64_t begin, int64_t until)
{
	uint32_t places[KPI__DIMENSIONS];
	kpi_status status = KPI_OK;

	if (is_all_zero(sink->sums, sink->width))
		return KPI_OK;
	for (uint32_t i = 0; i < sink->query->by_count && status == KPI_OK;
	     i++)
		status = find_place(sink, i, codes[i], &places[i]);
	return status == KPI_OK
	    ? kpi__sink_placed_row(sink, places, begin, until)
	    : status;
}
