/* SPDX-License-Identifier: MIT */
/* opened.h - one store that a test opens, in memory or in a file. */
#ifndef OPENED_H
#define OPENED_H

#include <kpi/store.h>

extern kpi_store *store;
extern kpi_error error;

/* Every test may run twice: in memory, and in a file. */
void open_store(int in_file, int32_t if_exists);
void close_store(void);
/* Of a store in a file. */
const char *opened_path(void);

kpi_store_info info(void);

/* An interaction of which nothing else is known. */
kpi_interaction call_of(const char *id);
void must_add(const kpi_interaction *call);
kpi_record *must_get(const char *source, const char *id);

#endif
