/* SPDX-License-Identifier: MIT */
#include "question.h"

/*
 * An iterator cannot return nil and a message: for would end as if all had
 * been seen. So what fails on the way raises.
 */
static int
raise(lua_State *L, kpi_status status, const kpi_error *error)
{
	return luaL_error(L, "%s",
	    error->text[0] != '\0' ? error->text : kpi_strerror(status));
}

static void
release_iterator(void *held)
{
	kpi_iterator_free(held);
}

int
kpi__lua_walk_goes_on(lua_State *L, const kpi__lua_slot *slot)
{
	if (slot->pins != 0)
		luaL_error(L, "the iterator is called from within its call");
	return slot->held != NULL;
}

/* Returns what is on top; nil is the end. */
static int
step(lua_State *L, kpi__lua_slot *slot)
{
	if (lua_isnil(L, -1))
		kpi__lua_slot_release(slot);
	return 1;
}

typedef struct interactions {
	kpi_iterator *iterator;
	kpi_error *error;
	kpi_status status;
} interactions;

static int
make_interaction(lua_State *L)
{
	interactions *all = lua_touserdata(L, 1);
	const kpi_interaction *interaction = NULL;

	all->status =
	    kpi_iterator_next(all->iterator, &interaction, all->error);
	if (interaction == NULL)
		lua_pushnil(L);
	else
		kpi__lua_push_record(L, interaction);
	return 1;
}

static int
next_interaction(lua_State *L)
{
	kpi__lua_slot *slot = lua_touserdata(L, lua_upvalueindex(1));
	kpi_error error = KPI_ERROR_INIT;
	interactions all = { slot->held, &error, KPI_OK };

	if (!kpi__lua_walk_goes_on(L, slot))
		return 0;
	kpi__lua_slot_push(L, slot, make_interaction, &all);
	if (all.status != KPI_OK)
		return raise(L, all.status, &error);
	return step(L, slot);
}

int
kpi__lua_walk(lua_State *L, lua_CFunction next, int slot, int upvalues)
{
	lua_pushcclosure(L, next, upvalues);
	lua_pushnil(L);
	lua_pushnil(L);
	lua_pushvalue(L, slot);
	return 4;
}

/*
 * for interaction in assert(store:each([options])) do. Options: from, until_,
 * where, where_not, zone_directory. Sees the store as it was at the call.
 */
int
kpi__lua_each(lua_State *L)
{
	static const char *const names[] = { KPI__LUA_RANGE_OPTIONS, NULL };
	const kpi__lua_slot *store = kpi__lua_slot_check(L, 1, KPI__LUA_STORE);
	kpi_error error = KPI_ERROR_INIT;
	kpi_iterator *iterator = NULL;
	const kpi_query *query;
	kpi__lua_slot *slot;
	kpi_status status;

	kpi__lua_slot_held(L, store);
	lua_settop(L, 2);
	kpi__lua_options(L, 2, names);
	status = kpi__lua_query(L, 2, NULL, &query, &error);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	slot = kpi__lua_slot_new(L, KPI__LUA_HANDLE, release_iterator);
	status = kpi_store_iterate(
	    &iterator, kpi__lua_slot_held(L, store), query, &error);
	slot->held = iterator;
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	lua_pushvalue(L, -1);
	return kpi__lua_walk(L, next_interaction, lua_gettop(L) - 1, 1);
}

static void
release_repeats(void *held)
{
	kpi_repeats_free(held);
}

static void
push_repeat(lua_State *L, const kpi_repeat *repeat)
{
	lua_createtable(L, 0, 11);
	kpi__lua_set_integer(L, "started_at", repeat->started_at);
	kpi__lua_set_integer(
	    L, "earlier_started_at", repeat->earlier_started_at);
	kpi__lua_set_integer(L, "first_started_at", repeat->first_started_at);
	kpi__lua_set_integer(L, "gap", repeat->gap_ms);
	kpi__lua_set_text(L, "customer", repeat->customer);
	kpi__lua_set_text(L, "source", repeat->source);
	kpi__lua_set_text(L, "id", repeat->id);
	kpi__lua_set_text(L, "earlier_source", repeat->earlier_source);
	kpi__lua_set_text(L, "earlier_id", repeat->earlier_id);
	kpi__lua_set_text(L, "first_source", repeat->first_source);
	kpi__lua_set_text(L, "first_id", repeat->first_id);
}

typedef struct repeats {
	const kpi_repeats *list;
	uint64_t next;
} repeats;

static int
make_repeat(lua_State *L)
{
	const repeats *all = lua_touserdata(L, 1);
	kpi_repeat repeat = KPI_REPEAT_INIT;

	if (all->next < kpi_repeats_count(all->list) &&
	    kpi_repeats_get(all->list, all->next, &repeat) == KPI_OK)
		push_repeat(L, &repeat);
	else
		lua_pushnil(L);
	return 1;
}

static int
next_repeat(lua_State *L)
{
	kpi__lua_slot *slot = lua_touserdata(L, lua_upvalueindex(1));
	repeats all = { slot->held,
		(uint64_t)lua_tonumber(L, lua_upvalueindex(2)) };

	if (!kpi__lua_walk_goes_on(L, slot))
		return 0;
	kpi__lua_slot_push(L, slot, make_repeat, &all);
	lua_pushnumber(L, (lua_Number)(all.next + 1));
	lua_replace(L, lua_upvalueindex(2));
	return step(L, slot);
}

/*
 * for repeat_ in assert(store:repeats([options])) do: the contacts that came
 * again, by customer and time, as tables of started_at, earlier_started_at,
 * first_started_at, gap, customer, source, id, earlier_source, earlier_id,
 * first_source, first_id. Options: those of each, preset, progress, and
 * parameters by their names.
 */
int
kpi__lua_repeats(lua_State *L)
{
	static const char *const names[] = { KPI__LUA_RANGE_OPTIONS, "preset",
		"progress", NULL };
	const kpi__lua_asked asked = { 3, 2, 2, names };
	kpi__lua_slot *store = kpi__lua_slot_check(L, 1, KPI__LUA_STORE);
	const kpi__lua_definitions *definitions;
	kpi_error error = KPI_ERROR_INIT;
	kpi_repeats *list = NULL;
	const kpi_query *query;
	kpi__lua_slot *slot;
	kpi__lua_stop stop;
	kpi_status status;

	kpi__lua_slot_held(L, store);
	lua_settop(L, 2);
	lua_pushliteral(L, "repeat_rate");
	status = kpi__lua_define(L, &asked, &definitions, &error);
	kpi__lua_stop_read(L, 2, &stop);
	if (status == KPI_OK)
		status = kpi__lua_query(L, 2, &stop, &query, &error);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	slot = kpi__lua_slot_new(L, KPI__LUA_HANDLE, release_repeats);
	status = kpi_repeat_contacts(&list, kpi__lua_stop_begin(&stop, store),
	    query, definitions->list[0], &error);
	slot->held = list;
	kpi__lua_stop_end(&stop, store);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	lua_pushvalue(L, -1);
	lua_pushnumber(L, 0);
	return kpi__lua_walk(L, next_repeat, lua_gettop(L) - 2, 2);
}
