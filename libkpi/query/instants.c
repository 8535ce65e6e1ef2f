/* SPDX-License-Identifier: MIT */
/* What follows from the rows and is never stored: what is a visit, outcomes,
 * instants (kpi-metrics(7), Instants). */
#include <string.h>

#include "query/kernel.h"
#include "query/known.h"

const uint8_t *
kpi__batch_direct(kpi__batch *b)
{
	const uint64_t key =
	    kpi__batch_key(b, KPI__MEMO_DIRECT, 0, KPI__ROW_SPACE);
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

static int
is_outside_queues(uint8_t outcome)
{
	return outcome == KPI_OUTCOME_TURNED_AWAY ||
	    outcome == KPI_OUTCOME_BEFORE_QUEUE ||
	    outcome == KPI_OUTCOME_SELF_SERVED;
}

const uint8_t *
kpi__batch_visits(kpi__batch *b)
{
	const uint64_t key =
	    kpi__batch_key(b, KPI__MEMO_VISITS, 0, KPI__ROW_SPACE);
	const uint8_t *made = kpi__batch_recall(b, key), *outcome, *direct;
	uint8_t *out;

	if (made != NULL)
		return made;
	outcome = kpi__batch_outcomes(b, KPI__ROW_SPACE);
	direct = kpi__batch_direct(b);
	out = kpi__batch_room(b, b->rows);
	for (uint32_t i = 0; i < b->wholes; i++) {
		const uint32_t begin = b->row_of[i], end = b->row_of[i + 1];
		uint8_t any = 0;

		for (uint32_t r = begin; r < end; r++) {
			out[r] = !direct[r] && !is_outside_queues(outcome[r]);
			any |= out[r];
		}
		for (uint32_t r = begin; r < end && !any; r++)
			out[r] = !direct[r];
	}
	kpi__batch_remember(b, key, out);
	return out;
}

KPI__WIDER static void
forget_unknown(
    const uint8_t *restrict from, size_t count, uint8_t *restrict out)
{
	for (size_t i = 0; i < count; i++)
		out[i] = from[i] == KPI__BYTE_UNKNOWN ? 0 : from[i];
}

const uint8_t *
kpi__batch_outcomes(kpi__batch *b, int space)
{
	const uint64_t key = kpi__batch_key(b, KPI__MEMO_OUTCOMES, 0, space);
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
	const uint64_t key = kpi__batch_key(
	    b, KPI__MEMO_INSTANTS, (uint64_t)anchor, KPI__ROW_SPACE);
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
		    kpi__batch_key(
			b, KPI__MEMO_INSTANTS, (uint64_t)i, KPI__ROW_SPACE),
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
	    kpi__batch_key(b, KPI__MEMO_INSTANTS, (uint64_t)anchor, space);
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

const int64_t *
kpi__batch_speech(kpi__batch *b)
{
	const uint64_t key =
	    kpi__batch_key(b, KPI__MEMO_SPEECH, 0, KPI__ROW_SPACE);
	const int64_t *made = kpi__batch_recall(b, key);
	const int64_t *answered = row_instants(b, KPI__ANCHOR_ANSWERED);
	const int64_t *entered = row_instants(b, KPI__ANCHOR_QUEUED);
	int64_t *out;

	if (made != NULL)
		return made;
	out = kpi__batch_room(b, b->rows * sizeof(*out));
	for (uint32_t r = 0; r < b->rows; r++) {
		out[r] = answered[r] != KPI_UNKNOWN ? answered[r] : entered[r];
		/* A first row's entry is known, if its column could be had. */
		if (out[r] == KPI_UNKNOWN && r > 0)
			out[r] = out[r - 1];
	}
	kpi__batch_remember(b, key, out);
	return out;
}
