/* SPDX-License-Identifier: MIT */
#include "question.h"

#include <check.h>
#include <string.h>

#define COUNTS   "contacts visits customers "
#define RATES    "service_level abandonment_rate answer_rate "
#define LONG     "average_wait longest_wait "
#define WAITS    RATES "average_speed_of_answer " LONG
#define PARTS    "average_talk_time average_hold_time average_after_call_time "
#define HANDLE   "average_handle_time " PARTS
#define MIXES    "channel_mix reason_mix "
#define RESOLVED "resolution_rate "
#define REOPENED "reopen_rate "
#define FCR      "first_contact_resolution "
#define REPEATS  "repeat_rate contacts_per_issue repeat_customer_rate "
#define CSATS    "csat csat_mean dsat "
#define SURVEYS  CSATS "nps ces survey_response_rate "
#define PASSED   "transfer_rate escalation_rate "
#define TIMES                                                                  \
	"average_speed_of_answer average_wait " HANDLE                         \
	"first_response_time resolution_time "
#define QUALITY  "quality_score "
#define SELF     "self_service_rate "
#define REPLIES  "first_response_time first_response_within "
#define SETTLED  "resolution_time resolved_within "
#define DESK     REPLIES SETTLED
#define WORK     REOPENED QUALITY SELF DESK
#define COST     "cost_per_contact "
#define BOUNDED                                                                \
	RATES "average_speed_of_answer average_wait " HANDLE RESOLVED FCR REPEATS SURVEYS PASSED WORK
#define ALL                                                                    \
	COUNTS MIXES WAITS HANDLE RESOLVED FCR REPEATS SURVEYS PASSED WORK COST

#define CHOICES 8

