/* SPDX-License-Identifier: MIT */
#include "unknown.h"

#include <string.h>

#include "list.h"

struct value {
	kpi_store *store;
	const char *path;
	kpi_entry dimension;
};

/* Whether an interaction has it; also if that cannot be told. */
static int
is_known(const struct value *v, const char *text)
{
	kpi_iterator *i = NULL;
	const kpi_interaction *found = NULL;
	kpi_query *q = NULL;
	int known = kpi_query_new(&q, NULL, NULL) != KPI_OK ||
	    kpi_query_where(q, v->dimension.number, text) != KPI_OK ||
	    kpi_store_iterate(&i, v->store, q, NULL) != KPI_OK ||
	    kpi_iterator_next(i, &found, NULL) != KPI_OK || found != NULL;

	kpi_iterator_free(i);
	kpi_query_free(q);
	return known;
}

static const char *
group_name(const void *ctx, size_t row)
{
	const char *const name = kpi_result_group(ctx, row, 0);

	return name == NULL ? "" : name;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether the name has the word in it: SIP/anna has Anna. */
static int
has_within(const char *name, const char *word)
{
	for (; *name != '\0'; name++) {
		size_t i = 0;

		while (word[i] != '\0' && lower(name[i]) == lower(word[i]))
			i++;
		if (word[i] == '\0')
			return 1;
	}
	return 0;
}

static const char *
nearest_group(const kpi_result *groups, const char *text)
{
	const size_t rows = (size_t)kpi_result_rows(groups);

	for (size_t i = 0; i < rows; i++)
		if (has_within(group_name(groups, i), text))
			return group_name(groups, i);
	return nearest(text, group_name, groups, rows);
}

static int
say_value(void *ctx, const char *text)
{
	const struct value *const v = ctx;
	kpi_definition *visits = NULL;
	const kpi_definition *list[1];
	kpi_result *groups = NULL;
	kpi_query *q = NULL;
	const char *near = NULL;

	if (*text == '\0' || is_known(v, text))
		return DONE;
	if (kpi_query_new(&q, NULL, NULL) == KPI_OK &&
	    kpi_query_by(q, v->dimension.number) == KPI_OK &&
	    kpi_definition_new(&visits, KPI_METRIC_VISITS, NULL, NULL) ==
		KPI_OK) {
		list[0] = visits;
		if (kpi_measure(&groups, v->store, q, list, 1, NULL) == KPI_OK)
			near = nearest_group(groups, text);
	}
	if (near == NULL)
		(void)complain(DONE, "%s has no %s \"%s\"", v->path,
		    v->dimension.name, text);
	else
		(void)complain(DONE,
		    "%s has no %s \"%s\"; the nearest is \"%s\"", v->path,
		    v->dimension.name, text, near);
	kpi_result_free(groups);
	kpi_definition_free(visits);
	kpi_query_free(q);
	return DONE;
}

static void
say_values(
    kpi_store *store, const char *path, const char *option, const char *text)
{
	struct value v = { store, path, KPI_ENTRY_INIT };
	struct setting s;

	if (setting_read(&s, text, option, "DIMENSION=VALUE") == DONE &&
	    kpi_catalogue_find(
		KPI_TABLE_DIMENSIONS, s.name, &v.dimension, NULL) == KPI_OK &&
	    v.dimension.number != KPI_BY_DIRECTION)
		(void)list_each(s.value, say_value, &v);
}

static int64_t
instant_of(const kpi_query *q, const struct arguments *a, enum option option,
    int64_t otherwise)
{
	int64_t at;

	if (kpi_instant_parse(&at, q, argument_value(a, option, ""), NULL) !=
	    KPI_OK)
		return otherwise;
	return at;
}

static void
say_range(const kpi_store_info *info, const char *path, const kpi_query *q,
    const struct arguments *a)
{
	const int64_t from = instant_of(q, a, FROM, INT64_MIN);
	const int64_t until = instant_of(q, a, UNTIL, INT64_MAX);
	char first[KPI_INSTANT_TEXT], last[KPI_INSTANT_TEXT];

	if (from == until)
		(void)complain(DONE,
		    "nothing lies between --from and --until, which are the "
		    "same instant: --until is exclusive");
	else if (from >= info->as_of || until <= info->known_from)
		(void)complain(DONE,
		    "nothing lies in that time: %s has %s to %s", path,
		    instant_text(first, q, info->known_from),
		    instant_text(last, q, info->as_of));
}

void
say_unknown(kpi_store *store, const char *path, const kpi_query *query,
    const struct arguments *a)
{
	kpi_store_info info = KPI_STORE_INFO_INIT;

	if (kpi_store_read_info(store, &info, NULL) != KPI_OK ||
	    info.interactions == 0)
		return;
	say_range(&info, path, query, a);
	for (size_t i = 0; i < a->count; i++) {
		if (a->at[i].option == WHERE)
			say_values(store, path, "--where", a->at[i].text);
		if (a->at[i].option == WHERE_NOT)
			say_values(store, path, "--where-not", a->at[i].text);
	}
}
