/* SPDX-License-Identifier: MIT */
/* Targets of single groups, on stores filled by hand. */
#include "own_targets.h"

static const struct {
	kpi_by by;
	const char *name;
} dimensions[] = {
	{ KPI_BY_QUEUE, "queue" },
	{ KPI_BY_CHANNEL, "channel" },
	{ KPI_BY_TEAM, "team" },
	{ KPI_BY_AGENT, "agent" },
};

START_TEST(a_row_has_the_target_of_its_group)
{
	static const struct {
		double target;
		int32_t verdict;
	} rows[2][4] = {
		{ { 0.8, KPI_VERDICT_MET }, { NAN, KPI_VERDICT_NONE },
		    { 0.99, KPI_VERDICT_MISSED }, { NAN, KPI_VERDICT_NONE } },
		{ { 0.8, KPI_VERDICT_MET }, { 0.7, KPI_VERDICT_MET },
		    { 0.99, KPI_VERDICT_MISSED }, { 0.7, KPI_VERDICT_MISSED } },
	};
	const char *const name = dimensions[_i].name;
	kpi_store *store = four_groups();
	kpi_query *query = grouped(dimensions[_i].by);

	for (int general = 0; general < 2; general++) {
		char text[256];
		kpi_result *result;

		(void)snprintf(text, sizeof(text),
		    "service_level%s target_goal[%s=care]=0.8 "
		    "target_goal[%s=sales]=0.99 verdict_by=day",
		    general ? " target_goal=0.7" : "", name, name);
		result = measured(store, query, text);
		ck_assert_uint_eq(kpi_result_rows(result), 4);
		ck_assert_ptr_null(kpi_result_group(result, 3, 0));
		for (uint64_t i = 0; i < 4; i++) {
			const kpi_figure f = figure_at(result, i);

			ck_assert_msg(
			    is_target(&f, rows[general][i].target, NAN) &&
				f.verdict == rows[general][i].verdict &&
				f.verdict_lower < f.value,
			    "%s %d: row %d", name, general, (int)i);
		}
		kpi_result_free(result);
	}
	kpi_query_free(query);
	kpi_store_close(store);
}
END_TEST

/* Also where a filter leaves one queue alone: what is grouped says whose. */
START_TEST(what_is_not_grouped_by_it_has_the_target_of_all)
{
	static const char text[] =
	    "service_level target_goal=0.7 target_goal[queue=sales]=0.99 "
	    "verdict_by=day";
	static const char alone[] =
	    "service_level target_goal[queue=sales]=0.99 verdict_by=day";
	kpi_store *store = four_groups();
	kpi_query *query = new_query();
	kpi_result *result = measured(store, query, text);
	kpi_figure f = figure_at(result, 0);

	ck_assert_int_eq(f.verdict, KPI_VERDICT_MET);
	ck_assert(is_target(&f, 0.7, NAN));
	kpi_result_free(result);
	ck_assert_int_eq(kpi_query_where(query, KPI_BY_QUEUE, "sales"), KPI_OK);
	result = measured(store, query, text);
	f = figure_at(result, 0);
	ck_assert(is_target(&f, 0.7, NAN));
	kpi_result_free(result);
	result = measured(store, query, alone);
	f = figure_at(result, 0);
	ck_assert(is_target(&f, NAN, NAN));
	ck_assert_int_eq(f.verdict, KPI_VERDICT_NONE);
	kpi_result_free(result);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	result = measured(store, query, text);
	f = figure_at(result, 0);
	ck_assert_str_eq(kpi_result_group(result, 0, 0), "sales");
	ck_assert(is_target(&f, 0.7, NAN));
	kpi_result_free(result);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_QUEUE), KPI_OK);
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_DAY), KPI_OK);
	result = measured(store, query, text);
	ck_assert_uint_eq(kpi_result_rows(result), DAYS);
	for (uint64_t i = 0; i < DAYS; i++) {
		f = figure_at(result, i);
		ck_assert(is_target(&f, 0.99, NAN));
	}
	kpi_result_free(result);
	kpi_query_free(query);
	kpi_store_close(store);
}
END_TEST

/* All handle times are 60 s. */
START_TEST(a_group_may_have_a_band_or_no_target_at_all)
{
	static const struct {
		const char *metric, *targets;
		double care[2], sales[2];
		int32_t care_verdict, sales_verdict;
	} cases[] = {
		{ "service_level",
		    "target_ceiling[queue=care]=0.97 "
		    "target_goal=0.8 target_goal[queue=care]=0.5",
		    { 0.5, 0.97 }, { 0.8, NAN }, KPI_VERDICT_MET_WITHIN_NOISE,
		    KPI_VERDICT_MET_WITHIN_NOISE },
		{ "service_level",
		    "target_ceiling=0.9 "
		    "target_ceiling[queue=care]=none "
		    "target_goal=0.5",
		    { 0.5, NAN }, { 0.5, 0.9 }, KPI_VERDICT_MET,
		    KPI_VERDICT_MET_WITHIN_NOISE },
		{ "service_level",
		    "target_goal=0.8 "
		    "target_goal[queue=care]=none",
		    { NAN, NAN }, { 0.8, NAN }, KPI_VERDICT_NONE,
		    KPI_VERDICT_MET_WITHIN_NOISE },
		{ "average_speed_of_answer", "target_goal[queue=care]=none",
		    { NAN, NAN }, { 20000, NAN }, KPI_VERDICT_NONE,
		    KPI_VERDICT_MET },
		{ "average_handle_time",
		    "target_ceiling[queue=care]=70s "
		    "target_ceiling[queue=sales]=50s "
		    "target_goal[queue=care]=50s "
		    "target_goal[queue=sales]=40s",
		    { 50000, 70000 }, { 40000, 50000 }, KPI_VERDICT_MET,
		    KPI_VERDICT_MISSED },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		kpi_store *store = four_groups();
		kpi_query *query = grouped(KPI_BY_QUEUE);
		char text[256];
		kpi_result *result;
		kpi_figure f;

		(void)snprintf(text, sizeof(text), "%s %s verdict_by=day",
		    cases[i].metric, cases[i].targets);
		result = measured(store, query, text);
		f = figure_at(result, 0);
		ck_assert_msg(
		    is_target(&f, cases[i].care[0], cases[i].care[1]) &&
			f.verdict == cases[i].care_verdict,
		    "case %d: care %d", (int)i, (int)f.verdict);
		f = figure_at(result, 2);
		ck_assert_msg(
		    is_target(&f, cases[i].sales[0], cases[i].sales[1]) &&
			f.verdict == cases[i].sales_verdict,
		    "case %d: sales %d", (int)i, (int)f.verdict);
		kpi_result_free(result);
		kpi_query_free(query);
		kpi_store_close(store);
	}
}
END_TEST

