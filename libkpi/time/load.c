/* SPDX-License-Identifier: MIT */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"
#include "time/table.h"

#define DIRECTORY "/usr/share/zoneinfo"

/* A byte more than a zone may have, so that kpi__zone_parse() refuses it. */
#define MAX_READ (((size_t)1 << 20) + 1)

static int
climbs(const char *name)
{
	while (name != NULL) {
		if (strncmp(name, "..", 2) == 0 &&
		    (name[2] == '/' || name[2] == '\0'))
			return 1;
		name = strchr(name, '/');
		if (name != NULL)
			name++;
	}
	return 0;
}

kpi_status
kpi__zone_check_name(const char *name, kpi_error *error)
{
	if (name == NULL || name[0] == '\0')
		return kpi__fail(
		    error, KPI_EINVAL, "the name of the time zone is empty");
	if (strlen(name) > KPI__ZONE_NAME_MAX)
		return kpi__fail(error, KPI_EINVAL,
		    "the name of a time zone has at most %d bytes",
		    KPI__ZONE_NAME_MAX);
	if (name[0] == '/' || climbs(name))
		return kpi__fail(error, KPI_EINVAL,
		    "the name of the time zone leaves its directory: %s", name);
	return KPI_OK;
}

static kpi_status
fail_system(kpi_error *error, const char *name, int code)
{
	const kpi_status status =
	    code == ENOENT || code == ENOTDIR || code == ENAMETOOLONG
	    ? KPI_ENOTFOUND
	    : KPI_EIO;

	if (status == KPI_ENOTFOUND)
		(void)kpi__fail(
		    error, status, "there is no time zone %s", name);
	else
		(void)kpi__fail(
		    error, status, "time zone %s cannot be read", name);
	kpi__error_system(error, code);
	return status;
}

/* Not to wait for the other end, should the name be a pipe's. */
static kpi_status
open_zone(int *out, const char *directory, const char *name,
    const kpi_allocator *a, kpi_error *error)
{
	const size_t first = strlen(directory), second = strlen(name);
	const size_t size = first + 1 + second + 1;
	char *const path = kpi__new_array(a, size, 1);
	int code;

	if (path == NULL)
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for time zone %s", name);
	memcpy(path, directory, first);
	path[first] = '/';
	memcpy(path + first + 1, name, second + 1);
	do {
		*out = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	} while (*out < 0 && errno == EINTR);
	code = errno;
	kpi__release(a, path, size, 1);
	return *out < 0 ? fail_system(error, name, code) : KPI_OK;
}

static kpi_status
measure(int file, const char *name, size_t *size, kpi_error *error)
{
	struct stat found;

	if (fstat(file, &found) != 0)
		return fail_system(error, name, errno);
	if (!S_ISREG(found.st_mode))
		return kpi__fail(error, KPI_ENOTFOUND,
		    "there is no time zone %s: it is not a file", name);
	*size =
	    found.st_size < (off_t)MAX_READ ? (size_t)found.st_size : MAX_READ;
	return KPI_OK;
}

/* Reads at most *size bytes; *size becomes what there was. */
static int
read_all(int file, unsigned char *bytes, size_t *size)
{
	size_t done = 0;

	while (done < *size) {
		const ssize_t n = read(file, bytes + done, *size - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		if (n == 0)
			break;
		done += (size_t)n;
	}
	*size = done;
	return 0;
}

static kpi_status
load_file(kpi__zone **out, int file, const char *name, const kpi_allocator *a,
    kpi_error *error)
{
	unsigned char *bytes;
	size_t size = 0, got;
	kpi_status status;
	int code;

	if ((status = measure(file, name, &size, error)) != KPI_OK)
		return status;
	/* An empty file is a damaged zone, not a lack of memory. */
	bytes = kpi__new_array(a, size + 1, 1);
	if (bytes == NULL)
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for time zone %s", name);
	got = size;
	if ((code = read_all(file, bytes, &got)) != 0)
		status = fail_system(error, name, code);
	else
		status = kpi__zone_parse(out, name, bytes, got, a, error);
	kpi__release(a, bytes, size + 1, 1);
	return status;
}

kpi_status
kpi__zone_load(kpi__zone **out, const char *directory, const char *name,
    const kpi_allocator *a, kpi_error *error)
{
	kpi_status status;
	int file = -1;

	*out = NULL;
	if ((status = kpi__zone_check_name(name, error)) != KPI_OK)
		return status;
	if (strcmp(name, "UTC") == 0)
		return kpi__zone_new(out, name, 0, a, error);
	if (directory == NULL)
		directory = DIRECTORY;
	status = open_zone(&file, directory, name, a, error);
	if (status != KPI_OK)
		return status;
	status = load_file(out, file, name, a, error);
	(void)close(file);
	return status;
}
