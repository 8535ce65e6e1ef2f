/* SPDX-License-Identifier: MIT */
#include "random_interactions.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECOND INT64_C(1000)

uint32_t
random_below(random_source *source, uint32_t below)
{
	uint64_t z = source->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (uint32_t)((z ^ z >> 31) >> 32) % below;
}

int
random_one_in(random_source *source, uint32_t of)
{
	return random_below(source, of) == 0;
}

const char *
random_name(kpi_by by, uint32_t i)
{
	static const struct {
		kpi_by by;
		const char *names[6];
	} tables[] = {
		{ KPI_BY_AGENT, { "amira", "ben", "chloe", "dan", NULL } },
		{ KPI_BY_TEAM, { "north", "south", NULL } },
		{ KPI_BY_QUEUE, { "sales", "support", "vip", NULL } },
		{ KPI_BY_CHANNEL, { "voice", "chat", NULL } },
		{ KPI_BY_REASON,
		    { "bill", "fault",
			"fa\xc3\xa7"
			"ade",
			NULL } },
		{ KPI_BY_CASE, { "k1", "k2", "k3", "k4", "k5", NULL } },
		{ KPI_BY_DIRECTION,
		    { "inbound", "outbound", "internal", NULL } },
		{ KPI_BY_SOURCE, { "pbx", NULL } },
		{ KPI_BY_ATTRIBUTE_1, { "gold", "silver", NULL } },
		{ KPI_BY_ATTRIBUTE_4, { "x", "y", NULL } },
		{ KPI_BY_CUSTOMER, { "c0", "c1", "c2", "c3", "c4", NULL } },
	};

	for (size_t t = 0; t < sizeof(tables) / sizeof(*tables); t++)
		if (tables[t].by == by)
			return i < 6 ? tables[t].names[i] : NULL;
	return NULL;
}

/* One of the names of a dimension; one in `unknown` is unknown. */
static const char *
any_name(random_source *s, kpi_by by, uint32_t unknown)
{
	uint32_t count = 0;

	if (random_one_in(s, unknown))
		return NULL;
	while (random_name(by, count) != NULL)
		count++;
	return random_name(by, random_below(s, count));
}

/* A duration, often one that stands at a threshold. */
static int64_t
any_duration(random_source *s, uint32_t unknown)
{
	static const int64_t often[] = { 0, 1, 5000, 5001, 6000, 10000, 10001,
		19999, 20000, 20001, 30000, 60000 };

	if (random_one_in(s, unknown))
		return KPI_UNKNOWN;
	if (random_one_in(s, 2))
		return often[random_below(s, sizeof(often) / sizeof(*often))];
	return random_below(s, 90000);
}

static int64_t
any_number(random_source *s, uint32_t below, uint32_t unknown)
{
	return random_one_in(s, unknown) ? KPI_UNKNOWN
					 : (int64_t)random_below(s, below);
}

/* Some time after an instant, often soon. */
static int64_t
after(random_source *s, int64_t instant, uint32_t unknown)
{
	if (random_one_in(s, unknown))
		return KPI_UNKNOWN;
	return instant +
	    (int64_t)random_below(s, random_one_in(s, 2) ? 3600 : 12 * 86400) *
	    SECOND;
}

static int64_t
any_outcome(random_source *s, int closed)
{
	if (random_one_in(s, 16))
		return KPI_UNKNOWN;
	if (random_one_in(s, 2))
		return KPI_OUTCOME_ANSWERED;
	if (random_one_in(s, 3))
		return KPI_OUTCOME_ABANDONED;
	return 1 + random_below(s, closed ? 12 : 13);
}

