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

void *
kpi__lua_walk_pin(lua_State *L, kpi__lua_slot *slot)
{
	if (slot->held == NULL)
		return NULL;
	if (slot->pins != 0)
		luaL_error(L, "the iterator is called from within its call");
	return kpi__lua_slot_pin(L, slot);
}

static int
next_interaction(lua_State *L)
{
	kpi__lua_slot *slot = lua_touserdata(L, lua_upvalueindex(1));
	kpi_iterator *iterator = kpi__lua_walk_pin(L, slot);
	const kpi_interaction *interaction = NULL;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status = KPI_OK;

	if (iterator == NULL)
		return 0;
	status = kpi_iterator_next(iterator, &interaction, &error);
	if (interaction != NULL)
		kpi__lua_push_record(L, interaction);
	kpi__lua_slot_unpin(slot);
	if (status != KPI_OK)
		return raise(L, status, &error);
	if (interaction == NULL)
		kpi__lua_slot_release(slot);
	return interaction != NULL;
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

static int
next_repeat(lua_State *L)
{
	kpi__lua_slot *slot = lua_touserdata(L, lua_upvalueindex(1));
	const uint64_t i = (uint64_t)lua_tonumber(L, lua_upvalueindex(2));
	const kpi_repeats *repeats = kpi__lua_walk_pin(L, slot);
	kpi_repeat repeat = KPI_REPEAT_INIT;
	const int more = i < kpi_repeats_count(repeats) &&
	    kpi_repeats_get(repeats, i, &repeat) == KPI_OK;

	if (repeats == NULL)
		return 0;
	if (more) {
		lua_pushnumber(L, (lua_Number)(i + 1));
		lua_replace(L, lua_upvalueindex(2));
		push_repeat(L, &repeat);
	}
	kpi__lua_slot_unpin(slot);
	if (!more)
		kpi__lua_slot_release(slot);
	return more;
}

/*
 * for repeat_ in assert(store:repeats([options])) do: the contacts that came
 * again, by customer and time, as tables of started_at, earlier_started_at,
 * first_started_at, gap, customer, source, id, earlier_source, earlier_id,
 * first_source, first_id. Options: those of each, preset, set and progress.
 */
int
kpi__lua_repeats(lua_State *L)
{
	static const char *const names[] = { KPI__LUA_RANGE_OPTIONS,
		KPI__LUA_DEFINITION_OPTIONS, "progress", NULL };
	kpi__lua_slot *store = kpi__lua_slot_check(L, 1, KPI__LUA_STORE);
	const kpi__lua_definitions *definitions;
	kpi_error error = KPI_ERROR_INIT;
	kpi_repeats *repeats = NULL;
	const kpi_query *query;
	kpi__lua_slot *slot;
	kpi__lua_stop stop;
	kpi_status status;

	kpi__lua_slot_held(L, store);
	lua_settop(L, 2);
	kpi__lua_options(L, 2, names);
	kpi__lua_stop_read(L, 2, &stop);
	lua_pushliteral(L, "repeat_rate");
	status = kpi__lua_define(L, 4, 2, 2, &definitions, &error);
	if (status == KPI_OK)
		status = kpi__lua_query(L, 2, &stop, &query, &error);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	slot = kpi__lua_slot_new(L, KPI__LUA_HANDLE, release_repeats);
	status =
	    kpi_repeat_contacts(&repeats, kpi__lua_stop_begin(&stop, store),
		query, definitions->list[0], &error);
	slot->held = repeats;
	kpi__lua_stop_end(&stop, store);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	lua_pushvalue(L, -1);
	lua_pushnumber(L, 0);
	return kpi__lua_walk(L, next_repeat, lua_gettop(L) - 2, 2);
}
