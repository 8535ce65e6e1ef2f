/* SPDX-License-Identifier: MIT */
#include "naive_hours.h"

#include <stdio.h>
#include <string.h>

static const char *const weekdays[] = { "Mo", "Tu", "We", "Th", "Fr", "Sa",
	"Su" };
static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
	"Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

static int
below(uint64_t *seed, int most)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (int)((*seed >> 33) % (uint64_t)most);
}

static int
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
month_length(int year, int month)
{
	static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };

	return length[month - 1] + (month == 2 && is_leap(year));
}

/* The date of a day since 1970, by counting. */
static struct naive_date
date_of(int64_t day)
{
	struct naive_date d = { 1970, 1, 1 };

	while (day >= 365 + is_leap(d.year))
		day -= 365 + is_leap(d.year++);
	while (day >= month_length(d.year, d.month))
		day -= month_length(d.year, d.month++);
	d.day += (int)day;
	return d;
}

static int
same(struct naive_date a, struct naive_date b)
{
	return a.month == b.month && a.day == b.day &&
	    (a.year == b.year || a.year == 0 || b.year == 0);
}

static struct naive_date
next_day(struct naive_date d)
{
	if (d.day++ < month_length(d.year == 0 ? 2000 : d.year, d.month))
		return d;
	d.day = 1;
	if (d.month++ < 12)
		return d;
	d.month = 1;
	d.year += d.year != 0;
	return d;
}

static int
is_dated(const struct naive_rule *r, struct naive_date date)
{
	for (struct naive_date d = r->first;; d = next_day(d)) {
		if (same(d, date))
			return 1;
		if (same(d, r->last))
			return 0;
	}
}

static const struct naive_rule *
rule_of(const struct naive_hours *h, int64_t day)
{
	const struct naive_date date = date_of(day);
	const struct naive_rule *found = NULL;

	for (int i = 0; i < h->rules; i++) {
		const struct naive_rule *r = &h->rule[i];

		if ((r->weekdays >> (day + 3) % 7 & 1) != 0 &&
		    (!r->dated || is_dated(r, date)))
			found = r;
	}
	return found;
}

static int
has(const struct naive_rule *r, int64_t minute)
{
	for (int i = 0; r != NULL && i < r->spans; i++)
		if (minute >= r->begin[i] && minute < r->until[i])
			return 1;
	return 0;
}

int
naive_is_open(const struct naive_hours *h, int64_t minute)
{
	const int64_t day = minute / 1440;

	return has(rule_of(h, day), minute % 1440) ||
	    has(rule_of(h, day - 1), minute % 1440 + 1440);
}

static void
add(struct naive_hours *h, const char *text)
{
	(void)snprintf(h->text + strlen(h->text),
	    sizeof(h->text) - strlen(h->text), "%s", text);
}

static void
add_date(struct naive_hours *h, struct naive_date d)
{
	char text[32];

	if (d.year != 0) {
		(void)snprintf(text, sizeof(text), "%d ", d.year);
		add(h, text);
	}
	(void)snprintf(text, sizeof(text), "%s %d", months[d.month - 1], d.day);
	add(h, text);
}

static void
random_dates(
    struct naive_hours *h, struct naive_rule *r, uint64_t *seed, int year)
{
	struct naive_date d = { 0, 1 + below(seed, 12), 1 };

	if (below(seed, 2))
		d.year = year + below(seed, 3);
	d.day +=
	    below(seed, month_length(d.year == 0 ? 2000 : d.year, d.month));
	r->dated = 1;
	r->first = r->last = d;
	for (int n = below(seed, 3) == 0 ? 0 : below(seed, 120); n > 0; n--)
		r->last = next_day(r->last);
	add_date(h, r->first);
	if (!same(r->first, r->last) || r->first.year != r->last.year) {
		add(h, "-");
		add_date(h, r->last);
	}
	add(h, " ");
}

static void
random_weekdays(struct naive_hours *h, struct naive_rule *r, uint64_t *seed)
{
	for (int n = 1 + below(seed, 2); n > 0; n--) {
		int first = below(seed, 7);
		const int last = (first + below(seed, 7)) % 7;

		add(h, weekdays[first]);
		if (first != last) {
			add(h, "-");
			add(h, weekdays[last]);
		}
		for (; first != last; first = (first + 1) % 7)
			r->weekdays |= 1 << first;
		r->weekdays |= 1 << last;
		add(h, n > 1 ? "," : " ");
	}
}

static void
random_spans(struct naive_hours *h, struct naive_rule *r, uint64_t *seed)
{
	r->spans = 1 + below(seed, NAIVE_SPANS);
	for (int i = 0; i < r->spans; i++) {
		const int begin = below(seed, 96) * 15;
		const int until = begin + 1 + below(seed, 2880 - begin);
		const int next = until - 1440;
		const int shown =
		    next > 0 && next < begin && below(seed, 2) ? next : until;
		char text[32];

		r->begin[i] = begin;
		r->until[i] = until;
		(void)snprintf(text, sizeof(text), "%s%02d:%02d-%02d:%02d",
		    i > 0 ? "," : "", begin / 60, begin % 60, shown / 60,
		    shown % 60);
		add(h, text);
	}
}

void
naive_hours_random(struct naive_hours *h, uint64_t *seed, int year)
{
	memset(h, 0, sizeof(*h));
	h->rules = 1 + below(seed, NAIVE_RULES);
	for (int i = 0; i < h->rules; i++) {
		struct naive_rule *r = &h->rule[i];

		if (i > 0)
			add(h, below(seed, 2) ? "; " : ";");
		if (below(seed, 3) == 0)
			random_dates(h, r, seed, year);
		if (below(seed, 3) > 0)
			random_weekdays(h, r, seed);
		else
			r->weekdays = 127;
		if (below(seed, 4) > 0)
			random_spans(h, r, seed);
		else
			add(h, below(seed, 2) ? "off" : "closed");
	}
}
