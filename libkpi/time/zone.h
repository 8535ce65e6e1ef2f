/* SPDX-License-Identifier: MIT */
/*
 * zone.h - time zones of the IANA database, read from TZif files (RFC 8536).
 *
 * A zone never changes after it is made: any number of threads may use it.
 * Wherever a zone is read, NULL stands for UTC. Offsets are seconds east of
 * UTC. A wall time is milliseconds as a clock without an offset shows them:
 * the UTC instant plus the offset in force.
 *
 * Instants hold in the years 1 to 9999; any int64_t may be passed, and
 * those farther away have the offset of the nearer end.
 */
#ifndef KPI_TIME_ZONE_H
#define KPI_TIME_ZONE_H

#include <kpi/base.h>

typedef struct kpi__zone kpi__zone;

/* A span of one offset, as long as it gets: instants in [begin, until), with
 * INT64_MIN and INT64_MAX where there is no change before or after. */
typedef struct kpi__epoch {
	int64_t begin, until;
	int32_t offset;
} kpi__epoch;

/* Which instant is meant by a wall time that a clock shows twice. */
#define KPI__FIRST_TIME  0
#define KPI__SECOND_TIME 1

/*
 * Reads the zone `name`, such as "Europe/Berlin", below `directory`
 * (NULL: /usr/share/zoneinfo). "UTC" is built in and needs no file.
 * KPI_EINVAL: the name is NULL, empty, longer than 255 bytes, begins with
 * "/" or has a ".." component. KPI_ENOTFOUND: no such file, or not a regular
 * one. KPI_EIO: it cannot be read. Else as kpi__zone_parse(). On failure
 * *out is NULL. Free with kpi__zone_free().
 */
kpi_status kpi__zone_load(kpi__zone **out, const char *directory,
    const char *name, const kpi_allocator *a, kpi_error *error) KPI_MUST_CHECK;

/*
 * Makes a zone of the `size` bytes of a TZif file of version 1 to 4; they are
 * not kept. KPI_ECORRUPT: they break the format, or are more than 1 MiB.
 * KPI_EVERSION: a later version. KPI_ENOTSUP: the file counts leap seconds.
 * KPI_ENOMEM. KPI_EINVAL: the name is longer than 255 bytes. On failure *out
 * is NULL.
 */
kpi_status kpi__zone_parse(kpi__zone **out, const char *name,
    const unsigned char *bytes, size_t size, const kpi_allocator *a,
    kpi_error *error) KPI_MUST_CHECK;

/* Whether it is one that kpi__zone_load() looks for; KPI_EINVAL. */
kpi_status kpi__zone_check_name(
    const char *name, kpi_error *error) KPI_MUST_CHECK;

/* Accepts NULL. */
void kpi__zone_free(kpi__zone *zone);

/* Lives as long as the zone. */
const char *kpi__zone_name(const kpi__zone *zone);

/* In force at that instant. */
int32_t kpi__zone_offset(const kpi__zone *zone, int64_t utc_ms);

/* The span of one offset that contains the instant. */
kpi__epoch kpi__zone_epoch(const kpi__zone *zone, int64_t utc_ms);

/*
 * The instant of a wall time. Shown twice: `which` of the two. Never shown,
 * because clocks were put forward over it: the instant when they were. So the
 * first time is the first instant at which a clock shows `local_ms` or later.
 */
int64_t kpi__zone_to_utc(const kpi__zone *zone, int64_t local_ms, int which);

#endif
