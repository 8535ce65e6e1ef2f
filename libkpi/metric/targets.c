/* SPDX-License-Identifier: MIT */
#include "metric/targets.h"

#include <string.h>

#include "base/memory.h"

/* Overrides stand by parameter and name. */
static size_t
first_of(const kpi_definition *d, int32_t parameter)
{
	size_t i = 0;

	while (i < d->override_count && d->overrides[i].parameter < parameter)
		i++;
	return i;
}

static const kpi__override *
override_at(const kpi_definition *d, size_t at, int32_t parameter)
{
	return at < d->override_count && d->overrides[at].parameter == parameter
	    ? &d->overrides[at]
	    : NULL;
}

void
kpi__targets_begin(kpi__targets *walk, const kpi_definition *d)
{
	walk->definition = d;
	walk->goal = first_of(d, KPI__TARGET_GOAL);
	walk->ceiling = first_of(d, KPI__TARGET_CEILING);
}

static int
order_of(const kpi__override *a, const kpi__override *b)
{
	if (a == NULL || b == NULL)
		return (a == NULL) - (b == NULL);
	return strcmp(a->name, b->name);
}

int
kpi__targets_next(kpi__targets *walk, kpi__goal *out)
{
	const kpi_definition *d = walk->definition;

	for (;;) {
		const kpi__override *goal =
		    override_at(d, walk->goal, KPI__TARGET_GOAL);
		const kpi__override *ceiling =
		    override_at(d, walk->ceiling, KPI__TARGET_CEILING);
		const int order = order_of(goal, ceiling);

		if (goal == NULL && ceiling == NULL)
			return 0;
		out->name = order <= 0 ? goal->name : ceiling->name;
		out->goal = d->value[KPI__TARGET_GOAL];
		out->ceiling = d->value[KPI__TARGET_CEILING];
		if (order <= 0) {
			out->goal = goal->value;
			walk->goal++;
		}
		if (order >= 0) {
			out->ceiling = ceiling->value;
			walk->ceiling++;
		}
		if (out->goal != d->value[KPI__TARGET_GOAL] ||
		    out->ceiling != d->value[KPI__TARGET_CEILING])
			return 1;
	}
}

/* None is KPI_UNKNOWN in a shape as it is automatic in a definition. */
kpi_status
kpi__targets_shape(
    kpi__shape *s, const kpi_definition *d, const kpi_allocator *a)
{
	kpi__targets walk;
	kpi__goal goal;
	uint32_t count = 0;

	s->goal = d->value[KPI__TARGET_GOAL];
	s->ceiling = d->value[KPI__TARGET_CEILING];
	kpi__targets_begin(&walk, d);
	while (kpi__targets_next(&walk, &goal))
		count++;
	if (count == 0)
		return KPI_OK;
	s->goals = kpi__new_array(a, count, sizeof(*s->goals));
	if (s->goals == NULL)
		return KPI_ENOMEM;
	s->goals_by = kpi__definition_own_by(d, KPI__TARGET_GOAL);
	s->goal_count = count;
	kpi__targets_begin(&walk, d);
	for (uint32_t i = 0; i < count; i++)
		(void)kpi__targets_next(&walk, &s->goals[i]);
	return KPI_OK;
}
