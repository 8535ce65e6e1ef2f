/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "tool.h"

static int
open_with(kpi_store **out, const char *path, uint64_t flags)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;

	options.flags = KPI_OPEN_MUST_EXIST | flags;
	status = kpi_store_open(out, path, &options, &error);
	if (status == KPI_ENOTFOUND)
		return complain(
		    FAILED, "there is no store %s; kpi import makes one", path);
	return status == KPI_OK ? DONE : failed(path, status, &error);
}

int
open_to_read(kpi_store **out, const char *path)
{
	return open_with(out, path, KPI_OPEN_READ_ONLY);
}

int
open_to_write(kpi_store **out, const char *path)
{
	return open_with(out, path, 0);
}

const char *
instant_text(char out[KPI_INSTANT_TEXT], const kpi_query *query, int64_t at)
{
	if (kpi_instant_format(query, at, out, KPI_INSTANT_TEXT, NULL) !=
	    KPI_OK)
		memcpy(out, "-", sizeof("-"));
	return out;
}
