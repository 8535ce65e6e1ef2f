/* SPDX-License-Identifier: MIT */
/* The roster and expenses as CSV: all of a file or nothing. */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <kpi.h>

#include "opened.h"
#include "ration.h"

#define TABLE "test_ledger_csv.csv"
#define HOUR  INT64_C(3600000)
#define NOV_1 INT64_C(1793491200000) /* 2026-11-01T00:00:00Z */

static const char roster[] =
    "\xef\xbb\xbfhired_at; agent ;left_at\r\n"
    "2026-11-01;amira;\r\n"
    "\r\n"
    "2026-11-01 08:00;\"b\"\"en\";2026-11-30T00:00:00Z;;\r\n"
    "2026-11-02;amira;2026-11-02\n";

static const char expenses[] =
    "amount,started_at,ended_at,by,of,id,note,source\n"
    "250000,2026-11-01,2026-12-01,,,1,\"rent, heating\",\n"
    "-990,2026-11-01,2026-11-02,team,night,,,books\n"
    "240000,2026-11-01,2026-12-01,,,1,rent,\n";

static void
write_table(const char *text)
{
	FILE *f = fopen(TABLE, "wb");

	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs(text, f), 0);
	ck_assert_int_eq(fclose(f), 0);
}

static int
print_employment(void *ctx, const kpi_employment *e)
{
	char *const text = ctx;

	(void)sprintf(text + strlen(text), "%s %s %d..%d;",
	    e->source == NULL ? "-" : e->source, e->agent,
	    (int)((e->hired_at - NOV_1) / HOUR),
	    e->left_at == KPI_UNKNOWN ? -1
				      : (int)((e->left_at - NOV_1) / HOUR));
	return 0;
}

static int
print_expense(void *ctx, const kpi_expense *e)
{
	char *const text = ctx;

	(void)sprintf(text + strlen(text), "%s/%s %d %d..%d %s=%s %s;",
	    e->source == NULL ? "-" : e->source, e->id == NULL ? "-" : e->id,
	    (int)e->amount, (int)((e->started_at - NOV_1) / HOUR),
	    (int)((e->ended_at - NOV_1) / HOUR),
	    e->by == KPI_UNKNOWN       ? "-"
		: e->by == KPI_BY_TEAM ? "team"
				       : "?",
	    e->of == NULL ? "-" : e->of, e->note == NULL ? "-" : e->note);
	return 0;
}

static void
holds(const char *employments_expected, const char *expenses_expected)
{
	char text[1000] = "";

	ck_assert_int_eq(
	    kpi_store_employments(store, print_employment, text, &error),
	    KPI_OK);
	ck_assert_str_eq(text, employments_expected);
	*text = '\0';
	ck_assert_int_eq(
	    kpi_store_expenses(store, print_expense, text, &error), KPI_OK);
	ck_assert_str_eq(text, expenses_expected);
}

START_TEST(employments_are_read_by_the_names_of_their_columns)
{
	kpi_ledger_options options = KPI_LEDGER_OPTIONS_INIT;
	uint64_t rows = 0;

	open_store(_i, 0);
	write_table(roster);
	options.source = "hr";
	options.zone = "Europe/Berlin";
	ck_assert_msg(
	    kpi_import_roster(store, TABLE, &options, &rows, &error) == KPI_OK,
	    "%s", error.text);
	ck_assert_uint_eq(rows, 3);
	holds("hr amira -1..-1;hr b\"en 7..696;", "");
	ck_assert_int_eq(
	    kpi_import_roster(store, TABLE, NULL, NULL, &error), KPI_OK);
	holds("hr amira -1..-1;- amira 0..-1;hr b\"en 7..696;- b\"en 8..696;",
	    "");
	close_store();
	ck_assert_int_eq(unlink(TABLE), 0);
}
END_TEST

