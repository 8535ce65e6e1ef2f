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

#ifdef __cplusplus
}
#endif

#endif
