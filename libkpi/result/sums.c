/* SPDX-License-Identifier: MIT */
#include "result/sums.h"

#include <string.h>

#include "base/memory.h"

kpi_status
kpi__sums_reserve(kpi__sums *s, const kpi_allocator *a, size_t count)
{
	if (s->high != NULL &&
	    kpi__grow(a, &s->high, &s->high_room, count, sizeof(*s->high)) !=
		KPI_OK)
		return KPI_ENOMEM;
	return kpi__grow(a, &s->low, &s->low_room, count, sizeof(*s->low));
}

void
kpi__sums_free(kpi__sums *s, const kpi_allocator *a)
{
	kpi__release(a, s->low, s->low_room, sizeof(*s->low));
	kpi__release(a, s->high, s->high_room, sizeof(*s->high));
	memset(s, 0, sizeof(*s));
}

kpi_status
kpi__sums_widen(kpi__sums *s, const kpi_allocator *a)
{
	if (s->high != NULL)
		return KPI_OK;
	s->high = kpi__new_array(a, s->low_room, sizeof(*s->high));
	if (s->high == NULL)
		return KPI_ENOMEM;
	s->high_room = s->low_room;
	for (size_t i = 0; i < s->set; i++)
		s->high[i] = (int64_t)s->low[i] < 0 ? -1 : 0;
	return KPI_OK;
}

static void
mark_set(kpi__sums *s, size_t until)
{
	s->set = s->set < until ? until : s->set;
}

static int
is_wide(kpi__wide w)
{
	return w.high != ((int64_t)w.low < 0 ? -1 : 0);
}

kpi_status
kpi__sums_put(kpi__sums *s, const kpi_allocator *a, size_t at,
    const kpi__wide *sums, size_t count)
{
	int any = 0;

	for (size_t i = 0; i < count; i++) {
		s->low[at + i] = sums[i].low;
		any |= is_wide(sums[i]);
	}
	if (any && kpi__sums_widen(s, a) != KPI_OK)
		return KPI_ENOMEM;
	for (size_t i = 0; i < count && s->high != NULL; i++)
		s->high[at + i] = sums[i].high;
	mark_set(s, at + count);
	return KPI_OK;
}

void
kpi__sums_put_short(
    kpi__sums *s, size_t at, const uint64_t *sums, size_t count)
{
	if (sums != s->low + at)
		memmove(s->low + at, sums, count * sizeof(*sums));
	mark_set(s, at + count);
	for (size_t i = 0; i < count && s->high != NULL; i++)
		s->high[at + i] = (int64_t)s->low[at + i] < 0 ? -1 : 0;
}

void
kpi__sums_copy(
    kpi__sums *to, size_t at, const kpi__sums *from, size_t of, size_t count)
{
	memcpy(&to->low[at], &from->low[of], count * sizeof(*to->low));
	if (from->high != NULL)
		memcpy(&to->high[at], &from->high[of],
		    count * sizeof(*to->high));
	else
		for (size_t i = 0; i < count && to->high != NULL; i++)
			to->high[at + i] = kpi__sums_get(from, of + i).high;
	mark_set(to, at + count);
}
