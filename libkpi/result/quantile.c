/* SPDX-License-Identifier: MIT */
#include "result/quantile.h"

#include <math.h>

#include "base/bin.h"
#include "result/shape.h"
#include "stats/order.h"

/* Where the quantile lies in a bag: between two values, or on one. */
typedef struct between {
	const kpi__bag_entry *low, *high;
	uint32_t beyond; /* millionths of the way */
} between;

static uint64_t
count_of(const kpi_result *r, uint64_t row, const kpi__shape *s)
{
	const kpi__wide n = kpi__result_sum(r, row, s, KPI__SUM_DENOMINATOR);
	int64_t count;

	return kpi__wide_to_int64(n, &count) ? 0 : (uint64_t)count;
}

static between
find(const kpi__bag *bag, const kpi__shape *s, uint64_t n)
{
	const uint32_t q = (uint32_t)s->quantile;
	const kpi__order_place place =
	    s->linear ? kpi__order_linear(n, q) : kpi__order_nearest(n, q);

	return (between){ kpi__bag_at(bag, place.at),
		kpi__bag_at(bag, place.at + (place.beyond != 0)),
		place.beyond };
}

/* Of a bin the mean of what is in it. */
static double
value_of(const kpi__bag *bag, const kpi__bag_entry *one)
{
	return bag->binned
	    ? kpi__wide_to_double(one->sum) / (double)one->count
	    : (double)one->value;
}

static double
value_between(const kpi__bag *bag, between b)
{
	const double low = value_of(bag, b.low);

	if (b.beyond == 0)
		return low;
	return low +
	    b.beyond / (double)KPI__ORDER_WHOLE * (value_of(bag, b.high) - low);
}

static int
read_bag(
    const kpi_result *r, uint64_t row, const kpi__shape *s, kpi_figure *f)
{
	const kpi__bag *bag = kpi__result_bag(r, row, s);
	const uint64_t n = count_of(r, row, s);

	if (n == 0)
		return 0;
	f->value = value_between(bag, find(bag, s, n));
	return kpi__wide_to_int64(
	    kpi__wide_product((int64_t)f->value, s->parts), &f->numerator);
}

int
kpi__quantile_read(
    const kpi_result *r, uint64_t row, const kpi__shape *s, kpi_figure *f)
{
	int64_t whole;
	uint32_t left;

	if (kpi__shape_keeps(s))
		return read_bag(r, row, s, f);
	if (kpi__wide_divide(kpi__result_sum(r, row, s, KPI__SUM_QUANTILE),
		KPI__ORDER_WHOLE, &whole, &left))
		return 1;
	f->value = (double)whole + left / (double)KPI__ORDER_WHOLE;
	return kpi__wide_to_int64(
	    kpi__wide_product(whole, s->parts), &f->numerator);
}

static void
bound_by_bin(const kpi__bag *bag, const kpi__shape *s, uint64_t n,
    kpi_figure *f)
{
	const between b = find(bag, s, n);
	const uint32_t last = kpi__bin_of((uint64_t)b.high->value);

	f->lower = (double)b.low->value;
	f->upper = (double)(kpi__bin_begin(last) + kpi__bin_width(last) - 1);
	f->bounds_by = KPI_BOUNDS_BIN;
}

static double
picked(
    const kpi_result *r, uint64_t row, const kpi__shape *s, enum kpi__sum end)
{
	const kpi__wide sum = kpi__result_sum(r, row, s, end);

	return kpi__wide_is_zero(&sum) ? NAN : kpi__wide_to_double(sum) - 1;
}

