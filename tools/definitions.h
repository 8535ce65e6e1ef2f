/* SPDX-License-Identifier: MIT */
/* definitions.h - the metrics that are named, with --preset and --set. */
#ifndef KPI_TOOL_DEFINITIONS_H
#define KPI_TOOL_DEFINITIONS_H

#include "list.h"
#include "tool.h"

#define DEFINITION (TAKES(PRESET) | TAKES(SET))

struct definitions {
	kpi_definition **at;
	unsigned char *in_full; /* not by its name alone */
	size_t count, room;
};

/* Makes none. */
void definitions_init(struct definitions *d);

void definitions_free(struct definitions *d);

/* Adds a metric by its name, several with commas between them, or one
 * definition in full: "csat csat_scale=7". */
int definitions_add(struct definitions *d, const char *text);

/*
 * Applies every --preset, then every --set: to the metrics that it concerns,
 * of which there must be one. A preset leaves what was given in full.
 */
int definitions_apply(struct definitions *d, const struct arguments *a);

/* Sets a parameter, of all or of one group. */
kpi_status definition_set(kpi_definition *definition,
    const struct setting *setting, kpi_error *error);

/* Whether the metric reads the parameter. */
int metric_reads(const char *metric, const char *parameter);

/* The first one of the metric; NULL if there is none. */
const kpi_definition *definitions_of(
    const struct definitions *d, const char *metric);

#endif
