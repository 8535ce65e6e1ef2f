/* SPDX-License-Identifier: MIT */
#include "ingest/csv_time.h"

#include <string.h>

#include "base/error.h"
#include "time/calendar.h"
#include "time/instant.h"

#define NONE (-1)

struct reading {
	const char *at, *end;
	int32_t year, month, day, hour, half_hour, minute, second, ms;
	int32_t half; /* 0 AM, 1 PM */
	int32_t offset;
	int has_offset;
};

static const char *
longer_form(char conversion)
{
	switch (conversion) {
	case 'F':
		return "%Y-%m-%d";
	case 'T':
		return "%H:%M:%S";
	case 'R':
		return "%H:%M";
	case 'D':
		return "%m/%d/%y";
	default:
		return NULL;
	}
}

static int
is_digit(const struct reading *r)
{
	return r->at < r->end && *r->at >= '0' && *r->at <= '9';
}

static int
take_number(
    struct reading *r, int digits, int32_t least, int32_t most, int32_t *out)
{
	int32_t value = 0;
	int taken = 0;

	for (; taken < digits && is_digit(r); taken++)
		value = 10 * value + (*r->at++ - '0');
	*out = value;
	return taken > 0 && value >= least && value <= most;
}

static int
take_fraction(struct reading *r)
{
	int32_t weight = 100;
	int taken = 0;

	r->ms = 0;
	for (; is_digit(r); r->at++, taken++, weight /= 10)
		r->ms += weight * (*r->at - '0');
	return taken > 0;
}

/* One of the words, whole or its first three letters; its number from 1. */
static int
take_word(struct reading *r, const char *const *words, int count, int32_t *out)
{
	size_t size = 0;

	while (r->at + size < r->end && (r->at[size] | 0x20) >= 'a' &&
	    (r->at[size] | 0x20) <= 'z')
		size++;
	for (int i = 0; i < count; i++) {
		const size_t whole = strlen(words[i]);
		size_t same = 0;

		while (same < size && same < whole &&
		    (r->at[same] | 0x20) == words[i][same])
			same++;
		if (same == size && (size == whole || size == 3)) {
			r->at += size;
			*out = i + 1;
			return 1;
		}
	}
	return 0;
}

static int
take_month(struct reading *r)
{
	static const char *const months[] = { "january", "february", "march",
		"april", "may", "june", "july", "august", "september",
		"october", "november", "december" };

	return take_word(r, months, 12, &r->month);
}

static int
take_weekday(struct reading *r)
{
	static const char *const days[] = { "monday", "tuesday", "wednesday",
		"thursday", "friday", "saturday", "sunday" };
	int32_t day;

	return take_word(r, days, 7, &day);
}

static int
take_half(struct reading *r)
{
	if (r->end - r->at < 2 || (r->at[1] | 0x20) != 'm')
		return 0;
	if ((r->at[0] | 0x20) != 'a' && (r->at[0] | 0x20) != 'p')
		return 0;
	r->half = (r->at[0] | 0x20) == 'p';
	r->at += 2;
	return 1;
}

static int
take_offset(struct reading *r)
{
	int32_t hours, minutes, sign = 1;

	r->has_offset = 1;
	r->offset = 0;
	if (r->at < r->end && *r->at == 'Z') {
		r->at++;
		return 1;
	}
	if (r->at == r->end || (*r->at != '+' && *r->at != '-'))
		return 0;
	sign = *r->at++ == '-' ? -1 : 1;
	if (!take_number(r, 2, 0, 25, &hours))
		return 0;
	if (r->at < r->end && *r->at == ':')
		r->at++;
	if (!take_number(r, 2, 0, 59, &minutes))
		return 0;
	r->offset = sign * (hours * 60 + minutes) * 60;
	return 1;
}

static int
take_short_year(struct reading *r)
{
	if (!take_number(r, 2, 0, 99, &r->year))
		return 0;
	r->year += r->year < 69 ? 2000 : 1900;
	return 1;
}

static int
take_one(struct reading *r, char conversion)
{
	switch (conversion) {
	case 'Y':
		return take_number(r, 4, 1, 9999, &r->year);
	case 'y':
		return take_short_year(r);
	case 'm':
		return take_number(r, 2, 1, 12, &r->month);
	case 'd':
	case 'e':
		return take_number(r, 2, 1, 31, &r->day);
	case 'b':
	case 'B':
	case 'h':
		return take_month(r);
	case 'H':
		return take_number(r, 2, 0, 23, &r->hour);
	case 'I':
		return take_number(r, 2, 1, 12, &r->half_hour);
	case 'M':
		return take_number(r, 2, 0, 59, &r->minute);
	case 'S':
		return take_number(r, 2, 0, 59, &r->second);
	case 'f':
		return take_fraction(r);
	case 'p':
		return take_half(r);
	case 'z':
		return take_offset(r);
	case 'a':
	case 'A':
		return take_weekday(r);
	default:
		return 0;
	}
}

