/* SPDX-License-Identifier: MIT */
#include "ingest/queue_log_write.h"

#include "base/error.h"
#include "base/memory.h"
#include "ingest/activity.h"
#include "ingest/queue_log_merge.h"
#include "ingest/queue_log_report.h"

/* Writing this many calls takes far less than 50 ms. */
#define CALLS_AT_ONCE 256

void
kpi__qlog_target_free(kpi__qlog_target *target)
{
	kpi__release(target->allocator, target->visits, target->visit_room,
	    sizeof(*target->visits));
	kpi__release(target->allocator, target->taken, target->taken_room,
	    sizeof(*target->taken));
	target->visits = NULL;
	target->taken = NULL;
	target->visit_room = target->taken_room = 0;
}

kpi_status
kpi__qlog_target_ask(const kpi__qlog_target *target, kpi_error *error)
{
	if (target->stop != NULL &&
	    target->stop(target->stop_ctx, target->done, target->total) != 0)
		return kpi__fail(error, KPI_ESTOPPED,
		    "the import was stopped; what was committed stays");
	return KPI_OK;
}

static kpi_status
make_room(kpi__qlog_target *target, uint64_t count, kpi_error *error)
{
	if (count > SIZE_MAX / sizeof(kpi_visit) ||
	    kpi__grow(target->allocator, &target->visits, &target->visit_room,
		(size_t)count, sizeof(*target->visits)) != KPI_OK ||
	    kpi__grow(target->allocator, &target->taken, &target->taken_room,
		(size_t)count, sizeof(*target->taken)) != KPI_OK)
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for a call's visits");
	return KPI_OK;
}

/* Counts the visits that changed, once each. */
static uint64_t
count_changed(const kpi__qlog_call *call)
{
	uint64_t count = 0;

	for (kpi__qlog_visit *v = call->visits; v != NULL; v = v->next)
		if (v->changed && !v->counted) {
			v->counted = 1;
			count++;
		}
	return count;
}

static kpi_interaction
record_of(const kpi__qlog_target *target, const kpi__qlog_call *call)
{
	kpi_interaction record = KPI_INTERACTION_INIT;

	record.id = call->id;
	record.source = target->source;
	record.visits = target->visits;
	return record;
}

/* One that was deleted since stays so. */
static kpi_status
update(const kpi__qlog_target *target, const kpi_interaction *record,
    kpi_error *error)
{
	kpi_error ours = KPI_ERROR_INIT;
	const kpi_status status =
	    kpi_store_update(target->store, record, NULL, 0, &ours);

	if (status == KPI_OK || status == KPI_ENOTFOUND)
		return KPI_OK;
	(void)kpi__fail_at(error, status, ours.field, "%s", ours.text);
	kpi__error_system(error, ours.system);
	return status;
}

/* A call of which all that is known stands in the reader. */
static kpi_status
write_whole(kpi__qlog_target *target, kpi__qlog_call *call, kpi_error *error)
{
	kpi_interaction record;
	uint64_t count = 0;
	kpi_status status = make_room(target, call->visit_count, error);

	if (status != KPI_OK)
		return status;
	for (const kpi__qlog_visit *v = call->visits; v != NULL; v = v->next)
		target->visits[count++] = kpi__qlog_visit_record(v);
	kpi__qlog_sort_visits(target->visits, count);
	record = record_of(target, call);
	record.visit_count = count;
	record.started_at = target->visits[0].entered_at;
	target->report->interactions += !call->counted;
	target->report->visits += count_changed(call);
	record.customer = call->customer;
	if (call->stored)
		return update(target, &record, error);
	record.channel = target->channel;
	record.direction = KPI_DIRECTION_INBOUND;
	return kpi_store_add(target->store, &record, error);
}

static void
count_refused(const kpi__qlog_target *target, const kpi__qlog_call *call)
{
	for (const kpi__qlog_visit *v = call->visits; v != NULL; v = v->next)
		if (v->refused && v->changed)
			kpi__qlog_count_damaged(target->report,
			    KPI__QLOG_FULL_CALL,
			    v->line - target->lines_before);
}

