/* SPDX-License-Identifier: MIT */
/* helpdesk.c - adds a ticket with its survey answer, asks for the CSAT. */
#include <kpi.h>
#include <stdio.h>

int
main(int argc, char **argv)
{
	kpi_interaction ticket = KPI_INTERACTION_INIT;
	kpi_figure csat = KPI_FIGURE_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store = NULL;
	kpi_result *result = NULL;

	ticket.id = argc > 1 ? argv[1] : "4711";
	ticket.customer = "c-42";
	ticket.started_at = 1790000000000; /* ms since 1970 UTC */
	ticket.csat = 5;
	if (kpi_store_open(&store, "tickets.kpi", NULL, &error) != KPI_OK ||
	    kpi_store_add(store, &ticket, &error) != KPI_OK ||
	    kpi_csat(&result, store, NULL, NULL, &error) != KPI_OK)
		fprintf(stderr, "%s\n", error.text);
	else if (kpi_result_figure(result, 0, 0, &csat) == KPI_OK)
		printf("CSAT %.1f %% of %d answers\n", 100 * csat.value,
		    (int)csat.denominator);
	kpi_result_free(result);
	kpi_store_close(store);
	return csat.state != KPI_STATE_OK;
}
