/* SPDX-License-Identifier: MIT */
/*
 * silence.h - who came again: the neighbours of a contact.
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

/* What a contact is to its neighbours, by outcome << 2 | direction. */
enum kpi__role {
	KPI__ROLE_COUNTED = 1,
	KPI__ROLE_EARLIER = 2,   /* may come before a repeat */
	KPI__ROLE_LATER = 4,     /* breaks the silence after one */
	KPI__ROLE_NEIGHBOUR = 8, /* of a direction that is looked at */
	KPI__ROLE_UNKNOWN = 16,  /* outcome not known */
	KPI__ROLE_SEEKS = 32     /* a neighbour of any of the first three */
};

/* The definition, as it is asked of every contact. */
typedef struct kpi__silence_rule {
	int64_t window, gap;
	int64_t truncated_before; /* a start before it */
	int64_t immature_from;    /* a start, or end, from it on */
	int by_first;             /* distance to the chain's first */
	uint8_t role[64];
} kpi__silence_rule;

/* With distances of at most `window`. */
void kpi__silence_rule_of(
    const kpi__claim *claim, int64_t window, kpi__silence_rule *rule);

/* What is found of one contact of the sequence it stands in. */
typedef struct kpi__found {
	uint32_t before;   /* the earlier neighbour within W, or from which the
	                      distance counts; UINT32_MAX: none */
	uint8_t role;      /* enum kpi__role */
	uint8_t carried;   /* on, from the one before: neither counted nor a
	                      neighbour */
	uint8_t followed;  /* a later attempt within W */
	uint8_t counted_after; /* a counted repeat has this as `before` */
} kpi__found;

/*
 * Finds the neighbours of the contacts of one customer, in order. `found` has
 * room for `count`; `ends` are instants by ordinal, NULL: distances count
 * from the start.
 */
void kpi__silence(const kpi__silence_rule *rule, const int64_t *ends,
    const kpi__contact *contacts, uint32_t count, kpi__found *found);

/* From where the distance to the next contact counts. */
static inline int64_t
kpi__silence_base(const int64_t *ends, const kpi__contact *c)
{
	return ends != NULL && ends[c->ordinal] != KPI_UNKNOWN &&
		ends[c->ordinal] > c->start
	    ? ends[c->ordinal]
	    : c->start;
}

/* Reads ends and the dimension of repeat_same, as the definition needs them. */
kpi_status kpi__silence_prepare(kpi__claim *claim, kpi_error *error);

/*
 * Hands the contacts to each() in sequences: a customer's, or where
 * repeat_same parts them, those of one value; a contact whose value is not
 * known is alone.
 */
kpi_status kpi__silence_split(kpi__claim *claim, const kpi__contact *contacts,
    uint32_t count,
    kpi_status (*each)(kpi__claim *claim, const kpi__contact *contacts,
	uint32_t count));

#endif
