/* SPDX-License-Identifier: MIT */
/* Agents from a store's own arrivals and handle times, beside what
 * kpi_staffing_for() says of the means that are worked out here. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "asked.h"
#include "random_interactions.h"

#define WEEK  (7 * DAY)
#define CELLS 336 /* of half an hour */
#define TEN   20  /* Monday's at ten */

static kpi_query *
weeks(int count)
{
	kpi_query *q = new_query();

	ck_assert_int_eq(kpi_query_by_time(q, KPI_BUCKET_HALF_HOUR), KPI_OK);
	ck_assert_int_eq(
	    kpi_query_between(q, MONDAY, MONDAY + count * WEEK), KPI_OK);
	return q;
}

static kpi_staffing_options
in_20_seconds(void)
{
	kpi_staffing_options load = KPI_STAFFING_OPTIONS_INIT;

	load.threshold_ms = 20000;
	load.shrinkage = 0.25;
	return load;
}

static kpi_plan *
plan_of(kpi_store *store, const kpi_query *q, const kpi_plan_options *options)
{
	const kpi_staffing_options load = in_20_seconds();
	kpi_error error = KPI_ERROR_INIT;
	kpi_plan *plan;

	ck_assert_msg(
	    kpi_plan_measure(&plan, store, q, &load, options, &error) == KPI_OK,
	    "%s", error.text);
	return plan;
}

struct interval {
	kpi_staffing staffing;
	kpi_plan_cell cell;
	kpi_season_cell arrivals;
};

static struct interval
get(const kpi_plan *plan, uint64_t row, uint64_t at)
{
	struct interval i = { KPI_STAFFING_INIT, KPI_PLAN_CELL_INIT,
		KPI_SEASON_CELL_INIT };

	ck_assert_int_eq(
	    kpi_plan_get(plan, row, at, &i.staffing, &i.cell), KPI_OK);
	ck_assert_int_eq(
	    kpi_season_get(kpi_plan_season(plan), row, at, &i.arrivals),
	    KPI_OK);
	return i;
}

/* Whether an interval has what such a load needs. */
static void
is_staffed(const struct interval *i, double contacts, double handle_time,
    double patience)
{
	kpi_staffing_options load = in_20_seconds();
	kpi_staffing need = KPI_STAFFING_INIT;

	load.contacts = contacts;
	load.interval_ms = 30.0 * MINUTE;
	load.handle_time_ms = handle_time;
	load.patience_ms = patience;
	ck_assert_int_eq(kpi_staffing_for(&need, &load, NULL), KPI_OK);
	ck_assert_near(i->arrivals.mean, contacts, 1e-12 * contacts);
	ck_assert_near(i->cell.handle_time_ms, handle_time, 1e-9);
	ck_assert_near(i->cell.patience_ms, patience, 1e-9 * patience);
	ck_assert_uint_eq(i->staffing.agents, need.agents);
	ck_assert_uint_eq(i->staffing.positions, need.positions);
	ck_assert_near(i->staffing.load, need.load, 1e-12 * need.load);
	if (contacts > 0)
		ck_assert_near(
		    i->staffing.service_level, need.service_level, 1e-9);
	else
		ck_assert(isnan(i->staffing.service_level));
}

static void
add_at(kpi_store *store, int64_t start, const char *queue, int64_t outcome,
    int64_t talk, uint64_t count)
{
	const call of = { start, outcome, 10 * SECOND, talk, NULL, NULL,
		queue };

	add_calls(store, of, count);
}

/* Mondays at ten 40 and 20 of 3 min, Tuesdays at ten 10 of 6 min each. */
static kpi_store *
two_weeks(void)
{
	kpi_store *store = new_store();

	for (int week = 0; week < 2; week++) {
		const int64_t monday = MONDAY + week * WEEK + 10 * HOUR;

		add_at(store, monday, "a", KPI_OUTCOME_ANSWERED, 3 * MINUTE,
		    week == 0 ? 40 : 20);
		add_at(store, monday + DAY, "b", KPI_OUTCOME_ANSWERED,
		    6 * MINUTE, 10);
	}
	return store;
}

