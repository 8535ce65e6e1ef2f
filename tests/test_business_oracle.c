/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asked.h"
#include "base/memory.h"
#include "instant_text.h"
#include "naive_hours.h"
#include "random_interactions.h"
#include "time/zone.h"
#include "runner.h"

#define QUEUES  3 /* with a calendar of their own; beside "other" and none */
#define SPAN    (40 * DAY)
#define MINUTES (2 * SPAN / MINUTE)

/* A week before Berlin's clocks are put on. */
#define FROM INT64_C(1774137600000)

static const char *const names[] = { "sales", "support", "vip", "other", NULL };

static void
set_hours(
    kpi_store *store, const char *queue, const char *zone, const char *hours)
{
	kpi_calendar calendar = KPI_CALENDAR_INIT;
	kpi_error error = KPI_ERROR_INIT;

	calendar.queue = queue;
	calendar.time_zone = zone;
	calendar.hours = hours;
	ck_assert_msg(
	    kpi_store_add_calendar(store, &calendar, &error) == KPI_OK,
	    "%s: %s", hours, error.text);
}

/* What a calendar has open, by minute from FROM. */
typedef struct counted {
	int is;
	struct naive_hours hours;
	int64_t open[MINUTES + 1]; /* minutes before each */
} counted;

static void
count(counted *c, const char *zone_name)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi__zone *zone;

	ck_assert_msg(kpi__zone_load(&zone, NULL, zone_name,
			  &kpi__default_allocator, &error) == KPI_OK,
	    "%s", error.text);
	c->is = 1;
	c->open[0] = 0;
	for (int64_t m = 0; m < MINUTES; m++) {
		const int64_t at = FROM + m * MINUTE;
		const int64_t local =
		    at / MINUTE + kpi__zone_offset(zone, at) / 60;

		c->open[m + 1] = c->open[m] + naive_is_open(&c->hours, local);
	}
	kpi__zone_free(zone);
}

static int64_t
open_by(const counted *c, int64_t at)
{
	const int64_t m = (at - FROM) / MINUTE;

	ck_assert(m >= 0 && m < MINUTES);
	return c->open[m] * MINUTE +
	    (c->open[m + 1] > c->open[m] ? (at - FROM) % MINUTE : 0);
}

static int64_t
between(const counted *c, int64_t from, int64_t until)
{
	return open_by(c, until) - open_by(c, from);
}

typedef struct scene {
	kpi_store *store;
	kpi_interaction *all;
	kpi_visit *visits; /* two each */
	size_t count;
	int64_t as_of;
	counted calendar[QUEUES + 2]; /* by place in names */
} scene;

static int64_t
maybe_after(random_source *s, int64_t start)
{
	if (random_one_in(s, 5))
		return KPI_UNKNOWN;
	if (random_one_in(s, 30))
		return start - random_below(s, 9000);
	return start +
	    random_below(s, random_one_in(s, 2) ? 40000 : 12 * 86400) * SECOND +
	    random_below(s, 1000);
}

static void
make_one(random_source *s, kpi_interaction *i, kpi_visit *v)
{
	static const char *const cases[] = { NULL, "k1", "k2", "k3", "k4" };
	const kpi_interaction empty = KPI_INTERACTION_INIT;
	const kpi_visit blank = KPI_VISIT_INIT;

	*i = empty;
	v[0] = v[1] = blank;
	v[0].queue = names[random_below(s, 5)];
	v[1].queue = names[random_below(s, 5)];
	i->visits = v;
	i->visit_count = 1 + random_below(s, 2);
	/* A row without queue and entry has no part in the interaction's. */
	v[0].entered_at = i->started_at =
	    FROM + DAY + random_below(s, (uint32_t)(SPAN / SECOND)) * SECOND;
	i->first_response_at = maybe_after(s, i->started_at);
	i->resolved_at = maybe_after(s, i->started_at);
	if (random_one_in(s, 3))
		i->resolved = random_below(s, 2);
	if (random_one_in(s, 8) && i->resolved_at != KPI_UNKNOWN)
		i->reopened_at = i->resolved_at + random_below(s, 90000000);
	i->case_id = cases[random_below(s, 5)];
	if (i->case_id != NULL && random_one_in(s, 2))
		i->case_id = NULL;
}

