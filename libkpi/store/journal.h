/* SPDX-License-Identifier: MIT */
/*
 * journal.h - interactions of the tail as bytes in a file: what is known of
 * each, field by field.
 */
#ifndef KPI_STORE_JOURNAL_H
#define KPI_STORE_JOURNAL_H

#include "base/buffer.h"
#include "store/state.h"

/* Appends interaction `i` of a version of the tail to `out`, whose status
 * tells of failure. */
void kpi__journal_put(
    kpi__buffer *out, const kpi__version *version, uint32_t i);

/*
 * Reads the next one into `in`, which is initialised anew; its id points into
 * the reader's bytes, and its hash is not set. No code may be greater than
 * `codes` says. KPI_ECORRUPT, KPI_ENOMEM.
 */
kpi_status kpi__journal_get(kpi__reader *reader, kpi__input *in,
    const uint32_t *codes, kpi_error *error) KPI_MUST_CHECK;

#endif
