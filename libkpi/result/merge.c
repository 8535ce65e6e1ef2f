/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "result/comparable.h"
#include "result/table.h"

/* Where the texts of both results stand in their union. */
struct maps {
	uint32_t *into[KPI__MAX_BY], *from[KPI__MAX_BY];
};

static void
free_maps(struct maps *maps, const kpi_result *into, const kpi_result *from)
{
	const kpi_allocator *a = &into->allocator;

	for (uint32_t k = 0; k < into->frame.by_count; k++) {
		kpi__release(a, maps->into[k], into->texts[k].count + 1,
		    sizeof(uint32_t));
		kpi__release(a, maps->from[k], from->texts[k].count + 1,
		    sizeof(uint32_t));
	}
}

static kpi_status
unite_texts(kpi__texts *to, const kpi_allocator *a, const kpi__texts *x,
    uint32_t *x_map, const kpi__texts *y, uint32_t *y_map)
{
	uint32_t i = 0, j = 0;

	while (i < x->count || j < y->count) {
		const uint32_t place = (uint32_t)to->count;
		const char *text;
		kpi_status status;
		int order;

		if (i == x->count)
			order = 1;
		else if (j == y->count)
			order = -1;
		else
			order =
			    strcmp(kpi__texts_get(x, i), kpi__texts_get(y, j));
		text = order <= 0 ? kpi__texts_get(x, i) : kpi__texts_get(y, j);
		if (order <= 0)
			x_map[i++] = place;
		if (order >= 0)
			y_map[j++] = place;
		status = kpi__texts_append(to, a, text, strlen(text));
		if (status != KPI_OK)
			return status;
	}
	return KPI_OK;
}

static kpi_status
unite_dimensions(kpi_result *to, const kpi_result *into, const kpi_result *from,
    struct maps *maps)
{
	const kpi_allocator *a = &into->allocator;

	for (uint32_t k = 0; k < into->frame.by_count; k++) {
		const kpi__texts *x = &into->texts[k], *y = &from->texts[k];
		kpi_status status;

		maps->into[k] =
		    kpi__new_array(a, x->count + 1, sizeof(uint32_t));
		maps->from[k] =
		    kpi__new_array(a, y->count + 1, sizeof(uint32_t));
		if (maps->into[k] == NULL || maps->from[k] == NULL)
			return KPI_ENOMEM;
		status = unite_texts(
		    &to->texts[k], a, x, maps->into[k], y, maps->from[k]);
		if (status != KPI_OK)
			return status;
	}
	return KPI_OK;
}

/* Puts row `j` of `from` behind the last one, in the codes of the union. */
static kpi_status
take_row(kpi_result *to, const kpi_result *from, size_t j, uint32_t *const *map)
{
	const uint32_t by = to->frame.by_count;
	const size_t at = to->rows.count;

	if (at >= UINT32_MAX)
		return KPI_EOVERFLOW;
	if (kpi__rows_reserve(to, &to->rows, at + 1) != KPI_OK)
		return KPI_ENOMEM;
	if (kpi__rows_append(to, &to->rows, &from->rows, j) != KPI_OK)
		return KPI_ENOMEM;
	for (uint32_t k = 0; k < by; k++) {
		uint32_t *code = &to->rows.code[at * by + k];

		if (*code != KPI__NO_TEXT)
			*code = map[k][*code];
	}
	return KPI_OK;
}

