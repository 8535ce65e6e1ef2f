/* SPDX-License-Identifier: MIT */
/* threads.h - work that the calling thread and some others do together. */
#ifndef KPI_BASE_THREADS_H
#define KPI_BASE_THREADS_H

#include <stdint.h>

#define KPI__MOST_THREADS 64

/*
 * Calls work(ctx, i) for each i below `count`, which is at most
 * KPI__MOST_THREADS, and returns when all have: that of 0 in the calling
 * thread, meanwhile each other in a thread of its own, which takes no signal.
 * Where the system has no thread to give, work(ctx, i) is not called, so that
 * what there is to do is to be dealt as it goes. Once the calling thread has
 * nothing else to do it calls idle(ctx) each 20 ms, if there is one.
 */
void kpi__threads_run(uint32_t count, void (*work)(void *ctx, uint32_t which),
    void (*idle)(void *ctx), void *ctx);

#endif
