/* SPDX-License-Identifier: MIT */
/*
 * rows.h - the interactions that are measured, as bare arrays: two years of a
 * contact centre from 2023-01-01T00:00:00Z. The same count and seed give the
 * same rows on every machine.
 */
#ifndef BENCH_ROWS_H
#define BENCH_ROWS_H

#include <stdint.h>

#define SECOND INT64_C(1000)
#define DAY    (86400 * SECOND)
#define BEGIN  INT64_C(1672531200000)

enum { AGENTS = 500, QUEUES = 20, CHANNELS = 6, REASONS = 30 };
enum { DAYS = 731, MONTHS = 24 };
enum { ANSWERED, ABANDONED, SELF_SERVED };
enum { RESOLVED, NOT_RESOLVED, RESOLUTION_UNKNOWN };
enum { NO_CSAT = 0, NO_NPS = 255, NO_CES = 0, NO_AGENT = 0 };

typedef struct rows {
	uint32_t count;
	uint32_t customers; /* their numbers are below it */
	int64_t *started_at;
	uint32_t *id, *customer;
	uint16_t *agent; /* 1 to AGENTS */
	uint8_t *queue, *channel, *outbound, *reason, *outcome, *resolution;
	uint8_t *transfers, *csat, *nps, *ces;
	int32_t *wait, *talk, *hold, *after_call, *cost;
} rows;

#define MOST_ROWS (UINT32_C(1) << 28)

/* `count` below MOST_ROWS. Fails where there is no memory: 0. */
int rows_make(rows *r, uint32_t count, uint64_t seed);
void rows_free(rows *r);

/* What rows_make() fills its arrays with, which are zeroed. */
int rows_fill(rows *r, uint64_t seed);

/* In what order the rows come. */
enum order { AS_GENERATED, SHUFFLED, BY_SOURCE };

/* Puts them into another order; BY_SOURCE: six sources, one after the other,
 * each in the order that it had. 0: no memory. */
int rows_order(rows *r, int order);

/* The month of an instant, from 0. */
unsigned month_of(int64_t at);

extern const char *const queue_names[QUEUES];
extern const char *const channel_names[CHANNELS];
extern const char *const reason_names[REASONS];

#endif
