/* SPDX-License-Identifier: MIT */
/* resolution_rate: whether what was asked got settled. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "metric/claim.h"
#include "query/kernel.h"
#include "query/measured.h"
#include "query/pass.h"
#include "query/resolution.h"

/* Keys and classes. */
enum {
	NOT_KNOWN = KPI__SAID_NOTHING,
	RESOLVED = KPI__SAID_RESOLVED,
	NOT_RESOLVED = KPI__SAID_OPEN,
	NO_TIME,      /* resolved, but not known when, which is asked */
	IMMATURE,
	IMMATURE_UNKNOWN, /* and nothing is known of it */
	NOT_RECEIVED      /* not of the population */
};

enum { WITHIN, FIRST, ANSWERED_ONLY, AS_OF, BUSINESS };

/* `age` is how long ago it began at as_of, `took` when it is resolved at a
 * known instant how long that took. */
static inline uint8_t
key_of(kpi__resolution r, int64_t took, int64_t age, int64_t within)
{
	if (within == 0)
		return r.is;
	if (r.is == RESOLVED && r.at == KPI_UNKNOWN)
		return NO_TIME;
	if (age <= within)
		return r.is == NOT_KNOWN ? IMMATURE_UNKNOWN : IMMATURE;
	if (r.is == NOT_KNOWN)
		return NOT_KNOWN;
	return r.is == RESOLVED && took <= within ? RESOLVED : NOT_RESOLVED;
}

static inline uint8_t
elapsed_key(const kpi__keyer *k, kpi__resolution r, int64_t start)
{
	return key_of(r, r.at == KPI_UNKNOWN ? 0 : r.at - start,
	    k->parameter[AS_OF] - start, k->parameter[WITHIN]);
}

static uint8_t
business_key(const kpi__keyer *k, kpi__resolution r, int64_t start,
    const kpi__clock *clock, size_t unit)
{
	return key_of(r,
	    r.at == KPI_UNKNOWN ? 0
				: kpi__clock_between(clock, unit, start, r.at),
	    kpi__clock_between(clock, unit, start, k->parameter[AS_OF]),
	    k->parameter[WITHIN]);
}

/* Most stores have the flag alone: no instant is looked at then. */
KPI__WIDER static void
flag_keys(
    const uint8_t *restrict flag, size_t count, uint8_t *restrict key)
{
	for (size_t i = 0; i < count; i++)
		key[i] = (uint8_t)((flag[i] == 1) * RESOLVED +
		    (flag[i] == 0) * NOT_RESOLVED);
}

KPI__WIDER static void
drop_unanswered(
    const uint8_t *restrict outcome, size_t count, uint8_t *restrict key)
{
	for (size_t i = 0; i < count; i++)
		key[i] = outcome[i] == KPI_OUTCOME_ANSWERED ? key[i]
							    : NOT_RECEIVED;
}

static int
has_flag_alone(const kpi__keyer *k, kpi__batch *b)
{
	return k->parameter[WITHIN] == 0 &&
	    kpi__batch_unknown(b, KPI_FIELD_RESOLVED_AT) &&
	    kpi__batch_unknown(b, KPI_FIELD_FIRST_RESOLVED_AT);
}

typedef struct keyed {
	const kpi__keyer *keyer;
	kpi__clock clock;
	uint8_t *key;
} keyed;

static void
take_key(void *ctx, uint32_t i, int64_t start, kpi__resolution r)
{
	const keyed *to = ctx;

	to->key[i] = elapsed_key(to->keyer, r, start);
}

static void
take_business_key(void *ctx, uint32_t i, int64_t start, kpi__resolution r)
{
	const keyed *to = ctx;

	to->key[i] = business_key(to->keyer, r, start, &to->clock, i);
}

static void
resolution_keys(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	keyed to = { k,
		kpi__batch_clock(b, k->parameter[BUSINESS] != 0), key };

	if (has_flag_alone(k, b))
		flag_keys(kpi__batch_bytes(b, KPI_FIELD_RESOLVED, space),
		    b->wholes, key);
	else
		kpi__each_resolution(b, (int)k->parameter[FIRST],
		    k->parameter[AS_OF],
		    k->parameter[BUSINESS] ? take_business_key : take_key, &to);
	if (k->parameter[ANSWERED_ONLY])
		drop_unanswered(
		    kpi__batch_outcomes(b, space), b->wholes, key);
}

/*
 * By case: the class stands at the case's first interaction, and is made of
 * the last one that says anything, or of the first resolution.
 */
typedef struct gathered {
	int64_t *at;
	uint8_t *state;
} gathered;

static void
take_state(void *ctx, uint32_t i, int64_t start, kpi__resolution r)
{
	const gathered *to = ctx;

	(void)start;
	to->at[i] = r.at;
	to->state[i] = r.is;
}

