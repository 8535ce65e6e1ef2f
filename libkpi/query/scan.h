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

/* Where a definition's values are kept; UINT32_MAX: they are not. */
uint32_t kpi__scan_pile(const kpi__scan *scan, uint32_t index);

/* How many values a pile has of a slot, in parts. */
uint64_t kpi__scan_kept(const kpi__scan *scan, uint32_t pile, uint32_t slot);

/*
 * Those that stand at some places, from 0 and below kpi__scan_kept(), among
 * the values in ascending order, each as often as it has parts. KPI_ESTOPPED,
 * KPI_ENOMEM.
 */
kpi_status kpi__scan_pick(kpi__scan *scan, uint32_t pile, uint32_t slot,
    const uint64_t *place, uint32_t count, int64_t *value) KPI_MUST_CHECK;

/* Hands on each different value that a pile has of a slot, in ascending order,
 * with its parts. What each() returns; KPI_ESTOPPED, KPI_ENOMEM. */
kpi_status kpi__scan_each(kpi__scan *scan, uint32_t pile, uint32_t slot,
    kpi_status (*each)(void *ctx, int64_t value, int64_t parts),
    void *ctx) KPI_MUST_CHECK;

/* The sums of a definition that are in its mask, one after the other. */
void kpi__scan_sums(const kpi__scan *scan, uint32_t slot, uint32_t index,
    kpi__wide *sums);

/* The same in 64 bits each, into sums that are 0; non-zero if they may be
 * beyond that: what is written then means nothing. Two of a definition can be
 * added. */
int kpi__scan_short_sums(const kpi__scan *scan, uint32_t slot, uint32_t index,
    uint64_t *sums);

/* Has the cells of a slot brought near, whose sums are asked for soon. */
void kpi__scan_fetch(const kpi__scan *scan, uint32_t slot);

#endif
