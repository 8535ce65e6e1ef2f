/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <kpi.h>

#include "opened.h"
#include "queue_log_text.h"
#include "store/disk.h"
#include "store/names.h"

#define LOG "test_erase.log"

static const char *
name_of(int number)
{
	static char name[32];

	(void)snprintf(name, sizeof(name), "Mx. Nobody %d.", number);
	return name;
}

static void
add_call(const char *customer, int64_t started_at)
{
	kpi_interaction call = KPI_INTERACTION_INIT;
	kpi_visit visit = KPI_VISIT_INIT;

	visit.outcome = KPI_OUTCOME_ANSWERED;
	visit.talk_ms = 1000;
	call.customer = customer;
	call.started_at = started_at;
	call.direction = KPI_DIRECTION_INBOUND;
	call.visits = &visit;
	call.visit_count = 1;
	must_add(&call);
}

static int
file_has(const char *suffix, const char *bytes)
{
	static char found[1 << 24];
	char path[96];
	size_t size = 0;
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s%s", opened_path(), suffix);
	file = fopen(path, "rb");
	if (file != NULL) {
		size = fread(found, 1, sizeof(found), file);
		ck_assert_uint_lt(size, sizeof(found));
		fclose(file);
	}
	return memmem(found, size, bytes, strlen(bytes)) != NULL;
}

static int
is_in_files(const char *bytes)
{
	return file_has("", bytes) || file_has("-wal", bytes) ||
	    file_has("-shm", bytes);
}

static void
must_erase(const char *customer)
{
	ck_assert_msg(
	    kpi_store_erase_customer(store, customer, &error) == KPI_OK, "%s",
	    error.text);
	ck_assert(!is_in_files(customer));
}

static double
value_of(kpi_store *of, int32_t metric)
{
	kpi_figure figure = KPI_FIGURE_INIT;
	kpi_definition *definition;
	kpi_result *result;

	ck_assert_int_eq(
	    kpi_definition_new(&definition, metric, NULL, &error), KPI_OK);
	ck_assert_msg(kpi_measure(&result, of, NULL,
			  (const kpi_definition *const *)&definition, 1,
			  &error) == KPI_OK,
	    "%s", error.text);
	ck_assert_int_eq(kpi_result_figure(result, 0, 0, &figure), KPI_OK);
	kpi_result_free(result);
	kpi_definition_free(definition);
	return figure.value;
}

/* How many calls a group by customer has, and how many groups there are. */
static int64_t
calls_of(kpi_store *of, const char *customer, uint64_t *groups)
{
	kpi_figure figure = KPI_FIGURE_INIT;
	kpi_query *query;
	kpi_result *result;
	int64_t calls = -1;

	ck_assert_int_eq(kpi_query_new(&query, NULL, &error), KPI_OK);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_CUSTOMER), KPI_OK);
	ck_assert_int_eq(
	    kpi_contacts(&result, of, query, NULL, &error), KPI_OK);
	*groups = kpi_result_rows(result);
	for (uint64_t row = 0; row < *groups; row++) {
		if (strcmp(kpi_result_group(result, row, 0), customer) != 0)
			continue;
		ck_assert_int_eq(
		    kpi_result_figure(result, row, 0, &figure), KPI_OK);
		calls = (int64_t)figure.value;
	}
	kpi_result_free(result);
	kpi_query_free(query);
	return calls;
}

START_TEST(who_is_erased_has_no_name_and_keeps_the_calls)
{
	uint64_t groups;
	double repeats;

	open_store(_i, 0);
	for (int i = 0; i < 60; i++)
		add_call(name_of(i % 20), 1700000000000 + i * 21600000);
	repeats = value_of(store, KPI_METRIC_REPEAT_RATE);
	ck_assert_double_gt(repeats, 0);
	must_erase(name_of(3));
	must_erase(name_of(17));
	ck_assert_double_eq(value_of(store, KPI_METRIC_REPEAT_RATE), repeats);
	ck_assert_double_eq(value_of(store, KPI_METRIC_CUSTOMERS), 20);
	ck_assert_int_eq(calls_of(store, "(erased)", &groups), 6);
	ck_assert_uint_eq(groups, 19);
	ck_assert_int_eq(calls_of(store, name_of(3), &groups), -1);
	ck_assert_int_eq(calls_of(store, name_of(4), &groups), 3);
	ck_assert_int_eq(
	    kpi_store_erase_customer(store, name_of(3), &error), KPI_ENOTFOUND);
	ck_assert_int_eq(kpi_store_check(store, NULL, NULL, &error), KPI_OK);
	close_store();
}
END_TEST

