/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "time/hours_rules.h"

static void
put_number(kpi__buffer *out, int32_t number, int digits)
{
	char text[16];

	(void)snprintf(text, sizeof(text), "%0*d", digits, (int)number);
	kpi__buffer_put_string(out, text);
}

static void
put_month(kpi__buffer *out, int32_t year, int32_t month)
{
	if (year != 0) {
		put_number(out, year, 4);
		kpi__buffer_put_byte(out, ' ');
	}
	kpi__buffer_put_string(out, kpi__month_names[month]);
}

static void
put_day(kpi__buffer *out, int32_t day)
{
	kpi__buffer_put_byte(out, ' ');
	put_number(out, day, 1);
}

static void
put_dates(kpi__buffer *out, const kpi__hours_dates *d)
{
	const int whole = d->begin.day == 1 &&
	    d->end.day == kpi__hours_month_end(d->end.year, d->end.month);
	const int one_month = d->begin.year == d->end.year &&
	    d->begin.month == d->end.month && d->begin.day <= d->end.day;

	put_month(out, d->begin.year, d->begin.month);
	if (!whole)
		put_day(out, d->begin.day);
	if (one_month) {
		if (!whole && d->end.day != d->begin.day) {
			kpi__buffer_put_byte(out, '-');
			put_number(out, d->end.day, 1);
		}
		return;
	}
	kpi__buffer_put_byte(out, '-');
	put_month(
	    out, d->end.year == d->begin.year ? 0 : d->end.year, d->end.month);
	if (!whole)
		put_day(out, d->end.day);
}

static int
has_weekday(uint32_t weekdays, int32_t day)
{
	return weekdays >> ((day + 6) % 7) & 1;
}

/* Runs, of which one may go on from Sunday to Monday, by their first day. */
static void
put_weekdays(kpi__buffer *out, uint32_t weekdays)
{
	int any = 0;

	for (int32_t first = 1; first <= 7; first++) {
		int32_t last = first;

		if (!has_weekday(weekdays, first) ||
		    has_weekday(weekdays, first - 1))
			continue;
		while (has_weekday(weekdays, last + 1))
			last++;
		if (any)
			kpi__buffer_put_byte(out, ',');
		kpi__buffer_put_string(out, kpi__weekday_names[first]);
		if (last > first) {
			kpi__buffer_put_byte(out, '-');
			kpi__buffer_put_string(
			    out, kpi__weekday_names[(last - 1) % 7 + 1]);
		}
		any = 1;
	}
}

static void
put_time(kpi__buffer *out, int32_t minutes)
{
	put_number(out, minutes / 60, 2);
	kpi__buffer_put_byte(out, ':');
	put_number(out, minutes % 60, 2);
}

/* What goes on into the next day ends by that day's clock, unless it is then
 * later than it began. */
static void
put_span(kpi__buffer *out, kpi__open_span span)
{
	const int32_t next = span.until - KPI__MINUTES_A_DAY;

	put_time(out, span.begin);
	kpi__buffer_put_byte(out, '-');
	put_time(out, next > 0 && next < span.begin ? next : span.until);
}

static void
put_rule(kpi__buffer *out, const kpi__hours *h, const kpi__hours_rule *rule)
{
	const kpi__open_span *spans = h->spans + rule->spans;
	const int all_days = rule->weekdays == KPI__EVERY_WEEKDAY;

	if (rule->date_count == 0 && all_days && rule->span_count == 1 &&
	    spans[0].begin == 0 && spans[0].until == KPI__MINUTES_A_DAY) {
		kpi__buffer_put_string(out, "24/7");
		return;
	}
	for (size_t i = 0; i < rule->date_count; i++) {
		if (i > 0)
			kpi__buffer_put_byte(out, ',');
		put_dates(out, &h->dates[rule->dates + i]);
	}
	if (rule->date_count > 0)
		kpi__buffer_put_byte(out, ' ');
	if (!all_days) {
		put_weekdays(out, rule->weekdays);
		kpi__buffer_put_byte(out, ' ');
	}
	if (rule->span_count == 0)
		kpi__buffer_put_string(out, "off");
	for (size_t i = 0; i < rule->span_count; i++) {
		if (i > 0)
			kpi__buffer_put_byte(out, ',');
		put_span(out, spans[i]);
	}
}

void
kpi__hours_text(const kpi__hours *h, kpi__buffer *out)
{
	for (size_t i = 0; i < h->rule_count; i++) {
		if (i > 0)
			kpi__buffer_put_string(out, "; ");
		put_rule(out, h, &h->rules[i]);
	}
}
