/* SPDX-License-Identifier: MIT */
/* Bounds by days of what agents' time is in, beside the formula over the same
 * definition's figures of each day. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "agent_day.h"
#include "naive_clusters.h"
#include "runner.h"

#define DAYS   150 /* with the change to summer time */
#define AGENTS 4

#define CONTACTS_PER "contacts_per_agent_denominator"

static uint32_t
random_below(uint32_t below)
{
	static uint64_t state = 20261128;

	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(state >> 33) % below;
}

/* Shifts over midnight too, days without anybody, an agent without a name, one
 * who never logs in. */
static void
add_months(void)
{
	static const char *const agents[AGENTS] = { "amira", "ben", "chloe",
		NULL };

	for (int64_t day = 0; day < DAYS; day++)
		for (int a = 0; a < AGENTS; a++) {
			const int64_t begin = MONDAY + day * DAY +
			    random_below(24) * HOUR + random_below(60) * MINUTE;

			if (day % 7 > 4 || random_below(9) == 0)
				continue;
			if (a < 2)
				add_activity(agents[a], KPI_ACTIVITY_READY,
				    begin, begin + 6 * HOUR);
			if (a < 2 && random_below(2))
				add_activity(agents[a], KPI_ACTIVITY_BREAK,
				    begin + 2 * HOUR, begin + 3 * HOUR);
			for (uint32_t n = random_below(9); n > 0; n--) {
				const int64_t at =
				    begin + random_below(6 * 60) * MINUTE;

				add_leg(agents[a], at,
				    at + (1 + random_below(20)) * MINUTE);
			}
		}
}

static const struct {
	const char *text, *kind, *target;
} asked[] = {
	{ "occupancy", "share", "0.2 target_ceiling=0.4" },
	{ "utilisation", "share", "0.2 target_ceiling=0.4" },
	{ "occupancy occupancy_numerator=contact,break", "ratio",
	    "0.2 target_ceiling=0.4" },
	{ "contacts_per_agent " CONTACTS_PER "=staffed_hours", "an hour",
	    "0.5 target_ceiling=1" },
};
static const int32_t buckets[] = { KPI_BUCKET_NONE, KPI_BUCKET_WEEK,
	KPI_BUCKET_MONTH, KPI_BUCKET_QUARTER, KPI_BUCKET_YEAR };

#define ASKED   ((int)(sizeof(asked) / sizeof(*asked)))
#define BUCKETS ((int)(sizeof(buckets) / sizeof(*buckets)))

/* A range that cuts days at both ends. */
static kpi_query *
query_of(int32_t bucket, int by_agent)
{
	kpi_query *query = new_query();

	ck_assert_int_eq(
	    kpi_query_time_zone(query, "Europe/Berlin", NULL), KPI_OK);
	ck_assert_int_eq(kpi_query_between(query, at(15, 30) + DAY,
			     at(9, 0) + (DAYS - 9) * DAY),
	    KPI_OK);
	ck_assert_int_eq(kpi_query_by_time(query, bucket), KPI_OK);
	if (by_agent)
		ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	return query;
}

START_TEST(bounds_are_those_of_the_figures_of_the_days)
{
	static naive_clusters of;
	const int which = _i % ASKED, bucket = _i / ASKED % BUCKETS;
	const int by_agent = _i / ASKED / BUCKETS;
	kpi_query *query = query_of(buckets[bucket], by_agent);
	kpi_query *by_day = query_of(KPI_BUCKET_DAY, by_agent);
	kpi_result *coarse, *fine;
	uint64_t bounded = 0;
	char text[300];

	add_months();
	(void)snprintf(text, sizeof(text),
	    "%s bounds_by=day verdict_by=day target_goal=%s", asked[which].text,
	    asked[which].target);
	coarse = ask_rows(store, query, text);
	fine = ask_rows(store, by_day, asked[which].text);
	for (uint64_t row = 0; row < kpi_result_rows(coarse); row++) {
		const kpi_figure f = figure_at(coarse, row);

		if (f.state != KPI_STATE_OK) {
			ck_assert(isnan(f.lower) && isnan(f.verdict_lower));
			continue;
		}
		naive_gather(&of, coarse, row, fine);
		ck_assert(of.x == f.numerator && of.n == f.denominator);
		naive_check(&of, asked[which].kind, &f, f.lower, f.upper, text);
		naive_check(&of, asked[which].kind, &f, f.verdict_lower,
		    f.verdict_upper, text);
		ck_assert_int_eq(f.verdict == KPI_VERDICT_NONE, isnan(f.lower));
		bounded += isnan(f.lower) ? 0 : 1;
	}
	ck_assert_uint_gt(bounded, 0);
	kpi_result_free(coarse);
	kpi_result_free(fine);
	kpi_query_free(by_day);
	kpi_query_free(query);
}
END_TEST

