/* SPDX-License-Identifier: MIT */
/*
 * queue_log_visits.h - what the events of calls do to their visits.
 *
 * A visit opens with ENTERQUEUE. A line about a call and a queue means the
 * open visit of the two whose times fit its own (within 2 s), else the first
 * open one; a visit is ended once. If there is none, the call's id may have
 * changed: a CONNECT or an exit means the waiting visit of the queue that
 * entered just then (within 1 s), the end of a talk the talking visit of queue
 * and agent that was answered just then (within 2 s), whichever call it is of.
 * If there is none either, a visit is rebuilt from the line's own wait and
 * talk, unless the call has a visit of this queue and entry (within 1 s) that
 * has ended: then the line tells an end twice, as does an ABANDON after
 * EXITEMPTY without an ENTERQUEUE between.
 *
 * Each function sets *why to KPI__QLOG_FINE or to the reason why the line was
 * not used, and returns KPI_OK or KPI_ENOMEM.
 */
#ifndef KPI_INGEST_QUEUE_LOG_VISITS_H
#define KPI_INGEST_QUEUE_LOG_VISITS_H

#include "ingest/queue_log_calls.h"
#include "ingest/queue_log_event.h"

/* A line about a call, its texts clean. */
typedef struct kpi__qlog_step {
	const kpi__qlog_event *event;
	const kpi__qlog_line *line;
	uint64_t number;
	int64_t now; /* its stamp */
	const char *id;
	size_t id_size;
	const char *customer; /* of an ENTERQUEUE; NULL: unknown */
	size_t customer_size;
	kpi__qlog_name *queue, *agent; /* NULL: unknown */
} kpi__qlog_step;

kpi_status kpi__qlog_visits_enter(kpi__qlog_calls *calls,
    const kpi__qlog_step *step, int *why) KPI_MUST_CHECK;
kpi_status kpi__qlog_visits_connect(kpi__qlog_calls *calls,
    const kpi__qlog_step *step, int *why) KPI_MUST_CHECK;
kpi_status kpi__qlog_visits_complete(kpi__qlog_calls *calls,
    const kpi__qlog_step *step, int *why) KPI_MUST_CHECK;
kpi_status kpi__qlog_visits_leave(kpi__qlog_calls *calls,
    const kpi__qlog_step *step, int *why) KPI_MUST_CHECK;
kpi_status kpi__qlog_visits_refuse(kpi__qlog_calls *calls,
    const kpi__qlog_step *step, int *why) KPI_MUST_CHECK;

/* WRAPUPSTART: seconds of after-call work, of the call's last answered visit
 * of this queue and agent. */
kpi_status kpi__qlog_visits_wrap_up(kpi__qlog_calls *calls,
    const kpi__qlog_step *step, int *why) KPI_MUST_CHECK;

/* A start: what is open has ended at `last`, the stamp of the line before. */
kpi_status kpi__qlog_visits_start(
    kpi__qlog_calls *calls, int64_t last) KPI_MUST_CHECK;

#endif
