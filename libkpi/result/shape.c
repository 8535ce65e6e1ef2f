/* SPDX-License-Identifier: MIT */
#include "result/shape.h"

#include <string.h>

#include "result/figure.h"
#include "result/goals.h"
#include "stats/order.h"

#define BIT(sum) KPI__SUM_BIT(sum)
#define BOTH     (BIT(NUMERATOR) | BIT(DENOMINATOR))
#define CLUSTERS (BIT(CLUSTERS) | BIT(CROSS) | BIT(SIZES))
#define COMMON                                                                 \
	(BIT(UNKNOWN) | BIT(IN_PROGRESS) | BIT(TRUNCATED) | BIT(IMMATURE) |    \
	    BIT(NOT_COUNTED) | BIT(MIXED) | BIT(KNOWN) | BIT(NO_ACTIVITY) |     \
	    BIT(AWAITED))

#define POOLED (BIT(POOL) | BIT(BASE))

#define ENDS (BIT(LOWER) | BIT(UPPER))

#define VERDICT                                                                \
	(BIT(VERDICT_CLUSTERS) | BIT(VERDICT_SQUARES) | BIT(VERDICT_CROSS) |   \
	    BIT(VERDICT_SIZES))

/* What a kind must have and what it may have beside the common sums. */
static const struct {
	uint32_t needed, allowed;
} kinds[] = {
	{ 0, 0 },
	{ BIT(NUMERATOR), BIT(NUMERATOR) },
	{ BOTH, BOTH | BIT(WEIGHTS) },
	{ BOTH, BOTH | BIT(SQUARES) | CLUSTERS },
	{ BOTH, BOTH | BIT(DETRACTORS) | BIT(WEIGHTS) },
	{ BOTH, BOTH | BIT(EXPENSES) | POOLED },
	{ BIT(DENOMINATOR) | BIT(GREATEST), BIT(DENOMINATOR) | BIT(GREATEST) },
	{ BIT(NUMERATOR), BIT(NUMERATOR) },
	{ BOTH, BOTH },
	{ BOTH, BOTH },
	{ BIT(NUMERATOR), BIT(NUMERATOR) | BIT(WEIGHTS) },
	{ BIT(DENOMINATOR), BIT(DENOMINATOR) | BIT(QUANTILE) | ENDS },
	{ BOTH, BOTH | BIT(EXPENSES) | POOLED },
	{ BOTH | BIT(TIMES), BOTH | BIT(TIMES) | BIT(YEARS) },
};

int
kpi__shape_keeps(const kpi__shape *s)
{
	return s->kind == KPI__QUANTILE && !(s->sums & BIT(QUANTILE));
}

/* What figures by days or customers are made of beside. */
static uint32_t
needed_by_clusters(const kpi__shape *s)
{
	return (s->bounded == KPI_BOUNDS_DAY ||
		       s->bounded == KPI_BOUNDS_CUSTOMER
		   ? BIT(SQUARES) | CLUSTERS
		   : 0) |
	    (s->verdict_by == KPI_BOUNDS_NONE ? 0 : VERDICT);
}

/* What bounds need beyond that. */
static uint32_t
needed_for_bounds(const kpi__shape *s)
{
	const uint32_t weights = s->parts == 1 ? 0 : BIT(WEIGHTS);

	if (s->bounded != KPI_BOUNDS_CONTACT)
		return 0;
	switch (s->kind) {
	case KPI__SHARE:
	case KPI__MIX:
		return weights;
	case KPI__MEAN:
		return BIT(SQUARES) | (s->parts == 1 ? 0 : CLUSTERS);
	case KPI__BALANCE:
		return BIT(DETRACTORS) | weights;
	case KPI__QUANTILE:
		return kpi__shape_keeps(s) ? 0 : ENDS;
	default:
		return 0;
	}
}

static const char *
sums_fault(const kpi__shape *s)
{
	const uint32_t clusters = s->sums & CLUSTERS;
	const uint32_t needed = needed_for_bounds(s) | needed_by_clusters(s);

	if ((s->sums & kinds[s->kind].needed) != kinds[s->kind].needed)
		return "lacks a sum that its kind of figure is made of";
	if (s->sums &
	    ~(COMMON | kinds[s->kind].allowed | needed_by_clusters(s)))
		return "has a sum that its kind of figure does not know";
	if ((s->sums & needed) != needed)
		return "lacks a sum that its bounds are made of";
	if ((s->sums & POOLED) != 0 && (s->sums & POOLED) != POOLED)
		return "has a pool without a base, or a base without a pool";
	if (clusters != 0 &&
	    (clusters != CLUSTERS || !(s->sums & BIT(SQUARES))))
		return "has some of the sums of clusters only";
	return NULL;
}

