/* SPDX-License-Identifier: MIT */
/* Every allocation of a stream that is added, and of one that is made, fails.
 */
#include <check.h>
#include <errno.h>
#include <string.h>

#include "arrow_made.h"
#include "ration.h"

#define START INT64_C(1700000000000)
#define ROWS  5

static ration supply;
static const kpi_allocator allocator = { ration_resize, &supply };
static kpi_error error = KPI_ERROR_INIT;

static const int64_t starts[ROWS] = { START, START + 90000000, START + 2,
	START + 200000000, START + 4 };
static const int64_t marks[ROWS] = { 1, 2, KPI_UNKNOWN, 4, 5 };
static const char *const queues[ROWS] = { "support", NULL, "sales", "support",
	"vip" };
static const char *const outcomes[ROWS] = { "answered", "abandoned", NULL,
	"answered", "answered" };

/* One of every way in which a column is read. */
static arrow_source
all_kinds(void)
{
	static const arrow_form forms[] = {
		{ .name = "started_at", .format = "tsm:" },
		{ .name = "csat", .format = "C" },
		{ .name = "id", .format = "l" },
		{ .name = "queue", .format = "c", .words = "u" },
		{ .name = "team", .format = "vu" },
		{ .name = "outcome", .format = "c", .words = "u" },
		{ .name = "resolved", .format = "n" },
	};
	arrow_source source = { .columns = 7, .count = 2 };

	memcpy(source.forms, forms, sizeof(forms));
	for (int b = 0; b < 2; b++) {
		struct ArrowArray columns[7];
		int64_t ids[ROWS];

		for (int i = 0; i < ROWS; i++)
			ids[i] = b * ROWS + i;
		columns[0] = arrow_numbers(&forms[0], starts, 0, ROWS);
		columns[1] = arrow_numbers(&forms[1], marks, 0, ROWS);
		columns[2] = arrow_numbers(&forms[2], ids, 0, ROWS);
		columns[3] = arrow_texts(&forms[3], queues, 0, ROWS);
		columns[4] = arrow_texts(&forms[4], queues, 0, ROWS);
		columns[5] = arrow_texts(&forms[5], outcomes, 0, ROWS);
		columns[6] = arrow_numbers(&forms[1], marks, 0, ROWS);
		source.batches[b] = arrow_batch(columns, 7, 0, ROWS);
	}
	return source;
}

static kpi_status
add(kpi_store *store)
{
	const arrow_source source = all_kinds();
	struct ArrowArrayStream stream = arrow_stream(&source);
	kpi_arrow_options options = KPI_ARROW_OPTIONS_INIT;
	kpi_status status;

	options.zone = "Europe/Berlin";
	status = kpi_store_add_arrow(store, &stream, &options, &error);
	ck_assert_ptr_null(stream.release);
	ck_assert_int_eq(arrow_alive, 0);
	return status;
}

static kpi_store *
opened(void)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_store *store;

	options.allocator = &allocator;
	ration_fail(&supply, 0, 0);
	ck_assert_int_eq(
	    kpi_store_open(&store, NULL, &options, &error), KPI_OK);
	return store;
}

static uint64_t
interactions(kpi_store *store)
{
	kpi_store_info info = KPI_STORE_INFO_INIT;

	ration_fail(&supply, 0, 0);
	ck_assert_int_eq(kpi_store_read_info(store, &info, &error), KPI_OK);
	return info.interactions;
}

START_TEST(a_stream_for_which_there_is_no_memory_adds_nothing)
{
	int64_t n = 1;
	int failed = 1;

	for (; failed; n++) {
		kpi_store *store = opened();
		kpi_status status;

		ration_fail(&supply, n, _i);
		status = add(store);
		failed = supply.failed;
		ck_assert_int_eq(status, failed ? KPI_ENOMEM : KPI_OK);
		ck_assert_uint_eq(interactions(store), failed ? 0 : 2 * ROWS);
		if (failed)
			ck_assert_int_eq(add(store), KPI_OK);
		ck_assert_int_eq(
		    kpi_store_check(store, NULL, NULL, &error), KPI_OK);
		kpi_store_close(store);
		ck_assert_int_eq(supply.blocks, 0);
	}
	ck_assert_int_gt(n, 40);
}
END_TEST

static kpi_result *
measured(kpi_store *store)
{
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	kpi_result *result;
	kpi_query *query;

	options.allocator = &allocator;
	ck_assert_int_eq(kpi_query_new(&query, &options, &error), KPI_OK);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_QUEUE), KPI_OK);
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_DAY), KPI_OK);
	ck_assert_int_eq(kpi_csat(&result, store, query, NULL, &error), KPI_OK);
	kpi_query_free(query);
	return result;
}

/* Takes all that there is; the first thing that fails. */
static int
take(struct ArrowArrayStream *stream)
{
	struct ArrowSchema schema;
	struct ArrowArray batch;
	const int code = stream->get_schema(stream, &schema);

	if (code != 0) {
		ck_assert_ptr_null(schema.release);
		ck_assert_ptr_nonnull(stream->get_last_error(stream));
		return code;
	}
	schema.release(&schema);
	ck_assert_int_eq(stream->get_next(stream, &batch), 0);
	ck_assert_ptr_nonnull(batch.release);
	batch.release(&batch);
	return 0;
}

START_TEST(a_result_for_whose_stream_there_is_no_memory_stays)
{
	kpi_store *store = opened();
	kpi_result *result;
	int64_t n = 1, blocks;
	int failed = 1;

	ck_assert_int_eq(add(store), KPI_OK);
	result = measured(store);
	blocks = supply.blocks;
	for (; failed; n++) {
		struct ArrowArrayStream stream;
		kpi_status status;

		ration_fail(&supply, n, _i);
		status = kpi_result_arrow(result, &stream, &error);
		if (status == KPI_OK) {
			ck_assert_int_eq(
			    take(&stream), supply.failed ? ENOMEM : 0);
			stream.release(&stream);
		} else {
			ck_assert_int_eq(status, KPI_ENOMEM);
			ck_assert(supply.failed);
		}
		ck_assert_ptr_null(stream.release);
		ck_assert_int_eq(supply.blocks, blocks);
		failed = supply.failed;
	}
	ck_assert_int_gt(n, 60);
	kpi_result_free(result);
	kpi_store_close(store);
	ck_assert_int_eq(supply.blocks, 0);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("arrow_memory");
	TCase *tc = tcase_create("arrow_memory");

	tcase_add_loop_test(
	    tc, a_stream_for_which_there_is_no_memory_adds_nothing, 0, 2);
	tcase_add_loop_test(
	    tc, a_result_for_whose_stream_there_is_no_memory_stays, 0, 2);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
