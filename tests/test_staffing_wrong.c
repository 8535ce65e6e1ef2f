/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <kpi.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static kpi_staffing_options
right(void)
{
	kpi_staffing_options o = KPI_STAFFING_OPTIONS_INIT;

	o.contacts = 100;
	o.interval_ms = 1800000;
	o.handle_time_ms = 180000;
	o.threshold_ms = 20000;
	return o;
}

/* Refused for the field, with the text; nothing is written. */
static void
refused(const kpi_staffing_options *o, uint64_t agents, kpi_status status,
    const char *field, const char *text)
{
	kpi_staffing s = KPI_STAFFING_INIT, before;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status found;

	s.load = 77;
	before = s;
	found = agents == UINT64_MAX ? kpi_staffing_for(&s, o, &error)
				     : kpi_staffing_of(&s, o, agents, &error);
	ck_assert_int_eq(found, status);
	ck_assert_int_eq(error.status, status);
	ck_assert_str_eq(error.field, field);
	ck_assert_str_eq(error.text, text);
	ck_assert_mem_eq(&s, &before, sizeof(s));
	found = agents == UINT64_MAX ? kpi_staffing_for(&s, o, NULL)
				     : kpi_staffing_of(&s, o, agents, NULL);
	ck_assert_int_eq(found, status);
}

#define FEWEST UINT64_MAX

