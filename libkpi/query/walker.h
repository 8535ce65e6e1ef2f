/* SPDX-License-Identifier: MIT */
/* walker.h - the inside of a walk: contacts on their way, and who takes them.
 */
#ifndef KPI_QUERY_WALKER_H
#define KPI_QUERY_WALKER_H

#include <stdatomic.h>

#include "query/query.h"
#include "query/walk.h"

/* A contact on its way: 16 bytes, for it is memory that costs here. */
typedef struct kpi__dealt {
	int64_t start;
	uint32_t ordinal;
	uint32_t rest; /* of the key << 6 | outcome << 2 | direction */
} kpi__dealt;

typedef struct kpi__walking kpi__walking;

/* One of the threads, and what it works with. */
typedef struct kpi__walker {
	kpi__walking *of;
	void *ctx;              /* of its visits */
	const kpi_query *query; /* whose function it asks */
	uint32_t *at;           /* of the range that it deals */
	uint32_t *place;        /* of each rest of a key, in the share */
	kpi__contact *sorted, *scratch;
	kpi_status status;
	kpi_error error;
} kpi__walker;

struct kpi__walking {
	const kpi__snapshot *snapshot;
	const kpi_allocator *allocator;
	const kpi_query *query;
	kpi_query quiet;   /* of the other threads: stops when all is over */
	atomic_int over;
	kpi_by by;
	kpi__visitor visit;
	kpi__walker *walkers;
	uint32_t threads, ranges; /* of parts */
	atomic_uint next;  /* range or share that nobody has taken */
	uint32_t *ordinals;
	uint64_t codes;    /* keys are below this */
	unsigned bits;     /* of the key, that choose the share */
	uint32_t *begin;   /* of each share, and the end */
	uint32_t *at;      /* where the next of each share goes, by range */
	kpi__dealt *dealt;
	size_t count;
	size_t widest;     /* contacts of the largest share */
};

static inline uint32_t
kpi__walk_shares(const kpi__walking *w)
{
	return UINT32_C(1) << w->bits;
}

/* Puts the contacts of a share in order and visits them; what fails is the
 * walker's status. */
void kpi__walk_share(kpi__walker *v, const kpi__dealt *d, uint32_t count);

#endif
