/* SPDX-License-Identifier: MIT */
/* slots.h - in which group each unit of a batch is. */
#ifndef KPI_QUERY_SLOTS_H
#define KPI_QUERY_SLOTS_H

#include "query/select.h"
#include "query/share.h"

/* The slots of `count` entries, units without `s`; 0 where `keep` (NULL: all)
 * has 0. On failure g->status or b->status. */
void kpi__slots_fill(kpi__groups *g, const kpi__stream *stream, kpi__batch *b,
    const kpi__shares *s, const uint8_t *keep, uint32_t count, uint32_t *slot);

/* Without dimensions a batch mostly lies in one bucket: the slot of all that
 * `keep` keeps. 0: they lie in several. */
int kpi__slots_only(kpi__groups *g, const kpi__stream *stream, kpi__batch *b,
    const uint8_t *keep, kpi__selection *out);

#endif
