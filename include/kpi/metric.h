/* SPDX-License-Identifier: MIT */
/*
 * metric.h - one function a metric. Written by `make update` from the table
 * of metrics: change it there.
 */
#ifndef KPI_METRIC_H
#define KPI_METRIC_H

#include <kpi/result.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Each measures one metric: kpi_measure() with one definition, which must be
 * of that metric (else KPI_EINVAL); NULL is its default.
 */
KPI_API kpi_status kpi_contacts(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_visits(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_customers(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_service_level(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_abandonment_rate(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_answer_rate(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_average_speed_of_answer(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_average_handle_time(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_resolution_rate(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_first_contact_resolution(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_repeat_rate(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_contacts_per_issue(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_csat(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_csat_mean(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_nps(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_average_wait(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_longest_wait(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_average_talk_time(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_average_hold_time(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_average_after_call_time(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_transfer_rate(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_channel_mix(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_reason_mix(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_repeat_customer_rate(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_dsat(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_ces(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_survey_response_rate(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_occupancy(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_utilisation(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_contacts_per_agent(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_backlog(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_reopen_rate(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_escalation_rate(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_quality_score(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_self_service_rate(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_first_response_time(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_resolution_time(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_first_response_within(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_resolved_within(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_average_idle_time(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_turnover(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_wait_p50(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_wait_p75(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_wait_p90(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_wait_p95(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_wait_p99(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_wait_quantile(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_speed_of_answer_p50(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_speed_of_answer_p75(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_speed_of_answer_p90(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_speed_of_answer_p95(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_speed_of_answer_p99(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_speed_of_answer_quantile(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_handle_time_p50(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_handle_time_p75(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_handle_time_p90(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_handle_time_p95(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_handle_time_p99(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_handle_time_quantile(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_talk_time_p50(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_talk_time_p75(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_talk_time_p90(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_talk_time_p95(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_talk_time_p99(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_talk_time_quantile(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_hold_time_p50(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_hold_time_p75(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_hold_time_p90(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_hold_time_p95(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_hold_time_p99(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_hold_time_quantile(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_after_call_time_p50(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_after_call_time_p75(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_after_call_time_p90(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_after_call_time_p95(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_after_call_time_p99(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_after_call_time_quantile(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_first_response_time_p50(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_first_response_time_p75(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_first_response_time_p90(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_first_response_time_p95(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_first_response_time_p99(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_first_response_time_quantile(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_resolution_time_p50(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_resolution_time_p75(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_resolution_time_p90(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_resolution_time_p95(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_resolution_time_p99(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_resolution_time_quantile(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
