/* SPDX-License-Identifier: MIT */
/* What tostring() makes of a row. */
#include "result.h"

#include <string.h>

/* Pushes "name=value " of each dimension that the group at `group` has. */
static void
push_group(lua_State *L, int group)
{
	const uint64_t count = kpi_catalogue_count(KPI_TABLE_DIMENSIONS);
	kpi_entry entry = KPI_ENTRY_INIT;

	lua_pushliteral(L, "");
	for (uint64_t i = 0; i < count; i++) {
		if (kpi_catalogue_entry(KPI_TABLE_DIMENSIONS, i, &entry) !=
		    KPI_OK)
			continue;
		if (kpi__lua_option(L, group, entry.name) == LUA_TSTRING) {
			lua_pushfstring(L, "%s%s=%s ", lua_tostring(L, -2),
			    entry.name, lua_tostring(L, -1));
			lua_replace(L, -3);
		}
		lua_pop(L, 1);
	}
}

/* Pushes the value of the row at index 1, of a share also of how many. */
static void
push_value(lua_State *L)
{
	const char *unit;

	kpi__lua_option(L, 1, "unit");
	unit = lua_isstring(L, -1) ? lua_tostring(L, -1) : "";
	kpi__lua_option(L, 1, "text");
	if (strcmp(unit, "share") == 0 &&
	    kpi__lua_option(L, 1, "value") == LUA_TNUMBER) {
		kpi__lua_option(L, 1, "numerator");
		kpi__lua_option(L, 1, "denominator");
		lua_pushfstring(L, "%s (%s of %s)", lua_tostring(L, -4),
		    lua_tostring(L, -2), lua_tostring(L, -1));
	} else if (strcmp(unit, "share") == 0) {
		lua_pop(L, 1);
	}
}

/* The text at `index`, or none. */
static const char *
text_at(lua_State *L, int index)
{
	return lua_isstring(L, index) ? lua_tostring(L, index) : "";
}

/*
 * tostring(row) -> "service_level queue=sales 2026-10-01T00:00:00+02:00
 * 85.1 % (2376 of 2792)"
 */
static int
row_tostring(lua_State *L)
{
	luaL_checktype(L, 1, LUA_TTABLE);
	lua_settop(L, 1);
	kpi__lua_option(L, 1, "metric");
	kpi__lua_option(L, 1, "date");
	kpi__lua_option(L, 1, "group");
	push_group(L, 4);
	push_value(L);
	lua_pushfstring(L, "%s %s%s%s%s", text_at(L, 2), text_at(L, 5),
	    text_at(L, 3), lua_isstring(L, 3) ? " " : "", text_at(L, -1));
	return 1;
}

void
kpi__lua_row_type(lua_State *L)
{
	luaL_newmetatable(L, KPI__LUA_ROW);
	lua_pushcfunction(L, row_tostring);
	lua_setfield(L, -2, "__tostring");
	lua_pop(L, 1);
}
