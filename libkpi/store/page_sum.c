/* SPDX-License-Identifier: MIT */
#include "store/page_sum.h"

#include <string.h>

#include "base/bytes.h"
#include "base/checksum.h"

#define AT_PAGE_SIZE 16
#define AT_RESERVED  20

/* Neighbouring numbers give seeds that differ in many bits. */
static uint64_t
sum(const unsigned char *page, size_t size, int64_t number)
{
	const uint64_t seed = (uint64_t)number * UINT64_C(0xa0761d6478bd642f);

	return kpi__checksum(page, size - KPI__PAGE_SUM_SIZE, seed);
}

void
kpi__page_sum_put(unsigned char *page, size_t size, int64_t number)
{
	kpi__put64(page + size - KPI__PAGE_SUM_SIZE, sum(page, size, number));
}

int
kpi__page_sum_holds(const unsigned char *page, size_t size, int64_t number)
{
	return kpi__get64(page + size - KPI__PAGE_SUM_SIZE) ==
	    sum(page, size, number);
}

int
kpi__page_size_valid(int64_t size)
{
	return size >= 512 && size <= 65536 && (size & (size - 1)) == 0;
}

int
kpi__page_header_known(const unsigned char *header)
{
	return memcmp(header, "SQLite format 3", 16) == 0;
}

uint32_t
kpi__page_size_told(const unsigned char *header)
{
	const unsigned char *const p = header + AT_PAGE_SIZE;
	uint32_t size = (uint32_t)p[0] << 8 | p[1];

	if (size == 1)
		size = 65536;
	if (!kpi__page_header_known(header) || !kpi__page_size_valid(size) ||
	    header[AT_RESERVED] != KPI__PAGE_SUM_SIZE)
		return 0;
	return size;
}

uint32_t
kpi__page_get32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | p[3];
}
