/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* The form of a code point, written without the code under test. */
static size_t
encode(unsigned char out[4], uint32_t c)
{
	if (c < 0x80) {
		out[0] = (unsigned char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (unsigned char)(0xc0 + c / 64);
		out[1] = (unsigned char)(0x80 + c % 64);
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (unsigned char)(0xe0 + c / 4096);
		out[1] = (unsigned char)(0x80 + c / 64 % 64);
		out[2] = (unsigned char)(0x80 + c % 64);
		return 3;
	}
	out[0] = (unsigned char)(0xf0 + c / 262144);
	out[1] = (unsigned char)(0x80 + c / 4096 % 64);
	out[2] = (unsigned char)(0x80 + c / 64 % 64);
	out[3] = (unsigned char)(0x80 + c % 64);
	return 4;
}

START_TEST(every_code_point_reads_back_and_surrogates_do_not)
{
	for (uint32_t c = 0; c < 0x120000; c++) {
		const int is_one = c < 0xd800 || (c >= 0xe000 && c < 0x110000);
		unsigned char bytes[4];
		const size_t size = encode(bytes, c);
		uint32_t code = 7;
		const size_t length =
		    kpi__utf8_decode((const char *)bytes, size, &code);

		if (length != (is_one ? size : 0) || code != (is_one ? c : 7))
			ck_abort_msg("U+%04lX", (unsigned long)c);
		if (kpi__utf8_decode((const char *)bytes, size - 1, &code) != 0)
			ck_abort_msg("U+%04lX cut", (unsigned long)c);
	}
}
END_TEST

START_TEST(what_is_no_text_is_told)
{
	static const struct {
		const char *bytes;
		size_t size;
		int is_text;
	} cases[] = {
		{ "", 0, 1 },
		{ "plain", 5, 1 },
		{ "\xc3\xa9\xf0\x9f\x98\x80", 6, 1 },
		{ "a\0b", 3, 0 },
		{ "\x80", 1, 0 },
		{ "\xc0\x80", 2, 0 },
		{ "\xc1\xbf", 2, 0 },
		{ "\xe0\x9f\xbf", 3, 0 },
		{ "\xf0\x8f\xbf\xbf", 4, 0 },
		{ "\xf4\x90\x80\x80", 4, 0 },
		{ "\xf5\x80\x80\x80", 4, 0 },
		{ "\xc3"
		  "a",
		    2, 0 },
		{ "a\xe6\x97", 3, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		ck_assert_msg(kpi__utf8_is_text(cases[i].bytes,
				  cases[i].size) == cases[i].is_text,
		    "case %zu", i);
}
END_TEST

START_TEST(ascii_ends_at_the_first_byte_that_is_none)
{
	char bytes[48];

	for (unsigned from = 0; from < 8; from++)
		for (unsigned at = 0; at < 32; at++)
			for (unsigned b = 0; b < 256; b++) {
				memset(bytes, b % 2 == 0 ? 0x7f : 1,
				    sizeof(bytes));
				bytes[from + at] = (char)b;
				if (kpi__utf8_ascii(bytes + from, 32) !=
					(b == 0 || b > 0x7f ? at : 32) ||
				    kpi__utf8_ascii(bytes + from, at) != at)
					ck_abort_msg("byte %u at %u", b, at);
			}
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("utf8");
	TCase *tc = tcase_create("utf8");

	tcase_add_test(tc, every_code_point_reads_back_and_surrogates_do_not);
	tcase_add_test(tc, what_is_no_text_is_told);
	tcase_add_test(tc, ascii_ends_at_the_first_byte_that_is_none);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
