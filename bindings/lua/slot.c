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

static void
release(kpi__lua_slot *slot)
{
	void *held = slot->held;

	slot->held = NULL;
	if (held != NULL)
		slot->release(held);
}

void
kpi__lua_slot_release(kpi__lua_slot *slot)
{
	if (slot->pins == 0)
		release(slot);
	else
		slot->closed = 1;
}

static int
slot_close(lua_State *L)
{
	kpi__lua_slot_release(
	    luaL_checkudata(L, 1, lua_tostring(L, lua_upvalueindex(1))));
	return 0;
}

/* Nothing refers to it, so a pin is one that an error left behind. */
static int
slot_collect(lua_State *L)
{
	release(luaL_checkudata(L, 1, lua_tostring(L, lua_upvalueindex(1))));
	return 0;
}

static void
set_closing(
    lua_State *L, const char *name, lua_CFunction function, const char *type)
{
	lua_pushstring(L, type);
	lua_pushcclosure(L, function, 1);
	lua_setfield(L, -2, name);
}

void
kpi__lua_type(lua_State *L, const char *type, const luaL_Reg *metamethods,
    const luaL_Reg *methods)
{
	luaL_newmetatable(L, type);
	kpi__lua_functions(L, metamethods);
	set_closing(L, "__gc", slot_collect, type);
	set_closing(L, "__close", slot_close, type);
	lua_pushstring(L, type);
	lua_setfield(L, -2, "__metatable");
	lua_newtable(L);
	kpi__lua_functions(L, methods);
	set_closing(L, "close", slot_close, type);
	lua_pushvalue(L, -1);
	lua_setfield(L, -3, "__index");
}

kpi__lua_slot *
kpi__lua_slot_new(
    lua_State *L, const char *type, void (*release_held)(void *held))
{
	kpi__lua_slot *slot = lua_newuserdata(L, sizeof(*slot));

	memset(slot, 0, sizeof(*slot));
	slot->release = release_held;
	slot->type = type;
	luaL_getmetatable(L, type);
	lua_setmetatable(L, -2);
	return slot;
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
	if (--slot->pins == 0 && slot->closed)
		release(slot);
}

void *
kpi__lua_held(lua_State *L, int arg, const char *type)
{
	return kpi__lua_slot_held(L, kpi__lua_slot_check(L, arg, type));
}
