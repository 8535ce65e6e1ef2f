/* SPDX-License-Identifier: MIT */
#include "metric/neighbours.h"

#include "base/error.h"
#include "base/memory.h"
#include "metric/verdict.h"

#define FEW 64

/* Longer than any two instants are apart, and added to one no overflow. */
#define EVER (INT64_MAX / 2)

/* What is asked of a contact. */
enum asked { REPEAT, REPEAT_BY_EARLIER, ISSUE, CONTACT };

static uint8_t
judge_repeat(const kpi__silence_rule *rule, int64_t start, const kpi__found *f)
{
	if (f->role & KPI__ROLE_UNKNOWN)
		return KPI__SILENCE_UNKNOWN;
	if (!(f->role & KPI__ROLE_COUNTED))
		return KPI__SILENCE_NOT_COUNTED;
	if (start < rule->truncated_before)
		return KPI__SILENCE_TRUNCATED;
	return f->before != UINT32_MAX ? KPI__SILENCE_YES : KPI__SILENCE_NO;
}

/* Counted where it came from: so the look is ahead. */
static uint8_t
judge_by_earlier(
    const kpi__silence_rule *rule, int64_t base, const kpi__found *f)
{
	if (f->role & KPI__ROLE_UNKNOWN)
		return KPI__SILENCE_UNKNOWN;
	if (!(f->role & KPI__ROLE_COUNTED))
		return KPI__SILENCE_NOT_COUNTED;
	if (base >= rule->immature_from)
		return KPI__SILENCE_IMMATURE;
	return f->counted_after ? KPI__SILENCE_YES : KPI__SILENCE_NO;
}

/* An issue: what does not begin one is no unit. */
static uint8_t
judge_issue(const kpi__silence_rule *rule, int64_t start, int64_t base,
    const kpi__found *f)
{
	if (f->role & KPI__ROLE_UNKNOWN)
		return KPI__SILENCE_UNKNOWN;
	if (!(f->role & KPI__ROLE_COUNTED))
		return KPI__CLASS_OUTSIDE;
	if (start < rule->truncated_before)
		return KPI__SILENCE_TRUNCATED;
	if (f->before != UINT32_MAX)
		return KPI__CLASS_OUTSIDE;
	if (base >= rule->immature_from)
		return KPI__SILENCE_IMMATURE;
	return f->followed ? KPI__SILENCE_NO : KPI__SILENCE_YES;
}

static uint8_t
judge_contact(
    const kpi__silence_rule *rule, int64_t base, const kpi__found *f)
{
	if (f->role & KPI__ROLE_UNKNOWN)
		return KPI__SILENCE_UNKNOWN;
	if (!(f->role & KPI__ROLE_COUNTED))
		return KPI__SILENCE_NOT_COUNTED;
	if (base >= rule->immature_from)
		return KPI__SILENCE_IMMATURE;
	return f->followed ? KPI__SILENCE_NO : KPI__SILENCE_YES;
}

static int
is_first_contact(const kpi__claim *claim)
{
	return claim->asked.definition->metric ==
	    KPI_METRIC_FIRST_CONTACT_RESOLUTION;
}

static enum asked
what_is_asked(const kpi__claim *claim)
{
	if (is_first_contact(claim))
		return kpi__parameter_of(claim, KPI__FCR_UNIT) ==
			KPI__FCR_CONTACT
		    ? CONTACT
		    : ISSUE;
	return kpi__parameter_of(claim, KPI__REPEAT_CREDIT) ==
		KPI__REPEAT_EARLIER
	    ? REPEAT_BY_EARLIER
	    : REPEAT;
}

/* What a walk keeps from one sequence to the next. */
typedef struct judging {
	enum asked asked;
	int plain; /* what judge_plain() knows is all that is asked */
	int asks_itself; /* the contact, be it beside silence or alone */
	kpi__silence_rule rule;
	kpi__verdict_rule itself;
	uint8_t verdict[64]; /* of judge_plain(), by its bits */
} judging;

static uint8_t
judge_one(const judging *j, int64_t start, int64_t base, const kpi__found *f)
{
	switch (j->asked) {
	case REPEAT:
		return judge_repeat(&j->rule, start, f);
	case REPEAT_BY_EARLIER:
		return judge_by_earlier(&j->rule, base, f);
	case ISSUE:
		return judge_issue(&j->rule, start, base, f);
	default:
		return judge_contact(&j->rule, base, f);
	}
}

