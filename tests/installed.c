/* SPDX-License-Identifier: MIT */
/*
 * installed.c - a user's smallest program, for install.sh: one call into a
 * store in memory, and its service level.
 */
#include <kpi.h>

#include <string.h>

static int
measure(kpi_store *store)
{
	kpi_figure figure = KPI_FIGURE_INIT;
	kpi_result *result;
	int right;

	if (kpi_service_level(&result, store, NULL, NULL, NULL) != KPI_OK)
		return 0;
	right = kpi_result_figure(result, 0, 0, &figure) == KPI_OK &&
	    figure.numerator == 1 && figure.denominator == 1;
	kpi_result_free(result);
	return right;
}

int
main(void)
{
	kpi_visit visit = KPI_VISIT_INIT;
	kpi_interaction call = KPI_INTERACTION_INIT;
	kpi_store *store;
	int right;

	if (kpi_store_open(&store, NULL, NULL, NULL) != KPI_OK)
		return 1;
	visit.queue = "support";
	visit.agent = "amira";
	visit.wait_ms = 8000;
	visit.talk_ms = 190000;
	visit.outcome = KPI_OUTCOME_ANSWERED;
	call.started_at = 1541512345000;
	call.visits = &visit;
	call.visit_count = 1;
	right = kpi_store_add(store, &call, NULL) == KPI_OK && measure(store);
	kpi_store_close(store);
	return right && strcmp(kpi_version(), "") != 0 ? 0 : 1;
}
