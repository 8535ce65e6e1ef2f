/* SPDX-License-Identifier: MIT */
#include "base/number.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_DIGITS 17

/* digits[0].digits[1]... times 10^exponent. */
struct decimal {
	char digits[MOST_DIGITS + 1];
	int count, exponent;
};

/* Whatever the locale puts for the decimal point is passed over. */
static void
round_to(struct decimal *d, double x, int count)
{
	char text[64];
	const char *s = text;

	snprintf(text, sizeof(text), "%.*e", count - 1, x);
	d->count = 0;
	for (; *s != 'e'; s++)
		if (*s >= '0' && *s <= '9')
			d->digits[d->count++] = *s;
	d->exponent = (int)strtol(s + 1, NULL, 10);
	d->digits[d->count] = '\0';
}

/* As an integer with an exponent: no locale changes how that reads. */
static double
read_back(const struct decimal *d)
{
	char text[64];

	snprintf(text, sizeof(text), "%se%d", d->digits,
	    d->exponent - (d->count - 1));
	return strtod(text, NULL);
}

/* One more in the last digit, if that is no 9. */
static void
step_up(struct decimal *d)
{
	char *const last = &d->digits[d->count - 1];

	if (*last != '9')
		++*last;
}

/*
 * A decimal of up to 15 digits survives the way through a double, so 15
 * digits without their zeros are the shortest whenever they read back; below
 * DBL_MIN doubles have fewer. Just above a power of two doubles lie twice as
 * far apart as below: there the nearest 16 digits may read as the double
 * below, while the next ones up read right (2^-44).
 */
static void
shortest(struct decimal *d, double x)
{
	for (int n = x < DBL_MIN ? 1 : DBL_DIG; n < MOST_DIGITS; n++) {
		round_to(d, x, n);
		if (read_back(d) == x)
			return;
		step_up(d);
		if (read_back(d) == x)
			return;
	}
	round_to(d, x, MOST_DIGITS);
}

static void
strip_zeros(struct decimal *d)
{
	while (d->count > 1 && d->digits[d->count - 1] == '0')
		d->count--;
	d->digits[d->count] = '\0';
}

static char *
put(char *to, const char *from, int count)
{
	memcpy(to, from, (size_t)count);
	return to + count;
}

static char *
put_zeros(char *to, int count)
{
	memset(to, '0', (size_t)count);
	return to + count;
}

static char *
put_plain(char *to, const struct decimal *d)
{
	const int whole = d->exponent + 1;

	if (whole <= 0) {
		to = put_zeros(put(to, "0.", 2), -whole);
		return put(to, d->digits, d->count);
	}
	if (whole >= d->count) {
		to = put(to, d->digits, d->count);
		return put_zeros(to, whole - d->count);
	}
	to = put(put(to, d->digits, whole), ".", 1);
	return put(to, d->digits + whole, d->count - whole);
}

static char *
put_scientific(char *to, const struct decimal *d)
{
	char exponent[KPI__INT64_TEXT];

	*to++ = d->digits[0];
	if (d->count > 1)
		to = put(put(to, ".", 1), d->digits + 1, d->count - 1);
	*to++ = 'e';
	return put(to, exponent, (int)kpi__format_int64(exponent, d->exponent));
}

size_t
kpi__format_double(char out[KPI__DOUBLE_TEXT], double x)
{
	struct decimal d = { "0", 1, 0 };
	char *end = out;

	if (!isfinite(x)) {
		memcpy(out, "null", sizeof("null"));
		return sizeof("null") - 1;
	}
	if (signbit(x))
		*end++ = '-';
	if (x != 0)
		shortest(&d, fabs(x));
	strip_zeros(&d);
	if (d.exponent >= -4 && d.exponent < 16)
		end = put_plain(end, &d);
	else
		end = put_scientific(end, &d);
	*end = '\0';
	return (size_t)(end - out);
}

size_t
kpi__format_int64(char out[KPI__INT64_TEXT], int64_t value)
{
	uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
	char digits[KPI__INT64_TEXT];
	size_t start = sizeof(digits) - 1;

	digits[start] = '\0';
	do {
		digits[--start] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest != 0);
	if (value < 0)
		digits[--start] = '-';
	memcpy(out, digits + start, sizeof(digits) - start);
	return sizeof(digits) - 1 - start;
}

int
kpi__parse_int64(const char *text, size_t size, int64_t *out)
{
	const int negative = size > 0 && text[0] == '-';
	const uint64_t most = (uint64_t)INT64_MAX + (negative ? 1 : 0);
	uint64_t value = 0;
	size_t i = negative ? 1 : 0;

	if (i == size)
		return 1;
	for (; i < size; i++) {
		const unsigned digit = (unsigned)(unsigned char)text[i] - '0';

		if (digit > 9 || value > (most - digit) / 10)
			return 1;
		value = value * 10 + digit;
	}
	*out = (int64_t)(negative ? -value : value);
	return 0;
}
