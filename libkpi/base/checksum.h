/* SPDX-License-Identifier: MIT */
/* checksum.h - a 64-bit sum that tells damaged bytes, and hashes texts. */
#ifndef KPI_BASE_CHECKSUM_H
#define KPI_BASE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/*
 * Of `size` bytes and a `seed` (such as the place they belong to). The same
 * on every machine. Any single damaged bit changes it; it is no defence
 * against somebody who forges data.
 */
uint64_t kpi__checksum(const void *bytes, size_t size, uint64_t seed);

#endif
