/* SPDX-License-Identifier: MIT */
#include "sample_records.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "sample_store.h"
#include "store/place.h"

#define START   INT64_C(1790000000000) /* in September 2026 */
#define MINUTE  INT64_C(60000)
#define COLUMNS 9
#define MOST    2000 /* by column */

static const char *const agents[] = { NULL, "amira", "ben", "carla",
	"d\303\251sir\303\251" };
static const char *const queues[] = { "support", "sales", "billing" };
static const char *const channels[] = { "voice", "chat", "voice", "voice" };

static void
put_text(kpi__buffer *out, const char *text)
{
	kpi__buffer_put_text(out, text == NULL ? "(unknown)" : text);
}

static void
put_visit(kpi__buffer *out, const kpi_visit *visit)
{
	kpi__buffer_put(out, &visit->entered_at,
	    offsetof(kpi_visit, queue) - offsetof(kpi_visit, entered_at));
	put_text(out, visit->queue);
	put_text(out, visit->agent);
	put_text(out, visit->team);
}

void
sample_put_interaction(kpi__buffer *out, const kpi_interaction *whole)
{
	const char *const *text = &whole->id;
	const size_t texts = (offsetof(kpi_interaction, visits) -
				 offsetof(kpi_interaction, id)) /
	    sizeof(*text);

	kpi__buffer_put(out, &whole->started_at,
	    offsetof(kpi_interaction, id) -
		offsetof(kpi_interaction, started_at));
	for (size_t i = 0; i < texts; i++)
		put_text(out, text[i]);
	for (uint64_t v = 0; v < whole->visit_count; v++)
		put_visit(out, &whole->visits[v]);
}

void
sample_put_activity(kpi__buffer *out, const kpi_activity *activity)
{
	kpi__buffer_put(
	    out, &activity->started_at, 3 * sizeof(activity->started_at));
	put_text(out, activity->agent);
	put_text(out, activity->source);
}

void
sample_put_employment(kpi__buffer *out, const kpi_employment *employment)
{
	kpi__buffer_put(
	    out, &employment->hired_at, 2 * sizeof(employment->hired_at));
	put_text(out, employment->agent);
	put_text(out, employment->source);
}

void
sample_put_expense(kpi__buffer *out, const kpi_expense *expense)
{
	kpi__buffer_put(
	    out, &expense->started_at, 4 * sizeof(expense->started_at));
	put_text(out, expense->of);
	put_text(out, expense->id);
	put_text(out, expense->source);
	put_text(out, expense->note);
}

void
sample_put_repeat(kpi__buffer *out, const kpi_repeat *repeat)
{
	kpi__buffer_put(
	    out, &repeat->started_at, 4 * sizeof(repeat->started_at));
	put_text(out, repeat->customer);
	put_text(out, repeat->id);
	put_text(out, repeat->earlier_id);
	put_text(out, repeat->first_id);
}

static int64_t
outcome_of(uint32_t n)
{
	return n % 5 == 4 ? KPI_OUTCOME_ABANDONED : KPI_OUTCOME_ANSWERED;
}

