/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "results.h"

/* Two dimensions and days, so that every part of the order is met. */
static kpi__frame
frame_by(uint32_t by_count, int32_t bucket)
{
	kpi__frame f = empty_frame();

	f.by_count = by_count;
	f.by[0] = KPI_BY_QUEUE;
	f.by[1] = KPI_BY_AGENT;
	f.bucket = bucket;
	return f;
}

static kpi__shape
count_shape(void)
{
	return shape_of("contacts", KPI_METRIC_CONTACTS, KPI__COUNT,
	    KPI_UNIT_COUNT, BIT(NUMERATOR));
}

START_TEST(rows_stand_by_bytes_of_the_group_with_unknown_last_then_time)
{
	static const struct {
		const char *group[2];
		int64_t begin;
	} rows[] = {
		{ { NULL, NULL }, 0 },
		{ { "b", "x" }, 100 },
		{ { "\xc3\xa9", NULL }, 0 },
		{ { "b", "x" }, 0 },
		{ { "B", "y" }, 200 },
		{ { "b", NULL }, 0 },
		{ { NULL, "x" }, 0 },
		{ { "ba", "x" }, 0 },
	};
	static const size_t sorted[] = { 4, 3, 1, 5, 7, 2, 6, 0 };
	const kpi__frame frame = frame_by(2, KPI_BUCKET_DAY);
	const kpi__shape shape = count_shape();
	kpi_result *r = new_result(&frame, &shape, 1);

	for (size_t i = 0; i < 8; i++) {
		const int64_t sum = (int64_t)i;

		add_row(
		    r, rows[i].group, rows[i].begin, rows[i].begin + 100, &sum);
	}
	finish(r);
	ck_assert_uint_eq(kpi_result_rows(r), 8);
	for (size_t i = 0; i < 8; i++) {
		const size_t from = sorted[i];
		kpi_figure f = KPI_FIGURE_INIT;
		kpi_status status = kpi_result_figure(r, i, 0, &f);

		ck_assert_int_eq(status, KPI_OK);
		ck_assert_int_eq(f.numerator, (int64_t)from);
		ck_assert_pstr_eq(
		    kpi_result_group(r, i, 0), rows[from].group[0]);
		ck_assert_pstr_eq(
		    kpi_result_group(r, i, 1), rows[from].group[1]);
		ck_assert_int_eq(kpi_result_begin(r, i), rows[from].begin);
		ck_assert_int_eq(
		    kpi_result_until(r, i), rows[from].begin + 100);
	}
	kpi_result_free(r);
}
END_TEST

START_TEST(rows_of_one_group_are_added_up)
{
	const kpi__frame frame = frame_by(1, KPI_BUCKET_NONE);
	const kpi__shape shape = count_shape();
	kpi_result *r = new_result(&frame, &shape, 1);
	char name[8];
	const char *group = name;

	for (int64_t i = 0; i < 5000; i++) {
		snprintf(name, sizeof(name), "q%d", (int)(i * 7 % 50));
		add_row(r, &group, KPI_UNKNOWN, KPI_UNKNOWN, &i);
	}
	finish(r);
	ck_assert_uint_eq(kpi_result_rows(r), 50);
	for (uint64_t i = 0; i < 50; i++) {
		kpi_figure f = KPI_FIGURE_INIT;
		int64_t expected = 0;
		int q;
		kpi_status status = kpi_result_figure(r, i, 0, &f);

		ck_assert_int_eq(status, KPI_OK);
		q = atoi(kpi_result_group(r, i, 0) + 1);
		for (int64_t j = 0; j < 5000; j++)
			expected += j * 7 % 50 == q ? j : 0;
		ck_assert_int_eq(f.numerator, expected);
	}
	kpi_result_free(r);
}
END_TEST

START_TEST(a_result_says_what_it_is_of)
{
	kpi__frame frame = frame_by(2, KPI_BUCKET_WEEK);
	kpi__shape shapes[2];
	kpi_result *r;

	shapes[0] = count_shape();
	shapes[1] = share_shape("service_level service_level_threshold=30s");
	shapes[1].as_of = 1000;
	shapes[1].known_from = 10;
	frame.zone = "Europe/Berlin";
	r = new_result(&frame, shapes, 2);
	finish(r);
	ck_assert_uint_eq(kpi_result_rows(r), 0);
	ck_assert_uint_eq(kpi_result_count(r), 2);
	ck_assert_str_eq(kpi_result_definition(r, 1), shapes[1].text);
	ck_assert_ptr_null(kpi_result_definition(r, 2));
	ck_assert_int_eq(kpi_result_metric(r, 0), KPI_METRIC_CONTACTS);
	ck_assert_int_eq(kpi_result_metric(r, 2), 0);
	ck_assert_int_eq(kpi_result_by(r, 0), KPI_BY_QUEUE);
	ck_assert_int_eq(kpi_result_by(r, 1), KPI_BY_AGENT);
	ck_assert_int_eq(kpi_result_by(r, 2), 0);
	ck_assert_int_eq(kpi_result_bucket(r), KPI_BUCKET_WEEK);
	ck_assert_str_eq(kpi_result_zone(r), "Europe/Berlin");
	ck_assert_int_eq(kpi_result_as_of(r, 0), KPI_UNKNOWN);
	ck_assert_int_eq(kpi_result_as_of(r, 1), 1000);
	ck_assert_int_eq(kpi_result_known_from(r, 1), 10);
	ck_assert_int_eq(kpi_result_begin(r, 0), KPI_UNKNOWN);
	ck_assert_ptr_null(kpi_result_group(r, 0, 0));
	kpi_result_free(r);
	kpi_result_free(NULL);
}
END_TEST

START_TEST(without_groups_and_buckets_there_is_exactly_one_row)
{
	const kpi__frame frame = frame_by(0, KPI_BUCKET_NONE);
	const kpi__shape shape = share_shape("service_level");
	kpi_result *r = new_result(&frame, &shape, 1);
	kpi_figure f = KPI_FIGURE_INIT;

	finish(r);
	ck_assert_uint_eq(kpi_result_rows(r), 1);
	ck_assert_int_eq(kpi_result_begin(r, 0), KPI_UNKNOWN);
	ck_assert_int_eq(kpi_result_figure(r, 0, 0, &f), KPI_OK);
	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
	kpi_result_free(r);
}
END_TEST

START_TEST(a_sum_beyond_128_bits_is_an_overflow)
{
	const kpi__frame frame = frame_by(0, KPI_BUCKET_NONE);
	const kpi__shape shape = count_shape();
	const kpi__wide most = { UINT64_MAX, INT64_MAX };
	kpi_result *r = new_result(&frame, &shape, 1);

	for (int i = 0; i < 2; i++)
		ck_assert_int_eq(kpi__result_add(r, NULL, KPI_UNKNOWN,
				     KPI_UNKNOWN, &most, NULL),
		    KPI_OK);
	ck_assert_int_eq(kpi__result_finish(r, NULL), KPI_EOVERFLOW);
	kpi_result_free(r);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("result");
	TCase *tc = tcase_create("result");

	tcase_add_test(
	    tc, rows_stand_by_bytes_of_the_group_with_unknown_last_then_time);
	tcase_add_test(tc, rows_of_one_group_are_added_up);
	tcase_add_test(tc, a_result_says_what_it_is_of);
	tcase_add_test(tc, without_groups_and_buckets_there_is_exactly_one_row);
	tcase_add_test(tc, a_sum_beyond_128_bits_is_an_overflow);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
