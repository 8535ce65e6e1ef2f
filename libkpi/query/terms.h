/* SPDX-License-Identifier: MIT */
/* terms.h - the words of definitions that query and metrics share. */
#ifndef KPI_QUERY_TERMS_H
#define KPI_QUERY_TERMS_H

#include "store/range.h" /* enum kpi__anchor */

/* Equal credit splits a unit into this many parts. */
#define KPI__PARTS 720720

enum kpi__adjust { KPI__ADJUST_NONE, KPI__ADJUST_HOLM };
enum kpi__arrivals {
	KPI__ARRIVALS_ALL, KPI__ARRIVALS_IN_HOURS, KPI__ARRIVALS_OUT_OF_HOURS
};
enum kpi__business_hours { KPI__BUSINESS_ELAPSED, KPI__BUSINESS_CALENDAR };
enum kpi__credit { KPI__CREDIT_LAST, KPI__CREDIT_FIRST, KPI__CREDIT_EQUAL };
/* What is counted for each agent, and of which agents or of what time. */
enum kpi__of_agent {
	KPI__OF_RECEIVED, KPI__OF_ANSWERED, KPI__OF_LEGS
};
enum kpi__overlap { KPI__OVERLAP_UNION, KPI__OVERLAP_SUM };
enum kpi__per_agent {
	KPI__PER_HANDLED, KPI__PER_ROSTERED, KPI__PER_LOGGED_IN, KPI__PER_STAFFED,
	KPI__PER_STAFFED_HOURS
};
enum kpi__cost_allocation {
	KPI__ALLOCATE_NONE, KPI__ALLOCATE_CONTACTS, KPI__ALLOCATE_HANDLE_TIME
};
enum kpi__cost_denominator {
	KPI__COST_ANSWERED, KPI__COST_RECEIVED, KPI__COST_RESOLVED,
	KPI__COST_AGENTS
};
enum kpi__cost_source {
	KPI__COST_OWN = 1 << 0,
	KPI__COST_EXPENSES = 1 << 1
};
enum kpi__turnover {
	KPI__TURNOVER_MEAN, KPI__TURNOVER_ENDS, KPI__TURNOVER_MONTH_ENDS,
	KPI__TURNOVER_START, KPI__TURNOVER_EVER
};
enum kpi__per { KPI__PER_ANSWER, KPI__PER_CUSTOMER };
enum kpi__ces_score {
	KPI__CES_SCORE_MEAN, KPI__CES_SCORE_SHARE, KPI__CES_SCORE_INDEX
};
enum kpi__csat_score { KPI__CSAT_SCORE_TOP, KPI__CSAT_SCORE_NET };
/* A direction's bit is its number; bit 0 is the unknown direction. */
enum kpi__direction_bit {
	KPI__DIRECTION_UNKNOWN = 1 << 0,
	KPI__DIRECTION_INBOUND = 1 << 1,
	KPI__DIRECTION_OUTBOUND = 1 << 2,
	KPI__DIRECTION_INTERNAL = 1 << 3
};
enum kpi__fcr_denominator {
	KPI__FCR_ANSWERED, KPI__FCR_RESOLVED, KPI__FCR_RECEIVED
};
enum kpi__fcr_method {
	KPI__FCR_SILENCE,
	KPI__FCR_MARK,
	KPI__FCR_DERIVED,
	KPI__FCR_SURVEY
};
enum kpi__fcr_requires {
	KPI__REQUIRE_RESOLVED = 1 << 0,
	KPI__REQUIRE_ONE_AGENT = 1 << 1,
	KPI__REQUIRE_NO_TRANSFER = 1 << 2,
	KPI__REQUIRE_NO_REOPEN = 1 << 3,
	KPI__REQUIRE_NO_CUSTOMER_REPLY = 1 << 4
};
enum kpi__fcr_unit {
	KPI__FCR_ISSUE, KPI__FCR_CONTACT, KPI__FCR_CUSTOMER, KPI__FCR_CASE
};
enum kpi__mix_unknown { KPI__MIX_ROW, KPI__MIX_EXCLUDED };
enum kpi__part_bit {
	KPI__PART_IVR = 1 << 0,
	KPI__PART_QUEUE = 1 << 1,  /* the wait without its ring */
	KPI__PART_RING = 1 << 2,
	KPI__PART_TALK = 1 << 3,
	KPI__PART_HOLD = 1 << 4,
	KPI__PART_AFTER_CALL = 1 << 5,
	KPI__PART_EARLIER = 1 << 6,  /* waits of the interaction's earlier visits */
	KPI__PART_CALLBACK = 1 << 7  /* from asking to the answered call-back row */
};
enum kpi__part_denominator { KPI__PARTS_ALL, KPI__PARTS_WITH_PART };
enum kpi__quantile_from { KPI__FROM_STORE, KPI__FROM_VALUES };
enum kpi__quantile_rule { KPI__RULE_NEAREST, KPI__RULE_LINEAR };
enum kpi__reopen_denominator {
	KPI__REOPENED_OF_RESOLVED, KPI__REOPENED_OF_RECEIVED
};
enum kpi__repeat_credit { KPI__REPEAT_LATER, KPI__REPEAT_EARLIER };
enum kpi__repeat_edge { KPI__EDGE_EXCLUDE, KPI__EDGE_INCLUDE };
enum kpi__repeat_from { KPI__FROM_START, KPI__FROM_END };
enum kpi__repeat_link { KPI__LINK_PREVIOUS, KPI__LINK_FIRST };
enum kpi__repeat_same {
	KPI__SAME_NONE, KPI__SAME_REASON, KPI__SAME_QUEUE, KPI__SAME_CHANNEL,
	KPI__SAME_CASE, KPI__SAME_TEAM
};
enum kpi__repeat_unknown { KPI__UNKNOWN_EXCLUDED, KPI__UNKNOWN_OWN_ISSUE };
enum kpi__resolution_population { KPI__RECEIVED, KPI__RESOLUTION_ANSWERED };
enum kpi__resolution_state { KPI__STATE_LAST, KPI__STATE_FIRST };
enum kpi__resolution_unknown { KPI__NOT_RESOLVED, KPI__RESOLUTION_EXCLUDED };
enum kpi__resolution_mode { KPI__COHORT, KPI__FLOW };

enum kpi__survey_anchor { KPI__AT_CONTACT, KPI__AT_ANSWER };
enum kpi__transfer_count { KPI__TRANSFERS_UNITS, KPI__TRANSFERS_EVENTS };
enum kpi__transfer_denominator {
	KPI__TRANSFERS_OF_ANSWERED, KPI__TRANSFERS_OF_RECEIVED
};
enum kpi__unit {
	KPI__INTERACTION, KPI__VISIT, KPI__LEG, KPI__CASE
};

#endif
