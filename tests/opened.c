/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700

#include "opened.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

kpi_store *store;
kpi_error error;
static char path[64];

void
open_store(int in_file, int32_t if_exists)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	const kpi_error none = KPI_ERROR_INIT;

	error = none;
	*path = '\0';
	options.if_exists = if_exists;
	if (in_file) {
		strcpy(path, "/tmp/kpi-store-XXXXXX");
		ck_assert_int_ge(close(mkstemp(path)), 0);
	}
	ck_assert_msg(kpi_store_open(&store, in_file ? path : NULL, &options,
			  &error) == KPI_OK,
	    "%s", error.text);
}

const char *
opened_path(void)
{
	return path;
}

void
close_store(void)
{
	kpi_store_close(store);
	if (*path != '\0')
		unlink(path);
}

kpi_store_info
info(void)
{
	kpi_store_info found = KPI_STORE_INFO_INIT;

	ck_assert_int_eq(kpi_store_read_info(store, &found, &error), KPI_OK);
	return found;
}

kpi_interaction
call_of(const char *id)
{
	kpi_interaction call = KPI_INTERACTION_INIT;

	call.id = id;
	call.started_at = 1700000000000;
	return call;
}

void
must_add(const kpi_interaction *call)
{
	ck_assert_msg(
	    kpi_store_add(store, call, &error) == KPI_OK, "%s", error.text);
}

kpi_record *
must_get(const char *source, const char *id)
{
	kpi_record *record;

	ck_assert_int_eq(
	    kpi_store_get(&record, store, source, id, &error), KPI_OK);
	return record;
}
