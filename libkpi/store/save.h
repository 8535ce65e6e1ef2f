/* SPDX-License-Identifier: MIT */
/* save.h - writing what one snapshot has and the one before it has not. */
#ifndef KPI_STORE_SAVE_H
#define KPI_STORE_SAVE_H

#include "store/disk.h"

typedef struct kpi__save {
	kpi_store *store;
	kpi__db *db;
	const kpi__snapshot *base;
	kpi__snapshot *next;
	kpi__buffer out; /* the bytes of one row at a time */
} kpi__save;

void kpi__save_clear(kpi__save *save);
/* Nothing was put, and none of it failed. */
int kpi__save_is_empty(const kpi__save *save);
/* Binds what was put, if none of it failed; it must stay until the step. */
kpi_status kpi__save_bytes(const kpi__buffer *out, sqlite3_stmt *statement,
    int at, kpi_error *error) KPI_MUST_CHECK;
/* The same of save->out. */
kpi_status kpi__save_blob(kpi__save *save, sqlite3_stmt *statement, int at,
    kpi_error *error) KPI_MUST_CHECK;

/* New texts, in whole pages once there are enough, and who is erased. */
kpi_status kpi__save_texts(kpi__save *save, kpi_error *error) KPI_MUST_CHECK;
/* New chunks, and the dead and the patches of old ones. */
kpi_status kpi__save_chunks(kpi__save *save, kpi_error *error) KPI_MUST_CHECK;
/* A piece of a chunk; and all of a new one but its run, which as many threads
 * make as the store may have. */
kpi_status kpi__save_piece(kpi__save *save, const kpi__chunk *chunk,
    const kpi__item *item, kpi_error *error) KPI_MUST_CHECK;
kpi_status kpi__save_pieces(
    kpi__save *save, const kpi__chunk *chunk, kpi_error *error) KPI_MUST_CHECK;
kpi_status kpi__save_tail(kpi__save *save, kpi_error *error) KPI_MUST_CHECK;

#endif
