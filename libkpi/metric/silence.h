/* SPDX-License-Identifier: MIT */
/*
 * silence.h - who came again: the neighbours of METRICS sections 1, 3 and 7.
 */
#ifndef KPI_METRIC_SILENCE_H
#define KPI_METRIC_SILENCE_H

#include "metric/claim.h"

/* Classes that a walk leaves. */
enum kpi__silence {
	KPI__SILENCE_UNKNOWN,
	KPI__SILENCE_TRUNCATED,
	KPI__SILENCE_IMMATURE,
	KPI__SILENCE_NOT_COUNTED,
	KPI__SILENCE_YES, /* a repeat; resolved at first contact */
	KPI__SILENCE_NO
};

/* What is found of one contact; of the sequence it stands in. */
typedef struct kpi__found {
	uint32_t before;   /* the earlier neighbour within W, or from which the
	                      distance counts; UINT32_MAX: none */
	uint8_t carried;   /* on, from the one before: neither counted nor a
	                      neighbour */
	uint8_t followed;  /* a later attempt within W */
	uint8_t counted_after; /* a counted repeat has this as `before` */
	uint8_t reserved;
} kpi__found;

/*
 * Finds the neighbours of the contacts of one customer, in order. `found` has
 * room for `count`. What is compared is the definition's.
 */
void kpi__silence(const kpi__claim *claim, const kpi__contact *contacts,
    uint32_t count, kpi__found *found);

/* Whether an outcome is in a set of the definition; unknown is in none. */
int kpi__silence_has(
    const kpi__claim *claim, int parameter, uint8_t outcome);

/* Reads ends and the dimension of repeat_same, as the definition needs them. */
kpi_status kpi__silence_prepare(kpi__claim *claim, kpi_error *error);

/*
 * Hands the contacts to each() in sequences: a customer's, or where
 * repeat_same parts them, those of one value; a contact whose value is not
 * known is alone.
 */
kpi_status kpi__silence_split(kpi__claim *claim, kpi__contact *contacts,
    uint32_t count,
    kpi_status (*each)(kpi__claim *claim, kpi__contact *contacts,
	uint32_t count));

/* Whether a contact's look-back, or look-ahead, leaves what the store knows. */
int kpi__silence_truncated(const kpi__claim *claim, const kpi__contact *c);
int kpi__silence_immature(const kpi__claim *claim, const kpi__contact *c);

#endif
