/* SPDX-License-Identifier: MIT */
#include "result/change.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "result/comparable.h"
#include "result/order.h"
#include "result/shape.h"
#include "result/table.h"
#include "stats/several.h"

typedef struct making {
	kpi_change *change;
	const kpi_result *now, *before;
	const kpi_result *now_whole,
	    *before_whole;   /* NULL: what rows add up to */
	kpi__match *matches; /* one a row */
	kpi__twice *sums;    /* `count` a row; the last row is the whole */
	size_t room;         /* of matches */
} making;

/* By the bytes of the values, unknown last. */
static int
compare_groups(const kpi_result *a, uint64_t i, const kpi_result *b, uint64_t j)
{
	for (uint32_t k = 0; k < a->frame.by_count; k++) {
		const char *x = kpi_result_group(a, i, k);
		const char *y = kpi_result_group(b, j, k);
		int order;

		if (x == NULL || y == NULL)
			order = (x == NULL) - (y == NULL);
		else
			order = strcmp(x, y);
		if (order != 0)
			return order;
	}
	return 0;
}

/* Rows of both stand in order. */
static kpi_status
match_rows(making *m)
{
	const uint64_t now = m->now->rows.count;
	const uint64_t before = m->before->rows.count;
	uint64_t i = 0, j = 0;

	m->room = (size_t)(now + before);
	m->matches =
	    kpi__new_array(&m->change->allocator, m->room, sizeof(*m->matches));
	if (m->matches == NULL && m->room > 0)
		return KPI_ENOMEM;
	while (i < now || j < before) {
		kpi__match *match = &m->matches[m->change->rows++];
		int order;

		if (i == now || j == before)
			order = i == now ? 1 : -1;
		else
			order = compare_groups(m->now, i, m->before, j);
		match->now = order <= 0 ? i++ : KPI__NO_ROW;
		match->before = order >= 0 ? j++ : KPI__NO_ROW;
	}
	return KPI_OK;
}

static kpi_status
copy_text(char **out, const kpi_allocator *a, const char *text)
{
	if (text == NULL)
		return KPI_OK;
	*out = kpi__copy_string(a, text, strlen(text));
	return *out == NULL ? KPI_ENOMEM : KPI_OK;
}

static kpi_status
copy_groups(making *m)
{
	kpi_change *c = m->change;
	kpi_status status = KPI_OK;

	c->groups = kpi__new_zeroed(
	    &c->allocator, c->rows * c->by_count, sizeof(*c->groups));
	if (c->groups == NULL && c->rows * c->by_count > 0)
		return KPI_ENOMEM;
	for (size_t i = 0; i < c->rows * c->by_count && status == KPI_OK; i++) {
		const kpi__match *match = &m->matches[i / c->by_count];
		const uint64_t k = i % c->by_count;

		status = copy_text(&c->groups[i], &c->allocator,
		    match->now != KPI__NO_ROW
			? kpi_result_group(m->now, match->now, k)
			: kpi_result_group(m->before, match->before, k));
	}
	return status;
}

static kpi_status
copy_definitions(making *m)
{
	kpi_change *c = m->change;
	kpi_status status = KPI_OK;

	c->definitions =
	    kpi__new_zeroed(&c->allocator, c->count, sizeof(*c->definitions));
	c->metrics =
	    kpi__new_array(&c->allocator, c->count, sizeof(*c->metrics));
	if (c->definitions == NULL || c->metrics == NULL)
		return KPI_ENOMEM;
	for (uint32_t i = 0; i < c->count && status == KPI_OK; i++) {
		c->metrics[i] = m->now->shapes[i].metric;
		status = copy_text(
		    &c->definitions[i], &c->allocator, m->now->shapes[i].text);
	}
	return status;
}

/* What rows add up to; an overflow is no sum, and no whole. */
static int
add_up(const making *m, uint32_t index, kpi__twice *whole)
{
	const kpi_change *c = m->change;
	kpi__wide sum[4];
	int64_t *to[] = { &whole->now.x, &whole->now.n, &whole->before.x,
		&whole->before.n };

	for (int k = 0; k < 4; k++)
		sum[k] = kpi__wide_of(0);
	for (size_t row = 0; row < c->rows; row++) {
		const kpi__twice *t = &m->sums[row * c->count + index];
		const int64_t of[] = { t->now.x, t->now.n, t->before.x,
			t->before.n };

		for (int k = 0; k < 4; k++)
			sum[k] = kpi__wide_add(sum[k], kpi__wide_of(of[k]));
	}
	for (int k = 0; k < 4; k++)
		if (kpi__wide_to_int64(sum[k], to[k]))
			return 1;
	return 0;
}

