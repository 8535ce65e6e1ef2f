/* SPDX-License-Identifier: MIT */
/* preset.h - the table of presets: definitions as other systems have them. */
#ifndef KPI_METRIC_PRESET_H
#define KPI_METRIC_PRESET_H

#include <stddef.h>

typedef struct kpi__preset {
	const char *name;
	const char *metrics;  /* that it concerns, "name, name"; NULL: every */
	const char *settings; /* "name=value name=value", in full */
	const char *source;   /* the document or system that it follows */
	const char *sentence;
} kpi__preset;

/* Line `i` of the table, from 0; NULL past the end. */
const kpi__preset *kpi__preset_at(size_t i);

/* NULL if there is no such preset. */
const kpi__preset *kpi__preset_find(const char *name);

/* Non-zero if the preset says something about the metric of that name. */
int kpi__preset_concerns(const kpi__preset *preset, const char *metric);

#endif
