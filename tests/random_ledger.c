/* SPDX-License-Identifier: MIT */
#include "random_ledger.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY INT64_C(86400000)

/* Around the starts of random interactions, often at a midnight. */
static int64_t
any_instant(random_source *s, uint32_t days_before, uint32_t days)
{
	const int64_t midnight = RANDOM_EPOCH / DAY * DAY +
	    ((int64_t)random_below(s, days) - days_before) * DAY;

	return random_one_in(s, 2) ? midnight
				   : midnight + random_below(s, 86400000);
}

static int64_t
any_span(random_source *s, uint32_t days)
{
	static const int64_t often[] = { 1, 7, 900000, 3600000, 5400001, DAY };

	if (random_one_in(s, 3))
		return often[random_below(s, sizeof(often) / sizeof(*often))];
	if (random_one_in(s, 2))
		return 1 + random_below(s, 86400000);
	return (1 + random_below(s, days)) * DAY;
}

static void
make_employment(random_source *s, random_ledger *l, size_t at)
{
	const kpi_employment empty = KPI_EMPLOYMENT_INIT;
	const uint32_t one = random_below(s, RANDOM_PEOPLE);
	const kpi_employment *former =
	    at == 0 ? NULL : &l->employments[random_below(s, (uint32_t)at)];
	kpi_employment *e = &l->employments[at];

	*e = empty;
	e->agent = one < 4 ? random_name(KPI_BY_AGENT, one) : l->people[one];
	e->hired_at = any_instant(s, 500, 800);
	if (random_one_in(s, 3))
		e->source = random_one_in(s, 2) ? "pbx" : "wages";
	if (former != NULL && random_one_in(s, 6)) {
		e->agent = former->agent;
		e->hired_at = former->hired_at;
		e->source = former->source;
		e->left_at = e->hired_at;
	} else if (former != NULL && former->left_at != KPI_UNKNOWN &&
	    random_one_in(s, 4)) {
		e->agent = former->agent;
		e->hired_at = former->left_at;
	}
	if (random_one_in(s, 4))
		e->left_at = KPI_UNKNOWN;
	else if (e->left_at == KPI_UNKNOWN || !random_one_in(s, 3))
		e->left_at = e->hired_at + any_span(s, 400);
}

static void
name_whose(random_source *s, kpi_expense *e)
{
	static const kpi_by whose[] = { KPI_BY_QUEUE, KPI_BY_QUEUE,
		KPI_BY_AGENT, KPI_BY_TEAM, KPI_BY_CHANNEL };

	if (random_one_in(s, 4))
		return;
	e->by = whose[random_below(s, sizeof(whose) / sizeof(*whose))];
	e->of = random_name((kpi_by)e->by, random_below(s, 4));
	if (e->of == NULL)
		e->of = "nobody's yet";
}

static int64_t
any_amount(random_source *s)
{
	const int64_t amount = random_one_in(s, 3)
	    ? random_below(s, 8)
	    : random_below(s, random_one_in(s, 2) ? 5000 : 1000000000);

	return random_one_in(s, 4) ? -amount : amount;
}

static void
make_expense(random_source *s, kpi_expense *e)
{
	static const char *const ids[] = { "rent", "licences", "wages",
		"telephones", "cleaning", "coffee" };
	const kpi_expense empty = KPI_EXPENSE_INIT;

	*e = empty;
	e->started_at = any_instant(s, 5, 40);
	e->ended_at = e->started_at + any_span(s, 40);
	e->amount = any_amount(s);
	name_whose(s, e);
	if (random_one_in(s, 2))
		return;
	e->id = ids[random_below(s, sizeof(ids) / sizeof(*ids))];
	if (random_one_in(s, 2))
		e->source = "pbx";
	if (random_one_in(s, 6))
		e->ended_at = e->started_at;
}

void
random_ledger_make(
    random_ledger *out, random_source *s, size_t employments, size_t expenses)
{
	out->employment_count = employments;
	out->expense_count = expenses;
	out->employments = calloc(employments + 1, sizeof(*out->employments));
	out->expenses = calloc(expenses + 1, sizeof(*out->expenses));
	ck_assert(out->employments != NULL && out->expenses != NULL);
	for (size_t i = 0; i < RANDOM_PEOPLE; i++)
		(void)snprintf(
		    out->people[i], sizeof(out->people[i]), "p%u", (unsigned)i);
	for (size_t i = 0; i < employments; i++)
		make_employment(s, out, i);
	for (size_t i = 0; i < expenses; i++)
		make_expense(s, &out->expenses[i]);
}

void
random_ledger_free(random_ledger *made)
{
	free(made->employments);
	free(made->expenses);
	memset(made, 0, sizeof(*made));
}

void
random_ledger_add(kpi_store *store, const random_ledger *made)
{
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_OK);
	for (size_t i = 0; i < made->employment_count; i++)
		ck_assert_msg(kpi_store_add_employment(store,
				  &made->employments[i], &error) == KPI_OK,
		    "%s", error.text);
	for (size_t i = 0; i < made->expense_count; i++)
		ck_assert_msg(kpi_store_add_expense(
				  store, &made->expenses[i], &error) == KPI_OK,
		    "%s", error.text);
	ck_assert_int_eq(kpi_store_commit(store, &error), KPI_OK);
}
