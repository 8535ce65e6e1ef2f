/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <kpi.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define DAY          86400000.0

static void
within(double value, double expected, double relative)
{
	ck_assert_msg(fabs(value - expected) <= relative * fabs(expected),
	    "%.17g is not %.17g", value, expected);
}

/* A load in erlangs, handle times of 180 s, answered in 20 s. */
static kpi_staffing_options
load_of(double load, double patience_ms)
{
	kpi_staffing_options o = KPI_STAFFING_OPTIONS_INIT;

	o.contacts = load;
	o.interval_ms = 180000;
	o.handle_time_ms = 180000;
	o.patience_ms = patience_ms;
	o.threshold_ms = 20000;
	return o;
}

static kpi_staffing
with_agents(const kpi_staffing_options *o, uint64_t agents)
{
	kpi_staffing s = KPI_STAFFING_INIT;
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_msg(
	    kpi_staffing_of(&s, o, agents, &error) == KPI_OK, "%s", error.text);
	return s;
}

static kpi_staffing
fewest(const kpi_staffing_options *o)
{
	kpi_staffing s = KPI_STAFFING_INIT;
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_msg(
	    kpi_staffing_for(&s, o, &error) == KPI_OK, "%s", error.text);
	return s;
}

static double
blocking_of(double load, uint64_t lines)
{
	double blocking;

	ck_assert_int_eq(
	    kpi_erlang_blocking(&blocking, load, lines, NULL), KPI_OK);
	return blocking;
}

START_TEST(blocking_is_that_of_the_tables)
{
	within(blocking_of(1, 1), 0.5, 1e-15);
	within(blocking_of(1, 2), 0.2, 1e-15);
	within(blocking_of(10, 17), 0.0129489, 4e-6);
	ck_assert_double_eq_tol(blocking_of(8.108043, 15), 0.01, 1e-6);
	within(blocking_of(2, 3), 4.0 / 19, 1e-15);
	ck_assert(blocking_of(7, 0) == 1);
	ck_assert(blocking_of(1e-300, 5) == 0);
	ck_assert(isnan(blocking_of(0, 5)));
}
END_TEST

START_TEST(blocking_is_that_of_the_recurrence)
{
	static const double loads[] = { 0.01, 0.7, 3, 42.5, 1000, 99000 };

	for (size_t i = 0; i < COUNT(loads); i++) {
		const double a = loads[i];
		double b = 1;

		for (uint64_t n = 1; n <= 101000 && b > 1e-290; n++) {
			b = a * b / ((double)n + a * b);
			if (n < 1100 || n % 1009 == 0)
				within(blocking_of(a, n), b, 2e-13);
		}
	}
}
END_TEST

START_TEST(the_fewest_lines_are_the_fewest)
{
	static const double blocking[] = { 0.5, 0.2, 0.02, 0.001, 1e-9 };
	uint64_t lines;

	for (size_t i = 0; i < COUNT(blocking); i++) {
		for (double load = 0.3; load < 2e5; load *= 3.7) {
			ck_assert_int_eq(
			    kpi_erlang_lines(&lines, load, blocking[i], NULL),
			    KPI_OK);
			ck_assert(blocking_of(load, lines) <= blocking[i]);
			ck_assert(blocking_of(load, lines - 1) > blocking[i]);
		}
	}
	ck_assert_int_eq(kpi_erlang_lines(&lines, 10, 0.02, NULL), KPI_OK);
	ck_assert_uint_eq(lines, 17);
	ck_assert_int_eq(kpi_erlang_lines(&lines, 1, 0.2, NULL), KPI_OK);
	ck_assert_uint_eq(lines, 2);
	ck_assert_int_eq(kpi_erlang_lines(&lines, 0, 0.02, NULL), KPI_OK);
	ck_assert_uint_eq(lines, 0);
}
END_TEST

/* 100 contacts in half an hour of 180 s each: 10 erlangs. */
static kpi_staffing_options
half_an_hour(void)
{
	kpi_staffing_options o = load_of(0, 0);

	o.contacts = 100;
	o.interval_ms = 1800000;
	return o;
}

START_TEST(where_all_wait_it_is_erlang_c)
{
	const kpi_staffing_options o = half_an_hour();
	const kpi_staffing easy = with_agents(&o, 14);
	const kpi_staffing hard = with_agents(&o, 11);

	ck_assert(easy.load == 10);
	ck_assert_uint_eq(easy.agents, 14);
	ck_assert_uint_eq(easy.positions, 14);
	within(easy.wait_probability, 0.1741319335950498, 1e-9);
	within(easy.service_level, 0.8883500191794669, 1e-9);
	within(easy.speed_of_answer_ms, 7835.93701177724, 1e-9);
	within(easy.mean_wait_ms, 7835.93701177724, 1e-9);
	within(easy.occupancy, 0.7142857142857143, 1e-9);
	ck_assert(easy.abandonment == 0);
	ck_assert_double_eq_tol(hard.wait_probability, 0.6821182, 1e-6);
	ck_assert_double_eq_tol(hard.service_level, 0.3896138, 1e-6);
}
END_TEST

