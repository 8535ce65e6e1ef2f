/* SPDX-License-Identifier: MIT */
#include "ingest/queue_log_spans.h"

#include <string.h>

#include "base/memory.h"

unsigned char
kpi__qlog_segment_state(const kpi__qlog_segment *segment)
{
	if (segment->on)
		return segment->paused ? KPI_ACTIVITY_BREAK
				       : KPI_ACTIVITY_READY;
	return segment->paused && !segment->known ? KPI_ACTIVITY_BREAK : 0;
}

static kpi_status
write_span(kpi__qlog_agents *agents, const kpi__qlog_agent *agent,
    unsigned char state, int64_t begin, int64_t until)
{
	const kpi__qlog_span span = { agent->name, begin, until, state };
	const kpi_status status = kpi__grow(agents->allocator, &agents->spans,
	    &agents->span_room, agents->span_count + 1, sizeof(*agents->spans));

	if (status == KPI_OK)
		agents->spans[agents->span_count++] = span;
	return status;
}

kpi_status
kpi__qlog_agent_write_open(kpi__qlog_agents *agents, kpi__qlog_agent *agent)
{
	const kpi_status status =
	    write_span(agents, agent, agent->state, agent->since, KPI_UNKNOWN);

	if (status != KPI_OK)
		return status;
	agents->counted += !agent->counted;
	agent->written = agent->counted = 1;
	return KPI_OK;
}

/* The span that goes on ends at `until`. One of no length is written only to
 * take back what was written before. */
static kpi_status
end_span(kpi__qlog_agents *agents, kpi__qlog_agent *agent, int64_t until)
{
	if (agent->state == 0 || (until <= agent->since && !agent->written))
		return KPI_OK;
	agents->counted += !agent->counted;
	return write_span(agents, agent, agent->state, agent->since,
	    until > agent->since ? until : agent->since);
}

static void
begin_span(kpi__qlog_agent *agent, unsigned char state, int64_t since)
{
	agent->state = state;
	agent->since = since;
	agent->written = agent->counted = 0;
}

static kpi_status
append(kpi__qlog_agents *agents, kpi__qlog_agent *agent,
    const kpi__qlog_segment *segment)
{
	kpi_status status;

	if (agent->segment_count == KPI__QLOG_SEGMENTS) {
		agent->segments[0] = *segment;
		agent->segment_count = 1;
		agent->old = 1;
		return KPI_OK;
	}
	if (agent->old) {
		agent->segments[0] = *segment;
		return KPI_OK;
	}
	status =
	    kpi__grow(agents->allocator, &agent->segments, &agent->segment_room,
		agent->segment_count + 1, sizeof(*agent->segments));
	if (status == KPI_OK)
		agent->segments[agent->segment_count++] = *segment;
	return status;
}

/* Where the stretch of one state began that goes on. What lasted less than a
 * second does not part it. */
static int64_t
stretch_begins(const kpi__qlog_agent *agent)
{
	size_t i = agent->segment_count - 1;
	const unsigned char state =
	    kpi__qlog_segment_state(&agent->segments[i]);

	while (
	    i > 0 && kpi__qlog_segment_state(&agent->segments[i - 1]) == state)
		i--;
	return agent->segments[i].begin;
}

kpi_status
kpi__qlog_agent_turn(
    kpi__qlog_agents *agents, kpi__qlog_agent *agent, kpi__qlog_segment segment)
{
	kpi__qlog_segment *const last = agent->segment_count == 0
	    ? NULL
	    : &agent->segments[agent->segment_count - 1];
	const unsigned char state = kpi__qlog_segment_state(&segment);
	kpi_status status = KPI_OK;

	if (last != NULL) {
		if (segment.begin < last->begin)
			segment.begin = last->begin;
		if (segment.on == last->on && segment.paused == last->paused &&
		    segment.known == last->known)
			return KPI_OK;
	}
	if (last != NULL && segment.begin == last->begin)
		*last = segment;
	else
		status = append(agents, agent, &segment);
	if (status != KPI_OK || state == agent->state)
		return status;
	status = end_span(agents, agent, segment.begin);
	begin_span(agent, state, stretch_begins(agent));
	return status;
}

