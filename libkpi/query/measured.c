/* SPDX-License-Identifier: MIT */
#include "query/measured.h"

#include "query/kernel.h"

const int64_t *
kpi__batch_measured(kpi__batch *b, int64_t what)
{
	(void)what;
	return kpi__batch_integers(b, KPI_FIELD_QUALITY, KPI__WHOLE_SPACE);
}

/* 0 if one is not short. */
KPI__WIDER static int
shorten(const int64_t *restrict value, size_t count, uint32_t *restrict out)
{
	uint64_t over = 0;

	for (size_t i = 0; i < count; i++) {
		const uint64_t known = value[i] != KPI_UNKNOWN;
		const uint64_t v = (uint64_t)value[i];

		over |= (v >= KPI__SHORT_UNKNOWN) & known;
		out[i] = known ? (uint32_t)v : KPI__SHORT_UNKNOWN;
	}
	return over == 0;
}

const uint32_t *
kpi__batch_short_measured(kpi__batch *b, int64_t what)
{
	static const uint32_t none[1];
	const uint64_t key = kpi__batch_key(b, KPI__MEMO_SHORT_MEASURED,
	    (uint64_t)what, KPI__WHOLE_SPACE);
	const uint32_t *made = kpi__batch_recall(b, key);
	uint32_t *out;

	if (made == NULL) {
		out = kpi__batch_room(b, b->wholes * sizeof(*out));
		made = shorten(kpi__batch_measured(b, what), b->wholes, out)
		    ? out
		    : none;
		kpi__batch_remember(b, key, made);
	}
	return made == none ? NULL : made;
}
