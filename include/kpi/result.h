/* SPDX-License-Identifier: MIT */
/*
 * result.h - groups and their sums: read, print, save, load, merge.
 *
 * A result is a value of its own: it outlives store and query. It may be
 * read from several threads at once, and be merged into by one.
 */
#ifndef KPI_RESULT_H
#define KPI_RESULT_H

#include <kpi/base.h>
#include <kpi/definition.h>
#include <kpi/query.h>
#include <kpi/store.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kpi_result kpi_result;

/*
 * Measures `count` definitions in one pass. `query` may be NULL: all rows,
 * one group. KPI_ELIMIT: more groups than the query allows, or more values of
 * quantiles than the store's memory; KPI_ENOTSUP: a definition that this
 * query's groups do not allow, with the reason;
 * KPI_EOVERFLOW, KPI_ESTOPPED, KPI_ECORRUPT, KPI_EIO, KPI_ENOMEM, KPI_EINVAL.
 * On failure *out is NULL. Each metric has also a function of its own, in
 * <kpi/metric.h>.
 */
KPI_API kpi_status kpi_measure(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *const *definitions,
    uint64_t count, kpi_error *error) KPI_MUST_CHECK;

/*
 * Measures the metric of `definition` by every preset that concerns it, in one
 * pass: why one system says 81 % of these calls and another 86 %. A definition
 * a column, in the order of the presets' table, "default" first; presets that
 * come to one definition share a column, and kpi_result_presets() names them.
 * What `definition` has not at its default is set over each preset, so that
 * all have one service_level_threshold, or targets. Errors as of
 * kpi_measure(); what a preset does not allow is KPI_EINVAL and names it.
 */
