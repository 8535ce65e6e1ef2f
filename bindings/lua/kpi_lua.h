/* SPDX-License-Identifier: MIT */
/*
 * kpi_lua.h - what the files of the Lua module share.
 *
 * What depends on the arguments alone is the script's bug and raises an error
 * that names the argument and the nearest right word. What depends on store,
 * file or system comes back as nil, message, status.
 *
 * Lua's errors jump over C frames, so nothing of the library is held by a C
 * variable alone while Lua may raise: it stands in a slot.
 */
#ifndef KPI_LUA_H
#define KPI_LUA_H

#include <lauxlib.h>
#include <lua.h>

#include <kpi.h>

/* Lua 5.1 and LuaJIT have it under its former name. */
#if LUA_VERSION_NUM < 502
#define lua_rawlen(L, i) lua_objlen(L, i)
#endif

#define KPI__LUA_STORE      "kpi.store"
#define KPI__LUA_RESULT     "kpi.result"
#define KPI__LUA_ROW        "kpi.row" /* a table's */
#define KPI__LUA_DEFINITION "kpi.definition"
#define KPI__LUA_EXPLANATION "kpi.explanation"
#define KPI__LUA_HANDLE     "kpi.handle" /* whatever scripts only pass on */

/* slot.c: a userdata that holds one thing and gives it back. */

typedef struct kpi__lua_slot {
	void *held; /* NULL: closed, or not filled yet */
	void (*release)(void *held);
	const char *type; /* KPI__LUA_ */
	int pins;         /* calls that read what is held while Lua may run */
	int closed;       /* held may be pinned still */
	char name[];      /* of a store: its path, or "" */
} kpi__lua_slot;

/*
 * Makes the metatable of a type, and the table of its methods; close, __gc
 * and __close may run any number of times. Leaves both pushed.
 */
void kpi__lua_type(lua_State *L, const char *type, const luaL_Reg *metamethods,
    const luaL_Reg *methods);

/* Pushes an empty slot, which has its metatable before its resource. */
kpi__lua_slot *kpi__lua_slot_new(
    lua_State *L, const char *type, void (*release)(void *held));
kpi__lua_slot *kpi__lua_slot_named(lua_State *L, const char *type,
    void (*release)(void *held), const char *name);

/* Releases what a slot holds, if anything; a pinned one when it is unpinned. */
void kpi__lua_slot_release(kpi__lua_slot *slot);

/* The slot of an argument, which may be closed. */
kpi__lua_slot *kpi__lua_slot_check(lua_State *L, int arg, const char *type);

/*
 * What a slot holds; raises if it is closed. Memory that Lua takes may run a
 * finalizer of the script that closes it: ask again after, or pin it.
 */
void *kpi__lua_slot_held(lua_State *L, const kpi__lua_slot *slot);
void *kpi__lua_slot_pin(lua_State *L, kpi__lua_slot *slot);
void kpi__lua_slot_unpin(kpi__lua_slot *slot);

/*
 * Pushes the value that make(ctx as light userdata) returns, in which time
 * what the slot holds stays; raises what it raises.
 */
void kpi__lua_slot_push(
    lua_State *L, kpi__lua_slot *slot, lua_CFunction make, void *ctx);

/* What the argument holds now; raises if it is closed. */
void *kpi__lua_held(lua_State *L, int arg, const char *type);

/*
 * luaL_setfuncs() under a name of our own: Lua 5.1 lacks it, and LuaJIT,
 * which also calls itself 5.1, has it.
 */
void kpi__lua_functions(lua_State *L, const luaL_Reg *functions);

/* failure.c: how errors reach the script. */

/* Pushes nil, message, status, and returns 3; raises on KPI_EINVAL. */
int kpi__lua_failed(lua_State *L, kpi_status status, const kpi_error *error);

/* Raises an error about an argument, with the library's text. */
int kpi__lua_wrong(lua_State *L, int arg, const char *what, kpi_status status,
    const kpi_error *error);

/* Raises an error about an argument: "what: text". */
int kpi__lua_refuse(lua_State *L, int arg, const char *what, const char *format,
    ...) __attribute__((format(printf, 4, 5)));

/* Sets kpi.EINVAL and the other statuses in the table on top. */
void kpi__lua_statuses(lua_State *L);

/* value.c: values of Lua as the library's. */

