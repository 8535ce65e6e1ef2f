/* SPDX-License-Identifier: MIT */
/* first_response_time, its quantiles, and first_response_within: how soon a
 * human replied. */
#include "metric/claim.h"
#include "query/kernel.h"
#include "query/measured.h"
#include "query/resolution.h"

/* Keys and classes. */
enum {
	REPLIED, /* in time, where that is asked */
	LATE,    /* or not at all */
	SILENT,  /* not replied to, and nothing is known of what came of it */
	NO_TIME, /* replied to, nobody knows when */
	AWAITED,
	IMMATURE,
	IMMATURE_SILENT,
	OVER, /* without a reply, and there will be none */
	KEYS
};

enum { AS_OF, THRESHOLD };

/* Replied to, but before the start, or answered nobody knows when. */
static inline uint8_t
has_no_time(uint8_t outcome, int64_t start, int64_t reply)
{
	const uint8_t there = reply != KPI_UNKNOWN;

	return (uint8_t)((there & (reply < start)) |
	    ((there ^ 1) & (outcome == KPI_OUTCOME_ANSWERED)));
}

static void
open_keys(const kpi__keyer *k, kpi__batch *b, uint8_t *key)
{
	const int space = KPI__WHOLE_SPACE;
	const uint8_t *outcome = kpi__batch_outcomes(b, space);
	const int64_t *reply = kpi__batch_replies(b);
	const int64_t *flag =
	    kpi__batch_integers(b, KPI_FIELD_RESOLVED, space);
	const int64_t *at =
	    kpi__batch_integers(b, KPI_FIELD_RESOLVED_AT, space);
	const int64_t *reopened =
	    kpi__batch_integers(b, KPI_FIELD_REOPENED_AT, space);

	for (uint32_t i = 0; i < b->wholes; i++) {
		if (key[i] != AWAITED || reply[i] != KPI_UNKNOWN)
			continue;
		if ((outcome[i] != 0 && outcome[i] != KPI_OUTCOME_WAITING) ||
		    kpi__resolution_of(flag[i], at[i], KPI_UNKNOWN,
			reopened[i], 0, k->parameter[AS_OF]).is ==
			KPI__SAID_RESOLVED)
			key[i] = OVER;
	}
}

/* Whether any is awaited. */
KPI__WIDER static int
reply_keys(const uint8_t *restrict outcome, const int64_t *restrict start,
    const int64_t *restrict reply, size_t count, int64_t as_of,
    uint8_t *restrict key)
{
	uint8_t any = 0;

	for (size_t i = 0; i < count; i++) {
		const uint8_t there =
		    (reply[i] != KPI_UNKNOWN) & (reply[i] < as_of);
		const uint8_t told = there ? REPLIED : AWAITED;

		key[i] = has_no_time(outcome[i], start[i], reply[i]) ? NO_TIME
								     : told;
		any |= key[i] == AWAITED;
	}
	return any;
}

static void
time_keys(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	if (reply_keys(kpi__batch_outcomes(b, space),
		kpi__batch_integers(b, KPI_FIELD_STARTED_AT, space),
		kpi__batch_replies(b), b->wholes, k->parameter[AS_OF], key))
		open_keys(k, b, key);
}

static kpi_status
claim_times(kpi__claim *claim, int kind, kpi_error *error)
{
	kpi__declared *d = claim->declared;

	kpi__claim_stream(claim, KPI__INTERACTION, KPI__COUNTED_DIRECTIONS);
	kpi__claim_figure(claim, kind, KPI_UNIT_MS, KPI__MERGE_ANY);
	if (kind == KPI__MEAN)
		kpi__claim_mean(claim, 1 << REPLIED);
	d->value = KPI__VALUE_MEASURED;
	d->value_parts = KPI__MEASURED_REPLY | kpi__claim_clock(claim);
	d->value_classes = 1 << REPLIED;
	kpi__declare(d, KPI__SUM_UNKNOWN, 1 << NO_TIME, 1);
	kpi__declare(d, KPI__SUM_IMMATURE, 1 << AWAITED, 1);
	kpi__declare(d, KPI__SUM_AWAITED, 1 << AWAITED, 1);
	kpi__declare(d, KPI__SUM_NOT_COUNTED, 1 << OVER, 1);
	d->keyer.make = time_keys;
	d->keyer.parameter[AS_OF] = claim->asked.as_of;
	claim->reads_as_of = 1;
	kpi__claim_keys(claim, KEYS);
	return kind == KPI__QUANTILE
	    ? kpi__claim_quantile(claim, 1 << REPLIED, error)
	    : KPI_OK;
}

