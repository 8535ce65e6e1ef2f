/* SPDX-License-Identifier: MIT */
#include "kpi_lua.h"

#include <math.h>

static void
set_word(lua_State *L, const char *name, int32_t table, int32_t number)
{
	kpi_entry entry = KPI_ENTRY_INIT;

	if (kpi_catalogue_number(table, number, &entry) == KPI_OK)
		kpi__lua_set_text(L, name, entry.name);
}

/* NaN sets nothing; what counts is a whole number. */
static void
set_number(lua_State *L, const char *name, double value, int32_t unit)
{
	if (isnan(value))
		return;
	if (unit == KPI_UNIT_COUNT && value == floor(value) &&
	    fabs(value) <= 9007199254740992.0)
		kpi__lua_push_integer(L, (int64_t)value);
	else
		lua_pushnumber(L, value);
	lua_setfield(L, -2, name);
}

/* In units. */
static void
set_parts(lua_State *L, const char *name, int64_t value, int64_t parts)
{
	if (value % parts == 0)
		kpi__lua_push_integer(L, value / parts);
	else
		lua_pushnumber(L, (lua_Number)value / (lua_Number)parts);
	lua_setfield(L, -2, name);
}

static void
set_excluded(lua_State *L, const kpi_figure *f)
{
	const struct {
		const char *name;
		int64_t value;
	} reasons[] = {
		{ "unknown", f->unknown },
		{ "in_progress", f->in_progress },
		{ "truncated", f->truncated },
		{ "immature", f->immature },
		{ "not_counted", f->not_counted },
	};

	lua_newtable(L);
	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++) {
		if (reasons[i].value != 0)
			set_parts(
			    L, reasons[i].name, reasons[i].value, f->parts);
	}
	lua_setfield(L, -2, "excluded");
}

static void
set_figure(lua_State *L, const kpi_figure *f)
{
	set_number(L, "value", f->value, f->unit);
	set_number(L, "lower", f->lower, 0);
	set_number(L, "upper", f->upper, 0);
	set_parts(L, "numerator", f->numerator, f->parts);
	set_parts(L, "denominator", f->denominator, f->parts);
	set_excluded(L, f);
	set_word(L, "state", KPI_TABLE_STATES, f->state);
}

static void
set_group(lua_State *L, const kpi_result *result, uint64_t row)
{
	kpi_entry entry = KPI_ENTRY_INIT;
	kpi_by by;

	lua_newtable(L);
	for (uint64_t i = 0; (by = kpi_result_by(result, i)) != 0; i++) {
		if (kpi_catalogue_number(KPI_TABLE_DIMENSIONS, by, &entry) ==
		    KPI_OK)
			kpi__lua_set_text(
			    L, entry.name, kpi_result_group(result, row, i));
	}
	lua_setfield(L, -2, "group");
}

static int
push_row(lua_State *L, const kpi_result *result, uint64_t row, uint64_t index)
{
	kpi_figure figure = KPI_FIGURE_INIT;
	const kpi_status status =
	    kpi_result_figure(result, row, index, &figure);

	if (status != KPI_OK)
		return luaL_error(L, "%s", kpi_strerror(status));
	lua_createtable(L, 0, 12);
	set_group(L, result, row);
	kpi__lua_set_integer(L, "time", kpi_result_begin(result, row));
	kpi__lua_set_integer(L, "until_", kpi_result_until(result, row));
	set_word(
	    L, "metric", KPI_TABLE_METRICS, kpi_result_metric(result, index));
	kpi__lua_set_text(
	    L, "definition", kpi_result_definition(result, index));
	set_figure(L, &figure);
	return 1;
}

static int
next_row(lua_State *L)
{
	kpi__lua_slot *slot = lua_touserdata(L, lua_upvalueindex(1));
	const uint64_t i = (uint64_t)lua_tonumber(L, lua_upvalueindex(2));
	const kpi_result *result = kpi__lua_slot_pin(L, slot);
	const uint64_t count = kpi_result_count(result);
	const int more = count != 0 && i < kpi_result_rows(result) * count;

	if (more) {
		lua_pushnumber(L, (lua_Number)(i + 1));
		lua_replace(L, lua_upvalueindex(2));
		push_row(L, result, i / count, i % count);
	}
	kpi__lua_slot_unpin(slot);
	return more;
}

/*
 * for row in result:rows() do: tables of group ({agent = "amira"}, without
 * what is unknown), time and until_ (of the bucket, ms), metric, definition,
 * value (nil unless the state is "ok"), lower, upper, numerator, denominator,
 * excluded (by reason, only where there are any) and state.
 */
int
kpi__lua_rows(lua_State *L)
{
	kpi__lua_held(L, 1, KPI__LUA_RESULT);
	lua_settop(L, 1);
	lua_pushnumber(L, 0);
	lua_pushcclosure(L, next_row, 2);
	return 1;
}
