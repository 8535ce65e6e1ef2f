/* SPDX-License-Identifier: MIT */
/* agent_scene.h - random interactions and activities, a question about agents'
 * time, and what looking at every moment comes to. */
#ifndef KPI_TESTS_AGENT_SCENE_H
#define KPI_TESTS_AGENT_SCENE_H

#include "random_interactions.h"

#define AGENTS     6 /* the last has activities alone, the one before nothing */
#define ACTIVITIES 40
#define STATES     7
#define BUCKETS    4000

extern const char *const agents[AGENTS];

typedef struct activity {
	kpi_activity record;
	size_t agent;
} activity;

typedef struct stretch {
	int64_t begin, until;
} stretch;

/* One question and what it is asked of. */
typedef struct scene {
	random_interactions made;
	kpi_interaction *all;
	size_t count;
	activity activities[ACTIVITIES];
	size_t activity_count;
	int64_t from, until, known_from, as_of; /* KPI_UNKNOWN: open */
	int64_t length;       /* of a bucket; 0: none */
	int by_agent, summed, negated;
	size_t filter;        /* AGENTS: none */
	unsigned parts;       /* bits: ring, talk, hold, after-call */
	unsigned directions;  /* bits of KPI_DIRECTION_; 0 unknown */
	unsigned numerator, denominator; /* bits of states */
	char text[600];
	char idle[400]; /* average_idle_time by the same rule */
} scene;

/* What there is of a group. */
typedef struct times {
	int64_t state[STATES];
	int64_t unknown, no_activity, logged_in, staffed;
	int64_t legs, legs_no_activity, legs_unknown;
} times;

/* The scene of a seed; its `made` are to be freed. */
void make_scene(scene *s, uint64_t seed);

/* Adds an agent's time in [from, until) to the buckets, the first of which
 * begins at `first`. */
void add_agent(const scene *s, size_t agent, int64_t from, int64_t until,
    int64_t first, times *out);

int64_t least(int64_t a, int64_t b);
int same_text(const char *a, const char *b); /* NULL is itself alone */

#endif
