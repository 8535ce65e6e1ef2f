/* SPDX-License-Identifier: MIT */
#include "store/calendar.h"

void
kpi__calendar_put(
    kpi__buffer *out, kpi__ledger_entry *entry, const kpi_calendar *calendar)
{
	kpi__ledger_put_text(out, calendar->queue);
	entry->kind = KPI__LEDGER_CALENDAR;
	entry->key_size = (uint32_t)out->size;
	if (calendar->hours != NULL) {
		kpi__ledger_put_text(out, calendar->time_zone);
		kpi__ledger_put_text(out, calendar->hours);
	}
	entry->size = (uint32_t)out->size;
	entry->bytes = out->bytes;
}

static int
read(const kpi__ledger_entry *entry, kpi_calendar *to)
{
	const kpi_calendar blank = KPI_CALENDAR_INIT;
	kpi__reader key, body;

	*to = blank;
	kpi__ledger_read(entry, &key, &body);
	to->queue = kpi__ledger_read_text(&key, KPI_TEXT_MAX);
	if (!kpi__ledger_is_none(entry)) {
		to->time_zone = kpi__ledger_read_text(&body, KPI_TEXT_MAX);
		to->hours = kpi__ledger_read_text(&body, KPI_HOURS_MAX);
	}
	return kpi__ledger_was_read(&key) && kpi__ledger_was_read(&body);
}

void
kpi__calendar_read(const kpi__ledger_entry *entry, kpi_calendar *calendar)
{
	(void)read(entry, calendar);
}

int
kpi__calendar_is_whole(const kpi__ledger_entry *entry)
{
	kpi_calendar is;

	return read(entry, &is) &&
	    (kpi__ledger_is_none(entry) ||
		(is.time_zone != NULL && is.hours != NULL));
}