START_TEST(expenses_are_read_by_the_names_of_their_columns)
{
	uint64_t rows = 0;

	open_store(_i, 0);
	write_table(expenses);
	ck_assert_msg(
	    kpi_import_expenses(store, TABLE, NULL, &rows, &error) == KPI_OK,
	    "%s", error.text);
	ck_assert_uint_eq(rows, 3);
	holds(
	    "", "books/- -990 0..24 team=night -;-/1 240000 0..720 -=- rent;");
	close_store();
	ck_assert_int_eq(unlink(TABLE), 0);
}
END_TEST

static const struct {
	const char *text, *said, *field;
	int line, column;
} wrong[] = {
	{ "", "empty", "", 0, 0 },
	{ "started_at,amount\n", "no column ended_at", "ended_at", 1, 0 },
	{ "started_at,ended_at,amount,queue\n", "\"queue\"; expected are", "",
	    1, 28 },
	{ "started_at,ended_at,amount,amount\n", "\"amount\" twice", "", 1,
	    28 },
	{ "started_at,ended_at,amount\n2026-11-01,2026-12-01,5\n"
	  "2026-11-01,2026-13-01,5\n",
	    "line 3: ended_at is \"2026-13-01\"; expected a time", "ended_at",
	    3, 12 },
	{ "started_at,ended_at,amount\n2026-11-01,2026-12-01,5.5\n",
	    "line 2: amount is \"5.5\"; expected a whole", "amount", 2, 23 },
	{ "started_at,ended_at,amount\n2026-11-01,2026-12-01,250.00\n",
	    "amount is \"250.00\"; expected a whole", "amount", 2, 23 },
	{ "started_at;ended_at;amount\n2026-11-01;2026-12-01;1,000\n",
	    "amount is \"1,000\"; expected a whole", "amount", 2, 23 },
	{ "started_at,ended_at,amount,by\n2026-11-01,2026-12-01,5,tea\n",
	    "line 2: by is \"tea\"; expected queue, team", "by", 2, 25 },
	{ "started_at,ended_at,amount,by\n2026-11-01,2026-12-01,5,reason\n",
	    "line 2: by is outside its range", "by", 2, 25 },
	{ "started_at,ended_at,amount,by\n2026-11-01,2026-12-01,5,team\n",
	    "line 2: of and by belong together", "of", 2, 0 },
	{ "started_at,ended_at,amount\n2026-11-01,2026-12-01,5\n,,\n",
	    "line 3: started_at is required", "started_at", 3, 1 },
	{ "started_at,ended_at,amount,of\n2026-11-01,2026-12-01,5\n",
	    "line 2: the row has 3 cells; expected 4", "", 2, 0 },
	{ "started_at,ended_at,amount\n2026-11-01,2026-12-01,5,,x\n",
	    "line 2: the row has 5 cells; expected 3", "", 2, 0 },
	{ "started_at,ended_at,amount\n2026-11-01,2026-12-01,\"5\n",
	    "line 2: the row has a quote at fault", "", 2, 0 },
	{ "started_at,ended_at,amount,note\n2026-11-01,2026-12-01,5,\xff\n",
	    "line 2: note is not valid UTF-8", "note", 2, 25 },
};

START_TEST(a_row_that_cannot_be_used_ends_it_and_nothing_is_added)
{
	uint64_t rows = 77;

	open_store(0, 0);
	write_table(wrong[_i].text);
	ck_assert_int_eq(
	    kpi_import_expenses(store, TABLE, NULL, &rows, &error), KPI_EPARSE);
	ck_assert_msg(
	    strstr(error.text, wrong[_i].said) != NULL, "%s", error.text);
	ck_assert_str_eq(error.field, wrong[_i].field);
	ck_assert_int_eq(error.line, wrong[_i].line);
	ck_assert_int_eq(error.column, wrong[_i].column);
	ck_assert_uint_eq(rows, 77);
	holds("", "");
	close_store();
	ck_assert_int_eq(unlink(TABLE), 0);
}
END_TEST

