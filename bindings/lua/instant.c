/* SPDX-License-Identifier: MIT */
#include "question.h"

#include <math.h>
#include <string.h>

/* Years 1 to 9999, as the library's. */
#define EARLIEST INT64_C(-62135596800000)
#define LATEST   INT64_C(253402300799999)

int
kpi__lua_is_seconds(int64_t given)
{
	const int64_t seconds_1980 = 315532800;

	return given >= seconds_1980 && given < seconds_1980 * 1000;
}

int64_t
kpi__lua_milliseconds(lua_State *L, int index, int arg, const char *what)
{
	const int64_t at = kpi__lua_integer(L, index, arg, what);

	if (kpi__lua_is_seconds(at))
		kpi__lua_refuse(L, arg, what,
		    "expected milliseconds since 1970 UTC, got %lld, which "
		    "seems to be seconds: give kpi.instant(%lld)",
		    (long long)at, (long long)at);
	return at;
}

static int
has_offset(const char *text)
{
	const size_t date = sizeof("2026-10-01") - 1;

	return strlen(text) > date && strpbrk(text + date, "Z+-") != NULL;
}

int64_t
kpi__lua_moment(lua_State *L, int index, int arg, const char *what)
{
	const char *text;
	int64_t at = 0;

	if (lua_type(L, index) != LUA_TSTRING)
		return kpi__lua_milliseconds(L, index, arg, what);
	text = kpi__lua_text(L, index, arg, what);
	if (!has_offset(text) ||
	    kpi_instant_parse(&at, NULL, text, NULL) != KPI_OK)
		kpi__lua_refuse(L, arg, what,
		    "expected milliseconds since 1970 UTC, or a time with its "
		    "offset such as '2026-10-01T00:00:00+02:00', got '%.40s'",
		    text);
	return at;
}

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

/* The seconds of argument 1, to the nearest millisecond. */
static int
instant_of_seconds(lua_State *L)
{
	const double ms = floor(1000 * (double)lua_tonumber(L, 1) + 0.5);

	if (!(ms >= (double)EARLIEST && ms <= (double)LATEST)) {
		lua_settop(L, 1);
		kpi__lua_refuse(L, 1, "instant",
		    "expected seconds since 1970, as os.time() has them, of "
		    "the years 1 to 9999, got %s",
		    lua_tostring(L, 1));
	}
	kpi__lua_push_integer(L, (int64_t)ms);
	return 1;
}

/*
 * kpi.instant(seconds), kpi.instant(text [, zone]) -> milliseconds since 1970
 * UTC: of what os.time() gives, with a fraction if there is one; of a text
 * such as "2026-10-01T00:00:00+02:00"; or of wall time in the zone (none: UTC).
 * What is no instant is nil, message, status, as tonumber() has it.
 */
int
kpi__lua_instant(lua_State *L)
{
	kpi_error error = KPI_ERROR_INIT;
	const kpi_query *query;
	kpi_status status;
	const char *text;
	int64_t at;

	if (lua_type(L, 1) == LUA_TNUMBER)
		return instant_of_seconds(L);
	if (lua_type(L, 1) != LUA_TSTRING)
		kpi__lua_refuse(L, 1, "instant",
		    "expected seconds, as os.time() has them, or a text, "
		    "got %s",
		    luaL_typename(L, 1));
	text = kpi__lua_text(L, 1, 1, "instant");
	status = zone_query(L, &query, &error);
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
