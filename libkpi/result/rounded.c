/* SPDX-License-Identifier: MIT */
#include "result/rounded.h"

#include <math.h>

#include <kpi/result.h>

#include "base/number.h"

static void
put_int(kpi__buffer *b, int64_t value)
{
	char text[KPI__INT64_TEXT];

	(void)kpi__format_int64(text, value);
	kpi__buffer_put_string(b, text);
}

/* With that many decimals, halves away from zero; x is finite. */
static void
put_rounded(kpi__buffer *b, double x, unsigned decimals)
{
	static const int64_t powers[] = { 1, 10, 100, 1000 };
	const int64_t power = powers[decimals];
	const double scaled = round(fabs(x) * (double)power);
	char text[KPI__DOUBLE_TEXT];
	int64_t n;

	/* beyond 2^53 there are no decimals to round */
	if (!(scaled < 0x1p53)) {
		(void)kpi__format_double(text, x);
		kpi__buffer_put_string(b, text);
		return;
	}
	n = (int64_t)scaled;
	if (x < 0 && n > 0)
		kpi__buffer_put_byte(b, '-');
	put_int(b, n / power);
	if (decimals == 0)
		return;
	kpi__buffer_put_byte(b, '.');
	for (int64_t digit = power / 10; digit > 0; digit /= 10)
		kpi__buffer_put_byte(b, '0' + (unsigned)(n / digit % 10));
}

static int
is_short(double ms)
{
	return round(fabs(ms) / 100) < 600;
}

static void
put_two_digits(kpi__buffer *b, int64_t value)
{
	kpi__buffer_put_byte(b, ':');
	kpi__buffer_put_byte(b, '0' + (unsigned)(value / 10));
	kpi__buffer_put_byte(b, '0' + (unsigned)(value % 10));
}

/* Tenths of a second below a minute, else m:ss or h:mm:ss. */
static void
put_duration(kpi__buffer *b, double ms)
{
	const double seconds = round(fabs(ms) / 1000);
	int64_t s;

	if (is_short(ms) || !(seconds < 0x1p53)) {
		put_rounded(b, ms / 1000, 1);
		return;
	}
	s = (int64_t)seconds;
	if (ms < 0)
		kpi__buffer_put_byte(b, '-');
	if (s < 3600) {
		put_int(b, s / 60);
	} else {
		put_int(b, s / 3600);
		put_two_digits(b, s / 60 % 60);
	}
	put_two_digits(b, s % 60);
}

static void
put_bare(kpi__buffer *b, double x, int32_t unit)
{
	switch (unit) {
	case KPI_UNIT_COUNT:
		put_rounded(b, x, x == round(x) ? 0 : 1);
		break;
	case KPI_UNIT_SHARE:
		put_rounded(b, 100 * x, 1);
		break;
	case KPI_UNIT_MS:
		put_duration(b, x);
		break;
	case KPI_UNIT_POINTS:
		put_rounded(b, x, 1);
		break;
	default:
		put_rounded(b, x, 2);
		break;
	}
}

static void
put_unit(kpi__buffer *b, double x, int32_t unit)
{
	if (unit == KPI_UNIT_SHARE)
		kpi__buffer_put_string(b, " %");
	else if (unit == KPI_UNIT_MS && is_short(x))
		kpi__buffer_put_string(b, " s");
}

void
kpi__put_value(kpi__buffer *b, double x, int32_t unit)
{
	put_bare(b, x, unit);
	put_unit(b, x, unit);
}

void
kpi__put_span(kpi__buffer *b, double lower, double upper, int32_t unit)
{
	put_bare(b, lower, unit);
	if (unit == KPI_UNIT_MS && is_short(lower) != is_short(upper))
		put_unit(b, lower, unit);
	kpi__buffer_put_string(
	    b, lower < 0 || upper < 0 ? " to " : "\xe2\x80\x93");
	kpi__put_value(b, upper, unit);
}

void
kpi__put_whole(kpi__buffer *b, int64_t sum, int64_t parts)
{
	if (sum % parts == 0)
		put_int(b, sum / parts);
	else
		put_rounded(b, (double)sum / (double)parts, 1);
}
