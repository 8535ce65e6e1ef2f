/* SPDX-License-Identifier: MIT */
/* load.h - the rows as columns that a store takes. */
#ifndef BENCH_LOAD_H
#define BENCH_LOAD_H

#include <kpi.h>

#include "rows.h"

enum { LOADED_COLUMNS = 20 };

typedef struct loaded {
	uint32_t rows;
	kpi_column column[LOADED_COLUMNS];
	uint32_t count;
	void *owned[LOADED_COLUMNS * 2 + 2];
	uint32_t owned_count;
} loaded;

/* Texts of ids, names and dictionaries are made here, not while a store is
 * filled. 0: no memory. The rows are read by what is made. */
int loaded_make(loaded *l, const rows *r);
void loaded_free(loaded *l);

/* Opens a new store, in memory or (path) in a file, which is removed before,
 * and adds all rows; ends the program if that fails. */
kpi_store *loaded_store(const loaded *l, const char *path, uint64_t memory);

#endif
