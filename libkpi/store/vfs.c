/* SPDX-License-Identifier: MIT */
#include "store/vfs.h"

#include <pthread.h>
#include <string.h>

#include "store/vfs_file.h"

#define OLDEST_SQLITE 3035000

static sqlite3_vfs *
real(sqlite3_vfs *vfs)
{
	return vfs->pAppData;
}

static int
open_real(sqlite3_vfs *vfs, const char *name, kpi__file *f, int flags, int *out)
{
	int rc;

	rc = real(vfs)->xOpen(real(vfs), name, f->real, flags, out);
	if (rc != SQLITE_OK && f->real->pMethods != NULL)
		(void)f->real->pMethods->xClose(f->real);
	return rc;
}

static int
open_main(sqlite3_vfs *vfs, const char *name, kpi__file *f, int flags, int *out)
{
	int rc;

	if ((rc = open_real(vfs, name, f, flags, out)) != SQLITE_OK)
		return rc;
	if (f->real->pMethods->iVersion < 2) {
		(void)f->real->pMethods->xClose(f->real);
		return SQLITE_CANTOPEN;
	}
	f->base.pMethods = &kpi__main_methods;
	return SQLITE_OK;
}

/* SQLite gives the log's name in memory from which it finds the database. */
static int
open_log(sqlite3_vfs *vfs, const char *name, kpi__file *f, int flags, int *out)
{
	sqlite3_file *main;
	int rc;

	if ((rc = open_real(vfs, name, f, flags, out)) != SQLITE_OK)
		return rc;
	main = sqlite3_database_file_object(name);
	if (main->pMethods == &kpi__main_methods)
		f->main = (kpi__file *)main;
	f->base.pMethods = &kpi__log_methods;
	return SQLITE_OK;
}

/* Journals and temporary files are the default layer's alone. */
static int
vfs_open(
    sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
	kpi__file *const f = (kpi__file *)file;

	if ((flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) == 0)
		return real(vfs)->xOpen(real(vfs), name, file, flags, out);

	memset(f, 0, KPI__FILE_SIZE);
	f->main = f;
	f->real = (sqlite3_file *)(void *)((char *)f + KPI__FILE_SIZE);
	if ((flags & SQLITE_OPEN_MAIN_DB) != 0)
		return open_main(vfs, name, f, flags, out);
	return open_log(vfs, name, f, flags, out);
}

static int
vfs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
	return real(vfs)->xDelete(real(vfs), name, sync);
}

static int
vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
	return real(vfs)->xAccess(real(vfs), name, flags, out);
}

static int
vfs_full_pathname(sqlite3_vfs *vfs, const char *name, int room, char *out)
{
	return real(vfs)->xFullPathname(real(vfs), name, room, out);
}

static void *
vfs_dl_open(sqlite3_vfs *vfs, const char *name)
{
	return real(vfs)->xDlOpen(real(vfs), name);
}

static void
vfs_dl_error(sqlite3_vfs *vfs, int room, char *out)
{
	real(vfs)->xDlError(real(vfs), room, out);
}

static void (*vfs_dl_sym(sqlite3_vfs *vfs, void *library, const char *symbol))(
    void)
{
	return real(vfs)->xDlSym(real(vfs), library, symbol);
}

static void
vfs_dl_close(sqlite3_vfs *vfs, void *library)
{
	real(vfs)->xDlClose(real(vfs), library);
}

static int
vfs_randomness(sqlite3_vfs *vfs, int size, char *out)
{
	return real(vfs)->xRandomness(real(vfs), size, out);
}

static int
vfs_sleep(sqlite3_vfs *vfs, int microseconds)
{
	return real(vfs)->xSleep(real(vfs), microseconds);
}

static int
vfs_current_time(sqlite3_vfs *vfs, double *out)
{
	return real(vfs)->xCurrentTime(real(vfs), out);
}

static int
vfs_last_error(sqlite3_vfs *vfs, int room, char *out)
{
	return real(vfs)->xGetLastError(real(vfs), room, out);
}

static int
vfs_current_time_int64(sqlite3_vfs *vfs, sqlite3_int64 *out)
{
	return real(vfs)->xCurrentTimeInt64(real(vfs), out);
}

static sqlite3_vfs ours = {
	.zName = KPI__VFS_NAME,
	.xOpen = vfs_open,
	.xDelete = vfs_delete,
	.xAccess = vfs_access,
	.xFullPathname = vfs_full_pathname,
	.xDlOpen = vfs_dl_open,
	.xDlError = vfs_dl_error,
	.xDlSym = vfs_dl_sym,
	.xDlClose = vfs_dl_close,
	.xRandomness = vfs_randomness,
	.xSleep = vfs_sleep,
	.xCurrentTime = vfs_current_time,
	.xGetLastError = vfs_last_error,
	.xCurrentTimeInt64 = vfs_current_time_int64,
};

/* The layer below stays the one that was the default the first time. */
static kpi_status
register_ours(void)
{
	sqlite3_vfs *below;

	if (sqlite3_vfs_find(KPI__VFS_NAME) == &ours)
		return KPI_OK;
	if (ours.pAppData == NULL) {
		if ((below = sqlite3_vfs_find(NULL)) == NULL)
			return KPI_ENOTSUP;
		ours.iVersion = below->iVersion < 2 ? 1 : 2;
		ours.szOsFile = (int)KPI__FILE_SIZE + below->szOsFile;
		ours.mxPathname = below->mxPathname;
		ours.pAppData = below;
	}
	return sqlite3_vfs_register(&ours, 0) == SQLITE_OK ? KPI_OK
							   : KPI_ENOMEM;
}

kpi_status
kpi__vfs_register(void)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	kpi_status status;

	if (sqlite3_libversion_number() < OLDEST_SQLITE ||
	    !sqlite3_threadsafe())
		return KPI_ENOTSUP;
	if (sqlite3_initialize() != SQLITE_OK)
		return KPI_ENOMEM;

	(void)pthread_mutex_lock(&lock);
	status = register_ours();
	(void)pthread_mutex_unlock(&lock);
	return status;
}
