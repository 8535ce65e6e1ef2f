/* SPDX-License-Identifier: MIT */
#include "ingest/queue_log_visits.h"

#include <string.h>

#include "ingest/queue_log_report.h"
#include "store/field.h"

/* Wait and talk are rounded one by one, so their sum may miss by two. */
#define SLACK_MS      2000
#define SLACK_WAIT_MS 1000

static int64_t
ms_of(int64_t seconds)
{
	return seconds < 0 ? KPI_UNKNOWN : seconds * 1000;
}

/* The time from `since` to `now`, never negative. */
static int64_t
from_stamps(int64_t since, int64_t now)
{
	return now > since ? now - since : 0;
}

/* A duration that a record takes, and that from `since` on does not pass the
 * last year. */
static int64_t
bounded(int64_t since, int64_t duration)
{
	int64_t most = KPI__QLOG_LATEST_MS - since;

	if (most > KPI__DURATION_MAX_MS)
		most = KPI__DURATION_MAX_MS;
	return duration < most ? duration : most;
}

static int
is_near(int64_t a, int64_t b, int64_t slack)
{
	return a >= b - slack && a <= b + slack;
}

/* `since` unknown: the first. */
static kpi__qlog_visit *
visit_at(const kpi__qlog_call *call, unsigned stage,
    const kpi__qlog_name *queue, int64_t since)
{
	kpi__qlog_visit *first = NULL;

	for (kpi__qlog_visit *v = call->visits; v != NULL; v = v->next) {
		if (v->stage != stage || v->queue != queue)
			continue;
		if (first == NULL)
			first = v;
		if (since == KPI_UNKNOWN ||
		    is_near(kpi__qlog_visit_since(v), since, SLACK_MS))
			return v;
	}
	return first;
}

static int
has_ended(
    const kpi__qlog_call *call, const kpi__qlog_name *queue, int64_t entered)
{
	for (kpi__qlog_visit *v = call->visits; v != NULL; v = v->next)
		if (v->stage != KPI__VISIT_WAITING && v->queue == queue &&
		    is_near(v->entered, entered, SLACK_WAIT_MS))
			return 1;
	return 0;
}

static kpi__qlog_call *
call_of(const kpi__qlog_calls *calls, const kpi__qlog_step *step)
{
	return kpi__qlog_calls_find(calls, step->id, step->id_size);
}

/* A new visit of the step's call, which is made if it is not held. */
static kpi_status
open_visit(kpi__qlog_calls *calls, const kpi__qlog_step *step, int64_t entered,
    kpi__qlog_visit **out, int *why)
{
	kpi__qlog_call *call = call_of(calls, step);
	kpi_status status;

	if (call == NULL) {
		status =
		    kpi__qlog_calls_add(calls, step->id, step->id_size, &call);
		if (status != KPI_OK)
			return status;
	}
	status = kpi__qlog_calls_enter(
	    calls, call, step->queue, entered, step->number, out);
	if (status == KPI_ELIMIT) {
		*why = KPI__QLOG_MANY_VISITS;
		*out = NULL;
		return KPI_OK;
	}
	return status;
}

static kpi_status
rebuild(kpi__qlog_calls *calls, const kpi__qlog_step *step, int64_t entered,
    kpi__qlog_visit **out, int *why)
{
	const kpi__qlog_call *const call = call_of(calls, step);
	kpi_status status;

	*out = NULL;
	if (call != NULL && has_ended(call, step->queue, entered)) {
		*why = KPI__QLOG_TWICE;
		return KPI_OK;
	}
	status = open_visit(calls, step, entered, out, why);
	if (status == KPI_OK && *out != NULL)
		(*out)->rebuilt = 1;
	return status;
}

kpi_status
kpi__qlog_visits_enter(
    kpi__qlog_calls *calls, const kpi__qlog_step *step, int *why)
{
	kpi__qlog_visit *v;
	kpi_status status = open_visit(calls, step, step->now, &v, why);

	if (status != KPI_OK || v == NULL)
		return status;
	v->call->is_emptied = 0;
	v->call->emptied = NULL;
	status = kpi__qlog_call_set_customer(
	    calls, v->call, step->customer, step->customer_size);
	if (status != KPI_OK)
		return status;
	return kpi__qlog_calls_mark(calls, v);
}

