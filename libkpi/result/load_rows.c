/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/memory.h"
#include "result/loader.h"
#include "result/packed.h"
#include "result/quantile.h"
#include "result/shape.h"

static int
compare_bytes(const char *a, size_t a_size, const char *b, size_t b_size)
{
	const int order = memcmp(a, b, a_size < b_size ? a_size : b_size);

	if (order != 0)
		return order;
	return (a_size > b_size) - (a_size < b_size);
}

static kpi_status
read_texts(kpi__loader *l, kpi__texts *t)
{
	const uint64_t count = kpi__load_count(l, 2);
	const char *before = NULL;
	size_t before_size = 0;

	for (uint64_t i = 0; i < count && !l->in.bad; i++) {
		size_t size;
		const char *text = kpi__load_text(l, 1, KPI_TEXT_MAX, &size);

		if (text == NULL)
			break;
		if (before != NULL &&
		    compare_bytes(before, before_size, text, size) >= 0)
			return kpi__load_damaged(
			    l, "the order of the groups' values");
		if (kpi__texts_append(t, &l->allocator, text, size) != KPI_OK)
			return kpi__load_no_memory(l);
		before = text;
		before_size = size;
	}
	return l->in.bad ? kpi__load_damaged(l, "the values of the groups")
			 : KPI_OK;
}

/* Unknown is the code after the last text. */
static void
read_codes(kpi__loader *l, kpi_result *r, size_t row, unsigned char **used)
{
	const uint32_t by = r->frame.by_count;

	for (uint32_t k = 0; k < by; k++) {
		const uint64_t code = kpi__read_varint(&l->in);
		uint32_t *to = &r->rows.code[row * by + k];

		if (code > r->texts[k].count) {
			l->in.bad = 1;
			return;
		}
		*to = (uint32_t)code;
		if (code == r->texts[k].count)
			*to = KPI__NO_TEXT;
		else
			used[k][code] = 1;
	}
}

static void
read_times(kpi__loader *l, kpi_result *r, size_t row)
{
	int64_t *time = &r->rows.time[2 * row];

	time[0] = time[1] = KPI_UNKNOWN;
	if (r->frame.bucket == KPI_BUCKET_NONE)
		return;
	time[0] = kpi__read_signed(&l->in);
	time[1] = kpi__read_signed(&l->in);
	if (time[0] == KPI_UNKNOWN || time[1] <= time[0])
		l->in.bad = 1;
}

/* Only what is a difference or a sum of values may be below zero. */
static int
may_be_negative(const kpi__shape *s, uint32_t sum)
{
	return sum == KPI__SUM_CROSS || sum == KPI__SUM_VERDICT_CROSS ||
	    sum == KPI__SUM_POOL ||
	    (sum == KPI__SUM_NUMERATOR && !kpi__shape_counts(s) &&
		s->kind != KPI__SHARE && s->kind != KPI__MIX);
}

static int
is_within(const kpi_result *r, size_t row, const kpi__shape *s)
{
	const kpi__wide n = kpi__result_sum(r, row, s, KPI__SUM_DENOMINATOR);
	const kpi__wide k = kpi__result_sum(r, row, s, KPI__SUM_NUMERATOR);
	const kpi__wide d = kpi__result_sum(r, row, s, KPI__SUM_DETRACTORS);
	const kpi__wide g = kpi__result_sum(r, row, s, KPI__SUM_GREATEST);
	kpi__wide promoters, all;

	if (s->kind == KPI__SHARE)
		return !kpi__wide_exceeds(k, n);
	if (s->kind == KPI__GREATEST)
		return !kpi__wide_is_zero(&n) || kpi__wide_is_zero(&g);
	if (s->kind == KPI__QUANTILE)
		return kpi__quantile_is_sound(r, row, s);
	if (!kpi__allocation_is_sound(r, row, s))
		return 0;
	if (s->kind != KPI__BALANCE ||
	    !(s->sums & KPI__SUM_BIT(DETRACTORS)))
		return 1;
	promoters = k;
	if (kpi__wide_add_checked(&promoters, d) || promoters.high < 0)
		return 0;
	all = promoters;
	return !kpi__wide_add_checked(&all, d) && !kpi__wide_exceeds(all, n);
}

static kpi_status
read_sums(kpi__loader *l, kpi_result *r, size_t row)
{
	size_t at = row * r->width;

	for (uint32_t i = 0; i < r->count; i++) {
		const kpi__shape *s = &r->shapes[i];

		for (uint32_t sum = 0; sum < KPI__SUMS; sum++) {
			kpi__wide one;

			if (!(s->sums & UINT32_C(1) << sum))
				continue;
			one = kpi__read_wide(&l->in);
			if (one.high < 0 && !may_be_negative(s, sum))
				l->in.bad = 1;
			if (kpi__sums_put(&r->rows.sum, &r->allocator, at++,
				&one, 1) != KPI_OK)
				return kpi__load_no_memory(l);
		}
	}
	return KPI_OK;
}

