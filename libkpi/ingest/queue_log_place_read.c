/* SPDX-License-Identifier: MIT */
#include "ingest/queue_log_place.h"

#include <string.h>

#include "base/memory.h"

/* No instant of a log lies further from 1970 than this. */
#define FURTHEST (4 * KPI__QLOG_LATEST_MS)

/* Reading keeps `bad` in the reader, and a failure of memory in `status`. */
typedef struct source {
	kpi__reader in;
	kpi__qlog_state *state;
	kpi_status status;
} source;

static int
failed(const source *s)
{
	return s->in.bad || s->status != KPI_OK;
}

static unsigned char
get_byte(source *s, unsigned most)
{
	const unsigned value = kpi__read_byte(&s->in);

	if (value > most)
		s->in.bad = 1;
	return (unsigned char)value;
}

static int64_t
get_instant(source *s, int may_be_unknown)
{
	const int64_t value = kpi__read_signed(&s->in);

	if (value == KPI_UNKNOWN ? !may_be_unknown
				 : value < -FURTHEST || value > FURTHEST)
		s->in.bad = 1;
	return s->in.bad ? 0 : value;
}

static int64_t
get_duration(source *s, int may_be_unknown)
{
	const int64_t value = get_instant(s, may_be_unknown);

	if (value < 0 && value != KPI_UNKNOWN)
		s->in.bad = 1;
	return value;
}

static const char *
get_text(source *s, size_t *size)
{
	const char *text = kpi__read_text(&s->in, size);

	if (*size > KPI_TEXT_MAX ||
	    (text != NULL && memchr(text, 0, *size) != NULL))
		s->in.bad = 1;
	return s->in.bad ? NULL : text;
}

static kpi__qlog_name *
get_name(source *s)
{
	size_t size;
	const char *text = get_text(s, &size);
	kpi__qlog_name *name = NULL;

	if (text != NULL && s->status == KPI_OK)
		s->status =
		    kpi__qlog_names_get(&s->state->names, text, size, &name);
	return name;
}

static int
is_whole(const kpi__qlog_visit *v)
{
	if (v->outcome < KPI_OUTCOME_ANSWERED)
		return 0;
	switch (v->stage) {
	case KPI__VISIT_WAITING:
		return v->outcome == KPI_OUTCOME_WAITING;
	case KPI__VISIT_TALKING:
		return v->outcome == KPI_OUTCOME_ANSWERED && v->wait >= 0;
	default:
		return v->outcome != KPI_OUTCOME_WAITING && v->wait >= 0;
	}
}

static void
get_visit(source *s, kpi__qlog_call *call)
{
	kpi__qlog_name *const queue = get_name(s), *const agent = get_name(s);
	const int64_t entered = get_instant(s, 0);
	kpi__qlog_visit *v;
	unsigned char stage;

	if (failed(s))
		return;
	s->status = kpi__qlog_calls_enter(
	    &s->state->calls, call, queue, entered, 0, &v);
	if (s->status != KPI_OK)
		return;
	v->agent = agent;
	v->wait = get_duration(s, 1);
	v->ring = get_duration(s, 1);
	v->talk = get_duration(s, 1);
	v->after_call = get_duration(s, 1);
	v->line = kpi__read_varint(&s->in);
	stage = get_byte(s, KPI__VISIT_ENDED);
	v->outcome = get_byte(s, KPI_OUTCOME_WAITING);
	v->transfer = get_byte(s, KPI_TRANSFER_MENU);
	v->rebuilt = get_byte(s, 1);
	if (s->in.bad)
		return;
	if (stage != KPI__VISIT_WAITING && v->wait < 0) {
		s->in.bad = 1;
		return;
	}
	if (stage != KPI__VISIT_WAITING)
		kpi__qlog_calls_move(
		    &s->state->calls, v, stage, call->ended_at);
	if (!is_whole(v))
		s->in.bad = 1;
}

static void
get_calls(source *s, int open)
{
	uint64_t count = kpi__read_varint(&s->in);

	for (; count > 0 && !failed(s); count--) {
		size_t size;
		const char *const id = get_text(s, &size);
		kpi__qlog_call *call;
		uint64_t visits;

		if (id == NULL ||
		    kpi__qlog_calls_find(&s->state->calls, id, size) != NULL)
			s->in.bad = 1;
		if (failed(s))
			return;
		s->status =
		    kpi__qlog_calls_add(&s->state->calls, id, size, &call);
		if (s->status != KPI_OK)
			return;
		call->stored = 1;
		call->ended_at = get_instant(s, 0);
		call->merged = get_byte(s, 1);
		call->has_customer = get_byte(s, 1);
		call->is_emptied = get_byte(s, 1);
		call->emptied = get_name(s);
		visits = kpi__read_varint(&s->in);
		if (visits == 0 || visits > KPI__QLOG_VISITS)
			s->in.bad = 1;
		for (; visits > 0 && !failed(s); visits--)
			get_visit(s, call);
		if (!s->in.bad && (call->open_count > 0) != open)
			s->in.bad = 1;
	}
}

