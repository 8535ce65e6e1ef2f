/* SPDX-License-Identifier: MIT */
#include "store/save_run.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "store/blob.h"
#include "store/order.h"

#define NO_MEMORY "no memory to write a run"

static const char sql_put[] = "INSERT OR REPLACE INTO run VALUES(?, ?)";
static const char sql_drop[] = "DELETE FROM run WHERE key BETWEEN ? AND ?";

/* A run that becomes part of a longer one: one of the file, read piece by
 * piece, or that of a new unit. */
struct input {
	kpi__run run;
	kpi__item *piece; /* ours; of the file */
	uint32_t next;    /* piece to be read */
	const uint64_t *words;
	uint32_t count, at;
};

struct merge {
	kpi__save *save;
	kpi__run run;
	struct input *inputs;
	size_t count, room;
	uint64_t *words; /* of the piece in the making */
	size_t word_count, word_room;
};

static void
free_merge(struct merge *m)
{
	const kpi_allocator *a = &m->save->store->allocator;

	for (size_t i = 0; i < m->count; i++)
		kpi__item_free(a, m->inputs[i].piece);
	kpi__release(a, m->inputs, m->room, sizeof(*m->inputs));
	kpi__release(a, m->words, m->word_room, sizeof(*m->words));
}

/* Whether there is a further word of `in` for `piece`: it is then the one at
 * its place. */
static kpi_status
has_more(struct merge *m, struct input *in, uint32_t piece, int *more,
    kpi_error *error)
{
	const unsigned in_bits = kpi__run_piece_bits(&in->run);
	const unsigned bits = kpi__run_piece_bits(&m->run);
	kpi_status status = KPI_OK;

	while (in->at == in->count && in->next <= piece >> (bits - in_bits) &&
	    in->next >> in_bits == 0 && status == KPI_OK) {
		kpi__item_free(&m->save->store->allocator, in->piece);
		in->piece = NULL;
		status = kpi__run_read(m->save->store, m->save->db, &in->run,
		    in->next++, &in->piece, error);
		in->at = 0;
		in->count = in->piece == NULL ? 0 : in->piece->word_count;
		in->words = in->piece == NULL ? NULL : in->piece->words;
	}
	*more = status == KPI_OK && in->at < in->count &&
	    kpi__run_piece(&m->run, in->words[in->at]) == piece;
	return status;
}

static kpi_status
take_words(struct merge *m, struct input *in, uint32_t piece, kpi_error *error)
{
	const kpi_allocator *a = &m->save->store->allocator;
	const uint64_t below =
	    (UINT64_C(1) << kpi__run_place_bits(&in->run)) - 1;
	const uint64_t before = (uint64_t)in->run.first
	    << kpi__run_unit_bits(in->run.relation);
	int more;
	kpi_status status = has_more(m, in, piece, &more, error);

	while (status == KPI_OK && more) {
		const uint64_t word = in->words[in->at++];

		status = kpi__grow(a, &m->words, &m->word_room,
		    m->word_count + 1, sizeof(*m->words));
		if (status != KPI_OK)
			return kpi__fail(error, status, NO_MEMORY);
		m->words[m->word_count++] =
		    kpi__run_word(&m->run, word, before + (word & below));
		status = has_more(m, in, piece, &more, error);
	}
	return status;
}

static kpi_status
put_piece(kpi__save *save, const kpi__run *run, uint32_t piece,
    const uint64_t *words, uint32_t count, kpi_error *error)
{
	const int64_t key = kpi__run_key(run, piece);
	sqlite3_stmt *statement;
	kpi_status status =
	    kpi__db_statement(save->db, sql_put, &statement, error);

	if (status != KPI_OK)
		return status;
	kpi__save_clear(save);
	kpi__blob_put_words(&save->out, (uint64_t)key, words, count);
	sqlite3_bind_int64(statement, 1, key);
	status = kpi__save_blob(save, statement, 2, error);
	return status == KPI_OK ? kpi__db_do(save->db, statement, error)
				: status;
}

static kpi_status
write_piece(struct merge *m, uint32_t piece, kpi_error *error)
{
	const uint32_t count = (uint32_t)m->word_count;
	kpi_status status;

	if (count == 0)
		return KPI_OK;
	status = kpi__order_words(m->words, count, &m->save->store->allocator);
	if (status != KPI_OK)
		return kpi__fail(error, status, NO_MEMORY);
	return put_piece(m->save, &m->run, piece, m->words, count, error);
}

