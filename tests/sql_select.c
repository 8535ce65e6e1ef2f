/* SPDX-License-Identifier: MIT */
/* The last step: the units that a query selects, added up by group. */
#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sql_oracle.h"

typedef struct sql_text {
	char text[8192];
	size_t size;
} sql_text;

static void put(sql_text *t, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
put(sql_text *t, const char *format, ...)
{
	va_list arguments;
	int size;

	va_start(arguments, format);
	size = vsnprintf(
	    t->text + t->size, sizeof(t->text) - t->size, format, arguments);
	va_end(arguments);
	ck_assert_int_ge(size, 0);
	t->size += (size_t)size;
	ck_assert_uint_lt(t->size, sizeof(t->text));
}

static const char *
column_of(kpi_by by)
{
	static const char *const columns[] = { NULL, "agent", "team", "queue",
		"channel", "reason", "customer", "case_id", "direction",
		"source", "attribute_1", "attribute_2", "attribute_3",
		"attribute_4" };

	return columns[by];
}

/* A bucket's begin, in UTC. */
static const char *
bucket_sql(int32_t bucket)
{
	switch (bucket) {
	case KPI_BUCKET_QUARTER_HOUR:
		return "at - at % 900000";
	case KPI_BUCKET_HOUR:
		return "at - at % 3600000";
	case KPI_BUCKET_DAY:
		return "at - at % 86400000";
	case KPI_BUCKET_WEEK: /* 1970-01-05 was a Monday */
		return "at - (at - 345600000) % 604800000";
	case KPI_BUCKET_MONTH:
		return "1000 * strftime('%s', at / 1000, 'unixepoch', "
		       "'start of month')";
	}
	return "NULL";
}

static const char *
measure_sql(int32_t field)
{
#define OF_WHOLE(name)                                                         \
	"(SELECT i." name " FROM interaction i WHERE i.n = unit.n)"
#define OF_ROWS(name)                                                          \
	"(SELECT sum(v." name ") FROM visit v WHERE v.n = unit.n"              \
	" AND (unit.k = -1 OR v.k = unit.k))"
	switch (field) {
	case KPI_FIELD_WAIT:
		return "(SELECT w.wait FROM waited w WHERE w.n = unit.n AND "
		       "w.k = unit.k)";
	case KPI_FIELD_TALK:
		return OF_ROWS("talk");
	case KPI_FIELD_AFTER_CALL:
		return OF_ROWS("after_call");
	case KPI_FIELD_IVR:
		return OF_WHOLE("ivr");
	case KPI_FIELD_CSAT:
		return OF_WHOLE("csat");
	case KPI_FIELD_NPS:
		return OF_WHOLE("nps");
	case KPI_FIELD_AGENT_REPLIES:
		return OF_WHOLE("agent_replies");
	}
	ck_abort_msg("no SQL for field %d", (int)field);
	return NULL;
}

static void
put_filters(sql_text *t, const question_rows *r)
{
	for (uint32_t i = 0; i < r->filter_count; i++) {
		const question_filter *f = &r->filters[i];

		put(t, " AND %s(0", f->negated ? "NOT " : "");
		for (uint32_t v = 0; v < f->count; v++)
			if (f->values[v] == NULL)
				put(t, " OR %s IS NULL", column_of(f->by));
			else
				put(t, " OR %s IS '%s'", column_of(f->by),
				    f->values[v]);
		put(t, ")");
	}
	if (r->outcome_count > 0) {
		put(t,
		    " AND outcome IN (SELECT name FROM outcome WHERE code "
		    "IN (%d",
		    (int)r->outcomes[0]);
		if (r->outcome_count > 1)
			put(t, ", %d", (int)r->outcomes[1]);
		put(t, "))");
	}
	if (r->measure != 0 && r->least != KPI_UNKNOWN)
		put(t, " AND %s >= %lld", measure_sql(r->measure),
		    (long long)r->least);
	if (r->measure != 0 && r->most != KPI_UNKNOWN)
		put(t, " AND %s <= %lld", measure_sql(r->measure),
		    (long long)r->most);
	if (r->from != KPI_UNKNOWN)
		put(t, " AND at >= %lld", (long long)r->from);
	if (r->until != KPI_UNKNOWN)
		put(t, " AND at < %lld", (long long)r->until);
}

static void
put_groups(sql_text *t, const question_rows *r)
{
	for (uint32_t i = 0; i < 3; i++)
		put(t, "%s AS g%u, ",
		    i < r->by_count ? column_of(r->by[i]) : "NULL",
		    (unsigned)i);
	put(t, "%s AS b", bucket_sql(r->bucket));
}

/* Entries of one unit in one cell are one; of a customer's in a cell the first
 * in an order may be the only one that counts. */
static void
put_cells(sql_text *t, const question_rows *r, const char *order)
{
	put(t, "WITH entry AS (SELECT unit.*, ");
	put_groups(t, r);
	put(t, " FROM unit WHERE member");
	put_filters(t, r);
	put(t,
	    "), cell AS (SELECT n, k, g0, g1, g2, b, sum(share) AS share,"
	    " customer, agent, latest_at, place, class, num, den, value,"
	    " unknown, in_progress, truncated, immature, not_counted, known,"
	    " mixed"
	    " FROM entry GROUP BY n, k, g0, g1, g2, b)"
	    ", picked AS (SELECT *, row_number() OVER (PARTITION BY g0, g1,"
	    " g2, b, customer ORDER BY %s) AS r"
	    " FROM cell)"
	    ", counted AS (SELECT * FROM picked%s) ",
	    order == NULL ? "place" : order,
	    order == NULL ? "" : " WHERE r = 1 OR customer IS NULL");
}

/* Whose units are customers, whole whoever has the credit. */
static int
is_of_customers(const question *q)
{
	const char *unit = question_value(q, "fcr_unit");

	return strcmp(q->name, "customers") == 0 ||
	    strcmp(q->name, "repeat_customer_rate") == 0 ||
	    (unit != NULL && strcmp(unit, "customer") == 0);
}

static const char *
numerator_sql(const question *q)
{
	const char *score = question_value(q, "ces_score");
	const int is_mean_effort = score != NULL && strcmp(score, "mean") == 0;

	if (strcmp(q->name, "customers") == 0)
		return "count(DISTINCT customer)";
	if (strcmp(q->name, "longest_wait") == 0)
		return "max(den * value)";
	if (strcmp(q->name, "average_speed_of_answer") == 0 ||
	    strcmp(q->name, "average_wait") == 0 ||
	    question_value(q, "part_denominator") != NULL ||
	    strcmp(q->name, "csat_mean") == 0 ||
	    strcmp(q->name, "quality_score") == 0 ||
	    strcmp(q->name, "first_response_time") == 0 ||
	    strcmp(q->name, "resolution_time") == 0 || is_mean_effort)
		return "sum(share * value)";
	return is_of_customers(q) ? "sum(num)" : "sum(share * num)";
}

/* What is divided by agents counts each once. */
static const char *
denominator_sql(const question *q)
{
	const char *of = question_value(q, "cost_denominator");

	return of != NULL && strcmp(of, "agents") == 0
	    ? "count(DISTINCT iif(class = 'leg', agent, NULL))"
	    : NULL;
}

#define REASONS \
	"class = 'unknown' DESC, class = 'truncated' DESC," \
	" class = 'immature' DESC"

/* Which of a customer's contacts stands for him: a repeat, or one that failed,
 * before one that did not, and of reasons to leave him out the first. */
static const char *
order_of(const question *q)
{
	const char *per = question_value(q, "csat_per");
	const char *unit = question_value(q, "fcr_unit");

	if (per == NULL)
		per = question_value(q, "nps_per");
	if (per != NULL && strcmp(per, "customer") == 0)
		return "latest_at DESC, place DESC";
	if (unit != NULL && strcmp(unit, "customer") == 0)
		return "class = 'no' DESC, class = 'yes' DESC, " REASONS;
	if (strcmp(q->name, "repeat_customer_rate") == 0)
		return "class = 'yes' DESC, class = 'no' DESC, " REASONS;
	return NULL;
}

/* What a mix is a share of: the rows of all values, or of all known ones. */
static void
put_whole(sql_text *t, const question *q, const question_rows *r, kpi_by among,
    uint32_t sum)
{
	uint32_t at = 0;

	while (r->by[at] != among)
		at++;
	put(t, ", iif(%d AND g%u IS NULL, s%u, sum(s%u) OVER (PARTITION BY b",
	    strcmp(question_value(q, "mix_unknown"), "excluded") == 0,
	    (unsigned)at, (unsigned)sum, (unsigned)sum);
	for (uint32_t i = 0; i < 3; i++)
		if (i != at)
			put(t, ", g%u", (unsigned)i);
	put(t, "))");
}

sqlite3_stmt *
sql_oracle_select(sql_oracle *o, const question *q, const question_rows *r)
{
	const char *share = is_of_customers(q) ? "1" : "share";
	const kpi_by among = question_among(q->metric);
	const char *sums[] = { "den", "(n >= 0)", "unknown", "in_progress",
		"truncated", "immature", "not_counted", "known", "mixed" };
	sql_text t = { .size = 0 };
	sqlite3_stmt *s;

	put_cells(&t, r, order_of(q));
	put(&t,
	    ", summed AS (SELECT g0, g1, g2, b, coalesce(%s, 0) AS numerator",
	    numerator_sql(q));
	for (size_t i = 0; i < sizeof(sums) / sizeof(*sums); i++)
		if (i == 0 && denominator_sql(q) != NULL)
			put(&t, ", %s AS s%u", denominator_sql(q), (unsigned)i);
		else
			put(&t, ", coalesce(sum(%s * %s), 0) AS s%u", share,
			    sums[i], (unsigned)i);
	put(&t,
	    ", coalesce(sum(den), 0) AS draws,"
	    " total(1.0 * value * value) AS squares FROM counted");
	if (r->by_count > 0 || r->bucket != KPI_BUCKET_NONE)
		put(&t, " GROUP BY g0, g1, g2, b");
	put(&t, ") SELECT g0, g1, g2, b, numerator");
	for (uint32_t i = 0; i < sizeof(sums) / sizeof(*sums); i++)
		if (among == 0)
			put(&t, ", s%u", (unsigned)i);
		else
			put_whole(&t, q, r, among, i);
	put(&t,
	    ", draws, squares FROM summed ORDER BY g0 IS NULL, g0,"
	    " g1 IS NULL, g1, g2 IS NULL, g2, b");
	ck_assert_msg(
	    sqlite3_prepare_v2(o->db, t.text, -1, &s, NULL) == SQLITE_OK,
	    "%s: %s", sqlite3_errmsg(o->db), t.text);
	return s;
}

sqlite3_stmt *
sql_oracle_values(sql_oracle *o, const question *q, const question_rows *r)
{
	sql_text t = { .size = 0 };
	sqlite3_stmt *s;

	sql_oracle_units(o, q, r);
	put_cells(&t, r, NULL);
	put(&t,
	    "SELECT g0, g1, g2, b, share, value FROM counted WHERE den"
	    " ORDER BY g0 IS NULL, g0, g1 IS NULL, g1, g2 IS NULL, g2, b,"
	    " value");
	ck_assert_msg(
	    sqlite3_prepare_v2(o->db, t.text, -1, &s, NULL) == SQLITE_OK,
	    "%s: %s", sqlite3_errmsg(o->db), t.text);
	return s;
}

/* Credited to the earlier contact, it is that one which is selected. */
sqlite3_stmt *
sql_oracle_select_repeats(
    sql_oracle *o, const question *q, const question_rows *r)
{
	const int earlier =
	    strcmp(question_value(q, "repeat_credit"), "earlier") == 0;
	sql_text t = { .size = 0 };
	sqlite3_stmt *s;

	put(&t,
	    "SELECT c.n, c.before FROM contact c"
	    " JOIN interaction i ON i.n = c.n"
	    " JOIN interaction e ON e.n = c.before WHERE c.counted AND"
	    " c.before IS NOT NULL AND c.%s IN (SELECT n FROM unit"
	    " WHERE class = 'yes'",
	    earlier ? "before" : "n");
	put_filters(&t, r);
	put(&t,
	    ") ORDER BY c.person, c.started_at, i.source, i.id,"
	    " e.started_at, e.source, e.id");
	ck_assert_msg(
	    sqlite3_prepare_v2(o->db, t.text, -1, &s, NULL) == SQLITE_OK,
	    "%s: %s", sqlite3_errmsg(o->db), t.text);
	return s;
}

static const char *
text_at(sqlite3_stmt *s, int column)
{
	const unsigned char *text = sqlite3_column_text(s, column);

	return text == NULL ? NULL : (const char *)(const void *)text;
}

/* The next row with its group; 0 at the end. */
static int
step(sqlite3_stmt *s, const question_rows *r, sql_row *row)
{
	const int code = sqlite3_step(s);

	if (code != SQLITE_ROW) {
		ck_assert_int_eq(code, SQLITE_DONE);
		(void)sqlite3_finalize(s);
		return 0;
	}
	for (int i = 0; i < 3; i++)
		row->group[i] = text_at(s, i);
	row->begin = r->bucket == KPI_BUCKET_NONE ? KPI_UNKNOWN
						  : sqlite3_column_int64(s, 3);
	return 1;
}

int
sql_oracle_value(sqlite3_stmt *s, const question_rows *r, sql_row *row)
{
	if (!step(s, r, row))
		return 0;
	row->denominator = sqlite3_column_int64(s, 4);
	row->numerator = sqlite3_column_int64(s, 5);
	return 1;
}

int
sql_oracle_step(sqlite3_stmt *s, const question_rows *r, sql_row *row)
{
	int64_t *to[] = { &row->numerator, &row->denominator, &row->population,
		&row->unknown, &row->in_progress, &row->truncated,
		&row->immature, &row->not_counted, &row->known, &row->mixed,
		&row->draws };

	if (!step(s, r, row))
		return 0;
	for (size_t i = 0; i < sizeof(to) / sizeof(*to); i++)
		*to[i] = sqlite3_column_int64(s, 4 + (int)i);
	row->squares =
	    sqlite3_column_double(s, 4 + (int)(sizeof(to) / sizeof(*to)));
	return 1;
}
