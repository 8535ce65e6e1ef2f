/* SPDX-License-Identifier: MIT */
/*
 * The record's texts are the table's own strings. So that no collector, and
 * with it no finalizer of the script, runs while they are gathered, all that
 * needs memory is made before; what follows neither makes nor converts.
 */
#include "field.h"

#include <stdio.h>
#include <string.h>

#define ROOM 96 /* of a name in a message */

/* What is being read. */
typedef struct reading {
	kpi_interaction *record;
	kpi_visit *visits;
	int arg;      /* the script's argument */
	int fields;   /* stack index of the table of names */
	int visit;    /* from 1; 0: the interaction itself */
	int has_list; /* visits stand in a list of their own */
} reading;

/* The place of a field or key, written into `name`. */
static const char *
name_place(const reading *r, const char *field, char name[ROOM])
{
	if (r->visit == 0)
		snprintf(name, ROOM, "%.64s", field);
	else
		snprintf(name, ROOM, "visits[%d].%.64s", r->visit, field);
	return name;
}

/* The struct that the field belongs into. */
static char *
find_struct(lua_State *L, reading *r, const kpi__lua_field *field)
{
	char what[ROOM];

	if (!field->of_visit) {
		if (r->visit != 0)
			kpi__lua_refuse(L, r->arg,
			    name_place(r, field->name, what),
			    "is of the whole interaction, not of a visit");
		return (char *)r->record;
	}
	if (r->visit != 0)
		return (char *)&r->visits[r->visit - 1];
	if (r->has_list)
		kpi__lua_refuse(L, r->arg, name_place(r, field->name, what),
		    "belongs into one of the visits listed");
	r->record->visit_count = 1;
	return (char *)r->visits;
}

/* The value on top, into its place. */
static void
read_field(lua_State *L, reading *r, const kpi__lua_field *field)
{
	char *place = find_struct(L, r, field) + field->offset;
	const char *text;
	int64_t value;
	char what[ROOM];

	if (field->type == FIELD_TEXT) {
		if (!kpi__lua_field_is_text(L, &text))
			text = kpi__lua_text(
			    L, -1, r->arg, name_place(r, field->name, what));
		memcpy(place, &text, sizeof(text));
	} else {
		if (!kpi__lua_field_is_number(L, field, &value))
			value = kpi__lua_field_number(
			    L, field, r->arg, name_place(r, field->name, what));
		memcpy(place, &value, sizeof(value));
	}
}

/* The field of the key below the value on top. */
static const kpi__lua_field *
read_key(lua_State *L, const reading *r)
{
	const kpi__lua_field *field;
	char what[ROOM];

	if (lua_type(L, -2) != LUA_TSTRING) {
		name_place(r, "key", what);
		kpi__lua_refuse(L, r->arg, what,
		    "expected the name of a field, got %s",
		    luaL_typename(L, -2));
	}
	lua_pushvalue(L, -2);
	lua_rawget(L, r->fields);
	field = lua_touserdata(L, -1);
	lua_pop(L, 1);
	if (field == NULL) {
		name_place(r, lua_tostring(L, -2), what);
		field =
		    kpi__lua_field_find(L, r->arg, what, lua_tostring(L, -2));
	}
	return field;
}

static int
is_visits(lua_State *L, int index)
{
	return lua_type(L, index) == LUA_TSTRING &&
	    strcmp(lua_tostring(L, index), "visits") == 0;
}

static void
read_table(lua_State *L, reading *r, int table)
{
	lua_pushnil(L);
	while (lua_next(L, table) != 0) {
		if (r->visit != 0 || !is_visits(L, -2))
			read_field(L, r, read_key(L, r));
		lua_pop(L, 1);
	}
}

static void
read_visits(lua_State *L, reading *r, int list)
{
	for (int i = 1; (uint64_t)i <= r->record->visit_count; i++) {
		r->visit = i;
		lua_rawgeti(L, list, i);
		if (!lua_istable(L, -1))
			kpi__lua_refuse(L, r->arg, "visits",
			    "number %d is no table but %s", i,
			    luaL_typename(L, -1));
		read_table(L, r, lua_gettop(L));
		lua_pop(L, 1);
	}
	r->visit = 0;
}