typedef struct run {
	int64_t begin, until; /* KPI_UNKNOWN: it goes on */
	unsigned char state;
} run;

/* The stretches of one state, those without one left out. */
static size_t
runs_of(const kpi__qlog_agent *agent, run out[KPI__QLOG_SEGMENTS + 1])
{
	size_t count = 0;
	unsigned char before = 0;

	for (size_t i = 0; i < agent->segment_count; i++) {
		const kpi__qlog_segment *const s = &agent->segments[i];
		const unsigned char state = kpi__qlog_segment_state(s);

		if (state == before)
			continue;
		if (before != 0)
			out[count - 1].until = s->begin;
		if (state != 0) {
			out[count].begin = s->begin;
			out[count].until = KPI_UNKNOWN;
			out[count++].state = state;
		}
		before = state;
	}
	return count;
}

static const run *
run_that_begins_so(const run *runs, size_t count, const run *like)
{
	for (size_t i = 0; i < count; i++)
		if (runs[i].begin == like->begin &&
		    runs[i].state == like->state)
			return &runs[i];
	return NULL;
}

static kpi_status
write_changes(kpi__qlog_agents *agents, kpi__qlog_agent *agent, const run *was,
    size_t was_count, const run *is, size_t is_count)
{
	kpi_status status = KPI_OK;

	for (size_t i = 0; i < was_count && status == KPI_OK; i++)
		if (run_that_begins_so(is, is_count, &was[i]) == NULL)
			status = write_span(agents, agent, was[i].state,
			    was[i].begin, was[i].begin);
	for (size_t i = 0; i < is_count && status == KPI_OK; i++) {
		const run *const old =
		    run_that_begins_so(was, was_count, &is[i]);

		if (is[i].until == KPI_UNKNOWN ||
		    (old != NULL && old->until == is[i].until))
			continue;
		agents->counted += old == NULL;
		status = write_span(
		    agents, agent, is[i].state, is[i].begin, is[i].until);
	}
	if (status == KPI_OK && is_count > 0 &&
	    is[is_count - 1].until == KPI_UNKNOWN &&
	    (agent->state != is[is_count - 1].state ||
		agent->since != is[is_count - 1].begin))
		begin_span(
		    agent, is[is_count - 1].state, is[is_count - 1].begin);
	return status;
}

/* Makes a segment begin at `at`, if one stands before it. */
static kpi_status
split(kpi__qlog_agents *agents, kpi__qlog_agent *agent, int64_t at)
{
	size_t i = agent->segment_count;
	kpi_status status;

	while (i > 0 && agent->segments[i - 1].begin >= at)
		i--;
	if (i == 0 ||
	    (i < agent->segment_count && agent->segments[i].begin == at))
		return KPI_OK;
	status =
	    kpi__grow(agents->allocator, &agent->segments, &agent->segment_room,
		agent->segment_count + 1, sizeof(*agent->segments));
	if (status != KPI_OK)
		return status;
	memmove(&agent->segments[i + 1], &agent->segments[i],
	    (agent->segment_count - i) * sizeof(*agent->segments));
	agent->segments[i] = agent->segments[i - 1];
	agent->segments[i].begin = at;
	agent->segment_count++;
	return KPI_OK;
}

kpi_status
kpi__qlog_agent_was(
    kpi__qlog_agents *agents, kpi__qlog_agent *agent, int64_t from, int login)
{
	run was[KPI__QLOG_SEGMENTS + 1], is[KPI__QLOG_SEGMENTS + 1];
	size_t was_count;
	kpi_status status;

	was_count = runs_of(agent, was);
	status = split(agents, agent, from);
	if (status != KPI_OK)
		return status;
	for (size_t i = 0; i < agent->segment_count; i++) {
		kpi__qlog_segment *const s = &agent->segments[i];

		if (s->begin < from)
			continue;
		if (login)
			s->on = s->known = 1;
		else
			s->paused = 1;
	}
	return write_changes(
	    agents, agent, was, was_count, is, runs_of(agent, is));
}
