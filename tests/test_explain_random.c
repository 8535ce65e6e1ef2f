/* SPDX-License-Identifier: MIT */
/*
 * Random interactions and questions: what the units of a figure add comes to
 * the figure, of every metric, as a whole and of every row of a grouped
 * result. KPI_CASES says how many stores are made.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "question.h"
#include "runner.h"

#define QUESTIONS 3  /* of one store, each of every metric */
#define ROWS_MOST 12 /* of a result that are opened */

/* What cannot be opened: it is of agents' time, or of the roster. */
static int
is_of_agents(const char *definition)
{
	return strncmp(definition, "occupancy", 9) == 0 ||
	    strncmp(definition, "utilisation", 11) == 0 ||
	    strncmp(definition, "average_idle_time", 17) == 0 ||
	    strncmp(definition, "turnover", 8) == 0 ||
	    strstr(definition, " contacts_per_agent_denominator=") != NULL;
}

typedef struct total {
	int64_t numerator, denominator, greatest, at_value, excluded[9];
} total;

static void
add(total *t, const kpi_explained *u)
{
	t->numerator += u->numerator;
	t->denominator += u->denominator;
	t->excluded[u->left_out] += u->excluded;
	if (u->denominator != 0 && u->value > t->greatest)
		t->greatest = u->value;
	t->at_value += u->role == KPI_ROLE_NUMERATOR;
}

static const char *said;

static kpi_explained
get(kpi_explanation *e, uint64_t i)
{
	kpi_explained u = KPI_EXPLAINED_INIT;
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_msg(kpi_explanation_get(e, i, &u, &error) == KPI_OK,
	    "%s: %s", said, error.text);
	return u;
}

static void
check_role(const kpi_explained *u)
{
	ck_assert_msg(u->role >= KPI_ROLE_NUMERATOR &&
		u->role <= KPI_ROLE_NOT_COUNTED,
	    "%s: role %d", said, (int)u->role);
	ck_assert_msg(u->role == u->left_out || u->left_out == 0 ||
		u->role == KPI_ROLE_NUMERATOR,
	    "%s: role %d, left out %d", said, (int)u->role,
	    (int)u->left_out);
	ck_assert_msg((u->left_out != 0) == (u->excluded != 0), "%s", said);
	if (u->role == KPI_ROLE_REPRESENTED)
		ck_assert_msg(u->numerator == 0 && u->denominator == 0 &&
			u->excluded == 0,
		    "%s", said);
}

static kpi_explanation *
open_figure(kpi_store *store, const kpi_query *query, const kpi_definition *d,
    int64_t roles)
{
	kpi_explain_options options = KPI_EXPLAIN_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_explanation *e;

	options.roles = roles;
	ck_assert_msg(
	    kpi_explain(&e, store, query, d, &options, &error) == KPI_OK,
	    "%s: %s", said, error.text);
	return e;
}

/* Those of one role alone are those of all who have it, in their order. */
static void
check_roles(kpi_store *store, const kpi_query *query, const kpi_definition *d,
    kpi_explanation *all)
{
	for (int32_t role = 1; role <= KPI_ROLE_NOT_COUNTED; role++) {
		kpi_explanation *e =
		    open_figure(store, query, d, KPI_ROLE_BIT(role));
		const uint64_t count = kpi_explanation_count(e);
		uint64_t at = 0;

		for (uint64_t i = 0; i < kpi_explanation_count(all); i++) {
			const kpi_explained u = get(all, i);
			kpi_explained v;

			if (u.role != role && u.left_out != role)
				continue;
			ck_assert_msg(at < count, "%s: role %d", said, role);
			v = get(e, at++);
			ck_assert_msg(u.started_at == v.started_at &&
				u.row == v.row && u.role == v.role &&
				u.numerator == v.numerator,
			    "%s: role %d", said, role);
		}
		ck_assert_msg(at == count, "%s: role %d", said, role);
		kpi_explanation_free(e);
	}
}

