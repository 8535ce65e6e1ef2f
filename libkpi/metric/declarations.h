/* SPDX-License-Identifier: MIT */
/*
 * declarations.h - what declares each metric. Written by `make update` from the
 * table of metrics: change it there.
 */
#ifndef KPI_METRIC_DECLARATIONS_H
#define KPI_METRIC_DECLARATIONS_H

#include <kpi/base.h>

struct kpi__claim;

kpi_status kpi__declare_abandonment_rate(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_after_call_time(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_after_call_time_quantile(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_answer_rate(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_average_idle_time(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_average_wait(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_backlog(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_ces(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_channel_mix(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_contacts(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_contacts_per_agent(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_contacts_per_issue(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_cost_per_contact(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_csat(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_csat_mean(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_customers(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_dsat(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_escalation_rate(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_first_contact(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_first_response_time(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_first_response_time_quantile(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_first_response_within(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_handle_time(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_handle_time_quantile(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_hold_time(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_hold_time_quantile(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_longest_wait(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_nps(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_occupancy(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_quality_score(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_reason_mix(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_reopen_rate(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_repeat_customer_rate(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_repeat_rate(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_resolution_rate(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_resolution_time(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_resolution_time_quantile(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_self_service_rate(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_service_level(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_speed_of_answer(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_speed_of_answer_quantile(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_survey_response_rate(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_talk_time(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_talk_time_quantile(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_transfer_rate(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_turnover(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_utilisation(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_visits(
    struct kpi__claim *claim, kpi_error *error);
kpi_status kpi__declare_wait_quantile(
    struct kpi__claim *claim, kpi_error *error);

#endif
