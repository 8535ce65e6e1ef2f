/* SPDX-License-Identifier: MIT */
/*
 * scan.h - all that is declared, gathered in one pass over a snapshot.
 */
#ifndef KPI_QUERY_SCAN_H
#define KPI_QUERY_SCAN_H

#include "base/wide.h"
#include "query/declare.h"
#include "query/query.h"

typedef struct kpi__scan kpi__scan;

/*
 * Gathers the sums of `count` definitions, which must live as long as the
 * scan. KPI_ELIMIT, KPI_ESTOPPED, KPI_EOVERFLOW, KPI_ECORRUPT, KPI_EIO,
 * KPI_ENOMEM. On failure *out is NULL.
 */
kpi_status kpi__scan_run(kpi__scan **out, const kpi__snapshot *snapshot,
    const kpi_query *query, const kpi__declared *declared, uint32_t count,
    int64_t as_of, kpi_error *error) KPI_MUST_CHECK;
void kpi__scan_free(kpi__scan *scan); /* accepts NULL */

/* Groups with a unit; slots are 1 to this. */
uint32_t kpi__scan_slots(const kpi__scan *scan);

/* Codes, in the order of the query's dimensions, and span of a slot. */
void kpi__scan_group(const kpi__scan *scan, uint32_t slot,
    uint32_t codes[KPI__DIMENSIONS], int64_t *begin, int64_t *until);

/* The sums of a definition that are in its mask, one after the other. */
void kpi__scan_sums(const kpi__scan *scan, uint32_t slot, uint32_t index,
    kpi__wide *sums);

#endif
