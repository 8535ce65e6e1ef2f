/* SPDX-License-Identifier: MIT */
#include "metric/silence.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"

static int64_t
parameter(const kpi__claim *claim, int which)
{
	return kpi__parameter_of(claim, which);
}

static int
has(const kpi__claim *claim, int set, unsigned member)
{
	return (uint64_t)parameter(claim, set) >> member & 1;
}

void
kpi__silence_rule_of(
    const kpi__claim *claim, int64_t window, kpi__silence_rule *rule)
{
	const int exclude =
	    parameter(claim, KPI__REPEAT_EDGE) == KPI__EDGE_EXCLUDE;

	rule->window = window;
	rule->gap = parameter(claim, KPI__REPEAT_GAP);
	rule->by_first =
	    parameter(claim, KPI__REPEAT_LINK) == KPI__LINK_FIRST;
	rule->truncated_before = exclude
	    ? claim->asked.known_from + rule->window
	    : INT64_MIN;
	rule->immature_from =
	    exclude ? claim->asked.as_of - rule->window : INT64_MAX;
	for (unsigned i = 0; i < 64; i++) {
		const unsigned outcome = i >> 2;
		const int neighbour =
		    has(claim, KPI__REPEAT_DIRECTIONS, i & 3);
		uint8_t role = neighbour ? KPI__ROLE_NEIGHBOUR : 0;

		if (outcome == 0)
			role |= KPI__ROLE_UNKNOWN;
		else if (has(claim, KPI__REPEAT_COUNTED_OUTCOMES, outcome))
			role |= KPI__ROLE_COUNTED;
		if (outcome != 0 && neighbour &&
		    has(claim, KPI__REPEAT_EARLIER_OUTCOMES, outcome))
			role |= KPI__ROLE_EARLIER;
		if (outcome != 0 && neighbour &&
		    has(claim, KPI__REPEAT_LATER_OUTCOMES, outcome))
			role |= KPI__ROLE_LATER;
		if (neighbour &&
		    (role & (KPI__ROLE_COUNTED | KPI__ROLE_EARLIER |
				KPI__ROLE_LATER)))
			role |= KPI__ROLE_SEEKS;
		rule->role[i] = role;
	}
}

/*
 * Less than repeat_gap after the one before: the same contact carried on.
 * The distance to the one just before counts, be that carried on itself. What
 * is neither counted nor a neighbour, as a call that ended in the menu, is
 * passed over: who was carried on from it would be counted nowhere.
 */
static void
find_carried(const kpi__silence_rule *rule, const int64_t *ends,
    const kpi__contact *c, uint32_t count, kpi__found *found)
{
	uint32_t last = UINT32_MAX;

	for (uint32_t i = 0; i < count; i++) {
		if (!(found[i].role & KPI__ROLE_SEEKS))
			continue;
		found[i].carried = last != UINT32_MAX &&
		    c[i].start - kpi__silence_base(ends, &c[last]) < rule->gap;
		if (found[i].carried)
			found[i].role &=
			    (uint8_t)~(KPI__ROLE_COUNTED | KPI__ROLE_EARLIER |
				KPI__ROLE_LATER);
		last = i;
	}
}

/*
 * With link `previous` the distance is to the last earlier contact; with
 * `first` to the chain's first, and a contact beyond W of it begins the next
 * chain.
 */
static void
find_earlier(const kpi__silence_rule *rule, const int64_t *ends,
    const kpi__contact *c, uint32_t count, kpi__found *found)
{
	const int64_t window = rule->window;
	uint32_t from = UINT32_MAX;
	int64_t base = 0;

	for (uint32_t i = 0; i < count; i++) {
		const int within =
		    from != UINT32_MAX && c[i].start - base <= window;

		if (within && !found[i].carried) {
			found[i].before = from;
			found[from].counted_after |=
			    found[i].role & KPI__ROLE_COUNTED;
		}
		if ((found[i].role & KPI__ROLE_EARLIER) &&
		    !(rule->by_first && within)) {
			from = i;
			base = kpi__silence_base(ends, &c[i]);
		}
	}
}

static void
find_later(const kpi__silence_rule *rule, const int64_t *ends,
    const kpi__contact *c, uint32_t count, kpi__found *found)
{
	int64_t next = INT64_MAX;

	for (uint32_t i = count; i-- > 0;) {
		found[i].followed = next != INT64_MAX &&
		    next - kpi__silence_base(ends, &c[i]) <= rule->window;
		if (found[i].role & KPI__ROLE_LATER)
			next = c[i].start;
	}
}

