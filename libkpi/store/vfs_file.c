/* SPDX-License-Identifier: MIT */
#include "store/vfs_file.h"

/* SQLite 3.47 asks for parts of pages where this is set; 3.35 has no name. */
#define IOCAP_SUBPAGE_READ 0x00008000

static sqlite3_file *
real(sqlite3_file *file)
{
	return ((kpi__file *)file)->real;
}

unsigned char *
kpi__file_scratch(kpi__file *f, size_t size)
{
	if (f->scratch_size < size) {
		sqlite3_free(f->scratch);
		f->scratch = sqlite3_malloc64(size);
		f->scratch_size = f->scratch == NULL ? 0 : size;
	}
	return f->scratch;
}

int
kpi__file_refuse(kpi__file *f, int kind, int64_t number)
{
	f->main->bad = (kpi__bad){ .number = number, .kind = kind };
	return SQLITE_IOERR_DATA;
}

int
kpi__real_read(kpi__file *f, void *to, size_t size, int64_t at)
{
	return f->real->pMethods->xRead(f->real, to, (int)size, at);
}

int
kpi__real_write(kpi__file *f, const void *from, size_t size, int64_t at)
{
	return f->real->pMethods->xWrite(f->real, from, (int)size, at);
}

static int
file_close(sqlite3_file *file)
{
	kpi__file *const f = (kpi__file *)file;

	sqlite3_free(f->scratch);
	f->scratch = NULL;
	f->scratch_size = 0;
	return f->real->pMethods->xClose(f->real);
}

static int
file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	return real(file)->pMethods->xTruncate(real(file), size);
}

static int
file_sync(sqlite3_file *file, int flags)
{
	return real(file)->pMethods->xSync(real(file), flags);
}

static int
file_size(sqlite3_file *file, sqlite3_int64 *out)
{
	return real(file)->pMethods->xFileSize(real(file), out);
}

static int
file_lock(sqlite3_file *file, int level)
{
	return real(file)->pMethods->xLock(real(file), level);
}

static int
file_unlock(sqlite3_file *file, int level)
{
	return real(file)->pMethods->xUnlock(real(file), level);
}

static int
file_check_reserved(sqlite3_file *file, int *out)
{
	return real(file)->pMethods->xCheckReservedLock(real(file), out);
}

/* A mapped page would be read without us. */
static int
file_control(sqlite3_file *file, int op, void *arg)
{
	if (op == KPI__FCNTL_BAD) {
		*(kpi__bad *)arg = ((kpi__file *)file)->bad;
		return SQLITE_OK;
	}
	if (op == SQLITE_FCNTL_MMAP_SIZE) {
		*(sqlite3_int64 *)arg = 0;
		return SQLITE_OK;
	}
	return real(file)->pMethods->xFileControl(real(file), op, arg);
}

static int
file_sector_size(sqlite3_file *file)
{
	return real(file)->pMethods->xSectorSize(real(file));
}

/*
 * Without SQLITE_IOCAP_POWERSAFE_OVERWRITE (SQLite's own default) the log's
 * pages would be written in parts, and a sum needs a page whole.
 */
static int
file_characteristics(sqlite3_file *file)
{
	const int ours =
	    real(file)->pMethods->xDeviceCharacteristics(real(file));

	return (ours | SQLITE_IOCAP_POWERSAFE_OVERWRITE) & ~IOCAP_SUBPAGE_READ;
}

static int
file_shm_map(
    sqlite3_file *file, int region, int size, int extend, void volatile **out)
{
	return real(file)->pMethods->xShmMap(
	    real(file), region, size, extend, out);
}

static int
file_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
	return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}

static void
file_shm_barrier(sqlite3_file *file)
{
	real(file)->pMethods->xShmBarrier(real(file));
}

static int
file_shm_unmap(sqlite3_file *file, int remove)
{
	return real(file)->pMethods->xShmUnmap(real(file), remove);
}

/* Version 2: the third has memory mapping. */
#define METHODS(read, write)                                                   \
	{                                                                      \
		.iVersion = 2, .xClose = file_close, .xRead = read,            \
		.xWrite = write, .xTruncate = file_truncate,                   \
		.xSync = file_sync, .xFileSize = file_size,                    \
		.xLock = file_lock, .xUnlock = file_unlock,                    \
		.xCheckReservedLock = file_check_reserved,                     \
		.xFileControl = file_control, .xSectorSize = file_sector_size, \
		.xDeviceCharacteristics = file_characteristics,                \
		.xShmMap = file_shm_map, .xShmLock = file_shm_lock,            \
		.xShmBarrier = file_shm_barrier, .xShmUnmap = file_shm_unmap   \
	}

const sqlite3_io_methods kpi__main_methods =
    METHODS(kpi__main_read, kpi__main_write);
const sqlite3_io_methods kpi__log_methods =
    METHODS(kpi__log_read, kpi__log_write);
