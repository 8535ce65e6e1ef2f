/* SPDX-License-Identifier: MIT */
#include "kpi_lua.h"

/* The store itself, so that calls chain; or nil, message, status. */
static int
call(lua_State *L, kpi_status (*function)(kpi_store *store, kpi_error *error))
{
	kpi_error error = KPI_ERROR_INIT;
	const kpi_status status =
	    function(kpi__lua_held(L, 1, KPI__LUA_STORE), &error);

	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	lua_settop(L, 1);
	return 1;
}

/* store:begin() -> store: a batch, kept or lost as a whole */
int
kpi__lua_begin(lua_State *L)
{
	return call(L, kpi_store_begin);
}

/* store:commit() -> store */
int
kpi__lua_commit(lua_State *L)
{
	return call(L, kpi_store_commit);
}

/* store:rollback() -> store */
int
kpi__lua_rollback(lua_State *L)
{
	return call(L, kpi_store_rollback);
}

/*
 * store:batch(f) -> store: calls f(store) between begin and commit. What it
 * raises is raised again, and then nothing of the batch is kept.
 */
int
kpi__lua_batch(lua_State *L)
{
	const kpi__lua_slot *slot = kpi__lua_slot_check(L, 1, KPI__LUA_STORE);
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;

	luaL_checktype(L, 2, LUA_TFUNCTION);
	lua_settop(L, 2);
	lua_pushvalue(L, 1);
	status = kpi_store_begin(kpi__lua_slot_held(L, slot), &error);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	if (lua_pcall(L, 1, 0, 0) != 0) {
		/* A store that was closed meanwhile has rolled back. */
		if (slot->held != NULL)
			status = kpi_store_rollback(slot->held, &error);
		if (status != KPI_OK && status != KPI_EORDER)
			lua_pushstring(L, error.text);
		return lua_error(L);
	}
	return kpi__lua_commit(L);
}
