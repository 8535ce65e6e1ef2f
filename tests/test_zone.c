/* SPDX-License-Identifier: MIT */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "time/calendar.h"
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

START_TEST(the_rule_takes_over_after_the_last_change)
{
	kpi__zone *zone = make_zone(1172, history, (size_t)COUNT(history),
	    "CET-1CEST,M3.5.0,M10.5.0/3");

	ck_assert_int_eq(kpi__zone_offset(zone, instant("2000-07-01")), 3600);
	ck_assert_int_eq(kpi__zone_offset(zone, instant("2001-10-29")), 3600);
	ck_assert_int_eq(kpi__zone_epoch(zone, 1004230800000).until,
	    instant("2002-03-31T01:00Z"));
	ck_assert_int_eq(kpi__zone_offset(zone, instant("2002-07-01")), 7200);
	kpi__zone_free(zone);
}
END_TEST

START_TEST(the_rule_repeats_every_400_years)
{
	kpi__zone *zone = make_zone(1172, history, (size_t)COUNT(history),
	    "CET-1CEST,M3.5.0,M10.5.0/3");
	int64_t at = instant("2003-01-01");

	while (at < instant("2403-01-01")) {
		const kpi__epoch e = kpi__zone_epoch(zone, at);

		for (int k = 1; k < 19; k++) {
			const int64_t away = k * INT64_C(146097) * KPI__DAY_MS;
			const kpi__epoch far = kpi__zone_epoch(zone, at + away);

			ck_assert(far.begin == e.begin + away &&
			    far.until == e.until + away &&
			    far.offset == e.offset);
		}
		ck_assert_int_lt(e.until - at, 240 * KPI__DAY_MS);
		at = e.until;
	}
	kpi__zone_free(zone);
}
END_TEST

START_TEST(any_instant_has_an_offset)
{
	static const char *const rules[] = { "CET-1CEST,M3.5.0,M10.5.0/3",
		"UTC0", "AAA24:59:59", "AAA-24:59:59" };

	for (int i = 0; i < COUNT(rules); i++) {
		kpi__zone *zone = make_zone(0, NULL, 0, rules[i]);

		ck_assert_int_eq(kpi__zone_offset(zone, INT64_MIN),
		    kpi__zone_offset(zone, KPI__TIME_FIRST));
		ck_assert_int_eq(kpi__zone_offset(zone, INT64_MAX),
		    kpi__zone_offset(zone, KPI__TIME_LAST));
		ck_assert_int_lt(
		    kpi__zone_to_utc(zone, INT64_MIN, 0), KPI__TIME_FIRST);
		ck_assert_int_gt(
		    kpi__zone_to_utc(zone, INT64_MAX, 1), KPI__TIME_LAST);
		kpi__zone_free(zone);
	}
	ck_assert_int_eq(kpi__zone_offset(NULL, 5), 0);
	ck_assert_str_eq(kpi__zone_name(NULL), "UTC");
}
END_TEST

/* Wall time, and its first and second instant. */
static const struct {
	const char *rule, *wall, *first, *second;
} walls[] = {
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T01:59:59.999Z",
	    "2026-10-24T23:59:59.999Z", "2026-10-24T23:59:59.999Z" },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T02:00Z",
	    "2026-10-25T00:00Z", "2026-10-25T01:00Z" },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T02:59Z",
	    "2026-10-25T00:59Z", "2026-10-25T01:59Z" },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T03:00Z",
	    "2026-10-25T02:00Z", "2026-10-25T02:00Z" },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T01:59Z",
	    "2026-03-29T00:59Z", "2026-03-29T00:59Z" },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T02:00Z",
	    "2026-03-29T01:00Z", "2026-03-29T01:00Z" },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T02:59Z",
	    "2026-03-29T01:00Z", "2026-03-29T01:00Z" },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T03:00Z",
	    "2026-03-29T01:00Z", "2026-03-29T01:00Z" },
	{ "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-04-05T01:45Z",
	    "2026-04-04T14:45Z", "2026-04-04T15:15Z" },
	{ "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-10-04T02:15Z",
	    "2026-10-03T15:30Z", "2026-10-03T15:30Z" },
	{ "AAA-24:59:59", "2026-01-02T00:59:59Z", "2026-01-01T00:00Z",
	    "2026-01-01T00:00Z" },
	{ "AAA24:59:59", "2026-01-01T00:00:01Z", "2026-01-02T01:00Z",
	    "2026-01-02T01:00Z" },
};

START_TEST(a_wall_time_has_a_first_and_a_second_instant)
{
	kpi__zone *zone = make_zone(0, NULL, 0, walls[_i].rule);
	const int64_t wall = instant(walls[_i].wall);

	ck_assert_int_eq(kpi__zone_to_utc(zone, wall, KPI__FIRST_TIME),
	    instant(walls[_i].first));
	ck_assert_int_eq(kpi__zone_to_utc(zone, wall, KPI__SECOND_TIME),
	    instant(walls[_i].second));
	kpi__zone_free(zone);
}
END_TEST

/* Fails from the fail_at-th request on, and counts bytes. */
struct scarce {
	int requests, fail_at;
	size_t held;
};

static void *
scarce_resize(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
	struct scarce *s = ctx;

	if (new_size != 0 && s->requests++ >= s->fail_at)
		return NULL;
	s->held = s->held - old_size + new_size;
	return kpi__default_allocator.resize(NULL, ptr, old_size, new_size);
}

