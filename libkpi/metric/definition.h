/* SPDX-License-Identifier: MIT */
/* definition.h - the inside of a definition, as the metrics read it. */
#ifndef KPI_METRIC_DEFINITION_H
#define KPI_METRIC_DEFINITION_H

#include <kpi/definition.h>

#include "metric/parameter.h"

/* A threshold of its own for one value of a dimension. */
typedef struct kpi__override {
	int32_t parameter; /* enum kpi__parameter */
	kpi_by by;         /* KPI_BY_QUEUE or KPI_BY_CHANNEL */
	char *name;
	int64_t value;
} kpi__override;

struct kpi_definition {
	kpi_allocator allocator;
	int32_t metric; /* KPI_METRIC_ */
	int64_t value[KPI__PARAMETERS];
	kpi__override *overrides; /* by parameter, then name's bytes */
	size_t override_count, override_room;
	char *text; /* canonical; NULL: to be made anew */
	size_t text_room;
};

/* A copy of the definition. */
kpi_status kpi__definition_copy(kpi_definition **out,
    const kpi_definition *definition, const kpi_allocator *a) KPI_MUST_CHECK;

#endif
