/* SPDX-License-Identifier: MIT */
/* Per customer: of a customer's units in a group and bucket one counts, the
 * latest answer or what has the greatest class; those without a name count
 * each. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "query/scan_plan.h"
#include "query/walk.h"

#define COMPARED_BETWEEN_STOPS ((size_t)1 << 18)

/* What puts one of a customer's units before another. */
typedef struct ranks {
	const kpi__batch *batch;
	int space;
	const int64_t *answered, *started;
	uint32_t first; /* ordinal of the part */
} ranks;

static kpi__answer
time_of(const ranks *r, uint32_t unit)
{
	kpi__answer a;

	memset(&a, 0, sizeof(a));
	a.started = r->started[unit];
	a.at = r->answered[unit] == KPI_UNKNOWN ? a.started
						: r->answered[unit];
	a.ordinal = r->first + kpi__batch_place(r->batch, r->space, unit);
	return a;
}

/* Units of one class are alike; the latest day of them is the customer's. */
static kpi__answer
class_of(uint8_t class, uint32_t day)
{
	kpi__answer a;

	memset(&a, 0, sizeof(a));
	a.at = class;
	a.started = (int32_t)day;
	return a;
}

kpi_status
kpi__answers_add(kpi__scan *scan, kpi__counter *c, const kpi__selection *s,
    const uint8_t *key)
{
	const int space = kpi__stream_space(&scan->streams[c->stream]);
	kpi__batch *b = &scan->pass.batch;
	const uint32_t *code =
	    kpi__batch_codes(b, KPI_BY_CUSTOMER, KPI__CREDIT_LAST, space);
	ranks r = { b, space, NULL, NULL, (uint32_t)scan->wholes };
	const int64_t *at = NULL;
	kpi_status status;

	if (!c->by_customer) {
		r.answered = kpi__batch_integers(
		    b, KPI_FIELD_SURVEY_ANSWERED_AT, space);
		r.started =
		    kpi__batch_integers(b, KPI_FIELD_STARTED_AT, space);
	}
	if (c->by_day)
		at = kpi__select_times(&scan->streams[c->stream], b);
	if (b->status != KPI_OK)
		return KPI_OK;
	status = kpi__grow(scan->allocator, &c->answers, &c->answer_room,
	    c->answer_count + s->count, sizeof(*c->answers));
	if (status != KPI_OK)
		return status;
	for (uint32_t i = 0; i < s->count; i++) {
		const uint32_t unit = s->unit == NULL ? i : s->unit[i];
		const uint32_t slot = kpi__selection_slot(s, i);
		const uint8_t class = c->class_of[key[unit]];
		uint32_t day;
		kpi__answer a;

		if (slot == 0 || class == KPI__CLASS_OUTSIDE ||
		    (s->keep != NULL && !s->keep[i]))
			continue;
		day = at == NULL ? 0 : kpi__scan_day(scan, at[unit]);
		a = c->by_customer ? class_of(class, day) : time_of(&r, unit);
		a.whose = (uint64_t)slot << 32 | code[unit];
		/* Customers are not split. */
		a.share =
		    s->share == NULL || c->by_customer ? 1 : s->share[i];
		a.atom = c->atoms.of[key[unit]];
		a.day = day;
		c->answers[c->answer_count++] = a;
	}
	return KPI_OK;
}

kpi_status
kpi__answers_join(kpi__scan *scan, kpi__counter *to,
    const kpi__counter *from, const uint32_t *slot)
{
	const kpi_status status =
	    kpi__grow(scan->allocator, &to->answers, &to->answer_room,
		to->answer_count + from->answer_count, sizeof(*to->answers));

	if (status != KPI_OK)
		return status;
	for (size_t i = 0; i < from->answer_count; i++) {
		kpi__answer a = from->answers[i];

		a.whose = (uint64_t)slot[a.whose >> 32] << 32 |
		    (uint32_t)a.whose;
		to->answers[to->answer_count++] = a;
	}
	return KPI_OK;
}

typedef struct order {
	const kpi__scan *scan;
	uint32_t *ordinals;
	size_t compared;
	kpi_status status;
	kpi_error *error;
} order;

static int
compare_answers(const void *a, const void *b, const void *ctx)
{
	const kpi__answer *x = a, *y = b;
	order *o;

	memcpy(&o, &ctx, sizeof(o));
	if (++o->compared % COMPARED_BETWEEN_STOPS == 0 && o->status == KPI_OK)
		o->status = kpi__query_stopped(o->scan->query, 0, 0, o->error);
	if (o->status != KPI_OK)
		return 0;
	if (x->whose != y->whose)
		return x->whose < y->whose ? -1 : 1;
	if ((uint32_t)x->whose == 0)
		return 0;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->started != y->started)
		return x->started < y->started ? -1 : 1;
	if (x->ordinal == y->ordinal)
		return 0;
	return kpi__compare_neighbours(o->scan->snapshot, o->ordinals,
	    x->ordinal, y->ordinal, &o->status, o->error);
}

static void
count_answer(kpi__scan *scan, const kpi__counter *c, const kpi__answer *a)
{
	const kpi__selection one = { 1,
		(const uint32_t[]){ (uint32_t)(a->whose >> 32) }, 0, NULL,
		(const uint32_t[]){ 0 }, (const int32_t[]){ a->share } };
	uint64_t *cells = scan->cells + c->cell;

	if (kpi__atom_cells(&scan->streams[c->stream]) == 1)
		cells[(a->whose >> 32) * scan->stride + a->atom]++;
	else
		kpi__tally(cells, scan->stride, &one, &c->atoms,
		    &c->example[a->atom]);
}

kpi_status
kpi__answers_finish(kpi__scan *scan, kpi__counter *c, kpi_error *error)
{
	order o = { scan, NULL, 0, KPI_OK, error };
	kpi__answer *scratch;

	if (c->answer_count == 0)
		return KPI_OK;
	o.status = kpi__ordinals(scan->snapshot, &o.ordinals, error);
	if (o.status != KPI_OK)
		return o.status;
	scratch = kpi__new_array(
	    scan->allocator, c->answer_count, sizeof(*scratch));
	if (scratch == NULL) {
		kpi__ordinals_free(scan->snapshot, o.ordinals);
		return kpi__fail(error, KPI_ENOMEM, "no memory for a scan");
	}
	kpi__sort(c->answers, scratch, c->answer_count, sizeof(*c->answers),
	    compare_answers, &o);
	kpi__release(
	    scan->allocator, scratch, c->answer_count, sizeof(*scratch));
	kpi__ordinals_free(scan->snapshot, o.ordinals);
	if (o.status != KPI_OK)
		return o.status;

	for (size_t i = 0; i < c->answer_count; i++) {
		const kpi__answer *a = &c->answers[i];
		kpi_status status;

		if (i + 1 < c->answer_count && (uint32_t)a->whose != 0 &&
		    a->whose == c->answers[i + 1].whose)
			continue;
		count_answer(scan, c, a);
		status = kpi__clusters_answer(scan, c, a);
		if (status != KPI_OK)
			return kpi__clusters_failed(error, status);
	}
	return KPI_OK;
}
