/* SPDX-License-Identifier: MIT */
/*
 * What is one draw of bounds by day and by customer, on stores filled by hand.
 */
#include <check.h>
#include <math.h>
#include <string.h>

#include "asked.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define ROUNDING     1e-12

/* Student's t at 0.95. */
#define T4 2.7764451051977987
#define T5 2.570581835636314

/* Calls about midnight in Berlin are of two days there, of one in UTC. */
START_TEST(days_are_those_of_the_zone)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store = new_store();
	kpi_query *query = new_query();

	for (int day = 0; day < 3; day++) {
		call of = { MONDAY + day * DAY + 22 * HOUR + 30 * MINUTE,
			KPI_OUTCOME_ANSWERED, SECOND, SECOND, NULL, NULL,
			NULL };

		add_calls(store, of, 1 + (uint64_t)day);
		of.start += HOUR;
		add_calls(store, of, 1);
	}
	ck_assert(isnan(
	    ask(store, query, "average_speed_of_answer bounds_by=day").lower));
	ck_assert_int_eq(
	    kpi_query_time_zone(query, "Europe/Berlin", &error), KPI_OK);
	ck_assert(isnan(
	    ask(store, query, "average_speed_of_answer bounds_by=day").lower));
	/* a fourth evening: five mornings and evenings begin five days */
	add_calls(store,
	    (call){ MONDAY + 3 * DAY + 23 * HOUR + 30 * MINUTE,
		KPI_OUTCOME_ANSWERED, SECOND, SECOND, NULL, NULL, NULL },
	    1);
	ck_assert_near(
	    ask(store, query, "average_speed_of_answer bounds_by=day").lower,
	    1000, 0);
	kpi_query_free(query);
	query = new_query();
	ck_assert(isnan(
	    ask(store, query, "average_speed_of_answer bounds_by=day").lower));
	kpi_query_free(query);
	kpi_store_close(store);
}
END_TEST

/* An interaction of two rows whose customer nobody knows. */
static void
add_nameless(
    kpi_store *store, int64_t start, const char *first, const char *second)
{
	kpi_visit visits[2];
	kpi_interaction whole;

	visits[0] = visit_of(KPI_OUTCOME_OVERFLOWED, 5 * SECOND, KPI_UNKNOWN);
	visits[0].queue = first;
	visits[1] = visit_of(KPI_OUTCOME_ANSWERED, 5 * SECOND, SECOND);
	visits[1].queue = second;
	whole = interaction_of(start, visits, 2);
	add(store, &whole);
}

START_TEST(each_unknown_customer_is_one_alone)
{
	const char *text = "service_level bounds_by=customer "
			   "service_level_denominator=queued";
	kpi_store *store = new_store();
	kpi_query *query = new_query();
	kpi_result *result;
	kpi_figure f;

	for (int i = 0; i < 4; i++)
		add_nameless(store, MONDAY + i * MINUTE, "a", "b");
	ck_assert(isnan(ask(store, NULL, text).lower));
	/* one more interaction is one more customer, of two visits */
	add_nameless(store, MONDAY + DAY, "a", "a");
	f = ask(store, NULL, text);
	ck_assert_near(f.value, 0.5, 0);
	ck_assert_near(f.lower, 0.5, 0);
	ck_assert_near(f.upper, 0.5, 0);
	/* of queue a five, of queue b four */
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_QUEUE), KPI_OK);
	result = ask_rows(store, query, text);
	ck_assert_near(figure_at(result, 0).value, 1.0 / 6, ROUNDING);
	/* t(4) sqrt(5/4 (4/36 + (1 - 2/6)^2)) / 6, cut off at 0 */
	ck_assert_near(figure_at(result, 0).upper,
	    1.0 / 6 + T4 * sqrt(1.25 * (4.0 / 36 + 4.0 / 9)) / 6, ROUNDING);
	ck_assert_near(figure_at(result, 0).lower, 0, 0);
	ck_assert(isnan(figure_at(result, 1).lower));
	kpi_result_free(result);
	kpi_query_free(query);
	kpi_store_close(store);
}
END_TEST

/* Two answers of one customer on two days: the later one alone is a draw. */
START_TEST(a_latest_answer_stands_on_its_own_day)
{
	kpi_store *store = new_store();
	kpi_visit visit = visit_of(KPI_OUTCOME_ANSWERED, SECOND, SECOND);
	static const struct {
		const char *customer;
		int day, mark;
	} answers[] = { { "a", 0, 1 }, { "a", 1, 5 }, { "b", 1, 5 },
		{ "b", 0, 1 }, { "c", 2, 1 }, { "d", 3, 5 }, { NULL, 4, 5 },
		{ NULL, 5, 1 } };
	kpi_figure f;

	for (size_t i = 0; i < COUNT(answers); i++) {
		kpi_interaction whole =
		    interaction_of(MONDAY + answers[i].day * DAY, &visit, 1);

		whole.customer = answers[i].customer;
		whole.csat = answers[i].mark;
		add(store, &whole);
	}
	/* days 1 to 5 have 2/2, 0/1, 1/1, 1/1, 0/1: 4/6 */
	f = ask(store, NULL, "csat csat_per=customer bounds_by=day");
	ck_assert_near(f.value, 4.0 / 6, ROUNDING);
	ck_assert_near(f.lower,
	    fmax(0,
		4.0 / 6 -
		    T4 *
			sqrt(1.25 *
			    (4.0 / 9 + 4.0 / 9 + 3 * 1.0 / 9 - 1.0 / 9 +
				4.0 / 9)) /
			6),
	    ROUNDING);
	/* six customers, 4 of 6: sum of squares 4/9 + 4/9 + 4/9 */
	f = ask(store, NULL, "csat csat_per=customer bounds_by=customer");
	ck_assert_near(
	    f.lower, 4.0 / 6 - T5 * sqrt(1.2 * 12 / 9) / 6, ROUNDING);
	kpi_store_close(store);
}
END_TEST

