/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "import.h"

static int
ended(const char *file, kpi_status status, const kpi_error *error)
{
	if (strcmp(error->field, "zone") == 0)
		return refused("--zone", status, error);
	return failed(file, status, error);
}

static int
import_one(kpi_store *store, const char *file, const char *what,
    const struct arguments *a,
    kpi_status (*read)(kpi_store *store, const char *path,
	const kpi_ledger_options *options, uint64_t *rows, kpi_error *error))
{
	const char *const name = import_name(file);
	kpi_ledger_options options = KPI_LEDGER_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	uint64_t rows = 0;
	kpi_status status;

	options.zone = argument_value(a, ZONE, NULL);
	options.source = argument_value(a, SOURCE, NULL);
	status = read(store, import_path(file), &options, &rows, &error);
	if (status != KPI_OK)
		return ended(name, status, &error);
	(void)printf("%s\n", name);
	(void)printf("%-13s %" PRIu64 "\n", what, rows);
	return DONE;
}

int
import_ledgers(kpi_store *store, const struct arguments *a)
{
	const struct argument *one;
	int code = DONE;
	size_t at = 0;

	for (one = argument_next(a, ROSTER, &at); one != NULL && code == DONE;
	     one = argument_next(a, ROSTER, &at))
		code = import_one(
		    store, one->text, "employments", a, kpi_import_roster);
	at = 0;
	for (one = argument_next(a, EXPENSES, &at); one != NULL && code == DONE;
	     one = argument_next(a, EXPENSES, &at))
		code = import_one(
		    store, one->text, "expenses", a, kpi_import_expenses);
	return code;
}

int
import_has_ledgers(const struct arguments *a)
{
	size_t roster = 0, expenses = 0;

	return argument_next(a, ROSTER, &roster) != NULL ||
	    argument_next(a, EXPENSES, &expenses) != NULL;
}