/* METRICS, section 5: who reads what, its default, and others to try. */
static const struct {
	const char *name, *readers, *initial;
	const char *others[CHOICES];
} parameters[] = {
	{ "anchor", ALL, "started",
	    { "started", "queued", "answered", "ended", "wrapped" } },
	{ "credit",
	    "contacts customers " MIXES WAITS HANDLE RESOLVED FCR REPEATS
		SURVEYS WORK COST,
	    "last", { "first", "equal", "equal", "last" } },
	{ "directions", ALL, "automatic",
	    { "inbound", "outbound,unknown", "inbound,outbound,internal" } },
	{ "unit", WAITS, "visit", { "interaction", "interaction", "visit" } },
	{ "unit", HANDLE, "automatic", { "interaction", "leg", "leg" } },
	{ "unit", PASSED, "automatic", { "leg", "visit" } },
	{ "unit", RESOLVED "resolved_within ", "interaction",
	    { "case", "case" } },
	{ "service_level_threshold", "contacts " MIXES RATES LONG, "20s",
	    { "0d", "5s", "10s", "19999ms", "1min" } },
	{ "short_abandon_threshold", "contacts " MIXES RATES LONG, "0d",
	    { "5s", "10s", "30s", "5001ms" } },
	{ "short_answer_threshold", "contacts " MIXES RATES LONG, "0d",
	    { "10s", "30s", "1ms" } },
	{ "service_level_numerator", "service_level ", "answered_in",
	    { "answered_in", "answered_in,answered_short" } },
	{ "service_level_denominator", "service_level ",
	    "answered,abandoned_long",
	    { "answered", "answered,abandoned", "queued", "queued,turned_away",
		"answered,abandoned_out,flowed_out",
		"answered,waiting_out,abandoned_short,failed_in" } },
	{ "abandonment_numerator", "abandonment_rate answer_rate ",
	    "abandoned_long",
	    { "abandoned", "abandoned_out", "flowed,abandoned" } },
	{ "abandonment_denominator", "abandonment_rate answer_rate ",
	    "answered,abandoned_long",
	    { "answered", "queued,self_served", "answered_in,abandoned_in",
		"flowed,callback,waiting" } },
	{ "wait_parts", "contacts " MIXES WAITS, "queue,ring",
	    { "queue", "ring", "ivr,queue,ring", "queue,ring,earlier",
		"queue,ring,earlier,callback", "ivr,queue,ring,earlier",
		"ring,callback" } },
	{ "wait_min", WAITS, "0d", { "1ms", "5s", "20s" } },
	{ "average_wait_outcomes", "average_wait ", "answered,abandoned_long",
	    { "answered", "queued", "answered_in,abandoned_out",
		"answered_short,waiting_in,failed", "turned_away,abandoned" } },
	{ "longest_wait_outcomes", "longest_wait ", "queued",
	    { "answered", "waiting", "answered_out,abandoned_short",
		"flowed_in,self_served,before_queue" } },
	{ "mix_unknown", MIXES, "row", { "excluded", "excluded" } },
	{ "contacts_classes", "contacts " MIXES, "all",
	    { "answered", "abandoned,flowed_in", "queued",
		"answered_short,waiting_out,turned_away" } },
	{ "handle_parts", "average_handle_time ", "talk,hold,after_call",
	    { "talk", "after_call", "hold", "ring,talk",
		"ivr,queue,ring,talk,hold,after_call", "ivr,after_call" } },
	{ "part_denominator", HANDLE, "all", { "with_part" } },
	{ "transfer_kinds", PASSED, "blind,attended,queue",
	    { "blind", "consult,conference,menu",
		"blind,attended,queue,consult,conference,menu" } },
	{ "transfer_count", PASSED, "unit", { "event" } },
	{ "transfer_denominator", PASSED, "answered", { "received" } },
	{ "resolution_within", RESOLVED "resolved_within ", "0d",
	    { "1h", "1d", "3d", "10d" } },
	{ "resolution_population", RESOLVED, "received", { "answered" } },
	{ "resolution_unknown", RESOLVED, "not_resolved", { "excluded" } },
	{ "resolution_state", RESOLVED SETTLED, "last", { "first" } },
	{ "first_response_threshold", "first_response_within ", "1h",
	    { "0d", "20s", "1d", "5d" } },
	{ "reopen_window", REOPENED, "30d", { "0d", "1h", "3d", "10d" } },
	{ "reopen_denominator", REOPENED, "resolved",
	    { "received", "received" } },
	{ "self_service_window", SELF, "0d", { "1h", "1d", "7d" } },
	{ "self_service_min", SELF, "0d", { "1ms", "5s", "20s" } },
	{ "self_service_numerator", SELF, "self_served",
	    { "before_queue,self_served", "before_queue" } },
	{ "repeat_window", FCR REPEATS, "7d",
	    { "0d", "1h", "1d", "3d", "168h", "30d" } },
	{ "repeat_gap", FCR REPEATS, "0d", { "1ms", "15min", "1h", "1d" } },
	{ "repeat_from", FCR REPEATS, "start", { "end" } },
	{ "repeat_link", FCR REPEATS, "previous", { "first", "first" } },
	{ "repeat_same", FCR REPEATS, "none",
	    { "reason", "queue", "channel", "case", "team" } },
	{ "repeat_directions", FCR REPEATS, "inbound,unknown",
	    { "inbound", "inbound,outbound,internal,unknown", "outbound" } },
	{ "repeat_earlier_outcomes", REPEATS, "attempts",
	    { "answered", "abandoned,waiting" } },
	{ "repeat_earlier_outcomes", FCR, "answered",
	    { "attempts", "answered,abandoned" } },
	{ "repeat_later_outcomes", FCR REPEATS, "attempts",
	    { "answered", "self_served,answered" } },
	{ "repeat_counted_outcomes", REPEATS, "attempts",
	    { "answered", "abandoned,failed,before_queue" } },
	{ "repeat_counted_outcomes", FCR, "answered",
	    { "attempts", "answered,callback" } },
	{ "repeat_unknown_customer", FCR REPEATS, "excluded", { "own_issue" } },
	{ "repeat_edge", FCR REPEATS, "exclude", { "include", "include" } },
	{ "repeat_credit", FCR REPEATS, "later", { "earlier", "earlier" } },
	{ "fcr_unit", FCR, "issue",
	    { "contact", "contact", "customer", "customer", "case" } },
	{ "fcr_method", FCR, "silence",
	    { "mark", "derived", "derived", "survey" } },
	{ "fcr_denominator", FCR, "answered", { "resolved", "received" } },
	{ "fcr_requires", FCR, "resolved,no_transfer,no_reopen",
	    { "resolved", "one_agent", "no_transfer", "no_reopen",
		"no_customer_reply", "resolved,one_agent,no_customer_reply",
		"no_transfer,no_reopen" } },
	{ "fcr_min_replies", FCR, "0", { "1", "2" } },
	{ "fcr_max_replies", FCR, "0", { "2", "3" } },
	{ "fcr_net", FCR, "0", { "1" } },
	{ "csat_scale", CSATS, "5", { "5", "6", "7", "10" } },
	{ "csat_scale_from", CSATS, "1", { "0" } },
	{ "csat_score", "csat ", "top", { "net" } },
	{ "csat_top", "csat ", "automatic", { "4", "5", "3" } },
	{ "csat_bottom", "csat dsat ", "automatic", { "1", "2" } },
	{ "csat_per", CSATS, "answer", { "customer", "customer" } },
	{ "nps_per", "nps ", "answer", { "customer", "customer" } },
	{ "ces_version", "ces ", "2", { "1", "1" } },
	{ "ces_score", "ces ", "mean", { "share", "index", "index" } },
	{ "ces_top", "ces ", "5", { "4", "5" } },
	{ "ces_bottom", "ces ", "3", { "1", "2" } },
	{ "survey_anchor", SURVEYS, "contact", { "answer" } },
	{ "survey_window", SURVEYS, "0d", { "1h", "3d" } },
	{ "turnover_denominator", "turnover ", "mean",
	    { "ends", "month_ends", "start", "ever" } },
	{ "turnover_annual", "turnover ", "1", { "0" } },
	{ "cost_sources", COST, "own,expenses",
	    { "own", "expenses", "expenses,own" } },
	{ "cost_denominator", COST, "answered",
	    { "received", "resolved", "agents", "agents" } },
	{ "bounds_by", BOUNDED, "contact", { "day", "customer", "none" } },
	{ "bounds_by", MIXES, "contact", { "none" } },
	{ "bounds_by", COST, "contact", { "day", "none" } },
	{ "verdict_by", BOUNDED, "none", { "day", "customer" } },
	{ "verdict_by", COST, "none", { "day" } },
	{ "compare_adjust", BOUNDED COST, "holm", { "none" } },
	{ "target_goal", BOUNDED COST, "none", { NULL } },
	{ "as_of", "contacts " MIXES RATES LONG RESOLVED FCR REPEATS SURVEYS
		REOPENED SELF DESK COST "turnover ",
	    "automatic", { NULL } },
	{ "known_from", FCR REPEATS "turnover ", "automatic", { NULL } },
};

