/* SPDX-License-Identifier: MIT */
#include "ingest/csv_rows.h"

#include <string.h>

#include "base/error.h"
#include "ingest/csv_marks.h"

/* What came of looking for the end of a row, beside enum kpi__csv_fault. */
#define MORE (-1) /* it is not among the bytes that are there */

static void
forget_marks(kpi__csv_rows *rows)
{
	rows->scanned = (uint32_t)rows->file.at;
	rows->marks = rows->next = 0;
}

kpi_status
kpi__csv_rows_open(kpi__csv_rows *rows, const char *path,
    const kpi_allocator *a, kpi_error *error)
{
	rows->line = 1;
	forget_marks(rows);
	return kpi__qlog_file_open(&rows->file, path, a, error);
}

void
kpi__csv_rows_close(kpi__csv_rows *rows)
{
	kpi__qlog_file_close(&rows->file);
}

static kpi_status
fill(kpi__csv_rows *rows, kpi_error *error)
{
	kpi_status status;

	rows->passed += rows->file.at;
	status = kpi__qlog_file_fill(&rows->file, error);
	forget_marks(rows);
	if (status != KPI_OK)
		return status;
	if (rows->stop != NULL &&
	    rows->stop(rows->stop_ctx, rows->passed, rows->file.total) != 0)
		return kpi__fail(error, KPI_ESTOPPED, "the import was stopped");
	return KPI_OK;
}

kpi_status
kpi__csv_rows_see(kpi__csv_rows *rows, size_t size, kpi_error *error)
{
	kpi_status status = KPI_OK;

	while (status == KPI_OK && !rows->file.at_end &&
	    rows->file.end - rows->file.at < size)
		status = fill(rows, error);
	return status;
}

void
kpi__csv_rows_skip(kpi__csv_rows *rows, size_t size)
{
	rows->file.at += size;
	forget_marks(rows);
}

/* 0: there is none in what was read. */
static int
find_marks(kpi__csv_rows *rows)
{
	const uint32_t end = (uint32_t)rows->file.end;

	while (rows->next == rows->marks) {
		uint32_t until = rows->scanned + KPI__CSV_WINDOW;

		if (rows->scanned == end)
			return 0;
		if (until > end)
			until = end;
		rows->marks = kpi__csv_marks(rows->file.block, rows->scanned,
		    until, rows->separator, rows->mark);
		rows->next = 0;
		rows->scanned = until;
	}
	return 1;
}

static inline int
next_mark(kpi__csv_rows *rows, uint32_t *at)
{
	if (rows->next == rows->marks && !find_marks(rows))
		return 0;
	*at = rows->mark[rows->next++];
	return 1;
}

static inline void
put_cell(kpi__csv_rows *rows, uint32_t from, uint32_t until, int has_doubled)
{
	kpi__csv_cell *const cell = &rows->cell[rows->cells];

	if (rows->cells++ >= KPI__CSV_COLUMNS)
		return;
	cell->at = rows->file.block + from;
	cell->size = until - from;
	cell->has_doubled = has_doubled;
}

/* The end of a cell that no quote begins; *at is the mark there, or the end
 * of the file. */
static int
plain_cell(kpi__csv_rows *rows, uint32_t from, uint32_t *at)
{
	const char *const bytes = rows->file.block;
	uint32_t until;

	do
		if (!next_mark(rows, at)) {
			*at = (uint32_t)rows->file.end;
			if (!rows->file.at_end)
				return MORE;
			break;
		}
	while (bytes[*at] == '"');
	until = *at;
	if (until > from && bytes[until - 1] == '\r' &&
	    (until == rows->file.end || bytes[until] == '\n'))
		until--;
	put_cell(rows, from, until, 0);
	return KPI__CSV_FINE;
}

/* What may stand between the quote that ends a cell and the next mark. */
static int
is_nothing(const char *bytes, uint32_t from, uint32_t until, int at_line_end)
{
	if (at_line_end && until > from && bytes[until - 1] == '\r')
		until--;
	while (from < until && kpi__csv_is_blank(bytes[from]))
		from++;
	return from == until;
}