START_TEST(a_cell_longer_than_a_text_is_refused)
{
	static char text[2 * KPI_TEXT_MAX + 100] = "agent,hired_at\n";

	memset(text + strlen(text), 'x', KPI_TEXT_MAX + 1);
	(void)strcat(text, ",2026-11-01\n");
	open_store(0, 0);
	write_table(text);
	ck_assert_int_eq(
	    kpi_import_roster(store, TABLE, NULL, NULL, &error), KPI_EPARSE);
	ck_assert_ptr_nonnull(strstr(error.text, "line 2: agent is longer"));
	close_store();
	ck_assert_int_eq(unlink(TABLE), 0);
}
END_TEST

START_TEST(what_is_asked_wrong_is_told)
{
	kpi_ledger_options options = KPI_LEDGER_OPTIONS_INIT;

	open_store(0, 0);
	ck_assert_int_eq(kpi_import_roster(
			     store, "test_ledger_csv.none", NULL, NULL, &error),
	    KPI_ENOTFOUND);
	ck_assert_int_eq(
	    kpi_import_roster(store, NULL, NULL, NULL, &error), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_import_roster(NULL, TABLE, NULL, NULL, &error), KPI_EINVAL);
	write_table(roster);
	options.zone = "Nowhere/Atall";
	ck_assert_int_eq(
	    kpi_import_roster(store, TABLE, &options, NULL, &error),
	    KPI_ENOTFOUND);
	ck_assert_str_eq(error.field, "zone");
	options.zone = NULL;
	options.reserved = &options;
	ck_assert_int_eq(
	    kpi_import_roster(store, TABLE, &options, NULL, &error),
	    KPI_ENOTSUP);
	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_OK);
	ck_assert_int_eq(
	    kpi_import_roster(store, TABLE, NULL, NULL, &error), KPI_EORDER);
	holds("", "");
	close_store();
	ck_assert_int_eq(unlink(TABLE), 0);
}
END_TEST

static kpi_status
import_rationed(ration *supply, int64_t n, int once)
{
	const kpi_allocator allocator = { ration_resize, supply };
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_ledger_options of = KPI_LEDGER_OPTIONS_INIT;
	kpi_status status;

	options.allocator = &allocator;
	of.zone = "Europe/Berlin";
	ration_fail(supply, 0, 0);
	ck_assert_int_eq(kpi_store_open(&store, NULL, &options, NULL), KPI_OK);
	ration_fail(supply, n, once);
	status = kpi_import_expenses(store, TABLE, &of, NULL, NULL);
	ration_fail(supply, 0, 0);
	ck_assert(status == KPI_OK || status == KPI_ENOMEM);
	ck_assert_uint_eq(info().expenses, status == KPI_OK ? 2 : 0);
	kpi_store_close(store);
	ck_assert_int_eq(supply->blocks, 0);
	return status;
}

START_TEST(no_memory_leaves_the_store_as_it_was)
{
	ration supply;
	kpi_status status = KPI_ENOMEM;
	int64_t n;

	memset(&supply, 0, sizeof(supply));
	write_table(expenses);
	for (n = 1; status != KPI_OK; n++)
		status = import_rationed(&supply, n, _i);
	ck_assert_int_gt(n, 8);
	ck_assert_int_eq(unlink(TABLE), 0);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("ledger_csv");
	TCase *tc = tcase_create("ledger_csv");

	tcase_add_loop_test(
	    tc, employments_are_read_by_the_names_of_their_columns, 0, 2);
	tcase_add_loop_test(
	    tc, expenses_are_read_by_the_names_of_their_columns, 0, 2);
	tcase_add_loop_test(tc,
	    a_row_that_cannot_be_used_ends_it_and_nothing_is_added, 0,
	    sizeof(wrong) / sizeof(*wrong));
	tcase_add_test(tc, a_cell_longer_than_a_text_is_refused);
	tcase_add_test(tc, what_is_asked_wrong_is_told);
	tcase_add_loop_test(tc, no_memory_leaves_the_store_as_it_was, 0, 2);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
