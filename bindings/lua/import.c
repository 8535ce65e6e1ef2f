/* SPDX-License-Identifier: MIT */
#include "kpi_lua.h"

#include <stdio.h>
#include <string.h>

static void
set_count(lua_State *L, const char *name, uint64_t count)
{
	kpi__lua_set_integer(L, name, (int64_t)count);
}

void
kpi__lua_push_lines(lua_State *L, const uint64_t first[4])
{
	lua_createtable(L, 4, 0);
	for (int i = 0; i < 4 && first[i] != 0; i++) {
		kpi__lua_push_integer(L, (int64_t)first[i]);
		lua_rawseti(L, -2, i + 1);
	}
}

static void
push_reason(lua_State *L, const kpi_report_reason *reason)
{
	lua_createtable(L, 0, 3);
	kpi__lua_set_text(L, "reason", reason->reason);
	set_count(L, "lines", reason->lines);
	kpi__lua_push_lines(L, reason->first);
	lua_setfield(L, -2, "first");
}

static void
set_reasons(lua_State *L, const char *name, const kpi_report_reason *reasons,
    uint64_t count)
{
	lua_createtable(L, (int)count, 0);
	for (uint64_t i = 0; i < count; i++) {
		push_reason(L, &reasons[i]);
		lua_rawseti(L, -2, (int)i + 1);
	}
	lua_setfield(L, -2, name);
}

static void
push_report(lua_State *L, const kpi_queue_log_report *report)
{
	lua_createtable(L, 0, 10);
	set_count(L, "lines", report->lines);
	set_count(L, "visits", report->visits);
	set_count(L, "interactions", report->interactions);
	set_count(L, "activities", report->activities);
	set_count(L, "open", report->open);
	set_count(L, "replaced_text", report->replaced_text);
	set_count(L, "unfinished", report->unfinished);
	set_count(L, "behind_ms", report->behind_ms);
	set_reasons(L, "damaged", report->damaged, report->reason_count);
	set_reasons(L, "other", report->other, report->other_count);
}

/*
 * store:import_queue_log(path [, options]) -> report: lines, visits,
 * interactions, activities, open, replaced_text, unfinished (bytes after the
 * last newline), behind_ms, and the lists damaged and other of {reason=,
 * lines=, first={line numbers}}. Options: source, channel, progress (called
 * with the bytes done and all; true ends the import).
 */
int
kpi__lua_import_queue_log(lua_State *L)
{
	static const char *const names[] = { "channel", "progress", "source",
		NULL };
	kpi__lua_slot *store = kpi__lua_slot_check(L, 1, KPI__LUA_STORE);
	const char *path = kpi__lua_text(L, 2, 2, "path");
	kpi_queue_log_options options = KPI_QUEUE_LOG_OPTIONS_INIT;
	kpi_queue_log_report report;
	kpi_error error = KPI_ERROR_INIT;
	kpi__lua_stop stop;
	kpi_status status;

	kpi__lua_slot_held(L, store);
	lua_settop(L, 3);
	kpi__lua_options(L, 3, names);
	if (kpi__lua_option(L, 3, "source") != LUA_TNIL)
		options.source = kpi__lua_text(L, -1, 3, "source");
	if (kpi__lua_option(L, 3, "channel") != LUA_TNIL)
		options.channel = kpi__lua_text(L, -1, 3, "channel");
	kpi__lua_stop_read(L, 3, &stop);
	options.stop = kpi__lua_stop_ask;
	options.stop_ctx = &stop;
	report.size = sizeof(report);
	status = kpi_import_queue_log(
	    kpi__lua_stop_begin(&stop, store), path, &options, &report, &error);
	kpi__lua_stop_end(&stop, store);
	if (status != KPI_OK) {
		char text[sizeof(error.text)];

		memcpy(text, error.text, sizeof(text));
		(void)snprintf(error.text, sizeof(error.text), "%.100s: %.150s",
		    path, text);
		return kpi__lua_failed(L, status, &error);
	}
	push_report(L, &report);
	return 1;
}

/* kpi.is_queue_log(string) -> whether a file that begins so looks like one */
int
kpi__lua_is_queue_log(lua_State *L)
{
	size_t size;
	const char *bytes;

	luaL_checktype(L, 1, LUA_TSTRING);
	bytes = lua_tolstring(L, 1, &size);
	lua_pushboolean(L, kpi_is_queue_log(bytes, size));
	return 1;
}
