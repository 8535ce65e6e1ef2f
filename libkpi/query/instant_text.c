/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/suggestion.h"
#include "query/query.h"
#include "time/calendar.h"
#include "time/instant.h"

kpi_status
kpi_instant_parse(
    int64_t *out, const kpi_query *query, const char *text, kpi_error *error)
{
	const kpi__zone *zone = query == NULL ? NULL : query->zone;
	char quoted[KPI__QUOTE];
	kpi_status status;

	if (out == NULL || text == NULL)
		return kpi__fail(
		    error, KPI_EINVAL, "no text, or no place for the instant");
	status = kpi__parse_instant(text, strlen(text), zone, out);
	if (status != KPI_OK && kpi__is_no_day(text, strlen(text)))
		return kpi__fail(error, status, "there is no day %s",
		    kpi__quote(quoted, text, sizeof("2026-11-31") - 1));
	if (status != KPI_OK)
		return kpi__fail(error, status,
		    "expected a time such as 2026-10-01, 2026-10-01T09:30 or "
		    "2026-10-01T09:30:00+02:00, not %s",
		    kpi__quote(quoted, text, strlen(text)));
	return KPI_OK;
}

kpi_status
kpi_instant_format(const kpi_query *query, int64_t at, char *text,
    uint64_t room, kpi_error *error)
{
	char full[KPI__INSTANT_SIZE];
	size_t size;

	_Static_assert(KPI_INSTANT_TEXT >= KPI__INSTANT_SIZE,
	    "the room that is promised holds every instant");
	if (text == NULL || at < KPI__TIME_FIRST || at > KPI__TIME_LAST)
		return kpi__fail(error, KPI_EINVAL,
		    "no place for the text, or no instant of the years 1 to "
		    "9999");
	kpi__format_instant(full, query == NULL ? NULL : query->zone, at);
	size = strlen(full) + 1;
	if (size > room)
		return kpi__fail(error, KPI_EINVAL,
		    "too little room for an instant: KPI_INSTANT_TEXT is "
		    "enough");
	memcpy(text, full, size);
	return KPI_OK;
}
