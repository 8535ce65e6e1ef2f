/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "results.h"

#define PARTS 720720

/* The figure of the one row of a result of one definition. */
static kpi_figure
figure_of(const kpi__shape *shape, const int64_t *sums)
{
	const kpi__frame frame = empty_frame();
	kpi_result *r = new_result(&frame, shape, 1);
	kpi_figure f = KPI_FIGURE_INIT;
	kpi_status status;

	add_row(r, NULL, KPI_UNKNOWN, KPI_UNKNOWN, sums);
	finish(r);
	status = kpi_result_figure(r, 0, 0, &f);
	ck_assert_int_eq(status, KPI_OK);
	kpi_result_free(r);
	return f;
}

static void
near(double x, double expected)
{
	ck_assert_double_eq_tol(x, expected, 1e-9 * fmax(1e-3, fabs(expected)));
}

START_TEST(a_share_has_wilson_bounds)
{
	static const struct {
		int64_t k, n;
		double value, lower, upper;
	} cases[] = {
		{ 860, 1060, 0.8113207547169812, 0.7866589048231057,
		    0.8337342886623534 },
		{ 18, 20, 0.9, 0.6989663547715128, 0.972133518786232 },
		{ 4, 20, 0.2, 0.0806576625797981, 0.4160174322518935 },
	};
	const kpi__shape shape = share_shape("service_level");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const int64_t sums[] = { 2, 0, 0, 0, 7, cases[i].n,
			cases[i].k };
		const kpi_figure f = figure_of(&shape, sums);

		ck_assert_int_eq(f.state, KPI_STATE_OK);
		ck_assert_int_eq(f.unit, KPI_UNIT_SHARE);
		ck_assert_int_eq(f.numerator, cases[i].k);
		ck_assert_int_eq(f.denominator, cases[i].n);
		ck_assert_int_eq(f.unknown, 2);
		ck_assert_int_eq(f.not_counted, 7);
		near(f.value, cases[i].value);
		near(f.lower, cases[i].lower);
		near(f.upper, cases[i].upper);
	}
}
END_TEST

START_TEST(nothing_to_divide_by_is_not_zero_percent)
{
	static const struct {
		int64_t sums[7];
		int32_t state;
	} cases[] = {
		{ { 0, 0, 0, 0, 0, 0, 0 }, KPI_STATE_NO_DATA },
		{ { 3, 1, 4, 0, 5, 0, 0 }, KPI_STATE_NO_DATA },
		{ { 3, 1, 4, 1, 5, 0, 0 }, KPI_STATE_IMMATURE },
		{ { 0, 0, 0, 0, 0, 0, 2 }, KPI_STATE_UNDEFINED },
		{ { 0, 0, 0, 9, 0, 0, 2 }, KPI_STATE_UNDEFINED },
		{ { 0, 0, 0, 9, 0, 1, 0 }, KPI_STATE_OK },
	};
	kpi__shape shape = share_shape("service_level");

	shape.kind = KPI__RATIO;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const kpi_figure f = figure_of(&shape, cases[i].sums);

		ck_assert_int_eq(f.state, cases[i].state);
		ck_assert_int_eq(isnan(f.value), f.state != KPI_STATE_OK);
		ck_assert(isnan(f.lower) && isnan(f.upper));
	}
}
END_TEST

START_TEST(no_known_value_is_no_data_whatever_the_counts)
{
	const kpi__shape shape =
	    shape_of("resolution_rate", KPI_METRIC_RESOLUTION_RATE, KPI__SHARE,
		KPI_UNIT_SHARE, BOTH | BIT(KNOWN));
	static const int64_t none[] = { 0, 12, 0 }, some[] = { 1, 12, 0 };
	kpi_figure f = figure_of(&shape, none);

	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
	ck_assert(isnan(f.value));
	f = figure_of(&shape, some);
	ck_assert_int_eq(f.state, KPI_STATE_OK);
	ck_assert_double_eq(f.value, 0);
	ck_assert_double_eq(f.lower, 0);
}
END_TEST

START_TEST(mixed_scales_have_no_value)
{
	const kpi__shape shape = shape_of("csat", KPI_METRIC_CSAT, KPI__SHARE,
	    KPI_UNIT_SHARE, BOTH | BIT(MIXED));
	static const int64_t sums[] = { 1, 100, 70 };
	const kpi_figure f = figure_of(&shape, sums);

	ck_assert_int_eq(f.state, KPI_STATE_MIXED);
	ck_assert(isnan(f.value) && isnan(f.lower) && isnan(f.upper));
	ck_assert_int_eq(f.denominator, 100);
}
END_TEST

