/* SPDX-License-Identifier: MIT */
/* memory.h - the only way the library gets and returns memory. */
#ifndef KPI_BASE_MEMORY_H
#define KPI_BASE_MEMORY_H

#include <kpi/base.h>

extern const kpi_allocator kpi__default_allocator;

/* The allocator of an object's options: malloc() and free() if `given` is
 * NULL. KPI_EINVAL if it has no function; *out is then the default. */
kpi_status kpi__allocator_of(kpi_allocator *out, const kpi_allocator *given,
    kpi_error *error) KPI_MUST_CHECK;

/* `count` elements of `size` bytes, not zeroed; NULL on overflow or no memory.
 * count 0 gives NULL. */
void *kpi__new_array(const kpi_allocator *a, size_t count, size_t size);

/* The same, zeroed. */
void *kpi__new_zeroed(const kpi_allocator *a, size_t count, size_t size);

/* `count` and `size` must be those the block was made with. Accepts NULL. */
void kpi__release(const kpi_allocator *a, void *ptr, size_t count, size_t size);

/* Makes *array, which has room for *room elements, hold at least `need`;
 * grows by doubling. KPI_ENOMEM leaves all as it was. */
kpi_status kpi__grow(const kpi_allocator *a, void *array, size_t *room,
    size_t need, size_t size) KPI_MUST_CHECK;

#endif
