/* SPDX-License-Identifier: MIT */
#include <kpi/ledger.h>

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sized.h"
#include "base/suggestion.h"
#include "base/word.h"
#include "ingest/csv_head.h"
#include "ingest/csv_number.h"
#include "ingest/csv_time.h"
#include "store/state.h"

#define MOST_FIELDS 8
#define NONE        UINT32_MAX

enum kind { TEXT, INSTANT, AMOUNT, DIMENSION };

struct field {
	const char *name;
	enum kind kind;
	int is_required;
	size_t offset; /* in the record */
};

union record {
	kpi_employment employment;
	kpi_expense expense;
};

/* A relation as a table. */
struct table {
	const struct field *fields;
	uint32_t count;
	const char *names; /* in words */
	size_t source;     /* its offset in the record */
	kpi_status (*add)(
	    kpi_store *store, const union record *record, kpi_error *error);
	union record blank;
};

struct reading {
	const struct table *table;
	kpi_store *store;
	kpi_ledger_options options;
	kpi__csv_rows rows;
	kpi__zone *zone;
	uint32_t column[MOST_FIELDS]; /* of each field; NONE: it has none */
	char text[MOST_FIELDS][KPI_TEXT_MAX + 1];
	kpi_error *error;
};

#define EMPLOYMENT(kind, is_required, name)                                    \
	{                                                                      \
#name, kind, is_required, offsetof(kpi_employment, name)       \
	}
#define EXPENSE(kind, is_required, name)                                       \
	{                                                                      \
#name, kind, is_required, offsetof(kpi_expense, name)          \
	}

static const struct field employment_fields[] = {
	EMPLOYMENT(TEXT, 1, agent),
	EMPLOYMENT(INSTANT, 1, hired_at),
	EMPLOYMENT(INSTANT, 0, left_at),
	EMPLOYMENT(TEXT, 0, source),
};

static const struct field expense_fields[] = {
	EXPENSE(INSTANT, 1, started_at),
	EXPENSE(INSTANT, 1, ended_at),
	EXPENSE(AMOUNT, 1, amount),
	EXPENSE(DIMENSION, 0, by),
	EXPENSE(TEXT, 0, of),
	EXPENSE(TEXT, 0, id),
	EXPENSE(TEXT, 0, source),
	EXPENSE(TEXT, 0, note),
};

static kpi_status
add_employment(kpi_store *store, const union record *record, kpi_error *error)
{
	return kpi_store_add_employment(store, &record->employment, error);
}

static kpi_status
add_expense(kpi_store *store, const union record *record, kpi_error *error)
{
	return kpi_store_add_expense(store, &record->expense, error);
}

static const struct table roster = { employment_fields,
	sizeof(employment_fields) / sizeof(*employment_fields),
	"agent, hired_at, left_at and source", offsetof(kpi_employment, source),
	add_employment, { .employment = KPI_EMPLOYMENT_INIT } };

static const struct table expenses = { expense_fields,
	sizeof(expense_fields) / sizeof(*expense_fields),
	"started_at, ended_at, amount, by, of, id, source and note",
	offsetof(kpi_expense, source), add_expense,
	{ .expense = KPI_EXPENSE_INIT } };

static uint32_t
field_of(const struct table *table, const kpi__csv_cell *cell)
{
	for (uint32_t f = 0; f < table->count; f++)
		if (strlen(table->fields[f].name) == cell->size &&
		    memcmp(table->fields[f].name, cell->at, cell->size) == 0)
			return f;
	return NONE;
}

/* Adds the row's line, and the byte at which a cell begins, to an error. */
static kpi_status
at_cell(const struct reading *in, uint32_t c)
{
	const char *const row = in->rows.file.block + in->rows.file.at;

	kpi__error_place(in->error, (int64_t)in->rows.line,
	    c >= in->rows.cells ? 0 : in->rows.cell[c].at - row + 1);
	return KPI_EPARSE;
}

static kpi_status
match(struct reading *in)
{
	const struct table *const table = in->table;
	char quoted[KPI__QUOTE];

	for (uint32_t f = 0; f < MOST_FIELDS; f++)
		in->column[f] = NONE;
	for (uint32_t c = 0; c < in->rows.cells; c++) {
		kpi__csv_cell *const cell = &in->rows.cell[c];
		uint32_t f;

		kpi__csv_cell_clean(cell);
		f = field_of(table, cell);
		if (f == NONE || in->column[f] != NONE) {
			(void)kpi__fail(in->error, KPI_EPARSE,
			    "line %llu: the header has a column %s%s; expected "
			    "are %s",
			    (unsigned long long)in->rows.line,
			    kpi__quote(quoted, cell->at, cell->size),
			    f == NONE ? "" : " twice", table->names);
			return at_cell(in, c);
		}
		in->column[f] = c;
	}
	for (uint32_t f = 0; f < table->count; f++)
		if (table->fields[f].is_required && in->column[f] == NONE) {
			(void)kpi__fail_at(in->error, KPI_EPARSE,
			    table->fields[f].name,
			    "line %llu: the header has no column %s; expected "
			    "are %s",
			    (unsigned long long)in->rows.line,
			    table->fields[f].name, table->names);
			return at_cell(in, NONE);
		}
	return KPI_OK;
}

