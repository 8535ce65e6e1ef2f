/* SPDX-License-Identifier: MIT */
/* When in the week, or in the day, how much comes, as tables. */
#include <string.h>

#include "result.h"

static const char *const names[] = { "metric", "period", NULL };

static void
release(void *held)
{
	kpi_season_free(held);
}

static void
set_group(lua_State *L, const kpi_season *season, uint64_t row)
{
	kpi_entry entry = KPI_ENTRY_INIT;
	kpi_by by;

	lua_newtable(L);
	for (uint64_t i = 0; (by = kpi_season_by(season, i)) != 0; i++)
		if (kpi_catalogue_number(KPI_TABLE_DIMENSIONS, by, &entry) ==
		    KPI_OK)
			kpi__lua_set_text(
			    L, entry.name, kpi_season_group(season, row, i));
	lua_setfield(L, -2, "group");
}

void
kpi__lua_push_cell(
    lua_State *L, const kpi_season *season, uint64_t row, uint64_t cell)
{
	kpi_season_cell c = KPI_SEASON_CELL_INIT;
	const kpi_status status = kpi_season_get(season, row, cell, &c);

	if (status != KPI_OK)
		luaL_error(L, "%s", kpi_strerror(status));
	lua_createtable(L, 0, 7);
	set_group(L, season, row);
	if (c.weekday != 0)
		kpi__lua_set_integer(L, "weekday", c.weekday);
	kpi__lua_set_integer(L, "minute", c.minute);
	kpi__lua_set_number(L, "index", c.index);
	kpi__lua_set_number(L, "mean", c.mean);
	kpi__lua_set_number(L, "times", c.times);
	if (c.parts == 1)
		kpi__lua_set_integer(L, "count", c.count);
	else
		kpi__lua_set_number(
		    L, "count", (double)c.count / (double)c.parts);
}

void
kpi__lua_set_periods(lua_State *L, const kpi_season *season)
{
	kpi__lua_set_integer(L, "from", kpi_season_from(season));
	kpi__lua_set_integer(L, "until_", kpi_season_until(season));
	kpi__lua_set_integer(L, "periods", (int64_t)kpi_season_periods(season));
}

/* A list of cells, group by group, with the weeks that count. */
static int
push_season(lua_State *L, const kpi_season *season)
{
	const uint64_t rows = kpi_season_rows(season);
	const uint64_t cells = kpi_season_cells(season);

	lua_createtable(L, 0, 3);
	for (uint64_t i = 0; i < rows * cells; i++) {
		kpi__lua_push_cell(L, season, i / cells, i % cells);
		lua_rawseti(L, -2, (int)i + 1);
	}
	kpi__lua_set_periods(L, season);
	return 1;
}

int32_t
kpi__lua_period(lua_State *L, int arg)
{
	static const char *const words[] = { "week", "day", NULL };
	const char *word;
	int32_t period = KPI_BUCKET_WEEK;

	if (kpi__lua_option(L, arg, "period") != LUA_TNIL) {
		word = kpi__lua_text(L, -1, arg, "period");
		if (!kpi__lua_is_among(word, words))
			return kpi__lua_no_such(L, arg, "period", word, words);
		if (strcmp(word, "day") == 0)
			period = KPI_BUCKET_DAY;
	}
	lua_pop(L, 1);
	return period;
}

/* The definition of a metric, of which there must be one; without a name that
 * of the only one. */
static uint64_t
read_index(lua_State *L, const kpi_result *result)
{
	const uint64_t count = kpi_result_count(result);
	uint64_t index = 0;

	if (kpi__lua_option(L, 2, "metric") != LUA_TNIL) {
		const int32_t metric =
		    kpi__lua_word(L, KPI_TABLE_METRICS, -1, 2, "metric");

		while (
		    index < count && kpi_result_metric(result, index) != metric)
			index++;
		if (index == count)
			kpi__lua_refuse(
			    L, 2, "metric", "the result does not have it");
	} else if (count != 1) {
		kpi__lua_refuse(L, 2, "metric",
		    "the result has several metrics, expected the name of one");
	}
	lua_pop(L, 1);
	return index;
}

/*
 * result:season([options]) -> list of cells, each with group, weekday, minute,
 * index, mean, count and times; and from, until_ and periods. Options: metric,
 * where the result has several; period = "day".
 */
int
kpi__lua_result_season(lua_State *L)
{
	const kpi__lua_result *r;
	kpi_error error = KPI_ERROR_INIT;
	kpi_season *season = NULL;
	kpi__lua_slot *slot;
	kpi_status status;
	int32_t period;
	uint64_t index;

	lua_settop(L, 2);
	kpi__lua_options(L, 2, names);
	period = kpi__lua_period(L, 2);
	r = kpi__lua_held(L, 1, KPI__LUA_RESULT);
	index = read_index(L, r->result);
	slot = kpi__lua_slot_new(L, KPI__LUA_HANDLE, release);
	r = kpi__lua_held(L, 1, KPI__LUA_RESULT);
	status = kpi_season_of(&season, r->result, index, period, &error);
	slot->held = season;
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	return push_season(L, season);
}
