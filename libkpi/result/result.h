/* SPDX-License-Identifier: MIT */
/*
 * result.h - the inside of a result: groups and, for each definition, sums.
 *
 * Every sum is a 128-bit integer (sums.h); when results merge they add, but of
 * KPI__SUM_GREATEST the greater one stays. Which sums a definition has follows
 * from its kind of figure and is a mask of them.
 *
 * A row of a mix has what is its own; what it is a share of are all rows that
 * differ from it in one dimension alone, added up when all rows are there. So
 * a mix merges as any sum does.
 */
#ifndef KPI_RESULT_RESULT_H
#define KPI_RESULT_RESULT_H

#include <kpi/result.h>

#include "base/bag.h"
#include "base/sum.h"

enum kpi__figure_kind {
	KPI__COUNT = 1, /* value = numerator; denominator = value */
	KPI__SHARE,     /* numerator / denominator; Wilson */
	KPI__MEAN,      /* numerator / denominator, that of a share is in millionths;
	                   t, or linearised by clusters */
	KPI__BALANCE,   /* 100 x numerator / denominator; adjusted Wald */
	KPI__RATIO,     /* numerator / denominator; by day only */
	KPI__GREATEST,  /* value of the denominator's units; no bounds */
	KPI__LEVEL,     /* as a count, of what there is at the end of a time */
	KPI__TIME,      /* numerator / denominator, both in ms; by day only */
	KPI__PER_HOUR,  /* numerator / denominator in ms, an hour; by day only */
	KPI__MIX,       /* numerator / that of the whole; Wilson */
	KPI__QUANTILE,  /* value of the denominator's units, or of a bag of all;
	                   by order */
	KPI__PER_HEAD,  /* numerator / those who are in the denominator, whom days
	                   do not add up to; no bounds */
	KPI__RATE       /* numerator / (denominator / times), a year if it has
	                   years; no bounds */
};

/* Of the years of a rate, what a calendar month is, however long. */
#define KPI__MONTH INT64_C(1000000000)

enum kpi__merge_rule {
	KPI__MERGE_ANY = 1,
	KPI__MERGE_CUSTOMER, /* only parts in which each customer is whole */
	KPI__MERGE_CASE,
	KPI__MERGE_AGENT,
	KPI__MERGE_NEVER,
	KPI__MERGE_DAY,
	KPI__MERGE_ONCE, /* only parts of which one has it, in one range */
	KPI__MERGE_ONCE_OF_RANGE /* and these of one range alone */
};

/* What one group is to reach, where it is not what all are. */
typedef struct kpi__goal {
	char *name;
	int64_t goal, ceiling; /* as those of the shape */
} kpi__goal;

/* One definition of a result. */
typedef struct kpi__shape {
	char *text;         /* canonical */
	char fingerprint[KPI_FINGERPRINT_TEXT]; /* of the text; set by
	                                           kpi__result_new() */
	int32_t metric;
	int32_t kind;       /* enum kpi__figure_kind */
	int32_t unit;       /* KPI_UNIT_ */
	int32_t merge;      /* enum kpi__merge_rule */
	int32_t bounded;    /* KPI_BOUNDS_ */
	int32_t confidence; /* millionths */
	kpi_by among;       /* of a mix: in what the rows of a whole differ */
	int32_t known_alone; /* of a mix: what is not known is in no whole */
	int64_t parts;      /* 1 or 720720 */
	int64_t as_of;      /* KPI_UNKNOWN: the definition reads none */
	int64_t known_from;
	int32_t better;     /* 1: the goal is a least value, -1: a greatest */
	int32_t verdict_by; /* KPI_BOUNDS_ */
	int32_t adjusted;   /* 1: by Holm, over the rows */
	int64_t goal;       /* ms, else millionths; KPI_UNKNOWN: none */
	int64_t ceiling;    /* likewise; with it the goal is a least value */
	kpi_by goals_by;    /* whose groups have targets of their own; 0: none */
	uint32_t goal_count;
	kpi__goal *goals;   /* by the names' bytes */
	int32_t quantile;   /* millionths; 0 of what is none */
	int32_t linear;     /* 1: of what lies between two values */
	uint32_t sums;      /* mask of enum kpi__sum */
	uint32_t first;     /* place of its first sum in a row's sums */
	uint32_t bag;       /* and of its values, if it keeps them */
} kpi__shape;

