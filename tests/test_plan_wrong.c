/* SPDX-License-Identifier: MIT */
/* Plans that cannot be made, and memory that fails. */
#include <kpi.h>
#include <math.h>

#include "asked.h"
#include "results.h"

#define WEEK (7 * DAY)

static kpi_store *
filled(void)
{
	const call of = { MONDAY + 10 * HOUR, KPI_OUTCOME_ANSWERED, SECOND,
		3 * MINUTE, NULL, NULL, "a" };
	kpi_store *store = new_store();

	add_calls(store, of, 40);
	return store;
}

static kpi_query *
query_by(const kpi_allocator *a, int32_t bucket, int64_t until)
{
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	kpi_query *q;

	options.allocator = a;
	if (kpi_query_new(&q, &options, NULL) != KPI_OK)
		return NULL;
	ck_assert_int_eq(kpi_query_by_time(q, bucket), KPI_OK);
	ck_assert_int_eq(kpi_query_between(q, MONDAY, until), KPI_OK);
	ck_assert_int_eq(kpi_query_by(q, KPI_BY_QUEUE), KPI_OK);
	return q;
}

START_TEST(what_does_not_fit_is_refused)
{
	static const struct {
		kpi_staffing_options load;
		kpi_plan_options options;
		int32_t bucket;
		int64_t until;
		kpi_status status;
		const char *field, *said;
	} wrong[] = {
		{ { .contacts = 1 }, { .agents = 0 }, KPI_BUCKET_HOUR,
		    MONDAY + WEEK, KPI_EINVAL, "contacts", "expected is 0" },
		{ { .interval_ms = 1 }, { .agents = 0 }, KPI_BUCKET_HOUR,
		    MONDAY + WEEK, KPI_EINVAL, "interval_ms", "expected is 0" },
		{ { .shrinkage = 1 }, { .agents = 0 }, KPI_BUCKET_HOUR,
		    MONDAY + WEEK, KPI_EINVAL, "shrinkage", "shrinkage" },
		{ { .target = 9 }, { .agents = 0 }, KPI_BUCKET_HOUR,
		    MONDAY + WEEK, KPI_EINVAL, "target", "KPI_ERLANG_" },
		{ { .reserved = 1 }, { .agents = 0 }, KPI_BUCKET_HOUR,
		    MONDAY + WEEK, KPI_ENOTSUP, "", "not know" },
		{ { .patience_ms = 1 }, { .patience = KPI_PATIENCE_MEASURED },
		    KPI_BUCKET_HOUR, MONDAY + WEEK, KPI_EINVAL, "patience_ms",
		    "is to be measured" },
		{ { .size = 0 }, { .patience = 3 }, KPI_BUCKET_HOUR,
		    MONDAY + WEEK, KPI_EINVAL, "patience", "not 3" },
		{ { .size = 0 }, { .period = KPI_BUCKET_MONTH },
		    KPI_BUCKET_HOUR, MONDAY + WEEK, KPI_EINVAL, "period",
		    "not 6" },
		{ { .size = 0 }, { .agents = 0 }, KPI_BUCKET_DAY, MONDAY + WEEK,
		    KPI_EINVAL, "every", "15min" },
		{ { .size = 0 }, { .agents = 0 }, KPI_BUCKET_HOUR, MONDAY + DAY,
		    KPI_ENOTFOUND, "", "6 days are missing" },
		{ { .size = 0 }, { .agents = 1 }, KPI_BUCKET_HOUR,
		    MONDAY + WEEK, KPI_EINVAL, "agents",
		    "a, monday 10:00: 1 agent never catches up with 2 " },
		{ { .target = KPI_ERLANG_ABANDONMENT, .target_value = 0.1 },
		    { .patience = KPI_PATIENCE_MEASURED }, KPI_BUCKET_HOUR,
		    MONDAY + WEEK, KPI_EINVAL, "patience_ms",
		    "a, monday 00:00: nobody abandons" },
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		kpi_error error = KPI_ERROR_INIT;
		kpi_store *store = filled();
		kpi_query *q = query_by(NULL, wrong[i].bucket, wrong[i].until);
		kpi_staffing_options load = wrong[i].load;
		kpi_plan_options options = wrong[i].options;
		kpi_plan *plan;

		load.size = sizeof(load);
		options.size = sizeof(options);
		ck_assert_int_eq(
		    kpi_plan_measure(&plan, store, q, &load, &options, &error),
		    wrong[i].status);
		ck_assert_ptr_null(plan);
		ck_assert_msg(strstr(error.text, wrong[i].said) != NULL,
		    "\"%s\"", error.text);
		ck_assert_str_eq(error.field, wrong[i].field);
		kpi_query_free(q);
		kpi_store_close(store);
	}
}
END_TEST

START_TEST(agents_are_sought_and_no_groups)
{
	const kpi_staffing_options load = KPI_STAFFING_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store = filled();
	kpi_query *q = query_by(NULL, KPI_BUCKET_HOUR, MONDAY + WEEK);
	kpi_plan *plan;

	ck_assert_int_eq(kpi_query_by(q, KPI_BY_AGENT), KPI_OK);
	ck_assert_int_eq(
	    kpi_plan_measure(&plan, store, q, &load, NULL, &error), KPI_EINVAL);
	ck_assert_ptr_null(plan);
	ck_assert_str_eq(error.field, "by");
	kpi_query_free(q);
	kpi_store_close(store);
}
END_TEST

