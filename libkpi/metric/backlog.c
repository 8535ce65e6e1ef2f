/* SPDX-License-Identifier: MIT */
/* backlog: what has begun and has not ended. */
#include "metric/claim.h"
#include "query/level.h"

enum { COUNTED, UNKNOWN };

static void
level_keys(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	const uint8_t *state;

	(void)k;
	(void)space;
	(void)kpi__batch_closed(b, &state);
	for (uint32_t i = 0; i < b->wholes; i++)
		key[i] = state[i] == KPI__CLOSING_UNKNOWN ? UNKNOWN : COUNTED;
}

/* What is over has been counted once, and is not counted any more. */
kpi_status
kpi__declare_backlog(kpi__claim *claim, kpi_error *error)
{
	kpi__declared *begins = &claim->declared[0];
	kpi__declared *ends = &claim->declared[1];

	(void)error;
	kpi__claim_stream(claim, KPI__INTERACTION, KPI__COUNTED_DIRECTIONS);
	kpi__claim_figure(claim, KPI__LEVEL, KPI_UNIT_COUNT, KPI__MERGE_ANY);
	begins->stream.anchor = KPI__ANCHOR_STARTED;
	begins->stream.level = KPI__LEVEL_BEGINS;
	begins->keyer.make = level_keys;
	for (int key = 0; key < KPI__KEYS; key++)
		begins->class_of[key] = (uint8_t)(key <= UNKNOWN
			? key
			: KPI__CLASS_OUTSIDE);
	*ends = *begins;
	ends->stream.level = KPI__LEVEL_ENDS;
	kpi__declare(begins, KPI__SUM_NUMERATOR, 1 << COUNTED, 1);
	kpi__declare(begins, KPI__SUM_UNKNOWN, 1 << UNKNOWN, 1);
	kpi__declare(ends, KPI__SUM_NUMERATOR, 1 << COUNTED, -1);
	kpi__declare(ends, KPI__SUM_NOT_COUNTED, 1 << COUNTED, 1);
	claim->reads_as_of = 1;
	return KPI_OK;
}
