/* SPDX-License-Identifier: MIT */
#include "store/patch.h"

#include <string.h>

#include "base/memory.h"

static size_t
size_of(size_t room)
{
	return sizeof(kpi__patches) + room * sizeof(kpi__patch);
}

static void
release_patches(const kpi_allocator *allocator, kpi__patches *p)
{
	if (p != NULL && atomic_fetch_sub(&p->refs, 1) == 1)
		kpi__release(allocator, p, size_of(p->room), 1);
}

void
kpi__patch_set_hold(kpi__patch_set *set)
{
	if (set != NULL)
		atomic_fetch_add(&set->refs, 1);
}

void
kpi__patch_set_release(const kpi_allocator *allocator, kpi__patch_set *set)
{
	if (set == NULL || atomic_fetch_sub(&set->refs, 1) != 1)
		return;
	for (uint32_t f = 0; f <= KPI__WHOLE_FIELDS; f++)
		release_patches(allocator, set->of[f]);
	kpi__release(allocator, set, 1, sizeof(*set));
}

/* The first patch at `place` or behind it. */
static uint32_t
position(const kpi__patches *p, uint64_t place)
{
	uint32_t low = 0, high = p == NULL ? 0 : p->count;

	while (low < high) {
		const uint32_t middle = low + (high - low) / 2;

		if (p->patch[middle].place < place)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void
insert(kpi__patches *p, kpi__patch patch)
{
	const uint32_t at = position(p, patch.place);

	if (at == p->count || p->patch[at].place != patch.place) {
		memmove(&p->patch[at + 1], &p->patch[at],
		    (p->count - at) * sizeof(patch));
		p->count++;
	}
	p->patch[at] = patch;
}

/* A copy of `p` (NULL: none) with room for one more at least. */
static kpi__patches *
copy_of(const kpi_allocator *allocator, const kpi__patches *p)
{
	const uint32_t count = p == NULL ? 0 : p->count;
	const size_t room = (size_t)count + count / 4 + 4;
	kpi__patches *copy = kpi__new_array(allocator, size_of(room), 1);

	if (copy == NULL)
		return NULL;
	atomic_init(&copy->refs, 1);
	copy->count = count;
	copy->room = room;
	if (count > 0)
		memcpy(copy->patch, p->patch, count * sizeof(*p->patch));
	return copy;
}

static kpi__patch_set *
copy_of_set(const kpi_allocator *allocator, const kpi__patch_set *set)
{
	kpi__patch_set *copy = kpi__new_zeroed(allocator, 1, sizeof(*copy));

	if (copy == NULL)
		return NULL;
	atomic_init(&copy->refs, 1);
	for (uint32_t f = 0; set != NULL && f <= KPI__WHOLE_FIELDS; f++) {
		copy->of[f] = set->of[f];
		if (copy->of[f] != NULL)
			atomic_fetch_add(&copy->of[f]->refs, 1);
	}
	return copy;
}

kpi_status
kpi__patch_set_put(const kpi_allocator *allocator, kpi__patch_set **set,
    int32_t field, kpi__patch patch, uint64_t serial)
{
	kpi__patch_set *mine = *set;
	kpi__patches *p;

	if (mine == NULL || atomic_load(&mine->refs) != 1) {
		mine = copy_of_set(allocator, *set);
		if (mine == NULL)
			return KPI_ENOMEM;
	}
	p = mine->of[field];
	if (p == NULL || atomic_load(&p->refs) != 1 || p->count == p->room) {
		p = copy_of(allocator, p);
		if (p == NULL) {
			if (mine != *set)
				kpi__patch_set_release(allocator, mine);
			return KPI_ENOMEM;
		}
		release_patches(allocator, mine->of[field]);
		mine->of[field] = p;
	}
	insert(p, patch);
	p->serial = serial;
	if (mine != *set) {
		kpi__patch_set_release(allocator, *set);
		*set = mine;
	}
	return KPI_OK;
}

const kpi__patch *
kpi__patch_set_find(const kpi__patch_set *set, int32_t field, uint64_t place)
{
	const kpi__patches *p = set == NULL ? NULL : set->of[field];
	const uint32_t at = position(p, place);

	if (p == NULL || at == p->count || p->patch[at].place != place)
		return NULL;
	return &p->patch[at];
}

kpi__item *
kpi__patches_apply(const kpi_allocator *allocator, const kpi__patches *patches,
    const kpi__column *column, const kpi__field *field)
{
	int64_t *values =
	    kpi__new_array(allocator, column->rows, sizeof(*values));
	kpi__item *item;

	if (values == NULL)
		return NULL;
	for (uint32_t i = 0; i < column->rows; i++)
		values[i] = kpi__column_value(column, i);
	for (uint32_t i = 0; i < patches->count; i++)
		if (patches->patch[i].place < column->rows)
			values[patches->patch[i].place] =
			    patches->patch[i].value;
	item = kpi__item_pack(allocator, (uint32_t)field->number, values,
	    column->rows, field->type == KPI__TYPE_TEXT);
	kpi__release(allocator, values, column->rows, sizeof(*values));
	return item;
}