kpi_status
sample_add(kpi_store *store, uint32_t n, kpi_error *error)
{
	kpi_visit visits[2] = { KPI_VISIT_INIT, KPI_VISIT_INIT };
	kpi_interaction whole = KPI_INTERACTION_INIT;
	char id[16], customer[16], case_id[16];
	int64_t at = START + n * 97 * MINUTE + n % 7 * 1234;

	(void)snprintf(id, sizeof(id), "i%u", n);
	(void)snprintf(customer, sizeof(customer), "p%u", n * 7 % 11);
	(void)snprintf(case_id, sizeof(case_id), "case-%u", n / 3);
	whole.started_at = at;
	whole.source = "pbx";
	whole.id = n % 13 == 12 ? NULL : id;
	whole.customer = n % 11 == 10 ? NULL : customer;
	whole.case_id = n % 4 == 0 ? case_id : NULL;
	whole.channel = channels[n % 4];
	whole.reason = n % 3 == 0 ? "invoice" : NULL;
	whole.attribute_2 = n % 6 == 0 ? "gold" : NULL;
	whole.direction =
	    n % 9 == 8 ? KPI_DIRECTION_OUTBOUND : KPI_DIRECTION_INBOUND;
	if (n % 2 == 0)
		whole.resolved = n % 4 == 0;
	if (n % 3 == 1) {
		whole.survey_answered_at = at + 90 * MINUTE;
		whole.csat = n % 5 + 1;
		whole.csat_scale = 5;
		whole.nps = n % 11;
	}
	for (uint32_t v = 0; v < 2; v++) {
		visits[v].entered_at = at + v * 5 * MINUTE;
		visits[v].queue = queues[(n + v) % 3];
		visits[v].wait_ms = (n * 31 + v * 17) % 60 * 1000;
		visits[v].outcome = outcome_of(n + v);
		if (visits[v].outcome == KPI_OUTCOME_ANSWERED && n % 17 != 16) {
			visits[v].agent = agents[(n + v) % 5];
			visits[v].talk_ms = (n * 53 + v * 7) % 300 * 1000;
			visits[v].after_call_ms = 20000;
		}
	}
	if (n % 4 == 3)
		visits[0].outcome = KPI_OUTCOME_OVERFLOWED;
	whole.visits = visits;
	whole.visit_count = n % 4 == 3 ? 2 : 1;
	return kpi_store_add(store, &whole, error);
}

/* Room for what columns point to. */
static int64_t column_start[MOST], column_wait[MOST], column_talk[MOST];
static int32_t column_outcome[MOST], column_agent[MOST], column_queue[MOST];
static char column_id[MOST][16];
static const char *column_ids[MOST], *column_customers[MOST];

static void
make_values(uint32_t count)
{
	static const char *const customers[] = { "p0", "p1", "p2", "p3", "p4",
		"p5", NULL };

	ck_assert_uint_le(count, MOST);
	for (uint32_t n = 0; n < count; n++) {
		(void)snprintf(column_id[n], sizeof(column_id[n]), "c%u", n);
		column_ids[n] = column_id[n];
		column_customers[n] = customers[n * 5 % 7];
		column_start[n] = START + (n * 61 + n % 5) * MINUTE;
		column_outcome[n] = (int32_t)outcome_of(n + 2);
		column_wait[n] = n * 41 % 90 * 1000;
		column_talk[n] = n % 5 == 2 ? KPI_UNKNOWN : n * 77 % 400 * 1000;
		column_agent[n] = n % 5 == 2 ? -1 : (int32_t)(n % 4);
		column_queue[n] = (int32_t)(n % 3);
	}
}

static kpi_column
column_of(int32_t field, int32_t type, const void *data)
{
	kpi_column column = KPI_COLUMN_INIT;

	column.field = field;
	column.type = type;
	column.data = data;
	return column;
}

kpi_status
sample_add_columns(kpi_store *store, uint32_t count, kpi_error *error)
{
	static const char *const source[] = { "pbx" };
	static const int32_t zeros[MOST];
	kpi_column columns[COLUMNS];

	make_values(count);
	columns[0] =
	    column_of(KPI_FIELD_STARTED_AT, KPI_COLUMN_INT64, column_start);
	columns[1] = column_of(KPI_FIELD_ID, KPI_COLUMN_TEXT, column_ids);
	columns[2] =
	    column_of(KPI_FIELD_CUSTOMER, KPI_COLUMN_TEXT, column_customers);
	columns[3] =
	    column_of(KPI_FIELD_OUTCOME, KPI_COLUMN_INT32, column_outcome);
	columns[4] = column_of(KPI_FIELD_WAIT, KPI_COLUMN_INT64, column_wait);
	columns[5] = column_of(KPI_FIELD_TALK, KPI_COLUMN_INT64, column_talk);
	columns[6] =
	    column_of(KPI_FIELD_AGENT, KPI_COLUMN_DICTIONARY, column_agent);
	columns[6].dictionary = agents + 1;
	columns[6].dictionary_count = 4;
	columns[7] =
	    column_of(KPI_FIELD_QUEUE, KPI_COLUMN_DICTIONARY, column_queue);
	columns[7].dictionary = queues;
	columns[7].dictionary_count = 3;
	columns[8] = column_of(KPI_FIELD_SOURCE, KPI_COLUMN_DICTIONARY, zeros);
	columns[8].dictionary = source;
	columns[8].dictionary_count = 1;
	return kpi_store_add_columns(store, count, columns, COLUMNS, error);
}

