/* SPDX-License-Identifier: MIT */
/* Handle times of legs and of wholes, and whether they are over. */
#include <string.h>

#include "query/kernel.h"
#include "query/known.h"

/* Adds a part of the legs that counts 0 where it is not known. */
static void
add_part(kpi__batch *b, int32_t field, int64_t *out)
{
	const int64_t *part;

	if (kpi__batch_unknown(b, field))
		return;
	part = kpi__batch_integers(b, field, KPI__ROW_SPACE);
	for (uint32_t r = 0; r < b->rows; r++)
		out[r] += part[r] == KPI_UNKNOWN ? 0 : part[r];
}

/* The menu came once: it goes with the first row that was answered. */
static void
add_menu(kpi__batch *b, int64_t *out)
{
	const uint8_t *outcome = kpi__batch_outcomes(b, KPI__ROW_SPACE);
	uint32_t done = UINT32_MAX;
	const int64_t *ivr;

	if (kpi__batch_unknown(b, KPI_FIELD_IVR))
		return;
	ivr = kpi__batch_integers(b, KPI_FIELD_IVR, KPI__ROW_SPACE);
	for (uint32_t r = 0; r < b->rows; r++) {
		const uint32_t whole = b->row_of == NULL ? r : b->whole_of[r];

		if (whole == done || outcome[r] != KPI_OUTCOME_ANSWERED)
			continue;
		out[r] += or_zero(ivr[r]);
		done = whole;
	}
}

KPI__WIDER static void
short_states(const uint8_t *restrict outcome, const uint32_t *restrict talk,
    size_t count, uint8_t *restrict state)
{
	for (size_t i = 0; i < count; i++)
		state[i] = (uint8_t)((outcome[i] == KPI_OUTCOME_ANSWERED) *
		    (KPI__HANDLED + (talk[i] == KPI__SHORT_UNKNOWN)));
}

static void
row_states(kpi__batch *b, uint8_t *state)
{
	const uint8_t *outcome = kpi__batch_outcomes(b, KPI__ROW_SPACE);
	const int given = !kpi__batch_unknown(b, KPI_FIELD_ENDED_AT);
	const uint32_t *shorts =
	    given ? NULL : kpi__batch_shorts(b, KPI_FIELD_TALK);
	const int64_t *talk, *end;

	if (shorts != NULL) {
		short_states(outcome, shorts, b->rows, state);
		return;
	}
	talk = kpi__batch_integers(b, KPI_FIELD_TALK, KPI__ROW_SPACE);
	end = kpi__batch_integers(b, KPI_FIELD_ENDED_AT, KPI__ROW_SPACE);
	for (uint32_t r = 0; r < b->rows; r++)
		state[r] = outcome[r] != KPI_OUTCOME_ANSWERED
		    ? KPI__NOT_HANDLED
		    : talk[r] != KPI_UNKNOWN ? KPI__HANDLED
		    : end[r] != KPI_UNKNOWN  ? KPI__HANDLE_UNKNOWN
					     : KPI__STILL_HANDLED;
}

/* One leg in progress, or unknown, makes the whole so. */
static void
whole_states(const kpi__batch *b, const uint8_t *row, uint8_t *state)
{
	for (uint32_t i = 0; i < b->wholes; i++) {
		state[i] = KPI__NOT_HANDLED;
		for (uint32_t r = b->row_of[i]; r < b->row_of[i + 1]; r++)
			if (row[r] > state[i])
				state[i] = row[r];
	}
}

const uint8_t *
kpi__batch_handling(kpi__batch *b, int space)
{
	const uint64_t key = kpi__batch_key(b, KPI__MEMO_HANDLING, 0, space);
	const uint8_t *made = kpi__batch_recall(b, key);
	uint8_t *state;

	if (made != NULL)
		return made;
	state = kpi__batch_room(b, kpi__batch_count(b, space));
	if (is_one(b, space))
		row_states(b, state);
	else
		whole_states(b, kpi__batch_handling(b, KPI__ROW_SPACE), state);
	kpi__batch_remember(b, key, state);
	return state;
}