#define PARAMETERS (sizeof(parameters) / sizeof(*parameters))

int32_t
question_metric(uint32_t i)
{
	static const int32_t metrics[QUESTION_METRICS] = { KPI_METRIC_CONTACTS,
		KPI_METRIC_VISITS, KPI_METRIC_CUSTOMERS,
		KPI_METRIC_SERVICE_LEVEL, KPI_METRIC_ABANDONMENT_RATE,
		KPI_METRIC_ANSWER_RATE, KPI_METRIC_AVERAGE_SPEED_OF_ANSWER,
		KPI_METRIC_AVERAGE_HANDLE_TIME, KPI_METRIC_RESOLUTION_RATE,
		KPI_METRIC_FIRST_CONTACT_RESOLUTION, KPI_METRIC_REPEAT_RATE,
		KPI_METRIC_CONTACTS_PER_ISSUE, KPI_METRIC_CSAT,
		KPI_METRIC_CSAT_MEAN, KPI_METRIC_NPS,
		KPI_METRIC_AVERAGE_TALK_TIME, KPI_METRIC_AVERAGE_HOLD_TIME,
		KPI_METRIC_AVERAGE_AFTER_CALL_TIME, KPI_METRIC_AVERAGE_WAIT,
		KPI_METRIC_LONGEST_WAIT, KPI_METRIC_TRANSFER_RATE,
		KPI_METRIC_DSAT, KPI_METRIC_CES,
		KPI_METRIC_SURVEY_RESPONSE_RATE,
		KPI_METRIC_REPEAT_CUSTOMER_RATE, KPI_METRIC_CHANNEL_MIX,
		KPI_METRIC_REASON_MIX, KPI_METRIC_REOPEN_RATE,
		KPI_METRIC_ESCALATION_RATE, KPI_METRIC_QUALITY_SCORE,
		KPI_METRIC_SELF_SERVICE_RATE, KPI_METRIC_FIRST_RESPONSE_TIME,
		KPI_METRIC_RESOLUTION_TIME, KPI_METRIC_FIRST_RESPONSE_WITHIN,
		KPI_METRIC_RESOLVED_WITHIN, KPI_METRIC_COST_PER_CONTACT };

	ck_assert_uint_lt(i, QUESTION_METRICS);
	return metrics[i];
}

