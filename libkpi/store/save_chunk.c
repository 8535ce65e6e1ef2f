/* SPDX-License-Identifier: MIT */
#include "base/error.h"
#include "store/save_run.h"

static const char sql_chunk[] = "INSERT INTO chunk VALUES(?, ?, ?, ?, ?, ?, ?, "
				"?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char sql_times[] =
    "UPDATE chunk SET known_from = ?2, known_latest = ?3, "
    "least_started = ?4, greatest_started = ?5, least_queued = ?6, "
    "greatest_queued = ?7, least_answered = ?8, greatest_answered = ?9, "
    "least_ended = ?10, greatest_ended = ?11, least_wrapped = ?12, "
    "greatest_wrapped = ?13, least_survey = ?14, greatest_survey = ?15 "
    "WHERE number = ?1";
static const char sql_dead[] = "INSERT INTO dead VALUES(?, ?, ?)";
static const char sql_patch[] = "INSERT INTO patch VALUES(?, ?, ?, ?)";

static kpi_status
save_rows(kpi__save *save, const kpi__chunk *chunk, kpi_error *error)
{
	kpi__item *item = kpi__chunk_counts(chunk);
	const kpi_status status = item == NULL
	    ? kpi__fail(error, KPI_ENOMEM, "no memory to write a chunk")
	    : kpi__save_piece(save, chunk, item, error);

	kpi__item_free(&save->store->allocator, item);
	return status;
}

static void
bind_pair(sqlite3_stmt *statement, int *at, int is_known, int64_t least,
    int64_t greatest)
{
	if (is_known) {
		sqlite3_bind_int64(statement, *at, least);
		sqlite3_bind_int64(statement, *at + 1, greatest);
	} else {
		sqlite3_bind_null(statement, *at);
		sqlite3_bind_null(statement, *at + 1);
	}
	*at += 2;
}

/* In a chunk nobody waits: its own events are answers and leavings. */
static void
bind_times(sqlite3_stmt *statement, int at, const kpi__version *v)
{
	bind_pair(statement, &at, v->living > 0 && !v->stale, v->known_from,
	    v->latest);
	for (int a = 0; a < KPI__RANGES; a++) {
		const kpi__range *range = &v->part.range[a];

		if (a != KPI__ANCHOR_OWN_EVENT)
			bind_pair(statement, &at,
			    range->least <= range->greatest, range->least,
			    range->greatest);
	}
}

static kpi_status
save_chunk(kpi__save *save, const kpi__version *v, kpi_error *error)
{
	const kpi__chunk *chunk = v->chunk;
	const kpi__item *run = chunk->item[KPI__ITEM_RUN];
	sqlite3_stmt *statement;
	kpi_status status =
	    kpi__db_statement(save->db, sql_chunk, &statement, error);

	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, (int64_t)chunk->number);
	sqlite3_bind_int64(statement, 2, chunk->interactions);
	sqlite3_bind_int64(statement, 3, chunk->rows);
	sqlite3_bind_int64(statement, 4, (int64_t)chunk->fields);
	sqlite3_bind_int64(statement, 5, run == NULL ? 0 : run->word_count);
	bind_times(statement, 6, v);
	status = kpi__db_do(save->db, statement, error);
	if (status == KPI_OK && chunk->first_row != NULL)
		status = save_rows(save, chunk, error);
	return status == KPI_OK ? kpi__save_pieces(save, chunk, error) : status;
}

/* The places whose bits are set in word `w` of a part. */
static void
put_places(kpi__save *save, uint32_t w, uint64_t bits)
{
	for (uint32_t i = w * 64; bits != 0; i++, bits >>= 1) {
		const unsigned char place[2] = { (unsigned char)i,
			(unsigned char)(i >> 8) };

		if ((bits & 1) != 0)
			kpi__buffer_put(&save->out, place, sizeof(place));
	}
}