START_TEST(amounts_outside_their_range_are_refused_by_name)
{
	static const struct {
		size_t at;
		double value;
		const char *field, *text;
	} wrong[] = {
#define WRONG(field, value, text)                                              \
	{ offsetof(kpi_staffing_options, field), value, #field, #field text }
		WRONG(
		    contacts, -1, " is -1: expected is 0 to 1000000000000000"),
		WRONG(contacts, NAN,
		    " is not finite: expected is 0 to 1000000000000000"),
		WRONG(contacts, INFINITY,
		    " is not finite: expected is 0 to 1000000000000000"),
		WRONG(interval_ms, 0,
		    " is 0: expected is 0.001 to 1000000000000000"),
		WRONG(interval_ms, -1800000,
		    " is -1800000: expected is 0.001 to 1000000000000000"),
		WRONG(handle_time_ms, 0,
		    " is 0: expected is 0.001 to 1000000000000000"),
		WRONG(handle_time_ms, NAN,
		    " is not finite: expected is 0.001 to 1000000000000000"),
		WRONG(patience_ms, -0.5,
		    " is -0.5: expected is 0.001 to 1000000000000000"),
		WRONG(patience_ms, INFINITY,
		    " is not finite: expected is 0.001 to 1000000000000000"),
		WRONG(threshold_ms, -20000,
		    " is -20000: expected is 0 to 1000000000000000"),
		WRONG(threshold_ms, NAN,
		    " is not finite: expected is 0 to 1000000000000000"),
		WRONG(max_occupancy, 1.01, " is 1.01: expected is 0 to 1"),
		WRONG(max_occupancy, NAN, " is not finite: expected is 0 to 1"),
		WRONG(shrinkage, 1, " is 1: expected is 0 to 0.999"),
		WRONG(shrinkage, -0.1, " is -0.1: expected is 0 to 0.999"),
		WRONG(shrinkage, NAN, " is not finite: expected is 0 to 0.999"),
	};

	for (size_t i = 0; i < COUNT(wrong); i++) {
		kpi_staffing_options o = right();

		memcpy(
		    (char *)&o + wrong[i].at, &wrong[i].value, sizeof(double));
		refused(&o, 14, KPI_EINVAL, wrong[i].field, wrong[i].text);
		refused(&o, FEWEST, KPI_EINVAL, wrong[i].field, wrong[i].text);
	}
}
END_TEST

START_TEST(targets_outside_their_range_are_refused)
{
	static const struct {
		int32_t target;
		double value;
		const char *text;
	} wrong[] = {
		{ 0, 1,
		    "target_value is 1: expected is more than 0 and less than "
		    "1" },
		{ KPI_ERLANG_SERVICE_LEVEL, 80,
		    "target_value is 80: expected is more than 0 and less "
		    "than 1" },
		{ KPI_ERLANG_SERVICE_LEVEL, -0.8,
		    "target_value is -0.8: expected is more than 0 and less "
		    "than 1" },
		{ KPI_ERLANG_WAIT_PROBABILITY, 0,
		    "target_value is 0: expected is more than 0 and less than "
		    "1" },
		{ KPI_ERLANG_SPEED_OF_ANSWER, 0,
		    "target_value is 0: expected is more than 0 and less than "
		    "1000000000000000" },
		{ KPI_ERLANG_OCCUPANCY, NAN,
		    "target_value is not finite: expected is more than 0 and "
		    "less than 1" },
	};
	kpi_staffing_options o = right();

	for (size_t i = 0; i < COUNT(wrong); i++) {
		o.target = wrong[i].target;
		o.target_value = wrong[i].value;
		refused(&o, FEWEST, KPI_EINVAL, "target_value", wrong[i].text);
	}
	o.target_value = 0.05;
	o.target = KPI_ERLANG_ABANDONMENT;
	refused(&o, FEWEST, KPI_EINVAL, "patience_ms",
	    "nobody abandons without a patience: expected is one");
	o.target = 6;
	refused(&o, FEWEST, KPI_EINVAL, "target",
	    "target is 6: expected is one of KPI_ERLANG_");
	o.target = -1;
	refused(&o, FEWEST, KPI_EINVAL, "target",
	    "target is -1: expected is one of KPI_ERLANG_");
}
END_TEST

START_TEST(agents_that_never_catch_up_are_told_the_fewest_who_do)
{
	kpi_staffing_options o = right();
	kpi_staffing s = KPI_STAFFING_INIT;

	refused(&o, 10, KPI_EINVAL, "agents",
	    "10 agents never catch up with 10 erlangs: expected is 11 at "
	    "least, or a patience");
	refused(&o, 3, KPI_EINVAL, "agents",
	    "3 agents never catch up with 10 erlangs: expected is 11 at "
	    "least, or a patience");
	ck_assert_int_eq(kpi_staffing_of(&s, &o, 11, NULL), KPI_OK);
	o.contacts = 105;
	refused(&o, 10, KPI_EINVAL, "agents",
	    "10 agents never catch up with 10.5 erlangs: expected is 11 at "
	    "least, or a patience");
	o.patience_ms = 60000;
	ck_assert_int_eq(kpi_staffing_of(&s, &o, 3, NULL), KPI_OK);
	ck_assert(s.occupancy > 0.95 && s.occupancy <= 1);
}
END_TEST

START_TEST(more_than_the_most_are_refused)
{
	kpi_staffing_options o = right();

	refused(&o, 0, KPI_EINVAL, "agents",
	    "agents are 0: expected is 1 to 10000000");
	refused(&o, 10000001, KPI_EINVAL, "agents",
	    "agents are 10000001: expected is 1 to 10000000");
	o.max_occupancy = 1e-7;
	refused(&o, FEWEST, KPI_ELIMIT, "",
	    "more than 10000000 agents would be needed");
	o.contacts = 1e8;
	refused(&o, FEWEST, KPI_ELIMIT, "",
	    "more than 10000000 agents would be needed");
	o.contacts = 2e8;
	refused(&o, 14, KPI_EINVAL, "contacts",
	    "the load is 20000000 erlangs: expected is at most 10000000");
}
END_TEST

START_TEST(structs_of_other_releases_are_read_by_their_size)
{
	struct {
		kpi_staffing_options o;
		uint64_t later;
	} next = { right(), 0 };
	kpi_staffing_options o = right();
	kpi_staffing s = KPI_STAFFING_INIT;

	next.o.size = sizeof(next);
	ck_assert_int_eq(kpi_staffing_of(&s, &next.o, 14, NULL), KPI_OK);
	next.later = 1;
	refused(&next.o, 14, KPI_ENOTSUP, "",
	    "an option that this release does not know");
	o.reserved = 1;
	refused(&o, FEWEST, KPI_ENOTSUP, "",
	    "an option that this release does not know");
	o = right();
	o.size = 0;
	refused(&o, 14, KPI_EINVAL, "", "no options, or their size is not set");
	refused(NULL, FEWEST, KPI_EINVAL, "",
	    "no options, or their size is not set");
	o = right();
	s.size = 8;
	ck_assert_int_eq(kpi_staffing_of(&s, &o, 14, NULL), KPI_EINVAL);
	ck_assert_int_eq(kpi_staffing_for(&s, &o, NULL), KPI_EINVAL);
	ck_assert_int_eq(kpi_staffing_of(NULL, &o, 14, NULL), KPI_EINVAL);
}
END_TEST

START_TEST(lines_and_their_load_have_a_range)
{
	kpi_error error = KPI_ERROR_INIT;
	double blocking = 77;
	uint64_t lines = 77;

	ck_assert_int_eq(
	    kpi_erlang_blocking(&blocking, -1, 3, &error), KPI_EINVAL);
	ck_assert_str_eq(error.field, "load");
	ck_assert_str_eq(error.text, "load is -1: expected is 0 to 10000000");
	ck_assert_int_eq(
	    kpi_erlang_blocking(&blocking, NAN, 3, NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_erlang_blocking(&blocking, 1, 10000001, &error), KPI_EINVAL);
	ck_assert_str_eq(
	    error.text, "lines are 10000001: expected is 0 to 10000000");
	ck_assert_int_eq(kpi_erlang_blocking(NULL, 1, 3, NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_erlang_lines(&lines, INFINITY, 0.02, NULL), KPI_EINVAL);
	ck_assert_int_eq(kpi_erlang_lines(&lines, 10, 0, &error), KPI_EINVAL);
	ck_assert_str_eq(error.text,
	    "blocking is 0: expected is more than 0 and less than 1");
	ck_assert_int_eq(kpi_erlang_lines(&lines, 10, 1, NULL), KPI_EINVAL);
	ck_assert_int_eq(kpi_erlang_lines(NULL, 10, 0.1, NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_erlang_lines(&lines, 1e7, 1e-9, &error), KPI_ELIMIT);
	ck_assert_str_eq(
	    error.text, "more than 10000000 lines would be needed");
	ck_assert(blocking == 77);
	ck_assert_uint_eq(lines, 77);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("staffing_wrong");
	TCase *t = tcase_create("staffing_wrong");

	tcase_add_test(t, amounts_outside_their_range_are_refused_by_name);
	tcase_add_test(t, targets_outside_their_range_are_refused);
	tcase_add_test(
	    t, agents_that_never_catch_up_are_told_the_fewest_who_do);
	tcase_add_test(t, more_than_the_most_are_refused);
	tcase_add_test(t, structs_of_other_releases_are_read_by_their_size);
	tcase_add_test(t, lines_and_their_load_have_a_range);
	suite_add_tcase(s, t);
	return s;
}

#include "runner.h"