static int
reads(const char *readers, const char *metric)
{
	const size_t size = strlen(metric);
	const char *at = readers;

	while ((at = strstr(at, metric)) != NULL) {
		if ((at == readers || at[-1] == ' ') && at[size] == ' ')
			return 1;
		at++;
	}
	return 0;
}

const char *
question_value(const question *q, const char *parameter)
{
	for (uint32_t i = 0; i < q->parameter_count; i++)
		if (strcmp(q->parameters[i].name, parameter) == 0)
			return q->parameters[i].value;
	return NULL;
}

void
question_set(question *q, const char *parameter, const char *value)
{
	for (uint32_t i = 0; i < q->parameter_count; i++)
		if (strcmp(q->parameters[i].name, parameter) == 0) {
			q->parameters[i].value = value;
			q->parameters[i].given = 1;
			return;
		}
	ck_abort_msg("%s does not read %s", q->name, parameter);
}

static int
is(const question *q, const char *parameter, const char *value)
{
	const char *is_value = question_value(q, parameter);

	return is_value != NULL && strcmp(is_value, value) == 0;
}

/* An agent who is counted has no share of one. */
static void
keep_agents_whole(question *q)
{
	if (is(q, "cost_denominator", "agents") && is(q, "credit", "equal"))
		question_set(q, "credit", "first");
}

void
question_share(question *q, const question *from)
{
	static const char *const shared[] = { "anchor", "credit", "directions",
		"wait_parts", "wait_min" };
	const char *value;

	for (size_t i = 0; i < sizeof(shared) / sizeof(*shared); i++) {
		value = question_value(from, shared[i]);
		if (value != NULL && strcmp(value, "own_event") != 0 &&
		    question_value(q, shared[i]) != NULL)
			question_set(q, shared[i], value);
	}
	if (reads(WAITS, q->name) && reads(WAITS, from->name))
		question_set(q, "unit", question_value(from, "unit"));
	keep_agents_whole(q);
}

static const char *
other_value(random_source *s, size_t i)
{
	uint32_t count = 0;

	while (count < CHOICES && parameters[i].others[count] != NULL)
		count++;
	return count == 0 ? NULL : parameters[i].others[random_below(s, count)];
}

/* An instant of the data, or beside one, as the text that parses. */
static int64_t
set_instant(question *q, random_source *s, const char *parameter,
    char text[INSTANT_TEXT], const int64_t *instants, uint32_t count)
{
	const int64_t at =
	    instants[random_below(s, count)] + (int64_t)random_below(s, 3) - 1;

	instant_text(text, at);
	question_set(q, parameter, text);
	return at;
}

static void
make_overrides(question *q, random_source *s)
{
	static const char *const values[] = { "0d", "5s", "30s", "1min" };

	q->override_by = random_one_in(s, 2) ? KPI_BY_QUEUE : KPI_BY_CHANNEL;
	for (uint32_t i = 0; i < 1 + random_below(s, 2); i++) {
		question_override *o = &q->overrides[q->override_count];

		o->parameter = random_one_in(s, 2) ? "service_level_threshold"
						   : "short_abandon_threshold";
		o->name =
		    random_name(q->override_by, q->override_count == 0 ? 0 : 1);
		o->value = values[random_below(s, 4)];
		q->override_count++;
	}
}

