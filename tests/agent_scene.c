/* SPDX-License-Identifier: MIT */
/* Time is cut wherever anything begins or ends, and each piece is asked what
 * its state is. */
#include "agent_scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asked.h"
#include "instant_text.h"
#include "row_times.h"

const char *const agents[AGENTS] = { "amira", "ben", "chloe", "dan", "eve",
	NULL };

int64_t
least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static size_t
words(char *text, size_t size, unsigned bits, const char *const *names)
{
	const char *comma = "";
	int used = 0;

	for (unsigned i = 0; bits >> i != 0; i++) {
		if (!(bits >> i & 1))
			continue;
		used += snprintf(text + used, size - (size_t)used, "%s%s",
		    comma, names[i]);
		comma = ",";
	}
	return (size_t)used;
}

static void
write_question(scene *s)
{
	static const char *const states[] = { "contact", "ready", "break",
		"meeting", "training", "other", "offline" };
	static const char *const parts[] = { "ring", "talk", "hold",
		"after_call" };
	static const char *const directions[] = { "unknown", "inbound",
		"outbound", "internal" };
	char list[4][80], instant[INSTANT_TEXT], known[300];
	int used;

	(void)words(list[0], 80, s->parts, parts);
	(void)words(list[1], 80, s->directions, directions);
	(void)words(list[2], 80, s->numerator, states);
	(void)words(list[3], 80, s->denominator, states);
	instant_text(instant, s->as_of);
	used = snprintf(known, sizeof(known),
	    "contact_parts=%s directions=%s as_of=%s", list[0], list[1],
	    instant);
	if (s->known_from != KPI_UNKNOWN) {
		instant_text(instant, s->known_from);
		(void)snprintf(known + used, sizeof(known) - (size_t)used,
		    " known_from=%s", instant);
	}
	(void)snprintf(s->text, sizeof(s->text),
	    "occupancy %s occupancy_numerator=%s occupancy_denominator=%s "
	    "overlap=%s",
	    known, list[2], list[3], s->summed ? "sum" : "union");
	(void)snprintf(
	    s->idle, sizeof(s->idle), "average_idle_time %s", known);
}

static int64_t
any_instant(const scene *s, random_source *r, int64_t span)
{
	const kpi_interaction *i =
	    &s->made.all[random_below(r, (uint32_t)s->count)];

	return random_one_in(r, 2)
	    ? i->started_at
	    : i->started_at + random_below(r, (uint32_t)least(span, 40000000));
}

static void
make_activities(scene *s, random_source *r, int64_t span)
{
	const kpi_activity blank = KPI_ACTIVITY_INIT;

	s->activity_count = random_below(r, ACTIVITIES);
	for (size_t i = 0; i < s->activity_count; i++) {
		activity *a = &s->activities[i];

		a->record = blank;
		a->agent = random_below(r, AGENTS - 1);
		/* One of the agents of rows is not known to have done
		 * anything. */
		if (a->agent == 3)
			a->agent = 4;
		a->record.agent = agents[a->agent];
		a->record.source = random_one_in(r, 3) ? "pbx" : NULL;
		a->record.state = 1 + random_below(r, 6);
		if (i > 0 && random_one_in(r, 4)) {
			/* With the beginning, or the key, of another. */
			*a = s->activities[random_below(r, (uint32_t)i)];
			if (random_one_in(r, 2))
				a->record.state = 1 + random_below(r, 6);
		} else {
			a->record.started_at = any_instant(s, r, span);
		}
		a->record.ended_at = random_one_in(r, 6)
		    ? KPI_UNKNOWN
		    : a->record.started_at + random_below(r, 9000000);
	}
}