static int
mixes_scales(const making *m, uint32_t index)
{
	const kpi_change *c = m->change;

	for (size_t row = 0; row < c->rows; row++) {
		const kpi_difference *d = &c->figures[row * c->count + index];

		if (d->now_state == KPI_STATE_MIXED ||
		    d->before_state == KPI_STATE_MIXED)
			return 1;
	}
	return 0;
}

static kpi_status
read_whole(const making *m, uint32_t index)
{
	const kpi__match only = { 0, 0 };
	kpi_change *c = m->change;
	const size_t at = c->rows * c->count + index;
	const kpi__compared whole = { m->now_whole, m->before_whole, index };
	const kpi__compared rows = { m->now, m->before, index };
	kpi__twice *sums = &m->sums[at];

	if (m->now_whole != NULL)
		return kpi__difference_read(
		    &c->figures[at], sums, &whole, &only);
	if (add_up(m, index, sums))
		return KPI_EOVERFLOW;
	if (!kpi__shape_splits(&m->now->shapes[index]) ||
	    mixes_scales(m, index))
		memset(sums, 0, sizeof(*sums));
	kpi__difference_of_sums(&c->figures[at], sums, &rows);
	return KPI_OK;
}

static kpi_status
read_differences(making *m)
{
	kpi_change *c = m->change;
	kpi_status status = KPI_OK;

	for (size_t i = 0; i < c->rows * c->count && status == KPI_OK; i++) {
		const kpi__compared compared = { m->now, m->before,
			(uint32_t)(i % c->count) };

		status = kpi__difference_read(&c->figures[i], &m->sums[i],
		    &compared, &m->matches[i / c->count]);
	}
	for (uint32_t i = 0; i < c->count && status == KPI_OK; i++) {
		status = read_whole(m, i);
		if (status == KPI_OK)
			kpi__difference_split(c->figures + i, m->sums + i,
			    c->rows, c->count, &m->now->shapes[i]);
	}
	return status;
}

/* Of the rows that were tested by one definition, the first `count` in
 * `order`: their chances. */
typedef struct tested {
	kpi_difference *figures;
	uint32_t stride;
} tested;

static int
compare_chances(const void *ctx, uint32_t a, uint32_t b)
{
	const tested *t = ctx;
	const double x = t->figures[(size_t)a * t->stride].chance;
	const double y = t->figures[(size_t)b * t->stride].chance;

	return (x > y) - (x < y);
}

static void
adjust(const tested *t, size_t rows, uint32_t *order, uint32_t *spare,
    double *chances)
{
	size_t count = 0;

	for (size_t row = 0; row < rows; row++)
		if (!isnan(t->figures[row * t->stride].chance))
			order[count++] = (uint32_t)row;
	kpi__order_places(order, spare, count, compare_chances, t);
	for (size_t i = 0; i < count; i++)
		chances[i] = t->figures[(size_t)order[i] * t->stride].chance;
	kpi__holm_adjust(chances, count);
	for (size_t i = 0; i < count; i++)
		t->figures[(size_t)order[i] * t->stride].adjusted = chances[i];
}

static kpi_status
adjust_all(const making *m)
{
	const kpi_change *c = m->change;
	const kpi_allocator *a = &c->allocator;
	uint32_t *order = kpi__new_array(a, c->rows, sizeof(*order));
	uint32_t *spare = kpi__new_array(a, c->rows, sizeof(*spare));
	double *chances = kpi__new_array(a, c->rows, sizeof(*chances));
	kpi_status status = KPI_OK;

	if (c->rows > 0 && (order == NULL || spare == NULL || chances == NULL))
		status = KPI_ENOMEM;
	for (uint32_t i = 0; i < c->count && status == KPI_OK; i++) {
		const tested t = { c->figures + i, c->count };

		if (m->now->shapes[i].adjusted)
			adjust(&t, c->rows, order, spare, chances);
	}
	kpi__release(a, order, c->rows, sizeof(*order));
	kpi__release(a, spare, c->rows, sizeof(*spare));
	kpi__release(a, chances, c->rows, sizeof(*chances));
	return status;
}

