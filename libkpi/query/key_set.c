/* SPDX-License-Identifier: MIT */
/* Which units of a batch have a key of a set. */
#include "query/kernel.h"

void
kpi__key_set_find(kpi__key_set *set)
{
	unsigned both = 255, either = 0, members = 0, matching = 0;

	for (unsigned key = 0; key < 256; key++) {
		if (!set->in[key])
			continue;
		both &= key;
		either |= key;
		members++;
	}
	set->bits = (uint8_t)~(both ^ either);
	set->value = (uint8_t)(both & set->bits);
	for (unsigned key = 0; key < 256; key++)
		matching += (key & set->bits) == set->value;
	set->exact = members > 0 && matching == members;
}

KPI__WIDER static void
choose_exact(const uint32_t *restrict value, const uint8_t *restrict key,
    uint8_t bits, uint8_t match, size_t count, uint32_t *restrict out)
{
	for (size_t i = 0; i < count; i++)
		out[i] = value[i] & -(uint32_t)((key[i] & bits) == match);
}

void
kpi__kernel_choose(const uint32_t *restrict value, const uint8_t *restrict key,
    const kpi__key_set *set, uint32_t count, uint32_t *restrict out)
{
	if (set->exact)
		choose_exact(value, key, set->bits, set->value, count, out);
	else
		for (size_t i = 0; i < count; i++)
			out[i] = value[i] & -(uint32_t)set->in[key[i]];
}

KPI__WIDER static void
mask_exact(const uint8_t *restrict key, uint8_t bits, uint8_t value,
    size_t count, uint8_t *restrict mask)
{
	for (size_t i = 0; i < count; i++)
		mask[i] = (key[i] & bits) == value;
}

void
kpi__kernel_mask(const uint8_t *restrict key, const kpi__key_set *set,
    const uint8_t *restrict keep, uint32_t count, uint8_t *restrict mask)
{
	if (set->exact)
		mask_exact(key, set->bits, set->value, count, mask);
	else
		for (size_t i = 0; i < count; i++)
			mask[i] = set->in[key[i]];
	if (keep != NULL)
		for (size_t i = 0; i < count; i++)
			mask[i] &= keep[i];
}
