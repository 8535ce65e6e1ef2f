/* SPDX-License-Identifier: MIT */
/*
 * ledger.h - what a store keeps beside interactions and activities: the
 * roster, who was employed from when to when, and expenses.
 */
#ifndef KPI_LEDGER_H
#define KPI_LEDGER_H

#include <kpi/base.h>
#include <kpi/interaction.h>
#include <kpi/query.h>
#include <kpi/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* That an agent was employed: from the hiring to the leaving, at which instant
 * no longer. A rehire is another employment. */
typedef struct kpi_employment {
	uint64_t size;
	int64_t hired_at;   /* required */
	int64_t left_at;    /* unknown: still there */
	const char *agent;  /* required */
	const char *source; /* unknown: the empty source */
} kpi_employment;

/* clang-format off */
#define KPI_EMPLOYMENT_INIT { sizeof(kpi_employment), \
	KPI_UNKNOWN, KPI_UNKNOWN, 0, 0 }
/* clang-format on */

/*
 * Keeps an employment, as kpi_store_add() keeps an interaction. One of the
 * same agent, hiring and source replaces the former (the leaving has become
 * known); one that ends as it begins is none, and takes the former back.
 * KPI_EINVAL names the field that is outside its range: a leaving before the
 * hiring, for one.
 */
KPI_API kpi_status kpi_store_add_employment(kpi_store *store,
    const kpi_employment *employment, kpi_error *error) KPI_MUST_CHECK;

/*
 * Hands each employment to `each`, by agent, hiring and source; non-zero from
 * it ends the call with KPI_ESTOPPED. The texts are valid in the call.
 */
KPI_API kpi_status kpi_store_employments(kpi_store *store,
    int (*each)(void *ctx, const kpi_employment *employment), void *ctx,
    kpi_error *error) KPI_MUST_CHECK;

/* What was spent, evenly over [started_at, ended_at). */
typedef struct kpi_expense {
	uint64_t size;
	int64_t started_at; /* required */
	int64_t ended_at;   /* required */
	int64_t amount;     /* required: minor units of the one currency that
	                       interactions' costs are in; a credit note's is
	                       below 0 */
	int64_t by;         /* whose it is: KPI_BY_QUEUE, _TEAM, _AGENT or
	                       _CHANNEL; unknown or 0: nobody's alone */
	const char *of;     /* the name of that queue, team, ... */
	const char *id;     /* unknown: nothing can replace it */
	const char *source; /* unknown: the empty source */
	const char *note;   /* what it was for */
} kpi_expense;

/* clang-format off */
#define KPI_EXPENSE_INIT { sizeof(kpi_expense), \
	KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, 0, 0, 0, 0 }
/* clang-format on */

/*
 * Keeps an expense, as kpi_store_add() keeps an interaction. One of the same
 * id and source replaces the former; one that ends as it begins is none and
 * takes the former back, for which it needs an id. One without an id is added
 * to what is there, however often. KPI_EINVAL names the field.
 */
KPI_API kpi_status kpi_store_add_expense(kpi_store *store,
    const kpi_expense *expense, kpi_error *error) KPI_MUST_CHECK;

/*
 * Hands each expense to `each`, by start, end, source, id, amount, whose it is
 * and note; non-zero from it ends the call with KPI_ESTOPPED. The texts are
 * valid in the call.
 */
KPI_API kpi_status kpi_store_expenses(kpi_store *store,
    int (*each)(void *ctx, const kpi_expense *expense), void *ctx,
    kpi_error *error) KPI_MUST_CHECK;

/* Zero means the default. */
typedef struct kpi_ledger_options {
	uint64_t size;
	const char *zone;           /* of times without an offset; NULL: UTC */
	const char *zone_directory; /* NULL: /usr/share/zoneinfo */
	const char *source;         /* where a row names none */
	const void *reserved;       /* NULL */
} kpi_ledger_options;

/* clang-format off */
#define KPI_LEDGER_OPTIONS_INIT { sizeof(kpi_ledger_options), 0, 0, 0, 0 }
/* clang-format on */

/*
 * Reads a CSV whose header has the names of the fields of an employment, or of
 * an expense, in any order; `by` is queue, team, agent or channel, instants
 * are as in other CSV (ISO 8601), an empty cell is unknown. All rows are added
 * or none: the first that cannot be used is KPI_EPARSE, whose error has line,
 * column and field. No batch may be open (KPI_EORDER). KPI_EPARSE also if the file is no CSV, or its header has another name or
 * lacks one that is required; KPI_ENOTFOUND, KPI_EIO, and as kpi_store_add().
 * `options` and `rows`, how many were added, may be NULL; *rows is written on
 * KPI_OK only.
 */
KPI_API kpi_status kpi_import_roster(kpi_store *store, const char *path,
    const kpi_ledger_options *options, uint64_t *rows,
    kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_import_expenses(kpi_store *store, const char *path,
    const kpi_ledger_options *options, uint64_t *rows,
    kpi_error *error) KPI_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
