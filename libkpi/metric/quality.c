/* SPDX-License-Identifier: MIT */
/* quality_score: what reviewers thought of it. */
#include <string.h>

#include "metric/claim.h"
#include "query/measured.h"

/* Most are not reviewed: that key is passed over. */
enum { NOT_REVIEWED, REVIEWED };

static void
review_keys(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	const int64_t *mark;

	(void)k;
	if (kpi__batch_unknown(b, KPI_FIELD_QUALITY)) {
		memset(key, NOT_REVIEWED, b->wholes);
		return;
	}
	mark = kpi__batch_integers(b, KPI_FIELD_QUALITY, space);
	for (uint32_t i = 0; i < b->wholes; i++)
		key[i] = mark[i] != KPI_UNKNOWN ? REVIEWED : NOT_REVIEWED;
}

kpi_status
kpi__declare_quality_score(kpi__claim *claim, kpi_error *error)
{
	kpi__declared *d = claim->declared;

	(void)error;
	kpi__claim_stream(claim, KPI__INTERACTION, KPI__EVERY_DIRECTION);
	kpi__claim_figure(claim, KPI__MEAN, KPI_UNIT_SHARE, KPI__MERGE_ANY);
	kpi__claim_mean(claim, 1 << REVIEWED);
	d->value = KPI__VALUE_MEASURED;
	d->value_parts = KPI__MEASURED_QUALITY;
	d->value_classes = 1 << REVIEWED;
	d->keyer.make = review_keys;
	memset(d->class_of, KPI__CLASS_OUTSIDE, sizeof(d->class_of));
	d->class_of[REVIEWED] = REVIEWED;
	return KPI_OK;
}
