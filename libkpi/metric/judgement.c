/* SPDX-License-Identifier: MIT */
#include "metric/judgement.h"

#include <string.h>

#include "query/resolution.h"

void
kpi__judgement_rule_of(const kpi__claim *claim, kpi__judgement_rule *rule)
{
	rule->as_of = claim->asked.as_of;
	rule->outcomes =
	    kpi__parameter_of(claim, KPI__REPEAT_COUNTED_OUTCOMES);
	rule->requires = kpi__parameter_of(claim, KPI__FCR_REQUIRES);
	rule->min_replies = kpi__parameter_of(claim, KPI__FCR_MIN_REPLIES);
	rule->max_replies = kpi__parameter_of(claim, KPI__FCR_MAX_REPLIES);
	rule->method = (int32_t)kpi__parameter_of(claim, KPI__FCR_METHOD);
	rule->denominator =
	    (int32_t)kpi__parameter_of(claim, KPI__FCR_DENOMINATOR);
	/* Who answered a survey is asked, whatever became of the contact. */
	if (rule->method == KPI__FCR_SURVEY)
		rule->denominator = KPI__FCR_RECEIVED;
	rule->net = (int32_t)kpi__parameter_of(claim, KPI__FCR_NET);
}

/* What fails is failed, whatever else is not known. */
static void
require(uint8_t *judgement, int known, int holds)
{
	if (known && !holds)
		*judgement = KPI__SILENCE_NO;
	else if (!known && *judgement == KPI__SILENCE_YES)
		*judgement = KPI__SILENCE_UNKNOWN;
}

/* Of what is asked only some are counted. */
static void
admit(uint8_t *judgement, int known, int counted)
{
	if (known && !counted)
		*judgement = KPI__SILENCE_NOT_COUNTED;
	else if (!known && *judgement != KPI__SILENCE_NOT_COUNTED)
		*judgement = KPI__SILENCE_UNKNOWN;
}

static void
require_mark(kpi__batch *b, uint8_t *judgement)
{
	const uint8_t *mark = kpi__batch_bytes(
	    b, KPI_FIELD_FIRST_CONTACT, KPI__WHOLE_SPACE);

	for (uint32_t i = 0; i < b->wholes; i++)
		require(&judgement[i], mark[i] != KPI__BYTE_UNKNOWN,
		    mark[i] == 1);
}

static void
require_resolved(
    void *ctx, uint32_t i, int64_t start, kpi__resolution resolution)
{
	uint8_t *judgement = ctx;

	(void)start;
	require(&judgement[i], resolution.is != KPI__SAID_NOTHING,
	    resolution.is == KPI__SAID_RESOLVED);
}

static void
admit_resolved(
    void *ctx, uint32_t i, int64_t start, kpi__resolution resolution)
{
	uint8_t *judgement = ctx;

	(void)start;
	admit(&judgement[i], resolution.is != KPI__SAID_NOTHING,
	    resolution.is == KPI__SAID_RESOLVED);
}

/* As for resolution_rate, what is not known to be reopened is not. */
static void
require_no_reopen(kpi__batch *b, int64_t as_of, uint8_t *judgement)
{
	const int space = KPI__WHOLE_SPACE;
	const int64_t *at =
	    kpi__batch_integers(b, KPI_FIELD_REOPENED_AT, space);
	const int64_t *count =
	    kpi__batch_integers(b, KPI_FIELD_REOPENED_COUNT, space);

	for (uint32_t i = 0; i < b->wholes; i++)
		require(&judgement[i], 1,
		    at[i] == KPI_UNKNOWN ? count[i] <= 0 : at[i] >= as_of);
}

/* What the rows of an interaction say of its agents. */
typedef struct legs {
	uint32_t count, nameless, unsure; /* unsure: the outcome is not known */
	int several, transferred, transfer_unknown;
} legs;

static int
is_transfer(uint8_t transfer)
{
	return transfer == KPI_TRANSFER_BLIND ||
	    transfer == KPI_TRANSFER_ATTENDED ||
	    transfer == KPI_TRANSFER_QUEUE;
}

static legs
legs_of(const uint8_t *outcome, const uint8_t *transfer, const uint32_t *agent,
    uint32_t begin, uint32_t end)
{
	legs l = { 0, 0, 0, 0, 0, 0 };
	uint32_t one = 0;

	for (uint32_t r = begin; r < end; r++) {
		if (outcome[r] != 0 && outcome[r] != KPI_OUTCOME_ANSWERED)
			continue;
		l.transferred |= is_transfer(transfer[r]);
		l.transfer_unknown |= transfer[r] == KPI__BYTE_UNKNOWN;
		if (outcome[r] == 0) {
			l.unsure++;
			continue;
		}
		l.count++;
		l.nameless += agent[r] == 0;
		l.several |= agent[r] != 0 && one != 0 && agent[r] != one;
		if (agent[r] != 0)
			one = agent[r];
	}
	return l;
}

