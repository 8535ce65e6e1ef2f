/* SPDX-License-Identifier: MIT */
#include "query/level.h"

#include "query/known.h"
#include "query/resolution.h"

/* Of a row that has no end of its own: is it still going on? */
static int
goes_on(uint8_t outcome, int64_t talk)
{
	return outcome == KPI_OUTCOME_WAITING ||
	    (outcome == KPI_OUTCOME_ANSWERED && talk == KPI_UNKNOWN);
}

const int64_t *
kpi__batch_closed(kpi__batch *b, const uint8_t **state)
{
	const int space = KPI__WHOLE_SPACE;
	const uint64_t key = kpi__batch_key(b, KPI__MEMO_CLOSED, 0, space);
	const uint64_t states =
	    kpi__batch_key(b, KPI__MEMO_CLOSED_STATES, 0, space);
	const int64_t *made = kpi__batch_recall(b, key);
	const int64_t *start, *ended, *spoke, *talk, *hold, *flag, *resolved,
	    *reopened;
	const uint8_t *outcome, *of_row;
	int64_t *out;
	uint8_t *is;

	*state = kpi__batch_recall(b, states);
	if (made != NULL)
		return made;
	start = kpi__batch_integers(b, KPI_FIELD_STARTED_AT, space);
	ended = kpi__batch_instants(b, KPI__ANCHOR_ENDED, space);
	outcome = kpi__batch_outcomes(b, space);
	flag = kpi__batch_integers(b, KPI_FIELD_RESOLVED, space);
	resolved = kpi__batch_integers(b, KPI_FIELD_RESOLVED_AT, space);
	reopened = kpi__batch_integers(b, KPI_FIELD_REOPENED_AT, space);
	of_row = kpi__batch_outcomes(b, KPI__ROW_SPACE);
	spoke = kpi__batch_speech(b);
	talk = kpi__batch_integers(b, KPI_FIELD_TALK, KPI__ROW_SPACE);
	hold = kpi__batch_integers(b, KPI_FIELD_HOLD, KPI__ROW_SPACE);
	out = kpi__batch_room(b, b->wholes * sizeof(*out));
	is = kpi__batch_room(b, b->wholes);

	for (uint32_t i = 0; i < b->wholes; i++) {
		const uint32_t last =
		    b->row_of == NULL ? i : b->row_of[i + 1] - 1;
		int64_t at = ended[i];

		is[i] = KPI__CLOSED;
		/* The length is known, though not how long they had waited. */
		if (at == KPI_UNKNOWN &&
		    of_row[last] == KPI_OUTCOME_ANSWERED)
			at = sum_known(sum_known(spoke[last], talk[last]),
			    or_zero(hold[last]));
		if (at == KPI_UNKNOWN && goes_on(of_row[last], talk[last])) {
			const kpi__resolution r =
			    kpi__resolution_of(flag[i], resolved[i],
				KPI_UNKNOWN, reopened[i], 0, b->as_of);

			is[i] = r.is == KPI__SAID_RESOLVED ? KPI__CLOSED
							   : KPI__STILL_OPEN;
			at = r.is == KPI__SAID_RESOLVED ? r.at : at;
		}
		if (outcome[i] == 0 ||
		    (is[i] == KPI__CLOSED && at == KPI_UNKNOWN))
			is[i] = KPI__CLOSING_UNKNOWN;
		out[i] = is[i] != KPI__CLOSED ? KPI_UNKNOWN
		    : at > start[i]	      ? at
					      : start[i];
	}
	kpi__batch_remember(b, key, out);
	kpi__batch_remember(b, states, is);
	*state = is;
	return out;
}

int64_t
kpi__level_end(const kpi_query *query, int64_t as_of)
{
	return query->until != KPI_UNKNOWN && query->until < as_of
	    ? query->until
	    : as_of;
}

/* In order, where none of the range's own borders is open: KPI_UNKNOWN is the
 * least of all instants. */
void
kpi__level_keep(const kpi_query *query, const kpi__stream *stream,
    kpi__batch *b, uint8_t *keep)
{
	const int64_t *start = kpi__batch_integers(
	    b, KPI_FIELD_STARTED_AT, KPI__WHOLE_SPACE);
	const uint8_t *state;
	const int64_t *closed = kpi__batch_closed(b, &state);
	const int64_t end = kpi__level_end(query, b->as_of);
	const int ends = stream->level == KPI__LEVEL_ENDS;

	for (uint32_t i = 0; i < b->wholes; i++) {
		const int is_over = closed[i] != KPI_UNKNOWN;
		const int here = start[i] < end &&
		    (start[i] >= query->from || !is_over ||
			closed[i] > query->from);

		keep[i] &= here && (!ends || (is_over && closed[i] < end));
	}
}

const int64_t *
kpi__level_times(
    const kpi_query *query, const kpi__stream *stream, kpi__batch *b)
{
	const int64_t *start = kpi__batch_integers(
	    b, KPI_FIELD_STARTED_AT, KPI__WHOLE_SPACE);
	int64_t *out = kpi__batch_room(b, b->wholes * sizeof(*out));
	const uint8_t *state;
	const int64_t *closed = kpi__batch_closed(b, &state);

	for (uint32_t i = 0; i < b->wholes; i++) {
		out[i] = start[i];
		if (stream->level == KPI__LEVEL_ENDS &&
		    closed[i] != KPI_UNKNOWN)
			out[i] = closed[i];
		if (out[i] < query->from)
			out[i] = query->from;
	}
	return out;
}
