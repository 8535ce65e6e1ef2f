/* SPDX-License-Identifier: MIT */
/* Arrivals within and outside of business hours: random ones are what a store
 * has that holds them alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asked.h"
#include "base/memory.h"
#include "instant_text.h"
#include "naive_hours.h"
#include "random_interactions.h"
#include "row_times.h"
#include "time/zone.h"
#include "runner.h"

#define ZONE "Europe/Berlin"

static void
set_hours(kpi_store *store, const char *queue, const char *hours)
{
	kpi_calendar calendar = KPI_CALENDAR_INIT;
	kpi_error error = KPI_ERROR_INIT;

	calendar.queue = queue;
	calendar.time_zone = ZONE;
	calendar.hours = hours;
	ck_assert_msg(
	    kpi_store_add_calendar(store, &calendar, &error) == KPI_OK,
	    "%s: %s", hours, error.text);
}

enum when { IN, OUT, NO_CALENDAR, WHENS };

/* All of them, and each kind in a store of its own. */
typedef struct scene {
	kpi_store *all, *only[WHENS];
	kpi__zone *zone;
	struct naive_hours sales, support;
	int64_t as_of;
} scene;

static enum when
when_of(const scene *c, const char *queue, int64_t at)
{
	const struct naive_hours *hours = queue == NULL ? NULL
	    : strcmp(queue, "sales") == 0               ? &c->sales
	    : strcmp(queue, "support") == 0             ? &c->support
							: NULL;
	const int64_t local = at + kpi__zone_offset(c->zone, at) * SECOND;

	if (hours == NULL)
		return NO_CALENDAR;
	return naive_is_open(hours, local / MINUTE) ? IN : OUT;
}

/* By the start, or by the entry into the queue. */
static void
make_scene(scene *c, uint64_t seed, int by_entry)
{
	const random_shape shape = { 40, 30 * DAY, 1, 1, 0 };
	kpi_store_info info = KPI_STORE_INFO_INIT;
	random_interactions made;
	uint64_t of_hours = seed;

	memset(c, 0, sizeof(*c));
	ck_assert_int_eq(
	    kpi__zone_load(&c->zone, NULL, ZONE, &kpi__default_allocator, NULL),
	    KPI_OK);
	random_interactions_make(&made, seed, 3000, &shape);
	c->all = random_interactions_store(&made);
	naive_hours_random(&c->sales, &of_hours, 2022);
	naive_hours_random(&c->support, &of_hours, 2022);
	set_hours(c->all, "sales", c->sales.text);
	set_hours(c->all, "support", c->support.text);
	for (int w = 0; w < WHENS; w++)
		c->only[w] = new_store();
	for (size_t i = 0; i < made.count; i++) {
		const kpi_interaction *one = &made.all[i];
		row_times times[RANDOM_ROWS_MOST];
		int64_t at = one->started_at;

		row_times_find(times, one);
		if (by_entry && times[0].entered > at)
			at = times[0].entered;
		add(c->only[when_of(c, one->visits[0].queue, at)], one);
	}
	ck_assert_int_eq(kpi_store_read_info(c->all, &info, NULL), KPI_OK);
	c->as_of = info.as_of;
	random_interactions_free(&made);
}

static void
free_scene(scene *c)
{
	kpi_store_close(c->all);
	for (int w = 0; w < WHENS; w++)
		kpi_store_close(c->only[w]);
	kpi__zone_free(c->zone);
}

static const struct {
	const char *text;
	int by_entry;
	int as_of; /* reads it */
} asked[] = {
	{ "contacts", 0, 1 },
	{ "customers", 0, 0 },
	{ "contacts contacts_classes=answered", 0, 1 },
	{ "resolution_rate", 0, 1 },
	{ "resolution_rate resolution_within=1d", 0, 1 },
	{ "resolution_rate resolution_mode=flow", 0, 1 },
	{ "reopen_rate", 0, 1 },
	{ "first_response_time", 0, 1 },
	{ "resolution_time_p90", 0, 1 },
	{ "transfer_rate", 0, 0 },
	{ "average_handle_time", 0, 0 },
	{ "backlog", 0, 1 },
	{ "csat", 0, 0 },
	{ "nps", 0, 0 },
	{ "quality_score", 0, 0 },
	{ "visits", 1, 0 },
	{ "service_level", 1, 1 },
	{ "service_level short_abandon_threshold=5s", 1, 1 },
	{ "service_level anchor=ended", 1, 1 },
	{ "abandonment_rate", 1, 1 },
	{ "average_wait", 1, 1 },
	{ "longest_wait", 1, 1 },
	{ "wait_p50", 1, 1 },
	{ "average_handle_time unit=leg", 1, 0 },
};

#define ASKED (sizeof(asked) / sizeof(*asked))