START_TEST(an_interval_needs_what_its_mean_arrivals_do)
{
	kpi_store *store = two_weeks();
	kpi_query *q = weeks(2);
	kpi_plan *plan = plan_of(store, q, NULL);
	struct interval i = get(plan, 0, TEN);

	is_staffed(&i, 30, 3.0 * MINUTE, 0);
	ck_assert_int_eq(i.cell.handled_of, KPI_HANDLED_INTERVAL);
	ck_assert_int_eq(i.cell.handled, 60);
	i = get(plan, 0, TEN + 1);
	is_staffed(&i, 0, 300.0 * MINUTE / 80, 0);
	ck_assert_uint_eq(i.staffing.agents, 0);
	kpi_plan_free(plan);
	kpi_query_free(q);
	kpi_store_close(store);
}
END_TEST

/* 60 of 3 min and 20 of 6 min. */
START_TEST(few_handle_times_are_those_of_all_of_the_group)
{
	kpi_store *store = two_weeks();
	kpi_query *q = weeks(2);
	kpi_plan *plan = plan_of(store, q, NULL);
	struct interval i = get(plan, 0, TEN + 48);

	is_staffed(&i, 10, 300.0 * MINUTE / 80, 0);
	ck_assert_int_eq(i.cell.handled_of, KPI_HANDLED_GROUP);
	ck_assert_int_eq(i.cell.handled, 20);
	kpi_plan_free(plan);
	ck_assert_int_eq(kpi_query_by(q, KPI_BY_QUEUE), KPI_OK);
	plan = plan_of(store, q, NULL);
	i = get(plan, 0, TEN);
	is_staffed(&i, 30, 3.0 * MINUTE, 0);
	i = get(plan, 1, TEN + 48);
	is_staffed(&i, 10, 300.0 * MINUTE / 80, 0);
	ck_assert_int_eq(i.cell.handled_of, KPI_HANDLED_ALL);
	kpi_plan_free(plan);
	kpi_query_free(q);
	kpi_store_close(store);
}
END_TEST

START_TEST(thirty_of_an_interval_are_its_own)
{
	for (uint64_t count = 29; count <= 30; count++) {
		kpi_store *store = two_weeks();
		kpi_query *q = weeks(2);
		kpi_plan *plan;

		add_at(store, MONDAY + 12 * HOUR, "a", KPI_OUTCOME_ANSWERED,
		    MINUTE, count);
		plan = plan_of(store, q, NULL);
		ck_assert_int_eq(get(plan, 0, 24).cell.handled_of,
		    count < KPI_PLAN_FEWEST_HANDLED ? KPI_HANDLED_GROUP
						    : KPI_HANDLED_INTERVAL);
		kpi_plan_free(plan);
		kpi_query_free(q);
		kpi_store_close(store);
	}
}
END_TEST

/* Who left or was moved on has come; who was turned away, or called, has
 * not. */
START_TEST(all_who_entered_a_queue_have_arrived)
{
	kpi_store *store = two_weeks();
	kpi_query *q = weeks(2);
	const int64_t at = MONDAY + 10 * HOUR + MINUTE;
	kpi_visit out = visit_of(KPI_OUTCOME_ANSWERED, 0, 90 * MINUTE);
	kpi_interaction outbound = interaction_of(at, &out, 1);
	kpi_plan *plan;
	struct interval i;

	add_at(store, at, "a", KPI_OUTCOME_ABANDONED, KPI_UNKNOWN, 4);
	add_at(store, at, "a", KPI_OUTCOME_OVERFLOWED, KPI_UNKNOWN, 2);
	add_at(store, at, "a", KPI_OUTCOME_TURNED_AWAY, KPI_UNKNOWN, 100);
	outbound.direction = KPI_DIRECTION_OUTBOUND;
	add(store, &outbound);
	plan = plan_of(store, q, NULL);
	i = get(plan, 0, TEN);
	is_staffed(&i, 33, 3.0 * MINUTE, 0);
	ck_assert_int_eq(i.arrivals.count, 66);
	kpi_plan_free(plan);
	kpi_query_free(q);
	kpi_store_close(store);
}
END_TEST