void
make_scene(scene *s, uint64_t seed)
{
	static const int64_t lengths[] = { 0, 0, 900000, HOUR, DAY };
	random_source r = { seed };
	random_shape shape = random_shape_any(&r);

	memset(s, 0, sizeof(*s));
	shape.span_ms = least(shape.span_ms, 5 * DAY);
	s->count = 1 + random_below(&r, 40);
	random_interactions_make(&s->made, seed, s->count, &shape);
	make_activities(s, &r, shape.span_ms);
	s->from = random_one_in(&r, 2) ? any_instant(s, &r, shape.span_ms)
				       : KPI_UNKNOWN;
	s->until = random_one_in(&r, 2) ? any_instant(s, &r, shape.span_ms)
					: KPI_UNKNOWN;
	if (s->until != KPI_UNKNOWN && s->until < s->from)
		s->until = s->from;
	s->known_from = random_one_in(&r, 4)
	    ? any_instant(s, &r, shape.span_ms)
	    : KPI_UNKNOWN;
	s->as_of = any_instant(s, &r, shape.span_ms) + 3 * HOUR;
	s->length = lengths[random_below(&r, 5)];
	s->by_agent = random_one_in(&r, 2);
	s->summed = random_one_in(&r, 3);
	s->negated = random_one_in(&r, 2);
	s->filter = random_one_in(&r, 3) ? random_below(&r, AGENTS) : AGENTS;
	s->parts = random_one_in(&r, 2) ? 14 : 1 + random_below(&r, 15);
	s->directions = random_one_in(&r, 2) ? 15 : 1 + random_below(&r, 15);
	s->numerator = random_one_in(&r, 2) ? 1 : 1 + random_below(&r, 127);
	s->denominator = random_one_in(&r, 2) ? 3 : 1 + random_below(&r, 127);
	write_question(s);
}

static int
is_leg_of(const scene *s, const kpi_interaction *whole, const kpi_visit *visit,
    size_t agent)
{
	const unsigned direction = whole->direction == KPI_UNKNOWN
	    ? 0
	    : (unsigned)whole->direction;

	return visit->outcome == KPI_OUTCOME_ANSWERED &&
	    same_text(visit->agent, agents[agent]) &&
	    (s->directions >> direction & 1);
}

/* Where the legs of one agent were answered. */
static size_t
find_answers(const scene *s, size_t agent, int64_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i < s->count; i++) {
		const kpi_interaction *whole = &s->made.all[i];
		row_times at[RANDOM_ROWS_MOST];

		row_times_find(at, whole);
		for (uint64_t k = 0; k < whole->visit_count; k++)
			if (is_leg_of(s, whole, &whole->visits[k], agent))
				out[n++] = at[k].spoke;
	}
	return n;
}

/* The stretches of one agent's legs, cut by nothing yet. */
static size_t
find_contact(const scene *s, size_t agent, stretch *out)
{
	size_t n = 0;

	for (size_t i = 0; i < s->count; i++) {
		const kpi_interaction *whole = &s->made.all[i];
		row_times at[RANDOM_ROWS_MOST];

		row_times_find(at, whole);
		for (uint64_t k = 0; k < whole->visit_count; k++) {
			const kpi_visit *v = &whole->visits[k];
			const int64_t begin = at[k].spoke;
			const int64_t end = at[k].ended == KPI_UNKNOWN
			    ? INT64_MAX / 4
			    : at[k].ended;
			const int64_t after =
			    end + known_or_zero(v->after_call_ms);
			int64_t held = known_or_zero(v->hold_ms);

			if (!is_leg_of(s, whole, v, agent))
				continue;
			/* Of a call that goes on, the hold lies before as_of. */
			if (at[k].ended == KPI_UNKNOWN && held > 0 &&
			    s->as_of > begin) {
				held = least(held, s->as_of - begin);
				if (s->parts & 2)
					out[n++] = (stretch){ begin,
						s->as_of - held };
				if (s->parts & 4)
					out[n++] = (stretch){ s->as_of - held,
						s->as_of };
			} else {
				held = end > begin ? least(held, end - begin)
						   : 0;
				if (s->parts & 2)
					out[n++] =
					    (stretch){ begin, end - held };
				if (s->parts & 4)
					out[n++] = (stretch){ end - held, end };
			}
			if (s->parts & 1)
				out[n++] = (stretch){
					begin - known_or_zero(v->ring_ms), begin
				};
			if (s->parts & 8)
				out[n++] = (stretch){ end, after };
		}
	}
	return n;
}

