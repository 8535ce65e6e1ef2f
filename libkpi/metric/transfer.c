/* SPDX-License-Identifier: MIT */
/* transfer_rate, escalation_rate: who was passed on, and who upwards. */
#include <string.h>

#include "base/error.h"
#include "metric/table.h"

#define STATE(state) (UINT64_C(1) << KPI__##state)

enum { KINDS };

static void
transfer_keys(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	memcpy(key, kpi__batch_transfer_states(b, k->parameter[KINDS], space),
	    kpi__batch_count(b, space));
}

/* How often is known only where it is known of each leg; that it happened,
 * of one. */
static void
claim_transfers(kpi__claim *claim, int64_t kinds, int events, int received)
{
	kpi__declared *d = claim->declared;
	const uint64_t in = STATE(TRANSFERRED) |
	    (events ? 0 : STATE(TRANSFERRED_AT_LEAST));
	const uint64_t unknown =
	    STATE(TRANSFER_UNKNOWN) | STATE(ANSWER_UNKNOWN) |
	    (STATE(TRANSFERRED_AT_LEAST) & ~in);
	const uint64_t all =
	    in | STATE(KEPT) | (received ? STATE(UNANSWERED) : 0);

	kpi__claim_share(claim, events ? 0 : in, all);
	if (events) {
		d->value = KPI__VALUE_TRANSFERS;
		d->value_parts = kinds;
		d->value_classes = in;
	}
	kpi__declare(d, KPI__SUM_UNKNOWN, unknown, 1);
	kpi__declare(d, KPI__SUM_NOT_COUNTED, STATE(UNANSWERED) & ~all, 1);
	d->keyer.make = transfer_keys;
	d->keyer.parameter[KINDS] = kinds;
	for (int key = 0; key < KPI__KEYS; key++)
		d->class_of[key] = (uint8_t)(key < KPI__TRANSFER_STATES
			? key
			: KPI__CLASS_OUTSIDE);
}

/* `beside` is of enum kpi__transfer_bit. */
static kpi_status
claim_rate(kpi__claim *claim, int64_t beside, kpi_error *error)
{
	const int events = kpi__parameter_of(claim, KPI__TRANSFER_COUNT) ==
	    KPI__TRANSFERS_EVENTS;
	const int received =
	    kpi__parameter_of(claim, KPI__TRANSFER_DENOMINATOR) ==
	    KPI__TRANSFERS_OF_RECEIVED;
	const int ratio = events ||
	    kpi__parameter_of(claim, KPI__ANCHOR) == KPI__ANCHOR_OWN_EVENT;
	const int unit = kpi__claim_unit(claim);

	if (unit == KPI__INTERACTION && kpi__claim_by_agent(claim))
		return kpi__fail_at(error, KPI_ENOTSUP, "unit",
		    "a transfer belongs to the agent who made it, and a whole "
		    "interaction to none: by agent or team %s counts legs "
		    "(unit=leg) or visits",
		    kpi__metric_find(claim->asked.definition->metric)->name);
	kpi__claim_stream(claim, unit, KPI__COUNTED_DIRECTIONS);
	kpi__claim_figure(claim, ratio ? KPI__RATIO : KPI__SHARE,
	    ratio ? KPI_UNIT_RATIO : KPI_UNIT_SHARE, KPI__MERGE_ANY);
	claim_transfers(claim,
	    kpi__parameter_of(claim, KPI__TRANSFER_KINDS) | beside, events,
	    received);
	return KPI_OK;
}

kpi_status
kpi__declare_transfer_rate(kpi__claim *claim, kpi_error *error)
{
	return claim_rate(claim, 0, error);
}

kpi_status
kpi__declare_escalation_rate(kpi__claim *claim, kpi_error *error)
{
	const int received =
	    kpi__parameter_of(claim, KPI__TRANSFER_DENOMINATOR) ==
	    KPI__TRANSFERS_OF_RECEIVED;

	return claim_rate(claim,
	    KPI__TO_HIGHER_TIER | (received ? KPI__MARK_ALONE : 0), error);
}
