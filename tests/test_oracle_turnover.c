/* SPDX-License-Identifier: MIT */
/*
 * turnover of random employments, beside 10,000 random interactions, asked of
 * the library and of SQL: every denominator, by the year and by the span, in
 * ranges and buckets, of all agents and of some. KPI_CASES says how many
 * questions are asked.
 */
#include <math.h>
#include <string.h>

#include "sql_oracle.h"

#include "runner.h"

#define DAY          INT64_C(86400000)
#define INTERACTIONS 10000 /* at the most, and else a case each */
#define EMPLOYMENTS  400

/* What the library rounds parts of a month to is a part in 10^9 of one. */
#define MONTH_ROUNDED 1e-9

/* What is known of the span in which a row lies. */
typedef struct span {
	int64_t times;
	double months;
} span;

static span
span_of(sql_oracle *o, int64_t begin)
{
	span found = { 0, 0 };
	sqlite3_stmt *s;

	ck_assert_int_eq(sqlite3_prepare_v2(o->db,
			     "SELECT times, months FROM span WHERE until > ?"
			     " ORDER BY begin LIMIT 1",
			     -1, &s, NULL),
	    SQLITE_OK);
	(void)sqlite3_bind_int64(s, 1, begin);
	if (sqlite3_step(s) == SQLITE_ROW) {
		found.times = sqlite3_column_int64(s, 0);
		found.months = sqlite3_column_double(s, 1);
	}
	(void)sqlite3_finalize(s);
	return found;
}

static void
check_value(const kpi_figure *f, const sql_row *row, span of, int annual,
    const char *said)
{
	const double share = (double)row->numerator * (double)of.times /
	    (double)row->denominator;
	const double expected = annual ? 12 * share / of.months : share;
	double tolerance = 1e-12;

	if (annual)
		tolerance += 2 * MONTH_ROUNDED / of.months;
	ck_assert_msg(f->state == KPI_STATE_OK, "state %d of %lld: %s",
	    (int)f->state, (long long)row->denominator, said);
	ck_assert_msg(
	    fabs(f->value - expected) <= tolerance * fmax(1, expected),
	    "%.17g, in SQL %.17g at %lld: %s", f->value, expected,
	    (long long)row->begin, said);
}

static void
check_figure(sql_oracle *o, const question *q, const kpi_figure *f,
    const sql_row *row, const char *said)
{
	const int annual =
	    strcmp(question_value(q, "turnover_annual"), "1") == 0;
	const span of = span_of(o, row->begin);

	ck_assert_msg(f->numerator == row->numerator &&
		f->denominator == row->denominator,
	    "%lld of %lld, in SQL %lld of %lld at %lld: %s",
	    (long long)f->numerator, (long long)f->denominator,
	    (long long)row->numerator, (long long)row->denominator,
	    (long long)row->begin, said);
	ck_assert(isnan(f->lower) && isnan(f->upper));
	/* Of a year so short a time is no part that could be told. */
	if (annual && of.months < 100 * MONTH_ROUNDED)
		return;
	if (row->denominator != 0)
		check_value(f, row, of, annual, said);
	else
		ck_assert_msg(f->state ==
			(row->numerator != 0 ? KPI_STATE_UNDEFINED
					     : KPI_STATE_NO_DATA),
		    "state %d without a headcount: %s", (int)f->state, said);
}

/* A span in which nobody leaves or counts, of which SQL has no row. */
static void
check_nobody(const kpi_figure *f, const char *said)
{
	ck_assert_msg(f->numerator == 0 && f->denominator == 0 &&
		f->state == KPI_STATE_NO_DATA,
	    "a row that SQL has not: %s", said);
}

static void
check_result(sql_oracle *o, const question *q, const question_rows *rows,
    const kpi_result *result)
{
	const uint64_t count = kpi_result_rows(result);
	const char *said = question_said(q, rows);
	sqlite3_stmt *select = sql_oracle_ask(o, q, rows);
	kpi_figure f = KPI_FIGURE_INIT;
	uint64_t at = 0;
	sql_row row;

	while (sql_oracle_step(select, rows, &row)) {
		for (;; at++) {
			ck_assert_msg(at < count,
			    "a row of SQL is missing at %lld: %s",
			    (long long)row.begin, said);
			ck_assert_int_eq(
			    kpi_result_figure(result, at, 0, &f), KPI_OK);
			if (kpi_result_begin(result, at) == row.begin)
				break;
			check_nobody(&f, said);
		}
		check_figure(o, q, &f, &row, said);
		at++;
	}
	for (; at < count; at++) {
		ck_assert_int_eq(kpi_result_figure(result, at, 0, &f), KPI_OK);
		check_nobody(&f, said);
	}
}

