/* SPDX-License-Identifier: MIT */
/*
 * sink.h - where the rows of a result come together: from passes that each
 * know some definitions' sums, or a part of them. Rows of one group and
 * bucket are added up when the result is finished.
 */
#ifndef KPI_METRIC_SINK_H
#define KPI_METRIC_SINK_H

#include "query/query.h"
#include "result/result.h"
#include "store/snapshot.h"

typedef struct kpi__sink {
	const kpi_query *query;
	const kpi__snapshot *snapshot;
	kpi_result *result; /* not owned */
	uint32_t *at;       /* where each definition's sums stand in a row */
	kpi__wide *sums;    /* of the row that is being made */
	kpi__bag *bags;     /* likewise, by definition */
	uint32_t *places[KPI__DIMENSIONS]; /* in the result, by code, + 1; 0:
					      not yet known; NULL: too many */
	uint32_t codes[KPI__DIMENSIONS];
	uint32_t count, width;
	kpi_error *error;
} kpi__sink;

/* For the definitions of `result`, which has these shapes. KPI_ENOMEM. */
kpi_status kpi__sink_init(kpi__sink *sink, kpi_result *result,
    const kpi__shape *shapes, uint32_t count, const kpi_query *query,
    const kpi__snapshot *snapshot, kpi_error *error) KPI_MUST_CHECK;
void kpi__sink_free(kpi__sink *sink);

/* Sets the sums of all definitions to 0, and empties their bags. */
void kpi__sink_clear(kpi__sink *sink);

/* Adds to the sums of a definition. */
void kpi__sink_put(
    kpi__sink *sink, uint32_t definition, const kpi__wide *sums);

/*
 * Turns the codes of `count` rows into the places of their texts in the result,
 * which are in the order of the texts if it had no rows; they stay what they
 * are until texts are added.
 */
kpi_status kpi__sink_places(
    kpi__sink *sink, uint32_t *codes, size_t count) KPI_MUST_CHECK;

/*
 * Adds the row, unless all its sums are 0: units of none of the metrics make
 * no group. `codes` are in the order of the query's dimensions; with `names`
 * those are the values themselves. The sums stay, the bags do not.
 */
kpi_status kpi__sink_row(kpi__sink *sink, const uint32_t *codes, int64_t begin,
    int64_t until) KPI_MUST_CHECK;
/* The same with places of texts, those of kpi__sink_places(). */
kpi_status kpi__sink_placed_row(kpi__sink *sink, const uint32_t *places,
    int64_t begin, int64_t until) KPI_MUST_CHECK;
kpi_status kpi__sink_named_row(kpi__sink *sink, const char *const *names,
    int64_t begin, int64_t until) KPI_MUST_CHECK;

#endif
