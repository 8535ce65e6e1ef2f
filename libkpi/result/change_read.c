/* SPDX-License-Identifier: MIT */
#include "base/memory.h"
#include "base/sized.h"
#include "result/change.h"
#include "result/table.h"

void
kpi_change_free(kpi_change *c)
{
	kpi_allocator a;

	if (c == NULL)
		return;
	a = c->allocator;
	for (size_t i = 0; c->groups != NULL && i < c->rows * c->by_count; i++)
		kpi__free_string(&a, c->groups[i]);
	for (uint32_t i = 0; c->definitions != NULL && i < c->count; i++)
		kpi__free_string(&a, c->definitions[i]);
	kpi__release(&a, c->groups, c->rows * c->by_count, sizeof(*c->groups));
	kpi__release(&a, c->definitions, c->count, sizeof(*c->definitions));
	kpi__release(&a, c->metrics, c->count, sizeof(*c->metrics));
	kpi__release(
	    &a, c->figures, (c->rows + 1) * c->count, sizeof(*c->figures));
	kpi__release(&a, c, 1, sizeof(*c));
}

uint64_t
kpi_change_rows(const kpi_change *c)
{
	return c == NULL ? 0 : c->rows;
}

uint64_t
kpi_change_count(const kpi_change *c)
{
	return c == NULL ? 0 : c->count;
}

const char *
kpi_change_definition(const kpi_change *c, uint64_t index)
{
	return c == NULL || index >= c->count ? NULL : c->definitions[index];
}

int32_t
kpi_change_metric(const kpi_change *c, uint64_t index)
{
	return c == NULL || index >= c->count ? 0 : c->metrics[index];
}

kpi_by
kpi_change_by(const kpi_change *c, uint64_t index)
{
	return c == NULL || index >= c->by_count ? 0 : c->by[index];
}

const char *
kpi_change_group(const kpi_change *c, uint64_t row, uint64_t index)
{
	if (c == NULL || row >= c->rows || index >= c->by_count)
		return NULL;
	return c->groups[row * c->by_count + index];
}

static int64_t
end_of(const kpi_change *c, int32_t period, int end)
{
	if (c == NULL || period < KPI_PERIOD_NOW || period > KPI_PERIOD_BEFORE)
		return KPI_UNKNOWN;
	return c->range[period - KPI_PERIOD_NOW][end];
}

int64_t
kpi_change_from(const kpi_change *c, int32_t period)
{
	return end_of(c, period, 0);
}

int64_t
kpi_change_until(const kpi_change *c, int32_t period)
{
	return end_of(c, period, 1);
}

kpi_status
kpi_change_get(const kpi_change *c, uint64_t row, uint64_t index,
    kpi_difference *difference)
{
	if (c == NULL || index >= c->count ||
	    (row >= c->rows && row != KPI_CHANGE_WHOLE))
		return KPI_EINVAL;
	if (row == KPI_CHANGE_WHOLE)
		row = c->rows;
	return kpi__sized_write(difference, &c->figures[row * c->count + index],
	    sizeof(*difference), KPI__SIZE_TO(kpi_difference, verdict));
}
