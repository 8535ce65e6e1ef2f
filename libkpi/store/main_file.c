/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "store/page_sum.h"
#include "store/vfs_file.h"

#define AT_PAGE_COUNT 28

static int
is_empty(kpi__file *f)
{
	sqlite3_int64 size = 0;

	return f->real->pMethods->xFileSize(f->real, &size) == SQLITE_OK &&
	    size == 0;
}

/* SQLITE_IOERR_SHORT_READ: the file is empty. */
static int
learn_page_size(kpi__file *f)
{
	unsigned char header[KPI__PAGE_HEADER_SIZE];
	int rc;

	if (f->page_size != 0)
		return SQLITE_OK;

	rc = kpi__real_read(f, header, sizeof(header), 0);
	if (rc == SQLITE_IOERR_SHORT_READ)
		return is_empty(f) ? rc : kpi__file_refuse(f, KPI__BAD_PAGE, 1);
	if (rc != SQLITE_OK)
		return rc;
	if ((f->page_size = kpi__page_size_told(header)) == 0)
		return kpi__file_refuse(f, KPI__BAD_PAGE, 1);
	return SQLITE_OK;
}

/*
 * SQLite takes what is beyond the file's end for zeros. It may look there for
 * pages of a transaction that it is undoing, but for a page that the file
 * counts as its own it is a file that has been cut.
 */
static int
judge_short_read(kpi__file *f, int64_t number)
{
	unsigned char header[KPI__PAGE_HEADER_SIZE];
	int rc;

	rc = kpi__real_read(f, header, sizeof(header), 0);
	if (rc != SQLITE_OK)
		return rc;
	if (number <= kpi__page_get32(header + AT_PAGE_COUNT))
		return kpi__file_refuse(f, KPI__BAD_PAGE, number);
	return SQLITE_IOERR_SHORT_READ;
}

static int
read_page(kpi__file *f, unsigned char *page, int64_t number)
{
	const size_t size = f->page_size;
	int rc;

	rc = kpi__real_read(f, page, size, (number - 1) * (int64_t)size);
	if (rc == SQLITE_IOERR_SHORT_READ)
		return judge_short_read(f, number);
	if (rc != SQLITE_OK)
		return rc;
	if (!kpi__page_sum_holds(page, size, number))
		return kpi__file_refuse(f, KPI__BAD_PAGE, number);
	return SQLITE_OK;
}

/* `size` bytes from `inside` the page on; zeros if they are not there. */
static int
read_part(kpi__file *f, void *to, size_t size, size_t inside, int64_t number)
{
	unsigned char *page;
	int rc;

	if (size == f->page_size)
		return read_page(f, to, number);

	memset(to, 0, size);
	if ((page = kpi__file_scratch(f, f->page_size)) == NULL)
		return SQLITE_IOERR_NOMEM;
	rc = read_page(f, page, number);
	if (rc == SQLITE_OK || rc == SQLITE_IOERR_SHORT_READ)
		memcpy(to, page + inside, size);
	return rc;
}

/*
 * The file's header alone is not checked: SQLite takes no more than a hint
 * from it, and looks at page 1 when it means it. A checkpoint cut short by
 * a power cut may have left that page torn, to be had whole from the log.
 */
int
kpi__main_read(sqlite3_file *file, void *to, int size, sqlite3_int64 at)
{
	kpi__file *const f = (kpi__file *)file;
	unsigned char *p = to;
	size_t left = (size_t)size;
	int rc;

	if (at + size <= KPI__PAGE_HEADER_SIZE)
		return kpi__real_read(f, to, left, at);

	rc = learn_page_size(f);
	while (rc == SQLITE_OK && left > 0) {
		const size_t inside = (size_t)(at % f->page_size);
		const size_t rest = f->page_size - inside;
		const size_t part = left < rest ? left : rest;

		rc = read_part(f, p, part, inside, at / f->page_size + 1);
		p += part;
		left -= part;
		at += (sqlite3_int64)part;
	}
	memset(p, 0, left);
	return rc;
}

/* A page without room for the sum must not lose its last bytes to it. */
static int
accept_header(kpi__file *f, const unsigned char *page, size_t size)
{
	if (kpi__page_size_told(page) != size)
		return SQLITE_IOERR_WRITE;
	f->page_size = (uint32_t)size;
	return SQLITE_OK;
}

/* SQLite's page is not ours to change: the sum goes into a copy. */
int
kpi__main_write(
    sqlite3_file *file, const void *from, int size, sqlite3_int64 at)
{
	kpi__file *const f = (kpi__file *)file;
	unsigned char *page;
	int rc;

	if (!kpi__page_size_valid(size) || at % size != 0)
		return SQLITE_IOERR_WRITE;
	if (at == 0 && (rc = accept_header(f, from, (size_t)size)) != SQLITE_OK)
		return rc;

	if ((page = kpi__file_scratch(f, (size_t)size)) == NULL)
		return SQLITE_IOERR_NOMEM;
	memcpy(page, from, (size_t)size);
	kpi__page_sum_put(page, (size_t)size, at / size + 1);
	return kpi__real_write(f, page, (size_t)size, at);
}
