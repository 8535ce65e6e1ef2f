/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdio.h>

#include <kpi/catalogue.h>

#include "opened.h"

#define ROWS 70000

START_TEST(columns_are_added_all_or_none_and_name_the_row_at_fault)
{
	static int64_t starts[ROWS];
	static int32_t csat[ROWS];
	static char ids[ROWS][12];
	kpi_column columns[3] = { KPI_COLUMN_INIT, KPI_COLUMN_INIT,
		KPI_COLUMN_INIT };
	static const char *names[ROWS];

	open_store(_i, 0);
	for (int i = 0; i < ROWS; i++) {
		starts[i] = INT64_C(1700000000000) - i;
		csat[i] = i % 2 == 0 ? INT32_MIN : i % 12;
		(void)snprintf(ids[i], sizeof(ids[i]), "%d", i);
		names[i] = ids[i];
	}
	columns[0].field = KPI_FIELD_STARTED_AT;
	columns[0].type = KPI_COLUMN_INT64;
	columns[0].data = starts;
	columns[1].field = KPI_FIELD_CSAT;
	columns[1].type = KPI_COLUMN_INT32;
	columns[1].data = csat;
	columns[2].field = KPI_FIELD_ID;
	columns[2].type = KPI_COLUMN_TEXT;
	columns[2].data = names;
	csat[41] = 12;
	ck_assert_int_eq(
	    kpi_store_add_columns(store, ROWS, columns, 3, &error), KPI_EINVAL);
	ck_assert_int_eq(error.line, 42);
	ck_assert_str_eq(error.field, "csat");
	csat[41] = 5;
	names[69999] = "0";
	ck_assert_int_eq(kpi_store_add_columns(store, ROWS, columns, 3, &error),
	    KPI_EEXISTS);
	ck_assert_int_eq(error.line, 70000);
	ck_assert_ptr_nonnull(strstr(error.text, "the id \"0\" already"));
	names[69999] = ids[69999];
	ck_assert_uint_eq(info().interactions, 0);
	ck_assert_int_eq(
	    kpi_store_add_columns(store, ROWS, columns, 3, &error), KPI_OK);
	ck_assert_uint_eq(info().interactions, ROWS);
	ck_assert_uint_eq(info().chunks, 1);
	ck_assert_int_eq(info().known_from, 1700000000000 - ROWS + 1);
	ck_assert_int_eq(kpi_store_add_columns(store, ROWS, columns, 3, &error),
	    KPI_EEXISTS);
	ck_assert_int_eq(error.line, 1);
	ck_assert_int_eq(kpi_store_check(store, NULL, NULL, &error), KPI_OK);
	columns[1].field = KPI_FIELD_STARTED_AT;
	ck_assert_int_eq(
	    kpi_store_add_columns(store, 1, columns, 3, &error), KPI_EINVAL);
	columns[1].field = KPI_FIELD_AGENT;
	ck_assert_int_eq(
	    kpi_store_add_columns(store, 1, columns, 3, &error), KPI_EINVAL);
	close_store();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("columns");
	TCase *tc = tcase_create("columns");

	tcase_add_loop_test(
	    tc, columns_are_added_all_or_none_and_name_the_row_at_fault, 0, 2);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
