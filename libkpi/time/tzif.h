/* SPDX-License-Identifier: MIT */
/* tzif.h - what a TZif file says, in place and checked. */
#ifndef KPI_TIME_TZIF_H
#define KPI_TIME_TZIF_H

#include "time/rule.h"

typedef struct kpi__tzif {
	const unsigned char *times;   /* of change, ascending */
	const unsigned char *indices; /* the kind of time from each on */
	const unsigned char *types;   /* the kinds; the first one, until then */
	const unsigned char *names, *marks;
	size_t time_size; /* 4 or 8 bytes */
	uint32_t times_count, types_count, names_size;
	uint32_t leaps_count, standard_count, utc_count;
	int has_rule;
	kpi__rule rule; /* after the last time */
} kpi__tzif;

/*
 * Points *out into the bytes, which must outlive it. KPI_ECORRUPT,
 * KPI_EVERSION, KPI_ENOTSUP as kpi__zone_parse(), with *why saying what is
 * wrong; *out is then undefined.
 */
kpi_status kpi__tzif_read(kpi__tzif *out, const unsigned char *bytes,
    size_t size, const char **why) KPI_MUST_CHECK;

/* The i-th change, in seconds since 1970 UTC; any int64_t. */
int64_t kpi__tzif_time(const kpi__tzif *f, size_t i);

/* Seconds east of UTC of a kind of time. */
int32_t kpi__tzif_offset(const kpi__tzif *f, size_t type);

#endif
