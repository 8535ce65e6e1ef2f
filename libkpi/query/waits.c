/* SPDX-License-Identifier: MIT */
/* How long a row waited, and an interaction, by parts. */
#include <string.h>

#include "query/known.h"

#define QUEUE_AND_RING (KPI__PART_QUEUE | KPI__PART_RING)

/* The whole wait of a row: who waits yet has waited until as_of. */
static void
elapsed(kpi__batch *b, int64_t *out)
{
	const uint8_t *outcome = kpi__batch_outcomes(b, KPI__ROW_SPACE);
	const int64_t *wait =
	    kpi__batch_integers(b, KPI_FIELD_WAIT, KPI__ROW_SPACE);
	const int64_t *entered = NULL;

	memcpy(out, wait, b->rows * sizeof(*out));
	for (uint32_t r = 0; r < b->rows; r++) {
		if (outcome[r] != KPI_OUTCOME_WAITING)
			continue;
		if (entered == NULL)
			entered = kpi__batch_instants(
			    b, KPI__ANCHOR_QUEUED, KPI__ROW_SPACE);
		if (entered[r] == KPI_UNKNOWN)
			continue;
		out[r] = b->as_of > entered[r] ? b->as_of - entered[r] : 0;
	}
}

/* Of that, the time in the queue alone, or the ring alone, which may be known
 * where the wait is not. */
static void
own_waits(kpi__batch *b, int64_t parts, int64_t *out)
{
	const int64_t *ring;

	if ((parts & QUEUE_AND_RING) == 0) {
		memset(out, 0, b->rows * sizeof(*out));
		return;
	}
	elapsed(b, out);
	if ((parts & QUEUE_AND_RING) == QUEUE_AND_RING)
		return;
	ring = kpi__batch_integers(b, KPI_FIELD_RING, KPI__ROW_SPACE);
	for (uint32_t r = 0; r < b->rows; r++) {
		if (!(parts & KPI__PART_QUEUE)) {
			if (ring[r] != KPI_UNKNOWN || out[r] != KPI_UNKNOWN)
				out[r] = or_zero(ring[r]);
		} else if (out[r] != KPI_UNKNOWN) {
			/* One that began to wait after as_of rang as well. */
			out[r] = out[r] > or_zero(ring[r])
			    ? out[r] - or_zero(ring[r])
			    : 0;
		}
	}
}

/* The time from asking to be called back to the row that did it. */
static int64_t
callback_gap(kpi__batch *b, uint32_t whole, uint32_t row)
{
	const uint8_t *outcome = kpi__batch_outcomes(b, KPI__ROW_SPACE);
	const int64_t *entered =
	    kpi__batch_instants(b, KPI__ANCHOR_QUEUED, KPI__ROW_SPACE);
	const int64_t *left =
	    kpi__batch_instants(b, KPI__ANCHOR_ANSWERED, KPI__ROW_SPACE);

	if (outcome[row] != KPI_OUTCOME_ANSWERED)
		return 0;
	for (uint32_t r = row; r > b->row_of[whole]; r--)
		if (outcome[r - 1] == KPI_OUTCOME_CALLBACK &&
		    left[r - 1] != KPI_UNKNOWN && entered[row] != KPI_UNKNOWN &&
		    entered[row] > left[r - 1])
			return entered[row] - left[r - 1];
	return 0;
}

/* Adds to each row what its interaction had waited before. */
static void
add_earlier(kpi__batch *b, int64_t parts, int64_t *out)
{
	const uint8_t *visit = kpi__batch_visits(b);

	for (uint32_t i = 0; i < b->wholes; i++) {
		int64_t before = 0;

		for (uint32_t r = b->row_of[i]; r < b->row_of[i + 1]; r++) {
			const int64_t own = out[r];

			if (parts & KPI__PART_CALLBACK)
				out[r] =
				    sum_known(out[r], callback_gap(b, i, r));
			if (!(parts & KPI__PART_EARLIER))
				continue;
			out[r] = sum_known(out[r], before);
			if (visit[r])
				before = sum_known(before, own);
		}
	}
}

