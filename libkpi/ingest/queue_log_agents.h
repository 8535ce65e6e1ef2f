/* SPDX-License-Identifier: MIT */
/*
 * queue_log_agents.h - log-in and pause spans of agents, as activity.
 *
 * An agent is logged in while he is in any queue, and paused while he is in
 * any. Logged in and not paused is ready, paused is break; an agent of whom
 * no log-in was ever told is on break while he is paused (a static member),
 * any other only while he is logged in. An end without a beginning tells that
 * the span was open when the file began, if nothing of the kind was told of
 * this agent and queue before; a log-off that tells its length does not reach
 * further back than that. Only the first KPI__QLOG_SEGMENTS changes of an agent
 * are kept for this; such an end after so many is counted and passed over.
 *
 * Instants are milliseconds.
 */
#ifndef KPI_INGEST_QUEUE_LOG_AGENTS_H
#define KPI_INGEST_QUEUE_LOG_AGENTS_H

#include <kpi/interaction.h>

#include "ingest/queue_log_event.h"
#include "ingest/queue_log_name.h"

#define KPI__QLOG_SEGMENTS 256
#define KPI__QLOG_MEMBERS  1000 /* queues of one agent, at most */

/* An agent's standing in one queue, or in none (NULL). */
typedef struct kpi__qlog_member {
	kpi__qlog_name *queue;
	unsigned char on, paused;
	unsigned char told_login, told_pause; /* anything of the kind */
} kpi__qlog_member;

/* How things stood from `begin` to the next one's. */
typedef struct kpi__qlog_segment {
	int64_t begin;
	unsigned char on, paused;
	unsigned char known; /* log-ins of this agent were told */
} kpi__qlog_segment;

typedef struct kpi__qlog_agent {
	struct kpi__qlog_agent *next;
	kpi__qlog_name *name;
	kpi__qlog_member *members;
	kpi__qlog_segment *segments; /* the last one goes on */
	size_t member_room, member_count, segment_room, segment_count;
	size_t starts_seen;             /* of the QUEUESTARTs */
	int64_t since;                  /* of the span that goes on */
	unsigned char state;            /* KPI_ACTIVITY_ of it; 0: none */
	unsigned char told;             /* any log-in or log-off */
	unsigned char old;              /* segments were let go */
	unsigned char written, counted; /* the span that goes on */
} kpi__qlog_agent;

/* A span for the store; `until` KPI_UNKNOWN: it goes on; == begin: none. */
typedef struct kpi__qlog_span {
	const kpi__qlog_name *agent;
	int64_t begin, until;
	int64_t state; /* KPI_ACTIVITY_ */
} kpi__qlog_span;

typedef struct kpi__qlog_agents {
	const kpi_allocator *allocator;
	kpi__qlog_agent *first, *last; /* in the order of the log */
	int64_t *starts;               /* QUEUESTARTs */
	size_t start_room, start_count;
	kpi__qlog_span *spans; /* to be written, in order */
	size_t span_room, span_count;
	uint64_t counted; /* spans added or completed */
} kpi__qlog_agents;

void kpi__qlog_agents_init(kpi__qlog_agents *agents, const kpi_allocator *a);
void kpi__qlog_agents_free(kpi__qlog_agents *agents);

/* A line of an agent's event. `began` is the first stamp of the log. */
typedef struct kpi__qlog_shift {
	const kpi__qlog_event *event;
	const kpi__qlog_line *line;
	int64_t now, began;
	int is_told; /* other files have told what was open then */
	kpi__qlog_name *queue, *agent; /* queue NULL: none */
} kpi__qlog_shift;

/* Every line that names an agent, whatever its event. KPI_ENOMEM; *why as in
 * queue_log_visits.h. */
kpi_status kpi__qlog_agents_line(kpi__qlog_agents *agents,
    const kpi__qlog_shift *shift, int *why) KPI_MUST_CHECK;

/* A QUEUESTART. KPI_ENOMEM. */
kpi_status kpi__qlog_agents_start(
    kpi__qlog_agents *agents, int64_t now) KPI_MUST_CHECK;

/* Puts the spans that go on among `spans`, those not written yet. */
kpi_status kpi__qlog_agents_flush(kpi__qlog_agents *agents) KPI_MUST_CHECK;

/* A new agent of that name, without segments. KPI_ENOMEM. */
kpi_status kpi__qlog_agents_add(kpi__qlog_agents *agents, kpi__qlog_name *name,
    kpi__qlog_agent **out) KPI_MUST_CHECK;

/* The QUEUESTART since which nothing was told of the agent; KPI_UNKNOWN. */
int64_t kpi__qlog_agent_start(
    const kpi__qlog_agents *agents, const kpi__qlog_agent *agent);

/* Log-in and pause from a segment to KPI_ACTIVITY_, 0: none. */
unsigned char kpi__qlog_segment_state(const kpi__qlog_segment *segment);

#endif
