/* SPDX-License-Identifier: MIT */
#include "ingest/queue_log_merge.h"

#include <string.h>

#include "store/input.h"

#define SLACK_MS 2000

/* That there was none is known once an agent's talk is over. */
static int64_t
transfer_of(const kpi__qlog_visit *visit)
{
	return visit->transfer == KPI_TRANSFER_NONE &&
		(visit->stage != KPI__VISIT_ENDED ||
		    visit->outcome != KPI_OUTCOME_ANSWERED)
	    ? KPI_UNKNOWN
	    : visit->transfer;
}

kpi_visit
kpi__qlog_visit_record(const kpi__qlog_visit *visit)
{
	kpi_visit record = KPI_VISIT_INIT;

	record.entered_at = visit->entered;
	record.wait_ms = visit->wait;
	record.ring_ms = visit->ring;
	record.talk_ms = visit->talk;
	record.after_call_ms = visit->after_call;
	record.outcome = visit->outcome;
	record.transfer = transfer_of(visit);
	record.queue = kpi__qlog_name_text(visit->queue);
	record.agent = kpi__qlog_name_text(visit->agent);
	return record;
}

void
kpi__qlog_sort_visits(kpi_visit *visits, uint64_t count)
{
	for (uint64_t i = 1; i < count; i++) {
		const kpi_visit visit = visits[i];
		uint64_t k = i;

		for (; k > 0 && visits[k - 1].entered_at > visit.entered_at;
		     k--)
			visits[k] = visits[k - 1];
		visits[k] = visit;
	}
}

static unsigned
stage_of(const kpi_visit *visit)
{
	if (visit->outcome == KPI_OUTCOME_WAITING)
		return KPI__VISIT_WAITING;
	if (visit->outcome == KPI_OUTCOME_ANSWERED &&
	    visit->talk_ms == KPI_UNKNOWN && visit->ended_at == KPI_UNKNOWN)
		return KPI__VISIT_TALKING;
	return KPI__VISIT_ENDED;
}

static int
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static int
is_same(const kpi_visit *kept, const kpi__qlog_visit *visit)
{
	const int64_t slack = visit->rebuilt ? SLACK_MS : 0;

	return kept->entered_at != KPI_UNKNOWN &&
	    kept->entered_at >= visit->entered - slack &&
	    kept->entered_at <= visit->entered + slack &&
	    same_text(kept->queue, kpi__qlog_name_text(visit->queue));
}

static int
adds_to(const kpi__qlog_visit *visit, const kpi_visit *kept)
{
	if (visit->stage != stage_of(kept))
		return visit->stage > stage_of(kept);
	return !visit->rebuilt && visit->after_call != KPI_UNKNOWN &&
	    visit->after_call != kept->after_call_ms;
}

/* What the log says now; what it does not say stays. */
static void
complete(kpi_visit *kept, const kpi__qlog_visit *visit)
{
	kept->wait_ms = visit->wait;
	kept->talk_ms = visit->talk;
	kept->outcome = visit->outcome;
	if (transfer_of(visit) != KPI_UNKNOWN)
		kept->transfer = transfer_of(visit);
	if (visit->ring != KPI_UNKNOWN)
		kept->ring_ms = visit->ring;
	if (visit->after_call != KPI_UNKNOWN)
		kept->after_call_ms = visit->after_call;
	if (visit->agent != NULL)
		kept->agent = visit->agent->text;
}

static const kpi_visit *
kept_visit(const kpi_interaction *kept, uint64_t i)
{
	const char *const first = (const char *)kept->visits;

	return (
	    const kpi_visit *)(const void *)(first + i * kept->visits->size);
}

kpi__qlog_merged
kpi__qlog_merge(kpi_visit *out, unsigned char *taken,
    const kpi_interaction *kept, const kpi__qlog_call *call)
{
	kpi__qlog_merged merged = { kept->visit_count, 0, 0 };

	for (uint64_t i = 0; i < kept->visit_count; i++) {
		taken[i] = 0;
		out[i] = *kept_visit(kept, i);
		merged.was_open |= stage_of(&out[i]) != KPI__VISIT_ENDED;
	}
	for (kpi__qlog_visit *v = call->visits; v != NULL; v = v->next) {
		uint64_t i = 0;

		while (
		    i < kept->visit_count && (taken[i] || !is_same(&out[i], v)))
			i++;
		v->refused =
		    i == kept->visit_count && merged.count >= KPI__VISITS_MAX;
		if (v->refused)
			continue;
		if (i == kept->visit_count) {
			out[merged.count++] = kpi__qlog_visit_record(v);
			merged.changed++;
			continue;
		}
		taken[i] = 1;
		if (adds_to(v, &out[i])) {
			complete(&out[i], v);
			merged.changed++;
		}
	}
	kpi__qlog_sort_visits(out, merged.count);
	return merged;
}
