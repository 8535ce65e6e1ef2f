/* SPDX-License-Identifier: MIT */
/* What follows from the rows and is never stored: outcomes, waits, instants
 * (kpi-metrics(7), Instants). */
#include <string.h>

#include "query/known.h"

enum { OUTCOMES = 16, WAITS, INSTANTS, DIRECT };

const uint8_t *
kpi__batch_direct(kpi__batch *b)
{
	const uint64_t key = kpi__batch_key(b, DIRECT, 0, KPI__ROW_SPACE);
	const uint8_t *made = kpi__batch_recall(b, key);
	const int64_t *entered, *queue;
	uint8_t *out;

	if (b->row_of == NULL)
		return NULL;
	if (made != NULL)
		return made;
	entered = kpi__batch_integers(b, KPI_FIELD_ENTERED_AT, KPI__ROW_SPACE);
	queue = kpi__batch_integers(b, KPI_FIELD_QUEUE, KPI__ROW_SPACE);
	out = kpi__batch_room(b, b->rows);
	memset(out, 0, b->rows);
	for (uint32_t i = 0; i < b->wholes; i++)
		for (uint32_t r = b->row_of[i] + 1; r < b->row_of[i + 1]; r++)
			out[r] = entered[r] == KPI_UNKNOWN && queue[r] <= 0;
	kpi__batch_remember(b, key, out);
	return out;
}

static void
forget_unknown(
    const uint8_t *restrict from, size_t count, uint8_t *restrict out)
{
	for (size_t i = 0; i < count; i++)
		out[i] = from[i] == KPI__BYTE_UNKNOWN ? 0 : from[i];
}

const uint8_t *
kpi__batch_outcomes(kpi__batch *b, int space)
{
	const uint64_t key = kpi__batch_key(b, OUTCOMES, 0, space);
	const uint8_t *made = kpi__batch_recall(b, key), *row;
	uint8_t *out;

	if (made != NULL)
		return made;
	if (is_one(b, space)) {
		row = kpi__batch_bytes(b, KPI_FIELD_OUTCOME, KPI__ROW_SPACE);
		out = kpi__batch_room(b, b->rows);
		forget_unknown(row, b->rows, out);
	} else {
		row = kpi__batch_outcomes(b, KPI__ROW_SPACE);
		out = kpi__batch_room(b, b->wholes);
		for (uint32_t i = 0; i < b->wholes; i++) {
			out[i] = row[b->row_of[i + 1] - 1];
			for (uint32_t r = b->row_of[i]; r < b->row_of[i + 1];
			     r++)
				if (row[r] == KPI_OUTCOME_ANSWERED)
					out[i] = KPI_OUTCOME_ANSWERED;
		}
	}
	kpi__batch_remember(b, key, out);
	return out;
}

static const int64_t *row_instants(kpi__batch *b, int anchor);

/* What a row waited itself: queue and ring, as long as it waits until as_of. */
static void
own_waits(kpi__batch *b, int64_t parts, int64_t *out)
{
	const uint8_t *outcome = kpi__batch_outcomes(b, KPI__ROW_SPACE);
	const int64_t *wait =
	    kpi__batch_integers(b, KPI_FIELD_WAIT, KPI__ROW_SPACE);
	const int64_t *ring, *entered = NULL;

	if ((parts & (KPI__PART_QUEUE | KPI__PART_RING)) ==
	    (KPI__PART_QUEUE | KPI__PART_RING)) {
		memcpy(out, wait, b->rows * sizeof(*out));
	} else if (parts & (KPI__PART_QUEUE | KPI__PART_RING)) {
		ring = kpi__batch_integers(b, KPI_FIELD_RING, KPI__ROW_SPACE);
		for (uint32_t r = 0; r < b->rows; r++)
			out[r] = wait[r] == KPI_UNKNOWN ? KPI_UNKNOWN
			    : parts & KPI__PART_QUEUE	? wait[r] - or_zero(ring[r])
							: or_zero(ring[r]);
	} else {
		memset(out, 0, b->rows * sizeof(*out));
	}
	if (!(parts & KPI__PART_QUEUE))
		return;
	for (uint32_t r = 0; r < b->rows; r++) {
		if (outcome[r] != KPI_OUTCOME_WAITING)
			continue;
		if (entered == NULL)
			entered = row_instants(b, KPI__ANCHOR_QUEUED);
		if (entered[r] == KPI_UNKNOWN)
			continue;
		out[r] = b->as_of > entered[r] ? b->as_of - entered[r] : 0;
	}
}