static void
judge(const making *m)
{
	kpi_change *c = m->change;

	for (size_t i = 0; i < (c->rows + 1) * c->count; i++) {
		kpi_difference *d = &c->figures[i];
		const kpi__shape *s = &m->now->shapes[i % c->count];

		if (isnan(d->adjusted))
			continue;
		d->verdict = d->adjusted <= (1000000 - s->confidence) / 1e6
		    ? KPI_VERDICT_MORE_THAN_NOISE
		    : KPI_VERDICT_WITHIN_NOISE;
	}
}

static kpi_status
make(making *m)
{
	kpi_change *c = m->change;
	kpi_status status = match_rows(m);

	if (status == KPI_OK && c->rows > UINT32_MAX)
		status = KPI_EOVERFLOW;
	if (status == KPI_OK)
		status = copy_groups(m);
	if (status == KPI_OK)
		status = copy_definitions(m);
	if (status != KPI_OK)
		return status;
	c->figures = kpi__new_zeroed(
	    &c->allocator, (c->rows + 1) * c->count, sizeof(*c->figures));
	m->sums = kpi__new_zeroed(
	    &c->allocator, (c->rows + 1) * c->count, sizeof(*m->sums));
	if (c->figures == NULL || m->sums == NULL)
		return KPI_ENOMEM;
	status = read_differences(m);
	if (status == KPI_OK)
		status = adjust_all(m);
	if (status == KPI_OK)
		judge(m);
	return status;
}

static kpi_status
check(const kpi_result *now, const kpi_result *before,
    const kpi_result *now_whole, const kpi_result *before_whole,
    kpi_error *error)
{
	kpi_status status;

	if (now == NULL || before == NULL)
		return kpi__fail(error, KPI_EINVAL, "no results to compare");
	if ((now_whole == NULL) != (before_whole == NULL))
		return kpi__fail(error, KPI_EINVAL,
		    "the whole is given of one period and not of the other");
	status = kpi__results_changeable(now, before, error);
	if (status != KPI_OK || now_whole == NULL)
		return status;
	status = kpi__result_is_whole(now, now_whole, error);
	if (status == KPI_OK)
		status = kpi__result_is_whole(before, before_whole, error);
	return status == KPI_OK
	    ? kpi__results_changeable(now_whole, before_whole, error)
	    : status;
}

kpi_status
kpi_change_new(kpi_change **out, const kpi_result *now,
    const kpi_result *before, const kpi_result *now_whole,
    const kpi_result *before_whole, kpi_error *error)
{
	making m = { NULL, now, before, now_whole, before_whole, NULL, NULL,
		0 };
	kpi_status status;
	kpi_change *c;

	if (out == NULL)
		return kpi__fail(error, KPI_EINVAL, "no place for the change");
	*out = NULL;
	status = check(now, before, now_whole, before_whole, error);
	if (status != KPI_OK)
		return status;
	c = kpi__new_zeroed(&now->allocator, 1, sizeof(*c));
	if (c == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a change");
	c->allocator = now->allocator;
	c->by_count = now->frame.by_count;
	c->count = now->count;
	memcpy(c->by, now->frame.by, sizeof(c->by));
	c->range[0][0] = now->frame.from;
	c->range[0][1] = now->frame.until;
	c->range[1][0] = before->frame.from;
	c->range[1][1] = before->frame.until;
	m.change = c;
	if (c->by_count == 0) {
		m.now_whole = now;
		m.before_whole = before;
	}
	status = make(&m);
	kpi__release(&c->allocator, m.matches, m.room, sizeof(*m.matches));
	kpi__release(
	    &c->allocator, m.sums, (c->rows + 1) * c->count, sizeof(*m.sums));
	if (status == KPI_OK) {
		*out = c;
		return KPI_OK;
	}
	kpi_change_free(c);
	return kpi__fail(error, status,
	    status == KPI_ENOMEM ? "no memory for a change"
				 : "a sum of a group is beyond 64 bits");
}
