/* SPDX-License-Identifier: MIT */
#include "ingest/csv_number.h"

#include <string.h>

#include "base/bytes.h"

#define MOST_WHOLE    INT64_C(1000000000000000) /* before it is scaled */
#define MOST_FRACTION 9                         /* digits that count */
#define SECOND        INT64_C(1000)
#define MINUTE        (60 * SECOND)
#define HOUR          (60 * MINUTE)

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The digits from *at on; 0 if there is none, or the number is too great. */
static int
take_whole(const char **at, const char *end, int64_t *out)
{
	const char *const first = *at;
	int64_t value = 0;

	for (; *at < end && is_digit(**at); ++*at) {
		value = 10 * value + (**at - '0');
		if (value > MOST_WHOLE)
			return 0;
	}
	*out = value;
	return *at > first;
}

/* scale times 0.digits; *rest becomes what was left out. */
static int64_t
take_fraction(const char **at, const char *end, int64_t scale, int64_t *rest)
{
	int64_t digits = 0, weight = 1, product;
	int64_t lost = 0;

	for (int n = 0; *at < end && is_digit(**at); ++*at, n++) {
		if (n < MOST_FRACTION) {
			digits = 10 * digits + (**at - '0');
			weight *= 10;
		} else {
			lost |= **at - '0';
		}
	}
	product = digits * scale;
	*rest = product % weight | lost;
	return (product + weight / 2) / weight;
}

int
kpi__csv_scaled(const char *text, size_t size, int64_t scale, char separator,
    int exact, int64_t *out)
{
	const char *at = text, *const end = text + size;
	const int is_negative = size > 0 && *at == '-';
	int64_t whole, fraction = 0, rest = 0;

	if (size > 0 && (*at == '-' || *at == '+'))
		at++;
	/* .5 is a number, too */
	if (at + 1 < end && *at == '.' && is_digit(at[1]))
		whole = 0;
	else if (!take_whole(&at, end, &whole) || whole > INT64_MAX / 2 / scale)
		return 0;
	if (at + 1 < end && is_digit(at[1]) &&
	    (*at == '.' || (*at == ',' && separator == ';'))) {
		at++;
		fraction = take_fraction(&at, end, scale, &rest);
	}
	if (at != end || (exact && rest != 0))
		return 0;
	whole = whole * scale + fraction;
	*out = is_negative ? -whole : whole;
	return 1;
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Eight digits, the first one lowest, as a number: in pairs, fours, eights. */
static uint64_t
add_up(uint64_t digits)
{
	digits = digits * 10 + (digits >> 8);
	digits = (digits & UINT64_C(0x000000ff000000ff)) *
		UINT64_C(0x000f424000000064) +
	    (digits >> 16 & UINT64_C(0x000000ff000000ff)) *
		UINT64_C(0x0000271000000001);
	return digits >> 32;
}

/* Eight bytes at a time, and what is left one by one: a number of milliseconds
 * has 13 digits. */
int
kpi__csv_digits(const char *text, size_t size, int64_t *out)
{
	uint64_t value = 0;
	unsigned other = 0;

	if (size - 1 >= 15)
		return 0;
	if (size >= 8) {
		const uint64_t word = kpi__get64(text);
		const uint64_t digits = word ^ EACH('0');

		if (((digits | (digits + EACH(0x76))) & EACH(0x80)) != 0)
			return 0;
		value = add_up(digits);
		text += 8;
		size -= 8;
	}
	for (; size > 0; size--, text++) {
		const unsigned digit = (unsigned char)*text - (unsigned)'0';

		other |= digit > 9;
		value = 10 * value + digit;
	}
	if (other)
		return 0;
	*out = (int64_t)value;
	return 1;
}

int64_t
kpi__csv_time_unit(const char *word, size_t size)
{
	/* Not "m", which is as often a month. */
	static const struct {
		const char *word;
		int64_t ms;
	} units[] = { { "ms", 1 }, { "msec", 1 }, { "msecs", 1 },
		{ "millisecond", 1 }, { "milliseconds", 1 }, { "s", SECOND },
		{ "sec", SECOND }, { "secs", SECOND }, { "second", SECOND },
		{ "seconds", SECOND }, { "min", MINUTE }, { "mins", MINUTE },
		{ "minute", MINUTE }, { "minutes", MINUTE }, { "h", HOUR },
		{ "hr", HOUR }, { "hrs", HOUR }, { "hour", HOUR },
		{ "hours", HOUR }, { "d", 24 * HOUR }, { "day", 24 * HOUR },
		{ "days", 24 * HOUR } };

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		size_t n = 0;

		while (n < size && (word[n] | 0x20) == units[i].word[n])
			n++;
		if (n == size && units[i].word[n] == '\0')
			return units[i].ms;
	}
	return 0;
}

/* h:mm:ss, or what the form says of two numbers, with a fraction of s. */
static int
read_clock(
    const char *text, size_t size, const kpi__csv_form *form, int64_t *out)
{
	const char *at = text, *const end = text + size;
	int64_t part[3] = { 0, 0, 0 }, ms = 0, rest;
	int parts = 0;

	do {
		if (parts == 3 || !take_whole(&at, end, &part[parts++]))
			return 0;
	} while (at < end && *at == ':' && at++ < end);
	if (parts == 2 && form->kind == KPI__CSV_M_SS) {
		part[2] = part[1];
		part[1] = part[0];
		part[0] = 0;
	} else if (parts != 3 && form->kind != KPI__CSV_H_MM) {
		return 0;
	}
	if (at + 1 < end && *at == '.' && is_digit(at[1])) {
		at++;
		ms = take_fraction(&at, end, SECOND, &rest);
	}
	if (at != end || part[2] > 59 ||
	    (part[1] > 59 && form->kind != KPI__CSV_M_SS) ||
	    part[0] > INT64_MAX / 4 / HOUR || part[1] > INT64_MAX / 4 / MINUTE)
		return 0;
	*out = part[0] * HOUR + part[1] * MINUTE + part[2] * SECOND + ms;
	return 1;
}

int
kpi__csv_duration(const char *text, size_t size, const kpi__csv_form *form,
    char separator, int64_t *out)
{
	size_t number = size, word;
	int64_t unit = form->scale;

	if (memchr(text, ':', size) != NULL)
		return read_clock(text, size, form, out) ? 1
							 : KPI__CSV_NO_DURATION;
	while (number > 0 &&
	    ((text[number - 1] | 0x20) >= 'a' &&
		(text[number - 1] | 0x20) <= 'z'))
		number--;
	word = number;
	if (number < size)
		unit = kpi__csv_time_unit(text + word, size - word);
	else if (form->kind != KPI__CSV_SCALED)
		unit = 0;
	while (number > 0 && text[number - 1] == ' ')
		number--;
	if (unit == 0 && word == size &&
	    kpi__csv_scaled(text, number, 1, separator, 0, &unit))
		return KPI__CSV_NO_UNIT;
	if (unit == 0 ||
	    !kpi__csv_scaled(text, number, unit, separator, 0, out))
		return KPI__CSV_NO_DURATION;
	return 1;
}
