/* SPDX-License-Identifier: MIT */
/* table.h - the table that names every metric. */
#ifndef KPI_METRIC_TABLE_H
#define KPI_METRIC_TABLE_H

#include <kpi/catalogue.h>

#include "metric/claim.h"
#include "metric/parameter.h"

/* A default that is the metric's own. */
typedef struct kpi__initial {
	int32_t parameter; /* KPI__PARAMETERS ends the list */
	int64_t value;
} kpi__initial;

/* Those of several metrics. */
extern const kpi__initial kpi__visit_initials[];
extern const kpi__initial kpi__answer_initials[];
extern const kpi__initial kpi__whole_initials[];
extern const kpi__initial kpi__answered_initials[];

typedef struct kpi__metric {
	int32_t number; /* KPI_METRIC_ */
	int32_t better; /* 1: more is better, -1: less is, 0: neither */
	kpi_by among;   /* a mix: of the contacts of this; else 0 */
	int64_t units;  /* mask of 1 << enum kpi__unit that `unit` may be;
			   0: does not read it */
	const char *name;
	const char *figure; /* its kind */
	const char *unit;
	const char *merge; /* which parts of the data merge */
	const char *sentence;
	const char *formula;
	const kpi__initial *initials; /* NULL: none */
	kpi__declare_function declare;
	const uint8_t *reads; /* by number; KPI__PARAMETERS ends the list */
} kpi__metric;

extern const kpi__metric kpi__metrics[];
extern const size_t kpi__metric_count;

/* Of each time, and behind them. */
extern const kpi__metric kpi__quantile_metrics[];
extern const size_t kpi__quantile_metric_count;

/* How work went, and behind those. */
extern const kpi__metric kpi__work_metrics[];
extern const size_t kpi__work_metric_count;

/* Line `i` of the table, from 0; NULL past the end. */
const kpi__metric *kpi__metric_at(size_t i);

/* NULL if there is no such metric. */
const kpi__metric *kpi__metric_find(int32_t number);

/* Non-zero if the metric reads the parameter. */
int kpi__metric_reads(const kpi__metric *metric, int32_t parameter);

/* The metric's default of a parameter. */
int64_t kpi__metric_initial(const kpi__metric *metric, int32_t parameter);

#endif
