/* SPDX-License-Identifier: MIT */
/*
 * Verdicts on targets of single groups: held against a count apart from the
 * library's, and after results were saved and merged.
 */
#include "own_targets.h"

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

	ck_assert_int_eq(
	    kpi_result_save(result, bytes, sizeof(bytes), &size, &error),
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

	ck_assert_int_eq(kpi_query_partition(query, KPI_PARTITION_DAY), KPI_OK);
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
	ck_assert_msg(kpi_result_merge(part[0], part[1], &error) == KPI_OK,
	    "%s", error.text);
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
	static const char text[] =
	    "service_level target_goal[queue=care]=0.8 "
	    "target_goal[queue=sales]=0.9 verdict_by=day";
	kpi_error error = KPI_ERROR_INIT;
	kpi_query *query = grouped(KPI_BY_QUEUE);
	kpi_store *stores[2] = { new_store(), new_store() };
	kpi_result *part[2];
	kpi_figure f;

	ck_assert_int_eq(kpi_query_partition(query, KPI_PARTITION_DAY), KPI_OK);
	add_days(stores[0], "sales", good);
	for (int day = 0; day < DAYS; day++) {
		add_day(stores[1], "care", 7 + day, good[day]);
		add_day(stores[1], "other", 7 + day, good[day]);
	}
	for (int i = 0; i < 2; i++)
		part[i] = measured(stores[i], query, text);
	ck_assert_msg(kpi_result_merge(part[0], part[1], &error) == KPI_OK,
	    "%s", error.text);
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

static Suite *
suite(void)
{
	Suite *s = suite_create("own_verdicts");
	TCase *tc = tcase_create("own_verdicts");

	tcase_add_test(tc, rows_of_different_goals_are_adjusted_together);
	tcase_add_test(
	    tc, saved_parts_keep_their_targets_and_merge_into_the_whole);
	tcase_add_test(tc, a_group_of_one_part_has_its_target_in_the_union);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
