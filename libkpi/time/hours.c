/* SPDX-License-Identifier: MIT */
#include "base/memory.h"
#include "time/hours_rules.h"

const char kpi__weekday_names[8][3] = { "", "Mo", "Tu", "We", "Th", "Fr", "Sa",
	"Su" };
const char kpi__month_names[13][4] = { "", "Jan", "Feb", "Mar", "Apr", "May",
	"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

int32_t
kpi__hours_month_end(int32_t year, int32_t month)
{
	return kpi__month_length(year == 0 ? 2000 : year, month);
}

void
kpi__hours_free(kpi__hours *h)
{
	kpi_allocator a;

	if (h == NULL)
		return;
	a = h->allocator;
	kpi__release(&a, h->rules, h->rule_room, sizeof(*h->rules));
	kpi__release(&a, h->dates, h->date_room, sizeof(*h->dates));
	kpi__release(&a, h->spans, h->span_room, sizeof(*h->spans));
	kpi__release(&a, h, 1, sizeof(*h));
}

/* Dates in their order. */
static int32_t
place_of(kpi__date date)
{
	return (date.year * 16 + date.month) * 32 + date.day;
}

static int
is_among(const kpi__hours_dates *d, kpi__date date)
{
	const int32_t begin = place_of(d->begin), end = place_of(d->end);
	int32_t at;

	if (d->begin.year == 0)
		date.year = 0;
	at = place_of(date);
	return begin <= end ? at >= begin && at <= end
			    : at >= begin || at <= end;
}

static int
names(const kpi__hours *h, const kpi__hours_rule *rule, kpi__date date,
    int32_t weekday)
{
	const kpi__hours_dates *dates = h->dates + rule->dates;

	if ((rule->weekdays >> (weekday - 1) & 1) == 0)
		return 0;
	if (rule->date_count == 0)
		return 1;
	for (size_t i = 0; i < rule->date_count; i++)
		if (is_among(&dates[i], date))
			return 1;
	return 0;
}

size_t
kpi__hours_of_day(
    const kpi__hours *h, int64_t day, const kpi__open_span **spans)
{
	const kpi__date date = kpi__date_of(day);
	const int32_t weekday = kpi__weekday_of(day);

	*spans = NULL;
	for (size_t i = h->rule_count; i-- > 0;) {
		const kpi__hours_rule *rule = &h->rules[i];

		if (!names(h, rule, date, weekday))
			continue;
		if (rule->span_count > 0)
			*spans = h->spans + rule->spans;
		return rule->span_count;
	}
	return 0;
}
