/* SPDX-License-Identifier: MIT */
/* calendar.h - calendars as entries of the ledger: the key is the queue, the
 * body time zone and hours. */
#ifndef KPI_STORE_CALENDAR_H
#define KPI_STORE_CALENDAR_H

#include <kpi/calendar.h>

#include "store/ledger.h"

/* Appends a checked one to `out` and says what it is; one without hours has no
 * body. The bytes are those of `out` once all is put. */
void kpi__calendar_put(
    kpi__buffer *out, kpi__ledger_entry *entry, const kpi_calendar *calendar);

/* The texts are those of `entry`. What has no body has no hours. */
void kpi__calendar_read(const kpi__ledger_entry *entry, kpi_calendar *calendar);

/* Whether its texts are there; whether the hours are any, their reader says. */
int kpi__calendar_is_whole(const kpi__ledger_entry *entry);

#endif
