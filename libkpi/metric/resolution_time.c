/* SPDX-License-Identifier: MIT */
/* resolution_time and its quantiles: how long it took to settle. */
#include "metric/claim.h"
#include "query/measured.h"
#include "query/resolution.h"

/* Keys and classes. */
enum {
	SILENT = KPI__SAID_NOTHING,
	RESOLVED = KPI__SAID_RESOLVED,
	OPEN = KPI__SAID_OPEN,
	NO_TIME, /* resolved, nobody knows when */
	KEYS
};

enum { FIRST, AS_OF };

static void
take_key(void *ctx, uint32_t i, int64_t start, kpi__resolution r)
{
	uint8_t *key = ctx;

	key[i] = r.is == RESOLVED && (r.at == KPI_UNKNOWN || r.at < start)
	    ? NO_TIME
	    : r.is;
}

static void
time_keys(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	(void)space;
	kpi__each_resolution(b, (int)k->parameter[FIRST],
	    k->parameter[AS_OF], take_key, key);
}

static kpi_status
claim_times(kpi__claim *claim, int kind, kpi_error *error)
{
	const int first = kpi__parameter_of(claim, KPI__RESOLUTION_STATE) ==
	    KPI__STATE_FIRST;
	const uint64_t awaited = 1 << OPEN | 1 << SILENT;
	kpi__declared *d = claim->declared;

	kpi__claim_stream(claim, KPI__INTERACTION, KPI__COUNTED_DIRECTIONS);
	kpi__claim_figure(claim, kind, KPI_UNIT_MS, KPI__MERGE_ANY);
	if (kind == KPI__MEAN)
		kpi__claim_mean(claim, 1 << RESOLVED);
	d->value = KPI__VALUE_MEASURED;
	d->value_parts = (first ? KPI__MEASURED_FIRST_RESOLUTION
				: KPI__MEASURED_RESOLUTION) |
	    kpi__claim_clock(claim);
	d->value_classes = 1 << RESOLVED;
	kpi__declare(d, KPI__SUM_UNKNOWN, 1 << NO_TIME, 1);
	kpi__declare(d, KPI__SUM_IMMATURE, awaited, 1);
	kpi__declare(d, KPI__SUM_AWAITED, awaited, 1);
	kpi__declare(
	    d, KPI__SUM_KNOWN, 1 << RESOLVED | 1 << OPEN | 1 << NO_TIME, 1);
	d->keyer.make = time_keys;
	d->keyer.parameter[FIRST] = first;
	d->keyer.parameter[AS_OF] = claim->asked.as_of;
	claim->reads_as_of = 1;
	kpi__claim_keys(claim, KEYS);
	return kind == KPI__QUANTILE
	    ? kpi__claim_quantile(claim, 1 << RESOLVED, error)
	    : KPI_OK;
}

kpi_status
kpi__declare_resolution_time(kpi__claim *claim, kpi_error *error)
{
	return claim_times(claim, KPI__MEAN, error);
}

kpi_status
kpi__declare_resolution_time_quantile(kpi__claim *claim, kpi_error *error)
{
	return claim_times(claim, KPI__QUANTILE, error);
}
