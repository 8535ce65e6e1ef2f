/* SPDX-License-Identifier: MIT */
#include "ingest/queue_log_calls.h"

#include <string.h>

#include "base/checksum.h"
#include "base/memory.h"

/* The open visits are found by time, in steps of this. */
#define STEP_MS 4096
/* So many are looked at in one step: more can only be meant to hurt. */
#define MOST_SEEN 1000

void
kpi__qlog_calls_init(kpi__qlog_calls *calls, const kpi_allocator *a)
{
	memset(calls, 0, sizeof(*calls));
	calls->allocator = a;
}

static size_t
size_of(const kpi__qlog_call *call)
{
	return sizeof(*call) + call->id_size + 1;
}

static void
free_call(kpi__qlog_calls *calls, kpi__qlog_call *call)
{
	for (kpi__qlog_visit *v = call->visits, *next; v != NULL; v = next) {
		next = v->next;
		kpi__release(calls->allocator, v, 1, sizeof(*v));
	}
	kpi__qlog_call_drop_customer(calls, call);
	kpi__release(calls->allocator, call, 1, size_of(call));
}

void
kpi__qlog_calls_free(kpi__qlog_calls *calls)
{
	for (size_t i = 0; i < calls->room; i++)
		for (kpi__qlog_call *c = calls->table[i], *next; c != NULL;
		     c = next) {
			next = c->bucket_next;
			free_call(calls, c);
		}
	kpi__release(
	    calls->allocator, calls->table, calls->room, sizeof(*calls->table));
	kpi__release(
	    calls->allocator, calls->near, calls->room, sizeof(*calls->near));
	kpi__release(calls->allocator, calls->dirty, calls->dirty_room,
	    sizeof(*calls->dirty));
	kpi__qlog_calls_init(calls, calls->allocator);
}

kpi__qlog_call *
kpi__qlog_calls_find(const kpi__qlog_calls *calls, const char *id, size_t size)
{
	const uint64_t hash = kpi__checksum(id, size, 0);

	if (calls->room == 0)
		return NULL;
	for (kpi__qlog_call *c = calls->table[hash & (calls->room - 1)];
	     c != NULL; c = c->bucket_next)
		if (c->hash == hash && c->id_size == size &&
		    memcmp(c->id, id, size) == 0)
			return c;
	return NULL;
}

static void
link_call(kpi__qlog_list *list, kpi__qlog_call *call)
{
	call->before = list->last;
	call->next = NULL;
	if (list->last == NULL)
		list->first = call;
	else
		list->last->next = call;
	list->last = call;
	list->count++;
}

static void
unlink_call(kpi__qlog_list *list, kpi__qlog_call *call)
{
	if (call->before == NULL)
		list->first = call->next;
	else
		call->before->next = call->next;
	if (call->next == NULL)
		list->last = call->before;
	else
		call->next->before = call->before;
	list->count--;
}

int64_t
kpi__qlog_visit_since(const kpi__qlog_visit *visit)
{
	return visit->stage == KPI__VISIT_WAITING
	    ? visit->entered
	    : visit->entered + visit->wait;
}

static int64_t
step_of(int64_t instant)
{
	return instant / STEP_MS - (instant % STEP_MS < 0);
}

static size_t
near_place(const kpi__qlog_calls *calls, unsigned stage,
    const kpi__qlog_name *queue, const kpi__qlog_name *agent, int64_t step)
{
	uint64_t hash = (uint64_t)step * UINT64_C(0x9e3779b97f4a7c15);

	hash ^= kpi__qlog_name_hash(queue);
	if (stage == KPI__VISIT_TALKING)
		hash += 3 * kpi__qlog_name_hash(agent) + 1;
	return (size_t)(hash ^ hash >> 29) & (calls->room - 1);
}

static kpi__qlog_visit **
near_of(const kpi__qlog_calls *calls, const kpi__qlog_visit *v)
{
	return &calls->near[near_place(calls, v->stage, v->queue, v->agent,
	    step_of(kpi__qlog_visit_since(v)))];
}