static void
make_visit(random_source *s, kpi_visit *v, const kpi_interaction *whole,
    int is_first, int closed)
{
	const kpi_visit empty = KPI_VISIT_INIT;

	*v = empty;
	v->outcome = any_outcome(s, closed);
	v->queue = any_name(s, KPI_BY_QUEUE, is_first ? 8 : 3);
	v->agent = any_name(s, KPI_BY_AGENT, 8);
	v->team = any_name(s, KPI_BY_TEAM, 4);
	if (random_one_in(s, 3))
		v->entered_at = whole->started_at + random_below(s, 400000);
	v->wait_ms = any_duration(s, 8);
	v->ring_ms = any_duration(s, 3);
	if (v->wait_ms != KPI_UNKNOWN && v->ring_ms > v->wait_ms)
		v->ring_ms = v->wait_ms;
	v->talk_ms = any_duration(s, closed ? 1000000 : 6);
	v->hold_ms = any_duration(s, 3);
	v->after_call_ms = any_duration(s, 3);
	v->transfer = any_number(s, 7, 3);
	v->tier = random_one_in(s, 3) ? KPI_UNKNOWN : 1 + random_below(s, 3);
	if (random_one_in(s, 6))
		v->ended_at = whole->started_at + random_below(s, 900000);
}

static void
make_survey(random_source *s, kpi_interaction *i)
{
	i->survey_offered_at = after(s, i->started_at, 2);
	i->survey_answered_at = after(s, i->started_at, 2);
	i->nps = any_number(s, 11, 3);
	i->csat = any_number(s, 7, 3);
	i->ces = random_one_in(s, 3) ? KPI_UNKNOWN : 1 + random_below(s, 7);
	i->ces_version = random_one_in(s, 2) ? KPI_UNKNOWN
	    : random_one_in(s, 6)	     ? 1
					     : 2;
	if (i->ces > 5 &&
	    (i->ces_version == 1 ||
		(i->ces_version == KPI_UNKNOWN && !random_one_in(s, 6))))
		i->ces = 4;
	i->survey_resolved = any_number(s, 2, 2);
	i->survey_contacts = any_number(s, 4, 2);
	if (random_one_in(s, 5))
		i->csat_scale = random_one_in(s, 2) ? 7 : 10;
	else if (i->csat <= 5 && random_one_in(s, 2))
		i->csat_scale = 5;
	if (i->csat > 5 && i->csat_scale == KPI_UNKNOWN && !random_one_in(s, 6))
		i->csat = 5;
}

static void
make_resolution(random_source *s, kpi_interaction *i)
{
	i->resolved = any_number(s, 2, 3);
	i->first_resolved_at = after(s, i->started_at, 2);
	if (i->first_resolved_at != KPI_UNKNOWN)
		i->resolved_at = random_one_in(s, 2)
		    ? i->first_resolved_at
		    : after(s, i->first_resolved_at, 4);
	else
		i->resolved_at = after(s, i->started_at, 2);
	if (random_one_in(s, 4)) {
		i->reopened_count = 1 + random_below(s, 2);
		i->reopened_at =
		    i->resolved_at != KPI_UNKNOWN && random_one_in(s, 4)
		    ? i->resolved_at
		    : after(s, i->started_at, 5);
	}
}

