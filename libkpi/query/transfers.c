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

/* The tier of the next answered row above that of a row: KPI_UNKNOWN if that is
 * not known, or nobody took it. */
static int64_t
rise(const uint8_t *outcome, const int64_t *tier, uint32_t row, uint32_t next)
{
	if (next == UINT32_MAX || outcome[next] != KPI_OUTCOME_ANSWERED ||
	    tier[row] == KPI_UNKNOWN || tier[next] == KPI_UNKNOWN)
		return KPI_UNKNOWN;
	return tier[next] - tier[row];
}

static uint8_t
state_by_rise(uint8_t state, int64_t by)
{
	if (state != KPI__TRANSFERRED && state != KPI__TRANSFER_UNKNOWN)
		return state;
	if (by == KPI_UNKNOWN)
		return KPI__TRANSFER_UNKNOWN;
	return by > 0 ? KPI__TRANSFERRED : KPI__KEPT;
}

/* What the mark of the whole adds, which does not say how often. */
static uint8_t
state_by_mark(uint8_t state, uint8_t mark, int64_t kinds)
{
	const int answered =
	    state != KPI__UNANSWERED && state != KPI__ANSWER_UNKNOWN;

	if (mark == KPI__BYTE_UNKNOWN || state == KPI__TRANSFERRED ||
	    state == KPI__TRANSFERRED_AT_LEAST ||
	    (!answered && !(kinds & KPI__MARK_ALONE)))
		return state;
	if (mark == 1)
		return KPI__TRANSFERRED_AT_LEAST;
	return state == KPI__UNANSWERED ? KPI__UNANSWERED : KPI__KEPT;
}

/* Of several rows the mark does not say which was escalated, only that none
 * was. */
static void
take_rises(kpi__batch *b, int64_t kinds, uint8_t *state)
{
	const int space = KPI__ROW_SPACE;
	const uint8_t *outcome = kpi__batch_outcomes(b, space);
	const int64_t *tier = kpi__batch_integers(b, KPI_FIELD_TIER, space);
	const uint8_t *mark = kpi__batch_bytes(b, KPI_FIELD_ESCALATED, space);

	for (uint32_t i = 0; i < b->wholes; i++) {
		const uint32_t begin = b->row_of == NULL ? i : b->row_of[i];
		const uint32_t end =
		    b->row_of == NULL ? i + 1 : b->row_of[i + 1];
		uint32_t next = UINT32_MAX;

		for (uint32_t r = end; r-- > begin;) {
			state[r] = state_by_rise(
			    state[r], rise(outcome, tier, r, next));
			if (end - begin == 1 || mark[r] == 0)
				state[r] =
				    state_by_mark(state[r], mark[r], kinds);
			if (outcome[r] == 0 ||
			    outcome[r] == KPI_OUTCOME_ANSWERED)
				next = r;
		}
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
	if (kinds & KPI__TO_HIGHER_TIER)
		take_rises(b, kinds, state);
}

static void
take_marks(kpi__batch *b, int64_t kinds, uint8_t *state)
{
	const uint8_t *mark =
	    kpi__batch_bytes(b, KPI_FIELD_ESCALATED, KPI__WHOLE_SPACE);

	for (uint32_t i = 0; i < b->wholes; i++)
		state[i] = state_by_mark(state[i], mark[i], kinds);
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
		if (kinds & KPI__TO_HIGHER_TIER)
			take_marks(b, kinds, state);
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
