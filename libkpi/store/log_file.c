/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "store/page_sum.h"
#include "store/vfs_file.h"

/* Where in the log an offset lies. */
typedef struct {
	kpi__log log;
	int64_t at;     /* of the frame's beginning */
	int64_t inside; /* from there to the offset */
	size_t size;    /* of a frame */
} place;

static int64_t
frame_number(const kpi__log *log, int64_t at)
{
	return (at - KPI__LOG_HEADER) / (KPI__LOG_FRAME + log->page_size) + 1;
}

/*
 * The header is read each time: another process may have begun the log anew,
 * and a read of 32 bytes is little beside that of a page.
 */
static int
locate(kpi__file *f, place *out, int64_t at)
{
	unsigned char header[KPI__LOG_HEADER];
	int rc;

	rc = kpi__real_read(f, header, sizeof(header), 0);
	if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ)
		return rc;
	if (rc != SQLITE_OK || !kpi__log_read_header(&out->log, header))
		return kpi__file_refuse(f, KPI__BAD_LOG_HEADER, 0);

	out->size = KPI__LOG_FRAME + (size_t)out->log.page_size;
	out->inside = (at - KPI__LOG_HEADER) % (int64_t)out->size;
	out->at = at - out->inside;
	return SQLITE_OK;
}

/* A frame that SQLite believes to be there is there, whole. */
static int
read_frame(kpi__file *f, unsigned char **out, const place *p)
{
	int64_t number;
	int rc;

	if ((*out = kpi__file_scratch(f, p->size)) == NULL)
		return SQLITE_IOERR_NOMEM;
	rc = kpi__real_read(f, *out, p->size, p->at);
	if (rc == SQLITE_IOERR_SHORT_READ)
		return kpi__file_refuse(
		    f, KPI__BAD_LOG_FRAME, frame_number(&p->log, p->at));
	if (rc != SQLITE_OK)
		return rc;

	number = kpi__log_frame_page(*out);
	if (!kpi__page_sum_holds(
		*out + KPI__LOG_FRAME, p->log.page_size, number))
		return kpi__file_refuse(f, KPI__BAD_LOG_PAGE, number);
	return SQLITE_OK;
}

static int
read_page(kpi__file *f, void *to, size_t size, const place *p)
{
	unsigned char *frame;
	int rc;

	if ((rc = read_frame(f, &frame, p)) == SQLITE_OK)
		memcpy(to, frame + p->inside, size);
	return rc;
}

/*
 * Whether a transaction stands behind the bad frame at p->at. Its frames
 * were written after an earlier one that is not before the bad frame had been
 * synced; so the bad frame was whole once. Frames left by a transaction that
 * was undone do not deceive: they do not follow the sums of what overwrote
 * them, and none of them ends a transaction. Uses the scratch page.
 */
static int
later_transaction(kpi__file *f, const place *p, int *found)
{
	unsigned char *const frame = kpi__file_scratch(f, p->size);
	unsigned char before[8] = { 0 };
	int ended = 0, rc, holds;
	int64_t at = p->at;

	*found = 0;
	if (frame == NULL)
		return SQLITE_IOERR_NOMEM;
	for (;; at += (int64_t)p->size) {
		rc = kpi__real_read(f, frame, p->size, at);
		if (rc == SQLITE_IOERR_SHORT_READ)
			return SQLITE_OK;
		if (rc != SQLITE_OK)
			return rc;

		holds = at == p->at
		    ? kpi__log_frame_salted(&p->log, frame)
		    : kpi__log_frame_holds(&p->log, frame, before);
		if (holds && ended)
			break;
		ended = holds && kpi__log_frame_commits(frame);
		memcpy(before, kpi__log_frame_sums(frame), sizeof(before));
	}
	*found = 1;
	return SQLITE_OK;
}

/*
 * SQLite's recovery reads the header, then frame after frame, and takes the
 * first bad one for the log's end. This goes along with it.
 */
