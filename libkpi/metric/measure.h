/* SPDX-License-Identifier: MIT */
/* measure.h - definitions in, a result out. */
#ifndef KPI_METRIC_MEASURE_H
#define KPI_METRIC_MEASURE_H

#include <kpi/result.h>

#include "metric/claim.h"

/* What kpi_measure() says of its arguments. */
kpi_status kpi__measure_check(const kpi_store *store,
    const kpi_definition *const *definitions, uint64_t count,
    kpi_error *error) KPI_MUST_CHECK;

/* kpi_measure() of one state of a store; on failure *out is NULL. */
kpi_status kpi__measure_at(kpi_result **out, kpi__snapshot *snapshot,
    const kpi_query *query, const kpi_definition *const *definitions,
    uint32_t count, kpi_error *error) KPI_MUST_CHECK;

/* kpi_measure() of one definition that must be of `metric`; NULL: its
 * default. KPI_EINVAL if it is of another. */
kpi_status kpi__measure_one(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, int32_t metric,
    kpi_error *error) KPI_MUST_CHECK;

/*
 * A definition asked of a snapshot: the instants its parameters come to, and
 * its metric's claim. `business` is kpi__business_wanted()'s; `declared` are
 * KPI__STREAMS, which live as long as it.
 */
kpi_status kpi__claim_make(kpi__claim *claim, kpi__declared *declared,
    const kpi_definition *definition, const kpi_query *query,
    const kpi__snapshot *snapshot, const kpi__business *business,
    kpi_error *error) KPI_MUST_CHECK;
void kpi__claim_free(kpi__claim *claim);

/*
 * The business hours of a snapshot, if one of the definitions asks for them;
 * else *out is NULL. As kpi__business_new(), of their latest as_of.
 */
kpi_status kpi__business_wanted(kpi__business **out,
    const kpi__snapshot *snapshot, const kpi_query *query,
    const kpi_definition *const *definitions, uint32_t count,
    kpi_error *error) KPI_MUST_CHECK;

/* Walks for all claims that ask for it; `ordinals` lives as long as they. */
kpi_status kpi__claims_walk(kpi__claim *claims, uint32_t count,
    const uint32_t *ordinals, kpi_error *error) KPI_MUST_CHECK;

#endif
