/* SPDX-License-Identifier: MIT */
#include "kpi_lua.h"

#include <stdlib.h>
#include <string.h>

static int64_t
option_instant(lua_State *L, const char *name)
{
	return kpi__lua_option(L, 2, name) == LUA_TNIL
	    ? KPI_UNKNOWN
	    : kpi__lua_moment(L, -1, 2, name);
}

static const char *
option_text(lua_State *L, const char *name)
{
	return kpi__lua_option(L, 2, name) == LUA_TNIL
	    ? NULL
	    : kpi__lua_text(L, -1, 2, name);
}

/*
 * store:add_activity(activity) -> store. A table of what an agent did: agent,
 * state (a name of kpi.catalogue "activities"), started_at and, where known,
 * ended_at (instants, as store:add() takes them) and source. One that begins at
 * the same instant, of the same agent, state and source, replaces the former.
 */
int
kpi__lua_add_activity(lua_State *L)
{
	static const char *const names[] = { "agent", "ended_at", "source",
		"started_at", "state", NULL };
	const kpi__lua_slot *slot = kpi__lua_slot_check(L, 1, KPI__LUA_STORE);
	kpi_activity activity = KPI_ACTIVITY_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;

	kpi__lua_slot_held(L, slot);
	luaL_checktype(L, 2, LUA_TTABLE);
	kpi__lua_keys(L, 2, "activity", names);
	activity.started_at = option_instant(L, "started_at");
	activity.ended_at = option_instant(L, "ended_at");
	if (kpi__lua_option(L, 2, "state") != LUA_TNIL)
		activity.state =
		    kpi__lua_word(L, KPI_TABLE_ACTIVITIES, -1, 2, "state");
	/* The texts stay on the stack until they are read. */
	activity.agent = option_text(L, "agent");
	activity.source = option_text(L, "source");
	status = kpi_store_add_activity(
	    kpi__lua_slot_held(L, slot), &activity, &error);
	if (status == KPI_EINVAL)
		return luaL_argerror(L, 2, error.text);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	lua_settop(L, 1);
	return 1;
}

/*
 * An activity that was told, with its texts: outside of Lua, whose errors
 * must not cross the library.
 */
typedef struct told {
	struct told *next;
	kpi_activity activity;
	char texts[];
} told;

typedef struct list {
	told *first, **end;
	int full; /* there was no memory for one more */
} list;

static int
keep(void *ctx, const kpi_activity *activity)
{
	list *all = ctx;
	const size_t agent = strlen(activity->agent) + 1;
	const size_t source =
	    activity->source == NULL ? 0 : strlen(activity->source) + 1;
	told *t = malloc(sizeof(*t) + agent + source);

	if (t == NULL) {
		all->full = 1;
		return 1;
	}
	t->next = NULL;
	t->activity = *activity;
	t->activity.agent = memcpy(t->texts, activity->agent, agent);
	if (source != 0)
		t->activity.source =
		    memcpy(t->texts + agent, activity->source, source);
	*all->end = t;
	all->end = &t->next;
	return 0;
}

static void
release(void *held)
{
	told *next;

	for (told *t = held; t != NULL; t = next) {
		next = t->next;
		free(t);
	}
}

static void
push_activity(lua_State *L, const kpi_activity *activity)
{
	kpi_entry entry = KPI_ENTRY_INIT;

	lua_createtable(L, 0, 5);
	kpi__lua_set_text(L, "agent", activity->agent);
	if (kpi_catalogue_number(KPI_TABLE_ACTIVITIES, (int32_t)activity->state,
		&entry) == KPI_OK)
		kpi__lua_set_text(L, "state", entry.name);
	kpi__lua_set_integer(L, "started_at", activity->started_at);
	kpi__lua_set_integer(L, "ended_at", activity->ended_at);
	kpi__lua_set_text(L, "source", activity->source);
}

static int
make_activity(lua_State *L)
{
	const told *first = lua_touserdata(L, 1);

	push_activity(L, &first->activity);
	return 1;
}

static int
next_activity(lua_State *L)
{
	kpi__lua_slot *slot = lua_touserdata(L, lua_upvalueindex(1));
	told *first = slot->held;

	if (!kpi__lua_walk_goes_on(L, slot))
		return 0;
	kpi__lua_slot_push(L, slot, make_activity, first);
	if (slot->held == NULL) /* closed meanwhile */
		return 1;
	slot->held = first->next;
	free(first);
	return 1;
}

/*
 * for activity in assert(store:activities()) do: what agents did, by agent,
 * start, state and source, as tables that store:add_activity() takes. Sees
 * the store as it was at the call.
 */
int
kpi__lua_activities(lua_State *L)
{
	const kpi__lua_slot *store = kpi__lua_slot_check(L, 1, KPI__LUA_STORE);
	list all = { NULL, &all.first, 0 };
	kpi_error error = KPI_ERROR_INIT;
	kpi__lua_slot *slot;
	kpi_status status;

	kpi__lua_slot_held(L, store);
	slot = kpi__lua_slot_new(L, KPI__LUA_HANDLE, release);
	status = kpi_store_activities(
	    kpi__lua_slot_held(L, store), keep, &all, &error);
	slot->held = all.first;
	if (all.full)
		return kpi__lua_failed(L, KPI_ENOMEM, NULL);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	lua_pushvalue(L, -1);
	return kpi__lua_walk(L, next_activity, lua_gettop(L) - 1, 1);
}
