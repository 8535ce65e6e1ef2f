/* SPDX-License-Identifier: MIT */
#include "metric/explain.h"
#include "result/shape.h"

/* Of the greatest and of a quantile who has the value makes the figure. */
static int32_t
role_in(const kpi__casting *c, const kpi__opened *u)
{
	switch (c->shape->kind) {
	case KPI__MEAN:
		return u->denominator != 0 ? KPI_ROLE_NUMERATOR : 0;
	case KPI__GREATEST:
	case KPI__QUANTILE:
		if (u->denominator == 0)
			return 0;
		return (double)u->value == c->figure->value
		    ? KPI_ROLE_NUMERATOR
		    : KPI_ROLE_DENOMINATOR;
	default:
		if (u->numerator != 0)
			return KPI_ROLE_NUMERATOR;
		return u->denominator != 0 ? KPI_ROLE_DENOMINATOR : 0;
	}
}

static int32_t
reason_of(const kpi__opened *u)
{
	return u->left_out == KPI__NOT_LEFT_OUT
	    ? 0
	    : KPI_ROLE_UNKNOWN + u->left_out - KPI__SUM_UNKNOWN;
}

_Static_assert(KPI__SUM_IN_PROGRESS - KPI__SUM_UNKNOWN ==
	KPI_ROLE_IN_PROGRESS - KPI_ROLE_UNKNOWN, "in progress");
_Static_assert(KPI__SUM_TRUNCATED - KPI__SUM_UNKNOWN ==
	KPI_ROLE_TRUNCATED - KPI_ROLE_UNKNOWN, "truncated");
_Static_assert(KPI__SUM_IMMATURE - KPI__SUM_UNKNOWN ==
	KPI_ROLE_IMMATURE - KPI_ROLE_UNKNOWN, "immature");
_Static_assert(KPI__SUM_NOT_COUNTED - KPI__SUM_UNKNOWN ==
	KPI_ROLE_NOT_COUNTED - KPI_ROLE_UNKNOWN, "not counted");

int
kpi__role_of(const kpi__casting *c, kpi__opened *u, int32_t *role,
    int32_t *left_out)
{
	if (kpi__shape_counts(c->shape))
		u->denominator = u->numerator;
	*left_out = reason_of(u);
	*role = role_in(c, u);
	if (*role == 0)
		*role = *left_out != 0 ? *left_out : KPI_ROLE_REPRESENTED;
	return (c->roles >> *role & 1) ||
	    (*left_out != 0 && (c->roles >> *left_out & 1));
}
