/* SPDX-License-Identifier: MIT */
#include "stats/amount.h"

#include <math.h>

#include "base/error.h"
#include "base/number.h"

/* What rounding may do to a figure that reaches its target exactly. */
#define SLACK 1e-12

static const char *
text_of(char out[KPI__DOUBLE_TEXT], double value)
{
	if (!isfinite(value))
		return "not finite";
	(void)kpi__format_double(out, value);
	return out;
}

kpi_status
kpi__amount_check(const struct kpi__amount *a, double value, kpi_error *error)
{
	char is[KPI__DOUBLE_TEXT], least[KPI__DOUBLE_TEXT],
	    most[KPI__DOUBLE_TEXT];

	if (value >= a->least && value <= a->most)
		return KPI_OK;
	return kpi__fail_at(error, KPI_EINVAL, a->name,
	    "%s is %s: expected is %s to %s", a->name, text_of(is, value),
	    text_of(least, a->least), text_of(most, a->most));
}

kpi_status
kpi__amount_within(
    const char *name, double value, double below, kpi_error *error)
{
	char is[KPI__DOUBLE_TEXT], end[KPI__DOUBLE_TEXT];

	if (value > 0 && value < below)
		return KPI_OK;
	return kpi__fail_at(error, KPI_EINVAL, name,
	    "%s is %s: expected is more than 0 and less than %s", name,
	    text_of(is, value), text_of(end, below));
}

int
kpi__at_most(double value, double most)
{
	return value <= most * (1 + SLACK);
}

int
kpi__at_least(double value, double least)
{
	return value >= least * (1 - SLACK);
}
