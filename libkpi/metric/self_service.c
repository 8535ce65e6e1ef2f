/* SPDX-License-Identifier: MIT */
/* self_service_rate: who got by without an agent. */
#include "metric/neighbours.h"
#include "query/kernel.h"

/* Keys and classes. */
enum {
	NOT_KNOWN,
	NOT_ENTERED, /* or not for long enough */
	SERVED,
	NOT_SERVED,
	IMMATURE,
	KEYS
};

enum { NUMERATOR, LEAST };

/* What ended in the menu was there, however long. */
KPI__WIDER static void
menu_keys(const uint8_t *restrict outcome, const int64_t *restrict menu,
    size_t count, const int64_t parameter[], uint8_t *restrict key)
{
	const int64_t least = parameter[LEAST];
	const uint8_t hung_up =
	    parameter[NUMERATOR] >> KPI_OUTCOME_BEFORE_QUEUE & 1;
	const uint8_t done = parameter[NUMERATOR] >> KPI_OUTCOME_SELF_SERVED & 1;

	for (size_t i = 0; i < count; i++) {
		const uint8_t left = outcome[i] == KPI_OUTCOME_BEFORE_QUEUE;
		const uint8_t self = outcome[i] == KPI_OUTCOME_SELF_SERVED;
		const uint8_t ended = left | self;
		const uint8_t untold = menu[i] == KPI_UNKNOWN;
		const uint8_t known = (outcome[i] != 0) &
		    (untold <= (ended & (least == 0)));
		const uint8_t entered = untold |
		    ((menu[i] >= least) & (ended | (menu[i] > 0)));
		const uint8_t served = (left & hung_up) | (self & done);

		key[i] = (uint8_t)(known *
		    (NOT_ENTERED + entered * (NOT_SERVED - NOT_ENTERED) -
			(entered & served) * (NOT_SERVED - SERVED)));
	}
}

/* Who may yet seek an agent is left out, served or not: else the last days
 * would have the failures alone. */
static uint8_t
strict(uint8_t key, unsigned near)
{
	if (key != SERVED && key != NOT_SERVED)
		return key;
	if (near & KPI__NEAR_ALONE)
		return NOT_KNOWN;
	if (near & KPI__NEAR_IMMATURE)
		return IMMATURE;
	return near & KPI__NEAR_FOLLOWED ? NOT_SERVED : key;
}

static void
self_service_keys(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	const uint8_t *outcome = kpi__batch_outcomes(b, space);
	const int64_t *menu = kpi__batch_integers(b, KPI_FIELD_IVR, space);
	uint8_t *near;

	menu_keys(outcome, menu, b->wholes, k->parameter, key);
	if (k->side == NULL)
		return;
	near = kpi__batch_room(b, b->wholes);
	kpi__walked_keys(k, b, space, near);
	for (uint32_t i = 0; i < b->wholes; i++)
		key[i] = strict(key[i], near[i]);
}

kpi_status
kpi__declare_self_service_rate(kpi__claim *claim, kpi_error *error)
{
	const int64_t window =
	    kpi__parameter_of(claim, KPI__SELF_SERVICE_WINDOW);
	kpi__declared *d = claim->declared;
	kpi_status status = KPI_OK;

	kpi__claim_stream(claim, KPI__INTERACTION, KPI__COUNTED_DIRECTIONS);
	kpi__claim_figure(claim, KPI__SHARE, KPI_UNIT_SHARE,
	    window > 0 ? KPI__MERGE_CUSTOMER : KPI__MERGE_ANY);
	kpi__claim_share(claim, 1 << SERVED, 1 << SERVED | 1 << NOT_SERVED);
	kpi__declare(d, KPI__SUM_UNKNOWN, 1 << NOT_KNOWN, 1);
	kpi__declare(d, KPI__SUM_IMMATURE, 1 << IMMATURE, 1);
	kpi__declare(d, KPI__SUM_NOT_COUNTED, 1 << NOT_ENTERED, 1);
	if (window > 0)
		status = kpi__claim_followers(claim, window, error);
	d->keyer.make = self_service_keys;
	d->keyer.parameter[NUMERATOR] =
	    kpi__parameter_of(claim, KPI__SELF_SERVICE_NUMERATOR);
	d->keyer.parameter[LEAST] =
	    kpi__parameter_of(claim, KPI__SELF_SERVICE_MIN);
	kpi__claim_keys(claim, KEYS);
	return status;
}
