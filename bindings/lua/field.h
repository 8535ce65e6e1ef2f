/* SPDX-License-Identifier: MIT */
/*
 * field.h - the fields of records: the catalogue's lines, and where each has
 * its place in our structs.
 */
#ifndef KPI_LUA_FIELD_H
#define KPI_LUA_FIELD_H

#include "kpi_lua.h"

enum field_type {
	FIELD_TEXT,
	FIELD_INTEGER,
	FIELD_INSTANT,
	FIELD_DURATION,
	FIELD_FLAG,
	FIELD_CODE
};

typedef struct kpi__lua_field {
	const char *name; /* the catalogue's */
	size_t offset;    /* in kpi_interaction or kpi_visit */
	int32_t number;
	int32_t of_visit;
	int32_t type;  /* FIELD_ */
	int32_t words; /* FIELD_CODE: KPI_TABLE_ of its names */
} kpi__lua_field;

typedef struct kpi__lua_fields {
	size_t count;
	kpi__lua_field list[];
} kpi__lua_fields;

/*
 * The fields, which live as long as the state. Pushes a table from their
 * names to their places, as light userdata.
 */
const kpi__lua_fields *kpi__lua_field_table(lua_State *L);

/*
 * Whether the value on top is one of the field's as it stands, which most are;
 * else kpi__lua_text() or kpi__lua_field_number() reads it, with its name.
 */
int kpi__lua_field_is_text(lua_State *L, const char **text);
int kpi__lua_field_is_number(
    lua_State *L, const kpi__lua_field *field, int64_t *value);

/* The value on top, of a field that is no text; raises if it is none. */
int64_t kpi__lua_field_number(
    lua_State *L, const kpi__lua_field *field, int arg, const char *what);

/* The field of that name; raises with the nearest right one. */
const kpi__lua_field *kpi__lua_field_find(
    lua_State *L, int arg, const char *what, const char *name);

#endif
