/* SPDX-License-Identifier: MIT */
#include "ingest/queue_log_place.h"

static void
put_visit(kpi__buffer *out, const kpi__qlog_visit *v)
{
	kpi__buffer_put_text(out, kpi__qlog_name_text(v->queue));
	kpi__buffer_put_text(out, kpi__qlog_name_text(v->agent));
	kpi__buffer_put_signed(out, v->entered);
	kpi__buffer_put_signed(out, v->wait);
	kpi__buffer_put_signed(out, v->ring);
	kpi__buffer_put_signed(out, v->talk);
	kpi__buffer_put_signed(out, v->after_call);
	kpi__buffer_put_varint(out, v->line);
	kpi__buffer_put_byte(out, v->stage);
	kpi__buffer_put_byte(out, v->outcome);
	kpi__buffer_put_byte(out, v->transfer);
	kpi__buffer_put_byte(out, v->rebuilt);
}

static void
put_calls(kpi__buffer *out, const kpi__qlog_list *list)
{
	kpi__buffer_put_varint(out, list->count);
	for (const kpi__qlog_call *c = list->first; c != NULL; c = c->next) {
		kpi__buffer_put_text(out, c->id);
		kpi__buffer_put_signed(out, c->ended_at);
		kpi__buffer_put_byte(out, c->merged);
		kpi__buffer_put_byte(out, c->has_customer);
		kpi__buffer_put_byte(out, c->is_emptied);
		kpi__buffer_put_text(out, kpi__qlog_name_text(c->emptied));
		kpi__buffer_put_varint(out, c->visit_count);
		for (const kpi__qlog_visit *v = c->visits; v != NULL;
		     v = v->next)
			put_visit(out, v);
	}
}

static void
put_agent(
    kpi__buffer *out, const kpi__qlog_agents *agents, const kpi__qlog_agent *a)
{
	kpi__buffer_put_text(out, a->name->text);
	kpi__buffer_put_signed(out, kpi__qlog_agent_start(agents, a));
	kpi__buffer_put_byte(out, a->state);
	kpi__buffer_put_signed(out, a->since);
	kpi__buffer_put_byte(out, a->told);
	kpi__buffer_put_byte(out, a->old);
	kpi__buffer_put_varint(out, a->member_count);
	for (size_t i = 0; i < a->member_count; i++) {
		const kpi__qlog_member *const m = &a->members[i];

		kpi__buffer_put_text(out, kpi__qlog_name_text(m->queue));
		kpi__buffer_put_byte(out,
		    (unsigned)(m->on | m->paused << 1 | m->told_login << 2 |
			m->told_pause << 3));
	}
	kpi__buffer_put_varint(out, a->segment_count);
	for (size_t i = 0; i < a->segment_count; i++) {
		const kpi__qlog_segment *const s = &a->segments[i];

		kpi__buffer_put_signed(out, s->begin);
		kpi__buffer_put_byte(
		    out, (unsigned)(s->on | s->paused << 1 | s->known << 2));
	}
}

void
kpi__qlog_place_put(
    const kpi__qlog_state *state, const kpi__qlog_head *head, kpi__buffer *out)
{
	uint64_t agents = 0;

	kpi__buffer_put_byte(out, KPI__QLOG_PLACE);
	kpi__buffer_put_varint(out, head->size);
	kpi__buffer_put64(out, head->hash);
	kpi__buffer_put_varint(out, state->offset);
	kpi__buffer_put_varint(out, state->number);
	kpi__buffer_put_varint(out, state->order);
	kpi__buffer_put_signed(out, state->others_began);
	kpi__buffer_put_signed(out, state->began);
	kpi__buffer_put_signed(out, state->last);
	put_calls(out, &state->calls.open);
	put_calls(out, &state->calls.ended);
	for (const kpi__qlog_agent *a = state->agents.first; a != NULL;
	     a = a->next)
		agents++;
	kpi__buffer_put_varint(out, agents);
	for (const kpi__qlog_agent *a = state->agents.first; a != NULL;
	     a = a->next)
		put_agent(out, &state->agents, a);
}
