/* SPDX-License-Identifier: MIT */
#include "query/legs.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "query/known.h"
#include "query/pass.h"

#define VECTORS 64

typedef struct dealing {
	kpi__legs *legs;
	const kpi__time_rule *rule;
	int64_t from, until;
	size_t most; /* stretches of a leg */
} dealing;

/*
 * Parts that do not follow one another make two stretches; so do a ring and
 * after-call work where a record's end lies before its answer.
 */
static size_t
most_stretches(int64_t parts)
{
	const int64_t ends = KPI__PART_RING | KPI__PART_AFTER_CALL;
	const int64_t begins = parts & ~(parts << 1);

	return (parts & ends) == ends || (begins & (begins - 1)) != 0 ? 2 : 1;
}

/* The codes of the agents of rows that are legs to be taken; 0 of a leg of
 * nobody knows whom. */
typedef struct taken {
	const uint32_t *agent;
	uint8_t *is;
} taken;

static taken
take(const dealing *d, kpi__batch *b)
{
	const uint8_t *outcome = kpi__batch_outcomes(b, KPI__ROW_SPACE);
	const uint8_t *direction =
	    kpi__batch_bytes(b, KPI_FIELD_DIRECTION, KPI__ROW_SPACE);
	const uint64_t *dead = b->part->dead;
	taken t;

	t.agent = kpi__batch_codes(
	    b, KPI_BY_AGENT, KPI__CREDIT_LAST, KPI__ROW_SPACE);
	t.is = kpi__batch_room(b, b->rows);
	for (uint32_t r = 0; r < b->rows; r++) {
		const unsigned bit = direction[r] == KPI__BYTE_UNKNOWN
		    ? 0
		    : direction[r];
		const uint32_t whole =
		    b->first + (b->row_of == NULL ? r : b->whole_of[r]);

		t.is[r] = outcome[r] == KPI_OUTCOME_ANSWERED &&
		    (d->rule->directions >> bit & 1) &&
		    (dead == NULL || !(dead[whole / 64] >> whole % 64 & 1));
	}
	return t;
}

static void
count(const dealing *d, kpi__batch *b)
{
	const taken t = take(d, b);

	for (uint32_t r = 0; r < b->rows; r++)
		d->legs->count[t.agent[r]] += t.is[r] ? d->most : 0;
}

