/* SPDX-License-Identifier: MIT */
/* goals.h - the targets of single groups. */
#ifndef KPI_RESULT_GOALS_H
#define KPI_RESULT_GOALS_H

#include "result/table.h"

/* Copies those of another shape, names too. Non-zero without memory; what was
 * copied is freed by kpi__goals_free(). */
int kpi__goals_copy(
    kpi__shape *to, const kpi__shape *from, const kpi_allocator *a);
void kpi__goals_free(kpi__shape *shape, const kpi_allocator *a);

/* The target of the row's own group; NULL: it has that of the definition. */
const kpi__goal *kpi__goal_of(
    const kpi_result *r, uint64_t row, const kpi__shape *shape);

/* Whether two shapes have the same ones. */
int kpi__goals_same(const kpi__shape *a, const kpi__shape *b);

/* NULL if they are in order; else what is wrong, as kpi__shape_fault(). */
const char *kpi__goals_fault(const kpi__shape *shape);

#endif
