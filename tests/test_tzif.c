/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "time/calendar.h"
#include "time/rule.h"
#include "time/zone.h"
#include "tzif_bytes.h"
#include "runner.h"

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

static const struct change history[] = {
	{ -5000000000, 1172 },
	{ -1000000000, 3600 },
	{ -999990000, 3600 },
	{ 1000000000, 7200 },
	{ 1004230800, 3600 },
};

START_TEST(changes_are_kept_whatever_the_version)
{
	static const char versions[] = { '\0', '2', '3', '4' };
	unsigned char bytes[TZIF_ROOM];
	const int old = _i == 0;
	const size_t skip = old ? 1 : 0;
	const size_t size = make_tzif(bytes, versions[_i], old ? 1172 : -4000,
	    history + skip, (size_t)COUNT(history) - skip, "");
	kpi__zone *zone;

	ck_assert_int_eq(kpi__zone_parse(&zone, "Own/Zone", bytes, size,
			     &kpi__default_allocator, NULL),
	    KPI_OK);
	ck_assert_str_eq(kpi__zone_name(zone), "Own/Zone");
	if (!old) {
		ck_assert_int_eq(
		    kpi__zone_offset(zone, KPI__TIME_FIRST), -4000);
		ck_assert_int_eq(kpi__zone_offset(zone, -5000000000001), -4000);
	}
	ck_assert_int_eq(kpi__zone_offset(zone, -5000000000000), 1172);
	ck_assert_int_eq(kpi__zone_offset(zone, -1000000000001), 1172);
	ck_assert_int_eq(kpi__zone_offset(zone, 999999999999), 3600);
	/* The third changed nothing but the name. */
	ck_assert_int_eq(kpi__zone_epoch(zone, 0).begin, -1000000000000);
	ck_assert_int_eq(kpi__zone_epoch(zone, 0).until, 1000000000000);
	ck_assert_int_eq(kpi__zone_offset(zone, 1000000000000), 7200);
	ck_assert_int_eq(kpi__zone_offset(zone, KPI__TIME_LAST), 3600);
	ck_assert_int_eq(
	    kpi__zone_epoch(zone, KPI__TIME_LAST).until, INT64_MAX);
	kpi__zone_free(zone);
}
END_TEST

/* A change that lies far off decides what holds within. */
START_TEST(changes_beyond_the_calendar_count)
{
	static const struct change far[] = {
		{ -(INT64_C(1) << 59), 3600 },
		{ INT64_MAX, 7200 },
	};
	static const struct change ends[] = {
		{ INT64_MIN, -3600 },
		{ INT64_MAX, 7200 },
	};
	kpi__zone *zone = make_zone(0, far, 1, "CET-1CEST,M3.5.0,M10.5.0/3");

	ck_assert_int_eq(kpi__zone_offset(zone, instant("2026-01-01")), 3600);
	ck_assert_int_eq(kpi__zone_offset(zone, instant("2026-07-01")), 7200);
	ck_assert_int_eq(kpi__zone_offset(zone, instant("0026-07-01")), 7200);
	kpi__zone_free(zone);
	zone = make_zone(0, far, 2, "<+02>-2");
	ck_assert_int_eq(kpi__zone_offset(zone, KPI__TIME_LAST), 3600);
	kpi__zone_free(zone);
	zone = make_zone(0, ends, 2, "");
	ck_assert_int_eq(kpi__zone_offset(zone, KPI__TIME_FIRST), -3600);
	ck_assert_int_eq(kpi__zone_offset(zone, KPI__TIME_LAST), -3600);
	kpi__zone_free(zone);
}
END_TEST

/* What a place in a sound file of version 3 is overwritten with. Its block
 * begins at 54, has 2 times (at 98), 2 indices (114), 3 kinds (116, 6 bytes
 * each), the abbreviations (134) and the rule (138). */