/* The menu lies before the first visit, and so before what is earlier. */
static void
add_menu_to_rows(kpi__batch *b, int64_t parts, int64_t *out)
{
	const int64_t *ivr =
	    kpi__batch_integers(b, KPI_FIELD_IVR, KPI__ROW_SPACE);
	const uint8_t *visit;

	if (b->row_of == NULL) {
		for (uint32_t r = 0; r < b->rows; r++)
			out[r] = sum_known(out[r], or_zero(ivr[r]));
		return;
	}
	visit = kpi__batch_visits(b);
	for (uint32_t i = 0; i < b->wholes; i++) {
		int met = 0;

		for (uint32_t r = b->row_of[i]; r < b->row_of[i + 1]; r++) {
			if (met ? (parts & KPI__PART_EARLIER) != 0 : visit[r])
				out[r] = sum_known(out[r], or_zero(ivr[r]));
			met |= visit[r];
		}
	}
}

/* The sum up to and including the first answered visit. */
static void
whole_waits(kpi__batch *b, const int64_t *own, int64_t parts, int64_t *out)
{
	const uint8_t *outcome = kpi__batch_outcomes(b, KPI__ROW_SPACE);
	const uint8_t *visit = kpi__batch_visits(b);
	const int64_t *ivr =
	    kpi__batch_integers(b, KPI_FIELD_IVR, KPI__WHOLE_SPACE);

	for (uint32_t i = 0; i < b->wholes; i++) {
		out[i] = parts & KPI__PART_IVR ? or_zero(ivr[i]) : 0;
		for (uint32_t r = b->row_of[i]; r < b->row_of[i + 1]; r++) {
			if (!visit[r])
				continue;
			out[i] = sum_known(out[i], own[r]);
			if (parts & KPI__PART_CALLBACK)
				out[i] =
				    sum_known(out[i], callback_gap(b, i, r));
			if (outcome[r] == KPI_OUTCOME_ANSWERED)
				break;
		}
	}
}

static int
has_waiting(kpi__batch *b)
{
	static const uint8_t answers[] = { 0, 1 };
	const uint64_t key =
	    kpi__batch_key(b, KPI__MEMO_WAITING, 0, KPI__ROW_SPACE);
	const uint8_t *made = kpi__batch_recall(b, key), *outcome;
	uint8_t any = 0;

	if (made == NULL) {
		outcome = kpi__batch_outcomes(b, KPI__ROW_SPACE);
		for (size_t r = 0; r < b->rows; r++)
			any |= outcome[r] == KPI_OUTCOME_WAITING;
		made = &answers[any];
		kpi__batch_remember(b, key, made);
	}
	return *made;
}

const uint32_t *
kpi__batch_short_waits(kpi__batch *b, int64_t parts, int space)
{
	if (!is_one(b, space) || parts != QUEUE_AND_RING || has_waiting(b))
		return NULL;
	return kpi__batch_shorts(b, KPI_FIELD_WAIT);
}

const int64_t *
kpi__batch_waits(kpi__batch *b, int64_t parts, int space)
{
	const uint64_t key =
	    kpi__batch_key(b, KPI__MEMO_WAITS, (uint64_t)parts, space);
	const int64_t *made = kpi__batch_recall(b, key);
	int64_t *out, *whole;

	if (made != NULL)
		return made;
	if (is_one(b, space) && parts == QUEUE_AND_RING && !has_waiting(b)) {
		made = kpi__batch_integers(b, KPI_FIELD_WAIT, KPI__ROW_SPACE);
		kpi__batch_remember(b, key, made);
		return made;
	}
	out = kpi__batch_room(b, b->rows * sizeof(*out));
	own_waits(b, parts, out);
	if (!is_one(b, space)) {
		whole = kpi__batch_room(b, b->wholes * sizeof(*whole));
		whole_waits(b, out, parts, whole);
		out = whole;
	} else {
		if (b->row_of != NULL &&
		    (parts & (KPI__PART_EARLIER | KPI__PART_CALLBACK)))
			add_earlier(b, parts, out);
		if (parts & KPI__PART_IVR)
			add_menu_to_rows(b, parts, out);
	}
	kpi__batch_remember(b, key, out);
	return out;
}
