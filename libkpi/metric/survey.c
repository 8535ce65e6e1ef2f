/* SPDX-License-Identifier: MIT */
/* csat, csat_mean, nps: what customers said. */
#include <string.h>

#include "base/error.h"
#include "metric/claim.h"
#include "query/kernel.h"

/* Classes: the mark itself, or this. Keys: these two, then the marks. */
#define GREATEST_MARK 11
#define MIXED         20
#define KEY_NO_ANSWER 0
#define KEY_MIXED     1
#define KEY_OF_MARK   2

enum { FIELD, SCALE, SCALE_FROM, WINDOW };

/* Marks from the lowest to the highest, both included. */
static uint64_t
marks(int64_t least, int64_t most)
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
	const uint8_t most = (uint8_t)k->parameter[SCALE];

	take_marks(kpi__batch_bytes(b, (int32_t)k->parameter[FIELD], space),
	    (uint8_t)k->parameter[SCALE_FROM], most, count, key);
	if (k->parameter[FIELD] == KPI_FIELD_CSAT &&
	    !kpi__batch_unknown(b, KPI_FIELD_CSAT_SCALE)) {
		const uint8_t *scale =
		    kpi__batch_bytes(b, KPI_FIELD_CSAT_SCALE, space);

		for (uint32_t i = 0; i < count; i++)
			if (key[i] != KEY_NO_ANSWER &&
			    scale[i] != KPI__BYTE_UNKNOWN && scale[i] != most)
				key[i] = KEY_MIXED;
	}
	if (k->parameter[WINDOW] > 0)
		drop_late(b, space, k->parameter[WINDOW], key);
}

static void
claim_answers(kpi__claim *claim, int32_t field, int64_t least, int64_t most,
    int per)
{
	kpi__declared *d = claim->declared;

	kpi__claim_stream(claim, KPI__INTERACTION, KPI__EVERY_DIRECTION);
	d->stream.survey_answered =
	    kpi__parameter_of(claim, KPI__SURVEY_ANCHOR) == KPI__AT_ANSWER;
	d->latest = per == KPI__PER_CUSTOMER;
	d->keyer.make = mark_keys;
	d->keyer.parameter[FIELD] = field;
	d->keyer.parameter[SCALE] = most;
	d->keyer.parameter[SCALE_FROM] = least;
	d->keyer.parameter[WINDOW] =
	    kpi__parameter_of(claim, KPI__SURVEY_WINDOW);
	d->keyer.few = most - least + 1 + KEY_OF_MARK;
	memset(d->class_of, KPI__CLASS_OUTSIDE, sizeof(d->class_of));
	d->class_of[KEY_MIXED] = MIXED;
	for (int64_t mark = least; mark <= most; mark++)
		d->class_of[mark - least + KEY_OF_MARK] = (uint8_t)mark;
	kpi__declare(d, KPI__SUM_MIXED, UINT64_C(1) << MIXED, 1);
	kpi__declare(d, KPI__SUM_NOT_COUNTED, UINT64_C(1) << MIXED, 1);
}

static int
merge_of(int64_t per)
{
	return per == KPI__PER_CUSTOMER ? KPI__MERGE_CUSTOMER : KPI__MERGE_ANY;
}

static void
claim_balance(kpi__claim *claim, uint64_t detractors, uint64_t promoters,
    uint64_t all, int merge)
{
	kpi__declared *d = claim->declared;

	kpi__claim_figure(claim, KPI__BALANCE, KPI_UNIT_POINTS, merge);
	kpi__declare(d, KPI__SUM_NUMERATOR, promoters, 1);
	kpi__declare(d, KPI__SUM_NUMERATOR, detractors, -1);
	kpi__declare(d, KPI__SUM_DENOMINATOR, all, 1);
	kpi__declare(d, KPI__SUM_DETRACTORS, detractors, 1);
	if (claim->shape.parts != 1)
		kpi__declare(d, KPI__SUM_WEIGHTS, all, 1);
}

