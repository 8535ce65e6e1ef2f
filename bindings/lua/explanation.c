/* SPDX-License-Identifier: MIT */
/* A figure opened. */
#include "question.h"
#include "result.h"

#include <string.h>

#define EXCLUDED                                                               \
	(KPI_ROLE_BIT(KPI_ROLE_UNKNOWN) | KPI_ROLE_BIT(KPI_ROLE_IN_PROGRESS) | \
	    KPI_ROLE_BIT(KPI_ROLE_TRUNCATED) |                                 \
	    KPI_ROLE_BIT(KPI_ROLE_IMMATURE) |                                  \
	    KPI_ROLE_BIT(KPI_ROLE_NOT_COUNTED))

static void
release(void *held)
{
	kpi_explanation_free(held);
}

/* The role at `index`, or all reasons. */
static int64_t
role_at(lua_State *L, int index, int arg)
{
	const char *const name = kpi__lua_text(L, index, arg, "roles");

	if (strcmp(name, "excluded") == 0)
		return EXCLUDED;
	return KPI_ROLE_BIT(
	    kpi__lua_word(L, KPI_TABLE_ROLES, index, arg, "roles"));
}

static int64_t
read_roles(lua_State *L, int arg)
{
	const int type = kpi__lua_option(L, arg, "roles");
	int64_t roles = 0;

	if (type == LUA_TTABLE) {
		const int n =
		    kpi__lua_list(L, lua_gettop(L), arg, "roles");

		for (int i = 1; i <= n; i++) {
			lua_rawgeti(L, -1, i);
			roles |= role_at(L, -1, arg);
			lua_pop(L, 1);
		}
	} else if (type != LUA_TNIL) {
		roles = role_at(L, -1, arg);
	}
	lua_pop(L, 1);
	return roles;
}

/*
 * store:explain(metric [, options]) -> explanation: who is in a figure, and as
 * what. Options: roles ("numerator", ..., "excluded", or a list), those of
 * store:each, preset, and parameters by their names.
 */
int
kpi__lua_explain(lua_State *L)
{
	static const char *const names[] = { KPI__LUA_RANGE_OPTIONS, "preset",
		"roles", NULL };
	const kpi__lua_asked asked = { 2, 2, 3, names };
	kpi__lua_slot *store = kpi__lua_slot_check(L, 1, KPI__LUA_STORE);
	kpi_explain_options options = KPI_EXPLAIN_OPTIONS_INIT;
	const kpi__lua_definitions *definitions;
	kpi_explanation *explanation = NULL;
	kpi_error error = KPI_ERROR_INIT;
	const kpi_query *query;
	kpi__lua_slot *slot;
	kpi_status status;

	kpi__lua_slot_held(L, store);
	lua_settop(L, 3);
	status = kpi__lua_define(L, &asked, &definitions, &error);
	if (status == KPI_OK && definitions->count != 1)
		return kpi__lua_refuse(L, 2, "metric", "expected one, got %zu",
		    definitions->count);
	options.roles = read_roles(L, 3);
	if (status == KPI_OK)
		status = kpi__lua_query(L, 3, NULL, &query, &error);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	slot = kpi__lua_slot_named(L, KPI__LUA_EXPLANATION, release,
	    kpi_definition_text(definitions->list[0]));
	status = kpi_explain(&explanation, kpi__lua_slot_held(L, store), query,
	    definitions->list[0], &options, &error);
	slot->held = explanation;
	if (status == KPI_ENOTSUP)
		return luaL_error(L, "%s", error.text);
	return status == KPI_OK ? 1 : kpi__lua_failed(L, status, &error);
}

/* A unit that is to be made. */
typedef struct place {
	kpi_explanation *explanation;
	uint64_t at;
} place;

static void
push_unit(lua_State *L, const kpi_explained *u, int64_t parts)
{
	lua_createtable(L, 0, 12);
	kpi__lua_set_integer(L, "started_at", u->started_at);
	kpi__lua_set_integer(L, "row", u->row == 0 ? KPI_UNKNOWN : u->row);
	kpi__lua_set_word(L, "role", KPI_TABLE_ROLES, u->role);
	kpi__lua_set_word(L, "left_out", KPI_TABLE_ROLES, u->left_out);
	kpi__lua_set_integer(L, "value", u->value);
	kpi__lua_set_parts(L, "numerator", u->numerator, parts);
	kpi__lua_set_parts(L, "denominator", u->denominator, parts);
	kpi__lua_set_parts(L, "excluded", u->excluded, parts);
	kpi__lua_set_text(L, "source", u->source);
	kpi__lua_set_text(L, "id", u->id);
	kpi__lua_set_text(L, "customer", u->customer);
	kpi__lua_set_text(L, "outcome_class", u->outcome_class);
}