START_TEST(a_count_is_its_own_denominator)
{
	kpi__shape shape = shape_of("contacts", KPI_METRIC_CONTACTS, KPI__COUNT,
	    KPI_UNIT_COUNT, BIT(NUMERATOR));
	static const int64_t none[] = { 0 }, many[] = { 3 * PARTS / 2 };
	kpi_figure f = figure_of(&shape, none);

	ck_assert_int_eq(f.state, KPI_STATE_OK);
	ck_assert_double_eq(f.value, 0);
	ck_assert(isnan(f.lower) && isnan(f.upper));
	shape.parts = PARTS;
	f = figure_of(&shape, many);
	ck_assert_double_eq(f.value, 1.5);
	ck_assert_int_eq(f.numerator, 3 * PARTS / 2);
	ck_assert_int_eq(f.denominator, 3 * PARTS / 2);
	ck_assert_int_eq(f.parts, PARTS);
}
END_TEST

START_TEST(eleven_of_ten_is_a_ratio_without_bounds)
{
	const kpi__shape shape = shape_of("abandonment_rate",
	    KPI_METRIC_ABANDONMENT_RATE, KPI__RATIO, KPI_UNIT_RATIO, BOTH);
	static const int64_t sums[] = { 10, 11 };
	const kpi_figure f = figure_of(&shape, sums);

	ck_assert_int_eq(f.state, KPI_STATE_OK);
	near(f.value, 1.1);
	ck_assert(isnan(f.lower) && isnan(f.upper));
}
END_TEST

START_TEST(a_balance_is_in_points_and_its_bounds_hold_it)
{
	static const struct {
		int64_t detractors, passives, promoters;
		double value, lower, upper, tolerance;
	} cases[] = {
		{ 17, 33, 50, 33, 32.04 - 14.48, 32.04 + 14.48, 0.01 },
		{ 0, 0, 1, 100, -48.49864942, 100, 1e-7 },
		{ 1, 0, 0, -100, -100, 48.49864942, 1e-7 },
	};
	const kpi__shape shape = shape_of("nps", KPI_METRIC_NPS, KPI__BALANCE,
	    KPI_UNIT_POINTS, BOTH | BIT(DETRACTORS));

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const int64_t sums[] = { cases[i].detractors +
			    cases[i].passives + cases[i].promoters,
			cases[i].promoters - cases[i].detractors,
			cases[i].detractors };
		const kpi_figure f = figure_of(&shape, sums);

		near(f.value, cases[i].value);
		ck_assert_double_eq_tol(
		    f.lower, cases[i].lower, cases[i].tolerance);
		ck_assert_double_eq_tol(
		    f.upper, cases[i].upper, cases[i].tolerance);
	}
}
END_TEST

/* 2, 4, 4, 4, 5, 5, 7, 9: mean 5, s^2 = 32/7, t(7) = 2.364624251592785. */
START_TEST(a_mean_has_bounds_of_t)
{
	const kpi__shape shape = shape_of("csat_mean", KPI_METRIC_CSAT_MEAN,
	    KPI__MEAN, KPI_UNIT_MARK, BOTH | BIT(SQUARES));
	static const int64_t sums[] = { 8, 40, 232 }, one[] = { 1, 4, 16 };
	const double half = 2.364624251592785 * sqrt(32.0 / 7 / 8);
	kpi_figure f = figure_of(&shape, sums);

	near(f.value, 5);
	near(f.lower, 5 - half);
	near(f.upper, 5 + half);
	f = figure_of(&shape, one);
	near(f.value, 4);
	ck_assert(isnan(f.lower) && isnan(f.upper));
}
END_TEST

/*
 * Interactions of 1, 2 and 3 legs with 10, 30 and 20 s: R = 10,
 * sum (X - R N)^2 = 0 + 100 + 100, t(2) = 4.302652729749462.
 */
START_TEST(a_mean_of_sums_over_legs_is_bounded_by_interaction)
{
	const kpi__shape shape = shape_of("average_handle_time",
	    KPI_METRIC_AVERAGE_HANDLE_TIME, KPI__MEAN, KPI_UNIT_MS,
	    BOTH | BIT(SQUARES) | BIT(CLUSTERS) | BIT(CROSS) | BIT(SIZES));
	static const int64_t sums[] = { 6, 60, 1400, 3, 130, 14 };
	const kpi_figure f = figure_of(&shape, sums);

	near(f.value, 10);
	near(f.upper, 10 + 4.302652729749462 * sqrt(1.5 * 200) / 6);
	near(f.lower, 10 - 4.302652729749462 * sqrt(1.5 * 200) / 6);
}
END_TEST