kpi_status
sample_answer_late(
    kpi_store *store, const char *id, int64_t mark, kpi_error *error)
{
	kpi_interaction late = KPI_INTERACTION_INIT;
	static const int32_t clear[] = { KPI_FIELD_NPS };

	late.id = id;
	late.source = "pbx";
	late.csat = mark;
	late.csat_scale = 5;
	late.survey_answered_at = START + 90000 * MINUTE;
	return kpi_store_update(store, &late, clear, 1, error);
}

kpi_status
sample_replace_visits(kpi_store *store, const char *id, kpi_error *error)
{
	kpi_visit visits[3] = { KPI_VISIT_INIT, KPI_VISIT_INIT,
		KPI_VISIT_INIT };
	kpi_interaction whole = KPI_INTERACTION_INIT;

	for (int v = 0; v < 3; v++) {
		visits[v].queue = queues[v];
		visits[v].outcome = KPI_OUTCOME_OVERFLOWED;
		visits[v].wait_ms = 60000;
	}
	visits[2].outcome = KPI_OUTCOME_ANSWERED;
	visits[2].agent = "edith";
	visits[2].talk_ms = 45000;
	whole.id = id;
	whole.source = "pbx";
	whole.visits = visits;
	whole.visit_count = 3;
	return kpi_store_update(store, &whole, NULL, 0, error);
}

kpi_status
sample_add_activity(kpi_store *store, uint32_t n, kpi_error *error)
{
	kpi_activity activity = KPI_ACTIVITY_INIT;

	activity.agent = agents[n % 4 + 1];
	activity.source = "pbx";
	activity.started_at = START + n * 45 * MINUTE;
	activity.ended_at = activity.started_at + 30 * MINUTE;
	activity.state = n % 3 + 1;
	return kpi_store_add_activity(store, &activity, error);
}

kpi_status
sample_add_employment(kpi_store *store, uint32_t n, kpi_error *error)
{
	kpi_employment employment = KPI_EMPLOYMENT_INIT;

	employment.agent = agents[n % 4 + 1];
	employment.source = "pbx";
	employment.hired_at = START + n / 8 * 45 * MINUTE;
	if (n % 3 == 0)
		employment.left_at = employment.hired_at + 30 * MINUTE;
	return kpi_store_add_employment(store, &employment, error);
}

kpi_status
sample_add_expense(kpi_store *store, uint32_t n, kpi_error *error)
{
	kpi_expense expense = KPI_EXPENSE_INIT;

	expense.started_at = START + n * 5 * MINUTE;
	expense.ended_at = expense.started_at + 100 * MINUTE;
	expense.amount = 1000 - (int64_t)n * 300;
	expense.source = "pbx";
	if (n % 3 == 0)
		expense.id = n % 6 == 0 ? "e0" : "e3";
	if (n % 2 == 0) {
		expense.by = KPI_BY_AGENT;
		expense.of = agents[n % 4 + 1];
		expense.note = "headset";
	}
	return kpi_store_add_expense(store, &expense, error);
}

kpi_status
sample_keep_place(kpi_store *store, kpi_error *error)
{
	static const unsigned char place[] = "offset 4711, two calls open";

	return kpi__store_set_place(
	    store, SAMPLE_PLACE, place, sizeof(place), error);
}
