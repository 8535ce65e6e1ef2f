/* SPDX-License-Identifier: MIT */
/*
 * Totals over the whole store do not move, of every metric: whatever instant
 * puts its units into time, and whoever of the agents has the credit; and what
 * is cut by time and agent adds up to them.
 */
#include <stdio.h>
#include <string.h>

#include "asked.h"
#include "random_interactions.h"
#include "runner.h"

#define INTERACTIONS 400
#define STORES       3

static const char *const anchors[] = { "started", "queued", "answered",
	"ended", "wrapped", "own_event" };
static const char *const credits[] = { "last", "first", "equal" };

static kpi_store *store;

static void
fill(int seed)
{
	random_source r = { (uint64_t)seed * 7919 };
	random_shape shape = random_shape_any(&r);
	random_interactions made;

	random_interactions_make(&made, r.state, INTERACTIONS, &shape);
	store = random_interactions_store(&made);
	for (int i = 0; i < 12; i++) {
		const kpi_activity blank = KPI_ACTIVITY_INIT;
		kpi_activity a = blank;
		const kpi_interaction *one = &made.all[i * 20];

		if (one->visit_count == 0 || one->visits[0].agent == NULL)
			continue;
		a.agent = one->visits[0].agent;
		a.state = 1 + i % 3;
		a.started_at = one->started_at - i * HOUR;
		a.ended_at = a.started_at + 9 * HOUR;
		ck_assert_int_eq(
		    kpi_store_add_activity(store, &a, NULL), KPI_OK);
	}
	random_interactions_free(&made);
}

static void
teardown(void)
{
	kpi_store_close(store);
}

static int
is_one_of(const char *name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (strcmp(name, *names) == 0)
			return 1;
	return 0;
}

/* By nature: different ones, the greatest, levels, and what is in order. */
static int
adds_up(const kpi_entry *metric)
{
	static const char *const kinds[] = { "greatest", "level", "quantile",
		NULL };
	static const char *const names[] = { "customers",
		"repeat_customer_rate", "contacts_per_agent", "channel_mix",
		"reason_mix", NULL };

	return !is_one_of(metric->kind, kinds) &&
	    !is_one_of(metric->name, names);
}

/* Sets what it has, so that by agent it is of whole interactions too. */
static kpi_definition *
definition_with(const kpi_entry *metric, const char *anchor, const char *credit)
{
	kpi_definition *d = NULL;

	ck_assert_int_eq(
	    kpi_definition_new(&d, metric->number, NULL, NULL), KPI_OK);
	(void)!kpi_definition_set(d, "unit", "interaction", NULL);
	if (anchor != NULL &&
	    kpi_definition_set(d, "anchor", anchor, NULL) != KPI_OK) {
		kpi_definition_free(d);
		return NULL;
	}
	if (credit != NULL)
		(void)!kpi_definition_set(d, "credit", credit, NULL);
	return d;
}

static kpi_query *
query_by(int32_t bucket, int by_agent)
{
	kpi_query *query = new_query();

	ck_assert_int_eq(
	    kpi_query_time_zone(query, "Europe/Berlin", NULL), KPI_OK);
	ck_assert_int_eq(kpi_query_by_time(query, bucket), KPI_OK);
	if (by_agent)
		ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	return query;
}

static void
add_up(kpi_figure *sum, const kpi_figure *f)
{
	sum->parts = f->parts;
	sum->numerator += f->numerator;
	sum->denominator += f->denominator;
	sum->unknown += f->unknown;
	sum->in_progress += f->in_progress;
	sum->truncated += f->truncated;
	sum->immature += f->immature;
	sum->not_counted += f->not_counted;
	sum->no_activity += f->no_activity;
}

static void
check_same(const char *text, const kpi_figure *a, const kpi_figure *b)
{
	const int64_t of_a = b->parts, of_b = a->parts;

	ck_assert_msg(a->numerator * of_a == b->numerator * of_b &&
		a->denominator * of_a == b->denominator * of_b &&
		a->unknown * of_a == b->unknown * of_b &&
		a->in_progress * of_a == b->in_progress * of_b &&
		a->truncated * of_a == b->truncated * of_b &&
		a->immature * of_a == b->immature * of_b &&
		a->not_counted * of_a == b->not_counted * of_b &&
		a->no_activity * of_a == b->no_activity * of_b,
	    "%s: %lld/%lld of %lld parts, the total is %lld/%lld of %lld", text,
	    (long long)a->numerator, (long long)a->denominator,
	    (long long)a->parts, (long long)b->numerator,
	    (long long)b->denominator, (long long)b->parts);
}

