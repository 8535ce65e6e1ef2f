/* SPDX-License-Identifier: MIT */
/*
 * ration.h - an allocator that fails when it is told to, knows what is in
 * use, and fails the test if a block comes back with another size.
 */
#ifndef KPI_TESTS_RATION_H
#define KPI_TESTS_RATION_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <kpi/base.h>

typedef struct ration {
	int64_t fail_at; /* the allocation that fails, from 1; 0: none */
	int once;        /* else those after it fail too */
	int64_t calls;
	int64_t blocks, bytes; /* in use */
	int failed;
} ration;

/* Before each block stands its size. */
#define RATION_HEAD 16

static inline size_t
ration_size(const unsigned char *block)
{
	size_t size;

	memcpy(&size, block - RATION_HEAD, sizeof(size));
	return size;
}

static inline void *
ration_resize(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
	ration *const r = ctx;
	unsigned char *const old =
	    ptr == NULL ? NULL : (unsigned char *)ptr - RATION_HEAD;
	unsigned char *block;

	/* An assertion that holds would be written down, each time. */
	if ((ptr == NULL ? 0 : ration_size(ptr)) != old_size)
		ck_abort_msg("a block comes back with another size");
	if (new_size == 0) {
		if (ptr == NULL)
			ck_abort_msg("no block comes back");
		r->blocks--;
		r->bytes -= (int64_t)old_size;
		memset(ptr, 0xa5, old_size < 4096 ? old_size : 4096);
		free(old);
		return NULL;
	}
	r->calls++;
	if (r->fail_at > 0 &&
	    (r->once ? r->calls == r->fail_at : r->calls >= r->fail_at)) {
		r->failed = 1;
		return NULL;
	}
	block = realloc(old, new_size + RATION_HEAD);
	if (block == NULL)
		ck_abort_msg("the machine has no memory");
	memcpy(block, &new_size, sizeof(new_size));
	r->blocks += ptr == NULL;
	r->bytes += (int64_t)new_size - (int64_t)old_size;
	return block + RATION_HEAD;
}

/* The n-th allocation from now on fails; 0: none does. */
static inline void
ration_fail(ration *r, int64_t n, int once)
{
	r->fail_at = n == 0 ? 0 : r->calls + n;
	r->once = once;
	r->failed = 0;
}

#endif