/* The time from asking to be called back to the row that did it. */
static int64_t
callback_gap(kpi__batch *b, uint32_t whole, uint32_t row)
{
	const uint8_t *outcome = kpi__batch_outcomes(b, KPI__ROW_SPACE);
	const int64_t *entered = row_instants(b, KPI__ANCHOR_QUEUED);
	const int64_t *left = row_instants(b, KPI__ANCHOR_ANSWERED);

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
	const uint8_t *direct = kpi__batch_direct(b);

	if (b->row_of == NULL)
		return;
	for (uint32_t i = 0; i < b->wholes; i++) {
		int64_t before = 0;

		for (uint32_t r = b->row_of[i]; r < b->row_of[i + 1]; r++) {
			const int64_t own = out[r];

			if (parts & KPI__PART_CALLBACK)
				out[r] = sum_known(
				    out[r], callback_gap(b, i, r));
			if (!(parts & KPI__PART_EARLIER))
				continue;
			out[r] = sum_known(out[r], before);
			if (!direct[r])
				before = sum_known(before, own);
		}
	}
}

static void
add_ivr(kpi__batch *b, int space, int64_t *out)
{
	const uint32_t count = kpi__batch_count(b, space);
	const int64_t *ivr;

	if (kpi__batch_unknown(b, KPI_FIELD_IVR))
		return;
	ivr = kpi__batch_integers(b, KPI_FIELD_IVR, space);
	for (uint32_t i = 0; i < count; i++)
		out[i] = sum_known(out[i], or_zero(ivr[i]));
}

static void
whole_waits(kpi__batch *b, const int64_t *own, int64_t parts, int64_t *out)
{
	const uint8_t *outcome = kpi__batch_outcomes(b, KPI__ROW_SPACE);
	const uint8_t *direct = kpi__batch_direct(b);

	for (uint32_t i = 0; i < b->wholes; i++) {
		out[i] = 0;
		for (uint32_t r = b->row_of[i]; r < b->row_of[i + 1]; r++) {
			if (direct[r])
				continue;
			out[i] = sum_known(out[i], own[r]);
			if (parts & KPI__PART_CALLBACK)
				out[i] = sum_known(
				    out[i], callback_gap(b, i, r));
			if (outcome[r] == KPI_OUTCOME_ANSWERED)
				break;
		}
	}
}

static int
has_waiting(const uint8_t *outcome, size_t rows)
{
	uint8_t any = 0;

	for (size_t r = 0; r < rows; r++)
		any |= outcome[r] == KPI_OUTCOME_WAITING;
	return any;
}

const uint32_t *
kpi__batch_short_waits(kpi__batch *b, int64_t parts, int space)
{
	if (!is_one(b, space) || parts != (KPI__PART_QUEUE | KPI__PART_RING) ||
	    has_waiting(kpi__batch_outcomes(b, KPI__ROW_SPACE), b->rows))
		return NULL;
	return kpi__batch_shorts(b, KPI_FIELD_WAIT);
}

const int64_t *
kpi__batch_waits(kpi__batch *b, int64_t parts, int space)
{
	const int64_t queue_and_ring = KPI__PART_QUEUE | KPI__PART_RING;
	const uint64_t key = kpi__batch_key(b, WAITS, (uint64_t)parts, space);
	const int64_t *made = kpi__batch_recall(b, key);
	int64_t *out;

	if (made != NULL)
		return made;
	if (is_one(b, space) && parts == queue_and_ring &&
	    !has_waiting(kpi__batch_outcomes(b, KPI__ROW_SPACE), b->rows)) {
		made = kpi__batch_integers(b, KPI_FIELD_WAIT, KPI__ROW_SPACE);
		kpi__batch_remember(b, key, made);
		return made;
	}
	out = kpi__batch_room(b, b->rows * sizeof(*out));
	own_waits(b, parts, out);
	if (is_one(b, space)) {
		if (parts & (KPI__PART_EARLIER | KPI__PART_CALLBACK))
			add_earlier(b, parts, out);
	} else {
		int64_t *whole = kpi__batch_room(b, b->wholes * sizeof(*whole));

		whole_waits(b, out, parts, whole);
		out = whole;
	}
	if (parts & KPI__PART_IVR)
		add_ivr(b, space, out);
	kpi__batch_remember(b, key, out);
	return out;
}

static int64_t
row_end(uint8_t outcome, int64_t given, int64_t turned, int64_t talk,
    int64_t hold)
{
	if (given != KPI_UNKNOWN)
		return given;
	if (outcome == KPI_OUTCOME_ANSWERED)
		return sum_known(turned, sum_known(talk, or_zero(hold)));
	return outcome == KPI_OUTCOME_WAITING ? KPI_UNKNOWN : turned;
}

