/* SPDX-License-Identifier: MIT */
/*
 * What the module, the library and Lua allocate is counted, and fails when it
 * shall. The module's calls come here through the linker's --wrap.
 */
#include "lua_states.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <kpi.h>

static atomic_llong calls;   /* since failing was last set */
static atomic_llong fail_at; /* from 1; 0: none fails */
static atomic_int only_once;
static atomic_int has_failed;
static atomic_llong blocks; /* of module and library, in use */

static int
fails(void)
{
	const long long call = atomic_fetch_add(&calls, 1) + 1;
	const long long at = fail_at;

	if (at == 0 || (only_once ? call != at : call < at))
		return 0;
	has_failed = 1;
	return 1;
}

static void
set_failing(long long at, int once)
{
	calls = 0;
	fail_at = at;
	only_once = once;
	has_failed = 0;
}

/* The module's own. */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
void __wrap_free(void *block);

static void *
counted(void *block)
{
	blocks += block != NULL;
	return block;
}

void *
__wrap_malloc(size_t size)
{
	return fails() ? NULL : counted(__real_malloc(size));
}

void *
__wrap_calloc(size_t count, size_t size)
{
	return fails() ? NULL : counted(__real_calloc(count, size));
}

void *
__wrap_realloc(void *block, size_t size)
{
	if (block == NULL)
		return __wrap_malloc(size);
	return fails() ? NULL : __real_realloc(block, size);
}

void
__wrap_free(void *block)
{
	blocks -= block != NULL;
	__real_free(block);
}

/* The library's. */

static void *
resize(void *ctx, void *block, size_t old_size, size_t new_size)
{
	(void)ctx;
	(void)old_size;
	if (new_size != 0)
		return __wrap_realloc(block, new_size);
	__wrap_free(block);
	return NULL;
}

static const kpi_allocator allocator = { resize, NULL };

/* A function of the module's with our allocator among its options. */
#define WITH_ALLOCATOR(function, type, init, parameters, before)               \
	kpi_status __real_##function parameters;                               \
	kpi_status __wrap_##function parameters;                               \
	kpi_status __wrap_##function parameters                                \
	{                                                                      \
		type ours = init;                                              \
                                                                               \
		if (options != NULL)                                           \
			ours = *options;                                       \
		ours.allocator = &allocator;                                   \
		return __real_##function before;                               \
	}

WITH_ALLOCATOR(kpi_store_open, kpi_store_options, KPI_STORE_OPTIONS_INIT,
    (kpi_store * *out, const char *path, const kpi_store_options *options,
	kpi_error *error),
    (out, path, &ours, error))
WITH_ALLOCATOR(kpi_query_new, kpi_query_options, KPI_QUERY_OPTIONS_INIT,
    (kpi_query * *out, const kpi_query_options *options, kpi_error *error),
    (out, &ours, error))
WITH_ALLOCATOR(kpi_definition_new, kpi_definition_options,
    KPI_DEFINITION_OPTIONS_INIT,
    (kpi_definition * *out, int32_t metric,
	const kpi_definition_options *options, kpi_error *error),
    (out, metric, &ours, error))
WITH_ALLOCATOR(kpi_definition_parse, kpi_definition_options,
    KPI_DEFINITION_OPTIONS_INIT,
    (kpi_definition * *out, const char *text,
	const kpi_definition_options *options, kpi_error *error),
    (out, text, &ours, error))
WITH_ALLOCATOR(kpi_result_load, kpi_result_options, KPI_RESULT_OPTIONS_INIT,
    (kpi_result * *out, const void *bytes, uint64_t size,
	const kpi_result_options *options, kpi_error *error),
    (out, bytes, size, &ours, error))

/* Lua's: the state's own allocator, unless it shall fail. */

typedef struct state_memory {
	lua_Alloc resize;
	void *ctx;
} state_memory;

static void *
resize_state(void *ctx, void *block, size_t old_size, size_t new_size)
{
	const state_memory *m = ctx;

	/* Lua takes it for granted that blocks can shrink. */
	if (new_size != 0 && (block == NULL || new_size > old_size) && fails())
		return NULL;
	return m->resize(m->ctx, block, old_size, new_size);
}

/* In protected mode: the chunk at 1, after the module was opened. */
static int
open_and_run(lua_State *L)
{
	lua_pushcfunction(L, luaopen_kpi);
	lua_call(L, 0, 1);
	lua_setglobal(L, "kpi");
	lua_call(L, 0, 0);
	return 0;
}

/* NULL, or in `text` what was wrong. */
static const char *
run(const char *code, long long at, int once, char text[512])
{
	lua_State *L = luaL_newstate();
	const long long before = blocks;
	state_memory m;
	const char *said;

	if (L == NULL)
		return "no state";
	text[0] = '\0';
	m.resize = lua_getallocf(L, &m.ctx);
	lua_setallocf(L, resize_state, &m);
	luaL_openlibs(L);
	lua_pushcfunction(L, open_and_run);
	if (luaL_loadstring(L, code) != 0) {
		strncat(text, lua_tostring(L, -1), 511);
	} else {
		/*
		 * A finalizer that Lua finds no room to call is lost, and what
		 * it would have released with it: they wait for lua_close.
		 */
		lua_gc(L, LUA_GCSTOP, 0);
		set_failing(at, once);
		if (lua_pcall(L, 1, 0, 0) != 0) {
			fail_at = 0;
			said = lua_tostring(L, -1);
			if (said == NULL || strstr(said, "memory") == NULL)
				strncat(text, said == NULL ? "?" : said, 511);
		}
		fail_at = 0;
	}
	lua_close(L);
	if (text[0] == '\0' && blocks != before)
		strcpy(text, "something is left");
	return text[0] == '\0' ? NULL : text;
}

int
states_memory(lua_State *L)
{
	const char *code = luaL_checkstring(L, 1);
	long long at = 0;
	char text[512];

	do {
		at++;
		for (int once = 0; once < 2; once++) {
			const char *wrong = run(code, at, once, text);

			if (wrong != NULL)
				return luaL_error(L,
				    "allocation %d fails%s: %s", (int)at,
				    once ? " once" : "", wrong);
		}
	} while (has_failed);
	lua_pushinteger(L, (lua_Integer)at - 1);
	return 1;
}
