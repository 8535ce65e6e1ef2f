/* SPDX-License-Identifier: MIT */
/* Written by `make update` from the table of metrics: change it there. */
#include "metric/parameter.h"

static const char *const readers[KPI__PARAMETERS] = {
	[KPI__ABANDONMENT_DENOMINATOR] =
	    "abandonment_rate, answer_rate",
	[KPI__ABANDONMENT_NUMERATOR] =
	    "abandonment_rate, answer_rate",
	[KPI__ANCHOR] =
	    "contacts, visits, customers, service_level, abandonment_rate, "
	    "answer_rate, average_speed_of_answer, average_handle_time, "
	    "resolution_rate, first_contact_resolution, repeat_rate, "
	    "contacts_per_issue, csat, csat_mean, nps, average_wait, "
	    "longest_wait, average_talk_time, average_hold_time, "
	    "average_after_call_time, transfer_rate, channel_mix, reason_mix, "
	    "repeat_customer_rate, dsat, ces, survey_response_rate, "
	    "contacts_per_agent, reopen_rate, escalation_rate, quality_score, "
	    "self_service_rate, first_response_time, resolution_time, "
	    "first_response_within, resolved_within, cost_per_contact, "
	    "wait_p50, wait_p75, wait_p90, wait_p95, wait_p99, wait_quantile, "
	    "speed_of_answer_p50, speed_of_answer_p75, speed_of_answer_p90, "
	    "speed_of_answer_p95, speed_of_answer_p99, "
	    "speed_of_answer_quantile, handle_time_p50, handle_time_p75, "
	    "handle_time_p90, handle_time_p95, handle_time_p99, "
	    "handle_time_quantile, talk_time_p50, talk_time_p75, "
	    "talk_time_p90, talk_time_p95, talk_time_p99, talk_time_quantile, "
	    "hold_time_p50, hold_time_p75, hold_time_p90, hold_time_p95, "
	    "hold_time_p99, hold_time_quantile, after_call_time_p50, "
	    "after_call_time_p75, after_call_time_p90, after_call_time_p95, "
	    "after_call_time_p99, after_call_time_quantile, "
	    "first_response_time_p50, first_response_time_p75, "
	    "first_response_time_p90, first_response_time_p95, "
	    "first_response_time_p99, first_response_time_quantile, "
	    "resolution_time_p50, resolution_time_p75, resolution_time_p90, "
	    "resolution_time_p95, resolution_time_p99, "
	    "resolution_time_quantile",
	[KPI__ARRIVALS] =
	    "contacts, visits, customers, service_level, abandonment_rate, "
	    "answer_rate, average_speed_of_answer, average_handle_time, "
	    "resolution_rate, first_contact_resolution, repeat_rate, "
	    "contacts_per_issue, csat, csat_mean, nps, average_wait, "
	    "longest_wait, average_talk_time, average_hold_time, "
	    "average_after_call_time, transfer_rate, channel_mix, reason_mix, "
	    "repeat_customer_rate, dsat, ces, survey_response_rate, backlog, "
	    "reopen_rate, escalation_rate, quality_score, self_service_rate, "
	    "first_response_time, resolution_time, first_response_within, "
	    "resolved_within, cost_per_contact, wait_p50, wait_p75, wait_p90, "
	    "wait_p95, wait_p99, wait_quantile, speed_of_answer_p50, "
	    "speed_of_answer_p75, speed_of_answer_p90, speed_of_answer_p95, "
	    "speed_of_answer_p99, speed_of_answer_quantile, handle_time_p50, "
	    "handle_time_p75, handle_time_p90, handle_time_p95, "
	    "handle_time_p99, handle_time_quantile, talk_time_p50, "
	    "talk_time_p75, talk_time_p90, talk_time_p95, talk_time_p99, "
	    "talk_time_quantile, hold_time_p50, hold_time_p75, hold_time_p90, "
	    "hold_time_p95, hold_time_p99, hold_time_quantile, "
	    "after_call_time_p50, after_call_time_p75, after_call_time_p90, "
	    "after_call_time_p95, after_call_time_p99, "
	    "after_call_time_quantile, first_response_time_p50, "
	    "first_response_time_p75, first_response_time_p90, "
	    "first_response_time_p95, first_response_time_p99, "
	    "first_response_time_quantile, resolution_time_p50, "
	    "resolution_time_p75, resolution_time_p90, resolution_time_p95, "
	    "resolution_time_p99, resolution_time_quantile",
	[KPI__AS_OF] =
	    "contacts, service_level, abandonment_rate, answer_rate, "
	    "resolution_rate, first_contact_resolution, repeat_rate, "
	    "contacts_per_issue, csat, csat_mean, nps, average_wait, "
	    "longest_wait, channel_mix, reason_mix, repeat_customer_rate, "
	    "dsat, ces, survey_response_rate, occupancy, utilisation, "
	    "contacts_per_agent, backlog, reopen_rate, self_service_rate, "
	    "first_response_time, resolution_time, first_response_within, "
	    "resolved_within, average_idle_time, turnover, cost_per_contact, "
	    "wait_p50, wait_p75, wait_p90, wait_p95, wait_p99, wait_quantile, "
	    "first_response_time_p50, first_response_time_p75, "
	    "first_response_time_p90, first_response_time_p95, "
	    "first_response_time_p99, first_response_time_quantile, "
	    "resolution_time_p50, resolution_time_p75, resolution_time_p90, "
	    "resolution_time_p95, resolution_time_p99, "
	    "resolution_time_quantile",
	[KPI__AVERAGE_WAIT_OUTCOMES] =
	    "average_wait, wait_p50, wait_p75, wait_p90, wait_p95, wait_p99, "
	    "wait_quantile",
	[KPI__BOUNDS_BY] =
	    "service_level, abandonment_rate, answer_rate, "
	    "average_speed_of_answer, average_handle_time, resolution_rate, "
	    "first_contact_resolution, repeat_rate, contacts_per_issue, csat, "
	    "csat_mean, nps, average_wait, average_talk_time, "
	    "average_hold_time, average_after_call_time, transfer_rate, "
	    "channel_mix, reason_mix, repeat_customer_rate, dsat, ces, "
	    "survey_response_rate, occupancy, utilisation, contacts_per_agent, "
	    "reopen_rate, escalation_rate, quality_score, self_service_rate, "
	    "first_response_time, resolution_time, first_response_within, "
	    "resolved_within, average_idle_time, cost_per_contact, wait_p50, "
	    "wait_p75, wait_p90, wait_p95, wait_p99, wait_quantile, "
	    "speed_of_answer_p50, speed_of_answer_p75, speed_of_answer_p90, "
	    "speed_of_answer_p95, speed_of_answer_p99, "
	    "speed_of_answer_quantile, handle_time_p50, handle_time_p75, "
	    "handle_time_p90, handle_time_p95, handle_time_p99, "
	    "handle_time_quantile, talk_time_p50, talk_time_p75, "
	    "talk_time_p90, talk_time_p95, talk_time_p99, talk_time_quantile, "
	    "hold_time_p50, hold_time_p75, hold_time_p90, hold_time_p95, "
	    "hold_time_p99, hold_time_quantile, after_call_time_p50, "
	    "after_call_time_p75, after_call_time_p90, after_call_time_p95, "
	    "after_call_time_p99, after_call_time_quantile, "
	    "first_response_time_p50, first_response_time_p75, "
	    "first_response_time_p90, first_response_time_p95, "
	    "first_response_time_p99, first_response_time_quantile, "
	    "resolution_time_p50, resolution_time_p75, resolution_time_p90, "
	    "resolution_time_p95, resolution_time_p99, "
	    "resolution_time_quantile",
	[KPI__BUSINESS_HOURS] =
	    "first_response_time, resolution_time, first_response_within, "
	    "resolved_within, first_response_time_p50, "
	    "first_response_time_p75, first_response_time_p90, "
	    "first_response_time_p95, first_response_time_p99, "
	    "first_response_time_quantile, resolution_time_p50, "
	    "resolution_time_p75, resolution_time_p90, resolution_time_p95, "
	    "resolution_time_p99, resolution_time_quantile",
	[KPI__CES_BOTTOM] =
	    "ces",
	[KPI__CES_SCORE] =
	    "ces",
	[KPI__CES_TOP] =
	    "ces",
	[KPI__CES_VERSION] =
	    "ces",
	[KPI__COMPARE_ADJUST] =
	    "service_level, abandonment_rate, answer_rate, "
	    "average_speed_of_answer, average_handle_time, resolution_rate, "
	    "first_contact_resolution, repeat_rate, contacts_per_issue, csat, "
	    "csat_mean, nps, average_wait, average_talk_time, "
	    "average_hold_time, average_after_call_time, transfer_rate, "
	    "repeat_customer_rate, dsat, ces, survey_response_rate, occupancy, "
	    "utilisation, contacts_per_agent, reopen_rate, escalation_rate, "
	    "quality_score, self_service_rate, first_response_time, "
	    "resolution_time, first_response_within, resolved_within, "
	    "average_idle_time, cost_per_contact",
	[KPI__CONFIDENCE] =
	    "service_level, abandonment_rate, answer_rate, "
	    "average_speed_of_answer, average_handle_time, resolution_rate, "
	    "first_contact_resolution, repeat_rate, contacts_per_issue, csat, "
	    "csat_mean, nps, average_wait, average_talk_time, "
	    "average_hold_time, average_after_call_time, transfer_rate, "
	    "channel_mix, reason_mix, repeat_customer_rate, dsat, ces, "
	    "survey_response_rate, occupancy, utilisation, contacts_per_agent, "
	    "reopen_rate, escalation_rate, quality_score, self_service_rate, "
	    "first_response_time, resolution_time, first_response_within, "
	    "resolved_within, average_idle_time, cost_per_contact, wait_p50, "
	    "wait_p75, wait_p90, wait_p95, wait_p99, wait_quantile, "
	    "speed_of_answer_p50, speed_of_answer_p75, speed_of_answer_p90, "
	    "speed_of_answer_p95, speed_of_answer_p99, "
	    "speed_of_answer_quantile, handle_time_p50, handle_time_p75, "
	    "handle_time_p90, handle_time_p95, handle_time_p99, "
	    "handle_time_quantile, talk_time_p50, talk_time_p75, "
	    "talk_time_p90, talk_time_p95, talk_time_p99, talk_time_quantile, "
	    "hold_time_p50, hold_time_p75, hold_time_p90, hold_time_p95, "
	    "hold_time_p99, hold_time_quantile, after_call_time_p50, "
	    "after_call_time_p75, after_call_time_p90, after_call_time_p95, "
	    "after_call_time_p99, after_call_time_quantile, "
	    "first_response_time_p50, first_response_time_p75, "
	    "first_response_time_p90, first_response_time_p95, "
	    "first_response_time_p99, first_response_time_quantile, "
	    "resolution_time_p50, resolution_time_p75, resolution_time_p90, "
	    "resolution_time_p95, resolution_time_p99, "
	    "resolution_time_quantile",
	[KPI__CONTACTS_CLASSES] =
	    "contacts, channel_mix, reason_mix",
	[KPI__CONTACTS_PER_AGENT_DENOMINATOR] =
	    "contacts_per_agent",
	[KPI__CONTACTS_PER_AGENT_NUMERATOR] =
	    "contacts_per_agent",
	[KPI__CONTACT_PARTS] =
	    "occupancy, utilisation, average_idle_time",
	[KPI__COST_ALLOCATION] =
	    "cost_per_contact",
	[KPI__COST_DENOMINATOR] =
	    "cost_per_contact",
	[KPI__COST_SOURCES] =
	    "cost_per_contact",
	[KPI__CREDIT] =
	    "contacts, customers, service_level, abandonment_rate, "
	    "answer_rate, average_speed_of_answer, average_handle_time, "
	    "resolution_rate, first_contact_resolution, repeat_rate, "
	    "contacts_per_issue, csat, csat_mean, nps, average_wait, "
	    "longest_wait, average_talk_time, average_hold_time, "
	    "average_after_call_time, channel_mix, reason_mix, "
	    "repeat_customer_rate, dsat, ces, survey_response_rate, backlog, "
	    "reopen_rate, quality_score, self_service_rate, "
	    "first_response_time, resolution_time, first_response_within, "
	    "resolved_within, cost_per_contact, wait_p50, wait_p75, wait_p90, "
	    "wait_p95, wait_p99, wait_quantile, speed_of_answer_p50, "
	    "speed_of_answer_p75, speed_of_answer_p90, speed_of_answer_p95, "
	    "speed_of_answer_p99, speed_of_answer_quantile, handle_time_p50, "
	    "handle_time_p75, handle_time_p90, handle_time_p95, "
	    "handle_time_p99, handle_time_quantile, talk_time_p50, "
	    "talk_time_p75, talk_time_p90, talk_time_p95, talk_time_p99, "
	    "talk_time_quantile, hold_time_p50, hold_time_p75, hold_time_p90, "
	    "hold_time_p95, hold_time_p99, hold_time_quantile, "
	    "after_call_time_p50, after_call_time_p75, after_call_time_p90, "
	    "after_call_time_p95, after_call_time_p99, "
	    "after_call_time_quantile, first_response_time_p50, "
	    "first_response_time_p75, first_response_time_p90, "
	    "first_response_time_p95, first_response_time_p99, "
	    "first_response_time_quantile, resolution_time_p50, "
	    "resolution_time_p75, resolution_time_p90, resolution_time_p95, "
	    "resolution_time_p99, resolution_time_quantile",
	[KPI__CSAT_BOTTOM] =
	    "csat, dsat",
	[KPI__CSAT_PER] =
	    "csat, csat_mean, dsat",
	[KPI__CSAT_SCALE] =
	    "csat, csat_mean, dsat",
	[KPI__CSAT_SCALE_FROM] =
	    "csat, csat_mean, dsat",
	[KPI__CSAT_SCORE] =
	    "csat",
	[KPI__CSAT_TOP] =
	    "csat",
	[KPI__DIRECTIONS] =
	    "contacts, visits, customers, service_level, abandonment_rate, "
	    "answer_rate, average_speed_of_answer, average_handle_time, "
	    "resolution_rate, first_contact_resolution, repeat_rate, "
	    "contacts_per_issue, csat, csat_mean, nps, average_wait, "
	    "longest_wait, average_talk_time, average_hold_time, "
	    "average_after_call_time, transfer_rate, channel_mix, reason_mix, "
	    "repeat_customer_rate, dsat, ces, survey_response_rate, occupancy, "
	    "utilisation, contacts_per_agent, backlog, reopen_rate, "
	    "escalation_rate, quality_score, self_service_rate, "
	    "first_response_time, resolution_time, first_response_within, "
	    "resolved_within, average_idle_time, cost_per_contact, wait_p50, "
	    "wait_p75, wait_p90, wait_p95, wait_p99, wait_quantile, "
	    "speed_of_answer_p50, speed_of_answer_p75, speed_of_answer_p90, "
	    "speed_of_answer_p95, speed_of_answer_p99, "
	    "speed_of_answer_quantile, handle_time_p50, handle_time_p75, "
	    "handle_time_p90, handle_time_p95, handle_time_p99, "
	    "handle_time_quantile, talk_time_p50, talk_time_p75, "
	    "talk_time_p90, talk_time_p95, talk_time_p99, talk_time_quantile, "
	    "hold_time_p50, hold_time_p75, hold_time_p90, hold_time_p95, "
	    "hold_time_p99, hold_time_quantile, after_call_time_p50, "
	    "after_call_time_p75, after_call_time_p90, after_call_time_p95, "
	    "after_call_time_p99, after_call_time_quantile, "
	    "first_response_time_p50, first_response_time_p75, "
	    "first_response_time_p90, first_response_time_p95, "
	    "first_response_time_p99, first_response_time_quantile, "
	    "resolution_time_p50, resolution_time_p75, resolution_time_p90, "
	    "resolution_time_p95, resolution_time_p99, "
	    "resolution_time_quantile",
	[KPI__FCR_DENOMINATOR] =
	    "first_contact_resolution",
	[KPI__FCR_MAX_REPLIES] =
	    "first_contact_resolution",
	[KPI__FCR_METHOD] =
	    "first_contact_resolution",
	[KPI__FCR_MIN_REPLIES] =
	    "first_contact_resolution",
	[KPI__FCR_NET] =
	    "first_contact_resolution",
	[KPI__FCR_REQUIRES] =
	    "first_contact_resolution",
	[KPI__FCR_UNIT] =
	    "first_contact_resolution",
	[KPI__FIRST_RESPONSE_THRESHOLD] =
	    "first_response_within",
	[KPI__HANDLE_PARTS] =
	    "average_handle_time, handle_time_p50, handle_time_p75, "
	    "handle_time_p90, handle_time_p95, handle_time_p99, "
	    "handle_time_quantile",
	[KPI__KNOWN_FROM] =
	    "first_contact_resolution, repeat_rate, contacts_per_issue, "
	    "repeat_customer_rate, occupancy, utilisation, average_idle_time, "
	    "turnover",
	[KPI__LONGEST_WAIT_OUTCOMES] =
	    "longest_wait",
	[KPI__MIX_UNKNOWN] =
	    "channel_mix, reason_mix",
	[KPI__NPS_PER] =
	    "nps",
	[KPI__OCCUPANCY_DENOMINATOR] =
	    "occupancy",
	[KPI__OCCUPANCY_NUMERATOR] =
	    "occupancy",
	[KPI__OVERLAP] =
	    "occupancy, utilisation",
	[KPI__PART_DENOMINATOR] =
	    "average_handle_time, average_talk_time, average_hold_time, "
	    "average_after_call_time, handle_time_p50, handle_time_p75, "
	    "handle_time_p90, handle_time_p95, handle_time_p99, "
	    "handle_time_quantile, talk_time_p50, talk_time_p75, "
	    "talk_time_p90, talk_time_p95, talk_time_p99, talk_time_quantile, "
	    "hold_time_p50, hold_time_p75, hold_time_p90, hold_time_p95, "
	    "hold_time_p99, hold_time_quantile, after_call_time_p50, "
	    "after_call_time_p75, after_call_time_p90, after_call_time_p95, "
	    "after_call_time_p99, after_call_time_quantile",
	[KPI__QUANTILE_FROM] =
	    "wait_p50, wait_p75, wait_p90, wait_p95, wait_p99, wait_quantile, "
	    "speed_of_answer_p50, speed_of_answer_p75, speed_of_answer_p90, "
	    "speed_of_answer_p95, speed_of_answer_p99, "
	    "speed_of_answer_quantile, handle_time_p50, handle_time_p75, "
	    "handle_time_p90, handle_time_p95, handle_time_p99, "
	    "handle_time_quantile, talk_time_p50, talk_time_p75, "
	    "talk_time_p90, talk_time_p95, talk_time_p99, talk_time_quantile, "
	    "hold_time_p50, hold_time_p75, hold_time_p90, hold_time_p95, "
	    "hold_time_p99, hold_time_quantile, after_call_time_p50, "
	    "after_call_time_p75, after_call_time_p90, after_call_time_p95, "
	    "after_call_time_p99, after_call_time_quantile, "
	    "first_response_time_p50, first_response_time_p75, "
	    "first_response_time_p90, first_response_time_p95, "
	    "first_response_time_p99, first_response_time_quantile, "
	    "resolution_time_p50, resolution_time_p75, resolution_time_p90, "
	    "resolution_time_p95, resolution_time_p99, "
	    "resolution_time_quantile",
	[KPI__QUANTILE_OF] =
	    "wait_quantile, speed_of_answer_quantile, handle_time_quantile, "
	    "talk_time_quantile, hold_time_quantile, after_call_time_quantile, "
	    "first_response_time_quantile, resolution_time_quantile",
	[KPI__QUANTILE_RULE] =
	    "wait_p50, wait_p75, wait_p90, wait_p95, wait_p99, wait_quantile, "
	    "speed_of_answer_p50, speed_of_answer_p75, speed_of_answer_p90, "
	    "speed_of_answer_p95, speed_of_answer_p99, "
	    "speed_of_answer_quantile, handle_time_p50, handle_time_p75, "
	    "handle_time_p90, handle_time_p95, handle_time_p99, "
	    "handle_time_quantile, talk_time_p50, talk_time_p75, "
	    "talk_time_p90, talk_time_p95, talk_time_p99, talk_time_quantile, "
	    "hold_time_p50, hold_time_p75, hold_time_p90, hold_time_p95, "
	    "hold_time_p99, hold_time_quantile, after_call_time_p50, "
	    "after_call_time_p75, after_call_time_p90, after_call_time_p95, "
	    "after_call_time_p99, after_call_time_quantile, "
	    "first_response_time_p50, first_response_time_p75, "
	    "first_response_time_p90, first_response_time_p95, "
	    "first_response_time_p99, first_response_time_quantile, "
	    "resolution_time_p50, resolution_time_p75, resolution_time_p90, "
	    "resolution_time_p95, resolution_time_p99, "
	    "resolution_time_quantile",
	[KPI__REOPEN_DENOMINATOR] =
	    "reopen_rate",
	[KPI__REOPEN_WINDOW] =
	    "reopen_rate",
	[KPI__REPEAT_COUNTED_OUTCOMES] =
	    "first_contact_resolution, repeat_rate, contacts_per_issue, "
	    "repeat_customer_rate",
	[KPI__REPEAT_CREDIT] =
	    "first_contact_resolution, repeat_rate, contacts_per_issue, "
	    "repeat_customer_rate",
	[KPI__REPEAT_DIRECTIONS] =
	    "first_contact_resolution, repeat_rate, contacts_per_issue, "
	    "repeat_customer_rate",
	[KPI__REPEAT_EARLIER_OUTCOMES] =
	    "first_contact_resolution, repeat_rate, contacts_per_issue, "
	    "repeat_customer_rate",
	[KPI__REPEAT_EDGE] =
	    "first_contact_resolution, repeat_rate, contacts_per_issue, "
	    "repeat_customer_rate",
	[KPI__REPEAT_FROM] =
	    "first_contact_resolution, repeat_rate, contacts_per_issue, "
	    "repeat_customer_rate",
	[KPI__REPEAT_GAP] =
	    "first_contact_resolution, repeat_rate, contacts_per_issue, "
	    "repeat_customer_rate",
	[KPI__REPEAT_LATER_OUTCOMES] =
	    "first_contact_resolution, repeat_rate, contacts_per_issue, "
	    "repeat_customer_rate",
	[KPI__REPEAT_LINK] =
	    "first_contact_resolution, repeat_rate, contacts_per_issue, "
	    "repeat_customer_rate",
	[KPI__REPEAT_SAME] =
	    "first_contact_resolution, repeat_rate, contacts_per_issue, "
	    "repeat_customer_rate",
	[KPI__REPEAT_UNKNOWN_CUSTOMER] =
	    "first_contact_resolution, repeat_rate, contacts_per_issue, "
	    "repeat_customer_rate",
	[KPI__REPEAT_WINDOW] =
	    "first_contact_resolution, repeat_rate, contacts_per_issue, "
	    "repeat_customer_rate",
	[KPI__RESOLUTION_MODE] =
	    "resolution_rate",
	[KPI__RESOLUTION_POPULATION] =
	    "resolution_rate",
	[KPI__RESOLUTION_STATE] =
	    "resolution_rate, resolution_time, resolved_within, "
	    "resolution_time_p50, resolution_time_p75, resolution_time_p90, "
	    "resolution_time_p95, resolution_time_p99, "
	    "resolution_time_quantile",
	[KPI__RESOLUTION_UNKNOWN] =
	    "resolution_rate",
	[KPI__RESOLUTION_WITHIN] =
	    "resolution_rate, resolved_within",
	[KPI__SELF_SERVICE_MIN] =
	    "self_service_rate",
	[KPI__SELF_SERVICE_NUMERATOR] =
	    "self_service_rate",
	[KPI__SELF_SERVICE_WINDOW] =
	    "self_service_rate",
	[KPI__SERVICE_LEVEL_DENOMINATOR] =
	    "service_level",
	[KPI__SERVICE_LEVEL_NUMERATOR] =
	    "service_level",
	[KPI__SERVICE_LEVEL_THRESHOLD] =
	    "contacts, service_level, abandonment_rate, answer_rate, "
	    "average_wait, longest_wait, channel_mix, reason_mix, wait_p50, "
	    "wait_p75, wait_p90, wait_p95, wait_p99, wait_quantile",
	[KPI__SHORT_ABANDON_THRESHOLD] =
	    "contacts, service_level, abandonment_rate, answer_rate, "
	    "average_wait, longest_wait, channel_mix, reason_mix, wait_p50, "
	    "wait_p75, wait_p90, wait_p95, wait_p99, wait_quantile",
	[KPI__SHORT_ANSWER_THRESHOLD] =
	    "contacts, service_level, abandonment_rate, answer_rate, "
	    "average_wait, longest_wait, channel_mix, reason_mix, wait_p50, "
	    "wait_p75, wait_p90, wait_p95, wait_p99, wait_quantile",
	[KPI__SURVEY_ANCHOR] =
	    "csat, csat_mean, nps, dsat, ces, survey_response_rate",
	[KPI__SURVEY_WINDOW] =
	    "csat, csat_mean, nps, dsat, ces, survey_response_rate",
	[KPI__TARGET_CEILING] =
	    "service_level, abandonment_rate, answer_rate, "
	    "average_speed_of_answer, average_handle_time, resolution_rate, "
	    "first_contact_resolution, repeat_rate, contacts_per_issue, csat, "
	    "csat_mean, nps, average_wait, average_talk_time, "
	    "average_hold_time, average_after_call_time, transfer_rate, "
	    "repeat_customer_rate, dsat, ces, survey_response_rate, occupancy, "
	    "utilisation, contacts_per_agent, reopen_rate, escalation_rate, "
	    "quality_score, self_service_rate, first_response_time, "
	    "resolution_time, first_response_within, resolved_within, "
	    "average_idle_time, cost_per_contact",
	[KPI__TARGET_GOAL] =
	    "service_level, abandonment_rate, answer_rate, "
	    "average_speed_of_answer, average_handle_time, resolution_rate, "
	    "first_contact_resolution, repeat_rate, contacts_per_issue, csat, "
	    "csat_mean, nps, average_wait, average_talk_time, "
	    "average_hold_time, average_after_call_time, transfer_rate, "
	    "repeat_customer_rate, dsat, ces, survey_response_rate, occupancy, "
	    "utilisation, contacts_per_agent, reopen_rate, escalation_rate, "
	    "quality_score, self_service_rate, first_response_time, "
	    "resolution_time, first_response_within, resolved_within, "
	    "average_idle_time, cost_per_contact",
	[KPI__TRANSFER_COUNT] =
	    "transfer_rate, escalation_rate",
	[KPI__TRANSFER_DENOMINATOR] =
	    "transfer_rate, escalation_rate",
	[KPI__TRANSFER_KINDS] =
	    "transfer_rate, escalation_rate",
	[KPI__TURNOVER_ANNUAL] =
	    "turnover",
	[KPI__TURNOVER_DENOMINATOR] =
	    "turnover",
	[KPI__UNIT] =
	    "service_level, abandonment_rate, answer_rate, "
	    "average_speed_of_answer, average_handle_time, resolution_rate, "
	    "average_wait, longest_wait, average_talk_time, average_hold_time, "
	    "average_after_call_time, transfer_rate, escalation_rate, "
	    "resolved_within, wait_p50, wait_p75, wait_p90, wait_p95, "
	    "wait_p99, wait_quantile, speed_of_answer_p50, "
	    "speed_of_answer_p75, speed_of_answer_p90, speed_of_answer_p95, "
	    "speed_of_answer_p99, speed_of_answer_quantile, handle_time_p50, "
	    "handle_time_p75, handle_time_p90, handle_time_p95, "
	    "handle_time_p99, handle_time_quantile, talk_time_p50, "
	    "talk_time_p75, talk_time_p90, talk_time_p95, talk_time_p99, "
	    "talk_time_quantile, hold_time_p50, hold_time_p75, hold_time_p90, "
	    "hold_time_p95, hold_time_p99, hold_time_quantile, "
	    "after_call_time_p50, after_call_time_p75, after_call_time_p90, "
	    "after_call_time_p95, after_call_time_p99, "
	    "after_call_time_quantile",
	[KPI__UTILISATION_DENOMINATOR] =
	    "utilisation",
	[KPI__UTILISATION_NUMERATOR] =
	    "utilisation",
	[KPI__VERDICT_BY] =
	    "service_level, abandonment_rate, answer_rate, "
	    "average_speed_of_answer, average_handle_time, resolution_rate, "
	    "first_contact_resolution, repeat_rate, contacts_per_issue, csat, "
	    "csat_mean, nps, average_wait, average_talk_time, "
	    "average_hold_time, average_after_call_time, transfer_rate, "
	    "repeat_customer_rate, dsat, ces, survey_response_rate, occupancy, "
	    "utilisation, contacts_per_agent, reopen_rate, escalation_rate, "
	    "quality_score, self_service_rate, first_response_time, "
	    "resolution_time, first_response_within, resolved_within, "
	    "average_idle_time, cost_per_contact",
	[KPI__WAIT_MIN] =
	    "service_level, abandonment_rate, answer_rate, "
	    "average_speed_of_answer, average_wait, longest_wait, wait_p50, "
	    "wait_p75, wait_p90, wait_p95, wait_p99, wait_quantile, "
	    "speed_of_answer_p50, speed_of_answer_p75, speed_of_answer_p90, "
	    "speed_of_answer_p95, speed_of_answer_p99, "
	    "speed_of_answer_quantile",
	[KPI__WAIT_PARTS] =
	    "contacts, service_level, abandonment_rate, answer_rate, "
	    "average_speed_of_answer, average_wait, longest_wait, channel_mix, "
	    "reason_mix, wait_p50, wait_p75, wait_p90, wait_p95, wait_p99, "
	    "wait_quantile, speed_of_answer_p50, speed_of_answer_p75, "
	    "speed_of_answer_p90, speed_of_answer_p95, speed_of_answer_p99, "
	    "speed_of_answer_quantile",
};

const char *
kpi__parameter_readers(int32_t parameter)
{
	return readers[parameter];
}
