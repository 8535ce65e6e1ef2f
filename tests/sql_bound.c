/* SPDX-License-Identifier: MIT */
#include "sql_bound.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* All that sought an agent. */
#define ATTEMPTS                                                               \
	"answered,abandoned,overflowed,timed_out,exited,voicemail,emptied,"    \
	"callback,turned_away,failed,waiting"

#define HANDLE_PARTS                                                           \
	"average_talk_time average_hold_time average_after_call_time"

int
sql_number(const char *text, int64_t *out)
{
	static const struct {
		const char *name;
		int64_t ms;
	} units[] = { { "", 1 }, { "ms", 1 }, { "s", 1000 }, { "min", 60000 },
		{ "h", 3600000 }, { "d", 86400000 } };
	char *end;

	*out = strtol(text, &end, 10);
	if (end == text)
		return 0;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (strcmp(end, units[i].name) == 0) {
			*out *= units[i].ms;
			return 1;
		}
	return 0;
}

void
sql_bind(sqlite3_stmt *s, int at, const sql_bound *b)
{
	const char *name = sqlite3_bind_parameter_name(s, at) + 1;
	const struct {
		const char *name, *text;
		int64_t number;
	} own[] = {
		{ "as_of", NULL, b->as_of },
		{ "known_from", NULL, b->known_from },
		{ "space", b->space, 0 },
		{ "credit", b->credit, 0 },
		{ "directions", b->directions, 0 },
		{ "override_by", b->override_by, 0 },
		{ "handle_parts", b->handle_parts, 0 },
		{ "wait_parts", b->wait_parts, 0 },
		{ "numerator", b->numerator, 0 },
		{ "denominator", b->denominator, 0 },
		{ "metric", b->q->name, 0 },
		{ "top", NULL, b->top },
		{ "bottom", NULL, b->bottom },
		{ "repeat_window", NULL, b->window },
		{ "any_outcome", NULL, b->any_outcome },
		{ "first", NULL, b->first },
		{ "last", NULL, b->last },
		{ "length", NULL, b->length },
	};
	const char *value = question_value(b->q, name);
	int64_t number;
	int code;

	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++) {
		if (strcmp(own[i].name, name) != 0)
			continue;
		code = own[i].text == NULL
		    ? sqlite3_bind_int64(s, at, own[i].number)
		    : sqlite3_bind_text(s, at, own[i].text, -1, SQLITE_STATIC);
		ck_assert_int_eq(code, SQLITE_OK);
		return;
	}
	if (value != NULL && strcmp(value, "attempts") == 0)
		value = ATTEMPTS;
	if (value == NULL)
		code = sqlite3_bind_int64(s, at, 0);
	else if (sql_number(value, &number))
		code = sqlite3_bind_int64(s, at, number);
	else
		code = sqlite3_bind_text(s, at, value, -1, SQLITE_STATIC);
	ck_assert_int_eq(code, SQLITE_OK);
}

/* The mark at which the box of a scale's satisfied marks begins. */
static void
boxes(const question *q, sql_bound *b)
{
	static const int64_t lowest[] = { 0, 0, 2, 3, 3, 4, 4, 5, 6 };
	const char *top = question_value(q, "csat_top");
	const char *bottom = question_value(q, "csat_bottom");
	int64_t from, to;

	if (bottom == NULL)
		return;
	(void)sql_number(question_value(q, "csat_scale"), &to);
	(void)sql_number(question_value(q, "csat_scale_from"), &from);
	if (top == NULL || !sql_number(top, &b->top))
		b->top = to - from < 8 ? from + lowest[to - from + 1] - 1 : to;
	if (!sql_number(bottom, &b->bottom))
		b->bottom = to - (b->top - from);
}

/* A case has no window, and what was received any outcome. */
static void
first_contacts(const question *q, sql_bound *b)
{
	const char *window = question_value(q, "repeat_window");
	const char *unit = question_value(q, "fcr_unit");
	const char *method = question_value(q, "fcr_method");

	if (window != NULL)
		(void)sql_number(window, &b->window);
	if (unit == NULL)
		return;
	if (strcmp(unit, "case") == 0)
		b->window = INT64_C(1) << 60;
	b->any_outcome =
	    strcmp(method, "survey") == 0 ||
	    (strcmp(method, "silence") != 0 &&
		strcmp(question_value(q, "fcr_denominator"), "answered") !=
		    0);
}

