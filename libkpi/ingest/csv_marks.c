/* SPDX-License-Identifier: MIT */
#include "ingest/csv_marks.h"

#include "base/bytes.h"

#define EACH(byte) (UINT64_C(0x0101010101010101) * (unsigned char)(byte))
#define LOW        UINT64_C(0x7f7f7f7f7f7f7f7f)

/* The high bit of each byte that is not 0; the others are of no matter. */
static inline uint64_t
is_not_zero(uint64_t word)
{
	return ((word & LOW) + LOW) | word;
}

uint32_t
kpi__csv_marks_plain(const char *bytes, uint32_t from, uint32_t until,
    char separator, uint32_t *mark)
{
	uint32_t count = 0;

	for (uint32_t i = from; i < until; i++)
		if (bytes[i] == separator || bytes[i] == '\n' ||
		    bytes[i] == '"')
			mark[count++] = i;
	return count;
}

/* Eight bytes at a time: most words of a table hold one mark or none. */
uint32_t
kpi__csv_marks(const char *bytes, uint32_t from, uint32_t until, char separator,
    uint32_t *mark)
{
	const uint64_t separators = EACH(separator);
	uint32_t count = 0;

	for (; until - from >= 8; from += 8) {
		const uint64_t word = kpi__get64(bytes + from);
		uint64_t hits = ~(is_not_zero(word ^ separators) &
				    is_not_zero(word ^ EACH('\n')) &
				    is_not_zero(word ^ EACH('"'))) &
		    ~LOW;

		for (; hits != 0; hits &= hits - 1)
			mark[count++] =
			    from + ((uint32_t)__builtin_ctzll(hits) >> 3);
	}
	return count +
	    kpi__csv_marks_plain(bytes, from, until, separator, mark + count);
}
