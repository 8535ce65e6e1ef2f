/* SPDX-License-Identifier: MIT */
#include "result/result.h"

#include <string.h>

#include "base/error.h"
#include "base/fingerprint.h"
#include "base/memory.h"
#include "result/goals.h"
#include "result/shape.h"
#include "result/table.h"
#include "result/verdict.h"

static int
copy_frame(kpi_result *r, const kpi__frame *frame)
{
	const kpi_allocator *a = &r->allocator;
	const char *zone = frame->zone == NULL ? "UTC" : frame->zone;
	const char *filters = frame->filters == NULL ? "" : frame->filters;

	r->frame = *frame;
	r->frame.filters = NULL;
	r->zone = kpi__copy_string(a, zone, strlen(zone));
	r->frame.zone = r->zone;
	if (frame->zone_directory != NULL) {
		r->zone_directory = kpi__copy_string(
		    a, frame->zone_directory, strlen(frame->zone_directory));
		if (r->zone_directory == NULL)
			return 0;
		r->frame.zone_directory = r->zone_directory;
	}
	r->filters = kpi__new_zeroed(a, 1, sizeof(*r->filters));
	if (r->filters == NULL)
		return 0;
	r->filter_count = 1;
	r->filters[0] = kpi__copy_string(a, filters, strlen(filters));
	return r->zone != NULL && r->filters[0] != NULL;
}

static int
copy_shapes(kpi_result *r, const kpi__shape *shapes, uint32_t count)
{
	r->shapes = kpi__new_zeroed(&r->allocator, count, sizeof(*r->shapes));
	if (r->shapes == NULL)
		return 0;
	r->count = count;
	r->limits = kpi__new_zeroed(&r->allocator, count, sizeof(*r->limits));
	if (r->limits == NULL)
		return 0;
	for (uint32_t i = 0; i < count; i++) {
		r->shapes[i] = shapes[i];
		r->shapes[i].first = r->width;
		r->width += kpi__shape_width(&shapes[i]);
		r->shapes[i].bag = r->bags;
		r->bags += kpi__shape_keeps(&shapes[i]) != 0;
		r->shapes[i].text = NULL;
		r->shapes[i].goals = NULL;
		r->shapes[i].goal_count = 0;
	}
	for (uint32_t i = 0; i < count; i++) {
		r->shapes[i].text = kpi__copy_string(
		    &r->allocator, shapes[i].text, strlen(shapes[i].text));
		if (r->shapes[i].text == NULL ||
		    kpi__goals_copy(&r->shapes[i], &shapes[i], &r->allocator))
			return 0;
		kpi__fingerprint(r->shapes[i].fingerprint, shapes[i].text);
	}
	return 1;
}

