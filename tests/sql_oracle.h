/* SPDX-License-Identifier: MIT */
/*
 * sql_oracle.h - the same interactions in SQLite's tables, and the same
 * questions in the SQL of tests/sql, which is written from what the metrics
 * mean and not from how the library finds it.
 */
#ifndef KPI_TESTS_SQL_ORACLE_H
#define KPI_TESTS_SQL_ORACLE_H

#include <sqlite3.h>

#include "question.h"
#include "random_ledger.h"

#define ORACLE_SCRIPTS    32
#define ORACLE_STATEMENTS 12

typedef struct sql_script {
	const char *name; /* of the file, without its ending */
	char *text;
	sqlite3_stmt *statements[ORACLE_STATEMENTS];
	uint32_t count;
} sql_script;

typedef struct sql_oracle {
	sqlite3 *db;
	sql_script scripts[ORACLE_SCRIPTS];
	uint32_t script_count;
	int64_t as_of, known_from; /* of what is loaded */
	int64_t spent_from, spent_until; /* 0: no expenses */
	int64_t *instants;         /* that occur in it */
	uint32_t instant_count;
} sql_oracle;

/* A row of figures as SQL has it. */
typedef struct sql_row {
	const char *group[3]; /* NULL: unknown; lives until the next step */
	int64_t begin;        /* KPI_UNKNOWN without buckets */
	int64_t numerator, denominator, population;
	int64_t unknown, in_progress, truncated, immature, not_counted;
	int64_t known, mixed;
	int64_t draws;  /* units of the denominator */
	double squares; /* the sum of their squares */
} sql_row;

void sql_oracle_open(sql_oracle *o);
void sql_oracle_close(sql_oracle *o);

/* Replaces what is there. */
void sql_oracle_load(sql_oracle *o, const random_interactions *from);
void sql_oracle_load_ledger(sql_oracle *o, const random_ledger *from);

/*
 * Asks; each row is then read by sql_oracle_step(), in the order of a result,
 * which returns 0 at the end and gives the statement back.
 */
sqlite3_stmt *sql_oracle_ask(
    sql_oracle *o, const question *q, const question_rows *rows);
int sql_oracle_step(
    sqlite3_stmt *select, const question_rows *rows, sql_row *row);

/* Makes the units of a question: what asking begins with. */
void sql_oracle_units(
    sql_oracle *o, const question *q, const question_rows *rows);

/*
 * Asks for the values that a mean is of, one by one and in ascending order in
 * each group; sql_oracle_value() reads them: of `row` the group, the share as
 * its denominator and the value as its numerator.
 */
sqlite3_stmt *sql_oracle_values(
    sql_oracle *o, const question *q, const question_rows *rows);
int sql_oracle_value(
    sqlite3_stmt *values, const question_rows *rows, sql_row *row);

/* Of the units as they are now: the last step of asking. */
sqlite3_stmt *sql_oracle_select(
    sql_oracle *o, const question *q, const question_rows *rows);

/* The repeats that a definition counts and the rows select, of repeat_rate:
 * n of the contact, of the one before, by customer and time. */
sqlite3_stmt *sql_oracle_repeats(
    sql_oracle *o, const question *q, const question_rows *rows);
sqlite3_stmt *sql_oracle_select_repeats(
    sql_oracle *o, const question *q, const question_rows *rows);

#endif
