/* SPDX-License-Identifier: MIT */
#include "query/declare.h"

#include "query/measured.h"

const int64_t *
kpi__batch_values(kpi__batch *b, int32_t value, int64_t parts, int space)
{
	switch (value) {
	case KPI__VALUE_WAIT:
		return kpi__batch_waits(b, parts, space);
	case KPI__VALUE_TRANSFERS:
		return kpi__batch_transfers(b, parts, space);
	case KPI__VALUE_MEASURED:
		return kpi__batch_measured(b, parts);
	default:
		return kpi__batch_handles(b, parts, space);
	}
}
