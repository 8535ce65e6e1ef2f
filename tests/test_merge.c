/* SPDX-License-Identifier: MIT */
#include "result/table.h"
#include "sample_results.h"

/* Merges the parts by a random tree into the one that is returned. */
static kpi_result *
merge_all(kpi_result **parts, size_t count)
{
	while (count > 1) {
		const size_t i = random_below(count);
		kpi_result *from = parts[i];
		kpi_error error = KPI_ERROR_INIT;
		kpi_status status;
		size_t j;

		parts[i] = parts[--count];
		j = random_below(count);
		status = kpi_result_merge(parts[j], from, &error);
		ck_assert_msg(status == KPI_OK, "%s", error.text);
		kpi_result_free(from);
	}
	return parts[0];
}

/* A part is sometimes sent to another machine before it is merged. */
static kpi_result *
send(kpi_result *r)
{
	uint64_t size;
	unsigned char *bytes;
	kpi_result *loaded;

	if (random_below(2))
		return r;
	bytes = saved_bytes(r, &size);
	loaded = load(bytes, size);
	free(bytes);
	kpi_result_free(r);
	return loaded;
}

START_TEST(parts_merge_to_the_same_bytes_in_any_order)
{
	for (uint64_t i = 1; i <= 1000; i++) {
		kpi_result *parts[6], *whole, *merged;
		struct row rows[60];
		kpi__frame frame;
		size_t count, row_count;

		seed = i * UINT64_C(0x9e3779b97f4a7c15);
		frame = random_frame();
		count = 1 + random_below(6);
		row_count = random_below(60);
		whole = new_part(&frame);
		for (size_t k = 0; k < count; k++)
			parts[k] = new_part(&frame);
		for (size_t k = 0; k < row_count; k++) {
			rows[k] = random_row(&frame);
			add(parts[random_below(count)], &rows[k]);
		}
		for (size_t k = row_count; k-- > 0;)
			add(whole, &rows[k]);
		finish(whole);
		for (size_t k = 0; k < count; k++) {
			finish(parts[k]);
			parts[k] = send(parts[k]);
		}
		merged = merge_all(parts, count);
		ck_assert_same(whole, merged);
		kpi_result_free(whole);
		kpi_result_free(merged);
	}
}
END_TEST

START_TEST(range_and_filters_of_parts_are_united)
{
	static const struct {
		const char *a, *b;
		int64_t a_from, a_until, b_from, b_until, from, until;
	} cases[] = {
		{ "x", "x", 10, 20, 20, 30, 10, 30 },
		{ "x", "", 10, 20, KPI_UNKNOWN, 15, KPI_UNKNOWN, 20 },
		{ "y", "x", 10, KPI_UNKNOWN, 5, 15, 5, KPI_UNKNOWN },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		kpi__frame frames[2] = { empty_frame(), empty_frame() };
		kpi_result *parts[2], *other[2];
		kpi__shape shape = share_shape("service_level");
		kpi_status status;

		frames[0].filters = cases[i].a;
		frames[0].from = cases[i].a_from;
		frames[0].until = cases[i].a_until;
		frames[1].filters = cases[i].b;
		frames[1].from = cases[i].b_from;
		frames[1].until = cases[i].b_until;
		for (int k = 0; k < 2; k++) {
			parts[k] = new_result(&frames[k], &shape, 1);
			other[k] = new_result(&frames[k], &shape, 1);
			finish(parts[k]);
			finish(other[k]);
		}
		status = kpi_result_merge(parts[0], parts[1], NULL);
		ck_assert_int_eq(status, KPI_OK);
		status = kpi_result_merge(other[1], other[0], NULL);
		ck_assert_int_eq(status, KPI_OK);
		ck_assert_same(parts[0], other[1]);
		ck_assert_int_eq(parts[0]->frame.from, cases[i].from);
		ck_assert_int_eq(parts[0]->frame.until, cases[i].until);
		ck_assert_uint_eq(parts[0]->filter_count,
		    strcmp(cases[i].a, cases[i].b) == 0 ? 1 : 2);
		/* a third with the same filter adds none */
		status = kpi_result_merge(parts[0], parts[1], NULL);
		ck_assert_int_eq(status, KPI_OK);
		ck_assert_same(parts[0], other[1]);
		for (int k = 0; k < 2; k++) {
			kpi_result_free(parts[k]);
			kpi_result_free(other[k]);
		}
	}
}
END_TEST

