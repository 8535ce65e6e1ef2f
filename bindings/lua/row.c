/* SPDX-License-Identifier: MIT */
#include "result.h"

#include <math.h>

void
kpi__lua_set_word(lua_State *L, const char *name, int32_t table, int32_t number)
{
	kpi_entry entry = KPI_ENTRY_INIT;

	if (kpi_catalogue_number(table, number, &entry) == KPI_OK)
		kpi__lua_set_text(L, name, entry.name);
}

/* NaN sets nothing; what counts is a whole number. */
void
kpi__lua_set_value(lua_State *L, const char *name, double value, int32_t unit)
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

void
kpi__lua_set_parts(lua_State *L, const char *name, int64_t value, int64_t parts)
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
		{ "no_activity", f->no_activity },
	};

	lua_newtable(L);
	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++) {
		if (reasons[i].value != 0)
			kpi__lua_set_parts(
			    L, reasons[i].name, reasons[i].value, f->parts);
	}
	lua_setfield(L, -2, "excluded");
}

void
kpi__lua_set_shown(
    lua_State *L, const char *name, const kpi_figure *f, int32_t what)
{
	char text[KPI_FIGURE_TEXT];

	if (kpi_figure_format(f, what, text, sizeof(text)) == KPI_OK &&
	    text[0] != '\0')
		kpi__lua_set_text(L, name, text);
}

/* That of the figure: a share can be a ratio, by its definition. */
void
kpi__lua_set_unit(lua_State *L, int32_t unit)
{
	static const char *const names[] = { NULL, "count", "share", "ms",
		"points", "mark", "ratio", "money" };

	if (unit >= 0 && (size_t)unit < sizeof(names) / sizeof(*names))
		kpi__lua_set_text(L, "unit", names[unit]);
}

void
kpi__lua_set_figure(lua_State *L, const kpi_figure *f)
{
	kpi__lua_set_unit(L, f->unit);
	kpi__lua_set_shown(L, "text", f, KPI_SHOW_VALUE);
	kpi__lua_set_shown(L, "bounds", f, KPI_SHOW_BOUNDS);
	kpi__lua_set_value(L, "value", f->value, f->unit);
	kpi__lua_set_number(L, "lower", f->lower);
	kpi__lua_set_number(L, "upper", f->upper);
	kpi__lua_set_parts(L, "numerator", f->numerator, f->parts);
	kpi__lua_set_parts(L, "denominator", f->denominator, f->parts);
	set_excluded(L, f);
	kpi__lua_set_word(L, "state", KPI_TABLE_STATES, f->state);
	kpi__lua_set_number(L, "target", f->target);
	kpi__lua_set_number(L, "target_ceiling", f->target_ceiling);
	kpi__lua_set_word(L, "verdict", KPI_TABLE_VERDICTS, f->verdict);
	kpi__lua_set_number(L, "verdict_lower", f->verdict_lower);
	kpi__lua_set_number(L, "verdict_upper", f->verdict_upper);
}

static void
set_metric(lua_State *L, const kpi_result *result, uint64_t index)
{
	kpi_entry entry = KPI_ENTRY_INIT;

	if (kpi_catalogue_number(KPI_TABLE_METRICS,
		kpi_result_metric(result, index), &entry) == KPI_OK)
		kpi__lua_set_text(L, "metric", entry.name);
	kpi__lua_set_text(
	    L, "definition", kpi_result_definition(result, index));
	if (kpi_result_presets(result, index)[0] != '\0')
		kpi__lua_set_text(
		    L, "presets", kpi_result_presets(result, index));
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

static void
set_time(lua_State *L, const kpi__lua_result *r, uint64_t row)
{
	const int64_t begin = kpi_result_begin(r->result, row);
	char date[KPI_INSTANT_TEXT];

	kpi__lua_set_integer(L, "time", begin);
	kpi__lua_set_integer(L, "until_", kpi_result_until(r->result, row));
	if (begin != KPI_UNKNOWN &&
	    kpi_instant_format(r->clock, begin, date, sizeof(date), NULL) ==
		KPI_OK)
		kpi__lua_set_text(L, "date", date);
}

/* A row that is to be made. */
typedef struct place {
	const kpi__lua_result *r;
	uint64_t at;
} place;

static void
push_row(lua_State *L, const kpi__lua_result *r, uint64_t at)
{
	const uint64_t count = kpi_result_count(r->result);
	kpi_figure figure = KPI_FIGURE_INIT;
	const kpi_status status =
	    kpi_result_figure(r->result, at / count, at % count, &figure);

	if (status != KPI_OK)
		luaL_error(L, "%s", kpi_strerror(status));
	lua_createtable(L, 0, 14);
	set_group(L, r->result, at / count);
	set_time(L, r, at / count);
	set_metric(L, r->result, at % count);
	kpi__lua_set_figure(L, &figure);
	luaL_getmetatable(L, KPI__LUA_ROW);
	lua_setmetatable(L, -2);
}

static int
make_row(lua_State *L)
{
	const place *p = lua_touserdata(L, 1);

	if (p->at < kpi__lua_result_count(p->r->result))
		push_row(L, p->r, p->at);
	else
		lua_pushnil(L);
	return 1;
}

void
kpi__lua_push_row(lua_State *L, kpi__lua_slot *slot, uint64_t at)
{
	place p = { kpi__lua_slot_held(L, slot), at };

	kpi__lua_slot_push(L, slot, make_row, &p);
}

static int
next_row(lua_State *L)
{
	const uint64_t at = (uint64_t)lua_tonumber(L, lua_upvalueindex(2));

	kpi__lua_push_row(L, lua_touserdata(L, lua_upvalueindex(1)), at);
	if (!lua_isnil(L, -1)) {
		lua_pushnumber(L, (lua_Number)(at + 1));
		lua_replace(L, lua_upvalueindex(2));
	}
	return 1;
}

/*
 * for row in result:rows() do: tables of group ({agent = "amira"}, without
 * what is unknown), time and until_ (of the bucket, ms), date (time as text,
 * in the result's zone), metric, unit, definition, presets (of a spread), value (nil unless the state
 * is "ok"), lower, upper, numerator, denominator, excluded (by reason, only
 * where there are any), state; target, target_ceiling, verdict, verdict_lower
 * and verdict_upper where there are any.
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

static int
make_rows(lua_State *L)
{
	const kpi__lua_result *r = lua_touserdata(L, 1);
	const uint64_t count = kpi__lua_result_count(r->result);

	lua_newtable(L);
	for (uint64_t at = 0; at < count; at++) {
		push_row(L, r, at);
		lua_rawseti(L, -2, (int)at + 1);
	}
	return 1;
}

/* result:totable() -> the rows as a list */
int
kpi__lua_totable(lua_State *L)
{
	kpi__lua_slot *slot = kpi__lua_slot_check(L, 1, KPI__LUA_RESULT);

	kpi__lua_slot_push(L, slot, make_rows, kpi__lua_slot_held(L, slot));
	return 1;
}