/* The same of a cell in quotes, the first one at `from`. */
static int
quoted_cell(kpi__csv_rows *rows, uint32_t from, uint32_t *at)
{
	const char *const bytes = rows->file.block;
	const uint32_t end = (uint32_t)rows->file.end;
	int has_doubled = 0;
	uint32_t close;

	/* the quote that begins it is the next mark */
	if (!next_mark(rows, &close))
		return MORE;
	for (;;) {
		if (!next_mark(rows, &close))
			return MORE;
		if (bytes[close] == '\n')
			rows->newlines++;
		if (bytes[close] != '"')
			continue;
		if (close + 1 == end && !rows->file.at_end)
			return MORE;
		if (close + 1 == end || bytes[close + 1] != '"')
			break;
		has_doubled = 1;
		if (!next_mark(rows, &close))
			return MORE;
	}
	if (!next_mark(rows, at)) {
		*at = end;
		if (!rows->file.at_end)
			return MORE;
	}
	if ((*at < end && bytes[*at] == '"') ||
	    !is_nothing(
		bytes, close + 1, *at, *at == end || bytes[*at] == '\n'))
		return KPI__CSV_STRAY;
	put_cell(rows, from + 1, close, has_doubled);
	return KPI__CSV_FINE;
}

static int
split(kpi__csv_rows *rows)
{
	const char *const bytes = rows->file.block;
	const uint32_t end = (uint32_t)rows->file.end;
	uint32_t from = (uint32_t)rows->file.at, at = from;
	int found = KPI__CSV_FINE;

	rows->cells = 0;
	rows->newlines = 0;
	for (;; from = at + 1) {
		uint32_t first = from;

		while (first < end && kpi__csv_is_blank(bytes[first]) &&
		    bytes[first] != rows->separator)
			first++;
		found = first < end && bytes[first] == '"'
		    ? quoted_cell(rows, first, &at)
		    : plain_cell(rows, from, &at);
		if (found != KPI__CSV_FINE)
			return found;
		if (at == end || bytes[at] == '\n')
			break;
	}
	rows->size = at - rows->file.at + (at < end);
	rows->newlines++;
	return found;
}

/* The first line alone, however long it is. */
static kpi_status
take_line(kpi__csv_rows *rows, int fault, kpi_error *error)
{
	kpi_status status = KPI_OK;
	const char *newline = NULL;

	rows->fault = fault;
	rows->cells = 0;
	rows->newlines = 1;
	while (status == KPI_OK) {
		const char *const line = rows->file.block + rows->file.at;
		const size_t left = rows->file.end - rows->file.at;

		newline = left == 0 ? NULL : memchr(line, '\n', left);
		rows->size =
		    newline == NULL ? left : (size_t)(newline - line) + 1;
		if (newline != NULL || rows->file.at_end)
			break;
		rows->file.at = rows->file.end;
		status = fill(rows, error);
	}
	rows->file.at += rows->size;
	rows->size = 0;
	forget_marks(rows);
	return status;
}

kpi_status
kpi__csv_rows_next(kpi__csv_rows *rows, int *got, kpi_error *error)
{
	kpi_status status = KPI_OK;

	rows->file.at += rows->size;
	rows->line += rows->newlines;
	rows->size = 0;
	rows->newlines = 0;
	rows->cells = 0;
	rows->fault = KPI__CSV_FINE;
	*got = 0;
	while (status == KPI_OK) {
		int found = MORE;

		if (rows->file.at < rows->file.end)
			found = split(rows);
		else if (rows->file.at_end)
			return KPI_OK;
		*got = found != MORE;
		if (found == KPI__CSV_FINE)
			return KPI_OK;
		if (found == MORE && !rows->file.at_end &&
		    rows->file.end - rows->file.at < KPI__QLOG_BLOCK) {
			status = fill(rows, error);
			continue;
		}
		if (found == MORE)
			found = rows->file.at_end ? KPI__CSV_UNCLOSED
						  : KPI__CSV_LONG;
		*got = 1;
		return take_line(rows, found, error);
	}
	return status;
}

void
kpi__csv_rows_again(kpi__csv_rows *rows)
{
	rows->size = 0;
	rows->newlines = 0;
	forget_marks(rows);
}

static void
make_single(kpi__csv_cell *cell)
{
	uint32_t to = 0;

	for (uint32_t i = 0; i < cell->size; i++) {
		cell->at[to++] = cell->at[i];
		if (cell->at[i] == '"')
			i++;
	}
	cell->size = to;
	cell->has_doubled = 0;
}

void
kpi__csv_cell_clean(kpi__csv_cell *cell)
{
	if (cell->has_doubled)
		make_single(cell);
	while (cell->size > 0 && kpi__csv_is_blank(*cell->at)) {
		cell->at++;
		cell->size--;
	}
	while (cell->size > 0 && kpi__csv_is_blank(cell->at[cell->size - 1]))
		cell->size--;
}
