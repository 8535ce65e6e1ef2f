/* SPDX-License-Identifier: MIT */
/* expense.h - expenses as entries of the ledger: the key is source and id, or
 * none without an id. */
#ifndef KPI_STORE_EXPENSE_H
#define KPI_STORE_EXPENSE_H

#include <kpi/ledger.h>

#include "store/ledger.h"

/* Appends a checked one to `out` and says what it is; one that ends as it
 * begins has no body. The bytes are those of `out` once all is put. */
void kpi__expense_put(
    kpi__buffer *out, kpi__ledger_entry *entry, const kpi_expense *expense);

/* The texts are those of `entry`. What has no body has no span. */
void kpi__expense_read(const kpi__ledger_entry *entry, kpi_expense *expense);

int kpi__expense_is_whole(const kpi__ledger_entry *entry);

/* Whether an expense may name one of such a dimension, KPI_BY_. */
int kpi__expense_takes(int64_t by);

#endif
