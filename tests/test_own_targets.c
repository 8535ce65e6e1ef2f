/* SPDX-License-Identifier: MIT */
/*
 * Targets of single groups, on stores filled by hand: sales are to reach 90 %,
 * care 80 %. Verdicts are held against a count apart from the library's.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "asked.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define DAYS         6
#define CALLS        10

/* Of ten calls that day, how many were answered within 20 s; everybody is
 * called by the name. */
static void
add_day(kpi_store *store, const char *name, int day, int in)
{
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_OK);
	for (int i = 0; i < CALLS; i++) {
		kpi_visit visit = visit_of(KPI_OUTCOME_ANSWERED,
		    i < in ? 5 * SECOND : 40 * SECOND, MINUTE);
		kpi_interaction whole = interaction_of(
		    MONDAY + day * DAY + 10 * HOUR, &visit, 1);

		visit.queue = visit.team = visit.agent = name;
		whole.channel = name;
		add(store, &whole);
	}
	ck_assert_int_eq(kpi_store_commit(store, &error), KPI_OK);
}

static void
add_days(kpi_store *store, const char *name, const int in[DAYS])
{
	for (int day = 0; day < DAYS; day++)
		add_day(store, name, day, in[day]);
}

static const int good[] = { 10, 9, 10, 9, 9, 10 };  /* 95 % */
static const int fair[] = { 9, 8, 9, 10, 7, 9 };    /* 86.7 % */
static const int worst[] = { 5, 6, 4, 5, 7, 5 };    /* 53.3 % */

static kpi_definition *
parsed(const char *text)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d;

	ck_assert_msg(kpi_definition_parse(&d, text, NULL, &error) == KPI_OK,
	    "%s: %s", text, error.text);
	return d;
}

static kpi_result *
measured(kpi_store *store, const kpi_query *query, const char *text)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d = parsed(text);
	kpi_result *result;

	ck_assert_msg(kpi_measure(&result, store, query,
			  (const kpi_definition *const *)&d, 1,
			  &error) == KPI_OK,
	    "%s", error.text);
	kpi_definition_free(d);
	return result;
}

static kpi_query *
grouped(kpi_by by)
{
	kpi_query *query = new_query();

	ck_assert_int_eq(kpi_query_by(query, by), KPI_OK);
	return query;
}

/* care, other, sales and, last, the unknown one. */
static kpi_store *
four_groups(void)
{
	kpi_store *store = new_store();

	add_days(store, "sales", fair);
	add_days(store, "care", good);
	add_days(store, "other", good);
	add_days(store, NULL, worst);
	return store;
}