static int64_t
lesser(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t
greater(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/*
 * The parts of a leg one after the other: the ring lies before the answer,
 * the hold counts as the last of the call, after-call work follows its end.
 * What goes on has no end: the range and as_of cut it.
 */
static uint32_t
stretches_of(const dealing *d, int64_t answered, int64_t ended, int64_t ring,
    int64_t hold, int64_t after, kpi__stretch *out)
{
	static const int64_t part[] = { KPI__PART_RING, KPI__PART_TALK,
		KPI__PART_HOLD, KPI__PART_AFTER_CALL };
	const int64_t talked =
	    greater(answered, ended - lesser(hold, greater(0, ended - answered)));
	const int64_t border[] = { answered - ring, answered, talked, ended,
		ended + after };
	uint32_t n = 0;

	for (size_t i = 0; i < sizeof(part) / sizeof(*part); i++) {
		const int64_t begin = greater(border[i], d->from);
		const int64_t until = lesser(border[i + 1], d->until);

		if (!(d->rule->parts & part[i]) || begin >= until)
			continue;
		if (n > 0 && out[n - 1].until == begin)
			out[n - 1].until = until;
		else
			out[n++] = (kpi__stretch){ begin, until };
	}
	return n;
}

static void
deal(const dealing *d, kpi__batch *b)
{
	const taken t = take(d, b);
	kpi__legs *legs = d->legs;
	const int64_t *answered = kpi__batch_speech(b);
	const int64_t *given =
	    kpi__batch_integers(b, KPI_FIELD_ENDED_AT, KPI__ROW_SPACE);
	const int64_t *ring =
	    kpi__batch_integers(b, KPI_FIELD_RING, KPI__ROW_SPACE);
	const int64_t *talk =
	    kpi__batch_integers(b, KPI_FIELD_TALK, KPI__ROW_SPACE);
	const int64_t *hold =
	    kpi__batch_integers(b, KPI_FIELD_HOLD, KPI__ROW_SPACE);
	const int64_t *after =
	    kpi__batch_integers(b, KPI_FIELD_AFTER_CALL, KPI__ROW_SPACE);

	/* What stands in for a column that failed has no instants. */
	if (b->status != KPI_OK)
		return;
	for (uint32_t r = 0; r < b->rows; r++) {
		const uint32_t agent = t.agent[r];
		int64_t ended = given[r];

		if (!t.is[r])
			continue;
		if (legs->answered != NULL && answered[r] >= d->from &&
		    answered[r] < d->until)
			legs->answered[legs->first[agent] +
			    legs->answers[agent]++] = answered[r];
		if (ended == KPI_UNKNOWN)
			ended = talk[r] == KPI_UNKNOWN
			    ? greater(d->rule->as_of, answered[r])
			    : answered[r] + talk[r] + or_zero(hold[r]);
		legs->count[agent] += stretches_of(d, answered[r], ended,
		    or_zero(ring[r]), or_zero(hold[r]), or_zero(after[r]),
		    legs->stretch + legs->first[agent] + legs->count[agent]);
	}
}

static kpi_status
each_batch(const dealing *d, const kpi__snapshot *snapshot,
    const kpi_query *query, void (*each)(const dealing *d, kpi__batch *b),
    kpi_error *error)
{
	kpi__pass pass;
	kpi__batch *b;

	kpi__pass_begin(&pass, snapshot, query, d->rule->as_of, VECTORS);
	while ((b = kpi__pass_next(&pass)) != NULL)
		each(d, b);
	return kpi__pass_end(&pass, error);
}

static int
make_room(kpi__legs *legs, int answered)
{
	for (size_t i = 0; i < legs->agents; i++) {
		legs->first[i] = legs->room;
		legs->room += legs->count[i];
		legs->count[i] = 0;
	}
	if (legs->room == 0)
		return 1;
	legs->stretch = kpi__new_array(
	    legs->allocator, legs->room, sizeof(*legs->stretch));
	if (answered)
		legs->answered = kpi__new_array(
		    legs->allocator, legs->room, sizeof(*legs->answered));
	return legs->stretch != NULL && (legs->answered != NULL || !answered);
}

kpi_status
kpi__legs_deal(kpi__legs *legs, const kpi__snapshot *snapshot,
    const kpi_query *query, const kpi__time_rule *rule, uint32_t agents,
    int64_t from, int64_t until, int answered, kpi_error *error)
{
	const dealing d = { legs, rule, from, until,
		most_stretches(rule->parts) };
	const kpi_allocator *a = kpi__snapshot_allocator(snapshot);
	kpi_status status;

	memset(legs, 0, sizeof(*legs));
	legs->allocator = a;
	legs->agents = agents;
	legs->first = kpi__new_zeroed(a, agents, sizeof(*legs->first));
	legs->count = kpi__new_zeroed(a, agents, sizeof(*legs->count));
	legs->answers = kpi__new_zeroed(a, agents, sizeof(*legs->answers));
	if (legs->first == NULL || legs->count == NULL || legs->answers == NULL)
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for agents' time");
	status = each_batch(&d, snapshot, query, count, error);
	if (status == KPI_OK && !make_room(legs, answered))
		status = kpi__fail(
		    error, KPI_ENOMEM, "no memory for agents' time");
	if (status == KPI_OK && legs->room > 0)
		status = each_batch(&d, snapshot, query, deal, error);
	return status;
}

void
kpi__legs_free(kpi__legs *legs)
{
	const kpi_allocator *a = legs->allocator;

	if (a == NULL)
		return;
	kpi__release(a, legs->first, legs->agents, sizeof(*legs->first));
	kpi__release(a, legs->count, legs->agents, sizeof(*legs->count));
	kpi__release(a, legs->stretch, legs->room, sizeof(*legs->stretch));
	kpi__release(a, legs->answered, legs->room, sizeof(*legs->answered));
	kpi__release(a, legs->answers, legs->agents, sizeof(*legs->answers));
	memset(legs, 0, sizeof(*legs));
}
