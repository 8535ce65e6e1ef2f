/* SPDX-License-Identifier: MIT */
/*
 * metric.h - the metrics: a number and a function each. Written by
 * `make update` from the table of metrics: change it there.
 */
#ifndef KPI_METRIC_H
#define KPI_METRIC_H

#include <kpi/result.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Never reused: files and saved results have them. */
#define KPI_METRIC_CONTACTS                     1
#define KPI_METRIC_VISITS                       2
#define KPI_METRIC_CUSTOMERS                    3
#define KPI_METRIC_SERVICE_LEVEL                4
#define KPI_METRIC_ABANDONMENT_RATE             5
#define KPI_METRIC_ANSWER_RATE                  6
#define KPI_METRIC_AVERAGE_SPEED_OF_ANSWER      7
#define KPI_METRIC_AVERAGE_HANDLE_TIME          8
#define KPI_METRIC_RESOLUTION_RATE              9
#define KPI_METRIC_FIRST_CONTACT_RESOLUTION     10
#define KPI_METRIC_REPEAT_RATE                  11
#define KPI_METRIC_CONTACTS_PER_ISSUE           12
#define KPI_METRIC_CSAT                         13
#define KPI_METRIC_CSAT_MEAN                    14
#define KPI_METRIC_NPS                          15
#define KPI_METRIC_AVERAGE_WAIT                 16
#define KPI_METRIC_LONGEST_WAIT                 17
#define KPI_METRIC_AVERAGE_TALK_TIME            18
#define KPI_METRIC_AVERAGE_HOLD_TIME            19
#define KPI_METRIC_AVERAGE_AFTER_CALL_TIME      20
#define KPI_METRIC_TRANSFER_RATE                21
#define KPI_METRIC_CHANNEL_MIX                  22
#define KPI_METRIC_REASON_MIX                   23
#define KPI_METRIC_REPEAT_CUSTOMER_RATE         24
#define KPI_METRIC_DSAT                         25
#define KPI_METRIC_CES                          26
#define KPI_METRIC_SURVEY_RESPONSE_RATE         27
#define KPI_METRIC_OCCUPANCY                    28
#define KPI_METRIC_UTILISATION                  29
#define KPI_METRIC_CONTACTS_PER_AGENT           30
#define KPI_METRIC_BACKLOG                      31
#define KPI_METRIC_REOPEN_RATE                  80
#define KPI_METRIC_ESCALATION_RATE              81
#define KPI_METRIC_QUALITY_SCORE                82
#define KPI_METRIC_SELF_SERVICE_RATE            83
#define KPI_METRIC_FIRST_RESPONSE_TIME          84
#define KPI_METRIC_RESOLUTION_TIME              85
#define KPI_METRIC_FIRST_RESPONSE_WITHIN        86
#define KPI_METRIC_RESOLVED_WITHIN              87
#define KPI_METRIC_AVERAGE_IDLE_TIME            88
#define KPI_METRIC_TURNOVER                     89
#define KPI_METRIC_COST_PER_CONTACT             90
#define KPI_METRIC_WAIT_P50                     32
#define KPI_METRIC_WAIT_P75                     33
#define KPI_METRIC_WAIT_P90                     34
#define KPI_METRIC_WAIT_P95                     35
#define KPI_METRIC_WAIT_P99                     36
#define KPI_METRIC_WAIT_QUANTILE                37
#define KPI_METRIC_SPEED_OF_ANSWER_P50          38
#define KPI_METRIC_SPEED_OF_ANSWER_P75          39
#define KPI_METRIC_SPEED_OF_ANSWER_P90          40
#define KPI_METRIC_SPEED_OF_ANSWER_P95          41
#define KPI_METRIC_SPEED_OF_ANSWER_P99          42
#define KPI_METRIC_SPEED_OF_ANSWER_QUANTILE     43
#define KPI_METRIC_HANDLE_TIME_P50              44
#define KPI_METRIC_HANDLE_TIME_P75              45
#define KPI_METRIC_HANDLE_TIME_P90              46
#define KPI_METRIC_HANDLE_TIME_P95              47
#define KPI_METRIC_HANDLE_TIME_P99              48
#define KPI_METRIC_HANDLE_TIME_QUANTILE         49
#define KPI_METRIC_TALK_TIME_P50                50
#define KPI_METRIC_TALK_TIME_P75                51
#define KPI_METRIC_TALK_TIME_P90                52
#define KPI_METRIC_TALK_TIME_P95                53
#define KPI_METRIC_TALK_TIME_P99                54
#define KPI_METRIC_TALK_TIME_QUANTILE           55
#define KPI_METRIC_HOLD_TIME_P50                56
#define KPI_METRIC_HOLD_TIME_P75                57
#define KPI_METRIC_HOLD_TIME_P90                58
#define KPI_METRIC_HOLD_TIME_P95                59
#define KPI_METRIC_HOLD_TIME_P99                60
#define KPI_METRIC_HOLD_TIME_QUANTILE           61
#define KPI_METRIC_AFTER_CALL_TIME_P50          62
#define KPI_METRIC_AFTER_CALL_TIME_P75          63
#define KPI_METRIC_AFTER_CALL_TIME_P90          64
#define KPI_METRIC_AFTER_CALL_TIME_P95          65
#define KPI_METRIC_AFTER_CALL_TIME_P99          66
#define KPI_METRIC_AFTER_CALL_TIME_QUANTILE     67
#define KPI_METRIC_FIRST_RESPONSE_TIME_P50      68
#define KPI_METRIC_FIRST_RESPONSE_TIME_P75      69
#define KPI_METRIC_FIRST_RESPONSE_TIME_P90      70
#define KPI_METRIC_FIRST_RESPONSE_TIME_P95      71
#define KPI_METRIC_FIRST_RESPONSE_TIME_P99      72
#define KPI_METRIC_FIRST_RESPONSE_TIME_QUANTILE 73
#define KPI_METRIC_RESOLUTION_TIME_P50          74
#define KPI_METRIC_RESOLUTION_TIME_P75          75
#define KPI_METRIC_RESOLUTION_TIME_P90          76
#define KPI_METRIC_RESOLUTION_TIME_P95          77
#define KPI_METRIC_RESOLUTION_TIME_P99          78
#define KPI_METRIC_RESOLUTION_TIME_QUANTILE     79

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
KPI_API kpi_status kpi_cost_per_contact(kpi_result **out,
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