static kpi_figure
ask_as_of(kpi_store *store, const scene *c, size_t which, const char *arrivals)
{
	char text[200], instant[INSTANT_TEXT];

	instant_text(instant, c->as_of);
	(void)snprintf(text, sizeof(text), "%s%s%s%s", asked[which].text,
	    arrivals, asked[which].as_of ? " as_of=" : "",
	    asked[which].as_of ? instant : "");
	return ask(store, NULL, text);
}

static int64_t
population(kpi_figure f)
{
	return f.denominator + f.unknown + f.in_progress + f.truncated +
	    f.immature + f.not_counted;
}

static void
check_same(size_t which, enum when when, kpi_figure f, kpi_figure only,
    int64_t without)
{
	ck_assert_msg(f.numerator == only.numerator &&
		f.denominator == only.denominator &&
		f.unknown == only.unknown + without &&
		f.in_progress == only.in_progress &&
		f.immature == only.immature &&
		f.not_counted == only.not_counted,
	    "%s %d: %lld / %lld, unknown %lld; expected %lld / %lld, %lld",
	    asked[which].text, (int)when, (long long)f.numerator,
	    (long long)f.denominator, (long long)f.unknown,
	    (long long)only.numerator, (long long)only.denominator,
	    (long long)(only.unknown + without));
}

START_TEST(arrivals_are_as_if_nothing_else_had_arrived)
{
	static const char *const arrivals[] = { " arrivals=in_hours",
		" arrivals=out_of_hours" };

	for (int by_entry = 0; by_entry <= 1; by_entry++) {
		scene c;

		make_scene(&c, 70 + (uint64_t)_i, by_entry);
		for (size_t a = 0; a < ASKED; a++) {
			kpi_figure without;

			if (asked[a].by_entry != by_entry)
				continue;
			/* Of customers contacts are unknown, as "contacts". */
			without = ask_as_of(c.only[NO_CALENDAR], &c,
			    strcmp(asked[a].text, "customers") == 0 ? 0 : a,
			    "");
			for (int w = IN; w <= OUT; w++)
				check_same(a, (enum when)w,
				    ask_as_of(c.all, &c, a, arrivals[w]),
				    ask_as_of(c.only[w], &c, a, ""),
				    population(without));
		}
		free_scene(&c);
	}
}
END_TEST

static kpi_figure
ask_all(kpi_store *store, const char *text, const char *arrivals)
{
	char asked_text[200];

	(void)snprintf(asked_text, sizeof(asked_text), "%s%s", text, arrivals);
	return ask(store, NULL, asked_text);
}

/* Who came again is looked for among all, whenever they arrived. */
START_TEST(neighbours_are_found_whenever_they_arrived)
{
	static const char *const texts[] = { "first_contact_resolution",
		"repeat_rate", "first_contact_resolution fcr_unit=contact" };
	scene c;

	make_scene(&c, 90 + (uint64_t)_i, 0);
	for (size_t t = 0; t < sizeof(texts) / sizeof(*texts); t++) {
		kpi_query *query = new_query();
		kpi_figure all, in, out, rest;

		ck_assert_int_eq(
		    kpi_query_where_not(query, KPI_BY_QUEUE, "sales"), KPI_OK);
		ck_assert_int_eq(
		    kpi_query_where_not(query, KPI_BY_QUEUE, "support"),
		    KPI_OK);
		all = ask_all(c.all, texts[t], "");
		in = ask_all(c.all, texts[t], " arrivals=in_hours");
		out = ask_all(c.all, texts[t], " arrivals=out_of_hours");
		rest = ask(c.all, query, texts[t]);
		ck_assert_int_eq(all.numerator,
		    in.numerator + out.numerator + rest.numerator);
		ck_assert_int_eq(all.denominator,
		    in.denominator + out.denominator + rest.denominator);
		ck_assert_int_eq(population(all) + population(rest),
		    population(in) + population(out));
		kpi_query_free(query);
	}
	free_scene(&c);
}
END_TEST

/* A contact of a known customer at an hour of that Monday. */
static void
add_at(kpi_store *store, int hour, const char *customer, const char *queue)
{
	const call of = { at(hour, 0), KPI_OUTCOME_ANSWERED, 5 * SECOND,
		60 * SECOND, customer, "amira", queue };

	add_calls(store, of, 1);
}