static kpi_status
add_input(
    struct merge *m, const kpi__run *run, struct input **out, kpi_error *error)
{
	const kpi_status status = kpi__grow(&m->save->store->allocator,
	    &m->inputs, &m->room, m->count + 1, sizeof(*m->inputs));

	if (status != KPI_OK)
		return kpi__fail(error, status, NO_MEMORY);
	*out = &m->inputs[m->count++];
	memset(*out, 0, sizeof(**out));
	(*out)->run = *run;
	return KPI_OK;
}

static kpi_status
drop_run(kpi__save *save, const kpi__run *run, kpi_error *error)
{
	const uint32_t last = (UINT32_C(1) << kpi__run_piece_bits(run)) - 1;
	sqlite3_stmt *statement;
	const kpi_status status =
	    kpi__db_statement(save->db, sql_drop, &statement, error);

	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, kpi__run_key(run, 0));
	sqlite3_bind_int64(statement, 2, kpi__run_key(run, last));
	return kpi__db_do(save->db, statement, error);
}

/* What lies in the file of `before` units, and the units since. */
static kpi_status
add_inputs(struct merge *m, uint32_t before, kpi__unit_words words, void *ctx,
    kpi_error *error)
{
	uint32_t unit = m->run.first;
	kpi_status status = KPI_OK;
	struct input *in = NULL;

	while (unit < kpi__run_end(&m->run) && status == KPI_OK) {
		const uint32_t relation = m->run.relation;
		const int is_new = unit >= before;
		const kpi__run run =
		    kpi__run_at(relation, unit, is_new ? unit + 1 : before);

		status = add_input(m, &run, &in, error);
		if (status == KPI_OK && is_new) {
			in->next = UINT32_MAX;
			in->words = words(ctx, unit, &in->count);
		}
		unit = kpi__run_end(&run);
	}
	return status;
}

static kpi_status
merge_runs(struct merge *m, uint32_t before, kpi__unit_words words, void *ctx,
    kpi_error *error)
{
	kpi_status status = add_inputs(m, before, words, ctx, error);

	for (uint32_t p = 0;
	     p >> kpi__run_piece_bits(&m->run) == 0 && status == KPI_OK; p++) {
		m->word_count = 0;
		for (size_t i = 0; i < m->count && status == KPI_OK; i++)
			status = take_words(m, &m->inputs[i], p, error);
		if (status == KPI_OK)
			status = write_piece(m, p, error);
	}
	for (size_t i = 0; i < m->count && status == KPI_OK; i++)
		if (m->inputs[i].next != UINT32_MAX)
			status = drop_run(m->save, &m->inputs[i].run, error);
	return status;
}

kpi_status
kpi__save_runs(kpi__save *save, uint32_t relation, uint32_t before,
    uint32_t after, kpi__unit_words words, void *ctx, kpi_error *error)
{
	kpi_status status = KPI_OK;
	uint32_t unit = 0;

	while (unit < after && status == KPI_OK) {
		struct merge m = { save, kpi__run_at(relation, unit, after),
			NULL, 0, 0, NULL, 0, 0 };

		if (unit >= before ||
		    kpi__run_at(relation, unit, before).level != m.run.level)
			status = merge_runs(&m, before, words, ctx, error);
		free_merge(&m);
		unit = kpi__run_end(&m.run);
	}
	return status;
}

kpi_status
kpi__save_run_without(kpi__save *save, uint32_t relation, uint32_t units,
    uint64_t hash, uint64_t place, kpi_error *error)
{
	const uint32_t unit = (uint32_t)(place >> kpi__run_unit_bits(relation));
	const kpi_allocator *a = &save->store->allocator;
	kpi__run run = kpi__run_at(relation, 0, units);
	uint32_t count = 0, piece;
	uint64_t word, *words;
	kpi__item *item;
	kpi_status status;

	while (unit >= kpi__run_end(&run))
		run = kpi__run_at(relation, kpi__run_end(&run), units);
	piece = kpi__run_piece(&run, hash);
	word = kpi__run_word(&run, hash, place);
	status =
	    kpi__run_read(save->store, save->db, &run, piece, &item, error);
	if (status != KPI_OK || item == NULL)
		return status;
	words = kpi__item_payload(item);
	for (uint32_t i = 0; i < item->word_count; i++)
		if (words[i] != word)
			words[count++] = words[i];
	status = put_piece(save, &run, piece, words, count, error);
	kpi__item_free(a, item);
	return status;
}
