/* SPDX-License-Identifier: MIT */
/*
 * sized.h - reading and writing structs whose first field is their size.
 *
 * The caller's struct may be older (shorter) or newer (longer) than ours.
 */
#ifndef KPI_BASE_SIZED_H
#define KPI_BASE_SIZED_H

#include <kpi/base.h>

/* Bytes of `type` up to and including `field`. */
#define KPI__SIZE_TO(type, field)                                              \
	(offsetof(type, field) + sizeof(((type *)0)->field))

/*
 * Copies the caller's struct into ours. What a shorter one lacks is taken
 * from `lacking` (as long as ours; NULL: zero). Past our end only words that
 * are 0, or KPI_UNKNOWN where `lacking` is given, may stand: else KPI_ENOTSUP.
 * KPI_EINVAL if theirs is NULL or its size is below `min`, the size of the
 * first release.
 */
kpi_status kpi__sized_read(void *ours, size_t our_size, const void *theirs,
    size_t min, const void *lacking) KPI_MUST_CHECK;

/* Copies ours into the caller's struct, never past the caller's size. */
kpi_status kpi__sized_write(void *theirs, const void *ours, size_t our_size,
    size_t min) KPI_MUST_CHECK;

#endif
