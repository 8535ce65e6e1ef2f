/* SPDX-License-Identifier: MIT */
/* average_handle_time, average_talk_time, average_hold_time,
 * average_after_call_time, and their quantiles: how long agents worked on a
 * contact. */
#include <string.h>

#include "metric/claim.h"

/* Beside enum kpi__handling: handled, but without the part asked for. */
#define WITHOUT_PART 4

enum { PARTS }; /* 0: who lacks them counts too */

static void
handle_keys(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	const uint32_t count = kpi__batch_count(b, space);
	const uint8_t *state = kpi__batch_handling(b, space);
	const int64_t *handle;

	memcpy(key, state, count);
	if (k->parameter[PARTS] == 0)
		return;
	handle = kpi__batch_handles(b, k->parameter[PARTS], space);
	for (uint32_t i = 0; i < count; i++)
		if (state[i] == KPI__HANDLED && handle[i] == 0)
			key[i] = WITHOUT_PART;
}

static kpi_status
claim_handle(kpi__claim *claim, int64_t parts, int kind, kpi_error *error)
{
	kpi__declared *d = claim->declared;

	kpi__claim_stream(
	    claim, kpi__claim_unit(claim), KPI__EVERY_DIRECTION);
	kpi__claim_figure(claim, kind, KPI_UNIT_MS, KPI__MERGE_ANY);
	if (kind == KPI__MEAN)
		kpi__claim_mean(claim, 1 << KPI__HANDLED);
	d->value = KPI__VALUE_HANDLE;
	d->value_parts = parts;
	d->value_classes = 1 << KPI__HANDLED;
	kpi__declare(d, KPI__SUM_UNKNOWN, 1 << KPI__HANDLE_UNKNOWN, 1);
	kpi__declare(d, KPI__SUM_IN_PROGRESS, 1 << KPI__STILL_HANDLED, 1);
	kpi__declare(d, KPI__SUM_NOT_COUNTED,
	    1 << KPI__NOT_HANDLED | 1 << WITHOUT_PART, 1);
	d->keyer.make = handle_keys;
	if (kpi__parameter_of(claim, KPI__PART_DENOMINATOR) ==
	    KPI__PARTS_WITH_PART)
		d->keyer.parameter[PARTS] = parts;
	for (int key = 0; key < KPI__KEYS; key++)
		d->class_of[key] = (uint8_t)(key <= WITHOUT_PART
			? key
			: KPI__CLASS_OUTSIDE);
	return kind == KPI__QUANTILE
	    ? kpi__claim_quantile(claim, 1 << KPI__HANDLED, error)
	    : KPI_OK;
}

kpi_status
kpi__declare_handle_time(kpi__claim *claim, kpi_error *error)
{
	return claim_handle(claim,
	    kpi__parameter_of(claim, KPI__HANDLE_PARTS), KPI__MEAN, error);
}

kpi_status
kpi__declare_handle_time_quantile(kpi__claim *claim, kpi_error *error)
{
	return claim_handle(claim,
	    kpi__parameter_of(claim, KPI__HANDLE_PARTS), KPI__QUANTILE, error);
}

kpi_status
kpi__declare_talk_time(kpi__claim *claim, kpi_error *error)
{
	return claim_handle(claim, KPI__PART_TALK, KPI__MEAN, error);
}

kpi_status
kpi__declare_talk_time_quantile(kpi__claim *claim, kpi_error *error)
{
	return claim_handle(claim, KPI__PART_TALK, KPI__QUANTILE, error);
}

kpi_status
kpi__declare_hold_time(kpi__claim *claim, kpi_error *error)
{
	return claim_handle(claim, KPI__PART_HOLD, KPI__MEAN, error);
}

kpi_status
kpi__declare_hold_time_quantile(kpi__claim *claim, kpi_error *error)
{
	return claim_handle(claim, KPI__PART_HOLD, KPI__QUANTILE, error);
}

kpi_status
kpi__declare_after_call_time(kpi__claim *claim, kpi_error *error)
{
	return claim_handle(claim, KPI__PART_AFTER_CALL, KPI__MEAN, error);
}

kpi_status
kpi__declare_after_call_time_quantile(kpi__claim *claim, kpi_error *error)
{
	return claim_handle(claim, KPI__PART_AFTER_CALL, KPI__QUANTILE, error);
}
