/* SPDX-License-Identifier: MIT */
#include "ingest/csv_head.h"

#include <string.h>

#include "base/error.h"
#include "ingest/csv_sight.h"

/* Of files that are no CSV in UTF-8 what they are. */
static kpi_status
refuse_bytes(const char *bytes, size_t size, kpi_error *error)
{
	if (size >= 2 &&
	    (memcmp(bytes, "\xff\xfe", 2) == 0 ||
		memcmp(bytes, "\xfe\xff", 2) == 0))
		return kpi__fail(error, KPI_EPARSE,
		    "the file is in UTF-16: expected is a CSV in UTF-8");
	if (memchr(bytes, '\0', size) != NULL)
		return kpi__fail(error, KPI_EPARSE,
		    "the file is no text: expected is a CSV");
	return KPI_OK;
}

/* Finds the separator, and goes to the header. */
static kpi_status
look(kpi__csv_rows *rows, kpi_error *error)
{
	kpi_status status = kpi__csv_rows_see(rows, KPI__QLOG_BLOCK, error);
	const char *at = rows->file.block;
	size_t left = rows->file.end, size;
	uint32_t cells;

	if (status == KPI_OK)
		status = refuse_bytes(at, left, error);
	if (status != KPI_OK)
		return status;
	size = kpi__csv_mark(at, left);
	kpi__csv_rows_skip(rows, size);
	at += size;
	left -= size;
	size = kpi__csv_hint(at, left, &rows->separator);
	if (size > 0 && rows->separator != '"') {
		kpi__csv_rows_skip(rows, size);
		rows->line++;
		return KPI_OK;
	}
	rows->separator = kpi__csv_separator(at, left, &cells);
	return KPI_OK;
}

kpi_status
kpi__csv_head_read(kpi__csv_rows *rows, kpi_error *error)
{
	int got = 0;
	kpi_status status = look(rows, error);

	/* empty lines in front are none of it */
	do
		if (status == KPI_OK)
			status = kpi__csv_rows_next(rows, &got, error);
	while (status == KPI_OK && got && rows->cells == 1 &&
	    rows->cell[0].size == 0);
	if (status != KPI_OK)
		return status;
	if (!got)
		return kpi__fail(error, KPI_EPARSE,
		    "the file is empty: expected is a CSV with a header");
	if (rows->fault != KPI__CSV_FINE)
		return kpi__fail(error, KPI_EPARSE,
		    "the header has a quote that nothing ends");
	if (rows->cells > KPI__CSV_COLUMNS)
		return kpi__fail(error, KPI_EPARSE,
		    "the header has more than %d columns", KPI__CSV_COLUMNS);
	for (uint32_t c = 0; c < rows->cells; c++)
		if (rows->cell[c].size > 0 &&
		    memchr(rows->cell[c].at, '\r', rows->cell[c].size) != NULL)
			return kpi__fail(error, KPI_EPARSE,
			    "lines end in CR alone: expected is LF or CRLF");
	return KPI_OK;
}
