/* SPDX-License-Identifier: MIT */
#include "result/allocation.h"

#include <string.h>

#include "base/memory.h"
#include "result/alike.h"
#include "result/order.h"
#include "result/shape.h"
#include "result/table.h"

enum { NOTHING, SHARED, TOO_GREAT };

/* Shares are exact for bases below it. */
#define BASE_LIMIT (INT64_C(1) << 62)

/* A pool and those who share it. */
typedef struct pool {
	kpi__wide amount_sum, base_sum;
	int64_t amount, base; /* the same; base 0: nobody shares it */
	int64_t left;         /* units that are not handed out */
	int over;             /* not to be counted in 64 bits */
} pool;

typedef struct allocating {
	const kpi_result *result;
	const kpi__shape *shape;
	kpi__allocation *to;
	uint32_t *of;       /* of each row, the place of its pool */
	uint64_t *fraction; /* likewise, what rounding took, of the base */
	uint32_t *order, *spare;
	pool *pools;
	size_t count;
} allocating;

#define NONE_KNOWN KPI__MAX_BY
#define MANY_KNOWN (KPI__MAX_BY + 1)

/* The one dimension of which the row has a value. */
static uint32_t
known_in(const kpi_result *r, size_t row)
{
	const uint32_t by = r->frame.by_count;
	uint32_t in = NONE_KNOWN;

	for (uint32_t k = 0; k < by; k++)
		if (r->rows.code[row * by + k] != KPI__NO_TEXT)
			in = in == NONE_KNOWN ? k : MANY_KNOWN;
	return in;
}

static kpi__wide
sum_of(const allocating *a, size_t row, enum kpi__sum sum)
{
	return kpi__result_sum(a->result, row, a->shape, sum);
}

static int
gives(const allocating *a, size_t row, uint32_t in)
{
	const kpi__wide amount = sum_of(a, row, KPI__SUM_POOL);

	return !kpi__wide_is_zero(&amount) &&
	    known_in(a->result, row) == in;
}

static void
put(allocating *a, size_t row, kpi__wide units)
{
	kpi__wide sum = kpi__wide_of(a->to->share[row]);

	if (kpi__wide_add_checked(&sum, units) ||
	    kpi__wide_to_int64(sum, &a->to->share[row]))
		a->to->state[row] = TOO_GREAT;
	else if (a->to->state[row] == NOTHING)
		a->to->state[row] = SHARED;
}

static void
add_up(allocating *a, uint32_t in)
{
	for (size_t row = 0; row < a->to->rows; row++) {
		pool *p = &a->pools[a->of[row]];
		kpi__wide base;

		if (gives(a, row, in))
			p->over |= kpi__wide_add_checked(
			    &p->amount_sum, sum_of(a, row, KPI__SUM_POOL));
		base = sum_of(a, row, KPI__SUM_BASE);
		p->over |= base.high < 0 ||
		    kpi__wide_add_checked(&p->base_sum, base);
	}
}

/* What is given back is rounded as what is given. */
static uint64_t
size_of(int64_t amount)
{
	return amount < 0 ? 0 - (uint64_t)amount : (uint64_t)amount;
}

static void
weigh(pool *p)
{
	if (kpi__wide_is_zero(&p->amount_sum))
		return;
	p->over |= kpi__wide_to_int64(p->amount_sum, &p->amount) ||
	    kpi__wide_to_int64(p->base_sum, &p->base) || p->base >= BASE_LIMIT;
	p->left = p->amount;
}

static void
put_share(allocating *a, size_t row, pool *p)
{
	const kpi__wide own = sum_of(a, row, KPI__SUM_BASE);
	uint64_t share;

	if (kpi__wide_is_zero(&own))
		return;
	share = kpi__wide_share(size_of(p->amount), own.low,
	    (uint64_t)p->base, &a->fraction[row]);
	share = p->amount < 0 ? 0 - share : share;
	p->left -= (int64_t)share;
	put(a, row, kpi__wide_of((int64_t)share));
}

static void
hand_out(allocating *a, uint32_t in)
{
	for (size_t i = 0; i < a->count; i++)
		weigh(&a->pools[i]);
	for (size_t row = 0; row < a->to->rows; row++) {
		pool *p = &a->pools[a->of[row]];

		a->fraction[row] = 0;
		if (p->over)
			a->to->state[row] = TOO_GREAT;
		else if (p->base > 0)
			put_share(a, row, p);
		else if (gives(a, row, in))
			put(a, row, sum_of(a, row, KPI__SUM_POOL));
	}
}

static int
compare_fractions(const void *ctx, uint32_t x, uint32_t y)
{
	const allocating *a = ctx;

	if (a->of[x] != a->of[y])
		return a->of[x] < a->of[y] ? -1 : 1;
	return (a->fraction[x] < a->fraction[y]) -
	    (a->fraction[x] > a->fraction[y]);
}

/* Units that are left go, one each, to whom rounding took most; of equals to
 * who stands first. */
