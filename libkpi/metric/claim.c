/* SPDX-License-Identifier: MIT */
#include "metric/claim.h"

#include "query/measured.h"

int
kpi__claim_by_agent(const kpi__claim *claim)
{
	return kpi__query_names(claim->asked.query, KPI_BY_AGENT) ||
	    kpi__query_names(claim->asked.query, KPI_BY_TEAM);
}

int
kpi__claim_unit(const kpi__claim *claim)
{
	const int64_t unit = kpi__parameter_of(claim, KPI__UNIT);

	if (unit != KPI__AUTOMATIC)
		return (int)unit;
	return kpi__claim_by_agent(claim) ? KPI__LEG : KPI__INTERACTION;
}

int64_t
kpi__claim_clock(const kpi__claim *claim)
{
	return kpi__parameter_of(claim, KPI__BUSINESS_HOURS) ==
		KPI__BUSINESS_CALENDAR
	    ? KPI__IN_BUSINESS_TIME
	    : 0;
}

void
kpi__claim_stream(kpi__claim *claim, int unit, int64_t automatic)
{
	const kpi_query *query = claim->asked.query;
	const int64_t directions = kpi__parameter_of(claim, KPI__DIRECTIONS);
	kpi__stream *stream = &claim->declared->stream;

	stream->unit = unit;
	stream->anchor = (int32_t)kpi__parameter_of(claim, KPI__ANCHOR);
	stream->credit = KPI__CREDIT_LAST;
	stream->directions = kpi__query_names(query, KPI_BY_DIRECTION)
	    ? KPI__EVERY_DIRECTION
	    : directions == KPI__AUTOMATIC ? automatic
					   : directions;
	if (stream->anchor == KPI__ANCHOR_OWN_EVENT)
		stream->threshold =
		    kpi__parameter_of(claim, KPI__SERVICE_LEVEL_THRESHOLD);
	stream->arrivals = (int32_t)kpi__parameter_of(claim, KPI__ARRIVALS);
	if (kpi__claim_clock(claim) != 0 || stream->arrivals)
		stream->business = claim->asked.business;
	claim->shape.parts = 1;
	if (kpi__claim_by_agent(claim) && unit == KPI__INTERACTION) {
		stream->credit = (int32_t)kpi__parameter_of(claim, KPI__CREDIT);
		if (stream->credit == KPI__CREDIT_EQUAL)
			claim->shape.parts = KPI__PARTS;
	}
}

/* What is one draw, as far as the kind of figure can have it. */
static int32_t
draws_of(const kpi__claim *claim, int kind, int parameter)
{
	const int64_t by = kpi__parameter_of(claim, parameter);

	switch (kind) {
	case KPI__SHARE:
	case KPI__MEAN:
	case KPI__BALANCE:
		return (int32_t)by;
	case KPI__RATIO:
	case KPI__TIME:
	case KPI__PER_HOUR:
		return by == KPI_BOUNDS_DAY ? KPI_BOUNDS_DAY : KPI_BOUNDS_NONE;
	case KPI__QUANTILE: /* a unit that is split has no place of its own */
		return by == KPI_BOUNDS_CONTACT && claim->shape.parts == 1
		    ? KPI_BOUNDS_CONTACT
		    : KPI_BOUNDS_NONE;
	case KPI__MIX: /* its rows do not know the whole of each cluster */
		return by == KPI_BOUNDS_CONTACT ? KPI_BOUNDS_CONTACT
						: KPI_BOUNDS_NONE;
	default:
		return KPI_BOUNDS_NONE;
	}
}

static int32_t
cluster_of(int32_t draws)
{
	switch (draws) {
	case KPI_BOUNDS_DAY:
		return KPI__CLUSTER_DAY;
	case KPI_BOUNDS_CUSTOMER:
		return KPI__CLUSTER_CUSTOMER;
	default:
		return KPI__CLUSTER_NONE;
	}
}

/* Which parts merge that must merge by both rules. */
static int
both_rules(int rule, int32_t draws)
{
	const int other = draws == KPI_BOUNDS_DAY ? KPI__MERGE_DAY
	    : draws == KPI_BOUNDS_CUSTOMER        ? KPI__MERGE_CUSTOMER
						  : KPI__MERGE_ANY;

	if (rule == other || other == KPI__MERGE_ANY)
		return rule;
	return rule == KPI__MERGE_ANY ? other : KPI__MERGE_NEVER;
}

static void
declare_clusters(kpi__claim *claim)
{
	static const uint8_t sums[2][4] = {
		{ KPI__SUM_CLUSTERS, KPI__SUM_SQUARES, KPI__SUM_CROSS,
		    KPI__SUM_SIZES },
		{ KPI__SUM_VERDICT_CLUSTERS, KPI__SUM_VERDICT_SQUARES,
		    KPI__SUM_VERDICT_CROSS, KPI__SUM_VERDICT_SIZES },
	};

	const int32_t bounded = cluster_of(claim->shape.bounded);
	const int32_t verdict_by = cluster_of(claim->shape.verdict_by);

	for (int i = 0; i < 4; i++) {
		if (bounded != KPI__CLUSTER_NONE)
			kpi__declare(claim->declared, sums[0][i], 0, 0);
		if (verdict_by != KPI__CLUSTER_NONE)
			kpi__declare(claim->declared, sums[1][i], 0, 0);
	}
	if (claim->day_by_day)
		return;
	claim->declared->bounds_cluster = bounded;
	claim->declared->verdict_cluster = verdict_by;
}

void
kpi__claim_figure(kpi__claim *claim, int kind, int unit, int merge)
{
	kpi__shape *s = &claim->shape;

	s->kind = kind;
	s->unit = unit;
	s->bounded = draws_of(claim, kind, KPI__BOUNDS_BY);
	s->verdict_by = draws_of(claim, kind, KPI__VERDICT_BY);
	s->merge = both_rules(both_rules(merge, s->bounded), s->verdict_by);
	s->confidence = (int32_t)kpi__parameter_of(claim, KPI__CONFIDENCE);
	declare_clusters(claim);
}

void
kpi__claim_share(kpi__claim *claim, uint64_t numerator, uint64_t denominator)
{
	kpi__declared *d = claim->declared;

	kpi__declare(d, KPI__SUM_NUMERATOR, numerator, 1);
	kpi__declare(d, KPI__SUM_DENOMINATOR, denominator, 1);
	if (claim->shape.kind == KPI__SHARE && claim->shape.parts != 1)
		kpi__declare(d, KPI__SUM_WEIGHTS, denominator, 1);
}

void
kpi__claim_mean(kpi__claim *claim, uint64_t classes)
{
	kpi__declared *d = claim->declared;

	kpi__declare(d, KPI__SUM_NUMERATOR, 0, 0);
	kpi__declare(d, KPI__SUM_SQUARES, 0, 0);
	kpi__declare(d, KPI__SUM_DENOMINATOR, classes, 1);
	d->clustered = claim->shape.parts != 1 || d->stream.unit == KPI__LEG;
	if (!d->clustered)
		return;
	kpi__declare(d, KPI__SUM_CLUSTERS, 0, 0);
	kpi__declare(d, KPI__SUM_CROSS, 0, 0);
	kpi__declare(d, KPI__SUM_SIZES, 0, 0);
}

void
kpi__claim_keys(kpi__claim *claim, int keys)
{
	for (int key = 0; key < KPI__KEYS; key++)
		claim->declared->class_of[key] =
		    (uint8_t)(key < keys ? key : KPI__CLASS_OUTSIDE);
}
