/* SPDX-License-Identifier: MIT */
#include "store/range.h"

#include "store/input.h"

void
kpi__ranges_init(kpi__range range[KPI__RANGES])
{
	for (int a = 0; a < KPI__RANGES; a++) {
		range[a].least = INT64_MAX;
		range[a].greatest = INT64_MIN;
	}
}

static int64_t
plus(int64_t instant, int64_t duration)
{
	if (instant == KPI_UNKNOWN || duration == KPI_UNKNOWN)
		return KPI_UNKNOWN;
	return instant + duration;
}

static int64_t
or_zero(int64_t duration)
{
	return duration == KPI_UNKNOWN ? 0 : duration;
}

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b; /* KPI_UNKNOWN is the least of all */
}

static void
widen(kpi__range *range, int64_t instant)
{
	if (instant < range->least)
		range->least = instant;
	if (instant > range->greatest)
		range->greatest = instant;
}

static void
join(kpi__range *range, const kpi__range *other)
{
	if (other->least < range->least)
		range->least = other->least;
	if (other->greatest > range->greatest)
		range->greatest = other->greatest;
}

/* The row's own instants, from its entry; the result is its end. */
static int64_t
instants_of(
    const kpi__row *row, int64_t entered, int64_t at[KPI__ANCHOR_OWN_EVENT])
{
	const int64_t turned = plus(entered, KPI__OF_ROW(row, WAIT));
	int64_t ended = KPI__OF_ROW(row, ENDED_AT);

	if (ended == KPI_UNKNOWN) {
		ended = turned;
		if (KPI__OF_ROW(row, OUTCOME) == KPI_OUTCOME_WAITING)
			ended = KPI_UNKNOWN;
		else if (KPI__OF_ROW(row, OUTCOME) == KPI_OUTCOME_ANSWERED)
			ended = plus(plus(turned, KPI__OF_ROW(row, TALK)),
			    or_zero(KPI__OF_ROW(row, HOLD)));
	}
	at[KPI__ANCHOR_QUEUED] = entered;
	at[KPI__ANCHOR_ANSWERED] = turned;
	at[KPI__ANCHOR_ENDED] = ended;
	at[KPI__ANCHOR_WRAPPED] =
	    plus(ended, or_zero(KPI__OF_ROW(row, AFTER_CALL)));
	return ended;
}

/* Where a row has no instant at an anchor, its interaction or it stands at
 * the one before. Returns the latest of those that there are. */
static int64_t
widen_by_rows(
    kpi__range range[KPI__RANGES], const kpi__input *in, int64_t entered)
{
	int64_t latest = INT64_MIN;
	kpi__range own[KPI__RANGES];
	int waits = 0, lacks[KPI__ANCHOR_OWN_EVENT] = { 0 };

	kpi__ranges_init(own);
	widen(&own[KPI__ANCHOR_STARTED], in->value[KPI_FIELD_STARTED_AT - 1]);
	for (uint32_t r = 0; r < in->rows; r++) {
		int64_t at[KPI__ANCHOR_OWN_EVENT];

		if (KPI__OF_ROW(&in->row[r], ENTERED_AT) != KPI_UNKNOWN)
			entered = KPI__OF_ROW(&in->row[r], ENTERED_AT);
		if (KPI__OF_ROW(&in->row[r], OUTCOME) == KPI_OUTCOME_WAITING)
			waits = 1;
		entered = instants_of(&in->row[r], entered, at);
		for (int a = KPI__ANCHOR_QUEUED; a <= KPI__ANCHOR_WRAPPED; a++)
			if (at[a] == KPI_UNKNOWN)
				lacks[a] = 1;
			else
				widen(&own[a], at[a]);
	}
	for (int a = KPI__ANCHOR_QUEUED; a <= KPI__ANCHOR_WRAPPED; a++) {
		latest = later(latest, own[a].greatest);
		if (lacks[a])
			join(&own[a], &own[a - 1]);
	}
	own[KPI__ANCHOR_OWN_EVENT] = own[KPI__ANCHOR_ANSWERED];
	if (waits) {
		join(&own[KPI__ANCHOR_OWN_EVENT], &own[KPI__ANCHOR_QUEUED]);
		own[KPI__ANCHOR_OWN_EVENT].greatest = INT64_MAX;
	}
	for (int a = 0; a <= KPI__ANCHOR_OWN_EVENT; a++)
		join(&range[a], &own[a]);
	return latest;
}

/* The same of one row that does not wait: each range of its own is an
 * instant. */
static int64_t
widen_by_one(
    kpi__range range[KPI__RANGES], const kpi__input *in, int64_t entered)
{
	int64_t at[KPI__ANCHOR_OWN_EVENT], latest = INT64_MIN;

	if (KPI__OF_ROW(in->row, ENTERED_AT) != KPI_UNKNOWN)
		entered = KPI__OF_ROW(in->row, ENTERED_AT);
	(void)instants_of(in->row, entered, at);
	at[KPI__ANCHOR_STARTED] = in->value[KPI_FIELD_STARTED_AT - 1];
	widen(&range[KPI__ANCHOR_STARTED], at[KPI__ANCHOR_STARTED]);
	for (int a = KPI__ANCHOR_QUEUED; a <= KPI__ANCHOR_WRAPPED; a++) {
		latest = later(latest, at[a]);
		if (at[a] == KPI_UNKNOWN)
			at[a] = at[a - 1];
		widen(&range[a], at[a]);
	}
	widen(&range[KPI__ANCHOR_OWN_EVENT], at[KPI__ANCHOR_ANSWERED]);
	return latest;
}

int64_t
kpi__ranges_widen(kpi__range range[KPI__RANGES], const kpi__input *in)
{
	static const uint8_t others[] = { KPI_FIELD_FIRST_RESOLVED_AT,
		KPI_FIELD_RESOLVED_AT, KPI_FIELD_REOPENED_AT,
		KPI_FIELD_FIRST_RESPONSE_AT, KPI_FIELD_SURVEY_ANSWERED_AT };
	const int64_t survey = in->value[KPI_FIELD_SURVEY_ANSWERED_AT - 1];
	const int64_t start = in->value[KPI_FIELD_STARTED_AT - 1];
	const int64_t entered = start + or_zero(in->value[KPI_FIELD_IVR - 1]);
	const int one = in->rows == 1 &&
	    KPI__OF_ROW(in->row, OUTCOME) != KPI_OUTCOME_WAITING;
	int64_t latest = later(start,
	    one ? widen_by_one(range, in, entered)
		: widen_by_rows(range, in, entered));

	if (survey != KPI_UNKNOWN)
		widen(&range[KPI__RANGE_SURVEY], survey);
	for (size_t i = 0; i < sizeof(others); i++)
		latest = later(latest, in->value[others[i] - 1]);
	return latest;
}
