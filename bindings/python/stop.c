/* SPDX-License-Identifier: MIT */
#include "stop.h"

#include <time.h>

#define EVERY_MS 40

static int64_t
now_ms(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		return 0;
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Non-zero if the call is to end. */
static int
ask(const struct stop *stop, uint64_t done, uint64_t total)
{
	PyObject *answer;
	int end;

	if (PyErr_CheckSignals() != 0)
		return 1;
	if (stop->progress == NULL)
		return 0;
	answer = PyObject_CallFunction(stop->progress, "KK",
	    (unsigned long long)done, (unsigned long long)total);
	if (answer == NULL)
		return 1;
	end = answer == Py_True;
	Py_DECREF(answer);
	return end;
}

int
stop_check(void *context, uint64_t done, uint64_t total)
{
	struct stop *const stop = context;
	const int64_t now = now_ms();
	int end;

	/* Taking the lock may cost more than the work between two calls. */
	if (now - stop->last < EVERY_MS && (total == 0 || done < total))
		return 0;
	if (stop->caller != PyThread_get_thread_ident())
		return 0;
	if (stop->thread != NULL)
		PyEval_RestoreThread(stop->thread);
	end = ask(stop, done, total);
	if (stop->thread != NULL)
		stop->thread = PyEval_SaveThread();
	stop->last = now_ms();
	return end;
}