static void
row_handles(kpi__batch *b, int64_t parts, int64_t *out)
{
	static const struct {
		int64_t part;
		int32_t field;
	} added[] = { { KPI__PART_TALK, KPI_FIELD_TALK },
		{ KPI__PART_HOLD, KPI_FIELD_HOLD },
		{ KPI__PART_AFTER_CALL, KPI_FIELD_AFTER_CALL },
		{ KPI__PART_RING, KPI_FIELD_RING } };

	memset(out, 0, b->rows * sizeof(*out));
	for (size_t i = 0; i < sizeof(added) / sizeof(*added); i++)
		if (parts & added[i].part)
			add_part(b, added[i].field, out);
	if (parts & KPI__PART_QUEUE) {
		const int64_t *queue =
		    kpi__batch_waits(b, KPI__PART_QUEUE, KPI__ROW_SPACE);

		for (uint32_t r = 0; r < b->rows; r++)
			out[r] += or_zero(queue[r]);
	}
	if (parts & KPI__PART_IVR)
		add_menu(b, out);
}

static void
whole_handles(kpi__batch *b, const int64_t *row, int64_t *out)
{
	const uint8_t *outcome = kpi__batch_outcomes(b, KPI__ROW_SPACE);

	for (uint32_t i = 0; i < b->wholes; i++) {
		out[i] = 0;
		for (uint32_t r = b->row_of[i]; r < b->row_of[i + 1]; r++)
			if (outcome[r] == KPI_OUTCOME_ANSWERED)
				out[i] += row[r];
	}
}

const int64_t *
kpi__batch_handles(kpi__batch *b, int64_t parts, int space)
{
	const uint64_t key =
	    kpi__batch_key(b, KPI__MEMO_HANDLES, (uint64_t)parts, space);
	const int64_t *made = kpi__batch_recall(b, key);
	int64_t *out;

	if (made != NULL)
		return made;
	out = kpi__batch_room(b, kpi__batch_count(b, space) * sizeof(*out));
	if (is_one(b, space))
		row_handles(b, parts, out);
	else
		whole_handles(
		    b, kpi__batch_handles(b, parts, KPI__ROW_SPACE), out);
	kpi__batch_remember(b, key, out);
	return out;
}

/* NULL where a part or the sum is not short. */
static const uint32_t *
short_sums(kpi__batch *b, int64_t parts)
{
	static const struct {
		int32_t field, bit;
	} of[KPI__SHORT_PARTS] = { { KPI_FIELD_TALK, KPI__PART_TALK },
		{ KPI_FIELD_HOLD, KPI__PART_HOLD },
		{ KPI_FIELD_AFTER_CALL, KPI__PART_AFTER_CALL } };
	const uint32_t *part[KPI__SHORT_PARTS];
	uint32_t *out = kpi__batch_room(b, b->rows * sizeof(*out));
	uint32_t count = 0;

	for (size_t i = 0; i < KPI__SHORT_PARTS; i++) {
		if (!(parts & of[i].bit) ||
		    kpi__batch_unknown(b, of[i].field))
			continue;
		part[count] = kpi__batch_shorts(b, of[i].field);
		if (part[count++] == NULL)
			return NULL;
	}
	if (count == 0)
		memset(out, 0, b->rows * sizeof(*out));
	return count == 0 ||
		kpi__kernel_add_parts(part, count, b->rows, out)
	    ? out
	    : NULL;
}

/* Talk, hold and after-call work: what most stores have. */
const uint32_t *
kpi__batch_short_handles(kpi__batch *b, int64_t parts, int space)
{
	const uint64_t key = kpi__batch_key(
	    b, KPI__MEMO_SHORT_HANDLES, (uint64_t)parts, KPI__ROW_SPACE);
	const uint32_t *made;

	if (!is_one(b, space) ||
	    (parts & ~(KPI__PART_TALK | KPI__PART_HOLD |
		KPI__PART_AFTER_CALL)) != 0)
		return NULL;
	made = kpi__batch_recall(b, key);
	if (made == NULL && (made = short_sums(b, parts)) != NULL)
		kpi__batch_remember(b, key, made);
	return made;
}