static void
pass_blanks(struct reading *r)
{
	while (r->at < r->end && *r->at == ' ')
		r->at++;
}

static int
take_literal(struct reading *r, char c)
{
	if (r->at == r->end || *r->at != c)
		return 0;
	r->at++;
	return 1;
}

static int
take(struct reading *r, const char *pattern)
{
	for (; *pattern != '\0'; pattern++) {
		int took;

		if (*pattern == ' ') {
			pass_blanks(r);
			continue;
		}
		if (*pattern != '%') {
			took = take_literal(r, *pattern);
		} else if (*++pattern == '%') {
			took = take_literal(r, '%');
		} else {
			const char *const longer = longer_form(*pattern);

			/* a blank before a number pads it: "%e" */
			pass_blanks(r);
			took = longer != NULL ? take(r, longer)
					      : take_one(r, *pattern);
		}
		if (!took)
			return 0;
	}
	return 1;
}

static int
to_instant(const struct reading *r, const kpi__zone *zone, int64_t *out)
{
	int32_t hour = r->hour == NONE ? 0 : r->hour;
	int64_t local, utc;

	if (r->day > kpi__month_length(r->year, r->month))
		return 0;
	if (r->half_hour != NONE)
		hour = r->half_hour % 12 + 12 * r->half;
	local = kpi__day_of(r->year, r->month, r->day) * KPI__DAY_MS +
	    ((hour * 60 + r->minute) * 60 + r->second) * INT64_C(1000) + r->ms;
	utc = r->has_offset ? local - r->offset * INT64_C(1000)
			    : kpi__zone_to_utc(zone, local, KPI__FIRST_TIME);
	if (utc < KPI__TIME_FIRST || utc > KPI__TIME_LAST)
		return 0;
	*out = utc;
	return 1;
}

int
kpi__csv_pattern_read(const char *pattern, const char *text, size_t size,
    const kpi__zone *zone, int64_t *out, int *is_local)
{
	struct reading r = { .at = text,
		.end = text + size,
		.hour = NONE,
		.half_hour = NONE,
		.half = NONE };

	if (!take(&r, pattern) || r.at != r.end || !to_instant(&r, zone, out))
		return 0;
	if (!r.has_offset)
		*is_local = 1;
	return 1;
}

int
kpi__csv_iso_read(const char *text, size_t size, const kpi__zone *zone,
    int64_t *out, int *is_local)
{
	/* of a date and a time the only signs behind the date are an offset's
	 */
	static const size_t date = sizeof("2026-10-01") - 1;

	if (kpi__parse_instant(text, size, zone, out) != KPI_OK)
		return 0;
	if (size <= date ||
	    (text[size - 1] != 'Z' &&
		memchr(text + date, '+', size - date) == NULL &&
		memchr(text + date, '-', size - date) == NULL))
		*is_local = 1;
	return 1;
}

#define DATE       (1 | 2 | 4) /* year, month, day */
#define HALF_HOURS 8
#define HALF       16

/* What the pattern has of the above. */
static kpi_status
gather(const char *pattern, unsigned *said, kpi_error *error)
{
	kpi_status status = KPI_OK;

	for (; *pattern != '\0' && status == KPI_OK; pattern++) {
		if (*pattern != '%')
			continue;
		pattern++;
		if (longer_form(*pattern) != NULL)
			status = gather(longer_form(*pattern), said, error);
		else if (*pattern == '\0' ||
		    strchr("YymdebBhHIMSfpzaA%", *pattern) == NULL)
			return kpi__fail_at(error, KPI_EINVAL, "map",
			    "a pattern of times has no %%%.1s; expected are "
			    "those of %%Y-%%m-%%d %%H:%%M:%%S, and %%y %%e "
			    "%%b %%I %%p %%f %%z %%a %%F %%T",
			    pattern);
		else if (strchr("Yy", *pattern) != NULL)
			*said |= 1;
		else if (strchr("mbBh", *pattern) != NULL)
			*said |= 2;
		else if (strchr("de", *pattern) != NULL)
			*said |= 4;
		else if (*pattern == 'I')
			*said |= 8;
		else if (*pattern == 'p')
			*said |= 16;
		if (*pattern == '\0')
			break;
	}
	return status;
}

kpi_status
kpi__csv_pattern_check(const char *pattern, kpi_error *error)
{
	unsigned said = 0;
	const kpi_status status = gather(pattern, &said, error);

	if (status != KPI_OK)
		return status;
	if ((said & DATE) != DATE)
		return kpi__fail_at(error, KPI_EINVAL, "map",
		    "a pattern of times is expected to have year, month and "
		    "day");
	if ((said & HALF_HOURS) != 0 && (said & HALF) == 0)
		return kpi__fail_at(error, KPI_EINVAL, "map",
		    "%%I in a pattern of times is expected to have %%p, AM or "
		    "PM, with it");
	return KPI_OK;
}
