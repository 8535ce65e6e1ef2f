/* SPDX-License-Identifier: MIT */
/*
 * range.h - in what time the instants of interactions lie, by anchor. The
 * manifest has it of each chunk: a query's scan leaves out what lies outside
 * its time.
 */
#ifndef KPI_STORE_RANGE_H
#define KPI_STORE_RANGE_H

#include <kpi/interaction.h>

struct kpi__input;

/* In the order of a unit's life. */
enum kpi__anchor {
	KPI__ANCHOR_STARTED, KPI__ANCHOR_QUEUED, KPI__ANCHOR_ANSWERED,
	KPI__ANCHOR_ENDED, KPI__ANCHOR_WRAPPED, KPI__ANCHOR_OWN_EVENT
};

enum {
	KPI__RANGE_SURVEY = KPI__ANCHOR_OWN_EVENT + 1, /* surveys' answers */
	KPI__RANGES
};

typedef struct kpi__range {
	int64_t least, greatest; /* least > greatest: there is no instant */
} kpi__range;

/* All without an instant. */
void kpi__ranges_init(kpi__range range[KPI__RANGES]);

/*
 * Widened by an interaction, wherever one of its units may stand at each
 * anchor: who waits yet, at any time from the entry on at its own event. The result is its latest instant of all, those of its resolution
 * and response among them (METRICS: known time, before its + 1 ms).
 */
int64_t kpi__ranges_widen(
    kpi__range range[KPI__RANGES], const struct kpi__input *in);

#endif
