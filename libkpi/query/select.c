/* SPDX-License-Identifier: MIT */
#include "query/select.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/word.h"
#include "query/level.h"
#include "query/share.h"
#include "query/slots.h"

#define ALL_DIRECTIONS 15

static kpi_status
code_of(const kpi__snapshot *snapshot, kpi_by by, const char *value,
    uint32_t *code, kpi_error *error)
{
	int64_t direction;

	*code = 0;
	if (value == NULL)
		return KPI_OK;
	if (by != KPI_BY_DIRECTION)
		return kpi__snapshot_code(
		    snapshot, kpi__dimension_field(by), value, code, error);
	direction =
	    kpi__word_number(KPI_TABLE_DIRECTIONS, value, strlen(value));
	*code = direction == KPI_UNKNOWN ? 0 : (uint32_t)direction;
	return KPI_OK;
}

static kpi_status
resolve(const kpi_allocator *a, kpi__code_filter *to,
    const kpi__snapshot *snapshot, const kpi__filter *from, kpi_error *error)
{
	uint32_t code = 0;

	to->by = from->by;
	to->codes = from->by == KPI_BY_DIRECTION
	    ? 4
	    : kpi__snapshot_codes(snapshot, kpi__dimension_field(from->by));
	to->keep = kpi__new_array(a, to->codes, 1);
	if (to->keep == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a filter");
	memset(to->keep, from->negated, to->codes);
	for (size_t i = 0; i < from->count; i++) {
		kpi_status status;

		status =
		    code_of(snapshot, from->by, from->values[i], &code, error);
		if (status != KPI_OK)
			return status;
		/* A text that the store never saw has code 0, as unknown. */
		if (code != 0 || from->values[i] == NULL)
			to->keep[code] = !from->negated;
	}
	if (from->count == 1 && !from->negated)
		to->only = code;
	return KPI_OK;
}

kpi_status
kpi__selector_init(kpi__selector *s, const kpi__snapshot *snapshot,
    const kpi_query *query, kpi_error *error)
{
	memset(s, 0, sizeof(*s));
	s->allocator = kpi__snapshot_allocator(snapshot);
	s->query = query;
	if (query->filter_count == 0)
		return KPI_OK;
	s->filters = kpi__new_zeroed(
	    s->allocator, query->filter_count, sizeof(*s->filters));
	if (s->filters == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for filters");
	s->filter_count = query->filter_count;
	for (size_t i = 0; i < query->filter_count; i++) {
		const kpi_status status = resolve(s->allocator, &s->filters[i],
		    snapshot, &query->filters[i], error);

		if (status != KPI_OK)
			return status;
	}
	return KPI_OK;
}

void
kpi__selector_free(kpi__selector *s)
{
	if (s->allocator == NULL)
		return;
	for (size_t i = 0; i < s->filter_count; i++)
		kpi__release(
		    s->allocator, s->filters[i].keep, s->filters[i].codes, 1);
	kpi__release(
	    s->allocator, s->filters, s->filter_count, sizeof(*s->filters));
	memset(s, 0, sizeof(*s));
}

static int
lies_outside(const kpi_query *q, const kpi__range *range)
{
	return (q->until != KPI_UNKNOWN && range->least >= q->until) ||
	    (q->from != KPI_UNKNOWN && range->greatest < q->from);
}

int
kpi__selector_skips(
    const kpi__selector *s, const kpi__stream *stream, const kpi__part *part)
{
	const kpi_query *q = s->query;
	const kpi__range *begins = &part->range[KPI__ANCHOR_STARTED];

	/* What was there before the range counts at its beginning. */
	if (stream->level)
		return q->until != KPI_UNKNOWN && begins->least >= q->until;
	/* Of resolutions no range is known but that they may be any time. */
	if (stream->event > KPI__EVENT_SURVEY)
		return 0;
	return lies_outside(q, &part->range[stream->anchor]) &&
	    (!stream->event ||
		lies_outside(q, &part->range[KPI__RANGE_SURVEY]));
}

/* Who waits yet stands where the threshold was, or will be, passed. */
static void
move_waiting(const kpi__stream *stream, kpi__batch *b, int64_t *out)
{
	const int space = kpi__stream_space(stream);
	const uint32_t count = kpi__batch_count(b, space);
	const uint8_t *outcome = kpi__batch_outcomes(b, space);
	const int64_t *entered =
	    kpi__batch_instants(b, KPI__ANCHOR_QUEUED, space);
	const kpi__thresholds *t = stream->thresholds;
	const uint32_t *code = t == NULL
	    ? NULL
	    : kpi__batch_codes(b, t->by, KPI__CREDIT_LAST, space);

	for (uint32_t i = 0; i < count; i++)
		if (outcome[i] == KPI_OUTCOME_WAITING &&
		    entered[i] != KPI_UNKNOWN)
			out[i] = entered[i] +
			    (t == NULL
				    ? stream->threshold
				    : t->value[kpi__threshold_at(t, code[i])]);
}

/* What is not known leaves the unit where it stands. */
static void
move_to_event(const kpi__stream *stream, kpi__batch *b, int64_t *out)
{
	static const int32_t fields[][2] = {
		[KPI__NO_EVENT] = { 0, 0 },
		[KPI__EVENT_SURVEY] = { KPI_FIELD_SURVEY_ANSWERED_AT, 0 },
		[KPI__EVENT_RESOLVED] = { KPI_FIELD_RESOLVED_AT, 0 },
		[KPI__EVENT_FIRST_RESOLVED] = { KPI_FIELD_RESOLVED_AT,
		    KPI_FIELD_FIRST_RESOLVED_AT },
	};
	const int space = kpi__stream_space(stream);
	const uint32_t count = kpi__batch_count(b, space);

	for (int k = 0; k < 2; k++) {
		const int32_t field = fields[stream->event][k];
		const int64_t *at =
		    field == 0 ? NULL : kpi__batch_integers(b, field, space);

		for (uint32_t i = 0; at != NULL && i < count; i++)
			if (at[i] != KPI_UNKNOWN)
				out[i] = at[i];
	}
}

/* A call that goes on has no end: were it lost then, totals would depend on
 * the anchor. */
const int64_t *
kpi__select_times(const kpi__stream *stream, kpi__batch *b)
{
	const int space = kpi__stream_space(stream);
	const uint32_t count = kpi__batch_count(b, space);
	const int own = stream->anchor == KPI__ANCHOR_OWN_EVENT;
	const int anchor = own ? KPI__ANCHOR_ANSWERED : stream->anchor;
	const uint64_t threshold = own ? (uint64_t)stream->threshold : 0;
	const uint64_t key = kpi__batch_key(b, KPI__MEMO_TIMES,
	    threshold << 5 | (uint64_t)stream->anchor << 2 |
		(uint64_t)stream->event,
	    space);
	const int64_t *made = kpi__batch_recall(b, key), *by_anchor;
	int64_t *out;

	if (stream->anchor == KPI__ANCHOR_STARTED && !stream->event)
		return kpi__batch_instants(b, KPI__ANCHOR_STARTED, space);
	if (made != NULL && stream->thresholds == NULL)
		return made;
	out = kpi__batch_room(b, count * sizeof(*out));
	by_anchor = kpi__batch_instants(b, anchor, space);
	memcpy(out, by_anchor, count * sizeof(*out));
	if (own)
		move_waiting(stream, b, out);
	for (int before = anchor - 1; before >= KPI__ANCHOR_STARTED; before--) {
		const int64_t *earlier = kpi__batch_instants(b, before, space);

		for (uint32_t i = 0; i < count; i++)
			out[i] = out[i] == KPI_UNKNOWN ? earlier[i] : out[i];
	}
	move_to_event(stream, b, out);
	if (stream->thresholds == NULL)
		kpi__batch_remember(b, key, out);
	return out;
}

/* A measure of a unit: of a whole, the sum over its rows. */
static const int64_t *
measure_of(kpi__batch *b, int32_t field, int space)
{
	const uint64_t key =
	    kpi__batch_key(b, KPI__MEMO_MEASURES, (uint64_t)field, space);
	const int64_t *made, *row;
	int64_t *out;

	if (field == KPI_FIELD_WAIT)
		return kpi__batch_waits(
		    b, KPI__PART_QUEUE | KPI__PART_RING, space);
	if (b->row_of == NULL || space == KPI__ROW_SPACE ||
	    !kpi__field_find(field)->of_visit)
		return kpi__batch_integers(b, field, space);
	if ((made = kpi__batch_recall(b, key)) != NULL)
		return made;
	row = kpi__batch_integers(b, field, KPI__ROW_SPACE);
	out = kpi__batch_room(b, b->wholes * sizeof(*out));
	for (uint32_t i = 0; i < b->wholes; i++) {
		out[i] = KPI_UNKNOWN;
		for (uint32_t r = b->row_of[i]; r < b->row_of[i + 1]; r++)
			if (row[r] != KPI_UNKNOWN)
				out[i] = out[i] == KPI_UNKNOWN
				    ? row[r]
				    : out[i] + row[r];
	}
	kpi__batch_remember(b, key, out);
	return out;
}

static void
keep_living(const kpi__batch *b, int space, uint32_t count, uint8_t *keep)
{
	const uint64_t *dead = b->part->dead;

	for (uint32_t i = 0; i < count; i++) {
		const uint32_t whole = kpi__batch_place(b, space, i);

		keep[i] &= !(dead[whole / 64] >> whole % 64 & 1);
	}
}

static void
keep_directions(const uint8_t *restrict direction, unsigned mask, size_t count,
    uint8_t *restrict keep)
{
	const uint8_t in = mask >> KPI_DIRECTION_INBOUND & 1;
	const uint8_t out = mask >> KPI_DIRECTION_OUTBOUND & 1;
	const uint8_t within = mask >> KPI_DIRECTION_INTERNAL & 1;
	const uint8_t unknown = mask & 1;

	for (size_t i = 0; i < count; i++)
		keep[i] &= ((direction[i] == KPI_DIRECTION_INBOUND) & in) |
		    ((direction[i] == KPI_DIRECTION_OUTBOUND) & out) |
		    ((direction[i] == KPI_DIRECTION_INTERNAL) & within) |
		    ((direction[i] == KPI__BYTE_UNKNOWN) & unknown);
}

static void
keep_limits(
    const kpi_query *q, kpi__batch *b, int space, uint32_t count, uint8_t *keep)
{
	for (size_t k = 0; k < q->limit_count; k++) {
		const kpi__limit *limit = &q->limits[k];
		const int64_t *value = measure_of(b, limit->field, space);
		const int64_t least =
		    limit->least == KPI_UNKNOWN ? INT64_MIN + 1 : limit->least;
		const int64_t most =
		    limit->most == KPI_UNKNOWN ? INT64_MAX : limit->most;

		for (uint32_t i = 0; i < count; i++)
			keep[i] &= value[i] >= least && value[i] <= most;
	}
}

static void
keep_unit(
    const kpi__stream *stream, kpi__batch *b, uint32_t count, uint8_t *keep)
{
	const uint8_t *direct, *outcome;

	if (stream->unit == KPI__LEG) {
		outcome = kpi__batch_outcomes(b, KPI__ROW_SPACE);
		for (uint32_t i = 0; i < count; i++)
			keep[i] &= outcome[i] == KPI_OUTCOME_ANSWERED;
	} else if (stream->unit == KPI__VISIT &&
	    (direct = kpi__batch_direct(b)) != NULL) {
		for (uint32_t i = 0; i < count; i++)
			keep[i] &= !direct[i];
	}
}

/* When it came: a whole begins, a row enters its queue, which may be unknown.
 * Where it has no calendar it stays, to be left out as unknown. */
static void
keep_arrivals(const kpi__stream *stream, kpi__batch *b, int space,
    uint32_t count, uint8_t *keep)
{
	const int in = stream->arrivals == KPI__ARRIVALS_IN_HOURS;
	const uint32_t *queue =
	    kpi__batch_codes(b, KPI_BY_QUEUE, KPI__CREDIT_LAST, space);
	const int64_t *start =
	    kpi__batch_instants(b, KPI__ANCHOR_STARTED, space);
	const int64_t *entered = space == KPI__ROW_SPACE
	    ? kpi__batch_instants(b, KPI__ANCHOR_QUEUED, space)
	    : start;

	for (uint32_t i = 0; i < count; i++) {
		const kpi__open_time *t =
		    kpi__business_of(stream->business, queue[i]);
		const int64_t at =
		    entered[i] > start[i] ? entered[i] : start[i];

		keep[i] &= t == NULL || kpi__open_at(t, at) == in;
	}
}

void
kpi__select_calendars(const kpi__stream *stream, kpi__batch *b,
    const uint8_t class_of[KPI__KEYS], uint8_t *key)
{
	const int space = kpi__stream_space(stream);
	const uint32_t count = kpi__batch_count(b, space);
	const uint32_t *queue;

	if (stream->business == NULL)
		return;
	queue = kpi__batch_codes(b, KPI_BY_QUEUE, KPI__CREDIT_LAST, space);
	for (uint32_t i = 0; i < count; i++)
		if (kpi__business_of(stream->business, queue[i]) == NULL &&
		    class_of[key[i]] != KPI__CLASS_OUTSIDE)
			key[i] = KPI__KEY_NO_CALENDAR;
}

static int
needs_keeping(
    const kpi__selector *s, const kpi__stream *stream, const kpi__batch *b)
{
	const kpi_query *q = s->query;

	return kpi__query_filters(q) || q->from != KPI_UNKNOWN ||
	    stream->level || stream->arrivals || q->until != KPI_UNKNOWN ||
	    b->part->dead != NULL ||
	    stream->directions != ALL_DIRECTIONS || stream->unit == KPI__LEG ||
	    (stream->unit == KPI__VISIT && b->row_of != NULL);
}

const uint8_t *
kpi__select_units(
    const kpi__selector *s, const kpi__stream *stream, kpi__batch *b)
{
	const kpi_query *q = s->query;
	const int space = kpi__stream_space(stream);
	const uint32_t count = kpi__batch_count(b, space);
	uint8_t *keep;

	if (!needs_keeping(s, stream, b))
		return NULL;
	keep = kpi__batch_room(b, count);
	memset(keep, 1, count);
	keep_unit(stream, b, count, keep);
	if (b->part->dead != NULL)
		keep_living(b, space, count, keep);
	if (stream->level) {
		kpi__level_keep(q, stream, b, keep);
	} else if (q->from != KPI_UNKNOWN || q->until != KPI_UNKNOWN) {
		const int64_t *at = kpi__select_times(stream, b);
		const int64_t until =
		    q->until == KPI_UNKNOWN ? INT64_MAX : q->until;

		for (uint32_t i = 0; i < count; i++)
			keep[i] &= at[i] >= q->from && at[i] < until;
	}
	if (stream->directions != ALL_DIRECTIONS) {
		keep_directions(kpi__batch_bytes(b, KPI_FIELD_DIRECTION, space),
		    (unsigned)stream->directions, count, keep);
	}
	if (stream->arrivals)
		keep_arrivals(stream, b, space, count, keep);
	for (size_t k = 0; k < s->filter_count; k++) {
		const kpi__code_filter *f = &s->filters[k];
		const uint32_t *code;

		if (kpi__share_is_of_entry(stream, f->by))
			continue;
		code = kpi__batch_codes(b, f->by, stream->credit, space);
		for (uint32_t i = 0; i < count; i++)
			keep[i] &= code[i] < f->codes && f->keep[code[i]];
	}
	if (q->outcomes != 0) {
		const uint8_t *outcome = kpi__batch_outcomes(b, space);

		for (uint32_t i = 0; i < count; i++)
			keep[i] &= (uint8_t)(q->outcomes >> outcome[i] & 1);
	}
	keep_limits(q, b, space, count, keep);
	return keep;
}

void
kpi__select(const kpi__selector *s, kpi__groups *groups,
    const kpi__stream *stream, kpi__batch *b, kpi__selection *out)
{
	const kpi__shares *entries =
	    stream->credit == KPI__CREDIT_EQUAL ? kpi__share_units(b) : NULL;
	const uint8_t *keep = kpi__select_units(s, stream, b);
	uint32_t *slot;

	memset(out, 0, sizeof(*out));
	out->count = entries != NULL
	    ? entries->count
	    : kpi__batch_count(b, kpi__stream_space(stream));
	if (s->query->by_count == 0 && entries == NULL &&
	    kpi__slots_only(groups, stream, b, keep, out))
		return;
	if (entries != NULL)
		keep = kpi__share_keep(s, stream, b, entries, keep);
	slot = kpi__batch_room(b, out->count * sizeof(*slot));
	kpi__slots_fill(groups, stream, b, entries, keep, out->count, slot);
	out->slot = slot;
	if (entries != NULL) {
		out->unit = entries->unit;
		out->share = kpi__share_join(b, entries, slot);
	}
}
