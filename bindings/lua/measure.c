/* SPDX-License-Identifier: MIT */
#include "question.h"
#include "result.h"

static const char *const names[] = { KPI__LUA_RANGE_OPTIONS,
	KPI__LUA_GROUP_OPTIONS, "preset", "progress", NULL };
static const char *const spread_names[] = { KPI__LUA_RANGE_OPTIONS,
	KPI__LUA_GROUP_OPTIONS, "progress", NULL };

/* What asks the library; definitions are those of a question. */
typedef kpi_status (*asking)(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi__lua_definitions *definitions,
    kpi_error *error);

static kpi_status
ask_all(kpi_result **out, kpi_store *store, const kpi_query *query,
    const kpi__lua_definitions *definitions, kpi_error *error)
{
	return kpi_measure(out, store, query,
	    (const kpi_definition *const *)definitions->list,
	    definitions->count, error);
}

static kpi_status
ask_spread(kpi_result **out, kpi_store *store, const kpi_query *query,
    const kpi__lua_definitions *definitions, kpi_error *error)
{
	return kpi_spread(out, store, query, definitions->list[0], error);
}

kpi_status
kpi__lua_question_read(lua_State *L, const kpi__lua_asked *asked,
    kpi__lua_question *q, kpi_error *error)
{
	kpi_status status;

	q->store = kpi__lua_slot_check(L, 1, KPI__LUA_STORE);
	kpi__lua_slot_held(L, q->store);
	status = kpi__lua_define(L, asked, &q->definitions, error);
	if (status != KPI_OK)
		return status;
	kpi__lua_stop_read(L, asked->options, &q->stop);
	return kpi__lua_query(L, asked->options, &q->stop, &q->query, error);
}

/* Asks of the store at argument 1; `only`: of one definition. */
static int
ask(lua_State *L, const kpi__lua_asked *asked, asking asks, int only)
{
	kpi_error error = KPI_ERROR_INIT;
	const char *directory = NULL;
	kpi_result *result = NULL;
	kpi__lua_question q;
	kpi__lua_result *r;
	kpi_status status;

	status = kpi__lua_question_read(L, asked, &q, &error);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	if (only && q.definitions->count != 1)
		return kpi__lua_refuse(L, 2, "metric", "expected one, got %zu",
		    q.definitions->count);
	if (kpi__lua_option(L, asked->options, "zone_directory") != LUA_TNIL)
		directory = lua_tostring(L, -1);
	r = kpi__lua_result_new(L);
	if (r == NULL)
		return kpi__lua_failed(L, KPI_ENOMEM, NULL);
	status = asks(&result, kpi__lua_stop_begin(&q.stop, q.store), q.query,
	    q.definitions, &error);
	r->result = result;
	kpi__lua_stop_end(&q.stop, q.store);
	if (status == KPI_ENOTSUP)
		return luaL_error(L, "%s", error.text);
	if (status == KPI_OK)
		status = kpi__lua_result_clock(r, directory, &error);
	return status == KPI_OK ? 1 : kpi__lua_failed(L, status, &error);
}

/* Measures the metrics at stack `index` with the options at argument `arg`. */
static int
measure(lua_State *L, int index, int arg)
{
	const kpi__lua_asked asked = { index, index == 2 ? 2 : arg, arg,
		names };

	return ask(L, &asked, ask_all, 0);
}

/*
 * store:spread(metric [, options]) -> result: a metric by every preset that
 * concerns it, a definition each way to count; result:info() and the rows name
 * the presets. Options as of store:measure(), but preset; parameters are set
 * over every preset.
 */
int
kpi__lua_spread(lua_State *L)
{
	const kpi__lua_asked asked = { 2, 2, 3, spread_names };

	lua_settop(L, 3);
	return ask(L, &asked, ask_spread, 1);
}

/*
 * store:measure(metrics [, options]) -> result. A metric is its name or its
 * number in the catalogue, a definition's text, a kpi.definition, or a table
 * such as {"service_level", preset = "genesys"}; several are a list, which may
 * be that of the options: store:measure {"csat", "nps", by = "agent"}. Options:
 *   from, until_ (or ["until"])  milliseconds since 1970 UTC, or a text:
 *            "2026-10-01T00:00:00+02:00", "2026-10-01" (wall time in the zone)
 *   by = {"agent"}, every = "month", zone = "Europe/Berlin", week_start = 7
 *   where = {channel = {"voice", "chat"}, agent = false,  -- unknown
 *            outcome = "answered", wait = {least = "20s"}}, where_not
 *   preset = "genesys", and parameters by their names:
 *   service_level_threshold = "20s", or {"20s", queue = {vip = "10s"}}
 *   partition, group_limit, zone_directory
 *   progress = function(done, total) ... end, called now and then; true ends
 *            the call
 */
int
kpi__lua_measure(lua_State *L)
{
	lua_settop(L, 3);
	return lua_isnil(L, 3) && lua_istable(L, 2) ? measure(L, 2, 2)
						    : measure(L, 2, 3);
}

/* store:service_level([options]) -> result, and so each metric */
static int
measure_one(lua_State *L)
{
	lua_settop(L, 2);
	lua_pushvalue(L, lua_upvalueindex(1));
	return measure(L, 3, 2);
}

void
kpi__lua_metrics(lua_State *L)
{
	const uint64_t count = kpi_catalogue_count(KPI_TABLE_METRICS);

	for (uint64_t i = 0; i < count; i++) {
		kpi_entry entry = KPI_ENTRY_INIT;

		if (kpi_catalogue_entry(KPI_TABLE_METRICS, i, &entry) != KPI_OK)
			continue;
		lua_pushinteger(L, entry.number);
		lua_pushcclosure(L, measure_one, 1);
		lua_setfield(L, -2, entry.name);
	}
}
