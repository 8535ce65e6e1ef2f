/* SPDX-License-Identifier: MIT */
/* scan_plan.h - the inside of a scan: what is shared by what is declared. */
#ifndef KPI_QUERY_SCAN_PLAN_H
#define KPI_QUERY_SCAN_PLAN_H

#include <stdatomic.h>

#include "query/narrow.h"
#include "query/pass.h"
#include "query/scan.h"
#include "query/shorts.h"
#include "query/tally.h"

/* A unit of a customer's, of which the latest or greatest counts. */
typedef struct kpi__answer {
	uint64_t whose; /* slot << 32 | code */
	int64_t at, started; /* or class and day */
	uint32_t ordinal;
	int32_t share;
	uint32_t atom;
	uint32_t day; /* kpi__scan_day(), if clusters ask for it */
} kpi__answer;

/* Units of one stream with one keyer: the keys are made once. */
typedef struct kpi__counter {
	uint32_t stream; /* place in `streams` */
	const kpi__keyer *keyer;
	int latest;      /* only a customer's latest answer counts */
	int by_customer; /* only a customer's greatest class counts */
	int by_day;      /* and what counts stands in a cluster of its day */
	kpi__answer *answers;
	size_t answer_count, answer_room;
	const uint8_t *class_of; /* of who asked first */
	uint32_t lanes[KPI__COUNT_LANES][512]; /* of a part, in one slot */
	uint32_t lanes_slot; /* 0: nothing was counted there */
	kpi__usual usual; /* of what is counted there */
	kpi__atoms atoms;
	uint8_t example[KPI__KEYS]; /* a key of each atom */
	uint32_t cell;
	int is_narrow;
	uint32_t narrow[KPI__KEYS]; /* the count of each atom; UINT32_MAX: no
	                               sum has it */
} kpi__counter;

/* A value that is added up over some keys of a counter, or the greatest. */
typedef struct kpi__adder {
	uint32_t counter;
	int32_t value; /* enum kpi__value */
	int64_t parts;
	int clustered, greatest;
	kpi__key_set in;
	uint32_t cell;
	uint32_t narrow; /* word; UINT32_MAX: none */
} kpi__adder;

/* A value that is not short, or of a unit that is split. */
typedef struct kpi__weighed {
	int64_t value;
	uint64_t until; /* parts of its slot up to it and with it, once they are
	                   in order */
	uint32_t slot;
	int32_t share;
} kpi__weighed;

/* Values that are kept, and what is needed to pick some of them. */
typedef struct kpi__pile {
	kpi__adder of; /* which; has no cell */
	kpi__shorts shorts;
	kpi__weighed *weighed;
	size_t count, room;
	uint64_t *picked; /* of a slot, and as much to sort them */
	size_t picked_room;
	uint32_t *counts; /* by bin */
	uint64_t *below;  /* values in the bins before each */
	uint8_t *wanted;  /* bins that are looked into; 0 but in a call */
} kpi__pile;

/*
 * Different customers or agents over some keys of a counter: of the first
 * slots in sets, a bit a code, and of those for which there is no room in
 * pairs.
 */
typedef struct kpi__distinct {
	uint32_t counter;
	kpi_by by;
	uint8_t in[KPI__KEYS];
	uint64_t **sets; /* of slots below `set_count`; code 0 stands for all
	                    that is left out */
	size_t set_count, set_room;
	size_t words, most; /* of a set; how many sets there may be */
	uint64_t *pairs;    /* slot << 32 | code */
	size_t count, room, sorted;
	uint32_t cell;
} kpi__distinct;

/* The pairs of a group and a cluster in which a stream has units. */
typedef struct kpi__clusters {
	uint32_t stream;
	int32_t by;     /* enum kpi__cluster */
	uint64_t *keys; /* slot << 32 | day or code, by place */
	size_t count, room;
	size_t named;   /* places from here on are of unknown customers, and
	                   live as long as the batch */
	uint32_t *table; /* hash table of the named ones' places + 1 */
	size_t table_room;
} kpi__clusters;

/* What a cluster has in a group: X and N. */
typedef struct kpi__total {
	int64_t x, n;
} kpi__total;