/* By the union's codes, as kpi__rows_compare() does it. */
static int
compare_rows(const kpi_result *into, size_t i, const kpi_result *from, size_t j,
    const struct maps *maps)
{
	const uint32_t by = into->frame.by_count;

	for (uint32_t k = 0; k < by; k++) {
		uint32_t x = into->rows.code[i * by + k];
		uint32_t y = from->rows.code[j * by + k];

		x = x == KPI__NO_TEXT ? x : maps->into[k][x];
		y = y == KPI__NO_TEXT ? y : maps->from[k][y];
		if (x != y)
			return x < y ? -1 : 1;
	}
	for (size_t k = 0; k < 2; k++) {
		const int64_t x = into->rows.time[2 * i + k];
		const int64_t y = from->rows.time[2 * j + k];

		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

static kpi_status
unite_rows(kpi_result *to, const kpi_result *into, const kpi_result *from,
    const struct maps *maps)
{
	size_t i = 0, j = 0;

	while (i < into->rows.count || j < from->rows.count) {
		kpi_status status;
		size_t last;
		int order;

		if (i == into->rows.count)
			order = 1;
		else if (j == from->rows.count)
			order = -1;
		else
			order = compare_rows(into, i, from, j, maps);
		status = order <= 0 ? take_row(to, into, i, maps->into)
				    : take_row(to, from, j, maps->from);
		if (status == KPI_OK && order == 0)
			status =
			    kpi__rows_add_last(to, &to->rows, &from->rows, j);
		if (status != KPI_OK)
			return status;
		i += order <= 0;
		j += order >= 0;
		last = to->rows.count - 1;
		if (last > 0 && to->frame.bucket != KPI_BUCKET_NONE &&
		    kpi__rows_overlap(to, &to->rows, last - 1, &to->rows, last))
			return KPI_EMISMATCH;
	}
	return KPI_OK;
}

/* The union of two sorted sets. */
static kpi_status
unite_filters(kpi_result *to, const kpi_result *into, const kpi_result *from)
{
	const kpi_allocator *a = &to->allocator;
	const size_t x = into->filter_count, y = from->filter_count;
	char **all = kpi__new_zeroed(a, x + y, sizeof(*all)), **fitting;
	size_t i = 0, j = 0, n = 0;

	if (all == NULL)
		return KPI_ENOMEM;
	while (i < x || j < y) {
		int order;

		if (i == x || j == y)
			order = i == x ? 1 : -1;
		else
			order = strcmp(into->filters[i], from->filters[j]);
		all[n++] = order <= 0 ? into->filters[i] : from->filters[j];
		i += order <= 0;
		j += order >= 0;
	}
	fitting = kpi__copy_strings(a, all, n);
	kpi__release(a, all, x + y, sizeof(*all));
	if (fitting == NULL)
		return KPI_ENOMEM;
	kpi__free_strings(a, to->filters, to->filter_count);
	to->filters = fitting;
	to->filter_count = n;
	return KPI_OK;
}

static void
unite_ranges(kpi__frame *to, const kpi__frame *from)
{
	if (to->from != KPI_UNKNOWN &&
	    (from->from == KPI_UNKNOWN || from->from < to->from))
		to->from = from->from;
	if (to->until != KPI_UNKNOWN &&
	    (from->until == KPI_UNKNOWN || from->until > to->until))
		to->until = from->until;
}

static kpi_status
unite(kpi_result *to, const kpi_result *into, const kpi_result *from)
{
	struct maps maps = { { NULL }, { NULL } };
	kpi_status status = unite_filters(to, into, from);

	unite_ranges(&to->frame, &from->frame);
	if (status == KPI_OK)
		status = unite_dimensions(to, into, from, &maps);
	if (status == KPI_OK)
		status = unite_rows(to, into, from, &maps);
	if (status == KPI_OK)
		status = kpi__result_settle(to);
	free_maps(&maps, into, from);
	return status;
}

static kpi_status
failed(kpi_error *error, kpi_status status)
{
	switch (status) {
	case KPI_EMISMATCH:
		return kpi__fail(error, status,
		    "the buckets of one group overlap: their zones are not "
		    "of one edition");
	case KPI_EOVERFLOW:
		return kpi__fail(error, status,
		    "the sums of a group are beyond 128 bits, or the groups "
		    "too many");
	default:
		return kpi__fail(error, status, "no memory to merge results");
	}
}

/* Made beside `into` and then put in its place: all or nothing. */
kpi_status
kpi_result_merge(kpi_result *into, const kpi_result *from, kpi_error *error)
{
	kpi_result *united, swap;
	kpi_status status;

	if (into == NULL || from == NULL)
		return kpi__fail(error, KPI_EINVAL, "no results to merge");
	status = kpi__results_comparable(into, from, error);
	if (status == KPI_OK)
		status = kpi__result_new(&united, &into->allocator,
		    &into->frame, into->shapes, into->count, error);
	if (status != KPI_OK)
		return status;
	status = unite(united, into, from);
	if (status != KPI_OK) {
		kpi_result_free(united);
		return failed(error, status);
	}
	swap = *into;
	*into = *united;
	into->presets = swap.presets;
	swap.presets = NULL;
	*united = swap;
	kpi_result_free(united);
	return KPI_OK;
}
