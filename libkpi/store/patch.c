/* SPDX-License-Identifier: MIT */
#include "store/patch.h"

#include <string.h>

#include "base/memory.h"

static size_t
size_of(size_t room)
{
	return sizeof(kpi__patch_leaf) + room * sizeof(kpi__patch);
}

static void
release_leaf(const kpi_allocator *allocator, kpi__patch_leaf *leaf)
{
	if (leaf != NULL && atomic_fetch_sub(&leaf->refs, 1) == 1)
		kpi__release(allocator, leaf, size_of(leaf->room), 1);
}

static void
release_patches(const kpi_allocator *allocator, kpi__patches *p)
{
	if (p == NULL || atomic_fetch_sub(&p->refs, 1) != 1)
		return;
	for (uint32_t i = 0; i < KPI__PATCH_LEAVES; i++)
		release_leaf(allocator, p->leaf[i]);
	kpi__release(allocator, p, 1, sizeof(*p));
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
position(const kpi__patch_leaf *leaf, uint64_t place)
{
	uint32_t low = 0, high = leaf == NULL ? 0 : leaf->count;

	while (low < high) {
		const uint32_t middle = low + (high - low) / 2;

		if (leaf->patch[middle].place < place)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void
insert(kpi__patch_leaf *leaf, kpi__patch patch)
{
	const uint32_t at = position(leaf, patch.place);

	if (at == leaf->count || leaf->patch[at].place != patch.place) {
		memmove(&leaf->patch[at + 1], &leaf->patch[at],
		    (leaf->count - at) * sizeof(patch));
		leaf->count++;
	}
	leaf->patch[at] = patch;
}

/* Makes *leaf ours alone, with room for one more at least. */
static kpi_status
own_leaf(const kpi_allocator *allocator, kpi__patch_leaf **leaf)
{
	kpi__patch_leaf *const was = *leaf;
	const uint32_t count = was == NULL ? 0 : was->count;
	const size_t room = (size_t)count + count / 4 + 2;
	kpi__patch_leaf *copy;

	if (was != NULL && atomic_load(&was->refs) == 1 && count < was->room)
		return KPI_OK;
	copy = kpi__new_array(allocator, size_of(room), 1);
	if (copy == NULL)
		return KPI_ENOMEM;
	atomic_init(&copy->refs, 1);
	copy->count = count;
	copy->room = room;
	if (count > 0)
		memcpy(copy->patch, was->patch, count * sizeof(*was->patch));
	release_leaf(allocator, was);
	*leaf = copy;
	return KPI_OK;
}

/* Makes *patches ours alone, but for its leaves. */
static kpi_status
own_patches(const kpi_allocator *allocator, kpi__patches **patches)
{
	kpi__patches *const was = *patches;
	kpi__patches *copy;

	if (was != NULL && atomic_load(&was->refs) == 1)
		return KPI_OK;
	copy = kpi__new_zeroed(allocator, 1, sizeof(*copy));
	if (copy == NULL)
		return KPI_ENOMEM;
	atomic_init(&copy->refs, 1);
	if (was != NULL) {
		copy->serial = was->serial;
		memcpy(copy->leaf, was->leaf, sizeof(copy->leaf));
		for (uint32_t i = 0; i < KPI__PATCH_LEAVES; i++)
			if (copy->leaf[i] != NULL)
				atomic_fetch_add(&copy->leaf[i]->refs, 1);
	}
	release_patches(allocator, was);
	*patches = copy;
	return KPI_OK;
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
	kpi__patch_leaf **leaf;
	kpi_status status;

	if (mine == NULL || atomic_load(&mine->refs) != 1) {
		mine = copy_of_set(allocator, *set);
		if (mine == NULL)
			return KPI_ENOMEM;
		kpi__patch_set_release(allocator, *set);
		*set = mine;
	}
	status = own_patches(allocator, &mine->of[field]);
	if (status != KPI_OK)
		return status;
	leaf = &mine->of[field]->leaf[patch.place / KPI__PATCH_LEAF];
	status = own_leaf(allocator, leaf);
	if (status != KPI_OK)
		return status;
	insert(*leaf, patch);
	mine->of[field]->serial = serial;
	return KPI_OK;
}

const kpi__patch *
kpi__patch_set_find(const kpi__patch_set *set, int32_t field, uint64_t place)
{
	const kpi__patches *p = set == NULL ? NULL : set->of[field];
	const kpi__patch_leaf *leaf =
	    p == NULL ? NULL : p->leaf[place / KPI__PATCH_LEAF];
	const uint32_t at = position(leaf, place);

	if (leaf == NULL || at == leaf->count || leaf->patch[at].place != place)
		return NULL;
	return &leaf->patch[at];
}

static void
put_leaf(int64_t *values, uint32_t rows, const kpi__patch_leaf *leaf)
{
	for (uint32_t i = 0; leaf != NULL && i < leaf->count; i++)
		if (leaf->patch[i].place < rows)
			values[leaf->patch[i].place] = leaf->patch[i].value;
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
	for (uint32_t l = 0; l < KPI__PATCH_LEAVES; l++)
		put_leaf(values, column->rows, patches->leaf[l]);
	item = kpi__item_pack(allocator, (uint32_t)field->number, values,
	    column->rows, field->type == KPI__TYPE_TEXT);
	kpi__release(allocator, values, column->rows, sizeof(*values));
	return item;
}