/* 80 who were answered and 5 who left have waited 10 s each. */
START_TEST(a_measured_patience_is_all_waiting_over_those_who_left)
{
	kpi_plan_options options = KPI_PLAN_OPTIONS_INIT;
	kpi_store *store = two_weeks();
	kpi_query *q = weeks(2);
	kpi_plan *plan;
	struct interval i;

	options.patience = KPI_PATIENCE_MEASURED;
	plan = plan_of(store, q, &options);
	i = get(plan, 0, TEN);
	is_staffed(&i, 30, 3.0 * MINUTE, 0);
	kpi_plan_free(plan);
	add_at(store, MONDAY + 20 * HOUR, "b", KPI_OUTCOME_ABANDONED,
	    KPI_UNKNOWN, 5);
	plan = plan_of(store, q, &options);
	i = get(plan, 0, TEN);
	is_staffed(&i, 30, 3.0 * MINUTE, 170.0 * SECOND);
	kpi_plan_free(plan);
	kpi_query_free(q);
	kpi_store_close(store);
}
END_TEST

START_TEST(a_day_is_planned_as_it_was)
{
	kpi_plan_options options = KPI_PLAN_OPTIONS_INIT;
	kpi_store *store = two_weeks();
	kpi_query *q = weeks(2);
	kpi_plan *plan;
	struct interval i;

	options.period = KPI_BUCKET_DAY;
	ck_assert_int_eq(
	    kpi_query_between(q, MONDAY + WEEK, MONDAY + WEEK + DAY), KPI_OK);
	plan = plan_of(store, q, &options);
	ck_assert_uint_eq(kpi_season_cells(kpi_plan_season(plan)), 48);
	i = get(plan, 0, TEN);
	is_staffed(&i, 20, 3.0 * MINUTE, 0);
	ck_assert_int_eq(i.arrivals.weekday, 0);
	kpi_plan_free(plan);
	kpi_query_free(q);
	kpi_store_close(store);
}
END_TEST

START_TEST(so_many_agents_are_judged)
{
	const kpi_plan_options options = { sizeof(options), 5, 0, 0 };
	kpi_staffing_options load = in_20_seconds();
	kpi_staffing s = KPI_STAFFING_INIT;
	kpi_store *store = two_weeks();
	kpi_query *q = weeks(2);
	kpi_plan *plan = plan_of(store, q, &options);

	load.contacts = 30;
	load.interval_ms = 30.0 * MINUTE;
	load.handle_time_ms = 3.0 * MINUTE;
	ck_assert_int_eq(kpi_staffing_of(&s, &load, 5, NULL), KPI_OK);
	ck_assert_uint_eq(get(plan, 0, TEN).staffing.agents, 5);
	ck_assert_near(
	    get(plan, 0, TEN).staffing.service_level, s.service_level, 1e-12);
	kpi_plan_free(plan);
	kpi_query_free(q);
	kpi_store_close(store);
}
END_TEST

START_TEST(a_given_handle_time_needs_none_in_the_store)
{
	kpi_staffing_options load = in_20_seconds();
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store = new_store();
	kpi_query *q = weeks(1);
	kpi_plan *plan;
	struct interval i;

	add_at(store, MONDAY + 10 * HOUR, "a", KPI_OUTCOME_ANSWERED,
	    KPI_UNKNOWN, 7);
	ck_assert_int_eq(kpi_plan_measure(&plan, store, q, &load, NULL, &error),
	    KPI_ENOTFOUND);
	ck_assert_ptr_null(plan);
	ck_assert_ptr_nonnull(strstr(error.text, "no handle time is known"));
	load.handle_time_ms = 200.0 * SECOND;
	ck_assert_int_eq(
	    kpi_plan_measure(&plan, store, q, &load, NULL, &error), KPI_OK);
	i = get(plan, 0, TEN);
	is_staffed(&i, 7, 200.0 * SECOND, 0);
	ck_assert_int_eq(i.cell.handled_of, KPI_HANDLED_GIVEN);
	kpi_plan_free(plan);
	kpi_query_free(q);
	kpi_store_close(store);
}
END_TEST

struct naive {
	int64_t arrived[2][CELLS], handled[2][CELLS], talk[2][CELLS];
	int64_t group_handled[2], group_talk[2], waited[2], left[2];
};