static const struct {
	size_t at;
	unsigned char byte;
	kpi_status status;
	const char *text;
} damages[] = {
	{ 0, 'X', KPI_ECORRUPT, "there is no TZif header" },
	{ 4, '5', KPI_EVERSION, "it is of a later version" },
	{ 4, '1', KPI_ECORRUPT, "it is of no version" },
	{ 4, 0xff, KPI_ECORRUPT, "it is of no version" },
	{ 4, 0, KPI_ECORRUPT, "there is more after it" },
	{ 4, '2', KPI_ECORRUPT, "it is of two versions" },
	{ 32, 0xff, KPI_ECORRUPT, "the data ends early" },
	{ 53, 1, KPI_OK, "" },
	{ 54, 'X', KPI_ECORRUPT, "there is no TZif header" },
	{ 74, 0xff, KPI_ECORRUPT, "the data ends early" },
	{ 78, 0xff, KPI_ECORRUPT, "the data ends early" },
	{ 82, 0xff, KPI_ECORRUPT, "the data ends early" },
	{ 86, 0xff, KPI_ECORRUPT, "the data ends early" },
	{ 90, 0xff, KPI_ECORRUPT, "the data ends early" },
	{ 94, 0xff, KPI_ECORRUPT, "the data ends early" },
	{ 98, 0x7f, KPI_ECORRUPT, "the times do not ascend" },
	{ 114, 3, KPI_ECORRUPT, "a kind of time is not there" },
	{ 122, 0x7f, KPI_ECORRUPT, "an offset is out of range" },
	{ 122, 0x80, KPI_ECORRUPT, "an offset is out of range" },
	{ 120, 2, KPI_ECORRUPT, "a mark is neither 0 nor 1" },
	{ 121, 4, KPI_ECORRUPT, "an abbreviation is not there" },
	{ 131, 0x11, KPI_ECORRUPT, "its rule and its last change differ" },
	{ 137, 'D', KPI_ECORRUPT, "the abbreviations do not end" },
	{ 138, ' ', KPI_ECORRUPT, "its rule is not the last line" },
	{ 139, '9', KPI_ECORRUPT, "its rule is not understood" },
	{ 146, '\n', KPI_ECORRUPT, "its rule is not understood" },
};

START_TEST(damage_is_told)
{
	unsigned char bytes[TZIF_ROOM];
	const size_t size = sound_file(bytes);
	kpi_error error = KPI_ERROR_INIT;
	char text[256] = "";
	kpi__zone *zone;

	bytes[damages[_i].at] = damages[_i].byte;
	ck_assert_int_eq(kpi__zone_parse(&zone, "Own/Zone", bytes, size,
			     &kpi__default_allocator, &error),
	    damages[_i].status);
	if (damages[_i].status != KPI_OK)
		(void)snprintf(text, sizeof(text), "time zone Own/Zone: %s",
		    damages[_i].text);
	ck_assert_str_eq(error.text, text);
	ck_assert_int_eq(error.status, damages[_i].status);
	ck_assert_int_eq(zone != NULL, damages[_i].status == KPI_OK);
	kpi__zone_free(zone);
}
END_TEST

/* A count in the header that is `count`, and the bytes for it: `extra` of
 * them between abbreviations and rule. */
static const struct {
	size_t at;
	unsigned char count, byte;
	size_t extra;
	kpi_status status;
} parts[] = {
	{ 77, 3, 0, 3, KPI_OK },
	{ 77, 1, 0, 1, KPI_ECORRUPT },
	{ 77, 3, 2, 3, KPI_ECORRUPT },
	{ 81, 3, 1, 3, KPI_OK },
	{ 81, 4, 1, 4, KPI_ECORRUPT },
	{ 81, 3, 2, 3, KPI_ECORRUPT },
	{ 85, 1, 0, 12, KPI_ENOTSUP },
	{ 97, 5, 0, 1, KPI_OK },
	{ 97, 5, 'D', 1, KPI_ECORRUPT },
};

START_TEST(parts_that_may_be_there_are_checked)
{
	unsigned char bytes[TZIF_ROOM];
	const size_t size = sound_file(bytes), extra = parts[_i].extra;
	kpi__zone *zone;

	memmove(bytes + 138 + extra, bytes + 138, size - 138);
	memset(bytes + 138, parts[_i].byte, extra);
	bytes[parts[_i].at] = parts[_i].count;
	ck_assert_int_eq(kpi__zone_parse(&zone, "Own/Zone", bytes, size + extra,
			     &kpi__default_allocator, NULL),
	    parts[_i].status);
	kpi__zone_free(zone);
}
END_TEST

