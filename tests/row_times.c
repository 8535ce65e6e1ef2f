/* SPDX-License-Identifier: MIT */
#include "row_times.h"

int64_t
plus(int64_t a, int64_t b)
{
	return a == KPI_UNKNOWN || b == KPI_UNKNOWN ? KPI_UNKNOWN : a + b;
}

int64_t
known_or_zero(int64_t a)
{
	return a == KPI_UNKNOWN ? 0 : a;
}

void
row_times_find(row_times *out, const kpi_interaction *whole)
{
	int64_t spoke = KPI_UNKNOWN, before = KPI_UNKNOWN;

	for (uint64_t i = 0; i < whole->visit_count; i++) {
		const kpi_visit *v = &whole->visits[i];
		const int answered = v->outcome == KPI_OUTCOME_ANSWERED;
		const int64_t entered = v->entered_at != KPI_UNKNOWN
		    ? v->entered_at
		    : i == 0 ? plus(whole->started_at,
				   known_or_zero(whole->ivr_ms))
			     : before;
		const int64_t left = plus(entered, v->wait_ms);

		if (left != KPI_UNKNOWN)
			spoke = left;
		else if (entered != KPI_UNKNOWN)
			spoke = entered;
		before = v->ended_at != KPI_UNKNOWN ? v->ended_at
		    : answered ? plus(plus(left, v->talk_ms),
				     known_or_zero(v->hold_ms))
		    : v->outcome == KPI_OUTCOME_WAITING ? KPI_UNKNOWN
							: left;
		out[i] = (row_times){ entered, spoke, before };
		if (answered && before == KPI_UNKNOWN &&
		    v->talk_ms != KPI_UNKNOWN)
			out[i].ended =
			    spoke + v->talk_ms + known_or_zero(v->hold_ms);
	}
}
