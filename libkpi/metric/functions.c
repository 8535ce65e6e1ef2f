/* SPDX-License-Identifier: MIT */
/* Written by `make update` from the table of metrics: change it there. */
#include <kpi/metric.h>

#include "metric/measure.h"

kpi_status
kpi_contacts(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_CONTACTS, error);
}

kpi_status
kpi_visits(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_VISITS, error);
}

kpi_status
kpi_customers(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_CUSTOMERS, error);
}

kpi_status
kpi_service_level(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_SERVICE_LEVEL, error);
}

kpi_status
kpi_abandonment_rate(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_ABANDONMENT_RATE, error);
}

kpi_status
kpi_answer_rate(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_ANSWER_RATE, error);
}

kpi_status
kpi_average_speed_of_answer(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_AVERAGE_SPEED_OF_ANSWER, error);
}

kpi_status
kpi_average_handle_time(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_AVERAGE_HANDLE_TIME, error);
}

kpi_status
kpi_resolution_rate(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_RESOLUTION_RATE, error);
}

kpi_status
kpi_first_contact_resolution(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_FIRST_CONTACT_RESOLUTION, error);
}

kpi_status
kpi_repeat_rate(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_REPEAT_RATE, error);
}

kpi_status
kpi_contacts_per_issue(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_CONTACTS_PER_ISSUE, error);
}

kpi_status
kpi_csat(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_CSAT, error);
}

kpi_status
kpi_csat_mean(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_CSAT_MEAN, error);
}

kpi_status
kpi_nps(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_NPS, error);
}

kpi_status
kpi_average_wait(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_AVERAGE_WAIT, error);
}

kpi_status
kpi_longest_wait(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_LONGEST_WAIT, error);
}

kpi_status
kpi_average_talk_time(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_AVERAGE_TALK_TIME, error);
}

kpi_status
kpi_average_hold_time(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_AVERAGE_HOLD_TIME, error);
}

kpi_status
kpi_average_after_call_time(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_AVERAGE_AFTER_CALL_TIME, error);
}

kpi_status
kpi_transfer_rate(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_TRANSFER_RATE, error);
}

kpi_status
kpi_channel_mix(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_CHANNEL_MIX, error);
}

kpi_status
kpi_reason_mix(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_REASON_MIX, error);
}

kpi_status
kpi_repeat_customer_rate(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_REPEAT_CUSTOMER_RATE, error);
}

kpi_status
kpi_dsat(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_DSAT, error);
}

kpi_status
kpi_ces(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_CES, error);
}

kpi_status
kpi_survey_response_rate(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_SURVEY_RESPONSE_RATE, error);
}

kpi_status
kpi_occupancy(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_OCCUPANCY, error);
}

kpi_status
kpi_utilisation(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_UTILISATION, error);
}

kpi_status
kpi_contacts_per_agent(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_CONTACTS_PER_AGENT, error);
}

kpi_status
kpi_backlog(kpi_result **out, kpi_store *store,
    const kpi_query *query, const kpi_definition *definition, kpi_error *error)
{
	return kpi__measure_one(out, store, query, definition,
	    KPI_METRIC_BACKLOG, error);
}