/* The lowest satisfied mark of a scale of 2 to 8 marks, counted from 1. */
static const int8_t top_box[] = { 0, 0, 2, 3, 3, 4, 4, 5, 6 };

kpi_status
kpi__declare_csat(kpi__claim *claim, kpi_error *error)
{
	const int64_t least = kpi__parameter_of(claim, KPI__CSAT_SCALE_FROM);
	const int64_t most = kpi__parameter_of(claim, KPI__CSAT_SCALE);
	const int64_t length = most - least + 1;
	const int64_t per = kpi__parameter_of(claim, KPI__CSAT_PER);
	int64_t top = kpi__parameter_of(claim, KPI__CSAT_TOP);
	int64_t bottom = kpi__parameter_of(claim, KPI__CSAT_BOTTOM);
	const int net = kpi__parameter_of(claim, KPI__CSAT_SCORE) ==
	    KPI__CSAT_SCORE_NET;

	if (length > 8 && top == KPI__AUTOMATIC)
		return kpi__fail_at(error, KPI_EINVAL, "csat_top",
		    "a scale of more than 8 marks has no usual lowest "
		    "satisfied mark: set csat_top");
	if (length > 8 && net && bottom == KPI__AUTOMATIC)
		return kpi__fail_at(error, KPI_EINVAL, "csat_bottom",
		    "a scale of more than 8 marks has no usual highest "
		    "dissatisfied mark: set csat_bottom");
	if (top == KPI__AUTOMATIC)
		top = top_box[length] + least - 1;
	if (bottom == KPI__AUTOMATIC && length <= 8)
		bottom = length + 1 - top_box[length] + least - 1;
	if (net && bottom >= top)
		return kpi__fail_at(error, KPI_EINVAL, "csat_bottom",
		    "the highest dissatisfied mark is not below the lowest "
		    "satisfied one");

	claim_answers(claim, KPI_FIELD_CSAT, least, most, (int)per);
	if (net) {
		claim_balance(claim, marks(least, bottom), marks(top, most),
		    marks(least, most), merge_of(per));
		return KPI_OK;
	}
	kpi__claim_figure(
	    claim, KPI__SHARE, KPI_UNIT_SHARE, merge_of(per));
	kpi__claim_share(claim, marks(top, most), marks(least, most));
	return KPI_OK;
}

kpi_status
kpi__declare_csat_mean(kpi__claim *claim, kpi_error *error)
{
	const int64_t least = kpi__parameter_of(claim, KPI__CSAT_SCALE_FROM);
	const int64_t most = kpi__parameter_of(claim, KPI__CSAT_SCALE);
	const int64_t per = kpi__parameter_of(claim, KPI__CSAT_PER);
	kpi__declared *d = claim->declared;

	(void)error;
	claim_answers(claim, KPI_FIELD_CSAT, least, most, (int)per);
	kpi__claim_figure(claim, KPI__MEAN, KPI_UNIT_MARK, merge_of(per));
	kpi__claim_mean(claim, marks(least, most));
	for (int64_t mark = least; mark <= most; mark++) {
		const uint64_t one = UINT64_C(1) << mark;

		kpi__declare(d, KPI__SUM_NUMERATOR, one, mark);
		kpi__declare(d, KPI__SUM_SQUARES, one, mark * mark);
		if (!d->clustered)
			continue;
		kpi__declare(d, KPI__SUM_CLUSTERS, one, 1);
		kpi__declare(d, KPI__SUM_CROSS, one, mark);
		kpi__declare(d, KPI__SUM_SIZES, one, 1);
	}
	return KPI_OK;
}

kpi_status
kpi__declare_nps(kpi__claim *claim, kpi_error *error)
{
	const int64_t per = kpi__parameter_of(claim, KPI__NPS_PER);

	(void)error;
	claim_answers(claim, KPI_FIELD_NPS, 0, 10, (int)per);
	claim_balance(claim, marks(0, 6), marks(9, 10), marks(0, 10),
	    merge_of(per));
	return KPI_OK;
}
