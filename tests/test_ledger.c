/* SPDX-License-Identifier: MIT */
/* The roster and expenses: what is kept, replaced, refused and read back. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include <kpi.h>

#include "opened.h"

#define BEFORE_YEAR_1 INT64_C(-62135596800001)

static const char *
shown(const char *text)
{
	return text == NULL ? "-" : text;
}

static int
print_employment(void *ctx, const kpi_employment *e)
{
	char *const text = ctx;

	(void)sprintf(text + strlen(text), "%s/%s:%lld:%lld;", shown(e->source),
	    e->agent, (long long)e->hired_at,
	    e->left_at == KPI_UNKNOWN ? -1 : (long long)e->left_at);
	return 0;
}

static int
print_expense(void *ctx, const kpi_expense *e)
{
	char *const text = ctx;

	(void)sprintf(text + strlen(text), "%s/%s:%lld-%lld:%lld:%lld=%s(%s);",
	    shown(e->source), shown(e->id), (long long)e->started_at,
	    (long long)e->ended_at, (long long)e->amount,
	    e->by == KPI_UNKNOWN ? 0 : (long long)e->by, shown(e->of),
	    shown(e->note));
	return 0;
}

static void
roster_is(const char *expected)
{
	char text[4096] = "";

	ck_assert_int_eq(
	    kpi_store_employments(store, print_employment, text, &error),
	    KPI_OK);
	ck_assert_str_eq(text, expected);
}

static void
expenses_are(const char *expected)
{
	char text[8192] = "";

	ck_assert_int_eq(
	    kpi_store_expenses(store, print_expense, text, &error), KPI_OK);
	ck_assert_str_eq(text, expected);
}

static kpi_status
hire(const char *source, const char *agent, int64_t hired_at, int64_t left_at)
{
	kpi_employment e = KPI_EMPLOYMENT_INIT;

	e.source = source;
	e.agent = agent;
	e.hired_at = hired_at;
	e.left_at = left_at;
	return kpi_store_add_employment(store, &e, &error);
}

static kpi_expense
expense_of(const char *id, int64_t started_at, int64_t ended_at, int64_t amount)
{
	kpi_expense e = KPI_EXPENSE_INIT;

	e.id = id;
	e.started_at = started_at;
	e.ended_at = ended_at;
	e.amount = amount;
	return e;
}

static kpi_status
spend(const char *id, int64_t started_at, int64_t ended_at, int64_t amount)
{
	const kpi_expense e = expense_of(id, started_at, ended_at, amount);

	return kpi_store_add_expense(store, &e, &error);
}

START_TEST(an_employment_of_one_agent_hire_and_source_replaces_the_former)
{
	open_store(_i, 0);
	ck_assert_int_eq(hire(NULL, "ben", 7, KPI_UNKNOWN), KPI_OK);
	ck_assert_int_eq(hire(NULL, "amira", 9, KPI_UNKNOWN), KPI_OK);
	ck_assert_int_eq(hire("hr", "ben", 7, 8), KPI_OK);
	ck_assert_int_eq(hire("", "ben", 20, KPI_UNKNOWN), KPI_OK);
	ck_assert_int_eq(hire(NULL, "ben", 7, 12), KPI_OK);
	roster_is("-/amira:9:-1;-/ben:7:12;hr/ben:7:8;-/ben:20:-1;");
	ck_assert_uint_eq(info().employments, 4);
	ck_assert_uint_eq(info().expenses, 0);
	close_store();
}
END_TEST

START_TEST(an_employment_that_ends_as_it_begins_takes_the_former_back)
{
	open_store(_i, 0);
	ck_assert_int_eq(hire(NULL, "ben", 7, 7), KPI_OK);
	roster_is("");
	ck_assert_int_eq(hire(NULL, "ben", 7, 12), KPI_OK);
	ck_assert_int_eq(hire(NULL, "amira", 7, 12), KPI_OK);
	ck_assert_int_eq(hire(NULL, "ben", 7, 7), KPI_OK);
	roster_is("-/amira:7:12;");
	ck_assert_uint_eq(info().employments, 1);
	ck_assert_int_eq(hire(NULL, "ben", 7, 13), KPI_OK);
	roster_is("-/amira:7:12;-/ben:7:13;");
	close_store();
}
END_TEST

START_TEST(an_expense_is_replaced_by_its_id_and_without_one_by_none)
{
	kpi_expense e = expense_of("42", 5, 9, -300);

	open_store(_i, 0);
	ck_assert_int_eq(spend("42", 0, 10, 100), KPI_OK);
	ck_assert_int_eq(spend(NULL, 0, 10, 100), KPI_OK);
	ck_assert_int_eq(spend(NULL, 0, 10, 100), KPI_OK);
	e.source = "books";
	e.by = KPI_BY_TEAM;
	e.of = "night";
	e.note = "headsets, sent back";
	ck_assert_int_eq(kpi_store_add_expense(store, &e, &error), KPI_OK);
	ck_assert_int_eq(spend("42", 0, 10, 99), KPI_OK);
	expenses_are("-/-:0-10:100:0=-(-);-/-:0-10:100:0=-(-);"
		     "-/42:0-10:99:0=-(-);"
		     "books/42:5-9:-300:2=night(headsets, sent back);");
	ck_assert_uint_eq(info().expenses, 4);
	ck_assert_int_eq(spend("42", 3, 3, 1), KPI_OK);
	ck_assert_uint_eq(info().expenses, 3);
	expenses_are("-/-:0-10:100:0=-(-);-/-:0-10:100:0=-(-);"
		     "books/42:5-9:-300:2=night(headsets, sent back);");
	close_store();
}
END_TEST

/* The bytes of a key tell where one text ends and the other begins. */
START_TEST(names_that_look_alike_side_by_side_are_different_keys)
{
	kpi_expense e = expense_of("bc", 0, 1, 1);

	open_store(_i, 0);
	e.source = "a";
	ck_assert_int_eq(kpi_store_add_expense(store, &e, &error), KPI_OK);
	e.source = "ab";
	e.id = "c";
	ck_assert_int_eq(kpi_store_add_expense(store, &e, &error), KPI_OK);
	ck_assert_uint_eq(info().expenses, 2);
	close_store();
}
END_TEST

