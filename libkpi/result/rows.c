/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "result/order.h"
#include "result/table.h"

static kpi_status
reserve_bags(kpi_result *r, kpi__rows *rows, size_t need)
{
	const size_t had = rows->bag_room;

	if (kpi__grow(&r->allocator, &rows->bag, &rows->bag_room, need,
		sizeof(*rows->bag)) != KPI_OK)
		return KPI_ENOMEM;
	if (rows->bag_room > had)
		memset(rows->bag + had, 0,
		    (rows->bag_room - had) * sizeof(*rows->bag));
	return KPI_OK;
}

kpi_status
kpi__rows_reserve(kpi_result *r, kpi__rows *rows, size_t count)
{
	const kpi_allocator *a = &r->allocator;

	/* no product below can wrap where the bags' own size does not */
	if (count >
	    SIZE_MAX / sizeof(*rows->bag) / (r->width + r->bags + KPI__MAX_BY))
		return KPI_ENOMEM;
	if (kpi__grow(a, &rows->code, &rows->code_room,
		count * r->frame.by_count, sizeof(*rows->code)) != KPI_OK)
		return KPI_ENOMEM;
	if (kpi__grow(a, &rows->time, &rows->time_room, count * 2,
		sizeof(*rows->time)) != KPI_OK)
		return KPI_ENOMEM;
	if (reserve_bags(r, rows, count * r->bags) != KPI_OK)
		return KPI_ENOMEM;
	return kpi__sums_reserve(&rows->sum, a, count * r->width);
}

void
kpi__rows_free(kpi_result *r, kpi__rows *rows)
{
	const kpi_allocator *a = &r->allocator;

	kpi__release(a, rows->code, rows->code_room, sizeof(*rows->code));
	kpi__release(a, rows->time, rows->time_room, sizeof(*rows->time));
	kpi__sums_free(&rows->sum, a);
	for (size_t i = 0; i < rows->bag_room; i++)
		kpi__bag_free(&rows->bag[i], a);
	kpi__release(a, rows->bag, rows->bag_room, sizeof(*rows->bag));
	memset(rows, 0, sizeof(*rows));
}

