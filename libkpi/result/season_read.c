/* SPDX-License-Identifier: MIT */
#include "base/memory.h"
#include "result/season.h"
#include "result/table.h"

void
kpi_season_free(kpi_season *s)
{
	kpi_allocator a;

	if (s == NULL)
		return;
	a = s->cells.allocator;
	for (size_t i = 0; s->groups != NULL && i < s->rows * s->by_count; i++)
		kpi__free_string(&a, s->groups[i]);
	kpi__release(&a, s->groups, s->rows * s->by_count, sizeof(*s->groups));
	kpi__release(
	    &a, s->counts, s->rows * s->cells.count, sizeof(*s->counts));
	kpi__release(&a, s->means, s->rows, sizeof(*s->means));
	kpi__cells_free(&s->cells);
	kpi__release(&a, s, 1, sizeof(*s));
}

uint64_t
kpi_season_rows(const kpi_season *s)
{
	return s == NULL ? 0 : s->rows;
}

uint64_t
kpi_season_cells(const kpi_season *s)
{
	return s == NULL ? 0 : s->cells.count;
}

kpi_by
kpi_season_by(const kpi_season *s, uint64_t index)
{
	return s == NULL || index >= s->by_count ? 0 : s->by[index];
}

const char *
kpi_season_group(const kpi_season *s, uint64_t row, uint64_t index)
{
	if (s == NULL || row >= s->rows || index >= s->by_count)
		return NULL;
	return s->groups[row * s->by_count + index];
}

int64_t
kpi_season_from(const kpi_season *s)
{
	return s == NULL ? KPI_UNKNOWN : s->cells.from;
}

int64_t
kpi_season_until(const kpi_season *s)
{
	return s == NULL ? KPI_UNKNOWN : s->cells.until;
}

uint64_t
kpi_season_periods(const kpi_season *s)
{
	return s == NULL ? 0 : s->cells.periods;
}
