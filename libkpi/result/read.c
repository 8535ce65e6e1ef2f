/* SPDX-License-Identifier: MIT */
#include "result/shape.h"
#include "result/table.h"

uint64_t
kpi_result_rows(const kpi_result *r)
{
	return r == NULL ? 0 : r->rows.count;
}

uint64_t
kpi_result_count(const kpi_result *r)
{
	return r == NULL ? 0 : r->count;
}

static const kpi__shape *
shape_of(const kpi_result *r, uint64_t index)
{
	return r == NULL || index >= r->count ? NULL : &r->shapes[index];
}

const char *
kpi_result_definition(const kpi_result *r, uint64_t index)
{
	const kpi__shape *shape = shape_of(r, index);

	return shape == NULL ? NULL : shape->text;
}

const char *
kpi_result_fingerprint(const kpi_result *r, uint64_t index)
{
	const kpi__shape *shape = shape_of(r, index);

	return shape == NULL ? NULL : shape->fingerprint;
}

const char *
kpi_result_presets(const kpi_result *r, uint64_t index)
{
	if (shape_of(r, index) == NULL)
		return NULL;
	return r->presets == NULL || r->presets[index] == NULL
	    ? ""
	    : r->presets[index];
}

int32_t
kpi_result_metric(const kpi_result *r, uint64_t index)
{
	const kpi__shape *shape = shape_of(r, index);

	return shape == NULL ? 0 : shape->metric;
}

kpi_by
kpi_result_by(const kpi_result *r, uint64_t index)
{
	return r == NULL || index >= r->frame.by_count ? 0 : r->frame.by[index];
}

int32_t
kpi_result_bucket(const kpi_result *r)
{
	return r == NULL ? KPI_BUCKET_NONE : r->frame.bucket;
}

const char *
kpi_result_zone(const kpi_result *r)
{
	return r == NULL ? NULL : r->zone;
}

const char *
kpi_result_group(const kpi_result *r, uint64_t row, uint64_t index)
{
	uint32_t code;

	if (r == NULL || row >= r->rows.count || index >= r->frame.by_count)
		return NULL;
	code = r->rows.code[row * r->frame.by_count + index];
	return code == KPI__NO_TEXT ? NULL
				    : kpi__texts_get(&r->texts[index], code);
}

static int64_t
time_of(const kpi_result *r, uint64_t row, size_t which)
{
	if (r == NULL || row >= r->rows.count)
		return KPI_UNKNOWN;
	return r->rows.time[2 * row + which];
}

int64_t
kpi_result_begin(const kpi_result *r, uint64_t row)
{
	return time_of(r, row, 0);
}

int64_t
kpi_result_until(const kpi_result *r, uint64_t row)
{
	return time_of(r, row, 1);
}

int64_t
kpi_result_as_of(const kpi_result *r, uint64_t index)
{
	const kpi__shape *shape = shape_of(r, index);

	return shape == NULL ? KPI_UNKNOWN : shape->as_of;
}

int64_t
kpi_result_known_from(const kpi_result *r, uint64_t index)
{
	const kpi__shape *shape = shape_of(r, index);

	return shape == NULL ? KPI_UNKNOWN : shape->known_from;
}

kpi__wide
kpi__result_sum(const kpi_result *r, uint64_t row, const kpi__shape *shape,
    enum kpi__sum sum)
{
	if (!(shape->sums >> sum & 1))
		return (kpi__wide){ 0, 0 };
	return kpi__sums_get(&r->rows.sum,
	    row * r->width + shape->first + kpi__shape_place(shape, sum));
}

const kpi__bag *
kpi__result_bag(const kpi_result *r, uint64_t row, const kpi__shape *shape)
{
	return &r->rows.bag[row * r->bags + shape->bag];
}
