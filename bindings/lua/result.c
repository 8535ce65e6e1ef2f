/* SPDX-License-Identifier: MIT */
#include "result.h"

#include <stdlib.h>
#include <string.h>

static void
release(void *held)
{
	kpi__lua_result *r = held;

	kpi_result_free(r->result);
	kpi_query_free(r->clock);
	free(r);
}

kpi__lua_result *
kpi__lua_result_new(lua_State *L)
{
	kpi__lua_slot *slot = kpi__lua_slot_new(L, KPI__LUA_RESULT, release);

	return slot->held = calloc(1, sizeof(kpi__lua_result));
}

kpi_status
kpi__lua_result_clock(
    kpi__lua_result *r, const char *zone_directory, kpi_error *error)
{
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	const char *zone = kpi_result_zone(r->result);
	kpi_status status;

	if (kpi_result_bucket(r->result) == KPI_BUCKET_NONE)
		return KPI_OK;
	options.zone_directory = zone_directory;
	status = kpi_query_new(&r->clock, &options, error);
	if (status != KPI_OK || strcmp(zone, "UTC") == 0)
		return status;
	return kpi_query_time_zone(r->clock, zone, error);
}

uint64_t
kpi__lua_result_count(const kpi_result *result)
{
	return kpi_result_rows(result) * kpi_result_count(result);
}

static kpi_result *
check_result(lua_State *L, int arg)
{
	const kpi__lua_result *r = kpi__lua_held(L, arg, KPI__LUA_RESULT);

	return r->result;
}

/* What the slot holds now; raises if it is closed. */
static kpi_result *
held_result(lua_State *L, const kpi__lua_slot *slot)
{
	const kpi__lua_result *r = kpi__lua_slot_held(L, slot);

	return r->result;
}

/* #result and result:count() -> how many rows there are */
static int
result_count(lua_State *L)
{
	kpi__lua_push_integer(
	    L, (int64_t)kpi__lua_result_count(check_result(L, 1)));
	return 1;
}

/* result[i] -> a row, nil past the end; result.name -> a method */
static int
result_index(lua_State *L)
{
	int64_t at;

	if (kpi__lua_whole(L, 2, &at)) {
		kpi__lua_push_row(L, kpi__lua_slot_check(L, 1, KPI__LUA_RESULT),
		    at < 1 ? UINT64_MAX : (uint64_t)at - 1);
		return 1;
	}
	lua_settop(L, 2);
	lua_gettable(L, lua_upvalueindex(1));
	return 1;
}

/*
 * result:merge(other) -> result: adds the other's sums to this one's, or
 * leaves it as it was and says why they do not merge.
 */
static int
result_merge(lua_State *L)
{
	kpi_result *into = check_result(L, 1);
	const kpi_result *from = check_result(L, 2);
	kpi_error error = KPI_ERROR_INIT;
	const kpi_status status = kpi_result_merge(into, from, &error);

	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	lua_settop(L, 1);
	return 1;
}

/* result:save() -> string, the same on every machine */
static int
result_save(lua_State *L)
{
	const kpi__lua_slot *slot = kpi__lua_slot_check(L, 1, KPI__LUA_RESULT);
	kpi_error error = KPI_ERROR_INIT;
	uint64_t size = 0, room;
	kpi_status status;
	void *bytes;

	status = kpi_result_save(held_result(L, slot), NULL, 0, &size, &error);
	if (status != KPI_EOVERFLOW)
		return kpi__lua_failed(L, status, &error);
	room = size;
	bytes = lua_newuserdata(L, (size_t)room);
	status =
	    kpi_result_save(held_result(L, slot), bytes, room, &size, &error);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	lua_pushlstring(L, bytes, (size_t)size);
	return 1;
}

/* kpi.load(string [, options]) -> result. Option: zone_directory. */
int
kpi__lua_load(lua_State *L)
{
	static const char *const names[] = { "zone_directory", NULL };
	kpi_result_options options = KPI_RESULT_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi__lua_result *r;
	kpi_status status;
	const char *bytes;
	size_t size;

	luaL_checktype(L, 1, LUA_TSTRING);
	bytes = lua_tolstring(L, 1, &size);
	lua_settop(L, 2);
	kpi__lua_options(L, 2, names);
	if (kpi__lua_option(L, 2, names[0]) != LUA_TNIL)
		options.zone_directory = kpi__lua_text(L, -1, 2, names[0]);
	r = kpi__lua_result_new(L);
	if (r == NULL)
		return kpi__lua_failed(L, KPI_ENOMEM, NULL);
	status = kpi_result_load(&r->result, bytes, size, &options, &error);
	if (status == KPI_OK)
		status =
		    kpi__lua_result_clock(r, options.zone_directory, &error);
	return status == KPI_OK ? 1 : kpi__lua_failed(L, status, &error);
}

