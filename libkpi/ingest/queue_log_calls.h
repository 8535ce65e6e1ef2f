/* SPDX-License-Identifier: MIT */
/*
 * queue_log_calls.h - the calls that a queue_log's reader holds: those that
 * go on, and those that ended a short while ago.
 *
 * Instants and durations are milliseconds, unknown KPI_UNKNOWN.
 */
#ifndef KPI_INGEST_QUEUE_LOG_CALLS_H
#define KPI_INGEST_QUEUE_LOG_CALLS_H

#include <kpi/interaction.h>

#include "ingest/queue_log_name.h"

#define KPI__QLOG_LATEST_MS INT64_C(253402300799999)
#define KPI__QLOG_VISITS    1000 /* at most, of one call */
/* A call that ended is held so long, by the stamps of the log. */
#define KPI__QLOG_HELD_MS INT64_C(3600000)

#define KPI__VISIT_WAITING 0
#define KPI__VISIT_TALKING 1
#define KPI__VISIT_ENDED   2

typedef struct kpi__qlog_visit {
	struct kpi__qlog_visit *next; /* of the call */
	struct kpi__qlog_visit *near_next,
	    *near_before; /* open ones, by time */
	struct kpi__qlog_call *call;
	kpi__qlog_name *queue, *agent; /* NULL: unknown */
	int64_t entered, wait, ring, talk, after_call;
	uint64_t line;       /* that it began with, of all files */
	unsigned char stage; /* KPI__VISIT_ */
	unsigned char outcome, transfer;
	unsigned char rebuilt; /* it has no ENTERQUEUE */
	unsigned char changed; /* since it was written */
	unsigned char counted; /* in the report */
	unsigned char refused; /* by a merge: the store has too many */
} kpi__qlog_visit;

typedef struct kpi__qlog_call {
	struct kpi__qlog_call *bucket_next;
	struct kpi__qlog_call *next,
	    *before; /* of the open or the ended ones */
	kpi__qlog_visit *visits, *last;
	kpi__qlog_name *emptied; /* queue of an EXITEMPTY, until it enters */
	char *customer;          /* until it is written; NULL: unknown */
	uint64_t hash;
	int64_t ended_at; /* stamp of its last end */
	uint32_t visit_count, open_count;
	unsigned char is_emptied;
	unsigned char stored, dirty, counted;
	unsigned char has_customer; /* here or in the store */
	unsigned char merged;       /* the store has visits that are not here */
	size_t id_size;
	char id[];
} kpi__qlog_call;

typedef struct kpi__qlog_list {
	kpi__qlog_call *first, *last;
	size_t count;
} kpi__qlog_list;

typedef struct kpi__qlog_calls {
	const kpi_allocator *allocator;
	kpi__qlog_call **table;
	kpi__qlog_visit **near; /* table of the open visits */
	size_t room, count;     /* of `table`; `near` has room places */
	kpi__qlog_list open, ended;
	kpi__qlog_call **dirty; /* to be written, in the order of the log */
	size_t dirty_room, dirty_count;
} kpi__qlog_calls;

void kpi__qlog_calls_init(kpi__qlog_calls *calls, const kpi_allocator *a);
void kpi__qlog_calls_free(kpi__qlog_calls *calls);

/* NULL: it is not held. */
kpi__qlog_call *kpi__qlog_calls_find(
    const kpi__qlog_calls *calls, const char *id, size_t size);

/* A call that is not held yet. KPI_ENOMEM. */
kpi_status kpi__qlog_calls_add(kpi__qlog_calls *calls, const char *id,
    size_t size, kpi__qlog_call **out) KPI_MUST_CHECK;

/* Clean text of the customer, if the call has none yet. KPI_ENOMEM. */
kpi_status kpi__qlog_call_set_customer(kpi__qlog_calls *calls,
    kpi__qlog_call *call, const char *text, size_t size) KPI_MUST_CHECK;
void kpi__qlog_call_drop_customer(kpi__qlog_calls *calls, kpi__qlog_call *call);

/* A visit that waits. KPI_ENOMEM, KPI_ELIMIT. */
kpi_status kpi__qlog_calls_enter(kpi__qlog_calls *calls, kpi__qlog_call *call,
    kpi__qlog_name *queue, int64_t entered, uint64_t line,
    kpi__qlog_visit **out) KPI_MUST_CHECK;

/* To a later stage; wait, agent, talk must be set. `now` is the stamp. */
void kpi__qlog_calls_move(kpi__qlog_calls *calls, kpi__qlog_visit *visit,
    unsigned stage, int64_t now);

/* The visit is to be written. KPI_ENOMEM. */
kpi_status kpi__qlog_calls_mark(
    kpi__qlog_calls *calls, kpi__qlog_visit *visit) KPI_MUST_CHECK;

/* When a waiting visit was entered, or a talking one answered. */
int64_t kpi__qlog_visit_since(const kpi__qlog_visit *visit);

/*
 * The open visit at `stage` in `queue` (a talking one: with `agent`) of any
 * call that began to be there at `since`, give or take `slack`: the nearest,
 * of equals the first. NULL: none.
 */
kpi__qlog_visit *kpi__qlog_calls_near(const kpi__qlog_calls *calls,
    unsigned stage, const kpi__qlog_name *queue, const kpi__qlog_name *agent,
    int64_t since, int64_t slack);

/* Others may have written of each call: it is merged with what the store has
 * from now on. */
void kpi__qlog_calls_share(kpi__qlog_calls *calls);

/* Lets go of what was written and ended long before `now`. */
void kpi__qlog_calls_forget(kpi__qlog_calls *calls, int64_t now);

#endif
