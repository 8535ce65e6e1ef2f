/* SPDX-License-Identifier: MIT */
/* arrow_column.h - which columns a result has as a batch, and their values. */
#ifndef KPI_RESULT_ARROW_COLUMN_H
#define KPI_RESULT_ARROW_COLUMN_H

#include "result/arrow_array.h"
#include "result/table.h"

enum kpi__arrow_value {
	KPI__ARROW_GROUP,      /* utf8 */
	KPI__ARROW_INSTANT,    /* timestamp */
	KPI__ARROW_DEFINITION, /* the rest are of a figure: words ... */
	KPI__ARROW_METRIC,
	KPI__ARROW_UNIT,
	KPI__ARROW_STATE,
	KPI__ARROW_VERDICT,
	KPI__ARROW_COUNT, /* int64, or float64 where parts are not whole */
	KPI__ARROW_REAL,  /* float64, null if not a number */
	KPI__ARROW_TARGET /* likewise, of definitions that want a verdict */
};

typedef struct kpi__arrow_made {
	const char *name;
	int value;      /* enum kpi__arrow_value */
	uint32_t index; /* of a dimension; of an INSTANT: 0 begin, 1 until */
	size_t offset;  /* in kpi_figure */
} kpi__arrow_made;

/* So many a result has at most: groups, two times, and of a figure. */
#define KPI__ARROW_MADE (KPI__MAX_BY + 2 + 20)

/* The columns in their order; how many. */
uint32_t kpi__arrow_columns(
    const kpi_result *result, kpi__arrow_made out[KPI__ARROW_MADE]);

/* Whether a column's elements are places in a dictionary. */
int kpi__arrow_is_word(const kpi__arrow_made *column);
/* Whether each definition counts whole units. */
int kpi__arrow_is_whole(const kpi_result *result);

/* The batch: the columns as children. KPI_EOVERFLOW, KPI_ENOMEM leave
 * out->release NULL. */
kpi_status kpi__arrow_batch(struct ArrowArray *out, const kpi_result *result,
    const kpi__arrow_made *columns, uint32_t count,
    kpi_error *error) KPI_MUST_CHECK;

#endif