START_TEST(agents_are_those_of_the_target_the_limit_and_the_shrinkage)
{
	kpi_staffing_options o = half_an_hour();
	kpi_staffing s;

	o.max_occupancy = 0.85;
	o.shrinkage = 0.3;
	s = fewest(&o);
	ck_assert_uint_eq(s.agents, 14);
	ck_assert_uint_eq(s.positions, 20);
	within(s.service_level, 0.8883500191794669, 1e-9);
	o.target = KPI_ERLANG_SERVICE_LEVEL;
	o.target_value = 0.8;
	o.max_occupancy = 0.7;
	s = fewest(&o);
	ck_assert_uint_eq(s.agents, 15);
	ck_assert_uint_eq(s.positions, 22);
	ck_assert_uint_eq(with_agents(&o, 14).positions, 20);
}
END_TEST

START_TEST(positions_are_rounded_up_as_on_paper)
{
	for (uint64_t percent = 0; percent < 100; percent++) {
		kpi_staffing_options o = load_of(0, 60000);

		o.shrinkage = (double)percent / 100;
		for (uint64_t n = 1; n < 300; n++)
			ck_assert_uint_eq(with_agents(&o, n).positions,
			    (100 * n + 99 - percent) / (100 - percent));
	}
}
END_TEST

START_TEST(where_people_leave_it_is_erlang_a)
{
	kpi_staffing_options o = load_of(3.3333333333, 300000);
	kpi_staffing s;

	o.interval_ms = 60000;
	s = with_agents(&o, 14);
	within(s.wait_probability, 0.1452601143, 4e-10);
	within(s.abandonment, 0.0139837441, 4e-9);
	within(s.occupancy, 0.7042973256, 1e-10);
	within(s.mean_wait_ms / 60000, 0.0699187206, 1e-9);
	within(s.service_level, 0.9167920919, 1e-10);
}
END_TEST

/* Then whoever is there goes at one rate, so that Poisson's law counts them. */
START_TEST(patience_as_long_as_a_call_makes_the_present_ones_poisson)
{
	const kpi_staffing_options o = load_of(1, 180000);
	const kpi_staffing s = with_agents(&o, 1);

	within(s.wait_probability, 1 - exp(-1), 1e-14);
	within(s.abandonment, exp(-1), 1e-14);
	within(s.occupancy, 1 - exp(-1), 1e-14);
	within(s.mean_wait_ms, 180000 * exp(-1), 1e-14);
}
END_TEST

/*
 * The chain of those who are there, state by state, that of n having weight 1.
 * Who finds n + j there waits for j + 1 departures, which come at the rates
 * n + i / patience, i from j down to 0: in all longer than t as a number of
 * the distribution beta(n patience, j + 1) is less than e^(-t / patience).
 */
static void
add_up_chain(kpi_staffing *s, double a, uint64_t agents, double patience,
    double threshold)
{
	const double n = (double)agents, c = n * patience;
	const double x = exp(-threshold / patience);
	double idle = 0, term = 1, present = 1, left = 0, answered = 0;
	double late = 0, wait = 0, all = 0, nth;
	double beta = pow(x, c + 1), step = beta, mean = 0;

	for (double k = n; k >= 1; k--)
		idle += term *= k / a;
	for (nth = 0; nth == 0 || present > 1e-20 * all ||
	     n * patience + nth < a * patience;
	     nth++) {
		const double stays = c / (c + nth + 1);

		if (nth > 0) {
			present *= a * patience / (c + nth);
			step *= (1 - x) * (c + nth) / nth;
			beta += step;
		}
		mean += 1 / (c + 1 + nth);
		all += present;
		left += present * (nth + 1) / (c + nth + 1);
		answered += present * stays;
		late += present * stays * beta;
		wait += present * stays * mean;
	}
	s->wait_probability = all / (idle + all);
	s->abandonment = left / (idle + all);
	s->service_level = (idle + answered - late) / (idle + all);
	s->speed_of_answer_ms = 180000 * patience * wait / (idle + answered);
	s->mean_wait_ms = 180000 * patience * s->abandonment;
	s->occupancy = a / n * (idle + answered) / (idle + all);
}

/* Whether the chain's numbers are those that a double has. */
static int
chain_fits(double a, double n, double patience, double threshold)
{
	return (a < n || (a - n - n * log(a / n)) * patience < 600) &&
	    threshold * (n + 1 / patience) < 600;
}

