/* SPDX-License-Identifier: MIT */
/* Different customers, counted in sets where there is room for them and in
 * order where not, are as many as counting one by one finds. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include <kpi.h>

#include "random_interactions.h"
#include "runner.h"

#define ROWS   3000
#define NAME   16
#define LEAST  1 /* byte of memory */
#define ANYONE 0 /* customer that is not known */

static const struct {
	uint32_t customers, groups;
} cases[] = {
	{ 1, 1 },
	{ 70, 1 },
	{ 5, 400 },
	{ 2500, 40 },
	{ 2500, 150 }, /* more than there are sets for */
	{ 2500, 2999 },
};

static uint32_t customer[ROWS], group[ROWS];
static int outbound[ROWS];
static uint8_t met[ROWS + 1];

static kpi_store *
make_store(uint32_t customers, uint32_t groups)
{
	static char names[ROWS][NAME], reasons[ROWS][NAME];
	static const char *name[ROWS], *reason[ROWS];
	static int64_t start[ROWS], direction[ROWS];
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_column c[4];
	kpi_store *store;
	random_source s = { customers * UINT64_C(7919) + groups };

	for (uint32_t i = 0; i < ROWS; i++) {
		customer[i] = random_below(&s, customers + 1);
		/* Some are met late, when there are sets already. */
		group[i] = random_below(&s, 1 + i * groups / ROWS);
		outbound[i] = random_one_in(&s, 3);
		(void)snprintf(names[i], NAME, "c%u", customer[i]);
		(void)snprintf(reasons[i], NAME, "r%u", group[i]);
		name[i] = customer[i] == ANYONE ? NULL : names[i];
		reason[i] = reasons[i];
		start[i] = RANDOM_EPOCH + (int64_t)i * 1000;
		direction[i] = outbound[i] ? KPI_DIRECTION_OUTBOUND
					   : KPI_DIRECTION_INBOUND;
	}
	for (int i = 0; i < 4; i++)
		c[i] = (kpi_column)KPI_COLUMN_INIT;
	c[0].field = KPI_FIELD_STARTED_AT;
	c[1].field = KPI_FIELD_DIRECTION;
	c[0].type = c[1].type = KPI_COLUMN_INT64;
	c[2].field = KPI_FIELD_CUSTOMER;
	c[3].field = KPI_FIELD_REASON;
	c[2].type = c[3].type = KPI_COLUMN_TEXT;
	c[0].data = start;
	c[1].data = direction;
	c[2].data = name;
	c[3].data = reason;
	options.memory = LEAST;
	ck_assert_int_eq(kpi_store_open(&store, NULL, &options, NULL), KPI_OK);
	ck_assert_msg(
	    kpi_store_add_columns(store, ROWS, c, 4, &error) == KPI_OK, "%s",
	    error.text);
	return store;
}

/* Inbound customers of a group, and all that have none; -1: of all groups. */
static int64_t
count(int64_t of, int64_t *unknown)
{
	int64_t found = 0;

	memset(met, 0, sizeof(met));
	*unknown = 0;
	for (uint32_t i = 0; i < ROWS; i++) {
		uint8_t *here = &met[customer[i]];

		if (outbound[i] || (of >= 0 && group[i] != of))
			continue;
		*unknown += customer[i] == ANYONE;
		found += customer[i] != ANYONE && !*here;
		*here = 1;
	}
	return found;
}

static void
check_row(const kpi_result *result, uint64_t row, int64_t of)
{
	kpi_figure f = KPI_FIGURE_INIT;
	int64_t unknown;
	const int64_t expected = count(of, &unknown);

	ck_assert_int_eq(kpi_result_figure(result, row, 0, &f), KPI_OK);
	ck_assert_int_eq(f.numerator, expected);
	ck_assert_int_eq(f.unknown, unknown);
}

START_TEST(customers_are_as_many_as_are_met)
{
	kpi_store *store = make_store(cases[_i].customers, cases[_i].groups);
	kpi_error error = KPI_ERROR_INIT;
	kpi_query *query;
	kpi_result *result;
	uint64_t rows;

	ck_assert_int_eq(
	    kpi_customers(&result, store, NULL, NULL, NULL), KPI_OK);
	check_row(result, 0, -1);
	kpi_result_free(result);

	ck_assert_int_eq(kpi_query_new(&query, NULL, NULL), KPI_OK);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_REASON), KPI_OK);
	ck_assert_msg(
	    kpi_customers(&result, store, query, NULL, &error) == KPI_OK, "%s",
	    error.text);
	rows = kpi_result_rows(result);
	ck_assert_uint_ge(rows, cases[_i].groups / 4);
	/* Enough of them, of the first as of the last that were met. */
	for (uint64_t row = 0; row < rows; row += 1 + rows / 200) {
		const char *reason = kpi_result_group(result, row, 0);

		check_row(result, row, strtol(reason + 1, NULL, 10));
	}
	kpi_result_free(result);
	kpi_query_free(query);
	kpi_store_close(store);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("distinct");
	TCase *tc = tcase_create("distinct");

	tcase_set_timeout(tc, 120);
	tcase_add_loop_test(tc, customers_are_as_many_as_are_met, 0,
	    sizeof(cases) / sizeof(*cases));
	suite_add_tcase(s, tc);
	return s;
}