/* The totals of a numerator and a denominator in clusters. */
typedef struct kpi__gatherer {
	uint32_t clusters, counter;
	uint32_t adder; /* UINT32_MAX: none */
	uint32_t cell;
	int64_t x[KPI__KEYS], n[KPI__KEYS]; /* by key, the values apart */
	kpi__total *totals; /* by place */
	size_t room;
} kpi__gatherer;

/* Words of a gatherer: what its clusters come to. */
#define KPI__GATHERED_CELLS 7

enum kpi__gathered_cell {
	KPI__GATHERED_SQUARES = 0,
	KPI__GATHERED_CROSS = 2,
	KPI__GATHERED_SIZES = 4,
	KPI__GATHERED_CLUSTERS = 6
};

/* A cell that adds to a sum: a count, or two words as they stand. */
typedef struct kpi__term {
	int64_t weight;
	uint64_t before; /* all bits, if the term before is of the same sum */
	uint32_t cell, narrow;
	uint8_t place; /* of the sum among those of the definition */
	uint8_t wide;
	uint8_t narrow_of; /* enum kpi__narrow_of */
} kpi__term;

/* Where a definition's sums are. */
typedef struct kpi__place_of {
	uint32_t counter;
	uint32_t adder, distinct, pile; /* UINT32_MAX: none */
	uint32_t bounds, verdict; /* gatherers; UINT32_MAX: none */
	size_t first_term, terms, wides; /* those of two words come last */
	int shorts; /* weights are small */
	uint32_t width;            /* how many sums it has */
	uint8_t at[KPI__SUMS];     /* the place of each */
} kpi__place_of;

struct kpi__scan {
	const kpi_allocator *allocator;
	const kpi__snapshot *snapshot;
	const kpi_query *query;
	const kpi__declared *declared;
	uint32_t count;
	kpi__stream *streams;
	kpi__counter *counters;
	kpi__adder *adders;
	kpi__distinct *distincts;
	kpi__pile *piles;
	kpi__clusters *clusters;   /* at most two a definition, as are */
	kpi__gatherer *gatherers;
	kpi__place_of *places;
	kpi__term *terms; /* of each definition, by sum */
	size_t term_count, term_room;
	uint32_t stream_count, counter_count, adder_count, distinct_count;
	uint32_t clusters_count, gatherer_count, pile_count;
	int64_t day_begin, day_until; /* the day that was asked for last */
	kpi__groups groups;
	kpi__selector selector;
	int selector_is_lent; /* it is the first thread's */
	kpi__pass pass;
	kpi__narrow narrow;
	uint64_t *cells; /* of slots below cell_count / stride */
	size_t stride, cell_count, slot_room;
	uint64_t wholes; /* before the part: ordinals, and stamps */
	atomic_uint *next; /* part that none of those who share them has taken;
	                      NULL: all are this one's */
};

/* Words that a counter needs for each atom. */
static inline uint32_t
kpi__atom_cells(const kpi__stream *stream)
{
	return stream->credit == KPI__CREDIT_EQUAL ? KPI__SHARED_CELLS : 1;
}

/* Finds what is shared and gives everything its cells. */
kpi_status kpi__scan_plan(kpi__scan *scan, kpi_error *error) KPI_MUST_CHECK;

/* Finds what the sums of a definition are made of. KPI_ENOMEM. */
kpi_status kpi__scan_terms(kpi__scan *scan, uint32_t index) KPI_MUST_CHECK;

/* Gives a new scan all of a plan that gathering needs. KPI_ENOMEM. */
kpi_status kpi__scan_copy_plan(
    kpi__scan *to, const kpi__scan *from) KPI_MUST_CHECK;

/* Gathers the parts, or those of them that it gets (`next`). */
kpi_status kpi__scan_parts(kpi__scan *scan, kpi_error *error) KPI_MUST_CHECK;

/* Adds what another scan of the plan has gathered, which may then be freed and
 * no more. As kpi__scan_run(). The functions of each kind below have slot[i]
 * for its slot i. */
kpi_status kpi__scan_join(kpi__scan *to, kpi__scan *from) KPI_MUST_CHECK;

