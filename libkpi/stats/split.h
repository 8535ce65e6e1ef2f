/* SPDX-License-Identifier: MIT */
/*
 * split.h - what a whole's change comes of: groups that changed, and groups
 * whose weights did.
 *
 * r = x/n of a group, w = n/N its weight, R = X/N of the whole; 0 before, 1
 * now. Denominators are not below 0, those of the whole above 0. A group
 * without any on one side has the other side's r.
 */
#ifndef KPI_STATS_SPLIT_H
#define KPI_STATS_SPLIT_H

#include <stdint.h>

typedef struct kpi__side {
	int64_t x, n;
} kpi__side;

typedef struct kpi__twice {
	kpi__side now, before;
} kpi__twice;

/* (w0 + w1)/2 (r1 - r0): one division away from exact. */
double kpi__within_part(const kpi__twice *group, const kpi__twice *whole);

/* (w1 - w0)((r0 + r1)/2 - (R0 + R1)/2). */
double kpi__mix_part(const kpi__twice *group, const kpi__twice *whole);

/* A sum of doubles with what its roundings lost; all 0 is none. */
typedef struct kpi__running {
	double sum, lost;
} kpi__running;

void kpi__running_add(kpi__running *r, double term);
double kpi__running_sum(const kpi__running *r);

/* What the parts of all groups add up to. */
typedef struct kpi__split {
	double difference, within, mix;
} kpi__split;

/*
 * The difference and its parts as whole multiples of one power of two, which
 * is the last binary place of the greatest of values and parts: so within +
 * mix == difference in doubles, to the bit.
 */
kpi__split kpi__split_of(double now, double before, double within);

#endif
