/* SPDX-License-Identifier: MIT */
/* column_source.h - a caller's column: its values, checked, as the store's. */
#ifndef KPI_INGEST_COLUMN_SOURCE_H
#define KPI_INGEST_COLUMN_SOURCE_H

#include <stddef.h>
#include <string.h>

#include "ingest/columns.h"
#include "ingest/text_codes.h"
#include "store/draft.h"

/* Types beside KPI_COLUMN_: texts with their size, without a NUL. */
#define KPI__COLUMN_CHARS 101 /* kpi__chars */
#define KPI__COLUMN_PLACE 102 /* int32_t, place in `texts`; < 0 unknown */

typedef struct kpi__chars {
	const char *text; /* NULL: unknown */
	size_t size;
} kpi__chars;

typedef struct kpi__column_source {
	const kpi__field *field;
	kpi_column column;       /* with its stride filled in */
	const kpi__chars *texts; /* of places: dictionary_count of them */
	uint32_t *mapped;    /* code + 1 of each place of the dictionary; 0: not
				asked yet */
	int32_t is_lent;     /* `mapped` is somebody else's */
	kpi__text_codes met; /* texts of rows; whoever lets go of them frees
				it */
} kpi__column_source;

/* `source` is zeroed; `codes` NULL: none are kept. KPI_EINVAL, KPI_ENOTSUP,
 * KPI_ENOMEM. */
kpi_status kpi__column_source_open(kpi__column_source *source,
    const kpi_store *store, const kpi_column *theirs, kpi__codes *codes,
    uint64_t rows, kpi_error *error) KPI_MUST_CHECK;
/* Sets the number of texts in the dictionary, none of which was asked for.
 * KPI_ENOMEM. */
kpi_status kpi__column_source_map(kpi__column_source *source,
    const kpi_allocator *allocator, uint64_t count,
    kpi_error *error) KPI_MUST_CHECK;
void kpi__column_source_close(
    kpi__column_source *source, const kpi_allocator *allocator);

/* The values of `count` rows; what is refused names its row as the line. */
kpi_status kpi__column_source_fill(kpi__column_source *source, kpi_store *store,
    const uint32_t *rows, uint32_t count, int64_t *values,
    kpi_error *error) KPI_MUST_CHECK;

static inline const void *
kpi__column_source_element(const kpi__column_source *source, uint32_t row)
{
	return (const char *)source->column.data +
	    (ptrdiff_t)row * (ptrdiff_t)source->column.stride;
}

/* An integer as it stands, widened. Here, since each row is asked for some. */
static inline int64_t
kpi__column_source_integer(const kpi__column_source *source, uint32_t row)
{
	int32_t narrow;
	int64_t value;

	if (source->column.type == KPI_COLUMN_INT32) {
		memcpy(&narrow, kpi__column_source_element(source, row),
		    sizeof(narrow));
		return narrow == INT32_MIN ? KPI_UNKNOWN : narrow;
	}
	memcpy(&value, kpi__column_source_element(source, row), sizeof(value));
	return value;
}

/* A text and its size, 0 for the unknown. */
kpi_status kpi__column_source_text(const kpi__column_source *source,
    uint32_t row, const char **text, size_t *size,
    kpi_error *error) KPI_MUST_CHECK;

#endif