START_TEST(of_two_greatest_the_greater_one_stays)
{
	static const int64_t sums[][3] = { { 1, 3, 90000 }, { 2, 4, 60000 } };
	const kpi__frame frame = empty_frame();
	const kpi__shape shape = shape_of("longest_wait",
	    KPI_METRIC_LONGEST_WAIT, KPI__GREATEST, KPI_UNIT_MS,
	    BIT(UNKNOWN) | BIT(DENOMINATOR) | BIT(GREATEST));

	for (int first = 0; first < 2; first++) {
		kpi_result *parts[2];
		kpi_figure f = KPI_FIGURE_INIT;

		for (int i = 0; i < 2; i++) {
			parts[i] = new_result(&frame, &shape, 1);
			add_row(parts[i], NULL, KPI_UNKNOWN, KPI_UNKNOWN,
			    sums[i ^ first]);
			finish(parts[i]);
		}
		ck_assert_int_eq(
		    kpi_result_merge(parts[0], parts[1], NULL), KPI_OK);
		ck_assert_int_eq(
		    kpi_result_figure(parts[0], 0, 0, &f), KPI_OK);
		ck_assert_int_eq(f.numerator, 90000);
		ck_assert_int_eq(f.denominator, 7);
		ck_assert_int_eq(f.unknown, 3);
		kpi_result_free(parts[0]);
		kpi_result_free(parts[1]);
	}
}
END_TEST

enum change {
	TEXT,
	COUNT,
	AS_OF,
	KNOWN_FROM,
	RULE,
	GOALS,
	BY,
	BUCKET,
	WEEK,
	ZONE,
	PARTITION,
	NEVER,
	CUSTOMER,
	CASE,
	AGENT,
	DAYS,
	CHANGES
};

static kpi_result *
changed(enum change change, int other)
{
	static char name[] = "care";
	kpi__goal care = { name, 900000, KPI_UNKNOWN };
	kpi__frame frame = empty_frame();
	kpi__shape shapes[2];
	kpi_result *r;

	shapes[0] = shapes[1] = share_shape("service_level");
	shapes[0].better = 1;
	shapes[0].as_of = 86400000;
	shapes[0].known_from = 0;
	frame.by[0] = KPI_BY_QUEUE;
	frame.by_count = 1;
	if (change >= NEVER) {
		static const int32_t rules[] = { KPI__MERGE_NEVER,
			KPI__MERGE_CUSTOMER, KPI__MERGE_CASE,
			KPI__MERGE_AGENT, KPI__MERGE_DAY };

		shapes[0].merge = rules[change - NEVER];
	} else if (other) {
		switch (change) {
		case TEXT:
			shapes[0].text = shape_text("service_level x=1");
			break;
		case AS_OF:
			shapes[0].as_of++;
			break;
		case KNOWN_FROM:
			shapes[0].known_from = KPI_UNKNOWN;
			break;
		case RULE:
			shapes[0].kind = KPI__RATIO;
			break;
		case GOALS:
			shapes[0].goals = &care;
			shapes[0].goals_by = KPI_BY_QUEUE;
			shapes[0].goal_count = 1;
			break;
		case BY:
			frame.by[0] = KPI_BY_AGENT;
			break;
		case BUCKET:
			frame.bucket = KPI_BUCKET_DAY;
			break;
		case WEEK:
			frame.week_start = 7;
			break;
		case ZONE:
			frame.zone = "Europe/Berlin";
			break;
		case PARTITION:
			frame.partition = KPI_PARTITION_CUSTOMER;
			break;
		default:
			break;
		}
	}
	r = new_result(&frame, shapes, change == COUNT && other ? 2 : 1);
	finish(r);
	return r;
}

