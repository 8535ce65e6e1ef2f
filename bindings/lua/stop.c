/* SPDX-License-Identifier: MIT */
#include "kpi_lua.h"

void
kpi__lua_stop_read(lua_State *L, int arg, kpi__lua_stop *stop)
{
	const int type = kpi__lua_option(L, arg, "progress");

	if (type != LUA_TNIL && type != LUA_TFUNCTION)
		kpi__lua_refuse(L, arg, "progress",
		    "expected a function, got %s", lua_typename(L, type));
	stop->L = L;
	stop->function = type == LUA_TNIL ? 0 : lua_gettop(L);
	stop->failed = 0;
}

kpi_store *
kpi__lua_stop_begin(const kpi__lua_stop *stop, kpi__lua_slot *store)
{
	luaL_checkstack(stop->L, LUA_MINSTACK, NULL);
	return kpi__lua_slot_pin(stop->L, store);
}

void
kpi__lua_stop_end(const kpi__lua_stop *stop, kpi__lua_slot *store)
{
	kpi__lua_slot_unpin(store);
	if (stop->failed)
		lua_error(stop->L);
}

/* Without kpi__lua_push_integer(), which may raise. */
static void
push_count(lua_State *L, uint64_t count)
{
#if LUA_VERSION_NUM >= 503
	lua_pushinteger(L, (lua_Integer)count);
#else
	lua_pushnumber(L, (lua_Number)count);
#endif
}

int
kpi__lua_stop_ask(void *ctx, uint64_t done, uint64_t total)
{
	kpi__lua_stop *stop = ctx;
	lua_State *L = stop->L;
	int end;

	if (stop->function == 0 || stop->failed)
		return stop->failed;
	lua_pushvalue(L, stop->function);
	push_count(L, done);
	push_count(L, total);
	if (lua_pcall(L, 2, 1, 0) != 0) {
		stop->failed = 1;
		return 1;
	}
	end = lua_isboolean(L, -1) && lua_toboolean(L, -1);
	lua_pop(L, 1);
	return end;
}