static void
require_legs(kpi__batch *b, int64_t requires, uint8_t *judgement)
{
	const int space = KPI__ROW_SPACE;
	const uint8_t *outcome = kpi__batch_outcomes(b, space);
	const uint8_t *transfer =
	    kpi__batch_bytes(b, KPI_FIELD_TRANSFER, space);
	const uint32_t *agent =
	    kpi__batch_codes(b, KPI_BY_AGENT, KPI__CREDIT_LAST, space);

	for (uint32_t i = 0; i < b->wholes; i++) {
		const legs l = b->row_of == NULL
		    ? legs_of(outcome, transfer, agent, i, i + 1)
		    : legs_of(outcome, transfer, agent, b->row_of[i],
			  b->row_of[i + 1]);

		if (requires & KPI__REQUIRE_ONE_AGENT)
			require(&judgement[i],
			    l.several ||
				(l.unsure == 0 &&
				    (l.nameless == 0 || l.count == 1)),
			    !l.several && l.count > 0);
		if (requires & KPI__REQUIRE_NO_TRANSFER)
			require(&judgement[i],
			    l.transferred || !l.transfer_unknown,
			    !l.transferred);
	}
}

static void
require_count(kpi__batch *b, int32_t field, int64_t least, int64_t most,
    uint8_t *judgement)
{
	const int64_t *count =
	    kpi__batch_integers(b, field, KPI__WHOLE_SPACE);

	for (uint32_t i = 0; i < b->wholes; i++)
		require(&judgement[i], count[i] != KPI_UNKNOWN,
		    count[i] >= least && count[i] <= most);
}

/* Who answers one of the two questions has not said it, either way. */
static void
require_survey(kpi__batch *b, uint8_t *judgement)
{
	const uint8_t *resolved = kpi__batch_bytes(
	    b, KPI_FIELD_SURVEY_RESOLVED, KPI__WHOLE_SPACE);
	const int64_t *contacts = kpi__batch_integers(
	    b, KPI_FIELD_SURVEY_CONTACTS, KPI__WHOLE_SPACE);

	for (uint32_t i = 0; i < b->wholes; i++)
		require(&judgement[i],
		    resolved[i] != KPI__BYTE_UNKNOWN &&
			contacts[i] != KPI_UNKNOWN,
		    resolved[i] == 1 && contacts[i] <= 1);
}

static void
derive(const kpi__judgement_rule *rule, kpi__batch *b, uint8_t *judgement)
{
	const int64_t requires = rule->requires;

	if (requires & KPI__REQUIRE_RESOLVED)
		kpi__each_resolution(
		    b, 0, rule->as_of, require_resolved, judgement);
	if (requires & KPI__REQUIRE_NO_REOPEN)
		require_no_reopen(b, rule->as_of, judgement);
	if (requires & (KPI__REQUIRE_ONE_AGENT | KPI__REQUIRE_NO_TRANSFER))
		require_legs(b, requires, judgement);
	if (requires & KPI__REQUIRE_NO_CUSTOMER_REPLY)
		require_count(b, KPI_FIELD_CUSTOMER_REPLIES, 0, 0, judgement);
	if (rule->min_replies > 0 || rule->max_replies > 0)
		require_count(b, KPI_FIELD_AGENT_REPLIES, rule->min_replies,
		    rule->max_replies > 0 ? rule->max_replies : INT64_MAX,
		    judgement);
}

static void
admit_counted(
    const kpi__judgement_rule *rule, kpi__batch *b, uint8_t *judgement)
{
	const uint8_t *outcome = kpi__batch_outcomes(b, KPI__WHOLE_SPACE);

	if (rule->denominator == KPI__FCR_RESOLVED)
		kpi__each_resolution(
		    b, 0, rule->as_of, admit_resolved, judgement);
	if (rule->denominator != KPI__FCR_ANSWERED)
		return;
	for (uint32_t i = 0; i < b->wholes; i++)
		admit(&judgement[i], outcome[i] != 0,
		    (uint64_t)rule->outcomes >> outcome[i] & 1);
}

void
kpi__judgements(
    const kpi__judgement_rule *rule, kpi__batch *b, uint8_t *judgement)
{
	memset(judgement, KPI__SILENCE_YES, b->wholes);
	if (rule->method == KPI__FCR_MARK)
		require_mark(b, judgement);
	if (rule->method == KPI__FCR_DERIVED)
		derive(rule, b, judgement);
	if (rule->method == KPI__FCR_SURVEY)
		require_survey(b, judgement);
	if (rule->method != KPI__FCR_SILENCE)
		admit_counted(rule, b, judgement);
	if (rule->net) {
		const uint8_t *may = kpi__batch_bytes(
		    b, KPI_FIELD_RESOLVABLE, KPI__WHOLE_SPACE);

		for (uint32_t i = 0; i < b->wholes; i++)
			admit(&judgement[i], may[i] != KPI__BYTE_UNKNOWN,
			    may[i] == 1);
	}
}
