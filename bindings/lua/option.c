/* SPDX-License-Identifier: MIT */
#include "kpi_lua.h"

#include <limits.h>
#include <string.h>

#define LONGEST 31 /* of the words that are compared, in bytes */

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters to change, add or leave out to make one of the other. */
static size_t
distance(const char *a, const char *b)
{
	const size_t width = strlen(b);
	size_t row[LONGEST + 1];

	for (size_t j = 0; j <= width; j++)
		row[j] = j;
	for (size_t i = 1; *a != '\0'; i++, a++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t j = 1; j <= width; j++) {
			const size_t change = corner + (*a != b[j - 1]);

			corner = row[j];
			row[j] = least(change, 1 + least(row[j], row[j - 1]));
		}
	}
	return row[width];
}

/* The nearest to a word, if it is near enough to be meant. */
typedef struct nearest {
	const char *word;
	const char *found;
	size_t far; /* `found` is, or what comes must be nearer than */
} nearest;

static void
compare(nearest *n, const char *name)
{
	size_t far;

	if (strlen(n->word) > LONGEST)
		return;
	far = distance(n->word, name);
	if (far < n->far && far < strlen(name)) {
		n->far = far;
		n->found = name;
	}
}

static void
compare_parameters(nearest *n)
{
	const uint64_t count = kpi_catalogue_count(KPI_TABLE_PARAMETERS);
	kpi_entry entry = KPI_ENTRY_INIT;

	for (uint64_t i = 0; i < count; i++) {
		if (kpi_catalogue_entry(KPI_TABLE_PARAMETERS, i, &entry) ==
		    KPI_OK)
			compare(n, entry.name);
	}
}

/* Raises; `more` says what else there is, beyond the names. */
static int
none_of(lua_State *L, int arg, const char *what, const nearest *n,
    const char *const *names, const char *more)
{
	const int top = lua_gettop(L);

	if (n->found != NULL)
		return kpi__lua_refuse(L, arg, what,
		    "'%.40s' is not known; did you mean '%s'?", n->word,
		    n->found);
	for (size_t i = 0; names[i] != NULL; i++) {
		luaL_checkstack(L, 2, NULL);
		lua_pushstring(L, i == 0 ? "" : ", ");
		lua_pushstring(L, names[i]);
	}
	lua_concat(L, lua_gettop(L) - top);
	return kpi__lua_refuse(L, arg, what, "'%.40s' is none of %s%s", n->word,
	    lua_tostring(L, -1), more);
}

int
kpi__lua_no_such(lua_State *L, int arg, const char *what, const char *word,
    const char *const *names)
{
	nearest n = { word, NULL, 3 };

	for (size_t i = 0; names[i] != NULL; i++)
		compare(&n, names[i]);
	return none_of(L, arg, what, &n, names, "");
}

/* The __index of a table of methods, for what is not in it. */
int
kpi__lua_no_method(lua_State *L)
{
	nearest n = { NULL, NULL, 3 };

	if (lua_type(L, 2) != LUA_TSTRING)
		return 0;
	n.word = lua_tostring(L, 2);
	lua_pushnil(L);
	while (lua_next(L, 1) != 0) {
		lua_pop(L, 1);
		if (lua_type(L, -1) == LUA_TSTRING)
			compare(&n, lua_tostring(L, -1));
	}
	if (n.found == NULL)
		return luaL_error(L, "there is no method '%s'", n.word);
	return luaL_error(
	    L, "there is no method '%s'; did you mean '%s'?", n.word, n.found);
}

int
kpi__lua_is_among(const char *word, const char *const *names)
{
	for (; *names != NULL; names++) {
		if (strcmp(word, *names) == 0)
			return 1;
	}
	return 0;
}

void
kpi__lua_key(lua_State *L, int index, int arg, const char *what,
    const char *const *names)
{
	const char *key;

	if (lua_type(L, index) != LUA_TSTRING)
		kpi__lua_refuse(L, arg, what, "expected names as keys, got %s",
		    luaL_typename(L, index));
	key = kpi__lua_text(L, index, arg, what);
	if (!kpi__lua_is_among(key, names))
		kpi__lua_no_such(L, arg, what, key, names);
}

void
kpi__lua_setting(lua_State *L, int index, int arg, const char *what,
    const char *const *names)
{
	kpi_entry entry = KPI_ENTRY_INIT;
	nearest n = { NULL, NULL, 3 };

	if (lua_type(L, index) == LUA_TSTRING) {
		n.word = kpi__lua_text(L, index, arg, what);
		if (kpi__lua_is_among(n.word, names) ||
		    kpi_catalogue_find(
			KPI_TABLE_PARAMETERS, n.word, &entry, NULL) == KPI_OK)
			return;
		for (size_t i = 0; names[i] != NULL; i++)
			compare(&n, names[i]);
		compare_parameters(&n);
		none_of(L, arg, what, &n, names,
		    ", nor a parameter of kpi.catalogue \"parameters\"");
	}
	kpi__lua_key(L, index, arg, what, names);
}

void
kpi__lua_keys(lua_State *L, int arg, const char *what, const char *const *names)
{
	lua_pushnil(L);
	while (lua_next(L, arg) != 0) {
		kpi__lua_key(L, -2, arg, what, names);
		lua_pop(L, 1);
	}
}

void
kpi__lua_options(lua_State *L, int arg, const char *const *names)
{
	if (lua_isnoneornil(L, arg))
		return;
	luaL_checktype(L, arg, LUA_TTABLE);
	kpi__lua_keys(L, arg, "option", names);
}

int
kpi__lua_list(lua_State *L, int index, int arg, const char *what)
{
	size_t count, seen = 0;

	if (!lua_istable(L, index))
		kpi__lua_refuse(L, arg, what, "expected a list, got %s",
		    luaL_typename(L, index));
	count = lua_rawlen(L, index);
	lua_pushnil(L);
	while (lua_next(L, index) != 0) {
		if (lua_type(L, -2) == LUA_TSTRING)
			kpi__lua_refuse(L, arg, what,
			    "expected a list, got a table with the key '%.40s'",
			    lua_tostring(L, -2));
		lua_pop(L, 1);
		seen++;
	}
	if (seen != count || count > INT_MAX)
		kpi__lua_refuse(
		    L, arg, what, "expected a list, got a table with gaps");
	return (int)count;
}

int
kpi__lua_option(lua_State *L, int index, const char *name)
{
	if (!lua_istable(L, index)) {
		lua_pushnil(L);
		return LUA_TNIL;
	}
	lua_pushstring(L, name);
	lua_rawget(L, index);
	return lua_type(L, -1);
}
