/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>

#include "report_signals.h"

/* Fewer whole weeks give limits that the next one moves. */
#define LEAST_WEEKS 8

static int
is_whole(const struct measured *m, const kpi_store_info *info, uint64_t row)
{
	return kpi_result_begin(m->result, row) >= info->known_from &&
	    kpi_result_until(m->result, row) <= info->as_of;
}

static void
gather(struct series *s, const struct measured *m, const kpi_store_info *info,
    size_t metric)
{
	int64_t ended = KPI_UNKNOWN;

	s->count = s->known = 0;
	for (uint64_t i = 0; i < kpi_result_rows(m->result); i++) {
		const kpi_figure f = report_figure(m, i, metric);

		if (!is_whole(m, info, i))
			continue;
		if (ended != KPI_UNKNOWN &&
		    ended != kpi_result_begin(m->result, i))
			s->value[s->count++] = NAN;
		s->row[s->count] = i;
		s->value[s->count++] =
		    f.state == KPI_STATE_OK ? f.value : (double)NAN;
		s->known += f.state == KPI_STATE_OK;
		ended = kpi_result_until(m->result, i);
	}
}

static int
judge(struct said *said, struct series *s, const struct measured *m,
    const kpi_store_info *info)
{
	int code = DONE;

	for (size_t k = 0; code == DONE && m->section->metrics[k] != NULL;
	     k++) {
		kpi_control_limits l = KPI_CONTROL_LIMITS_INIT;

		gather(s, m, info, k);
		if (s->known < LEAST_WEEKS ||
		    kpi_control_limits_of(&l, s->value, s->count,
			KPI_CENTRE_MEDIAN, NULL) != KPI_OK ||
		    kpi_control_signals_of(s->signals, &l, s->value, s->count,
			KPI_CHART_RUN, NULL) != KPI_OK)
			continue;
		said->judged = 1;
		code = report_signals_add(said, s, m, k, &l);
	}
	return code;
}

int
report_limits(
    const struct measured *weeks, const kpi_store_info *info, size_t width)
{
	const size_t room = 2 * (size_t)kpi_result_rows(weeks->result) + 1;
	struct series s = { NULL, NULL, NULL, 0, 0 };
	struct said said;
	int code = DONE;

	s.value = malloc(room * sizeof(*s.value));
	s.row = malloc(room * sizeof(*s.row));
	s.signals = malloc(room * sizeof(*s.signals));
	report_signals_init(&said);
	if (s.value == NULL || s.row == NULL || s.signals == NULL)
		code = complain(FAILED, "no memory");
	else
		code = judge(&said, &s, weeks, info);
	if (code == DONE)
		report_signals_print(&said, width);
	report_signals_free(&said);
	free(s.value);
	free(s.row);
	free(s.signals);
	return code;
}