START_TEST(nothing_stands_past_the_end)
{
	const kpi_staffing_options load = KPI_STAFFING_OPTIONS_INIT;
	kpi_staffing s = KPI_STAFFING_INIT;
	kpi_plan_cell c = KPI_PLAN_CELL_INIT;
	kpi_store *store = filled();
	kpi_query *q = query_by(NULL, KPI_BUCKET_HOUR, MONDAY + WEEK);
	kpi_plan *plan;

	ck_assert_int_eq(
	    kpi_plan_measure(NULL, store, q, &load, NULL, NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_plan_measure(&plan, NULL, q, &load, NULL, NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_plan_measure(&plan, store, NULL, &load, NULL, NULL),
	    KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_plan_measure(&plan, store, q, NULL, NULL, NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_plan_measure(&plan, store, q, &load, NULL, NULL), KPI_OK);
	ck_assert_int_eq(kpi_plan_get(plan, 1, 0, &s, &c), KPI_EINVAL);
	ck_assert_int_eq(kpi_plan_get(plan, 0, 168, &s, &c), KPI_EINVAL);
	ck_assert_int_eq(kpi_plan_get(NULL, 0, 0, &s, &c), KPI_EINVAL);
	ck_assert_int_eq(kpi_plan_get(plan, 0, 10, &s, NULL), KPI_OK);
	ck_assert_uint_gt(s.agents, 1);
	c.size = 0;
	ck_assert_int_eq(kpi_plan_get(plan, 0, 0, &s, &c), KPI_EINVAL);
	ck_assert_ptr_null(kpi_plan_season(NULL));
	kpi_plan_free(NULL);
	kpi_plan_free(plan);
	kpi_query_free(q);
	kpi_store_close(store);
}
END_TEST

/* On the Sunday on which clocks are put forward there is no two o'clock. */
START_TEST(an_interval_that_never_came_has_no_figures)
{
	const kpi_staffing_options load = KPI_STAFFING_OPTIONS_INIT;
	kpi_staffing s = KPI_STAFFING_INIT;
	kpi_store *store = filled();
	kpi_query *q =
	    query_by(NULL, KPI_BUCKET_HOUR, MONDAY + 4 * WEEK - 2 * HOUR);
	kpi_plan *plan;

	ck_assert_int_eq(kpi_query_time_zone(q, "Europe/Berlin", NULL), KPI_OK);
	ck_assert_int_eq(kpi_query_between(q, MONDAY + 3 * WEEK - HOUR,
			     MONDAY + 4 * WEEK - 2 * HOUR),
	    KPI_OK);
	add_calls(store,
	    (call){ MONDAY + 3 * WEEK, KPI_OUTCOME_ANSWERED, SECOND, MINUTE,
		NULL, NULL, "a" },
	    3);
	ck_assert_int_eq(
	    kpi_plan_measure(&plan, store, q, &load, NULL, NULL), KPI_OK);
	ck_assert_int_eq(kpi_plan_get(plan, 0, 6 * 24 + 2, &s, NULL), KPI_OK);
	ck_assert_uint_eq(s.agents, 0);
	ck_assert(isnan(s.load) && isnan(s.occupancy));
	ck_assert_int_eq(kpi_plan_get(plan, 0, 1, &s, NULL), KPI_OK);
	ck_assert_uint_eq(s.agents, 1);
	kpi_plan_free(plan);
	kpi_query_free(q);
	kpi_store_close(store);
}
END_TEST

static kpi_status
try_plan(const kpi_allocator *a, kpi_store *store)
{
	const kpi_staffing_options load = KPI_STAFFING_OPTIONS_INIT;
	kpi_query *q = query_by(a, KPI_BUCKET_HOUR, MONDAY + WEEK);
	kpi_plan *plan = NULL;
	kpi_status status;

	if (q == NULL)
		return KPI_ENOMEM;
	status = kpi_plan_measure(&plan, store, q, &load, NULL, NULL);
	ck_assert_int_eq(plan != NULL, status == KPI_OK);
	kpi_plan_free(plan);
	kpi_query_free(q);
	return status;
}

START_TEST(no_failed_allocation_leaks_or_makes_half_a_plan)
{
	kpi_store *store = filled();

	for (int once = 0; once < 2; once++) {
		kpi_status status = KPI_ENOMEM;

		for (int64_t at = 1; status != KPI_OK; at++) {
			struct failing f = { 0, 0, at, once, 0 };
			const kpi_allocator a = { failing_resize, &f };

			status = try_plan(&a, store);
			ck_assert(status == KPI_OK || status == KPI_ENOMEM);
			ck_assert_int_eq(f.bytes, 0);
			ck_assert_int_lt(at, 10000);
			if (status == KPI_OK)
				ck_assert_int_gt(at, 50);
		}
	}
	kpi_store_close(store);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("plan_wrong");
	TCase *tc = tcase_create("plan_wrong");

	tcase_add_test(tc, what_does_not_fit_is_refused);
	tcase_add_test(tc, agents_are_sought_and_no_groups);
	tcase_add_test(tc, nothing_stands_past_the_end);
	tcase_add_test(tc, an_interval_that_never_came_has_no_figures);
	tcase_add_test(tc, no_failed_allocation_leaks_or_makes_half_a_plan);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