static kpi_status
refuse(const struct reading *in, uint32_t f, const char *expected)
{
	const kpi__csv_cell *const cell = &in->rows.cell[in->column[f]];
	const char *const name = in->table->fields[f].name;
	char quoted[KPI__QUOTE];

	(void)kpi__fail_at(in->error, KPI_EPARSE, name,
	    "line %llu: %s is %s; expected %s",
	    (unsigned long long)in->rows.line, name,
	    kpi__quote(quoted, cell->at, cell->size), expected);
	return at_cell(in, in->column[f]);
}

static kpi_status
read_text(
    struct reading *in, uint32_t f, const kpi__csv_cell *cell, const char **out)
{
	if (cell->size > KPI_TEXT_MAX) {
		(void)kpi__fail_at(in->error, KPI_EPARSE,
		    in->table->fields[f].name,
		    "line %llu: %s is longer than %d bytes",
		    (unsigned long long)in->rows.line,
		    in->table->fields[f].name, KPI_TEXT_MAX);
		return at_cell(in, in->column[f]);
	}
	if (memchr(cell->at, '\0', cell->size) != NULL)
		return refuse(in, f, "a text without NUL");
	memcpy(in->text[f], cell->at, cell->size);
	in->text[f][cell->size] = '\0';
	*out = in->text[f];
	return KPI_OK;
}

/* A cell that is not empty, into its place in the record. */
static kpi_status
read_cell(struct reading *in, uint32_t f, const kpi__csv_cell *cell, void *to)
{
	int64_t value = KPI_UNKNOWN;
	int is_local;

	switch (in->table->fields[f].kind) {
	case TEXT:
		return read_text(in, f, cell, to);
	case INSTANT:
		if (!kpi__csv_iso_read(
			cell->at, cell->size, in->zone, &value, &is_local))
			return refuse(in, f,
			    "a time, such as 2026-11-30 or 2026-11-30 08:00");
		break;
	case AMOUNT:
		/* 250.00 is an amount of major units, most likely. */
		if (memchr(cell->at, '.', cell->size) != NULL ||
		    memchr(cell->at, ',', cell->size) != NULL ||
		    !kpi__csv_scaled(
			cell->at, cell->size, 1, in->rows.separator, 1, &value))
			return refuse(in, f, "a whole number of minor units");
		break;
	default:
		value = kpi__word_number(
		    KPI_TABLE_DIMENSIONS, cell->at, cell->size);
		if (value == KPI_UNKNOWN)
			return refuse(in, f, "queue, team, agent or channel");
	}
	memcpy(to, &value, sizeof(value));
	return KPI_OK;
}

/* What the store refuses of a row. */
static kpi_status
refused(const struct reading *in, kpi_status status, const kpi_error *why)
{
	uint32_t c = NONE;

	if (status != KPI_EINVAL)
		return kpi__fail_as(in->error, why);
	(void)kpi__fail_at(in->error, KPI_EPARSE, why->field, "line %llu: %s",
	    (unsigned long long)in->rows.line, why->text);
	for (uint32_t f = 0; f < in->table->count; f++)
		if (strcmp(in->table->fields[f].name, why->field) == 0)
			c = in->column[f];
	return at_cell(in, c);
}

static kpi_status
read_row(struct reading *in)
{
	const struct table *const table = in->table;
	union record record = table->blank;
	kpi_error why = KPI_ERROR_INIT;
	kpi_status status = KPI_OK;

	memcpy((char *)&record + table->source, &in->options.source,
	    sizeof(in->options.source));
	for (uint32_t f = 0; f < table->count && status == KPI_OK; f++) {
		kpi__csv_cell *cell;

		if (in->column[f] == NONE)
			continue;
		cell = &in->rows.cell[in->column[f]];
		kpi__csv_cell_clean(cell);
		if (cell->size > 0)
			status = read_cell(in, f, cell,
			    (char *)&record + table->fields[f].offset);
	}
	if (status != KPI_OK)
		return status;
	status = table->add(in->store, &record, &why);
	return status == KPI_OK ? KPI_OK : refused(in, status, &why);
}