static void
make_interaction(random_source *s, random_interactions *r, size_t at,
    const random_shape *shape)
{
	const kpi_interaction empty = KPI_INTERACTION_INIT;
	const uint32_t grains = (uint32_t)(shape->span_ms / shape->grain_ms);
	kpi_interaction *i = &r->all[at];
	uint32_t rows = 1;

	*i = empty;
	i->started_at = RANDOM_EPOCH +
	    (int64_t)random_below(s, grains + 1) * shape->grain_ms;
	i->direction = random_one_in(s, 4) ? any_number(s, 3, 2) : 0;
	if (i->direction != KPI_UNKNOWN)
		i->direction++;
	i->ivr_ms = any_duration(s, 2);
	if (!random_one_in(s, 5)) {
		(void)snprintf(r->customers[at], sizeof(r->customers[at]),
		    "c%u", random_below(s, shape->customers));
		i->customer = r->customers[at];
	}
	if (!random_one_in(s, 5)) {
		(void)snprintf(
		    r->ids[at], sizeof(r->ids[at]), "%x", (unsigned)at * 7919u);
		i->id = r->ids[at];
	}
	i->source = any_name(s, KPI_BY_SOURCE, 2);
	i->channel = any_name(s, KPI_BY_CHANNEL, 4);
	i->reason = any_name(s, KPI_BY_REASON, 4);
	i->case_id = any_name(s, KPI_BY_CASE, 3);
	i->attribute_1 = any_name(s, KPI_BY_ATTRIBUTE_1, 3);
	i->attribute_4 = any_name(s, KPI_BY_ATTRIBUTE_4, 2);
	i->agent_replies = any_number(s, 5, 2);
	i->customer_replies = any_number(s, 2, 3);
	i->first_contact = any_number(s, 2, 3);
	i->resolvable = any_number(s, 2, 4);
	i->first_response_at = after(s, i->started_at, 3);
	i->cost = any_number(s, 500, 2);
	if (i->cost > 450)
		i->cost -= 500; /* paid back */
	i->escalated = any_number(s, 2, 2);
	i->quality = random_one_in(s, 2)
	    ? any_number(s, 1000001, 3)
	    : 50000 * (int64_t)random_below(s, 21);
	if (random_one_in(s, 2))
		make_survey(s, i);
	if (random_one_in(s, 2))
		make_resolution(s, i);

	if (!shape->one_row && random_one_in(s, 3))
		rows += random_below(s, RANDOM_ROWS_MOST);
	i->visits = &r->visits[at * RANDOM_ROWS_MOST];
	i->visit_count = rows;
	for (uint32_t k = 0; k < rows; k++) {
		kpi_visit *v = &r->visits[at * RANDOM_ROWS_MOST + k];

		make_visit(s, v, i, k == 0, shape->closed);
		/* Who went on waits no more. */
		if (v->outcome == KPI_OUTCOME_WAITING && k + 1 < rows)
			v->outcome = KPI_OUTCOME_FAILED;
	}
}

void
random_interactions_make(random_interactions *out, uint64_t seed, size_t count,
    const random_shape *shape)
{
	random_source s = { seed * UINT64_C(0x2545f4914f6cdd1d) + 1 };

	out->count = count;
	out->all = calloc(count, sizeof(*out->all));
	out->visits = calloc(count, RANDOM_ROWS_MOST * sizeof(*out->visits));
	out->ids = calloc(count, sizeof(*out->ids));
	out->customers = calloc(count, sizeof(*out->customers));
	ck_assert(out->all != NULL && out->visits != NULL && out->ids != NULL &&
	    out->customers != NULL);
	for (size_t at = 0; at < count; at++)
		make_interaction(&s, out, at, shape);
}

void
random_interactions_free(random_interactions *made)
{
	free(made->all);
	free(made->visits);
	free(made->ids);
	free(made->customers);
	memset(made, 0, sizeof(*made));
}

kpi_store *
random_interactions_store(const random_interactions *r)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;

	ck_assert_int_eq(kpi_store_open(&store, NULL, NULL, &error), KPI_OK);
	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_OK);
	for (size_t i = 0; i < r->count; i++)
		ck_assert_msg(
		    kpi_store_add(store, &r->all[i], &error) == KPI_OK, "%s",
		    error.text);
	ck_assert_int_eq(kpi_store_commit(store, &error), KPI_OK);
	return store;
}

random_shape
random_shape_any(random_source *s)
{
	static const struct {
		int64_t span, grain;
	} times[] = { { 864000000, 1000 }, { 3600000, 1 },
		{ 2592000000, 43200000 }, { 90000000, 900000 },
		{ 1814400000, 60000 } };
	const uint32_t t = random_below(s, sizeof(times) / sizeof(*times));
	random_shape shape = { 1 + random_below(s, 12), times[t].span,
		times[t].grain, random_one_in(s, 4), random_one_in(s, 3) };

	return shape;
}

uint32_t
random_instants(const random_interactions *made, int64_t instants[16])
{
	uint32_t count = 0;

	for (size_t i = 0; i < made->count && count < 16;
	     i += made->count / 16 + 1)
		instants[count++] = made->all[i].started_at;
	return count;
}

uint32_t
random_cases(uint32_t otherwise)
{
	const char *const given = getenv("KPI_CASES");
	const long count = given == NULL ? otherwise : strtol(given, NULL, 10);

	return count < 1 ? 1 : (uint32_t)count;
}
