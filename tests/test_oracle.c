/* SPDX-License-Identifier: MIT */
/*
 * Random interactions, asked of the library and, as tables, of SQLite: every
 * metric with its defaults and with parameters varied, by groups and buckets,
 * with ranges and filters; random expenses beside them. KPI_CASES says how many
 * questions are asked.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sql_oracle.h"

#include "runner.h"

#define QUESTIONS       40 /* of one store */
#define TOGETHER_MOST   6
#define MANY            10000 /* interactions at the most, a case each */
#define STANDARD_NORMAL 1.959963984540054

static int
is_set(const question *q, const char *parameter, const char *value)
{
	const char *set = question_value(q, parameter);

	return set != NULL && strcmp(set, value) == 0;
}

static int
is_desk_time(int32_t metric)
{
	return metric == KPI_METRIC_FIRST_RESPONSE_TIME ||
	    metric == KPI_METRIC_RESOLUTION_TIME;
}

/* Whose figure has no data where nothing is known of any unit. */
static int
asks_what_is_known(const question *q)
{
	return q->metric == KPI_METRIC_RESOLUTION_RATE ||
	    q->metric == KPI_METRIC_RESOLVED_WITHIN ||
	    q->metric == KPI_METRIC_RESOLUTION_TIME ||
	    q->metric == KPI_METRIC_FIRST_RESPONSE_WITHIN ||
	    q->metric == KPI_METRIC_COST_PER_CONTACT ||
	    is_set(q, "reopen_denominator", "received");
}

static int32_t
expected_state(const question *q, const sql_row *row)
{
	const int is_count = q->metric <= KPI_METRIC_CUSTOMERS;

	if (row->mixed > 0)
		return KPI_STATE_MIXED;
	if (asks_what_is_known(q) && row->known == 0)
		return KPI_STATE_NO_DATA;
	if (!is_count && row->denominator == 0) {
		if (row->numerator != 0)
			return KPI_STATE_UNDEFINED;
		return row->immature > 0 ? KPI_STATE_IMMATURE
					 : KPI_STATE_NO_DATA;
	}
	if (is_desk_time(q->metric) &&
	    20 * row->immature > row->immature + row->denominator)
		return KPI_STATE_IMMATURE;
	return KPI_STATE_OK;
}

static int
is_near(double a, double b)
{
	return fabs(a - b) <= 1e-9 * fmax(1, fmax(fabs(a), fabs(b)));
}

/* Wilson's interval, as any textbook has it. */
static void
check_wilson(const kpi_figure *f, const char *asked)
{
	const double z2 = STANDARD_NORMAL * STANDARD_NORMAL;
	const double n = (double)f->denominator, p = f->value;
	const double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
	const double half = STANDARD_NORMAL / (1 + z2 / n) *
	    sqrt(p * (1 - p) / n + z2 / (4 * n * n));

	ck_assert_msg(is_near(f->lower, f->numerator == 0 ? 0 : middle - half),
	    "lower %.17g: %s", f->lower, asked);
	ck_assert_msg(is_near(f->upper,
			  f->numerator == f->denominator ? 1 : middle + half),
	    "upper %.17g: %s", f->upper, asked);
}

/* mean +- t s / sqrt n, where t has a closed form: two or three draws. */
static void
check_mean(const kpi_figure *f, const sql_row *row, const char *asked)
{
	const double c = 0.95, n = (double)row->draws;
	const double t =
	    row->draws == 2 ? tan(acos(-1) * c / 2) : c * sqrt(2 / (1 - c * c));
	const double deviations =
	    row->squares - n * f->value * f->value;
	const double half = t * sqrt(deviations / (n - 1) / n);

	if (row->draws < 2)
		ck_assert_msg(isnan(f->lower) && isnan(f->upper), "%s", asked);
	if (row->draws != 2 && row->draws != 3)
		return;
	if (deviations < 1e-6 * row->squares)
		return; /* the difference of two great numbers */
	ck_assert_msg(
	    fabs(f->lower - (f->value - half)) <= 1e-6 * fmax(1, half) &&
		fabs(f->upper - (f->value + half)) <= 1e-6 * fmax(1, half),
	    "%.17g to %.17g for +- %.17g: %s", f->lower, f->upper, half, asked);
}