static void
check_order(kpi_explanation *e)
{
	int64_t before = INT64_MIN;

	for (uint64_t i = 0; i < kpi_explanation_count(e); i++) {
		const kpi_explained u = get(e, i);

		ck_assert_msg(u.started_at >= before, "%s", said);
		before = u.started_at;
	}
}

/* The kind of the metric's figure: "share", "quantile", ... */
static const char *
kind_of(const kpi_definition *d)
{
	static kpi_entry metric;
	const kpi_entry none = KPI_ENTRY_INIT;
	kpi_error error = KPI_ERROR_INIT;
	char name[64];

	metric = none;
	(void)snprintf(name, sizeof(name), "%.*s",
	    (int)strcspn(kpi_definition_text(d), " "), kpi_definition_text(d));
	ck_assert_int_eq(
	    kpi_catalogue_find(KPI_TABLE_METRICS, name, &metric, &error),
	    KPI_OK);
	return metric.kind;
}

/* One of the units stands where the quantile does, unless it lies between two
 * of them or in a bin. */
static void
check_quantile(const total *t, const kpi_figure *f, const kpi_definition *d)
{
	ck_assert_msg(t->numerator == 0, "%s", said);
	if (strstr(kpi_definition_text(d), "quantile_rule=linear") == NULL)
		ck_assert_msg((t->at_value > 0) == (f->state == KPI_STATE_OK),
		    "%s: %lld units of the value", said,
		    (long long)t->at_value);
}

static void
check_greatest(const total *t, const kpi_figure *f)
{
	ck_assert_msg(t->greatest * f->parts == f->numerator,
	    "%s: greatest %lld of %lld", said, (long long)t->greatest,
	    (long long)f->numerator);
	ck_assert_msg(
	    (t->at_value > 0) == (f->denominator > 0), "%s", said);
}

static void
check_sums(const total *t, const kpi_figure *f, const kpi_definition *d)
{
	const int64_t of_figure[9] = { 0, 0, 0, 0, f->unknown, f->in_progress,
		f->truncated, f->immature, f->not_counted };
	const char *const kind = kind_of(d);

	ck_assert_msg(t->denominator == f->denominator,
	    "%s: denominator %lld, of units %lld", said,
	    (long long)f->denominator, (long long)t->denominator);
	for (int i = KPI_ROLE_UNKNOWN; i <= KPI_ROLE_NOT_COUNTED; i++)
		ck_assert_msg(t->excluded[i] == of_figure[i],
		    "%s: left out as %d %lld, of units %lld", said, i,
		    (long long)of_figure[i], (long long)t->excluded[i]);
	if (strcmp(kind, "greatest") == 0)
		check_greatest(t, f);
	else if (strcmp(kind, "quantile") == 0)
		check_quantile(t, f, d);
	else
		ck_assert_msg(t->numerator == f->numerator,
		    "%s: numerator %lld, of units %lld", said,
		    (long long)f->numerator, (long long)t->numerator);
}

/* Opens a figure, which is the one that a result has. */
static void
check_figure(kpi_store *store, const kpi_query *query,
    const kpi_definition *d, const kpi_figure *f, int deep)
{
	kpi_figure own = KPI_FIGURE_INIT;
	kpi_explanation *e = open_figure(store, query, d, 0);
	total t;

	memset(&t, 0, sizeof(t));
	ck_assert_int_eq(kpi_explanation_figure(e, &own), KPI_OK);
	ck_assert_msg(own.numerator == f->numerator &&
		own.denominator == f->denominator && own.state == f->state &&
		own.parts == f->parts,
	    "%s: figure %lld / %lld, of the row %lld / %lld", said,
	    (long long)own.numerator, (long long)own.denominator,
	    (long long)f->numerator, (long long)f->denominator);
	for (uint64_t i = 0; i < kpi_explanation_count(e); i++) {
		const kpi_explained u = get(e, i);

		check_role(&u);
		add(&t, &u);
	}
	check_sums(&t, f, d);
	check_order(e);
	if (deep)
		check_roles(store, query, d, e);
	kpi_explanation_free(e);
}

