/* SPDX-License-Identifier: MIT */
/* Changes from one period to another, as tables. */
#include <math.h>
#include <string.h>

#include "question.h"
#include "result.h"

static const char *const names[] = { KPI__LUA_RANGE_OPTIONS,
	KPI__LUA_GROUP_OPTIONS, "before_from", "before_until", "preset",
	"progress", "to", NULL };

static void
release(void *held)
{
	kpi_change_free(held);
}

/* Of no more than the bounds that figures have. */
static void
set_clusters(lua_State *L, const char *name, int32_t by)
{
	static const char *const words[] = { NULL, "contact", "day",
		"customer" };

	if (by >= 0 && (size_t)by < sizeof(words) / sizeof(*words))
		kpi__lua_set_text(L, name, words[by]);
}

/* "+3.1 %" */
static void
set_difference(lua_State *L, const kpi_difference *d)
{
	kpi_figure f = KPI_FIGURE_INIT;
	char text[KPI_FIGURE_TEXT + 1] = "+";
	const size_t sign = d->difference > 0;

	f.value = d->difference;
	f.lower = f.upper = NAN;
	f.unit = d->unit;
	f.state = KPI_STATE_OK;
	kpi__lua_set_value(L, "difference", d->difference, d->unit);
	if (!isnan(d->difference) &&
	    kpi_figure_format(
		&f, KPI_SHOW_VALUE, text + sign, sizeof(text) - sign) == KPI_OK)
		kpi__lua_set_text(L, "text", text);
}