static int
is_target(const kpi_figure *f, double goal, double ceiling)
{
	return (f->target == goal || (isnan(f->target) && isnan(goal))) &&
	    (f->target_ceiling == ceiling ||
		(isnan(f->target_ceiling) && isnan(ceiling)));
}

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
	ck_assert_int_eq(
	    kpi_query_where(query, KPI_BY_QUEUE, "sales"), KPI_OK);
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
		{ "service_level", "target_ceiling[queue=care]=0.97 "
				   "target_goal=0.8 target_goal[queue=care]=0.5",
		    { 0.5, 0.97 }, { 0.8, NAN }, KPI_VERDICT_MET_WITHIN_NOISE,
		    KPI_VERDICT_MET_WITHIN_NOISE },
		{ "service_level", "target_ceiling=0.9 "
				   "target_ceiling[queue=care]=none "
				   "target_goal=0.5",
		    { 0.5, NAN }, { 0.5, 0.9 }, KPI_VERDICT_MET,
		    KPI_VERDICT_MET_WITHIN_NOISE },
		{ "service_level", "target_goal=0.8 "
				   "target_goal[queue=care]=none",
		    { NAN, NAN }, { 0.8, NAN }, KPI_VERDICT_NONE,
		    KPI_VERDICT_MET_WITHIN_NOISE },
		{ "average_speed_of_answer", "target_goal[queue=care]=none",
		    { NAN, NAN }, { 20000, NAN }, KPI_VERDICT_NONE,
		    KPI_VERDICT_MET },
		{ "average_handle_time", "target_ceiling[queue=care]=70s "
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

static uint32_t seed = 11;

static int
random_below(int n)
{
	seed = seed * UINT32_C(1664525) + UINT32_C(1013904223);
	return (int)((seed >> 8) % (uint32_t)n);
}

/* Both tails of Student's t with 5 degrees of freedom, in closed form. */
static double
beyond(double t)
{
	const double at = atan(fabs(t) / sqrt(5));
	const double c = cos(at);

	return 1 - 2 / acos(-1) * (at + sin(at) * c * (1 + 2 * c * c / 3));
}

static double
chance_of(const int in[DAYS], double goal)
{
	double sum = 0, squares = 0, rate;

	for (int i = 0; i < DAYS; i++)
		sum += in[i];
	rate = sum / (DAYS * CALLS);
	for (int i = 0; i < DAYS; i++)
		squares += pow(in[i] - rate * CALLS, 2);
	return beyond((rate - goal) /
	    (sqrt(DAYS * squares / (DAYS - 1)) / (DAYS * CALLS)));
}

/* Step by step, the least chance that is left at a time. */
static void
holm(const double *chances, int *significant, int count)
{
	int left = 0;

	for (int i = 0; i < count; i++) {
		significant[i] = 0;
		left += !isnan(chances[i]);
	}
	for (; left > 0; left--) {
		int least = -1;

		for (int i = 0; i < count; i++)
			if (!isnan(chances[i]) && !significant[i] &&
			    (least < 0 || chances[i] < chances[least]))
				least = i;
		if (chances[least] > 0.05 / left)
			return;
		significant[least] = 1;
	}
}

#define QUEUES 6

/* Goals of single queues, of all others or none; "f" never has its own. */
static void
random_goals(double goals[QUEUES], char *text, size_t room)
{
	const int general = random_below(2) ? 70 + random_below(25) : 0;
	int size = snprintf(text, room, "service_level");

	if (general)
		size += snprintf(text + size, room - (size_t)size,
		    " target_goal=%.12g", general / 100.0);
	for (int i = 0; i < QUEUES; i++) {
		const int own = 40 + random_below(58);

		goals[i] = general ? general / 100.0 : (double)NAN;
		if (i == QUEUES - 1 || own == general || random_below(3) == 0)
			continue;
		goals[i] = own / 100.0;
		size += snprintf(text + size, room - (size_t)size,
		    " target_goal[queue=%c]=%.12g", 'a' + i, own / 100.0);
	}
	(void)snprintf(text + size, room - (size_t)size, " verdict_by=day");
}

START_TEST(rows_of_different_goals_are_adjusted_together)
{
	int seen[5] = { 0 };

	for (int round = 0; round < 60; round++) {
		kpi_store *store = new_store();
		kpi_query *query = grouped(KPI_BY_QUEUE);
		double goals[QUEUES], chances[QUEUES];
		int in[QUEUES][DAYS], significant[QUEUES];
		char text[512];
		kpi_result *result;

		random_goals(goals, text, sizeof(text));
		for (int i = 0; i < QUEUES; i++) {
			const char name[] = { (char)('a' + i), '\0' };
			const int least = random_below(8);

			for (int day = 0; day < DAYS; day++)
				in[i][day] = least + (day == 0) +
				    random_below(day == 0 ? 1 : CALLS - least);
			add_days(store, name, in[i]);
			chances[i] = isnan(goals[i])
			    ? (double)NAN
			    : chance_of(in[i], goals[i]);
		}
		holm(chances, significant, QUEUES);
		result = measured(store, query, text);
		for (int i = 0; i < QUEUES; i++) {
			const kpi_figure f = figure_at(result, (uint64_t)i);
			const int met = f.value >= goals[i];
			const int32_t expected = isnan(goals[i])
			    ? KPI_VERDICT_NONE
			    : significant[i]
			    ? (met ? KPI_VERDICT_MET : KPI_VERDICT_MISSED)
			    : (met ? KPI_VERDICT_MET_WITHIN_NOISE
				   : KPI_VERDICT_MISSED_WITHIN_NOISE);

			ck_assert_msg(f.verdict == expected,
			    "round %d, queue %c: %d, expected %d of %s", round,
			    'a' + i, (int)f.verdict, (int)expected, text);
			seen[f.verdict]++;
		}
		kpi_result_free(result);
		kpi_query_free(query);
		kpi_store_close(store);
	}
	for (size_t i = 0; i < COUNT(seen); i++)
		ck_assert_int_gt(seen[i], 20);
}
END_TEST

static kpi_result *
again(const kpi_result *result)
{
	kpi_error error = KPI_ERROR_INIT;
	unsigned char bytes[8192];
	kpi_result *loaded;
	uint64_t size;

	ck_assert_int_eq(kpi_result_save(result, bytes, sizeof(bytes), &size,
			     &error),
	    KPI_OK);
	ck_assert_msg(
	    kpi_result_load(&loaded, bytes, size, NULL, &error) == KPI_OK, "%s",
	    error.text);
	return loaded;
}

static void
same_figures(const kpi_result *a, const kpi_result *b)
{
	ck_assert_uint_eq(kpi_result_rows(a), kpi_result_rows(b));
	for (uint64_t i = 0; i < kpi_result_rows(a); i++) {
		const kpi_figure x = figure_at(a, i), y = figure_at(b, i);

		ck_assert_mem_eq(&x, &y, sizeof(x));
	}
}

/* Days 0 to 2, and 3 to 5, each by a store's own query. */
START_TEST(saved_parts_keep_their_targets_and_merge_into_the_whole)
{
	static const char text[] =
	    "service_level target_ceiling[queue=care]=1 target_goal=0.8 "
	    "target_goal[queue=care]=0.9 target_goal[queue=sales]=none "
	    "verdict_by=day";
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store = four_groups();
	kpi_query *query = grouped(KPI_BY_QUEUE);
	kpi_result *whole, *part[2], *made;

	ck_assert_int_eq(
	    kpi_query_partition(query, KPI_PARTITION_DAY), KPI_OK);
	whole = measured(store, query, text);
	made = again(whole);
	same_figures(whole, made);
	kpi_result_free(made);
	for (int i = 0; i < 2; i++) {
		kpi_result *one;

		ck_assert_int_eq(kpi_query_between(query, MONDAY + 3 * i * DAY,
				     MONDAY + 3 * (i + 1) * DAY),
		    KPI_OK);
		one = measured(store, query, text);
		part[i] = again(one);
		kpi_result_free(one);
	}
	ck_assert_msg(
	    kpi_result_merge(part[0], part[1], &error) == KPI_OK, "%s",
	    error.text);
	same_figures(whole, part[0]);
	kpi_result_free(part[1]);
	part[1] = measured(store, query,
	    "service_level target_ceiling[queue=care]=1 target_goal=0.8 "
	    "target_goal[queue=care]=0.91 target_goal[queue=sales]=none "
	    "verdict_by=day");
	ck_assert_int_eq(
	    kpi_result_merge(part[0], part[1], &error), KPI_EMISMATCH);
	kpi_result_free(part[0]);
	kpi_result_free(part[1]);
	kpi_result_free(whole);
	kpi_query_free(query);
	kpi_store_close(store);
}
END_TEST

/* A group that is in one part alone is found by its name in the union. */
START_TEST(a_group_of_one_part_has_its_target_in_the_union)
{
	static const char text[] = "service_level target_goal[queue=care]=0.8 "
				   "target_goal[queue=sales]=0.9 verdict_by=day";
	kpi_error error = KPI_ERROR_INIT;
	kpi_query *query = grouped(KPI_BY_QUEUE);
	kpi_store *stores[2] = { new_store(), new_store() };
	kpi_result *part[2];
	kpi_figure f;

	ck_assert_int_eq(
	    kpi_query_partition(query, KPI_PARTITION_DAY), KPI_OK);
	add_days(stores[0], "sales", good);
	for (int day = 0; day < DAYS; day++) {
		add_day(stores[1], "care", 7 + day, good[day]);
		add_day(stores[1], "other", 7 + day, good[day]);
	}
	for (int i = 0; i < 2; i++)
		part[i] = measured(stores[i], query, text);
	ck_assert_msg(
	    kpi_result_merge(part[0], part[1], &error) == KPI_OK, "%s",
	    error.text);
	f = figure_at(part[0], 0);
	ck_assert(is_target(&f, 0.8, NAN));
	f = figure_at(part[0], 1);
	ck_assert(is_target(&f, NAN, NAN));
	f = figure_at(part[0], 2);
	ck_assert(is_target(&f, 0.9, NAN));
	for (int i = 0; i < 2; i++) {
		kpi_result_free(part[i]);
		kpi_store_close(stores[i]);
	}
	kpi_query_free(query);
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
		    "          89.3\u2013100.0 %       ",
		    "90.0\u201399.0 %" },
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

	tcase_add_loop_test(tc, a_row_has_the_target_of_its_group, 0,
	    COUNT(dimensions));
	tcase_add_test(tc, what_is_not_grouped_by_it_has_the_target_of_all);
	tcase_add_test(tc, a_group_may_have_a_band_or_no_target_at_all);
	tcase_add_test(tc, thresholds_may_differ_by_another_dimension);
	tcase_add_test(tc, rows_of_different_goals_are_adjusted_together);
	tcase_add_test(
	    tc, saved_parts_keep_their_targets_and_merge_into_the_whole);
	tcase_add_test(tc, a_group_of_one_part_has_its_target_in_the_union);
	tcase_add_test(tc, what_is_printed_has_each_row_by_its_own);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