static void
link_near(kpi__qlog_calls *calls, kpi__qlog_visit *v)
{
	kpi__qlog_visit **const place = near_of(calls, v);

	v->near_before = NULL;
	v->near_next = *place;
	if (*place != NULL)
		(*place)->near_before = v;
	*place = v;
}

static void
unlink_near(kpi__qlog_calls *calls, kpi__qlog_visit *v)
{
	if (v->near_before == NULL)
		*near_of(calls, v) = v->near_next;
	else
		v->near_before->near_next = v->near_next;
	if (v->near_next != NULL)
		v->near_next->near_before = v->near_before;
}

static void
link_again(kpi__qlog_calls *calls)
{
	for (kpi__qlog_call *c = calls->open.first; c != NULL; c = c->next)
		for (kpi__qlog_visit *v = c->visits; v != NULL; v = v->next)
			if (v->stage != KPI__VISIT_ENDED)
				link_near(calls, v);
}

static kpi_status
grow(kpi__qlog_calls *calls)
{
	const size_t room = calls->room == 0 ? 256 : calls->room * 2;
	const kpi_allocator *const a = calls->allocator;
	kpi__qlog_call **table = kpi__new_zeroed(a, room, sizeof(*table));
	kpi__qlog_visit **near = kpi__new_zeroed(a, room, sizeof(*near));

	if (table == NULL || near == NULL) {
		kpi__release(a, table, room, sizeof(*table));
		kpi__release(a, near, room, sizeof(*near));
		return KPI_ENOMEM;
	}
	for (size_t i = 0; i < calls->room; i++)
		for (kpi__qlog_call *c = calls->table[i], *next; c != NULL;
		     c = next) {
			kpi__qlog_call **const place =
			    &table[c->hash & (room - 1)];

			next = c->bucket_next;
			c->bucket_next = *place;
			*place = c;
		}
	kpi__release(a, calls->table, calls->room, sizeof(*table));
	kpi__release(a, calls->near, calls->room, sizeof(*near));
	calls->table = table;
	calls->near = near;
	calls->room = room;
	link_again(calls);
	return KPI_OK;
}

kpi_status
kpi__qlog_calls_add(
    kpi__qlog_calls *calls, const char *id, size_t size, kpi__qlog_call **out)
{
	kpi__qlog_call *call, **place;

	if (calls->count >= calls->room && grow(calls) != KPI_OK)
		return KPI_ENOMEM;
	call = kpi__new_zeroed(calls->allocator, 1, sizeof(*call) + size + 1);
	if (call == NULL)
		return KPI_ENOMEM;
	call->hash = kpi__checksum(id, size, 0);
	call->id_size = size;
	memcpy(call->id, id, size);
	place = &calls->table[call->hash & (calls->room - 1)];
	call->bucket_next = *place;
	*place = call;
	calls->count++;
	link_call(&calls->ended, call);
	*out = call;
	return KPI_OK;
}

kpi_status
kpi__qlog_call_set_customer(
    kpi__qlog_calls *calls, kpi__qlog_call *call, const char *text, size_t size)
{
	if (size == 0 || call->has_customer)
		return KPI_OK;
	call->customer = kpi__new_array(calls->allocator, size + 1, 1);
	if (call->customer == NULL)
		return KPI_ENOMEM;
	memcpy(call->customer, text, size);
	call->customer[size] = '\0';
	call->has_customer = 1;
	return KPI_OK;
}

void
kpi__qlog_call_drop_customer(kpi__qlog_calls *calls, kpi__qlog_call *call)
{
	if (call->customer != NULL)
		kpi__release(calls->allocator, call->customer,
		    strlen(call->customer) + 1, 1);
	call->customer = NULL;
}