static int
is_handle_time(int32_t metric)
{
	return metric == KPI_METRIC_AVERAGE_HANDLE_TIME ||
	    metric == KPI_METRIC_AVERAGE_TALK_TIME ||
	    metric == KPI_METRIC_AVERAGE_HOLD_TIME ||
	    metric == KPI_METRIC_AVERAGE_AFTER_CALL_TIME;
}

static void
check_bounds(const question *q, const question_rows *rows, const kpi_figure *f,
    const sql_row *row, const char *asked)
{
	const int is_rate = q->metric == KPI_METRIC_SERVICE_LEVEL ||
	    q->metric == KPI_METRIC_RESOLUTION_RATE ||
	    q->metric == KPI_METRIC_FIRST_CONTACT_RESOLUTION ||
	    q->metric == KPI_METRIC_REPEAT_RATE ||
	    q->metric == KPI_METRIC_REPEAT_CUSTOMER_RATE ||
	    question_among(q->metric) != 0 ||
	    q->metric == KPI_METRIC_DSAT ||
	    q->metric == KPI_METRIC_SURVEY_RESPONSE_RATE ||
	    q->metric == KPI_METRIC_REOPEN_RATE ||
	    q->metric == KPI_METRIC_FIRST_RESPONSE_WITHIN ||
	    q->metric == KPI_METRIC_RESOLVED_WITHIN ||
	    q->metric == KPI_METRIC_SELF_SERVICE_RATE ||
	    is_set(q, "ces_score", "share") ||
	    is_set(q, "transfer_count", "unit");
	const int by_agent = question_rows_name(rows, KPI_BY_AGENT) ||
	    question_rows_name(rows, KPI_BY_TEAM);

	if (f->parts != 1 || f->bounds_by != KPI_BOUNDS_CONTACT)
		return;
	if (q->metric == KPI_METRIC_QUALITY_SCORE) {
		kpi_figure marks = *f;

		marks.value *= 1e6;
		marks.lower *= 1e6;
		marks.upper *= 1e6;
		check_mean(&marks, row, asked);
	} else if (is_rate && strcmp(question_value(q, "anchor"), "own_event") != 0) {
		check_wilson(f, asked);
	} else if (q->metric == KPI_METRIC_AVERAGE_SPEED_OF_ANSWER ||
	    q->metric == KPI_METRIC_AVERAGE_WAIT ||
	    is_desk_time(q->metric) ||
	    is_set(q, "ces_score", "mean") ||
	    (is_handle_time(q->metric) && !by_agent &&
		strcmp(question_value(q, "unit"), "leg") != 0)) {
		check_mean(f, row, asked);
	}
}

static void
check_figure(const question *q, const question_rows *rows, const kpi_figure *f,
    const sql_row *row)
{
	const char *asked = question_said(q, rows);
	const double scale = q->metric == KPI_METRIC_NPS ||
		is_set(q, "csat_score", "net") ||
		is_set(q, "ces_score", "index")
	    ? 100
	    : q->metric == KPI_METRIC_QUALITY_SCORE ? 1e-6
						    : 1;
	const int is_count = q->metric <= KPI_METRIC_CUSTOMERS;
	const int is_longest = q->metric == KPI_METRIC_LONGEST_WAIT;
	const struct {
		const char *name;
		int64_t found, expected;
	} parts[] = {
		{ "numerator", f->numerator,
		    row->numerator * (is_longest ? f->parts : 1) },
		{ "denominator", f->denominator,
		    is_count ? row->numerator : row->denominator },
		{ "unknown", f->unknown, row->unknown },
		{ "in_progress", f->in_progress, row->in_progress },
		{ "truncated", f->truncated, row->truncated },
		{ "immature", f->immature, row->immature },
		{ "not_counted", f->not_counted, row->not_counted },
		{ "state", f->state, expected_state(q, row) },
	};
	double value;

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		ck_assert_msg(parts[i].found == parts[i].expected,
		    "%s is %lld, in SQL %lld (group %s %s %s at %lld): %s",
		    parts[i].name, (long long)parts[i].found,
		    (long long)parts[i].expected,
		    row->group[0] == NULL ? "-" : row->group[0],
		    row->group[1] == NULL ? "-" : row->group[1],
		    row->group[2] == NULL ? "-" : row->group[2],
		    (long long)row->begin, asked);
	if (q->metric != KPI_METRIC_CUSTOMERS &&
	    !is_set(q, "cost_denominator", "agents"))
		ck_assert_msg(row->population ==
			f->denominator + f->unknown + f->in_progress +
			    f->truncated + f->immature + f->not_counted,
		    "a population of %lld does not add up: %s",
		    (long long)row->population, asked);
	if (f->state != KPI_STATE_OK) {
		ck_assert_msg(
		    isnan(f->value) && isnan(f->lower) && isnan(f->upper),
		    "a value without data: %s", asked);
		return;
	}
	value = is_count ? (double)row->numerator / (double)f->parts
	    : is_longest ? (double)row->numerator
	    : scale * (double)row->numerator / (double)row->denominator;
	ck_assert_msg(is_near(f->value, value), "%.17g, in SQL %.17g: %s",
	    f->value, value, asked);
	check_bounds(q, rows, f, row, asked);
}