/* 1 if a whole number other than KPI_UNKNOWN stands at `index`, else 0. */
int kpi__lua_whole(lua_State *L, int index, int64_t *value);

/* The whole number at `index`; raises on anything else. */
int64_t kpi__lua_integer(lua_State *L, int index, int arg, const char *what);

/* duration.c: milliseconds, as such or as a text with a unit: "20s". */
int64_t kpi__lua_duration(lua_State *L, int index, int arg, const char *what);

/* Raises on a number, where a duration must have a unit. */
void kpi__lua_with_unit(lua_State *L, int index, int arg, const char *what);

/*
 * instant.c: whether a number given for milliseconds is rather of seconds, as
 * os.time() has them: those of 1980 and later are milliseconds of before 1980.
 */
int kpi__lua_is_seconds(int64_t given);

/* Milliseconds since 1970 UTC; raises on seconds. */
int64_t kpi__lua_milliseconds(
    lua_State *L, int index, int arg, const char *what);

/*
 * Milliseconds since 1970 UTC, as such or as a text with an offset:
 * without one it would be another instant in each place.
 */
int64_t kpi__lua_moment(lua_State *L, int index, int arg, const char *what);

/* Raises where numbers are doubles and it would not be exact. */
void kpi__lua_push_integer(lua_State *L, int64_t value);

/* Sets t[name] in the table on top; KPI_UNKNOWN sets nothing. */
void kpi__lua_set_integer(lua_State *L, const char *name, int64_t value);

/* NaN, no data, sets nothing. */
void kpi__lua_set_number(lua_State *L, const char *name, double value);

/* NULL sets nothing. */
void kpi__lua_set_text(lua_State *L, const char *name, const char *text);

/* The string at `index`, which must be one, without NUL. */
const char *kpi__lua_text(lua_State *L, int index, int arg, const char *what);

/* The number of a word in a table of the catalogue; raises if unknown. */
int32_t kpi__lua_word(
    lua_State *L, int32_t table, int index, int arg, const char *what);

/* option.c: tables of options. */

/*
 * Checks that the argument is nil or a table whose keys are all among
 * `names`, which NULL ends; raises with the nearest right one.
 */
void kpi__lua_options(lua_State *L, int arg, const char *const *names);

/* The same of a table that stands for `what`. */
void kpi__lua_keys(
    lua_State *L, int arg, const char *what, const char *const *names);

/* The same of one key; `what` it is a key of. */
void kpi__lua_key(lua_State *L, int index, int arg, const char *what,
    const char *const *names);

/* The same, unless the key is the name of a parameter. */
void kpi__lua_setting(lua_State *L, int index, int arg, const char *what,
    const char *const *names);

int kpi__lua_is_among(const char *word, const char *const *names);

/*
 * How long the list at `index` is; raises if it is none, has gaps, or has
 * names as keys, which are options in the wrong place.
 */
int kpi__lua_list(lua_State *L, int index, int arg, const char *what);

/* Pushes t[name] of the table at `index`, nil if it is none; its type. */
int kpi__lua_option(lua_State *L, int index, const char *name);

/* __index of methods: raises with the nearest to what is none of them. */
int kpi__lua_no_method(lua_State *L);

/* Raises: `word` is none of `names`; says the nearest. */
int kpi__lua_no_such(lua_State *L, int arg, const char *what, const char *word,
    const char *const *names);

/* stop.c: the option `progress`, a function of what is done and of how much. */

/*
 * A kpi_stop over a function of the script, which true ends; what it raises
 * is kept until the library has come back.
 */
typedef struct kpi__lua_stop {
	lua_State *L;
	int function; /* its stack index; 0: none */
	int failed;   /* what it raised is on top */
} kpi__lua_stop;

/* Reads the option of the table at `arg`; pushes one value, which must stay. */
void kpi__lua_stop_read(lua_State *L, int arg, kpi__lua_stop *stop);

/*
 * What the slot holds, pinned until kpi__lua_stop_end(), which raises what
 * the function has raised. In between nothing else may raise.
 */
kpi_store *kpi__lua_stop_begin(const kpi__lua_stop *stop, kpi__lua_slot *store);
void kpi__lua_stop_end(const kpi__lua_stop *stop, kpi__lua_slot *store);

int kpi__lua_stop_ask(void *stop, uint64_t done, uint64_t total);

