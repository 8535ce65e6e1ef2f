/* SPDX-License-Identifier: MIT */
/* A damaged ledger is refused, whatever its bytes say. */
#include <check.h>
#include <sqlite3.h>
#include <string.h>

#include <kpi.h>

#include "base/memory.h"
#include "opened.h"
#include "store/calendar.h"
#include "store/employment.h"
#include "store/expense.h"

/* An entry of each kind, with all texts; and one without a key. */
static void
put_entry(kpi__buffer *out, kpi__ledger_entry *entry, int which)
{
	kpi_employment employment = KPI_EMPLOYMENT_INIT;
	kpi_expense expense = KPI_EXPENSE_INIT;
	kpi_calendar calendar = KPI_CALENDAR_INIT;

	if (which == 3) {
		calendar.queue = "b\xc3\xbcro";
		calendar.time_zone = "Europe/Berlin";
		calendar.hours = "Mo-Fr 08:00-18:00; Dec 25-26 off";
		kpi__calendar_put(out, entry, &calendar);
		return;
	}
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
		kpi_calendar calendar;

		out.bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
		if (!kpi__ledger_is_whole(&entry)) {
			refusals++;
		} else if (_i == 0) {
			kpi__employment_read(&entry, &employment);
			ck_assert_int_ge(
			    employment.left_at, employment.hired_at);
		} else if (_i == 3) {
			kpi__calendar_read(&entry, &calendar);
			ck_assert_ptr_nonnull(calendar.time_zone);
			ck_assert_ptr_nonnull(calendar.hours);
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
	("INSERT INTO ledger SELECT 3, kind, key_size, bytes FROM ledger "
	 "WHERE number = 1"),
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

/* A text of hours is understood where it is needed. */
START_TEST(hours_that_somebody_prepared_are_refused_where_they_are_read)
{
	kpi_interaction ticket = KPI_INTERACTION_INIT;
	kpi_calendar calendar = KPI_CALENDAR_INIT;
	kpi_definition *d;
	const kpi_definition *asked;
	kpi_result *result;
	kpi__ledger_entry entry;
	kpi__buffer out;
	sqlite3_stmt *update;
	sqlite3 *db;

	open_store(1, 0);
	ticket.started_at = 7;
	must_add(&ticket);
	calendar.hours = "24/7";
	ck_assert_int_eq(
	    kpi_store_add_calendar(store, &calendar, &error), KPI_OK);
	kpi_store_close(store);
	ck_assert_int_eq(sqlite3_open(opened_path(), &db), SQLITE_OK);
	calendar.time_zone = "UTC";
	calendar.hours = "24/8";
	kpi__buffer_init(&out, &kpi__default_allocator);
	kpi__calendar_put(&out, &entry, &calendar);
	ck_assert_int_eq(sqlite3_prepare_v2(db, "UPDATE ledger SET bytes = ?",
			     -1, &update, NULL),
	    SQLITE_OK);
	ck_assert_int_eq(sqlite3_bind_blob64(
			     update, 1, entry.bytes, entry.size, SQLITE_STATIC),
	    SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(update), SQLITE_DONE);
	ck_assert_int_eq(sqlite3_finalize(update), SQLITE_OK);
	kpi__buffer_free(&out);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
	ck_assert_int_eq(kpi_store_reseal(opened_path(), &error), KPI_OK);
	ck_assert_int_eq(
	    kpi_store_open(&store, opened_path(), NULL, &error), KPI_OK);
	ck_assert_int_eq(
	    kpi_definition_parse(
		&d, "first_response_time business_hours=calendar", NULL, NULL),
	    KPI_OK);
	asked = d;
	ck_assert_int_eq(
	    kpi_measure(&result, store, NULL, &asked, 1, &error), KPI_ECORRUPT);
	kpi_definition_free(d);
	close_store();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("ledger_damage");
	TCase *tc = tcase_create("damage");

	tcase_add_loop_test(tc, an_entry_cut_short_or_too_long_is_none, 0, 4);
	tcase_add_loop_test(
	    tc, a_changed_byte_makes_another_record_or_none, 0, 4);
	tcase_add_loop_test(tc, a_ledger_that_somebody_prepared_is_refused, 0,
	    sizeof(hostile) / sizeof(*hostile));
	tcase_add_test(
	    tc, hours_that_somebody_prepared_are_refused_where_they_are_read);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
