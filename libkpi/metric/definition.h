/* SPDX-License-Identifier: MIT */
/* definition.h - the inside of a definition, as the metrics read it. */
#ifndef KPI_METRIC_DEFINITION_H
#define KPI_METRIC_DEFINITION_H

#include <kpi/definition.h>
#include <kpi/metric.h>

#include "base/buffer.h"
#include "metric/parameter.h"

/* A threshold or target of its own for one value of a dimension. */
typedef struct kpi__override {
	int32_t parameter; /* enum kpi__parameter */
	kpi_by by;         /* one for all thresholds, one for all targets */
	char *name;
	int64_t value;
} kpi__override;

struct kpi_definition {
	kpi_allocator allocator;
	int32_t metric; /* KPI_METRIC_ */
	int64_t value[KPI__PARAMETERS];
	kpi__override *overrides; /* by parameter, then name's bytes */
	size_t override_count, override_room;
	char *text; /* canonical, made anew by every change */
	size_t text_room;
	char fingerprint[KPI_FINGERPRINT_TEXT]; /* of the text */
};

/* By what thresholds differ, if the parameter is one, or targets; 0: they do
 * not. */
kpi_by kpi__definition_own_by(
    const kpi_definition *definition, int32_t parameter);

/*
 * What no single setting can tell: KPI_EINVAL if a service level's numerator
 * is not within its denominator, or marks do not fit their scale.
 */
kpi_status kpi__definition_check(
    const kpi_definition *definition, kpi_error *error) KPI_MUST_CHECK;

/* 1: more of the figure is better, -1: less is, 0: neither. */
int kpi__definition_better(const kpi_definition *definition);

/*
 * The steps of a change, without the text: a parameter from its name and
 * value, one for a named group, all as a preset has them. What is
 * wrong is as in <kpi/definition.h>; a preset may then be set in part.
 */
kpi_status kpi__definition_assign(kpi_definition *definition, const char *name,
    size_t name_size, const char *value, size_t value_size,
    kpi_error *error) KPI_MUST_CHECK;
kpi_status kpi__definition_assign_for(kpi_definition *definition,
    const char *name, size_t name_size, kpi_by by, const char *of,
    const char *value, size_t value_size, kpi_error *error) KPI_MUST_CHECK;
kpi_status kpi__definition_assign_preset(kpi_definition *definition,
    const char *preset, kpi_error *error) KPI_MUST_CHECK;

/*
 * What the text says of one parameter: nothing where it is at its default,
 * else "name=value" and what single groups have. Writes *before in
 * front of the first of these, a space in front of others, and leaves a space
 * there once anything is written.
 */
void kpi__definition_put(const kpi_definition *definition, int32_t parameter,
    const char **before, kpi__buffer *b);

/*
 * A new definition: as the preset has it, but for what `own` has not at its
 * default, as that does.
 */
kpi_status kpi__definition_under(kpi_definition **out,
    const kpi_definition *own, const char *preset,
    kpi_error *error) KPI_MUST_CHECK;

/* Makes text and fingerprint anew; KPI_ENOMEM leaves the old one. */
kpi_status kpi__definition_print(
    kpi_definition *definition, kpi_error *error) KPI_MUST_CHECK;

#endif
