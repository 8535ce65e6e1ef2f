/* SPDX-License-Identifier: MIT */
/*
 * place.h - where a reader stands in its source, kept with the rows that came
 * of it, in one transaction.
 */
#ifndef KPI_STORE_PLACE_H
#define KPI_STORE_PLACE_H

#include <kpi/store.h>

#include "base/buffer.h"

/* Appends what was kept under `key` to `out`; nothing if there is none. In a
 * batch, what the batch has set. */
kpi_status kpi__store_place(kpi_store *store, const char *key, kpi__buffer *out,
    kpi_error *error) KPI_MUST_CHECK;

/* Keeps `size` bytes under `key`, with the batch that must be open
 * (KPI_EORDER). */
kpi_status kpi__store_set_place(kpi_store *store, const char *key,
    const void *bytes, size_t size, kpi_error *error) KPI_MUST_CHECK;

#endif
