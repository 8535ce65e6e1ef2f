/* SPDX-License-Identifier: MIT */
/*
 * names.h - texts and their codes, wherever they are: those that a file has
 * sealed are read as they are asked for.
 */
#ifndef KPI_STORE_NAMES_H
#define KPI_STORE_NAMES_H

#include "store/db.h"
#include "store/state.h"

/* What all who are erased print as. */
#define KPI__ERASED "(erased)"

/* The text of a code that a snapshot has shown, valid while it lives; NULL:
 * it is erased. KPI_EIO, KPI_ECORRUPT, KPI_ENOMEM. */
kpi_status kpi__names_text(kpi_store *store, uint32_t dictionary, uint32_t code,
    const char **out, kpi_error *error) KPI_MUST_CHECK;

/* The code of a text; 0 if it is not there. */
kpi_status kpi__names_find(const kpi__snapshot *snapshot, uint32_t dictionary,
    const char *text, size_t size, uint32_t *code,
    kpi_error *error) KPI_MUST_CHECK;

/* The same for the writer, in the newest state. */
kpi_status kpi__names_find_newest(kpi_store *store, uint32_t dictionary,
    const char *text, size_t size, uint32_t *code,
    kpi_error *error) KPI_MUST_CHECK;

/* The hash of an id, whose source has a code that is not erased. */
kpi_status kpi__names_id_hash(kpi_store *store, int64_t source, const char *id,
    size_t size, uint64_t *hash, kpi_error *error) KPI_MUST_CHECK;

/* The sealed page `number`, from 0, as a transaction shows it; the caller
 * frees it. */
kpi_status kpi__names_read_page(kpi_store *store, kpi__db *db,
    uint32_t dictionary, uint32_t number, kpi__text_page **out,
    kpi_error *error) KPI_MUST_CHECK;

/* Gives back what many lookups have needed; the write lock is held. */
void kpi__names_give_back(kpi_store *store);
/* The same when a snapshot is released, if no text can be in use. */
void kpi__names_forget(kpi_store *store);

#endif