/* A threshold by queue beside it: of care 40 s are in time too. */
START_TEST(a_target_taken_back_leaves_nothing)
{
	kpi_definition *d = definition_of("service_level");
	static const struct {
		kpi_by by;
		const char *name, *value, *text;
	} steps[] = {
		{ KPI_BY_QUEUE, "a", "0.9",
		    "service_level target_goal[queue=a]=0.9" },
		{ KPI_BY_QUEUE, "a", "none", "service_level" },
		{ KPI_BY_TEAM, "b", "0.9",
		    "service_level target_goal[team=b]=0.9" },
		{ KPI_BY_TEAM, "b", "none", "service_level" },
		{ KPI_BY_QUEUE, "b", "0.7",
		    "service_level target_goal[queue=b]=0.7" },
	};

	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		ck_assert_int_eq(
		    kpi_definition_set_for(d, "target_goal", steps[i].by,
			steps[i].name, steps[i].value, NULL),
		    KPI_OK);
		ck_assert_str_eq(kpi_definition_text(d), steps[i].text);
	}
	kpi_definition_free(d);
}
END_TEST

START_TEST(thresholds_may_differ_by_another_dimension)
{
	kpi_store *store = four_groups();
	kpi_query *query = grouped(KPI_BY_TEAM);
	kpi_result *result = measured(store, query,
	    "service_level service_level_threshold[queue=care]=40s "
	    "target_goal[team=sales]=0.8 verdict_by=day");
	kpi_figure f = figure_at(result, 0);

	ck_assert_int_eq(f.numerator, 60);
	ck_assert(is_target(&f, NAN, NAN));
	f = figure_at(result, 2);
	ck_assert_int_eq(f.numerator, 52);
	ck_assert(is_target(&f, 0.8, NAN));
	kpi_result_free(result);
	kpi_query_free(query);
	kpi_store_close(store);
}
END_TEST

static int
collect(void *ctx, const char *text, size_t size)
{
	char *const all = ctx;

	strncat(all, text, size);
	return 0;
}

START_TEST(what_is_printed_has_each_row_by_its_own)
{
	static const struct {
		int32_t format;
		const char *care, *other, *sales;
	} cases[] = {
		{ KPI_FORMAT_TABLE, "80.0 %  89.3\u2013100.0 %  met ",
		    "          89.3\u2013100.0 %       ", "90.0\u201399.0 %" },
		{ KPI_FORMAT_CSV, ",ok,0.8,,met,0.", ",ok,,,,0.",
		    ",ok,0.9,0.99,missed within noise,0." },
		{ KPI_FORMAT_JSON,
		    "\"target\":0.8,\"verdict\":\"met\",\"verdict_lower\":0.",
		    "\"target\":null,\"verdict\":null,\"verdict_lower\":0.",
		    "\"target\":0.9,\"target_ceiling\":0.99,\"verdict\":"
		    "\"missed within noise\"" },
	};
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store = four_groups();
	kpi_query *query = grouped(KPI_BY_QUEUE);
	kpi_result *result = measured(store, query,
	    "service_level target_ceiling[queue=sales]=0.99 "
	    "target_goal[queue=care]=0.8 target_goal[queue=sales]=0.9 "
	    "verdict_by=day");

	for (size_t i = 0; i < COUNT(cases); i++) {
		char all[8192] = "";
		const char *care, *other, *sales;

		ck_assert_int_eq(kpi_result_print(result, cases[i].format,
				     collect, all, &error),
		    KPI_OK);
		care = strstr(all, cases[i].care);
		ck_assert_msg(care != NULL, "%s", all);
		other = strstr(care, cases[i].other);
		ck_assert_msg(other != NULL, "%s", all);
		sales = strstr(other, cases[i].sales);
		ck_assert_msg(sales != NULL, "%s", all);
		ck_assert_ptr_null(strstr(all, "not judged"));
	}
	kpi_result_free(result);
	kpi_query_free(query);
	kpi_store_close(store);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("own_targets");
	TCase *tc = tcase_create("own_targets");

	tcase_add_loop_test(
	    tc, a_row_has_the_target_of_its_group, 0, COUNT(dimensions));
	tcase_add_test(tc, what_is_not_grouped_by_it_has_the_target_of_all);
	tcase_add_test(tc, a_group_may_have_a_band_or_no_target_at_all);
	tcase_add_test(tc, a_target_taken_back_leaves_nothing);
	tcase_add_test(tc, thresholds_may_differ_by_another_dimension);
	tcase_add_test(tc, what_is_printed_has_each_row_by_its_own);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