static kpi_status
write_merged(kpi__qlog_target *target, kpi__qlog_call *call,
    const kpi_interaction *kept, kpi_error *error)
{
	kpi_interaction record;
	kpi__qlog_merged merged;
	const kpi_status status =
	    make_room(target, kept->visit_count + call->visit_count, error);

	if (status != KPI_OK)
		return status;
	merged = kpi__qlog_merge(target->visits, target->taken, kept, call);
	call->merged = 1;
	count_refused(target, call);
	if (merged.changed == 0 &&
	    (kept->customer != NULL || call->customer == NULL))
		return KPI_OK;
	record = record_of(target, call);
	record.visit_count = merged.count;
	if (target->visits[0].entered_at < kept->started_at)
		record.started_at = target->visits[0].entered_at;
	if (kept->customer == NULL)
		record.customer = call->customer;
	target->report->interactions += merged.was_open && !call->counted;
	target->report->visits += merged.changed;
	return update(target, &record, error);
}

static kpi_status
write_call(kpi__qlog_target *target, kpi__qlog_call *call, kpi_error *error)
{
	kpi_record *record;
	kpi_status status;

	if (call->stored && !call->merged)
		return write_whole(target, call, error);
	status = kpi_store_get(
	    &record, target->store, target->source, call->id, NULL);
	if (status == KPI_ENOTFOUND)
		return call->merged ? KPI_OK : write_whole(target, call, error);
	if (status != KPI_OK)
		return kpi__fail(
		    error, status, "the store could not be asked for a call");
	status =
	    write_merged(target, call, kpi_record_interaction(record), error);
	kpi_record_free(record);
	return status;
}

static kpi_status
write_span(const kpi__qlog_target *target, const kpi__qlog_span *span,
    int is_late, kpi_error *error)
{
	kpi_activity activity = KPI_ACTIVITY_INIT;

	/* What became of it the files have told that come after. */
	if (is_late && span->until == KPI_UNKNOWN)
		return KPI_OK;
	activity.started_at = span->begin;
	activity.ended_at = span->until;
	activity.state = span->state;
	activity.agent = span->agent->text;
	activity.source = target->source;
	return kpi__activity_add(target->store, &activity, is_late, error);
}

kpi_status
kpi__qlog_write(
    kpi__qlog_target *target, kpi__qlog_state *state, kpi_error *error)
{
	const kpi__qlog_calls *const calls = &state->calls;
	const kpi__qlog_agents *const agents = &state->agents;
	kpi_status status = KPI_OK;

	target->lines_before = state->order - state->number;
	for (size_t i = 0; i < calls->dirty_count && status == KPI_OK; i++) {
		status = write_call(target, calls->dirty[i], error);
		calls->dirty[i]->counted = 1;
		if (status == KPI_OK && i % CALLS_AT_ONCE == 0)
			status = kpi__qlog_target_ask(target, error);
	}
	for (size_t i = 0; i < agents->span_count && status == KPI_OK; i++) {
		status = write_span(target, &agents->spans[i],
		    kpi__qlog_state_is_late(state), error);
		if (status == KPI_OK && i % CALLS_AT_ONCE == 0)
			status = kpi__qlog_target_ask(target, error);
	}
	return status;
}

void
kpi__qlog_written(kpi__qlog_state *state)
{
	kpi__qlog_calls *const calls = &state->calls;

	for (size_t i = 0; i < calls->dirty_count; i++) {
		kpi__qlog_call *const call = calls->dirty[i];

		call->dirty = 0;
		call->stored = 1;
		kpi__qlog_call_drop_customer(calls, call);
		for (kpi__qlog_visit *v = call->visits; v != NULL; v = v->next)
			v->changed = 0;
	}
	calls->dirty_count = 0;
	state->agents.span_count = 0;
	if (state->last != KPI_UNKNOWN)
		kpi__qlog_calls_forget(calls, state->last);
}
