/* SPDX-License-Identifier: MIT */
/*
 * calendar.h - the business hours of queues.
 */
#ifndef KPI_CALENDAR_H
#define KPI_CALENDAR_H

#include <kpi/base.h>
#include <kpi/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The longest text of business hours, in bytes. */
#define KPI_HOURS_MAX 8192

typedef struct kpi_calendar {
	uint64_t size;
	const char *queue;     /* unknown: of all queues that have no calendar
				  of their own, and of what is in no queue */
	const char *time_zone; /* of its clock, an IANA name; unknown: UTC */
	const char *hours;     /* "Mo-Fr 08:00-18:00"; unknown: none any more */
	const char *reserved;  /* NULL */
} kpi_calendar;

/* clang-format off */
#define KPI_CALENDAR_INIT { sizeof(kpi_calendar), 0, 0, 0, 0 }
/* clang-format on */

/*
 * Keeps the business hours of a queue, as kpi_store_add() keeps an
 * interaction; they replace those it had, and without `hours` it has none any
 * more. The time zone is read when a question asks for it. KPI_EPARSE: the
 * hours, with the column at fault and what was expected there. KPI_EINVAL
 * names the text that is too long or no UTF-8, or the zone that is no name.
 */
KPI_API kpi_status kpi_store_add_calendar(kpi_store *store,
    const kpi_calendar *calendar, kpi_error *error) KPI_MUST_CHECK;

/*
 * Hands each calendar to `each`, that of all queues first, then by queue, the
 * hours in their canonical form; non-zero from it ends the call with
 * KPI_ESTOPPED. The texts are valid in the call.
 */
KPI_API kpi_status kpi_store_calendars(kpi_store *store,
    int (*each)(void *ctx, const kpi_calendar *calendar), void *ctx,
    kpi_error *error) KPI_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