static int
recover_frame(kpi__file *f, const unsigned char *frame, const place *p)
{
	int found, rc;

	if (f->recover_at != p->at)
		return SQLITE_OK;
	if (kpi__log_frame_holds(&p->log, frame, f->recover_sums)) {
		memcpy(f->recover_sums, kpi__log_frame_sums(frame), 8);
		f->recover_at += (int64_t)p->size;
		return SQLITE_OK;
	}

	rc = later_transaction(f, p, &found);
	if (rc == SQLITE_OK && found)
		rc = kpi__file_refuse(
		    f, KPI__BAD_LOG_FRAME, frame_number(&p->log, p->at));
	return rc;
}

/*
 * SQLite takes a log with a bad header for an empty one. But a header is
 * smaller than what a disk writes at once, and synced before any frame: it
 * is whole, or nothing but zeros, or damaged.
 */
static int
recover_header(kpi__file *f, const unsigned char *header)
{
	static const unsigned char nothing[KPI__LOG_HEADER];
	kpi__log log;

	f->recover_at = 0;
	if (memcmp(header, nothing, sizeof(nothing)) == 0)
		return SQLITE_OK;
	if (!kpi__log_read_header(&log, header))
		return kpi__file_refuse(f, KPI__BAD_LOG_HEADER, 0);
	f->recover_at = KPI__LOG_HEADER;
	memcpy(f->recover_sums, log.sums, sizeof(f->recover_sums));
	return SQLITE_OK;
}

int
kpi__log_read(sqlite3_file *file, void *to, int size, sqlite3_int64 at)
{
	kpi__file *const f = (kpi__file *)file;
	place p;
	int rc;

	if (at + size <= KPI__LOG_HEADER) {
		rc = kpi__real_read(f, to, (size_t)size, at);
		if (rc == SQLITE_OK && size == KPI__LOG_HEADER)
			rc = recover_header(f, to);
		return rc;
	}

	if ((rc = locate(f, &p, at)) != SQLITE_OK)
		return rc;
	if (p.inside >= KPI__LOG_FRAME && p.inside + size <= (int64_t)p.size)
		return read_page(f, to, (size_t)size, &p);
	if (p.inside != 0 && p.inside + size > KPI__LOG_FRAME)
		return SQLITE_IOERR_READ;

	rc = kpi__real_read(f, to, (size_t)size, at);
	if (rc == SQLITE_OK && size == (int64_t)p.size)
		rc = recover_frame(f, to, &p);
	return rc;
}

/*
 * SQLite has put the frame's own sums into the header before it gives us the
 * page, and the page's sum changes them. So both are written again, with the
 * sums that follow those in the file: SQLite goes by the file wherever it
 * checks them.
 */
static int
write_page(kpi__file *f, const void *from, const place *p)
{
	unsigned char *const frame = kpi__file_scratch(f, p->size);
	unsigned char before[8];
	int rc;

	if (frame == NULL)
		return SQLITE_IOERR_NOMEM;
	rc = kpi__real_read(f, frame, KPI__LOG_FRAME, p->at);
	if (rc == SQLITE_OK)
		rc = kpi__real_read(f, before, sizeof(before),
		    kpi__log_sums_before(&p->log, p->at));
	if (rc != SQLITE_OK)
		return rc == SQLITE_IOERR_SHORT_READ ? SQLITE_IOERR_WRITE : rc;

	memcpy(frame + KPI__LOG_FRAME, from, p->log.page_size);
	kpi__page_sum_put(frame + KPI__LOG_FRAME, p->log.page_size,
	    kpi__log_frame_page(frame));
	kpi__log_frame_seal(&p->log, frame, before);
	return kpi__real_write(f, frame, p->size, p->at);
}

int
kpi__log_write(sqlite3_file *file, const void *from, int size, sqlite3_int64 at)
{
	kpi__file *const f = (kpi__file *)file;
	place p;
	int rc;

	f->recover_at = 0;
	if (at == 0 && size == KPI__LOG_HEADER)
		return kpi__real_write(f, from, (size_t)size, at);
	if (at < KPI__LOG_HEADER)
		return SQLITE_IOERR_WRITE;
	if ((rc = locate(f, &p, at)) != SQLITE_OK)
		return rc;

	if (p.inside == 0 && size == KPI__LOG_FRAME)
		return kpi__real_write(f, from, (size_t)size, at);
	if (p.inside != KPI__LOG_FRAME || size != (int64_t)p.log.page_size)
		return SQLITE_IOERR_WRITE;
	return write_page(f, from, &p);
}
