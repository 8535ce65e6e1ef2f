/* SPDX-License-Identifier: MIT */
/*
 * Quantiles of random interactions: the values that a mean is of, one by one
 * from SQL, put in order and counted off in plain C. KPI_CASES says how many
 * questions are asked.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sql_oracle.h"

#include "runner.h"

#define QUESTIONS 40 /* of one store */
#define TOGETHER  4  /* quantiles of one measuring */
#define MILLION   UINT64_C(1000000)

static const struct {
	int32_t mean, quantile;
} times[] = {
	{ KPI_METRIC_AVERAGE_WAIT, KPI_METRIC_WAIT_QUANTILE },
	{ KPI_METRIC_AVERAGE_SPEED_OF_ANSWER,
	    KPI_METRIC_SPEED_OF_ANSWER_QUANTILE },
	{ KPI_METRIC_AVERAGE_HANDLE_TIME, KPI_METRIC_HANDLE_TIME_QUANTILE },
	{ KPI_METRIC_AVERAGE_TALK_TIME, KPI_METRIC_TALK_TIME_QUANTILE },
	{ KPI_METRIC_AVERAGE_HOLD_TIME, KPI_METRIC_HOLD_TIME_QUANTILE },
	{ KPI_METRIC_AVERAGE_AFTER_CALL_TIME,
	    KPI_METRIC_AFTER_CALL_TIME_QUANTILE },
	{ KPI_METRIC_FIRST_RESPONSE_TIME,
	    KPI_METRIC_FIRST_RESPONSE_TIME_QUANTILE },
	{ KPI_METRIC_RESOLUTION_TIME, KPI_METRIC_RESOLUTION_TIME_QUANTILE },
};

#define TIMES (sizeof(times) / sizeof(*times))

static const struct {
	const char *text;
	uint64_t millionths;
} shares[] = { { "0.5", 500000 }, { "0.9", 900000 }, { "0.07", 70000 },
	{ "0.333333", 333333 }, { "0", 0 }, { "1", 1000000 },
	{ "0.000001", 1 }, { "0.999999", 999999 } };

#define SHARES (sizeof(shares) / sizeof(*shares))

/* The values of one group, in ascending order. */
typedef struct values {
	int64_t at[512], share[512];
	uint32_t count;
	uint64_t parts;
} values;

typedef struct asked_quantile {
	uint64_t millionths;
	int linear;
} asked_quantile;

static int64_t
value_at(const values *v, uint64_t place)
{
	uint64_t before = 0;

	for (uint32_t i = 0; i < v->count; i++) {
		before += (uint64_t)v->share[i];
		if (place < before)
			return v->at[i];
	}
	ck_abort_msg("no value %llu", (unsigned long long)place);
	return 0;
}

/* The first place that has at least q n values up to it. */
static double
nearest(const values *v, uint64_t q)
{
	uint64_t place = 0;

	while ((place + 1) * MILLION < q * v->parts)
		place++;
	return (double)value_at(v, place);
}

static double
linear(const values *v, uint64_t q)
{
	const uint64_t at = q * (v->parts - 1);
	const double low = (double)value_at(v, at / MILLION);
	const double beyond = (double)(at % MILLION) / (double)MILLION;

	if (beyond == 0)
		return low;
	return low +
	    beyond * ((double)value_at(v, at / MILLION + 1) - low);
}

static int
is_of_row(const sql_row *value, const kpi_result *r, uint64_t row,
    const question_rows *rows)
{
	if (value->begin != kpi_result_begin(r, row))
		return 0;
	for (uint32_t i = 0; i < rows->by_count; i++) {
		const char *group = kpi_result_group(r, row, i);

		if ((group == NULL) != (value->group[i] == NULL) ||
		    (group != NULL && strcmp(group, value->group[i]) != 0))
			return 0;
	}
	return 1;
}

/* More than 5 % of those who have a value or may yet get one. */
static int
is_awaited(const kpi_result *r, const kpi_figure *f)
{
	const char *of = kpi_result_definition(r, 0);

	return (strncmp(of, "first_response", 14) == 0 ||
		   strncmp(of, "resolution", 10) == 0) &&
	    20 * f->immature > f->immature + f->denominator;
}

static void
check_row(const values *v, const kpi_result *r, uint64_t row,
    const asked_quantile *asked, const char *said)
{
	for (uint64_t i = 0; i < TOGETHER; i++) {
		kpi_figure f = KPI_FIGURE_INIT;
		double expected;

		ck_assert_int_eq(kpi_result_figure(r, row, i, &f), KPI_OK);
		ck_assert_msg(f.denominator == (int64_t)v->parts,
		    "%lld of %llu: %s", (long long)f.denominator,
		    (unsigned long long)v->parts, said);
		if (is_awaited(r, &f)) {
			ck_assert_msg(f.state != KPI_STATE_OK, "%s", said);
			continue;
		}
		if (v->count == 0) {
			ck_assert_msg(f.state == KPI_STATE_NO_DATA, "%s", said);
			continue;
		}
		/* Parts are too many to be counted off one by one. */
		if (!asked[i].linear && f.parts > 1)
			expected = (double)value_at(v,
			    (asked[i].millionths * v->parts + MILLION - 1) /
					MILLION -
				(asked[i].millionths > 0));
		else
			expected = asked[i].linear
			    ? linear(v, asked[i].millionths)
			    : nearest(v, asked[i].millionths);
		ck_assert_msg(f.state == KPI_STATE_OK &&
			fabs(f.value - expected) <= 1e-9 * fmax(1, expected),
		    "%.17g for %.17g at %llu: %s of %s", f.value, expected,
		    (unsigned long long)asked[i].millionths,
		    kpi_result_definition(r, i), said);
	}
}

