/* SPDX-License-Identifier: MIT */
/* Handle times of legs and of wholes, and whether they are over. */
#include "query/kernel.h"
#include "query/known.h"

enum { HANDLES = 24, HANDLE_STATES, SHORT_HANDLES, SHORT_STATES };

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

static void
row_handles(kpi__batch *b, int64_t parts, int64_t *out, uint8_t *state)
{
	const uint8_t *outcome = kpi__batch_outcomes(b, KPI__ROW_SPACE);
	const int64_t *talk =
	    kpi__batch_integers(b, KPI_FIELD_TALK, KPI__ROW_SPACE);
	const int given = !kpi__batch_unknown(b, KPI_FIELD_ENDED_AT);
	const int64_t *end = given
	    ? kpi__batch_integers(b, KPI_FIELD_ENDED_AT, KPI__ROW_SPACE)
	    : NULL;

	for (uint32_t r = 0; r < b->rows; r++) {
		const int lacking = talk[r] == KPI_UNKNOWN;

		state[r] = outcome[r] != KPI_OUTCOME_ANSWERED
		    ? KPI__NOT_HANDLED
		    : lacking ? KPI__STILL_HANDLED
			      : KPI__HANDLED;
		out[r] = lacking || !(parts & KPI__PART_TALK) ? 0 : talk[r];
	}
	if (given)
		for (uint32_t r = 0; r < b->rows; r++)
			if (state[r] == KPI__STILL_HANDLED &&
			    end[r] != KPI_UNKNOWN)
				state[r] = parts & KPI__PART_TALK
				    ? KPI__HANDLE_UNKNOWN
				    : KPI__HANDLED;
	if (parts & KPI__PART_HOLD)
		add_part(b, KPI_FIELD_HOLD, out);
	if (parts & KPI__PART_AFTER_CALL)
		add_part(b, KPI_FIELD_AFTER_CALL, out);
	if (parts & KPI__PART_RING)
		add_part(b, KPI_FIELD_RING, out);
	if (parts & KPI__PART_QUEUE) {
		const int64_t *queue =
		    kpi__batch_waits(b, KPI__PART_QUEUE, KPI__ROW_SPACE);

		for (uint32_t r = 0; r < b->rows; r++)
			out[r] += or_zero(queue[r]);
	}
	if (parts & KPI__PART_IVR)
		add_menu(b, out);
}

/* One leg in progress, or unknown, makes the whole so. */
static void
whole_handles(const kpi__batch *b, const int64_t *row, const uint8_t *row_state,
    int64_t *out, uint8_t *state)
{
	for (uint32_t i = 0; i < b->wholes; i++) {
		out[i] = 0;
		state[i] = KPI__NOT_HANDLED;
		for (uint32_t r = b->row_of[i]; r < b->row_of[i + 1]; r++) {
			if (row_state[r] == KPI__NOT_HANDLED)
				continue;
			out[i] += row[r];
			if (row_state[r] > state[i])
				state[i] = row_state[r];
		}
	}
}

const int64_t *
kpi__batch_handles(kpi__batch *b, int64_t parts, int space,
    const uint8_t **state_out)
{
	const uint64_t key = kpi__batch_key(b, HANDLES, (uint64_t)parts, space);
	const uint64_t state_key =
	    kpi__batch_key(b, HANDLE_STATES, (uint64_t)parts, space);
	const int64_t *made = kpi__batch_recall(b, key);
	const uint32_t count = kpi__batch_count(b, space);
	int64_t *out;
	uint8_t *state;

	if (made != NULL) {
		*state_out = kpi__batch_recall(b, state_key);
		return made;
	}
	out = kpi__batch_room(b, count * sizeof(*out));
	state = kpi__batch_room(b, count);
	if (is_one(b, space)) {
		row_handles(b, parts, out, state);
	} else {
		const uint8_t *row_state;
		const int64_t *row = kpi__batch_handles(
		    b, parts, KPI__ROW_SPACE, &row_state);

		whole_handles(b, row, row_state, out, state);
	}
	kpi__batch_remember(b, key, out);
	kpi__batch_remember(b, state_key, state);
	*state_out = state;
	return out;
}

/* `talk` becomes the first sum: unknown is 0. */
KPI__WIDER static void
short_states(const uint8_t *restrict outcome, uint32_t *restrict talk,
    size_t count, uint8_t *restrict state)
{
	for (size_t i = 0; i < count; i++) {
		const uint32_t unknown = talk[i] == KPI__SHORT_UNKNOWN;

		state[i] = (uint8_t)((outcome[i] == KPI_OUTCOME_ANSWERED) *
		    (KPI__HANDLED + unknown));
		talk[i] &= unknown - 1;
	}
}

/* Talk, and what may be added to it: what most stores have. */
const uint32_t *
kpi__batch_short_handles(kpi__batch *b, int64_t parts, int space,
    const uint8_t **state_out)
{
	static const int32_t added[2] = { KPI_FIELD_HOLD,
		KPI_FIELD_AFTER_CALL };
	static const int64_t bit[2] = { KPI__PART_HOLD, KPI__PART_AFTER_CALL };
	const uint64_t key = kpi__batch_key(
	    b, SHORT_HANDLES, (uint64_t)parts, KPI__ROW_SPACE);
	const uint64_t state_key = kpi__batch_key(
	    b, SHORT_STATES, (uint64_t)parts, KPI__ROW_SPACE);
	const uint32_t *made = kpi__batch_recall(b, key), *part;
	uint32_t *out;
	uint8_t *state;

	if (!is_one(b, space) || !(parts & KPI__PART_TALK) ||
	    (parts & ~(KPI__PART_TALK | KPI__PART_HOLD |
		KPI__PART_AFTER_CALL)) != 0 ||
	    !kpi__batch_unknown(b, KPI_FIELD_ENDED_AT))
		return NULL;
	*state_out = kpi__batch_recall(b, state_key);
	if (made != NULL)
		return made;
	out = kpi__batch_room(b, b->rows * sizeof(*out));
	state = kpi__batch_room(b, b->rows);
	if (!kpi__batch_shorten(b, KPI_FIELD_TALK, out))
		return NULL;
	short_states(kpi__batch_outcomes(b, KPI__ROW_SPACE), out, b->rows,
	    state);
	for (int i = 0; i < 2; i++) {
		if (!(parts & bit[i]) || kpi__batch_unknown(b, added[i]))
			continue;
		part = kpi__batch_shorts(b, added[i]);
		if (part == NULL || !kpi__kernel_add_part(part, b->rows, out))
			return NULL;
	}
	kpi__batch_remember(b, key, out);
	kpi__batch_remember(b, state_key, state);
	*state_out = state;
	return out;
}