static int
same_text(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

static int
same_group(const kpi_result *result, uint64_t at, const sql_row *row)
{
	return same_text(kpi_result_group(result, at, 0), row->group[0]) &&
	    same_text(kpi_result_group(result, at, 1), row->group[1]) &&
	    same_text(kpi_result_group(result, at, 2), row->group[2]) &&
	    kpi_result_begin(result, at) == row->begin;
}

/* A row that others measured together with this one have made. */
static void
check_empty(const question *q, const question_rows *rows, const kpi_figure *f)
{
	/* A mix is a share of its whole, be it none of it. */
	const int64_t sum = question_among(q->metric) != 0
	    ? f->numerator
	    : f->numerator | f->denominator | f->unknown | f->in_progress |
		f->truncated | f->immature | f->not_counted;

	ck_assert_msg(sum == 0, "a row that SQL has not, %lld of %lld: %s",
	    (long long)f->numerator, (long long)f->denominator,
	    question_said(q, rows));
	if (question_among(q->metric) != 0)
		return;
	ck_assert_int_eq(f->state,
	    q->metric <= KPI_METRIC_CUSTOMERS ? KPI_STATE_OK
					      : KPI_STATE_NO_DATA);
}

/* Each row of SQL is one of the result, in the same order; `met` counts who
 * had a unit in each. */
static void
check_result(sql_oracle *oracle, const question *q, uint32_t index,
    const question_rows *rows, const kpi_result *result, uint8_t *met)
{
	const uint64_t count = kpi_result_rows(result);
	sqlite3_stmt *select = sql_oracle_ask(oracle, q, rows);
	sql_row row;
	uint64_t at = 0;

	while (sql_oracle_step(select, rows, &row)) {
		kpi_figure f = KPI_FIGURE_INIT;

		for (;; at++) {
			ck_assert_msg(at < count,
			    "a row of SQL is missing, %s at %lld: %s",
			    row.group[0] == NULL ? "-" : row.group[0],
			    (long long)row.begin, question_said(q, rows));
			ck_assert_int_eq(
			    kpi_result_figure(result, at, index, &f), KPI_OK);
			if (same_group(result, at, &row))
				break;
			check_empty(q, rows, &f);
		}
		check_figure(q, rows, &f, &row);
		met[at++] = 1;
	}
	for (; at < count; at++) {
		kpi_figure f = KPI_FIGURE_INIT;

		ck_assert_int_eq(
		    kpi_result_figure(result, at, index, &f), KPI_OK);
		check_empty(q, rows, &f);
	}
}

static void
ask(sql_oracle *oracle, kpi_store *store, random_source *s, uint32_t count,
    int32_t metric)
{
	static question questions[TOGETHER_MOST];
	kpi_definition *definitions[TOGETHER_MOST];
	const kpi_definition *asked[TOGETHER_MOST];
	kpi_error error = KPI_ERROR_INIT;
	question_rows rows;
	kpi_query *query;
	kpi_result *result;
	uint8_t *met;

	question_rows_make(&rows, s, oracle->instants, oracle->instant_count);
	for (uint32_t i = 0; i < count; i++) {
		question_make(&questions[i], s,
		    i == 0 ? metric
			   : question_metric(random_below(s, QUESTION_METRICS)),
		    random_one_in(s, 5), oracle->instants,
		    oracle->instant_count);
		if (i > 0 && random_one_in(s, 2))
			question_share(&questions[i], &questions[0]);
		if (question_among(questions[i].metric) != 0)
			question_rows_group(
			    &rows, question_among(questions[i].metric));
		asked[i] = definitions[i] = question_definition(&questions[i]);
	}
	query = question_query(&rows);
	ck_assert_msg(
	    kpi_measure(&result, store, query, asked, count, &error) == KPI_OK,
	    "%s: %s", error.text, question_said(&questions[0], &rows));
	met = calloc(kpi_result_rows(result) + 1, 1);
	ck_assert_ptr_nonnull(met);
	for (uint32_t i = 0; i < count; i++)
		check_result(oracle, &questions[i], i, &rows, result, met);
	for (uint64_t at = 0; at < kpi_result_rows(result); at++)
		ck_assert_msg(met[at], "a row without a unit: %s",
		    question_said(&questions[0], &rows));
	free(met);
	kpi_result_free(result);
	kpi_query_free(query);
	for (uint32_t i = 0; i < count; i++)
		kpi_definition_free(definitions[i]);
}

/* The same interactions, roster and expenses in a store and in SQL. */
static kpi_store *
fill(sql_oracle *oracle, random_source *s, size_t interactions,
    size_t employments, size_t expenses)
{
	const random_shape shape = random_shape_any(s);
	random_interactions made;
	random_ledger ledger;
	kpi_store *store;

	random_interactions_make(&made, s->state, interactions, &shape);
	random_ledger_make(&ledger, s, employments, expenses);
	store = random_interactions_store(&made);
	random_ledger_add(store, &ledger);
	sql_oracle_load(oracle, &made);
	sql_oracle_load_ledger(oracle, &ledger);
	random_ledger_free(&ledger);
	random_interactions_free(&made);
	return store;
}

START_TEST(figures_equal_the_same_question_in_sql)
{
	const uint32_t wanted =
	    (random_cases(10000) + QUESTION_METRICS - 1) / QUESTION_METRICS;
	sql_oracle oracle;

	sql_oracle_open(&oracle);
	for (uint32_t done = 0, seed = 1; done < wanted; seed++) {
		random_source s = { seed * UINT64_C(1000003) +
			(uint64_t)_i * 7919 };
		kpi_store *store = fill(&oracle, &s, 1 + random_below(&s, 70),
		    0, random_below(&s, 12));

		for (uint32_t q = 0; q < QUESTIONS && done < wanted;) {
			const uint32_t count = random_one_in(&s, 2)
			    ? 1
			    : 1 + random_below(&s, TOGETHER_MOST);

			ask(&oracle, store, &s, count,
			    question_metric((uint32_t)_i));
			q += count;
			done += count;
		}
		kpi_store_close(store);
	}
	sql_oracle_close(&oracle);
}
END_TEST

START_TEST(what_ten_thousand_cost_is_what_sql_makes_of_them)
{
	const uint32_t cases = random_cases(MANY);
	const uint32_t wanted = cases / 200 + 1;
	random_source s = { (uint64_t)_i * 7919 + 5 };
	sql_oracle oracle;
	kpi_store *store;

	sql_oracle_open(&oracle);
	store = fill(&oracle, &s, cases < MANY ? cases : MANY, 0, 300);
	for (uint32_t done = 0; done < wanted; done++)
		ask(&oracle, store, &s, 1, KPI_METRIC_COST_PER_CONTACT);
	kpi_store_close(store);
	sql_oracle_close(&oracle);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("oracle");
	TCase *tc = tcase_create("oracle");

	tcase_set_timeout(tc, 3600);
	tcase_add_loop_test(
	    tc, figures_equal_the_same_question_in_sql, 0, QUESTION_METRICS);
	tcase_add_loop_test(
	    tc, what_ten_thousand_cost_is_what_sql_makes_of_them, 0, 3);
	suite_add_tcase(s, tc);
	return s;
}