KPI_API kpi_status kpi_spread(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;

/* Accepts NULL. */
KPI_API void kpi_result_free(kpi_result *result);

/* Groups with at least one unit; without groups and buckets exactly one. */
KPI_API uint64_t kpi_result_rows(const kpi_result *result);

/* How many definitions were measured. */
KPI_API uint64_t kpi_result_count(const kpi_result *result);

/* The canonical text of the definition; NULL past the end. */
KPI_API const char *kpi_result_definition(
    const kpi_result *result, uint64_t index);

/*
 * The names of the presets by which kpi_spread() measured it, with commas and
 * spaces; "" for a definition of kpi_measure() and in a result that was loaded,
 * since presets are not saved; NULL past the end.
 */
KPI_API const char *kpi_result_presets(
    const kpi_result *result, uint64_t index);

/* Its fingerprint, as kpi_definition_fingerprint() has it; NULL past the end. */
KPI_API const char *kpi_result_fingerprint(
    const kpi_result *result, uint64_t index);

/* KPI_METRIC_ of the definition; 0 past the end. */
KPI_API int32_t kpi_result_metric(const kpi_result *result, uint64_t index);

/* The dimensions of the groups, in the order of the query; 0 past the end. */
KPI_API kpi_by kpi_result_by(const kpi_result *result, uint64_t index);

/* KPI_BUCKET_. */
KPI_API int32_t kpi_result_bucket(const kpi_result *result);

/* The name of the zone in which buckets were cut. */
KPI_API const char *kpi_result_zone(const kpi_result *result);

/*
 * The value of a row's dimension, `index` as in kpi_result_by(); NULL:
 * unknown, or past the end. Rows stand by the bytes of these values, unknown
 * last, then by time.
 */
KPI_API const char *kpi_result_group(
    const kpi_result *result, uint64_t row, uint64_t index);

/* The bucket's begin and until; KPI_UNKNOWN without buckets or past the end. */
KPI_API int64_t kpi_result_begin(const kpi_result *result, uint64_t row);
KPI_API int64_t kpi_result_until(const kpi_result *result, uint64_t row);

/* The instants that as_of and known_from came to; KPI_UNKNOWN: not read. */
KPI_API int64_t kpi_result_as_of(const kpi_result *result, uint64_t index);
KPI_API int64_t kpi_result_known_from(const kpi_result *result, uint64_t index);

/* State of a figure. */
#define KPI_STATE_OK        1
#define KPI_STATE_NO_DATA   2 /* 0/0: nothing to divide by */
#define KPI_STATE_UNDEFINED 3 /* x/0 */
#define KPI_STATE_IMMATURE  4 /* nothing mature yet */
#define KPI_STATE_MIXED     5 /* scales mixed */

/* What a value is in. */
#define KPI_UNIT_COUNT  1
#define KPI_UNIT_SHARE  2 /* a fraction of 1 */
#define KPI_UNIT_MS     3
#define KPI_UNIT_POINTS 4 /* -100 to 100 */
#define KPI_UNIT_MARK   5
#define KPI_UNIT_RATIO  6
#define KPI_UNIT_MONEY  7 /* minor units of the store's one currency */

/* What is one independent draw in bounds. */
#define KPI_BOUNDS_NONE     0
#define KPI_BOUNDS_CONTACT  1
#define KPI_BOUNDS_DAY      2 /* local days of the query's zone */
#define KPI_BOUNDS_CUSTOMER 3 /* known customers; unknown ones one each */
#define KPI_BOUNDS_BIN      4 /* of a quantile: the ends of the bin in which
                                 it lies, whatever the confidence */

/* What is said of a figure that has a target, and of one that changed. */
#define KPI_VERDICT_NONE                0 /* none asked, or too few clusters */
#define KPI_VERDICT_MET                 1
#define KPI_VERDICT_MISSED              2
#define KPI_VERDICT_MET_WITHIN_NOISE    3 /* it might as well be missed */
#define KPI_VERDICT_MISSED_WITHIN_NOISE 4
#define KPI_VERDICT_MORE_THAN_NOISE     5 /* the last two of a change */
#define KPI_VERDICT_WITHIN_NOISE        6

/*
 * A figure: value = scale * numerator / denominator. Population = denominator
 * + everything excluded, the first reason that fits. Counts, numerator and
 * denominator are in parts: divide by `parts` (1, or 720720 where credit is
 * split) to have them in units. Of agents' time all are in ms.
 */
typedef struct kpi_figure {
	uint64_t size;
	double value;       /* NaN unless the state is KPI_STATE_OK */
	double lower;       /* bounds, by `bounds_by`; NaN: none */
	double upper;
	int64_t numerator;  /* sum, greatest, or whole part of a quantile, of
	                       ms where the value is in ms */
	int64_t denominator;
	int64_t parts;
	int64_t unknown;     /* excluded: a value that is needed is not known */
	int64_t in_progress; /* excluded: not ended */
	int64_t truncated;   /* excluded: before it the store knows too little */
	int64_t immature;    /* excluded: after it the store knows too little */
	int64_t not_counted; /* excluded: in no class of the denominator */
	int32_t state;      /* KPI_STATE_ */
	int32_t unit;       /* KPI_UNIT_ */
	int64_t no_activity; /* excluded: of agents of whom it is not known
	                        when they were logged in */
	double target;         /* in the value's unit, of the row's group or
	                          else of all; NaN: none */
	double target_ceiling; /* the upper end of a band; NaN: none */
	double verdict_lower;  /* bounds by the definition's verdict_by, of
	                          this figure alone; NaN: none */
	double verdict_upper;
	int32_t verdict;    /* KPI_VERDICT_ */
	int32_t bounds_by;  /* KPI_BOUNDS_ of lower and upper */
} kpi_figure;

/* clang-format off */
#define KPI_FIGURE_INIT { sizeof(kpi_figure), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, \
	0, 0, 0, 0, 0, 0, 0, 0, 0 }
/* clang-format on */

/* KPI_EINVAL past the end; KPI_EOVERFLOW if a sum is beyond 64 bits. */
KPI_API kpi_status kpi_result_figure(const kpi_result *result, uint64_t row,
    uint64_t index, kpi_figure *figure) KPI_MUST_CHECK;

/* What kpi_figure_format() writes. */
#define KPI_SHOW_VALUE  1 /* "85.1 %", "7:20", or the state: "no data" */
#define KPI_SHOW_BOUNDS 2 /* "83.7-86.4 %" with an en dash; "": none */

#define KPI_FIGURE_TEXT 80 /* room for each of them */

/*
 * Writes a figure for people, rounded, in its unit, as UTF-8 with its NUL to
 * `text` of `room` bytes: durations in seconds below a minute, else as m:ss or
 * h:mm:ss; shares in per cent. KPI_EINVAL, and nothing written, for any other
 * `what`, a figure without a state, or too little room.
 */
