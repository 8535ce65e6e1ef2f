/* SPDX-License-Identifier: MIT */
/* text_codes.h - the codes of texts that were met, as long as these stand
 * where they are. */
#ifndef KPI_INGEST_TEXT_CODES_H
#define KPI_INGEST_TEXT_CODES_H

#include <kpi/base.h>

typedef struct kpi__text_code {
	uint64_t ends[2]; /* of the text (ingest/text_ends.h) */
	const char *text;
	uint32_t size;
	uint32_t code; /* and one more; 0: it was not met */
} kpi__text_code;

/* Zeroed to begin with. */
typedef struct kpi__text_codes {
	kpi__text_code *slot;
	size_t slots; /* a power of two, or 0 */
	uint32_t count;
} kpi__text_codes;

void kpi__text_codes_free(
    kpi__text_codes *codes, const kpi_allocator *allocator);

/* The slot of a text, until the next call. Where its code is 0, the caller
 * looks it up, and may set it and count it. KPI_ENOMEM. */
kpi_status kpi__text_codes_find(kpi__text_codes *codes,
    const kpi_allocator *allocator, const char *text, uint32_t size,
    kpi__text_code **slot) KPI_MUST_CHECK;

#endif
