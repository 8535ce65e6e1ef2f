/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE   200809L
#define _FILE_OFFSET_BITS 64

#include "store/still.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/error.h"
#include "store/path.h"

int
kpi__still_wanted(int32_t code)
{
	const int kind = code & 0xff;

	return kind == SQLITE_CANTOPEN || kind == SQLITE_READONLY ||
	    kind == SQLITE_PERM;
}

static kpi_status
fail_system(kpi_error *error, int code)
{
	(void)kpi__fail(error, KPI_EIO, "the file cannot be read: %s",
	    code == EACCES ? "expected is one that you may read"
			   : "expected is one that is there");
	kpi__error_system(error, code);
	return KPI_EIO;
}

/* What is committed stands in the log first: it is there before the file
 * changes. */
static int
log_is_empty(const char *path)
{
	char log[KPI__PATH_ROOM + 4];
	struct stat st;

	(void)snprintf(log, sizeof(log), "%s-wal", path);
	if (stat(log, &st) != 0)
		return errno == ENOENT;
	return st.st_size == 0;
}

static int
look(kpi__still *still, const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return errno;
	still->device = (int64_t)st.st_dev;
	still->inode = (int64_t)st.st_ino;
	still->size = (int64_t)st.st_size;
	still->changed_s = (int64_t)st.st_mtim.tv_sec;
	still->changed_ns = (int64_t)st.st_mtim.tv_nsec;
	return 0;
}

kpi_status
kpi__still_begin(kpi__still *still, const char *path, kpi_error *error)
{
	int code = look(still, path);

	if (code == 0 && faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) != 0)
		code = errno;
	if (code != 0)
		return fail_system(error, code);
	if (!log_is_empty(path))
		return kpi__fail(error, KPI_EIO,
		    "the store cannot be read beside its log: expected is a "
		    "directory that can be written, or a store that its "
		    "writer has closed");
	return KPI_OK;
}

kpi_status
kpi__still_holds(const kpi__still *still, const char *path, kpi_error *error)
{
	kpi__still now = { 0, 0, 0, 0, 0 };
	const int code = look(&now, path);

	if (code != 0)
		return fail_system(error, code);
	if (now.device == still->device && now.inode == still->inode &&
	    now.size == still->size && now.changed_s == still->changed_s &&
	    now.changed_ns == still->changed_ns && log_is_empty(path))
		return KPI_OK;
	return kpi__fail(error, KPI_EIO,
	    "the store has been written into, which cannot be followed where "
	    "nothing can be written: open it again");
}
