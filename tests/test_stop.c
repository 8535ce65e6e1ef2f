/* SPDX-License-Identifier: MIT */
/* What takes long asks whether to go on, and stops wherever it asks. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include <kpi.h>

#include "opened.h"
#include "store/state.h"

#define ROWS  20000
#define CHUNK 500

static struct {
	int asked, stop_at;
} asker;

static int
ask(void *ctx, uint64_t done, uint64_t total)
{
	(void)ctx;
	ck_assert(total == 0 || done <= total);
	return ++asker.asked == asker.stop_at;
}

static void
fill(void)
{
	static char ids[ROWS][12];
	static const char *id[ROWS], *customer[ROWS], *of_case[ROWS],
	    *agent[ROWS];
	static int64_t start[ROWS], talk[ROWS], outcome[ROWS], resolved[ROWS];
	static const struct {
		int32_t field, type;
		const void *data;
	} given[] = { { KPI_FIELD_ID, KPI_COLUMN_TEXT, id },
		{ KPI_FIELD_CUSTOMER, KPI_COLUMN_TEXT, customer },
		{ KPI_FIELD_CASE, KPI_COLUMN_TEXT, of_case },
		{ KPI_FIELD_AGENT, KPI_COLUMN_TEXT, agent },
		{ KPI_FIELD_STARTED_AT, KPI_COLUMN_INT64, start },
		{ KPI_FIELD_TALK, KPI_COLUMN_INT64, talk },
		{ KPI_FIELD_OUTCOME, KPI_COLUMN_INT64, outcome },
		{ KPI_FIELD_RESOLVED_AT, KPI_COLUMN_INT64, resolved } };
	kpi_column columns[8];

	for (int i = 0; i < ROWS; i++) {
		(void)snprintf(ids[i], sizeof(ids[i]), "%d", i);
		id[i] = ids[i];
		customer[i] = ids[i / 2];
		of_case[i] = ids[i / 3];
		agent[i] = ids[i % 7];
		start[i] = 1700000000000 + (int64_t)i * 60000;
		talk[i] = 30000;
		outcome[i] = KPI_OUTCOME_ANSWERED;
		resolved[i] = start[i] + 40000;
	}
	for (int c = 0; c < 8; c++) {
		const kpi_column blank = KPI_COLUMN_INIT;

		columns[c] = blank;
		columns[c].field = given[c].field;
		columns[c].type = given[c].type;
		columns[c].data = given[c].data;
	}
	store->chunk_size = CHUNK;
	ck_assert_msg(
	    kpi_store_add_columns(store, ROWS, columns, 8, &error) == KPI_OK,
	    "%s", error.text);
}

static kpi_status
measure(const kpi_query *query, const char *definition)
{
	kpi_definition *d;
	kpi_result *result;
	kpi_status status = kpi_definition_parse(&d, definition, NULL, NULL);

	ck_assert_int_eq(status, KPI_OK);
	status = kpi_measure(&result, store, query,
	    (const kpi_definition *const[]){ d }, 1, &error);
	ck_assert(status == KPI_OK || result == NULL);
	kpi_result_free(result);
	kpi_definition_free(d);
	return status;
}

static kpi_status
list(const kpi_query *query, const char *definition)
{
	kpi_repeats *repeats;
	const kpi_status status =
	    kpi_repeat_contacts(&repeats, store, query, NULL, &error);

	(void)definition;
	kpi_repeats_free(repeats);
	return status;
}

static kpi_status
iterate(const kpi_query *query, const char *definition)
{
	const kpi_interaction *found;
	kpi_iterator *iterator;
	kpi_status status =
	    kpi_store_iterate(&iterator, store, query, &error);

	(void)definition;
	ck_assert_int_eq(status, KPI_OK);
	do
		status = kpi_iterator_next(iterator, &found, &error);
	while (status == KPI_OK && found != NULL);
	if (status != KPI_OK)
		ck_assert_int_eq(kpi_iterator_next(iterator, &found, NULL),
		    KPI_ESTOPPED);
	kpi_iterator_free(iterator);
	return status;
}

static kpi_status
check(const kpi_query *query, const char *definition)
{
	(void)query;
	(void)definition;
	return kpi_store_check(store, ask, NULL, &error);
}

/* Chunks are batches here, of which sixteen may pass unasked. */
#define A_PASS (ROWS / CHUNK / 16)

static const struct {
	kpi_status (*run)(const kpi_query *query, const char *definition);
	const char *definition;
	int least;
} cases[] = {
	{ measure, "contacts", A_PASS },
	{ measure, "customers", A_PASS + 2 }, /* its sorting */
	{ measure, "repeat_rate", 3 * A_PASS + 4 }, /* and its shares */
	{ measure, "repeat_rate repeat_from=end", 4 * A_PASS + 4 },
	{ measure, "first_contact_resolution fcr_method=mark", 2 * A_PASS },
	{ measure, "resolution_rate unit=case", 4 * A_PASS + 4 },
	{ measure, "occupancy", 2 * A_PASS },
	{ list, NULL, 3 * A_PASS + 4 },
	{ iterate, NULL, A_PASS },
	{ check, NULL, ROWS / CHUNK * 20 }, /* each column */
};

static kpi_status
run(int i, int stop_at)
{
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	kpi_query *query;
	kpi_status status;

	options.stop = ask;
	status = kpi_query_new(&query, &options, NULL);
	ck_assert_int_eq(status, KPI_OK);
	/* What a walk found is not kept for the next time. */
	ck_assert_int_eq(kpi_store_set_memory(store, 1), KPI_OK);
	asker.asked = 0;
	asker.stop_at = stop_at;
	status = cases[i].run(query, cases[i].definition);
	kpi_query_free(query);
	return status;
}

/* In a file, where the texts and ids have runs. */
START_TEST(all_that_takes_long_stops_wherever_it_asks)
{
	int asked, step;

	open_store(1, 0);
	fill();
	ck_assert_int_eq(run(_i, 0), KPI_OK);
	asked = asker.asked;
	ck_assert_int_ge(asked, cases[_i].least);
	step = 1 + asked / 100;
	for (int at = 1; at <= asked; at += step) {
		ck_assert_int_eq(run(_i, at), KPI_ESTOPPED);
		ck_assert_int_eq(error.status, KPI_ESTOPPED);
		ck_assert_str_eq(error.text, "stopped on request");
	}
	ck_assert_int_eq(run(_i, asked), KPI_ESTOPPED);
	close_store();
}
END_TEST

/* The last that a check looks at are its texts, a page at a time, and its ids,
 * a chunk at a time. */
START_TEST(a_check_asks_for_each_page_of_texts_and_chunk_of_ids)
{
	const int chunks = ROWS / CHUNK, pages = ROWS / 2 / 4096;
	int columns;

	open_store(1, 0);
	fill();
	ck_assert_int_eq(run(9, 0), KPI_OK);
	columns = asker.asked;
	ck_assert_int_ge(columns, chunks * (KPI__FIELDS - 1 + 1) + pages);
	close_store();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("stop");
	TCase *tc = tcase_create("core");

	tcase_set_timeout(tc, 120);
	tcase_add_loop_test(tc, all_that_takes_long_stops_wherever_it_asks, 0,
	    (int)(sizeof(cases) / sizeof(*cases)));
	tcase_add_test(
	    tc, a_check_asks_for_each_page_of_texts_and_chunk_of_ids);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
