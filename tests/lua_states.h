/* SPDX-License-Identifier: MIT */
/*
 * lua_states.h - the parts of a Lua interpreter that does to the module what
 * scripts cannot do.
 */
#ifndef KPI_TESTS_LUA_STATES_H
#define KPI_TESTS_LUA_STATES_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

int luaopen_kpi(lua_State *L);

/*
 * memory(code) -> how many allocations `code` makes, in a state of its own
 * whose global `kpi` is the module. It has run as often, and each time another
 * one failed: once, and then with all that came after. Raises if that ended in
 * anything but an error of memory or success, or left anything behind.
 */
int states_memory(lua_State *L);

#endif
