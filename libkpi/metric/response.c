/* SPDX-License-Identifier: MIT */
/* survey_response_rate: who answered of those who were asked. */
#include <string.h>

#include "metric/claim.h"
#include "query/kernel.h"

enum {
	NOT_OFFERED,
	OFFER_UNKNOWN, /* answered, and so it must have been offered */
	IMMATURE,
	UNANSWERED,
	ANSWERED,
	KEYS
};

enum { WINDOW, AS_OF };

KPI__WIDER static void
find_marks(const uint8_t *restrict mark, size_t count, uint8_t *restrict key)
{
	for (size_t i = 0; i < count; i++)
		key[i] = (uint8_t)(key[i] | (mark[i] != KPI__BYTE_UNKNOWN));
}

/* 1 where the survey has an answer, whenever it came. */
static void
find_answers(kpi__batch *b, int space, uint8_t *key)
{
	static const int32_t wide[] = { KPI_FIELD_SURVEY_ANSWERED_AT,
		KPI_FIELD_SURVEY_CONTACTS };
	static const int32_t small[] = { KPI_FIELD_CSAT, KPI_FIELD_NPS,
		KPI_FIELD_CES, KPI_FIELD_SURVEY_RESOLVED };
	const uint32_t count = kpi__batch_count(b, space);

	memset(key, 0, count);
	for (size_t f = 0; f < sizeof(wide) / sizeof(*wide); f++) {
		const int64_t *value;

		if (kpi__batch_unknown(b, wide[f]))
			continue;
		value = kpi__batch_integers(b, wide[f], space);
		for (uint32_t i = 0; i < count; i++)
			key[i] |= value[i] != KPI_UNKNOWN;
	}
	for (size_t f = 0; f < sizeof(small) / sizeof(*small); f++)
		if (!kpi__batch_unknown(b, small[f]))
			find_marks(
			    kpi__batch_bytes(b, small[f], space), count, key);
}

/* What of the offered ones has had its time, and answered too late. */
static void
look_at_window(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	const uint32_t count = kpi__batch_count(b, space);
	const int64_t window = k->parameter[WINDOW];
	const int64_t *start =
	    kpi__batch_integers(b, KPI_FIELD_STARTED_AT, space);
	const int64_t *answered =
	    kpi__batch_integers(b, KPI_FIELD_SURVEY_ANSWERED_AT, space);

	for (uint32_t i = 0; i < count; i++) {
		if (key[i] != ANSWERED && key[i] != UNANSWERED)
			continue;
		if (start[i] >= k->parameter[AS_OF] - window)
			key[i] = IMMATURE;
		else if (answered[i] != KPI_UNKNOWN &&
		    answered[i] - start[i] > window)
			key[i] = UNANSWERED;
	}
}

static void
response_keys(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	static const uint8_t states[2][2] = { { NOT_OFFERED, OFFER_UNKNOWN },
		{ UNANSWERED, ANSWERED } };
	const uint32_t count = kpi__batch_count(b, space);
	const int64_t *offered =
	    kpi__batch_integers(b, KPI_FIELD_SURVEY_OFFERED_AT, space);

	find_answers(b, space, key);
	for (uint32_t i = 0; i < count; i++)
		key[i] = states[offered[i] != KPI_UNKNOWN][key[i]];
	if (k->parameter[WINDOW] > 0)
		look_at_window(k, b, space, key);
}

kpi_status
kpi__declare_survey_response_rate(kpi__claim *claim, kpi_error *error)
{
	kpi__declared *d = claim->declared;

	(void)error;
	kpi__claim_stream(claim, KPI__INTERACTION, KPI__EVERY_DIRECTION);
	d->stream.event =
	    kpi__parameter_of(claim, KPI__SURVEY_ANCHOR) == KPI__AT_ANSWER
	    ? KPI__EVENT_SURVEY
	    : KPI__NO_EVENT;
	kpi__claim_figure(claim, KPI__SHARE, KPI_UNIT_SHARE, KPI__MERGE_ANY);
	kpi__claim_share(
	    claim, 1 << ANSWERED, 1 << ANSWERED | 1 << UNANSWERED);
	kpi__declare(d, KPI__SUM_UNKNOWN, 1 << OFFER_UNKNOWN, 1);
	kpi__declare(d, KPI__SUM_IMMATURE, 1 << IMMATURE, 1);
	kpi__declare(d, KPI__SUM_NOT_COUNTED, 1 << NOT_OFFERED, 1);
	d->keyer.make = response_keys;
	d->keyer.parameter[WINDOW] =
	    kpi__parameter_of(claim, KPI__SURVEY_WINDOW);
	if (d->keyer.parameter[WINDOW] > 0) {
		d->keyer.parameter[AS_OF] = claim->asked.as_of;
		claim->reads_as_of = 1;
	}
	kpi__claim_keys(claim, KEYS);
	return KPI_OK;
}