/* The visit that waits and is told of by a line with `wait`. */
static kpi_status
find_waiting(kpi__qlog_calls *calls, const kpi__qlog_step *step, int64_t wait,
    kpi__qlog_visit **out, int *why)
{
	const kpi__qlog_call *const call = call_of(calls, step);
	const int64_t entered =
	    wait == KPI_UNKNOWN ? KPI_UNKNOWN : step->now - wait;

	*out = NULL;
	if (call != NULL)
		*out = visit_at(call, KPI__VISIT_WAITING, step->queue, entered);
	if (*out != NULL)
		return KPI_OK;
	if (wait == KPI_UNKNOWN) {
		*why = KPI__QLOG_NO_BEGINNING;
		return KPI_OK;
	}
	*out = kpi__qlog_calls_near(calls, KPI__VISIT_WAITING, step->queue,
	    NULL, entered, SLACK_WAIT_MS);
	if (*out != NULL)
		return KPI_OK;
	return rebuild(calls, step, entered, out, why);
}

static void
set_wait(kpi__qlog_visit *v, int64_t wait, int64_t now)
{
	v->wait = bounded(v->entered,
	    wait == KPI_UNKNOWN ? from_stamps(v->entered, now) : wait);
}

kpi_status
kpi__qlog_visits_connect(
    kpi__qlog_calls *calls, const kpi__qlog_step *step, int *why)
{
	const int64_t wait = ms_of(kpi__qlog_line_number(step->line, 0));
	const int64_t ring = ms_of(kpi__qlog_line_number(step->line, 2));
	kpi__qlog_visit *v;
	const kpi_status status = find_waiting(calls, step, wait, &v, why);

	if (status != KPI_OK || v == NULL)
		return status;
	set_wait(v, wait, step->now);
	v->ring = ring > v->wait ? v->wait : ring;
	v->agent = step->agent;
	v->outcome = KPI_OUTCOME_ANSWERED;
	kpi__qlog_calls_move(calls, v, KPI__VISIT_TALKING, step->now);
	return kpi__qlog_calls_mark(calls, v);
}

/* The visit whose CONNECT is missing, brought to that stage. */
static kpi__qlog_visit *
connect_late(kpi__qlog_calls *calls, const kpi__qlog_step *step,
    kpi__qlog_visit *v, int64_t wait, int64_t talk)
{
	if (v == NULL || talk == KPI_UNKNOWN)
		return NULL;
	if (wait != KPI_UNKNOWN &&
	    !is_near(v->entered, step->now - talk - wait, SLACK_MS))
		return NULL;
	set_wait(v, wait, step->now - talk);
	v->agent = step->agent;
	v->outcome = KPI_OUTCOME_ANSWERED;
	kpi__qlog_calls_move(calls, v, KPI__VISIT_TALKING, step->now);
	return v;
}

static kpi_status
find_talking(kpi__qlog_calls *calls, const kpi__qlog_step *step, int64_t wait,
    int64_t talk, kpi__qlog_visit **out, int *why)
{
	const kpi__qlog_call *const call = call_of(calls, step);
	const int64_t answered =
	    talk == KPI_UNKNOWN ? KPI_UNKNOWN : step->now - talk;
	kpi_status status;

	*out = NULL;
	if (call != NULL) {
		*out =
		    visit_at(call, KPI__VISIT_TALKING, step->queue, answered);
		if (*out == NULL)
			*out = connect_late(calls, step,
			    visit_at(call, KPI__VISIT_WAITING, step->queue,
				wait == KPI_UNKNOWN || talk == KPI_UNKNOWN
				    ? KPI_UNKNOWN
				    : answered - wait),
			    wait, talk);
	}
	if (*out == NULL && talk != KPI_UNKNOWN)
		*out = kpi__qlog_calls_near(calls, KPI__VISIT_TALKING,
		    step->queue, step->agent, answered, SLACK_MS);
	if (*out != NULL)
		return KPI_OK;
	if (wait == KPI_UNKNOWN || talk == KPI_UNKNOWN) {
		*why = KPI__QLOG_NO_BEGINNING;
		return KPI_OK;
	}
	status = rebuild(calls, step, answered - wait, out, why);
	if (status == KPI_OK && *out != NULL)
		(void)connect_late(calls, step, *out, wait, talk);
	return status;
}

kpi_status
kpi__qlog_visits_complete(
    kpi__qlog_calls *calls, const kpi__qlog_step *step, int *why)
{
	const kpi__qlog_times times =
	    kpi__qlog_event_times(step->event, step->line);
	const int64_t talk = ms_of(times.talk);
	kpi__qlog_visit *v;
	const kpi_status status =
	    find_talking(calls, step, ms_of(times.wait), talk, &v, why);
	int64_t since;

	if (status != KPI_OK || v == NULL)
		return status;
	since = kpi__qlog_visit_since(v);
	v->talk = bounded(
	    since, talk == KPI_UNKNOWN ? from_stamps(since, step->now) : talk);
	v->transfer = step->event->transfer;
	kpi__qlog_calls_move(calls, v, KPI__VISIT_ENDED, step->now);
	return kpi__qlog_calls_mark(calls, v);
}

