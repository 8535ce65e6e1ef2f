/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "quantity.h"
#include "tool.h"

/* So much of a file tells what it is. */
#define SIGHT 4096

static int
is_queue_log(const char *path)
{
	unsigned char bytes[SIGHT];
	FILE *const f = fopen(path, "rb");
	size_t size;

	if (f == NULL)
		return 0;
	size = fread(bytes, 1, sizeof(bytes), f);
	(void)fclose(f);
	return kpi_is_queue_log(bytes, size);
}

static int
open_with(kpi_store **out, const char *path, uint64_t flags)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;

	options.flags = flags;
	options.if_exists = KPI_IF_EXISTS_UPDATE;
	status = kpi_store_open(out, path, &options, &error);
	if (status == KPI_ENOTFOUND && flags != 0)
		return complain(
		    FAILED, "there is no store %s; kpi import makes one", path);
	if (status == KPI_ECORRUPT && is_queue_log(path))
		return complain(WRONG_USE,
		    "%s is a queue_log and no store; kpi import STORE %s reads "
		    "it into one",
		    path, path);
	if (status == KPI_EINVAL)
		return refused(path, status, &error);
	return status == KPI_OK ? DONE : failed(path, status, &error);
}

int
open_to_read(kpi_store **out, const char *path)
{
	return open_with(out, path, KPI_OPEN_MUST_EXIST | KPI_OPEN_READ_ONLY);
}

/* Gives it the threads that the command asks for, or closes it. */
static int
set_threads(kpi_store **store, const struct arguments *a)
{
	const char *const text = argument_value(a, THREADS, "1");
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;
	int64_t threads;

	/* No number is one that the library refuses. */
	if (quantity_read(&threads, "count", text) != 0)
		threads = 0;
	status = kpi_store_set_threads(*store, (uint64_t)threads, &error);
	if (status == KPI_OK)
		return DONE;
	kpi_store_close(*store);
	*store = NULL;
	return refused("--threads", status, &error);
}

int
open_to_ask(kpi_store **out, const char *path, const struct arguments *a)
{
	const int code = open_to_read(out, path);

	return code == DONE ? set_threads(out, a) : code;
}

int
open_or_make(kpi_store **out, const char *path, const struct arguments *a)
{
	const int code = open_with(out, path, 0);

	return code == DONE ? set_threads(out, a) : code;
}

int
open_to_write(kpi_store **out, const char *path)
{
	return open_with(out, path, KPI_OPEN_MUST_EXIST);
}

const char *
instant_text(char out[KPI_INSTANT_TEXT], const kpi_query *query, int64_t at)
{
	if (kpi_instant_format(query, at, out, KPI_INSTANT_TEXT, NULL) !=
	    KPI_OK)
		memcpy(out, "-", sizeof("-"));
	return out;
}
