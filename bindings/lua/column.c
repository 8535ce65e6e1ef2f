/* SPDX-License-Identifier: MIT */
/*
 * As in record.c, all that needs memory is made before the texts are
 * gathered, so that no finalizer of the script runs while they are.
 */
#include "field.h"

#include <limits.h>
#include <stdio.h>

#define ROOM 96 /* of a name in a message */

/* A column while it is read. */
typedef struct column {
	const kpi__lua_field *field;
	int list; /* stack index of the script's list */
	void *data;
} column;

typedef struct columns {
	size_t rows;
	size_t count;
	column *list;
} columns;

/* The value on top, which the fast ways did not take. */
static int64_t
read_slowly(lua_State *L, const column *c, size_t row)
{
	char what[ROOM];

	snprintf(what, sizeof(what), "%.64s[%zu]", c->field->name, row + 1);
	if (c->field->type == FIELD_TEXT)
		kpi__lua_text(L, -1, 2, what);
	return kpi__lua_field_number(L, c->field, 2, what);
}

static const char *
read_text(lua_State *L, const column *c, size_t row)
{
	const char *text = NULL;

	if (!lua_isnil(L, -1) && !kpi__lua_field_is_text(L, &text))
		read_slowly(L, c, row);
	return text;
}

static int64_t
read_number(lua_State *L, const column *c, size_t row)
{
	int64_t value = KPI_UNKNOWN;

	if (!lua_isnil(L, -1) && !kpi__lua_field_is_number(L, c->field, &value))
		value = read_slowly(L, c, row);
	return value;
}

static void
read_column(lua_State *L, const column *c, size_t rows)
{
	for (size_t i = 0; i < rows; i++) {
		lua_rawgeti(L, c->list, (int)i + 1);
		if (c->field->type == FIELD_TEXT)
			((const char **)c->data)[i] = read_text(L, c, i);
		else
			((int64_t *)c->data)[i] = read_number(L, c, i);
		lua_pop(L, 1);
	}
}

/* The key below the list on top; pushes the room of the column's data. */
static void
add_column(lua_State *L, columns *all)
{
	const char *name = kpi__lua_text(L, -2, 2, "column");
	const kpi__lua_field *field = kpi__lua_field_find(L, 2, "column", name);
	column *c = &all->list[all->count++];

	if (!lua_istable(L, -1))
		kpi__lua_refuse(L, 2, field->name, "expected a list, got %s",
		    luaL_typename(L, -1));
	if (lua_rawlen(L, -1) > all->rows)
		kpi__lua_refuse(L, 2, field->name,
		    "has more rows than started_at, which has %zu", all->rows);
	c->field = field;
	c->list = lua_gettop(L);
	c->data = lua_newuserdata(L, (all->rows + 1) * sizeof(int64_t));
}

/* Keys, lists and room stay on the stack. */
static void
add_columns(lua_State *L, columns *all, size_t most)
{
	lua_pushnil(L);
	while (lua_next(L, 2) != 0) {
		if (all->count == most)
			luaL_error(L, "the columns change while they are read");
		add_column(L, all);
		lua_pushvalue(L, -3);
	}
}

static size_t
count_rows(lua_State *L)
{
	const int type = kpi__lua_option(L, 2, "started_at");
	size_t rows;

	if (type != LUA_TTABLE)
		kpi__lua_refuse(L, 2, "started_at", "expected a list, got %s",
		    lua_typename(L, type));
	rows = lua_rawlen(L, -1);
	if (rows >= INT_MAX)
		kpi__lua_refuse(L, 2, "started_at", "too many rows");
	return rows;
}

static kpi_column *
new_columns(lua_State *L, const columns *all)
{
	kpi_column *list = lua_newuserdata(L, (all->count + 1) * sizeof(*list));

	for (size_t i = 0; i < all->count; i++) {
		const kpi_column unknown = KPI_COLUMN_INIT;

		list[i] = unknown;
		list[i].field = all->list[i].field->number;
		list[i].type = all->list[i].field->type == FIELD_TEXT
		    ? KPI_COLUMN_TEXT
		    : KPI_COLUMN_INT64;
		list[i].data = all->list[i].data;
	}
	return list;
}

/*
 * store:add_columns(columns) -> store. Adds many interactions of one visit
 * each, field by field: {started_at = {...}, queue = {...}, wait = {...}},
 * with values as store:add() takes them. The list of started_at says how many
 * there are; in the others nil is unknown. All are added or none.
 */
int
kpi__lua_add_columns(lua_State *L)
{
	const kpi__lua_slot *store = kpi__lua_slot_check(L, 1, KPI__LUA_STORE);
	kpi_error error = KPI_ERROR_INIT;
	kpi_column *list;
	kpi_status status;
	size_t most;
	columns all = { 0, 0, NULL };

	kpi__lua_slot_held(L, store);
	luaL_checktype(L, 2, LUA_TTABLE);
	most = kpi__lua_field_table(L)->count;
	luaL_checkstack(L, 3 * (int)most + LUA_MINSTACK, "too many columns");
	all.rows = count_rows(L);
	all.list = lua_newuserdata(L, (most + 1) * sizeof(*all.list));
	add_columns(L, &all, most);
	list = new_columns(L, &all);
	for (size_t i = 0; i < all.count; i++)
		read_column(L, &all.list[i], all.rows);
	status = kpi_store_add_columns(
	    kpi__lua_slot_held(L, store), all.rows, list, all.count, &error);
	if (status == KPI_EINVAL && error.line != 0) {
		lua_pushfstring(L, "row %d: %s", (int)error.line, error.text);
		return luaL_argerror(L, 2, lua_tostring(L, -1));
	}
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	lua_settop(L, 1);
	return 1;
}
