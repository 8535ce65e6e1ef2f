/* SPDX-License-Identifier: MIT */
/* Dates of business hours: "Dec 25-26", "2026 Dec 24-2027 Jan 2", "Jul-Aug". */
#include <stdio.h>

#include "base/memory.h"
#include "time/hours_read.h"

typedef struct written {
	const char *place;
	int32_t year, month; /* 0: none */
	int32_t day;         /* -1: none */
} written;

/* What was meant by 2026-12-24, or 0800-1730, of which `place` is the first
 * of four digits that have been read. */
static kpi_status
wrong_year(const kpi__hours_reader *r, const char *place, int32_t year)
{
	kpi__hours_reader rest = *r;
	int32_t month, day;
	char right[64];

	if (!kpi__hours_take(&rest, '-'))
		return kpi__hours_wrong(
		    r, r->at, "a month after the year, as in 2026 Dec 24");
	if (kpi__hours_digits(&rest) == 4)
		return kpi__hours_wrong(r, place, "times as in 08:00-17:30");
	month = kpi__hours_number(&rest, 2);
	if (month >= 1 && month <= 12 && kpi__hours_take(&rest, '-') &&
	    (day = kpi__hours_number(&rest, 2)) >= 1) {
		(void)snprintf(right, sizeof(right), "the date as %04d %s %d",
		    (int)year, kpi__month_names[month], (int)day);
		return kpi__hours_wrong(r, place, right);
	}
	return kpi__hours_wrong(r, place, "a date as 2026 Dec 24");
}

static kpi_status
read_month(kpi__hours_reader *r, written *d)
{
	d->month = kpi__hours_word(
	    r, kpi__month_names[1], sizeof(kpi__month_names[1]), 12);
	if (d->month == 0)
		return kpi__hours_wrong(r, r->at, "a month, Jan to Dec");
	r->at += kpi__hours_letters(r);
	return KPI_OK;
}

/* Whether a day of a month is there: a number, and not of a time. */
static int
is_day(kpi__hours_reader *r)
{
	size_t digits;

	(void)kpi__hours_peek(r);
	digits = kpi__hours_digits(r);
	return digits >= 1 && digits <= 2 &&
	    (r->at + digits == r->end || r->at[digits] != ':');
}

static kpi_status
read_date(kpi__hours_reader *r, written *d)
{
	kpi_status status;

	(void)kpi__hours_peek(r);
	*d = (written){ r->at, 0, 0, -1 };
	if (kpi__hours_digits(r) == 4) {
		d->year = kpi__hours_number(r, 4);
		if (d->year == 0)
			return kpi__hours_wrong(
			    r, d->place, "a year from 0001 on");
		(void)kpi__hours_peek(r);
		if (kpi__hours_letters(r) == 0)
			return wrong_year(r, d->place, d->year);
	}
	if (d->year != 0 || kpi__hours_letters(r) > 0) {
		if ((status = read_month(r, d)) != KPI_OK)
			return status;
	} else if (!is_day(r)) {
		return kpi__hours_wrong(
		    r, r->at, "a date, as in Dec 24 or 2026 Dec 24");
	}
	if (is_day(r))
		d->day = kpi__hours_number(r, 2);
	return KPI_OK;
}

static kpi_status
check_day(const kpi__hours_reader *r, const written *d, kpi__date date)
{
	const int32_t last = kpi__hours_month_end(date.year, date.month);
	char right[64];

	if (date.day >= 1 && date.day <= last)
		return KPI_OK;
	(void)snprintf(right, sizeof(right), "a day of %s, 1 to %d",
	    kpi__month_names[date.month], (int)last);
	return kpi__hours_wrong(r, d->place, right);
}

static int
is_before(kpi__date a, kpi__date b)
{
	if (a.year != b.year)
		return a.year < b.year;
	return a.month != b.month ? a.month < b.month : a.day < b.day;
}

/* The end of a range, of which `range->begin` is known. */
static kpi_status
read_end(kpi__hours_reader *r, kpi__hours_dates *range)
{
	const kpi__date begin = range->begin;
	kpi_status status;
	kpi__date end;
	written d;

	if ((status = read_date(r, &d)) != KPI_OK)
		return status;
	end.year = d.year != 0 ? d.year : begin.year;
	end.month = d.month != 0 ? d.month : begin.month;
	end.day = d.day;
	if (begin.year == 0 && d.year != 0)
		return kpi__hours_wrong(
		    r, d.place, "no year here, or one at the beginning, too");
	if (d.day < 0)
		end.day = 31;
	if (begin.year != 0 && d.year == 0 && d.month != 0 &&
	    is_before(end, begin))
		end.year++;
	if (end.year > 9999)
		return kpi__hours_wrong(
		    r, d.place, "an end in the year 9999 or before");
	if (d.day < 0)
		end.day = kpi__hours_month_end(end.year, end.month);
	if ((status = check_day(r, &d, end)) != KPI_OK)
		return status;
	if (is_before(end, begin) && (end.year != 0 || d.month == 0))
		return kpi__hours_wrong(
		    r, d.place, "an end that is not before the beginning");
	range->end = end;
	return KPI_OK;
}

/* `before` is the range before in the list; all 0 for the first one. */
static kpi_status
read_range(kpi__hours_reader *r, kpi__date before, kpi__hours_dates *out)
{
	kpi__hours_dates range;
	kpi_status status;
	written d;

	if ((status = read_date(r, &d)) != KPI_OK)
		return status;
	if (d.month == 0 && before.month == 0)
		return kpi__hours_wrong(
		    r, d.place, "a month before the day, as in Dec 24");
	range.begin.year = d.year != 0 ? d.year : before.year;
	range.begin.month = d.month != 0 ? d.month : before.month;
	range.begin.day = d.day >= 0 ? d.day : 1;
	if ((status = check_day(r, &d, range.begin)) != KPI_OK)
		return status;
	range.end = range.begin;
	if (d.day < 0)
		range.end.day =
		    kpi__hours_month_end(range.begin.year, range.begin.month);
	if (kpi__hours_take(r, '-') && (status = read_end(r, &range)) != KPI_OK)
		return status;
	*out = range;
	return KPI_OK;
}

kpi_status
kpi__hours_read_dates(kpi__hours_reader *r, kpi__hours_rule *rule)
{
	kpi__hours *h = r->hours;
	kpi__hours_dates range = { { 0, 0, 0 }, { 0, 0, 0 } };
	kpi_status status;

	rule->dates = h->date_count;
	do {
		if ((status = read_range(r, range.end, &range)) != KPI_OK)
			return status;
		status = kpi__grow(&h->allocator, &h->dates, &h->date_room,
		    h->date_count + 1, sizeof(*h->dates));
		if (status != KPI_OK)
			return status;
		h->dates[h->date_count++] = range;
	} while (kpi__hours_take(r, ','));
	rule->date_count = h->date_count - rule->dates;
	return KPI_OK;
}