/* In memory of its very size, for a sanitizer to see what is read past it. */
static kpi_status
parse_copy(kpi__zone **zone, const unsigned char *bytes, size_t size)
{
	unsigned char *copy = malloc(size + (size == 0));
	kpi_status status;

	ck_assert_ptr_nonnull(copy);
	memcpy(copy, bytes, size);
	status = kpi__zone_parse(
	    zone, "Own/Zone", copy, size, &kpi__default_allocator, NULL);
	free(copy);
	return status;
}

START_TEST(no_file_cut_short_is_a_zone)
{
	unsigned char bytes[TZIF_ROOM];
	const size_t size = sound_file(bytes);
	kpi__zone *zone;

	for (size_t n = 0; n < size; n++) {
		ck_assert_int_eq(parse_copy(&zone, bytes, n), KPI_ECORRUPT);
		ck_assert_ptr_null(zone);
	}
	bytes[size] = '\n';
	ck_assert_int_eq(parse_copy(&zone, bytes, size + 1), KPI_ECORRUPT);
}
END_TEST

START_TEST(hostile_bytes_make_a_sane_zone_or_none)
{
	unsigned char bytes[TZIF_ROOM];
	const size_t size = sound_file(bytes);
	uint64_t seed = 42;

	for (int round = 0; round < 40000; round++) {
		unsigned char bad[TZIF_ROOM];
		kpi__zone *zone;
		kpi_status status;

		memcpy(bad, bytes, size);
		for (int flips = 0; flips <= round % 3; flips++) {
			seed = seed * UINT64_C(6364136223846793005) + 12345;
			bad[(seed >> 33) % size] ^=
			    (unsigned char)(1u << (seed >> 61));
		}
		status = parse_copy(&zone, bad, size);
		if (status != KPI_OK && status != KPI_ECORRUPT &&
		    status != KPI_EVERSION && status != KPI_ENOTSUP)
			ck_abort_msg("status %d", (int)status);
		for (int k = 0; k < 8 && zone != NULL; k++) {
			const int64_t at = KPI__TIME_FIRST +
			    (int64_t)((seed >> k) %
				(uint64_t)(KPI__TIME_LAST - KPI__TIME_FIRST));
			const kpi__epoch e = kpi__zone_epoch(zone, at);

			if (e.begin > at || at >= e.until ||
			    e.offset <= KPI__OFFSET_BELOW ||
			    e.offset >= KPI__OFFSET_ABOVE)
				ck_abort_msg("round %d", round);
			(void)kpi__zone_to_utc(zone, at, k & 1);
		}
		kpi__zone_free(zone);
	}
}
END_TEST

START_TEST(a_file_of_more_than_a_mebibyte_is_refused)
{
	const size_t size = (1u << 20) + 1;
	unsigned char *bytes = calloc(size, 1);
	kpi_error error = KPI_ERROR_INIT;
	kpi__zone *zone;

	ck_assert_ptr_nonnull(bytes);
	(void)sound_file(bytes);
	ck_assert_int_eq(kpi__zone_parse(&zone, "Own/Zone", bytes, size,
			     &kpi__default_allocator, &error),
	    KPI_ECORRUPT);
	ck_assert_str_eq(
	    error.text, "time zone Own/Zone: it has more than 1 MiB");
	free(bytes);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("tzif");
	TCase *tc = tcase_create("core");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, changes_are_kept_whatever_the_version, 0, 4);
	tcase_add_test(tc, changes_beyond_the_calendar_count);
	tcase_add_loop_test(tc, damage_is_told, 0, COUNT(damages));
	tcase_add_loop_test(
	    tc, parts_that_may_be_there_are_checked, 0, COUNT(parts));
	tcase_add_test(tc, no_file_cut_short_is_a_zone);
	tcase_add_test(tc, hostile_bytes_make_a_sane_zone_or_none);
	tcase_add_test(tc, a_file_of_more_than_a_mebibyte_is_refused);
	suite_add_tcase(s, tc);
	return s;
}
