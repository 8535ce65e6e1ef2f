/* SPDX-License-Identifier: MIT */
/*
 * arrow_column.h - a column of a stream of batches, as a column of the rows
 * that are added at once: those of several batches, or a part of one.
 */
#ifndef KPI_INGEST_ARROW_COLUMN_H
#define KPI_INGEST_ARROW_COLUMN_H

#include "ingest/arrow_part.h"
#include "store/chunk.h"
#include "time/zone.h"

/* Rows that are added at once, at most. */
#define KPI__ARROW_ROWS KPI__CHUNK_INTERACTIONS

typedef struct kpi__arrow_column {
	const kpi__field *field;
	int64_t child;
	kpi__arrow_type type;  /* of the rows */
	kpi__arrow_type words; /* of the dictionary, if there is one */
	int coded;
	int32_t table; /* of the words that are codes; 0: none */
	int zoned;     /* its instants are wall time in `zone` */
	const kpi__zone *zone;
	kpi__arrow_part rows;  /* of the batch */
	kpi__arrow_part given; /* its dictionary, as it came */
	/* The dictionary that is known, and what stands for its words. */
	kpi__arrow_part dictionary;
	kpi__chars *text;
	int64_t *code;
	size_t room; /* of what follows, into which rows are read */
	int64_t *number;
	int32_t *place;
	kpi__chars *chars;
	char (*digits)[KPI__INT64_TEXT];
} kpi__arrow_column;

/*
 * Reads the type of a column. Timestamps without a zone are in `zone` if
 * `zoned`, else refused. KPI_EINVAL, KPI_ENOTSUP.
 */
kpi_status kpi__arrow_column_open(kpi__arrow_column *column,
    const kpi__field *field, const struct ArrowSchema *schema, int zoned,
    const kpi__zone *zone, kpi_error *error) KPI_MUST_CHECK;
void kpi__arrow_column_close(kpi__arrow_column *column, const kpi_allocator *a);

/* Takes the rows of a batch and its dictionary, if they are whole. KPI_EINVAL.
 */
kpi_status kpi__arrow_column_take(kpi__arrow_column *column,
    const struct ArrowArray *batch, kpi_error *error) KPI_MUST_CHECK;

/*
 * Makes `count` rows of the batch, from `begin` on, the rows of `source` from
 * `at` on, which with them are at most KPI__ARROW_ROWS. The error's line is
 * the row of the source, from 1. KPI_EINVAL, KPI_ENOMEM.
 */
kpi_status kpi__arrow_column_fill(kpi__arrow_column *column,
    kpi__column_source *source, const kpi_allocator *a, int64_t begin,
    uint32_t count, uint32_t at, kpi_error *error) KPI_MUST_CHECK;

/* arrow_words.c: the words of dictionaries, and the codes of words. */

/* Whether the dictionary that came is another than is known: one in the same
 * buffers is the same, since the batch before is still there. */
int kpi__arrow_words_differ(kpi__arrow_column *column);
/* Makes it the one that is known. KPI_EINVAL, KPI_ENOMEM. */
kpi_status kpi__arrow_words_learn(kpi__arrow_column *column,
    kpi__column_source *source, const kpi_allocator *a,
    kpi_error *error) KPI_MUST_CHECK;
void kpi__arrow_words_release(
    kpi__arrow_column *column, const kpi_allocator *a);

/* The code of a word of the column's table, KPI_UNKNOWN for none. */
kpi_status kpi__arrow_code(const kpi__arrow_column *column,
    const kpi__chars *chars, int64_t *code, kpi_error *error) KPI_MUST_CHECK;

/* KPI_EINVAL: the column or dictionary, or a value in it, is at fault. */
kpi_status kpi__arrow_refuse_array(const kpi__arrow_column *column,
    const char *whose, const char *fault, kpi_error *error);
kpi_status kpi__arrow_refuse_value(const kpi__arrow_column *column,
    const char *whose, const kpi__arrow_fault *fault, kpi_error *error);

#endif
