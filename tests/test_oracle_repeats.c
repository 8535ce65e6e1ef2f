/* SPDX-License-Identifier: MIT */
/* The list of repeats, against SQL: who, after whom, of which chain. */
#include <string.h>

#include "runner.h"
#include "sql_oracle.h"

static int
same_text(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

/* The contact before each, -1: none. */
static void
read_before(sql_oracle *o, int64_t *before)
{
	sqlite3_stmt *s;

	ck_assert_int_eq(
	    sqlite3_prepare_v2(o->db,
		"SELECT n, coalesce(before, -1) FROM contact", -1, &s, NULL),
	    SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW)
		before[sqlite3_column_int64(s, 0)] = sqlite3_column_int64(s, 1);
	(void)sqlite3_finalize(s);
}

static void
check_repeat(const random_interactions *made, const int64_t *before, int64_t n,
    const kpi_repeat *r, const char *asked)
{
	const kpi_interaction *whole = &made->all[n];
	const kpi_interaction *earlier = &made->all[before[n]];
	const kpi_interaction *first;
	int64_t at = n;

	while (before[at] >= 0)
		at = before[at];
	first = &made->all[at];
	ck_assert_msg(same_text(r->customer, whole->customer) &&
		same_text(r->id, whole->id) &&
		same_text(r->source, whole->source) &&
		r->started_at == whole->started_at,
	    "another contact than in SQL: %s", asked);
	ck_assert_msg(same_text(r->earlier_id, earlier->id) &&
		same_text(r->earlier_source, earlier->source) &&
		r->earlier_started_at == earlier->started_at,
	    "another contact before it than in SQL: %s", asked);
	ck_assert_msg(same_text(r->first_id, first->id) &&
		same_text(r->first_source, first->source) &&
		r->first_started_at == first->started_at,
	    "another chain than in SQL: %s", asked);
}

static void
check_gap(sql_oracle *o, int64_t n, const kpi_repeat *r, const char *asked)
{
	sqlite3_stmt *s;

	ck_assert_int_eq(sqlite3_prepare_v2(o->db,
			     "SELECT max(0, c.started_at - b.base) FROM"
			     " contact c JOIN contact b ON b.n = c.before"
			     " WHERE c.n = ?",
			     -1, &s, NULL),
	    SQLITE_OK);
	(void)sqlite3_bind_int64(s, 1, n);
	ck_assert_int_eq(sqlite3_step(s), SQLITE_ROW);
	ck_assert_msg(sqlite3_column_int64(s, 0) == r->gap_ms,
	    "a gap of %lld, in SQL %lld: %s", (long long)r->gap_ms,
	    (long long)sqlite3_column_int64(s, 0), asked);
	(void)sqlite3_finalize(s);
}

static void
ask(sql_oracle *o, kpi_store *store, const random_interactions *made,
    random_source *s)
{
	static question q;
	kpi_error error = KPI_ERROR_INIT;
	question_rows rows;
	kpi_definition *d;
	kpi_query *query;
	kpi_repeats *repeats;
	int64_t before[128];
	sqlite3_stmt *select;
	uint64_t at = 0;

	question_rows_make(&rows, s, o->instants, o->instant_count);
	rows.by_count = 0;
	question_make(&q, s, KPI_METRIC_REPEAT_RATE, random_one_in(s, 5),
	    o->instants, o->instant_count);
	query = question_query(&rows);
	d = question_definition(&q);
	ck_assert_msg(
	    kpi_repeat_contacts(&repeats, store, query, d, &error) == KPI_OK,
	    "%s", error.text);
	select = sql_oracle_repeats(o, &q, &rows);
	ck_assert_uint_le(made->count, 128);
	read_before(o, before);
	for (; sqlite3_step(select) == SQLITE_ROW; at++) {
		const int64_t n = sqlite3_column_int64(select, 0);
		const char *asked = question_said(&q, &rows);
		kpi_repeat r = KPI_REPEAT_INIT;

		ck_assert_msg(at < kpi_repeats_count(repeats),
		    "a repeat of SQL is missing: %s", asked);
		ck_assert_int_eq(kpi_repeats_get(repeats, at, &r), KPI_OK);
		ck_assert_int_eq(sqlite3_column_int64(select, 1), before[n]);
		check_repeat(made, before, n, &r, asked);
		check_gap(o, n, &r, asked);
	}
	ck_assert_msg(at == kpi_repeats_count(repeats),
	    "%d repeats, in SQL %d: %s", (int)kpi_repeats_count(repeats),
	    (int)at, question_said(&q, &rows));
	(void)sqlite3_finalize(select);
	kpi_repeats_free(repeats);
	kpi_definition_free(d);
	kpi_query_free(query);
}

START_TEST(the_list_of_repeats_equals_sql)
{
	const uint32_t wanted = random_cases(2000) / 4 + 1;
	sql_oracle oracle;

	sql_oracle_open(&oracle);
	for (uint32_t done = 0, seed = 1; done < wanted; seed++) {
		random_source s = { seed * UINT64_C(99991) };
		const random_shape shape = random_shape_any(&s);
		random_interactions made;
		kpi_store *store;

		random_interactions_make(
		    &made, s.state, 1 + random_below(&s, 70), &shape);
		store = random_interactions_store(&made);
		sql_oracle_load(&oracle, &made);
		for (int i = 0; i < 20; i++, done++)
			ask(&oracle, store, &made, &s);
		kpi_store_close(store);
		random_interactions_free(&made);
	}
	sql_oracle_close(&oracle);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("oracle_repeats");
	TCase *tc = tcase_create("oracle_repeats");

	tcase_set_timeout(tc, 3600);
	tcase_add_test(tc, the_list_of_repeats_equals_sql);
	suite_add_tcase(s, tc);
	return s;
}
