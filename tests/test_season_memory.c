/* SPDX-License-Identifier: MIT */
#include <kpi.h>

#include "asked.h"
#include "results.h"

#define WEEK (7 * DAY)

static kpi_result *
filled(const kpi_allocator *a, int64_t count)
{
	static const char *const queues[] = { "a", "b" };
	const kpi__shape shape = shape_of("visits", KPI_METRIC_VISITS,
	    KPI__COUNT, KPI_UNIT_COUNT, BIT(NUMERATOR));
	kpi__frame frame = empty_frame();
	kpi_result *r;

	frame.by_count = 1;
	frame.by[0] = KPI_BY_QUEUE;
	frame.bucket = KPI_BUCKET_HOUR;
	frame.from = MONDAY - HOUR;
	frame.until = MONDAY + 2 * WEEK - HOUR;
	frame.zone = "Europe/Berlin";
	ck_assert_int_eq(
	    kpi__result_new(&r, a, &frame, &shape, 1, NULL), KPI_OK);
	for (int i = 0; i < 4; i++) {
		const int64_t begin = MONDAY + (5 + i / 2 * 7) * DAY;

		add_row(r, &queues[i % 2], begin, begin + HOUR, &count);
	}
	finish(r);
	return r;
}

START_TEST(no_failed_allocation_leaks_or_makes_half_a_season)
{
	for (int once = 0; once < 2; once++) {
		kpi_status status = KPI_ENOMEM;

		for (int64_t i = 1; status != KPI_OK; i++) {
			struct failing f = { 0, 0, INT64_MAX, once, 0 };
			const kpi_allocator a = { failing_resize, &f };
			kpi_result *r = filled(&a, 1);
			const int64_t bytes = f.bytes;
			kpi_season *s;

			f.calls = 0;
			f.fail_at = i;
			status = kpi_season_of(&s, r, 0, 0, NULL);
			ck_assert(status == KPI_OK || status == KPI_ENOMEM);
			ck_assert_int_eq(s != NULL, status == KPI_OK);
			kpi_season_free(s);
			ck_assert_int_eq(f.bytes, bytes);
			kpi_result_free(r);
			ck_assert_int_eq(f.bytes, 0);
			if (status == KPI_OK)
				ck_assert_int_gt(i, 6);
		}
	}
}
END_TEST

START_TEST(a_cells_sum_beyond_64_bits_is_refused)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *r = filled(&kpi__default_allocator, INT64_MAX / 2 + 1);
	kpi_season *s;

	ck_assert_int_eq(kpi_season_of(&s, r, 0, 0, &error), KPI_EOVERFLOW);
	ck_assert_ptr_null(s);
	ck_assert_ptr_nonnull(strstr(error.text, "beyond 64 bits"));
	kpi_result_free(r);
	r = filled(&kpi__default_allocator, INT64_MAX / 2);
	ck_assert_int_eq(kpi_season_of(&s, r, 0, 0, &error), KPI_OK);
	kpi_season_free(s);
	kpi_result_free(r);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("season_memory");
	TCase *tc = tcase_create("season_memory");

	tcase_add_test(tc, no_failed_allocation_leaks_or_makes_half_a_season);
	tcase_add_test(tc, a_cells_sum_beyond_64_bits_is_refused);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
