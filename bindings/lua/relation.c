/* SPDX-License-Identifier: MIT */
/* What a store keeps beside interactions: activities, the roster, expenses,
 * business hours. */
#include "kpi_lua.h"

#include <stdlib.h>
#include <string.h>

typedef union record {
	kpi_activity activity;
	kpi_employment employment;
	kpi_expense expense;
	kpi_calendar calendar;
} record;

typedef enum kind { TEXT, INSTANT, INTEGER, WORD } kind;

typedef struct field {
	const char *name;
	kind kind;
	int32_t table; /* of words, KPI_TABLE_ */
	size_t offset;
} field;

typedef struct told told;

/* A record that was told, with its texts: outside of Lua, whose errors must
 * not cross the library. */
struct told {
	told *next;
	const struct relation *relation;
	record record;
	char texts[];
};

typedef struct list {
	const struct relation *relation;
	told *first, **end;
	int full; /* there was no memory for one more */
} list;

typedef struct relation {
	const char *what;
	const char *const *names;
	const field *fields;
	int count;
	record blank;
	kpi_status (*add)(
	    kpi_store *store, const record *record, kpi_error *error);
	kpi_status (*tell)(kpi_store *store, list *all, kpi_error *error);
} relation;

static const char *
text_of(const field *f, const record *r)
{
	const char *text;

	memcpy(&text, (const char *)r + f->offset, sizeof(text));
	return f->kind == TEXT ? text : NULL;
}

static int
keep(void *ctx, const void *given, size_t size)
{
	list *all = ctx;
	const relation *const to = all->relation;
	size_t texts = 0;
	char *at;
	told *t;

	for (int i = 0; i < to->count; i++) {
		const char *const text = text_of(&to->fields[i], given);

		texts += text == NULL ? 0 : strlen(text) + 1;
	}
	t = malloc(sizeof(*t) + texts);
	if (t == NULL) {
		all->full = 1;
		return 1;
	}
	t->next = NULL;
	t->relation = to;
	memcpy(&t->record, given, size);
	at = t->texts;
	for (int i = 0; i < to->count; i++) {
		const char *const text = text_of(&to->fields[i], given);
		const size_t length = text == NULL ? 0 : strlen(text) + 1;

		if (text == NULL)
			continue;
		memcpy(at, text, length);
		memcpy(
		    (char *)&t->record + to->fields[i].offset, &at, sizeof(at));
		at += length;
	}
	*all->end = t;
	all->end = &t->next;
	return 0;
}

#define AT(record, member) offsetof(kpi_##record, member)

/* clang-format off */
static const char *const activity_names[] = { "agent", "ended_at", "source",
	"started_at", "state", NULL };
static const field activity_fields[] = {
	{ "agent", TEXT, 0, AT(activity, agent) },
	{ "state", WORD, KPI_TABLE_ACTIVITIES, AT(activity, state) },
	{ "started_at", INSTANT, 0, AT(activity, started_at) },
	{ "ended_at", INSTANT, 0, AT(activity, ended_at) },
	{ "source", TEXT, 0, AT(activity, source) },
};
static const char *const employment_names[] = { "agent", "hired_at", "left_at",
	"source", NULL };
static const field employment_fields[] = {
	{ "agent", TEXT, 0, AT(employment, agent) },
	{ "hired_at", INSTANT, 0, AT(employment, hired_at) },
	{ "left_at", INSTANT, 0, AT(employment, left_at) },
	{ "source", TEXT, 0, AT(employment, source) },
};
static const char *const expense_names[] = { "amount", "by", "ended_at", "id",
	"note", "of", "source", "started_at", NULL };
static const field expense_fields[] = {
	{ "started_at", INSTANT, 0, AT(expense, started_at) },
	{ "ended_at", INSTANT, 0, AT(expense, ended_at) },
	{ "amount", INTEGER, 0, AT(expense, amount) },
	{ "by", WORD, KPI_TABLE_DIMENSIONS, AT(expense, by) },
	{ "of", TEXT, 0, AT(expense, of) },
	{ "id", TEXT, 0, AT(expense, id) },
	{ "source", TEXT, 0, AT(expense, source) },
	{ "note", TEXT, 0, AT(expense, note) },
};
static const char *const calendar_names[] = { "hours", "queue", "time_zone",
	NULL };
