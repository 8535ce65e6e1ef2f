/* SPDX-License-Identifier: MIT */
/*
 * parameter.h - the parameters of definitions: their numbers, what their
 * values mean, and the table that names them.
 *
 * A value is an int64_t: a duration in ms, an instant in ms, millionths, a
 * count or mark, a choice (one of the enums below), or a set (a mask).
 * "none" and "automatic" are KPI__NONE and KPI__AUTOMATIC.
 */
#ifndef KPI_METRIC_PARAMETER_H
#define KPI_METRIC_PARAMETER_H

#include <kpi/base.h>

#define KPI__NONE      (INT64_MIN + 1)
#define KPI__AUTOMATIC INT64_MIN

/* In the order of their names, which is that of the canonical text. */
enum kpi__parameter {
	KPI__ABANDONMENT_DENOMINATOR,      /* set of classes */
	KPI__ABANDONMENT_NUMERATOR,        /* set of classes */
	KPI__ANCHOR,                       /* enum kpi__anchor */
	KPI__AS_OF,                        /* instant, or automatic */
	KPI__BOUNDS_BY,                    /* enum kpi__bounds_by */
	KPI__CONFIDENCE,                   /* millionths, 500000 to 999999 */
	KPI__CONTACTS_CLASSES,             /* set of classes, or automatic: all */
	KPI__CREDIT,                       /* enum kpi__credit */
	KPI__CSAT_BOTTOM,                  /* mark, or automatic: by scale */
	KPI__CSAT_PER,                     /* enum kpi__per */
	KPI__CSAT_SCALE,                   /* count 2 to 11: greatest mark */
	KPI__CSAT_SCALE_FROM,              /* count 0 or 1: least mark */
	KPI__CSAT_SCORE,                   /* enum kpi__csat_score */
	KPI__CSAT_TOP,                     /* mark, or automatic: by scale */
	KPI__DIRECTIONS,                   /* set of enum kpi__direction_bit, or
	                                      automatic: METRICS section 1 */
	KPI__FCR_METHOD,                   /* enum kpi__fcr_method */
	KPI__FCR_UNIT,                     /* enum kpi__fcr_unit */
	KPI__HANDLE_PARTS,                 /* set of enum kpi__part_bit */
	KPI__KNOWN_FROM,                   /* instant, or automatic */
	KPI__NPS_PER,                      /* enum kpi__per */
	KPI__PART_DENOMINATOR,             /* enum kpi__part_denominator */
	KPI__REPEAT_COUNTED_OUTCOMES,      /* set of outcomes, bit KPI_OUTCOME_ */
	KPI__REPEAT_CREDIT,                /* enum kpi__repeat_credit */
	KPI__REPEAT_DIRECTIONS,            /* set of enum kpi__direction_bit */
	KPI__REPEAT_EARLIER_OUTCOMES,      /* set of outcomes */
	KPI__REPEAT_EDGE,                  /* enum kpi__repeat_edge */
	KPI__REPEAT_FROM,                  /* enum kpi__repeat_from */
	KPI__REPEAT_GAP,                   /* duration */
	KPI__REPEAT_LATER_OUTCOMES,        /* set of outcomes */
	KPI__REPEAT_LINK,                  /* enum kpi__repeat_link */
	KPI__REPEAT_SAME,                  /* enum kpi__repeat_same */
	KPI__REPEAT_UNKNOWN_CUSTOMER,      /* enum kpi__repeat_unknown */
	KPI__REPEAT_WINDOW,                /* duration */
	KPI__RESOLUTION_POPULATION,        /* enum kpi__resolution_population */
	KPI__RESOLUTION_STATE,             /* enum kpi__resolution_state */
	KPI__RESOLUTION_UNKNOWN,           /* enum kpi__resolution_unknown */
	KPI__RESOLUTION_WITHIN,            /* duration, 0: none */
	KPI__SERVICE_LEVEL_DENOMINATOR,    /* set of classes */
	KPI__SERVICE_LEVEL_NUMERATOR,      /* set of classes */
	KPI__SERVICE_LEVEL_THRESHOLD,      /* duration, 0 to 30 d */
	KPI__SHORT_ABANDON_THRESHOLD,      /* duration, 0 to 1 h */
	KPI__SHORT_ANSWER_THRESHOLD,       /* duration, 0 to 1 h */
	KPI__SURVEY_ANCHOR,                /* enum kpi__survey_anchor */
	KPI__SURVEY_WINDOW,                /* duration, 0: none */
	KPI__UNIT,                         /* enum kpi__unit, or automatic: by
	                                      metric and groups */
	KPI__WAIT_MIN,                     /* duration */
	KPI__WAIT_PARTS,                   /* set of enum kpi__part_bit */
	KPI__PARAMETERS
};

enum kpi__anchor {
	KPI__ANCHOR_STARTED, KPI__ANCHOR_QUEUED, KPI__ANCHOR_ANSWERED,
	KPI__ANCHOR_ENDED, KPI__ANCHOR_WRAPPED, KPI__ANCHOR_OWN_EVENT
};
enum kpi__bounds_by { KPI__BOUNDS_NONE, KPI__BOUNDS_CONTACT };
enum kpi__credit { KPI__CREDIT_LAST, KPI__CREDIT_FIRST, KPI__CREDIT_EQUAL };
enum kpi__per { KPI__PER_ANSWER, KPI__PER_CUSTOMER };
enum kpi__csat_score { KPI__CSAT_SCORE_TOP, KPI__CSAT_SCORE_NET };
/* A direction's bit is its number; bit 0 is the unknown direction. */
enum kpi__direction_bit {
	KPI__DIRECTION_UNKNOWN = 1 << 0,
	KPI__DIRECTION_INBOUND = 1 << 1,
	KPI__DIRECTION_OUTBOUND = 1 << 2,
	KPI__DIRECTION_INTERNAL = 1 << 3
};
enum kpi__fcr_method { KPI__FCR_SILENCE };
enum kpi__fcr_unit { KPI__FCR_ISSUE, KPI__FCR_CONTACT };
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
enum kpi__survey_anchor { KPI__AT_CONTACT, KPI__AT_ANSWER };
enum kpi__unit {
	KPI__INTERACTION, KPI__VISIT, KPI__LEG, KPI__CASE
};

#endif
