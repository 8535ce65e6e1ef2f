/* SPDX-License-Identifier: MIT */
/* ledger.h - records into the ledger of a store, and those that it has. */
#ifndef KPI_INGEST_LEDGER_H
#define KPI_INGEST_LEDGER_H

#include "store/entries.h"

/* "" becomes the unknown. KPI_EINVAL names the text if it is too long or no
 * UTF-8. */
kpi_status kpi__ledger_check_text(
    const char **text, const char *name, kpi_error *error) KPI_MUST_CHECK;

/* A write of its own, or a part of the batch. `out` has the bytes of `entry`,
 * and is freed. */
kpi_status kpi__ledger_write(kpi_store *store, kpi__buffer *out,
    const kpi__ledger_entry *entry, kpi_error *error) KPI_MUST_CHECK;

/* Shows the entries of a kind that hold, in the order that compare() gives to
 * pointers to them, else of adding. KPI_ESTOPPED: show() was not 0. */
kpi_status kpi__ledger_list(kpi_store *store, uint32_t kind,
    int (*compare)(const void *a, const void *b, const void *unused),
    int (*show)(void *ctx, const kpi__ledger_entry *entry), void *ctx,
    kpi_error *error) KPI_MUST_CHECK;

/* As strcmp(), the unknown first. */
int kpi__ledger_compare_texts(const char *a, const char *b);
int kpi__ledger_compare_integers(int64_t a, int64_t b);

#endif
