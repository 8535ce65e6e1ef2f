/* SPDX-License-Identifier: MIT */
/*
 * question.h - a definition and a query, as values that the library and the
 * SQL of tests/sql are asked with alike.
 */
#ifndef KPI_TESTS_QUESTION_H
#define KPI_TESTS_QUESTION_H

#include "instant_text.h"
#include "random_interactions.h"

#define QUESTION_METRICS    36
#define QUESTION_PARAMETERS 48
#define QUESTION_FILTERS    3
#define QUESTION_VALUES     3
#define QUESTION_OVERRIDES  3

typedef struct question_filter {
	kpi_by by;
	int negated;
	uint32_t count;
	const char *values[QUESTION_VALUES]; /* NULL: unknown */
} question_filter;

/* What is asked of the rows; shared by the definitions of one measuring. */
typedef struct question_rows {
	kpi_by by[3];
	uint32_t by_count;
	int32_t bucket;
	int64_t from, until; /* KPI_UNKNOWN: open */
	question_filter filters[QUESTION_FILTERS];
	uint32_t filter_count;
	int64_t outcomes[2];
	uint32_t outcome_count;
	int32_t measure; /* KPI_FIELD_, 0: none */
	int64_t least, most;
} question_rows;

typedef struct question_override {
	const char *parameter, *name, *value;
} question_override;

typedef struct question {
	int32_t metric;
	const char *name; /* of the metric */
	/* Every parameter that the metric reads, in METRICS' text form. */
	struct {
		const char *name, *value;
		int given; /* differs from the default */
	} parameters[QUESTION_PARAMETERS];
	uint32_t parameter_count;
	kpi_by override_by;
	question_override overrides[QUESTION_OVERRIDES];
	uint32_t override_count;
	int64_t as_of, known_from; /* KPI_UNKNOWN: as the store has them */
	char as_of_text[INSTANT_TEXT], known_from_text[INSTANT_TEXT];
} question;

/* `instants` of the data, to put borders and ends of knowledge on. */
void question_rows_make(question_rows *rows, random_source *source,
    const int64_t *instants, uint32_t count);

/* KPI_METRIC_ of each metric that SQL can be asked for too. */
int32_t question_metric(uint32_t i);

/* A question of the metric; `plain`: with defaults alone. */
void question_make(question *q, random_source *source, int32_t metric,
    int plain, const int64_t *instants, uint32_t count);

/* Gives it the values of `from` in what says which units there are and how
 * long they waited, so that the two may be measured as one. */
void question_share(question *q, const question *from);

/* NULL if the metric does not read it. */
const char *question_value(const question *q, const char *parameter);

/* Sets a parameter that the metric reads. */
void question_set(question *q, const char *parameter, const char *value);

/* The same as the library's own objects. */
kpi_definition *question_definition(const question *q);
kpi_query *question_query(const question_rows *rows);

/* All that is asked, to be said where an answer is wrong. */
const char *question_said(const question *q, const question_rows *rows);

/* The dimension among whose values a metric is a mix; 0 if it is none. */
kpi_by question_among(int32_t metric);

/* Groups the rows by a dimension, in the place of another if need be. */
void question_rows_group(question_rows *rows, kpi_by by);

/*
 * Makes a question of each metric, of the mixes only now and then, for which
 * the rows are grouped. `plain`: one in so many is. How many were made.
 */
uint32_t question_make_each(question q[QUESTION_METRICS],
    question_rows *rows, random_source *source, uint32_t plain,
    const int64_t *instants, uint32_t count);

/* Whether the rows name a dimension, in groups or filters. */
int question_rows_name(const question_rows *rows, kpi_by by);

#endif
