/* SPDX-License-Identifier: MIT */
#include "store/blob_head.h"

#include <string.h>

#include "base/bytes.h"

void
kpi__blob_head_put(kpi__buffer *out, const kpi__blob_head *h)
{
	unsigned char bytes[KPI__BLOB_HEAD] = { 'K',
		(unsigned char)h->relation };

	bytes[2] = (unsigned char)h->item;
	bytes[3] = (unsigned char)h->encoding;
	kpi__put32(bytes + 4, h->values);
	kpi__put64(bytes + 8, h->chunk);
	kpi__put64(bytes + 16, h->generation);
	bytes[24] = (unsigned char)h->width;
	bytes[25] = (unsigned char)h->has_unknown;
	kpi__put64(bytes + 32, (uint64_t)h->base);
	kpi__buffer_put(out, bytes, sizeof(bytes));
}

int
kpi__blob_head_read(kpi__blob_head *h, const unsigned char *bytes, size_t size,
    unsigned relation, uint64_t chunk, uint32_t number)
{
	static const unsigned char zero[6] = { 0 };

	if (size < KPI__BLOB_HEAD || bytes[0] != 'K' || bytes[1] != relation ||
	    memcmp(bytes + 26, zero, sizeof(zero)) != 0)
		return 0;
	h->item = bytes[2];
	h->encoding = bytes[3];
	h->values = kpi__get32(bytes + 4);
	h->chunk = kpi__get64(bytes + 8);
	h->generation = kpi__get64(bytes + 16);
	h->width = bytes[24];
	h->has_unknown = bytes[25];
	h->base = (int64_t)kpi__get64(bytes + 32);
	return h->item == number && h->chunk == chunk && h->generation == 0 &&
	    h->has_unknown <= 1;
}