static void
hand_out_rest(allocating *a)
{
	const size_t rows = a->to->rows;

	for (uint32_t i = 0; i < rows; i++)
		a->order[i] = i;
	kpi__order_places(a->order, a->spare, rows, compare_fractions, a);
	for (size_t i = 0; i < rows; i++) {
		const uint32_t row = a->order[i];
		pool *p = &a->pools[a->of[row]];
		const int unit = (p->left > 0) - (p->left < 0);

		if (unit == 0 || a->fraction[row] == 0)
			continue;
		put(a, row, kpi__wide_of(unit));
		p->left -= unit;
	}
}

/* The pools of rows that know this dimension alone, or none. */
static kpi_status
allocate(allocating *a, uint32_t in)
{
	const size_t rows = a->to->rows;
	size_t row = 0;
	kpi_status status;

	while (row < rows && !gives(a, row, in))
		row++;
	if (row == rows)
		return KPI_OK;
	status = kpi__rows_alike(a->result,
	    in == NONE_KNOWN ? 0 : UINT32_C(1) << in, a->of, &a->count);
	if (status != KPI_OK)
		return status;
	memset(a->pools, 0, a->count * sizeof(*a->pools));
	add_up(a, in);
	hand_out(a, in);
	hand_out_rest(a);
	return KPI_OK;
}

static kpi_status
make(kpi_result *r, const kpi__shape *s, kpi__allocation *to)
{
	const kpi_allocator *all = &r->allocator;
	const size_t n = r->rows.count;
	allocating a = { .result = r, .shape = s, .to = to };
	kpi_status status = KPI_ENOMEM;

	if (n == 0)
		return KPI_OK;
	to->rows = n;
	to->share = kpi__new_zeroed(all, n, sizeof(*to->share));
	to->state = kpi__new_zeroed(all, n, sizeof(*to->state));
	a.of = kpi__new_array(all, n, sizeof(*a.of));
	a.fraction = kpi__new_array(all, n, sizeof(*a.fraction));
	a.order = kpi__new_array(all, n, sizeof(*a.order));
	a.spare = kpi__new_array(all, n, sizeof(*a.spare));
	a.pools = kpi__new_array(all, n, sizeof(*a.pools));
	if (to->share != NULL && to->state != NULL && a.of != NULL &&
	    a.fraction != NULL && a.order != NULL && a.spare != NULL &&
	    a.pools != NULL)
		status = allocate(&a, NONE_KNOWN);
	for (uint32_t k = 0; k < r->frame.by_count && status == KPI_OK; k++)
		status = allocate(&a, k);
	kpi__release(all, a.of, n, sizeof(*a.of));
	kpi__release(all, a.fraction, n, sizeof(*a.fraction));
	kpi__release(all, a.order, n, sizeof(*a.order));
	kpi__release(all, a.spare, n, sizeof(*a.spare));
	kpi__release(all, a.pools, n, sizeof(*a.pools));
	return status;
}

int
kpi__allocation_is_sound(
    const kpi_result *r, uint64_t row, const kpi__shape *s)
{
	const kpi__wide amount = kpi__result_sum(r, row, s, KPI__SUM_POOL);

	return kpi__wide_is_zero(&amount) || known_in(r, row) != MANY_KNOWN;
}

kpi_status
kpi__allocations_make(kpi_result *r)
{
	uint32_t pools = 0;
	kpi_status status = KPI_OK;

	for (uint32_t i = 0; i < r->count; i++)
		pools |= r->shapes[i].sums & KPI__SUM_BIT(POOL);
	if (pools == 0)
		return KPI_OK;
	kpi__allocations_free(r);
	r->allocations = kpi__new_zeroed(
	    &r->allocator, r->count, sizeof(*r->allocations));
	if (r->allocations == NULL)
		return KPI_ENOMEM;
	for (uint32_t i = 0; i < r->count && status == KPI_OK; i++)
		if (r->shapes[i].sums & KPI__SUM_BIT(POOL))
			status = make(r, &r->shapes[i], &r->allocations[i]);
	return status;
}

void
kpi__allocations_free(kpi_result *r)
{
	const kpi_allocator *a = &r->allocator;

	for (uint32_t i = 0; i < r->count && r->allocations != NULL; i++) {
		const kpi__allocation *one = &r->allocations[i];

		kpi__release(a, one->share, one->rows, sizeof(*one->share));
		kpi__release(a, one->state, one->rows, sizeof(*one->state));
	}
	kpi__release(a, r->allocations, r->count, sizeof(*r->allocations));
	r->allocations = NULL;
}

kpi__wide
kpi__allocated(const kpi_result *r, uint64_t row, const kpi__shape *s,
    enum kpi__sum sum)
{
	const kpi__wide none = { 0, 0 }, beyond = { 0, INT64_MAX };
	const kpi__allocation *a;

	if (!(s->sums & KPI__SUM_BIT(POOL)))
		return none;
	a = &r->allocations[s - r->shapes];
	if (sum == KPI__SUM_KNOWN)
		return kpi__wide_of(a->state[row] != NOTHING);
	if (sum != KPI__SUM_NUMERATOR)
		return none;
	return a->state[row] == TOO_GREAT
	    ? beyond
	    : kpi__wide_product(a->share[row], s->parts);
}
