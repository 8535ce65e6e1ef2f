/* SPDX-License-Identifier: MIT */
#include "question.h"

/* A query in the zone of argument 2 (UTC without one), in a slot. */
static kpi_status
zone_query(lua_State *L, const kpi_query **query, kpi_error *error)
{
	if (!lua_isnoneornil(L, 2))
		kpi__lua_text(L, 2, 2, "zone");
	lua_settop(L, 2);
	lua_createtable(L, 0, 1);
	lua_pushvalue(L, 2);
	lua_setfield(L, 3, "zone");
	return kpi__lua_query(L, 3, NULL, query, error);
}

/*
 * kpi.instant(text [, zone]) -> milliseconds since 1970 UTC, of a text such
 * as "2026-10-01T00:00:00+02:00", or of wall time in the zone (none: UTC).
 * What is no instant is nil, message, status, as tonumber() has it.
 */
int
kpi__lua_instant(lua_State *L)
{
	const char *text = kpi__lua_text(L, 1, 1, "instant");
	kpi_error error = KPI_ERROR_INIT;
	const kpi_query *query;
	int64_t at;
	kpi_status status = zone_query(L, &query, &error);

	if (status == KPI_OK)
		status = kpi_instant_parse(&at, query, text, &error);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	kpi__lua_push_integer(L, at);
	return 1;
}

/* kpi.instant_text(milliseconds [, zone]) -> text, which reads back the same */
int
kpi__lua_instant_text(lua_State *L)
{
	const int64_t at = kpi__lua_integer(L, 1, 1, "instant");
	kpi_error error = KPI_ERROR_INIT;
	const kpi_query *query;
	char text[KPI_INSTANT_TEXT];
	kpi_status status = zone_query(L, &query, &error);

	if (status == KPI_OK)
		status =
		    kpi_instant_format(query, at, text, sizeof(text), &error);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	lua_pushstring(L, text);
	return 1;
}
