/* SPDX-License-Identifier: MIT */
#include "kpi_lua.h"

static int
import(lua_State *L,
    kpi_status (*read)(kpi_store *store, const char *path,
	const kpi_ledger_options *options, uint64_t *rows, kpi_error *error))
{
	static const char *const names[] = { "source", "zone", NULL };
	const kpi__lua_slot *store = kpi__lua_slot_check(L, 1, KPI__LUA_STORE);
	const char *path = kpi__lua_text(L, 2, 2, "path");
	kpi_ledger_options options = KPI_LEDGER_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	uint64_t rows = 0;
	kpi_status status;

	kpi__lua_slot_held(L, store);
	lua_settop(L, 3);
	kpi__lua_options(L, 3, names);
	if (kpi__lua_option(L, 3, "source") != LUA_TNIL)
		options.source = kpi__lua_text(L, -1, 3, "source");
	if (kpi__lua_option(L, 3, "zone") != LUA_TNIL)
		options.zone = kpi__lua_text(L, -1, 3, "zone");
	status =
	    read(kpi__lua_slot_held(L, store), path, &options, &rows, &error);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	kpi__lua_push_integer(L, (int64_t)rows);
	return 1;
}

/*
 * store:import_roster(path [, options]) -> how many rows of a CSV were added:
 * all of them; its header has agent, hired_at, left_at, source. Options: zone
 * (of times without an offset), source. Likewise store:import_expenses().
 */
int
kpi__lua_import_roster(lua_State *L)
{
	return import(L, kpi_import_roster);
}

int
kpi__lua_import_expenses(lua_State *L)
{
	return import(L, kpi_import_expenses);
}