static int
is_level(int32_t metric)
{
	return metric == KPI_METRIC_BACKLOG;
}

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b; /* KPI_UNKNOWN is the least */
}

static int64_t
earlier(int64_t a, int64_t b)
{
	return a == KPI_UNKNOWN || (b != KPI_UNKNOWN && b < a) ? b : a;
}

/* The query that opens a row, as the manual says. */
static kpi_query *
row_query(const question_rows *rows, const kpi_result *r, uint64_t row,
    int32_t metric)
{
	question_rows one = *rows;
	kpi_query *q;

	one.by_count = 0;
	one.bucket = KPI_BUCKET_NONE;
	if (!is_level(metric))
		one.from = later(rows->from, kpi_result_begin(r, row));
	one.until = earlier(rows->until, kpi_result_until(r, row));
	for (uint32_t i = 0; kpi_result_by(r, i) != 0; i++)
		for (uint32_t k = 0; k < one.filter_count; k++)
			if (one.filters[k].by == kpi_result_by(r, i) &&
			    !one.filters[k].negated)
				one.filters[k].count = 0;
	q = question_query(&one);
	for (uint32_t i = 0; kpi_result_by(r, i) != 0; i++)
		ck_assert_int_eq(kpi_query_where(q, kpi_result_by(r, i),
				     kpi_result_group(r, row, i)),
		    KPI_OK);
	return q;
}

static void
check_definition(kpi_store *store, const question_rows *rows,
    const kpi_definition *d, int32_t metric, random_source *s)
{
	kpi_query *query = question_query(rows);
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *result;
	uint64_t count;

	if (kpi_measure(&result, store, query, &d, 1, &error) != KPI_OK) {
		kpi_query_free(query);
		return;
	}
	count = kpi_result_rows(result);
	for (uint64_t n = 0; n < count && n < ROWS_MOST; n++) {
		const uint64_t row = count <= ROWS_MOST
		    ? n
		    : random_below(s, (uint32_t)count);
		kpi_query *q = row_query(rows, result, row, metric);
		kpi_figure f = KPI_FIGURE_INIT;
		kpi_explanation *e;

		if (is_of_agents(kpi_definition_text(d))) {
			ck_assert_int_eq(
			    kpi_explain(&e, store, q, d, NULL, &error),
			    KPI_ENOTSUP);
		} else {
			ck_assert_int_eq(
			    kpi_result_figure(result, row, 0, &f), KPI_OK);
			check_figure(store, q, d, &f, random_one_in(s, 4));
		}
		kpi_query_free(q);
	}
	kpi_result_free(result);
	kpi_query_free(query);
}

/* A filter on a mix's own dimension says its row. */
static void
drop_filters(question_rows *rows, kpi_by by)
{
	for (uint32_t i = 0; i < rows->filter_count; i++)
		if (rows->filters[i].by == by && !rows->filters[i].negated)
			rows->filters[i].count = 0;
}

static void
ask(kpi_store *store, random_source *s, const int64_t *instants,
    uint32_t instant_count, uint32_t *asked)
{
	static question q[QUESTION_METRICS];
	question_rows rows;
	uint32_t metrics;

	question_rows_make(&rows, s, instants, instant_count);
	metrics =
	    question_make_each(q, &rows, s, 2, instants, instant_count);
	for (uint32_t m = 0; m < metrics; m++) {
		kpi_definition *d = question_definition(&q[m]);
		question_rows own = rows;

		if (question_among(q[m].metric) != 0)
			drop_filters(&own, question_among(q[m].metric));
		said = question_said(&q[m], &own);
		check_definition(store, &own, d, q[m].metric, s);
		kpi_definition_free(d);
		++*asked;
	}
}

