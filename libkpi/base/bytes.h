/* SPDX-License-Identifier: MIT */
/* bytes.h - little-endian numbers in byte strings, whatever the machine. */
#ifndef KPI_BASE_BYTES_H
#define KPI_BASE_BYTES_H

#include <stdint.h>
#include <string.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define KPI__SWAP16(x) __builtin_bswap16(x)
#define KPI__SWAP32(x) __builtin_bswap32(x)
#define KPI__SWAP64(x) __builtin_bswap64(x)
#define KPI__BIG_ENDIAN 1
#else
#define KPI__SWAP16(x) (x)
#define KPI__SWAP32(x) (x)
#define KPI__SWAP64(x) (x)
#define KPI__BIG_ENDIAN 0
#endif

static inline uint32_t
kpi__get32(const void *p)
{
	uint32_t x;

	memcpy(&x, p, sizeof(x));
	return KPI__SWAP32(x);
}

static inline uint64_t
kpi__get64(const void *p)
{
	uint64_t x;

	memcpy(&x, p, sizeof(x));
	return KPI__SWAP64(x);
}

static inline void
kpi__put32(void *p, uint32_t x)
{
	x = KPI__SWAP32(x);
	memcpy(p, &x, sizeof(x));
}

static inline void
kpi__put64(void *p, uint64_t x)
{
	x = KPI__SWAP64(x);
	memcpy(p, &x, sizeof(x));
}

#endif
