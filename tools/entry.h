/* SPDX-License-Identifier: MIT */
/* entry.h - one line of the catalogue, in each format. */
#ifndef KPI_TOOL_ENTRY_H
#define KPI_TOOL_ENTRY_H

#include <kpi.h>

/* In full, a line an item; of a metric also its parameters and presets. */
void entry_text(int32_t table, const kpi_entry *e);

void entry_csv_header(void);
void entry_csv(const char *table, const kpi_entry *e);
void entry_json(const char *table, const kpi_entry *e);

#endif
