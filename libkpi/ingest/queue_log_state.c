/* SPDX-License-Identifier: MIT */
#include "ingest/queue_log_state.h"

#include <string.h>

#include "ingest/queue_log_report.h"
#include "ingest/queue_log_visits.h"
#include "ingest/text.h"

void
kpi__qlog_state_init(kpi__qlog_state *state, const kpi_allocator *a)
{
	memset(state, 0, sizeof(*state));
	kpi__qlog_names_init(&state->names, a);
	kpi__qlog_calls_init(&state->calls, a);
	kpi__qlog_agents_init(&state->agents, a);
	state->began = state->last = state->others_began = KPI_UNKNOWN;
}

void
kpi__qlog_state_free(kpi__qlog_state *state)
{
	kpi__qlog_agents_free(&state->agents);
	kpi__qlog_calls_free(&state->calls);
	kpi__qlog_names_free(&state->names);
}

int
kpi__qlog_state_is_late(const kpi__qlog_state *state)
{
	return state->others_began != KPI_UNKNOWN;
}

static int
is_clean(kpi__slice s)
{
	if (s.size > KPI_TEXT_MAX)
		return 0;
	for (size_t i = 0; i < s.size; i++) {
		const unsigned char c = (unsigned char)s.at[i];

		if (c == 0 || c >= 0x80) /* NUL, or not ASCII */
			return 0;
	}
	return 1;
}

/* The slice itself, or its clean copy in `room`. */
static kpi__slice
cleaned(kpi__slice s, char room[KPI_TEXT_MAX + 1], kpi_queue_log_report *report)
{
	int replaced = 0;

	if (is_clean(s))
		return s;
	s.size = kpi__text_clean(room, s.at, s.size, &replaced);
	s.at = room;
	report->replaced_text += (uint64_t)replaced;
	return s;
}

static kpi_status
name_of(kpi__qlog_state *state, kpi__slice s, kpi_queue_log_report *report,
    kpi__qlog_name **out)
{
	char room[KPI_TEXT_MAX + 1];

	*out = NULL;
	if (s.size == 0 || kpi__slice_is(s, "NONE"))
		return KPI_OK;
	s = cleaned(s, room, report);
	return kpi__qlog_names_get(&state->names, s.at, s.size, out);
}

static int
is_no_call(kpi__slice id)
{
	return id.size == 0 || kpi__slice_is(id, "NONE") ||
	    kpi__slice_is(id, "REALTIME") || kpi__slice_is(id, "MANAGER") ||
	    kpi__slice_is(id, "CLI");
}

static kpi_status
step_call(kpi__qlog_calls *calls, const kpi__qlog_step *step, int *why)
{
	switch (step->event->kind) {
	case KPI__QLOG_IS_ENTER:
		return kpi__qlog_visits_enter(calls, step, why);
	case KPI__QLOG_IS_CONNECT:
		return kpi__qlog_visits_connect(calls, step, why);
	case KPI__QLOG_IS_COMPLETE:
		return kpi__qlog_visits_complete(calls, step, why);
	case KPI__QLOG_IS_LEAVE:
		return kpi__qlog_visits_leave(calls, step, why);
	case KPI__QLOG_IS_REFUSED:
		return kpi__qlog_visits_refuse(calls, step, why);
	default:
		return kpi__qlog_visits_wrap_up(calls, step, why);
	}
}

static kpi_status
call_line(kpi__qlog_state *state, kpi__qlog_step *step, int *why,
    kpi_queue_log_report *report)
{
	char id[KPI_TEXT_MAX + 1], customer[KPI_TEXT_MAX + 1];
	kpi__slice text;

	if (is_no_call(step->line->call)) {
		*why = KPI__QLOG_NO_CALL;
		return KPI_OK;
	}
	text = cleaned(step->line->call, id, report);
	step->id = text.at;
	step->id_size = text.size;
	if (step->event->kind == KPI__QLOG_IS_ENTER) {
		text = cleaned(
		    kpi__qlog_event_caller(step->line), customer, report);
		step->customer = text.at;
		step->customer_size = text.size;
	}
	return step_call(&state->calls, step, why);
}

static kpi_status
start(kpi__qlog_state *state, int64_t now)
{
	const kpi_status status = state->last == KPI_UNKNOWN
	    ? KPI_OK
	    : kpi__qlog_visits_start(&state->calls, state->last);

	if (status != KPI_OK)
		return status;
	return kpi__qlog_agents_start(&state->agents, now);
}

static kpi_status
take(kpi__qlog_state *state, const kpi__qlog_line *line,
    const kpi__qlog_event *event, int *why, kpi_queue_log_report *report)
{
	kpi__qlog_step step = { event, line, state->order, line->time * 1000,
		NULL, 0, NULL, 0, NULL, NULL };
	kpi__qlog_shift shift = { event, line, step.now, state->began,
		kpi__qlog_state_is_late(state) &&
		    state->began > state->others_began,
		NULL, NULL };
	kpi_status status;

	status = name_of(state, line->queue, report, &step.queue);
	if (status == KPI_OK)
		status = name_of(state, line->agent, report, &step.agent);
	if (status != KPI_OK)
		return status;
	shift.queue = step.queue;
	shift.agent = step.agent;
	status = kpi__qlog_agents_line(&state->agents, &shift, why);
	if (status != KPI_OK)
		return status;
	if (event->kind == KPI__QLOG_IS_START)
		return start(state, step.now);
	if (event->kind == KPI__QLOG_IS_OTHER)
		*why = KPI__QLOG_OTHER;
	else if (event->kind < KPI__QLOG_IS_LOGIN)
		return call_line(state, &step, why, report);
	return KPI_OK;
}

kpi_status
kpi__qlog_state_line(kpi__qlog_state *state, const char *bytes, size_t size,
    kpi_queue_log_report *report)
{
	kpi__qlog_line line;
	const kpi__qlog_event *event = NULL;
	int why = kpi__qlog_line_read(&line, bytes, size);
	kpi_status status = KPI_OK;

	state->number++;
	state->order++;
	report->lines++;
	if (why == KPI__QLOG_FINE) {
		event = kpi__qlog_event_named(line.event);
		if (state->began == KPI_UNKNOWN)
			state->began = line.time * 1000;
		status = take(state, &line, event, &why, report);
		state->last = line.time * 1000;
	}
	if (why == KPI__QLOG_OTHER)
		kpi__qlog_count_other(report, event->name, state->number);
	else if (why != KPI__QLOG_FINE)
		kpi__qlog_count_damaged(report, why, state->number);
	return status;
}

void
kpi__qlog_state_long_line(kpi__qlog_state *state, kpi_queue_log_report *report)
{
	state->number++;
	state->order++;
	report->lines++;
	kpi__qlog_count_damaged(report, KPI__QLOG_LONG, state->number);
}
