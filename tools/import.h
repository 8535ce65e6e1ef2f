/* SPDX-License-Identifier: MIT */
/* import.h - the files that kpi import reads. */
#ifndef KPI_TOOL_IMPORT_H
#define KPI_TOOL_IMPORT_H

#include "tool.h"

/* Standard input's, on a command line. */
int import_is_input(const char *file);

/* What the library and its user call it. */
const char *import_path(const char *file);
const char *import_name(const char *file);

/* Whether an option says that files are CSV. */
int import_wants_csv(const struct arguments *a);

/* Reads a CSV by the options of --map and so on. Returns DONE or has
 * complained. */
int import_csv(kpi_store *store, const char *file, const struct arguments *a);

/* Reads the files of --roster and --expenses, each as a whole or not at all.
 * Returns DONE or has complained. */
int import_ledgers(kpi_store *store, const struct arguments *a);
int import_has_ledgers(const struct arguments *a);

/* Prints what came of it; `zone` is that of times without an offset. */
void import_csv_report(
    const char *name, const char *zone, const kpi_csv_report *r);

#endif
