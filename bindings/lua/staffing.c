/* SPDX-License-Identifier: MIT */
/* Erlang B, C and A. */
#include "kpi_lua.h"

#include <math.h>
#include <string.h>

/* In the order of KPI_ERLANG_. */
static const char *const targets[] = { "service_level", "wait_probability",
	"speed_of_answer", "abandonment", "occupancy", NULL };

static const char *const options[] = { "agents", "contacts", "handle_time",
	"interval", "max_occupancy", "patience", "shrinkage", "target",
	"target_value", "threshold", NULL };

/* A number, or a duration in ms; without it `otherwise`, and NaN means that
 * there must be one. */
static double
option(
    lua_State *L, int arg, const char *name, int is_duration, double otherwise)
{
	const int type = kpi__lua_option(L, arg, name);
	double value = otherwise;

	if (type == LUA_TNIL && isnan(otherwise))
		kpi__lua_refuse(L, arg, name, "expected a %s, got nil",
		    is_duration ? "duration, such as '180s'" : "number");
	if (type != LUA_TNIL && is_duration) {
		kpi__lua_with_unit(L, -1, arg, name);
		value = (double)kpi__lua_duration(L, -1, arg, name);
	} else if (type != LUA_TNIL) {
		if (type != LUA_TNUMBER)
			kpi__lua_refuse(L, arg, name,
			    "expected a number, got %s", luaL_typename(L, -1));
		value = lua_tonumber(L, -1);
	}
	lua_pop(L, 1);
	return value;
}

/* One of which 0 means to the library that it is left out. */
static double
option_not_0(lua_State *L, int arg, const char *name, int is_duration)
{
	const double value = option(L, arg, name, is_duration, 0);

	if (kpi__lua_option(L, arg, name) != LUA_TNIL && value == 0)
		kpi__lua_refuse(L, arg, name, "expected more than 0, got 0");
	lua_pop(L, 1);
	return value;
}

static int32_t
target_of(lua_State *L, int arg)
{
	int32_t target = KPI_ERLANG_SERVICE_LEVEL;
	const char *name;

	if (kpi__lua_option(L, arg, "target") != LUA_TNIL) {
		name = kpi__lua_text(L, -1, arg, "target");
		if (!kpi__lua_is_among(name, targets))
			kpi__lua_no_such(L, arg, "target", name, targets);
		while (strcmp(targets[target - 1], name) != 0)
			target++;
	}
	lua_pop(L, 1);
	return target;
}

void
kpi__lua_wanted(lua_State *L, int arg, kpi_staffing_options *o)
{
	o->target = target_of(L, arg);
	o->threshold_ms = option(L, arg, "threshold", 1, 20000);
	o->shrinkage = option(L, arg, "shrinkage", 0, 0);
	o->target_value = option_not_0(
	    L, arg, "target_value", o->target == KPI_ERLANG_SPEED_OF_ANSWER);
	o->max_occupancy = option_not_0(L, arg, "max_occupancy", 0);
}

double
kpi__lua_positive_time(lua_State *L, int arg, const char *name)
{
	return option_not_0(L, arg, name, 1);
}

/* The whole number on top, which is popped. */
static uint64_t
take_count(lua_State *L, int arg, const char *what)
{
	const int64_t count = kpi__lua_integer(L, -1, arg, what);

	if (count < 0)
		kpi__lua_refuse(L, arg, what, "expected 0 or more");
	lua_pop(L, 1);
	return (uint64_t)count;
}

void
kpi__lua_set_staffing(lua_State *L, const kpi_staffing *s)
{
	kpi__lua_set_integer(L, "agents", (int64_t)s->agents);
	kpi__lua_set_integer(L, "positions", (int64_t)s->positions);
	kpi__lua_set_number(L, "load", s->load);
	kpi__lua_set_number(L, "wait_probability", s->wait_probability);
	kpi__lua_set_number(L, "service_level", s->service_level);
	kpi__lua_set_number(L, "mean_wait_ms", s->mean_wait_ms);
	kpi__lua_set_number(L, "speed_of_answer_ms", s->speed_of_answer_ms);
	kpi__lua_set_number(L, "abandonment", s->abandonment);
	kpi__lua_set_number(L, "occupancy", s->occupancy);
}

/*
 * kpi.staffing(options) -> table of agents, positions, load, wait_probability,
 * service_level, mean_wait_ms, speed_of_answer_ms, abandonment and occupancy;
 * or nil, message, status. Options are those of kpi_staffing_options, with
 * durations as text, and agents.
 */
int
kpi__lua_staffing(lua_State *L)
{
	kpi_staffing_options o = KPI_STAFFING_OPTIONS_INIT;
	kpi_staffing s = KPI_STAFFING_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;

	luaL_checktype(L, 1, LUA_TTABLE);
	kpi__lua_options(L, 1, options);
	kpi__lua_wanted(L, 1, &o);
	o.contacts = option(L, 1, "contacts", 0, (double)NAN);
	o.interval_ms = option(L, 1, "interval", 1, (double)NAN);
	o.handle_time_ms = option(L, 1, "handle_time", 1, (double)NAN);
	o.patience_ms = option_not_0(L, 1, "patience", 1);
	if (kpi__lua_option(L, 1, "agents") == LUA_TNIL)
		status = kpi_staffing_for(&s, &o, &error);
	else
		status =
		    kpi_staffing_of(&s, &o, take_count(L, 1, "agents"), &error);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	lua_createtable(L, 0, 9);
	kpi__lua_set_staffing(L, &s);
	return 1;
}

/* kpi.erlang_blocking(load, lines) -> share, nil for a load of 0 */
int
kpi__lua_erlang_blocking(lua_State *L)
{
	const double load = luaL_checknumber(L, 1);
	kpi_error error = KPI_ERROR_INIT;
	double blocking;
	kpi_status status;

	lua_settop(L, 2);
	status = kpi_erlang_blocking(
	    &blocking, load, take_count(L, 2, "lines"), &error);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	if (isnan(blocking))
		lua_pushnil(L);
	else
		lua_pushnumber(L, blocking);
	return 1;
}

/* kpi.erlang_lines(load, blocking) -> lines; or nil, message, status */
int
kpi__lua_erlang_lines(lua_State *L)
{
	const double load = luaL_checknumber(L, 1);
	const double blocking = luaL_checknumber(L, 2);
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;
	uint64_t lines;

	status = kpi_erlang_lines(&lines, load, blocking, &error);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	kpi__lua_push_integer(L, (int64_t)lines);
	return 1;
}