/* walk.c: what for loops go over. */

/* Whether anything is left; raises if the iterator is called by itself. */
int kpi__lua_walk_goes_on(lua_State *L, const kpi__lua_slot *slot);

/*
 * Pushes the four values of a generic for: `next` with the upvalues on top,
 * and the slot at an index, which Lua 5.4 closes when the loop is left.
 */
int kpi__lua_walk(lua_State *L, lua_CFunction next, int slot, int upvalues);

/* catalogue.c */

/* kpi.catalogue(table): its lines as tables. */
int kpi__lua_catalogue(lua_State *L);

/* field.c: makes the table of fields, once a state. */
void kpi__lua_fields_make(lua_State *L);

/* record.c: interactions as tables. */

/*
 * Reads the table at `arg`. Pushes one value, which holds the visits. The
 * texts are the strings in the table: call nothing of Lua before the record
 * is used.
 */
void kpi__lua_record(lua_State *L, int arg, kpi_interaction *record);

/* Pushes an interaction as a table. */
void kpi__lua_push_record(lua_State *L, const kpi_interaction *record);

/*
 * Reads a list of names of fields at `arg`, nil being empty. Pushes one
 * value, which holds the numbers.
 */
const int32_t *kpi__lua_field_numbers(lua_State *L, int arg, uint64_t *count);

/* instant.c: kpi.instant() and kpi.instant_text(). */
int kpi__lua_instant(lua_State *L);
int kpi__lua_instant_text(lua_State *L);

/* chart.c */
int kpi__lua_control_limits(lua_State *L);
int kpi__lua_control_signals(lua_State *L);

/* staffing.c */
int kpi__lua_erlang_blocking(lua_State *L);
int kpi__lua_erlang_lines(lua_State *L);
int kpi__lua_staffing(lua_State *L);

/* Reads what is wanted of a load from the options at `arg`. */
void kpi__lua_wanted(lua_State *L, int arg, kpi_staffing_options *load);

/* A duration among the options that is above 0; 0: it is not there. */
double kpi__lua_positive_time(lua_State *L, int arg, const char *name);

/* Sets the figures in the table on top. */
void kpi__lua_set_staffing(lua_State *L, const kpi_staffing *s);

/* store:plan() */
int kpi__lua_plan(lua_State *L);

/* import.c: line numbers of a report, a list. */
void kpi__lua_push_lines(lua_State *L, const uint64_t first[4]);

/* The other files' functions and methods. */

int kpi__lua_open(lua_State *L);
int kpi__lua_reseal(lua_State *L);
int kpi__lua_add_activity(lua_State *L);
int kpi__lua_add_arrow(lua_State *L);
int kpi__lua_add_calendar(lua_State *L);
int kpi__lua_add_columns(lua_State *L);
int kpi__lua_add_employment(lua_State *L);
int kpi__lua_add_expense(lua_State *L);
int kpi__lua_activities(lua_State *L);
int kpi__lua_batch(lua_State *L);
int kpi__lua_begin(lua_State *L);
int kpi__lua_change(lua_State *L);
int kpi__lua_commit(lua_State *L);
int kpi__lua_definition(lua_State *L);
void kpi__lua_definition_type(lua_State *L);
void kpi__lua_store_type(lua_State *L);
void kpi__lua_metrics(lua_State *L); /* into the table on top */
int kpi__lua_measure(lua_State *L);
int kpi__lua_spread(lua_State *L);
int kpi__lua_each(lua_State *L);
int kpi__lua_explain(lua_State *L);
int kpi__lua_calendars(lua_State *L);
int kpi__lua_employments(lua_State *L);
int kpi__lua_expenses(lua_State *L);
int kpi__lua_repeats(lua_State *L);
int kpi__lua_import_csv(lua_State *L);
int kpi__lua_import_expenses(lua_State *L);
int kpi__lua_import_roster(lua_State *L);
int kpi__lua_import_queue_log(lua_State *L);
int kpi__lua_is_csv(lua_State *L);
int kpi__lua_is_queue_log(lua_State *L);
int kpi__lua_load(lua_State *L);
int kpi__lua_rollback(lua_State *L);
void kpi__lua_result_type(lua_State *L);
void kpi__lua_explanation_type(lua_State *L);
void kpi__lua_stream_type(lua_State *L);

#endif
