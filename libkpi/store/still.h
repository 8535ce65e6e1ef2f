/* SPDX-License-Identifier: MIT */
/*
 * still.h - reading a file in a place where nothing can be written.
 *
 * SQLite makes a file of shared memory beside the store even to read it.
 * Where it may not, a store that its writer has closed can be read as it
 * lies, as long as nobody writes into it again, which is looked for.
 */
#ifndef KPI_STORE_STILL_H
#define KPI_STORE_STILL_H

#include <kpi/base.h>

typedef struct kpi__still {
	int64_t device, inode, size, changed_s, changed_ns;
} kpi__still;

/* Whether SQLite's `code` is what it says where it may not write. */
int kpi__still_wanted(int32_t code);

/*
 * Notes how the file `path` lies there. KPI_EIO if it may not be read, or if
 * its log has something that is not in it yet.
 */
kpi_status kpi__still_begin(
    kpi__still *still, const char *path, kpi_error *error) KPI_MUST_CHECK;

/* KPI_EIO if the file has been written into since. */
kpi_status kpi__still_holds(
    const kpi__still *still, const char *path, kpi_error *error) KPI_MUST_CHECK;

#endif