/* Each day amira and ben share a contact, and amira has one more. */
START_TEST(split_credit_is_split_over_the_days)
{
	kpi_store *store = new_store();
	kpi_query *query = new_query();
	kpi_result *result;
	double x = 0, sum = 0, ratio;

	for (int day = 0; day < 6; day++) {
		kpi_visit visits[2];
		kpi_interaction whole;

		visits[0] = visit_of(KPI_OUTCOME_ANSWERED, SECOND, SECOND);
		visits[0].agent = "amira";
		visits[1] = visits[0];
		visits[1].agent = "ben";
		whole = interaction_of(MONDAY + day * DAY, visits, 2);
		whole.resolved = day % 2;
		add(store, &whole);
		whole.visit_count = 1;
		whole.resolved = day < 2;
		add(store, &whole);
		x += (day % 2) / 2.0 + (day < 2);
	}
	ratio = x / 9;
	for (int day = 0; day < 6; day++)
		sum += pow((day % 2) / 2.0 + (day < 2) - ratio * 1.5, 2);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	result = ask_rows(
	    store, query, "resolution_rate credit=equal bounds_by=day");
	ck_assert_near(figure_at(result, 0).value, ratio, ROUNDING);
	ck_assert_near(figure_at(result, 0).upper,
	    ratio + T5 * sqrt(1.2 * sum) / 9, ROUNDING);
	kpi_result_free(result);
	kpi_query_free(query);
	kpi_store_close(store);
}
END_TEST

/* Issues take contacts: unlike counts have draws of days alone. */
START_TEST(ratios_of_unlike_counts_have_bounds_by_day_only)
{
	static const char *const without[] = { "contacts_per_issue",
		("contacts_per_issue bounds_by=customer verdict_by=customer "
		 "target_goal=1.5"),
		"service_level anchor=own_event",
		"service_level anchor=own_event bounds_by=customer" };
	static const char *const by_day[] = {
		"contacts_per_issue bounds_by=day repeat_edge=include",
		"service_level anchor=own_event bounds_by=day",
		("abandonment_rate bounds_by=day "
		 "abandonment_numerator=answered "
		 "abandonment_denominator=answered_out")
	};
	kpi_store *store = new_store();

	for (int day = 0; day < 6; day++)
		for (int i = 0; i < 6; i++) {
			call of = { MONDAY + day * DAY, KPI_OUTCOME_ANSWERED,
				i % 2 == 0 ? SECOND : MINUTE, SECOND,
				i + day < 8 ? "a" : "b", NULL, NULL };

			add_calls(store, of, 1);
		}
	for (size_t i = 0; i < COUNT(without); i++) {
		const kpi_figure f = ask(store, NULL, without[i]);

		ck_assert_msg(isnan(f.lower), "%s", without[i]);
		ck_assert_int_eq(f.bounds_by, KPI_BOUNDS_NONE);
		ck_assert_int_eq(f.verdict, KPI_VERDICT_NONE);
	}
	for (size_t i = 0; i < COUNT(by_day); i++) {
		const kpi_figure f = ask(store, NULL, by_day[i]);

		ck_assert_msg(!isnan(f.lower), "%s", by_day[i]);
		ck_assert_int_eq(f.unit, KPI_UNIT_RATIO);
	}
	kpi_store_close(store);
}
END_TEST

/* Five calls of a century, each in 720720 parts, are beyond 64 bits in a day
 * and within them where each has a day of its own. */
START_TEST(a_day_beyond_64_bits_is_refused)
{
	for (int days_apart = 0; days_apart < 2; days_apart++) {
		kpi_error error = KPI_ERROR_INIT;
		kpi_store *store = new_store();
		kpi_query *query = new_query();
		kpi_definition *d =
		    definition_of("average_speed_of_answer unit=interaction "
				  "credit=equal bounds_by=day");
		kpi_result *result;
		kpi_status status;

		for (int i = 0; i < 5; i++) {
			const call of = { MONDAY + i * days_apart * DAY,
				KPI_OUTCOME_ANSWERED, INT64_C(3155760000000),
				SECOND, NULL, "amira", NULL };

			add_calls(store, of, 1);
		}
		ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
		status = kpi_measure(&result, store, query,
		    (const kpi_definition *const *)&d, 1, &error);
		ck_assert_int_eq(
		    status, days_apart == 0 ? KPI_EOVERFLOW : KPI_OK);
		ck_assert(
		    days_apart != 0 || strstr(error.text, "too large") != NULL);
		kpi_result_free(result);
		kpi_definition_free(d);
		kpi_query_free(query);
		kpi_store_close(store);
	}
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("draws");
	TCase *tc = tcase_create("draws");

	tcase_add_test(tc, days_are_those_of_the_zone);
	tcase_add_test(tc, each_unknown_customer_is_one_alone);
	tcase_add_test(tc, a_latest_answer_stands_on_its_own_day);
	tcase_add_test(tc, split_credit_is_split_over_the_days);
	tcase_add_test(tc, ratios_of_unlike_counts_have_bounds_by_day_only);
	tcase_add_test(tc, a_day_beyond_64_bits_is_refused);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
