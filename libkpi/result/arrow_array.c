/* SPDX-License-Identifier: MIT */
#include "result/arrow_array.h"

#include <string.h>

#include "base/memory.h"

/* What an array is made of: its private data. */
struct owned {
	kpi_allocator allocator;
	const void *buffers[KPI__ARROW_BUFFERS];
	size_t sizes[KPI__ARROW_BUFFERS];
	struct ArrowArray *child; /* of each of `children` */
	struct ArrowArray **children;
	uint32_t count;
	struct ArrowArray dictionary;
};

static void
free_owned(struct owned *owned)
{
	const kpi_allocator a = owned->allocator;

	for (int i = 0; i < KPI__ARROW_BUFFERS; i++)
		kpi__release(&a, (void *)(uintptr_t)owned->buffers[i],
		    owned->sizes[i], 1);
	kpi__release(&a, owned->child, owned->count, sizeof(*owned->child));
	kpi__release(
	    &a, owned->children, owned->count, sizeof(*owned->children));
	kpi__release(&a, owned, 1, sizeof(*owned));
}

/* A child that was moved away is released already. */
static void
release(struct ArrowArray *array)
{
	struct owned *owned = array->private_data;

	for (uint32_t i = 0; i < owned->count; i++)
		if (owned->child[i].release != NULL)
			owned->child[i].release(&owned->child[i]);
	if (owned->dictionary.release != NULL)
		owned->dictionary.release(&owned->dictionary);
	free_owned(owned);
	array->release = NULL;
}

static int
make(struct owned *owned, const size_t sizes[KPI__ARROW_BUFFERS],
    uint32_t children)
{
	const kpi_allocator *a = &owned->allocator;

	for (int i = 0; i < KPI__ARROW_BUFFERS; i++) {
		owned->buffers[i] = kpi__new_zeroed(a, sizes[i], 1);
		owned->sizes[i] = sizes[i];
		if (owned->buffers[i] == NULL && sizes[i] > 0)
			return 0;
	}
	if (children == 0)
		return 1;
	owned->count = children;
	owned->child = kpi__new_zeroed(a, children, sizeof(*owned->child));
	owned->children =
	    kpi__new_zeroed(a, children, sizeof(*owned->children));
	if (owned->child == NULL || owned->children == NULL)
		return 0;
	for (uint32_t i = 0; i < children; i++)
		owned->children[i] = &owned->child[i];
	return 1;
}

kpi_status
kpi__arrow_array_new(struct ArrowArray *out, const kpi_allocator *a,
    int64_t length, int64_t buffers, const size_t sizes[KPI__ARROW_BUFFERS],
    uint32_t children)
{
	struct owned *owned = kpi__new_zeroed(a, 1, sizeof(*owned));

	memset(out, 0, sizeof(*out));
	if (owned == NULL)
		return KPI_ENOMEM;
	owned->allocator = *a;
	if (!make(owned, sizes, children)) {
		free_owned(owned);
		return KPI_ENOMEM;
	}
	out->length = length;
	out->n_buffers = buffers;
	out->buffers = owned->buffers;
	out->n_children = children;
	out->children = owned->children;
	out->release = release;
	out->private_data = owned;
	return KPI_OK;
}

void *
kpi__arrow_buffer(struct ArrowArray *array, int64_t i)
{
	return (void *)(uintptr_t)array->buffers[i];
}

void
kpi__arrow_set_valid(struct ArrowArray *array)
{
	const struct owned *owned = array->private_data;

	memset(kpi__arrow_buffer(array, 0), 0xff, owned->sizes[0]);
}

void
kpi__arrow_set_null(struct ArrowArray *array, int64_t at)
{
	unsigned char *valid = kpi__arrow_buffer(array, 0);

	valid[at >> 3] &= (unsigned char)~(1U << (at & 7));
	array->null_count++;
}

kpi_status
kpi__arrow_set_dictionary(struct ArrowArray *array, const kpi__texts *texts)
{
	struct owned *owned = array->private_data;
	const size_t sizes[KPI__ARROW_BUFFERS] = { 0,
		(texts->count + 1) * sizeof(int32_t), texts->size + 1 };
	int32_t *offset, at = 0;
	kpi_status status;
	char *bytes;

	if (texts->size > INT32_MAX)
		return KPI_EOVERFLOW;
	status = kpi__arrow_array_new(&owned->dictionary, &owned->allocator,
	    (int64_t)texts->count, KPI__ARROW_BUFFERS, sizes, 0);
	if (status != KPI_OK)
		return status;
	offset = kpi__arrow_buffer(&owned->dictionary, 1);
	bytes = kpi__arrow_buffer(&owned->dictionary, 2);
	for (uint32_t i = 0; i < texts->count; i++) {
		const char *text = kpi__texts_get(texts, i);
		const size_t size = strlen(text);

		memcpy(bytes + at, text, size);
		at += (int32_t)size;
		offset[i + 1] = at;
	}
	array->dictionary = &owned->dictionary;
	return KPI_OK;
}
