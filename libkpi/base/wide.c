/* SPDX-License-Identifier: MIT */
#include "base/wide.h"

#include <math.h>

static kpi__wide
negate(kpi__wide w)
{
	kpi__wide n;

	n.low = ~w.low + 1;
	n.high = (int64_t)(~(uint64_t)w.high + (n.low == 0));
	return n;
}

/* By halves of 32 bits: i386 has no 128-bit integers. */
kpi__wide
kpi__wide_product(int64_t a, int64_t b)
{
	const int negative = (a < 0) != (b < 0);
	const uint64_t x = a < 0 ? -(uint64_t)a : (uint64_t)a;
	const uint64_t y = b < 0 ? -(uint64_t)b : (uint64_t)b;
	const uint64_t x0 = x & UINT32_MAX, x1 = x >> 32;
	const uint64_t y0 = y & UINT32_MAX, y1 = y >> 32;
	const uint64_t low = x0 * y0;
	const uint64_t middle = x1 * y0 + (low >> 32);
	const uint64_t other = x0 * y1 + (middle & UINT32_MAX);
	kpi__wide w;

	w.low = other << 32 | (low & UINT32_MAX);
	w.high = (int64_t)(x1 * y1 + (middle >> 32) + (other >> 32));
	return negative ? negate(w) : w;
}

int
kpi__wide_add_checked(kpi__wide *a, kpi__wide b)
{
	const kpi__wide sum = kpi__wide_add(*a, b);

	if ((a->high < 0) == (b.high < 0) && (sum.high < 0) != (a->high < 0))
		return 1;
	*a = sum;
	return 0;
}

int
kpi__wide_to_int64(kpi__wide w, int64_t *out)
{
	const int64_t value = (int64_t)w.low;

	if (w.high != (value < 0 ? -1 : 0))
		return 1;
	*out = value;
	return 0;
}

int
kpi__wide_divide(
    kpi__wide w, uint32_t divisor, int64_t *whole, uint32_t *left)
{
	const uint64_t part[4] = { (uint64_t)w.high >> 32,
		(uint64_t)w.high & UINT32_MAX, w.low >> 32,
		w.low & UINT32_MAX };
	uint64_t digit[4], over = 0;

	for (int i = 0; i < 4; i++) {
		over = over << 32 | part[i];
		digit[i] = over / divisor;
		over %= divisor;
	}
	if (digit[0] != 0 || digit[1] != 0 || digit[2] > INT32_MAX)
		return 1;
	*whole = (int64_t)(digit[2] << 32 | digit[3]);
	*left = (uint32_t)over;
	return 0;
}

/* By as many digits of the part as leave room for what is over. */
uint64_t
kpi__wide_share(
    uint64_t amount, uint64_t part, uint64_t whole, uint64_t *left)
{
	const uint64_t rest = amount % whole;
	uint64_t share = 0, over = 0;
	int bits = 1, digit;

	while (whole >> bits != 0)
		bits++;
	digit = 63 - bits;
	for (int at = (bits - 1) / digit * digit; at >= 0; at -= digit) {
		const uint64_t next =
		    part >> at & ((UINT64_C(1) << digit) - 1);

		over = (over << digit) + rest * next;
		share = (share << digit) + over / whole;
		over %= whole;
	}
	*left = over;
	return amount / whole * part + share;
}

/*
 * The 64 bits from the highest on, of which the last is set if any bit below
 * is: so a double, which has fewer, is rounded once.
 */
static double
magnitude(uint64_t high, uint64_t low)
{
	int shift = 0;

	while (shift < 64 && high >> shift != 0)
		shift++;
	if (shift == 0)
		return (double)low;
	if (shift < 64) {
		high = high << (64 - shift) | low >> shift;
		low <<= 64 - shift;
	}
	return ldexp((double)(high | (low != 0)), shift);
}

double
kpi__wide_to_double(kpi__wide w)
{
	const kpi__wide n = w.high < 0 ? negate(w) : w;
	const double x = magnitude((uint64_t)n.high, n.low);

	return w.high < 0 ? -x : x;
}
