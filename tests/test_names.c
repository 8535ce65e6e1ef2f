/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "opened.h"
#include "store/names.h"
#include "store/run.h"
#include "store/spans.h"

#define NAMES 10000 /* two whole pages and a rest */

static char (*names)[16];
static const char **texts;
static int64_t *starts;

static void
set_up(void)
{
	names = calloc(NAMES, sizeof(*names));
	texts = calloc(NAMES, sizeof(*texts));
	starts = calloc(NAMES, sizeof(*starts));
}

static void
tear_down(void)
{
	free(names);
	free(texts);
	free(starts);
}

/* A call each of customers `first`, `first` + 1, ..., with ids of their own. */
static kpi_status
add_customers(kpi_store *to, int first, int count)
{
	kpi_column columns[3] = { KPI_COLUMN_INIT, KPI_COLUMN_INIT,
		KPI_COLUMN_INIT };

	for (int i = 0; i < count; i++) {
		(void)snprintf(names[i], sizeof(*names), "c-%d", first + i);
		texts[i] = names[i];
		starts[i] = 1700000000000 + first + i;
	}
	columns[0].field = KPI_FIELD_CUSTOMER;
	columns[0].type = KPI_COLUMN_TEXT;
	columns[0].data = texts;
	columns[1].field = KPI_FIELD_STARTED_AT;
	columns[1].type = KPI_COLUMN_INT64;
	columns[1].data = starts;
	columns[2].field = KPI_FIELD_ID;
	columns[2].type = KPI_COLUMN_TEXT;
	columns[2].data = texts;
	return kpi_store_add_columns(to, (uint64_t)count, columns, 3, &error);
}

static kpi_store *
open_again(void)
{
	kpi_store *again;

	ck_assert_msg(
	    kpi_store_open(&again, opened_path(), NULL, &error) == KPI_OK, "%s",
	    error.text);
	return again;
}

static int
pages_read(const kpi_store *s)
{
	const kpi__dictionary *d = &s->dictionary[KPI__CUSTOMERS];
	int n = 0;

	for (uint32_t p = 0; p < d->base / KPI__TEXT_PAGE; p++)
		n += kpi__dictionary_page(d, p) != NULL;
	return n;
}

static uint32_t
code_of(kpi_store *s, const char *name)
{
	kpi__snapshot *snapshot;
	uint32_t code;

	ck_assert_int_eq(kpi__snapshot_take(&snapshot, s, NULL), KPI_OK);
	ck_assert_int_eq(
	    kpi__snapshot_code(snapshot, KPI_FIELD_CUSTOMER, name, &code, NULL),
	    KPI_OK);
	kpi__snapshot_release(snapshot);
	return code;
}

static void
add_one(kpi_store *to, const char *id, const char *customer)
{
	kpi_interaction call = call_of(id);

	call.customer = customer;
	ck_assert_msg(
	    kpi_store_add(to, &call, &error) == KPI_OK, "%s", error.text);
}

START_TEST(a_store_that_is_opened_reads_no_name_that_is_not_asked_for)
{
	kpi_store *again;

	open_store(1, 0);
	ck_assert_int_eq(add_customers(store, 0, NAMES), KPI_OK);
	again = open_again();
	ck_assert_uint_eq(again->dictionary[KPI__CUSTOMERS].base, 8192);
	ck_assert_uint_eq(
	    again->dictionary[KPI__CUSTOMERS].index.count, NAMES - 8192);
	add_one(again, "new", "c-new");
	ck_assert_int_eq(pages_read(again), 0);
	add_one(again, "known", "c-5000");
	ck_assert_int_eq(pages_read(again), 1);
	ck_assert_uint_eq(again->present->codes[KPI__CUSTOMERS], NAMES + 1);
	ck_assert_int_eq(kpi_store_check(again, NULL, NULL, NULL), KPI_OK);
	kpi_store_close(again);
	close_store();
}
END_TEST

