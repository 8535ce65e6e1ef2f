/* SPDX-License-Identifier: MIT */
/* Control charts: their limits, and what values signal. */
#include "kpi_lua.h"

#include <math.h>
#include <string.h>

/* How many values the table at `arg` has: its length is its `n`, as
 * table.pack() gives it, since values may be nil. */
static uint64_t
length_of(lua_State *L, int arg)
{
	int64_t n;

	lua_getfield(L, arg, "n");
	if (lua_isnil(L, -1))
		n = (int64_t)lua_rawlen(L, arg);
	else if (!kpi__lua_whole(L, -1, &n) || n < 0 || n > 1000000)
		kpi__lua_refuse(L, arg, "n", "expected 0 to 1000000");
	lua_pop(L, 1);
	return (uint64_t)n;
}

/* The values of the table at `arg`. Pushes one value, which holds them. */
static const double *
values_of(lua_State *L, int arg, uint64_t *count)
{
	double *values;

	*count = length_of(L, arg);
	values = lua_newuserdata(L, ((size_t)*count + 1) * sizeof(*values));
	for (uint64_t i = 0; i < *count; i++) {
		lua_rawgeti(L, arg, (int)i + 1);
		values[i] = lua_type(L, -1) == LUA_TNUMBER ? lua_tonumber(L, -1)
							   : (double)NAN;
		lua_pop(L, 1);
	}
	return values;
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
	const double *values;
	uint64_t count;
	int32_t centre;

	luaL_checktype(L, 1, LUA_TTABLE);
	centre = centre_of(L);
	values = values_of(L, 1, &count);
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

/* One of the limits in the table at index 1. */
static double
limit_of(lua_State *L, const char *name)
{
	double limit;

	lua_getfield(L, 1, name);
	if (lua_type(L, -1) != LUA_TNUMBER)
		kpi__lua_refuse(L, 1, name, "expected a number, got %s",
		    luaL_typename(L, -1));
	limit = lua_tonumber(L, -1);
	lua_pop(L, 1);
	return limit;
}

/* Pushes a table with true for what is signalled. */
static void
push_signals(lua_State *L, uint32_t signals)
{
	static const char *const names[] = { "outside", "range", "run" };

	lua_newtable(L);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (signals >> i & 1) {
			lua_pushboolean(L, 1);
			lua_setfield(L, -2, names[i]);
		}
}

/*
 * kpi.control_signals(limits, values [, chart_run]) -> a list of tables that
 * have outside, range and run where a value signals it; or nil, message,
 * status. The limits are a table that has centre, lower, upper, range_limit.
 */
int
kpi__lua_control_signals(lua_State *L)
{
	kpi_control_limits l = KPI_CONTROL_LIMITS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	int64_t chart_run = KPI_CHART_RUN;
	const double *values;
	uint32_t *signals;
	kpi_status status;
	uint64_t count;

	luaL_checktype(L, 1, LUA_TTABLE);
	luaL_checktype(L, 2, LUA_TTABLE);
	if (!lua_isnoneornil(L, 3) &&
	    (!kpi__lua_whole(L, 3, &chart_run) || chart_run < 0 ||
		chart_run > INT32_MAX))
		kpi__lua_refuse(
		    L, 3, "chart_run", "expected a whole number of 5 to 20");
	l.centre = limit_of(L, "centre");
	l.lower = limit_of(L, "lower");
	l.upper = limit_of(L, "upper");
	l.range_limit = limit_of(L, "range_limit");
	values = values_of(L, 2, &count);
	signals = lua_newuserdata(L, ((size_t)count + 1) * sizeof(*signals));
	status = kpi_control_signals_of(
	    signals, &l, values, count, (int32_t)chart_run, &error);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	lua_createtable(L, (int)count, 0);
	for (uint64_t i = 0; i < count; i++) {
		push_signals(L, signals[i]);
		lua_rawseti(L, -2, (int)i + 1);
	}
	return 1;
}
