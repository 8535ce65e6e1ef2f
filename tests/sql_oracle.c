/* SPDX-License-Identifier: MIT */
#include "sql_bound.h"

#include <check.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
must(sql_oracle *o, int done, const char *what)
{
	ck_assert_msg(done, "%s: %s", what, sqlite3_errmsg(o->db));
}

static char *
read_script(const char *name)
{
	const char *const top = getenv("top_srcdir");
	char path[512];
	char *text;
	long size;
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/tests/sql/%s.sql",
	    top == NULL ? "." : top, name);
	f = fopen(path, "rb");
	ck_assert_msg(f != NULL, "no %s", path);
	ck_assert_int_eq(fseek(f, 0, SEEK_END), 0);
	size = ftell(f);
	rewind(f);
	text = calloc((size_t)size + 1, 1);
	ck_assert_ptr_nonnull(text);
	ck_assert_uint_eq(fread(text, 1, (size_t)size, f), (size_t)size);
	(void)fclose(f);
	return text;
}

void
sql_oracle_open(sql_oracle *o)
{
	char *schema = read_script("schema");

	memset(o, 0, sizeof(*o));
	must(o, sqlite3_open(":memory:", &o->db) == SQLITE_OK, "open");
	must(o, sqlite3_exec(o->db, schema, NULL, NULL, NULL) == SQLITE_OK,
	    "schema");
	free(schema);
}

void
sql_oracle_close(sql_oracle *o)
{
	for (uint32_t i = 0; i < o->script_count; i++) {
		for (uint32_t s = 0; s < o->scripts[i].count; s++)
			(void)sqlite3_finalize(o->scripts[i].statements[s]);
		free(o->scripts[i].text);
	}
	free(o->instants);
	ck_assert_int_eq(sqlite3_close(o->db), SQLITE_OK);
}

static sql_script *
script_of(sql_oracle *o, const char *name)
{
	sql_script *script;
	const char *tail;

	for (uint32_t i = 0; i < o->script_count; i++)
		if (strcmp(o->scripts[i].name, name) == 0)
			return &o->scripts[i];
	ck_assert_uint_lt(o->script_count, ORACLE_SCRIPTS);
	script = &o->scripts[o->script_count++];
	script->name = name;
	script->text = read_script(name);
	for (tail = script->text;;) {
		sqlite3_stmt *statement;

		must(o,
		    sqlite3_prepare_v2(o->db, tail, -1, &statement, &tail) ==
			SQLITE_OK,
		    name);
		if (statement == NULL)
			break;
		ck_assert_uint_lt(script->count, ORACLE_STATEMENTS);
		script->statements[script->count++] = statement;
	}
	return script;
}

static void
run(sql_oracle *o, const char *name, const sql_bound *b)
{
	sql_script *script = script_of(o, name);

	for (uint32_t i = 0; i < script->count; i++) {
		sqlite3_stmt *s = script->statements[i];
		const int count = sqlite3_bind_parameter_count(s);

		for (int at = 1; at <= count; at++)
			sql_bind(s, at, b);
		must(o, sqlite3_step(s) == SQLITE_DONE, name);
		(void)sqlite3_reset(s);
	}
}

/* A record's fields in order: its integers, then its texts. */
static void
insert_record(sqlite3_stmt *s, const void *record, int64_t n, int64_t k,
    int integers, int texts)
{
	const char *at = (const char *)record + sizeof(uint64_t);
	int place = 1;

	(void)sqlite3_bind_int64(s, place++, n);
	if (k >= 0)
		(void)sqlite3_bind_int64(s, place++, k);
	for (int i = 0; i < integers; i++, at += sizeof(int64_t), place++) {
		int64_t value;

		memcpy(&value, at, sizeof(value));
		if (value == KPI_UNKNOWN)
			(void)sqlite3_bind_null(s, place);
		else
			(void)sqlite3_bind_int64(s, place, value);
	}
	for (int i = 0; i < texts; i++, at += sizeof(char *), place++) {
		const char *text;

		memcpy(&text, at, sizeof(text));
		(void)sqlite3_bind_text(s, place, text, -1, SQLITE_TRANSIENT);
	}
	ck_assert_int_eq(sqlite3_step(s), SQLITE_DONE);
	(void)sqlite3_reset(s);
}

static sqlite3_stmt *
insert_into(sql_oracle *o, const char *table, int columns)
{
	char text[256];
	int size;
	sqlite3_stmt *s;

	size = snprintf(text, sizeof(text), "INSERT INTO %s VALUES (?", table);
	while (--columns > 0)
		size +=
		    snprintf(text + size, sizeof(text) - (size_t)size, ", ?");
	(void)snprintf(text + size, sizeof(text) - (size_t)size, ")");
	must(o, sqlite3_prepare_v2(o->db, text, -1, &s, NULL) == SQLITE_OK,
	    text);
	return s;
}

