/* SPDX-License-Identifier: MIT */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64
#endif
#include "ingest/queue_log_file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/checksum.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/reason.h"

#define PATIENCE_MS 50 /* within which who reads may be stopped */

static kpi_status
system_failure(kpi_error *error, kpi_status status, const char *text, int code)
{
	(void)kpi__fail(error, status, "%s: %s", text, kpi__reason(code));
	kpi__error_system(error, code);
	return status;
}

kpi_status
kpi__qlog_file_open(kpi__qlog_file *file, const char *path,
    const kpi_allocator *a, kpi_error *error)
{
	struct stat about;

	memset(file, 0, sizeof(*file));
	file->allocator = a;
	/* A pipe's writer is waited for where who reads may be stopped. */
	do
		file->fd =
		    open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	while (file->fd < 0 && errno == EINTR);
	if (file->fd < 0)
		return system_failure(error,
		    errno == ENOENT || errno == ENOTDIR ? KPI_ENOTFOUND
							: KPI_EIO,
		    "the file cannot be opened", errno);
	if (fstat(file->fd, &about) != 0)
		return system_failure(
		    error, KPI_EIO, "the file cannot be read", errno);
	if (S_ISDIR(about.st_mode))
		return kpi__fail(error, KPI_EPARSE,
		    "a directory is no file that can be imported");
	file->block = kpi__new_array(a, KPI__QLOG_BLOCK, 1);
	if (file->block == NULL)
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory to read the file");
	file->is_regular = S_ISREG(about.st_mode);
	if (!file->is_regular)
		return KPI_OK;
	file->device = (uint64_t)about.st_dev;
	file->inode = (uint64_t)about.st_ino;
	file->total = (uint64_t)about.st_size;
	return KPI_OK;
}

void
kpi__qlog_file_close(kpi__qlog_file *file)
{
	if (file->fd >= 0)
		(void)close(file->fd);
	file->fd = -1;
	kpi__release(file->allocator, file->block, KPI__QLOG_BLOCK, 1);
	file->block = NULL;
}

void
kpi__qlog_file_keep_head(kpi__qlog_file *file)
{
	file->head_size =
	    file->end < sizeof(file->head) ? file->end : sizeof(file->head);
	memcpy(file->head, file->block, file->head_size);
}

kpi__qlog_head
kpi__qlog_file_head(const kpi__qlog_file *file, uint64_t size)
{
	kpi__qlog_head head = { file->head_size, 0 };

	if (size < head.size)
		head.size = size;
	head.hash = kpi__checksum(file->head, (size_t)head.size, 0);
	return head;
}

kpi_status
kpi__qlog_file_seek(kpi__qlog_file *file, uint64_t offset, kpi_error *error)
{
	if (lseek(file->fd, (off_t)offset, SEEK_SET) < 0)
		return system_failure(
		    error, KPI_EIO, "the file cannot be read", errno);
	file->at = file->end = 0;
	file->at_end = 0;
	return KPI_OK;
}

/* Whether there is something to read, or an end; a file always has one. */
static int
wait_for(const kpi__qlog_file *file)
{
	struct pollfd wanted = { file->fd, POLLIN, 0 };

	return file->is_regular || poll(&wanted, 1, PATIENCE_MS) > 0;
}

kpi_status
kpi__qlog_file_fill(kpi__qlog_file *file, kpi_error *error)
{
	ssize_t n;

	memmove(file->block, file->block + file->at, file->end - file->at);
	file->end -= file->at;
	file->at = 0;
	if (!wait_for(file))
		return KPI_OK;
	n = read(
	    file->fd, file->block + file->end, KPI__QLOG_BLOCK - file->end);
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return KPI_OK;
	if (n < 0)
		return system_failure(
		    error, KPI_EIO, "the file cannot be read", errno);
	file->at_end = n == 0;
	file->end += (size_t)n;
	return KPI_OK;
}

static void
skip(kpi__qlog_file *file, size_t bytes)
{
	file->skipped += bytes;
	file->at += bytes;
}

/* A line that is too long is let go of in parts, and counted when its newline
 * comes. */
int
kpi__qlog_file_next(kpi__qlog_file *file, kpi__qlog_taken *out)
{
	const char *const line = file->block + file->at;
	const size_t left = file->end - file->at;
	const char *const newline = left == 0 ? NULL : memchr(line, '\n', left);
	const size_t size = newline == NULL ? left : (size_t)(newline - line);
	const int is_long = file->skipped > 0 || size > KPI__QLOG_LINE;

	if (newline == NULL) {
		if (is_long)
			skip(file, left);
		return 0;
	}
	out->line = is_long ? NULL : line;
	out->size = size;
	out->bytes = file->skipped + size + 1;
	file->skipped = 0;
	file->at += size + 1;
	return 1;
}
