/* SPDX-License-Identifier: MIT */
#include "result/season.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sized.h"
#include "result/shape.h"
#include "result/table.h"
#include "stats/split.h"

static int
is_same_group(const kpi_result *r, size_t i, size_t j)
{
	const uint32_t by = r->frame.by_count;

	return by == 0 ||
	    memcmp(r->rows.code + i * by, r->rows.code + j * by,
		by * sizeof(*r->rows.code)) == 0;
}

/* Rows of one group stand together; without groups there is one, be it
 * empty. */
static size_t
count_groups(const kpi_result *r)
{
	size_t count = r->frame.by_count == 0 || r->rows.count > 0;

	for (size_t i = 1; i < r->rows.count; i++)
		count += !is_same_group(r, i - 1, i);
	return count;
}

static kpi_status
make_room(kpi_season *s)
{
	const kpi_allocator *a = &s->cells.allocator;

	s->groups =
	    kpi__new_zeroed(a, s->rows * s->by_count, sizeof(*s->groups));
	s->counts =
	    kpi__new_zeroed(a, s->rows * s->cells.count, sizeof(*s->counts));
	s->means = kpi__new_zeroed(a, s->rows, sizeof(*s->means));
	if (s->rows > 0 &&
	    ((s->groups == NULL && s->by_count > 0) || s->counts == NULL ||
		s->means == NULL))
		return KPI_ENOMEM;
	return KPI_OK;
}

static kpi_status
copy_group(kpi_season *s, size_t group, const kpi_result *r, size_t row)
{
	for (uint32_t k = 0; k < s->by_count; k++) {
		const char *text = kpi_result_group(r, row, k);
		char **to = &s->groups[group * s->by_count + k];

		if (text == NULL)
			continue;
		*to = kpi__copy_string(&s->cells.allocator, text, strlen(text));
		if (*to == NULL)
			return KPI_ENOMEM;
	}
	return KPI_OK;
}

static kpi_status
copy_groups(kpi_season *s, const kpi_result *r)
{
	kpi_status status = KPI_OK;
	size_t group = 0;

	for (size_t i = 0; i < r->rows.count && status == KPI_OK; i++)
		if (i == 0 || !is_same_group(r, i - 1, i))
			status = copy_group(s, group++, r, i);
	return status;
}

kpi_status
kpi__season_fold(int64_t *out, const kpi_season *s, const kpi_result *r,
    uint32_t index, enum kpi__sum sum)
{
	size_t group = 0;

	for (size_t i = 0; i < r->rows.count; i++) {
		const int64_t begin = r->rows.time[2 * i];
		kpi__wide more;
		int64_t *to;

		if (i > 0 && !is_same_group(r, i - 1, i))
			group++;
		if (begin < s->cells.from || begin >= s->cells.until)
			continue;
		to = &out[group * s->cells.count +
		    kpi__cells_at(&s->cells, begin)];
		more = kpi__result_sum(r, i, &r->shapes[index], sum);
		if (kpi__wide_add_checked(&more, kpi__wide_of(*to)) ||
		    kpi__wide_to_int64(more, to))
			return KPI_EOVERFLOW;
	}
	return KPI_OK;
}

static double
mean_of(const kpi_season *s, size_t row, uint32_t cell)
{
	const double count =
	    (double)s->counts[row * s->cells.count + cell] / (double)s->parts;

	return s->cells.time[cell] == 0
	    ? (double)NAN
	    : count / kpi__cells_times(&s->cells, cell);
}

/* Of the cells that there are. */
static void
find_means(kpi_season *s)
{
	for (size_t row = 0; row < s->rows; row++) {
		kpi__running sum = { 0, 0 };
		uint32_t count = 0;

		for (uint32_t i = 0; i < s->cells.count; i++) {
			if (s->cells.time[i] == 0)
				continue;
			kpi__running_add(&sum, mean_of(s, row, i));
			count++;
		}
		s->means[row] = kpi__running_sum(&sum) / count;
	}
}

static kpi_status
make(kpi_season *s, const kpi_result *r, uint32_t index, kpi_error *error)
{
	kpi_status status;

	s->rows = count_groups(r);
	status = make_room(s);
	if (status == KPI_OK)
		status = copy_groups(s, r);
	if (status == KPI_OK)
		status = kpi__season_fold(
		    s->counts, s, r, index, KPI__SUM_NUMERATOR);
	if (status != KPI_OK)
		return kpi__fail(error, status,
		    status == KPI_ENOMEM ? "no memory for a season"
					 : "a sum of a cell is beyond 64 bits");
	find_means(s);
	return KPI_OK;
}

static kpi_status
check(const kpi_result *r, uint64_t index, kpi_error *error)
{
	if (r == NULL || index >= r->count)
		return kpi__fail(error, KPI_EINVAL,
		    r == NULL ? "no result"
			      : "the result has no such definition");
	if (r->shapes[index].kind != KPI__COUNT)
		return kpi__fail_at(error, KPI_EINVAL, "metric",
		    "a season is of a count, such as contacts, visits or "
		    "customers, not of %.*s",
		    (int)kpi__shape_name_length(&r->shapes[index]),
		    r->shapes[index].text);
	return KPI_OK;
}

kpi_status
kpi_season_of(kpi_season **out, const kpi_result *r, uint64_t index,
    int32_t period, kpi_error *error)
{
	kpi_status status;
	kpi_season *s;

	if (out == NULL)
		return kpi__fail(error, KPI_EINVAL, "no place for the season");
	*out = NULL;
	status = check(r, index, error);
	if (status != KPI_OK)
		return status;
	s = kpi__new_zeroed(&r->allocator, 1, sizeof(*s));
	if (s == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a season");
	status = kpi__cells_make(
	    &s->cells, r, period == 0 ? KPI_BUCKET_WEEK : period, error);
	s->by_count = r->frame.by_count;
	memcpy(s->by, r->frame.by, sizeof(s->by));
	s->parts = r->shapes[index].parts;
	if (status == KPI_OK)
		status = make(s, r, (uint32_t)index, error);
	if (status != KPI_OK) {
		kpi_season_free(s);
		return status;
	}
	*out = s;
	return KPI_OK;
}

kpi_status
kpi_season_get(
    const kpi_season *s, uint64_t row, uint64_t cell, kpi_season_cell *out)
{
	kpi_season_cell c = KPI_SEASON_CELL_INIT;
	uint32_t at;

	if (s == NULL || row >= s->rows || cell >= s->cells.count)
		return KPI_EINVAL;
	at = (uint32_t)cell;
	c.count = s->counts[row * s->cells.count + at];
	c.parts = s->parts;
	c.times = kpi__cells_times(&s->cells, at);
	c.mean = mean_of(s, (size_t)row, at);
	c.index = c.mean / s->means[row];
	c.weekday = kpi__cells_weekday(&s->cells, at);
	c.minute = kpi__cells_minute(&s->cells, at);
	return kpi__sized_write(
	    out, &c, sizeof(c), KPI__SIZE_TO(kpi_season_cell, minute));
}
