/* SPDX-License-Identifier: MIT */
#include "store/pack.h"

#include "base/bytes.h"

#define HEADER 16
#define GROUP  64 /* numbers, which end with a byte whatever their bits */

enum form { ABOVE, RISING, EITHER };

static unsigned
bits_of(uint64_t n)
{
	return n == 0 ? 0 : 64 - (unsigned)__builtin_clzll(n);
}

static uint64_t
low_bits(uint64_t n, unsigned bits)
{
	return bits == 64 ? n : n & ((UINT64_C(1) << bits) - 1);
}

/* What is kept of a number. */
static uint64_t
kept_of(enum form form, uint64_t n, uint64_t before)
{
	const uint64_t step = n - before;

	if (form != EITHER)
		return step;
	return step << 1 ^ (step >> 63 != 0 ? UINT64_MAX : 0);
}

/* How numbers are packed, and about how many bits that takes. */
struct plan {
	enum form form;
	unsigned bits, gap_bits, rest_bits;
	uint32_t exceptions;
	uint64_t first, cost;
};

/* Gaps are uneven: their greatest has some bits more than their mean. */
static uint64_t
cost_of(uint32_t count, unsigned bits, uint32_t exceptions, unsigned top)
{
	const uint64_t cost = (uint64_t)count * bits;

	if (exceptions == 0)
		return cost;
	return cost +
	    (uint64_t)exceptions *
	    (bits_of(count / exceptions) + 3 + (top - bits));
}

/* How many numbers have so many bits. Numbers of a column are mostly alike:
 * four counts in turn do not wait for one another. */
static void
count_bits(uint32_t of_bits[65], const struct plan *p, const uint64_t *numbers,
    uint32_t count)
{
	uint32_t some[4][65] = { { 0 } };
	uint64_t before = p->first;

	for (uint32_t i = 0; i < count; i++) {
		some[i % 4][bits_of(kept_of(p->form, numbers[i], before))]++;
		if (p->form != ABOVE)
			before = numbers[i];
	}
	for (unsigned b = 0; b <= 64; b++)
		of_bits[b] = some[0][b] + some[1][b] + some[2][b] + some[3][b];
}

static void
plan_bits(struct plan *p, const uint64_t *numbers, uint32_t count)
{
	uint32_t of_bits[65], above = 0;
	unsigned top = 64;

	count_bits(of_bits, p, numbers, count);
	while (top > 0 && of_bits[top] == 0)
		top--;
	p->bits = top;
	p->exceptions = 0;
	p->rest_bits = 0;
	p->cost = cost_of(count, top, 0, top);
	for (unsigned bits = top; bits-- > 0;) {
		uint64_t cost;

		above += of_bits[bits + 1];
		cost = cost_of(count, bits, above, top);
		if (cost >= p->cost)
			continue;
		p->bits = bits;
		p->exceptions = above;
		p->rest_bits = top - bits;
		p->cost = cost;
	}
}

static void
choose(struct plan *p, const uint64_t *numbers, uint32_t count, int steps)
{
	struct plan other = { RISING, 0, 0, 0, 0, 0, 0 };
	uint64_t least = count == 0 ? 0 : numbers[0];

	for (uint32_t i = 0; i < count; i++) {
		if (i > 0 && numbers[i] < numbers[i - 1])
			other.form = EITHER;
		least = numbers[i] < least ? numbers[i] : least;
	}
	p->form = ABOVE;
	p->gap_bits = 0;
	p->first = least;
	plan_bits(p, numbers, count);
	if (!steps || count == 0)
		return;
	other.first = numbers[0];
	plan_bits(&other, numbers, count);
	if (other.cost < p->cost)
		*p = other;
}

/* Makes the numbers what is kept of them. */
static void
keep(struct plan *p, uint64_t *numbers, uint32_t count)
{
	uint64_t before = p->first, gap = 0, widest = 0;

	for (uint32_t i = 0; i < count; i++) {
		const uint64_t n = numbers[i];

		numbers[i] = kept_of(p->form, n, before);
		if (p->form != ABOVE)
			before = n;
		if (p->exceptions == 0)
			continue;
		if (bits_of(numbers[i]) > p->bits) {
			widest = gap > widest ? gap : widest;
			gap = 0;
		} else
			gap++;
	}
	p->gap_bits = bits_of(widest);
}