static const field calendar_fields[] = {
	{ "queue", TEXT, 0, AT(calendar, queue) },
	{ "time_zone", TEXT, 0, AT(calendar, time_zone) },
	{ "hours", TEXT, 0, AT(calendar, hours) },
};
/* clang-format on */

static kpi_status
add_activity(kpi_store *store, const record *r, kpi_error *error)
{
	return kpi_store_add_activity(store, &r->activity, error);
}

static kpi_status
add_employment(kpi_store *store, const record *r, kpi_error *error)
{
	return kpi_store_add_employment(store, &r->employment, error);
}

static kpi_status
add_expense(kpi_store *store, const record *r, kpi_error *error)
{
	return kpi_store_add_expense(store, &r->expense, error);
}

static kpi_status
add_calendar(kpi_store *store, const record *r, kpi_error *error)
{
	return kpi_store_add_calendar(store, &r->calendar, error);
}

static int
keep_activity(void *ctx, const kpi_activity *given)
{
	return keep(ctx, given, sizeof(*given));
}

static int
keep_employment(void *ctx, const kpi_employment *given)
{
	return keep(ctx, given, sizeof(*given));
}

static int
keep_expense(void *ctx, const kpi_expense *given)
{
	return keep(ctx, given, sizeof(*given));
}

static int
keep_calendar(void *ctx, const kpi_calendar *given)
{
	return keep(ctx, given, sizeof(*given));
}

static kpi_status
tell_activities(kpi_store *store, list *all, kpi_error *error)
{
	return kpi_store_activities(store, keep_activity, all, error);
}

static kpi_status
tell_employments(kpi_store *store, list *all, kpi_error *error)
{
	return kpi_store_employments(store, keep_employment, all, error);
}

static kpi_status
tell_expenses(kpi_store *store, list *all, kpi_error *error)
{
	return kpi_store_expenses(store, keep_expense, all, error);
}

static kpi_status
tell_calendars(kpi_store *store, list *all, kpi_error *error)
{
	return kpi_store_calendars(store, keep_calendar, all, error);
}

#define COUNT(fields) (int)(sizeof(fields) / sizeof(*(fields)))

static const relation activities = { "activity", activity_names,
	activity_fields, COUNT(activity_fields),
	{ .activity = KPI_ACTIVITY_INIT }, add_activity, tell_activities };
static const relation employments = { "employment", employment_names,
	employment_fields, COUNT(employment_fields),
	{ .employment = KPI_EMPLOYMENT_INIT }, add_employment,
	tell_employments };
static const relation expenses = { "expense", expense_names, expense_fields,
	COUNT(expense_fields), { .expense = KPI_EXPENSE_INIT }, add_expense,
	tell_expenses };

static const relation calendars = { "calendar", calendar_names, calendar_fields,
	COUNT(calendar_fields), { .calendar = KPI_CALENDAR_INIT }, add_calendar,
	tell_calendars };

/* The value on top, of the table that is argument 2. */
static void
read_field(lua_State *L, const field *f, record *r)
{
	void *const to = (char *)r + f->offset;
	int64_t number;
	const char *text;

	if (f->kind == TEXT) {
		text = kpi__lua_text(L, -1, 2, f->name);
		memcpy(to, &text, sizeof(text));
		return;
	}
	if (f->kind == INSTANT)
		number = kpi__lua_moment(L, -1, 2, f->name);
	else if (f->kind == INTEGER)
		number = kpi__lua_integer(L, -1, 2, f->name);
	else
		number = kpi__lua_word(L, f->table, -1, 2, f->name);
	memcpy(to, &number, sizeof(number));
}

