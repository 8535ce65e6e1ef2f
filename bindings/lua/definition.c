/* SPDX-License-Identifier: MIT */
#include "question.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROOM 96 /* of a name in a message */

/* Definitions of one preset and its parameters: those from `first` on. */
typedef struct reading {
	kpi__lua_definitions *definitions;
	kpi_error *error;
	size_t first;
	int arg;
} reading;

static const char *const own_names[] = { "preset", NULL };

static void
release(void *held)
{
	kpi__lua_definitions *definitions = held;

	for (size_t i = 0; i < definitions->count; i++)
		kpi_definition_free(definitions->list[i]);
	free(definitions);
}

static kpi__lua_definitions *
new_definitions(lua_State *L, size_t room)
{
	kpi__lua_slot *slot = kpi__lua_slot_new(L, KPI__LUA_HANDLE, release);
	kpi__lua_definitions *definitions;

	definitions =
	    calloc(1, sizeof(*definitions) + room * sizeof(*definitions->list));
	if (definitions != NULL)
		definitions->room = room;
	slot->held = definitions;
	return definitions;
}

/* Out of memory is the system's; all else is wrong with the argument. */
static kpi_status
judge(lua_State *L, const reading *r, const char *what, kpi_status status)
{
	if (status != KPI_OK && status != KPI_ENOMEM)
		kpi__lua_wrong(L, r->arg, what, status, r->error);
	return status;
}

/* Whether a list with commas names a metric; an empty one concerns all. */
static int
is_named(const char *list, int32_t metric)
{
	kpi_entry entry = KPI_ENTRY_INIT;
	size_t size;

	if (kpi_catalogue_number(KPI_TABLE_METRICS, metric, &entry) != KPI_OK)
		return 0;
	if (*list == '\0')
		return 1;
	for (; *list != '\0'; list += size) {
		list += strspn(list, ", ");
		size = strcspn(list, ", ");
		if (size == strlen(entry.name) &&
		    memcmp(list, entry.name, size) == 0)
			return 1;
	}
	return 0;
}

/* What is set on each definition that it concerns. */
typedef struct setting {
	const char *parameter; /* NULL: the value is a preset */
	const char *value;
	const char *name; /* with `by`: set_for; or NULL */
	kpi_by by;
} setting;

static kpi_status
set_one(kpi_definition *d, const setting *s, kpi_error *error)
{
	if (s->parameter == NULL)
		return kpi_definition_preset(d, s->value, error);
	if (s->name == NULL)
		return kpi_definition_set(d, s->parameter, s->value, error);
	return kpi_definition_set_for(
	    d, s->parameter, s->by, s->name, s->value, error);
}

/* On all that the setting concerns, which must be one at least. */
static kpi_status
set_all(lua_State *L, const reading *r, const char *what, const setting *s)
{
	const int32_t table =
	    s->parameter == NULL ? KPI_TABLE_PRESETS : KPI_TABLE_PARAMETERS;
	const char *word = s->parameter == NULL ? s->value : s->parameter;
	kpi_entry entry = KPI_ENTRY_INIT;
	kpi_status status = kpi_catalogue_find(table, word, &entry, r->error);
	size_t done = 0;

	if (judge(L, r, what, status) != KPI_OK)
		return status;
	for (size_t i = r->first; i < r->definitions->count; i++) {
		kpi_definition *d = r->definitions->list[i];

		if (!is_named(entry.relation, kpi_definition_metric(d)))
			continue;
		status = set_one(d, s, r->error);
		if (judge(L, r, what, status) != KPI_OK)
			return status;
		done++;
	}
	if (done == 0)
		kpi__lua_refuse(L, r->arg, what,
		    "'%.40s' concerns no metric that is asked, but %s", word,
		    entry.relation);
	return KPI_OK;
}

static int
is_of_kind(const setting *s, const char *kind)
{
	kpi_entry entry = KPI_ENTRY_INIT;

	return s->parameter != NULL &&
	    kpi_catalogue_find(
		KPI_TABLE_PARAMETERS, s->parameter, &entry, NULL) == KPI_OK &&
	    strcmp(entry.kind, kind) == 0;
}

/* The number on top as a text: instants are milliseconds. */
static void
write_number(lua_State *L, const reading *r, const char *what, const setting *s)
{
	char text[KPI_INSTANT_TEXT];
	kpi_status status;

	if (is_of_kind(s, "duration")) {
		kpi__lua_with_unit(L, -1, r->arg, what);
	} else if (is_of_kind(s, "instant")) {
		status = kpi_instant_format(NULL,
		    kpi__lua_milliseconds(L, -1, r->arg, what), text,
		    sizeof(text), r->error);
		if (status != KPI_OK)
			kpi__lua_wrong(L, r->arg, what, status, r->error);
		lua_pop(L, 1);
		lua_pushstring(L, text);
	} else {
		lua_tostring(L, -1);
	}
}