/* The places that died since `old` (NULL: since the chunk was made). */
static kpi_status
save_dead(kpi__save *save, const kpi__version *old, const kpi__version *v,
    kpi_error *error)
{
	sqlite3_stmt *statement;
	kpi_status status;

	if (v->dead == NULL || (old != NULL && old->dead == v->dead))
		return KPI_OK;
	kpi__save_clear(save);
	for (uint32_t w = 0; w < v->dead->words; w++)
		put_places(save, w,
		    v->dead->word[w] &
			~(old == NULL || old->dead == NULL
				? 0
				: old->dead->word[w]));
	if (kpi__save_is_empty(save))
		return KPI_OK;
	status = kpi__db_statement(save->db, sql_dead, &statement, error);
	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, (int64_t)++save->next->last_dead);
	sqlite3_bind_int64(statement, 2, (int64_t)v->chunk->number);
	status = kpi__save_blob(save, statement, 3, error);
	if (status == KPI_OK)
		status = kpi__db_do(save->db, statement, error);
	return status;
}

/* What a leaf has and `before` has not. */
static void
put_leaf(kpi__save *save, const kpi__patch_leaf *leaf,
    const kpi__patch_set *before, int32_t field)
{
	for (uint32_t i = 0; i < leaf->count; i++) {
		const kpi__patch *p = &leaf->patch[i];
		const kpi__patch *was =
		    kpi__patch_set_find(before, field, p->place);

		if (was != NULL && was->value == p->value)
			continue;
		kpi__buffer_put_varint(&save->out, p->place);
		kpi__buffer_put_signed(&save->out, p->value);
	}
}

static kpi_status
save_patches(kpi__save *save, const kpi__version *old, const kpi__version *v,
    int32_t field, kpi_error *error)
{
	const kpi__patch_set *before = old == NULL ? NULL : old->patches;
	const kpi__patches *was = before == NULL ? NULL : before->of[field];
	const kpi__patches *p = v->patches->of[field];
	sqlite3_stmt *statement;
	kpi_status status;

	if (p == NULL || p == was)
		return KPI_OK;
	kpi__save_clear(save);
	for (uint32_t l = 0; l < KPI__PATCH_LEAVES; l++)
		if (p->leaf[l] != NULL &&
		    (was == NULL || was->leaf[l] != p->leaf[l]))
			put_leaf(save, p->leaf[l], before, field);
	if (kpi__save_is_empty(save))
		return KPI_OK;
	status = kpi__db_statement(save->db, sql_patch, &statement, error);
	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, (int64_t)++save->next->last_patch);
	sqlite3_bind_int64(statement, 2, (int64_t)v->chunk->number);
	sqlite3_bind_int64(statement, 3, field);
	status = kpi__save_blob(save, statement, 4, error);
	if (status == KPI_OK)
		status = kpi__db_do(save->db, statement, error);
	return status;
}

/* What became of a chunk since `old`. */
static kpi_status
save_changes(kpi__save *save, const kpi__version *old, const kpi__version *v,
    kpi_error *error)
{
	sqlite3_stmt *statement;
	kpi_status status = save_dead(save, old, v, error);

	for (int32_t f = 1;
	     v->patches != NULL && f <= KPI__WHOLE_FIELDS && status == KPI_OK;
	     f++)
		status = save_patches(save, old, v, f, error);
	if (status != KPI_OK || old == NULL)
		return status;
	status = kpi__db_statement(save->db, sql_times, &statement, error);
	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, (int64_t)v->chunk->number);
	bind_times(statement, 2, v);
	return kpi__db_do(save->db, statement, error);
}

static const uint64_t *
ids_of(void *ctx, uint32_t unit, uint32_t *count)
{
	const kpi__list *sealed = ctx;
	const kpi__item *run = sealed->at[unit]->chunk->item[KPI__ITEM_RUN];

	*count = run == NULL ? 0 : run->word_count;
	return run == NULL ? NULL : run->words;
}

kpi_status
kpi__save_chunks(kpi__save *save, kpi_error *error)
{
	const kpi__list *before = save->base->sealed;
	const kpi__list *now = save->next->sealed;
	kpi_status status = KPI_OK;

	for (uint32_t i = 0; i < now->count && status == KPI_OK; i++) {
		kpi__version *v = now->at[i];

		if (i < before->count && before->at[i] == v)
			continue;
		if (i >= before->count)
			status = save_chunk(save, v, error);
		if (status == KPI_OK)
			status = save_changes(save,
			    i < before->count ? before->at[i] : NULL, v, error);
	}
	if (status == KPI_OK && before->count < now->count)
		status = kpi__save_runs(save, KPI__RUN_IDS, before->count,
		    now->count, ids_of, save->next->sealed, error);
	return status;
}