int
same_text(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* The state of a moment beside contact; 0: none. */
static int64_t
state_at(const scene *s, size_t agent, int64_t moment)
{
	int64_t state = 0, began = INT64_MIN;

	for (size_t i = 0; i < s->activity_count; i++) {
		const kpi_activity *a = &s->activities[i].record;
		int replaced = 0;

		for (size_t k = i + 1; k < s->activity_count; k++) {
			const kpi_activity *b = &s->activities[k].record;

			replaced |= a->started_at == b->started_at &&
			    a->state == b->state &&
			    same_text(a->agent, b->agent) &&
			    same_text(a->source, b->source);
		}
		if (s->activities[i].agent != agent || replaced ||
		    a->started_at > moment ||
		    (a->ended_at != KPI_UNKNOWN && a->ended_at <= moment))
			continue;
		if (a->started_at > began ||
		    (a->started_at == began && a->state > state)) {
			began = a->started_at;
			state = a->state;
		}
	}
	return state;
}

static int
compare(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Everything that is known to begin or end, and the borders of buckets. */
static size_t
find_borders(const scene *s, const stretch *contact, size_t contacts,
    int64_t from, int64_t until, int64_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i < contacts; i++) {
		out[n++] = contact[i].begin;
		out[n++] = contact[i].until;
	}
	for (size_t i = 0; i < s->activity_count; i++) {
		out[n++] = s->activities[i].record.started_at;
		if (s->activities[i].record.ended_at != KPI_UNKNOWN)
			out[n++] = s->activities[i].record.ended_at;
	}
	if (s->length > 0)
		for (int64_t t = from / s->length * s->length; t < until;
		     t += s->length)
			out[n++] = t;
	out[n++] = from;
	out[n++] = until;
	qsort(out, n, sizeof(*out), compare);
	return n;
}

void
add_agent(const scene *s, size_t agent, int64_t from, int64_t until,
    int64_t first, times *out)
{
	stretch contact[40 * RANDOM_ROWS_MOST * 4];
	int64_t borders[sizeof(contact) / sizeof(*contact) * 2 +
	    ACTIVITIES * 2 + BUCKETS + 2];
	const size_t contacts = find_contact(s, agent, contact);
	int64_t answered[40 * RANDOM_ROWS_MOST];
	const size_t answers = find_answers(s, agent, answered);
	const size_t n =
	    find_borders(s, contact, contacts, from, until, borders);
	int has_activity = 0;
	int in[BUCKETS] = { 0 };

	for (size_t i = 0; i < s->activity_count; i++)
		has_activity |= s->activities[i].agent == agent &&
		    s->activities[i].record.state != KPI_ACTIVITY_BREAK &&
		    s->activities[i].record.state != KPI_ACTIVITY_OFFLINE &&
		    s->activities[i].record.started_at < s->as_of;
	for (size_t i = 0; i + 1 < n; i++) {
		const int64_t begin = borders[i], end = borders[i + 1];
		const size_t bucket = s->length == 0
		    ? 0
		    : (size_t)((begin - first) / s->length);
		times *t = &out[bucket];
		int64_t on_contact = 0, state;

		if (begin < from || end > until || begin == end)
			continue;
		for (size_t c = 0; c < contacts; c++)
			on_contact += contact[c].begin <= begin &&
			    contact[c].until >= end;
		if (on_contact > 1 && !s->summed && agent != AGENTS - 1)
			on_contact = 1;
		state = agent == AGENTS - 1 ? 0 : state_at(s, agent, begin);
		if (agent == AGENTS - 1) {
			t->unknown += on_contact * (end - begin);
			continue;
		}
		if (!has_activity) {
			t->no_activity += on_contact * (end - begin);
			continue;
		}
		if (on_contact > 0)
			t->state[0] += on_contact * (end - begin);
		else if (state > 0)
			t->state[state] += end - begin;
		if (on_contact > 0 || (state > 0 && state < 6))
			in[bucket] |= 1;
		if (on_contact > 0 || state == 1)
			in[bucket] |= 2;
	}
	for (size_t i = 0; i < answers; i++) {
		times *t = answered[i] < from || answered[i] >= until
		    ? NULL
		    : &out[s->length == 0
			      ? 0
			      : (size_t)((answered[i] - first) / s->length)];

		if (t == NULL)
			continue;
		*(agent == AGENTS - 1    ? &t->legs_unknown
			: !has_activity ? &t->legs_no_activity
					: &t->legs) += 1;
	}
	for (size_t i = 0; i < BUCKETS; i++) {
		out[i].logged_in += in[i] & 1;
		out[i].staffed += in[i] >> 1;
	}
}