/* 0: by agent it is refused, with the reason. */
static int
sum_of(const kpi_definition *d, int32_t bucket, int by_agent, kpi_figure *sum)
{
	const kpi_figure none = KPI_FIGURE_INIT;
	kpi_query *query = query_by(bucket, by_agent);
	kpi_result *result = NULL;
	const kpi_status status =
	    kpi_measure(&result, store, query, &d, 1, NULL);

	*sum = none;
	sum->parts = 1;
	ck_assert_int_eq(
	    status, status == KPI_OK ? KPI_OK : KPI_ENOTSUP);
	for (uint64_t row = 0;
	     status == KPI_OK && row < kpi_result_rows(result); row++) {
		const kpi_figure f = figure_at(result, row);

		add_up(sum, &f);
	}
	kpi_result_free(result);
	kpi_query_free(query);
	return status == KPI_OK;
}

static uint32_t
check_metric(const kpi_entry *metric)
{
	kpi_definition *d = definition_with(metric, NULL, NULL);
	uint32_t checked = 0;
	kpi_figure total, sum;

	ck_assert(sum_of(d, KPI_BUCKET_NONE, 0, &total) ||
	    strstr(metric->name, "_mix") != NULL);
	kpi_definition_free(d);
	for (size_t a = 0; a < sizeof(anchors) / sizeof(*anchors); a++)
		for (size_t c = 0; c < sizeof(credits) / sizeof(*credits); c++) {
			const char *text;

			d = definition_with(metric, anchors[a], credits[c]);
			if (d == NULL)
				continue;
			text = kpi_definition_text(d);
			(void)sum_of(d, KPI_BUCKET_NONE, 0, &sum);
			check_same(text, &sum, &total);
			checked++;
			if (adds_up(metric)) {
				(void)sum_of(d, KPI_BUCKET_HOUR, 0, &sum);
				check_same(text, &sum, &total);
				if (sum_of(d, KPI_BUCKET_MONTH, 1, &sum))
					check_same(text, &sum, &total);
			}
			kpi_definition_free(d);
		}
	return checked;
}

START_TEST(totals_do_not_depend_on_anchor_or_credit)
{
	const uint64_t count = kpi_catalogue_count(KPI_TABLE_METRICS);
	uint32_t checked = 0;

	fill(_i + 1);
	for (uint64_t i = 0; i < count; i++) {
		kpi_entry metric = KPI_ENTRY_INIT;

		ck_assert_int_eq(
		    kpi_catalogue_entry(KPI_TABLE_METRICS, i, &metric), KPI_OK);
		checked += check_metric(&metric);
	}
	ck_assert_uint_gt(checked, 1000);
}
END_TEST

/* Agents' time has no anchor: it is split over buckets, to the millisecond. */
START_TEST(agents_time_adds_up_over_buckets_and_agents)
{
	static const char *const names[] = { "occupancy", "utilisation",
		"average_idle_time" };

	fill(_i + 1);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		kpi_definition *d = definition_of(names[i]);
		kpi_figure total, sum;

		ck_assert(sum_of(d, KPI_BUCKET_NONE, 0, &total));
		ck_assert_int_gt(total.denominator, 0);
		ck_assert(sum_of(d, KPI_BUCKET_QUARTER_HOUR, 0, &sum));
		check_same(names[i], &sum, &total);
		ck_assert(sum_of(d, KPI_BUCKET_HOUR, 1, &sum));
		check_same(names[i], &sum, &total);
		kpi_definition_free(d);
	}
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("totals");
	TCase *tc = tcase_create("totals");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_set_timeout(tc, 120);
	tcase_add_loop_test(
	    tc, totals_do_not_depend_on_anchor_or_credit, 0, STORES);
	tcase_add_loop_test(
	    tc, agents_time_adds_up_over_buckets_and_agents, 0, STORES);
	suite_add_tcase(s, tc);
	return s;
}
