/* SPDX-License-Identifier: MIT */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

static void *
default_resize(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
	(void)ctx;
	(void)old_size;

	if (new_size == 0) {
		free(ptr);
		return NULL;
	}
	return realloc(ptr, new_size);
}

const kpi_allocator kpi__default_allocator = { default_resize, NULL };

kpi_status
kpi__allocator_of(
    kpi_allocator *out, const kpi_allocator *given, kpi_error *error)
{
	*out = kpi__default_allocator;
	if (given == NULL)
		return KPI_OK;
	if (given->resize == NULL)
		return kpi__fail_at(error, KPI_EINVAL, "allocator",
		    "the allocator has no function");
	*out = *given;
	return KPI_OK;
}

void *
kpi__new_array(const kpi_allocator *a, size_t count, size_t size)
{
	if (count == 0 || count > SIZE_MAX / size)
		return NULL;
	return a->resize(a->ctx, NULL, 0, count * size);
}

void *
kpi__new_zeroed(const kpi_allocator *a, size_t count, size_t size)
{
	void *ptr = kpi__new_array(a, count, size);

	if (ptr != NULL)
		memset(ptr, 0, count * size);
	return ptr;
}

void
kpi__release(const kpi_allocator *a, void *ptr, size_t count, size_t size)
{
	if (ptr != NULL)
		(void)a->resize(a->ctx, ptr, count * size, 0);
}

kpi_status
kpi__grow(const kpi_allocator *a, void *array, size_t *room, size_t need,
    size_t size)
{
	size_t wanted = *room < 8 ? 8 : *room;
	void *old, *grown;

	if (need <= *room)
		return KPI_OK;
	while (wanted < need) {
		if (wanted > SIZE_MAX / 2)
			return KPI_ENOMEM;
		wanted *= 2;
	}
	if (wanted > SIZE_MAX / size)
		return KPI_ENOMEM;

	memcpy(&old, array, sizeof(old));
	grown = a->resize(a->ctx, old, *room * size, wanted * size);
	if (grown == NULL)
		return KPI_ENOMEM;
	memcpy(array, &grown, sizeof(grown));
	*room = wanted;
	return KPI_OK;
}