START_TEST(what_does_not_merge_is_refused_with_both_sides)
{
	static const char *const words[][2] = {
		{ "\"service_level\"", "\"service_level x=1\"" },
		{ "of 1 definitions", "of 2" },
		{ "1970-01-02T00:00:00+00:00",
		    "1970-01-02T00:00:00.001+00:00" },
		{ "known_from is 1970-01-01", "none" },
		{ "one rule", "service_level" },
		{ "one rule", "service_level" },
		{ "dimensions", "" },
		{ "buckets", "" },
		{ "day 1", "day 7" },
		{ "UTC", "Europe/Berlin" },
		{ "nothing", "customer" },
		{ "does not merge", "service_level" },
		{ "parted by customer", "service_level" },
		{ "parted by case", "service_level" },
		{ "parted by agent", "service_level" },
		{ "parted by day", "service_level" },
	};

	for (int i = 0; i < CHANGES; i++) {
		kpi_result *a = changed((enum change)i, 0);
		kpi_result *b = changed((enum change)i, 1);
		kpi_result *same = changed((enum change)i, 0);
		kpi_error error = KPI_ERROR_INIT;
		kpi_status status = kpi_result_merge(a, b, &error);

		ck_assert_msg(status == KPI_EMISMATCH, "case %d", i);
		ck_assert_int_eq(error.status, KPI_EMISMATCH);
		ck_assert_msg(strstr(error.text, words[i][0]) != NULL &&
			strstr(error.text, words[i][1]) != NULL,
		    "case %d: %s", i, error.text);
		ck_assert_same(a, same);
		kpi_result_free(a);
		kpi_result_free(b);
		kpi_result_free(same);
	}
}
END_TEST

START_TEST(parts_by_customer_merge_what_needs_whole_customers)
{
	static const struct {
		int32_t rule, partition;
		kpi_status status;
	} cases[] = {
		{ KPI__MERGE_ANY, KPI_PARTITION_NONE, KPI_OK },
		{ KPI__MERGE_ANY, KPI_PARTITION_AGENT, KPI_OK },
		{ KPI__MERGE_CUSTOMER, KPI_PARTITION_CUSTOMER, KPI_OK },
		{ KPI__MERGE_CUSTOMER, KPI_PARTITION_CASE, KPI_EMISMATCH },
		{ KPI__MERGE_CASE, KPI_PARTITION_CASE, KPI_OK },
		{ KPI__MERGE_CASE, KPI_PARTITION_CUSTOMER, KPI_EMISMATCH },
		{ KPI__MERGE_AGENT, KPI_PARTITION_AGENT, KPI_OK },
		{ KPI__MERGE_AGENT, KPI_PARTITION_NONE, KPI_EMISMATCH },
		{ KPI__MERGE_DAY, KPI_PARTITION_DAY, KPI_OK },
		{ KPI__MERGE_DAY, KPI_PARTITION_NONE, KPI_EMISMATCH },
		{ KPI__MERGE_DAY, KPI_PARTITION_CUSTOMER, KPI_EMISMATCH },
		{ KPI__MERGE_NEVER, KPI_PARTITION_DAY, KPI_EMISMATCH },
		{ KPI__MERGE_CUSTOMER, KPI_PARTITION_DAY, KPI_EMISMATCH },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		kpi__frame frame = empty_frame();
		kpi__shape shape = share_shape("repeat_rate");
		kpi_result *a, *b;

		shape.merge = cases[i].rule;
		frame.partition = cases[i].partition;
		a = new_result(&frame, &shape, 1);
		b = new_result(&frame, &shape, 1);
		finish(a);
		finish(b);
		ck_assert_int_eq(kpi_result_merge(a, b, NULL), cases[i].status);
		kpi_result_free(a);
		kpi_result_free(b);
	}
}
END_TEST

START_TEST(buckets_that_overlap_are_not_of_one_zone)
{
	kpi__frame frame = empty_frame();
	const kpi__shape shape = shape_of("contacts", KPI_METRIC_CONTACTS,
	    KPI__COUNT, KPI_UNIT_COUNT, BIT(NUMERATOR));
	static const int64_t one = 1;
	kpi_result *a, *b;

	frame.bucket = KPI_BUCKET_DAY;
	a = new_result(&frame, &shape, 1);
	b = new_result(&frame, &shape, 1);
	add_row(a, NULL, 0, DAY, &one);
	add_row(b, NULL, DAY - 1, 2 * DAY, &one);
	finish(a);
	finish(b);
	ck_assert_int_eq(kpi_result_merge(a, b, NULL), KPI_EMISMATCH);
	ck_assert_uint_eq(kpi_result_rows(a), 1);
	kpi_result_free(a);
	kpi_result_free(b);
}
END_TEST

