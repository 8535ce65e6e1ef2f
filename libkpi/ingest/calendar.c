/* SPDX-License-Identifier: MIT */
#include <kpi/calendar.h>

#include <string.h>

#include "base/error.h"
#include "base/sized.h"
#include "ingest/ledger.h"
#include "store/calendar.h"
#include "store/state.h"
#include "time/hours.h"
#include "time/zone.h"

static kpi_status
check(kpi_calendar *ours, const kpi_calendar *theirs, kpi_error *error)
{
	kpi_error why = KPI_ERROR_INIT;
	kpi_status status = kpi__sized_read(ours, sizeof(*ours), theirs,
	    KPI__SIZE_TO(kpi_calendar, reserved), NULL);

	if (status != KPI_OK)
		return kpi__fail(error, status,
		    "the calendar has no size that is understood");
	status = kpi__ledger_check_text(&ours->queue, "queue", error);
	if (status == KPI_OK)
		status = kpi__ledger_check_text(
		    &ours->time_zone, "time_zone", error);
	if (status != KPI_OK)
		return status;
	if (ours->reserved != NULL)
		return kpi__fail_at(error, KPI_EINVAL, "reserved",
		    "the calendar has a member that is not understood");
	if (ours->time_zone == NULL)
		ours->time_zone = "UTC";
	if (kpi__zone_check_name(ours->time_zone, &why) != KPI_OK)
		return kpi__fail_at(
		    error, KPI_EINVAL, "time_zone", "%s", why.text);
	if (ours->hours != NULL && *ours->hours == '\0')
		ours->hours = NULL;
	return KPI_OK;
}

static kpi_status
too_long(kpi_error *error)
{
	return kpi__fail_at(error, KPI_EINVAL, "hours",
	    "the hours are longer than %d bytes", KPI_HOURS_MAX);
}

/* The canonical text of hours, with its NUL. */
static kpi_status
put_hours(kpi__buffer *out, const char *text, kpi_error *error)
{
	const char *end = memchr(text, '\0', KPI_HOURS_MAX + 1);
	kpi__hours *hours;
	kpi_status status;

	if (end == NULL)
		return too_long(error);
	status = kpi__hours_parse(
	    &hours, text, (size_t)(end - text), out->allocator, error);
	if (status != KPI_OK)
		return status;
	kpi__hours_text(hours, out);
	kpi__buffer_put_byte(out, 0);
	kpi__hours_free(hours);
	if (out->status != KPI_OK)
		return kpi__fail(
		    error, out->status, "no memory for business hours");
	return out->size <= KPI_HOURS_MAX + 1 ? KPI_OK : too_long(error);
}

static kpi_status
add(kpi_store *store, kpi_calendar *ours, kpi_error *error)
{
	kpi__ledger_entry entry;
	kpi__buffer hours, out;
	kpi_status status = KPI_OK;

	kpi__buffer_init(&hours, &store->allocator);
	if (ours->hours != NULL) {
		status = put_hours(&hours, ours->hours, error);
		ours->hours = (const char *)hours.bytes;
	}
	if (status == KPI_OK) {
		kpi__buffer_init(&out, &store->allocator);
		kpi__calendar_put(&out, &entry, ours);
		status = kpi__ledger_write(store, &out, &entry, error);
	}
	kpi__buffer_free(&hours);
	return status;
}

kpi_status
kpi_store_add_calendar(
    kpi_store *store, const kpi_calendar *calendar, kpi_error *error)
{
	kpi_calendar ours;
	kpi_status status;

	if (store == NULL)
		return kpi__fail(error, KPI_EINVAL, "there is no store");
	status = check(&ours, calendar, error);
	return status == KPI_OK ? add(store, &ours, error) : status;
}

static int
compare(const void *a, const void *b, const void *unused)
{
	kpi_calendar x, y;

	(void)unused;
	kpi__calendar_read(*(const kpi__ledger_entry *const *)a, &x);
	kpi__calendar_read(*(const kpi__ledger_entry *const *)b, &y);
	return kpi__ledger_compare_texts(x.queue, y.queue);
}

struct listener {
	int (*each)(void *ctx, const kpi_calendar *calendar);
	void *ctx;
};

static int
show(void *ctx, const kpi__ledger_entry *entry)
{
	const struct listener *const to = ctx;
	kpi_calendar calendar;

	kpi__calendar_read(entry, &calendar);
	return to->each(to->ctx, &calendar);
}

kpi_status
kpi_store_calendars(kpi_store *store,
    int (*each)(void *ctx, const kpi_calendar *calendar), void *ctx,
    kpi_error *error)
{
	struct listener to = { each, ctx };

	if (store == NULL || each == NULL)
		return kpi__fail(
		    error, KPI_EINVAL, "a store and a function are needed");
	return kpi__ledger_list(
	    store, KPI__LEDGER_CALENDAR, compare, show, &to, error);
}
