/* SPDX-License-Identifier: MIT */
/*
 * plan.h - how many agents a store's own arrivals and handle times need, for
 * each interval of the week or of a day.
 *
 * A plan is a value of its own: it outlives its store, and may be read from
 * several threads at once.
 */
#ifndef KPI_PLAN_H
#define KPI_PLAN_H

#include <kpi/season.h>
#include <kpi/staffing.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kpi_plan kpi_plan;

/* Which patience is planned with. */
#define KPI_PATIENCE_GIVEN    1 /* that of the load; 0 there: nobody leaves */
#define KPI_PATIENCE_MEASURED 2 /* of those who waited */

/* Zero means the default. */
typedef struct kpi_plan_options {
	uint64_t size;
	uint64_t agents;  /* there in every interval: what becomes of the load;
			     0: the fewest that reach the target */
	int32_t period;   /* KPI_BUCKET_WEEK or KPI_BUCKET_DAY; 0: week */
	int32_t patience; /* KPI_PATIENCE_; 0: KPI_PATIENCE_GIVEN */
} kpi_plan_options;

/* clang-format off */
#define KPI_PLAN_OPTIONS_INIT { sizeof(kpi_plan_options), 0, 0, 0 }
/* clang-format on */

/*
 * Plans the agents of each cell of the season of arrivals: for a query with
 * buckets of 15, 30 or 60 minutes, of the whole weeks (days) in its range, as
 * kpi_season_of() says; one day as its range is that day's plan. Each group is
 * planned by itself, as if its agents took nothing else.
 *
 * Arrivals are visits to queues, in the interval in which they entered the
 * queue (visits anchor=queued): who left or was moved on has come, too. The
 * handle time is the mean of those who entered then and were answered
 * (average_handle_time anchor=queued unit=leg, of the directions of visits),
 * where there are KPI_PLAN_FEWEST_HANDLED of them, else of the whole group,
 * else of all groups. A measured patience is what all of the group waited, over
 * the number of those who left (average_wait and abandonment_rate,
 * anchor=queued); of a group in which nobody left, nobody leaves.
 *
 * `load` is as for kpi_staffing_for(), with `contacts` and `interval_ms` 0; a
 * `handle_time_ms` of 0 is measured. `options` may be NULL.
 *
 * As kpi_measure(), kpi_season_of() and kpi_staffing_for(); a failure of the
 * latter names group and interval, such as given agents who never catch up.
 * KPI_EINVAL: contacts, an interval, a patience or options that do not fit, or
 * a query by agent;
 * KPI_ENOTFOUND: no handle time is known; KPI_ENOTSUP: an option that this
 * release does not know. On failure *out is NULL.
 */
KPI_API kpi_status kpi_plan_measure(kpi_plan **out, kpi_store *store,
    const kpi_query *query, const kpi_staffing_options *load,
    const kpi_plan_options *options, kpi_error *error) KPI_MUST_CHECK;

/* Accepts NULL. */
KPI_API void kpi_plan_free(kpi_plan *plan);

/* The arrivals, with the plan's groups, cells and weeks; lives as long as it.
 * NULL of NULL. */
KPI_API const kpi_season *kpi_plan_season(const kpi_plan *plan);

/* Of fewer handle times than this an interval has no mean of its own. */
#define KPI_PLAN_FEWEST_HANDLED 30

/* Of what a handle time is the mean. */
#define KPI_HANDLED_GIVEN    1 /* it was given */
#define KPI_HANDLED_INTERVAL 2
#define KPI_HANDLED_GROUP    3
#define KPI_HANDLED_ALL      4 /* all groups */

/* What a cell was planned with, beside the mean of its arrivals. */
typedef struct kpi_plan_cell {
	uint64_t size;
	double handle_time_ms;
	double patience_ms; /* 0: nobody leaves */
	int64_t handled;    /* known handle times of the interval; 0 where the
			       handle time was given */
	int32_t handled_of; /* KPI_HANDLED_ */
	int32_t reserved;   /* 0 */
} kpi_plan_cell;

/* clang-format off */
#define KPI_PLAN_CELL_INIT { sizeof(kpi_plan_cell), 0, 0, 0, 0, 0 }
/* clang-format on */

/*
 * Row and cell are as for kpi_season_get(). `cell` may be NULL. An interval
 * that never came has no agents, and no figures. KPI_EINVAL past the end.
 */
KPI_API kpi_status kpi_plan_get(const kpi_plan *plan, uint64_t row, uint64_t at,
    kpi_staffing *staffing, kpi_plan_cell *cell) KPI_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
