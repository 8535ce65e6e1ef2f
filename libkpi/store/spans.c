/* SPDX-License-Identifier: MIT */
#include "store/spans.h"

#include "store/state.h"

uint32_t
kpi__snapshot_spans(const kpi__snapshot *snapshot)
{
	return snapshot->spans;
}

const kpi__span *
kpi__snapshot_span(const kpi__snapshot *snapshot, uint32_t number)
{
	return kpi__activities_at(&snapshot->store->activities, number);
}

uint32_t
kpi__snapshot_span_names(const kpi__snapshot *snapshot)
{
	return snapshot->codes[KPI__NAMES_OF_ACTIVITY] + 1;
}

const char *
kpi__snapshot_span_name(const kpi__snapshot *snapshot, uint32_t code)
{
	return kpi__dictionary_text(
	    &snapshot->store->dictionary[KPI__NAMES_OF_ACTIVITY], code);
}
