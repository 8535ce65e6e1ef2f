/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"

#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"

void
kpi__buffer_init(kpi__buffer *b, const kpi_allocator *a)
{
	memset(b, 0, sizeof(*b));
	b->allocator = a;
}

void
kpi__buffer_free(kpi__buffer *b)
{
	kpi__release(b->allocator, b->bytes, b->room, 1);
	b->bytes = NULL;
	b->size = b->room = 0;
}

void
kpi__buffer_put(kpi__buffer *b, const void *bytes, size_t size)
{
	if (b->status != KPI_OK || size == 0)
		return;
	if (size > SIZE_MAX - b->size) {
		b->status = KPI_ENOMEM;
		return;
	}
	b->status = kpi__grow(
	    b->allocator, &b->bytes, &b->room, b->size + size, 1);
	if (b->status != KPI_OK)
		return;
	memcpy(b->bytes + b->size, bytes, size);
	b->size += size;
}

void
kpi__buffer_put_byte(kpi__buffer *b, unsigned value)
{
	const unsigned char byte = (unsigned char)value;

	kpi__buffer_put(b, &byte, 1);
}

void
kpi__buffer_put_varint(kpi__buffer *b, uint64_t value)
{
	unsigned char bytes[10];
	size_t n = 0;

	for (; value >= 0x80; value >>= 7)
		bytes[n++] = (unsigned char)(value | 0x80);
	bytes[n++] = (unsigned char)value;
	kpi__buffer_put(b, bytes, n);
}

void
kpi__buffer_put_signed(kpi__buffer *b, int64_t value)
{
	const uint64_t u = (uint64_t)value;

	kpi__buffer_put_varint(b, u << 1 ^ (value < 0 ? UINT64_MAX : 0));
}

void
kpi__buffer_put64(kpi__buffer *b, uint64_t value)
{
	unsigned char bytes[8];

	kpi__put64(bytes, value);
	kpi__buffer_put(b, bytes, sizeof(bytes));
}

void
kpi__buffer_put_text(kpi__buffer *b, const char *text)
{
	const size_t size = text == NULL ? 0 : strlen(text);

	kpi__buffer_put_varint(b, text == NULL ? 0 : (uint64_t)size + 1);
	kpi__buffer_put(b, text, size);
}

void
kpi__buffer_put_string(kpi__buffer *b, const char *text)
{
	kpi__buffer_put(b, text, strlen(text));
}

/* `size` bytes in place; NULL and bad if there are fewer. */
static const void *
read_bytes(kpi__reader *r, size_t size)
{
	const unsigned char *p = r->at;

	if (r->bad || (size_t)(r->end - r->at) < size) {
		r->bad = 1;
		return NULL;
	}
	r->at += size;
	return p;
}

unsigned
kpi__read_byte(kpi__reader *r)
{
	const unsigned char *p = read_bytes(r, 1);

	return p == NULL ? 0 : *p;
}

static uint64_t
refuse(kpi__reader *r)
{
	r->bad = 1;
	return 0;
}

/* One form a number, so that saved bytes are canonical. */
uint64_t
kpi__read_varint(kpi__reader *r)
{
	const unsigned char *p = r->at;
	uint64_t value = 0;
	unsigned byte = 0x80;

	if (r->bad)
		return 0;
	for (unsigned shift = 0; byte >= 0x80; shift += 7) {
		if (p == r->end || (shift == 63 && *p > 1))
			return refuse(r);
		byte = *p++;
		value |= (uint64_t)(byte & 0x7f) << shift;
	}
	if (byte == 0 && p - r->at > 1)
		return refuse(r);
	r->at = p;
	return value;
}

int64_t
kpi__read_signed(kpi__reader *r)
{
	const uint64_t u = kpi__read_varint(r);
	const uint64_t value = u >> 1 ^ (u & 1 ? UINT64_MAX : 0);

	return (int64_t)value;
}

uint64_t
kpi__read64(kpi__reader *r)
{
	const void *p = read_bytes(r, 8);

	return p == NULL ? 0 : kpi__get64(p);
}

const char *
kpi__read_text(kpi__reader *r, size_t *size)
{
	const uint64_t stated = kpi__read_varint(r);

	*size = 0;
	if (r->bad || stated == 0)
		return NULL;
	if (stated - 1 > (uint64_t)(r->end - r->at)) {
		r->bad = 1;
		return NULL;
	}
	*size = (size_t)(stated - 1);
	return read_bytes(r, *size);
}
