/* SPDX-License-Identifier: MIT */
/* load.h - adding to a snapshot what a file has and it has not yet. */
#ifndef KPI_STORE_LOAD_H
#define KPI_STORE_LOAD_H

#include "store/disk.h"

typedef struct kpi__load {
	kpi_store *store;
	kpi__db *db;
	kpi__snapshot *draft;
	const kpi__meta *meta;
} kpi__load;

/* KPI_ECORRUPT: a table is not what the row of `meta` says it is. */
kpi_status kpi__table_damaged(const char *table, kpi_error *error);

/* Texts behind whole pages, and who is erased. */
kpi_status kpi__load_texts(kpi__load *load, kpi_error *error) KPI_MUST_CHECK;
/* New chunks; then the dead and the patches of all. */
kpi_status kpi__load_chunks(kpi__load *load, kpi_error *error) KPI_MUST_CHECK;
kpi_status kpi__load_changes(kpi__load *load, kpi_error *error) KPI_MUST_CHECK;
kpi_status kpi__load_tail(kpi__load *load, kpi_error *error) KPI_MUST_CHECK;

#endif
