/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include <kpi.h>

#include "sample_results.h"

static kpi_status
round_trip(const kpi_allocator *a, const unsigned char *bytes, uint64_t size)
{
	kpi_result_options options = KPI_RESULT_OPTIONS_INIT;
	unsigned char *again = malloc((size_t)size);
	kpi_result *x = NULL, *y = NULL;
	kpi_status status;
	uint64_t again_size;

	ck_assert_ptr_nonnull(again);
	options.allocator = a;
	options.zone_directory = "zones";
	status = kpi_result_load(&x, bytes, size, &options, NULL);
	if (status == KPI_OK)
		status = kpi_result_load(&y, bytes, size, &options, NULL);
	if (status == KPI_OK) {
		status = kpi_result_merge(x, y, NULL);
		if (status != KPI_OK) {
			((struct failing *)a->ctx)->fail_at = INT64_MAX;
			ck_assert_same(x, y);
		}
	}
	if (status == KPI_OK)
		status = kpi_result_save(y, again, size, &again_size, NULL);
	if (status == KPI_OK)
		ck_assert_mem_eq(again, bytes, (size_t)size);
	kpi_result_free(x);
	kpi_result_free(y);
	free(again);
	return status;
}

START_TEST(no_failed_allocation_leaks_or_changes_anything)
{
	kpi_result *r = sample();
	uint64_t size;
	unsigned char *bytes = saved_bytes(r, &size);

	for (int once = 0; once < 2; once++) {
		kpi_status status = KPI_ENOMEM;

		for (int64_t at = 1; status != KPI_OK; at++) {
			struct failing f = { 0, 0, at, once, 0 };
			const kpi_allocator a = { failing_resize, &f };

			status = round_trip(&a, bytes, size);
			ck_assert(status == KPI_OK || status == KPI_ENOMEM);
			ck_assert_int_eq(f.bytes, 0);
			ck_assert_int_lt(at, 10000);
			if (status == KPI_OK)
				ck_assert_int_gt(at, 50);
		}
	}
	free(bytes);
	kpi_result_free(r);
}
END_TEST

static kpi_status
build(const kpi_allocator *a)
{
	kpi__frame frame = empty_frame();
	kpi__shape shapes[SHAPES];
	kpi__wide sums[WIDTH];
	kpi_result *r;
	kpi_status status;

	memset(sums, 0, sizeof(sums));
	every_shape(shapes);
	frame.by_count = 2;
	frame.by[0] = KPI_BY_QUEUE;
	frame.by[1] = KPI_BY_AGENT;
	frame.zone_directory = "zones";
	status = kpi__result_new(&r, a, &frame, shapes, SHAPES, NULL);
	for (int i = 0; status == KPI_OK && i < 40; i++) {
		char name[32];
		const char *group[] = { name, i % 3 ? "x" : NULL };

		snprintf(name, sizeof(name), "q%d", 40 - i);
		status = kpi__result_add(
		    r, group, KPI_UNKNOWN, KPI_UNKNOWN, sums, NULL);
	}
	if (status == KPI_OK)
		status = kpi__result_finish(r, NULL);
	kpi_result_free(r);
	return status;
}

START_TEST(building_survives_every_failed_allocation)
{
	kpi_status status = KPI_ENOMEM;

	for (int64_t at = 1; status != KPI_OK; at++) {
		struct failing f = { 0, 0, at, 0, 0 };
		const kpi_allocator a = { failing_resize, &f };

		status = build(&a);
		ck_assert(status == KPI_OK || status == KPI_ENOMEM);
		ck_assert_int_eq(f.bytes, 0);
		ck_assert_int_lt(at, 1000);
	}
}
END_TEST

START_TEST(a_failed_add_leaves_no_trace)
{
	kpi__frame frame = empty_frame();
	const kpi__shape shape = share_shape("service_level");
	kpi__wide sums[7];
	kpi_result *whole;
	static const char *const rest[] = { "a", "b" };

	frame.by_count = 2;
	frame.by[0] = KPI_BY_QUEUE;
	frame.by[1] = KPI_BY_AGENT;
	memset(sums, 0, sizeof(sums));
	whole = new_result(&frame, &shape, 1);
	ck_assert_int_eq(
	    kpi__result_add(whole, rest, KPI_UNKNOWN, KPI_UNKNOWN, sums, NULL),
	    KPI_OK);
	finish(whole);
	for (int64_t at = 1; at < 20; at++) {
		static const char *const group[] = { "lost", "gone" };
		struct failing f = { 0, 0, INT64_MAX, 0, 0 };
		const kpi_allocator a = { failing_resize, &f };
		kpi_result *r;
		kpi_status status;

		status = kpi__result_new(&r, &a, &frame, &shape, 1, NULL);
		ck_assert_int_eq(status, KPI_OK);
		f.fail_at = f.calls + at;
		status = kpi__result_add(
		    r, group, KPI_UNKNOWN, KPI_UNKNOWN, sums, NULL);
		f.fail_at = INT64_MAX;
		if (status == KPI_ENOMEM) {
			status = kpi__result_add(
			    r, rest, KPI_UNKNOWN, KPI_UNKNOWN, sums, NULL);
			ck_assert_int_eq(status, KPI_OK);
			finish(r);
			ck_assert_same(r, whole);
		} else {
			ck_assert_int_gt(at, 5);
		}
		kpi_result_free(r);
	}
	kpi_result_free(whole);
}
END_TEST

START_TEST(an_allocator_without_a_function_is_refused)
{
	static const kpi_allocator none = { NULL, NULL };
	kpi_store_options of_store = KPI_STORE_OPTIONS_INIT;
	kpi_query_options of_query = KPI_QUERY_OPTIONS_INIT;
	kpi_definition_options of_definition = KPI_DEFINITION_OPTIONS_INIT;
	kpi_result_options of_result = KPI_RESULT_OPTIONS_INIT;
	kpi_error error[4] = { KPI_ERROR_INIT, KPI_ERROR_INIT, KPI_ERROR_INIT,
		KPI_ERROR_INIT };
	kpi_result *r = sample(), *loaded;
	kpi_definition *definition;
	kpi_store *store;
	kpi_query *query;
	kpi_status status[4];
	uint64_t size;
	unsigned char *bytes = saved_bytes(r, &size);

	of_store.allocator = of_query.allocator = of_definition.allocator =
	    of_result.allocator = &none;
	status[0] = kpi_store_open(&store, NULL, &of_store, &error[0]);
	status[1] = kpi_query_new(&query, &of_query, &error[1]);
	status[2] = kpi_definition_new(&definition, KPI_METRIC_SERVICE_LEVEL,
	    &of_definition, &error[2]);
	status[3] =
	    kpi_result_load(&loaded, bytes, size, &of_result, &error[3]);
	for (int i = 0; i < 4; i++) {
		ck_assert_msg(status[i] == KPI_EINVAL, "object %d", i);
		ck_assert_str_eq(error[i].field, "allocator");
	}
	ck_assert(store == NULL && query == NULL && definition == NULL &&
	    loaded == NULL);
	free(bytes);
	kpi_result_free(r);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("result_memory");
	TCase *tc = tcase_create("result_memory");

	tcase_add_test(tc, no_failed_allocation_leaks_or_changes_anything);
	tcase_add_test(tc, building_survives_every_failed_allocation);
	tcase_add_test(tc, a_failed_add_leaves_no_trace);
	tcase_add_test(tc, an_allocator_without_a_function_is_refused);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