int
kpi__frame_groups(const kpi__frame *f, kpi_by by)
{
	for (uint32_t i = 0; i < f->by_count; i++)
		if (f->by[i] == by)
			return 1;
	return 0;
}

const char *
kpi__shape_fault(const kpi__shape *s, const kpi__frame *frame)
{
	const char *fault = kpi__goals_fault(s);

	if (s->metric < 1)
		return "has no metric";
	if (s->kind < KPI__COUNT || s->kind > KPI__RATE)
		return "has no kind of figure";
	if (s->unit < KPI_UNIT_COUNT || s->unit > KPI_UNIT_MONEY)
		return "has no unit";
	if (s->merge < KPI__MERGE_ANY || s->merge > KPI__MERGE_ONCE_OF_RANGE)
		return "has no rule for merging";
	if (s->bounded < KPI_BOUNDS_NONE || s->bounded > KPI_BOUNDS_CUSTOMER)
		return "has bounds by nothing that is known";
	if (s->verdict_by != KPI_BOUNDS_NONE &&
	    s->verdict_by != KPI_BOUNDS_DAY &&
	    s->verdict_by != KPI_BOUNDS_CUSTOMER)
		return "has a verdict by nothing that is known";
	if (needed_by_clusters(s) != 0 && (kinds[s->kind].needed & BOTH) != BOTH)
		return "has bounds by clusters, and no two sums";
	if (fault != NULL)
		return fault;
	if (s->better < -1 || s->better > 1)
		return "is better in no direction";
	if (s->adjusted != 0 && s->adjusted != 1)
		return "is neither adjusted nor not";
	if (s->confidence < 1 || s->confidence > 999999)
		return "has a confidence outside of 0 to 1";
	if (s->parts != 1 && s->parts != 720720)
		return "counts in parts that are neither 1 nor 720720";
	if (s->kind == KPI__MIX ? !kpi__frame_groups(frame, s->among)
				: s->among != 0)
		return "is a mix among what is no group, or none among some";
	if (s->known_alone != 0 && (s->known_alone != 1 || s->among == 0))
		return "neither leaves out what is not known nor keeps it";
	if (s->quantile < 0 || s->quantile > KPI__ORDER_WHOLE ||
	    (s->kind != KPI__QUANTILE && s->quantile != 0))
		return "is a quantile of no kind, or none of some";
	if (s->linear != 0 && (s->linear != 1 || s->kind != KPI__QUANTILE))
		return "has a rule for quantiles that is not known";
	if (s->kind == KPI__QUANTILE &&
	    s->merge != (kpi__shape_keeps(s) ? KPI__MERGE_ANY : KPI__MERGE_NEVER))
		return "is a quantile that merges, or values that do not";
	if (kpi__shape_keeps(s) && (s->sums & ENDS))
		return "has bounds of a quantile, and not the quantile";
	return sums_fault(s);
}

int
kpi__shape_counts(const kpi__shape *s)
{
	return s->kind == KPI__COUNT || s->kind == KPI__LEVEL;
}

double
kpi__shape_scale(const kpi__shape *s)
{
	switch (s->kind) {
	case KPI__BALANCE:
		return 100;
	case KPI__PER_HOUR:
		return KPI__MS_OF_HOUR;
	case KPI__MEAN:
		return s->unit == KPI_UNIT_SHARE ? 1e-6 : 1;
	default:
		return 1;
	}
}

int
kpi__shape_judged(const kpi__shape *s, const kpi__frame *frame)
{
	return s->verdict_by != KPI_BOUNDS_NONE &&
	    (s->goal != KPI_UNKNOWN ||
		(s->goal_count > 0 && kpi__frame_groups(frame, s->goals_by)));
}

int
kpi__shape_splits(const kpi__shape *s)
{
	switch (s->kind) {
	case KPI__SHARE:
	case KPI__MEAN:
	case KPI__BALANCE:
	case KPI__RATIO:
	case KPI__TIME:
	case KPI__PER_HOUR:
		return 1;
	default:
		return 0;
	}
}

uint32_t
kpi__shape_width(const kpi__shape *s)
{
	uint32_t width = 0;

	for (uint32_t left = s->sums; left != 0; left &= left - 1)
		width++;
	return width;
}

uint32_t
kpi__shape_place(const kpi__shape *s, enum kpi__sum sum)
{
	kpi__shape before = *s;

	before.sums &= (UINT32_C(1) << sum) - 1;
	return kpi__shape_width(&before);
}

size_t
kpi__shape_name_length(const kpi__shape *s)
{
	return strcspn(s->text, " ");
}
