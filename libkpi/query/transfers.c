/* SPDX-License-Identifier: MIT */
/* Who was passed on, by kinds of transfer, and how often. */
#include "query/kernel.h"
#include "query/known.h"

#define KINDS (KPI_TRANSFER_MENU + 1)

KPI__WIDER static void
find_states(const uint8_t *restrict outcome, const uint8_t *restrict transfer,
    const uint8_t kind[KINDS], size_t count, uint8_t *restrict state)
{
	const uint8_t k0 = kind[0], k1 = kind[1], k2 = kind[2], k3 = kind[3];
	const uint8_t k4 = kind[4], k5 = kind[5], k6 = kind[6];

	for (size_t i = 0; i < count; i++) {
		const uint8_t t = transfer[i];
		const uint8_t passed = ((t == 0) & k0) | ((t == 1) & k1) |
		    ((t == 2) & k2) | ((t == 3) & k3) | ((t == 4) & k4) |
		    ((t == 5) & k5) | ((t == 6) & k6);
		const uint8_t told = t == KPI__BYTE_UNKNOWN
		    ? KPI__TRANSFER_UNKNOWN
		    : (uint8_t)(KPI__KEPT + passed);
		const uint8_t silent =
		    outcome[i] == 0 ? KPI__ANSWER_UNKNOWN : KPI__UNANSWERED;

		state[i] =
		    outcome[i] == KPI_OUTCOME_ANSWERED ? told : silent;
	}
}

static void
row_states(kpi__batch *b, int64_t kinds, uint8_t *state)
{
	uint8_t kind[KINDS];

	for (int i = 0; i < KINDS; i++)
		kind[i] = kinds >> i & 1;
	find_states(kpi__batch_outcomes(b, KPI__ROW_SPACE),
	    kpi__batch_bytes(b, KPI_FIELD_TRANSFER, KPI__ROW_SPACE), kind,
	    b->rows, state);
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
