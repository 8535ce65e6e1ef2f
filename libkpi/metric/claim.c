/* SPDX-License-Identifier: MIT */
#include "metric/claim.h"

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
	claim->shape.parts = 1;
	if (kpi__claim_by_agent(claim) && unit == KPI__INTERACTION) {
		stream->credit =
		    (int32_t)kpi__parameter_of(claim, KPI__CREDIT);
		if (stream->credit == KPI__CREDIT_EQUAL)
			claim->shape.parts = KPI__PARTS;
	}
}

void
kpi__claim_figure(kpi__claim *claim, int kind, int unit, int merge)
{
	claim->shape.kind = kind;
	claim->shape.unit = unit;
	claim->shape.merge = merge;
	claim->shape.bounded = (kind == KPI__SHARE || kind == KPI__MIX ||
				   kind == KPI__MEAN ||
				   kind == KPI__BALANCE) &&
	    kpi__parameter_of(claim, KPI__BOUNDS_BY) == KPI__BOUNDS_CONTACT;
	claim->shape.confidence =
	    (int32_t)kpi__parameter_of(claim, KPI__CONFIDENCE);
}

void
kpi__claim_share(
    kpi__claim *claim, uint64_t numerator, uint64_t denominator)
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
	d->clustered =
	    claim->shape.parts != 1 || d->stream.unit == KPI__LEG;
	if (!d->clustered)
		return;
	kpi__declare(d, KPI__SUM_CLUSTERS, 0, 0);
	kpi__declare(d, KPI__SUM_CROSS, 0, 0);
	kpi__declare(d, KPI__SUM_SIZES, 0, 0);
}