static kpi_visit *
new_visits(lua_State *L, size_t count)
{
	const kpi_visit unknown = KPI_VISIT_INIT;
	kpi_visit *visits;

	if (count == 0)
		count = 1;
	visits = lua_newuserdata(L, count * sizeof(*visits));
	for (size_t i = 0; i < count; i++)
		visits[i] = unknown;
	return visits;
}

void
kpi__lua_record(lua_State *L, int arg, kpi_interaction *record)
{
	reading r = { record, NULL, arg, 0, 0, 0 };
	int list;

	luaL_checktype(L, arg, LUA_TTABLE);
	luaL_checkstack(L, 12, NULL);
	kpi__lua_field_table(L);
	r.fields = lua_gettop(L);
	kpi__lua_option(L, arg, "visits");
	list = lua_gettop(L);
	r.has_list = !lua_isnil(L, list);
	if (r.has_list) {
		record->visit_count =
		    (uint64_t)kpi__lua_list(L, list, arg, "visits");
		if (record->visit_count > 1000000)
			kpi__lua_refuse(L, arg, "visits", "too many");
	}
	r.visits = new_visits(L, (size_t)record->visit_count);
	record->visits = r.visits;
	read_table(L, &r, arg);
	if (r.has_list)
		read_visits(L, &r, list);
	lua_replace(L, r.fields);
	lua_settop(L, r.fields);
}

static void
push_code(lua_State *L, const kpi__lua_field *field, int64_t value)
{
	kpi_entry entry = KPI_ENTRY_INIT;

	if (value >= 0 && value <= INT32_MAX &&
	    kpi_catalogue_number(field->words, (int32_t)value, &entry) ==
		KPI_OK) {
		lua_pushstring(L, entry.name);
		lua_setfield(L, -2, field->name);
	} else {
		kpi__lua_set_integer(L, field->name, value);
	}
}

static void
push_field(lua_State *L, const kpi__lua_field *field, const char *place)
{
	const char *text;
	int64_t value;

	if (field->type == FIELD_TEXT) {
		memcpy(&text, place + field->offset, sizeof(text));
		kpi__lua_set_text(L, field->name, text);
		return;
	}
	memcpy(&value, place + field->offset, sizeof(value));
	if (value == KPI_UNKNOWN)
		return;
	if (field->type == FIELD_FLAG) {
		lua_pushboolean(L, value != 0);
		lua_setfield(L, -2, field->name);
	} else if (field->type == FIELD_CODE) {
		push_code(L, field, value);
	} else {
		kpi__lua_set_integer(L, field->name, value);
	}
}

/* A record of an earlier library ends before its later fields. */
static void
push_fields(lua_State *L, const kpi__lua_fields *fields, int of_visit,
    const void *record, uint64_t size)
{
	for (size_t i = 0; i < fields->count; i++) {
		const kpi__lua_field *field = &fields->list[i];

		if (field->of_visit == of_visit &&
		    field->offset + sizeof(int64_t) <= size)
			push_field(L, field, record);
	}
}

void
kpi__lua_push_record(lua_State *L, const kpi_interaction *record)
{
	const kpi__lua_fields *fields = kpi__lua_field_table(L);
	const char *visits = (const char *)record->visits;

	lua_pop(L, 1);
	lua_createtable(L, 0, 16);
	push_fields(L, fields, 0, record, record->size);
	lua_createtable(L, (int)record->visit_count, 0);
	for (uint64_t i = 0; i < record->visit_count; i++) {
		const uint64_t stride = record->visits->size;

		lua_createtable(L, 0, 8);
		push_fields(L, fields, 1, visits + i * stride, stride);
		lua_rawseti(L, -2, (int)i + 1);
	}
	lua_setfield(L, -2, "visits");
}

const int32_t *
kpi__lua_field_numbers(lua_State *L, int arg, uint64_t *count)
{
	const size_t n = lua_isnoneornil(L, arg)
	    ? 0
	    : (size_t)kpi__lua_list(L, arg, arg, "clear");
	int32_t *numbers;

	numbers = lua_newuserdata(L, (n + 1) * sizeof(*numbers));
	for (size_t i = 0; i < n; i++) {
		lua_rawgeti(L, arg, (int)i + 1);
		numbers[i] = kpi__lua_field_find(
		    L, arg, "clear", kpi__lua_text(L, -1, arg, "clear"))
				 ->number;
		lua_pop(L, 1);
	}
	*count = n;
	return numbers;
}
