/* SPDX-License-Identifier: MIT */
#include "stats/exact.h"

#include <string.h>

static int
is_negative(const kpi__exact *value)
{
	return value->limb[KPI__EXACT_LIMBS - 1] >> 31 != 0;
}

kpi__exact
kpi__exact_of(kpi__wide value)
{
	kpi__exact e;

	memset(e.limb, value.high < 0 ? 0xff : 0, sizeof(e.limb));
	e.limb[0] = (uint32_t)(value.low & UINT32_MAX);
	e.limb[1] = (uint32_t)(value.low >> 32);
	e.limb[2] = (uint32_t)((uint64_t)value.high & UINT32_MAX);
	e.limb[3] = (uint32_t)((uint64_t)value.high >> 32);
	return e;
}

kpi__exact
kpi__exact_add(kpi__exact a, kpi__exact b)
{
	uint64_t carry = 0;

	for (int i = 0; i < KPI__EXACT_LIMBS; i++) {
		carry += (uint64_t)a.limb[i] + b.limb[i];
		a.limb[i] = (uint32_t)(carry & UINT32_MAX);
		carry >>= 32;
	}
	return a;
}

/* a - b = a + ~b + 1. */
kpi__exact
kpi__exact_subtract(kpi__exact a, kpi__exact b)
{
	uint64_t carry = 1;

	for (int i = 0; i < KPI__EXACT_LIMBS; i++) {
		carry += (uint64_t)a.limb[i] + (~b.limb[i] & UINT32_MAX);
		a.limb[i] = (uint32_t)(carry & UINT32_MAX);
		carry >>= 32;
	}
	return a;
}

/* Cut off at the width, the product is right whatever the signs. */
kpi__exact
kpi__exact_multiply(kpi__exact a, kpi__exact b)
{
	kpi__exact product = { { 0 } };

	for (int i = 0; i < KPI__EXACT_LIMBS; i++) {
		uint64_t carry = 0;

		for (int j = 0; i + j < KPI__EXACT_LIMBS; j++) {
			carry += (uint64_t)a.limb[i] * b.limb[j] +
			    product.limb[i + j];
			product.limb[i + j] = (uint32_t)(carry & UINT32_MAX);
			carry >>= 32;
		}
	}
	return product;
}

double
kpi__exact_to_double(kpi__exact value)
{
	const kpi__exact zero = { { 0 } };
	const int negative = is_negative(&value);
	double sum = 0;

	if (negative)
		value = kpi__exact_subtract(zero, value);
	for (int i = KPI__EXACT_LIMBS - 1; i >= 0; i--)
		sum = sum * 0x1p32 + value.limb[i];
	return negative ? -sum : sum;
}
