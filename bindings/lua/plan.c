/* SPDX-License-Identifier: MIT */
/* How many agents a store's own arrivals and handle times need, as tables. */
#include <string.h>

#include "question.h"
#include "result.h"

static const char *const names[] = { KPI__LUA_RANGE_OPTIONS,
	KPI__LUA_GROUP_OPTIONS, "agents", "handle_time", "max_occupancy",
	"patience", "period", "progress", "shrinkage", "target", "target_value",
	"threshold", NULL };

static void
release(void *held)
{
	kpi_plan_free(held);
}

/* A cell of the season, with what it needs. */
static void
push_interval(lua_State *L, const kpi_plan *plan, uint64_t row, uint64_t at)
{
	static const char *const sources[] = { "", "given", "interval", "group",
		"all" };
	kpi_staffing s = KPI_STAFFING_INIT;
	kpi_plan_cell c = KPI_PLAN_CELL_INIT;
	const kpi_status status = kpi_plan_get(plan, row, at, &s, &c);

	if (status != KPI_OK)
		luaL_error(L, "%s", kpi_strerror(status));
	kpi__lua_push_cell(L, kpi_plan_season(plan), row, at);
	lua_getfield(L, -1, "mean");
	lua_setfield(L, -2, "contacts");
	kpi__lua_set_number(L, "handle_time_ms", c.handle_time_ms);
	kpi__lua_set_integer(L, "handled", c.handled);
	if (c.handled_of >= KPI_HANDLED_GIVEN &&
	    c.handled_of <= KPI_HANDLED_ALL)
		kpi__lua_set_text(L, "handled_of", sources[c.handled_of]);
	if (c.patience_ms > 0)
		kpi__lua_set_number(L, "patience_ms", c.patience_ms);
	kpi__lua_set_staffing(L, &s);
}

static int
push_plan(lua_State *L, const kpi_plan *plan)
{
	const kpi_season *season = kpi_plan_season(plan);
	const uint64_t rows = kpi_season_rows(season);
	const uint64_t cells = kpi_season_cells(season);

	lua_createtable(L, 0, 3);
	for (uint64_t i = 0; i < rows * cells; i++) {
		push_interval(L, plan, i / cells, i % cells);
		lua_rawseti(L, -2, (int)i + 1);
	}
	kpi__lua_set_periods(L, season);
	return 1;
}

/* Makes argument 2 a copy of the options whose interval is half an hour unless
 * they have one. */
static void
copy_options(lua_State *L)
{
	lua_settop(L, 2);
	kpi__lua_options(L, 2, names);
	lua_newtable(L);
	lua_pushliteral(L, "30min");
	lua_setfield(L, 3, "every");
	if (lua_istable(L, 2)) {
		lua_pushnil(L);
		while (lua_next(L, 2) != 0) {
			lua_pushvalue(L, -2);
			lua_insert(L, -2);
			lua_rawset(L, 3);
		}
	}
	lua_replace(L, 2);
}

static int
is_measured(lua_State *L)
{
	const int is = kpi__lua_option(L, 2, "patience") == LUA_TSTRING &&
	    strcmp(lua_tostring(L, -1), "measured") == 0;

	lua_pop(L, 1);
	return is;
}

static void
read_options(lua_State *L, kpi_staffing_options *load, kpi_plan_options *o)
{
	int64_t agents = 0;

	kpi__lua_wanted(L, 2, load);
	load->handle_time_ms = kpi__lua_positive_time(L, 2, "handle_time");
	o->period = kpi__lua_period(L, 2);
	if (is_measured(L))
		o->patience = KPI_PATIENCE_MEASURED;
	else
		load->patience_ms = kpi__lua_positive_time(L, 2, "patience");
	if (kpi__lua_option(L, 2, "agents") != LUA_TNIL) {
		agents = kpi__lua_integer(L, -1, 2, "agents");
		if (agents < 1)
			kpi__lua_refuse(
			    L, 2, "agents", "expected a number above 0");
	}
	lua_pop(L, 1);
	o->agents = (uint64_t)agents;
}

/*
 * store:plan([options]) -> list of intervals, cells of a season with contacts,
 * handle_time_ms, handled, handled_of, patience_ms and what kpi.staffing() has;
 * and from, until_ and periods. Options: range, groups and filters of
 * store:measure(), where every is "30min" if it is not given; period = "day";
 * agents, handle_time, patience (also "measured") and all else of
 * kpi.staffing() but contacts and interval.
 */
int
kpi__lua_plan(lua_State *L)
{
	kpi__lua_slot *const store = kpi__lua_slot_check(L, 1, KPI__LUA_STORE);
	kpi_staffing_options load = KPI_STAFFING_OPTIONS_INIT;
	kpi_plan_options options = KPI_PLAN_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_plan *plan = NULL;
	const kpi_query *query;
	kpi__lua_slot *slot;
	kpi__lua_stop stop;
	kpi_status status;

	kpi__lua_slot_held(L, store);
	copy_options(L);
	read_options(L, &load, &options);
	kpi__lua_stop_read(L, 2, &stop);
	status = kpi__lua_query(L, 2, &stop, &query, &error);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	slot = kpi__lua_slot_new(L, KPI__LUA_HANDLE, release);
	status = kpi_plan_measure(&plan, kpi__lua_stop_begin(&stop, store),
	    query, &load, &options, &error);
	slot->held = plan;
	kpi__lua_stop_end(&stop, store);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	return push_plan(L, plan);
}
