/* SPDX-License-Identifier: MIT */
/*
 * Threads are made for a call and end with it: that costs some 30 us each,
 * and so there is nothing that a fork() could find half done, a store could
 * leave behind or a host would have to end.
 */
#include "base/threads.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>

#define IDLE_NS   20000000L
#define SECOND_NS 1000000000L

/* What a query needs of a stack, SQLite's reading included; some systems give
 * less than that. */
#define LEAST_STACK ((size_t)512 << 10)

typedef struct crew {
	void (*work)(void *ctx, uint32_t which);
	void (*idle)(void *ctx);
	void *ctx;
	pthread_mutex_t lock;
	pthread_cond_t ended;
	uint32_t at_work; /* under `lock` */
} crew;

typedef struct hand {
	crew *crew;
	uint32_t which;
	pthread_t thread;
} hand;

static void *
begin(void *ctx)
{
	const hand *h = ctx;
	crew *c = h->crew;

	c->work(c->ctx, h->which);
	pthread_mutex_lock(&c->lock);
	if (--c->at_work == 0)
		pthread_cond_signal(&c->ended);
	pthread_mutex_unlock(&c->lock);
	return NULL;
}

/* A thread has the signals blocked that its maker has. */
static uint32_t
start(crew *c, hand *hands, uint32_t count)
{
	pthread_attr_t attributes;
	sigset_t all, before;
	uint32_t started = 0;
	size_t stack;

	if (pthread_attr_init(&attributes) != 0)
		return 0;
	if (pthread_attr_getstacksize(&attributes, &stack) == 0 &&
	    stack < LEAST_STACK)
		(void)pthread_attr_setstacksize(&attributes, LEAST_STACK);
	sigfillset(&all);
	if (pthread_sigmask(SIG_SETMASK, &all, &before) == 0) {
		for (; started < count; started++) {
			hands[started].crew = c;
			hands[started].which = started + 1;
			if (pthread_create(&hands[started].thread, &attributes,
				begin, &hands[started]) != 0)
				break;
		}
		(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	}
	pthread_attr_destroy(&attributes);
	return started;
}

/* The system's clock may be set meanwhile: then one idle() comes late or
 * early. */
static void
wait_idly(crew *c)
{
	struct timespec until = { 0, 0 };

	if (c->idle == NULL) {
		pthread_cond_wait(&c->ended, &c->lock);
		return;
	}
	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += IDLE_NS;
	if (until.tv_nsec >= SECOND_NS) {
		until.tv_nsec -= SECOND_NS;
		until.tv_sec++;
	}
	pthread_cond_timedwait(&c->ended, &c->lock, &until);
	if (c->at_work == 0)
		return;
	pthread_mutex_unlock(&c->lock);
	c->idle(c->ctx);
	pthread_mutex_lock(&c->lock);
}

static void
run(crew *c, uint32_t count)
{
	hand hands[KPI__MOST_THREADS - 1];
	const uint32_t started = start(c, hands, count - 1);

	c->work(c->ctx, 0);
	pthread_mutex_lock(&c->lock);
	c->at_work -= count - 1 - started;
	while (c->at_work > 0)
		wait_idly(c);
	pthread_mutex_unlock(&c->lock);
	for (uint32_t i = 0; i < started; i++)
		(void)pthread_join(hands[i].thread, NULL);
}

void
kpi__threads_run(uint32_t count, void (*work)(void *ctx, uint32_t which),
    void (*idle)(void *ctx), void *ctx)
{
	crew c = { work, idle, ctx, PTHREAD_MUTEX_INITIALIZER,
		PTHREAD_COND_INITIALIZER, count - 1 };
	int cancelled;

	if (count <= 1) {
		work(ctx, 0);
		return;
	}
	/* The others work on what lies on this thread's stack. */
	(void)pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancelled);
	run(&c, count);
	(void)pthread_setcancelstate(cancelled, &cancelled);
	pthread_cond_destroy(&c.ended);
	pthread_mutex_destroy(&c.lock);
}
