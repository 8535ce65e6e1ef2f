/* SPDX-License-Identifier: MIT */
/* queue_log_event.h - the table of events: what each says, and where. */
#ifndef KPI_INGEST_QUEUE_LOG_EVENT_H
#define KPI_INGEST_QUEUE_LOG_EVENT_H

#include "ingest/queue_log_line.h"

/* What an event does. */
#define KPI__QLOG_IS_OTHER       0 /* nothing that a KPI asks for */
#define KPI__QLOG_IS_START       1
#define KPI__QLOG_IS_ENTER       2
#define KPI__QLOG_IS_CONNECT     3
#define KPI__QLOG_IS_COMPLETE    4
#define KPI__QLOG_IS_LEAVE       5
#define KPI__QLOG_IS_REFUSED     6 /* never entered the queue */
#define KPI__QLOG_IS_WRAP_UP     7
#define KPI__QLOG_IS_LOGIN       8 /* the agents' from here on */
#define KPI__QLOG_IS_LOGOFF      9
#define KPI__QLOG_IS_REMOVE      10
#define KPI__QLOG_IS_PAUSE       11
#define KPI__QLOG_IS_UNPAUSE     12
#define KPI__QLOG_IS_UNPAUSE_ALL 13

typedef struct kpi__qlog_event {
	const char *name;
	unsigned char kind;
	unsigned char outcome;  /* KPI_OUTCOME_ of the visit that it ends */
	unsigned char transfer; /* KPI_TRANSFER_ */
	signed char wait;       /* place of the wait, from 0; -1: has none */
} kpi__qlog_event;

/* Of any name; never NULL. */
const kpi__qlog_event *kpi__qlog_event_named(kpi__slice name);

/* Seconds that an end tells; -1 for what it does not tell. */
typedef struct kpi__qlog_times {
	int64_t wait, talk;
} kpi__qlog_times;

kpi__qlog_times kpi__qlog_event_times(
    const kpi__qlog_event *event, const kpi__qlog_line *line);

/* An ENTERQUEUE's caller id; empty if it is withheld. */
kpi__slice kpi__qlog_event_caller(const kpi__qlog_line *line);

#endif