static void
refused(kpi_status status, const char *field)
{
	ck_assert_int_eq(status, KPI_EINVAL);
	ck_assert_str_eq(error.field, field);
	ck_assert_ptr_nonnull(strstr(error.text, field));
}

static void
refused_expense(const kpi_expense *e, const char *field)
{
	refused(kpi_store_add_expense(store, e, &error), field);
}

START_TEST(what_is_outside_its_range_is_refused_by_name)
{
	static char text[KPI_TEXT_MAX + 2];
	kpi_expense e = expense_of(NULL, 0, 9, 1);

	memset(text, 'x', sizeof(text) - 1);
	open_store(_i, 0);
	refused(hire(NULL, NULL, 1, 2), "agent");
	refused(hire(NULL, "", 1, 2), "agent");
	refused(hire(NULL, text, 1, 2), "agent");
	refused(hire("\xff", "ben", 1, 2), "source");
	refused(hire(NULL, "ben", KPI_UNKNOWN, 2), "hired_at");
	refused(hire(NULL, "ben", BEFORE_YEAR_1, 2), "hired_at");
	refused(hire(NULL, "ben", 2, 1), "left_at");
	refused(hire(NULL, "ben", 2, INT64_MAX), "left_at");
	refused(spend(NULL, KPI_UNKNOWN, 2, 1), "started_at");
	refused(spend(NULL, 1, KPI_UNKNOWN, 1), "ended_at");
	refused(spend("42", 2, 1, 1), "ended_at");
	refused(spend(NULL, 1, 1, 1), "ended_at");
	refused(spend(NULL, 1, 2, KPI_UNKNOWN), "amount");
	e.by = KPI_BY_REASON;
	e.of = "bill";
	refused_expense(&e, "by");
	e.by = KPI_BY_QUEUE;
	e.of = "";
	refused_expense(&e, "of");
	e.by = KPI_UNKNOWN;
	e.of = "bill";
	refused_expense(&e, "of");
	e.of = NULL;
	e.note = text;
	refused_expense(&e, "note");
	roster_is("");
	expenses_are("");
	close_store();
}
END_TEST

START_TEST(an_expense_of_nobody_may_say_so_by_a_zero)
{
	kpi_expense e = expense_of(NULL, 0, 9, 1);

	open_store(_i, 0);
	e.by = 0;
	ck_assert_int_eq(kpi_store_add_expense(store, &e, &error), KPI_OK);
	expenses_are("-/-:0-9:1:0=-(-);");
	close_store();
}
END_TEST

START_TEST(a_batch_keeps_the_ledger_whole_or_not_at_all)
{
	open_store(_i, 0);
	ck_assert_int_eq(hire(NULL, "ben", 7, KPI_UNKNOWN), KPI_OK);
	ck_assert_int_eq(spend("1", 0, 10, 100), KPI_OK);
	for (int round = 0; round < 3; round++) {
		ck_assert_int_eq(kpi_store_begin(store, &error), KPI_OK);
		ck_assert_int_eq(hire(NULL, "ben", 7, 9), KPI_OK);
		ck_assert_int_eq(hire(NULL, "ben", 7, 5), KPI_EINVAL);
		for (int64_t i = 0; i < 100; i++)
			ck_assert_int_eq(spend(NULL, i, 1000, i), KPI_OK);
		ck_assert_int_eq(spend("1", 1, 1, 0), KPI_OK);
		roster_is("-/ben:7:-1;");
		ck_assert_uint_eq(info().expenses, 1);
		if (round < 2)
			ck_assert_int_eq(
			    kpi_store_rollback(store, &error), KPI_OK);
		else
			ck_assert_int_eq(
			    kpi_store_commit(store, &error), KPI_OK);
		ck_assert_uint_eq(info().expenses, round < 2 ? 1 : 100);
	}
	roster_is("-/ben:7:9;");
	ck_assert_int_eq(kpi_store_check(store, NULL, NULL, &error), KPI_OK);
	close_store();
}
END_TEST

