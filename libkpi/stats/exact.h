/* SPDX-License-Identifier: MIT */
/*
 * exact.h - integers of 384 bits: room for any product of three sums.
 *
 * A variance from sums is a small difference of large products; in doubles
 * its digits are gone before the subtraction.
 */
#ifndef KPI_STATS_EXACT_H
#define KPI_STATS_EXACT_H

#include <stdint.h>

#include "base/wide.h"

#define KPI__EXACT_LIMBS 12

/* Two's complement, least significant limb first. */
typedef struct kpi__exact {
	uint32_t limb[KPI__EXACT_LIMBS];
} kpi__exact;

kpi__exact kpi__exact_of(kpi__wide value);

/* These three wrap round past 384 bits. */
kpi__exact kpi__exact_add(kpi__exact a, kpi__exact b);
kpi__exact kpi__exact_subtract(kpi__exact a, kpi__exact b);
kpi__exact kpi__exact_multiply(kpi__exact a, kpi__exact b);

/* Within one unit of the last place; the sign is right. */
double kpi__exact_to_double(kpi__exact value);

#endif
