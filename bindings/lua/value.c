/* SPDX-License-Identifier: MIT */
#include "kpi_lua.h"

#include <math.h>
#include <string.h>

#if LUA_VERSION_NUM >= 503

_Static_assert(sizeof(lua_Integer) >= sizeof(int64_t),
    "a Lua of 32-bit integers cannot hold instants");

static int
whole(lua_State *L, int index, int64_t *value)
{
	int is_whole;

	*value = lua_tointegerx(L, index, &is_whole);
	return is_whole;
}

void
kpi__lua_push_integer(lua_State *L, int64_t value)
{
	lua_pushinteger(L, value);
}

#define BEYOND "a whole number of 64 bits"

#else

#define EXACT (INT64_C(1) << 53)

static int
whole(lua_State *L, int index, int64_t *value)
{
	const lua_Number n = lua_tonumber(L, index);

	if (!(n >= -(lua_Number)EXACT && n <= (lua_Number)EXACT))
		return 0;
	*value = (int64_t)n;
	return (lua_Number)*value == n;
}

void
kpi__lua_push_integer(lua_State *L, int64_t value)
{
	if (value < -EXACT || value > EXACT)
		luaL_error(L,
		    "a value is beyond 2^53, which numbers of this "
		    "Lua do not hold exactly");
	lua_pushnumber(L, (lua_Number)value);
}

#define BEYOND "a whole number within 2^53, which this Lua holds exactly"

#endif

int
kpi__lua_whole(lua_State *L, int index, int64_t *value)
{
	return lua_type(L, index) == LUA_TNUMBER && whole(L, index, value) &&
	    *value != KPI_UNKNOWN;
}

int64_t
kpi__lua_integer(lua_State *L, int index, int arg, const char *what)
{
	int64_t value = 0;

	if (lua_type(L, index) != LUA_TNUMBER)
		kpi__lua_refuse(L, arg, what, "expected a whole number, got %s",
		    luaL_typename(L, index));
	if (!kpi__lua_whole(L, index, &value)) {
		lua_pushvalue(L, index);
		kpi__lua_refuse(L, arg, what, "expected " BEYOND ", got %s",
		    lua_tostring(L, -1));
	}
	return value;
}

void
kpi__lua_set_integer(lua_State *L, const char *name, int64_t value)
{
	if (value == KPI_UNKNOWN)
		return;
	kpi__lua_push_integer(L, value);
	lua_setfield(L, -2, name);
}

void
kpi__lua_set_number(lua_State *L, const char *name, double value)
{
	if (isnan(value))
		return;
	lua_pushnumber(L, value);
	lua_setfield(L, -2, name);
}

void
kpi__lua_set_text(lua_State *L, const char *name, const char *text)
{
	if (text == NULL)
		return;
	lua_pushstring(L, text);
	lua_setfield(L, -2, name);
}

const char *
kpi__lua_text(lua_State *L, int index, int arg, const char *what)
{
	const char *text;
	size_t size;

	if (lua_type(L, index) != LUA_TSTRING)
		kpi__lua_refuse(L, arg, what, "expected a string, got %s",
		    luaL_typename(L, index));
	text = lua_tolstring(L, index, &size);
	if (strlen(text) != size)
		kpi__lua_refuse(L, arg, what, "the string has a NUL in it");
	return text;
}

int32_t
kpi__lua_word(lua_State *L, int32_t table, int index, int arg, const char *what)
{
	const char *name = kpi__lua_text(L, index, arg, what);
	kpi_entry entry = KPI_ENTRY_INIT;
	kpi_error error = KPI_ERROR_INIT;
	const kpi_status status =
	    kpi_catalogue_find(table, name, &entry, &error);

	if (status != KPI_OK)
		kpi__lua_wrong(L, arg, what, status, &error);
	return entry.number;
}
