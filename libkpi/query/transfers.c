/* SPDX-License-Identifier: MIT */
/* Who was passed on, by kinds of transfer, and how often. */
#include "query/known.h"

static uint8_t
state_of(uint8_t outcome, uint8_t transfer, int64_t kinds)
{
	if (outcome != KPI_OUTCOME_ANSWERED)
		return outcome == 0 ? KPI__ANSWER_UNKNOWN : KPI__UNANSWERED;
	if (transfer == KPI__BYTE_UNKNOWN)
		return KPI__TRANSFER_UNKNOWN;
	return kinds >> transfer & 1 ? KPI__TRANSFERRED : KPI__KEPT;
}

/* What may be of a row is little: looked up, not asked. */
static void
row_states(kpi__batch *b, int64_t kinds, uint8_t *state)
{
	const uint8_t *outcome = kpi__batch_outcomes(b, KPI__ROW_SPACE);
	const uint8_t *transfer =
	    kpi__batch_bytes(b, KPI_FIELD_TRANSFER, KPI__ROW_SPACE);
	uint8_t of[16][8];

	for (uint8_t o = 0; o < 16; o++)
		for (uint8_t t = 0; t < 8; t++)
			of[o][t] = state_of(
			    o, t < 7 ? t : KPI__BYTE_UNKNOWN, kinds);
	for (uint32_t r = 0; r < b->rows; r++)
		state[r] = of[outcome[r] & 15][transfer[r] & 7];
}

static uint8_t
whole_state(const uint8_t *row, uint32_t count)
{
	int met[KPI__TRANSFER_STATES] = { 0 };

	for (uint32_t r = 0; r < count; r++)
		met[row[r]] = 1;
	if (met[KPI__TRANSFERRED])
		return met[KPI__TRANSFER_UNKNOWN] ? KPI__TRANSFERRED_AT_LEAST
						  : KPI__TRANSFERRED;
	if (met[KPI__TRANSFER_UNKNOWN])
		return KPI__TRANSFER_UNKNOWN;
	if (met[KPI__KEPT])
		return KPI__KEPT;
	return row[count - 1];
}

const uint8_t *
kpi__batch_transfer_states(kpi__batch *b, int64_t kinds, int space)
{
	const uint64_t key = kpi__batch_key(
	    b, KPI__MEMO_TRANSFER_STATES, (uint64_t)kinds, space);
	const uint8_t *made = kpi__batch_recall(b, key), *row;
	uint8_t *state;

	if (made != NULL)
		return made;
	state = kpi__batch_room(b, kpi__batch_count(b, space));
	if (is_one(b, space)) {
		row_states(b, kinds, state);
	} else {
		row = kpi__batch_transfer_states(b, kinds, KPI__ROW_SPACE);
		for (uint32_t i = 0; i < b->wholes; i++)
			state[i] = whole_state(row + b->row_of[i],
			    b->row_of[i + 1] - b->row_of[i]);
	}
	kpi__batch_remember(b, key, state);
	return state;
}

const int64_t *
kpi__batch_transfers(kpi__batch *b, int64_t kinds, int space)
{
	const uint64_t key =
	    kpi__batch_key(b, KPI__MEMO_TRANSFERS, (uint64_t)kinds, space);
	const int64_t *made = kpi__batch_recall(b, key);
	const uint8_t *state;
	int64_t *out;

	if (made != NULL)
		return made;
	state = kpi__batch_transfer_states(b, kinds, KPI__ROW_SPACE);
	out = kpi__batch_room(b, kpi__batch_count(b, space) * sizeof(*out));
	if (is_one(b, space)) {
		for (uint32_t r = 0; r < b->rows; r++)
			out[r] = state[r] == KPI__TRANSFERRED;
	} else {
		for (uint32_t i = 0; i < b->wholes; i++) {
			out[i] = 0;
			for (uint32_t r = b->row_of[i]; r < b->row_of[i + 1];
			     r++)
				out[i] += state[r] == KPI__TRANSFERRED;
		}
	}
	kpi__batch_remember(b, key, out);
	return out;
}
