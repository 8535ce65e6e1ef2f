/* SPDX-License-Identifier: MIT */
/* kpi explain: a figure opened. */
#include "units.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "definitions.h"
#include "list.h"
#include "output.h"
#include "selection.h"
#include "unknown.h"

/* Lines of a table, unless --limit says how many. */
#define TABLE_LIMIT 20

#define EXCLUDED                                                               \
	(KPI_ROLE_BIT(KPI_ROLE_UNKNOWN) | KPI_ROLE_BIT(KPI_ROLE_IN_PROGRESS) | \
	    KPI_ROLE_BIT(KPI_ROLE_TRUNCATED) |                                 \
	    KPI_ROLE_BIT(KPI_ROLE_IMMATURE) |                                  \
	    KPI_ROLE_BIT(KPI_ROLE_NOT_COUNTED))

static const char help[] =
    "usage: kpi explain STORE METRIC [OPTION...]\n"
    "\n"
    "Opens a figure: who is in its numerator, in its denominator, and who is\n"
    "left out for what. It is one figure: of a group by --where, of a month by\n"
    "--from and --until. A METRIC may also be a definition in full, in quotes.\n"
    "\n"
    "  --role ROLE[,...]           only these: numerator, denominator (alone),\n"
    "                              excluded, or a reason: unknown, "
    "in_progress,\n"
    "                              truncated, immature, not_counted; "
    "represented,\n"
    "                              for whom another of the customer counts\n"
    "  --limit N, --offset N       so many, after so many [20 of a table; 0]\n"
    "  --set PARAMETER=VALUE       after the preset; see `kpi catalogue "
    "METRIC`\n"
    "  --preset PRESET             as another system counts\n"
    "  --from TIME, --until TIME   2026-10-01, 2026-10-01T09:30 (in the zone) "
    "or\n"
    "                              2026-10-01T09:30:00+02:00; until is "
    "exclusive\n"
    "  --zone ZONE                 of times: Europe/Berlin, ... [UTC]\n"
    "  --where DIMENSION=V[,V...], --where-not DIMENSION=V[,V...],\n"
    "  --outcome OUTCOME[,...], --least FIELD=VALUE, --most FIELD=VALUE\n"
    "                              only these; see kpi help measure\n"
    "  --format table|csv|json     [table]; json is one object a line\n"
    "  --threads THREADS           that measure the figure, 1 to 64 [1]\n";

static int
add_role(void *ctx, const char *name)
{
	kpi_entry role = KPI_ENTRY_INIT;
	kpi_error error = KPI_ERROR_INIT;
	int64_t *roles = ctx;
	kpi_status status;

	if (strcmp(name, "excluded") == 0) {
		*roles |= EXCLUDED;
		return DONE;
	}
	status = kpi_catalogue_find(KPI_TABLE_ROLES, name, &role, &error);
	if (status != KPI_OK)
		return refused("--role", status, &error);
	*roles |= KPI_ROLE_BIT(role.number);
	return DONE;
}

static int
read_roles(int64_t *roles, const struct arguments *a)
{
	const struct argument *one;
	size_t at = 0;
	int code = DONE;

	while (code == DONE && (one = argument_next(a, ROLE, &at)) != NULL)
		code = list_each(one->text, add_role, roles);
	return code;
}

static int
read_number(uint64_t *out, const struct arguments *a, enum option option,
    uint64_t least, uint64_t otherwise)
{
	const char *const text = argument_value(a, option, NULL);
	char *end;

	*out = otherwise;
	if (text == NULL)
		return DONE;
	errno = 0;
	*out = strtoull(text, &end, 10);
	if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 ||
	    *out < least)
		return complain(WRONG_USE,
		    "--%s: expected a whole number from %u on, and not \"%s\"",
		    option_name(option), (unsigned)least, text);
	return DONE;
}

const char *
role_name(int32_t role)
{
	kpi_entry entry = KPI_ENTRY_INIT;

	return kpi_catalogue_number(KPI_TABLE_ROLES, role, &entry) == KPI_OK
	    ? entry.name
	    : "";
}

static int
explain(const struct arguments *a, struct units *u, const kpi_definition *d,
    int64_t roles, int32_t format)
{
	const char *const path = argument_word(a, 0);
	kpi_explain_options options = KPI_EXPLAIN_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	const kpi_figure none = KPI_FIGURE_INIT;
	kpi_store *store;
	kpi_status status;
	int code = open_to_ask(&store, path, a);

	if (code != DONE)
		return code;
	options.roles = roles;
	u->figure = none;
	status = kpi_explain(
	    &u->explanation, store, u->query, d, &options, &error);
	if (status == KPI_OK)
		say_unknown(store, path, u->query, a);
	if (status == KPI_OK)
		status = kpi_explanation_figure(u->explanation, &u->figure);
	if (status == KPI_OK)
		status = format == KPI_FORMAT_TABLE
		    ? units_print_table(u, &error)
		    : units_print_cells(u, format, &error);
	kpi_explanation_free(u->explanation);
	kpi_store_close(store);
	return status == KPI_OK ? DONE : answered(path, status, &error);
}

static int
name_metric(struct definitions *d, const struct arguments *a)
{
	int code;

	if (argument_word(a, 1) == NULL || argument_word(a, 2) != NULL)
		return complain(WRONG_USE,
		    "expected a STORE and one METRIC; see kpi help explain");
	code = definitions_add(d, argument_word(a, 1));
	if (code == DONE && d->count != 1)
		code = complain(WRONG_USE,
		    "one figure is opened at a time: expected one METRIC");
	return code == DONE ? definitions_apply(d, a) : code;
}

static int
run(const struct arguments *a)
{
	struct units u = { .offset = 0 };
	struct definitions d;
	kpi_query *query = NULL;
	int32_t format = KPI_FORMAT_TABLE;
	int64_t roles = 0;
	int code;

	definitions_init(&d);
	code = name_metric(&d, a);
	if (code == DONE)
		code = read_roles(&roles, a);
	if (code == DONE)
		code = output_format(&format, a);
	if (code == DONE)
		code = read_number(&u.limit, a, LIMIT, 1,
		    format == KPI_FORMAT_TABLE ? TABLE_LIMIT : UINT64_MAX);
	if (code == DONE)
		code = read_number(&u.offset, a, OFFSET, 0, 0);
	if (code == DONE)
		code = selection_make(&query, a);
	if (code == DONE) {
		u.query = query;
		u.definition = kpi_definition_text(d.at[0]);
		code = explain(a, &u, d.at[0], roles, format);
	}
	kpi_query_free(query);
	definitions_free(&d);
	return code;
}

const struct command command_explain = {
	.name = "explain",
	.summary = "opens a figure: who is in it, as what, who is left out",
	.help = help,
	.takes = SELECTION | DEFINITION | TAKES(ROLE) | TAKES(LIMIT) |
	    TAKES(OFFSET) | TAKES(FORMAT) | TAKES(THREADS),
	.run = run,
};
