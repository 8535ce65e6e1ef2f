/* SPDX-License-Identifier: MIT */
/*
 * random_interactions.h - interactions of every kind that the records allow:
 * several rows, direct legs, transfers, unknown values, ties, open ends.
 */
#ifndef KPI_TESTS_RANDOM_INTERACTIONS_H
#define KPI_TESTS_RANDOM_INTERACTIONS_H

#include <kpi.h>
#include <stddef.h>

#define RANDOM_ROWS_MOST 6

/* A generator of its own, so that a seed gives the same on every system. */
typedef struct random_source {
	uint64_t state;
} random_source;

/* A number below `below`, which is above 0. */
uint32_t random_below(random_source *source, uint32_t below);

/* One in `of` is true. */
int random_one_in(random_source *source, uint32_t of);

typedef struct random_interactions {
	kpi_interaction *all;
	kpi_visit *visits; /* RANDOM_ROWS_MOST for each */
	char (*ids)[16];
	char (*customers)[16];
	size_t count;
} random_interactions;

/* What there is to choose from. */
typedef struct random_shape {
	uint32_t customers; /* different ones */
	int64_t span_ms;    /* starts lie in it */
	int64_t grain_ms; /* starts are multiples: the greater, the more ties */
	int one_row;      /* interactions of one row each */
	int closed;       /* nothing waits or goes on */
} random_shape;

/* Makes `count` interactions of a seed; release with ..._free(). */
void random_interactions_make(random_interactions *out, uint64_t seed,
    size_t count, const random_shape *shape);
void random_interactions_free(random_interactions *made);

/* A store in memory that has them. */
kpi_store *random_interactions_store(const random_interactions *made);

/* One of the shapes that show most. */
random_shape random_shape_any(random_source *source);

/* When some of them begin; returns how many, 16 at most. */
uint32_t random_instants(
    const random_interactions *made, int64_t instants[16]);

/* KPI_CASES, or how many it is where nobody says. */
uint32_t random_cases(uint32_t otherwise);

/* The names in use, NULL past the end. */
const char *random_name(kpi_by by, uint32_t i);

/* The instant from which starts are counted. */
#define RANDOM_EPOCH INT64_C(1697932800000)

#endif
