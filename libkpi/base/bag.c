/* SPDX-License-Identifier: MIT */
#include "base/bag.h"

#include <string.h>

#include "base/bin.h"
#include "base/memory.h"

void
kpi__bag_free(kpi__bag *bag, const kpi_allocator *a)
{
	kpi__release(a, bag->entry, bag->room, sizeof(*bag->entry));
	memset(bag, 0, sizeof(*bag));
}

/* Adds what is put in behind an entry that it does not differ from. */
static kpi_status
add_to(kpi__bag_entry *last, const kpi__bag_entry *one)
{
	if (last->count > INT64_MAX - one->count ||
	    kpi__wide_add_checked(&last->sum, one->sum))
		return KPI_EOVERFLOW;
	last->count += one->count;
	return KPI_OK;
}

static int64_t
bin_of(int64_t value)
{
	return (int64_t)kpi__bin_begin(kpi__bin_of((uint64_t)value));
}

static kpi_status
make_bins(kpi__bag *bag)
{
	size_t kept = 0;

	for (size_t i = 0; i < bag->count; i++) {
		kpi__bag_entry one = bag->entry[i];

		one.value = bin_of(one.value);
		if (kept == 0 || bag->entry[kept - 1].value != one.value)
			bag->entry[kept++] = one;
		else if (add_to(&bag->entry[kept - 1], &one) != KPI_OK)
			return KPI_EOVERFLOW;
	}
	bag->count = kept;
	bag->binned = 1;
	return KPI_OK;
}

static kpi_status
put(kpi__bag *bag, const kpi_allocator *a, const kpi__bag_entry *from)
{
	kpi__bag_entry one = *from;

	if (bag->binned)
		one.value = bin_of(one.value);
	if (bag->count > 0 && bag->entry[bag->count - 1].value == one.value)
		return add_to(&bag->entry[bag->count - 1], &one);
	if (kpi__grow(a, &bag->entry, &bag->room, bag->count + 1,
		sizeof(*bag->entry)) != KPI_OK)
		return KPI_ENOMEM;
	bag->entry[bag->count++] = one;
	return !bag->binned && bag->count > KPI__BAG_EXACT ? make_bins(bag)
							    : KPI_OK;
}

kpi_status
kpi__bag_append(
    kpi__bag *bag, const kpi_allocator *a, int64_t value, int64_t count)
{
	const kpi__bag_entry one = { value, count,
		kpi__wide_product(value, count) };

	return put(bag, a, &one);
}

kpi_status
kpi__bag_copy(kpi__bag *bag, const kpi_allocator *a, const kpi__bag *from)
{
	if (from->count == 0)
		return KPI_OK;
	if (kpi__grow(a, &bag->entry, &bag->room, from->count,
		sizeof(*bag->entry)) != KPI_OK)
		return KPI_ENOMEM;
	memcpy(bag->entry, from->entry, from->count * sizeof(*bag->entry));
	bag->count = from->count;
	bag->binned = from->binned;
	return KPI_OK;
}

/* A value that stands for its bin is not above what else is in that bin, so
 * that the order of the bins is that of the values. */
kpi_status
kpi__bag_unite(kpi__bag *bag, const kpi_allocator *a, const kpi__bag *x,
    const kpi__bag *y)
{
	size_t i = 0, j = 0;
	kpi_status status = KPI_OK;

	bag->binned = x->binned | y->binned;
	while (status == KPI_OK && (i < x->count || j < y->count)) {
		if (j == y->count ||
		    (i < x->count &&
			x->entry[i].value <= y->entry[j].value))
			status = put(bag, a, &x->entry[i++]);
		else
			status = put(bag, a, &y->entry[j++]);
	}
	return status;
}

const kpi__bag_entry *
kpi__bag_at(const kpi__bag *bag, uint64_t place)
{
	uint64_t before = 0;

	for (size_t i = 0; i < bag->count; i++) {
		before += (uint64_t)bag->entry[i].count;
		if (place < before)
			return &bag->entry[i];
	}
	return NULL;
}
