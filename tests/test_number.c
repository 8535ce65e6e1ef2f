/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/wide.h"

#include "runner.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static int decimal_comma;

/*
 * Stands in for the C library's, as it is where the locale has a comma: few
 * machines that run tests have such a locale.
 */
int
snprintf(char *out, size_t size, const char *format, ...)
{
	va_list list;
	char *point;
	int length;

	va_start(list, format);
	length = vsnprintf(out, size, format, list);
	va_end(list);
	if (decimal_comma && size > 0 && (point = strchr(out, '.')) != NULL)
		*point = ',';
	return length;
}

static const struct {
	double value;
	const char *text;
} doubles[] = {
	{ 0.0, "0" },
	{ -0.0, "-0" },
	{ 3.0, "3" },
	{ -12.0, "-12" },
	{ 100.0, "100" },
	{ 0.1, "0.1" },
	{ 0.5, "0.5" },
	{ -0.25, "-0.25" },
	{ 1.0 / 3, "0.3333333333333333" },
	{ 0.30000000000000004, "0.30000000000000004" },
	{ 860.0 / 1060, "0.8113207547169812" },
	{ 69.158878504672897, "69.1588785046729" },
	{ 0.0001, "0.0001" },
	{ 0.00001, "1e-5" },
	{ 1e-7, "1e-7" },
	{ 1.5e-7, "1.5e-7" },
	{ 123456.789, "123456.789" },
	{ 999999999999999.0, "999999999999999" },
	{ 9007199254740993.0, "9007199254740992" },
	{ 9999999999999998.0, "9999999999999998" },
	{ 1e15, "1000000000000000" },
	{ 1e16, "1e16" },
	{ 1.5e22, "1.5e22" },
	{ 1e23, "1e23" },
	{ DBL_MAX, "1.7976931348623157e308" },
	{ -DBL_MAX, "-1.7976931348623157e308" },
	{ DBL_MIN, "2.2250738585072014e-308" },
	{ 0x1p-1074, "5e-324" },
	{ 0x1.fp-1060, "1.56836e-319" },
	{ 0x1p-44, "5.684341886080802e-14" },
	{ 0x1p-24, "5.960464477539063e-8" },
	{ 0x1p89, "6.189700196426902e26" },
	{ 0x1p976, "6.386688990511104e293" },
};

START_TEST(doubles_have_their_shortest_text)
{
	char text[KPI__DOUBLE_TEXT];

	ck_assert_uint_eq(kpi__format_double(text, doubles[_i].value),
	    strlen(doubles[_i].text));
	ck_assert_str_eq(text, doubles[_i].text);
}
END_TEST

START_TEST(what_is_not_finite_is_null)
{
	char text[KPI__DOUBLE_TEXT];

	kpi__format_double(text, NAN);
	ck_assert_str_eq(text, "null");
	kpi__format_double(text, INFINITY);
	ck_assert_str_eq(text, "null");
	ck_assert_uint_eq(kpi__format_double(text, -INFINITY), 4);
	ck_assert_str_eq(text, "null");
}
END_TEST

static uint64_t
next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* A digit fewer, rounded either way, must read as another double. */
static void
is_shortest(double x, const char *text)
{
	char digits[KPI__DOUBLE_TEXT], shorter[64];
	const char *e = strchr(text, 'e');
	size_t count = 0;
	int exponent = 0, digit;

	for (const char *s = text; s != e && *s != '\0'; s++) {
		if (*s >= '0' && *s <= '9' && (count > 0 || *s != '0'))
			digits[count++] = *s;
	}
	while (count > 0 && digits[count - 1] == '0')
		count--;
	if (count < 2)
		return;
	snprintf(shorter, sizeof(shorter), "%.*e", (int)count - 1, x);
	exponent = atoi(strchr(shorter, 'e') + 1) - (int)count + 2;
	digit = digits[count - 2];
	digits[count - 1] = '\0';
	snprintf(shorter, sizeof(shorter), "%se%d", digits, exponent);
	ck_assert_msg(strtod(shorter, NULL) != x, "%s for %s", text, shorter);
	if (digit == '9')
		return;
	digits[count - 2] = (char)(digit + 1);
	snprintf(shorter, sizeof(shorter), "%se%d", digits, exponent);
	ck_assert_msg(strtod(shorter, NULL) != x, "%s for %s", text, shorter);
}

static void
reads_back(double x)
{
	char text[KPI__DOUBLE_TEXT];
	char *end;
	const size_t length = kpi__format_double(text, x);
	const double y = strtod(text, &end);

	ck_assert_uint_eq(length, strlen(text));
	ck_assert_ptr_eq(end, text + length);
	ck_assert_msg(y == x, "%a became %s", x, text);
	is_shortest(fabs(x), text + (text[0] == '-'));
}

START_TEST(every_power_of_two_and_its_neighbours_read_back)
{
	for (int e = -1074; e < 1024; e++) {
		const double x = ldexp(1, e);

		reads_back(x);
		reads_back(nextafter(x, 0));
		reads_back(-nextafter(x, INFINITY));
	}
}
END_TEST