START_TEST(a_later_call_under_the_name_is_a_new_customer)
{
	uint64_t groups;

	open_store(_i, 0);
	add_call(name_of(1), 1700000000000);
	must_erase(name_of(1));
	add_call(name_of(1), 1700000001000);
	add_call(name_of(1), 1700000002000);
	ck_assert_double_eq(value_of(store, KPI_METRIC_CUSTOMERS), 2);
	ck_assert_int_eq(calls_of(store, name_of(1), &groups), 2);
	ck_assert_int_eq(calls_of(store, "(erased)", &groups), 1);
	must_erase(name_of(1));
	ck_assert_int_eq(calls_of(store, "(erased)", &groups), 3);
	ck_assert_double_eq(value_of(store, KPI_METRIC_CUSTOMERS), 2);
	close_store();
}
END_TEST

/* Names go through single rows, whole pages, merged runs and free pages of
 * the file; wherever one is, it is gone afterwards, and no other is. */
START_TEST(an_erased_name_is_in_no_file)
{
	kpi_store *again;
	uint64_t groups;
	char gone[300][32];
	int next = 0;

	open_store(1, 0);
	store->chunk_size = 500;
	store->settle_at = 500;
	for (int round = 0; round < 30; round++) {
		ck_assert_int_eq(kpi_store_begin(store, NULL), KPI_OK);
		for (int i = 0; i < 60 * (round % 10) * (round % 3);
		     i++, next++)
			add_call(name_of(next), 1700000000000 + next);
		ck_assert_int_eq(kpi_store_commit(store, NULL), KPI_OK);
		for (int i = 0; i < 10; i++, next++) {
			int which = (int)((unsigned)next * 2654435761u %
			    (unsigned)(next + 1));

			add_call(name_of(next), 1700000000000 + next);
			while (kpi_store_erase_customer(store, name_of(which),
				   &error) == KPI_ENOTFOUND)
				which = next;
			strcpy(gone[round * 10 + i], name_of(which));
		}
		for (int i = 0; i < (round + 1) * 10; i++)
			ck_assert_msg(!is_in_files(gone[i]), "%s", gone[i]);
	}
	ck_assert_int_gt(next, 8192);
	ck_assert_int_eq(kpi_store_check(store, NULL, NULL, &error), KPI_OK);
	ck_assert_int_eq(
	    kpi_store_open(&again, opened_path(), NULL, &error), KPI_OK);
	ck_assert_int_eq(kpi_store_check(again, NULL, NULL, &error), KPI_OK);
	ck_assert_int_eq(calls_of(again, "(erased)", &groups), 300);
	ck_assert_uint_eq(groups, (uint64_t)next - 299);
	kpi_store_close(again);
	close_store();
}
END_TEST

START_TEST(other_handles_see_it_and_those_who_look_already_see_on)
{
	kpi_store *again;
	kpi__snapshot *before;
	const char *text, *named;
	uint64_t groups;
	uint32_t code;

	open_store(1, 0);
	for (int i = 0; i < 5000; i++) {
		if (i == 0)
			ck_assert_int_eq(kpi_store_begin(store, NULL), KPI_OK);
		add_call(name_of(i), 1700000000000 + i);
	}
	ck_assert_int_eq(kpi_store_commit(store, NULL), KPI_OK);
	ck_assert_int_eq(
	    kpi_store_open(&again, opened_path(), NULL, &error), KPI_OK);
	ck_assert_int_eq(kpi__snapshot_take(&before, again, NULL), KPI_OK);
	ck_assert_int_eq(kpi__snapshot_code(before, KPI_FIELD_CUSTOMER,
			     name_of(7), &code, NULL),
	    KPI_OK);
	ck_assert_uint_eq(code, 8);
	ck_assert_int_eq(
	    kpi__snapshot_text(before, KPI_FIELD_CUSTOMER, code, &named, NULL),
	    KPI_OK);
	must_erase(name_of(7));
	ck_assert_str_eq(named, name_of(7));
	ck_assert_int_eq(calls_of(again, name_of(7), &groups), -1);
	ck_assert_int_eq(calls_of(again, "(erased)", &groups), 1);
	/* A page that was not read before shows no more than there is. */
	ck_assert_int_eq(
	    kpi__snapshot_text(before, KPI_FIELD_CUSTOMER, 4990, &text, NULL),
	    KPI_OK);
	ck_assert_str_eq(text, name_of(4989));
	kpi__snapshot_release(before);
	ck_assert_int_eq(
	    kpi_store_erase_customer(again, name_of(7), NULL), KPI_ENOTFOUND);
	kpi_store_close(again);
	close_store();
}
END_TEST

