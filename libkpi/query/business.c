/* SPDX-License-Identifier: MIT */
#include "query/business.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "store/calendar.h"
#include "store/entries.h"
#include "store/field.h"

/* The span that is counted, and what it is counted of. */
typedef struct making {
	kpi__business *to;
	const kpi__snapshot *snapshot;
	const kpi_query *query;
	int64_t from, until;
	kpi_calendar *calendars; /* those read, of which each has a time */
	kpi_error *error;
} making;

void
kpi__business_free(kpi__business *b)
{
	const kpi_allocator *a;

	if (b == NULL)
		return;
	a = b->allocator;
	for (uint32_t i = 0; i < b->count; i++)
		kpi__open_time_free(&b->times[i]);
	kpi__release(a, b->times, b->room, sizeof(*b->times));
	kpi__release(a, b->of, b->codes, sizeof(*b->of));
	kpi__release(a, b, 1, sizeof(*b));
}

/* Within the years that have a date; nothing of an empty store. */
static kpi_status
find_span(making *m, int64_t until)
{
	int64_t from, latest;
	const kpi_status status =
	    kpi__snapshot_known(m->snapshot, &from, &latest, m->error);

	if (status != KPI_OK)
		return status;
	if (until > KPI__TIME_LAST)
		until = KPI__TIME_LAST;
	m->from = from == KPI_UNKNOWN || from > until ? until : from;
	m->until = until;
	return KPI_OK;
}

/* What failed of one calendar names its queue. */
static kpi_status
calendar_failed(
    const making *m, const kpi_calendar *c, kpi_status status, const char *why)
{
	const char *queue = c->queue == NULL ? "" : c->queue;

	return kpi__fail_at(m->error, status, queue,
	    "the business hours of %s%s: %s",
	    c->queue == NULL ? "all queues" : "queue ", queue, why);
}

static kpi_status
count_open(const making *m, const kpi_calendar *c, kpi__open_time *out)
{
	const kpi_allocator *a = m->to->allocator;
	kpi_error error = KPI_ERROR_INIT;
	kpi__hours *hours;
	kpi__zone *zone = NULL;
	kpi_status status;

	/* It was understood when it was added. */
	status =
	    kpi__hours_parse(&hours, c->hours, strlen(c->hours), a, &error);
	if (status == KPI_EPARSE)
		status = KPI_ECORRUPT;
	if (status == KPI_OK)
		status = kpi__zone_load(
		    &zone, m->query->zone_directory, c->time_zone, a, &error);
	if (status != KPI_OK) {
		kpi__hours_free(hours);
		return calendar_failed(m, c, status, error.text);
	}
	status = kpi__open_time_init(out, hours, zone, m->from, m->until, a);
	kpi__zone_free(zone);
	kpi__hours_free(hours);
	if (status == KPI_ELIMIT)
		return kpi__fail_at(m->error, status, "as_of",
		    "from the earliest start to as_of are more than 1000 "
		    "years, for which business hours are not counted");
	return status == KPI_OK
	    ? KPI_OK
	    : kpi__fail(m->error, status, "no memory for business hours");
}

static int
is_same(const kpi_calendar *a, const kpi_calendar *b)
{
	return strcmp(a->hours, b->hours) == 0 &&
	    strcmp(a->time_zone, b->time_zone) == 0;
}

/* The calendar's place + 1. */
static kpi_status
add_calendar(making *m, const kpi_calendar *c, uint32_t *of)
{
	kpi__business *b = m->to;
	kpi_status status;

	for (*of = 1; *of <= b->count; ++*of)
		if (is_same(&m->calendars[*of - 1], c))
			return KPI_OK;
	status = count_open(m, c, &b->times[b->count]);
	if (status == KPI_OK)
		m->calendars[b->count++] = *c;
	return status;
}

/* One of all queues, which comes first, is of those that have none. */
static kpi_status
give_calendar(making *m, const kpi_calendar *c)
{
	kpi__business *b = m->to;
	uint32_t code = 0, of;
	kpi_status status = KPI_OK;

	if (c->queue != NULL)
		status = kpi__snapshot_code(
		    m->snapshot, KPI_FIELD_QUEUE, c->queue, &code, m->error);
	if (status != KPI_OK || (c->queue != NULL && code == 0))
		return status;
	status = add_calendar(m, c, &of);
	if (status != KPI_OK)
		return status;
	for (uint32_t i = 0; i < b->codes && c->queue == NULL; i++)
		b->of[i] = of;
	b->of[code] = of;
	return KPI_OK;
}

static kpi_status
give_all(making *m, const kpi__entries *entries)
{
	kpi_status status = KPI_OK;

	for (int own = 0; own <= 1; own++)
		for (uint32_t i = 0; i < entries->count && status == KPI_OK;
		     i++) {
			kpi_calendar c;

			kpi__calendar_read(entries->at[i], &c);
			if ((c.queue != NULL) != own)
				continue;
			status = kpi__query_stopped(
			    m->query, i, entries->count, m->error);
			if (status == KPI_OK)
				status = give_calendar(m, &c);
		}
	return status;
}

kpi_status
kpi__business_new(kpi__business **out, const kpi__snapshot *snapshot,
    const kpi_query *query, int64_t until, kpi_error *error)
{
	const kpi_allocator *a = kpi__snapshot_allocator(snapshot);
	kpi__entries entries;
	making m = { NULL, snapshot, query, 0, 0, NULL, error };
	kpi_status status;

	*out = NULL;
	status = find_span(&m, until);
	if (status == KPI_OK)
		status = kpi__entries_of(
		    &entries, snapshot, KPI__LEDGER_CALENDAR, error);
	if (status != KPI_OK)
		return status;
	m.to = kpi__new_zeroed(a, 1, sizeof(*m.to));
	m.calendars =
	    kpi__new_array(a, entries.count + 1, sizeof(*m.calendars));
	if (m.to != NULL) {
		m.to->allocator = a;
		m.to->codes = kpi__snapshot_codes(snapshot, KPI_FIELD_QUEUE);
		m.to->room = entries.count + 1;
		m.to->of = kpi__new_zeroed(a, m.to->codes, sizeof(*m.to->of));
		m.to->times =
		    kpi__new_zeroed(a, m.to->room, sizeof(*m.to->times));
	}
	if (m.to == NULL || m.calendars == NULL || m.to->of == NULL ||
	    m.to->times == NULL)
		status = kpi__fail(
		    error, KPI_ENOMEM, "no memory for business hours");
	if (status == KPI_OK)
		status = give_all(&m, &entries);
	kpi__release(a, m.calendars, entries.count + 1, sizeof(*m.calendars));
	kpi__entries_free(&entries, snapshot);
	if (status == KPI_OK)
		*out = m.to;
	else
		kpi__business_free(m.to);
	return status;
}
