/* SPDX-License-Identifier: MIT */
#include "ingest/queue_log_agents.h"

#include <string.h>

#include "base/memory.h"
#include "ingest/queue_log_report.h"
#include "ingest/queue_log_spans.h"

void
kpi__qlog_agents_init(kpi__qlog_agents *agents, const kpi_allocator *a)
{
	memset(agents, 0, sizeof(*agents));
	agents->allocator = a;
}

void
kpi__qlog_agents_free(kpi__qlog_agents *agents)
{
	const kpi_allocator *const a = agents->allocator;

	for (kpi__qlog_agent *agent = agents->first, *next; agent != NULL;
	     agent = next) {
		next = agent->next;
		kpi__release(a, agent->members, agent->member_room,
		    sizeof(*agent->members));
		kpi__release(a, agent->segments, agent->segment_room,
		    sizeof(*agent->segments));
		kpi__release(a, agent, 1, sizeof(*agent));
	}
	kpi__release(
	    a, agents->starts, agents->start_room, sizeof(*agents->starts));
	kpi__release(
	    a, agents->spans, agents->span_room, sizeof(*agents->spans));
	kpi__qlog_agents_init(agents, a);
}

kpi_status
kpi__qlog_agents_add(
    kpi__qlog_agents *agents, kpi__qlog_name *name, kpi__qlog_agent **out)
{
	kpi__qlog_agent *agent =
	    kpi__new_zeroed(agents->allocator, 1, sizeof(*agent));

	if (agent == NULL)
		return KPI_ENOMEM;
	agent->name = name;
	agent->starts_seen = agents->start_count;
	if (agents->last == NULL)
		agents->first = agent;
	else
		agents->last->next = agent;
	agents->last = agent;
	name->agent = agent;
	*out = agent;
	return KPI_OK;
}

int64_t
kpi__qlog_agent_start(
    const kpi__qlog_agents *agents, const kpi__qlog_agent *agent)
{
	return agent->starts_seen < agents->start_count
	    ? agents->starts[agent->starts_seen]
	    : KPI_UNKNOWN;
}

kpi_status
kpi__qlog_agents_start(kpi__qlog_agents *agents, int64_t now)
{
	const kpi_status status =
	    kpi__grow(agents->allocator, &agents->starts, &agents->start_room,
		agents->start_count + 1, sizeof(*agents->starts));

	if (status == KPI_OK)
		agents->starts[agents->start_count++] = now;
	return status;
}

kpi_status
kpi__qlog_agents_flush(kpi__qlog_agents *agents)
{
	kpi_status status = KPI_OK;

	for (kpi__qlog_agent *agent = agents->first;
	     agent != NULL && status == KPI_OK; agent = agent->next)
		if (agent->state != 0 && !agent->written)
			status = kpi__qlog_agent_write_open(agents, agent);
	return status;
}

/* *out NULL: the agent is in too many queues. */
static kpi_status
member_of(kpi__qlog_agents *agents, kpi__qlog_agent *agent,
    kpi__qlog_name *queue, kpi__qlog_member **out)
{
	const kpi__qlog_member none = { queue, 0, 0, 0, 0 };
	kpi_status status;

	*out = NULL;
	for (size_t i = 0; i < agent->member_count; i++)
		if (agent->members[i].queue == queue) {
			*out = &agent->members[i];
			return KPI_OK;
		}
	if (agent->member_count == KPI__QLOG_MEMBERS)
		return KPI_OK;
	status =
	    kpi__grow(agents->allocator, &agent->members, &agent->member_room,
		agent->member_count + 1, sizeof(*agent->members));
	if (status != KPI_OK)
		return status;
	agent->members[agent->member_count] = none;
	*out = &agent->members[agent->member_count++];
	return KPI_OK;
}

static int
is_anywhere(const kpi__qlog_agent *agent, size_t field)
{
	for (size_t i = 0; i < agent->member_count; i++)
		if (((const unsigned char *)&agent->members[i])[field])
			return 1;
	return 0;
}

/* What the queues say together holds from `now` on. */
static kpi_status
settle(kpi__qlog_agents *agents, kpi__qlog_agent *agent, int64_t now)
{
	kpi__qlog_segment segment = { now, 0, 0, agent->told };

	segment.on =
	    (unsigned char)is_anywhere(agent, offsetof(kpi__qlog_member, on));
	segment.paused = (unsigned char)is_anywhere(
	    agent, offsetof(kpi__qlog_member, paused));
	return kpi__qlog_agent_turn(agents, agent, segment);
}

static void
clear(kpi__qlog_agent *agent, int also_login)
{
	for (size_t i = 0; i < agent->member_count; i++) {
		agent->members[i].paused = 0;
		if (also_login)
			agent->members[i].on = 0;
	}
}

static int64_t
told_length(const kpi__qlog_shift *shift)
{
	const int64_t seconds = shift->event->kind == KPI__QLOG_IS_LOGOFF
	    ? kpi__qlog_line_number(shift->line, 1)
	    : -1;

	return seconds < 0 ? KPI_UNKNOWN : seconds * 1000;
}

/*
 * The first line about an agent after a start says whether the log-ins that
 * were open then went on. A start and a line of an earlier stamp cannot say.
 */