/*
 * The four instants of the rows are made together: an entry that is not given
 * is the end of the row before.
 */
static const int64_t *
row_instants(kpi__batch *b, int anchor)
{
	const uint64_t key =
	    kpi__batch_key(b, INSTANTS, (uint64_t)anchor, KPI__ROW_SPACE);
	const int64_t *made = kpi__batch_recall(b, key);
	int64_t *out[KPI__ANCHOR_OWN_EVENT];
	const uint8_t *outcome;
	const int64_t *start, *given_entry, *given_end, *wait, *talk, *hold,
	    *after, *ivr;

	if (made != NULL)
		return made;
	outcome = kpi__batch_outcomes(b, KPI__ROW_SPACE);
	start = kpi__batch_integers(b, KPI_FIELD_STARTED_AT, KPI__ROW_SPACE);
	ivr = kpi__batch_integers(b, KPI_FIELD_IVR, KPI__ROW_SPACE);
	given_entry =
	    kpi__batch_integers(b, KPI_FIELD_ENTERED_AT, KPI__ROW_SPACE);
	given_end = kpi__batch_integers(b, KPI_FIELD_ENDED_AT, KPI__ROW_SPACE);
	wait = kpi__batch_integers(b, KPI_FIELD_WAIT, KPI__ROW_SPACE);
	talk = kpi__batch_integers(b, KPI_FIELD_TALK, KPI__ROW_SPACE);
	hold = kpi__batch_integers(b, KPI_FIELD_HOLD, KPI__ROW_SPACE);
	after = kpi__batch_integers(b, KPI_FIELD_AFTER_CALL, KPI__ROW_SPACE);
	for (int i = KPI__ANCHOR_QUEUED; i < KPI__ANCHOR_OWN_EVENT; i++)
		out[i] = kpi__batch_room(b, b->rows * sizeof(*out[i]));

	for (uint32_t r = 0; r < b->rows; r++) {
		const int first = b->row_of == NULL ||
		    b->row_of[b->whole_of[r]] == r;
		const int64_t entry = given_entry[r] != KPI_UNKNOWN
		    ? given_entry[r]
		    : first ? sum_known(start[r], or_zero(ivr[r]))
			    : out[KPI__ANCHOR_ENDED][r - 1];
		const int64_t turned = sum_known(entry, wait[r]);
		const int64_t end = row_end(
		    outcome[r], given_end[r], turned, talk[r], hold[r]);

		out[KPI__ANCHOR_QUEUED][r] = entry;
		out[KPI__ANCHOR_ANSWERED][r] = turned;
		out[KPI__ANCHOR_ENDED][r] = end;
		out[KPI__ANCHOR_WRAPPED][r] = sum_known(end, or_zero(after[r]));
	}
	for (int i = KPI__ANCHOR_QUEUED; i < KPI__ANCHOR_OWN_EVENT; i++)
		kpi__batch_remember(b,
		    kpi__batch_key(b, INSTANTS, (uint64_t)i, KPI__ROW_SPACE),
		    out[i]);
	return out[anchor];
}

/* An interaction's: first entry, first answer or last leaving, last end. */
static int64_t
whole_instant(const kpi__batch *b, uint32_t i, int anchor, const int64_t *row,
    const uint8_t *outcome)
{
	const uint32_t begin = b->row_of[i], end = b->row_of[i + 1];

	if (anchor == KPI__ANCHOR_QUEUED)
		return row[begin];
	if (anchor == KPI__ANCHOR_ANSWERED)
		for (uint32_t r = begin; r < end; r++)
			if (outcome[r] == KPI_OUTCOME_ANSWERED)
				return row[r];
	return row[end - 1];
}

const int64_t *
kpi__batch_instants(kpi__batch *b, int anchor, int space)
{
	const uint64_t key =
	    kpi__batch_key(b, INSTANTS, (uint64_t)anchor, space);
	const int64_t *made, *row;
	const uint8_t *outcome;
	int64_t *out;

	if (anchor == KPI__ANCHOR_STARTED)
		return kpi__batch_integers(b, KPI_FIELD_STARTED_AT, space);
	if (is_one(b, space))
		return row_instants(b, anchor);
	if ((made = kpi__batch_recall(b, key)) != NULL)
		return made;
	row = row_instants(b, anchor);
	outcome = kpi__batch_outcomes(b, KPI__ROW_SPACE);
	out = kpi__batch_room(b, b->wholes * sizeof(*out));
	for (uint32_t i = 0; i < b->wholes; i++)
		out[i] = whole_instant(b, i, anchor, row, outcome);
	kpi__batch_remember(b, key, out);
	return out;
}