static void
set_numbers(lua_State *L, const kpi_difference *d)
{
	const struct {
		const char *name;
		double value;
	} numbers[] = {
		{ "lower", d->lower },
		{ "upper", d->upper },
		{ "verdict_lower", d->verdict_lower },
		{ "verdict_upper", d->verdict_upper },
		{ "chance", d->chance },
		{ "adjusted", d->adjusted },
		{ "within", d->within },
		{ "mix", d->mix },
		{ "now_weight", d->now_weight },
		{ "before_weight", d->before_weight },
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		kpi__lua_set_number(L, numbers[i].name, numbers[i].value);
}

static void
set_group(lua_State *L, const kpi_change *change, uint64_t row)
{
	kpi_entry entry = KPI_ENTRY_INIT;
	kpi_by by;

	lua_newtable(L);
	for (uint64_t i = 0; (by = kpi_change_by(change, i)) != 0; i++)
		if (kpi_catalogue_number(KPI_TABLE_DIMENSIONS, by, &entry) ==
		    KPI_OK)
			kpi__lua_set_text(
			    L, entry.name, kpi_change_group(change, row, i));
	lua_setfield(L, -2, "group");
}

static void
push_difference(
    lua_State *L, const kpi_change *change, uint64_t row, uint64_t index)
{
	kpi_difference d = KPI_DIFFERENCE_INIT;
	const kpi_status status = kpi_change_get(change, row, index, &d);

	if (status != KPI_OK)
		luaL_error(L, "%s", kpi_strerror(status));
	lua_createtable(L, 0, 24);
	set_group(L, change, row);
	kpi__lua_set_word(
	    L, "metric", KPI_TABLE_METRICS, kpi_change_metric(change, index));
	kpi__lua_set_text(
	    L, "definition", kpi_change_definition(change, index));
	kpi__lua_set_unit(L, d.unit);
	kpi__lua_set_value(L, "now", d.now, d.unit);
	kpi__lua_set_value(L, "before", d.before, d.unit);
	set_difference(L, &d);
	set_numbers(L, &d);
	set_clusters(L, "bounds_by", d.bounds_by);
	set_clusters(L, "verdict_by", d.verdict_by);
	kpi__lua_set_text(L, "method", d.method);
	kpi__lua_set_text(L, "verdict_method", d.verdict_method);
	kpi__lua_set_word(L, "verdict", KPI_TABLE_VERDICTS, d.verdict);
	kpi__lua_set_word(L, "now_state", KPI_TABLE_STATES, d.now_state);
	kpi__lua_set_word(L, "before_state", KPI_TABLE_STATES, d.before_state);
}

static void
set_range(lua_State *L, const kpi_change *change)
{
	kpi__lua_set_integer(
	    L, "from", kpi_change_from(change, KPI_PERIOD_NOW));
	kpi__lua_set_integer(
	    L, "until_", kpi_change_until(change, KPI_PERIOD_NOW));
	kpi__lua_set_integer(
	    L, "before_from", kpi_change_from(change, KPI_PERIOD_BEFORE));
	kpi__lua_set_integer(
	    L, "before_until", kpi_change_until(change, KPI_PERIOD_BEFORE));
}

/*
 * A list of differences, one a group and metric, with those of the whole in
 * `wholes`, of which the first is `whole`, and both ranges.
 */
static int
push_change(lua_State *L, const kpi_change *change)
{
	const uint64_t rows = kpi_change_rows(change);
	const uint64_t count = kpi_change_count(change);

	lua_createtable(L, 0, 6);
	for (uint64_t i = 0; i < rows * count; i++) {
		push_difference(L, change, i / count, i % count);
		lua_rawseti(L, -2, (int)i + 1);
	}
	lua_newtable(L);
	for (uint64_t i = 0; i < count; i++) {
		push_difference(L, change, KPI_CHANGE_WHOLE, i);
		lua_rawseti(L, -2, (int)i + 1);
	}
	lua_rawgeti(L, -1, 1);
	lua_setfield(L, -3, "whole");
	lua_setfield(L, -2, "wholes");
	set_range(L, change);
	return 1;
}

static int32_t
read_to(lua_State *L, int arg)
{
	static const char *const words[] = { "previous", "weekdays_year",
		NULL };
	const char *word;

	if (kpi__lua_option(L, arg, "to") == LUA_TNIL) {
		lua_pop(L, 1);
		return KPI_CHANGE_PREVIOUS;
	}
	word = kpi__lua_text(L, -1, arg, "to");
	for (int32_t i = 0; words[i] != NULL; i++)
		if (strcmp(word, words[i]) == 0) {
			lua_pop(L, 1);
			return i + KPI_CHANGE_PREVIOUS;
		}
	return kpi__lua_no_such(L, arg, "to", word, words);
}

static void
read_period(
    lua_State *L, int arg, const kpi_query *query, kpi_change_options *o)
{
	const int64_t from = kpi__lua_bound(L, arg, query, "before_from");
	const int64_t until = kpi__lua_bound(L, arg, query, "before_until");

	o->to = read_to(L, arg);
	if (from == KPI_UNKNOWN && until == KPI_UNKNOWN)
		return;
	if (from == KPI_UNKNOWN || until == KPI_UNKNOWN)
		kpi__lua_refuse(L, arg,
		    from == KPI_UNKNOWN ? "before_from" : "before_until",
		    "expected both ends of the period before");
	o->to = KPI_CHANGE_GIVEN;
	o->before_from = from;
	o->before_until = until;
}

/*
 * store:change(metrics [, options]) -> table of differences. Metrics and
 * options are those of store:measure(), without every; from and until_ have
 * to be there. What the period is compared to:
 *   to = "previous" (as it is) or "weekdays_year"
 *   before_from, before_until  another period, as from and until_
 */
int
kpi__lua_change(lua_State *L)
{
	kpi_change_options options = KPI_CHANGE_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi__lua_asked asked = { 2, 2, 3, names };
	kpi_change *change = NULL;
	kpi__lua_question q;
	kpi__lua_slot *slot;
	kpi_status status;

	lua_settop(L, 3);
	if (lua_isnil(L, 3) && lua_istable(L, 2))
		asked.options = 2;
	status = kpi__lua_question_read(L, &asked, &q, &error);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	read_period(L, asked.options, q.query, &options);
	slot = kpi__lua_slot_new(L, KPI__LUA_HANDLE, release);
	status =
	    kpi_change_measure(&change, kpi__lua_stop_begin(&q.stop, q.store),
		q.query, (const kpi_definition *const *)q.definitions->list,
		q.definitions->count, &options, &error);
	slot->held = change;
	kpi__lua_stop_end(&q.stop, q.store);
	if (status == KPI_ENOTSUP)
		return luaL_error(L, "%s", error.text);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	return push_change(L, change);
}

/* What a result of the arguments holds now; NULL where it may be nil and is. */
static const kpi_result *
result_at(lua_State *L, int arg)
{
	const kpi__lua_result *r;

	if (arg > 2 && lua_isnil(L, arg))
		return NULL;
	r = kpi__lua_held(L, arg, KPI__LUA_RESULT);
	return r->result;
}

/*
 * result:change(before [, whole, whole_before]) -> table of differences since
 * an earlier result; the last two are the same measured without groups.
 */
int
kpi__lua_result_change(lua_State *L)
{
	const kpi_result *of[4];
	kpi_error error = KPI_ERROR_INIT;
	kpi_change *change = NULL;
	kpi__lua_slot *slot;
	kpi_status status;

	lua_settop(L, 4);
	slot = kpi__lua_slot_new(L, KPI__LUA_HANDLE, release);
	for (int i = 0; i < 4; i++)
		of[i] = result_at(L, i + 1);
	status = kpi_change_new(&change, of[0], of[1], of[2], of[3], &error);
	slot->held = change;
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	return push_change(L, change);
}