kpi_status
kpi__qlog_calls_enter(kpi__qlog_calls *calls, kpi__qlog_call *call,
    kpi__qlog_name *queue, int64_t entered, uint64_t line,
    kpi__qlog_visit **out)
{
	kpi__qlog_visit *v;

	if (call->visit_count == KPI__QLOG_VISITS)
		return KPI_ELIMIT;
	v = kpi__new_zeroed(calls->allocator, 1, sizeof(*v));
	if (v == NULL)
		return KPI_ENOMEM;
	v->call = call;
	v->queue = queue;
	v->entered = entered;
	v->wait = v->ring = v->talk = v->after_call = KPI_UNKNOWN;
	v->line = line;
	v->stage = KPI__VISIT_WAITING;
	v->outcome = KPI_OUTCOME_WAITING;
	if (call->last == NULL)
		call->visits = v;
	else
		call->last->next = v;
	call->last = v;
	call->visit_count++;
	if (call->open_count++ == 0) {
		unlink_call(&calls->ended, call);
		link_call(&calls->open, call);
	}
	link_near(calls, v);
	*out = v;
	return KPI_OK;
}

void
kpi__qlog_calls_move(
    kpi__qlog_calls *calls, kpi__qlog_visit *visit, unsigned stage, int64_t now)
{
	kpi__qlog_call *const call = visit->call;

	unlink_near(calls, visit);
	visit->stage = (unsigned char)stage;
	if (stage != KPI__VISIT_ENDED) {
		link_near(calls, visit);
		return;
	}
	call->ended_at = now;
	if (--call->open_count == 0) {
		unlink_call(&calls->open, call);
		link_call(&calls->ended, call);
	}
}

kpi_status
kpi__qlog_calls_mark(kpi__qlog_calls *calls, kpi__qlog_visit *visit)
{
	kpi_status status;

	visit->changed = 1;
	if (visit->call->dirty)
		return KPI_OK;
	status = kpi__grow(calls->allocator, &calls->dirty, &calls->dirty_room,
	    calls->dirty_count + 1, sizeof(*calls->dirty));
	if (status != KPI_OK)
		return status;
	calls->dirty[calls->dirty_count++] = visit->call;
	visit->call->dirty = 1;
	return KPI_OK;
}

static int64_t
distance(int64_t a, int64_t b)
{
	return a < b ? b - a : a - b;
}

kpi__qlog_visit *
kpi__qlog_calls_near(const kpi__qlog_calls *calls, unsigned stage,
    const kpi__qlog_name *queue, const kpi__qlog_name *agent, int64_t since,
    int64_t slack)
{
	kpi__qlog_visit *best = NULL;
	int64_t least = slack;

	if (calls->room == 0)
		return NULL;
	for (int64_t step = step_of(since - slack);
	     step <= step_of(since + slack); step++) {
		kpi__qlog_visit *v =
		    calls->near[near_place(calls, stage, queue, agent, step)];

		for (int seen = 0; v != NULL && seen < MOST_SEEN;
		     v = v->near_next, seen++) {
			const int64_t d =
			    distance(kpi__qlog_visit_since(v), since);

			if (v->stage != stage || v->queue != queue ||
			    (stage == KPI__VISIT_TALKING && v->agent != agent))
				continue;
			if (d < least ||
			    (d == least &&
				(best == NULL || v->line < best->line))) {
				best = v;
				least = d;
			}
		}
	}
	return best;
}

void
kpi__qlog_calls_share(kpi__qlog_calls *calls)
{
	for (size_t i = 0; i < calls->room; i++)
		for (kpi__qlog_call *c = calls->table[i]; c != NULL;
		     c = c->bucket_next)
			c->merged = 1;
}

static void
remove_call(kpi__qlog_calls *calls, kpi__qlog_call *call)
{
	kpi__qlog_call **place = &calls->table[call->hash & (calls->room - 1)];

	while (*place != call)
		place = &(*place)->bucket_next;
	*place = call->bucket_next;
	calls->count--;
	unlink_call(&calls->ended, call);
	free_call(calls, call);
}

/* A stamp far in the future was a fault of the clock: it must not keep the
 * calls behind it. */
void
kpi__qlog_calls_forget(kpi__qlog_calls *calls, int64_t now)
{
	kpi__qlog_call *call = calls->ended.first;

	while (call != NULL && !call->dirty &&
	    distance(call->ended_at, now) > KPI__QLOG_HELD_MS) {
		kpi__qlog_call *const next = call->next;

		remove_call(calls, call);
		call = next;
	}
}