/* On the instants of the roster, on midnights and beside both. */
static int64_t
any_border(const random_ledger *ledger, random_source *s)
{
	const kpi_employment *e = &ledger->employments[random_below(
	    s, (uint32_t)ledger->employment_count)];
	const int64_t at = e->left_at != KPI_UNKNOWN && random_one_in(s, 2)
	    ? e->left_at
	    : e->hired_at;

	switch (random_below(s, 4)) {
	case 0:
		return at / DAY * DAY;
	case 1:
		return at + (int64_t)random_below(s, 3) - 1;
	default:
		return at;
	}
}

static void
make_filter(question_rows *r, const random_ledger *ledger, random_source *s)
{
	question_filter *f = &r->filters[0];

	r->filter_count = 1;
	f->by = KPI_BY_AGENT;
	f->negated = random_one_in(s, 2);
	f->count = 1 + random_below(s, QUESTION_VALUES);
	for (uint32_t v = 0; v < f->count; v++)
		f->values[v] = random_one_in(s, 6)
		    ? NULL
		    : ledger->employments[random_below(s, EMPLOYMENTS)].agent;
}

static void
make_rows(question_rows *r, const random_ledger *ledger, random_source *s)
{
	static const struct {
		int32_t bucket;
		int64_t most;
	} buckets[] = { { KPI_BUCKET_MONTH, 1000 * DAY },
		{ KPI_BUCKET_DAY, 300 * DAY }, { KPI_BUCKET_WEEK, 900 * DAY },
		{ KPI_BUCKET_HOUR, 20 * DAY },
		{ KPI_BUCKET_QUARTER_HOUR, 4 * DAY } };
	const uint32_t b = random_below(s, sizeof(buckets) / sizeof(*buckets));

	memset(r, 0, sizeof(*r));
	r->from = r->until = KPI_UNKNOWN;
	if (random_one_in(s, 2))
		r->bucket = buckets[b].bucket;
	if (r->bucket != KPI_BUCKET_NONE || !random_one_in(s, 5))
		r->from = any_border(ledger, s);
	if (r->bucket != KPI_BUCKET_NONE || !random_one_in(s, 5))
		r->until = any_border(ledger, s);
	if (r->from != KPI_UNKNOWN && r->until != KPI_UNKNOWN &&
	    r->until < r->from) {
		const int64_t from = r->until;

		r->until = r->from;
		r->from = from;
	}
	if (r->bucket != KPI_BUCKET_NONE &&
	    r->until - r->from > buckets[b].most)
		r->until = r->from + buckets[b].most;
	if (random_one_in(s, 3))
		make_filter(r, ledger, s);
}

static void
ask(sql_oracle *o, kpi_store *store, const random_ledger *ledger,
    random_source *s)
{
	static question q;
	kpi_error error = KPI_ERROR_INIT;
	int64_t instants[16];
	question_rows rows;
	kpi_definition *d;
	kpi_query *query;
	kpi_result *result;

	for (size_t i = 0; i < sizeof(instants) / sizeof(*instants); i++)
		instants[i] = any_border(ledger, s);
	make_rows(&rows, ledger, s);
	question_make(&q, s, KPI_METRIC_TURNOVER, random_one_in(s, 8), instants,
	    sizeof(instants) / sizeof(*instants));
	d = question_definition(&q);
	query = question_query(&rows);
	ck_assert_msg(kpi_turnover(&result, store, query, d, &error) == KPI_OK,
	    "%s: %s", error.text, question_said(&q, &rows));
	check_result(o, &q, &rows, result);
	kpi_result_free(result);
	kpi_query_free(query);
	kpi_definition_free(d);
}

START_TEST(turnover_is_what_sql_makes_of_the_roster)
{
	const uint32_t cases = random_cases(INTERACTIONS);
	const uint32_t wanted = cases / 40 + 1;
	random_source s = { (uint64_t)_i * 7919 + 3 };
	const random_shape shape = random_shape_any(&s);
	random_interactions made;
	random_ledger ledger;
	sql_oracle oracle;
	kpi_store *store;

	random_interactions_make(&made, s.state,
	    cases < INTERACTIONS ? cases : INTERACTIONS, &shape);
	random_ledger_make(&ledger, &s, EMPLOYMENTS, 0);
	store = random_interactions_store(&made);
	random_ledger_add(store, &ledger);
	sql_oracle_open(&oracle);
	sql_oracle_load(&oracle, &made);
	sql_oracle_load_ledger(&oracle, &ledger);
	for (uint32_t done = 0; done < wanted; done++)
		ask(&oracle, store, &ledger, &s);
	sql_oracle_close(&oracle);
	kpi_store_close(store);
	random_ledger_free(&ledger);
	random_interactions_free(&made);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("oracle_turnover");
	TCase *tc = tcase_create("oracle_turnover");

	tcase_set_timeout(tc, 3600);
	tcase_add_loop_test(tc, turnover_is_what_sql_makes_of_the_roster, 0, 5);
	suite_add_tcase(s, tc);
	return s;
}
