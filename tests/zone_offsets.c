/* SPDX-License-Identifier: MIT */
/*
 * zone_offsets - what the library takes zones for, for zones.py to compare:
 * zone_offsets DIRECTORY FROM UNTIL STEP, in seconds, names on stdin.
 *
 * zone NAME                         or: fail NAME STATUS
 * s T OFFSET                        every STEP seconds, where it differs
 * c T OFFSET-1MS OFFSET OFFSET+1S   around every change
 * w WALL FIRST SECOND               wall times around every change
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "time/zone.h"

static void
print_samples(const kpi__zone *z, int64_t from, int64_t until, int64_t step)
{
	int32_t last = INT32_MAX;

	for (int64_t t = from; t < until; t += step) {
		const int32_t offset = kpi__zone_offset(z, t * 1000);

		if (offset != last)
			printf("s %" PRId64 " %" PRId32 "\n", t, offset);
		last = offset;
	}
}

static void
print_wall(const kpi__zone *z, int64_t wall)
{
	const int64_t first = kpi__zone_to_utc(z, wall * 1000, KPI__FIRST_TIME);
	const int64_t second =
	    kpi__zone_to_utc(z, wall * 1000, KPI__SECOND_TIME);

	printf("w %" PRId64 " %" PRId64 " %" PRId64 "\n", wall, first / 1000,
	    second / 1000);
}

static void
print_changes(const kpi__zone *z, int64_t from, int64_t until)
{
	kpi__epoch e = kpi__zone_epoch(z, from * 1000);

	while (e.until < until * 1000) {
		const int64_t at = e.until / 1000;
		const int32_t before = kpi__zone_offset(z, e.until - 1);
		const int32_t after = kpi__zone_offset(z, e.until);
		const int64_t low = before < after ? before : after;
		const int64_t high = before < after ? after : before;

		printf("c %" PRId64 " %" PRId32 " %" PRId32 " %" PRId32 "\n",
		    at, before, after, kpi__zone_offset(z, e.until + 1000));
		print_wall(z, at + low - 1);
		print_wall(z, at + low);
		print_wall(z, at + (low + high) / 2);
		print_wall(z, at + high - 1);
		print_wall(z, at + high);
		e = kpi__zone_epoch(z, e.until);
	}
}

int
main(int argc, char **argv)
{
	char name[256];

	if (argc != 5)
		return EXIT_FAILURE;
	while (fgets(name, sizeof(name), stdin) != NULL) {
		const int64_t from = strtoll(argv[2], NULL, 10);
		const int64_t until = strtoll(argv[3], NULL, 10);
		kpi__zone *z;
		kpi_status status;

		name[strcspn(name, "\n")] = '\0';
		status = kpi__zone_load(
		    &z, argv[1], name, &kpi__default_allocator, NULL);
		if (status != KPI_OK) {
			printf("fail %s %" PRId32 "\n", name, status);
			continue;
		}
		printf("zone %s\n", kpi__zone_name(z));
		print_samples(z, from, until, strtoll(argv[4], NULL, 10));
		print_changes(z, from, until);
		kpi__zone_free(z);
	}
	return EXIT_SUCCESS;
}
