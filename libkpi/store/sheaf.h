/* SPDX-License-Identifier: MIT */
/*
 * sheaf.h - many interactions of the tail, written in one commit, by column:
 * what a chunk is in little, but in no order, and it goes with its tail. Who
 * reads decodes the columns that are asked for; who writes makes it a block.
 *
 * In a file: rows and the set of its fields (varints), the latest instant
 * (signed), of each anchor in the order of kpi__anchor and then of surveys
 * a byte, 1 if there is an instant, and then the least and greatest (signed);
 * then the pieces (store/blob.h), each with its size in 32 bits before it:
 * where an interaction has more rows than one, how many each has; of each
 * field, lowest number first. Their chunk is 0.
 */
#ifndef KPI_STORE_SHEAF_H
#define KPI_STORE_SHEAF_H

#include "base/buffer.h"
#include "store/state.h"

/* Fewer are written one by one. */
uint32_t kpi__sheaf_least(const kpi_store *store);

/* Appends interactions [begin, until) of a block. KPI_ENOMEM. */
kpi_status kpi__sheaf_put(kpi__buffer *out, kpi_store *store,
    const kpi__version *block, uint32_t begin, uint32_t until,
    kpi_error *error) KPI_MUST_CHECK;

/* A version of the `count` interactions that the rest of the reader's bytes
 * are said to have; they are copied. KPI_ECORRUPT, KPI_ENOMEM. */
kpi_status kpi__sheaf_open(kpi__version **out, kpi_store *store,
    kpi__reader *reader, int64_t count, const uint32_t *codes,
    kpi_error *error) KPI_MUST_CHECK;

typedef struct kpi__sheaf kpi__sheaf;
void kpi__sheaf_free(
    kpi__sheaf *sheaf, const kpi_allocator *allocator); /* accepts NULL */

/* As kpi__disk_fetch(). */
kpi_status kpi__sheaf_fetch(const kpi__chunk *chunk, uint32_t number,
    kpi__item **out, kpi_error *error) KPI_MUST_CHECK;

/* Puts the run that finds its ids with a sheaf, if it is not there yet; the
 * lookup lock is held. */
kpi_status kpi__sheaf_need_run(kpi_store *store, const kpi__version *sheaf,
    kpi_error *error) KPI_MUST_CHECK;

/* Makes blocks of all sheaves of the present state, for a writer; the write
 * lock is held. */
kpi_status kpi__sheaves_spread(
    kpi_store *store, kpi_error *error) KPI_MUST_CHECK;

#endif