/* As many cells as the header has, and what is more is empty. */
static kpi_status
check_shape(const struct reading *in, uint32_t cells)
{
	uint32_t has = in->rows.cells;

	while (has > cells && has <= KPI__CSV_COLUMNS &&
	    in->rows.cell[has - 1].size == 0)
		has--;
	if (in->rows.fault == KPI__CSV_FINE && has == cells)
		return KPI_OK;
	if (in->rows.fault == KPI__CSV_FINE)
		(void)kpi__fail(in->error, KPI_EPARSE,
		    "line %llu: the row has %lu cells; expected %lu, as the "
		    "header has",
		    (unsigned long long)in->rows.line, (unsigned long)has,
		    (unsigned long)cells);
	else
		(void)kpi__fail(in->error, KPI_EPARSE,
		    "line %llu: the row has a quote at fault, or is too long",
		    (unsigned long long)in->rows.line);
	return at_cell(in, NONE);
}

static kpi_status
read_rows(struct reading *in, uint64_t *count)
{
	const uint32_t cells = in->rows.cells;
	kpi_status status;
	int got;

	for (*count = 0;; ++*count) {
		status = kpi__csv_rows_next(&in->rows, &got, in->error);
		/* empty lines are none */
		while (status == KPI_OK && got &&
		    in->rows.fault == KPI__CSV_FINE && in->rows.cells == 1 &&
		    in->rows.cell[0].size == 0)
			status = kpi__csv_rows_next(&in->rows, &got, in->error);
		if (status != KPI_OK || !got)
			return status;
		status = check_shape(in, cells);
		if (status == KPI_OK)
			status = read_row(in);
		if (status != KPI_OK)
			return status;
	}
}

static kpi_status
read_options(struct reading *in, const kpi_ledger_options *theirs)
{
	kpi_error why = KPI_ERROR_INIT;
	kpi_status status = KPI_OK;

	if (theirs != NULL)
		status = kpi__sized_read(&in->options, sizeof(in->options),
		    theirs, KPI__SIZE_TO(kpi_ledger_options, reserved), NULL);
	if (status == KPI_OK && in->options.reserved != NULL)
		status = KPI_ENOTSUP;
	if (status != KPI_OK)
		return kpi__fail_at(in->error, status, "options",
		    "options that we do not know");
	if (in->options.zone == NULL)
		return KPI_OK;
	status = kpi__zone_load(&in->zone, in->options.zone_directory,
	    in->options.zone, &in->store->allocator, &why);
	return status == KPI_OK
	    ? KPI_OK
	    : kpi__fail_at(in->error, status, "zone", "%s", why.text);
}

/* In one transaction, which a failure takes back. */
static kpi_status
run(struct reading *in, const char *path, uint64_t *count)
{
	kpi_status status = kpi_store_begin(in->store, in->error);

	if (status != KPI_OK)
		return status;
	status = kpi__csv_rows_open(
	    &in->rows, path, &in->store->allocator, in->error);
	if (status == KPI_OK)
		status = kpi__csv_head_read(&in->rows, in->error);
	if (status == KPI_OK)
		status = match(in);
	if (status == KPI_OK)
		status = read_rows(in, count);
	if (status != KPI_OK) {
		/* the first failure is the one that is told */
		const kpi_status second = kpi_store_rollback(in->store, NULL);

		(void)second;
		return status;
	}
	return kpi_store_commit(in->store, in->error);
}

static kpi_status
import(const struct table *table, kpi_store *store, const char *path,
    const kpi_ledger_options *options, uint64_t *rows, kpi_error *error)
{
	struct reading *in;
	uint64_t count = 0;
	kpi_status status;

	if (store == NULL || path == NULL)
		return kpi__fail(error, KPI_EINVAL, "no store, or no path");
	in = kpi__new_zeroed(&store->allocator, 1, sizeof(*in));
	if (in == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory to import");
	in->table = table;
	in->store = store;
	in->error = error;
	in->rows.file.allocator = &store->allocator;
	in->rows.file.fd = -1;
	status = read_options(in, options);
	if (status == KPI_OK)
		status = run(in, path, &count);
	kpi__csv_rows_close(&in->rows);
	kpi__zone_free(in->zone);
	kpi__release(&store->allocator, in, 1, sizeof(*in));
	if (status == KPI_OK && rows != NULL)
		*rows = count;
	return status;
}

kpi_status
kpi_import_roster(kpi_store *store, const char *path,
    const kpi_ledger_options *options, uint64_t *rows, kpi_error *error)
{
	return import(&roster, store, path, options, rows, error);
}

kpi_status
kpi_import_expenses(kpi_store *store, const char *path,
    const kpi_ledger_options *options, uint64_t *rows, kpi_error *error)
{
	return import(&expenses, store, path, options, rows, error);
}
