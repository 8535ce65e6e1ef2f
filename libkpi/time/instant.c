/* SPDX-License-Identifier: MIT */
#include "time/instant.h"

#include "time/calendar.h"

/* At least so many digits. */
static char *
put_number(char *to, int digits, int32_t value)
{
	int32_t unit = 1;

	while (--digits > 0 || value / unit > 9)
		unit *= 10;
	for (; unit > 0; unit /= 10)
		*to++ = (char)('0' + value / unit % 10);
	return to;
}

static char *
put_after(char *to, char before, int digits, int32_t value)
{
	*to = before;
	return put_number(to + 1, digits, value);
}

static char *
put_offset(char *to, int32_t offset)
{
	const int32_t away = offset < 0 ? -offset : offset;

	to = put_after(to, offset < 0 ? '-' : '+', 2, away / 3600);
	to = put_after(to, ':', 2, away / 60 % 60);
	return away % 60 == 0 ? to : put_after(to, ':', 2, away % 60);
}

void
kpi__format_instant(
    char out[KPI__INSTANT_SIZE], const kpi__zone *zone, int64_t utc_ms)
{
	int64_t local, day;
	int32_t offset, ms;
	kpi__date d;

	if (utc_ms < KPI__TIME_FIRST)
		utc_ms = KPI__TIME_FIRST;
	if (utc_ms > KPI__TIME_LAST)
		utc_ms = KPI__TIME_LAST;
	offset = kpi__zone_offset(zone, utc_ms);
	local = utc_ms + offset * INT64_C(1000);
	day = kpi__floor_div(local, KPI__DAY_MS);
	ms = (int32_t)(local - day * KPI__DAY_MS);
	d = kpi__date_of(day);

	out = put_number(out, 4, d.year);
	out = put_after(out, '-', 2, d.month);
	out = put_after(out, '-', 2, d.day);
	out = put_after(out, 'T', 2, ms / 3600000);
	out = put_after(out, ':', 2, ms / 60000 % 60);
	out = put_after(out, ':', 2, ms / 1000 % 60);
	if (ms % 1000 != 0)
		out = put_after(out, '.', 3, ms % 1000);
	out = put_offset(out, offset);
	*out = '\0';
}

struct text {
	const char *at, *end;
};

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int
take(struct text *t, char c)
{
	if (t->at == t->end || *t->at != c)
		return 0;
	t->at++;
	return 1;
}

/* Just so many digits, least..most. */
static int
take_number(
    struct text *t, int digits, int32_t least, int32_t most, int32_t *out)
{
	int32_t value = 0;

	for (int i = 0; i < digits; i++) {
		if (t->at == t->end || !is_digit(*t->at))
			return 0;
		value = 10 * value + (*t->at++ - '0');
	}
	*out = value;
	return value >= least && value <= most;
}

static int
take_date(struct text *t, int64_t *day)
{
	int32_t year, month, of_month;

	if (!take_number(t, 4, 0, 9999, &year) || !take(t, '-') ||
	    !take_number(t, 2, 1, 12, &month) || !take(t, '-') ||
	    !take_number(t, 2, 1, kpi__month_length(year, month), &of_month))
		return 0;
	*day = kpi__day_of(year, month, of_month);
	return 1;
}

int
kpi__is_no_day(const char *text, size_t size)
{
	struct text t = { text, text + size };
	struct text again = t;
	int32_t year, month, of_month;
	int64_t day;

	return take_number(&t, 4, 0, 9999, &year) && take(&t, '-') &&
	    take_number(&t, 2, 0, 99, &month) && take(&t, '-') &&
	    take_number(&t, 2, 0, 99, &of_month) && !take_date(&again, &day);
}

static int
take_fraction(struct text *t, int32_t *ms)
{
	int32_t weight = 100;
	int digits = 0;

	for (; t->at < t->end && is_digit(*t->at); t->at++, digits++) {
		*ms += weight * (*t->at - '0');
		weight /= 10;
	}
	return digits >= 1 && digits <= 9;
}

/* HH:MM[:SS[.digits]] in milliseconds. */
static int
take_clock(struct text *t, int32_t *out)
{
	int32_t h, m, s = 0, ms = 0;

	if (!take_number(t, 2, 0, 23, &h) || !take(t, ':') ||
	    !take_number(t, 2, 0, 59, &m))
		return 0;
	if (take(t, ':')) {
		if (!take_number(t, 2, 0, 59, &s))
			return 0;
		if (take(t, '.') && !take_fraction(t, &ms))
			return 0;
	}
	*out = ((h * 60 + m) * 60 + s) * 1000 + ms;
	return 1;
}

/* Z, or HH:MM[:SS] or HHMM after a sign, in seconds. */
static int
take_offset(struct text *t, int32_t *out)
{
	int32_t h, m, s = 0, sign = 1;

	*out = 0;
	if (take(t, 'Z'))
		return 1;
	if (take(t, '-'))
		sign = -1;
	else if (!take(t, '+'))
		return 0;
	if (!take_number(t, 2, 0, 25, &h))
		return 0;
	if (take(t, ':')) {
		if (!take_number(t, 2, 0, 59, &m) ||
		    (take(t, ':') && !take_number(t, 2, 0, 59, &s)))
			return 0;
	} else if (!take_number(t, 2, 0, 59, &m)) {
		return 0;
	}
	*out = sign * (h * 3600 + m * 60 + s);
	return 1;
}

kpi_status
kpi__parse_instant(
    const char *text, size_t size, const kpi__zone *zone, int64_t *out)
{
	struct text t = { text, text + size };
	int32_t clock = 0, offset;
	int64_t day, local, utc;

	if (!take_date(&t, &day))
		return KPI_EPARSE;
	if (t.at < t.end &&
	    ((!take(&t, 'T') && !take(&t, ' ')) || !take_clock(&t, &clock)))
		return KPI_EPARSE;
	local = day * KPI__DAY_MS + clock;
	if (t.at == t.end) {
		utc = kpi__zone_to_utc(zone, local, KPI__FIRST_TIME);
	} else {
		if (!take_offset(&t, &offset) || t.at != t.end)
			return KPI_EPARSE;
		utc = local - offset * INT64_C(1000);
	}
	if (utc < KPI__TIME_FIRST || utc > KPI__TIME_LAST)
		return KPI_EPARSE;
	*out = utc;
	return KPI_OK;
}
