/* SPDX-License-Identifier: MIT */
/* kpi_lua.c - libkpi for Lua 5.1 to 5.4 and LuaJIT: the module `kpi`. */
#include "kpi_lua.h"

__attribute__((visibility("default"))) int luaopen_kpi(lua_State *L);

int
luaopen_kpi(lua_State *L)
{
	static const luaL_Reg none[] = { { NULL, NULL } };
	static const luaL_Reg functions[] = {
		{ "catalogue", kpi__lua_catalogue },
		{ "control_limits", kpi__lua_control_limits },
		{ "control_signals", kpi__lua_control_signals },
		{ "definition", kpi__lua_definition },
		{ "erlang_blocking", kpi__lua_erlang_blocking },
		{ "erlang_lines", kpi__lua_erlang_lines },
		{ "instant", kpi__lua_instant },
		{ "instant_text", kpi__lua_instant_text },
		{ "is_csv", kpi__lua_is_csv },
		{ "is_queue_log", kpi__lua_is_queue_log },
		{ "load", kpi__lua_load },
		{ "open", kpi__lua_open },
		{ "reseal", kpi__lua_reseal },
		{ "staffing", kpi__lua_staffing },
		{ NULL, NULL },
	};

	kpi__lua_type(L, KPI__LUA_HANDLE, none, none);
	lua_pop(L, 2);
	kpi__lua_store_type(L);
	kpi__lua_result_type(L);
	kpi__lua_explanation_type(L);
	kpi__lua_stream_type(L);
	kpi__lua_definition_type(L);
	kpi__lua_fields_make(L);

	lua_newtable(L);
	kpi__lua_functions(L, functions);
	kpi__lua_statuses(L);
	lua_pushstring(L, kpi_version());
	lua_setfield(L, -2, "version");
	return 1;
}
