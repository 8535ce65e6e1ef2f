/* SPDX-License-Identifier: MIT */
#include "kpi_lua.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void
release(void *held)
{
	kpi_store_close(held);
}

static void
release_record(void *held)
{
	kpi_record_free(held);
}

static kpi__lua_slot *
check_slot(lua_State *L)
{
	kpi__lua_slot *slot = kpi__lua_slot_check(L, 1, KPI__LUA_STORE);

	kpi__lua_slot_held(L, slot);
	return slot;
}

static kpi_store *
check_store(lua_State *L)
{
	return kpi__lua_held(L, 1, KPI__LUA_STORE);
}

/* The store itself, so that calls chain; or nil, message, status. */
static int
done(lua_State *L, kpi_status status, const kpi_error *error)
{
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, error);
	lua_pushvalue(L, 1);
	return 1;
}

/* The same, where what is outside of its range is argument 2. */
static int
done_with(lua_State *L, kpi_status status, const kpi_error *error)
{
	return status == KPI_EINVAL ? luaL_argerror(L, 2, error->text)
				    : done(L, status, error);
}

static int
option_flag(lua_State *L, int arg, const char *name)
{
	const int type = kpi__lua_option(L, arg, name);
	const int set = lua_toboolean(L, -1);

	if (type != LUA_TNIL && type != LUA_TBOOLEAN)
		kpi__lua_refuse(L, arg, name, "expected true or false, got %s",
		    lua_typename(L, type));
	lua_pop(L, 1);
	return set;
}

/* 0, which is the library's default, if there is none. */
static int64_t
option_integer(lua_State *L, int arg, const char *name, int64_t least)
{
	int64_t value = 0;

	if (kpi__lua_option(L, arg, name) != LUA_TNIL) {
		value = kpi__lua_integer(L, -1, arg, name);
		if (value < least)
			kpi__lua_refuse(
			    L, arg, name, "expected %d or more", (int)least);
	}
	lua_pop(L, 1);
	return value;
}

static int32_t
option_if_exists(lua_State *L, int arg)
{
	static const char *const names[] = { "refuse", "update", NULL };
	const char *name = names[0];

	if (kpi__lua_option(L, arg, "if_exists") != LUA_TNIL)
		name = kpi__lua_text(L, -1, arg, "if_exists");
	if (strcmp(name, names[0]) != 0 && strcmp(name, names[1]) != 0)
		kpi__lua_no_such(L, arg, "if_exists", name, names);
	lua_pop(L, 1);
	return strcmp(name, names[1]) == 0 ? KPI_IF_EXISTS_UPDATE
					   : KPI_IF_EXISTS_REFUSE;
}

/* Octal digits, as chmod(1) has them; 0 if there is none. */
static uint32_t
option_permissions(lua_State *L, int arg)
{
	uint32_t bits = 0;
	const char *text = "";

	if (kpi__lua_option(L, arg, "permissions") != LUA_TNIL) {
		text = kpi__lua_text(L, -1, arg, "permissions");
		if (strspn(text, "01234567") != strlen(text) ||
		    strlen(text) < 3 || strlen(text) > 4 ||
		    strcspn(text, "1234567") == strlen(text))
			kpi__lua_refuse(L, arg, "permissions",
			    "expected octal digits such as '0640', got '%.40s'",
			    text);
	}
	for (; *text != '\0'; text++)
		bits = 8 * bits + (uint32_t)(*text - '0');
	lua_pop(L, 1);
	return bits;
}

static void
read_options(lua_State *L, int arg, kpi_store_options *options)
{
	static const char *const names[] = { "busy_ms", "if_exists", "memory",
		"must_create", "must_exist", "permissions", "read_only", NULL };

	kpi__lua_options(L, arg, names);
	if (option_flag(L, arg, "read_only"))
		options->flags |= KPI_OPEN_READ_ONLY;
	if (option_flag(L, arg, "must_exist"))
		options->flags |= KPI_OPEN_MUST_EXIST;
	if (option_flag(L, arg, "must_create"))
		options->flags |= KPI_OPEN_MUST_CREATE;
	options->memory = (uint64_t)option_integer(L, arg, "memory", 0);
	options->busy_ms = option_integer(L, arg, "busy_ms", -1);
	options->permissions = option_permissions(L, arg);
	options->if_exists = option_if_exists(L, arg);
}

/*
 * kpi.open([path [, options]]) -> store: the file, or a new store in memory.
 * Options: read_only, must_exist, must_create (true), memory (bytes of
 * cache), busy_ms (-1: do not wait), permissions (of a new file, "0640"),
 * if_exists ("refuse" or "update").
 */
int
kpi__lua_open(lua_State *L)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	const char *path = NULL;
	kpi_store *store = NULL;
	kpi__lua_slot *slot;
	kpi_status status;

	if (!lua_isnoneornil(L, 1))
		path = kpi__lua_text(L, 1, 1, "path");
	read_options(L, 2, &options);
	slot = kpi__lua_slot_named(
	    L, KPI__LUA_STORE, release, path == NULL ? "" : path);
	status = kpi_store_open(&store, path, &options, &error);
	slot->held = store;
	return status == KPI_OK ? 1 : kpi__lua_failed(L, status, &error);
}

