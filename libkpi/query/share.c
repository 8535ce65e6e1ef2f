/* SPDX-License-Identifier: MIT */
#include "query/share.h"

#include <string.h>

/* A filter on agent or team of a split unit is put to each entry. */
int
kpi__share_is_of_entry(const kpi__stream *stream, kpi_by by)
{
	return stream->credit == KPI__CREDIT_EQUAL &&
	    (by == KPI_BY_AGENT || by == KPI_BY_TEAM);
}

/*
 * One entry for each agent who spoke, with an equal share of the unit; the
 * parts that are left over go one each to the first who spoke.
 */
static uint32_t
spread_whole(const kpi__batch *b, uint32_t whole, const uint8_t *outcome,
    const int64_t *spoke, const uint32_t *agent, uint32_t *unit,
    uint32_t *row, int32_t *share)
{
	const uint32_t begin = b->row_of == NULL ? whole : b->row_of[whole];
	const uint32_t end = b->row_of == NULL ? whole + 1
					       : b->row_of[whole + 1];
	uint32_t count = 0;

	for (uint32_t r = begin; r < end; r++) {
		uint32_t at = 0, same = 0;

		if (outcome[r] != KPI_OUTCOME_ANSWERED)
			continue;
		while (same < count && agent[row[same]] != agent[r])
			same++;
		if (same < count && spoke[row[same]] <= spoke[r])
			continue;
		if (same < count) {
			memmove(row + same, row + same + 1,
			    (count - same - 1) * sizeof(*row));
			count--;
		}
		while (at < count && spoke[row[at]] <= spoke[r])
			at++;
		memmove(row + at + 1, row + at, (count - at) * sizeof(*row));
		row[at] = r;
		count++;
	}
	if (count == 0)
		row[count++] = end - 1;
	for (uint32_t i = 0; i < count; i++) {
		unit[i] = whole;
		share[i] = KPI__PARTS / (int32_t)count +
		    (i < (uint32_t)KPI__PARTS % count);
	}
	return count;
}

const kpi__shares *
kpi__share_units(kpi__batch *b)
{
	const uint64_t key =
	    kpi__batch_key(b, KPI__MEMO_SHARES, 0, KPI__WHOLE_SPACE);
	const kpi__shares *made = kpi__batch_recall(b, key);
	const uint8_t *outcome;
	const int64_t *spoke;
	const uint32_t *agent;
	kpi__shares *s;

	if (made != NULL)
		return made;
	outcome = kpi__batch_outcomes(b, KPI__ROW_SPACE);
	spoke = kpi__batch_speech(b);
	agent = kpi__batch_codes(
	    b, KPI_BY_AGENT, KPI__CREDIT_LAST, KPI__ROW_SPACE);
	s = kpi__batch_room(b, sizeof(*s));
	s->count = 0;
	s->unit = kpi__batch_room(b, b->rows * sizeof(*s->unit));
	s->row = kpi__batch_room(b, b->rows * sizeof(*s->row));
	s->share = kpi__batch_room(b, b->rows * sizeof(*s->share));
	for (uint32_t i = 0; i < b->wholes; i++)
		s->count += spread_whole(b, i, outcome, spoke, agent,
		    s->unit + s->count, s->row + s->count,
		    s->share + s->count);
	kpi__batch_remember(b, key, s);
	return s;
}

uint32_t
kpi__share_code(kpi__batch *b, const kpi__stream *stream, const kpi__shares *s, kpi_by by,
    uint32_t entry)
{
	if (s == NULL)
		return kpi__batch_codes(b, by, stream->credit,
		    kpi__stream_space(stream))[entry];
	if (kpi__share_is_of_entry(stream, by)) {
		const uint32_t row = s->row[entry];

		/* Nobody spoke: nobody's. */
		return kpi__batch_outcomes(b, KPI__ROW_SPACE)[row] ==
			KPI_OUTCOME_ANSWERED
		    ? kpi__batch_codes(
			  b, by, KPI__CREDIT_LAST, KPI__ROW_SPACE)[row]
		    : 0;
	}
	return kpi__batch_codes(b, by, KPI__CREDIT_LAST,
	    KPI__WHOLE_SPACE)[s->unit[entry]];
}

/* Which entries of split units are kept: those of kept units, and of agents
 * that the filters keep. */
const uint8_t *
kpi__share_keep(const kpi__selector *s, const kpi__stream *stream, kpi__batch *b,
    const kpi__shares *entries, const uint8_t *keep)
{
	uint8_t *out = kpi__batch_room(b, entries->count);

	for (uint32_t i = 0; i < entries->count; i++)
		out[i] = keep == NULL || keep[entries->unit[i]];
	for (size_t k = 0; k < s->filter_count; k++) {
		const kpi__code_filter *f = &s->filters[k];

		if (!kpi__share_is_of_entry(stream, f->by))
			continue;
		for (uint32_t i = 0; i < entries->count; i++) {
			const uint32_t code =
			    kpi__share_code(b, stream, entries, f->by, i);

			out[i] &= code < f->codes && f->keep[code];
		}
	}
	return out;
}

/* A unit stands in a group once, with all its shares there. */
const int32_t *
kpi__share_join(kpi__batch *b, const kpi__shares *entries, uint32_t *slot)
{
	int32_t *share =
	    kpi__batch_room(b, entries->count * sizeof(*share));

	memcpy(share, entries->share, entries->count * sizeof(*share));
	for (uint32_t i = 0; i < entries->count; i++)
		for (uint32_t j = i + 1; j < entries->count &&
		     entries->unit[j] == entries->unit[i];
		     j++)
			if (slot[i] != 0 && slot[j] == slot[i]) {
				share[i] += share[j];
				slot[j] = 0;
			}
	return share;
}