START_TEST(figures_are_those_without_bounds)
{
	kpi_query *query = query_of(buckets[_i % BUCKETS], 1);
	kpi_result *plain, *bounded;

	add_months();
	plain = ask_rows(store, query, "occupancy");
	bounded = ask_rows(store, query, "occupancy bounds_by=day");
	ck_assert_uint_eq(kpi_result_rows(plain), kpi_result_rows(bounded));
	for (uint64_t row = 0; row < kpi_result_rows(plain); row++) {
		const kpi_figure a = figure_at(plain, row);
		const kpi_figure b = figure_at(bounded, row);

		ck_assert_int_eq(a.numerator, b.numerator);
		ck_assert_int_eq(a.denominator, b.denominator);
		ck_assert_int_eq(a.unknown, b.unknown);
		ck_assert_int_eq(a.no_activity, b.no_activity);
		ck_assert_int_eq(a.not_counted, b.not_counted);
		ck_assert_int_eq(a.state, b.state);
		ck_assert(isnan(a.lower));
	}
	kpi_result_free(plain);
	kpi_result_free(bounded);
	kpi_query_free(query);
}
END_TEST

/* A day is one draw: it says nothing of how days differ. */
START_TEST(within_a_day_there_are_no_bounds)
{
	static const int32_t within[] = { KPI_BUCKET_QUARTER_HOUR,
		KPI_BUCKET_HALF_HOUR, KPI_BUCKET_HOUR, KPI_BUCKET_DAY };
	kpi_query *query = query_of(within[_i], 0);
	kpi_result *result;

	add_months();
	result = ask_rows(store, query, "occupancy bounds_by=day");
	ck_assert_uint_gt(kpi_result_rows(result), 100);
	for (uint64_t row = 0; row < kpi_result_rows(result); row++)
		ck_assert(isnan(figure_at(result, row).lower));
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

/* Nor where the days' agents do not add up to the month's. */
START_TEST(what_has_no_days_has_no_bounds)
{
	static const char *const texts[] = {
		"contacts_per_agent bounds_by=day",
		("contacts_per_agent bounds_by=day " CONTACTS_PER "=staffed"),
		"occupancy",
		"occupancy bounds_by=customer",
	};

	add_months();
	ck_assert(isnan(ask(store, NULL, texts[_i]).lower));
}
END_TEST

/* Its agents are parted, and so are the days. */
START_TEST(by_agent_bounds_by_day_do_not_merge)
{
	kpi_query *query = new_query();
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *a, *b;

	add_months();
	ck_assert_int_eq(
	    kpi_query_partition(query, KPI_PARTITION_AGENT), KPI_OK);
	a = ask_rows(store, query, "occupancy bounds_by=day");
	b = ask_rows(store, query, "occupancy bounds_by=day");
	ck_assert_int_eq(kpi_result_merge(a, b, &error), KPI_EMISMATCH);
	kpi_result_free(a);
	kpi_result_free(b);
	a = ask_rows(store, query, "occupancy");
	b = ask_rows(store, query, "occupancy");
	ck_assert_msg(
	    kpi_result_merge(a, b, &error) == KPI_OK, "%s", error.text);
	kpi_result_free(a);
	kpi_result_free(b);
	kpi_query_free(query);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("agent days");
	TCase *tc = tcase_create("agent days");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, bounds_are_those_of_the_figures_of_the_days, 0,
	    2 * ASKED * BUCKETS);
	tcase_add_loop_test(tc, figures_are_those_without_bounds, 0, BUCKETS);
	tcase_add_loop_test(tc, within_a_day_there_are_no_bounds, 0, 4);
	tcase_add_loop_test(tc, what_has_no_days_has_no_bounds, 0, 4);
	tcase_add_test(tc, by_agent_bounds_by_day_do_not_merge);
	suite_add_tcase(s, tc);
	return s;
}