/*
 * store:add(interaction) -> store. Keys are the names of the fields,
 * kpi.catalogue "fields"; codes are given by name ("answered"), instants in
 * milliseconds since 1970 UTC (kpi.instant()) or as a text with an offset,
 * durations in milliseconds or as a text with a unit ("20s"), flags as true or
 * false. The visits stand in the list `visits`; a single one's fields may stand
 * in the table itself.
 */
static int
store_add(lua_State *L)
{
	const kpi__lua_slot *slot = check_slot(L);
	kpi_interaction record = KPI_INTERACTION_INIT;
	kpi_error error = KPI_ERROR_INIT;

	kpi__lua_record(L, 2, &record);
	return done_with(L,
	    kpi_store_add(kpi__lua_slot_held(L, slot), &record, &error),
	    &error);
}

/*
 * store:update(interaction [, clear]) -> store. Changes the fields given of
 * the interaction with that id and source; `clear` lists the names of fields
 * that become unknown.
 */
static int
store_update(lua_State *L)
{
	const kpi__lua_slot *slot = check_slot(L);
	kpi_interaction record = KPI_INTERACTION_INIT;
	kpi_error error = KPI_ERROR_INIT;
	const int32_t *clear;
	uint64_t count;

	clear = kpi__lua_field_numbers(L, 3, &count);
	kpi__lua_record(L, 2, &record);
	return done_with(L,
	    kpi_store_update(
		kpi__lua_slot_held(L, slot), &record, clear, count, &error),
	    &error);
}

static const char *
check_source(lua_State *L)
{
	return lua_isnoneornil(L, 3) ? NULL : kpi__lua_text(L, 3, 3, "source");
}

/* store:delete(id [, source]) -> store */
static int
store_delete(lua_State *L)
{
	kpi_store *store = check_store(L);
	const char *id = kpi__lua_text(L, 2, 2, "id");
	kpi_error error = KPI_ERROR_INIT;

	return done(
	    L, kpi_store_delete(store, check_source(L), id, &error), &error);
}

/* store:erase_customer(customer) -> store */
static int
store_erase_customer(lua_State *L)
{
	kpi_store *store = check_store(L);
	const char *customer = kpi__lua_text(L, 2, 2, "customer");
	kpi_error error = KPI_ERROR_INIT;

	return done(
	    L, kpi_store_erase_customer(store, customer, &error), &error);
}

/* store:get(id [, source]) -> interaction, as store:add() takes it */
static int
store_get(lua_State *L)
{
	const kpi__lua_slot *store = check_slot(L);
	const char *id = kpi__lua_text(L, 2, 2, "id");
	const char *source = check_source(L);
	kpi__lua_slot *slot =
	    kpi__lua_slot_new(L, KPI__LUA_HANDLE, release_record);
	kpi_error error = KPI_ERROR_INIT;
	kpi_record *record = NULL;
	const kpi_status status = kpi_store_get(
	    &record, kpi__lua_slot_held(L, store), source, id, &error);

	slot->held = record;
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	kpi__lua_push_record(L, kpi_record_interaction(record));
	kpi__lua_slot_release(slot);
	return 1;
}

/*
 * store:check([options]) -> store, after everything was read and verified.
 * Option: progress, called with how much is done and of how much; true ends
 * the check.
 */
static int
store_check(lua_State *L)
{
	static const char *const names[] = { "progress", NULL };
	kpi__lua_slot *slot = check_slot(L);
	kpi_error error = KPI_ERROR_INIT;
	kpi__lua_stop stop;
	kpi_status status;

	lua_settop(L, 2);
	kpi__lua_options(L, 2, names);
	kpi__lua_stop_read(L, 2, &stop);
	status = kpi_store_check(
	    kpi__lua_stop_begin(&stop, slot), kpi__lua_stop_ask, &stop, &error);
	kpi__lua_stop_end(&stop, slot);
	return done(L, status, &error);
}

/* store:set_memory(bytes) -> store: the budget of cache; 0: 256 MiB */
static int
store_set_memory(lua_State *L)
{
	const int64_t bytes = kpi__lua_integer(L, 2, 2, "bytes");

	if (bytes < 0)
		kpi__lua_refuse(L, 2, "bytes", "expected 0 or more");
	return done(
	    L, kpi_store_set_memory(check_store(L), (uint64_t)bytes), NULL);
}

/* store:set_threads(threads) -> store: how many answer a question, 1 to 64 */
static int
store_set_threads(lua_State *L)
{
	const int64_t threads = kpi__lua_integer(L, 2, 2, "threads");

	if (threads < 1 || threads > 64)
		kpi__lua_refuse(L, 2, "threads", "expected 1 to 64");
	return done(L,
	    kpi_store_set_threads(check_store(L), (uint64_t)threads, NULL),
	    NULL);
}