static void
make_scene(scene *c, uint64_t seed, size_t interactions)
{
	static const char *const zones[] = { "Europe/Berlin", "UTC",
		"Australia/Lord_Howe" };
	random_source s = { seed };
	uint64_t of_hours = seed;

	memset(c, 0, sizeof(*c));
	c->store = new_store();
	c->count = interactions;
	c->all = calloc(interactions, sizeof(*c->all));
	c->visits = calloc(2 * interactions, sizeof(*c->visits));
	ck_assert_ptr_nonnull(c->all);
	ck_assert_ptr_nonnull(c->visits);
	for (size_t i = 0; i < interactions; i++) {
		make_one(&s, &c->all[i], &c->visits[2 * i]);
		add(c->store, &c->all[i]);
	}
	c->as_of = FROM + DAY + SPAN / 2 + random_below(&s, 900000000);
	for (int q = 0; q < QUEUES; q++) {
		const char *zone = zones[random_below(&s, 3)];

		naive_hours_random(&c->calendar[q].hours, &of_hours, 2025);
		set_hours(c->store, names[q], zone, c->calendar[q].hours.text);
		count(&c->calendar[q], zone);
	}
	if (random_one_in(&s, 2)) {
		counted *all = &c->calendar[QUEUES];

		naive_hours_random(&all->hours, &of_hours, 2025);
		set_hours(c->store, NULL, zones[0], all->hours.text);
		count(all, zones[0]);
		c->calendar[QUEUES + 1] = *all;
	}
}

static void
free_scene(scene *c)
{
	kpi_store_close(c->store);
	free(c->all);
	free(c->visits);
}

/* NULL: it has none. */
static const counted *
calendar_of(const scene *c, const kpi_interaction *i)
{
	for (int q = 0; q < QUEUES + 2; q++)
		if (i->visits[0].queue == names[q])
			return c->calendar[q].is ? &c->calendar[q] : NULL;
	return NULL;
}

enum state { SILENT, RESOLVED, OPEN };

static enum state
state_of(const kpi_interaction *i, int64_t as_of)
{
	if (i->resolved == KPI_UNKNOWN && i->resolved_at == KPI_UNKNOWN)
		return SILENT;
	if (i->resolved == 0 ||
	    (i->resolved_at != KPI_UNKNOWN && i->resolved_at >= as_of))
		return OPEN;
	if (i->reopened_at != KPI_UNKNOWN && i->resolved_at != KPI_UNKNOWN &&
	    i->reopened_at > i->resolved_at && i->reopened_at < as_of)
		return OPEN;
	return RESOLVED;
}

typedef struct expected {
	int64_t numerator, denominator, unknown, immature, not_counted;
	int64_t *values;
} expected;

static void
expect_time(expected *e, const counted *k, int64_t start, int64_t end)
{
	e->values[e->denominator++] = between(k, start, end);
	e->numerator += between(k, start, end);
}

static void
expect_first_response(
    expected *e, const scene *c, const kpi_interaction *i, const counted *k)
{
	const int64_t reply = i->first_response_at;

	if (k == NULL || (reply != KPI_UNKNOWN && reply < i->started_at))
		e->unknown++;
	else if (reply != KPI_UNKNOWN && reply < c->as_of)
		expect_time(e, k, i->started_at, reply);
	else if (reply == KPI_UNKNOWN && state_of(i, c->as_of) == RESOLVED)
		e->not_counted++;
	else
		e->immature++;
}

static void
expect_resolution(
    expected *e, const scene *c, const kpi_interaction *i, const counted *k)
{
	const enum state state = state_of(i, c->as_of);

	if (k == NULL ||
	    (state == RESOLVED &&
		(i->resolved_at == KPI_UNKNOWN ||
		    i->resolved_at < i->started_at)))
		e->unknown++;
	else if (state == RESOLVED)
		expect_time(e, k, i->started_at, i->resolved_at);
	else
		e->immature++;
}

#define THRESHOLD (5 * HOUR)

static int64_t
age_of(const scene *c, const kpi_interaction *i, const counted *k)
{
	return i->started_at >= c->as_of ? -1
					 : between(k, i->started_at, c->as_of);
}

