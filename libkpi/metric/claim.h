/* SPDX-License-Identifier: MIT */
/*
 * claim.h - what a metric's family makes of a definition and a query: what to
 * declare to the scan, what to walk before it, how the figure reads.
 */
#ifndef KPI_METRIC_CLAIM_H
#define KPI_METRIC_CLAIM_H

#include "metric/declarations.h"
#include "metric/definition.h"
#include "query/agent_time.h"
#include "query/declare.h"
#include "query/query.h"
#include "query/walk.h"
#include "result/result.h"
#include "store/finding.h"

#define KPI__EVERY_DIRECTION 15
#define KPI__COUNTED_DIRECTIONS \
	(KPI__DIRECTION_INBOUND | KPI__DIRECTION_UNKNOWN)

/* A definition as it is asked of one snapshot. */
typedef struct kpi__asked {
	const kpi_definition *definition;
	const kpi_query *query;
	const kpi__snapshot *snapshot;
	const kpi__business *business; /* NULL: no definition asks for it */
	int64_t as_of, known_from; /* what the parameters came to */
} kpi__asked;

typedef struct kpi__claim kpi__claim;

/* Streams that a definition may gather: their sums are added up. */
#define KPI__STREAMS 2

struct kpi__claim {
	kpi__asked asked;
	kpi__declared *declared; /* KPI__STREAMS, zeroed; not owned. One whose
	                            keyer makes nothing is not gathered. */
	kpi__shape shape;        /* kind, unit, merge, bounded, parts */
	int reads_as_of, reads_known_from;
	int of_time;         /* agents' time adds to its sums */
	kpi__time_rule time; /* zeroed but for what it says */
	/* Of each sum the cells, bit enum kpi__time_cell, that it adds up. */
	uint32_t time_cells[KPI__SUMS];
	int day_by_day; /* a scan does not see all of a day's sums, so that
	                   bounds by day are those of metric/days.h; set
	                   before the figure */
	int of_roster;    /* the roster makes its sums */
	int of_expenses;  /* expenses add to its sums */
	int any_threshold; /* its classes do not depend on its keyer's
	                      thresholds: kpi__claims_join() */

	kpi_by walk_by; /* KPI_BY_CUSTOMER or KPI_BY_CASE; 0: no walk */
	/* Before the walk, unless what it finds is kept: reads what else it
	 * needs. NULL: nothing. */
	kpi_status (*prepare)(kpi__claim *claim, kpi_error *error);
	/* Writes the class of each contact of one key; where visit_run() is
	 * given, that of each contact of many known keys. */
	kpi_status (*visit)(kpi__claim *claim, const kpi__contact *contacts,
	    uint32_t count, int known);
	kpi_status (*visit_run)(kpi__claim *claim,
	    const kpi__contact *contacts, uint32_t count);
	int one_thread; /* its visitor leaves more than classes */
	/* Of one snapshot, claims whose `side` is equal leave equal classes. */
	int shares;
	kpi__walked walked;
	kpi__finding finding; /* what `walked` has, if it is the claim's own */
	uint8_t *classes;     /* by ordinal, of who walks */
	uint32_t total;   /* ordinals */
	int64_t *instants; /* by ordinal, if prepare() made them */
	uint32_t *codes;   /* by ordinal, likewise */
	uint8_t *states;   /* by ordinal, likewise */
	kpi__contact *sorted; /* room of a visitor */
	size_t sorted_room;
	uint8_t *found; /* likewise */
	size_t found_room;

	void *side;       /* what a keyer reads; released with the claim */
	size_t side_size;
};

/* Fills in the claim, of which `asked` and `declared` are set. */
typedef kpi_status (*kpi__declare_function)(
    kpi__claim *claim, kpi_error *error);

static inline int64_t
kpi__parameter_of(const kpi__claim *claim, int parameter)
{
	return claim->asked.definition->value[parameter];
}

/*
 * Sets the stream of a unit: anchor and credit of the definition; directions
 * as kpi-metrics(7) says, where a query that names directions means what it
 * says, and `automatic` is the metric's own.
 */
void kpi__claim_stream(kpi__claim *claim, int unit, int64_t automatic);

/* KPI__IN_BUSINESS_TIME where the definition's times are of business; else 0.
 */
int64_t kpi__claim_clock(const kpi__claim *claim);

/* Whether agent or team is among the query's groups or filters. */
int kpi__claim_by_agent(const kpi__claim *claim);

/* The unit; automatic is the leg where kpi__claim_by_agent(), else the
 * interaction. */
int kpi__claim_unit(const kpi__claim *claim);

/* Sets how the figure reads, and its clusters: as the definition has bounds_by
 * and verdict_by, where the kind has such bounds. */
void kpi__claim_figure(kpi__claim *claim, int kind, int unit, int merge);

/* Numerator over denominator, and what the share's bounds need. */
void kpi__claim_share(
    kpi__claim *claim, uint64_t numerator, uint64_t denominator);

/* What a mean of values of the classes needs, the values apart. */
void kpi__claim_mean(kpi__claim *claim, uint64_t classes);

/* What a quantile of values of the classes needs, the values apart, after its
 * figure is set. KPI_ENOTSUP: a rule that does not hold for split units. */
kpi_status kpi__claim_quantile(kpi__claim *claim, uint64_t classes,
    kpi_error *error) KPI_MUST_CHECK;

/* Each of the keys below `keys` is a class of its own, others are none. */
void kpi__claim_keys(kpi__claim *claim, int keys);

#endif