static const char known_sql[] =
    "WITH met (at) AS ("
    " SELECT started_at FROM interaction"
    " UNION ALL SELECT first_resolved_at FROM interaction"
    " UNION ALL SELECT resolved_at FROM interaction"
    " UNION ALL SELECT reopened_at FROM interaction"
    " UNION ALL SELECT survey_answered_at FROM interaction"
    " UNION ALL SELECT first_response_at FROM interaction"
    " UNION ALL SELECT entered FROM line"
    " UNION ALL SELECT answered FROM line"
    " UNION ALL SELECT ended FROM line"
    " UNION ALL SELECT wrapped FROM line)"
    " SELECT at FROM met WHERE at IS NOT NULL ORDER BY at";

static void
read_known(sql_oracle *o)
{
	sqlite3_stmt *s;

	must(o, sqlite3_prepare_v2(o->db, known_sql, -1, &s, NULL) == SQLITE_OK,
	    "known");
	free(o->instants);
	o->instants = NULL;
	o->instant_count = 0;
	while (sqlite3_step(s) == SQLITE_ROW) {
		o->instants = realloc(
		    o->instants, (o->instant_count + 1) * sizeof(*o->instants));
		ck_assert_ptr_nonnull(o->instants);
		o->instants[o->instant_count++] = sqlite3_column_int64(s, 0);
	}
	(void)sqlite3_finalize(s);
	ck_assert_uint_gt(o->instant_count, 0);
	o->as_of = o->instants[o->instant_count - 1] + 1;
	must(o,
	    sqlite3_prepare_v2(o->db, "SELECT min(started_at) FROM interaction",
		-1, &s, NULL) == SQLITE_OK,
	    "known");
	ck_assert_int_eq(sqlite3_step(s), SQLITE_ROW);
	o->known_from = sqlite3_column_int64(s, 0);
	(void)sqlite3_finalize(s);
}

