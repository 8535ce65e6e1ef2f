/* SPDX-License-Identifier: MIT */
/*
 * share.h - equal credit: units split over the agents who spoke.
 */
#ifndef KPI_QUERY_SHARE_H
#define KPI_QUERY_SHARE_H

#include "query/select.h"

/* Entry i is of the whole unit[i], by the agent of row[i]. */
typedef struct kpi__shares {
	uint32_t count;
	uint32_t *unit, *row;
	int32_t *share; /* parts of KPI__PARTS */
} kpi__shares;

const kpi__shares *kpi__share_units(kpi__batch *b);

/* A filter or group on agent or team is of each entry of a split unit. */
int kpi__share_is_of_entry(const kpi__stream *stream, kpi_by by);

/* The code of a dimension of an entry; without shares, of a unit. */
uint32_t kpi__share_code(kpi__batch *b, const kpi__stream *stream,
    const kpi__shares *s, kpi_by by, uint32_t entry);

/* Which entries are kept: those of kept units (NULL: all), and of agents that
 * the filters keep. */
const uint8_t *kpi__share_keep(const kpi__selector *s,
    const kpi__stream *stream, kpi__batch *b, const kpi__shares *entries,
    const uint8_t *keep);

/* A unit stands in a group once, with all its shares there: the shares, and
 * slot 0 for what was joined to another entry. */
const int32_t *kpi__share_join(
    kpi__batch *b, const kpi__shares *entries, uint32_t *slot);

#endif
