/* SPDX-License-Identifier: MIT */
/*
 * declare.h - what a metric declares, and the scan gathers.
 *
 * A metric does not scan. It names a stream of units, a keyer that gives each
 * unit a key (a byte, computed once a batch for all that ask the same), the
 * class of each key, and for each sum what a class adds to it. So whatever is
 * declared adds up: population = denominator + excluded, and results merge.
 */
#ifndef KPI_QUERY_DECLARE_H
#define KPI_QUERY_DECLARE_H

#include "base/sum.h"
#include "query/batch.h"
#include "query/business.h"
#include "query/class.h"

#define KPI__KEYS 256

/* Classes beside those of kpi-metrics(7). */
#define KPI__CLASS_LIMIT   64
#define KPI__CLASS_NO_CALENDAR 61 /* unknown, for its queue has none */
#define KPI__CLASS_IDLE    62 /* in the population, in no class of a set */
#define KPI__CLASS_OUTSIDE 63 /* no unit of the metric's at all */

/* No keyer makes it. */
#define KPI__KEY_NO_CALENDAR 0xef

/* Thresholds that are set for values of a dimension. */
typedef struct kpi__thresholds {
	kpi_by by;
	uint32_t codes;
	int64_t value[]; /* T of each code, then S of each */
} kpi__thresholds;

/* The code's place among them: one that they do not have is unknown. */
static inline uint32_t
kpi__threshold_at(const kpi__thresholds *t, uint32_t code)
{
	return code < t->codes ? code : 0;
}

/*
 * Units of a level stand where they began, or where they were over: then the
 * level is one less. They are all that was there at some time of the range,
 * and what was there before it stands at its beginning (query/level.h).
 */
enum kpi__level { KPI__NO_LEVEL, KPI__LEVEL_BEGINS, KPI__LEVEL_ENDS };

/* Where units stand instead of at the anchor, where that is known. */
enum kpi__event {
	KPI__NO_EVENT,
	KPI__EVENT_SURVEY,        /* the answer of the survey */
	KPI__EVENT_RESOLVED,      /* the last resolution */
	KPI__EVENT_FIRST_RESOLVED /* the first, else the last */
};

/* Which units, where in time, and whose they are. */
typedef struct kpi__stream {
	int64_t threshold;  /* of KPI__ANCHOR_OWN_EVENT: a waiting unit's event */
	int64_t directions; /* mask of enum kpi__direction_bit; 15: all */
	int32_t unit;       /* KPI__INTERACTION, KPI__VISIT or KPI__LEG */
	int32_t anchor;     /* enum kpi__anchor */
	int32_t credit;     /* enum kpi__credit */
	int32_t event;  /* enum kpi__event */
	int32_t level;    /* enum kpi__level */
	int32_t arrivals; /* enum kpi__arrivals: which are kept, by `business` */
	const kpi__thresholds *thresholds; /* NULL: `threshold` for all */
	const kpi__business *business; /* a unit of a queue without calendar
	                                  has KPI__KEY_NO_CALENDAR, if its key
	                                  is not outside; NULL: none has */
} kpi__stream;

static inline int
kpi__stream_space(const kpi__stream *stream)
{
	return stream->unit == KPI__INTERACTION ? KPI__WHOLE_SPACE
						: KPI__ROW_SPACE;
}

/* Equal keyers, byte by byte, are one. */
typedef struct kpi__keyer {
	void (*make)(const struct kpi__keyer *keyer, kpi__batch *b, int space,
	    uint8_t *key);
	int64_t parameter[6];
	const void *side; /* what else it reads; owned by who declared it */
} kpi__keyer;

/* A number of a unit that is added up. */
enum kpi__value {
	KPI__VALUE_NONE,
	KPI__VALUE_WAIT,
	KPI__VALUE_HANDLE,
	KPI__VALUE_TRANSFERS,
	KPI__VALUE_MEASURED /* of a whole (measured.h) */
};

/* What is one draw where a figure has bounds by more than a contact. */
enum kpi__cluster {
	KPI__CLUSTER_NONE,
	KPI__CLUSTER_DAY,     /* of the query's zone, at the stream's anchor */
	KPI__CLUSTER_CUSTOMER /* an unknown one's interaction is one alone */
};

typedef struct kpi__declared {
	kpi__stream stream;
	kpi__keyer keyer;
	uint8_t class_of[KPI__KEYS];
	int64_t weight[KPI__SUMS][KPI__CLASS_LIMIT];
	uint32_t sums;          /* mask of all that the definition has */
	int32_t value;          /* enum kpi__value: NUMERATOR and SQUARES, or
	                           GREATEST, or with `kept` neither */
	int32_t value_sum;      /* enum kpi__sum: the only one that values make,
	                           if it is not 0 */
	int64_t value_parts;    /* mask of enum kpi__part_bit, or of kinds of
	                           transfer; enum kpi__measured */
	uint64_t value_classes; /* whose value is added */
	int32_t clustered;      /* legs of one interaction are one draw */
	int32_t distinct;       /* KPI_BY_CUSTOMER or KPI_BY_AGENT: different
	                           ones of value_classes; 0: none */
	int32_t distinct_sum;   /* enum kpi__sum that they are */
	int32_t latest;         /* a customer's latest answer alone counts */
	int32_t bounds_cluster; /* enum kpi__cluster: CLUSTERS, SQUARES, CROSS
	                           and SIZES are of NUMERATOR and DENOMINATOR
	                           in each, where one of them is not 0 */
	int32_t verdict_cluster; /* the same of the VERDICT_ sums */
	int32_t by_customer;    /* units are customers: what has the greatest
	                           class of one's in a group stands for it */
	int32_t kept;           /* the values are kept as they are, to be put
	                           in order (query/pile.h) */
} kpi__declared;

/* The values of a batch's units: enum kpi__value but for none, with its parts. */
const int64_t *kpi__batch_values(
    kpi__batch *b, int32_t value, int64_t parts, int space);

/* Adds `by` to a sum for every class of a set. */
static inline void
kpi__declare(kpi__declared *d, int sum, uint64_t classes, int64_t by)
{
	d->sums |= UINT32_C(1) << sum;
	for (int i = 0; i < KPI__CLASS_LIMIT; i++)
		if (classes >> i & 1)
			d->weight[sum][i] += by;
}

#endif