/* A text or a number; popped. */
static kpi_status
set_value(lua_State *L, const reading *r, const char *what, setting s)
{
	kpi_status status;

	if (lua_type(L, -1) == LUA_TNUMBER)
		write_number(L, r, what, &s);
	s.value = kpi__lua_text(L, -1, r->arg, what);
	status = set_all(L, r, what, &s);
	lua_pop(L, 1);
	return status;
}

/* {"answered", "abandoned"} on top, of a parameter that is a set. */
static kpi_status
set_list(lua_State *L, const reading *r, const char *what, setting s)
{
	const int list = lua_gettop(L);
	const int n = kpi__lua_list(L, list, r->arg, what);

	lua_pushliteral(L, "");
	for (int i = 1; i <= n; i++) {
		lua_rawgeti(L, list, i);
		kpi__lua_text(L, -1, r->arg, what);
		lua_pushstring(L, i == n ? "" : ",");
		lua_concat(L, 3);
	}
	return set_value(L, r, what, s);
}

/* {vip = "10s"} on top, for the values of one dimension. */
static kpi_status
set_for(lua_State *L, const reading *r, const char *what, setting s)
{
	const int table = lua_gettop(L);
	kpi_status status = KPI_OK;

	if (!lua_istable(L, table))
		kpi__lua_refuse(L, r->arg, what,
		    "expected a table such as {vip = \"10s\"}, got %s",
		    luaL_typename(L, table));
	lua_pushnil(L);
	while (status == KPI_OK && lua_next(L, table) != 0) {
		s.name = kpi__lua_text(L, -2, r->arg, what);
		status = set_value(L, r, what, s);
	}
	lua_settop(L, table);
	return status;
}

/*
 * {"20s", queue = {vip = "10s"}} on top: the value, then what differs. The
 * place 1 comes first whatever the order of the table.
 */
static kpi_status
set_table(lua_State *L, const reading *r, const char *what, setting s)
{
	const int table = lua_gettop(L);
	kpi_status status = KPI_OK;

	lua_rawgeti(L, table, 1);
	if (!lua_isnil(L, -1))
		status = set_value(L, r, what, s);
	lua_settop(L, table);
	lua_pushnil(L);
	while (status == KPI_OK && lua_next(L, table) != 0) {
		if (lua_type(L, -2) != LUA_TNUMBER) {
			s.by = kpi__lua_word(
			    L, KPI_TABLE_DIMENSIONS, -2, r->arg, what);
			status = set_for(L, r, what, s);
		} else if (lua_tonumber(L, -2) != 1) {
			kpi__lua_refuse(
			    L, r->arg, what, "expected one value, got several");
		}
		lua_pop(L, 1);
	}
	lua_settop(L, table);
	return status;
}

/* The value on top of the parameter that is the key below it. */
static kpi_status
set_parameter(lua_State *L, const reading *r)
{
	setting s = { NULL, NULL, NULL, 0 };
	char what[ROOM];

	s.parameter = kpi__lua_text(L, -2, r->arg, "parameter");
	snprintf(what, sizeof(what), "%.64s", s.parameter);
	if (!lua_istable(L, -1)) {
		lua_pushvalue(L, -1);
		return set_value(L, r, what, s);
	}
	return is_of_kind(&s, "set") ? set_list(L, r, what, s)
				     : set_table(L, r, what, s);
}

/*
 * The preset and then the parameters of the table at `options`: what is not
 * among `names` is a parameter; a list has its metrics beside them.
 */
static kpi_status
read_settings(lua_State *L, const reading *r, int options,
    const char *const *names, int is_list)
{
	const setting preset = { NULL, NULL, NULL, 0 };
	const int top = lua_gettop(L);
	kpi_status status = KPI_OK;

	lua_pushnil(L);
	while (lua_next(L, options) != 0) {
		if (!is_list || lua_type(L, -2) != LUA_TNUMBER)
			kpi__lua_setting(L, -2, r->arg, "option", names);
		lua_pop(L, 1);
	}
	if (kpi__lua_option(L, options, "preset") != LUA_TNIL)
		status = set_value(L, r, "preset", preset);
	lua_pushnil(L);
	while (status == KPI_OK && lua_next(L, options) != 0) {
		if (lua_type(L, -2) == LUA_TSTRING &&
		    !kpi__lua_is_among(lua_tostring(L, -2), names))
			status = set_parameter(L, r);
		lua_pop(L, 1);
	}
	lua_settop(L, top);
	return status;
}

