/* SPDX-License-Identifier: MIT */
#include "kpi_lua.h"

#include <string.h>

static const struct {
	const char *name;
	int64_t ms;
} units[] = {
	{ "ms", 1 },
	{ "s", 1000 },
	{ "min", 60000 },
	{ "h", 3600000 },
	{ "d", 86400000 },
};

/* 0: no such unit. */
static int64_t
unit_ms(const char *name)
{
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (strcmp(name, units[i].name) == 0)
			return units[i].ms;
	}
	return 0;
}

/* As parameters are written, "20s"; -1 if it is anything else. */
static int64_t
parse(const char *text)
{
	int64_t value = 0, unit;

	if (*text < '0' || *text > '9')
		return -1;
	for (; *text >= '0' && *text <= '9'; text++) {
		if (value > (INT64_MAX - 9) / 10)
			return -1;
		value = 10 * value + (*text - '0');
	}
	unit = unit_ms(*text == ' ' ? text + 1 : text);
	if (unit == 0 || value > INT64_MAX / unit)
		return -1;
	return value * unit;
}

void
kpi__lua_with_unit(lua_State *L, int index, int arg, const char *what)
{
	if (lua_type(L, index) == LUA_TNUMBER) {
		lua_pushvalue(L, index);
		kpi__lua_refuse(L, arg, what,
		    "expected a text with a unit, such as '30s' or '500ms', "
		    "got the number %s",
		    lua_tostring(L, -1));
	}
}

int64_t
kpi__lua_duration(lua_State *L, int index, int arg, const char *what)
{
	int64_t ms;

	if (lua_type(L, index) != LUA_TSTRING)
		return kpi__lua_integer(L, index, arg, what);
	ms = parse(kpi__lua_text(L, index, arg, what));
	if (ms < 0)
		kpi__lua_refuse(L, arg, what,
		    "expected a whole number and its unit, ms, s, min, h or "
		    "d, such as '20s', got '%.40s'",
		    lua_tostring(L, index));
	return ms;
}
