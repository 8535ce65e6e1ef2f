/* SPDX-License-Identifier: MIT */
#include "asked.h"

#include <check.h>
#include <math.h>
#include <string.h>

kpi_store *
new_store(void)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;

	ck_assert_int_eq(kpi_store_open(&store, NULL, NULL, &error), KPI_OK);
	return store;
}

void
add(kpi_store *store, const kpi_interaction *interaction)
{
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_msg(kpi_store_add(store, interaction, &error) == KPI_OK, "%s",
	    error.text);
}

kpi_visit
visit_of(int64_t outcome, int64_t wait_ms, int64_t talk_ms)
{
	kpi_visit visit = KPI_VISIT_INIT;

	visit.outcome = outcome;
	visit.wait_ms = wait_ms;
	visit.talk_ms = talk_ms;
	return visit;
}

kpi_interaction
interaction_of(int64_t started_at, kpi_visit *visits, uint64_t count)
{
	kpi_interaction whole = KPI_INTERACTION_INIT;

	whole.started_at = started_at;
	whole.visits = visits;
	whole.visit_count = count;
	return whole;
}

void
add_calls(kpi_store *store, call of, uint64_t count)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_visit visit = visit_of(of.outcome, of.wait, of.talk);
	kpi_interaction whole = interaction_of(of.start, &visit, 1);

	visit.agent = of.agent;
	visit.queue = of.queue;
	whole.customer = of.customer;
	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_OK);
	for (uint64_t i = 0; i < count; i++)
		add(store, &whole);
	ck_assert_int_eq(kpi_store_commit(store, &error), KPI_OK);
}

static kpi_result *
measured(
    kpi_store *store, const kpi_query *query, const kpi_definition *definition)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *result;

	ck_assert_msg(kpi_measure(&result, store, query, &definition, 1,
			  &error) == KPI_OK,
	    "%s", error.text);
	return result;
}

kpi_definition *
definition_of(const char *text)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_entry entry = KPI_ENTRY_INIT;
	kpi_definition *definition;
	char copy[512], *word, *next;

	ck_assert_uint_lt(strlen(text), sizeof(copy));
	memcpy(copy, text, strlen(text) + 1);
	next = strchr(copy, ' ');
	if (next != NULL)
		*next++ = '\0';
	ck_assert_msg(kpi_catalogue_find(
			  KPI_TABLE_METRICS, copy, &entry, &error) == KPI_OK,
	    "%s", error.text);
	ck_assert_int_eq(
	    kpi_definition_new(&definition, entry.number, NULL, &error),
	    KPI_OK);
	while ((word = next) != NULL) {
		char *const value = strchr(word, '=');

		ck_assert_ptr_nonnull(value);
		*value = '\0';
		next = strchr(value + 1, ' ');
		if (next != NULL)
			*next++ = '\0';
		ck_assert_msg(kpi_definition_set(definition, word, value + 1,
				  &error) == KPI_OK,
		    "%s: %s", text, error.text);
	}
	return definition;
}

kpi_result *
ask_rows(kpi_store *store, const kpi_query *query, const char *text)
{
	kpi_definition *definition = definition_of(text);
	kpi_result *result = measured(store, query, definition);

	kpi_definition_free(definition);
	return result;
}

kpi_figure
figure_at(const kpi_result *result, uint64_t row)
{
	kpi_figure figure = KPI_FIGURE_INIT;

	ck_assert_int_eq(kpi_result_figure(result, row, 0, &figure), KPI_OK);
	return figure;
}

static kpi_figure
only_figure(kpi_result *result)
{
	kpi_figure figure;

	ck_assert_uint_eq(kpi_result_rows(result), 1);
	figure = figure_at(result, 0);
	kpi_result_free(result);
	return figure;
}

kpi_figure
ask(kpi_store *store, const kpi_query *query, const char *text)
{
	return only_figure(ask_rows(store, query, text));
}

kpi_figure
ask_preset(kpi_store *store, const char *metric, const char *preset,
    const char *setting)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_entry entry = KPI_ENTRY_INIT;
	kpi_definition *definition;
	kpi_figure figure;
	char name[64];

	ck_assert_int_eq(
	    kpi_catalogue_find(KPI_TABLE_METRICS, metric, &entry, &error),
	    KPI_OK);
	ck_assert_int_eq(
	    kpi_definition_new(&definition, entry.number, NULL, &error),
	    KPI_OK);
	ck_assert_msg(
	    kpi_definition_preset(definition, preset, &error) == KPI_OK, "%s",
	    error.text);
	if (setting != NULL) {
		const size_t size = strcspn(setting, "=");

		memcpy(name, setting, size);
		name[size] = '\0';
		ck_assert_msg(kpi_definition_set(definition, name,
				  setting + size + 1, &error) == KPI_OK,
		    "%s", error.text);
	}
	figure = only_figure(measured(store, NULL, definition));
	kpi_definition_free(definition);
	return figure;
}

kpi_query *
new_query(void)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_query *query;

	ck_assert_int_eq(kpi_query_new(&query, NULL, &error), KPI_OK);
	return query;
}

int64_t
at(int hour, int minute)
{
	return MONDAY + hour * HOUR + minute * MINUTE;
}

int
is_near(double value, double expected, double tolerance)
{
	return fabs(value - expected) <= tolerance * fmax(1, fabs(expected));
}
