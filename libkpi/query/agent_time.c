/* SPDX-License-Identifier: MIT */
#include "query/agent_time.h"

#include <string.h>

#include <kpi/catalogue.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "query/group.h"
#include "query/legs.h"
#include "query/states.h"

/* A stop is asked for each so many pieces of time. */
#define PIECES_BETWEEN_STOPS 16384

/* Who of a slot has been counted last: the agent + 1. */
typedef struct counted {
	uint32_t logged_in, staffed;
} counted;

struct kpi__agent_time {
	const kpi_allocator *allocator;
	const kpi_query *query;
	kpi__people people;
	kpi__groups groups;
	kpi__wide *cells; /* KPI__TIME_CELLS of slot 1, of slot 2, ... */
	counted *counted;
	size_t cell_room, counted_room;
};

typedef struct walk {
	kpi__agent_time *time;
	kpi__legs legs;
	kpi__states states;
	kpi__stretch *scratch;
	size_t widest;
	int64_t from, until;
	uint32_t agent;
	const kpi__stretch *contact; /* of the agent: in order and apart */
	size_t contacts, passed;
	uint32_t pieces;
	kpi_status status;
	kpi_error *error;
} walk;

static kpi_status
make_slots(kpi__agent_time *t)
{
	const size_t slots = t->groups.count + 1;
	const size_t had = t->cell_room, had_counted = t->counted_room;

	if (kpi__grow(t->allocator, &t->cells, &t->cell_room,
		slots * KPI__TIME_CELLS, sizeof(*t->cells)) != KPI_OK)
		return KPI_ENOMEM;
	memset(t->cells + had, 0, (t->cell_room - had) * sizeof(*t->cells));
	if (kpi__grow(t->allocator, &t->counted, &t->counted_room, slots,
		sizeof(*t->counted)) != KPI_OK)
		return KPI_ENOMEM;
	memset(t->counted + had_counted, 0,
	    (t->counted_room - had_counted) * sizeof(*t->counted));
	return KPI_OK;
}

static void
count_once(kpi__wide *cell, uint32_t *last, uint32_t agent)
{
	if (*last == agent + 1)
		return;
	*last = agent + 1;
	*cell = kpi__wide_add(*cell, kpi__wide_of(1));
}

static void
add_to_slot(walk *w, uint32_t slot, uint32_t cell, int64_t ms)
{
	kpi__wide *cells = w->time->cells + (size_t)slot * KPI__TIME_CELLS;
	counted *of = &w->time->counted[slot];

	cells[cell] = kpi__wide_add(cells[cell], kpi__wide_of(ms));
	if (cell < KPI_ACTIVITY_OFFLINE)
		count_once(&cells[KPI__AGENTS_LOGGED_IN], &of->logged_in,
		    w->agent);
	if (cell <= KPI_ACTIVITY_READY)
		count_once(
		    &cells[KPI__AGENTS_STAFFED], &of->staffed, w->agent);
}

static int
stopped(walk *w)
{
	if (++w->pieces % PIECES_BETWEEN_STOPS == 0)
		w->status = kpi__query_stopped(
		    w->time->query, w->agent, w->time->people.count, w->error);
	return w->status != KPI_OK;
}

/* The slot of the agent and the bucket of an instant; 0: it could not be had. */
static uint32_t
slot_at(walk *w, int64_t instant, uint32_t *bucket)
{
	kpi__groups *g = &w->time->groups;
	const uint64_t key = g->query->by_count == 0 ? 0 : w->agent;
	uint32_t slot = 0;

	if (stopped(w))
		return 0;
	*bucket = kpi__groups_bucket(g, instant);
	if (g->status == KPI_OK)
		slot = kpi__groups_slot(g, key, *bucket);
	if (g->status != KPI_OK)
		w->status = kpi__fail_as(w->error, &g->error);
	else if (make_slots(w->time) != KPI_OK)
		w->status = kpi__fail(
		    w->error, KPI_ENOMEM, "no memory for groups");
	return w->status == KPI_OK ? slot : 0;
}

