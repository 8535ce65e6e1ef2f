/* SPDX-License-Identifier: MIT */
/* A definition as a value of its own; definition.c reads it. */
#include "question.h"

#include <string.h>

static const kpi_definition *
check_definition(lua_State *L, int arg)
{
	const kpi__lua_definitions *held =
	    kpi__lua_held(L, arg, KPI__LUA_DEFINITION);

	return held->list[0];
}

/*
 * kpi.definition(metric [, options]) -> definition, which the metrics of
 * store:measure() and of kpi.definition() may be. Options: preset, and
 * parameters by their names.
 */
int
kpi__lua_definition(lua_State *L)
{
	static const char *const names[] = { "preset", NULL };
	const kpi__lua_asked asked = { 1, 1, 2, names };
	const kpi__lua_definitions *definitions;
	kpi_error error = KPI_ERROR_INIT;
	kpi__lua_slot *slot;
	kpi_status status;

	lua_settop(L, 2);
	status = kpi__lua_define(L, &asked, &definitions, &error);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	if (definitions->count != 1)
		return kpi__lua_refuse(L, 1, "metric", "expected one, got %zu",
		    definitions->count);
	slot = lua_touserdata(L, -1);
	slot->type = KPI__LUA_DEFINITION;
	luaL_getmetatable(L, KPI__LUA_DEFINITION);
	lua_setmetatable(L, -2);
	return 1;
}

static int
push_canonical(lua_State *L, const kpi_definition *definition)
{
	const char *text = kpi_definition_text(definition);

	if (text == NULL)
		return kpi__lua_failed(L, KPI_ENOMEM, NULL);
	lua_pushstring(L, text);
	return 1;
}

/* definition:text() -> the canonical text: the metric, and what differs */
static int
definition_text(lua_State *L)
{
	return push_canonical(L, check_definition(L, 1));
}

/* tostring(definition) -> its text; never an error */
static int
definition_tostring(lua_State *L)
{
	const kpi__lua_slot *slot =
	    kpi__lua_slot_check(L, 1, KPI__LUA_DEFINITION);
	const kpi__lua_definitions *held = slot->held;

	if (held == NULL)
		lua_pushliteral(L, "kpi.definition (closed)");
	else if (push_canonical(L, held->list[0]) != 1)
		lua_pushfstring(L, "kpi.definition (%s)", lua_tostring(L, -2));
	return 1;
}

/* Definitions are equal if their texts are. */
static int
definition_eq(lua_State *L)
{
	const kpi_definition *a = check_definition(L, 1);
	const kpi_definition *b = check_definition(L, 2);
	const char *text = kpi_definition_text(a);
	const char *other = kpi_definition_text(b);

	if (text == NULL || other == NULL)
		return luaL_error(L, "%s", kpi_strerror(KPI_ENOMEM));
	lua_pushboolean(L, strcmp(text, other) == 0);
	return 1;
}

/* definition:metric() -> its name */
static int
definition_metric(lua_State *L)
{
	kpi_entry entry = KPI_ENTRY_INIT;
	const kpi_status status = kpi_catalogue_number(KPI_TABLE_METRICS,
	    kpi_definition_metric(check_definition(L, 1)), &entry);

	if (status != KPI_OK)
		return kpi__lua_failed(L, status, NULL);
	lua_pushstring(L, entry.name);
	return 1;
}

/* A parameter's value; NULL: the words. */
static kpi_status
write_text(lua_State *L, const char *parameter, char *text, uint64_t room,
    uint64_t *size, kpi_error *error)
{
	const kpi_definition *definition = check_definition(L, 1);

	return parameter == NULL
	    ? kpi_definition_words(definition, text, room, size, error)
	    : kpi_definition_get(
		  definition, parameter, text, room, size, error);
}

static int
push_text(lua_State *L, const char *parameter, kpi_status status,
    uint64_t size, kpi_error *error)
{
	char *text;

	if (status != KPI_OK)
		return kpi__lua_failed(L, status, error);
	text = lua_newuserdata(L, (size_t)size + 1);
	status = write_text(L, parameter, text, size + 1, &size, error);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, error);
	lua_pushlstring(L, text, (size_t)size);
	return 1;
}

/* definition:get(parameter) -> the text of its value, set or by default */
static int
definition_get(lua_State *L)
{
	const char *parameter = kpi__lua_text(L, 2, 2, "parameter");
	kpi_error error = KPI_ERROR_INIT;
	uint64_t size = 0;
	const kpi_status status =
	    write_text(L, parameter, NULL, 0, &size, &error);

	if (status != KPI_OK && status != KPI_ENOMEM)
		return kpi__lua_wrong(L, 2, "parameter", status, &error);
	return push_text(L, parameter, status, size, &error);
}

/* definition:words() -> English sentences, one a line */
static int
definition_words(lua_State *L)
{
	kpi_error error = KPI_ERROR_INIT;
	uint64_t size = 0;
	const kpi_status status = write_text(L, NULL, NULL, 0, &size, &error);

	return push_text(L, NULL, status, size, &error);
}

/* definition:fingerprint() -> 16 hexadecimal digits */
static int
definition_fingerprint(lua_State *L)
{
	lua_pushstring(L, kpi_definition_fingerprint(check_definition(L, 1)));
	return 1;
}

void
kpi__lua_definition_type(lua_State *L)
{
	static const luaL_Reg methods[] = {
		{ "fingerprint", definition_fingerprint },
		{ "get", definition_get },
		{ "metric", definition_metric },
		{ "text", definition_text },
		{ "words", definition_words },
		{ NULL, NULL },
	};
	static const luaL_Reg metamethods[] = {
		{ "__eq", definition_eq },
		{ "__tostring", definition_tostring },
		{ NULL, NULL },
	};

	kpi__lua_type(L, KPI__LUA_DEFINITION, metamethods, methods);
	lua_pop(L, 2);
}
