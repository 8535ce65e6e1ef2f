/* SPDX-License-Identifier: MIT */
#include "time/rule.h"

#include "time/calendar.h"

struct text {
	const char *at, *end;
};

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int
is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static int
take(struct text *t, char c)
{
	if (t->at == t->end || *t->at != c)
		return 0;
	t->at++;
	return 1;
}

/* A number of one to three digits, least..most; 0 if there is none. */
static int
take_number(struct text *t, int32_t least, int32_t most, int32_t *out)
{
	const char *const from = t->at;
	int32_t value = 0;

	while (t->at < t->end && is_digit(*t->at) && t->at - from < 3)
		value = 10 * value + (*t->at++ - '0');
	*out = value;
	return t->at > from && value >= least && value <= most;
}

/* Three or more letters, or <letters, digits and signs>. */
static int
take_name(struct text *t)
{
	const int quoted = take(t, '<');
	const char *const from = t->at;

	while (t->at < t->end &&
	    (is_letter(*t->at) ||
		(quoted &&
		    (is_digit(*t->at) || *t->at == '+' || *t->at == '-'))))
		t->at++;
	return t->at - from >= 3 && (!quoted || take(t, '>'));
}

/* [+-]hh[:mm[:ss]] in seconds. */
static int
take_time(struct text *t, int32_t most_hours, int32_t *out)
{
	const int minus = take(t, '-');
	int32_t hours, minutes = 0, seconds = 0;

	if (!minus)
		(void)take(t, '+');
	if (!take_number(t, 0, most_hours, &hours))
		return 0;
	if (take(t, ':')) {
		if (!take_number(t, 0, 59, &minutes))
			return 0;
		if (take(t, ':') && !take_number(t, 0, 59, &seconds))
			return 0;
	}
	*out = 3600 * hours + 60 * minutes + seconds;
	if (minus)
		*out = -*out;
	return 1;
}

static int
take_day(struct text *t, kpi__rule_day *out)
{
	int good;

	if (!take(t, ','))
		return 0;
	if (take(t, 'M')) {
		out->form = 'M';
		good = take_number(t, 1, 12, &out->month) && take(t, '.') &&
		    take_number(t, 1, 5, &out->week) && take(t, '.') &&
		    take_number(t, 0, 6, &out->day);
	} else if (take(t, 'J')) {
		out->form = 'J';
		good = take_number(t, 1, 365, &out->day);
	} else {
		out->form = 'N';
		good = take_number(t, 0, 365, &out->day);
	}
	out->time = 2 * 3600;
	return good && (!take(t, '/') || take_time(t, 167, &out->time));
}

kpi_status
kpi__rule_parse(kpi__rule *out, const char *text, size_t size)
{
	struct text t = { text, text + size };
	kpi__rule rule = { 0 };

	if (!take_name(&t) || !take_time(&t, 24, &rule.standard))
		return KPI_EPARSE;
	rule.standard = -rule.standard; /* POSIX counts to the west */
	if (t.at < t.end) {
		rule.has_summer = 1;
		rule.summer = rule.standard + 3600;
		if (!take_name(&t))
			return KPI_EPARSE;
		if (t.at < t.end && *t.at != ',') {
			if (!take_time(&t, 24, &rule.summer))
				return KPI_EPARSE;
			rule.summer = -rule.summer;
		}
		if (!take_day(&t, &rule.begin) || !take_day(&t, &rule.end))
			return KPI_EPARSE;
	}
	if (t.at != t.end)
		return KPI_EPARSE;
	*out = rule;
	return KPI_OK;
}

/* The `week`th weekday (5: the last) of a month; weekday 0 is Sunday. */
static int64_t
weekday_of_month(const kpi__rule_day *d, int32_t year)
{
	const int64_t first = kpi__day_of(year, d->month, 1);
	const int32_t length = kpi__month_length(year, d->month);
	int32_t skip = (d->day - kpi__weekday_of(first) + 7) % 7;

	skip += 7 * (d->week - 1);
	if (skip >= length)
		skip -= 7;
	return first + skip;
}

/* Seconds from 1970 on the wall clock. */
static int64_t
wall_time(const kpi__rule_day *d, int32_t year)
{
	int64_t day;

	switch (d->form) {
	case 'M':
		day = weekday_of_month(d, year);
		break;
	case 'J':
		day = kpi__day_of(year, 1, d->day);
		if (d->day > 59)
			day = kpi__day_of(year, 3, d->day - 59);
		break;
	default:
		day = kpi__day_of(year, 1, d->day + 1);
		break;
	}
	return day * 86400 + d->time;
}

int64_t
kpi__rule_begin(const kpi__rule *rule, int32_t year)
{
	return wall_time(&rule->begin, year) - rule->standard;
}

int64_t
kpi__rule_end(const kpi__rule *rule, int32_t year)
{
	return wall_time(&rule->end, year) - rule->summer;
}