kpi_status
kpi__result_new(kpi_result **out, const kpi_allocator *a,
    const kpi__frame *frame, const kpi__shape *shapes, uint32_t count,
    kpi_error *error)
{
	kpi_result *r;

	*out = NULL;
	if (count == 0 || frame->by_count > KPI__MAX_BY)
		return kpi__fail(error, KPI_EINVAL,
		    count == 0 ? "no definition to measure"
			       : "more dimensions than a result has");
	for (uint32_t i = 0; i < count; i++) {
		const char *fault = kpi__shape_fault(&shapes[i], frame);

		if (fault != NULL)
			return kpi__fail(error, KPI_EINVAL,
			    "the definition %s %s", shapes[i].text, fault);
	}

	r = kpi__new_zeroed(a, 1, sizeof(*r));
	if (r == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a result");
	r->allocator = *a;
	if (!copy_frame(r, frame) || !copy_shapes(r, shapes, count)) {
		kpi_result_free(r);
		return kpi__fail(error, KPI_ENOMEM, "no memory for a result");
	}
	*out = r;
	return KPI_OK;
}

/* What is judged are figures, with what is allocated to them. */
kpi_status
kpi__result_settle(kpi_result *r)
{
	kpi_status status = kpi__wholes_make(r);

	if (status == KPI_OK)
		status = kpi__allocations_make(r);
	return status == KPI_OK ? kpi__result_judge(r) : status;
}

void
kpi_result_free(kpi_result *r)
{
	kpi_allocator a;

	if (r == NULL)
		return;
	a = r->allocator;
	kpi__wholes_free(r);
	kpi__allocations_free(r);
	kpi__rows_free(r, &r->rows);
	for (uint32_t i = 0; i < KPI__MAX_BY; i++)
		kpi__texts_free(&r->texts[i], &a);
	for (uint32_t i = 0; i < r->count; i++) {
		kpi__goals_free(&r->shapes[i], &a);
		kpi__free_string(&a, r->shapes[i].text);
	}
	kpi__free_strings(&a, r->presets, r->count);
	kpi__release(&a, r->limits, r->count, sizeof(*r->limits));
	kpi__release(&a, r->shapes, r->count, sizeof(*r->shapes));
	kpi__free_strings(&a, r->filters, r->filter_count);
	kpi__free_string(&a, r->zone);
	kpi__free_string(&a, r->zone_directory);
	kpi__release(&a, r, 1, sizeof(*r));
}

kpi_status
kpi__result_name_presets(
    kpi_result *r, uint32_t index, const char *names, kpi_error *error)
{
	const kpi_allocator *a = &r->allocator;

	if (r->presets == NULL)
		r->presets = kpi__new_zeroed(a, r->count, sizeof(*r->presets));
	if (r->presets != NULL)
		r->presets[index] = kpi__copy_string(a, names, strlen(names));
	if (r->presets == NULL || r->presets[index] == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a result");
	return KPI_OK;
}

uint32_t
kpi__result_width(const kpi_result *r)
{
	return r->width;
}

const kpi_allocator *
kpi__result_allocator(const kpi_result *r)
{
	return &r->allocator;
}

void
kpi__result_give(kpi_result *r, uint32_t index, kpi__bag *bag)
{
	kpi__bag *to = &r->rows.bag[(r->rows.count - 1) * r->bags +
	    r->shapes[index].bag];

	*to = *bag;
	memset(bag, 0, sizeof(*bag));
}

static kpi_status
no_room(kpi_status status, kpi_error *error)
{
	return kpi__fail(error, status,
	    status == KPI_ENOMEM ? "no memory for another group"
				 : "more groups than a result can hold");
}

kpi_status
kpi__result_reserve(kpi_result *r, size_t rows, kpi_error *error)
{
	kpi_status status;

	if (rows > UINT32_MAX - r->rows.count)
		return no_room(KPI_EOVERFLOW, error);
	status = kpi__rows_reserve(r, &r->rows, r->rows.count + rows);
	return status == KPI_OK ? KPI_OK : no_room(status, error);
}

kpi_status
kpi__result_intern(kpi_result *r, uint32_t in, const char *text,
    uint32_t *place, kpi_error *error)
{
	kpi_status status = KPI_OK;

	*place = KPI__NO_TEXT;
	if (text != NULL && *text != '\0')
		status = kpi__texts_intern(
		    &r->texts[in], &r->allocator, text, place);
	return status == KPI_OK ? KPI_OK : no_room(status, error);
}

kpi_status
kpi__result_sort_texts(
    kpi_result *r, uint32_t *codes, size_t count, kpi_error *error)
{
	const uint32_t by = r->frame.by_count;
	kpi_status status = KPI_OK;

	for (uint32_t i = 0;
	     i < by && r->rows.count == 0 && status == KPI_OK; i++)
		status = kpi__texts_sort(
		    &r->texts[i], &r->allocator, codes + i, count, by);
	return status == KPI_OK ? KPI_OK : no_room(status, error);
}

static void
add_key(kpi_result *r, const uint32_t *places, int64_t begin, int64_t until)
{
	const uint32_t by = r->frame.by_count;
	const size_t at = r->rows.count++;

	for (uint32_t i = 0; i < by; i++)
		r->rows.code[at * by + i] = places[i];
	r->rows.time[2 * at] = begin;
	r->rows.time[2 * at + 1] = until;
}

kpi_status
kpi__result_add_at(kpi_result *r, const uint32_t *places, int64_t begin,
    int64_t until, const kpi__wide *sums, kpi_error *error)
{
	const kpi_status status = kpi__result_reserve(r, 1, error);

	if (status != KPI_OK)
		return status;
	if (kpi__sums_put(&r->rows.sum, &r->allocator,
		r->rows.count * r->width, sums, r->width) != KPI_OK)
		return no_room(KPI_ENOMEM, error);
	add_key(r, places, begin, until);
	return KPI_OK;
}

uint64_t *
kpi__result_short_sums(kpi_result *r)
{
	return r->rows.sum.high != NULL
	    ? NULL
	    : r->rows.sum.low + r->rows.count * r->width;
}

void
kpi__result_add_short(kpi_result *r, const uint64_t *sums,
    const uint32_t *places, int64_t begin, int64_t until)
{
	const size_t at = r->rows.count * r->width;
	uint64_t any = 0;

	for (uint32_t i = 0; i < r->width; i++)
		any |= sums[i];
	if (any == 0)
		return;
	kpi__sums_put_short(&r->rows.sum, at, sums, r->width);
	add_key(r, places, begin, until);
}

kpi_status
kpi__result_add(kpi_result *r, const char *const *group, int64_t begin,
    int64_t until, const kpi__wide *sums, kpi_error *error)
{
	uint32_t places[KPI__MAX_BY];
	kpi_status status = KPI_OK;

	for (uint32_t i = 0; status == KPI_OK && i < r->frame.by_count; i++)
		status =
		    kpi__result_intern(r, i, group[i], &places[i], error);
	return status == KPI_OK
	    ? kpi__result_add_at(r, places, begin, until, sums, error)
	    : status;
}
