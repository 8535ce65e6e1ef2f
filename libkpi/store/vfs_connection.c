/* SPDX-License-Identifier: MIT */
/* What a connection asks of its file: to be laid out, and what was bad. */
#include <stdio.h>

#include "base/error.h"
#include "store/page_sum.h"
#include "store/vfs.h"
#include "store/vfs_file.h"

static kpi_status
check_header(sqlite3_file *file, kpi_error *error)
{
	unsigned char header[KPI__PAGE_HEADER_SIZE];
	sqlite3_int64 size;
	int rc;

	rc = file->pMethods->xFileSize(file, &size);
	if (rc == SQLITE_OK && size == 0)
		return KPI_OK;
	if (rc == SQLITE_OK)
		rc = file->pMethods->xRead(file, header, sizeof(header), 0);
	if (rc == SQLITE_IOERR_SHORT_READ ||
	    (rc == SQLITE_OK && !kpi__page_header_known(header)))
		return kpi__fail(
		    error, KPI_ECORRUPT, "the file does not begin as a store");
	if (rc != SQLITE_OK) {
		(void)kpi__fail(
		    error, KPI_EIO, "the file's header cannot be read");
		kpi__error_system(error, rc);
		return KPI_EIO;
	}
	if (kpi__page_size_told(header) == 0)
		return kpi__fail(error, KPI_ECORRUPT,
		    "the file is not a store: its pages carry no sums");
	return KPI_OK;
}

/* The page size first: to set it forgets the reserve that was wished for. */
kpi_status
kpi__vfs_prepare(sqlite3 *db, kpi_error *error)
{
	sqlite3_file *file = NULL;
	kpi_status status;
	char sql[48];
	int reserve = KPI__PAGE_SUM_SIZE, rc;

	rc = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
	if (rc != SQLITE_OK || file == NULL || file->pMethods == NULL)
		return kpi__fail(error, KPI_EIO, "the file is not open");
	if ((status = check_header(file, error)) != KPI_OK)
		return status;

	(void)snprintf(sql, sizeof(sql), "PRAGMA page_size=%d", KPI__PAGE_SIZE);
	rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_file_control(
		    db, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
	if (rc == SQLITE_OK)
		return KPI_OK;
	status = rc == SQLITE_NOMEM ? KPI_ENOMEM : KPI_EIO;
	(void)kpi__fail(error, status, "the file's pages cannot be laid out");
	kpi__error_system(error, rc);
	return status;
}

static kpi__bad
last_bad(sqlite3 *db)
{
	kpi__bad bad = { 0, KPI__BAD_NOTHING };

	(void)sqlite3_file_control(db, "main", KPI__FCNTL_BAD, &bad);
	return bad;
}

void
kpi__vfs_bad_place(sqlite3 *db, char *text, size_t room)
{
	const kpi__bad bad = last_bad(db);
	const long long number = bad.number;

	switch (bad.kind) {
	case KPI__BAD_PAGE:
		(void)snprintf(text, room, "page %lld of the file", number);
		break;
	case KPI__BAD_LOG_PAGE:
		(void)snprintf(text, room, "page %lld in the log", number);
		break;
	case KPI__BAD_LOG_FRAME:
		(void)snprintf(text, room, "frame %lld of the log", number);
		break;
	case KPI__BAD_LOG_HEADER:
		(void)snprintf(text, room, "the log's header");
		break;
	default:
		(void)snprintf(text, room, "%s", "");
	}
}
