/* SPDX-License-Identifier: MIT */
/*
 * parameter.h - the parameters of definitions: their numbers, what their
 * values mean, and the table that names them.
 *
 * A value is an int64_t: a duration in ms, an instant in ms, millionths, a
 * count or mark, a choice (one of the enums of
 * query/terms.h), or a set (a mask).
 * "none" and "automatic" are KPI__NONE and KPI__AUTOMATIC.
 */
#ifndef KPI_METRIC_PARAMETER_H
#define KPI_METRIC_PARAMETER_H

#include <kpi/base.h>

#include "query/terms.h"

#define KPI__NONE      (INT64_MIN + 1)
#define KPI__AUTOMATIC INT64_MIN

/* In the order of their names, which is that of the canonical text. */
enum kpi__parameter {
	KPI__ABANDONMENT_DENOMINATOR,   /* set of classes */
	KPI__ABANDONMENT_NUMERATOR,     /* set of classes */
	KPI__ANCHOR,                    /* enum kpi__anchor */
	KPI__ARRIVALS,                  /* enum kpi__arrivals */
	KPI__AS_OF,                     /* instant, or automatic */
	KPI__AVERAGE_WAIT_OUTCOMES,     /* set of classes */
	KPI__BOUNDS_BY,                 /* KPI_BOUNDS_ */
	KPI__BUSINESS_HOURS,            /* enum kpi__business_hours */
	KPI__CES_BOTTOM,                /* mark 1 to 7 */
	KPI__CES_SCORE,                 /* enum kpi__ces_score */
	KPI__CES_TOP,                   /* mark 1 to 7 */
	KPI__CES_VERSION,               /* count 1 or 2 */
	KPI__COMPARE_ADJUST,            /* enum kpi__adjust */
	KPI__CONFIDENCE,                /* millionths, 500000 to 999999 */
	KPI__CONTACT_PARTS,             /* set of enum kpi__part_bit */
	KPI__CONTACTS_CLASSES,          /* set of classes, or automatic: all */
	KPI__CONTACTS_PER_AGENT_DENOMINATOR, /* enum kpi__per_agent */
	KPI__CONTACTS_PER_AGENT_NUMERATOR, /* enum kpi__of_agent */
	KPI__COST_ALLOCATION,           /* enum kpi__cost_allocation */
	KPI__COST_DENOMINATOR,          /* enum kpi__cost_denominator */
	KPI__COST_SOURCES,              /* set of enum kpi__cost_source */
	KPI__CREDIT,                    /* enum kpi__credit */
	KPI__CSAT_BOTTOM,               /* mark, or automatic: by scale */
	KPI__CSAT_PER,                  /* enum kpi__per */
	KPI__CSAT_SCALE,                /* count 2 to 11: greatest mark */
	KPI__CSAT_SCALE_FROM,           /* count 0 or 1: least mark */
	KPI__CSAT_SCORE,                /* enum kpi__csat_score */
	KPI__CSAT_TOP,                  /* mark, or automatic: by scale */
	KPI__DIRECTIONS,                /* set of enum kpi__direction_bit, or
					   automatic: by metric */
	KPI__FCR_DENOMINATOR,           /* enum kpi__fcr_denominator */
	KPI__FCR_MAX_REPLIES,           /* count, 0: none */
	KPI__FCR_METHOD,                /* enum kpi__fcr_method */
	KPI__FCR_MIN_REPLIES,           /* count */
	KPI__FCR_NET,                   /* count 0 or 1 */
	KPI__FCR_REQUIRES,              /* set of enum kpi__fcr_requires */
	KPI__FCR_UNIT,                  /* enum kpi__fcr_unit */
	KPI__FIRST_RESPONSE_THRESHOLD,  /* duration */
	KPI__HANDLE_PARTS,              /* set of enum kpi__part_bit */
	KPI__KNOWN_FROM,                /* instant, or automatic */
	KPI__LONGEST_WAIT_OUTCOMES,     /* set of classes */
	KPI__MIX_UNKNOWN,               /* enum kpi__mix_unknown */
	KPI__NPS_PER,                   /* enum kpi__per */
	KPI__OCCUPANCY_DENOMINATOR,     /* set of states: contact is bit 0, an
					   activity's its number */
	KPI__OCCUPANCY_NUMERATOR,       /* set of states */
	KPI__OVERLAP,                   /* enum kpi__overlap */
	KPI__PART_DENOMINATOR,          /* enum kpi__part_denominator */
	KPI__QUANTILE_OF,               /* millionths, 0 to 1 */
	KPI__QUANTILE_FROM,             /* enum kpi__quantile_from */
	KPI__QUANTILE_RULE,             /* enum kpi__quantile_rule */
	KPI__REOPEN_DENOMINATOR,        /* enum kpi__reopen_denominator */
	KPI__REOPEN_WINDOW,             /* duration, 0: none */
	KPI__REPEAT_COUNTED_OUTCOMES,   /* set of outcomes, bit KPI_OUTCOME_ */
	KPI__REPEAT_CREDIT,             /* enum kpi__repeat_credit */
	KPI__REPEAT_DIRECTIONS,         /* set of enum kpi__direction_bit */
	KPI__REPEAT_EARLIER_OUTCOMES,   /* set of outcomes */
	KPI__REPEAT_EDGE,               /* enum kpi__repeat_edge */
	KPI__REPEAT_FROM,               /* enum kpi__repeat_from */
	KPI__REPEAT_GAP,                /* duration */
	KPI__REPEAT_LATER_OUTCOMES,     /* set of outcomes */
	KPI__REPEAT_LINK,               /* enum kpi__repeat_link */
	KPI__REPEAT_SAME,               /* enum kpi__repeat_same */
	KPI__REPEAT_UNKNOWN_CUSTOMER,   /* enum kpi__repeat_unknown */
	KPI__REPEAT_WINDOW,             /* duration */
	KPI__RESOLUTION_MODE,           /* enum kpi__resolution_mode */
	KPI__RESOLUTION_POPULATION,     /* enum kpi__resolution_population */
	KPI__RESOLUTION_STATE,          /* enum kpi__resolution_state */
	KPI__RESOLUTION_UNKNOWN,        /* enum kpi__resolution_unknown */
	KPI__RESOLUTION_WITHIN,         /* duration, 0: none */
	KPI__SELF_SERVICE_MIN,          /* duration */
	KPI__SELF_SERVICE_NUMERATOR,    /* set of two outcomes */
	KPI__SELF_SERVICE_WINDOW,       /* duration, 0: none */
	KPI__SERVICE_LEVEL_DENOMINATOR, /* set of classes */
	KPI__SERVICE_LEVEL_NUMERATOR,   /* set of classes */
	KPI__SERVICE_LEVEL_THRESHOLD,   /* duration, 0 to 30 d */
	KPI__SHORT_ABANDON_THRESHOLD,   /* duration, 0 to 1 h */
	KPI__SHORT_ANSWER_THRESHOLD,    /* duration, 0 to 1 h */
	KPI__SURVEY_ANCHOR,             /* enum kpi__survey_anchor */
	KPI__SURVEY_WINDOW,             /* duration, 0: none */
	KPI__TARGET_CEILING,            /* target, or automatic: none */
	KPI__TARGET_GOAL,               /* target, or automatic: none */
	KPI__TRANSFER_COUNT,            /* enum kpi__transfer_count */
	KPI__TRANSFER_DENOMINATOR,      /* enum kpi__transfer_denominator */
	KPI__TRANSFER_KINDS,            /* set of kinds, bit KPI_TRANSFER_ */
	KPI__TURNOVER_ANNUAL,           /* count 0 or 1 */
	KPI__TURNOVER_DENOMINATOR,      /* enum kpi__turnover */
	KPI__UNIT,                      /* enum kpi__unit, or automatic: by
					   metric and groups */
	KPI__UTILISATION_DENOMINATOR,   /* set of states */
	KPI__UTILISATION_NUMERATOR,     /* set of states */
	KPI__VERDICT_BY,                /* KPI_BOUNDS_ */
	KPI__WAIT_MIN,                  /* duration */
	KPI__WAIT_PARTS,                /* set of enum kpi__part_bit */
	KPI__PARAMETERS
};

