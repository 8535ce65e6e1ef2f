/* SPDX-License-Identifier: MIT */
/* cost_per_contact: what interactions cost, and what was spent beside. */
#include <string.h>

#include "metric/claim.h"
#include "metric/term.h"
#include "query/measured.h"
#include "query/resolution.h"

/* Of the classes the state; its own cost is known of the odd ones. */
enum { COUNTED, UNKNOWN, NOT_COUNTED, STATES };

#define KEYS         (2 * STATES)
#define BOTH(state)  (UINT64_C(3) << (2 * (state)))
#define EVERY_CLASS  UINT64_C(0x3f)
#define OWN_IS_KNOWN UINT64_C(0x2a)

_Static_assert(STATES == 3, "of each state one class whose cost is known");

enum { DENOMINATOR, OWN, AS_OF };

static uint8_t
state_of(int64_t counted, uint8_t outcome)
{
	if (counted != KPI__COST_ANSWERED)
		return COUNTED;
	return outcome == KPI_OUTCOME_ANSWERED ? COUNTED
	    : outcome == 0		       ? UNKNOWN
					       : NOT_COUNTED;
}

static void
take_resolution(void *ctx, uint32_t i, int64_t start, kpi__resolution r)
{
	static const uint8_t states[] = { [KPI__SAID_NOTHING] = UNKNOWN,
		[KPI__SAID_RESOLVED] = COUNTED,
		[KPI__SAID_OPEN] = NOT_COUNTED };
	uint8_t *state = ctx;

	(void)start;
	state[i] = states[r.is];
}

static void
cost_keys(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	const uint8_t *outcome = kpi__batch_outcomes(b, space);
	const int64_t *own;

	if (k->parameter[DENOMINATOR] == KPI__COST_RESOLVED)
		kpi__each_resolution(
		    b, 0, k->parameter[AS_OF], take_resolution, key);
	else
		for (uint32_t i = 0; i < b->wholes; i++)
			key[i] = state_of(
			    k->parameter[DENOMINATOR], outcome[i]);
	for (uint32_t i = 0; i < b->wholes; i++)
		key[i] = (uint8_t)(2 * key[i]);
	if (!k->parameter[OWN] || kpi__batch_unknown(b, KPI_FIELD_COST))
		return;
	own = kpi__batch_integers(b, KPI_FIELD_COST, space);
	for (uint32_t i = 0; i < b->wholes; i++)
		key[i] = (uint8_t)(key[i] | (own[i] != KPI_UNKNOWN));
}

static void
leg_keys(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	(void)k;
	memset(key, COUNTED, kpi__batch_count(b, space));
}

/* Of the same directions, range and groups as what is added up. */
static kpi__declared *
read_legs(kpi__claim *claim)
{
	kpi__declared *d = &claim->declared[1];

	d->stream = claim->declared->stream;
	d->stream.unit = KPI__LEG;
	d->stream.credit = KPI__CREDIT_LAST;
	d->keyer.make = leg_keys;
	d->value_classes = 1 << COUNTED;
	return d;
}

static void
count_agents(kpi__claim *claim)
{
	kpi__declared *d = read_legs(claim);

	d->distinct = KPI_BY_AGENT;
	d->distinct_sum = KPI__SUM_DENOMINATOR;
}

/* By contacts as they are credited, or by the work where it was done. */
static void
allocate(kpi__claim *claim, int64_t by)
{
	kpi__declared *d = claim->declared;

	if (by == KPI__ALLOCATE_NONE)
		return;
	kpi__declare(d, KPI__SUM_POOL, 0, 0);
	kpi__declare(d, KPI__SUM_BASE, EVERY_CLASS,
	    by == KPI__ALLOCATE_CONTACTS);
	if (by == KPI__ALLOCATE_CONTACTS)
		return;
	d = read_legs(claim);
	d->value = KPI__VALUE_HANDLE;
	d->value_parts = KPI__PART_TALK | KPI__PART_HOLD | KPI__PART_AFTER_CALL;
	d->value_sum = KPI__SUM_BASE;
}

static void
count_contacts(kpi__claim *claim)
{
	kpi__declared *d = claim->declared;

	kpi__declare(d, KPI__SUM_DENOMINATOR, BOTH(COUNTED), 1);
	kpi__declare(d, KPI__SUM_UNKNOWN, BOTH(UNKNOWN), 1);
	kpi__declare(d, KPI__SUM_NOT_COUNTED, BOTH(NOT_COUNTED), 1);
}

/* Agents are parted otherwise than expenses, so that both do not merge. */
static int
merge_of(int64_t sources, int by_agents)
{
	if (!(sources & KPI__COST_EXPENSES))
		return by_agents ? KPI__MERGE_AGENT : KPI__MERGE_ANY;
	return by_agents ? KPI__MERGE_NEVER : KPI__MERGE_ONCE;
}

static void
add_up(kpi__claim *claim, int64_t sources)
{
	kpi__declared *d = claim->declared;

	kpi__declare(d, KPI__SUM_NUMERATOR, 0, 0);
	kpi__declare(d, KPI__SUM_KNOWN, OWN_IS_KNOWN, 1);
	if (sources & KPI__COST_OWN) {
		d->value = KPI__VALUE_MEASURED;
		d->value_parts = KPI__MEASURED_COST;
		d->value_classes = OWN_IS_KNOWN;
		d->clustered = claim->shape.parts != 1;
		d->value_sum = KPI__SUM_NUMERATOR; /* squared are days */
	}
	if (sources & KPI__COST_EXPENSES) {
		claim->of_expenses = 1;
		kpi__declare(d, KPI__SUM_EXPENSES, 0, 0);
		allocate(
		    claim, kpi__parameter_of(claim, KPI__COST_ALLOCATION));
	}
}

/* A scan sees no expenses, so that days are measured once more. */
kpi_status
kpi__declare_cost_per_contact(kpi__claim *claim, kpi_error *error)
{
	const int64_t of = kpi__parameter_of(claim, KPI__COST_DENOMINATOR);
	const int64_t sources = kpi__parameter_of(claim, KPI__COST_SOURCES);
	const int by_agents = of == KPI__COST_AGENTS;
	kpi__declared *d = claim->declared;

	(void)error;
	kpi__claim_stream(claim, KPI__INTERACTION, KPI__EVERY_DIRECTION);
	claim->day_by_day = 1;
	kpi__claim_figure(claim, by_agents ? KPI__PER_HEAD : KPI__RATIO,
	    KPI_UNIT_MONEY, merge_of(sources, by_agents));
	d->keyer.make = cost_keys;
	d->keyer.parameter[DENOMINATOR] = of;
	d->keyer.parameter[OWN] = (sources & KPI__COST_OWN) != 0;
	if (of == KPI__COST_RESOLVED) {
		d->keyer.parameter[AS_OF] = claim->asked.as_of;
		claim->reads_as_of = 1;
	}
	kpi__claim_keys(claim, KEYS);
	add_up(claim, sources);
	if (by_agents) {
		kpi__declare(d, KPI__SUM_DENOMINATOR, 0, 0);
		count_agents(claim);
	} else {
		count_contacts(claim);
	}
	return KPI_OK;
}