KPI_API kpi_status kpi_figure_format(const kpi_figure *figure, int32_t what,
    char *text, uint64_t room) KPI_MUST_CHECK;

#define KPI_FORMAT_TABLE 1 /* for people: aligned columns, rounded */
#define KPI_FORMAT_CSV   2 /* RFC 4180, header, shortest exact numbers */
#define KPI_FORMAT_JSON  3 /* one object a line, shortest exact numbers */

/*
 * Writes the figures in a format, through `write`. Instants are in the
 * result's zone. KPI_EIO if `write` failed, KPI_EINVAL for another format,
 * KPI_ENOMEM, KPI_EOVERFLOW if a sum is beyond 64 bits. With buckets the
 * zone's file is read: KPI_ENOTFOUND or KPI_ECORRUPT if it is gone or damaged.
 */
KPI_API kpi_status kpi_result_print(const kpi_result *result, int32_t format,
    kpi_write write, void *write_ctx, kpi_error *error) KPI_MUST_CHECK;

/*
 * The result as bytes, the same on every machine and in any order of adding.
 * Writes them to `bytes` if `room` is enough; *size is what is needed either
 * way (KPI_EOVERFLOW if it was not enough). `bytes` may be NULL if room is 0.
 */
KPI_API kpi_status kpi_result_save(const kpi_result *result, void *bytes,
    uint64_t room, uint64_t *size, kpi_error *error) KPI_MUST_CHECK;

/* Zero means the default. */
typedef struct kpi_result_options {
	uint64_t size;
	const kpi_allocator *allocator; /* copied; NULL: malloc and free */
	const char *zone_directory;     /* as in kpi_query_options */
} kpi_result_options;

/* clang-format off */
#define KPI_RESULT_OPTIONS_INIT { sizeof(kpi_result_options), 0, 0 }
/* clang-format on */

/*
 * Reads what kpi_result_save() wrote. KPI_ECORRUPT if it is anything else,
 * KPI_EVERSION if a later release wrote it. On failure *out is NULL.
 */
KPI_API kpi_status kpi_result_load(kpi_result **out, const void *bytes,
    uint64_t size, const kpi_result_options *options,
    kpi_error *error) KPI_MUST_CHECK;

/*
 * Adds `from` to `into`: same definitions, groups, buckets, zone and
 * partition, which every metric allows to merge. Else KPI_EMISMATCH, with
 * both texts, and `into` is unchanged.
 */
KPI_API kpi_status kpi_result_merge(kpi_result *into, const kpi_result *from,
    kpi_error *error) KPI_MUST_CHECK;

/* A contact that came again. Texts are NULL where unknown. */
typedef struct kpi_repeat {
	uint64_t size;
	int64_t started_at;         /* of the contact */
	int64_t earlier_started_at; /* of the one before */
	int64_t first_started_at;   /* of the chain's first */
	int64_t gap_ms;             /* as the definition measures it */
	const char *customer;
	const char *source;
	const char *id;
	const char *earlier_source;
	const char *earlier_id;
	const char *first_source;
	const char *first_id;
	const char *reserved; /* NULL */
} kpi_repeat;

/* clang-format off */
#define KPI_REPEAT_INIT { sizeof(kpi_repeat), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }
/* clang-format on */

/* The list of repeat contacts. */
typedef struct kpi_repeats kpi_repeats;

/*
 * The contacts that `definition` (of repeat_rate; NULL: its default) counts
 * as repeats and the query selects, by customer, then time. On failure *out
 * is NULL.
 */
KPI_API kpi_status kpi_repeat_contacts(kpi_repeats **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;

KPI_API uint64_t kpi_repeats_count(const kpi_repeats *repeats);

/*
 * Fills in *repeat (its size first); the texts live as long as the list.
 * KPI_EINVAL past the end.
 */
KPI_API kpi_status kpi_repeats_get(const kpi_repeats *repeats, uint64_t index,
    kpi_repeat *repeat) KPI_MUST_CHECK;

/* Accepts NULL. */
KPI_API void kpi_repeats_free(kpi_repeats *repeats);

#ifdef __cplusplus
}
#endif

#endif
