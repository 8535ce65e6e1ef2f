/* SPDX-License-Identifier: MIT */
/*
 * vfs.h - the file system layer that ends every page of a store in a sum of
 * its place and content, and refuses a page whose sum does not hold.
 *
 * It lies over SQLite's default layer, never becomes the default itself, and
 * is the only state that belongs to the process. What it refuses comes back
 * from SQLite as SQLITE_IOERR_DATA. Pages in the write-ahead log carry the
 * same sum, and the log stays one that any SQLite can recover.
 *
 * Connections must write with synchronous=FULL (or EXTRA). Then a bad frame
 * in the log with a later transaction behind it is damage, not a write that
 * a power cut tore, and recovery refuses it instead of dropping what follows.
 *
 * Not found: a whole page, or a whole frame of a live log, that is an older
 * one of the same number; damage in the log's last transaction before a
 * recovery, which nothing tells from a torn write.
 */
#ifndef KPI_STORE_VFS_H
#define KPI_STORE_VFS_H

#include <sqlite3.h>

#include <kpi/base.h>

#define KPI__VFS_NAME  "kpi"
#define KPI__PAGE_SIZE 4096

/*
 * Makes the name known to SQLite; again and from any thread does no harm.
 * KPI_ENOTSUP if SQLite is older than 3.35 or built without threads;
 * KPI_ENOMEM.
 */
kpi_status kpi__vfs_register(void) KPI_MUST_CHECK;

/*
 * To be called once on a connection just opened with KPI__VFS_NAME, before
 * anything is asked of it: gives a new file its page size and the 8 bytes at
 * the end of its pages. KPI_ECORRUPT if the file is there and not ours: no
 * SQLite file, or one whose pages have no room for sums. KPI_EIO.
 */
kpi_status kpi__vfs_prepare(sqlite3 *db, kpi_error *error) KPI_MUST_CHECK;

/*
 * What the connection refused last, such as "page 17 of the file" or "page 5
 * in the log"; "" if nothing was. `room` of 64 is enough; always terminated.
 */
void kpi__vfs_bad_place(sqlite3 *db, char *text, size_t room);

/*
 * Accepts a closed file as it is: moves what is in its log into it, and gives
 * every page the sum of what it holds now. KPI_EBUSY if somebody has it open;
 * KPI_ENOTFOUND if it is not there; KPI_ECORRUPT if it is no SQLite file or
 * its pages have no room for sums; KPI_EREADONLY, KPI_EFULL, KPI_EIO,
 * KPI_ENOMEM. Sums are written one by one: what a failure has left undone is
 * done by calling again.
 */
kpi_status kpi__vfs_reseal(const char *path, kpi_error *error) KPI_MUST_CHECK;

#endif
