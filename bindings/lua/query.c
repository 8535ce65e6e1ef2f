/* SPDX-License-Identifier: MIT */
#include "question.h"

#include <string.h>

static void
release(void *held)
{
	kpi_query_free(held);
}

static kpi_status
new_query(lua_State *L, kpi__lua_reading *r)
{
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	kpi__lua_slot *slot = kpi__lua_slot_new(L, KPI__LUA_HANDLE, release);
	const int top = lua_gettop(L);
	kpi_status status;

	if (kpi__lua_option(L, r->arg, "group_limit") != LUA_TNIL) {
		const int64_t limit =
		    kpi__lua_integer(L, -1, r->arg, "group_limit");

		if (limit < 1)
			kpi__lua_refuse(
			    L, r->arg, "group_limit", "expected 1 or more");
		options.group_limit = (uint64_t)limit;
	}
	if (kpi__lua_option(L, r->arg, "zone_directory") != LUA_TNIL)
		options.zone_directory =
		    kpi__lua_text(L, -1, r->arg, "zone_directory");
	if (r->stop != NULL) {
		options.stop = kpi__lua_stop_ask;
		options.stop_ctx = r->stop;
	}
	status = kpi_query_new(&r->query, &options, r->error);
	slot->held = r->query;
	lua_settop(L, top);
	return status;
}

static kpi_status
read_zone(lua_State *L, kpi__lua_reading *r)
{
	kpi_status status = KPI_OK;

	if (kpi__lua_option(L, r->arg, "zone") != LUA_TNIL)
		status = kpi_query_time_zone(
		    r->query, kpi__lua_text(L, -1, r->arg, "zone"), r->error);
	lua_pop(L, 1);
	return status;
}

/* The text on top; wall time is the query's zone's. */
static int64_t
parse_instant(
    lua_State *L, int arg, const kpi_query *query, const char *name)
{
	kpi_error error = KPI_ERROR_INIT;
	int64_t value = KPI_UNKNOWN;
	const kpi_status status = kpi_instant_parse(
	    &value, query, kpi__lua_text(L, -1, arg, name), &error);

	if (status != KPI_OK)
		kpi__lua_wrong(L, arg, name, status, &error);
	return value;
}

/* Milliseconds, or text. */
int64_t
kpi__lua_bound(
    lua_State *L, int arg, const kpi_query *query, const char *name)
{
	const int type = kpi__lua_option(L, arg, name);
	int64_t value = KPI_UNKNOWN;

	if (type == LUA_TSTRING)
		value = parse_instant(L, arg, query, name);
	else if (type != LUA_TNIL)
		value = kpi__lua_milliseconds(L, -1, arg, name);
	lua_pop(L, 1);
	return value;
}

static kpi_status
read_range(lua_State *L, kpi__lua_reading *r)
{
	const int64_t from = kpi__lua_bound(L, r->arg, r->query, "from");
	int64_t until = kpi__lua_bound(L, r->arg, r->query, "until_");
	const int64_t keyword = kpi__lua_bound(L, r->arg, r->query, "until");

	if (until != KPI_UNKNOWN && keyword != KPI_UNKNOWN)
		kpi__lua_refuse(L, r->arg, "until", "until_ is there, too");
	if (until == KPI_UNKNOWN)
		until = keyword;
	if (from != KPI_UNKNOWN && until != KPI_UNKNOWN && until < from)
		kpi__lua_refuse(
		    L, r->arg, "until_", "the range ends before it begins");
	return kpi_query_between(r->query, from, until);
}

static kpi_status
read_week_start(lua_State *L, kpi__lua_reading *r)
{
	kpi_status status = KPI_OK;
	int64_t day;

	if (kpi__lua_option(L, r->arg, "week_start") != LUA_TNIL) {
		day = kpi__lua_integer(L, -1, r->arg, "week_start");
		if (day < 1 || day > 7)
			kpi__lua_refuse(L, r->arg, "week_start",
			    "expected 1 (Monday) to 7 (Sunday)");
		status = kpi_query_week_start(r->query, (int32_t)day);
	}
	lua_pop(L, 1);
	return status;
}

/* The name of a dimension on top. */
static kpi_status
add_by(lua_State *L, kpi__lua_reading *r)
{
	const kpi_status status = kpi_query_by(
	    r->query, kpi__lua_word(L, KPI_TABLE_DIMENSIONS, -1, r->arg, "by"));

	if (status == KPI_EINVAL)
		kpi__lua_refuse(L, r->arg, "by", "'%s' is there twice",
		    lua_tostring(L, -1));
	return status;
}

static kpi_status
read_by(lua_State *L, kpi__lua_reading *r)
{
	kpi_status status = KPI_OK;
	const int type = kpi__lua_option(L, r->arg, "by");

	if (type == LUA_TTABLE) {
		const int n = kpi__lua_list(L, lua_gettop(L), r->arg, "by");

		for (int i = 1; i <= n && status == KPI_OK; i++) {
			lua_rawgeti(L, -1, i);
			status = add_by(L, r);
			lua_pop(L, 1);
		}
	} else if (type != LUA_TNIL) {
		status = add_by(L, r);
	}
	lua_pop(L, 1);
	return status;
}

static kpi_status
read_every(lua_State *L, kpi__lua_reading *r)
{
	kpi_status status = KPI_OK;

	if (kpi__lua_option(L, r->arg, "every") != LUA_TNIL)
		status = kpi_query_by_time(r->query,
		    kpi__lua_word(L, KPI_TABLE_BUCKETS, -1, r->arg, "every"));
	lua_pop(L, 1);
	return status;
}

static kpi_status
read_partition(lua_State *L, kpi__lua_reading *r)
{
	/* by number, KPI_PARTITION_ */
	static const char *const names[] = { "none", "customer", "case",
		"agent", "day", NULL };
	kpi_status status = KPI_OK;

	if (kpi__lua_option(L, r->arg, "partition") != LUA_TNIL) {
		const char *name = kpi__lua_text(L, -1, r->arg, "partition");
		int32_t i = 0;

		while (names[i] != NULL && strcmp(name, names[i]) != 0)
			i++;
		if (names[i] == NULL)
			kpi__lua_no_such(L, r->arg, "partition", name, names);
		status = kpi_query_partition(r->query, i);
	}
	lua_pop(L, 1);
	return status;
}

kpi_status
kpi__lua_query(lua_State *L, int arg, kpi__lua_stop *stop,
    const kpi_query **query, kpi_error *error)
{
	static kpi_status (*const steps[])(lua_State *, kpi__lua_reading *) = {
		new_query, read_zone, read_range, read_week_start, read_by,
		read_every, read_partition, kpi__lua_where
	};
	kpi__lua_reading r = { NULL, error, stop, arg };
	kpi_status status = KPI_OK;

	for (size_t i = 0;
	     i < sizeof(steps) / sizeof(*steps) && status == KPI_OK; i++)
		status = steps[i](L, &r);
	*query = r.query;
	return status;
}