START_TEST(split_credit_counts_as_fewer_whole_units)
{
	kpi__shape split = shape_of("csat credit=equal", KPI_METRIC_CSAT,
	    KPI__SHARE, KPI_UNIT_SHARE, BOTH | BIT(WEIGHTS));
	const kpi__shape whole = share_shape("csat");
	/* 40 halves, 10 of them satisfied: n_eff = 20^2 / (40 / 4) = 40 */
	static const int64_t halves[] = { 20 * INT64_C(720720),
		5 * INT64_C(720720), 40 * INT64_C(360360) * 360360 };
	static const int64_t same[] = { 0, 0, 0, 0, 0, 40, 10 };
	kpi_figure f, expected;

	split.parts = PARTS;
	f = figure_of(&split, halves);
	expected = figure_of(&whole, same);
	near(f.value, 0.25);
	near(f.lower, expected.lower);
	near(f.upper, expected.upper);
	ck_assert_int_eq(f.numerator, 5 * INT64_C(720720));
}
END_TEST

START_TEST(the_greatest_is_its_value_and_of_none_no_data)
{
	static const int64_t sums[][3] = { { 0, 0, 0 }, { 1, 3, 90000 },
		{ 2, 1, 0 } };
	const kpi__frame frame = empty_frame();
	const kpi__shape shape = shape_of("longest_wait",
	    KPI_METRIC_LONGEST_WAIT, KPI__GREATEST, KPI_UNIT_MS,
	    BIT(UNKNOWN) | BIT(DENOMINATOR) | BIT(GREATEST));

	for (int i = 0; i < 3; i++) {
		kpi_result *r = new_result(&frame, &shape, 1);
		kpi_figure f = KPI_FIGURE_INIT;

		add_row(r, NULL, KPI_UNKNOWN, KPI_UNKNOWN, sums[i]);
		finish(r);
		ck_assert_int_eq(kpi_result_figure(r, 0, 0, &f), KPI_OK);
		ck_assert_int_eq(
		    f.state, i == 0 ? KPI_STATE_NO_DATA : KPI_STATE_OK);
		if (i > 0)
			ck_assert(f.value == (double)sums[i][2]);
		ck_assert_int_eq(f.numerator, sums[i][2]);
		ck_assert_int_eq(f.denominator, sums[i][1]);
		ck_assert(isnan(f.lower) && isnan(f.upper));
		kpi_result_free(r);
	}
}
END_TEST

START_TEST(a_sum_beyond_64_bits_is_refused_not_wrapped)
{
	const kpi__frame frame = empty_frame();
	const kpi__shape shape = shape_of("contacts", KPI_METRIC_CONTACTS,
	    KPI__COUNT, KPI_UNIT_COUNT, BIT(NUMERATOR));
	kpi_result *r = new_result(&frame, &shape, 1);
	static const int64_t most[] = { INT64_MAX };
	kpi_figure f = KPI_FIGURE_INIT;
	kpi_status status;

	add_row(r, NULL, KPI_UNKNOWN, KPI_UNKNOWN, most);
	add_row(r, NULL, KPI_UNKNOWN, KPI_UNKNOWN, most);
	finish(r);
	f.numerator = 42;
	status = kpi_result_figure(r, 0, 0, &f);
	ck_assert_int_eq(status, KPI_EOVERFLOW);
	ck_assert_int_eq(f.numerator, 42);
	kpi_result_free(r);
}
END_TEST

START_TEST(past_the_end_there_is_no_figure)
{
	const kpi__frame frame = empty_frame();
	const kpi__shape shape = share_shape("service_level");
	kpi_result *r = new_result(&frame, &shape, 1);
	kpi_figure f = KPI_FIGURE_INIT;

	finish(r);
	ck_assert_int_eq(kpi_result_figure(r, 1, 0, &f), KPI_EINVAL);
	ck_assert_int_eq(kpi_result_figure(r, 0, 1, &f), KPI_EINVAL);
	ck_assert_int_eq(kpi_result_figure(NULL, 0, 0, &f), KPI_EINVAL);
	ck_assert_int_eq(kpi_result_figure(r, 0, 0, NULL), KPI_EINVAL);
	f.size = 8;
	ck_assert_int_eq(kpi_result_figure(r, 0, 0, &f), KPI_EINVAL);
	kpi_result_free(r);
}
END_TEST

