/* SPDX-License-Identifier: MIT */
/*
 * change.h - what changed from one period to another: by how much, whether it
 * is more than noise, and whether the groups changed or their mix did.
 *
 * A change is a value of its own: it outlives store and results, and may be
 * read from several threads at once.
 */
#ifndef KPI_CHANGE_H
#define KPI_CHANGE_H

#include <kpi/result.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kpi_change kpi_change;

/* Which period. */
#define KPI_PERIOD_NOW    1
#define KPI_PERIOD_BEFORE 2

/* The period that the query's is compared to. */
#define KPI_CHANGE_PREVIOUS      1 /* of the same length, just before it */
#define KPI_CHANGE_WEEKDAYS_YEAR 2 /* 364 days earlier: the same weekdays */
#define KPI_CHANGE_GIVEN         3 /* before_from to before_until */

/* Zero means the default. */
typedef struct kpi_change_options {
	uint64_t size;
	int64_t before_from; /* of KPI_CHANGE_GIVEN alone */
	int64_t before_until;
	int32_t to;       /* KPI_CHANGE_; 0: KPI_CHANGE_PREVIOUS */
	int32_t reserved; /* 0 */
} kpi_change_options;

/* clang-format off */
#define KPI_CHANGE_OPTIONS_INIT { sizeof(kpi_change_options), 0, 0, 0, 0 }
/* clang-format on */

/*
 * Measures the definitions in the query's range and in another one, by the
 * query's groups and as a whole, of one and the same state of the store. The
 * other range is found on the clock of the query's zone, so that days stay
 * whole when clocks are changed. A definition whose verdict_by is none is
 * tested by days, one of repeats and first contact resolution by customers;
 * where it cannot be, it is not tested.
 *
 * `options` may be NULL. As kpi_measure(), and KPI_EINVAL for a query without
 * both ends of its range or with buckets, and for options that do not fit
 * together. On failure *out is NULL.
 */
KPI_API kpi_status kpi_change_measure(kpi_change **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *const *definitions,
    uint64_t count, const kpi_change_options *options,
    kpi_error *error) KPI_MUST_CHECK;

/*
 * Compares two results of one period each, such as saved ones, with equal
 * definitions, groups, filters and zone, and without buckets. Groups are
 * matched by their values. `now_whole` and `before_whole` are the same measured
 * without groups, for what groups do not add up to: verdicts by day or
 * customer, and bounds; both NULL: the whole is what the rows add up to, with
 * neither. Results without groups are their own whole.
 *
 * KPI_EMISMATCH, with both texts, for results that differ in more than their
 * period; KPI_EINVAL for buckets; KPI_EOVERFLOW if a sum is beyond 64 bits;
 * KPI_ENOMEM. Memory is had as `now` has it. On failure *out is NULL.
 */
KPI_API kpi_status kpi_change_new(kpi_change **out, const kpi_result *now,
    const kpi_result *before, const kpi_result *now_whole,
    const kpi_result *before_whole, kpi_error *error) KPI_MUST_CHECK;

/* Accepts NULL. */
KPI_API void kpi_change_free(kpi_change *change);

/* Groups that are in one of the periods at least; without groups one. */
KPI_API uint64_t kpi_change_rows(const kpi_change *change);

/* How many definitions there are. */
KPI_API uint64_t kpi_change_count(const kpi_change *change);

/* The canonical text of the definition; NULL past the end. */
KPI_API const char *kpi_change_definition(
    const kpi_change *change, uint64_t index);

/* KPI_METRIC_ of the definition; 0 past the end. */
KPI_API int32_t kpi_change_metric(const kpi_change *change, uint64_t index);

/* The dimensions of the groups; 0 past the end. */
KPI_API kpi_by kpi_change_by(const kpi_change *change, uint64_t index);

/* The value of a row's dimension; NULL: unknown, or past the end. Rows stand
 * as those of results do. */
KPI_API const char *kpi_change_group(
    const kpi_change *change, uint64_t row, uint64_t index);

/* The range of a period, KPI_PERIOD_; KPI_UNKNOWN: open, or no such period. */
KPI_API int64_t kpi_change_from(const kpi_change *change, int32_t period);
KPI_API int64_t kpi_change_until(const kpi_change *change, int32_t period);

/* The row that is the whole. */
#define KPI_CHANGE_WHOLE UINT64_MAX

/*
 * A difference: now - before. The parts of a group are what the whole changed
 * by since the group's value did (within), and since its weight did (mix):
 *     within = sum (w0 + w1)/2 (r1 - r0)
 *     mix    = sum (w1 - w0)((r0 + r1)/2 - (R0 + R1)/2)
 * w a group's share of the denominator, r its value, R the whole's, 0 before
 * and 1 now; a group that is absent in one period has the other's r. Those of
 * the whole add up to its difference to the last bit: within + mix ==
 * difference. All three are rounded to one binary place for that, the last of
 * the greatest among now, before and them.
 */
typedef struct kpi_difference {
	uint64_t size;
	double now; /* NaN unless now_state is KPI_STATE_OK */
	double before;
	double difference; /* NaN unless both are */
	double lower;      /* bounds, by `bounds_by`; NaN: none */
	double upper;
	double verdict_lower; /* bounds by `verdict_by`, of this row alone */
	double verdict_upper;
	double chance;   /* of so great a difference or a greater one, were
			    there none, by `verdict_by`; NaN: not tested */
	double adjusted; /* the same for all rows at once, by Holm's method;
			    `chance` where compare_adjust is none */
	double within;   /* NaN: it has no parts */
	double mix;
	double now_weight; /* the row's share of the whole's denominator */
	double before_weight;
	const char *method;         /* of the bounds: "Newcombe", "Welch",
				       "linearised" or "adjusted Wald"; NULL */
	const char *verdict_method; /* of the verdict: "linearised"; NULL */
	int32_t now_state;          /* KPI_STATE_ */
	int32_t before_state;
	int32_t unit;       /* KPI_UNIT_ */
	int32_t bounds_by;  /* KPI_BOUNDS_ */
	int32_t verdict_by; /* KPI_BOUNDS_ */
	int32_t verdict;    /* KPI_VERDICT_NONE, _MORE_THAN_NOISE or
			       _WITHIN_NOISE */
} kpi_difference;

/* clang-format off */
#define KPI_DIFFERENCE_INIT { sizeof(kpi_difference), 0, 0, 0, 0, 0, 0, 0, 0, \
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }
/* clang-format on */

/* `row` may be KPI_CHANGE_WHOLE. KPI_EINVAL past the end. The texts live as
 * long as the program. */
KPI_API kpi_status kpi_change_get(const kpi_change *change, uint64_t row,
    uint64_t index, kpi_difference *difference) KPI_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
