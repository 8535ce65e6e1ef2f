/* SPDX-License-Identifier: MIT */
#include "stop.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "visible.h"

#define BETWEEN_MS   200
#define NAME_COLUMNS 50

static volatile sig_atomic_t caught;
static int shown; /* columns of the line of progress */

static void catch (int number)
{
	caught = number;
}

void
stop_on_signals(void)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		struct sigaction now, former;

		memset(&now, 0, sizeof(now));
		now.sa_handler = catch;
		now.sa_flags = (int)SA_RESETHAND;
		(void)sigemptyset(&now.sa_mask);
		/* What the caller had ignored stays ignored: nohup. */
		if (sigaction(numbers[i], NULL, &former) == 0 &&
		    former.sa_handler != SIG_IGN)
			(void)sigaction(numbers[i], &now, NULL);
	}
}

int
stop_signal(void)
{
	return (int)caught;
}

static int64_t
now_ms(void)
{
	struct timespec t = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
show(const char *work, uint64_t done, uint64_t total)
{
	const int before = shown;
	const size_t size = output_size(work, NAME_COLUMNS);
	const size_t width = output_width(work);
	char reached[32] = " ...";

	if (total > 0)
		(void)snprintf(reached, sizeof(reached), ": %.0f %%",
		    100 * (double)done / (double)total);
	(void)fputc('\r', stderr);
	put_visible(stderr, work, size);
	(void)fputs(reached, stderr);
	shown = (int)(width < NAME_COLUMNS ? width : NAME_COLUMNS) +
	    (int)strlen(reached);
	if (shown < before)
		(void)fprintf(stderr, "%*s", before - shown, "");
	(void)fflush(stderr);
}

int
stop_asked(void *ctx, uint64_t done, uint64_t total)
{
	static int64_t last;
	const int64_t now = now_ms();

	if (last == 0)
		last = now;
	if (caught == 0 && now - last >= BETWEEN_MS && isatty(2)) {
		last = now;
		show(ctx, done, total);
	}
	return caught != 0;
}

void
progress_clear(void)
{
	if (shown > 0)
		(void)fprintf(stderr, "\r%*s\r", shown, "");
	shown = 0;
}
