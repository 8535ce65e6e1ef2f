/* SPDX-License-Identifier: MIT */
#include "explaining.h"

#include <check.h>

kpi_explanation *
open_roles(kpi_store *store, const kpi_query *query, const char *text,
    int64_t roles)
{
	kpi_explain_options options = KPI_EXPLAIN_OPTIONS_INIT;
	kpi_definition *d = definition_of(text);
	kpi_error error = KPI_ERROR_INIT;
	kpi_explanation *e;

	options.roles = roles;
	ck_assert_msg(
	    kpi_explain(&e, store, query, d, &options, &error) == KPI_OK,
	    "%s: %s", text, error.text);
	kpi_definition_free(d);
	return e;
}

kpi_explanation *
open_figure(kpi_store *store, const kpi_query *query, const char *text)
{
	return open_roles(store, query, text, 0);
}

kpi_explained
unit_of(kpi_explanation *e, uint64_t i)
{
	kpi_explained u = KPI_EXPLAINED_INIT;
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_msg(kpi_explanation_get(e, i, &u, &error) == KPI_OK,
	    "%s", error.text);
	return u;
}

kpi_status
refused(kpi_store *store, const kpi_query *query, const char *text,
    kpi_error *error)
{
	kpi_definition *d = definition_of(text);
	kpi_explanation *e = (kpi_explanation *)&d;
	const kpi_error none = KPI_ERROR_INIT;
	kpi_status status;

	*error = none;
	status = kpi_explain(&e, store, query, d, NULL, error);
	ck_assert_ptr_null(e);
	kpi_definition_free(d);
	return status;
}

void
add_named(kpi_store *store, const char *id, int64_t start, int64_t outcome,
    int64_t wait)
{
	kpi_visit v = visit_of(outcome, wait, MINUTE);
	kpi_interaction i = interaction_of(start, &v, 1);

	i.id = id;
	i.source = "pbx";
	i.customer = "c-1";
	v.agent = "amira";
	add(store, &i);
}

/* Not in the order of time. */
kpi_store *
calls(void)
{
	kpi_store *store = new_store();

	add_named(store, "late", at(9, 2), KPI_OUTCOME_ANSWERED, 21 * SECOND);
	add_named(store, "in time", at(9, 1), KPI_OUTCOME_ANSWERED,
	    20 * SECOND);
	add_named(store, "gone", at(9, 3), KPI_OUTCOME_ABANDONED, 5 * SECOND);
	add_named(store, "menu", at(9, 4), KPI_OUTCOME_SELF_SERVED, 0);
	add_named(store, "odd", at(9, 5), KPI_OUTCOME_ANSWERED, KPI_UNKNOWN);
	return store;
}