START_TEST(who_reads_an_older_state_keeps_it_in_the_file)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_store *impatient;
	kpi__meta meta;
	kpi__db *db;

	open_store(1, 0);
	add_call(name_of(1), 1700000000000);
	add_call(name_of(2), 1700000000000);
	options.busy_ms = -1;
	ck_assert_int_eq(
	    kpi_store_open(&impatient, opened_path(), &options, &error),
	    KPI_OK);
	ck_assert_int_eq(kpi__disk_borrow(store->disk, &db, NULL), KPI_OK);
	ck_assert_int_eq(kpi__db_run(db, "BEGIN", NULL), KPI_OK);
	ck_assert_int_eq(kpi__meta_read(db, &meta, NULL), KPI_OK);
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(
		    kpi_store_erase_customer(impatient, name_of(1), &error),
		    KPI_EBUSY);
		ck_assert_ptr_nonnull(strstr(error.text, "call again"));
	}
	/* Nor does another handle say that it is gone. */
	ck_assert_int_eq(kpi__db_run(db, "COMMIT", NULL), KPI_OK);
	kpi__disk_give_back(store->disk, db);
	ck_assert(is_in_files(name_of(1)));
	ck_assert_int_eq(
	    kpi_store_erase_customer(impatient, name_of(1), &error), KPI_OK);
	ck_assert(!is_in_files(name_of(1)));
	ck_assert(is_in_files(name_of(2)));
	ck_assert_int_eq(
	    kpi_store_erase_customer(impatient, name_of(1), &error),
	    KPI_ENOTFOUND);
	kpi_store_close(impatient);
	close_store();
}
END_TEST

START_TEST(a_reader_s_open_calls_have_no_name)
{
	static const char begun[] =
	    "1700000000|b.1|support|NONE|ENTERQUEUE||Mx. Nobody 1.|1\n";
	static const char ended[] =
	    "1700000000|b.1|support|NONE|ENTERQUEUE||Mx. Nobody 1.|1\n"
	    "1700000009|b.1|support|ann|CONNECT|9|b.2|3\n"
	    "1700000060|b.1|support|ann|COMPLETECALLER|9|51|1\n";
	uint64_t groups;

	open_store(1, 0);
	log_write(LOG, begun, strlen(begun));
	ck_assert_int_eq(
	    kpi_import_queue_log(store, LOG, NULL, NULL, &error), KPI_OK);
	ck_assert(is_in_files(name_of(1)));
	must_erase(name_of(1));
	log_write(LOG, ended, strlen(ended));
	ck_assert_int_eq(
	    kpi_import_queue_log(store, LOG, NULL, NULL, &error), KPI_OK);
	ck_assert(!is_in_files(name_of(1)));
	ck_assert_int_eq(calls_of(store, "(erased)", &groups), 1);
	ck_assert_uint_eq(groups, 1);
	unlink(LOG);
	close_store();
}
END_TEST

START_TEST(erasing_is_refused_where_it_cannot_be)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_store *reader;
	char *longest = calloc(1, 5000);

	memset(longest, 'x', 4999);
	open_store(1, 0);
	add_call(name_of(1), 1700000000000);
	ck_assert_int_eq(
	    kpi_store_erase_customer(NULL, name_of(1), NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_store_erase_customer(store, NULL, NULL), KPI_EINVAL);
	ck_assert_int_eq(kpi_store_erase_customer(store, "", NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_store_erase_customer(store, longest, NULL), KPI_ENOTFOUND);
	ck_assert_int_eq(
	    kpi_store_erase_customer(store, "(erased)", NULL), KPI_ENOTFOUND);
	ck_assert_int_eq(kpi_store_begin(store, NULL), KPI_OK);
	ck_assert_int_eq(
	    kpi_store_erase_customer(store, name_of(1), &error), KPI_EORDER);
	ck_assert_ptr_null(strstr(error.text, name_of(1)));
	ck_assert_int_eq(kpi_store_commit(store, NULL), KPI_OK);
	options.flags = KPI_OPEN_READ_ONLY;
	ck_assert_int_eq(
	    kpi_store_open(&reader, opened_path(), &options, NULL), KPI_OK);
	ck_assert_int_eq(
	    kpi_store_erase_customer(reader, name_of(1), NULL), KPI_EREADONLY);
	kpi_store_close(reader);
	must_erase(name_of(1));
	close_store();
	free(longest);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("erase");
	TCase *tc = tcase_create("erase");

	tcase_add_loop_test(
	    tc, who_is_erased_has_no_name_and_keeps_the_calls, 0, 2);
	tcase_add_loop_test(
	    tc, a_later_call_under_the_name_is_a_new_customer, 0, 2);
	tcase_add_test(tc, an_erased_name_is_in_no_file);
	tcase_add_test(
	    tc, other_handles_see_it_and_those_who_look_already_see_on);
	tcase_add_test(tc, who_reads_an_older_state_keeps_it_in_the_file);
	tcase_add_test(tc, a_reader_s_open_calls_have_no_name);
	tcase_add_test(tc, erasing_is_refused_where_it_cannot_be);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