static void
expect_replied_within(
    expected *e, const scene *c, const kpi_interaction *i, const counted *k)
{
	const int64_t reply = i->first_response_at;

	if (k == NULL || (reply != KPI_UNKNOWN && reply < i->started_at)) {
		e->unknown++;
	} else if (age_of(c, i, k) <= THRESHOLD) {
		e->immature++;
	} else {
		e->denominator++;
		e->numerator += reply != KPI_UNKNOWN &&
		    between(k, i->started_at, reply) <= THRESHOLD;
	}
}

static void
expect_resolved_within(
    expected *e, const scene *c, const kpi_interaction *i, const counted *k)
{
	const enum state state = state_of(i, c->as_of);

	if (k == NULL || (state == RESOLVED && i->resolved_at == KPI_UNKNOWN)) {
		e->unknown++;
	} else if (age_of(c, i, k) <= THRESHOLD) {
		e->immature++;
	} else {
		e->denominator++;
		e->numerator += state == RESOLVED &&
		    (i->resolved_at < i->started_at ||
			between(k, i->started_at, i->resolved_at) <= THRESHOLD);
	}
}

static int
compare(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static const struct {
	const char *text;
	void (*expect)(expected *e, const scene *c, const kpi_interaction *i,
	    const counted *k);
	int quantile; /* in hundredths; 0: none */
} asked[] = {
	{ "first_response_time", expect_first_response, 0 },
	{ "first_response_time_p50", expect_first_response, 50 },
	{ "first_response_time_p90", expect_first_response, 90 },
	{ "resolution_time", expect_resolution, 0 },
	{ "resolution_time_p75", expect_resolution, 75 },
	{ "first_response_within first_response_threshold=5h",
	    expect_replied_within, 0 },
	{ "resolved_within resolution_within=5h", expect_resolved_within, 0 },
};

#define ASKED (sizeof(asked) / sizeof(*asked))

static void
check_asked(const scene *c, size_t which, const char *queue)
{
	kpi_query *query = new_query();
	char text[160], instant[INSTANT_TEXT];
	expected e = { 0, 0, 0, 0, 0, NULL };
	kpi_figure f;

	e.values = calloc(c->count, sizeof(*e.values));
	ck_assert_ptr_nonnull(e.values);
	for (size_t i = 0; i < c->count; i++)
		if (queue == NULL || c->all[i].visits[0].queue == queue)
			asked[which].expect(
			    &e, c, &c->all[i], calendar_of(c, &c->all[i]));
	if (queue != NULL)
		ck_assert_int_eq(
		    kpi_query_where(query, KPI_BY_QUEUE, queue), KPI_OK);
	instant_text(instant, c->as_of);
	(void)snprintf(text, sizeof(text),
	    "%s as_of=%s business_hours=calendar", asked[which].text, instant);
	f = ask(c->store, query, text);
	if (asked[which].quantile > 0) {
		const int64_t rank =
		    (e.denominator * asked[which].quantile + 99) / 100;

		qsort(e.values, (size_t)e.denominator, sizeof(*e.values),
		    compare);
		e.numerator = rank == 0 ? 0 : e.values[rank - 1];
	}
	ck_assert_msg(f.numerator == e.numerator &&
		f.denominator == e.denominator && f.unknown == e.unknown &&
		f.immature == e.immature && f.not_counted == e.not_counted,
	    "%s: %lld / %lld, unknown %lld, immature %lld, not counted %lld; "
	    "expected %lld / %lld, %lld, %lld, %lld",
	    text, (long long)f.numerator, (long long)f.denominator,
	    (long long)f.unknown, (long long)f.immature,
	    (long long)f.not_counted, (long long)e.numerator,
	    (long long)e.denominator, (long long)e.unknown,
	    (long long)e.immature, (long long)e.not_counted);
	free(e.values);
	kpi_query_free(query);
}

START_TEST(times_are_what_counting_minute_by_minute_finds)
{
	scene *c = malloc(sizeof(*c));

	ck_assert_ptr_nonnull(c);
	make_scene(c, 300 + (uint64_t)_i, 2000);
	for (size_t a = 0; a < ASKED; a++)
		for (int q = 0; q < 5; q++)
			check_asked(c, a, q == 4 ? NULL : names[q]);
	free_scene(c);
	free(c);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("business oracle");
	TCase *tc = tcase_create("business oracle");

	tcase_add_loop_test(
	    tc, times_are_what_counting_minute_by_minute_finds, 0, 6);
	suite_add_tcase(s, tc);
	return s;
}
