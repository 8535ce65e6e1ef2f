/* SPDX-License-Identifier: MIT */
/* A damaged ledger is refused, whatever its bytes say. */
#include <check.h>
#include <sqlite3.h>
#include <string.h>

#include <kpi.h>

#include "base/memory.h"
#include "opened.h"
#include "store/employment.h"
#include "store/expense.h"

/* An entry of each kind, with all texts; and one without a key. */
static void
put_entry(kpi__buffer *out, kpi__ledger_entry *entry, int which)
{
	kpi_employment employment = KPI_EMPLOYMENT_INIT;
	kpi_expense expense = KPI_EXPENSE_INIT;

	if (which == 0) {
		employment.agent = "amira";
		employment.source = "hr";
		employment.hired_at = 1700000000000;
		employment.left_at = 1800000000000;
		kpi__employment_put(out, entry, &employment);
		return;
	}
	if (which == 1)
		expense.id = "42";
	expense.started_at = 1700000000000;
	expense.ended_at = 1800000000000;
	expense.amount = -123456;
	expense.by = KPI_BY_QUEUE;
	expense.of = "b\xc3\xbcro";
	expense.source = "books";
	expense.note = "rent";
	kpi__expense_put(out, entry, &expense);
}

START_TEST(an_entry_cut_short_or_too_long_is_none)
{
	kpi__ledger_entry entry;
	kpi__buffer out;

	kpi__buffer_init(&out, &kpi__default_allocator);
	put_entry(&out, &entry, _i);
	ck_assert(kpi__ledger_is_whole(&entry));
	for (uint32_t size = 0; size < out.size; size++) {
		const kpi__ledger_entry cut = { out.bytes, entry.kind,
			entry.key_size < size ? entry.key_size : size, size,
			0 };

		/* What lacks its body is one that was taken back. */
		ck_assert_int_eq(kpi__ledger_is_whole(&cut),
		    size == entry.key_size && size > 0);
	}
	kpi__buffer_put_byte(&out, 0);
	entry.bytes = out.bytes;
	entry.size++;
	ck_assert(!kpi__ledger_is_whole(&entry));
	kpi__buffer_free(&out);
}
END_TEST

START_TEST(a_changed_byte_makes_another_record_or_none)
{
	kpi__ledger_entry entry;
	kpi__buffer out;
	int refusals = 0;

	kpi__buffer_init(&out, &kpi__default_allocator);
	put_entry(&out, &entry, _i);
	for (size_t bit = 0; bit < out.size * 8; bit++) {
		kpi_employment employment;
		kpi_expense expense;

		out.bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
		if (!kpi__ledger_is_whole(&entry)) {
			refusals++;
		} else if (_i == 0) {
			kpi__employment_read(&entry, &employment);
			ck_assert_int_ge(
			    employment.left_at, employment.hired_at);
		} else {
			kpi__expense_read(&entry, &expense);
			ck_assert_int_gt(expense.ended_at, expense.started_at);
			ck_assert(kpi__expense_takes(expense.by));
		}
		out.bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	ck_assert_int_gt(refusals, 20);
	kpi__buffer_free(&out);
}
END_TEST

static void
fill(void)
{
	kpi_employment employment = KPI_EMPLOYMENT_INIT;
	kpi_expense expense = KPI_EXPENSE_INIT;

	employment.agent = "ben";
	employment.hired_at = 7;
	ck_assert_int_eq(
	    kpi_store_add_employment(store, &employment, &error), KPI_OK);
	expense.started_at = 0;
	expense.ended_at = 10;
	expense.amount = 100;
	expense.id = "1";
	ck_assert_int_eq(
	    kpi_store_add_expense(store, &expense, &error), KPI_OK);
	expense.id = NULL;
	ck_assert_int_eq(
	    kpi_store_add_expense(store, &expense, &error), KPI_OK);
}

/* As somebody would who prepares a file: the sums of its pages are right. */
static const char *const hostile[] = {
	"UPDATE ledger SET bytes = x'' WHERE number = 1",
	"UPDATE ledger SET bytes = NULL WHERE number = 0",
	"UPDATE ledger SET bytes = zeroblob(70000) WHERE number = 0",
	"UPDATE ledger SET bytes = x'00010203' WHERE number = 1",
	"UPDATE ledger SET kind = 1 - kind",
	"UPDATE ledger SET kind = -1",
	"UPDATE ledger SET kind = 4294967296",
	"UPDATE ledger SET key_size = -1",
	"UPDATE ledger SET key_size = key_size + 1",
	"UPDATE ledger SET key_size = 1000 WHERE number = 0",
	"UPDATE ledger SET key_size = key_size + 4294967296",
	"UPDATE ledger SET number = 7 WHERE number = 2",
	"DELETE FROM ledger WHERE number = 1",
	"DELETE FROM ledger WHERE number = 2",
	"DELETE FROM ledger",
	"INSERT INTO ledger SELECT 3, kind, key_size, bytes FROM ledger "
	"WHERE number = 1",
	"UPDATE meta SET entries = 2",
	"UPDATE meta SET entries = -1",
};

START_TEST(a_ledger_that_somebody_prepared_is_refused)
{
	sqlite3 *db;

	open_store(1, 0);
	fill();
	kpi_store_close(store);
	ck_assert_int_eq(sqlite3_open(opened_path(), &db), SQLITE_OK);
	ck_assert_int_eq(
	    sqlite3_exec(db, hostile[_i], NULL, NULL, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
	ck_assert_int_eq(kpi_store_reseal(opened_path(), &error), KPI_OK);
	ck_assert_int_eq(
	    kpi_store_open(&store, opened_path(), NULL, &error), KPI_ECORRUPT);
	ck_assert_str_eq(
	    error.text, "table ledger is not what the store says it is");
	close_store();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("ledger_damage");
	TCase *tc = tcase_create("damage");

	tcase_add_loop_test(tc, an_entry_cut_short_or_too_long_is_none, 0, 3);
	tcase_add_loop_test(
	    tc, a_changed_byte_makes_another_record_or_none, 0, 3);
	tcase_add_loop_test(tc, a_ledger_that_somebody_prepared_is_refused, 0,
	    sizeof(hostile) / sizeof(*hostile));
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