static void
get_members(source *s, kpi__qlog_agent *a)
{
	uint64_t count = kpi__read_varint(&s->in);

	if (count > KPI__QLOG_MEMBERS)
		s->in.bad = 1;
	for (; count > 0 && !failed(s); count--) {
		kpi__qlog_name *const queue = get_name(s);
		const unsigned bits = get_byte(s, 15);
		const kpi__qlog_member member = { queue, bits & 1,
			bits >> 1 & 1, bits >> 2 & 1, bits >> 3 & 1 };

		if (failed(s))
			return;
		s->status = kpi__grow(s->state->agents.allocator, &a->members,
		    &a->member_room, a->member_count + 1, sizeof(member));
		if (s->status == KPI_OK)
			a->members[a->member_count++] = member;
	}
}

static void
get_segments(source *s, kpi__qlog_agent *a)
{
	uint64_t count = kpi__read_varint(&s->in);

	if (count == 0 || count > KPI__QLOG_SEGMENTS)
		s->in.bad = 1;
	for (; count > 0 && !failed(s); count--) {
		const int64_t begin = get_instant(s, 0);
		const unsigned bits = get_byte(s, 7);
		const kpi__qlog_segment segment = { begin, bits & 1,
			bits >> 1 & 1, bits >> 2 & 1 };

		if (a->segment_count > 0 &&
		    begin <= a->segments[a->segment_count - 1].begin)
			s->in.bad = 1;
		if (failed(s))
			return;
		s->status = kpi__grow(s->state->agents.allocator, &a->segments,
		    &a->segment_room, a->segment_count + 1, sizeof(segment));
		if (s->status == KPI_OK)
			a->segments[a->segment_count++] = segment;
	}
	if (!failed(s) &&
	    kpi__qlog_segment_state(&a->segments[a->segment_count - 1]) !=
		a->state)
		s->in.bad = 1;
}

/* A QUEUESTART that the agent has not answered to stands in the list again,
 * after those of the agents before. */
static void
get_agent(source *s)
{
	kpi__qlog_name *const name = get_name(s);
	int64_t start;
	kpi__qlog_agent *a;

	if (name == NULL || name->agent != NULL)
		s->in.bad = 1;
	if (failed(s))
		return;
	s->status = kpi__qlog_agents_add(&s->state->agents, name, &a);
	if (s->status != KPI_OK)
		return;
	start = get_instant(s, 1);
	if (start != KPI_UNKNOWN && !s->in.bad)
		s->status = kpi__qlog_agents_start(&s->state->agents, start);
	a->state = get_byte(s, KPI_ACTIVITY_BREAK);
	a->since = get_instant(s, 0);
	a->written = 1;
	a->told = get_byte(s, 1);
	a->old = get_byte(s, 1);
	get_members(s, a);
	get_segments(s, a);
	if (start == KPI_UNKNOWN)
		a->starts_seen = SIZE_MAX;
}

static void
get_agents(source *s)
{
	for (uint64_t count = kpi__read_varint(&s->in); count > 0 && !failed(s);
	     count--)
		get_agent(s);
	for (kpi__qlog_agent *a = s->state->agents.first; a != NULL;
	     a = a->next)
		if (a->starts_seen == SIZE_MAX)
			a->starts_seen = s->state->agents.start_count;
}

static void
get_head(kpi__reader *in, kpi__qlog_head *head)
{
	if (kpi__read_byte(in) != KPI__QLOG_PLACE)
		in->bad = 1;
	head->size = kpi__read_varint(in);
	head->hash = kpi__read64(in);
	if (head->size > KPI__QLOG_HEAD)
		in->bad = 1;
}

kpi_status
kpi__qlog_place_head(const void *bytes, size_t size, kpi__qlog_head *head)
{
	const unsigned char *const p = bytes;
	kpi__reader in = { p, p + size, 0 };

	get_head(&in, head);
	return in.bad ? KPI_ECORRUPT : KPI_OK;
}

kpi_status
kpi__qlog_place_get(const void *bytes, size_t size, kpi__qlog_state *state)
{
	const unsigned char *const p = bytes;
	source s = { { p, p + size, 0 }, state, KPI_OK };
	kpi__qlog_head head;

	get_head(&s.in, &head);
	state->offset = kpi__read_varint(&s.in);
	state->number = kpi__read_varint(&s.in);
	state->order = kpi__read_varint(&s.in);
	state->others_began = get_instant(&s, 1);
	state->began = get_instant(&s, 1);
	state->last = get_instant(&s, 1);
	get_calls(&s, 1);
	get_calls(&s, 0);
	get_agents(&s);
	if (s.status != KPI_OK && s.status != KPI_ELIMIT)
		return s.status;
	return s.in.bad || s.status != KPI_OK || s.in.at != s.in.end
	    ? KPI_ECORRUPT
	    : KPI_OK;
}