void
kpi__silence(const kpi__silence_rule *rule, const int64_t *ends,
    const kpi__contact *contacts, uint32_t count, kpi__found *found)
{
	for (uint32_t i = 0; i < count; i++)
		found[i] = (kpi__found){ UINT32_MAX,
			rule->role[(contacts[i].outcome << 2 |
				       contacts[i].direction) &
			    63],
			0, 0, 0 };
	if (rule->gap > 0)
		find_carried(rule, ends, contacts, count, found);
	find_earlier(rule, ends, contacts, count, found);
	find_later(rule, ends, contacts, count, found);
}

static void
take_ends(void *ctx, kpi__batch *b, void *out)
{
	const int64_t *end =
	    kpi__batch_instants(b, KPI__ANCHOR_ENDED, KPI__WHOLE_SPACE);

	(void)ctx;
	memcpy(out, end, b->wholes * sizeof(*end));
}

static void
take_codes(void *ctx, kpi__batch *b, void *out)
{
	const kpi_by *by = ctx;
	const uint32_t *code = kpi__batch_codes(
	    b, *by, KPI__CREDIT_LAST, KPI__WHOLE_SPACE);

	memcpy(out, code, b->wholes * sizeof(*code));
}

kpi_status
kpi__silence_prepare(kpi__claim *claim, kpi_error *error)
{
	static const kpi_by same_by[] = { 0, KPI_BY_REASON, KPI_BY_QUEUE,
		KPI_BY_CHANNEL, KPI_BY_CASE, KPI_BY_TEAM };
	const kpi__snapshot *snapshot = claim->asked.snapshot;
	const kpi_allocator *a = kpi__snapshot_allocator(snapshot);
	kpi_by by = same_by[parameter(claim, KPI__REPEAT_SAME)];
	kpi_status status = KPI_OK;

	if (parameter(claim, KPI__REPEAT_FROM) == KPI__FROM_END) {
		claim->instants = kpi__new_array(
		    a, claim->total, sizeof(*claim->instants));
		if (claim->instants == NULL)
			return kpi__fail(
			    error, KPI_ENOMEM, "no memory for a walk");
		status = kpi__each_whole(snapshot, claim->asked.query,
		    claim->asked.as_of, claim->walked.ordinals, claim->instants,
		    sizeof(*claim->instants), take_ends, NULL, error);
	}
	if (status == KPI_OK && by != 0) {
		claim->codes =
		    kpi__new_array(a, claim->total, sizeof(*claim->codes));
		if (claim->codes == NULL)
			return kpi__fail(
			    error, KPI_ENOMEM, "no memory for a walk");
		status = kpi__each_whole(snapshot, claim->asked.query,
		    claim->asked.as_of, claim->walked.ordinals, claim->codes,
		    sizeof(*claim->codes), take_codes, &by, error);
	}
	return status;
}

static int
compare_codes(const void *a, const void *b, const void *ctx)
{
	const uint32_t *code = ctx;
	const uint32_t x = code[((const kpi__contact *)a)->ordinal];
	const uint32_t y = code[((const kpi__contact *)b)->ordinal];

	return (x > y) - (x < y);
}

kpi_status
kpi__silence_split(kpi__claim *claim, const kpi__contact *contacts,
    uint32_t count,
    kpi_status (*each)(kpi__claim *claim, const kpi__contact *contacts,
	uint32_t count))
{
	const kpi_allocator *a =
	    kpi__snapshot_allocator(claim->asked.snapshot);
	kpi__contact *c;
	kpi_status status;

	if (claim->codes == NULL)
		return each(claim, contacts, count);
	status = kpi__grow(a, &claim->sorted, &claim->sorted_room,
	    2 * (size_t)count, sizeof(*claim->sorted));
	if (status != KPI_OK)
		return status;
	/* A copy: others walk with the same contacts. */
	c = claim->sorted;
	memcpy(c, contacts, count * sizeof(*c));
	kpi__sort(c, c + count, count, sizeof(*c), compare_codes, claim->codes);
	for (uint32_t i = 0; i < count && status == KPI_OK;) {
		const uint32_t code = claim->codes[c[i].ordinal];
		uint32_t n = 1;

		while (code != 0 && i + n < count &&
		    claim->codes[c[i + n].ordinal] == code)
			n++;
		status = each(claim, c + i, n);
		i += n;
	}
	return status;
}
