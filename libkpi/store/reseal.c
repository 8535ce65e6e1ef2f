/* SPDX-License-Identifier: MIT */
#include <errno.h>

#include "base/error.h"
#include "store/page_sum.h"
#include "store/path.h"
#include "store/vfs.h"

/* SQLite's locks lie on this byte, and no page with it is ever used. */
#define LOCK_BYTE 0x40000000

typedef struct {
	sqlite3 *db;
	sqlite3_file *file;
	uint32_t page_size;
	int64_t pages;
	unsigned char *page;
} sealing;

static kpi_status
fail(kpi_error *error, int rc, const char *doing)
{
	kpi_status status = KPI_EIO;

	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		status = KPI_EBUSY;
		break;
	case SQLITE_NOMEM:
		status = KPI_ENOMEM;
		break;
	case SQLITE_READONLY:
		status = KPI_EREADONLY;
		break;
	case SQLITE_FULL:
		status = KPI_EFULL;
		break;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		status = KPI_ECORRUPT;
		break;
	}
	if (rc == SQLITE_IOERR_NOMEM)
		status = KPI_ENOMEM;
	(void)kpi__fail(error, status, "%s: %s", doing, sqlite3_errstr(rc));
	kpi__error_system(error, rc);
	return status;
}

/*
 * The whole file to ourselves, with nothing left in its log. The second line
 * takes the lock that the first one makes lasting, whatever the journal mode.
 */
static int
seize(sqlite3 *db)
{
	int rc, in_log = 0;

	rc = sqlite3_exec(db,
	    "PRAGMA locking_mode=EXCLUSIVE;"
	    "BEGIN EXCLUSIVE; COMMIT",
	    NULL, NULL, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_wal_checkpoint_v2(
		    db, "main", SQLITE_CHECKPOINT_TRUNCATE, &in_log, NULL);
	return rc == SQLITE_OK && in_log > 0 ? SQLITE_BUSY : rc;
}

static kpi_status
measure(sealing *s, kpi_error *error)
{
	unsigned char header[KPI__PAGE_HEADER_SIZE];
	sqlite3_int64 size;
	int rc;

	rc = sqlite3_file_control(
	    s->db, "main", SQLITE_FCNTL_FILE_POINTER, &s->file);
	if (rc == SQLITE_OK)
		rc = s->file->pMethods->xFileSize(s->file, &size);
	if (rc == SQLITE_OK)
		rc = s->file->pMethods->xRead(
		    s->file, header, sizeof(header), 0);
	if (rc == SQLITE_IOERR_SHORT_READ)
		rc = SQLITE_NOTADB;
	if (rc != SQLITE_OK)
		return fail(error, rc, "the file's header cannot be read");
	if ((s->page_size = kpi__page_size_told(header)) == 0)
		return kpi__fail(error, KPI_ECORRUPT,
		    "the file is not a store: its pages have no room for sums");
	s->pages = size / s->page_size;
	return KPI_OK;
}

/* Only the sum is written, and only where it is another one. */
static int
seal_page(const sealing *s, int64_t number)
{
	const size_t size = s->page_size;
	const int64_t end = number * (int64_t)size;
	int rc;

	rc = s->file->pMethods->xRead(
	    s->file, s->page, (int)size, end - (int64_t)size);
	if (rc != SQLITE_OK || kpi__page_sum_holds(s->page, size, number))
		return rc;
	kpi__page_sum_put(s->page, size, number);
	return s->file->pMethods->xWrite(s->file,
	    s->page + size - KPI__PAGE_SUM_SIZE, KPI__PAGE_SUM_SIZE,
	    end - KPI__PAGE_SUM_SIZE);
}

static kpi_status
seal_pages(sealing *s, kpi_error *error)
{
	const int64_t unused = LOCK_BYTE / (int64_t)s->page_size + 1;
	int rc = SQLITE_OK;

	if ((s->page = sqlite3_malloc64(s->page_size)) == NULL)
		return fail(error, SQLITE_NOMEM, "a page cannot be read");
	for (int64_t i = 1; i <= s->pages && rc == SQLITE_OK; i++)
		if (i != unused)
			rc = seal_page(s, i);
	sqlite3_free(s->page);
	if (rc == SQLITE_OK)
		rc = s->file->pMethods->xSync(s->file, SQLITE_SYNC_FULL);
	return rc == SQLITE_OK ? KPI_OK
			       : fail(error, rc, "a sum cannot be written");
}

static kpi_status
reseal(sealing *s, kpi_error *error)
{
	kpi_status status;
	int rc;

	if ((rc = seize(s->db)) != SQLITE_OK)
		return fail(error, rc, "the file cannot be had alone");
	if ((status = measure(s, error)) != KPI_OK)
		return status;
	return seal_pages(s, error);
}

/* Through SQLite's default layer, which asks for no sums. */
kpi_status
kpi__vfs_reseal(const char *path, kpi_error *error)
{
	sealing s = { 0 };
	char full[KPI__PATH_ROOM];
	kpi_status status = kpi__path_full(full, path, error);
	int rc, code;

	if (status != KPI_OK)
		return status;
	rc = sqlite3_open_v2(full, &s.db, SQLITE_OPEN_READWRITE, NULL);
	code = sqlite3_system_errno(s.db);
	if (rc == SQLITE_OK)
		status = reseal(&s, error);
	else if (code == ENOENT || code == ENOTDIR)
		status =
		    kpi__fail(error, KPI_ENOTFOUND, "there is no such file");
	else
		status = fail(error, rc, "the file cannot be opened");
	(void)sqlite3_close(s.db);
	return status;
}