/* The lowest bits of up to GROUP numbers, one behind the other. */
static void
put_group(
    kpi__buffer *out, const uint64_t *numbers, uint32_t count, unsigned bits)
{
	const uint64_t mask = low_bits(UINT64_MAX, bits);
	unsigned char bytes[GROUP * 8 + 8];
	uint64_t word = 0;
	unsigned used = 0, at = 0;

	if (bits == 0)
		return;
	for (uint32_t i = 0; i < count; i++) {
		const uint64_t n = numbers[i] & mask;

		word |= n << used;
		used += bits;
		if (used < 64)
			continue;
		kpi__put64(bytes + at, word);
		at += 8;
		used -= 64;
		word = used == 0 ? 0 : n >> (bits - used);
	}
	kpi__put64(bytes + at, word);
	kpi__buffer_put(out, bytes, (count * bits + 7) / 8);
}

/* Numbers on their way into groups. */
struct run {
	kpi__buffer *out;
	uint64_t numbers[GROUP];
	uint32_t count;
	unsigned bits;
};

static void
put(struct run *r, uint64_t n)
{
	r->numbers[r->count++] = n;
	if (r->count < GROUP)
		return;
	put_group(r->out, r->numbers, GROUP, r->bits);
	r->count = 0;
}

static void
end_run(struct run *r)
{
	put_group(r->out, r->numbers, r->count, r->bits);
	r->count = 0;
}

static void
put_gaps(struct run *r, const struct plan *p, const uint64_t *numbers,
    uint32_t count)
{
	uint64_t gap = 0;

	r->bits = p->gap_bits;
	for (uint32_t i = 0; i < count; i++)
		if (bits_of(numbers[i]) > p->bits) {
			put(r, gap);
			gap = 0;
		} else
			gap++;
	end_run(r);
}

static void
put_rests(struct run *r, const struct plan *p, const uint64_t *numbers,
    uint32_t count)
{
	r->bits = p->rest_bits;
	for (uint32_t i = 0; i < count; i++)
		if (bits_of(numbers[i]) > p->bits)
			put(r, numbers[i] >> p->bits);
	end_run(r);
}

void
kpi__pack(kpi__buffer *out, uint64_t *numbers, uint32_t count, int steps)
{
	unsigned char head[HEADER];
	struct plan p;
	struct run r;

	choose(&p, numbers, count, steps);
	keep(&p, numbers, count);
	head[0] = (unsigned char)p.form;
	head[1] = (unsigned char)p.bits;
	head[2] = (unsigned char)p.gap_bits;
	head[3] = (unsigned char)p.rest_bits;
	kpi__put32(head + 4, p.exceptions);
	kpi__put64(head + 8, p.first);
	kpi__buffer_put(out, head, sizeof(head));

	for (uint32_t i = 0; i < count; i += GROUP)
		put_group(out, numbers + i,
		    count - i < GROUP ? count - i : GROUP, p.bits);
	if (p.exceptions == 0)
		return;
	r.out = out;
	r.count = 0;
	put_gaps(&r, &p, numbers, count);
	put_rests(&r, &p, numbers, count);
}

/* Number `i` of a run of bits; no byte from `end` on is read. */
static uint64_t
bits_at(const unsigned char *run, const unsigned char *end, uint64_t i,
    unsigned bits)
{
	const unsigned char *p = run + (i * bits >> 3);
	const unsigned shift = (unsigned)(i * bits & 7);
	unsigned char room[9] = { 0 };
	uint64_t n;

	if (bits == 0)
		return 0;
	if (end - p < 9) {
		memcpy(room, p, (size_t)(end - p));
		p = room;
	}
	n = kpi__get64(p) >> shift;
	if (shift + bits > 64)
		n |= (uint64_t)p[8] << (64 - shift);
	return low_bits(n, bits);
}

static size_t
bytes_of(uint32_t count, unsigned bits)
{
	return (size_t)(((uint64_t)count * bits + 7) / 8);
}

