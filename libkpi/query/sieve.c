/* SPDX-License-Identifier: MIT */
#include "query/sieve.h"

#include <string.h>

#include "query/decode.h"
#include "query/kernel.h"

/* Where one in so many is kept, or more, a run is looked at as it stands. */
#define DENSE 8

/* What becomes nobody's, as the agent of a row without an answer, is code 0
 * for the filter: only one that does not keep it can be told by what stands in
 * the column. */
static int
tells(const kpi__code_filter *f)
{
	return !f->keep[0];
}

void
kpi__sieve_init(kpi__sieve *s, const kpi__selector *selector,
    const kpi__stream *streams, uint32_t count)
{
	const kpi_query *q = selector->query;

	s->selector = selector;
	s->from = q->from;
	s->until = q->until == KPI_UNKNOWN ? INT64_MAX : q->until;
	for (uint32_t i = 0; i < count; i++)
		if (streams[i].anchor != KPI__ANCHOR_STARTED ||
		    streams[i].event || streams[i].level) {
			s->from = KPI_UNKNOWN;
			s->until = INT64_MAX;
		}
	s->by_code = 0;
	for (size_t i = 0; i < selector->filter_count; i++)
		s->by_code |= tells(&selector->filters[i]);
}

/* Whether the range leaves any of the part's living out. */
static int
cuts(const kpi__sieve *s, const kpi__part *part)
{
	const kpi__range *starts = &part->range[KPI__ANCHOR_STARTED];

	return starts->least < s->from || starts->greatest >= s->until;
}

/* As if they started evenly in the part's time. */
uint64_t
kpi__sieve_work(const kpi__sieve *s, const kpi__part *part)
{
	const kpi__range *starts = &part->range[KPI__ANCHOR_STARTED];
	const int64_t from =
	    starts->least < s->from ? s->from : starts->least;
	const int64_t last =
	    starts->greatest >= s->until ? s->until - 1 : starts->greatest;
	double work = part->interactions;

	if (from > last)
		return 0;
	if (cuts(s, part))
		work *= ((double)last - (double)from + 1) /
		    ((double)starts->greatest - (double)starts->least + 1);
	return (uint64_t)(s->by_code ? work / DENSE : work);
}

/* The first interaction of a sorted part that did not start before `instant`.
 */
static uint32_t
first_since(const kpi__column *start, uint32_t count, int64_t instant)
{
	uint32_t low = 0, high = count;

	while (low < high) {
		const uint32_t mid = low + (high - low) / 2;

		if (kpi__column_value(start, mid) < instant)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

int
kpi__sieve_part(const kpi__sieve *s, kpi__batch *b)
{
	const kpi__column *start;

	if (!cuts(s, b->part))
		return s->by_code;
	if (!b->part->sorted)
		return 1;
	start = kpi__batch_column(b, KPI_FIELD_STARTED_AT);
	b->begin = b->next = first_since(start, b->end, s->from);
	b->end = first_since(start, b->end, s->until);
	return s->by_code;
}

static void
mark_starts(const kpi__sieve *s, kpi__batch *b, uint32_t first,
    uint32_t count, uint8_t *hit)
{
	const kpi__column *start =
	    kpi__batch_column(b, KPI_FIELD_STARTED_AT);

	for (uint32_t i = 0; i < count; i++) {
		const int64_t at = kpi__column_value(start, first + i);

		hit[i] &= at >= s->from && at < s->until;
	}
}

/* An interaction may be that of any of its rows. */
static void
mark_rows(const kpi__code_filter *f, const kpi__column *c,
    const uint32_t *first_row, uint32_t count, uint8_t *hit)
{
	for (uint32_t i = 0; i < count; i++) {
		uint8_t any = 0;

		for (uint32_t r = first_row[i]; r < first_row[i + 1]; r++) {
			const int64_t code = kpi__column_value(c, r);

			any |= code > 0 && (uint64_t)code < f->codes &&
			    f->keep[code];
		}
		hit[i] &= any;
	}
}

static void
mark_codes(const kpi__code_filter *f, kpi__batch *b, uint32_t first,
    uint32_t count, uint8_t *hit)
{
	const int32_t field = kpi__dimension_field(f->by);
	const kpi__column *c = kpi__batch_column(b, field);
	const uint32_t *first_row = b->part->first_row;
	uint32_t code[KPI__BATCH_ROWS];

	if (first_row != NULL && kpi__field_find(field)->of_visit) {
		mark_rows(f, c, first_row + first, count, hit);
		return;
	}
	kpi__decode_codes(c, first, count, code);
	if (f->only != 0) {
		kpi__kernel_keep_code(code, f->only, count, hit);
		return;
	}
	for (uint32_t i = 0; i < count; i++)
		hit[i] &= code[i] < f->codes && f->keep[code[i]];
}

/* Which of a run are kept; how many. */
static uint32_t
mark(const kpi__sieve *s, kpi__batch *b, uint32_t first, uint32_t count,
    uint8_t *hit)
{
	const kpi__selector *selector = s->selector;
	uint32_t hits = 0;

	memset(hit, 1, count);
	if (!b->part->sorted && cuts(s, b->part))
		mark_starts(s, b, first, count, hit);
	for (size_t i = 0; i < selector->filter_count; i++)
		if (tells(&selector->filters[i]))
			mark_codes(
			    &selector->filters[i], b, first, count, hit);
	for (uint32_t i = 0; i < count; i++)
		hits += hit[i];
	return hits;
}

/* The rows of one that is picked. */
static uint32_t
rows_of(const kpi__batch *b, uint32_t place)
{
	const uint32_t *first_row = b->part->first_row;

	return first_row == NULL ? 1 : first_row[place + 1] - first_row[place];
}

int
kpi__sieve_next(const kpi__sieve *s, kpi__batch *b,
    uint32_t picked[KPI__BATCH_ROWS])
{
	uint32_t next = b->next, wholes = 0, rows = 0;

	while (next < b->end && b->status == KPI_OK) {
		const uint32_t count = b->end - next < KPI__BATCH_ROWS
		    ? b->end - next
		    : KPI__BATCH_ROWS;
		uint8_t hit[KPI__BATCH_ROWS];
		const uint32_t hits = mark(s, b, next, count, hit);

		if (hits > count / DENSE) {
			if (wholes > 0)
				break;
			b->next = next;
			return kpi__batch_next(b);
		}
		for (uint32_t i = 0; i < count && hits > 0; i++) {
			const uint32_t place = next + i;

			if (!hit[i])
				continue;
			if (wholes > 0 &&
			    rows + rows_of(b, place) > KPI__BATCH_ROWS)
				return kpi__batch_pick(
				    b, picked, wholes, place);
			rows += rows_of(b, place);
			picked[wholes++] = place;
		}
		next += count;
	}
	b->next = next;
	return wholes > 0 && b->status == KPI_OK &&
	    kpi__batch_pick(b, picked, wholes, next);
}
