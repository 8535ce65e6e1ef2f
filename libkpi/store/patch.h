/* SPDX-License-Identifier: MIT */
/*
 * patch.h - late answers: values that replace those of a sealed chunk, by
 * field and place. Counted, and never changed once they are shared; a change
 * copies the leaf that has the place, so that it costs the same however many
 * there are.
 */
#ifndef KPI_STORE_PATCH_H
#define KPI_STORE_PATCH_H

#include <stdatomic.h>

#include "store/chunk.h"

typedef struct kpi__patch {
	int64_t value;
	uint64_t place; /* of the interaction in its chunk */
} kpi__patch;

#define KPI__PATCH_LEAF   256 /* places */
#define KPI__PATCH_LEAVES (KPI__CHUNK_INTERACTIONS / KPI__PATCH_LEAF)

/* Those of places that follow one another, sorted. */
typedef struct kpi__patch_leaf {
	atomic_uint refs;
	uint32_t count;
	size_t room;
	kpi__patch patch[];
} kpi__patch_leaf;

/* The patches of one field; a leaf of none is NULL. */
typedef struct kpi__patches {
	atomic_uint refs;
	uint64_t serial; /* no other state of any column has it */
	kpi__patch_leaf *leaf[KPI__PATCH_LEAVES];
} kpi__patches;

/* The patches of a chunk, by field of the whole. */
typedef struct kpi__patch_set {
	atomic_uint refs;
	kpi__patches *of[KPI__WHOLE_FIELDS + 1];
} kpi__patch_set;

void kpi__patch_set_hold(kpi__patch_set *set);
void kpi__patch_set_release(
    const kpi_allocator *allocator, kpi__patch_set *set); /* accepts NULL */

/*
 * Makes *set (NULL: none yet) one that has the patch too; what others hold
 * stays as it was. Its place is one of a chunk; `serial` is new. KPI_ENOMEM
 * changes no patch.
 */
kpi_status kpi__patch_set_put(const kpi_allocator *allocator,
    kpi__patch_set **set, int32_t field, kpi__patch patch,
    uint64_t serial) KPI_MUST_CHECK;

/* NULL if the field, or that place in it, has none. */
const kpi__patch *kpi__patch_set_find(
    const kpi__patch_set *set, int32_t field, uint64_t place);

/* The column with the patches in it; NULL: no memory. */
kpi__item *kpi__patches_apply(const kpi_allocator *allocator,
    const kpi__patches *patches, const kpi__column *column,
    const kpi__field *field);

#endif
