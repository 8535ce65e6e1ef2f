/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/memory.h"
#include "result/arrow_array.h"
#include "result/table.h"

struct owned {
	kpi_allocator allocator;
	char *format;
	struct ArrowSchema *child;
	struct ArrowSchema **children;
	uint32_t count;
	struct ArrowSchema dictionary;
};

static void
free_owned(struct owned *owned)
{
	const kpi_allocator a = owned->allocator;

	kpi__free_string(&a, owned->format);
	kpi__release(&a, owned->child, owned->count, sizeof(*owned->child));
	kpi__release(
	    &a, owned->children, owned->count, sizeof(*owned->children));
	kpi__release(&a, owned, 1, sizeof(*owned));
}

static void
release(struct ArrowSchema *schema)
{
	struct owned *owned = schema->private_data;

	for (uint32_t i = 0; i < owned->count; i++)
		if (owned->child[i].release != NULL)
			owned->child[i].release(&owned->child[i]);
	if (owned->dictionary.release != NULL)
		owned->dictionary.release(&owned->dictionary);
	free_owned(owned);
	schema->release = NULL;
}

static int
make(struct owned *owned, const char *format, uint32_t children)
{
	const kpi_allocator *a = &owned->allocator;

	owned->format = kpi__copy_string(a, format, strlen(format));
	if (owned->format == NULL)
		return 0;
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
kpi__arrow_schema_new(struct ArrowSchema *out, const kpi_allocator *a,
    const char *format, const char *name, int nullable, int words,
    uint32_t children)
{
	struct owned *owned = kpi__new_zeroed(a, 1, sizeof(*owned));
	kpi_status status = KPI_OK;

	memset(out, 0, sizeof(*out));
	if (owned == NULL)
		return KPI_ENOMEM;
	owned->allocator = *a;
	if (!make(owned, format, children))
		status = KPI_ENOMEM;
	if (status == KPI_OK && words)
		status = kpi__arrow_schema_new(
		    &owned->dictionary, a, "u", "", 0, 0, 0);
	if (status != KPI_OK) {
		free_owned(owned);
		return status;
	}
	out->format = owned->format;
	out->name = name;
	out->flags = nullable ? ARROW_FLAG_NULLABLE : 0;
	out->n_children = children;
	out->children = owned->children;
	out->dictionary = words ? &owned->dictionary : NULL;
	out->release = release;
	out->private_data = owned;
	return KPI_OK;
}