static void
write_file(
    const char *directory, const char *name, const void *bytes, size_t size)
{
	char path[512];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/%s", directory, name);
	file = fopen(path, "wb");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
	ck_assert_int_eq(fclose(file), 0);
}

static char directory[64];

static void
make_directory(void)
{
	unsigned char bytes[TZIF_ROOM], *large = calloc(1, 2u << 20);
	char path[512];

	(void)snprintf(directory, sizeof(directory), "/tmp/kpi-zone-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(directory));
	(void)snprintf(path, sizeof(path), "%s/Own", directory);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	(void)snprintf(path, sizeof(path), "%s/Pipe", directory);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	write_file(directory, "Own/Zone", bytes, sound_file(bytes));
	write_file(directory, "Own/Empty", bytes, 0);
	ck_assert_ptr_nonnull(large);
	write_file(directory, "Own/Large", large, 2u << 20);
	free(large);
}

static void
remove_directory(void)
{
	static const char *const names[] = { "Own/Zone", "Own/Empty",
		"Own/Large", "Own", "Pipe", "." };
	char path[512];

	for (int i = 0; i < COUNT(names) - 1; i++) {
		(void)snprintf(
		    path, sizeof(path), "%s/%s", directory, names[i]);
		(void)remove(path);
	}
	(void)rmdir(directory);
}

#define LONG_NAME                                                              \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"     \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"     \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"     \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct {
	const char *name;
	kpi_status status;
} names[] = {
	{ "Own/Zone", KPI_OK },
	{ "./Own/Zone", KPI_OK },
	{ "UTC", KPI_OK },
	{ NULL, KPI_EINVAL },
	{ "", KPI_EINVAL },
	{ "..", KPI_EINVAL },
	{ "../etc/passwd", KPI_EINVAL },
	{ "Own/../Own/Zone", KPI_EINVAL },
	{ "Own/..", KPI_EINVAL },
	{ "/etc/localtime", KPI_EINVAL },
	{ LONG_NAME, KPI_EINVAL },
	{ "Own/..Zone", KPI_ENOTFOUND },
	{ "Own/Nowhere", KPI_ENOTFOUND },
	{ "Own/Zone/Deeper", KPI_ENOTFOUND },
	{ "Own", KPI_ENOTFOUND },
	{ "Pipe", KPI_ENOTFOUND },
	{ "Own/Empty", KPI_ECORRUPT },
	{ "Own/Large", KPI_ECORRUPT },
};

START_TEST(a_zone_is_loaded_by_its_name)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi__zone *zone = NULL;

	ck_assert_int_eq(kpi__zone_load(&zone, directory, names[_i].name,
			     &kpi__default_allocator, &error),
	    names[_i].status);
	ck_assert_int_eq(zone != NULL, names[_i].status == KPI_OK);
	ck_assert_int_eq(error.status, names[_i].status);
	if (zone != NULL)
		ck_assert_str_eq(kpi__zone_name(zone), names[_i].name);
	if (names[_i].status == KPI_ENOTFOUND)
		ck_assert_ptr_nonnull(strstr(error.text, names[_i].name));
	kpi__zone_free(zone);
}
END_TEST

START_TEST(utc_needs_no_directory)
{
	kpi__zone *zone;

	ck_assert_int_eq(kpi__zone_load(&zone, "/nowhere", "UTC",
			     &kpi__default_allocator, NULL),
	    KPI_OK);
	ck_assert_int_eq(kpi__zone_offset(zone, 0), 0);
	kpi__zone_free(zone);
	ck_assert_int_eq(kpi__zone_load(&zone, "/nowhere", "Own/Zone",
			     &kpi__default_allocator, NULL),
	    KPI_ENOTFOUND);
	ck_assert_ptr_null(zone);
}
END_TEST

START_TEST(without_memory_nothing_is_held)
{
	for (int fail_at = 0;; fail_at++) {
		struct scarce s = { 0, fail_at, 0 };
		const kpi_allocator a = { scarce_resize, &s };
		kpi__zone *zone;
		const kpi_status status =
		    kpi__zone_load(&zone, directory, "Own/Zone", &a, NULL);

		kpi__zone_free(zone);
		ck_assert_uint_eq(s.held, 0);
		if (status == KPI_OK) {
			ck_assert_int_eq(fail_at, 5);
			break;
		}
		ck_assert_int_eq(status, KPI_ENOMEM);
		ck_assert_ptr_null(zone);
	}
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("zone");
	TCase *tc = tcase_create("time");

	tcase_add_test(tc, the_rule_takes_over_after_the_last_change);
	tcase_add_test(tc, the_rule_repeats_every_400_years);
	tcase_add_test(tc, any_instant_has_an_offset);
	tcase_add_loop_test(
	    tc, a_wall_time_has_a_first_and_a_second_instant, 0, COUNT(walls));
	suite_add_tcase(s, tc);
	tc = tcase_create("files");
	tcase_add_checked_fixture(tc, make_directory, remove_directory);
	tcase_add_loop_test(tc, a_zone_is_loaded_by_its_name, 0, COUNT(names));
	tcase_add_test(tc, utc_needs_no_directory);
	tcase_add_test(tc, without_memory_nothing_is_held);
	suite_add_tcase(s, tc);
	return s;
}