START_TEST(another_handle_sees_the_ledger_and_replaces_what_is_there)
{
	kpi_store *const first = (open_store(1, 0), store);
	kpi_store *second;

	ck_assert_int_eq(
	    kpi_store_open(&second, opened_path(), NULL, &error), KPI_OK);
	for (int64_t i = 0; i < 40; i++) {
		store = i % 2 == 0 ? first : second;
		ck_assert_int_eq(hire(NULL, "ben", 7, 8 + i), KPI_OK);
		ck_assert_int_eq(spend(NULL, i, 100, i), KPI_OK);
		store = i % 2 == 0 ? second : first;
		ck_assert_uint_eq(info().employments, 1);
		ck_assert_uint_eq(info().expenses, (uint64_t)i + 1);
	}
	roster_is("-/ben:7:47;");
	kpi_store_close(second);
	kpi_store_close(first);
	ck_assert_int_eq(
	    kpi_store_open(&store, opened_path(), NULL, &error), KPI_OK);
	roster_is("-/ben:7:47;");
	ck_assert_uint_eq(info().expenses, 40);
	close_store();
}
END_TEST

static int
stop_at_second(void *ctx, const kpi_employment *employment)
{
	int *const told = ctx;

	(void)employment;
	return ++*told == 2;
}

static int
count_expense(void *ctx, const kpi_expense *expense)
{
	(void)expense;
	++*(int *)ctx;
	return 1;
}

START_TEST(who_is_told_may_end_it)
{
	int told = 0;

	open_store(_i, 0);
	for (int64_t i = 0; i < 3; i++)
		ck_assert_int_eq(hire(NULL, "ben", i, 10 + i), KPI_OK);
	ck_assert_int_eq(spend(NULL, 0, 1, 1), KPI_OK);
	ck_assert_int_eq(
	    kpi_store_employments(store, stop_at_second, &told, &error),
	    KPI_ESTOPPED);
	ck_assert_int_eq(told, 2);
	ck_assert_int_eq(
	    kpi_store_expenses(store, count_expense, &told, &error),
	    KPI_ESTOPPED);
	ck_assert_int_eq(told, 3);
	close_store();
}
END_TEST

START_TEST(nothing_is_asked_of_nothing)
{
	const kpi_expense e = expense_of(NULL, 0, 9, 1);
	kpi_employment old = KPI_EMPLOYMENT_INIT;
	int told = 0;

	open_store(_i, 0);
	ck_assert_int_eq(
	    kpi_store_add_employment(store, NULL, &error), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_store_add_expense(store, NULL, &error), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_store_add_employment(NULL, &old, &error), KPI_EINVAL);
	ck_assert_int_eq(kpi_store_add_expense(NULL, &e, &error), KPI_EINVAL);
	old.size = 8;
	ck_assert_int_eq(
	    kpi_store_add_employment(store, &old, &error), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_store_employments(store, NULL, NULL, &error), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_store_expenses(NULL, count_expense, &told, &error), KPI_EINVAL);
	ck_assert_int_eq(told, 0);
	close_store();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("ledger");
	TCase *tc = tcase_create("ledger");

	tcase_add_loop_test(tc,
	    an_employment_of_one_agent_hire_and_source_replaces_the_former, 0,
	    2);
	tcase_add_loop_test(tc,
	    an_employment_that_ends_as_it_begins_takes_the_former_back, 0, 2);
	tcase_add_loop_test(
	    tc, an_expense_is_replaced_by_its_id_and_without_one_by_none, 0, 2);
	tcase_add_loop_test(
	    tc, names_that_look_alike_side_by_side_are_different_keys, 0, 2);
	tcase_add_loop_test(
	    tc, what_is_outside_its_range_is_refused_by_name, 0, 2);
	tcase_add_loop_test(
	    tc, an_expense_of_nobody_may_say_so_by_a_zero, 0, 2);
	tcase_add_loop_test(
	    tc, a_batch_keeps_the_ledger_whole_or_not_at_all, 0, 2);
	tcase_add_test(
	    tc, another_handle_sees_the_ledger_and_replaces_what_is_there);
	tcase_add_loop_test(tc, who_is_told_may_end_it, 0, 2);
	tcase_add_loop_test(tc, nothing_is_asked_of_nothing, 0, 2);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