START_TEST(random_doubles_read_back)
{
	uint64_t state = 20261001;

	for (int i = 0; i < 20000; i++) {
		const uint64_t bits = next(&state);
		double x;

		memcpy(&x, &bits, sizeof(x));
		if (isfinite(x))
			reads_back(x);
		reads_back((double)(bits % 10000000) / 720720);
	}
}
END_TEST

START_TEST(a_decimal_comma_in_the_locale_changes_nothing)
{
	char text[KPI__DOUBLE_TEXT];

	decimal_comma = 1;
	kpi__format_double(text, 860.0 / 1060);
	ck_assert_str_eq(text, "0.8113207547169812");
	kpi__format_double(text, 1.5e-7);
	ck_assert_str_eq(text, "1.5e-7");
	kpi__format_double(text, 1234567.25);
	ck_assert_str_eq(text, "1234567.25");
	decimal_comma = 0;
}
END_TEST

static const struct {
	int64_t value;
	const char *text;
} integers[] = {
	{ 0, "0" },
	{ 7, "7" },
	{ -1, "-1" },
	{ 1541512345000, "1541512345000" },
	{ INT64_MAX, "9223372036854775807" },
	{ INT64_MIN, "-9223372036854775808" },
};

START_TEST(integers_go_to_text_and_back)
{
	char text[KPI__INT64_TEXT];
	int64_t value = 99;

	ck_assert_uint_eq(kpi__format_int64(text, integers[_i].value),
	    strlen(integers[_i].text));
	ck_assert_str_eq(text, integers[_i].text);
	ck_assert_int_eq(kpi__parse_int64(text, strlen(text), &value), 0);
	ck_assert_int_eq(value, integers[_i].value);
}
END_TEST

static const char *const not_integers[] = { "", "-", "+1", " 1", "1 ", "1.0",
	"1e3", "0x10", "--1", "1-", "9223372036854775808",
	"-9223372036854775809", "18446744073709551616", "99999999999999999999",
	"\xb9" };

START_TEST(what_is_no_integer_is_refused_and_nothing_written)
{
	int64_t value = 99;

	ck_assert_int_ne(kpi__parse_int64(not_integers[_i],
			     strlen(not_integers[_i]), &value),
	    0);
	ck_assert_int_eq(value, 99);
}
END_TEST

START_TEST(no_byte_past_the_size_is_read)
{
	int64_t value = 0;

	ck_assert_int_eq(kpi__parse_int64("12345", 3, &value), 0);
	ck_assert_int_eq(value, 123);
	ck_assert_int_eq(kpi__parse_int64("-0042x", 5, &value), 0);
	ck_assert_int_eq(value, -42);
	ck_assert_int_ne(kpi__parse_int64("1\0002", 3, &value), 0);
}
END_TEST

/* 2^116 has an ulp of 2^64: the half of it and one more is rounded up, which
 * rounding the lower word first makes an even half. */
START_TEST(wide_numbers_are_rounded_once)
{
	static const struct {
		kpi__wide wide;
		double value;
	} cases[] = {
		{ { 0, 0 }, 0 },
		{ { UINT64_MAX, -1 }, -1 },
		{ { UINT64_C(1) << 53 | 1, 0 }, 0x1p53 },
		{ { UINT64_MAX, 0 }, 0x1p64 },
		{ { UINT64_C(1) << 63, INT64_C(1) << 52 }, 0x1p116 },
		{ { (UINT64_C(1) << 63) + 1, INT64_C(1) << 52 },
		    0x1.0000000000001p116 },
		{ { (UINT64_C(1) << 63) - 1, (INT64_C(1) << 52) + 1 },
		    0x1.0000000000001p116 },
		{ { UINT64_MAX, INT64_MAX }, 0x1p127 },
		{ { 0, INT64_MIN }, -0x1p127 },
		{ { 1, INT64_MIN }, -0x1p127 },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		ck_assert_msg(
		    kpi__wide_to_double(cases[i].wide) == cases[i].value,
		    "case %zu is %a", i, kpi__wide_to_double(cases[i].wide));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("number");
	TCase *tc = tcase_create("core");

	tcase_add_loop_test(
	    tc, doubles_have_their_shortest_text, 0, (int)COUNT(doubles));
	tcase_add_test(tc, what_is_not_finite_is_null);
	tcase_add_test(tc, every_power_of_two_and_its_neighbours_read_back);
	tcase_add_test(tc, random_doubles_read_back);
	tcase_add_test(tc, a_decimal_comma_in_the_locale_changes_nothing);
	tcase_add_loop_test(
	    tc, integers_go_to_text_and_back, 0, (int)COUNT(integers));
	tcase_add_loop_test(tc,
	    what_is_no_integer_is_refused_and_nothing_written, 0,
	    (int)COUNT(not_integers));
	tcase_add_test(tc, no_byte_past_the_size_is_read);
	tcase_add_test(tc, wide_numbers_are_rounded_once);
	suite_add_tcase(s, tc);
	return s;
}
