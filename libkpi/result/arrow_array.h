/* SPDX-License-Identifier: MIT */
/*
 * arrow_array.h - arrays and schemas that are handed out: each owns what it
 * is made of, so that they are released in any order.
 */
#ifndef KPI_RESULT_ARROW_ARRAY_H
#define KPI_RESULT_ARROW_ARRAY_H

#include <kpi/arrow.h>

#include "result/texts.h"

#define KPI__ARROW_BUFFERS 3

/*
 * An array of `length` with zeroed buffers of so many bytes each, 0 being
 * NULL, and `children` that are released still. KPI_ENOMEM leaves out->release
 * NULL.
 */
kpi_status kpi__arrow_array_new(struct ArrowArray *out, const kpi_allocator *a,
    int64_t length, int64_t buffers, const size_t sizes[KPI__ARROW_BUFFERS],
    uint32_t children) KPI_MUST_CHECK;

/* Buffer `i`, to be written. */
void *kpi__arrow_buffer(struct ArrowArray *array, int64_t i);

/* Makes an element null; all are valid before. The array must have a bitmap. */
void kpi__arrow_set_null(struct ArrowArray *array, int64_t at);
/* Sets the whole bitmap to valid. */
void kpi__arrow_set_valid(struct ArrowArray *array);

/* Makes `texts` the dictionary of an array. KPI_EOVERFLOW, KPI_ENOMEM. */
kpi_status kpi__arrow_set_dictionary(
    struct ArrowArray *array, const kpi__texts *texts) KPI_MUST_CHECK;

/*
 * A schema; `format` is copied, `name` must live for good. With `words` it has
 * a dictionary of utf8. KPI_ENOMEM leaves out->release NULL.
 */
kpi_status kpi__arrow_schema_new(struct ArrowSchema *out,
    const kpi_allocator *a, const char *format, const char *name, int nullable,
    int words, uint32_t children) KPI_MUST_CHECK;

#endif
