/* SPDX-License-Identifier: MIT */
#include <kpi/staffing.h>
#include <math.h>

#include "base/error.h"
#include "stats/amount.h"
#include "stats/erlang.h"

static const struct kpi__amount of_load = { "load", 0, KPI_ERLANG_MOST };

kpi_status
kpi_erlang_blocking(
    double *blocking, double load, uint64_t lines, kpi_error *error)
{
	const kpi_status status = kpi__amount_check(&of_load, load, error);

	if (status != KPI_OK)
		return status;
	if (blocking == NULL)
		return kpi__fail(error, KPI_EINVAL, "no place for the share");
	if (lines > KPI_ERLANG_MOST)
		return kpi__fail_at(error, KPI_EINVAL, "lines",
		    "lines are %llu: expected is 0 to %d",
		    (unsigned long long)lines, KPI_ERLANG_MOST);
	*blocking = load == 0 ? (double)NAN : kpi__erlang_b(load, lines);
	return KPI_OK;
}

struct wish {
	double load, blocking;
};

static int
is_met(const void *ctx, uint64_t lines)
{
	const struct wish *const w = ctx;

	return kpi__at_most(kpi__erlang_b(w->load, lines), w->blocking);
}

kpi_status
kpi_erlang_lines(
    uint64_t *lines, double load, double blocking, kpi_error *error)
{
	const struct wish w = { load, blocking };
	kpi_status status = kpi__amount_check(&of_load, load, error);
	uint64_t least = 0;

	if (status == KPI_OK)
		status = kpi__amount_within("blocking", blocking, 1, error);
	if (status != KPI_OK)
		return status;
	if (lines == NULL)
		return kpi__fail(error, KPI_EINVAL, "no place for the lines");
	if (load > 0)
		least = kpi__erlang_least(1, KPI_ERLANG_MOST, is_met, &w);
	if (least > KPI_ERLANG_MOST)
		return kpi__fail_at(error, KPI_ELIMIT, "blocking",
		    "more than %d lines would be needed", KPI_ERLANG_MOST);
	*lines = least;
	return KPI_OK;
}