static kpi_status
prepare(kpi__claim *claim, kpi_error *error)
{
	const kpi__snapshot *snapshot = claim->asked.snapshot;
	const kpi_allocator *a = kpi__snapshot_allocator(snapshot);
	const kpi__keyer *k = &claim->declared->keyer;
	kpi__pass pass;
	kpi__batch *b;

	claim->instants =
	    kpi__new_array(a, claim->total, sizeof(*claim->instants));
	claim->states = kpi__new_array(a, claim->total, 1);
	claim->codes = kpi__new_array(a, claim->total, sizeof(*claim->codes));
	if (claim->instants == NULL || claim->states == NULL ||
	    claim->codes == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for cases");
	kpi__pass_begin(
	    &pass, snapshot, claim->asked.query, claim->asked.as_of, 64);
	while ((b = kpi__pass_next(&pass)) != NULL) {
		const uint32_t at =
		    claim->walked.ordinals[b->number] + b->first;
		gathered to = { claim->instants + at, claim->states + at };

		memcpy(claim->codes + at,
		    kpi__batch_codes(b, KPI_BY_QUEUE, KPI__CREDIT_LAST,
			KPI__WHOLE_SPACE),
		    b->wholes * sizeof(*claim->codes));
		kpi__each_resolution(b, (int)k->parameter[FIRST],
		    claim->asked.as_of, take_state, &to);
	}
	return kpi__pass_end(&pass, error);
}

static kpi_status
visit_case(kpi__claim *claim, const kpi__contact *contacts, uint32_t count,
    int known)
{
	const kpi__keyer *k = &claim->declared->keyer;
	const int first = (int)k->parameter[FIRST];
	const kpi__clock clock = { k->parameter[BUSINESS] != 0
		    ? claim->declared->stream.business
		    : NULL,
		claim->codes };
	kpi__resolution r = { KPI_UNKNOWN, NOT_KNOWN };
	int answered = 0;
	uint8_t key;

	(void)known;
	for (uint32_t i = 0; i < count; i++) {
		const uint32_t o = contacts[i].ordinal;

		claim->classes[o] = KPI__CLASS_OUTSIDE;
		answered |= contacts[i].outcome == KPI_OUTCOME_ANSWERED;
		if (claim->states[o] == NOT_KNOWN ||
		    (first && r.is == RESOLVED))
			continue;
		r = (kpi__resolution){ claim->instants[o], claim->states[o] };
	}
	key = business_key(
	    k, r, contacts[0].start, &clock, contacts[0].ordinal);
	if (k->parameter[ANSWERED_ONLY] && !answered)
		key = NOT_RECEIVED;
	claim->classes[contacts[0].ordinal] = key;
	return KPI_OK;
}

/* Arrivals as they stand, and resolutions where they happened. */
static void
claim_flow(kpi__claim *claim, uint64_t denominator)
{
	kpi__declared *arrivals = claim->declared;
	kpi__declared *resolutions = &claim->declared[1];

	*resolutions = *arrivals;
	kpi__claim_share(claim, 0, denominator);
	resolutions->stream.event = arrivals->keyer.parameter[FIRST]
	    ? KPI__EVENT_FIRST_RESOLVED
	    : KPI__EVENT_RESOLVED;
	kpi__declare(resolutions, KPI__SUM_NUMERATOR, 1 << RESOLVED, 1);
	kpi__declare(resolutions, KPI__SUM_KNOWN, 1 << RESOLVED, 1);
}

kpi_status
kpi__declare_resolution_rate(kpi__claim *claim, kpi_error *error)
{
	const int64_t within = kpi__parameter_of(claim, KPI__RESOLUTION_WITHIN);
	const int by_case =
	    kpi__parameter_of(claim, KPI__UNIT) == KPI__CASE;
	const int unknown_out =
	    kpi__parameter_of(claim, KPI__RESOLUTION_UNKNOWN) ==
	    KPI__RESOLUTION_EXCLUDED;
	const int flow =
	    kpi__parameter_of(claim, KPI__RESOLUTION_MODE) == KPI__FLOW;
	const uint64_t known = 1 << RESOLVED | 1 << NOT_RESOLVED;
	const uint64_t denominator =
	    known | (unknown_out ? 0 : 1 << NOT_KNOWN);
	kpi__declared *d = claim->declared;

	(void)error;
	kpi__claim_stream(claim, KPI__INTERACTION, KPI__COUNTED_DIRECTIONS);
	claim->day_by_day = flow;
	kpi__claim_figure(claim, flow ? KPI__RATIO : KPI__SHARE,
	    flow ? KPI_UNIT_RATIO : KPI_UNIT_SHARE,
	    by_case ? KPI__MERGE_CASE : KPI__MERGE_ANY);
	d->keyer.make = by_case ? kpi__walked_keys : resolution_keys;
	d->keyer.parameter[WITHIN] = within;
	d->keyer.parameter[FIRST] =
	    kpi__parameter_of(claim, KPI__RESOLUTION_STATE) == KPI__STATE_FIRST;
	d->keyer.parameter[ANSWERED_ONLY] =
	    kpi__parameter_of(claim, KPI__RESOLUTION_POPULATION) ==
	    KPI__RESOLUTION_ANSWERED;
	d->keyer.parameter[AS_OF] = claim->asked.as_of;
	d->keyer.parameter[BUSINESS] = kpi__claim_clock(claim);
	if (by_case) {
		claim->walk_by = KPI_BY_CASE;
		claim->prepare = prepare;
		claim->visit = visit_case;
	}
	for (int key = 0; key < KPI__KEYS; key++)
		d->class_of[key] = (uint8_t)(key <= NOT_RECEIVED
			? key
			: KPI__CLASS_OUTSIDE);
	if (flow)
		claim_flow(claim, denominator);
	else
		kpi__claim_share(claim, 1 << RESOLVED, denominator);
	kpi__declare(
	    d, KPI__SUM_KNOWN, known | 1 << NO_TIME | 1 << IMMATURE, 1);
	kpi__declare(d, KPI__SUM_UNKNOWN,
	    1 << NO_TIME |
		(unknown_out ? 1 << NOT_KNOWN | 1 << IMMATURE_UNKNOWN : 0),
	    1);
	kpi__declare(d, KPI__SUM_IMMATURE,
	    1 << IMMATURE | (unknown_out ? 0 : 1 << IMMATURE_UNKNOWN), 1);
	kpi__declare(d, KPI__SUM_NOT_COUNTED, 1 << NOT_RECEIVED, 1);
	claim->reads_as_of = within > 0;
	return KPI_OK;
}
