/* SPDX-License-Identifier: MIT */
#include "metric/survey.h"

#include <string.h>

#include "query/kernel.h"

/* Classes: the mark itself, or this. Keys: these two, then the marks. */
#define GREATEST_MARK 11
#define MIXED         20
#define KEY_NO_ANSWER 0
#define KEY_MIXED     1
#define KEY_OF_MARK   2

enum { FIELD, SCALE, SCALE_FROM, WINDOW, TOLD_BY, TOLD };

uint64_t
kpi__marks(int64_t least, int64_t most)
{
	uint64_t set = 0;

	for (int64_t mark = 0; mark <= GREATEST_MARK; mark++)
		if (mark >= least && mark <= most)
			set |= UINT64_C(1) << mark;
	return set;
}

/* An answer that came later than the window after the contact is none. */
static void
drop_late(kpi__batch *b, int space, int64_t window, uint8_t *key)
{
	const uint32_t count = kpi__batch_count(b, space);
	const int64_t *start =
	    kpi__batch_integers(b, KPI_FIELD_STARTED_AT, space);
	const int64_t *answered =
	    kpi__batch_integers(b, KPI_FIELD_SURVEY_ANSWERED_AT, space);

	for (uint32_t i = 0; i < count; i++)
		if (answered[i] != KPI_UNKNOWN &&
		    answered[i] - start[i] > window)
			key[i] = KEY_NO_ANSWER;
}

KPI__WIDER static void
take_marks(const uint8_t *restrict mark, uint8_t least, uint8_t most,
    size_t count, uint8_t *restrict key)
{
	for (size_t i = 0; i < count; i++) {
		const uint8_t on_scale = mark[i] < least || mark[i] > most
		    ? KEY_MIXED
		    : (uint8_t)(mark[i] - least + KEY_OF_MARK);

		key[i] =
		    mark[i] == KPI__BYTE_UNKNOWN ? KEY_NO_ANSWER : on_scale;
	}
}

static void
mark_keys(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	const uint32_t count = kpi__batch_count(b, space);
	const int32_t told_by = (int32_t)k->parameter[TOLD_BY];

	take_marks(kpi__batch_bytes(b, (int32_t)k->parameter[FIELD], space),
	    (uint8_t)k->parameter[SCALE_FROM], (uint8_t)k->parameter[SCALE],
	    count, key);
	if (told_by != 0 && !kpi__batch_unknown(b, told_by)) {
		const uint8_t *told = kpi__batch_bytes(b, told_by, space);

		for (uint32_t i = 0; i < count; i++)
			if (key[i] != KEY_NO_ANSWER &&
			    told[i] != KPI__BYTE_UNKNOWN &&
			    told[i] != k->parameter[TOLD])
				key[i] = KEY_MIXED;
	}
	if (k->parameter[WINDOW] > 0)
		drop_late(b, space, k->parameter[WINDOW], key);
}

void
kpi__claim_answers(kpi__claim *claim, const kpi__question *q)
{
	kpi__declared *d = claim->declared;

	kpi__claim_stream(claim, KPI__INTERACTION, KPI__EVERY_DIRECTION);
	d->stream.event =
	    kpi__parameter_of(claim, KPI__SURVEY_ANCHOR) == KPI__AT_ANSWER
	    ? KPI__EVENT_SURVEY
	    : KPI__NO_EVENT;
	d->latest = q->per == KPI__PER_CUSTOMER;
	d->keyer.make = mark_keys;
	d->keyer.parameter[FIELD] = q->field;
	d->keyer.parameter[SCALE] = q->most;
	d->keyer.parameter[SCALE_FROM] = q->least;
	d->keyer.parameter[TOLD_BY] = q->told_by;
	d->keyer.parameter[TOLD] = q->told;
	d->keyer.parameter[WINDOW] =
	    kpi__parameter_of(claim, KPI__SURVEY_WINDOW);
	memset(d->class_of, KPI__CLASS_OUTSIDE, sizeof(d->class_of));
	d->class_of[KEY_MIXED] = MIXED;
	for (int64_t mark = q->least; mark <= q->most; mark++)
		d->class_of[mark - q->least + KEY_OF_MARK] = (uint8_t)mark;
	kpi__declare(d, KPI__SUM_MIXED, UINT64_C(1) << MIXED, 1);
	kpi__declare(d, KPI__SUM_NOT_COUNTED, UINT64_C(1) << MIXED, 1);
}

static int
merge_of(const kpi__question *q)
{
	return q->per == KPI__PER_CUSTOMER ? KPI__MERGE_CUSTOMER
					   : KPI__MERGE_ANY;
}

void
kpi__claim_marked(
    kpi__claim *claim, const kpi__question *q, uint64_t counted)
{
	kpi__claim_figure(claim, KPI__SHARE, KPI_UNIT_SHARE, merge_of(q));
	kpi__claim_share(claim, counted, kpi__marks(q->least, q->most));
}

void
kpi__claim_balance(kpi__claim *claim, const kpi__question *q,
    uint64_t detractors, uint64_t promoters)
{
	const uint64_t all = kpi__marks(q->least, q->most);
	kpi__declared *d = claim->declared;

	kpi__claim_figure(claim, KPI__BALANCE, KPI_UNIT_POINTS, merge_of(q));
	kpi__declare(d, KPI__SUM_NUMERATOR, promoters, 1);
	kpi__declare(d, KPI__SUM_NUMERATOR, detractors, -1);
	kpi__declare(d, KPI__SUM_DENOMINATOR, all, 1);
	kpi__declare(d, KPI__SUM_DETRACTORS, detractors, 1);
	if (claim->shape.parts != 1)
		kpi__declare(d, KPI__SUM_WEIGHTS, all, 1);
}

void
kpi__claim_mean_mark(kpi__claim *claim, const kpi__question *q)
{
	kpi__declared *d = claim->declared;

	kpi__claim_figure(claim, KPI__MEAN, KPI_UNIT_MARK, merge_of(q));
	kpi__claim_mean(claim, kpi__marks(q->least, q->most));
	for (int64_t mark = q->least; mark <= q->most; mark++) {
		const uint64_t one = UINT64_C(1) << mark;

		kpi__declare(d, KPI__SUM_NUMERATOR, one, mark);
		kpi__declare(d, KPI__SUM_SQUARES, one, mark * mark);
		if (!d->clustered)
			continue;
		kpi__declare(d, KPI__SUM_CLUSTERS, one, 1);
		kpi__declare(d, KPI__SUM_CROSS, one, mark);
		kpi__declare(d, KPI__SUM_SIZES, one, 1);
	}
}