START_TEST(a_shape_that_is_judged_has_its_sums)
{
	const kpi__frame frame = empty_frame();

	for (int i = 0; i < 10; i++) {
		kpi__shape shape = judged_shape("some_metric");
		kpi_status status;
		kpi_result *r;

		switch (i) {
		case 1:
			shape.goal = KPI_UNKNOWN; /* for a change */
			break;
		case 2:
			shape.sums &= ~BIT(VERDICT_CROSS);
			break;
		case 3:
			shape.verdict_by = KPI_BOUNDS_NONE;
			break;
		case 4:
			shape.verdict_by = KPI_BOUNDS_CONTACT;
			break;
		case 5:
			shape.better = 0;
			break;
		case 6:
			shape.ceiling = shape.goal - 1;
			break;
		case 7:
			shape.bounded = KPI_BOUNDS_DAY;
			break;
		case 8:
			shape.adjusted = 2;
			break;
		case 9:
			shape.goal = KPI_UNKNOWN;
			shape.ceiling = 900000;
			break;
		default:
			break;
		}
		status = kpi__result_new(
		    &r, &kpi__default_allocator, &frame, &shape, 1, NULL);
		ck_assert_msg(
		    status == (i <= 1 ? KPI_OK : KPI_EINVAL), "case %d", i);
		kpi_result_free(r);
	}
}
END_TEST

START_TEST(a_shape_without_the_sums_of_its_kind_is_refused)
{
	static const struct {
		int32_t kind;
		uint32_t sums;
		int64_t parts;
	} cases[] = {
		{ KPI__COUNT, BIT(DENOMINATOR), 1 },
		{ KPI__SHARE, BIT(NUMERATOR), 1 },
		{ KPI__SHARE, BOTH, PARTS },
		{ KPI__SHARE, BOTH | BIT(SQUARES), 1 },
		{ KPI__MEAN, BOTH, 1 },
		{ KPI__MEAN, BOTH | BIT(SQUARES) | BIT(CLUSTERS), 1 },
		{ KPI__MEAN, BOTH | BIT(SQUARES), PARTS },
		{ KPI__BALANCE, BOTH, 1 },
		{ KPI__RATIO, BOTH | BIT(WEIGHTS), 1 },
		{ KPI__RATIO, BOTH, 2 },
		{ KPI__GREATEST, BOTH, 1 },
		{ KPI__GREATEST, BIT(GREATEST), 1 },
		{ KPI__GREATEST + 1, BOTH, 1 },
		{ 0, BOTH, 1 },
	};
	const kpi__frame frame = empty_frame();

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		kpi_error error = KPI_ERROR_INIT;
		kpi__shape shape = share_shape("some_metric");
		kpi_result *r;
		kpi_status status;

		shape.kind = cases[i].kind;
		shape.sums = cases[i].sums;
		shape.parts = cases[i].parts;
		status = kpi__result_new(
		    &r, &kpi__default_allocator, &frame, &shape, 1, &error);
		ck_assert_msg(status == KPI_EINVAL, "case %zu", i);
		ck_assert_ptr_null(r);
		ck_assert_ptr_nonnull(strstr(error.text, "some_metric"));
	}
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("figure");
	TCase *tc = tcase_create("figure");

	tcase_add_test(tc, a_share_has_wilson_bounds);
	tcase_add_test(tc, nothing_to_divide_by_is_not_zero_percent);
	tcase_add_test(tc, no_known_value_is_no_data_whatever_the_counts);
	tcase_add_test(tc, mixed_scales_have_no_value);
	tcase_add_test(tc, a_count_is_its_own_denominator);
	tcase_add_test(tc, eleven_of_ten_is_a_ratio_without_bounds);
	tcase_add_test(tc, a_balance_is_in_points_and_its_bounds_hold_it);
	tcase_add_test(tc, a_mean_has_bounds_of_t);
	tcase_add_test(tc, a_mean_of_sums_over_legs_is_bounded_by_interaction);
	tcase_add_test(tc, split_credit_counts_as_fewer_whole_units);
	tcase_add_test(tc, the_greatest_is_its_value_and_of_none_no_data);
	tcase_add_test(tc, a_sum_beyond_64_bits_is_refused_not_wrapped);
	tcase_add_test(tc, past_the_end_there_is_no_figure);
	tcase_add_test(tc, a_shape_without_the_sums_of_its_kind_is_refused);
	tcase_add_test(tc, a_shape_that_is_judged_has_its_sums);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
