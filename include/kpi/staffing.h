/* SPDX-License-Identifier: MIT */
/*
 * staffing.h - how many agents or lines a load needs, and what becomes of it
 * with so many: Erlang B, C and A.
 */
#ifndef KPI_STAFFING_H
#define KPI_STAFFING_H

#include <kpi/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The most agents, lines and erlangs. */
#define KPI_ERLANG_MOST 10000000

/*
 * Erlang B: the share of contacts that find all `lines` busy and are turned
 * away. `load` is in erlangs (contacts in a time, times the mean time that
 * each takes, over that time) and may be a fraction; the share of a load of 0
 * is NaN, no data. KPI_EINVAL: a load outside 0 to KPI_ERLANG_MOST, more lines
 * than that, or `blocking` NULL. On failure *blocking is unchanged.
 */
KPI_API kpi_status kpi_erlang_blocking(double *blocking, double load,
    uint64_t lines, kpi_error *error) KPI_MUST_CHECK;

/*
 * The fewest lines of which at most the share `blocking` of contacts finds all
 * busy; 0 for a load of 0. KPI_EINVAL: as above, or a share that is not more
 * than 0 and less than 1; KPI_ELIMIT: more than KPI_ERLANG_MOST lines. On
 * failure *lines is unchanged.
 */
KPI_API kpi_status kpi_erlang_lines(uint64_t *lines, double load,
    double blocking, kpi_error *error) KPI_MUST_CHECK;

/* What `target_value` is of; the agents are the fewest with which it holds. */
#define KPI_ERLANG_SERVICE_LEVEL    1 /* at least, a share */
#define KPI_ERLANG_WAIT_PROBABILITY 2 /* at most, a share */
#define KPI_ERLANG_SPEED_OF_ANSWER  3 /* at most, in ms */
#define KPI_ERLANG_ABANDONMENT      4 /* at most, a share; with a patience */
#define KPI_ERLANG_OCCUPANCY        5 /* at most, a share */

/*
 * A load and what is wanted. Times are means and may be fractions; the
 * interval, the handle time and a patience are 0.001 to 1e15 ms.
 */
typedef struct kpi_staffing_options {
	uint64_t size;
	double contacts;       /* that arrive in an interval, 0 to 1e15 */
	double interval_ms;
	double handle_time_ms; /* an agent's, after-call work too */
	double patience_ms;    /* after which who waits has left; 0: all wait
	                          as long as it takes */
	double threshold_ms;   /* of the service level; 0: at once */
	double target_value;   /* a share: more than 0, less than 1; 0: 0.8 of
	                          KPI_ERLANG_SERVICE_LEVEL */
	double max_occupancy;  /* more than 0, up to 1; 0: 1 */
	double shrinkage;      /* share of paid time in which an agent is not
	                          there for contacts, 0 to 0.999 */
	int32_t target;        /* KPI_ERLANG_; 0: KPI_ERLANG_SERVICE_LEVEL */
	int32_t reserved;      /* 0 */
} kpi_staffing_options;

/* clang-format off */
#define KPI_STAFFING_OPTIONS_INIT { sizeof(kpi_staffing_options), \
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }
/* clang-format on */

/*
 * What is to be expected once the interval's load has lasted for a while.
 * Without contacts (a load of 0) shares and waits of contacts are NaN, no
 * data, and without agents the occupancy is.
 */
typedef struct kpi_staffing {
	uint64_t size;
	uint64_t agents;           /* there for contacts at any moment */
	uint64_t positions;        /* agents / (1 - shrinkage), rounded up */
	double load;               /* in erlangs */
	double wait_probability;   /* share of contacts that find all busy */
	double service_level;      /* share of all contacts, those who leave
	                              too, answered within the threshold */
	double mean_wait_ms;       /* of all contacts */
	double speed_of_answer_ms; /* mean wait of the answered ones */
	double abandonment;        /* share of contacts that leave */
	double occupancy;          /* share of the agents' time */
} kpi_staffing;

/* clang-format off */
#define KPI_STAFFING_INIT { sizeof(kpi_staffing), 0, 0, 0, 0, 0, 0, 0, 0, 0 }
/* clang-format on */

/*
 * What becomes of a load with so many agents, 1 to KPI_ERLANG_MOST; target and
 * its value and the limit of the occupancy are not read. Contacts arrive at
 * random at a steady rate, handle times are exponential. With load a and n
 * agents, Erlang's formula B gives the blocking b(n).
 *
 * Without a patience it is Erlang C: P(wait) = n b(n) / (n - a (1 - b(n))),
 * the service level is 1 - P(wait) exp(-(n - a) threshold / handle time) and
 * the mean wait P(wait) handle time / (n - a). Agents who are not more than
 * the load never catch up: KPI_EINVAL, whose text has the fewest who do.
 *
 * With one it is Erlang A, whose patience is exponential: who would be
 * answered after a wait V has left before with the chance w = 1 - exp(-V /
 * patience). V is 0 as 1 / b(n - 1), and its w has the density
 * y exp(y w) (1 - w)^(c - 1) beside it, where y = a patience / handle time and
 * c = n patience / handle time; the service level is the share of V = 0 and
 * what of w up to that of the threshold has not left.
 *
 * KPI_EINVAL also: an option outside its range, contacts that come to more
 * than KPI_ERLANG_MOST erlangs, or a struct whose size is not set; KPI_ENOTSUP
 * for an option that this release does not know. On failure *out is unchanged.
 *
 * A. K. Erlang, "Solution of some problems in the theory of probabilities of
 * significance in automatic telephone exchanges" (1917); O. Garnett,
 * A. Mandelbaum, M. Reiman, "Designing a call center with impatient
 * customers", M&SOM 4 (2002) 208-227; S. Zeltyn, A. Mandelbaum, "Call centers
 * with impatient customers: many-server asymptotics of the M/M/n+G queue",
 * Queueing Systems 51 (2005) 361-402.
 */
KPI_API kpi_status kpi_staffing_of(kpi_staffing *out,
    const kpi_staffing_options *options, uint64_t agents,
    kpi_error *error) KPI_MUST_CHECK;

/*
 * The fewest agents with which the target holds and the occupancy is at most
 * `max_occupancy`, and what becomes of the load then; 0 agents without
 * contacts. What is within 1e-12 of itself of a target holds. As
 * kpi_staffing_of(), and KPI_EINVAL for an abandonment without a patience;
 * KPI_ELIMIT: more than KPI_ERLANG_MOST agents would be needed.
 */
KPI_API kpi_status kpi_staffing_for(kpi_staffing *out,
    const kpi_staffing_options *options, kpi_error *error) KPI_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
