/* SPDX-License-Identifier: MIT */
/* read.h - values, ids and whole interactions out of versions. */
#ifndef KPI_STORE_READ_H
#define KPI_STORE_READ_H

#include "store/state.h"

/* A field of a chunk, pinned until kpi__chunk_unpin(); NULL and KPI_OK if the
 * chunk has none. */
kpi_status kpi__chunk_pin(kpi_store *store, kpi__chunk *chunk, uint32_t number,
    kpi__item **out, kpi_error *error) KPI_MUST_CHECK;
void kpi__chunk_unpin(kpi_store *store, kpi__chunk *chunk, kpi__item *item);

/* As kpi__snapshot_pin(). */
kpi_status kpi__version_pin(kpi_store *store, const kpi__version *version,
    const kpi__field *field, const kpi__column **out,
    kpi_error *error) KPI_MUST_CHECK;
/* As kpi__snapshot_pin_values(). */
kpi_status kpi__version_pin_values(kpi_store *store,
    const kpi__version *version, const kpi__field *field, uint32_t from,
    uint32_t until, const kpi__column **out, kpi_error *error) KPI_MUST_CHECK;
void kpi__version_unpin(kpi_store *store, const kpi__version *version,
    const kpi__field *field, const kpi__column *column);

/* The size of an id; 0: it has none. */
kpi_status kpi__version_id(kpi_store *store, const kpi__version *version,
    uint32_t interaction, char out[KPI_TEXT_MAX + 1], uint32_t *size,
    kpi_error *error) KPI_MUST_CHECK;

/* All but the id into `in`, which is initialised. */
kpi_status kpi__version_read(kpi_store *store, const kpi__version *version,
    uint32_t interaction, kpi__input *in, kpi_error *error) KPI_MUST_CHECK;

/* Finds known_from and latest of the living again. */
kpi_status kpi__version_know(
    kpi_store *store, kpi__version *version, kpi_error *error) KPI_MUST_CHECK;

/* Its ranges, when a chunk is made: all its columns are there. */
kpi_status kpi__chunk_know(
    kpi_store *store, kpi__chunk *chunk, kpi_error *error) KPI_MUST_CHECK;

/* The living interaction with this id; *found 0 if there is none.
 * `source` is a code. The writer's lookup asks its filter first. */
kpi_status kpi__snapshot_find(const kpi__snapshot *snapshot, uint32_t source,
    const char *id, uint32_t id_size, uint64_t hash, int by_writer,
    kpi__spot *spot, int *found, kpi_error *error) KPI_MUST_CHECK;

/* An interaction of `version` as a record; `names` shows the texts. */
kpi_status kpi__record_make(kpi_record **out, const kpi__snapshot *snapshot,
    const kpi__version *version, uint32_t interaction,
    kpi_error *error) KPI_MUST_CHECK;

#endif
