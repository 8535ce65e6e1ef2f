/* SPDX-License-Identifier: MIT */
/* reopen_rate: whether what was settled stayed so. */
#include "metric/claim.h"
#include "query/kernel.h"

/* Keys and classes. */
enum {
	NOT_KNOWN, /* whether it was ever resolved */
	NOT_RESOLVED,
	KEPT,
	REOPENED,
	NO_TIME, /* resolved or reopened, nobody knows when */
	IMMATURE,
	KEYS
};

enum { WINDOW, AS_OF };

/* What an interaction says: the first resolution, the last, and the last
 * reopening, before which there may have been others. */
typedef struct history {
	int64_t flag, first, last, reopened, count;
} history;

static int
is_reopened(history h, int64_t as_of)
{
	return h.reopened != KPI_UNKNOWN ? h.reopened < as_of : h.count > 0;
}

/* The last resolution is the first if nothing was reopened before it. */
static int64_t
first_of(history h)
{
	const int alone = h.reopened == KPI_UNKNOWN
	    ? h.count <= 0
	    : h.reopened > h.last && h.count <= 1;

	if (h.first != KPI_UNKNOWN)
		return h.first;
	return alone ? h.last : KPI_UNKNOWN;
}

static uint8_t
key_of_unopened(history h, int64_t first, int64_t as_of)
{
	const int64_t at = first != KPI_UNKNOWN ? first : h.last;

	if (at != KPI_UNKNOWN)
		return at < as_of ? KEPT : NOT_RESOLVED;
	if (h.flag == KPI_UNKNOWN)
		return NOT_KNOWN;
	return h.flag ? KEPT : NOT_RESOLVED;
}

static uint8_t
key_of(history h, int64_t window, int64_t as_of)
{
	const int64_t first = first_of(h);
	const uint8_t key = is_reopened(h, as_of)
	    ? REOPENED
	    : key_of_unopened(h, first, as_of);

	if (key < KEPT || window == 0)
		return key;
	if (first == KPI_UNKNOWN)
		return NO_TIME;
	/* Of several only the last is known: that is in time, or tells nothing
	 * of those before it. */
	if (key == REOPENED &&
	    (h.reopened < first ||
		(h.reopened - first > window && h.count > 1)))
		return NO_TIME;
	if (first + window >= as_of)
		return IMMATURE;
	return key == REOPENED && h.reopened - first <= window ? REOPENED
							       : KEPT;
}

/* Nothing was reopened, and nobody knows when it was resolved. */
KPI__WIDER static void
flag_keys(const uint8_t *restrict flag, size_t count, uint8_t resolved,
    uint8_t *restrict key)
{
	for (size_t i = 0; i < count; i++)
		key[i] = (uint8_t)((flag[i] == 1) * resolved +
		    (flag[i] == 0) * NOT_RESOLVED);
}

static int
has_flag_alone(kpi__batch *b)
{
	return kpi__batch_unknown(b, KPI_FIELD_FIRST_RESOLVED_AT) &&
	    kpi__batch_unknown(b, KPI_FIELD_RESOLVED_AT) &&
	    kpi__batch_unknown(b, KPI_FIELD_REOPENED_AT) &&
	    kpi__batch_unknown(b, KPI_FIELD_REOPENED_COUNT);
}

static void
reopen_keys(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	const int64_t window = k->parameter[WINDOW];
	const int64_t *flag, *first, *last, *reopened, *count;

	if (has_flag_alone(b)) {
		flag_keys(kpi__batch_bytes(b, KPI_FIELD_RESOLVED, space),
		    b->wholes, window > 0 ? NO_TIME : KEPT, key);
		return;
	}
	flag = kpi__batch_integers(b, KPI_FIELD_RESOLVED, space);
	first = kpi__batch_integers(b, KPI_FIELD_FIRST_RESOLVED_AT, space);
	last = kpi__batch_integers(b, KPI_FIELD_RESOLVED_AT, space);
	reopened = kpi__batch_integers(b, KPI_FIELD_REOPENED_AT, space);
	count = kpi__batch_integers(b, KPI_FIELD_REOPENED_COUNT, space);
	for (uint32_t i = 0; i < b->wholes; i++)
		key[i] = key_of((history){ flag[i], first[i], last[i],
				    reopened[i], count[i] },
		    window, k->parameter[AS_OF]);
}

kpi_status
kpi__declare_reopen_rate(kpi__claim *claim, kpi_error *error)
{
	const int received = kpi__parameter_of(claim, KPI__REOPEN_DENOMINATOR) ==
	    KPI__REOPENED_OF_RECEIVED;
	const uint64_t decided = 1 << KEPT | 1 << REOPENED;
	const uint64_t others = 1 << NOT_RESOLVED | 1 << NOT_KNOWN;
	kpi__declared *d = claim->declared;

	(void)error;
	kpi__claim_stream(claim, KPI__INTERACTION, KPI__COUNTED_DIRECTIONS);
	kpi__claim_figure(claim, KPI__SHARE, KPI_UNIT_SHARE, KPI__MERGE_ANY);
	kpi__claim_share(
	    claim, 1 << REOPENED, decided | (received ? others : 0));
	kpi__declare(d, KPI__SUM_UNKNOWN,
	    1 << NO_TIME | (received ? 0 : 1 << NOT_KNOWN), 1);
	kpi__declare(d, KPI__SUM_IMMATURE, 1 << IMMATURE, 1);
	kpi__declare(
	    d, KPI__SUM_NOT_COUNTED, received ? 0 : 1 << NOT_RESOLVED, 1);
	if (received)
		kpi__declare(d, KPI__SUM_KNOWN,
		    decided | 1 << NOT_RESOLVED | 1 << NO_TIME | 1 << IMMATURE,
		    1);
	d->keyer.make = reopen_keys;
	d->keyer.parameter[WINDOW] =
	    kpi__parameter_of(claim, KPI__REOPEN_WINDOW);
	d->keyer.parameter[AS_OF] = claim->asked.as_of;
	claim->reads_as_of = d->keyer.parameter[WINDOW] > 0;
	kpi__claim_keys(claim, KEYS);
	return KPI_OK;
}
