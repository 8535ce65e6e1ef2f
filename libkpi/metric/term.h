/* SPDX-License-Identifier: MIT */
/* term.h - the words that choices and sets of definitions consist of. */
#ifndef KPI_METRIC_TERM_H
#define KPI_METRIC_TERM_H

#include <kpi/interaction.h>

#include "metric/parameter.h"

/* A set of outcomes has the bit of each outcome's number. */
#define KPI__OUTCOME_BIT(outcome) (INT64_C(1) << KPI_OUTCOME_##outcome)

#define KPI__TRANSFER_BIT(kind) (INT64_C(1) << KPI_TRANSFER_##kind)
/* A set of states has contact, and the bit of each activity's number. */
#define KPI__STATE_CONTACT INT64_C(1)
#define KPI__STATE_BIT(activity) (INT64_C(1) << KPI_ACTIVITY_##activity)
#define KPI__LOGGED_IN \
	(KPI__STATE_CONTACT | KPI__STATE_BIT(READY) | KPI__STATE_BIT(BREAK) | \
	    KPI__STATE_BIT(MEETING) | KPI__STATE_BIT(TRAINING) | \
	    KPI__STATE_BIT(OTHER))

/* Contacts that sought an agent. */
#define KPI__ATTEMPTS                                                          \
	(KPI__OUTCOME_BIT(ANSWERED) | KPI__OUTCOME_BIT(ABANDONED) |            \
	    KPI__OUTCOME_BIT(OVERFLOWED) | KPI__OUTCOME_BIT(TIMED_OUT) |       \
	    KPI__OUTCOME_BIT(EXITED) | KPI__OUTCOME_BIT(VOICEMAIL) |           \
	    KPI__OUTCOME_BIT(EMPTIED) | KPI__OUTCOME_BIT(CALLBACK) |           \
	    KPI__OUTCOME_BIT(FAILED) | KPI__OUTCOME_BIT(TURNED_AWAY) |         \
	    KPI__OUTCOME_BIT(WAITING))

extern const kpi__terms kpi__terms_classes;
extern const kpi__terms kpi__terms_outcomes;
extern const kpi__terms kpi__terms_directions;
extern const kpi__terms kpi__terms_wait_parts;
extern const kpi__terms kpi__terms_handle_parts;
extern const kpi__terms kpi__terms_adjust;
extern const kpi__terms kpi__terms_contact_parts;
extern const kpi__terms kpi__terms_states;
extern const kpi__terms kpi__terms_of_agent;
extern const kpi__terms kpi__terms_per_agent;
extern const kpi__terms kpi__terms_overlap;
extern const kpi__terms kpi__terms_turnover;
extern const kpi__terms kpi__terms_cost_allocation;
extern const kpi__terms kpi__terms_cost_denominator;
extern const kpi__terms kpi__terms_cost_sources;
extern const kpi__terms kpi__terms_anchor;
extern const kpi__terms kpi__terms_arrivals;
extern const kpi__terms kpi__terms_bounds_by;
extern const kpi__terms kpi__terms_business_hours;
extern const kpi__terms kpi__terms_credit;
extern const kpi__terms kpi__terms_per;
extern const kpi__terms kpi__terms_csat_score;
extern const kpi__terms kpi__terms_ces_score;
extern const kpi__terms kpi__terms_fcr_denominator;
extern const kpi__terms kpi__terms_fcr_method;
extern const kpi__terms kpi__terms_fcr_requires;
extern const kpi__terms kpi__terms_fcr_unit;
extern const kpi__terms kpi__terms_mix_unknown;
extern const kpi__terms kpi__terms_part_denominator;
extern const kpi__terms kpi__terms_quantile_from;
extern const kpi__terms kpi__terms_quantile_rule;
extern const kpi__terms kpi__terms_reopen_denominator;
extern const kpi__terms kpi__terms_repeat_credit;
extern const kpi__terms kpi__terms_repeat_edge;
extern const kpi__terms kpi__terms_repeat_from;
extern const kpi__terms kpi__terms_repeat_link;
extern const kpi__terms kpi__terms_repeat_same;
extern const kpi__terms kpi__terms_repeat_unknown;
extern const kpi__terms kpi__terms_population;
extern const kpi__terms kpi__terms_state;
extern const kpi__terms kpi__terms_resolution_unknown;
extern const kpi__terms kpi__terms_self_service;
extern const kpi__terms kpi__terms_resolution_mode;
extern const kpi__terms kpi__terms_survey_anchor;
extern const kpi__terms kpi__terms_transfer_count;
extern const kpi__terms kpi__terms_transfer_denominator;
extern const kpi__terms kpi__terms_transfer_kinds;
extern const kpi__terms kpi__terms_unit;
extern const kpi__terms kpi__terms_verdict_by;

#endif
