/* SPDX-License-Identifier: MIT */
/*
 * explain.h - a figure opened: the interactions, visits or legs in its
 * numerator, in its denominator, and those left out with the reason.
 */
#ifndef KPI_EXPLAIN_H
#define KPI_EXPLAIN_H

#include <kpi/result.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a unit is to the figure. */
#define KPI_ROLE_NUMERATOR   1 /* there; of a mean what it adds may be 0; of
				  the greatest and of a quantile, it has that
				  value */
#define KPI_ROLE_DENOMINATOR 2 /* there alone */
#define KPI_ROLE_REPRESENTED 3 /* another one of the same customer or agent
				  counts for it */
#define KPI_ROLE_UNKNOWN     4 /* left out, as kpi_figure counts it */
#define KPI_ROLE_IN_PROGRESS 5
#define KPI_ROLE_TRUNCATED   6
#define KPI_ROLE_IMMATURE    7
#define KPI_ROLE_NOT_COUNTED 8

/* A set of roles has the bit of each. */
#define KPI_ROLE_BIT(role) (INT64_C(1) << (role))

/* Zero means the default. */
typedef struct kpi_explain_options {
	uint64_t size;
	int64_t roles; /* which are listed, KPI_ROLE_BIT() of each; 0: all */
} kpi_explain_options;

/* clang-format off */
#define KPI_EXPLAIN_OPTIONS_INIT { sizeof(kpi_explain_options), 0 }
/* clang-format on */

/* The units of a figure, of one state of the store. */
typedef struct kpi_explanation kpi_explanation;

/*
 * Opens the figure that `definition` has in the query's range and filters
 * (NULL: of all rows); beside measuring it, it looks at every unit once, some
 * 50 ns each. `options` may be NULL.
 *
 * The query has no groups and no buckets: KPI_EINVAL. A row of a result that
 * has is opened by a filter for each of its dimensions, on the row's value
 * (NULL: unknown), and the range of its bucket, as far as it lies in that of
 * the result; of a level from the beginning of the result's range. Of a mix the
 * filter on its own dimension, which must be on one value, names the row: its
 * whole are the contacts that the others keep.
 *
 * What is listed are the units that add to the figure or are left out of it;
 * memory is taken for some thousand of them however many there are, beside
 * what a walk needs, and 40 bytes a customer where a customer counts once. The
 * query's function that may stop it must live as long as the explanation.
 *
 * KPI_EINVAL for no definition, a mix without its row, or roles that are none;
 * KPI_ENOTSUP for agents' time and the roster, which are of no interaction, and
 * what the definition does not allow; else as kpi_measure(). Expenses are not
 * listed. On failure *out is NULL.
 */
KPI_API kpi_status kpi_explain(kpi_explanation **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition,
    const kpi_explain_options *options, kpi_error *error) KPI_MUST_CHECK;

/* Accepts NULL. */
KPI_API void kpi_explanation_free(kpi_explanation *explanation);

/* The figure that was opened, with all its roles. KPI_EINVAL. */
KPI_API kpi_status kpi_explanation_figure(const kpi_explanation *explanation,
    kpi_figure *figure) KPI_MUST_CHECK;

/* How many units there are in the roles that are listed. */
KPI_API uint64_t kpi_explanation_count(const kpi_explanation *explanation);

/*
 * A unit. What it adds is in parts, as in kpi_figure; over all units these add
 * up to what the figure has, but for the numerator of the greatest and of a
 * quantile, to which none adds. Texts are NULL where unknown.
 */
typedef struct kpi_explained {
	uint64_t size;
	int64_t started_at;  /* of the interaction */
	int64_t row;         /* of its rows, from 1; 0: the whole of it */
	int64_t value;       /* what is added up or put in order, in the
				figure's unit; KPI_UNKNOWN: none */
	int64_t numerator;   /* adds to it; below 0 of who detracts */
	int64_t denominator;
	int64_t excluded;    /* adds to the reason that `left_out` is */
	int32_t role;        /* KPI_ROLE_ */
	int32_t left_out;    /* the reason, KPI_ROLE_, also where the unit is
				in the numerator alone; 0: it is not left out */
	const char *source;
	const char *id;
	const char *customer;
	const char *outcome_class; /* such as "answered_in", of metrics that
				      are made of outcomes */
} kpi_explained;

/* clang-format off */
#define KPI_EXPLAINED_INIT { sizeof(kpi_explained), 0, 0, 0, 0, 0, 0, 0, 0, 0, \
	0, 0, 0 }
/* clang-format on */

/*
 * Fills in *unit (its size first): that of place `index`, from 0. They stand
 * by the start of their interactions, then as the store has them, then by
 * row; an explanation has the same ones in the same order until it is freed,
 * whatever is written to the store. One after the other, or page after page,
 * costs one reading in all, where rows were added about in the order of time.
 * The texts live until the next call.
 *
 * Not from two threads at once. KPI_EINVAL past the end; KPI_ESTOPPED,
 * KPI_ECORRUPT, KPI_EIO, KPI_ENOMEM, and then *unit is unchanged.
 */
KPI_API kpi_status kpi_explanation_get(kpi_explanation *explanation,
    uint64_t index, kpi_explained *unit, kpi_error *error) KPI_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
