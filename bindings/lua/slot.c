/* SPDX-License-Identifier: MIT */
#include "kpi_lua.h"

#include <string.h>

void
kpi__lua_functions(lua_State *L, const luaL_Reg *functions)
{
	for (; functions->name != NULL; functions++) {
		lua_pushcfunction(L, functions->func);
		lua_setfield(L, -2, functions->name);
	}
}

void
kpi__lua_slot_release(kpi__lua_slot *slot)
{
	void *held = slot->held;

	slot->closed = 1;
	if (slot->pins != 0 || held == NULL)
		return;
	slot->held = NULL;
	slot->release(held);
}

static int
slot_close(lua_State *L)
{
	kpi__lua_slot_release(
	    luaL_checkudata(L, 1, lua_tostring(L, lua_upvalueindex(1))));
	return 0;
}

static void
set_closing(lua_State *L, const char *name, const char *type)
{
	lua_pushstring(L, type);
	lua_pushcclosure(L, slot_close, 1);
	lua_setfield(L, -2, name);
}

void
kpi__lua_type(lua_State *L, const char *type, const luaL_Reg *metamethods,
    const luaL_Reg *methods)
{
	luaL_newmetatable(L, type);
	kpi__lua_functions(L, metamethods);
	set_closing(L, "__gc", type);
	set_closing(L, "__close", type);
	lua_pushstring(L, type);
	lua_setfield(L, -2, "__metatable");
	lua_newtable(L);
	kpi__lua_functions(L, methods);
	set_closing(L, "close", type);
	lua_createtable(L, 0, 1);
	lua_pushcfunction(L, kpi__lua_no_method);
	lua_setfield(L, -2, "__index");
	lua_setmetatable(L, -2);
	lua_pushvalue(L, -1);
	lua_setfield(L, -3, "__index");
}

kpi__lua_slot *
kpi__lua_slot_named(lua_State *L, const char *type, void (*release)(void *held),
    const char *name)
{
	const size_t size = strlen(name) + 1;
	kpi__lua_slot *slot = lua_newuserdata(L, sizeof(*slot) + size);

	memset(slot, 0, sizeof(*slot));
	memcpy(slot->name, name, size);
	slot->release = release;
	slot->type = type;
	luaL_getmetatable(L, type);
	lua_setmetatable(L, -2);
	return slot;
}

kpi__lua_slot *
kpi__lua_slot_new(lua_State *L, const char *type, void (*release)(void *held))
{
	return kpi__lua_slot_named(L, type, release, "");
}

kpi__lua_slot *
kpi__lua_slot_check(lua_State *L, int arg, const char *type)
{
	return luaL_checkudata(L, arg, type);
}

void *
kpi__lua_slot_held(lua_State *L, const kpi__lua_slot *slot)
{
	if (slot->held == NULL || slot->closed)
		luaL_error(
		    L, "the %s is closed", slot->type + sizeof("kpi.") - 1);
	return slot->held;
}

void *
kpi__lua_slot_pin(lua_State *L, kpi__lua_slot *slot)
{
	void *held = kpi__lua_slot_held(L, slot);

	slot->pins++;
	return held;
}

void
kpi__lua_slot_unpin(kpi__lua_slot *slot)
{
	slot->pins--;
	if (slot->closed)
		kpi__lua_slot_release(slot);
}

void
kpi__lua_slot_push(
    lua_State *L, kpi__lua_slot *slot, lua_CFunction make, void *ctx)
{
	int failed;

	/* These may raise, the last one in LuaJIT, and come before the pin. */
	luaL_checkstack(L, LUA_MINSTACK, NULL);
	lua_pushcfunction(L, make);
	lua_pushlightuserdata(L, ctx);
	kpi__lua_slot_pin(L, slot);
	failed = lua_pcall(L, 1, 1, 0);
	kpi__lua_slot_unpin(slot);
	if (failed)
		lua_error(L);
}

void *
kpi__lua_held(lua_State *L, int arg, const char *type)
{
	return kpi__lua_slot_held(L, kpi__lua_slot_check(L, arg, type));
}