/* The values come by group as the rows do; rows without one have none. */
static void
check_rows(sqlite3_stmt *select, const question_rows *rows,
    const kpi_result *r, const asked_quantile *asked, const char *said)
{
	static values v;
	sql_row value;
	int more = sql_oracle_value(select, rows, &value);

	for (uint64_t row = 0; row < kpi_result_rows(r); row++) {
		v.count = 0;
		v.parts = 0;
		while (more && is_of_row(&value, r, row, rows)) {
			ck_assert_uint_lt(v.count, 512);
			v.at[v.count] = value.numerator;
			v.share[v.count++] = value.denominator;
			v.parts += (uint64_t)value.denominator;
			more = sql_oracle_value(select, rows, &value);
		}
		check_row(&v, r, row, asked, said);
	}
	ck_assert_msg(!more, "a value in no row: %s", said);
}

static void
forget_bounds(question *q)
{
	static const char *const of_means[] = { "bounds_by", "verdict_by",
		"compare_adjust", "target_goal" };

	for (uint32_t i = 0; i < q->parameter_count; i++)
		for (size_t k = 0; k < sizeof(of_means) / sizeof(*of_means);
		     k++)
			if (strcmp(q->parameters[i].name, of_means[k]) == 0)
				q->parameters[i].given = 0;
}

static int
is_split(const question *q, const question_rows *rows)
{
	return strcmp(question_value(q, "credit"), "equal") == 0 &&
	    (question_rows_name(rows, KPI_BY_AGENT) ||
		question_rows_name(rows, KPI_BY_TEAM));
}

static void
set(kpi_definition *d, const char *parameter, const char *value)
{
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_msg(
	    kpi_definition_set(d, parameter, value, &error) == KPI_OK, "%s",
	    error.text);
}

static void
ask(sql_oracle *oracle, kpi_store *store, random_source *s, size_t time)
{
	static question q;
	kpi_definition *made[TOGETHER];
	const kpi_definition *all[TOGETHER];
	asked_quantile asked[TOGETHER];
	kpi_error error = KPI_ERROR_INIT;
	question_rows rows;
	kpi_query *query;
	kpi_result *r;

	question_rows_make(&rows, s, oracle->instants, oracle->instant_count);
	question_make(&q, s, times[time].mean, random_one_in(s, 5),
	    oracle->instants, oracle->instant_count);
	forget_bounds(&q);
	q.metric = times[time].quantile;
	for (uint32_t i = 0; i < TOGETHER; i++) {
		const uint32_t share = random_below(s, SHARES);

		all[i] = made[i] = question_definition(&q);
		asked[i].millionths = shares[share].millionths;
		asked[i].linear =
		    !is_split(&q, &rows) && random_one_in(s, 2);
		set(made[i], "quantile", shares[share].text);
		if (random_one_in(s, 2))
			set(made[i], "quantile_from", "values");
		if (asked[i].linear)
			set(made[i], "quantile_rule", "linear");
	}
	query = question_query(&rows);
	ck_assert_msg(
	    kpi_measure(&r, store, query, all, TOGETHER, &error) == KPI_OK,
	    "%s: %s", error.text, question_said(&q, &rows));
	q.metric = times[time].mean;
	check_rows(sql_oracle_values(oracle, &q, &rows), &rows, r, asked,
	    question_said(&q, &rows));
	kpi_result_free(r);
	kpi_query_free(query);
	for (uint32_t i = 0; i < TOGETHER; i++)
		kpi_definition_free(made[i]);
}

START_TEST(quantiles_are_those_of_the_values_in_sql)
{
	const uint32_t wanted = random_cases(3000) / 6 + 1;
	sql_oracle oracle;

	sql_oracle_open(&oracle);
	for (uint32_t done = 0, seed = 1; done < wanted; seed++) {
		random_source s = { seed * UINT64_C(1000033) +
			(uint64_t)_i * 7919 };
		const random_shape shape = random_shape_any(&s);
		random_interactions made;
		kpi_store *store;

		random_interactions_make(
		    &made, s.state, 1 + random_below(&s, 70), &shape);
		store = random_interactions_store(&made);
		sql_oracle_load(&oracle, &made);
		for (uint32_t q = 0; q < QUESTIONS && done < wanted;
		     q++, done++)
			ask(&oracle, store, &s, (size_t)_i);
		kpi_store_close(store);
		random_interactions_free(&made);
	}
	sql_oracle_close(&oracle);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("oracle_quantiles");
	TCase *tc = tcase_create("oracle_quantiles");

	tcase_set_timeout(tc, 3600);
	tcase_add_loop_test(
	    tc, quantiles_are_those_of_the_values_in_sql, 0, (int)TIMES);
	suite_add_tcase(s, tc);
	return s;
}