START_TEST(figures_are_those_of_the_chain_of_states)
{
	static const uint64_t agents[] = { 1, 2, 7, 40, 300 };
	static const double rho[] = { 0.05, 0.6, 0.97, 1, 1.02, 1.5, 8 };
	static const double patience[] = { 0.001, 0.05, 0.4, 1, 6, 90 };
	static const double threshold[] = { 0, 0.02, 0.11, 1.5, 20 };
	kpi_staffing e = KPI_STAFFING_INIT;
	int compared = 0;

	for (size_t i = 0; i <
	     COUNT(agents) * COUNT(rho) * COUNT(patience) * COUNT(threshold);
	     i++) {
		const uint64_t n = agents[i % COUNT(agents)];
		const size_t r = i / COUNT(agents), p = r / COUNT(rho);
		const double a = (double)n * rho[r % COUNT(rho)];
		const double mean = patience[p % COUNT(patience)];
		const double t = threshold[p / COUNT(patience)];
		kpi_staffing_options o = load_of(a, 180000 * mean);
		kpi_staffing s;

		if (!chain_fits(a, (double)n, mean, t))
			continue;
		compared++;
		o.threshold_ms = 180000 * t;
		s = with_agents(&o, n);
		add_up_chain(&e, s.load, n, mean, t);
		ck_assert_double_eq_tol(
		    s.service_level, e.service_level, 1e-13);
		if (e.abandonment < 1e-290)
			continue;
		within(s.wait_probability, e.wait_probability, 1e-12);
		within(s.abandonment, e.abandonment, 1e-12);
		within(s.speed_of_answer_ms, e.speed_of_answer_ms, 1e-12);
		within(s.mean_wait_ms, e.mean_wait_ms, 1e-12);
		within(s.occupancy, e.occupancy, 1e-12);
	}
	ck_assert_int_ge(compared, 700);
}
END_TEST

START_TEST(patience_without_end_is_erlang_c)
{
	static const double load[] = { 0.5, 10, 97.3, 99900 };

	for (size_t i = 0; i < COUNT(load); i++) {
		const uint64_t n = (uint64_t)(load[i] * 1.1) + 1;
		const kpi_staffing_options a = load_of(load[i], 6e10);
		const kpi_staffing_options c = load_of(load[i], 0);
		const kpi_staffing leave = with_agents(&a, n);
		const kpi_staffing stay = with_agents(&c, n);

		within(leave.wait_probability, stay.wait_probability, 1e-4);
		within(leave.service_level, stay.service_level, 1e-4);
		within(leave.mean_wait_ms, stay.mean_wait_ms, 1e-4);
		within(leave.speed_of_answer_ms, stay.mean_wait_ms, 1e-4);
		within(leave.occupancy, stay.occupancy, 1e-4);
		ck_assert(leave.abandonment < 1e-4);
	}
}
END_TEST

START_TEST(the_level_never_falls_as_the_target_grows)
{
	static const double agents[] = { 1, 14, 1000, 100000 };
	static const double rho[] = { 0.7, 0.995, 0.99999, 1.3 };
	static const double patience[] = { 0, 500, 120000, 6e10 };

	for (size_t i = 0; i < 4 * 4 * 4; i++) {
		const double n = agents[i % 4];
		kpi_staffing_options o =
		    load_of(n * rho[i / 4 % 4], patience[i / 16]);
		double level = 0;

		if (o.patience_ms == 0 && o.contacts > n)
			continue;
		for (int step = 0; step <= 250; step++) {
			kpi_staffing s;

			o.threshold_ms = DAY * pow(step / 250.0, 4);
			s = with_agents(&o, (uint64_t)n);
			ck_assert_msg(s.service_level >= level - 4e-16 &&
				s.service_level <= 1,
			    "%g agents, load %g, patience %g: %.17g after "
			    "%.17g at %g ms",
			    n, o.contacts, o.patience_ms, s.service_level,
			    level, o.threshold_ms);
			level = s.service_level;
		}
		if (rho[i / 4 % 4] == 0.7 &&
		    (o.patience_ms == 0 || o.patience_ms == 6e10))
			ck_assert(level > 0.9999);
	}
}
END_TEST

START_TEST(more_agents_never_make_it_worse)
{
	static const double patience[] = { 0, 2000, 120000, 1e8 };

	for (size_t i = 0; i < COUNT(patience); i++) {
		const kpi_staffing_options o = load_of(24.7, patience[i]);
		uint64_t n = patience[i] > 0 ? 1 : 25;
		kpi_staffing before = with_agents(&o, n++), s;

		for (; n < 100; n++, before = s) {
			s = with_agents(&o, n);
			ck_assert(
			    s.wait_probability <= before.wait_probability);
			ck_assert(
			    s.service_level >= before.service_level - 4e-16);
			ck_assert(s.mean_wait_ms <= before.mean_wait_ms);
			ck_assert(
			    s.speed_of_answer_ms <= before.speed_of_answer_ms);
			ck_assert(s.abandonment <= before.abandonment);
			ck_assert(s.occupancy <= before.occupancy + 4e-16);
			ck_assert(s.occupancy > 0 && s.occupancy <= 1);
		}
	}
}
END_TEST

