/* SPDX-License-Identifier: MIT */
/* sql_bound.h - what the SQL of a question is bound to. */
#ifndef KPI_TESTS_SQL_BOUND_H
#define KPI_TESTS_SQL_BOUND_H

#include "sql_oracle.h"

/* What is bound beside the parameters. */
typedef struct sql_bound {
	const question *q;
	const sql_oracle *o;
	int64_t as_of, known_from;
	const char *space, *credit, *directions, *override_by, *handle_parts;
	const char *numerator, *denominator, *wait_parts;
	int64_t top, bottom, window, any_outcome;
	int64_t first, last, length; /* of the range, and of its buckets */
} sql_bound;

/* METRICS, section 1: units, directions and credit by default. */
sql_bound sql_bound_of(
    const sql_oracle *o, const question *q, const question_rows *rows);

/* Binds parameter `at` of a statement, by its name. */
void sql_bind(sqlite3_stmt *s, int at, const sql_bound *b);

/* "20s", "7d", "5": in ms, or as it is; 0 if it is no number. */
int sql_number(const char *text, int64_t *out);

/* Whether the name is, or is part of, one of some names. */
int sql_is_one_of(const char *name, const char *names);

#endif
