/* SPDX-License-Identifier: MIT */
/* explaining.h - figures opened, and a store whose service level has a unit
 * of each kind. */
#ifndef KPI_TESTS_EXPLAINING_H
#define KPI_TESTS_EXPLAINING_H

#include "asked.h"

/* By the text of a definition; fails the test if it is refused. */
kpi_explanation *open_figure(
    kpi_store *store, const kpi_query *query, const char *text);
kpi_explanation *open_roles(kpi_store *store, const kpi_query *query,
    const char *text, int64_t roles);

/* With what status it is. */
kpi_status refused(kpi_store *store, const kpi_query *query, const char *text,
    kpi_error *error);

kpi_explained unit_of(kpi_explanation *e, uint64_t i);

/* Of source "pbx" and customer "c-1", by amira. */
void add_named(kpi_store *store, const char *id, int64_t start,
    int64_t outcome, int64_t wait);

/* Five, not in the order of time: "in time" at 9:01, "late", "gone", "menu"
 * and, of an unknown wait, "odd". */
kpi_store *calls(void);

#endif