/* The texts stay on the stack until they are read. */
static int
add(lua_State *L, const relation *to)
{
	const kpi__lua_slot *slot = kpi__lua_slot_check(L, 1, KPI__LUA_STORE);
	record r = to->blank;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;

	kpi__lua_slot_held(L, slot);
	luaL_checktype(L, 2, LUA_TTABLE);
	kpi__lua_keys(L, 2, to->what, to->names);
	for (int i = 0; i < to->count; i++)
		if (kpi__lua_option(L, 2, to->fields[i].name) != LUA_TNIL)
			read_field(L, &to->fields[i], &r);
	status = to->add(kpi__lua_slot_held(L, slot), &r, &error);
	if (status == KPI_EINVAL || status == KPI_EPARSE)
		return luaL_argerror(L, 2, error.text);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	lua_settop(L, 1);
	return 1;
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
show_field(lua_State *L, const field *f, const record *r)
{
	kpi_entry entry = KPI_ENTRY_INIT;
	int64_t number;

	if (f->kind == TEXT) {
		kpi__lua_set_text(L, f->name, text_of(f, r));
		return;
	}
	memcpy(&number, (const char *)r + f->offset, sizeof(number));
	if (f->kind != WORD)
		kpi__lua_set_integer(L, f->name, number);
	else if (kpi_catalogue_number(f->table, (int32_t)number, &entry) ==
	    KPI_OK)
		kpi__lua_set_text(L, f->name, entry.name);
}

static int
make(lua_State *L)
{
	const told *first = lua_touserdata(L, 1);
	const relation *const of = first->relation;

	lua_createtable(L, 0, of->count);
	for (int i = 0; i < of->count; i++)
		show_field(L, &of->fields[i], &first->record);
	return 1;
}

static int
next_one(lua_State *L)
{
	kpi__lua_slot *slot = lua_touserdata(L, lua_upvalueindex(1));
	told *first = slot->held;

	if (!kpi__lua_walk_goes_on(L, slot))
		return 0;
	kpi__lua_slot_push(L, slot, make, first);
	if (slot->held == NULL) /* closed meanwhile */
		return 1;
	slot->held = first->next;
	free(first);
	return 1;
}

static int
walk(lua_State *L, const relation *of)
{
	const kpi__lua_slot *store = kpi__lua_slot_check(L, 1, KPI__LUA_STORE);
	list all = { of, NULL, &all.first, 0 };
	kpi_error error = KPI_ERROR_INIT;
	kpi__lua_slot *slot;
	kpi_status status;

	kpi__lua_slot_held(L, store);
	slot = kpi__lua_slot_new(L, KPI__LUA_HANDLE, release);
	status = of->tell(kpi__lua_slot_held(L, store), &all, &error);
	slot->held = all.first;
	if (all.full)
		return kpi__lua_failed(L, KPI_ENOMEM, NULL);
	if (status != KPI_OK)
		return kpi__lua_failed(L, status, &error);
	lua_pushvalue(L, -1);
	return kpi__lua_walk(L, next_one, lua_gettop(L) - 1, 1);
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
	return add(L, &activities);
}

/*
 * store:add_employment(employment) -> store. A table of agent, hired_at and,
 * where known, left_at and source. One of the same agent, hiring and source
 * replaces the former.
 */
int
kpi__lua_add_employment(lua_State *L)
{
	return add(L, &employments);
}

/*
 * store:add_expense(expense) -> store. A table of started_at, ended_at, amount
 * (minor units) and, where known, by ("queue", "team", "agent" or "channel")
 * and of (its name), id, source and note. One of the same id and source
 * replaces the former.
 */
int
kpi__lua_add_expense(lua_State *L)
{
	return add(L, &expenses);
}

/*
 * store:add_calendar(calendar) -> store. A table of hours ("Mo-Fr 08:00-18:00;
 * Dec 25-26 off"), queue (none: of all that have none of their own) and
 * time_zone (UTC). They replace those that the queue had; without hours it has
 * none any more.
 */
int
kpi__lua_add_calendar(lua_State *L)
{
	return add(L, &calendars);
}

/*
 * for activity in assert(store:activities()) do: what agents did, by agent,
 * start, state and source, as tables that store:add_activity() takes. Sees
 * the store as it was at the call. Likewise store:employments(), by agent,
 * hiring and source, store:expenses(), by start, end, source and id, and
 * store:calendars(), by queue.
 */
int
kpi__lua_activities(lua_State *L)
{
	return walk(L, &activities);
}

int
kpi__lua_employments(lua_State *L)
{
	return walk(L, &employments);
}

int
kpi__lua_expenses(lua_State *L)
{
	return walk(L, &expenses);
}

int
kpi__lua_calendars(lua_State *L)
{
	return walk(L, &calendars);
}
