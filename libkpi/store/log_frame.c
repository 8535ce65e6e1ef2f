/* SPDX-License-Identifier: MIT */
#include "store/log_frame.h"

#include <string.h>

#include "base/bytes.h"
#include "store/page_sum.h"

#define MAGIC    UINT32_C(0x377f0682) /* the last bit: big-endian sums */
#define SUMMED   8                    /* bytes of a frame's header */
#define AT_SALTS 8
#define AT_SUMS  16

static void
put32(unsigned char *p, uint32_t x)
{
	p[0] = (unsigned char)(x >> 24);
	p[1] = (unsigned char)(x >> 16);
	p[2] = (unsigned char)(x >> 8);
	p[3] = (unsigned char)x;
}

static void
go_on(uint32_t sums[2], const unsigned char *p, size_t size, int big_endian)
{
	const unsigned char *const end = p + size;
	uint32_t a = sums[0], b = sums[1];

	if (big_endian) {
		for (; p < end; p += 8) {
			a += kpi__page_get32(p) + b;
			b += kpi__page_get32(p + 4) + a;
		}
	} else {
		for (; p < end; p += 8) {
			a += kpi__get32(p) + b;
			b += kpi__get32(p + 4) + a;
		}
	}
	sums[0] = a;
	sums[1] = b;
}

static void
frame_sums(const kpi__log *log, const unsigned char *frame,
    const unsigned char *before, unsigned char out[8])
{
	uint32_t sums[2] = { kpi__page_get32(before),
		kpi__page_get32(before + 4) };

	go_on(sums, frame, SUMMED, log->big_endian);
	go_on(sums, frame + KPI__LOG_FRAME, log->page_size, log->big_endian);
	put32(out, sums[0]);
	put32(out + 4, sums[1]);
}

int
kpi__log_read_header(kpi__log *out, const unsigned char *header)
{
	const uint32_t magic = kpi__page_get32(header);
	uint32_t sums[2] = { 0, 0 };

	out->big_endian = (int)(magic & 1);
	out->page_size = kpi__page_get32(header + 8);
	memcpy(out->salts, header + 16, sizeof(out->salts));
	memcpy(out->sums, header + 24, sizeof(out->sums));
	if ((magic & ~UINT32_C(1)) != MAGIC ||
	    !kpi__page_size_valid(out->page_size))
		return 0;
	go_on(sums, header, 24, out->big_endian);
	return sums[0] == kpi__page_get32(out->sums) &&
	    sums[1] == kpi__page_get32(out->sums + 4);
}

int64_t
kpi__log_sums_before(const kpi__log *log, int64_t at)
{
	if (at == KPI__LOG_HEADER)
		return 24;
	return at - KPI__LOG_FRAME - (int64_t)log->page_size + AT_SUMS;
}

void
kpi__log_frame_seal(
    const kpi__log *log, unsigned char *frame, const unsigned char *before)
{
	frame_sums(log, frame, before, frame + AT_SUMS);
}

int
kpi__log_frame_salted(const kpi__log *log, const unsigned char *frame)
{
	return memcmp(frame + AT_SALTS, log->salts, sizeof(log->salts)) == 0;
}

int
kpi__log_frame_holds(const kpi__log *log, const unsigned char *frame,
    const unsigned char *before)
{
	unsigned char sums[8];

	if (!kpi__log_frame_salted(log, frame) ||
	    kpi__log_frame_page(frame) == 0)
		return 0;
	frame_sums(log, frame, before, sums);
	return memcmp(sums, frame + AT_SUMS, sizeof(sums)) == 0;
}

int64_t
kpi__log_frame_page(const unsigned char *frame)
{
	return kpi__page_get32(frame);
}

int
kpi__log_frame_commits(const unsigned char *frame)
{
	return kpi__page_get32(frame + 4) != 0;
}

const unsigned char *
kpi__log_frame_sums(const unsigned char *frame)
{
	return frame + AT_SUMS;
}