static int
holds(const kpi_staffing *s, int32_t target, double value)
{
	const double figure[] = { 0, 1 - s->service_level, s->wait_probability,
		s->speed_of_answer_ms, s->abandonment, s->occupancy };

	if (target == KPI_ERLANG_SERVICE_LEVEL)
		value = 1 - value;
	return figure[target] <= value + 1e-11 * value;
}

START_TEST(the_fewest_agents_are_the_fewest)
{
	static const struct {
		int32_t target;
		double value;
	} wanted[] = {
		{ KPI_ERLANG_SERVICE_LEVEL, 0.8 },
		{ KPI_ERLANG_SERVICE_LEVEL, 0.999 },
		{ KPI_ERLANG_WAIT_PROBABILITY, 0.1 },
		{ KPI_ERLANG_SPEED_OF_ANSWER, 5000 },
		{ KPI_ERLANG_ABANDONMENT, 0.03 },
		{ KPI_ERLANG_OCCUPANCY, 0.9 },
	};
	static const double patience[] = { 0, 3000, 240000 };

	for (size_t i = 0; i < COUNT(wanted) * COUNT(patience); i++) {
		const int32_t target = wanted[i / 3].target;
		const double value = wanted[i / 3].value;

		if (target == KPI_ERLANG_ABANDONMENT && patience[i % 3] == 0)
			continue;
		for (double load = 0.2; load < 2e5; load *= 4.3) {
			kpi_staffing_options o = load_of(load, patience[i % 3]);
			kpi_staffing s;

			o.target = target;
			o.target_value = value;
			s = fewest(&o);
			ck_assert(holds(&s, target, value));
			if (kpi_staffing_of(&s, &o, s.agents - 1, NULL) ==
			    KPI_OK)
				ck_assert(!holds(&s, target, value));
		}
	}
}
END_TEST

START_TEST(an_occupancy_that_is_just_reached_is_reached)
{
	for (uint64_t n = 1; n < 500; n++) {
		kpi_staffing_options o = load_of(0.7 * (double)n, 0);

		o.max_occupancy = 0.7;
		o.target = KPI_ERLANG_OCCUPANCY;
		o.target_value = 0.9;
		ck_assert_uint_eq(fewest(&o).agents, n);
	}
}
END_TEST

START_TEST(without_contacts_there_are_no_figures_and_no_agents)
{
	for (int i = 0; i < 2; i++) {
		const kpi_staffing_options o = load_of(0, i * 60000.0);
		kpi_staffing s = with_agents(&o, 5);

		ck_assert(isnan(s.wait_probability));
		ck_assert(isnan(s.service_level));
		ck_assert(isnan(s.mean_wait_ms));
		ck_assert(isnan(s.speed_of_answer_ms));
		ck_assert(isnan(s.abandonment));
		ck_assert(s.occupancy == 0);
		s = fewest(&o);
		ck_assert_uint_eq(s.agents, 0);
		ck_assert_uint_eq(s.positions, 0);
		ck_assert(isnan(s.occupancy));
	}
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("staffing");
	TCase *t = tcase_create("staffing");

	tcase_add_test(t, blocking_is_that_of_the_tables);
	tcase_add_test(t, blocking_is_that_of_the_recurrence);
	tcase_add_test(t, the_fewest_lines_are_the_fewest);
	tcase_add_test(t, where_all_wait_it_is_erlang_c);
	tcase_add_test(
	    t, agents_are_those_of_the_target_the_limit_and_the_shrinkage);
	tcase_add_test(t, positions_are_rounded_up_as_on_paper);
	tcase_add_test(t, where_people_leave_it_is_erlang_a);
	tcase_add_test(
	    t, patience_as_long_as_a_call_makes_the_present_ones_poisson);
	tcase_add_test(t, figures_are_those_of_the_chain_of_states);
	tcase_add_test(t, patience_without_end_is_erlang_c);
	tcase_add_test(t, the_level_never_falls_as_the_target_grows);
	tcase_add_test(t, more_agents_never_make_it_worse);
	tcase_add_test(t, the_fewest_agents_are_the_fewest);
	tcase_add_test(t, an_occupancy_that_is_just_reached_is_reached);
	tcase_add_test(t, without_contacts_there_are_no_figures_and_no_agents);
	suite_add_tcase(s, t);
	return s;
}

#include "runner.h"
