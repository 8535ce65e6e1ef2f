/* SPDX-License-Identifier: MIT */
#include "result/wholes.h"

#include "base/memory.h"
#include "result/alike.h"
#include "result/shape.h"
#include "result/table.h"

static uint32_t
dimension_of(const kpi_result *r, const kpi__shape *s)
{
	uint32_t k = 0;

	while (r->frame.by[k] != s->among)
		k++;
	return k;
}

static kpi_status
add_up(kpi_result *r, const kpi__shape *s, kpi__wholes *w)
{
	const uint32_t width = kpi__shape_width(s);

	w->sum = kpi__new_zeroed(
	    &r->allocator, w->count, width * sizeof(*w->sum));
	if (w->sum == NULL)
		return KPI_ENOMEM;
	for (size_t row = 0; row < w->rows; row++) {
		const size_t first = row * r->width + s->first;
		kpi__wide *to = &w->sum[(size_t)w->of[row] * width];

		for (uint32_t k = 0; k < width; k++)
			if (kpi__wide_add_checked(&to[k],
				kpi__sums_get(&r->rows.sum, first + k)))
				return KPI_EOVERFLOW;
	}
	return KPI_OK;
}

static kpi_status
make(kpi_result *r, const kpi__shape *s, kpi__wholes *w)
{
	kpi_status status;

	if (r->rows.count == 0)
		return KPI_OK;
	w->of = kpi__new_array(&r->allocator, r->rows.count, sizeof(*w->of));
	if (w->of == NULL)
		return KPI_ENOMEM;
	w->rows = r->rows.count;
	status = kpi__rows_alike(
	    r, ~(UINT32_C(1) << dimension_of(r, s)), w->of, &w->count);
	return status == KPI_OK ? add_up(r, s, w) : status;
}

kpi_status
kpi__wholes_make(kpi_result *r)
{
	kpi_status status = KPI_OK;
	int mixes = 0;

	for (uint32_t i = 0; i < r->count; i++)
		mixes |= r->shapes[i].kind == KPI__MIX;
	if (!mixes)
		return KPI_OK;
	kpi__wholes_free(r);
	r->wholes =
	    kpi__new_zeroed(&r->allocator, r->count, sizeof(*r->wholes));
	if (r->wholes == NULL)
		return KPI_ENOMEM;
	for (uint32_t i = 0; i < r->count && status == KPI_OK; i++)
		if (r->shapes[i].kind == KPI__MIX)
			status = make(r, &r->shapes[i], &r->wholes[i]);
	return status;
}

void
kpi__wholes_free(kpi_result *r)
{
	const kpi_allocator *a = &r->allocator;

	for (uint32_t i = 0; i < r->count && r->wholes != NULL; i++) {
		const kpi__wholes *w = &r->wholes[i];

		kpi__release(a, w->of, w->rows, sizeof(*w->of));
		kpi__release(a, w->sum, w->count,
		    kpi__shape_width(&r->shapes[i]) * sizeof(*w->sum));
	}
	kpi__release(a, r->wholes, r->count, sizeof(*r->wholes));
	r->wholes = NULL;
}

kpi__wide
kpi__whole_sum(const kpi_result *r, uint64_t row, const kpi__shape *s,
    enum kpi__sum sum)
{
	const kpi__wholes *w = &r->wholes[s - r->shapes];
	const uint32_t code =
	    r->rows.code[row * r->frame.by_count + dimension_of(r, s)];

	if (!(s->sums >> sum & 1) ||
	    (s->known_alone && code == KPI__NO_TEXT))
		return kpi__result_sum(r, row, s, sum);
	return w->sum[(size_t)w->of[row] * kpi__shape_width(s) +
	    kpi__shape_place(s, sum)];
}
