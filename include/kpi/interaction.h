/* SPDX-License-Identifier: MIT */
/*
 * interaction.h - the records: an interaction, its visits, agents' activity.
 *
 * Every field is an int64_t, unknown as KPI_UNKNOWN, or a text, unknown as
 * NULL. Instants are milliseconds since 1970-01-01T00:00:00Z (years 1 to
 * 9999), durations are milliseconds and never negative. Texts are UTF-8
 * without NUL, at most KPI_TEXT_MAX bytes; "" is taken as unknown.
 */
#ifndef KPI_INTERACTION_H
#define KPI_INTERACTION_H

#include <kpi/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An integer that is not known: never 0 or -1. */
#define KPI_UNKNOWN  INT64_MIN
#define KPI_TEXT_MAX 1024

/* Who began it. */
#define KPI_DIRECTION_INBOUND  1
#define KPI_DIRECTION_OUTBOUND 2
#define KPI_DIRECTION_INTERNAL 3

/* What came of a visit. */
#define KPI_OUTCOME_ANSWERED     1  /* by an agent; asynchronous: replied to */
#define KPI_OUTCOME_ABANDONED    2  /* the customer left while waiting */
#define KPI_OUTCOME_BEFORE_QUEUE 3  /* left in the menu, before any queue */
#define KPI_OUTCOME_SELF_SERVED  4  /* done without an agent */
#define KPI_OUTCOME_OVERFLOWED   5  /* left by routing, to another queue */
#define KPI_OUTCOME_TIMED_OUT    6  /* the queue's time-out passed */
#define KPI_OUTCOME_EXITED       7  /* left by pressing a key */
#define KPI_OUTCOME_VOICEMAIL    8  /* left to voicemail */
#define KPI_OUTCOME_EMPTIED      9  /* queue emptied, closed, or call withdrawn */
#define KPI_OUTCOME_CALLBACK     10 /* asked to be called back */
#define KPI_OUTCOME_TURNED_AWAY  11 /* arrived when closed or full */
#define KPI_OUTCOME_FAILED       12 /* system error, or nobody took it */
#define KPI_OUTCOME_WAITING      13 /* no end yet */

/* How a visit was passed on by its agent. */
#define KPI_TRANSFER_BLIND      1
#define KPI_TRANSFER_ATTENDED   2
#define KPI_TRANSFER_QUEUE      3
#define KPI_TRANSFER_CONSULT    4
#define KPI_TRANSFER_CONFERENCE 5
#define KPI_TRANSFER_MENU       6
#define KPI_TRANSFER_NONE       0

/* What an agent was doing. */
#define KPI_ACTIVITY_READY    1
#define KPI_ACTIVITY_BREAK    2
#define KPI_ACTIVITY_MEETING  3
#define KPI_ACTIVITY_TRAINING 4
#define KPI_ACTIVITY_OTHER    5
#define KPI_ACTIVITY_OFFLINE  6

/*
 * One visit: an entry into a queue and what came of it; or a leg without a
 * queue (a direct transfer: queue and entered_at unknown).
 */
typedef struct kpi_visit {
	uint64_t size;
	int64_t entered_at;    /* unknown: start + IVR, or end of the one before */
	int64_t ended_at;      /* unknown: from answer, talk and hold */
	int64_t wait_ms;       /* entry to answer or leaving; contains the ring */
	int64_t ring_ms;       /* the last ringing */
	int64_t talk_ms;       /* without hold, where the source knows it */
	int64_t hold_ms;
	int64_t after_call_ms; /* wrap-up */
	int64_t outcome;       /* KPI_OUTCOME_ */
	int64_t transfer;      /* KPI_TRANSFER_: how its agent passed it on */
	int64_t tier;          /* of the agent: 1 is the first line */
	const char *queue;
	const char *agent;
	const char *team;
	const char *reserved;  /* NULL */
} kpi_visit;

/* clang-format off */
#define KPI_VISIT_INIT { sizeof(kpi_visit), \
	KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, \
	KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, \
	0, 0, 0, 0 }
/* clang-format on */

/* One customer's contact on one channel, with all its visits. */
typedef struct kpi_interaction {
	uint64_t size;
	int64_t started_at;         /* required */
	int64_t direction;          /* KPI_DIRECTION_ */
	int64_t ivr_ms;             /* in the menu, before the first wait */
	int64_t resolved;           /* 0 no, 1 yes */
	int64_t first_resolved_at;
	int64_t resolved_at;        /* the last time */
	int64_t reopened_count;
	int64_t reopened_at;        /* the last time */
	int64_t escalated;          /* 0 no, 1 yes */
	int64_t first_contact;      /* the agent's own mark of FCR: 0, 1 */
	int64_t resolvable;         /* at first contact at all: 0, 1 */
	int64_t agent_replies;
	int64_t customer_replies;
	int64_t first_response_at;
	int64_t survey_offered_at;
	int64_t survey_answered_at;
	int64_t csat;               /* mark, 0 to csat_scale (none given: 11) */
	int64_t csat_scale;         /* highest mark, 2 to 11 */
	int64_t nps;                /* 0 to 10 */
	int64_t ces;                /* 1 to 7 */
	int64_t ces_version;        /* 1 or 2 */
	int64_t survey_resolved;    /* "was it solved?": 0, 1 */
	int64_t survey_contacts;    /* "how many contacts did it take?" */
	int64_t quality;            /* the reviewer's mark, millionths of 1 */
	int64_t cost;               /* its own, in minor units of one currency */
	const char *id;             /* unique within the source */
	const char *source;         /* unknown: the empty source */
	const char *customer;
	const char *channel;
	const char *reason;         /* contact type */
	const char *case_id;
	const char *attribute_1;    /* whatever the user groups by */
	const char *attribute_2;
	const char *attribute_3;
	const char *attribute_4;
	const kpi_visit *visits;    /* in order of entry; stride: first's size */
	const void *reserved;       /* NULL */
	uint64_t visit_count;       /* 0: one visit of which nothing is known */
} kpi_interaction;

/* clang-format off */
#define KPI_INTERACTION_INIT { sizeof(kpi_interaction), \
	KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, \
	KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, \
	KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, \
	KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, \
	KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, \
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }
/* clang-format on */

/* What an agent did from one instant to another. */
typedef struct kpi_activity {
	uint64_t size;
	int64_t started_at; /* required */
	int64_t ended_at;   /* unknown: it goes on */
	int64_t state;      /* KPI_ACTIVITY_, required */
	const char *agent;  /* required */
	const char *source; /* unknown: the empty source */
} kpi_activity;

/* clang-format off */
#define KPI_ACTIVITY_INIT { sizeof(kpi_activity), \
	KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, 0, 0 }
/* clang-format on */

#ifdef __cplusplus
}
#endif

#endif
