/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <kpi.h>

#include "opened.h"
#include "store/state.h"

#define ROWS   20000
#define CHUNK  1000
#define BUDGET 30000 /* bytes: about three columns of a chunk */
#define PINNED 60000 /* more than the columns that a scan of a chunk needs */

static size_t greatest;
static int64_t start[ROWS], wait[ROWS], talk[ROWS], outcome[ROWS];

static int
watch(void *ctx, uint64_t done, uint64_t total)
{
	const size_t bytes = kpi__cache_bytes(ctx);

	(void)done;
	(void)total;
	greatest = bytes > greatest ? bytes : greatest;
	return 0;
}

static void
fill(void)
{
	static char agents[17][16];
	static const char *agent[ROWS];
	static const struct {
		int32_t field, type;
		const void *data;
	} given[] = { { KPI_FIELD_STARTED_AT, KPI_COLUMN_INT64, start },
		{ KPI_FIELD_WAIT, KPI_COLUMN_INT64, wait },
		{ KPI_FIELD_TALK, KPI_COLUMN_INT64, talk },
		{ KPI_FIELD_OUTCOME, KPI_COLUMN_INT64, outcome },
		{ KPI_FIELD_AGENT, KPI_COLUMN_TEXT, agent } };
	kpi_column columns[5];
	uint64_t random = 7;

	for (int i = 0; i < 17; i++)
		(void)snprintf(agents[i], sizeof(agents[i]), "a%d", i);
	for (int i = 0; i < ROWS; i++) {
		random = random * 6364136223846793005u + 1442695040888963407u;
		start[i] = 1700000000000 + (int64_t)i * 60000;
		wait[i] = (int64_t)(random >> 40) % 70000;
		talk[i] = (int64_t)(random >> 30) % 900000;
		outcome[i] = KPI_OUTCOME_ANSWERED;
		agent[i] = agents[random >> 50 & 15];
	}
	for (int c = 0; c < 5; c++) {
		const kpi_column blank = KPI_COLUMN_INIT;

		columns[c] = blank;
		columns[c].field = given[c].field;
		columns[c].type = given[c].type;
		columns[c].data = given[c].data;
	}
	store->chunk_size = CHUNK;
	ck_assert_msg(
	    kpi_store_add_columns(store, ROWS, columns, 5, &error) == KPI_OK,
	    "%s", error.text);
}

/* Handle times by agent, as text. */
static char *
ask(void)
{
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	kpi_query *query;
	kpi_result *result;
	char *text = calloc(17, 200);
	size_t size = 0;

	options.stop = watch;
	options.stop_ctx = &store->cache;
	greatest = 0;
	ck_assert_int_eq(kpi_query_new(&query, &options, &error), KPI_OK);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	ck_assert_int_eq(
	    kpi_average_handle_time(&result, store, query, NULL, &error),
	    KPI_OK);
	for (uint64_t row = 0; row < kpi_result_rows(result); row++) {
		kpi_figure figure = KPI_FIGURE_INIT;

		ck_assert_int_eq(
		    kpi_result_figure(result, row, 0, &figure), KPI_OK);
		size += (size_t)snprintf(text + size, 200, "%s %a %a %a\n",
		    kpi_result_group(result, row, 0), figure.value,
		    figure.lower, figure.upper);
	}
	ck_assert_uint_gt(size, 0);
	kpi_result_free(result);
	kpi_query_free(query);
	return text;
}

START_TEST(a_scan_larger_than_the_budget_answers_right_within_it)
{
	char *whole, *part;

	open_store(1, 0);
	fill();
	ck_assert_uint_eq(info().chunks, ROWS / CHUNK);
	whole = ask();
	ck_assert_uint_gt(info().cached_bytes, 4 * BUDGET);
	ck_assert_int_eq(kpi_store_set_memory(store, BUDGET), KPI_OK);
	ck_assert_uint_le(info().cached_bytes, BUDGET);
	ck_assert_uint_gt(info().cached_bytes, 0);
	for (int i = 0; i < 3; i++) {
		part = ask();
		ck_assert_str_eq(part, whole);
		ck_assert_uint_le(info().cached_bytes, BUDGET);
		ck_assert_uint_gt(greatest, 0);
		ck_assert_uint_le(greatest, BUDGET + PINNED);
		free(part);
	}
	/* What cannot be kept at all is still read. */
	ck_assert_int_eq(kpi_store_set_memory(store, 1), KPI_OK);
	ck_assert_uint_eq(info().cached_bytes, 0);
	part = ask();
	ck_assert_str_eq(part, whole);
	ck_assert_uint_eq(info().cached_bytes, 0);
	free(part);
	free(whole);
	close_store();
}
END_TEST

/* What is there of a column, [from, until) of which is asked. */
static void
pin(const kpi__snapshot *snapshot, uint32_t from, uint32_t until,
    uint32_t there[2])
{
	const kpi__column *part, *whole;

	ck_assert_int_eq(kpi__snapshot_pin_values(snapshot, 3, KPI_FIELD_TALK,
			     from, until, &part, &error),
	    KPI_OK);
	there[0] = ((const kpi__item *)part)->from;
	there[1] = ((const kpi__item *)part)->until;
	ck_assert_uint_eq(part->rows, CHUNK);
	ck_assert_uint_le(there[0], from);
	ck_assert_uint_ge(there[1], until);
	for (uint32_t i = from; i < until; i++)
		ck_assert_int_eq(kpi__column_value(part, i), talk[3 * CHUNK + i]);
	kpi__snapshot_unpin(snapshot, 3, KPI_FIELD_TALK, part);
	if (there[1] - there[0] < CHUNK)
		return;
	ck_assert_int_eq(kpi__snapshot_pin(snapshot, 3, KPI_FIELD_TALK, &whole,
			     &error),
	    KPI_OK);
	ck_assert_ptr_eq(whole, part);
	kpi__snapshot_unpin(snapshot, 3, KPI_FIELD_TALK, whole);
}

START_TEST(of_a_column_that_is_asked_once_only_that_part_is_decoded)
{
	kpi__snapshot *snapshot;
	kpi_store *again;
	uint32_t there[2];

	open_store(1, 0);
	fill();
	ck_assert_int_eq(
	    kpi_store_open(&again, opened_path(), NULL, &error), KPI_OK);
	ck_assert_int_eq(kpi__snapshot_take(&snapshot, again, &error), KPI_OK);
	pin(snapshot, 501, 540, there);
	ck_assert_uint_eq(there[0], 496);
	ck_assert_uint_eq(there[1], 540);
	pin(snapshot, 510, 511, there);
	ck_assert_uint_eq(there[0], 496);
	pin(snapshot, 495, 500, there);
	ck_assert_uint_eq(there[0], 0);
	ck_assert_uint_eq(there[1], CHUNK);
	pin(snapshot, 0, CHUNK, there);
	pin(snapshot, 501, 540, there);
	ck_assert_uint_eq(there[1], CHUNK);
	kpi__snapshot_release(snapshot);
	kpi_store_close(again);
	close_store();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("cache");
	TCase *tc = tcase_create("cache");

	tcase_add_test(
	    tc, of_a_column_that_is_asked_once_only_that_part_is_decoded);
	tcase_add_test(
	    tc, a_scan_larger_than_the_budget_answers_right_within_it);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