/* A metric's number in the catalogue, on top. */
static kpi_status
make_numbered(lua_State *L, const reading *r, kpi_definition **out)
{
	const int64_t number = kpi__lua_integer(L, -1, r->arg, "metric");

	if (number < 0 || number > INT32_MAX)
		kpi__lua_refuse(
		    L, r->arg, "metric", "the catalogue has no such number");
	return kpi_definition_new(out, (int32_t)number, NULL, r->error);
}

/* A copy of a kpi.definition, on top. */
static kpi_status
make_copy(lua_State *L, const reading *r, kpi_definition **out)
{
	const kpi__lua_slot *slot = lua_touserdata(L, -1);
	const kpi__lua_definitions *from;
	const char *text;
	int is_one;

	luaL_getmetatable(L, KPI__LUA_DEFINITION);
	is_one = lua_getmetatable(L, -2) && lua_rawequal(L, -1, -2);
	if (!is_one)
		kpi__lua_refuse(L, r->arg, "metric",
		    "expected a kpi.definition, got another userdata");
	lua_pop(L, 2);
	from = kpi__lua_slot_held(L, slot);
	text = kpi_definition_text(from->list[0]);
	return text == NULL ? KPI_ENOMEM
			    : kpi_definition_parse(out, text, NULL, r->error);
}

/* A number, a kpi.definition, or a name or canonical text, on top. */
static kpi_status
add_metric(lua_State *L, reading *r)
{
	kpi__lua_definitions *d = r->definitions;
	kpi_definition **out = &d->list[d->count];
	kpi_status status;

	switch (lua_type(L, -1)) {
	case LUA_TNUMBER:
		status = make_numbered(L, r, out);
		break;
	case LUA_TUSERDATA:
		status = make_copy(L, r, out);
		break;
	default:
		status = kpi_definition_parse(out,
		    kpi__lua_text(L, -1, r->arg, "metric"), NULL, r->error);
	}
	if (status == KPI_OK)
		d->count++;
	return judge(L, r, "metric", status);
}

/* {"service_level", preset = "genesys"} on top. */
static kpi_status
add_table(lua_State *L, reading *r)
{
	const int table = lua_gettop(L);
	reading own = *r;
	kpi_status status;

	own.first = own.definitions->count;
	if (lua_rawlen(L, table) != 1)
		kpi__lua_refuse(L, r->arg, "metric",
		    "expected one beside its preset and parameters, got %d",
		    (int)lua_rawlen(L, table));
	lua_rawgeti(L, table, 1);
	status = add_metric(L, &own);
	lua_pop(L, 1);
	return status == KPI_OK ? read_settings(L, &own, table, own_names, 1)
				: status;
}

static kpi_status
add_list(lua_State *L, reading *r, int list)
{
	kpi_status status = KPI_OK;

	for (size_t i = 1; i <= r->definitions->room && status == KPI_OK; i++) {
		lua_rawgeti(L, list, (int)i);
		status =
		    lua_istable(L, -1) ? add_table(L, r) : add_metric(L, r);
		lua_pop(L, 1);
	}
	return status;
}

/* Whether a table lists metrics; one with names as keys is a metric's own. */
static int
is_metrics(lua_State *L, int index)
{
	int is_list = lua_istable(L, index);

	if (!is_list)
		return 0;
	lua_pushnil(L);
	while (lua_next(L, index) != 0) {
		is_list = is_list && lua_type(L, -2) == LUA_TNUMBER;
		lua_pop(L, 1);
	}
	return is_list;
}

kpi_status
kpi__lua_define(lua_State *L, const kpi__lua_asked *asked,
    const kpi__lua_definitions **definitions, kpi_error *error)
{
	const int is_list =
	    asked->metrics == asked->options || is_metrics(L, asked->metrics);
	const size_t count = is_list ? lua_rawlen(L, asked->metrics) : 1;
	reading r = { NULL, error, 0, asked->arg };
	kpi_status status;

	luaL_checkstack(L, 16, NULL);
	if (count == 0)
		kpi__lua_refuse(L, asked->arg, "metric", "none is asked");
	*definitions = r.definitions = new_definitions(L, count);
	if (r.definitions == NULL)
		return KPI_ENOMEM;
	if (is_list) {
		status = add_list(L, &r, asked->metrics);
	} else {
		lua_pushvalue(L, asked->metrics);
		status =
		    lua_istable(L, -1) ? add_table(L, &r) : add_metric(L, &r);
		lua_pop(L, 1);
	}
	r.arg = asked->options;
	if (status == KPI_OK && !lua_isnoneornil(L, asked->options)) {
		luaL_checktype(L, asked->options, LUA_TTABLE);
		status = read_settings(L, &r, asked->options, asked->names,
		    asked->metrics == asked->options);
	}
	return status;
}
