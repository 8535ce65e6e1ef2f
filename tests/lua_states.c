/* SPDX-License-Identifier: MIT */
/*
 * A Lua interpreter with the module in it, and with functions for what
 * scripts cannot do: memory that fails, forks, states in several threads.
 */
#include "lua_states.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* child(f) -> whether f returns without an error in a forked process */
static int
states_child(lua_State *L)
{
	int status = 0;
	pid_t pid;

	luaL_checktype(L, 1, LUA_TFUNCTION);
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		const int failed = lua_pcall(L, 0, 0, 0);

		if (failed)
			fprintf(stderr, "%s\n", lua_tostring(L, -1));
		fflush(NULL);
		_exit(failed);
	}
	lua_pushboolean(
	    L, pid > 0 && waitpid(pid, &status, 0) == pid && status == 0);
	return 1;
}

static void
open_all(lua_State *L)
{
	luaL_openlibs(L);
	lua_getglobal(L, "package");
	lua_getfield(L, -1, "preload");
	lua_pushcfunction(L, luaopen_kpi);
	lua_setfield(L, -2, "kpi");
	lua_pop(L, 2);
}

/* What a thread runs in a state of its own, and how that ended. */
typedef struct job {
	pthread_t thread;
	const char *code;
	const char *word;
	int number;
	int failed;
	char text[256];
} job;

static void *
run(void *ctx)
{
	job *j = ctx;
	lua_State *L = luaL_newstate();

	open_all(L);
	lua_pushstring(L, j->word);
	lua_pushinteger(L, j->number);
	j->failed = luaL_loadstring(L, j->code);
	if (!j->failed) {
		lua_insert(L, 1);
		j->failed = lua_pcall(L, 2, 0, 0);
	}
	if (j->failed)
		strncat(j->text, lua_tostring(L, -1), sizeof(j->text) - 1);
	lua_close(L);
	return NULL;
}

/* threads(code, word): four threads run code(word, number) at once. */
static int
states_threads(lua_State *L)
{
	job jobs[4];
	int failed = -1;

	memset(jobs, 0, sizeof(jobs));
	for (int i = 0; i < 4; i++) {
		jobs[i].code = luaL_checkstring(L, 1);
		jobs[i].word = luaL_checkstring(L, 2);
		jobs[i].number = i + 1;
	}
	for (int i = 0; i < 4; i++)
		if (pthread_create(&jobs[i].thread, NULL, run, &jobs[i]) != 0)
			_exit(99);
	for (int i = 0; i < 4; i++) {
		pthread_join(jobs[i].thread, NULL);
		if (jobs[i].failed)
			failed = i;
	}
	if (failed >= 0)
		return luaL_error(L, "%s", jobs[failed].text);
	return 0;
}

int
main(int argc, char **argv)
{
	lua_State *L = luaL_newstate();
	int failed;

	if (argc != 2 || L == NULL)
		return 99;
	open_all(L);
	lua_register(L, "child", states_child);
	lua_register(L, "memory", states_memory);
	lua_register(L, "threads", states_threads);
	failed = luaL_loadfile(L, argv[1]) != 0 || lua_pcall(L, 0, 0, 0) != 0;
	if (failed)
		fprintf(stderr, "%s\n", lua_tostring(L, -1));
	lua_close(L);
	return failed;
}