/* An open end is that of what is known of contacts, or of expenses. */
static void
set_range(const sql_oracle *o, const question *q, const question_rows *r,
    sql_bound *b)
{
	static const int64_t lengths[] = { 0, 900000, 1800000, 3600000,
		86400000, 604800000, -1 };
	const int is_roster = strcmp(q->name, "turnover") == 0;

	b->length = lengths[r->bucket];
	b->first = r->from != KPI_UNKNOWN ? r->from
	    : is_roster                   ? b->known_from
					  : o->spent_from;
	b->last = r->until != KPI_UNKNOWN ? r->until
	    : is_roster                   ? b->as_of
					  : o->spent_until;
	if (is_roster && q->known_from != KPI_UNKNOWN &&
	    b->first < q->known_from)
		b->first = q->known_from;
	if (is_roster && q->as_of != KPI_UNKNOWN && b->last > q->as_of)
		b->last = q->as_of;
}

int
sql_is_one_of(const char *name, const char *names)
{
	return strstr(names, name) != NULL;
}

static int
is_by_survey(const question *q)
{
	const char *method = question_value(q, "fcr_method");

	return method != NULL && strcmp(method, "survey") == 0;
}

static const char *
part_of(const char *metric)
{
	if (strstr(metric, "talk") != NULL)
		return "talk";
	return strstr(metric, "hold") != NULL ? "hold" : "after_call";
}

sql_bound
sql_bound_of(
    const sql_oracle *o, const question *q, const question_rows *rows)
{
	const int by_agent = question_rows_name(rows, KPI_BY_AGENT) ||
	    question_rows_name(rows, KPI_BY_TEAM);
	const char *unit = question_value(q, "unit");
	sql_bound b = { .q = q,
		.o = o,
		.as_of = o->as_of,
		.known_from = o->known_from,
		.space = "whole",
		.credit = "last",
		.directions = question_value(q, "directions"),
		.override_by =
		    q->override_by == KPI_BY_QUEUE ? "queue" : "channel",
		.handle_parts = question_value(q, "handle_parts"),
		.wait_parts = question_value(q, "wait_parts"),
		.numerator = "",
		.denominator = "" };

	if (q->as_of != KPI_UNKNOWN)
		b.as_of = q->as_of;
	if (q->known_from != KPI_UNKNOWN)
		b.known_from = q->known_from;
	set_range(o, q, rows, &b);
	if (unit != NULL && strcmp(unit, "automatic") == 0)
		b.space = by_agent ? "leg" : "whole";
	else if (strcmp(q->name, "visits") == 0)
		b.space = "visit";
	else if (unit != NULL && sql_is_one_of(unit, "visit leg"))
		b.space = unit;
	if (by_agent && strcmp(b.space, "whole") == 0 &&
	    question_value(q, "credit") != NULL)
		b.credit = question_value(q, "credit");
	if (question_rows_name(rows, KPI_BY_DIRECTION))
		b.directions = "inbound,outbound,internal,unknown";
	else if (b.directions != NULL && strcmp(b.directions, "automatic") == 0)
		b.directions =
		    sql_is_one_of(q->name,
			"average_handle_time csat_mean dsat nps ces "
			"survey_response_rate quality_score "
			"cost_per_contact " HANDLE_PARTS) ||
			is_by_survey(q)
		    ? "inbound,outbound,internal,unknown"
		    : "inbound,unknown";
	if (sql_is_one_of(q->name, HANDLE_PARTS))
		b.handle_parts = part_of(q->name);
	else if (b.handle_parts == NULL)
		b.handle_parts = "talk,hold";
	if (b.wait_parts == NULL)
		b.wait_parts = "queue,ring";
	if (strcmp(q->name, "service_level") == 0) {
		b.numerator = question_value(q, "service_level_numerator");
		b.denominator = question_value(q, "service_level_denominator");
	} else if (sql_is_one_of(q->name, "abandonment_rate answer_rate")) {
		b.numerator = question_value(q, "abandonment_numerator");
		b.denominator = question_value(q, "abandonment_denominator");
	} else if (sql_is_one_of(q->name, "average_wait longest_wait")) {
		b.numerator = b.denominator =
		    question_value(q, q->name[0] == 'a'
			    ? "average_wait_outcomes"
			    : "longest_wait_outcomes");
	} else if (question_value(q, "contacts_classes") != NULL) {
		b.denominator = question_value(q, "contacts_classes");
	}
	boxes(q, &b);
	first_contacts(q, &b);
	return b;
}

