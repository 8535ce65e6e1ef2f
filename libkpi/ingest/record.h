/* SPDX-License-Identifier: MIT */
/* record.h - interactions as records: read, added, merged. */
#ifndef KPI_INGEST_RECORD_H
#define KPI_INGEST_RECORD_H

#include "store/draft.h"

/*
 * Reads the caller's record into `in`, which is initialised: every value in
 * its range, texts as codes. The id stays the caller's. in->rows is 0 where
 * no visit is given. KPI_EINVAL, KPI_ENOTSUP, KPI_ENOMEM.
 */
kpi_status kpi__record_read(kpi_store *store, kpi__input *in,
    const kpi_interaction *theirs, kpi_error *error) KPI_MUST_CHECK;

/* Sets in->id and its hash; `source` is the text of the source's code. */
void kpi__record_set_id(kpi__input *in, const char *source,
    size_t source_size, const char *id, size_t size);

/* Adds what was read, or updates by it, as `if_exists` says. */
kpi_status kpi__record_put(kpi__snapshot *draft, kpi__input *in,
    int32_t if_exists, kpi_error *error) KPI_MUST_CHECK;

#endif