static int
make_unit(lua_State *L)
{
	const place *p = lua_touserdata(L, 1);
	kpi_explained unit = KPI_EXPLAINED_INIT;
	kpi_figure figure = KPI_FIGURE_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;

	if (p->at >= kpi_explanation_count(p->explanation)) {
		lua_pushnil(L);
		return 1;
	}
	status = kpi_explanation_get(p->explanation, p->at, &unit, &error);
	if (status == KPI_OK)
		status = kpi_explanation_figure(p->explanation, &figure);
	if (status != KPI_OK)
		return luaL_error(L, "%s",
		    error.text[0] != '\0' ? error.text : kpi_strerror(status));
	push_unit(L, &unit, figure.parts);
	return 1;
}

static int
next_unit(lua_State *L)
{
	kpi__lua_slot *slot = lua_touserdata(L, lua_upvalueindex(1));
	const lua_Number at = lua_tonumber(L, lua_upvalueindex(2));
	place p = { kpi__lua_slot_held(L, slot), (uint64_t)at };

	if (at >= lua_tonumber(L, lua_upvalueindex(3))) {
		lua_pushnil(L);
		return 1;
	}
	kpi__lua_slot_push(L, slot, make_unit, &p);
	lua_pushnumber(L, at + 1);
	lua_replace(L, lua_upvalueindex(2));
	return 1;
}

/* A whole number from `least` on; `otherwise` for nil. */
static lua_Number
read_place(lua_State *L, int arg, const char *what, int64_t least,
    lua_Number otherwise)
{
	int64_t number;

	if (lua_isnoneornil(L, arg))
		return otherwise;
	number = kpi__lua_integer(L, arg, arg, what);
	if (number < least)
		kpi__lua_refuse(L, arg, what,
		    "expected a whole number from %d on", (int)least);
	return (lua_Number)number;
}

/*
 * for unit in explanation:units([first [, count]]) do: by start, from 1;
 * tables of started_at, row (nil: the whole), role, left_out, value,
 * numerator, denominator, excluded, source, id, customer, outcome_class.
 */
static int
explanation_units(lua_State *L)
{
	const uint64_t all = kpi_explanation_count(
	    kpi__lua_held(L, 1, KPI__LUA_EXPLANATION));
	const lua_Number first = read_place(L, 2, "first", 1, 1);
	const lua_Number count =
	    read_place(L, 3, "count", 0, (lua_Number)all);
	const lua_Number last = first - 1 + count;

	lua_settop(L, 1);
	lua_pushnumber(L, first - 1);
	lua_pushnumber(L, last < (lua_Number)all ? last : (lua_Number)all);
	lua_pushcclosure(L, next_unit, 3);
	return 1;
}

static int
explanation_count(lua_State *L)
{
	kpi__lua_push_integer(L,
	    (int64_t)kpi_explanation_count(
		kpi__lua_held(L, 1, KPI__LUA_EXPLANATION)));
	return 1;
}

/* explanation:figure() -> as a row of a result, without group and time */
static int
explanation_figure(lua_State *L)
{
	const kpi__lua_slot *slot =
	    kpi__lua_slot_check(L, 1, KPI__LUA_EXPLANATION);
	kpi_figure figure = KPI_FIGURE_INIT;
	const kpi_status status =
	    kpi_explanation_figure(kpi__lua_slot_held(L, slot), &figure);

	if (status != KPI_OK)
		return kpi__lua_failed(L, status, NULL);
	lua_createtable(L, 0, 14);
	lua_pushlstring(L, slot->name, strcspn(slot->name, " "));
	lua_setfield(L, -2, "metric");
	kpi__lua_set_text(L, "definition", slot->name);
	kpi__lua_set_figure(L, &figure);
	return 1;
}

void
kpi__lua_explanation_type(lua_State *L)
{
	static const luaL_Reg methods[] = {
		{ "count", explanation_count },
		{ "figure", explanation_figure },
		{ "units", explanation_units },
		{ NULL, NULL },
	};
	static const luaL_Reg metamethods[] = {
		{ "__len", explanation_count },
		{ NULL, NULL },
	};

	kpi__lua_type(L, KPI__LUA_EXPLANATION, metamethods, methods);
	lua_pop(L, 2);
}
