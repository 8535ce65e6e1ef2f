/* SPDX-License-Identifier: MIT */
#include "kpi_lua.h"

#include <string.h>

static void
set_count(lua_State *L, const char *name, uint64_t count)
{
	kpi__lua_set_integer(L, name, (int64_t)count);
}

static void
push_reason(lua_State *L, const kpi_csv_reason *reason)
{
	lua_createtable(L, 0, 6);
	kpi__lua_set_text(L, "field", reason->field);
	kpi__lua_set_text(L, "reason", reason->reason);
	kpi__lua_set_text(L, "expected", reason->expected);
	kpi__lua_set_text(L, "value", reason->value);
	set_count(L, "rows", reason->rows);
	kpi__lua_push_lines(L, reason->first);
	lua_setfield(L, -2, "first");
}

static void
push_columns(lua_State *L, const kpi_csv_report *report)
{
	lua_createtable(L, (int)KPI_CSV_COLUMNS, 0);
	for (uint64_t c = 0; c < report->column_count && c < KPI_CSV_COLUMNS;
	     c++) {
		kpi_entry entry = KPI_ENTRY_INIT;

		lua_createtable(L, 0, 2);
		kpi__lua_set_text(L, "name", report->columns[c].name);
		if (kpi_catalogue_number(KPI_TABLE_FIELDS,
			report->columns[c].field, &entry) == KPI_OK)
			kpi__lua_set_text(L, "field", entry.name);
		lua_rawseti(L, -2, (int)c + 1);
	}
}

static void
push_report(lua_State *L, const kpi_csv_report *report)
{
	lua_createtable(L, 0, 9);
	set_count(L, "rows", report->rows);
	set_count(L, "interactions", report->interactions);
	set_count(L, "updated", report->updated);
	set_count(L, "refused", report->refused);
	set_count(L, "local_times", report->local_times);
	set_count(L, "replaced_text", report->replaced_text);
	push_reason(L, &report->again);
	lua_setfield(L, -2, "again");
	lua_createtable(L, (int)report->reason_count, 0);
	for (uint64_t i = 0; i < report->reason_count; i++) {
		push_reason(L, &report->reasons[i]);
		lua_rawseti(L, -2, (int)i + 1);
	}
	lua_setfield(L, -2, "reasons");
	push_columns(L, report);
	lua_setfield(L, -2, "columns");
}

/* On top, "name=value" for the pair below it, whose value may be a number. */
static void
push_setting(lua_State *L, const char *what)
{
	const int type = lua_type(L, -1);

	if (lua_type(L, -2) != LUA_TSTRING ||
	    (type != LUA_TSTRING && type != LUA_TNUMBER))
		kpi__lua_refuse(L, 3, what,
		    "expected texts by name, got %s by %s",
		    lua_typename(L, type), luaL_typename(L, -2));
	lua_pushvalue(L, -2);
	lua_pushliteral(L, "=");
	lua_pushvalue(L, -3);
	lua_concat(L, 3);
}

/*
 * Leaves on the stack a table of the texts of an option, and an array of them
 * that lives as long as both do: a list of texts, or a table of settings.
 */
static const char *const *
push_texts(lua_State *L, const char *option, uint64_t *count)
{
	const int type = kpi__lua_option(L, 3, option);
	int texts, n = 0;
	const char **list;

	*count = 0;
	if (type == LUA_TNIL)
		return NULL;
	if (type != LUA_TTABLE)
		kpi__lua_refuse(L, 3, option, "expected a table, got %s",
		    lua_typename(L, type));
	lua_newtable(L);
	texts = lua_gettop(L);
	lua_pushnil(L);
	while (lua_next(L, texts - 1) != 0) {
		if (lua_type(L, -2) == LUA_TNUMBER &&
		    lua_type(L, -1) == LUA_TSTRING)
			lua_pushvalue(L, -1);
		else
			push_setting(L, option);
		lua_rawseti(L, texts, ++n);
		lua_pop(L, 1);
	}
	list = lua_newuserdata(L, ((size_t)n + 1) * sizeof(*list));
	for (int i = 0; i < n; i++) {
		lua_rawgeti(L, texts, i + 1);
		list[i] = kpi__lua_text(L, -1, 3, option);
		lua_pop(L, 1);
	}
	*count = (uint64_t)n;
	return list;
}

static int
is_set(lua_State *L, const char *option)
{
	const int type = kpi__lua_option(L, 3, option);

	if (type != LUA_TNIL && type != LUA_TBOOLEAN)
		kpi__lua_refuse(L, 3, option, "expected true or false, got %s",
		    lua_typename(L, type));
	return lua_toboolean(L, -1);
}

static void
read_options(lua_State *L, kpi_csv_options *options)
{
	static const char *const names[] = { "fill", "map", "progress",
		"strict", "values", "visits", "zone", NULL };

	kpi__lua_options(L, 3, names);
	luaL_checkstack(L, 2 * LUA_MINSTACK, NULL);
	options->maps = push_texts(L, "map", &options->map_count);
	options->values = push_texts(L, "values", &options->value_count);
	options->fills = push_texts(L, "fill", &options->fill_count);
	if (kpi__lua_option(L, 3, "zone") != LUA_TNIL)
		options->zone = kpi__lua_text(L, -1, 3, "zone");
	if (is_set(L, "visits"))
		options->flags |= KPI_CSV_VISITS;
	if (is_set(L, "strict"))
		options->flags |= KPI_CSV_STRICT;
}

/*
 * store:import_csv(path [, options]) -> report: rows, interactions, updated,
 * refused, local_times, replaced_text, the list reasons of {field=, reason=,
 * expected=, value=, rows=, first={line numbers}}, again (one of them), and
 * the list columns of {name=, field=}. Options: map, values, fill (tables of
 * settings, or lists of texts), zone, visits, strict, progress.
 */
int
kpi__lua_import_csv(lua_State *L)
{
	kpi__lua_slot *store = kpi__lua_slot_check(L, 1, KPI__LUA_STORE);
	const char *path = kpi__lua_text(L, 2, 2, "path");
	kpi_csv_options options = KPI_CSV_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_csv_report report;
	kpi__lua_stop stop;
	kpi_status status;

	kpi__lua_slot_held(L, store);
	lua_settop(L, 3);
	read_options(L, &options);
	kpi__lua_stop_read(L, 3, &stop);
	options.stop = kpi__lua_stop_ask;
	options.stop_ctx = &stop;
	report.size = sizeof(report);
	status = kpi_import_csv(
	    kpi__lua_stop_begin(&stop, store), path, &options, &report, &error);
	kpi__lua_stop_end(&stop, store);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	push_report(L, &report);
	return 1;
}

/* kpi.is_csv(string) -> whether a file that begins so looks like one */
int
kpi__lua_is_csv(lua_State *L)
{
	size_t size;
	const char *bytes;

	luaL_checktype(L, 1, LUA_TSTRING);
	bytes = lua_tolstring(L, 1, &size);
	lua_pushboolean(L, kpi_is_csv(bytes, size));
	return 1;
}