static void
find_exception(kpi__unpack *u)
{
	if (u->taken == u->exceptions) {
		u->next = UINT64_MAX;
		return;
	}
	u->next += 1 + bits_at(u->gaps, u->end, u->taken, u->gap_bits);
	if (u->next >= u->count) {
		u->bad = 1;
		u->next = UINT64_MAX;
	}
}

int
kpi__unpack_open(kpi__unpack *u, const void *bytes, size_t size, uint32_t count)
{
	const unsigned char *const b = bytes;
	uint64_t need;

	if (size < HEADER)
		return 0;
	memset(u, 0, sizeof(*u));
	u->form = b[0];
	u->bits = b[1];
	u->gap_bits = b[2];
	u->rest_bits = b[3];
	u->exceptions = kpi__get32(b + 4);
	u->before = kpi__get64(b + 8);
	u->count = count;
	if (u->form > EITHER || u->bits > 64 || u->gap_bits > 32 ||
	    u->exceptions > count ||
	    (u->exceptions == 0
		    ? u->gap_bits + u->rest_bits != 0
		    : u->rest_bits == 0 || u->bits + u->rest_bits > 64))
		return 0;
	need = (uint64_t)HEADER + bytes_of(count, u->bits) +
	    bytes_of(u->exceptions, u->gap_bits) +
	    bytes_of(u->exceptions, u->rest_bits);
	if (need > size)
		return 0;
	u->end = b + need;
	u->numbers = b + HEADER;
	u->gaps = u->numbers + bytes_of(count, u->bits);
	u->rests = u->gaps + bytes_of(u->exceptions, u->gap_bits);
	u->next = UINT64_MAX;
	find_exception(u);
	return !u->bad;
}

/* Eight at a time begin with a byte. A load of eight bytes has a number of up
 * to 57 bits, wherever in its first byte that begins. */
static uint32_t
take_groups(const kpi__unpack *u, uint64_t *out, uint32_t n)
{
	const unsigned bits = u->bits;
	const uint64_t mask = (UINT64_C(1) << bits % 64) - 1;
	const unsigned char *p = u->numbers + (size_t)(u->at / 8) * bits;
	uint32_t i = 0;

	if (bits > 57)
		return 0;
	for (; i + 8 <= n && (size_t)(u->end - p) >= bits + 8;
	     i += 8, p += bits)
		for (unsigned k = 0; k < 8; k++)
			out[i + k] =
			    kpi__get64(p + (k * bits >> 3)) >> (k * bits & 7) &
			    mask;
	return i;
}

static void
add_up(kpi__unpack *u, uint64_t *out, uint32_t n)
{
	uint64_t before = u->before;

	if (u->form == ABOVE)
		for (uint32_t i = 0; i < n; i++)
			out[i] += before;
	else if (u->form == RISING)
		for (uint32_t i = 0; i < n; i++)
			out[i] = before += out[i];
	else
		for (uint32_t i = 0; i < n; i++)
			out[i] = before +=
			    out[i] >> 1 ^ ((out[i] & 1) != 0 ? UINT64_MAX : 0);
	u->before = before;
}

void
kpi__unpack_next(kpi__unpack *u, uint64_t *out, uint32_t n)
{
	uint32_t i = take_groups(u, out, n);

	for (; i < n; i++)
		out[i] = bits_at(u->numbers, u->end, u->at + i, u->bits);
	while (u->next < (uint64_t)u->at + n) {
		out[u->next - u->at] |=
		    bits_at(u->rests, u->end, u->taken, u->rest_bits)
		    << u->bits;
		u->taken++;
		find_exception(u);
	}
	add_up(u, out, n);
	u->at += n;
}

/* What is told by the number before has to be read. */
void
kpi__unpack_skip(kpi__unpack *u, uint32_t at)
{
	uint64_t numbers[GROUP];

	while (u->form != ABOVE && u->at < at)
		kpi__unpack_next(
		    u, numbers, at - u->at < GROUP ? at - u->at : GROUP);
	while (u->next < at) {
		u->taken++;
		find_exception(u);
	}
	u->at = at;
}
