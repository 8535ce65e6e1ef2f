/* SPDX-License-Identifier: MIT */
/*
 * text_ends.h - texts told apart by their first and last eight bytes, which
 * may overlap: two of one size up to 16 are the same if these are, without a
 * byte read behind them.
 */
#ifndef KPI_INGEST_TEXT_ENDS_H
#define KPI_INGEST_TEXT_ENDS_H

#include "base/bytes.h"

#define KPI__ENDS_ARE_ALL 16 /* bytes of a text */

static inline void
kpi__text_ends(uint64_t ends[2], const char *text, uint32_t size)
{
	ends[1] = 0;
	if (size >= 8) {
		ends[0] = kpi__get64(text);
		ends[1] = kpi__get64(text + size - 8);
	} else if (size >= 4) {
		ends[0] = kpi__get32(text) |
		    (uint64_t)kpi__get32(text + size - 4) << 32;
	} else {
		ends[0] = 0;
		for (uint32_t i = 0; i < size; i++)
			ends[0] |= (uint64_t)(unsigned char)text[i] << 8 * i;
	}
}

/* Not that of the file: it serves one call alone. */
static inline uint64_t
kpi__text_ends_hash(const uint64_t ends[2], const char *text, uint32_t size)
{
	const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
	uint64_t hash =
	    (ends[0] + size) * odd ^ ends[1] * UINT64_C(0xd1b54a32d192ed03);

	for (uint32_t i = 8; i + 8 < size; i += 8)
		hash = (hash ^ hash >> 32 ^ kpi__get64(text + i)) * odd;
	hash = (hash ^ hash >> 32) * odd;
	return hash ^ hash >> 29;
}

#endif