START_TEST(a_sum_that_does_not_fit_leaves_the_result_as_it_was)
{
	kpi__frame frame = empty_frame();
	const kpi__shape shape = shape_of("contacts", KPI_METRIC_CONTACTS,
	    KPI__COUNT, KPI_UNIT_COUNT, BIT(NUMERATOR));
	const kpi__wide most = { UINT64_MAX, INT64_MAX };
	kpi_result *r[3];
	kpi_status status;

	for (int i = 0; i < 3; i++) {
		r[i] = new_result(&frame, &shape, 1);
		status = kpi__result_add(
		    r[i], NULL, KPI_UNKNOWN, KPI_UNKNOWN, &most, NULL);
		ck_assert_int_eq(status, KPI_OK);
		finish(r[i]);
	}
	ck_assert_int_eq(kpi_result_merge(r[0], r[1], NULL), KPI_EOVERFLOW);
	ck_assert_same(r[0], r[2]);
	for (int i = 0; i < 3; i++)
		kpi_result_free(r[i]);
}
END_TEST

/* Of six groups one is within noise that alone, and with two more, is not:
 * so a verdict is found anew when rows come. */
START_TEST(verdicts_are_those_of_all_rows_whatever_was_merged_first)
{
	static const char *const groups[] = { "a", "b", "c", "d", "e", "f" };
	static const int64_t worse[] = WORSE_DAYS;
	/* 9, 8, 9, 10, 7, 9 of ten: a chance of 0.17 */
	static const int64_t fair[] = { 0, 0, 0, 0, 0, 60, 52, 6, 456, 520,
		600 };
	kpi__frame frame = empty_frame();
	kpi__shape shape = judged_shape("service_level verdict_by=day");
	kpi_result *parts[6];

	shape.merge = KPI__MERGE_DAY;
	frame.partition = KPI_PARTITION_DAY;
	frame.by_count = 1;
	frame.by[0] = KPI_BY_QUEUE;
	for (int i = 0; i < 6; i++) {
		parts[i] = new_result(&frame, &shape, 1);
		add_row(parts[i], &groups[i], KPI_UNKNOWN, KPI_UNKNOWN,
		    i == 0 ? worse : fair);
		finish(parts[i]);
	}
	for (int i = 0; i < 6; i++) {
		uint64_t size;
		unsigned char *bytes;
		kpi_result *loaded;
		kpi_figure f = KPI_FIGURE_INIT;

		if (i > 0)
			ck_assert_int_eq(
			    kpi_result_merge(parts[0], parts[i], NULL), KPI_OK);
		bytes = saved_bytes(parts[0], &size);
		loaded = load(bytes, size);
		free(bytes);
		ck_assert_int_eq(kpi_result_figure(loaded, 0, 0, &f), KPI_OK);
		ck_assert_int_eq(f.verdict,
		    i < 3 ? KPI_VERDICT_MISSED
			  : KPI_VERDICT_MISSED_WITHIN_NOISE);
		ck_assert_int_eq(kpi_result_figure(parts[0], 0, 0, &f), KPI_OK);
		ck_assert_int_eq(f.verdict,
		    i < 3 ? KPI_VERDICT_MISSED
			  : KPI_VERDICT_MISSED_WITHIN_NOISE);
		kpi_result_free(loaded);
	}
	for (int i = 0; i < 6; i++)
		kpi_result_free(parts[i]);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("merge");
	TCase *tc = tcase_create("merge");

	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, parts_merge_to_the_same_bytes_in_any_order);
	tcase_add_test(tc, range_and_filters_of_parts_are_united);
	tcase_add_test(tc, of_two_greatest_the_greater_one_stays);
	tcase_add_test(tc, what_does_not_merge_is_refused_with_both_sides);
	tcase_add_test(tc, parts_by_customer_merge_what_needs_whole_customers);
	tcase_add_test(tc, buckets_that_overlap_are_not_of_one_zone);
	tcase_add_test(
	    tc, verdicts_are_those_of_all_rows_whatever_was_merged_first);
	tcase_add_test(tc, a_sum_that_does_not_fit_leaves_the_result_as_it_was);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
