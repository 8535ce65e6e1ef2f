/* SPDX-License-Identifier: MIT */
#include "query/measured.h"

#include "query/kernel.h"

/* What a column has, or else another. */
static const int64_t *
either(kpi__batch *b, int32_t field, const int64_t *other)
{
	const int64_t *value =
	    kpi__batch_integers(b, field, KPI__WHOLE_SPACE);
	int64_t *out;

	if (kpi__batch_unknown(b, field))
		return other;
	out = kpi__batch_room(b, b->wholes * sizeof(*out));
	for (uint32_t i = 0; i < b->wholes; i++)
		out[i] = value[i] != KPI_UNKNOWN ? value[i] : other[i];
	return out;
}

/* An unanswered one's instant is when it left. */
static const int64_t *
answers(kpi__batch *b)
{
	const int space = KPI__WHOLE_SPACE;
	const uint8_t *outcome = kpi__batch_outcomes(b, space);
	const int64_t *at =
	    kpi__batch_instants(b, KPI__ANCHOR_ANSWERED, space);
	int64_t *out = kpi__batch_room(b, b->wholes * sizeof(*out));

	for (uint32_t i = 0; i < b->wholes; i++)
		out[i] = outcome[i] == KPI_OUTCOME_ANSWERED ? at[i]
							    : KPI_UNKNOWN;
	return out;
}

KPI__WIDER static int
lacks_some(const int64_t *value, size_t count)
{
	uint64_t any = 0;

	for (size_t i = 0; i < count; i++)
		any |= value[i] == KPI_UNKNOWN;
	return any != 0;
}

const int64_t *
kpi__batch_replies(kpi__batch *b)
{
	const uint64_t key =
	    kpi__batch_key(b, KPI__MEMO_REPLIES, 0, KPI__WHOLE_SPACE);
	const int64_t *made = kpi__batch_recall(b, key);

	if (made == NULL) {
		made = kpi__batch_integers(
		    b, KPI_FIELD_FIRST_RESPONSE_AT, KPI__WHOLE_SPACE);
		if (lacks_some(made, b->wholes))
			made = either(
			    b, KPI_FIELD_FIRST_RESPONSE_AT, answers(b));
		kpi__batch_remember(b, key, made);
	}
	return made;
}

/* When what is measured ended. */
static const int64_t *
ends_of(kpi__batch *b, int64_t what)
{
	const int64_t *last;

	what &= ~(int64_t)KPI__IN_BUSINESS_TIME;
	if (what == KPI__MEASURED_REPLY)
		return kpi__batch_replies(b);
	last = kpi__batch_integers(
	    b, KPI_FIELD_RESOLVED_AT, KPI__WHOLE_SPACE);
	return what == KPI__MEASURED_RESOLUTION
	    ? last
	    : either(b, KPI_FIELD_FIRST_RESOLVED_AT, last);
}

kpi__clock
kpi__batch_clock(kpi__batch *b, int in_business_time)
{
	kpi__clock clock = { NULL, NULL };

	if (in_business_time) {
		clock.business = b->business;
		clock.queue = kpi__batch_codes(
		    b, KPI_BY_QUEUE, KPI__CREDIT_LAST, KPI__WHOLE_SPACE);
	}
	return clock;
}

KPI__WIDER static void
elapse(const int64_t *restrict start, const int64_t *restrict end,
    size_t count, int64_t *restrict out)
{
	for (size_t i = 0; i < count; i++)
		out[i] = end[i] == KPI_UNKNOWN ? KPI_UNKNOWN
					       : kpi__elapsed(start[i], end[i]);
}

const int64_t *
kpi__batch_business_ages(kpi__batch *b)
{
	const int space = KPI__WHOLE_SPACE;
	const uint64_t key = kpi__batch_key(b, KPI__MEMO_AGES, 0, space);
	const int64_t *made = kpi__batch_recall(b, key), *start;
	kpi__clock clock;
	int64_t *out;

	if (made != NULL)
		return made;
	clock = kpi__batch_clock(b, 1);
	start = kpi__batch_integers(b, KPI_FIELD_STARTED_AT, space);
	out = kpi__batch_room(b, b->wholes * sizeof(*out));
	for (uint32_t i = 0; i < b->wholes; i++)
		out[i] = kpi__clock_between(&clock, i, start[i], b->as_of);
	kpi__batch_remember(b, key, out);
	return out;
}

const int64_t *
kpi__batch_measured(kpi__batch *b, int64_t what)
{
	const int space = KPI__WHOLE_SPACE;
	const uint64_t key =
	    kpi__batch_key(b, KPI__MEMO_MEASURED, (uint64_t)what, space);
	const int64_t *made, *end, *start;
	kpi__clock clock;
	int64_t *out;

	if (what == KPI__MEASURED_QUALITY || what == KPI__MEASURED_COST)
		return kpi__batch_integers(b,
		    what == KPI__MEASURED_COST ? KPI_FIELD_COST
					       : KPI_FIELD_QUALITY,
		    space);
	if ((made = kpi__batch_recall(b, key)) != NULL)
		return made;
	end = ends_of(b, what);
	start = kpi__batch_integers(b, KPI_FIELD_STARTED_AT, space);
	clock = kpi__batch_clock(b, (what & KPI__IN_BUSINESS_TIME) != 0);
	out = kpi__batch_room(b, b->wholes * sizeof(*out));
	if (clock.business == NULL)
		elapse(start, end, b->wholes, out);
	else
		for (uint32_t i = 0; i < b->wholes; i++)
			out[i] = end[i] == KPI_UNKNOWN
			    ? KPI_UNKNOWN
			    : kpi__clock_between(&clock, i, start[i], end[i]);
	kpi__batch_remember(b, key, out);
	return out;
}

/* 0 if one is not short. */
KPI__WIDER static int
shorten(const int64_t *restrict value, size_t count, uint32_t *restrict out)
{
	uint64_t over = 0;

	for (size_t i = 0; i < count; i++) {
		const uint64_t known = value[i] != KPI_UNKNOWN;
		const uint64_t v = (uint64_t)value[i];

		over |= (v >= KPI__SHORT_UNKNOWN) & known;
		out[i] = known ? (uint32_t)v : KPI__SHORT_UNKNOWN;
	}
	return over == 0;
}

const uint32_t *
kpi__batch_short_measured(kpi__batch *b, int64_t what)
{
	static const uint32_t none[1];
	const uint64_t key = kpi__batch_key(b, KPI__MEMO_SHORT_MEASURED,
	    (uint64_t)what, KPI__WHOLE_SPACE);
	const uint32_t *made = kpi__batch_recall(b, key);
	uint32_t *out;

	if (made == NULL) {
		out = kpi__batch_room(b, b->wholes * sizeof(*out));
		made = shorten(kpi__batch_measured(b, what), b->wholes, out)
		    ? out
		    : none;
		kpi__batch_remember(b, key, made);
	}
	return made == none ? NULL : made;
}