/* KPI__NO_TEXT is the greatest code, so that unknown comes last. */
static int
compare_groups(const kpi_result *r, const kpi__rows *a, size_t i,
    const kpi__rows *b, size_t j)
{
	const uint32_t by = r->frame.by_count;

	for (uint32_t k = 0; k < by; k++) {
		const uint32_t x = a->code[i * by + k];
		const uint32_t y = b->code[j * by + k];

		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

int
kpi__rows_compare(const kpi_result *r, const kpi__rows *a, size_t i,
    const kpi__rows *b, size_t j)
{
	const int order = compare_groups(r, a, i, b, j);

	if (order != 0)
		return order;
	for (size_t k = 0; k < 2; k++) {
		const int64_t x = a->time[2 * i + k], y = b->time[2 * j + k];

		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

int
kpi__rows_overlap(const kpi_result *r, const kpi__rows *a, size_t i,
    const kpi__rows *b, size_t j)
{
	return compare_groups(r, a, i, b, j) == 0 &&
	    b->time[2 * j] < a->time[2 * i + 1];
}

/* Row `j` of `from` becomes row `i` of `to`, which is wide if that is. */
static void
copy_row(const kpi_result *r, kpi__rows *to, size_t i, const kpi__rows *from,
    size_t j)
{
	const size_t by = r->frame.by_count, w = r->width;

	for (size_t k = 0; k < by; k++)
		to->code[i * by + k] = from->code[j * by + k];
	to->time[2 * i] = from->time[2 * j];
	to->time[2 * i + 1] = from->time[2 * j + 1];
	kpi__sums_copy(&to->sum, i * w, &from->sum, j * w, w);
}

/* The same, and its bags go along; what `to` had there stands in their place. */
static void
move_row(const kpi_result *r, kpi__rows *to, size_t i, kpi__rows *from,
    size_t j)
{
	copy_row(r, to, i, from, j);
	for (size_t k = 0; k < r->bags; k++) {
		const kpi__bag had = to->bag[i * r->bags + k];

		to->bag[i * r->bags + k] = from->bag[j * r->bags + k];
		from->bag[j * r->bags + k] = had;
	}
}

kpi_status
kpi__rows_append(
    const kpi_result *r, kpi__rows *to, const kpi__rows *from, size_t j)
{
	const size_t at = to->count;

	if (from->sum.high != NULL &&
	    kpi__sums_widen(&to->sum, &r->allocator) != KPI_OK)
		return KPI_ENOMEM;
	to->count++;
	copy_row(r, to, at, from, j);
	for (size_t k = 0; k < r->bags; k++)
		if (kpi__bag_copy(&to->bag[at * r->bags + k], &r->allocator,
			&from->bag[j * r->bags + k]) != KPI_OK)
			return KPI_ENOMEM;
	return KPI_OK;
}

/* Puts what is in one bag to what is in another. */
static kpi_status
add_bag(const kpi_result *r, kpi__bag *to, const kpi__bag *from)
{
	kpi__bag both = { NULL, 0, 0, 0 };
	kpi_status status = kpi__bag_unite(&both, &r->allocator, to, from);
	kpi__bag before = *to;

	if (status == KPI_OK)
		*to = both;
	else
		before = both;
	kpi__bag_free(&before, &r->allocator);
	return status;
}

static int
unite(enum kpi__sum sum, kpi__wide *to, kpi__wide from)
{
	if (sum != KPI__SUM_GREATEST)
		return kpi__wide_add_checked(to, from);
	if (kpi__wide_exceeds(from, *to))
		*to = from;
	return 0;
}

kpi_status
kpi__rows_add_last(
    const kpi_result *r, kpi__rows *to, const kpi__rows *from, size_t j)
{
	size_t at = (to->count - 1) * r->width, of = j * r->width;

	for (uint32_t i = 0; i < r->count; i++)
		for (int k = 0; k < KPI__SUMS; k++) {
			kpi__wide sum, by;

			if (!(r->shapes[i].sums >> k & 1))
				continue;
			sum = kpi__sums_get(&to->sum, at);
			by = kpi__sums_get(&from->sum, of++);
			if (unite((enum kpi__sum)k, &sum, by))
				return KPI_EOVERFLOW;
			if (kpi__sums_put(&to->sum, &r->allocator, at++, &sum,
				1) != KPI_OK)
				return KPI_ENOMEM;
		}
	for (size_t k = 0; k < r->bags; k++) {
		kpi_status status =
		    add_bag(r, &to->bag[(to->count - 1) * r->bags + k],
			&from->bag[j * r->bags + k]);

		if (status != KPI_OK)
			return status;
	}
	return KPI_OK;
}

static int
compare_places(const void *ctx, uint32_t a, uint32_t b)
{
	const kpi_result *r = ctx;

	return kpi__rows_compare(r, &r->rows, a, &r->rows, b);
}

/* Row order[i] becomes row i; each is moved once, and `order` is used up.
 * Many rows of many sums are more than a cache holds: no second copy. */
static void
arrange(const kpi_result *r, kpi__rows *rows, kpi__rows *spare,
    uint32_t *order)
{
	for (uint32_t first = 0; first < rows->count; first++) {
		uint32_t at = first, next;

		if (order[first] == first)
			continue;
		move_row(r, spare, 0, rows, first);
		while ((next = order[at]) != first) {
			move_row(r, rows, at, rows, next);
			order[at] = at;
			at = next;
		}
		move_row(r, rows, at, spare, 0);
		order[at] = at;
	}
}

static void
empty_bags(const kpi_result *r, kpi__rows *rows, size_t row)
{
	for (size_t k = 0; k < r->bags; k++)
		kpi__bag_free(
		    &rows->bag[row * r->bags + k], &r->allocator);
}

/* Equal ones, which stand together, are added up. */
static kpi_status
unite_equal(const kpi_result *r, kpi__rows *rows)
{
	const size_t n = rows->count;
	kpi_status status = KPI_OK;

	rows->count = 1;
	for (size_t i = 1; i < n && status == KPI_OK; i++) {
		if (kpi__rows_compare(r, rows, rows->count - 1, rows, i) == 0) {
			status = kpi__rows_add_last(r, rows, rows, i);
			empty_bags(r, rows, i);
		} else if (rows->count++ != i) {
			move_row(r, rows, rows->count - 1, rows, i);
		}
	}
	return status;
}

/* Each after the one before it, and none is to be added to another. */
static int
are_in_order(const kpi_result *r)
{
	for (size_t i = 1; i < r->rows.count; i++)
		if (kpi__rows_compare(r, &r->rows, i - 1, &r->rows, i) >= 0)
			return 0;
	return 1;
}

static kpi_status
sort_rows(kpi_result *r)
{
	const kpi_allocator *a = &r->allocator;
	const size_t n = r->rows.count;
	uint32_t *order = kpi__new_array(a, n, sizeof(*order));
	uint32_t *other = kpi__new_array(a, n, sizeof(*other));
	kpi__rows spare;
	kpi_status status;

	memset(&spare, 0, sizeof(spare));
	status = kpi__rows_reserve(r, &spare, 1);
	if (status == KPI_OK && r->rows.sum.high != NULL)
		status = kpi__sums_widen(&spare.sum, a);
	if (order == NULL || other == NULL)
		status = KPI_ENOMEM;
	if (status == KPI_OK) {
		for (uint32_t i = 0; i < n; i++)
			order[i] = i;
		kpi__order_places(order, other, n, compare_places, r);
		arrange(r, &r->rows, &spare, order);
		status = unite_equal(r, &r->rows);
	}
	kpi__release(a, order, n, sizeof(*order));
	kpi__release(a, other, n, sizeof(*other));
	kpi__rows_free(r, &spare);
	return status;
}

static kpi_status
make_only_row(kpi_result *r)
{
	const kpi__wide zero = { 0, 0 };
	kpi_status status = kpi__rows_reserve(r, &r->rows, 1);

	for (uint32_t i = 0; i < r->width && status == KPI_OK; i++)
		status = kpi__sums_put(
		    &r->rows.sum, &r->allocator, i, &zero, 1);
	if (status != KPI_OK)
		return status;
	r->rows.time[0] = r->rows.time[1] = KPI_UNKNOWN;
	r->rows.count = 1;
	return KPI_OK;
}

/* A group that could not be added has left its texts behind. */
static kpi_status
sort_texts(kpi_result *r, uint32_t i)
{
	if (r->rows.count == 0) {
		kpi__texts_free(&r->texts[i], &r->allocator);
		return KPI_OK;
	}
	return kpi__texts_sort(&r->texts[i], &r->allocator, r->rows.code + i,
	    r->rows.count, r->frame.by_count);
}

kpi_status
kpi__result_finish(kpi_result *r, kpi_error *error)
{
	const uint32_t by = r->frame.by_count;
	kpi_status status = KPI_OK;

	for (uint32_t i = 0; status == KPI_OK && i < by; i++)
		status = sort_texts(r, i);
	if (status == KPI_OK && !are_in_order(r))
		status = sort_rows(r);
	if (status == KPI_OK && r->rows.count == 0 && by == 0 &&
	    r->frame.bucket == KPI_BUCKET_NONE)
		status = make_only_row(r);
	if (status == KPI_OK)
		status = kpi__result_settle(r);

	if (status == KPI_EOVERFLOW)
		return kpi__fail(
		    error, status, "the sums of a group are beyond 128 bits");
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory for a result");
	return KPI_OK;
}