void
sql_oracle_load(sql_oracle *o, const random_interactions *from)
{
	const int whole = 25, whole_texts = 10, row = 10, row_texts = 3;
	const question none = { .metric = 0 };
	const sql_bound b = { .q = &none, .o = o };
	sqlite3_stmt *interaction, *visit;

	must(o,
	    sqlite3_exec(o->db,
		"BEGIN; DELETE FROM interaction; DELETE FROM visit", NULL, NULL,
		NULL) == SQLITE_OK,
	    "delete");
	interaction = insert_into(o, "interaction", 1 + whole + whole_texts);
	visit = insert_into(o, "visit", 2 + row + row_texts);
	for (size_t n = 0; n < from->count; n++) {
		insert_record(interaction, &from->all[n], (int64_t)n, -1, whole,
		    whole_texts);
		for (uint64_t k = 0; k < from->all[n].visit_count; k++)
			insert_record(visit, &from->all[n].visits[k],
			    (int64_t)n, (int64_t)k, row, row_texts);
	}
	(void)sqlite3_finalize(interaction);
	(void)sqlite3_finalize(visit);
	run(o, "lines", &b);
	read_known(o);
	must(o, sqlite3_exec(o->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK,
	    "commit");
}

static void
read_spent(sql_oracle *o)
{
	sqlite3_stmt *s;

	must(o,
	    sqlite3_prepare_v2(o->db,
		"SELECT coalesce(min(started_at), 0),"
		" coalesce(max(ended_at), 0) FROM expense",
		-1, &s, NULL) == SQLITE_OK,
	    "spent");
	ck_assert_int_eq(sqlite3_step(s), SQLITE_ROW);
	o->spent_from = sqlite3_column_int64(s, 0);
	o->spent_until = sqlite3_column_int64(s, 1);
	(void)sqlite3_finalize(s);
}

void
sql_oracle_load_ledger(sql_oracle *o, const random_ledger *from)
{
	const question none = { .metric = 0 };
	const sql_bound b = { .q = &none, .o = o };
	sqlite3_stmt *employment, *expense;

	must(o,
	    sqlite3_exec(o->db,
		"BEGIN; DELETE FROM employment; DELETE FROM expense", NULL,
		NULL, NULL) == SQLITE_OK,
	    "delete");
	employment = insert_into(o, "employment", 5);
	for (size_t n = 0; n < from->employment_count; n++)
		insert_record(
		    employment, &from->employments[n], (int64_t)n, -1, 2, 2);
	expense = insert_into(o, "expense", 9);
	for (size_t n = 0; n < from->expense_count; n++)
		insert_record(
		    expense, &from->expenses[n], (int64_t)n, -1, 4, 4);
	(void)sqlite3_finalize(employment);
	(void)sqlite3_finalize(expense);
	run(o, "ledger", &b);
	read_spent(o);
	must(o, sqlite3_exec(o->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK,
	    "commit");
}

static void
fill_overrides(sql_oracle *o, const question *q)
{
	sqlite3_stmt *s;

	must(o,
	    sqlite3_exec(o->db, "DELETE FROM override", NULL, NULL, NULL) ==
		SQLITE_OK,
	    "overrides");
	if (q->override_count == 0)
		return;
	s = insert_into(o, "override", 3);
	for (uint32_t i = 0; i < q->override_count; i++) {
		int64_t value;

		/* The last that is set holds. */
		for (uint32_t j = i + 1; j < q->override_count; j++)
			ck_assert(strcmp(q->overrides[i].name,
				      q->overrides[j].name) != 0 ||
			    strcmp(q->overrides[i].parameter,
				q->overrides[j].parameter) != 0);
		(void)sql_number(q->overrides[i].value, &value);
		(void)sqlite3_bind_text(
		    s, 1, q->overrides[i].parameter, -1, SQLITE_STATIC);
		(void)sqlite3_bind_text(
		    s, 2, q->overrides[i].name, -1, SQLITE_STATIC);
		(void)sqlite3_bind_int64(s, 3, value);
		must(o, sqlite3_step(s) == SQLITE_DONE, "override");
		(void)sqlite3_reset(s);
	}
	(void)sqlite3_finalize(s);
}

static const char *
family_of(const question *q)
{
	static const struct {
		const char *metrics, *script;
	} families[] = {
		{ "visits customers", "volume" },
		{ "service_level abandonment_rate answer_rate", "classes" },
		{ "average_speed_of_answer", "speed" },
		{ "average_wait longest_wait", "longest" },
		{ "average_handle_time average_talk_time "
		  "average_hold_time average_after_call_time", "handle" },
		{ "transfer_rate", "transfers" },
		{ "escalation_rate", "escalations" },
		{ "quality_score", "quality" },
		{ "self_service_rate", "self_service" },
		{ "resolution_rate resolved_within", "resolution" },
		{ "first_response_time first_response_within", "replies" },
		{ "resolution_time", "settled" },
		{ "reopen_rate", "reopen" },
		{ "csat_mean dsat nps ces", "surveys" },
		{ "survey_response_rate", "response" },
		{ "turnover", "turnover" },
		{ "cost_per_contact", "cost" },
		{ "first_contact_resolution repeat_rate contacts_per_issue "
		  "repeat_customer_rate",
		    "repeats" },
	};

	if (question_value(q, "contacts_classes") != NULL)
		return strcmp(question_value(q, "contacts_classes"), "all") == 0
		    ? "volume"
		    : "classes";
	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++)
		if (sql_is_one_of(q->name, families[i].metrics))
			return families[i].script;
	ck_abort_msg("no SQL for %s", q->name);
	return NULL;
}

void
sql_oracle_units(sql_oracle *o, const question *q, const question_rows *rows)
{
	const char *family = family_of(q);
	sql_bound b = sql_bound_of(o, q, rows);

	if (sql_is_one_of(family, "turnover cost"))
		run(o, "spans", &b);
	if (strcmp(family, "turnover") == 0) {
		run(o, family, &b);
		return;
	}
	fill_overrides(o, q);
	run(o, "waits", &b);
	if (strcmp(family, "cost") == 0) {
		b.space = "leg";
		run(o, "units", &b);
		run(o, "legs", &b);
		b.space = "whole";
	}
	if (sql_is_one_of(family, "classes handle longest"))
		run(o, "handling", &b);
	run(o, "units", &b);
	if (strcmp(family, "repeats") == 0)
		run(o, "neighbours", &b);
	if (strcmp(q->name, "first_contact_resolution") == 0)
		run(o, "verdict", &b);
	if (strcmp(family, "longest") == 0)
		run(o, "classes", &b);
	run(o, family, &b);
	/* Filters read the wait as it is. */
	if (rows->measure == KPI_FIELD_WAIT &&
	    strcmp(b.wait_parts, "queue,ring") != 0) {
		b.wait_parts = "queue,ring";
		run(o, "waits", &b);
	}
}

sqlite3_stmt *
sql_oracle_ask(sql_oracle *o, const question *q, const question_rows *rows)
{
	sql_oracle_units(o, q, rows);
	return sql_oracle_select(o, q, rows);
}

sqlite3_stmt *
sql_oracle_repeats(sql_oracle *o, const question *q, const question_rows *rows)
{
	sql_oracle_units(o, q, rows);
	return sql_oracle_select_repeats(o, q, rows);
}