/* Whether nothing in the part can be asked for. */
int kpi__scan_skips(const kpi__scan *scan, const kpi__part *part);

/* Makes words for all groups. */
kpi_status kpi__scan_reserve(kpi__scan *scan) KPI_MUST_CHECK;

/* Says what a status of the gathering means. */
kpi_status kpi__scan_failed(
    const kpi__scan *scan, kpi_error *error, kpi_status status);

/* Keeps those of a batch; counts them at the end. */
kpi_status kpi__distinct_add(kpi__scan *scan, kpi__distinct *d,
    const kpi__selection *s, const uint8_t *key) KPI_MUST_CHECK;
kpi_status kpi__distinct_join(kpi__scan *scan, kpi__distinct *to,
    const kpi__distinct *from, const uint32_t *slot) KPI_MUST_CHECK;
kpi_status kpi__distinct_finish(
    kpi__scan *scan, kpi__distinct *d) KPI_MUST_CHECK;
void kpi__distinct_free(kpi__scan *scan, kpi__distinct *d);

/* Keeps the answers of a batch; counts of each customer's the latest, or that
 * of the greatest class, at the end. */
kpi_status kpi__answers_add(kpi__scan *scan, kpi__counter *c,
    const kpi__selection *s, const uint8_t *key) KPI_MUST_CHECK;
kpi_status kpi__answers_join(kpi__scan *scan, kpi__counter *to,
    const kpi__counter *from, const uint32_t *slot) KPI_MUST_CHECK;
kpi_status kpi__answers_finish(
    kpi__scan *scan, kpi__counter *c, kpi_error *error) KPI_MUST_CHECK;

/* The keys of a counter's units, and the values of an adder's. */
const uint8_t *kpi__scan_keys(kpi__scan *scan, const kpi__counter *c);
const int64_t *kpi__scan_values(kpi__scan *scan, const kpi__adder *a);

/* The same short and each alone; NULL where they are not. */
const uint32_t *kpi__scan_shorts(kpi__scan *scan, const kpi__adder *a);

/* Keeps the values of a batch that are of a counter. KPI_ELIMIT, KPI_ENOMEM. */
kpi_status kpi__piles_add(kpi__scan *scan, uint32_t counter,
    const kpi__selection *s, const uint8_t *key) KPI_MUST_CHECK;
/* Takes those of another scan, which may be freed and no more. As above. */
kpi_status kpi__piles_join(kpi__scan *scan, kpi__scan *from,
    const uint32_t *slot) KPI_MUST_CHECK;
/* Leaves of the budget what is a thread's, before there are any. */
void kpi__piles_share(kpi__scan *scan, uint32_t threads);
kpi_status kpi__piles_finish(kpi__scan *scan) KPI_MUST_CHECK;
void kpi__piles_free(kpi__scan *scan);

/* Says what KPI_ELIMIT is of. */
kpi_status kpi__pile_failed(const kpi__scan *scan, kpi_error *error);

/* A number of the local day that an instant lies in. */
uint32_t kpi__scan_day(kpi__scan *scan, int64_t instant);

/* Gathers the clusters of a stream's units of a batch. KPI_EOVERFLOW: a
 * cluster's total is beyond 64 bits. */
kpi_status kpi__clusters_add(kpi__scan *scan, uint32_t stream,
    const kpi__selection *s) KPI_MUST_CHECK;

/* An answer that counts, of kpi__answers_finish(). */
kpi_status kpi__clusters_answer(kpi__scan *scan, const kpi__counter *c,
    const kpi__answer *answer) KPI_MUST_CHECK;

/* Adds the totals of another scan's clusters. KPI_EOVERFLOW, KPI_ENOMEM. */
kpi_status kpi__clusters_join(kpi__scan *scan, const kpi__scan *from,
    const uint32_t *slot) KPI_MUST_CHECK;

/* What the clusters come to, into the cells; KPI_EOVERFLOW. */
kpi_status kpi__clusters_finish(kpi__scan *scan) KPI_MUST_CHECK;
void kpi__clusters_free(kpi__scan *scan);

/* Says so of a status of the three above. */
kpi_status kpi__clusters_failed(kpi_error *error, kpi_status status);

#endif