/*
 * kpi.reseal(path) -> true: accepts the pages of a closed store as they are,
 * after another program wrote into its file. What that program broke stays
 * broken: check the store afterwards.
 */
int
kpi__lua_reseal(lua_State *L)
{
	kpi_error error = KPI_ERROR_INIT;
	const kpi_status status =
	    kpi_store_reseal(kpi__lua_text(L, 1, 1, "path"), &error);

	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	lua_pushboolean(L, 1);
	return 1;
}

/* store:info() -> table of counts */
static int
store_info(lua_State *L)
{
	kpi_store_info info = KPI_STORE_INFO_INIT;
	kpi_error error = KPI_ERROR_INIT;
	const kpi_status status =
	    kpi_store_read_info(check_store(L), &info, &error);

	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	lua_createtable(L, 0, 12);
	kpi__lua_set_integer(L, "interactions", (int64_t)info.interactions);
	kpi__lua_set_integer(L, "visits", (int64_t)info.visits);
	kpi__lua_set_integer(L, "activities", (int64_t)info.activities);
	kpi__lua_set_integer(L, "employments", (int64_t)info.employments);
	kpi__lua_set_integer(L, "expenses", (int64_t)info.expenses);
	kpi__lua_set_integer(L, "calendars", (int64_t)info.calendars);
	kpi__lua_set_integer(L, "chunks", (int64_t)info.chunks);
	kpi__lua_set_integer(L, "tail", (int64_t)info.tail);
	kpi__lua_set_integer(L, "file_bytes", (int64_t)info.file_bytes);
	kpi__lua_set_integer(L, "cached_bytes", (int64_t)info.cached_bytes);
	kpi__lua_set_integer(L, "known_from", info.known_from);
	kpi__lua_set_integer(L, "as_of", info.as_of);
	return 1;
}

/* tostring(store) -> what and how much it is; never an error */
static int
store_tostring(lua_State *L)
{
	const kpi__lua_slot *slot = kpi__lua_slot_check(L, 1, KPI__LUA_STORE);
	kpi_store_info info = KPI_STORE_INFO_INIT;
	kpi_error error = KPI_ERROR_INIT;
	char counts[sizeof(error.text)];

	if (slot->held == NULL || slot->closed) {
		lua_pushliteral(L, "kpi.store (closed)");
		return 1;
	}
	if (kpi_store_read_info(slot->held, &info, &error) == KPI_OK)
		snprintf(counts, sizeof(counts),
		    "%" PRIu64 " interactions, %" PRIu64 " visits",
		    info.interactions, info.visits);
	else
		memcpy(counts, error.text, sizeof(counts));
	lua_pushfstring(L, "kpi.store %s (%s)",
	    slot->name[0] == '\0' ? "in memory" : slot->name, counts);
	return 1;
}

void
kpi__lua_store_type(lua_State *L)
{
	static const luaL_Reg metamethods[] = {
		{ "__tostring", store_tostring },
		{ NULL, NULL },
	};
	static const luaL_Reg methods[] = {
		{ "activities", kpi__lua_activities },
		{ "add", store_add },
		{ "add_activity", kpi__lua_add_activity },
		{ "add_arrow", kpi__lua_add_arrow },
		{ "add_calendar", kpi__lua_add_calendar },
		{ "add_columns", kpi__lua_add_columns },
		{ "add_employment", kpi__lua_add_employment },
		{ "add_expense", kpi__lua_add_expense },
		{ "batch", kpi__lua_batch },
		{ "begin", kpi__lua_begin },
		{ "calendars", kpi__lua_calendars },
		{ "change", kpi__lua_change },
		{ "check", store_check },
		{ "commit", kpi__lua_commit },
		{ "delete", store_delete },
		{ "erase_customer", store_erase_customer },
		{ "each", kpi__lua_each },
		{ "employments", kpi__lua_employments },
		{ "expenses", kpi__lua_expenses },
		{ "get", store_get },
		{ "import_csv", kpi__lua_import_csv },
		{ "import_expenses", kpi__lua_import_expenses },
		{ "import_roster", kpi__lua_import_roster },
		{ "import_queue_log", kpi__lua_import_queue_log },
		{ "info", store_info },
		{ "measure", kpi__lua_measure },
		{ "explain", kpi__lua_explain },
		{ "plan", kpi__lua_plan },
		{ "repeats", kpi__lua_repeats },
		{ "spread", kpi__lua_spread },
		{ "rollback", kpi__lua_rollback },
		{ "set_memory", store_set_memory },
		{ "set_threads", store_set_threads },
		{ "update", store_update },
		{ NULL, NULL },
	};

	kpi__lua_type(L, KPI__LUA_STORE, metamethods, methods);
	kpi__lua_metrics(L);
	lua_pop(L, 2);
}