START_TEST(every_name_is_found_wherever_it_is)
{
	kpi__snapshot *snapshot;
	kpi_store *again;

	open_store(1, 0);
	ck_assert_int_eq(add_customers(store, 0, NAMES), KPI_OK);
	again = open_again();
	ck_assert_int_eq(kpi__snapshot_take(&snapshot, again, NULL), KPI_OK);
	for (int i = 0; i < NAMES; i += 7) {
		const char *text;
		uint32_t code;

		ck_assert_int_eq(kpi__snapshot_code(snapshot,
				     KPI_FIELD_CUSTOMER, names[i], &code, NULL),
		    KPI_OK);
		ck_assert_uint_eq(code, (uint32_t)i + 1);
		ck_assert_int_eq(kpi__snapshot_text(snapshot,
				     KPI_FIELD_CUSTOMER, code, &text, NULL),
		    KPI_OK);
		ck_assert_str_eq(text, names[i]);
	}
	kpi__snapshot_release(snapshot);
	ck_assert_uint_eq(code_of(again, "c-10000"), 0);
	kpi_store_close(again);
	close_store();
}
END_TEST

START_TEST(what_many_lookups_need_is_given_back)
{
	kpi__dictionary *d;
	kpi_store *again;

	open_store(1, 1);
	ck_assert_int_eq(add_customers(store, 0, NAMES), KPI_OK);
	again = open_again();
	d = &again->dictionary[KPI__CUSTOMERS];
	ck_assert_int_eq(kpi_store_begin(again, NULL), KPI_OK);
	for (int i = 0; i < 1000; i++) {
		char id[16];

		(void)snprintf(id, sizeof(id), "%d", i);
		add_one(again, id, names[i * 8]);
	}
	ck_assert_uint_eq(d->all_count, 8192);
	ck_assert_int_eq(kpi_store_commit(again, NULL), KPI_OK);
	ck_assert_uint_eq(d->all_count, 0);
	ck_assert_uint_eq(again->present->codes[KPI__CUSTOMERS], NAMES);
	kpi_store_close(again);
	close_store();
}
END_TEST

START_TEST(names_of_another_handle_are_taken_in_where_they_were_sealed)
{
	kpi_store *again;

	open_store(1, 0);
	ck_assert_int_eq(add_customers(store, 0, 3000), KPI_OK);
	again = open_again();
	ck_assert_uint_eq(code_of(again, "c-2999"), 3000);
	ck_assert_int_eq(add_customers(store, 3000, 6000), KPI_OK);
	ck_assert_uint_eq(code_of(again, "c-8999"), 9000);
	add_one(again, "new", "c-new");
	ck_assert_uint_eq(code_of(store, "c-new"), 9001);
	ck_assert_int_eq(kpi_store_check(again, NULL, NULL, NULL), KPI_OK);
	kpi_store_close(again);
	close_store();
}
END_TEST

START_TEST(names_that_were_rolled_back_are_not_there)
{
	open_store(_i, 0);
	ck_assert_int_eq(add_customers(store, 0, 3000), KPI_OK);
	ck_assert_int_eq(kpi_store_begin(store, NULL), KPI_OK);
	ck_assert_int_eq(add_customers(store, 3000, 6000), KPI_OK);
	ck_assert_int_eq(kpi_store_rollback(store, NULL), KPI_OK);
	ck_assert_uint_eq(code_of(store, "c-5000"), 0);
	ck_assert_int_eq(add_customers(store, 5000, 6000), KPI_OK);
	ck_assert_uint_eq(code_of(store, "c-5000"), 3001);
	ck_assert_uint_eq(code_of(store, "c-3000"), 0);
	ck_assert_int_eq(kpi_store_check(store, NULL, NULL, NULL), KPI_OK);
	close_store();
}
END_TEST