/* KPI_ENOMEM; what is no bag makes the reader bad. */
static kpi_status
read_bag(kpi__loader *l, kpi__bag *bag)
{
	const uint64_t head = kpi__read_varint(&l->in);
	const uint64_t count = head >> 1;
	const size_t shortest = head & 1 ? 3 : 2;
	uint64_t value = 0;

	if (count > (uint64_t)(l->in.end - l->in.at) / shortest) {
		l->in.bad = 1;
		return KPI_OK;
	}
	if (kpi__grow(&l->allocator, &bag->entry, &bag->room, (size_t)count,
		sizeof(*bag->entry)) != KPI_OK)
		return kpi__load_no_memory(l);
	bag->binned = head & 1;
	for (; bag->count < count && !l->in.bad; bag->count++) {
		const uint64_t more = kpi__read_varint(&l->in);
		const uint64_t times = kpi__read_varint(&l->in);
		kpi__bag_entry *one = &bag->entry[bag->count];

		if (more > INT64_MAX - value || times < 1 ||
		    times > INT64_MAX) {
			l->in.bad = 1;
			break;
		}
		value += more;
		one->value = (int64_t)value;
		one->count = (int64_t)times;
		one->sum = bag->binned
		    ? kpi__read_wide(&l->in)
		    : kpi__wide_product(one->value, one->count);
	}
	return KPI_OK;
}

static kpi_status
read_bags(kpi__loader *l, kpi_result *r, size_t row)
{
	kpi_status status = KPI_OK;

	for (uint32_t k = 0; k < r->bags && status == KPI_OK; k++)
		status = read_bag(l, &r->rows.bag[row * r->bags + k]);
	for (uint32_t i = 0; i < r->count && status == KPI_OK && !l->in.bad;
	     i++)
		if (!is_within(r, row, &r->shapes[i]))
			l->in.bad = 1;
	return status;
}

/* After the row before it, and not at the same time as that. */
static int
is_in_order(const kpi_result *r, size_t row)
{
	const kpi__rows *rows = &r->rows;

	return row == 0 ||
	    (kpi__rows_compare(r, rows, row - 1, rows, row) < 0 &&
		!kpi__rows_overlap(r, rows, row - 1, rows, row));
}

static kpi_status
read_rows(kpi__loader *l, kpi_result *r, unsigned char **used)
{
	const size_t shortest = r->frame.by_count + r->width + r->bags +
	    (r->frame.bucket == KPI_BUCKET_NONE ? 0 : 2);
	const uint64_t count = kpi__load_count(l, shortest);

	for (size_t row = 0; row < count && !l->in.bad; row++) {
		if (kpi__rows_reserve(r, &r->rows, row + 1) != KPI_OK)
			return kpi__load_no_memory(l);
		read_codes(l, r, row, used);
		read_times(l, r, row);
		if (read_sums(l, r, row) != KPI_OK ||
		    read_bags(l, r, row) != KPI_OK)
			return KPI_ENOMEM;
		if (l->in.bad)
			return kpi__load_damaged(l, "a group");
		if (!is_in_order(r, row))
			return kpi__load_damaged(l, "the order of the groups");
		r->rows.count++;
	}
	if (l->in.bad)
		return kpi__load_damaged(l, "the number of groups");
	if (r->frame.by_count == 0 && r->frame.bucket == KPI_BUCKET_NONE &&
	    count != 1)
		return kpi__load_damaged(l, "the number of groups");
	return KPI_OK;
}

static int
all_used(const kpi_result *r, unsigned char *const *used)
{
	for (uint32_t k = 0; k < r->frame.by_count; k++)
		if (memchr(used[k], 0, r->texts[k].count) != NULL)
			return 0;
	return 1;
}

kpi_status
kpi__load_rows(kpi__loader *l, kpi_result *r)
{
	const kpi_allocator *a = &l->allocator;
	const uint32_t by = r->frame.by_count;
	unsigned char *used[KPI__MAX_BY] = { NULL };
	kpi_status status = KPI_OK;

	for (uint32_t k = 0; status == KPI_OK && k < by; k++)
		status = read_texts(l, &r->texts[k]);
	for (uint32_t k = 0; status == KPI_OK && k < by; k++) {
		used[k] = kpi__new_zeroed(a, r->texts[k].count + 1, 1);
		if (used[k] == NULL)
			status = kpi__load_no_memory(l);
	}
	if (status == KPI_OK)
		status = read_rows(l, r, used);
	if (status == KPI_OK && !all_used(r, used))
		status = kpi__load_damaged(l, "a value that no group has");
	for (uint32_t k = 0; k < by; k++)
		kpi__release(a, used[k], r->texts[k].count + 1, 1);
	return status;
}