/* Text that grows outside of Lua, whose errors must not cross the library. */
typedef struct text {
	char *bytes;
	size_t size;
	size_t room;
	int full; /* there was no memory for more */
} text;

static void
release_text(void *held)
{
	text *t = held;

	free(t->bytes);
	free(t);
}

static int
add_text(void *ctx, const char *bytes, size_t size)
{
	text *t = ctx;

	if (size > t->room - t->size) {
		const size_t room = 2 * t->room + size;
		char *grown = room < size ? NULL : realloc(t->bytes, room);

		if (grown == NULL) {
			t->full = 1;
			return 1;
		}
		t->bytes = grown;
		t->room = room;
	}
	memcpy(t->bytes + t->size, bytes, size);
	t->size += size;
	return 0;
}

static int
push_text(lua_State *L, const kpi__lua_slot *result, int32_t format)
{
	kpi__lua_slot *slot =
	    kpi__lua_slot_new(L, KPI__LUA_HANDLE, release_text);
	text *t = slot->held = calloc(1, sizeof(*t));
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;

	if (t == NULL)
		return kpi__lua_failed(L, KPI_ENOMEM, NULL);
	status = kpi_result_print(
	    held_result(L, result), format, add_text, t, &error);
	if (t->full)
		return kpi__lua_failed(L, KPI_ENOMEM, NULL);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	lua_pushlstring(L, t->size == 0 ? "" : t->bytes, t->size);
	kpi__lua_slot_release(slot);
	return 1;
}

static int32_t
check_format(lua_State *L, int arg)
{
	static const char *const names[] = { "table", "csv", "json", NULL };
	static const int32_t formats[] = { KPI_FORMAT_TABLE, KPI_FORMAT_CSV,
		KPI_FORMAT_JSON };
	const char *name;

	if (lua_isnoneornil(L, arg))
		return KPI_FORMAT_TABLE;
	name = kpi__lua_text(L, arg, arg, "format");
	for (size_t i = 0; names[i] != NULL; i++) {
		if (strcmp(name, names[i]) == 0)
			return formats[i];
	}
	return kpi__lua_no_such(L, arg, "format", name, names);
}

/* result:text([format]) -> string: "table" (as it is), "csv" or "json" */
static int
result_text(lua_State *L)
{
	const kpi__lua_slot *result =
	    kpi__lua_slot_check(L, 1, KPI__LUA_RESULT);

	return push_text(L, result, check_format(L, 2));
}

/* result:print([format]) -> result: writes the text with io.write */
static int
result_print(lua_State *L)
{
	const kpi__lua_slot *result =
	    kpi__lua_slot_check(L, 1, KPI__LUA_RESULT);
	const int32_t format = check_format(L, 2);
	int pushed;

	lua_settop(L, 1);
	lua_getglobal(L, "io");
	lua_getfield(L, -1, "write");
	pushed = push_text(L, result, format);
	if (pushed != 1)
		return pushed;
	lua_remove(L, -2); /* the slot of the text */
	lua_call(L, 1, 0);
	lua_settop(L, 1);
	return 1;
}

/* tostring(result) -> the table; never an error */
static int
result_tostring(lua_State *L)
{
	const kpi__lua_slot *slot = luaL_checkudata(L, 1, KPI__LUA_RESULT);

	if (slot->held == NULL || slot->closed)
		lua_pushliteral(L, "kpi.result (closed)");
	else if (push_text(L, slot, KPI_FORMAT_TABLE) != 1)
		lua_pushfstring(L, "kpi.result (%s)", lua_tostring(L, -2));
	return 1;
}

void
kpi__lua_result_type(lua_State *L)
{
	static const luaL_Reg methods[] = {
		{ "arrow", kpi__lua_result_arrow },
		{ "change", kpi__lua_result_change },
		{ "count", result_count },
		{ "info", kpi__lua_result_info },
		{ "merge", result_merge },
		{ "print", result_print },
		{ "rows", kpi__lua_rows },
		{ "save", result_save },
		{ "season", kpi__lua_result_season },
		{ "text", result_text },
		{ "totable", kpi__lua_totable },
		{ NULL, NULL },
	};
	static const luaL_Reg metamethods[] = {
		{ "__len", result_count },
		{ "__tostring", result_tostring },
		{ NULL, NULL },
	};

	kpi__lua_type(L, KPI__LUA_RESULT, metamethods, methods);
	lua_pushcclosure(L, result_index, 1);
	lua_setfield(L, -2, "__index");
	lua_pop(L, 1);
	kpi__lua_row_type(L);
}
