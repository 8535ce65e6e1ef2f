/* SPDX-License-Identifier: MIT */
/* employment.h - employments as entries of the ledger: the key is agent, hire
 * and source, the body the leaving. */
#ifndef KPI_STORE_EMPLOYMENT_H
#define KPI_STORE_EMPLOYMENT_H

#include <kpi/ledger.h>

#include "store/ledger.h"

/* Appends a checked one to `out` and says what it is; one that ends as it
 * begins has no body. The bytes are those of `out` once all is put. */
void kpi__employment_put(kpi__buffer *out, kpi__ledger_entry *entry,
    const kpi_employment *employment);

/* The texts are those of `entry`. What has no body ends as it begins. */
void kpi__employment_read(
    const kpi__ledger_entry *entry, kpi_employment *employment);

int kpi__employment_is_whole(const kpi__ledger_entry *entry);

#endif