static kpi_status
after_start(kpi__qlog_agents *agents, kpi__qlog_agent *agent,
    const kpi__qlog_shift *shift)
{
	const int64_t start = kpi__qlog_agent_start(agents, agent);
	const int64_t told = told_length(shift);
	kpi__qlog_member *member;
	kpi_status status;

	agent->starts_seen = agents->start_count;
	if (start == KPI_UNKNOWN)
		return KPI_OK;
	if (shift->event->kind != KPI__QLOG_IS_LOGIN &&
	    (told == KPI_UNKNOWN || shift->now - told <= start))
		return KPI_OK;
	clear(agent, 1);
	status = settle(agents, agent, start);
	if (status != KPI_OK || told == KPI_UNKNOWN)
		return status;
	status = member_of(agents, agent, shift->queue, &member);
	if (status != KPI_OK || member == NULL)
		return status;
	member->on = member->told_login = 1;
	agent->told = 1;
	return settle(agents, agent, shift->now - told);
}

/* An end without a beginning: it was so since the file began. */
static kpi_status
reach_back(kpi__qlog_agents *agents, kpi__qlog_agent *agent,
    const kpi__qlog_shift *shift, int login, int *why)
{
	const int64_t told = login ? told_length(shift) : KPI_UNKNOWN;
	int64_t from = shift->began;

	if (told != KPI_UNKNOWN && shift->now - told > from)
		from = shift->now - told;
	if (shift->is_told)
		return KPI_OK;
	if (agent->old || agent->segment_count == KPI__QLOG_SEGMENTS) {
		*why = KPI__QLOG_NO_BEGINNING;
		return KPI_OK;
	}
	return kpi__qlog_agent_was(agents, agent, from, login);
}

static kpi_status
log_off(kpi__qlog_agents *agents, kpi__qlog_agent *agent,
    kpi__qlog_member *member, const kpi__qlog_shift *shift, int *why)
{
	kpi_status status = KPI_OK;

	if (!member->on && !member->told_login)
		status = reach_back(agents, agent, shift, 1, why);
	agent->told = member->told_login = 1;
	member->on = 0;
	if (shift->event->kind == KPI__QLOG_IS_REMOVE) {
		member->paused = 0;
		/* A PAUSEALL has no queue of its own to be removed from. */
		for (size_t i = 0; i < agent->member_count; i++)
			if (agent->members[i].queue == NULL &&
			    !is_anywhere(agent, offsetof(kpi__qlog_member, on)))
				agent->members[i].paused = 0;
	}
	return status;
}

/* What is left of a PAUSEALL ends with the pause in the last queue. */
static void
end_pause_of_all(kpi__qlog_agent *agent)
{
	kpi__qlog_member *all = NULL;

	for (size_t i = 0; i < agent->member_count; i++)
		if (agent->members[i].queue == NULL)
			all = &agent->members[i];
		else if (agent->members[i].paused)
			return;
	if (all != NULL)
		all->paused = 0;
}

static kpi_status
unpause(kpi__qlog_agents *agents, kpi__qlog_agent *agent,
    kpi__qlog_member *member, const kpi__qlog_shift *shift, int *why)
{
	kpi_status status = KPI_OK;

	if (!is_anywhere(agent, offsetof(kpi__qlog_member, paused)) &&
	    !member->told_pause)
		status = reach_back(agents, agent, shift, 0, why);
	member->told_pause = 1;
	member->paused = 0;
	end_pause_of_all(agent);
	return status;
}

static kpi_status
apply(kpi__qlog_agents *agents, kpi__qlog_agent *agent,
    kpi__qlog_member *member, const kpi__qlog_shift *shift, int *why)
{
	kpi_status status = KPI_OK;

	switch (shift->event->kind) {
	case KPI__QLOG_IS_LOGIN:
		member->on = member->told_login = agent->told = 1;
		if (kpi__slice_is(
			kpi__qlog_line_parameter(shift->line, 0), "PAUSED"))
			member->paused = member->told_pause = 1;
		break;
	case KPI__QLOG_IS_LOGOFF:
	case KPI__QLOG_IS_REMOVE:
		status = log_off(agents, agent, member, shift, why);
		break;
	case KPI__QLOG_IS_PAUSE:
		member->paused = member->told_pause = 1;
		break;
	case KPI__QLOG_IS_UNPAUSE:
		status = unpause(agents, agent, member, shift, why);
		break;
	default:
		clear(agent, 0);
		break;
	}
	if (status != KPI_OK)
		return status;
	return settle(agents, agent, shift->now);
}

static kpi_status
first_line(kpi__qlog_agents *agents, const kpi__qlog_shift *shift)
{
	const kpi__qlog_segment segment = { shift->began, 0, 0, 0 };
	kpi__qlog_agent *agent;
	const kpi_status status =
	    kpi__qlog_agents_add(agents, shift->agent, &agent);

	if (status != KPI_OK)
		return status;
	return kpi__qlog_agent_turn(agents, agent, segment);
}

kpi_status
kpi__qlog_agents_line(
    kpi__qlog_agents *agents, const kpi__qlog_shift *shift, int *why)
{
	const int is_shift = shift->event->kind >= KPI__QLOG_IS_LOGIN;
	kpi__qlog_member *member;
	kpi_status status;

	if (shift->agent == NULL) {
		if (is_shift)
			*why = KPI__QLOG_NO_AGENT;
		return KPI_OK;
	}
	if (shift->agent->agent == NULL) {
		if (!is_shift)
			return KPI_OK;
		status = first_line(agents, shift);
		if (status != KPI_OK)
			return status;
	}
	status = after_start(agents, shift->agent->agent, shift);
	if (status != KPI_OK || !is_shift)
		return status;
	status = member_of(agents, shift->agent->agent, shift->queue, &member);
	if (status != KPI_OK)
		return status;
	if (member == NULL) {
		*why = KPI__QLOG_OTHER;
		return KPI_OK;
	}
	return apply(agents, shift->agent->agent, member, shift, why);
}
