/* SPDX-License-Identifier: MIT */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/error.h"

/*
 * The groups of a scan and the rows of its result are some 10 MB that are
 * touched once: in pages of 4 KiB the system takes longer to hand these out
 * than the scan to fill them. So large blocks ask for large pages.
 */
#define LARGE_BLOCK ((size_t)2 << 20)
#define SMALL_PAGE  ((uintptr_t)4096)

static void
advise(void *ptr, size_t size)
{
#ifdef MADV_HUGEPAGE
	const uintptr_t begin =
	    ((uintptr_t)ptr + SMALL_PAGE - 1) & ~(SMALL_PAGE - 1);
	const uintptr_t end = ((uintptr_t)ptr + size) & ~(SMALL_PAGE - 1);

	/* where it is refused, as with pages of another size, all is well */
	(void)madvise((void *)begin, end - begin, MADV_HUGEPAGE);
#else
	(void)ptr;
	(void)size;
#endif
}

static void *
default_resize(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
	void *block;

	(void)ctx;
	if (new_size == 0) {
		free(ptr);
		return NULL;
	}
	block = realloc(ptr, new_size);
	if (block != NULL && new_size >= LARGE_BLOCK && new_size > old_size)
		advise(block, new_size);
	return block;
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