START_TEST(a_visit_arrives_when_it_enters_its_own_queue)
{
	kpi_store *store = new_store();
	kpi_visit visits[2] = { visit_of(KPI_OUTCOME_OVERFLOWED, 0, 0),
		visit_of(KPI_OUTCOME_ANSWERED, 5 * SECOND, 60 * SECOND) };
	const kpi_interaction whole = interaction_of(at(8, 30), visits, 2);

	set_hours(store, "day", "Mo 10:00-11:00");
	set_hours(store, "night", "Mo 09:00-10:00");
	visits[0].queue = "day";
	visits[0].entered_at = at(8, 31); /* Berlin is an hour ahead */
	visits[1].queue = "night";
	visits[1].entered_at = at(8, 45);
	add(store, &whole);
	ck_assert_int_eq(
	    ask(store, NULL, "visits arrivals=in_hours").numerator, 1);
	ck_assert_int_eq(
	    ask(store, NULL, "visits arrivals=out_of_hours").numerator, 1);
	ck_assert_int_eq(
	    ask(store, NULL, "contacts arrivals=in_hours").numerator, 0);
	ck_assert_int_eq(
	    ask(store, NULL, "contacts arrivals=out_of_hours").numerator, 1);
	kpi_store_close(store);
}
END_TEST

START_TEST(customers_stand_where_they_have_a_contact_that_arrived_so)
{
	kpi_store *store = new_store();
	kpi_figure f;

	set_hours(store, "day", "Mo-Fr 09:00-17:00");
	add_at(store, 12, "ann", "day");
	add_at(store, 13, "ann", "chat"); /* without a calendar */
	add_at(store, 23, "ben", "day");
	add_at(store, 14, "cem", "chat");
	f = ask(store, NULL,
	    "repeat_customer_rate arrivals=in_hours repeat_edge=include");
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(f.unknown, 1);
	kpi_store_close(store);
}
END_TEST

START_TEST(repeats_are_listed_of_those_that_arrived_so)
{
	static const char *const arrivals[] = { "in_hours", "out_of_hours" };
	kpi_store *store = new_store();

	set_hours(store, "day", "Mo-Fr 09:00-17:00");
	add_at(store, 12, "ann", "day");
	add_at(store, 13, "ann", "day");
	add_at(store, 14, "ann", "chat");
	add_at(store, 22, "ann", "day");
	add_at(store, 23, "ann", "day");
	for (int i = 0; i < 2; i++) {
		char text[80];
		kpi_definition *d;
		kpi_repeats *list;

		(void)snprintf(text, sizeof(text),
		    "repeat_rate arrivals=%s repeat_edge=include", arrivals[i]);
		d = definition_of(text);
		ck_assert_int_eq(
		    kpi_repeat_contacts(&list, store, NULL, d, NULL), KPI_OK);
		ck_assert_uint_eq(kpi_repeats_count(list), 1 + (uint64_t)i);
		kpi_repeats_free(list);
		kpi_definition_free(d);
	}
	kpi_store_close(store);
}
END_TEST

/* What is known of it is when it arrived, whatever as_of is. */
START_TEST(what_arrived_after_as_of_is_told_apart_too)
{
	kpi_store *store = new_store();

	set_hours(store, "day", "Mo-Fr 09:00-17:00");
	add_at(store, 12, "ann", "day");
	ck_assert_int_eq(ask(store, NULL,
			     "contacts arrivals=in_hours "
			     "as_of=2026-01-01T00:00:00Z")
			     .numerator,
	    1);
	kpi_store_close(store);
}
END_TEST

START_TEST(groups_and_ranges_go_with_arrivals)
{
	kpi_store *store = new_store();
	kpi_query *query = new_query();
	kpi_result *result;

	set_hours(store, NULL, "Mo-Fr 09:00-17:00");
	add_at(store, 7, "ann", "day");
	add_at(store, 12, "ann", "day");
	add_at(store, 13, "ben", "chat");
	add_at(store, 22, "ben", "chat");
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_QUEUE), KPI_OK);
	ck_assert_int_eq(kpi_query_between(query, at(0, 0), at(13, 0)), KPI_OK);
	result = ask_rows(store, query, "contacts arrivals=in_hours");
	ck_assert_uint_eq(kpi_result_rows(result), 1);
	ck_assert_str_eq(kpi_result_group(result, 0, 0), "day");
	ck_assert_int_eq(figure_at(result, 0).numerator, 1);
	kpi_result_free(result);
	kpi_query_free(query);
	kpi_store_close(store);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("arrivals");
	TCase *tc = tcase_create("arrivals");

	tcase_add_loop_test(
	    tc, arrivals_are_as_if_nothing_else_had_arrived, 0, 4);
	tcase_add_loop_test(
	    tc, neighbours_are_found_whenever_they_arrived, 0, 2);
	tcase_add_test(tc, a_visit_arrives_when_it_enters_its_own_queue);
	tcase_add_test(
	    tc, customers_stand_where_they_have_a_contact_that_arrived_so);
	tcase_add_test(tc, repeats_are_listed_of_those_that_arrived_so);
	tcase_add_test(tc, what_arrived_after_as_of_is_told_apart_too);
	tcase_add_test(tc, groups_and_ranges_go_with_arrivals);
	suite_add_tcase(s, tc);
	return s;
}
