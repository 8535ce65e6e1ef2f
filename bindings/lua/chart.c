/* SPDX-License-Identifier: MIT */
/* The limits of control charts. */
#include "kpi_lua.h"

#include <math.h>
#include <string.h>

/* How many values the table at index 1 has: kpi.control_limits() takes its
 * length from `n`, as table.pack() gives it, since values may be nil. */
static uint64_t
length_of(lua_State *L)
{
	int64_t n;

	lua_getfield(L, 1, "n");
	if (lua_isnil(L, -1))
		n = (int64_t)lua_rawlen(L, 1);
	else if (!kpi__lua_whole(L, -1, &n) || n < 0 || n > 1000000)
		kpi__lua_refuse(L, 1, "n", "expected 0 to 1000000");
	lua_pop(L, 1);
	return (uint64_t)n;
}

static int32_t
centre_of(lua_State *L)
{
	const char *name;

	if (lua_isnoneornil(L, 2))
		return KPI_CENTRE_MEAN;
	name = kpi__lua_text(L, 2, 2, "centre");
	if (strcmp(name, "mean") == 0)
		return KPI_CENTRE_MEAN;
	if (strcmp(name, "median") != 0)
		kpi__lua_refuse(
		    L, 2, "centre", "expected mean or median, got %s", name);
	return KPI_CENTRE_MEDIAN;
}

/*
 * kpi.control_limits(values [, centre]) -> table of centre, lower, upper,
 * range, range_limit, values and ranges, by the mean (or "median"); or nil,
 * message, status. A value that is nil or no number is a gap.
 */
int
kpi__lua_control_limits(lua_State *L)
{
	kpi_control_limits l = KPI_CONTROL_LIMITS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;
	double *values;
	uint64_t count;
	int32_t centre;

	luaL_checktype(L, 1, LUA_TTABLE);
	centre = centre_of(L);
	count = length_of(L);
	values = lua_newuserdata(L, ((size_t)count + 1) * sizeof(*values));
	for (uint64_t i = 0; i < count; i++) {
		lua_rawgeti(L, 1, (int)i + 1);
		values[i] = lua_type(L, -1) == LUA_TNUMBER ? lua_tonumber(L, -1)
							   : (double)NAN;
		lua_pop(L, 1);
	}
	status = kpi_control_limits_of(&l, values, count, centre, &error);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	lua_createtable(L, 0, 7);
	kpi__lua_set_number(L, "centre", l.centre);
	kpi__lua_set_number(L, "lower", l.lower);
	kpi__lua_set_number(L, "upper", l.upper);
	kpi__lua_set_number(L, "range", l.range);
	kpi__lua_set_number(L, "range_limit", l.range_limit);
	kpi__lua_set_integer(L, "values", (int64_t)l.values);
	kpi__lua_set_integer(L, "ranges", (int64_t)l.ranges);
	return 1;
}