START_TEST(agents_of_activities_are_found_in_sealed_pages)
{
	kpi__snapshot *snapshot;
	kpi_store *again;
	const char *text;

	open_store(1, 0);
	ck_assert_int_eq(kpi_store_begin(store, NULL), KPI_OK);
	for (int i = 0; i < 5000; i++) {
		kpi_activity activity = KPI_ACTIVITY_INIT;
		char agent[16];

		(void)snprintf(agent, sizeof(agent), "a-%d", i);
		activity.agent = agent;
		activity.state = KPI_ACTIVITY_READY;
		activity.started_at = 1700000000000 + i;
		ck_assert_int_eq(
		    kpi_store_add_activity(store, &activity, NULL), KPI_OK);
	}
	ck_assert_int_eq(kpi_store_commit(store, NULL), KPI_OK);
	again = open_again();
	ck_assert_int_eq(kpi__snapshot_take(&snapshot, again, NULL), KPI_OK);
	for (uint32_t code = 1; code <= 5000; code += 833) {
		char agent[16];

		(void)snprintf(agent, sizeof(agent), "a-%u", code - 1);
		ck_assert_int_eq(
		    kpi__snapshot_span_name(snapshot, code, &text, NULL),
		    KPI_OK);
		ck_assert_str_eq(text, agent);
	}
	kpi__snapshot_release(snapshot);
	kpi_store_close(again);
	close_store();
}
END_TEST

START_TEST(runs_stay_few)
{
	for (uint32_t units = 1; units < 5000; units++) {
		uint32_t unit = 0, runs = 0, digits = 0;

		for (uint32_t rest = units; rest != 0; rest /= 2)
			digits += rest & 1;
		while (unit < units) {
			const kpi__run run =
			    kpi__run_at(KPI__CUSTOMERS, unit, units);

			ck_assert_uint_eq(
			    unit & ((UINT32_C(1) << run.level) - 1), 0);
			unit = kpi__run_end(&run);
			runs++;
		}
		ck_assert_uint_eq(unit, units);
		ck_assert_uint_eq(runs, digits);
	}
}
END_TEST

/* 77 chunks, made one by one, are 4 runs. */
START_TEST(an_id_is_found_in_any_of_many_chunks)
{
	kpi_store *again;
	char id[16];

	open_store(1, 0);
	store->chunk_size = 16;
	store->settle_at = 16;
	for (int i = 0; i < 77 * 16; i++) {
		if (i % 16 == 0)
			ck_assert_int_eq(kpi_store_begin(store, NULL), KPI_OK);
		(void)snprintf(id, sizeof(id), "%d", i);
		add_one(store, id, "c");
		if (i % 16 == 15)
			ck_assert_int_eq(kpi_store_commit(store, NULL), KPI_OK);
	}
	ck_assert_uint_eq(info().chunks, 77);
	again = open_again();
	for (int i = 0; i < 77 * 16; i++) {
		kpi_record *record;

		(void)snprintf(id, sizeof(id), "%d", i);
		ck_assert_int_eq(
		    kpi_store_get(&record, again, NULL, id, NULL), KPI_OK);
		ck_assert_str_eq(kpi_record_interaction(record)->id, id);
		kpi_record_free(record);
		if (i % 5 != 0)
			continue;
		ck_assert_int_eq(
		    kpi_store_delete(again, NULL, id, NULL), KPI_OK);
		ck_assert_int_eq(kpi_store_get(&record, again, NULL, id, NULL),
		    KPI_ENOTFOUND);
		add_one(again, id, "c");
	}
	ck_assert_int_eq(kpi_store_check(again, NULL, NULL, NULL), KPI_OK);
	kpi_store_close(again);
	close_store();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("names");
	TCase *tc = tcase_create("names");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(
	    tc, a_store_that_is_opened_reads_no_name_that_is_not_asked_for);
	tcase_add_test(tc, every_name_is_found_wherever_it_is);
	tcase_add_test(tc, what_many_lookups_need_is_given_back);
	tcase_add_test(
	    tc, names_of_another_handle_are_taken_in_where_they_were_sealed);
	tcase_add_loop_test(
	    tc, names_that_were_rolled_back_are_not_there, 0, 2);
	tcase_add_test(tc, agents_of_activities_are_found_in_sealed_pages);
	tcase_add_test(tc, runs_stay_few);
	tcase_add_test(tc, an_id_is_found_in_any_of_many_chunks);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