enum {
	BIT_COUNTED = 1,
	BIT_UNKNOWN = 2,
	BIT_TRUNCATED = 4,
	BIT_WITHIN = 8,
	BIT_IMMATURE = 16,
	BIT_FOLLOWED = 32
};

/*
 * The usual case is asked of every contact of the store: distances from
 * start to start to the one before, no gap. Two passes and a look-up then.
 */
static void
judge_plain(const judging *j, const kpi__contact *c, uint32_t count,
    uint8_t *classes)
{
	const kpi__silence_rule *rule = &j->rule;
	const int64_t window = rule->window;
	int64_t next = INT64_MAX, reach = INT64_MIN;
	uint8_t bits[FEW];

	for (uint32_t i = count; i-- > 0;) {
		const uint8_t role = rule->role
		    [(unsigned)(c[i].outcome << 2 | c[i].direction) & 63];

		bits[i] = (uint8_t)((role & KPI__ROLE_COUNTED) |
		    (role & KPI__ROLE_UNKNOWN) >> 3 |
		    (next <= c[i].start + window) * BIT_FOLLOWED);
		next = role & KPI__ROLE_LATER ? c[i].start : next;
	}
	for (uint32_t i = 0; i < count; i++) {
		const int64_t start = c[i].start;
		const uint8_t role = rule->role
		    [(unsigned)(c[i].outcome << 2 | c[i].direction) & 63];

		classes[c[i].ordinal] = j->verdict[bits[i] |
		    (start < rule->truncated_before) * BIT_TRUNCATED |
		    (start <= reach) * BIT_WITHIN |
		    (start >= rule->immature_from) * BIT_IMMATURE];
		reach = role & KPI__ROLE_EARLIER ? start + window : reach;
	}
}

static void
make_verdicts(judging *j)
{
	judging of = *j;

	for (unsigned bits = 0; bits < 64; bits++) {
		kpi__found f = { UINT32_MAX, 0, 0, 0, 0 };

		of.rule.truncated_before = bits & BIT_TRUNCATED ? 1 : 0;
		of.rule.immature_from = bits & BIT_IMMATURE ? 0 : 1;
		f.role = (uint8_t)((bits & BIT_COUNTED) * KPI__ROLE_COUNTED +
		    (bits & BIT_UNKNOWN ? KPI__ROLE_UNKNOWN : 0));
		if (bits & BIT_WITHIN)
			f.before = 0;
		f.followed = (bits & BIT_FOLLOWED) != 0;
		j->verdict[bits] = judge_one(&of, 0, 0, &f);
	}
}

static kpi_status
judge_any(kpi__claim *claim, kpi__contact *contacts, uint32_t count)
{
	const kpi_allocator *a =
	    kpi__snapshot_allocator(claim->asked.snapshot);
	const judging *j = claim->side;
	kpi__found few[FEW], *found = few;

	if (count > FEW) {
		found = kpi__new_array(a, count, sizeof(*found));
		if (found == NULL)
			return KPI_ENOMEM;
	}
	kpi__silence(&j->rule, claim->instants, contacts, count, found);
	for (uint32_t i = 0; i < count; i++)
		claim->classes[contacts[i].ordinal] =
		    judge_one(j, contacts[i].start,
			kpi__silence_base(claim->instants, &contacts[i]),
			&found[i]);
	if (found != few)
		kpi__release(a, found, count, sizeof(*found));
	return KPI_OK;
}

/* What is decided is so far as the contact itself has not failed. */
static void
ask_itself(kpi__claim *claim, const kpi__contact *contacts, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		uint8_t *class = &claim->classes[contacts[i].ordinal];
		const uint8_t itself = claim->states[contacts[i].ordinal];

		if ((*class == KPI__SILENCE_YES ||
			*class == KPI__SILENCE_NO) &&
		    itself != KPI__SILENCE_YES)
			*class = itself;
	}
}

static kpi_status
visit_sequence(kpi__claim *claim, kpi__contact *contacts, uint32_t count)
{
	const judging *j = claim->side;
	kpi_status status = KPI_OK;

	if (j->plain && count <= FEW)
		judge_plain(j, contacts, count, claim->classes);
	else
		status = judge_any(claim, contacts, count);
	if (status == KPI_OK && j->asks_itself)
		ask_itself(claim, contacts, count);
	return status;
}

/* A contact that is asked itself is not judged by what came after it; and who
 * counts what was received asks no outcome. */
