/* SPDX-License-Identifier: MIT */
/*
 * Streams of Arrow, for C to take and give: a script hands them on, as light
 * userdata or as the userdata that result:arrow() makes.
 */
#include "result.h"

#include <string.h>

#define STREAM "kpi.stream"

/* stream:close(), __gc, __close */
static int
stream_close(lua_State *L)
{
	struct ArrowArrayStream *stream = luaL_checkudata(L, 1, STREAM);

	if (stream->release != NULL)
		stream->release(stream);
	return 0;
}

void
kpi__lua_stream_type(lua_State *L)
{
	static const luaL_Reg metamethods[] = {
		{ "__close", stream_close },
		{ "__gc", stream_close },
		{ NULL, NULL },
	};

	luaL_newmetatable(L, STREAM);
	kpi__lua_functions(L, metamethods);
	lua_pushliteral(L, STREAM);
	lua_setfield(L, -2, "__metatable");
	lua_newtable(L);
	lua_pushcfunction(L, stream_close);
	lua_setfield(L, -2, "close");
	lua_setfield(L, -2, "__index");
	lua_pop(L, 1);
}

/*
 * result:arrow() -> a userdata that is a struct ArrowArrayStream, to which
 * lua_touserdata() points in C. What is not taken of it is given back when it
 * is closed or collected.
 */
int
kpi__lua_result_arrow(lua_State *L)
{
	const kpi__lua_slot *slot = kpi__lua_slot_check(L, 1, KPI__LUA_RESULT);
	struct ArrowArrayStream *stream;
	const kpi__lua_result *r;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;

	kpi__lua_slot_held(L, slot);
	stream = lua_newuserdata(L, sizeof(*stream));
	memset(stream, 0, sizeof(*stream));
	luaL_getmetatable(L, STREAM);
	lua_setmetatable(L, -2);
	r = kpi__lua_slot_held(L, slot);
	status = kpi_result_arrow(r->result, stream, &error);
	return status == KPI_OK ? 1 : kpi__lua_failed(L, status, &error);
}

/*
 * store:add_arrow(stream [, options]) -> store. Adds the rows of a stream, a
 * light userdata that points to a struct ArrowArrayStream or what
 * result:arrow() gives; all or none. It is released in any case but a wrong
 * argument. Options: zone, zone_directory, progress (called with the rows
 * done; true ends the call).
 */
int
kpi__lua_add_arrow(lua_State *L)
{
	static const char *const names[] = { "progress", "zone",
		"zone_directory", NULL };
	kpi__lua_slot *store = kpi__lua_slot_check(L, 1, KPI__LUA_STORE);
	kpi_arrow_options options = KPI_ARROW_OPTIONS_INIT;
	struct ArrowArrayStream *stream;
	kpi_error error = KPI_ERROR_INIT;
	kpi__lua_stop stop;
	kpi_status status;

	kpi__lua_slot_held(L, store);
	stream = lua_islightuserdata(L, 2) ? lua_touserdata(L, 2)
					   : luaL_checkudata(L, 2, STREAM);
	lua_settop(L, 3);
	kpi__lua_options(L, 3, names);
	if (kpi__lua_option(L, 3, "zone") != LUA_TNIL)
		options.zone = kpi__lua_text(L, -1, 3, "zone");
	if (kpi__lua_option(L, 3, "zone_directory") != LUA_TNIL)
		options.zone_directory =
		    kpi__lua_text(L, -1, 3, "zone_directory");
	kpi__lua_stop_read(L, 3, &stop);
	options.stop = kpi__lua_stop_ask;
	options.stop_ctx = &stop;
	status = kpi_store_add_arrow(
	    kpi__lua_stop_begin(&stop, store), stream, &options, &error);
	kpi__lua_stop_end(&stop, store);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	lua_settop(L, 1);
	return 1;
}
