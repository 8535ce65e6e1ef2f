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
	if (sink->at == NULL || sink->sums == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a result");
	sink->at[0] = 0;
	for (uint32_t i = 0; i < count; i++)
		sink->at[i + 1] = sink->at[i] + kpi__shape_width(&shapes[i]);
	return KPI_OK;
}

void
kpi__sink_free(kpi__sink *sink)
{
	const kpi_allocator *a;

	if (sink->snapshot == NULL)
		return;
	a = kpi__snapshot_allocator(sink->snapshot);
	kpi__release(
	    a, sink->at, (size_t)sink->count + 1, sizeof(*sink->at));
	kpi__release(a, sink->sums, sink->width, sizeof(*sink->sums));
	memset(sink, 0, sizeof(*sink));
}

void
kpi__sink_clear(kpi__sink *sink)
{
	memset(sink->sums, 0, sink->width * sizeof(*sink->sums));
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

kpi_status
kpi__sink_row(
    kpi__sink *sink, const uint32_t *codes, int64_t begin, int64_t until)
{
	const kpi_query *q = sink->query;
	const char *name[KPI__DIMENSIONS];

	for (uint32_t i = 0; i < q->by_count; i++) {
		kpi_status status = KPI_OK;

		if (q->by[i] == KPI_BY_DIRECTION)
			name[i] = kpi__word_name(
			    KPI_TABLE_DIRECTIONS, (int32_t)codes[i]);
		else
			status = kpi__snapshot_text(sink->snapshot,
			    kpi__dimension_field(q->by[i]), codes[i], &name[i],
			    sink->error);
		if (status != KPI_OK)
			return status;
	}
	return kpi__sink_named_row(sink, name, begin, until);
}