/* Splits time over the buckets that it lies in. */
static void
add_time(walk *w, int64_t begin, int64_t until, uint32_t cell)
{
	while (begin < until && w->status == KPI_OK) {
		uint32_t bucket;
		const uint32_t slot = slot_at(w, begin, &bucket);
		int64_t end;

		if (slot == 0)
			return;
		end = w->time->groups.buckets[bucket].until;
		if (end > until)
			end = until;
		add_to_slot(w, slot, cell, end - begin);
		begin = end;
	}
}

static void
add_legs(walk *w, uint32_t cell)
{
	const size_t count =
	    w->legs.answered == NULL ? 0 : w->legs.answers[w->agent];

	for (size_t i = 0; i < count && w->status == KPI_OK; i++) {
		uint32_t bucket;
		const uint32_t slot = slot_at(w,
		    w->legs.answered[w->legs.first[w->agent] + i], &bucket);

		if (slot != 0)
			add_to_slot(w, slot, cell, 1);
	}
}

/* The time of a state in which there was no contact. States come in order,
 * so that what was passed of the contacts is passed for good. */
static void
take_state(void *ctx, int64_t begin, int64_t until, uint32_t state)
{
	walk *w = ctx;

	if (begin < w->from)
		begin = w->from;
	while (w->passed < w->contacts &&
	    w->contact[w->passed].until <= begin)
		w->passed++;
	while (begin < until && w->status == KPI_OK) {
		const kpi__stretch *next = w->passed < w->contacts
		    ? &w->contact[w->passed]
		    : NULL;

		if (next == NULL || next->begin >= until) {
			add_time(w, begin, until, state);
			return;
		}
		add_time(w, begin, next->begin, state);
		begin = next->until;
		if (begin <= until)
			w->passed++;
	}
}

static int
compare(const void *a, const void *b, const void *ctx)
{
	const kpi__stretch *x = a, *y = b;

	(void)ctx;
	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	return (x->until > y->until) - (x->until < y->until);
}

/* The union of stretches in the order of their beginnings, in their place. */
static size_t
unite(kpi__stretch *s, size_t count)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		if (n > 0 && s[i].begin <= s[n - 1].until) {
			if (s[i].until > s[n - 1].until)
				s[n - 1].until = s[i].until;
		} else {
			s[n++] = s[i];
		}
	}
	return n;
}

static void
walk_agent(walk *w, uint32_t agent, int summed)
{
	size_t count = w->legs.count[agent];
	kpi__stretch *s =
	    count == 0 ? NULL : w->legs.stretch + w->legs.first[agent];
	const int known = agent != 0;
	const uint32_t cell = !known ? KPI__TIME_UNKNOWN
	    : w->states.count[agent] == 0 ? KPI__TIME_NO_ACTIVITY
					  : KPI__TIME_CONTACT;

	w->agent = agent;
	if (count > 0)
		kpi__sort(s, w->scratch, count, sizeof(*s), compare, NULL);
	/* Of nobody knows whom there is nothing to unite. */
	if (known && !summed && count > 0)
		count = unite(s, count);
	for (size_t i = 0; i < count && w->status == KPI_OK; i++)
		add_time(w, s[i].begin, s[i].until, cell);
	add_legs(w,
	    cell == KPI__TIME_CONTACT		 ? KPI__LEGS_HANDLED
		: cell == KPI__TIME_NO_ACTIVITY ? KPI__LEGS_NO_ACTIVITY
						: KPI__LEGS_UNKNOWN);
	if (cell != KPI__TIME_CONTACT || w->status != KPI_OK)
		return;
	w->contact = s;
	w->contacts = summed && count > 0 ? unite(s, count) : count;
	w->passed = 0;
	kpi__states_walk(&w->states, agent, w->until, take_state, w);
}

static kpi_status
walk_agents(walk *w, int summed)
{
	const kpi__people *p = &w->time->people;

	for (size_t i = 0; i < w->legs.agents; i++)
		if (w->legs.count[i] > w->widest)
			w->widest = w->legs.count[i];
	w->scratch = kpi__new_array(
	    w->time->allocator, w->widest, sizeof(*w->scratch));
	if (w->scratch == NULL && w->widest > 0)
		return kpi__fail(
		    w->error, KPI_ENOMEM, "no memory for agents' time");
	for (uint32_t agent = 0; agent < p->count && w->status == KPI_OK;
	     agent++)
		if (p->keep[agent])
			walk_agent(w, agent, summed);
	return w->status;
}