/* What some parameters ask of others. */
static void
make_possible(question *q, random_source *s)
{
	const char *top = question_value(q, "csat_top");
	const char *scale = question_value(q, "csat_scale");

	if (strcmp(q->name, "service_level") == 0 && random_one_in(s, 3))
		question_set(q, "anchor", "own_event");
	if (reads("abandonment_rate " LONG PASSED, q->name) && random_one_in(s, 6))
		question_set(q, "anchor", "own_event");
	if (strcmp(q->name, "dsat") == 0 && strcmp(scale, "10") == 0)
		question_set(q, "csat_bottom", "2");
	if (is(q, "verdict_by", "day") || is(q, "verdict_by", "customer"))
		question_set(q, "target_goal",
		    reads(TIMES, q->name) ? "20s" : "0.5");
	keep_agents_whole(q);
	if (top == NULL)
		return;
	/* Scales of more than eight marks have no usual boxes. */
	if (strcmp(scale, "10") == 0 && strcmp(top, "automatic") == 0)
		question_set(q, "csat_top", "7");
	top = question_value(q, "csat_top");
	if (strcmp(top, "automatic") != 0)
		question_set(q, "csat_bottom", "2");
	else
		question_set(q, "csat_bottom", "automatic");
}

void
question_make(question *q, random_source *s, int32_t metric, int plain,
    const int64_t *instants, uint32_t count)
{
	/* Few parameters now and then, so that definitions share much. */
	const uint32_t often = random_one_in(s, 2) ? 3 : 12;
	kpi_entry entry = KPI_ENTRY_INIT;

	memset(q, 0, sizeof(*q));
	ck_assert_int_eq(
	    kpi_catalogue_number(KPI_TABLE_METRICS, metric, &entry), KPI_OK);
	q->metric = metric;
	q->as_of = q->known_from = KPI_UNKNOWN;
	q->name = entry.name;
	for (size_t i = 0; i < PARAMETERS; i++) {
		if (!reads(parameters[i].readers, q->name))
			continue;
		ck_assert_uint_lt(q->parameter_count, QUESTION_PARAMETERS);
		q->parameters[q->parameter_count].name = parameters[i].name;
		q->parameters[q->parameter_count].value = parameters[i].initial;
		q->parameter_count++;
	}
	if (plain)
		return;
	for (size_t i = 0; i < PARAMETERS; i++) {
		const char *value;

		if (!reads(parameters[i].readers, q->name) ||
		    !random_one_in(s, often) ||
		    (value = other_value(s, i)) == NULL)
			continue;
		question_set(q, parameters[i].name, value);
	}
	if (question_value(q, "as_of") != NULL && random_one_in(s, 6))
		q->as_of =
		    set_instant(q, s, "as_of", q->as_of_text, instants, count);
	if (question_value(q, "known_from") != NULL && random_one_in(s, 6))
		q->known_from = set_instant(
		    q, s, "known_from", q->known_from_text, instants, count);
	if (question_value(q, "short_abandon_threshold") != NULL &&
	    random_one_in(s, 8))
		make_overrides(q, s);
	make_possible(q, s);
}

kpi_by
question_among(int32_t metric)
{
	return metric == KPI_METRIC_CHANNEL_MIX ? KPI_BY_CHANNEL
	    : metric == KPI_METRIC_REASON_MIX	? KPI_BY_REASON
						: 0;
}

uint32_t
question_make_each(question q[QUESTION_METRICS], question_rows *rows,
    random_source *s, uint32_t plain, const int64_t *instants, uint32_t count)
{
	const int mixes = random_one_in(s, 3);
	uint32_t made = 0;

	if (mixes) {
		question_rows_group(rows, KPI_BY_CHANNEL);
		question_rows_group(rows, KPI_BY_REASON);
	}
	for (uint32_t m = 0; m < QUESTION_METRICS; m++) {
		const int32_t metric = question_metric(m);

		if (question_among(metric) == 0 || mixes)
			question_make(&q[made++], s, metric,
			    random_one_in(s, plain), instants, count);
	}
	return made;
}

kpi_definition *
question_definition(const question *q)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d;

	ck_assert_int_eq(
	    kpi_definition_new(&d, q->metric, NULL, &error), KPI_OK);
	for (uint32_t i = 0; i < q->parameter_count; i++)
		ck_assert_msg(!q->parameters[i].given ||
			kpi_definition_set(d, q->parameters[i].name,
			    q->parameters[i].value, &error) == KPI_OK,
		    "%s %s=%s: %s", q->name, q->parameters[i].name,
		    q->parameters[i].value, error.text);
	for (uint32_t i = 0; i < q->override_count; i++)
		ck_assert_msg(
		    kpi_definition_set_for(d, q->overrides[i].parameter,
			q->override_by, q->overrides[i].name,
			q->overrides[i].value, &error) == KPI_OK,
		    "%s", error.text);
	return d;
}
