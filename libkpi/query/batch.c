/* SPDX-License-Identifier: MIT */
#include "query/batch.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "query/decode.h"
#include "query/kernel.h"
#include "query/query.h"

#define ALIGNMENT 64

/* Stands for a column that could not be read. */
static const kpi__column nothing = { NULL, KPI_UNKNOWN, 0, 0, 0, 0 };

kpi_status
kpi__batch_init(kpi__batch *b, const kpi__snapshot *snapshot, int64_t as_of,
    uint32_t vectors, kpi_error *error)
{
	const kpi_error no_error = KPI_ERROR_INIT;

	memset(b, 0, sizeof(*b));
	b->snapshot = snapshot;
	b->allocator = kpi__snapshot_allocator(snapshot);
	b->as_of = as_of;
	b->error = no_error;
	b->memo_room = vectors;
	b->memo = kpi__new_array(b->allocator, vectors, sizeof(*b->memo));
	if (b->memo == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a scan");
	return KPI_OK;
}

static void
unpin(kpi__batch *b)
{
	for (int32_t field = 1; field <= KPI__FIELDS; field++) {
		if (b->column[field] != NULL && b->column[field] != &nothing)
			kpi__snapshot_unpin(
			    b->snapshot, b->number, field, b->column[field]);
		b->column[field] = NULL;
	}
}

void
kpi__batch_free(kpi__batch *b)
{
	if (b->allocator == NULL)
		return;
	unpin(b);
	kpi__release(b->allocator, b->memo, b->memo_room, sizeof(*b->memo));
	kpi__release(b->allocator, b->arena, b->arena_size, 1);
	kpi__release(b->allocator, b->offsets, b->offsets_room,
	    sizeof(*b->offsets));
	kpi__release(b->allocator, b->whole_of, b->whole_of_room,
	    sizeof(*b->whole_of));
	kpi__release(b->allocator, b->picked_row, b->picked_row_room,
	    sizeof(*b->picked_row));
	memset(b, 0, sizeof(*b));
}

void
kpi__batch_part(kpi__batch *b, uint32_t part)
{
	unpin(b);
	b->number = part;
	b->part = kpi__snapshot_part(b->snapshot, part);
	b->first = b->wholes = b->first_row = b->rows = 0;
	b->begin = b->next = 0;
	b->end = b->part->interactions;
}

/* Room for as many rows as the widest batch so far. */
static int
make_room(kpi__batch *b)
{
	const uint32_t widest =
	    b->rows > KPI__BATCH_ROWS ? b->rows : KPI__BATCH_ROWS;
	const size_t vector = ((size_t)widest * sizeof(int64_t) + ALIGNMENT - 1) /
	    ALIGNMENT * ALIGNMENT;

	if (widest <= b->widest)
		return 1;
	kpi__release(b->allocator, b->arena, b->arena_size, 1);
	b->arena_size = 0;
	b->widest = 0;
	b->arena = kpi__new_array(
	    b->allocator, b->memo_room, vector + ALIGNMENT);
	if (b->arena == NULL)
		return 0;
	b->arena_size = b->memo_room * (vector + ALIGNMENT);
	b->widest = widest;
	return 1;
}

/* `first_row`: of the part. */
static int
place_rows(kpi__batch *b, const uint32_t *first_row)
{
	uint32_t at = 0;

	if (kpi__grow(b->allocator, &b->offsets, &b->offsets_room,
		(size_t)b->wholes + 1, sizeof(*b->offsets)) != KPI_OK)
		return 0;
	if (kpi__grow(b->allocator, &b->whole_of, &b->whole_of_room, b->rows,
		sizeof(*b->whole_of)) != KPI_OK)
		return 0;
	if (b->picked != NULL &&
	    kpi__grow(b->allocator, &b->picked_row, &b->picked_row_room,
		b->rows, sizeof(*b->picked_row)) != KPI_OK)
		return 0;
	for (uint32_t i = 0; i < b->wholes; i++) {
		const uint32_t place =
		    kpi__batch_place(b, KPI__WHOLE_SPACE, i);

		b->offsets[i] = at;
		for (uint32_t r = first_row[place]; r < first_row[place + 1];
		     r++) {
			if (b->picked != NULL)
				b->picked_row[at] = r;
			b->whole_of[at++] = i;
		}
	}
	b->offsets[b->wholes] = at;
	b->row_of = b->offsets;
	return 1;
}

static int
no_memory(kpi__batch *b)
{
	b->status = kpi__fail(&b->error, KPI_ENOMEM, "no memory for a scan");
	return 0;
}

int
kpi__batch_next(kpi__batch *b)
{
	const uint32_t *first_row = b->part->first_row;
	const uint32_t begin = b->next;
	uint32_t end = b->end;

	b->memo_count = 0;
	b->arena_used = 0;
	b->picked = NULL;
	if (begin >= end || b->status != KPI_OK)
		return 0;
	b->first = begin;
	if (first_row == NULL) {
		if (end - begin > KPI__BATCH_ROWS)
			end = begin + KPI__BATCH_ROWS;
		b->first_row = begin;
		b->wholes = b->rows = end - begin;
		b->row_of = NULL;
	} else {
		uint32_t until = begin + 1;

		while (until < end &&
		    first_row[until + 1] - first_row[begin] <= KPI__BATCH_ROWS)
			until++;
		b->wholes = until - begin;
		b->first_row = first_row[begin];
		b->rows = first_row[until] - b->first_row;
	}
	b->next = begin + b->wholes;
	if (!make_room(b) || (first_row != NULL && !place_rows(b, first_row)))
		return no_memory(b);
	return 1;
}

int
kpi__batch_pick(
    kpi__batch *b, const uint32_t *picked, uint32_t wholes, uint32_t next)
{
	const uint32_t *first_row = b->part->first_row;

	b->memo_count = 0;
	b->arena_used = 0;
	b->picked = picked;
	b->first = picked[0];
	b->first_row = first_row == NULL ? b->first : first_row[b->first];
	b->wholes = b->rows = wholes;
	b->row_of = NULL;
	b->next = next;
	if (first_row != NULL) {
		b->rows = 0;
		for (uint32_t i = 0; i < wholes; i++)
			b->rows +=
			    first_row[picked[i] + 1] - first_row[picked[i]];
	}
	if (!make_room(b) || (first_row != NULL && !place_rows(b, first_row)))
		return no_memory(b);
	return 1;
}

void *
kpi__batch_room(kpi__batch *b, size_t size)
{
	const size_t base = (size_t)((uintptr_t)b->arena % ALIGNMENT);
	const size_t pad = base == 0 ? 0 : ALIGNMENT - base;
	const size_t aligned = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	void *room;

	if (pad + b->arena_used + aligned > b->arena_size) {
		b->status = kpi__fail(&b->error, KPI_ELIMIT,
		    "too many different things asked in one pass");
		b->arena_used = 0;
	}
	room = b->arena + pad + b->arena_used;
	b->arena_used += aligned;
	return room;
}

const void *
kpi__batch_recall(const kpi__batch *b, uint64_t key)
{
	for (uint32_t i = 0; i < b->memo_count; i++)
		if (b->memo[i].key == key)
			return b->memo[i].vector;
	return NULL;
}

void
kpi__batch_remember(kpi__batch *b, uint64_t key, const void *vector)
{
	if (b->memo_count < b->memo_room)
		b->memo[b->memo_count++] = (kpi__memo){ key, vector };
}

const kpi__column *
kpi__batch_column(kpi__batch *b, int32_t field)
{
	const uint32_t *first_row =
	    kpi__field_find(field)->of_visit ? b->part->first_row : NULL;
	const kpi__column *c = b->column[field];
	kpi_status status;

	if (c != NULL)
		return c;
	status = kpi__snapshot_pin_values(b->snapshot, b->number, field,
	    first_row == NULL ? b->begin : first_row[b->begin],
	    first_row == NULL ? b->end : first_row[b->end], &c, &b->error);
	if (status != KPI_OK) {
		if (b->status == KPI_OK)
			b->status = status;
		c = &nothing;
	}
	b->column[field] = c;
	return c;
}

int
kpi__batch_unknown(kpi__batch *b, int32_t field)
{
	const kpi__column *c = kpi__batch_column(b, field);

	if (c->width != 0)
		return 0;
	return kpi__field_find(field)->dictionary >= 0 ? c->base == 0
						       : c->base == KPI_UNKNOWN;
}

/* The values of the part's column that this batch covers, as a column. */
static kpi__column
run_of(kpi__batch *b, int32_t field)
{
	const int of_visit = kpi__field_find(field)->of_visit;
	const uint64_t key = kpi__batch_key(
	    b, KPI__MEMO_GATHERED, (uint64_t)field, KPI__ROW_SPACE);
	kpi__column run = *kpi__batch_column(b, field);
	const uint32_t first = of_visit ? b->first_row : b->first;
	void *out;

	run.rows = of_visit ? b->rows : b->wholes;
	if (run.width == 0)
		return run;
	if (b->picked == NULL) {
		run.data = (const char *)run.data + (size_t)first * run.width;
		return run;
	}
	run.data = kpi__batch_recall(b, key);
	if (run.data != NULL)
		return run;
	out = kpi__batch_room(b, (size_t)run.rows * run.width);
	kpi__gather(kpi__batch_column(b, field),
	    of_visit && b->row_of != NULL ? b->picked_row : b->picked,
	    run.rows, out);
	run.data = out;
	kpi__batch_remember(b, key, out);
	return run;
}

static int
must_spread(const kpi__batch *b, int of_visit, int space)
{
	return b->row_of != NULL && !of_visit && space == KPI__ROW_SPACE;
}

const int64_t *
kpi__batch_integers(kpi__batch *b, int32_t field, int space)
{
	const int of_visit = kpi__field_find(field)->of_visit;
	const uint64_t key =
	    kpi__batch_key(b, KPI__MEMO_INTEGERS, (uint64_t)field, space);
	const int64_t *made = kpi__batch_recall(b, key);
	int64_t *out;

	if (made != NULL)
		return made;
	if (must_spread(b, of_visit, space)) {
		const int64_t *whole =
		    kpi__batch_integers(b, field, KPI__WHOLE_SPACE);

		out = kpi__batch_room(b, b->rows * sizeof(*out));
		for (uint32_t r = 0; r < b->rows; r++)
			out[r] = whole[b->whole_of[r]];
	} else {
		const kpi__column run = run_of(b, field);

		if (run.width == 8) {
			kpi__batch_remember(b, key, run.data);
			return run.data;
		}
		out = kpi__batch_room(b, run.rows * sizeof(*out));
		kpi__decode_integers(&run, 0, run.rows, out);
	}
	kpi__batch_remember(b, key, out);
	return out;
}

const uint8_t *
kpi__batch_bytes(kpi__batch *b, int32_t field, int space)
{
	const int of_visit = kpi__field_find(field)->of_visit;
	const uint64_t key =
	    kpi__batch_key(b, KPI__MEMO_BYTES, (uint64_t)field, space);
	const uint8_t *made = kpi__batch_recall(b, key);
	uint8_t *out;

	if (made != NULL)
		return made;
	if (must_spread(b, of_visit, space)) {
		const uint8_t *whole =
		    kpi__batch_bytes(b, field, KPI__WHOLE_SPACE);

		out = kpi__batch_room(b, b->rows);
		for (uint32_t r = 0; r < b->rows; r++)
			out[r] = whole[b->whole_of[r]];
	} else {
		const kpi__column run = run_of(b, field);

		if (run.width == 1 && run.base == 0 && run.has_unknown) {
			kpi__batch_remember(b, key, run.data);
			return run.data;
		}
		out = kpi__batch_room(b, run.rows);
		kpi__decode_bytes(&run, 0, run.rows, out);
	}
	kpi__batch_remember(b, key, out);
	return out;
}

/* Whether a column is short values as it stands: what is all ones would be a
 * value too long. */
static int
is_short(const kpi__column *c)
{
	return c->width == 4 && c->base == 0 && c->bounded;
}

const uint32_t *
kpi__batch_shorts(kpi__batch *b, int32_t field)
{
	static const uint32_t none[1];
	const uint64_t key = kpi__batch_key(
	    b, KPI__MEMO_SHORTS, (uint64_t)field, KPI__ROW_SPACE);
	const uint32_t *made = kpi__batch_recall(b, key);
	kpi__column run;
	uint32_t *out;

	if (made != NULL)
		return made == none ? NULL : made;
	run = run_of(b, field);
	if (is_short(&run)) {
		made = run.data;
	} else {
		out = kpi__batch_room(b, b->rows * sizeof(*out));
		made = kpi__kernel_shorten(&run, 0, b->rows, out)
		    ? out
		    : none;
	}
	kpi__batch_remember(b, key, made);
	return made == none ? NULL : made;
}

/* The row of each whole's first visit, which has its queue. */
static void
first_visits(kpi__batch *b, uint32_t *row)
{
	const uint8_t *visit = kpi__batch_visits(b);

	for (uint32_t i = 0; i < b->wholes; i++) {
		row[i] = b->row_of[i];
		while (!visit[row[i]])
			row[i]++;
	}
}

/* The row of the leg of `credit`. */
static void
credited_rows(kpi__batch *b, int credit, uint32_t *row)
{
	const uint8_t *outcome = kpi__batch_outcomes(b, KPI__ROW_SPACE);
	const int64_t *spoke = kpi__batch_speech(b);

	for (uint32_t i = 0; i < b->wholes; i++) {
		uint32_t best = UINT32_MAX;

		for (uint32_t r = b->row_of[i]; r < b->row_of[i + 1]; r++) {
			if (outcome[r] != KPI_OUTCOME_ANSWERED)
				continue;
			if (best == UINT32_MAX ||
			    (credit == KPI__CREDIT_FIRST
				    ? spoke[r] < spoke[best]
				    : spoke[r] >= spoke[best]))
				best = r;
		}
		row[i] = best;
	}
}

const uint32_t *
kpi__batch_codes(kpi__batch *b, kpi_by by, int credit, int space)
{
	const int32_t field = kpi__dimension_field(by);
	const int of_visit = kpi__field_find(field)->of_visit;
	/* An agent whose telephone rang in vain has no part in the row; a
	 * team is the row's own, but a whole's is that of who spoke. */
	const int answered_only = by == KPI_BY_AGENT ||
	    (by == KPI_BY_TEAM && space == KPI__WHOLE_SPACE);
	const uint64_t key = kpi__batch_key(b, KPI__MEMO_CODES,
	    (uint64_t)field << 3 | (uint64_t)credit << 1 |
		(uint64_t)answered_only,
	    space);
	const uint32_t *made = kpi__batch_recall(b, key), *other;
	uint32_t *out;

	if (made != NULL)
		return made;
	if (must_spread(b, of_visit, space)) {
		other = kpi__batch_codes(b, by, credit, KPI__WHOLE_SPACE);
		out = kpi__batch_room(b, b->rows * sizeof(*out));
		for (uint32_t r = 0; r < b->rows; r++)
			out[r] = other[b->whole_of[r]];
	} else if (b->row_of != NULL && of_visit && space == KPI__WHOLE_SPACE) {
		other = kpi__batch_codes(b, by, credit, KPI__ROW_SPACE);
		out = kpi__batch_room(b, b->wholes * sizeof(*out));
		if (by == KPI_BY_QUEUE) {
			first_visits(b, out);
			for (uint32_t i = 0; i < b->wholes; i++)
				out[i] = other[out[i]];
		} else {
			credited_rows(b, credit, out);
			for (uint32_t i = 0; i < b->wholes; i++)
				out[i] = out[i] == UINT32_MAX ? 0
							      : other[out[i]];
		}
	} else {
		const kpi__column run = run_of(b, field);

		out = kpi__batch_room(b, run.rows * sizeof(*out));
		kpi__decode_codes(&run, 0, run.rows, out);
		if (answered_only)
			kpi__kernel_forget(
			    kpi__batch_outcomes(b, KPI__ROW_SPACE),
			    KPI_OUTCOME_ANSWERED, b->rows, out);
	}
	kpi__batch_remember(b, key, out);
	return out;
}