static void
ask_no_later(judging *j)
{
	j->rule.immature_from = INT64_MAX;
	for (size_t i = 0; i < 64; i++) {
		uint8_t *role = &j->rule.role[i];

		*role &= (uint8_t)~KPI__ROLE_LATER;
		if (j->itself.denominator == KPI__FCR_ANSWERED)
			continue;
		*role &= (uint8_t)~KPI__ROLE_UNKNOWN;
		*role |= KPI__ROLE_COUNTED;
	}
}

/* All of a case belongs together, however long it takes. */
static void
take_cases(kpi__silence_rule *rule)
{
	rule->window = EVER;
	rule->truncated_before = INT64_MIN;
	rule->immature_from = INT64_MAX;
}

static void
take_verdicts(void *ctx, kpi__batch *b, void *out)
{
	kpi__verdicts(ctx, b, out);
}

static kpi_status
prepare_itself(kpi__claim *claim, judging *j, kpi_error *error)
{
	const kpi__snapshot *snapshot = claim->asked.snapshot;

	kpi__verdict_rule_of(claim, &j->itself);
	if (j->itself.method != KPI__FCR_SILENCE)
		ask_no_later(j);
	j->asks_itself =
	    j->itself.method != KPI__FCR_SILENCE || j->itself.net;
	if (!j->asks_itself || claim->total == 0)
		return KPI_OK;
	claim->states = kpi__new_array(
	    kpi__snapshot_allocator(snapshot), claim->total, 1);
	if (claim->states == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a walk");
	return kpi__each_whole(snapshot, claim->asked.as_of,
	    claim->walked.ordinals, claim->states, 1, take_verdicts,
	    &j->itself, error);
}

static kpi_status
prepare(kpi__claim *claim, kpi_error *error)
{
	judging *j = kpi__new_zeroed(
	    kpi__snapshot_allocator(claim->asked.snapshot), 1, sizeof(*j));
	kpi_status status = KPI_OK;

	if (j == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a walk");
	claim->side = j;
	claim->side_size = sizeof(*j);
	j->asked = what_is_asked(claim);
	kpi__silence_rule_of(claim, &j->rule);
	if (claim->walk_by == KPI_BY_CASE)
		take_cases(&j->rule);
	if (is_first_contact(claim))
		status = prepare_itself(claim, j, error);
	if (status != KPI_OK)
		return status;
	j->plain = j->rule.gap == 0 && !j->rule.by_first &&
	    j->asked != REPEAT_BY_EARLIER &&
	    kpi__parameter_of(claim, KPI__REPEAT_FROM) == KPI__FROM_START;
	make_verdicts(j);
	return kpi__silence_prepare(claim, error);
}

/*
 * Nobody knows whose it is: unknown, if it would be counted at all, or an
 * issue of its own, which has nothing to look for before or after it.
 */
static uint8_t
class_alone(const kpi__claim *claim, const kpi__contact *c)
{
	const judging *j = claim->side;
	const int fcr = j->asked == ISSUE || j->asked == CONTACT;
	const uint8_t role = j->rule.role[(c->outcome << 2 | c->direction) & 63];

	if (role & KPI__ROLE_UNKNOWN)
		return KPI__SILENCE_UNKNOWN;
	if (!(role & KPI__ROLE_COUNTED))
		return j->asked == ISSUE ? KPI__CLASS_OUTSIDE
					 : KPI__SILENCE_NOT_COUNTED;
	if (kpi__parameter_of(claim, KPI__REPEAT_UNKNOWN_CUSTOMER) ==
	    KPI__UNKNOWN_EXCLUDED)
		return KPI__SILENCE_UNKNOWN;
	return fcr ? KPI__SILENCE_YES : KPI__SILENCE_NO;
}

static kpi_status
visit(kpi__claim *claim, kpi__contact *contacts, uint32_t count, int known)
{
	const judging *j = claim->side;

	/* A case that has no name is one of its own. */
	if (known || claim->walk_by == KPI_BY_CASE)
		return kpi__silence_split(
		    claim, contacts, count, visit_sequence);
	claim->classes[contacts[0].ordinal] =
	    class_alone(claim, &contacts[0]);
	if (j->asks_itself)
		ask_itself(claim, contacts, 1);
	return KPI_OK;
}

void
kpi__claim_neighbours(kpi__claim *claim)
{
	claim->walk_by = KPI_BY_CUSTOMER;
	claim->prepare = prepare;
	claim->visit = visit;
	claim->reads_as_of = claim->reads_known_from = 1;
	claim->declared->keyer.make = kpi__walked_keys;
}
