/* SPDX-License-Identifier: MIT */
#include "field.h"
#include "question.h"

#include <stdio.h>
#include <string.h>

#define ROOM 96 /* of a name in a message */

/* One key of where or where_not. */
typedef struct condition {
	kpi__lua_reading *r;
	char what[ROOM];
	int negated;
	kpi_by by; /* 0: the outcome */
} condition;

/* The value on top; false is unknown. */
static kpi_status
add_value(lua_State *L, const condition *c)
{
	kpi_query *query = c->r->query;
	const char *value = NULL;
	kpi_status status;

	if (c->by == 0)
		return kpi_query_where_outcome(query,
		    kpi__lua_word(
			L, KPI_TABLE_OUTCOMES, -1, c->r->arg, c->what));
	if (!lua_isboolean(L, -1) || lua_toboolean(L, -1))
		value = kpi__lua_text(L, -1, c->r->arg, c->what);
	if (c->by == KPI_BY_DIRECTION && value != NULL)
		kpi__lua_word(L, KPI_TABLE_DIRECTIONS, -1, c->r->arg, c->what);
	status = c->negated ? kpi_query_where_not(query, c->by, value)
			    : kpi_query_where(query, c->by, value);
	if (status == KPI_EINVAL)
		kpi__lua_wrong(L, c->r->arg, c->what, status, NULL);
	return status;
}

/* The value or list of values on top. */
static kpi_status
add_values(lua_State *L, const condition *c)
{
	kpi_status status = KPI_OK;
	int n;

	if (!lua_istable(L, -1))
		return add_value(L, c);
	n = kpi__lua_list(L, lua_gettop(L), c->r->arg, c->what);
	if (n == 0)
		kpi__lua_refuse(L, c->r->arg, c->what,
		    "expected a value or a list of values");
	for (int i = 1; i <= n && status == KPI_OK; i++) {
		lua_rawgeti(L, -1, i);
		status = add_value(L, c);
		lua_pop(L, 1);
	}
	return status;
}

/* {least = "20s", most = "1min"} on top. */
static kpi_status
add_between(lua_State *L, const condition *c, const kpi__lua_field *field)
{
	static const char *const names[] = { "least", "most", NULL };
	int64_t bounds[2] = { KPI_UNKNOWN, KPI_UNKNOWN };
	const int table = lua_gettop(L), arg = c->r->arg;
	kpi_status status;

	if (c->negated)
		kpi__lua_refuse(
		    L, arg, c->what, "a measure can only be in where");
	if (!lua_istable(L, table))
		kpi__lua_refuse(L, arg, c->what,
		    "expected {least = ..., most = ...}, got %s",
		    luaL_typename(L, table));
	lua_pushnil(L);
	while (lua_next(L, table) != 0) {
		kpi__lua_key(L, -2, arg, c->what, names);
		if (field->type == FIELD_DURATION)
			kpi__lua_with_unit(L, -1, arg, c->what);
		bounds[strcmp(lua_tostring(L, -2), names[1]) == 0] =
		    kpi__lua_field_number(L, field, arg, c->what);
		lua_pop(L, 1);
	}
	status = kpi_query_where_between(
	    c->r->query, field->number, bounds[0], bounds[1], c->r->error);
	if (status == KPI_EINVAL)
		kpi__lua_wrong(L, arg, c->what, status, c->r->error);
	return status;
}

/* A key, below its value on top: a dimension, the outcome, or a measure. */
static kpi_status
add_condition(lua_State *L, kpi__lua_reading *r, int negated)
{
	condition c = { r, "", negated, 0 };
	const char *key = kpi__lua_text(L, -2, r->arg, "where");
	kpi_entry entry = KPI_ENTRY_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;

	snprintf(
	    c.what, ROOM, "%s.%.64s", negated ? "where_not" : "where", key);
	if (strcmp(key, "outcome") == 0) {
		if (negated)
			kpi__lua_refuse(L, r->arg, c.what,
			    "an outcome can only be in where");
		return add_values(L, &c);
	}
	status = kpi_catalogue_find(KPI_TABLE_DIMENSIONS, key, &entry, &error);
	if (status == KPI_OK) {
		c.by = entry.number;
		return add_values(L, &c);
	}
	if (kpi_catalogue_find(KPI_TABLE_FIELDS, key, &entry, NULL) != KPI_OK)
		kpi__lua_wrong(L, r->arg, c.what, status, &error);
	return add_between(L, &c, kpi__lua_field_find(L, r->arg, c.what, key));
}

static kpi_status
read_conditions(
    lua_State *L, kpi__lua_reading *r, const char *name, int negated)
{
	kpi_status status = KPI_OK;
	const int type = kpi__lua_option(L, r->arg, name);
	const int table = lua_gettop(L);

	if (type != LUA_TNIL && type != LUA_TTABLE)
		kpi__lua_refuse(L, r->arg, name, "expected a table, got %s",
		    lua_typename(L, type));
	if (type == LUA_TTABLE) {
		lua_pushnil(L);
		while (status == KPI_OK && lua_next(L, table) != 0) {
			status = add_condition(L, r, negated);
			lua_pop(L, 1);
		}
	}
	lua_settop(L, table - 1);
	return status;
}

kpi_status
kpi__lua_where(lua_State *L, kpi__lua_reading *r)
{
	const kpi_status status = read_conditions(L, r, "where", 0);

	return status != KPI_OK ? status
				: read_conditions(L, r, "where_not", 1);
}