static void
add_random(kpi_store *store, struct naive *n, random_source *source)
{
	static const char *const queues[] = { "a", "b" };
	static const int64_t outcomes[] = { KPI_OUTCOME_ANSWERED,
		KPI_OUTCOME_ANSWERED, KPI_OUTCOME_ANSWERED,
		KPI_OUTCOME_ABANDONED, KPI_OUTCOME_EXITED };
	const uint32_t g = random_below(source, 2);
	const int64_t outcome = outcomes[random_below(source, 5)];
	/* half of it in Monday's morning, so that some have means of their own
	 */
	const int64_t start = random_one_in(source, 2)
	    ? random_below(source, 3) * WEEK + 9 * HOUR +
		random_below(source, 3 * 3600) * SECOND
	    : random_below(source, 21 * 86400) * SECOND;
	const int64_t wait = random_below(source, 100) * SECOND;
	const int64_t talk = random_below(source, 600) * SECOND;
	const call of = { MONDAY + start, outcome, wait,
		outcome == KPI_OUTCOME_ANSWERED ? talk : KPI_UNKNOWN, NULL,
		NULL, queues[g] };
	const int64_t at = start % WEEK / (30 * MINUTE);

	add_calls(store, of, 1);
	n->arrived[g][at]++;
	if (outcome == KPI_OUTCOME_ANSWERED) {
		n->handled[g][at]++;
		n->talk[g][at] += talk;
		n->group_handled[g]++;
		n->group_talk[g] += talk;
	}
	n->left[g] += outcome == KPI_OUTCOME_ABANDONED;
	if (outcome != KPI_OUTCOME_EXITED)
		n->waited[g] += wait;
}

START_TEST(each_interval_is_planned_as_a_plain_count_has_it)
{
	random_source source = { (uint64_t)_i + 11 };
	kpi_plan_options options = KPI_PLAN_OPTIONS_INIT;
	kpi_store *store = new_store();
	kpi_query *q = weeks(3);
	struct naive n;
	kpi_plan *plan;
	int own = 0;

	memset(&n, 0, sizeof(n));
	for (int i = 0; i < 1500; i++)
		add_random(store, &n, &source);
	ck_assert_int_eq(kpi_query_by(q, KPI_BY_QUEUE), KPI_OK);
	options.patience = KPI_PATIENCE_MEASURED;
	plan = plan_of(store, q, &options);
	for (int g = 0; g < 2; g++)
		for (int at = 0; at < CELLS; at++) {
			const struct interval i =
			    get(plan, (uint64_t)g, (uint64_t)at);
			const int is_own = n.handled[g][at] >= 30;

			ck_assert_int_eq(i.arrivals.count, n.arrived[g][at]);
			ck_assert_int_eq(i.cell.handled, n.handled[g][at]);
			is_staffed(&i, (double)n.arrived[g][at] / 3,
			    is_own ? (double)n.talk[g][at] /
				    (double)n.handled[g][at]
				   : (double)n.group_talk[g] /
				    (double)n.group_handled[g],
			    (double)n.waited[g] / (double)n.left[g]);
			own += is_own;
		}
	ck_assert_int_gt(own, 5);
	kpi_plan_free(plan);
	kpi_query_free(q);
	kpi_store_close(store);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("plan");
	TCase *tc = tcase_create("plan");

	tcase_add_test(tc, an_interval_needs_what_its_mean_arrivals_do);
	tcase_add_test(tc, few_handle_times_are_those_of_all_of_the_group);
	tcase_add_test(tc, thirty_of_an_interval_are_its_own);
	tcase_add_test(tc, all_who_entered_a_queue_have_arrived);
	tcase_add_test(
	    tc, a_measured_patience_is_all_waiting_over_those_who_left);
	tcase_add_test(tc, a_day_is_planned_as_it_was);
	tcase_add_test(tc, so_many_agents_are_judged);
	tcase_add_test(tc, a_given_handle_time_needs_none_in_the_store);
	tcase_add_loop_test(
	    tc, each_interval_is_planned_as_a_plain_count_has_it, 0, 4);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