/* The greatest mark of a version of the question about effort. */
static inline int64_t
kpi__ces_most(int64_t version)
{
	return version == 1 ? 5 : 7;
}

enum kpi__kind {
	KPI__KIND_COUNT,
	KPI__KIND_DURATION,
	KPI__KIND_INSTANT,
	KPI__KIND_MILLIONTHS,
	KPI__KIND_CHOICE,
	KPI__KIND_SET,
	KPI__KIND_MARK,
	KPI__KIND_TARGET /* a duration or millionths, as the metric's unit is */
};

/* A word of a choice; a member of a set, or a name for several (a mask). */
typedef struct kpi__term {
	const char *name;
	int64_t value;
} kpi__term;

/* What a choice or a set may be. */
typedef struct kpi__terms {
	const kpi__term *at;
	size_t single;      /* the first so many are printed, in this order */
	size_t count;       /* the rest are read only: names for several */
	const char *values; /* in words */
} kpi__terms;

typedef struct kpi__parameter_info {
	const char *name;
	int32_t kind;      /* enum kpi__kind */
	int32_t overrides; /* may differ by these: mask of 1 << KPI_BY_ */
	int64_t initial;
	int64_t least, greatest; /* of numbers, inclusive */
	const kpi__terms *terms; /* of choices and sets; else NULL */
	const char *automatic; /* what KPI__AUTOMATIC is called; NULL: never */
	const char *values;    /* of numbers, in words; else NULL */
	const char *initial_text; /* as it is printed */
	const char *sentence;
	int32_t is_share; /* millionths that may be told in per cent */
} kpi__parameter_info;

/* By enum kpi__parameter; NULL past the end. */
const kpi__parameter_info *kpi__parameter_at(int32_t parameter);

/*
 * The same as a metric in `unit` ("ms", "share", ...) reads it: a target has
 * a duration's kind, or that of millionths.
 */
const kpi__parameter_info *kpi__parameter_in(
    int32_t parameter, const char *unit);

/* By `size` bytes of name; KPI__PARAMETERS if there is none. */
int32_t kpi__parameter_find(const char *name, size_t size);

/* "count", "duration", ... */
const char *kpi__parameter_kind(const kpi__parameter_info *p);

/* What it may be, in words. */
const char *kpi__parameter_values(const kpi__parameter_info *p);

/* The names of the metrics that read it, with commas. */
const char *kpi__parameter_readers(int32_t parameter);

#endif