void
kpi__quantile_bound(
    const kpi_result *r, uint64_t row, const kpi__shape *s, kpi_figure *f)
{
	const uint64_t n = count_of(r, row, s);
	const kpi__bag *bag;
	uint64_t lower, upper;

	if (!kpi__shape_keeps(s)) {
		if (s->bounded == KPI_BOUNDS_NONE)
			return;
		f->lower = picked(r, row, s, KPI__SUM_LOWER);
		f->upper = picked(r, row, s, KPI__SUM_UPPER);
		return;
	}
	bag = kpi__result_bag(r, row, s);
	if (bag->binned) {
		bound_by_bin(bag, s, n, f);
	} else if (s->bounded != KPI_BOUNDS_NONE &&
	    kpi__order_bounds(&lower, &upper, n, (uint32_t)s->quantile,
		s->confidence / 1e6)) {
		f->lower = (double)kpi__bag_at(bag, lower)->value;
		f->upper = (double)kpi__bag_at(bag, upper)->value;
	}
}

/* A bound in the quantile's millionths; non-zero if it is beyond all. */
static int
bound_of(const kpi__wide *end, kpi__wide *bound)
{
	int64_t value;

	if (kpi__wide_to_int64(*end, &value))
		return 1;
	*bound = kpi__wide_product(value - 1, KPI__ORDER_WHOLE);
	return 0;
}

/* A value that there is, between both bounds or without any. */
static int
is_picked(const kpi_result *r, uint64_t row, const kpi__shape *s)
{
	const kpi__wide n = kpi__result_sum(r, row, s, KPI__SUM_DENOMINATOR);
	const kpi__wide value = kpi__result_sum(r, row, s, KPI__SUM_QUANTILE);
	const kpi__wide lower = kpi__result_sum(r, row, s, KPI__SUM_LOWER);
	const kpi__wide upper = kpi__result_sum(r, row, s, KPI__SUM_UPPER);
	kpi__wide from, until;

	if (kpi__wide_is_zero(&n) && !kpi__wide_is_zero(&value))
		return 0;
	if (!(s->sums & KPI__SUM_BIT(LOWER)) ||
	    (kpi__wide_is_zero(&lower) && kpi__wide_is_zero(&upper)))
		return 1;
	return !kpi__wide_is_zero(&n) && !kpi__wide_is_zero(&lower) &&
	    !bound_of(&lower, &from) && !bound_of(&upper, &until) &&
	    !kpi__wide_exceeds(from, value) &&
	    !kpi__wide_exceeds(value, until);
}

/* A bin and what is in it; how many different values that may be. */
static int
is_bin(const kpi__bag_entry *one, uint64_t *most)
{
	const uint32_t bin = kpi__bin_of((uint64_t)one->value);
	const uint64_t width = kpi__bin_width(bin);
	const kpi__wide least = kpi__wide_product(one->value, one->count);
	const kpi__wide above = kpi__wide_add(
	    least, kpi__wide_product((int64_t)(width - 1), one->count));

	*most += width < (uint64_t)one->count ? width : (uint64_t)one->count;
	return kpi__bin_begin(bin) == (uint64_t)one->value &&
	    !kpi__wide_exceeds(least, one->sum) &&
	    !kpi__wide_exceeds(one->sum, above);
}

int
kpi__quantile_is_sound(
    const kpi_result *r, uint64_t row, const kpi__shape *s)
{
	const kpi__bag *bag;
	uint64_t count = 0, most = 0;

	if (!kpi__shape_keeps(s))
		return is_picked(r, row, s);
	bag = kpi__result_bag(r, row, s);
	for (size_t i = 0; i < bag->count; i++) {
		const kpi__bag_entry *one = &bag->entry[i];

		if (i > 0 && one->value <= bag->entry[i - 1].value)
			return 0;
		if (bag->binned && !is_bin(one, &most))
			return 0;
		count += (uint64_t)one->count;
		if (count > INT64_MAX)
			return 0;
	}
	if (bag->binned ? most <= KPI__BAG_EXACT : bag->count > KPI__BAG_EXACT)
		return 0;
	return kpi__result_sum(r, row, s, KPI__SUM_DENOMINATOR).high == 0 &&
	    count == count_of(r, row, s);
}
