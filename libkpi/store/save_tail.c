/* SPDX-License-Identifier: MIT */
#include "base/bytes.h"
#include "base/error.h"
#include "store/journal.h"
#include "store/save.h"
#include "store/sheaf.h"

#define MOST_IN_ROW  512
#define BYTES_IN_ROW 32768
#define MANY_ROWS    16

static const char sql_tail[] = "INSERT INTO tail VALUES(?, ?, ?)";
static const char sql_dead[] = "INSERT INTO tail_dead VALUES(?, ?)";
static const char sql_count[] =
    "SELECT min(first), count(*) FROM tail WHERE first >= ?";
static const char sql_cut[] = "DELETE FROM tail WHERE first >= ?";
static const char sql_drop[] = "DELETE FROM tail; DELETE FROM tail_dead";

/* A row of the table in the making. */
struct run {
	uint64_t first; /* number of its first interaction */
	uint32_t count;
};

static kpi_status
flush(kpi__save *save, struct run *run, kpi_error *error)
{
	sqlite3_stmt *statement;
	kpi_status status;

	if (run->count == 0)
		return KPI_OK;
	status = kpi__db_statement(save->db, sql_tail, &statement, error);
	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, (int64_t)run->first);
	sqlite3_bind_int64(statement, 2, run->count);
	status = kpi__save_blob(save, statement, 3, error);
	if (status == KPI_OK)
		status = kpi__db_do(save->db, statement, error);
	run->first += run->count;
	run->count = 0;
	kpi__save_clear(save);
	return status;
}

static kpi_status
put_sheaf(kpi__save *save, const kpi__version *v, struct run *run, uint32_t i,
    kpi_error *error)
{
	kpi_status status;

	kpi__buffer_put_byte(&save->out, KPI__TAIL_SHEAF);
	status = kpi__sheaf_put(&save->out, save->store, v, i,
	    v->part.interactions, error);
	run->count = v->part.interactions - i;
	return status == KPI_OK ? flush(save, run, error) : status;
}

static kpi_status
put_single(kpi__save *save, const kpi__version *v, struct run *run, uint32_t i,
    kpi_error *error)
{
	if (run->count == 0)
		kpi__buffer_put_byte(&save->out, KPI__TAIL_SINGLES);
	kpi__journal_put(&save->out, v, i);
	run->count++;
	if (run->count < MOST_IN_ROW && save->out.size < BYTES_IN_ROW)
		return KPI_OK;
	return flush(save, run, error);
}

/* Nothing more goes into block `b`. */
static int
is_full(const kpi__list *tail, uint32_t b)
{
	return b + 1 < tail->count ||
	    (b < tail->count &&
		tail->at[b]->part.interactions == tail->at[b]->block->room);
}

/* Whether all rows from that of interaction `first` on are many small ones. */
static kpi_status
count_rows(kpi__save *save, uint64_t first, int *many, kpi_error *error)
{
	sqlite3_stmt *statement;
	int row;
	kpi_status status =
	    kpi__db_statement(save->db, sql_count, &statement, error);

	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, (int64_t)first);
	status = kpi__db_step(save->db, statement, &row, error);
	if (status != KPI_OK)
		return status;
	*many = row && sqlite3_column_int64(statement, 0) == (int64_t)first &&
	    sqlite3_column_int64(statement, 1) > MANY_ROWS;
	sqlite3_reset(statement);
	return KPI_OK;
}

/*
 * What came one by one into block `b`, which was the last and is full now, is
 * written anew by column, so that few rows are ever read one by one. Who has
 * read some of them begins his tail anew, as in a new epoch.
 */
static kpi_status
write_anew(kpi__save *save, const kpi__list *before, uint32_t b,
    const struct run *run, uint32_t *from, kpi_error *error)
{
	const kpi__list *now = save->next->tail;
	sqlite3_stmt *statement;
	int many = 0;
	kpi_status status = KPI_OK;

	if (*from > 0 && !is_full(before, b) && is_full(now, b) &&
	    now->at[b]->part.interactions >= kpi__sheaf_least(save->store))
		status = count_rows(save, run->first, &many, error);
	if (status != KPI_OK || !many)
		return status;
	status = kpi__db_statement(save->db, sql_cut, &statement, error);
	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, (int64_t)run->first);
	status = kpi__db_do(save->db, statement, error);
	*from = 0;
	save->next->epoch = save->base->epoch + 1;
	return status;
}

/* Interactions of block `b` from `i` on. */
static kpi_status
put_block(kpi__save *save, const kpi__version *v, struct run *run, uint32_t i,
    kpi_error *error)
{
	kpi_status status = KPI_OK;

	run->first += i;
	if (v->part.interactions - i >= kpi__sheaf_least(save->store))
		return put_sheaf(save, v, run, i, error);
	for (; i < v->part.interactions && status == KPI_OK; i++)
		status = put_single(save, v, run, i, error);
	return status == KPI_OK ? flush(save, run, error) : status;
}

/* Interactions of the tail that `before` (NULL: nothing) has not. */
static kpi_status
save_added(kpi__save *save, const kpi__list *before, kpi_error *error)
{
	const kpi__list *now = save->next->tail;
	struct run run = { 0, 0 };
	kpi_status status = KPI_OK;

	kpi__save_clear(save);
	for (uint32_t b = 0; b < now->count && status == KPI_OK; b++) {
		uint32_t i = before != NULL && b < before->count
		    ? before->at[b]->part.interactions
		    : 0;

		if (before != NULL)
			status =
			    write_anew(save, before, b, &run, &i, error);
		if (status == KPI_OK)
			status = put_block(save, now->at[b], &run, i, error);
	}
	return status;
}

static kpi_status
save_dead(kpi__save *save, const kpi__list *before, kpi_error *error)
{
	const kpi__list *now = save->next->tail;
	sqlite3_stmt *statement;
	uint32_t number = 0;
	kpi_status status;

	kpi__save_clear(save);
	for (uint32_t b = 0; b < now->count; b++) {
		const kpi__version *v = now->at[b];
		const kpi__version *old =
		    before != NULL && b < before->count ? before->at[b] : NULL;

		if (v->dead == NULL || (old != NULL && old->dead == v->dead)) {
			number += v->part.interactions;
			continue;
		}
		for (uint32_t i = 0; i < v->part.interactions; i++, number++) {
			unsigned char bytes[4];

			if (!kpi__version_is_dead(v, i) ||
			    (old != NULL && i < old->part.interactions &&
				kpi__version_is_dead(old, i)))
				continue;
			kpi__put32(bytes, number);
			kpi__buffer_put(&save->out, bytes, sizeof(bytes));
		}
	}
	if (kpi__save_is_empty(save))
		return KPI_OK;
	status = kpi__db_statement(save->db, sql_dead, &statement, error);
	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, (int64_t)++save->next->last_tail_dead);
	status = kpi__save_blob(save, statement, 2, error);
	if (status == KPI_OK)
		status = kpi__db_do(save->db, statement, error);
	return status;
}

kpi_status
kpi__save_tail(kpi__save *save, kpi_error *error)
{
	const int new_tail = save->base->ids != save->next->ids;
	const kpi__list *before = new_tail ? NULL : save->base->tail;
	kpi_status status = KPI_OK;

	if (before == save->next->tail)
		return KPI_OK;
	if (new_tail)
		status = kpi__db_run(save->db, sql_drop, error);
	if (status == KPI_OK)
		status = save_added(save, before, error);
	if (status == KPI_OK)
		status = save_dead(save, before, error);
	return status;
}
