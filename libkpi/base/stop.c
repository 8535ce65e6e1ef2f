/* SPDX-License-Identifier: MIT */
#include "base/stop.h"

#include "base/error.h"

kpi_status
kpi__stopped(kpi_stop stop, void *ctx, uint64_t done, uint64_t total,
    kpi_error *error)
{
	if (stop == NULL || stop(ctx, done, total) == 0)
		return KPI_OK;
	return kpi__fail(
	    error, KPI_ESTOPPED, "%s", kpi_strerror(KPI_ESTOPPED));
}