#define KPI__MAX_BY 16

/* What the result is of, apart from definitions. Texts are copied. */
typedef struct kpi__frame {
	uint32_t by_count;
	kpi_by by[KPI__MAX_BY];
	int32_t bucket, week_start, partition;
	int64_t from, until;     /* KPI_UNKNOWN: open */
	const char *zone;        /* name */
	const char *zone_directory; /* NULL: the system's; not saved */
	const char *filters;     /* canonical text of the filters, "" none */
} kpi__frame;

/*
 * An empty result of `count` definitions, whose texts and goals are copied and
 * whose `first` are set here.
 */
kpi_status kpi__result_new(kpi_result **out, const kpi_allocator *a,
    const kpi__frame *frame, const kpi__shape *shapes, uint32_t count,
    kpi_error *error) KPI_MUST_CHECK;

/* The presets by which a definition was asked for, names with commas. */
kpi_status kpi__result_name_presets(kpi_result *result, uint32_t index,
    const char *names, kpi_error *error) KPI_MUST_CHECK;

/* Sums in a row: those of all definitions, each in enum order. */
uint32_t kpi__result_width(const kpi_result *result);

/* Makes room for that many more rows, so that adding them moves none. */
kpi_status kpi__result_reserve(
    kpi_result *result, size_t rows, kpi_error *error) KPI_MUST_CHECK;

/* The place of a text (NULL or "": unknown), which is copied, among those of
 * dimension `in`; it stays until kpi__result_finish(). */
kpi_status kpi__result_intern(kpi_result *result, uint32_t in,
    const char *text, uint32_t *place, kpi_error *error) KPI_MUST_CHECK;

/* Whether the values themselves are kept, to find a quantile of in the end. */
int kpi__shape_keeps(const kpi__shape *shape);

/*
 * Adds a row in any order. `group` has by_count texts, NULL or "" for
 * unknown, copied; `sums` has kpi__result_width() of them. Rows of one group and
 * bucket are added up by kpi__result_finish().
 */
kpi_status kpi__result_add(kpi_result *result, const char *const *group,
    int64_t begin, int64_t until, const kpi__wide *sums,
    kpi_error *error) KPI_MUST_CHECK;
/* The same by the places of its texts. */
kpi_status kpi__result_add_at(kpi_result *result, const uint32_t *places,
    int64_t begin, int64_t until, const kpi__wide *sums,
    kpi_error *error) KPI_MUST_CHECK;

/*
 * Of a result without rows, puts the texts in order and drops those that no
 * code names; `codes`, by_count for each of `count` rows, are their places and
 * changed with them. Of one with rows, does nothing. KPI_ENOMEM.
 */
kpi_status kpi__result_sort_texts(kpi_result *result, uint32_t *codes,
    size_t count, kpi_error *error) KPI_MUST_CHECK;

/* Where the sums of the rows for which there is room may be written, in 64 bits
 * each; NULL if those of the result are wider. */
uint64_t *kpi__result_short_sums(kpi_result *result);

/* Adds a row whose sums stand there, where it would be or behind that, unless
 * they are all 0. */
void kpi__result_add_short(kpi_result *result, const uint64_t *sums,
    const uint32_t *places, int64_t begin, int64_t until);

/* What allocates the result's insides. */
const kpi_allocator *kpi__result_allocator(const kpi_result *result);

/* Gives the row that was added last a bag of a definition that keeps one, made
 * by the result's allocator; the bag is empty then. */
void kpi__result_give(kpi_result *result, uint32_t index, kpi__bag *bag);

/* Sorts the rows and finds what mixes are shares of; without groups and
 * buckets makes the one row if there is none. KPI_EOVERFLOW, KPI_ENOMEM. */
kpi_status kpi__result_finish(
    kpi_result *result, kpi_error *error) KPI_MUST_CHECK;

#endif