START_TEST(units_add_up_to_each_row_of_a_result)
{
	const uint32_t cases = random_cases(2400) / 200 + 1;
	random_source s = { 20261128 };
	uint32_t asked = 0;

	for (uint32_t c = 0; c < cases; c++) {
		const random_shape shape = random_shape_any(&s);
		random_interactions made;
		int64_t instants[16];
		kpi_store *store;

		random_interactions_make(
		    &made, 4000 + c, 1 + random_below(&s, 120), &shape);
		store = random_interactions_store(&made);
		for (uint32_t i = 0; i < QUESTIONS; i++)
			ask(store, &s, instants,
			    random_instants(&made, instants), &asked);
		kpi_store_close(store);
		random_interactions_free(&made);
	}
	ck_assert_uint_ge(asked, cases * QUESTIONS * 30);
}
END_TEST

/* As it is by default, and as every preset has it. */
static uint32_t
ask_presets(kpi_store *store, const question_rows *rows, int32_t metric,
    random_source *s)
{
	uint32_t presets = 0;

	for (uint64_t i = 0; i <= kpi_catalogue_count(KPI_TABLE_PRESETS);
	     i++) {
		kpi_entry preset = KPI_ENTRY_INIT;
		kpi_error error = KPI_ERROR_INIT;
		kpi_definition *d;

		ck_assert_int_eq(
		    kpi_definition_new(&d, metric, NULL, &error), KPI_OK);
		if (i == 0 ||
		    (kpi_catalogue_entry(KPI_TABLE_PRESETS, i - 1, &preset) ==
			    KPI_OK &&
			kpi_definition_preset(d, preset.name, &error) ==
			    KPI_OK)) {
			said = kpi_definition_text(d);
			check_definition(store, rows, d, metric, s);
			presets++;
		}
		kpi_definition_free(d);
	}
	return presets;
}

START_TEST(every_metric_of_the_table_can_be_opened_but_those_of_agents)
{
	const random_shape shape = { 6, 20 * INT64_C(86400000), 60000, 0, 0 };
	random_source s = { 7 };
	random_interactions made;
	kpi_store *store;
	uint32_t asked = 0;

	random_interactions_make(&made, 77, 200, &shape);
	store = random_interactions_store(&made);
	for (uint64_t m = 0; m < kpi_catalogue_count(KPI_TABLE_METRICS); m++) {
		static const kpi_by by[] = { 0, KPI_BY_AGENT, KPI_BY_QUEUE };
		kpi_entry metric = KPI_ENTRY_INIT;

		ck_assert_int_eq(
		    kpi_catalogue_entry(KPI_TABLE_METRICS, m, &metric),
		    KPI_OK);
		for (size_t i = 0; i < sizeof(by) / sizeof(*by); i++) {
			question_rows rows;

			memset(&rows, 0, sizeof(rows));
			rows.from = rows.until = KPI_UNKNOWN;
			rows.bucket = i == 2 ? KPI_BUCKET_WEEK : 0;
			if (by[i] != 0)
				rows.by[rows.by_count++] = by[i];
			if (question_among(metric.number) != 0)
				rows.by[rows.by_count++] =
				    question_among(metric.number);
			asked += ask_presets(store, &rows, metric.number, &s);
		}
	}
	ck_assert_uint_ge(
	    asked, 3 * kpi_catalogue_count(KPI_TABLE_METRICS) + 50);
	kpi_store_close(store);
	random_interactions_free(&made);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("explain_random");
	TCase *tc = tcase_create("");

	tcase_set_timeout(tc, 600);
	tcase_add_test(tc, units_add_up_to_each_row_of_a_result);
	tcase_add_test(
	    tc, every_metric_of_the_table_can_be_opened_but_those_of_agents);
	suite_add_tcase(s, tc);
	return s;
}
