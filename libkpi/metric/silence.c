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

int
kpi__silence_has(const kpi__claim *claim, int which, uint8_t outcome)
{
	return outcome != 0 &&
	    ((uint64_t)parameter(claim, which) >> outcome & 1);
}

/* From where the distance to the next contact counts. */
static int64_t
base_of(const kpi__claim *claim, const kpi__contact *c)
{
	if (claim->instants != NULL &&
	    claim->instants[c->ordinal] != KPI_UNKNOWN &&
	    claim->instants[c->ordinal] > c->start)
		return claim->instants[c->ordinal];
	return c->start;
}

int
kpi__silence_truncated(const kpi__claim *claim, const kpi__contact *c)
{
	return parameter(claim, KPI__REPEAT_EDGE) == KPI__EDGE_EXCLUDE &&
	    c->start - parameter(claim, KPI__REPEAT_WINDOW) <
	    claim->asked.known_from;
}

int
kpi__silence_immature(const kpi__claim *claim, const kpi__contact *c)
{
	return parameter(claim, KPI__REPEAT_EDGE) == KPI__EDGE_EXCLUDE &&
	    base_of(claim, c) + parameter(claim, KPI__REPEAT_WINDOW) >=
	    claim->asked.as_of;
}

static int
is_neighbour(const kpi__claim *claim, const kpi__contact *c)
{
	return (uint64_t)parameter(claim, KPI__REPEAT_DIRECTIONS) >>
	    c->direction & 1;
}

/*
 * Less than repeat_gap after the one before: the same contact carried on.
 * The distance to the one just before counts, be that carried on itself.
 */
static void
find_carried(const kpi__claim *claim, const kpi__contact *c, uint32_t count,
    kpi__found *found)
{
	const int64_t gap = parameter(claim, KPI__REPEAT_GAP);
	uint32_t last = UINT32_MAX;

	for (uint32_t i = 0; i < count; i++) {
		found[i] = (kpi__found){ UINT32_MAX, 0, 0, 0, 0 };
		if (gap == 0 || !is_neighbour(claim, &c[i]))
			continue;
		found[i].carried = last != UINT32_MAX &&
		    c[i].start - base_of(claim, &c[last]) < gap;
		last = i;
	}
}

/*
 * With link `previous` the distance is to the last earlier contact; with
 * `first` to the chain's first, and a contact beyond W of it begins the next
 * chain.
 */
static void
find_earlier(const kpi__claim *claim, const kpi__contact *c, uint32_t count,
    kpi__found *found)
{
	const int64_t window = parameter(claim, KPI__REPEAT_WINDOW);
	const int by_first =
	    parameter(claim, KPI__REPEAT_LINK) == KPI__LINK_FIRST;
	uint32_t from = UINT32_MAX;

	for (uint32_t i = 0; i < count; i++) {
		const int within = from != UINT32_MAX &&
		    c[i].start - base_of(claim, &c[from]) <= window;

		if (found[i].carried)
			continue;
		if (within) {
			found[i].before = from;
			if (kpi__silence_has(claim,
				KPI__REPEAT_COUNTED_OUTCOMES, c[i].outcome))
				found[from].counted_after = 1;
		}
		if (is_neighbour(claim, &c[i]) &&
		    kpi__silence_has(claim, KPI__REPEAT_EARLIER_OUTCOMES,
			c[i].outcome) &&
		    !(by_first && within))
			from = i;
	}
}

static void
find_later(const kpi__claim *claim, const kpi__contact *c, uint32_t count,
    kpi__found *found)
{
	const int64_t window = parameter(claim, KPI__REPEAT_WINDOW);
	uint32_t next = UINT32_MAX;

	for (uint32_t i = count; i-- > 0;) {
		found[i].followed = next != UINT32_MAX &&
		    c[next].start - base_of(claim, &c[i]) <= window;
		if (!found[i].carried && is_neighbour(claim, &c[i]) &&
		    kpi__silence_has(claim, KPI__REPEAT_LATER_OUTCOMES,
			c[i].outcome))
			next = i;
	}
}

void
kpi__silence(const kpi__claim *claim, const kpi__contact *contacts,
    uint32_t count, kpi__found *found)
{
	find_carried(claim, contacts, count, found);
	find_earlier(claim, contacts, count, found);
	find_later(claim, contacts, count, found);
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

	if (claim->total == 0)
		return KPI_OK;
	if (parameter(claim, KPI__REPEAT_FROM) == KPI__FROM_END) {
		claim->instants = kpi__new_array(
		    a, claim->total, sizeof(*claim->instants));
		if (claim->instants == NULL)
			return kpi__fail(
			    error, KPI_ENOMEM, "no memory for a walk");
		status = kpi__each_whole(snapshot, claim->asked.as_of,
		    claim->walked.ordinals, claim->instants,
		    sizeof(*claim->instants), take_ends, NULL, error);
	}
	if (status == KPI_OK && by != 0) {
		claim->codes =
		    kpi__new_array(a, claim->total, sizeof(*claim->codes));
		if (claim->codes == NULL)
			return kpi__fail(
			    error, KPI_ENOMEM, "no memory for a walk");
		status = kpi__each_whole(snapshot, claim->asked.as_of,
		    claim->walked.ordinals, claim->codes,
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
kpi__silence_split(kpi__claim *claim, kpi__contact *contacts, uint32_t count,
    kpi_status (*each)(kpi__claim *claim, kpi__contact *contacts,
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