static int
is_abandon_after_empty(kpi__qlog_call *call, const kpi__qlog_step *step)
{
	if (call == NULL || !call->is_emptied ||
	    step->event->outcome != KPI_OUTCOME_ABANDONED ||
	    call->emptied != step->queue)
		return 0;
	call->is_emptied = 0;
	call->emptied = NULL;
	return 1;
}

kpi_status
kpi__qlog_visits_leave(
    kpi__qlog_calls *calls, const kpi__qlog_step *step, int *why)
{
	const int64_t wait =
	    ms_of(kpi__qlog_event_times(step->event, step->line).wait);
	kpi__qlog_visit *v;
	kpi_status status;

	if (is_abandon_after_empty(call_of(calls, step), step)) {
		*why = KPI__QLOG_TWICE;
		return KPI_OK;
	}
	status = find_waiting(calls, step, wait, &v, why);
	if (status != KPI_OK || v == NULL)
		return status;
	set_wait(v, wait, step->now);
	v->outcome = step->event->outcome;
	if (v->outcome == KPI_OUTCOME_ABANDONED)
		v->agent = step->agent; /* who was rung */
	if (strcmp(step->event->name, "EXITEMPTY") == 0) {
		v->call->is_emptied = 1;
		v->call->emptied = v->queue;
	}
	kpi__qlog_calls_move(calls, v, KPI__VISIT_ENDED, step->now);
	return kpi__qlog_calls_mark(calls, v);
}

kpi_status
kpi__qlog_visits_refuse(
    kpi__qlog_calls *calls, const kpi__qlog_step *step, int *why)
{
	const kpi__qlog_call *const call = call_of(calls, step);
	kpi__qlog_visit *v;
	kpi_status status;

	if (call != NULL &&
	    visit_at(call, KPI__VISIT_WAITING, step->queue, KPI_UNKNOWN) !=
		NULL) {
		*why = KPI__QLOG_OTHER;
		return KPI_OK;
	}
	status = open_visit(calls, step, step->now, &v, why);
	if (status != KPI_OK || v == NULL)
		return status;
	v->wait = 0;
	v->outcome = step->event->outcome;
	kpi__qlog_calls_move(calls, v, KPI__VISIT_ENDED, step->now);
	return kpi__qlog_calls_mark(calls, v);
}

kpi_status
kpi__qlog_visits_wrap_up(
    kpi__qlog_calls *calls, const kpi__qlog_step *step, int *why)
{
	const kpi__qlog_call *const call = call_of(calls, step);
	const int64_t length = ms_of(kpi__qlog_line_number(step->line, 0));
	kpi__qlog_visit *last = NULL;

	if (call != NULL && length != KPI_UNKNOWN)
		for (kpi__qlog_visit *v = call->visits; v != NULL; v = v->next)
			if (v->stage == KPI__VISIT_ENDED && v->talk >= 0 &&
			    v->queue == step->queue && v->agent == step->agent)
				last = v;
	if (last == NULL) {
		*why = KPI__QLOG_OTHER;
		return KPI_OK;
	}
	last->after_call =
	    bounded(last->entered + last->wait + last->talk, length);
	return kpi__qlog_calls_mark(calls, last);
}

static kpi_status
end_visit(kpi__qlog_calls *calls, kpi__qlog_visit *v, int64_t last)
{
	const int64_t since = kpi__qlog_visit_since(v);

	if (v->stage == KPI__VISIT_WAITING) {
		v->wait = bounded(since, from_stamps(since, last));
		v->outcome = KPI_OUTCOME_FAILED;
	} else {
		v->talk = bounded(since, from_stamps(since, last));
	}
	kpi__qlog_calls_move(calls, v, KPI__VISIT_ENDED, last);
	return kpi__qlog_calls_mark(calls, v);
}

kpi_status
kpi__qlog_visits_start(kpi__qlog_calls *calls, int64_t last)
{
	kpi_status status = KPI_OK;

	for (kpi__qlog_call *call = calls->open.first, *next;
	     call != NULL && status == KPI_OK; call = next) {
		next = call->next;
		for (kpi__qlog_visit *v = call->visits;
		     v != NULL && status == KPI_OK; v = v->next)
			if (v->stage != KPI__VISIT_ENDED)
				status = end_visit(calls, v, last);
	}
	return status;
}
