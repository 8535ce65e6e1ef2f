/* SPDX-License-Identifier: MIT */
#include "result/packed.h"

void
kpi__put_wide(kpi__buffer *b, kpi__wide value)
{
	const uint64_t sign = value.high < 0 ? UINT64_MAX : 0;
	uint64_t low = value.low << 1 ^ sign;
	uint64_t high = ((uint64_t)value.high << 1 | value.low >> 63) ^ sign;

	while (high != 0 || low >= 0x80) {
		kpi__buffer_put_byte(b, (unsigned)(low & 0x7f) | 0x80);
		low = low >> 7 | high << 57;
		high >>= 7;
	}
	kpi__buffer_put_byte(b, (unsigned)low);
}

static kpi__wide
unfold(uint64_t low, uint64_t high)
{
	const uint64_t sign = low & 1 ? UINT64_MAX : 0;
	kpi__wide value;

	value.low = (low >> 1 | high << 63) ^ sign;
	value.high = (int64_t)(high >> 1 ^ sign);
	return value;
}

kpi__wide
kpi__read_wide(kpi__reader *r)
{
	uint64_t low = 0, high = 0;

	for (unsigned shift = 0; shift < 128; shift += 7) {
		const unsigned byte = kpi__read_byte(r);
		const uint64_t bits = byte & 0x7f;

		if (r->bad)
			break;
		if (shift == 126 && byte > 3)
			break;
		if (shift < 64)
			low |= bits << shift;
		if (shift >= 64)
			high |= bits << (shift - 64);
		else if (shift > 57)
			high |= bits >> (64 - shift);
		if (byte < 0x80) {
			if (byte == 0 && shift > 0)
				break;
			return unfold(low, high);
		}
	}
	r->bad = 1;
	return kpi__wide_of(0);
}
