/* SPDX-License-Identifier: MIT */
/* path.h - paths as SQLite is given them: it reads more than names of files. */
#ifndef KPI_STORE_PATH_H
#define KPI_STORE_PATH_H

#include <kpi/base.h>

#define KPI__PATH_ROOM 4096
#define KPI__URI_ROOM  (3 * KPI__PATH_ROOM + 32)

/*
 * The full name, in KPI__PATH_ROOM bytes, of the file that SQLite opens for
 * `path` taken to the letter: it begins with a slash, so that neither "file:"
 * nor ":memory:" is more than a name, and is the same in every directory.
 * KPI_EINVAL: empty or too long; KPI_ENOTFOUND: it leads nowhere; KPI_ENOTSUP.
 */
kpi_status kpi__path_full(
    char *out, const char *path, kpi_error *error) KPI_MUST_CHECK;

/* The URI, in KPI__URI_ROOM bytes, of a file that nobody changes. */
void kpi__path_uri(char *out, const char *full);

#endif