kpi_status
kpi__declare_first_response_time(kpi__claim *claim, kpi_error *error)
{
	return claim_times(claim, KPI__MEAN, error);
}

kpi_status
kpi__declare_first_response_time_quantile(
    kpi__claim *claim, kpi_error *error)
{
	return claim_times(claim, KPI__QUANTILE, error);
}

/* `age` is how long ago it began, at as_of. */
static inline uint8_t
within_key(uint8_t outcome, int64_t start, int64_t reply, int64_t took,
    int64_t age, int64_t threshold)
{
	const int immature = age <= threshold;

	if (has_no_time(outcome, start, reply))
		return NO_TIME;
	if (reply == KPI_UNKNOWN && outcome == 0)
		return immature ? IMMATURE_SILENT : SILENT;
	if (immature)
		return IMMATURE;
	return reply != KPI_UNKNOWN && took <= threshold ? REPLIED : LATE;
}

static void
within_keys(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	const int64_t threshold = k->parameter[THRESHOLD];
	const uint8_t *outcome = kpi__batch_outcomes(b, space);
	const int64_t *start =
	    kpi__batch_integers(b, KPI_FIELD_STARTED_AT, space);
	const int64_t *reply = kpi__batch_replies(b);

	for (uint32_t i = 0; i < b->wholes; i++)
		key[i] = within_key(outcome[i], start[i], reply[i],
		    reply[i] == KPI_UNKNOWN ? 0
					    : kpi__elapsed(start[i], reply[i]),
		    kpi__elapsed(start[i], k->parameter[AS_OF]), threshold);
}

static void
business_keys(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	const uint8_t *outcome = kpi__batch_outcomes(b, space);
	const int64_t *start =
	    kpi__batch_integers(b, KPI_FIELD_STARTED_AT, space);
	const int64_t *reply = kpi__batch_replies(b);
	const int64_t *age = kpi__batch_business_ages(b);
	const int64_t *took = kpi__batch_measured(
	    b, KPI__MEASURED_REPLY | KPI__IN_BUSINESS_TIME);

	for (uint32_t i = 0; i < b->wholes; i++)
		key[i] = within_key(outcome[i], start[i], reply[i], took[i],
		    age[i], k->parameter[THRESHOLD]);
}

kpi_status
kpi__declare_first_response_within(kpi__claim *claim, kpi_error *error)
{
	kpi__declared *d = claim->declared;
	const uint64_t known = 1 << REPLIED | 1 << LATE;

	(void)error;
	kpi__claim_stream(claim, KPI__INTERACTION, KPI__COUNTED_DIRECTIONS);
	kpi__claim_figure(claim, KPI__SHARE, KPI_UNIT_SHARE, KPI__MERGE_ANY);
	kpi__claim_share(claim, 1 << REPLIED, known | 1 << SILENT);
	kpi__declare(
	    d, KPI__SUM_KNOWN, known | 1 << NO_TIME | 1 << IMMATURE, 1);
	kpi__declare(d, KPI__SUM_UNKNOWN, 1 << NO_TIME, 1);
	kpi__declare(
	    d, KPI__SUM_IMMATURE, 1 << IMMATURE | 1 << IMMATURE_SILENT, 1);
	d->keyer.make =
	    kpi__claim_clock(claim) == 0 ? within_keys : business_keys;
	d->keyer.parameter[AS_OF] = claim->asked.as_of;
	d->keyer.parameter[THRESHOLD] =
	    kpi__parameter_of(claim, KPI__FIRST_RESPONSE_THRESHOLD);
	claim->reads_as_of = 1;
	kpi__claim_keys(claim, KEYS);
	return KPI_OK;
}
