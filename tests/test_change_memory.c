/* SPDX-License-Identifier: MIT */
#include <kpi.h>

#include "asked.h"
#include "results.h"

#define QUEUES 3

static kpi_store *
filled(void)
{
	static const char *const queues[QUEUES] = { "a", "b", NULL };
	kpi_store *store = new_store();

	for (int day = 0; day < 12; day++)
		for (int i = 0; i < QUEUES; i++) {
			call of = { MONDAY + day * DAY, KPI_OUTCOME_ANSWERED,
				(day + i) % 3 * 20 * SECOND, SECOND, NULL, NULL,
				queues[i] };

			add_calls(store, of, 5);
		}
	return store;
}

static kpi_status
try_measure(const kpi_allocator *a, kpi_store *store,
    const kpi_definition *const *definitions)
{
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	kpi_change *c = NULL;
	kpi_query *q;
	kpi_status status;

	options.allocator = a;
	status = kpi_query_new(&q, &options, NULL);
	if (status != KPI_OK)
		return status;
	status = kpi_query_between(q, MONDAY + 6 * DAY, MONDAY + 12 * DAY);
	ck_assert_int_eq(status, KPI_OK);
	ck_assert_int_eq(kpi_query_by(q, KPI_BY_QUEUE), KPI_OK);
	status = kpi_change_measure(&c, store, q, definitions, 2, NULL, NULL);
	ck_assert_int_eq(c != NULL, status == KPI_OK);
	ck_assert_uint_eq(kpi_change_rows(c), status == KPI_OK ? QUEUES : 0);
	kpi_change_free(c);
	kpi_query_free(q);
	return status;
}

START_TEST(no_failed_allocation_leaks_or_makes_half_a_change)
{
	kpi_definition *d[2] = { definition_of("service_level"),
		definition_of("nps") };
	kpi_store *store = filled();

	for (int once = 0; once < 2; once++) {
		kpi_status status = KPI_ENOMEM;

		for (int64_t at = 1; status != KPI_OK; at++) {
			struct failing f = { 0, 0, at, once, 0 };
			const kpi_allocator a = { failing_resize, &f };

			status = try_measure(
			    &a, store, (const kpi_definition *const *)d);
			ck_assert(status == KPI_OK || status == KPI_ENOMEM);
			ck_assert_int_eq(f.bytes, 0);
			ck_assert_int_lt(at, 10000);
			if (status == KPI_OK)
				ck_assert_int_gt(at, 50);
		}
	}
	kpi_definition_free(d[0]);
	kpi_definition_free(d[1]);
	kpi_store_close(store);
}
END_TEST

/* 128 bits hold such a sum; a figure, and what it differs by, does not. */
START_TEST(a_sum_beyond_64_bits_is_refused)
{
	const kpi__frame frame = empty_frame();
	const kpi__shape shape = share_shape("service_level");
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *r = new_result(&frame, &shape, 1);
	const int64_t half[] = { 0, 0, 0, 0, 0, INT64_MAX, INT64_MAX / 2 };
	kpi_change *c;

	add_row(r, NULL, KPI_UNKNOWN, KPI_UNKNOWN, half);
	add_row(r, NULL, KPI_UNKNOWN, KPI_UNKNOWN, half);
	finish(r);
	ck_assert_int_eq(
	    kpi_change_new(&c, r, r, NULL, NULL, &error), KPI_EOVERFLOW);
	ck_assert_ptr_null(c);
	ck_assert_ptr_nonnull(strstr(error.text, "beyond 64 bits"));
	kpi_result_free(r);
}
END_TEST

/* Each group fits, and what they add up to does not. */
START_TEST(so_is_what_rows_add_up_to)
{
	static const char *const groups[] = { "a", "b" };
	const kpi__shape shape = share_shape("service_level");
	const int64_t half[] = { 0, 0, 0, 0, 0, INT64_MAX, INT64_MAX / 2 };
	kpi__frame frame = empty_frame();
	kpi_result *r;
	kpi_change *c;

	frame.by_count = 1;
	frame.by[0] = KPI_BY_QUEUE;
	r = new_result(&frame, &shape, 1);
	add_row(r, &groups[0], KPI_UNKNOWN, KPI_UNKNOWN, half);
	add_row(r, &groups[1], KPI_UNKNOWN, KPI_UNKNOWN, half);
	finish(r);
	ck_assert_int_eq(
	    kpi_change_new(&c, r, r, NULL, NULL, NULL), KPI_EOVERFLOW);
	kpi_result_free(r);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("change_memory");
	TCase *tc = tcase_create("change_memory");

	tcase_add_test(tc, no_failed_allocation_leaks_or_makes_half_a_change);
	tcase_add_test(tc, a_sum_beyond_64_bits_is_refused);
	tcase_add_test(tc, so_is_what_rows_add_up_to);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
