/* SPDX-License-Identifier: MIT */
/*
 * erlang.h - queues of random arrivals and exponential handle times. Times are
 * in handle times.
 */
#ifndef KPI_STATS_ERLANG_H
#define KPI_STATS_ERLANG_H

#include <stdint.h>

struct kpi__queue {
	double load; /* more than 0 */
	double patience;
	double threshold;
};

struct kpi__queue_figures {
	double wait_probability;
	double service_level;
	double mean_wait;
	double speed_of_answer;
	double abandonment;
	double occupancy;
};

/* The share that finds all servers busy, where nobody waits. */
double kpi__erlang_b(double load, uint64_t servers);

/* All wait as long as it takes; the servers must be more than the load. */
void kpi__erlang_c(struct kpi__queue_figures *out, const struct kpi__queue *q,
    uint64_t servers);

/* Whoever waits leaves after an exponential patience. */
void kpi__erlang_a(struct kpi__queue_figures *out, const struct kpi__queue *q,
    uint64_t servers);

/*
 * The least of `least` to `most` of which holds(ctx, n) says so, as it then
 * does of all greater ones; `most` + 1 if there is none.
 */
uint64_t kpi__erlang_least(uint64_t least, uint64_t most,
    int (*holds)(const void *ctx, uint64_t n), const void *ctx);

#endif