/* Agents of no row have numbers beyond the codes of rows. */
static kpi_status
init_groups(kpi__agent_time *t, const kpi__snapshot *snapshot,
    const kpi_query *query, kpi_error *error)
{
	const kpi_status status =
	    kpi__groups_init(&t->groups, snapshot, query, error);

	if (query->by_count > 0)
		t->groups.keys = t->groups.radix[0] = t->people.count;
	return status;
}

static kpi_status
run(walk *w, const kpi__snapshot *snapshot, const kpi__time_rule *rule,
    int legs)
{
	kpi__agent_time *t = w->time;
	kpi_status status;

	status = kpi__people_init(
	    &t->people, snapshot, t->query, w->error);
	if (status == KPI_OK)
		status = init_groups(t, snapshot, t->query, w->error);
	if (status == KPI_OK)
		status = kpi__legs_deal(&w->legs, snapshot, t->query, rule,
		    t->people.count, w->from, w->until, legs, w->error);
	if (status == KPI_OK)
		status = kpi__states_deal(&w->states, &t->people, snapshot,
		    rule->as_of, w->error);
	if (status == KPI_OK)
		status = walk_agents(w, rule->overlap == KPI__OVERLAP_SUM);
	return status;
}

kpi_status
kpi__agent_time_run(kpi__agent_time **out, const kpi__snapshot *snapshot,
    const kpi_query *query, const kpi__time_rule *rule, int legs,
    kpi_error *error)
{
	const kpi_allocator *a = kpi__snapshot_allocator(snapshot);
	kpi__agent_time *t = kpi__new_zeroed(a, 1, sizeof(*t));
	walk w;
	kpi_status status;

	*out = NULL;
	if (t == NULL)
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for agents' time");
	t->allocator = a;
	t->query = query;
	memset(&w, 0, sizeof(w));
	w.time = t;
	w.error = error;
	/* KPI_UNKNOWN, an open border, is the least of all instants. */
	w.from = query->from > rule->known_from ? query->from
						: rule->known_from;
	w.until = query->until != KPI_UNKNOWN && query->until < rule->as_of
	    ? query->until
	    : rule->as_of;
	status = run(&w, snapshot, rule, legs);
	kpi__legs_free(&w.legs);
	kpi__states_free(&w.states);
	kpi__release(a, w.scratch, w.widest, sizeof(*w.scratch));
	if (status != KPI_OK) {
		kpi__agent_time_free(t);
		return status;
	}
	*out = t;
	return KPI_OK;
}

void
kpi__agent_time_free(kpi__agent_time *t)
{
	const kpi_allocator *a;

	if (t == NULL)
		return;
	a = t->allocator;
	kpi__people_free(&t->people);
	kpi__groups_free(&t->groups);
	kpi__release(a, t->cells, t->cell_room, sizeof(*t->cells));
	kpi__release(a, t->counted, t->counted_room, sizeof(*t->counted));
	kpi__release(a, t, 1, sizeof(*t));
}

uint32_t
kpi__agent_time_slots(const kpi__agent_time *t)
{
	return (uint32_t)t->groups.count;
}

kpi_status
kpi__agent_time_group(const kpi__agent_time *t, uint32_t slot,
    const char **agent, int64_t *begin, int64_t *until, kpi_error *error)
{
	uint32_t codes[KPI__DIMENSIONS];

	kpi__groups_read(&t->groups, slot, codes, begin, until);
	*agent = NULL;
	if (t->query->by_count == 0)
		return KPI_OK;
	return kpi__people_name(&t->people, codes[0], agent, error);
}

const kpi__wide *
kpi__agent_time_cells(const kpi__agent_time *t, uint32_t slot)
{
	return t->cells + (size_t)slot * KPI__TIME_CELLS;
}
