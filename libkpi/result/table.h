/* SPDX-License-Identifier: MIT */
/* table.h - the struct behind a result: frame, shapes, texts and rows. */
#ifndef KPI_RESULT_TABLE_H
#define KPI_RESULT_TABLE_H

#include "result/allocation.h"
#include "result/result.h"
#include "result/sums.h"
#include "result/texts.h"
#include "result/wholes.h"

/* Column by column; row i has by_count codes, two times, `width` sums, `bags`
 * bags. */
typedef struct kpi__rows {
	uint32_t *code; /* places in the texts of the dimension, KPI__NO_TEXT */
	int64_t *time;  /* begin, until; KPI_UNKNOWN without buckets */
	kpi__sums sum;
	kpi__bag *bag; /* its room is always set up */
	size_t count, code_room, time_room, bag_room;
} kpi__rows;

struct kpi_result {
	kpi_allocator allocator;
	kpi__frame frame; /* its texts are the next three */
	char *zone, *zone_directory;
	char **filters; /* by bytes, none twice */
	size_t filter_count;
	kpi__shape *shapes;
	char **presets; /* of each definition, names with commas, or NULL; NULL:
	                   none was asked for by a preset */
	double *limits; /* of each definition: chances up to it are significant
	                   in its rows; made by kpi__result_judge() */
	uint32_t count, width, bags;
	kpi__texts texts[KPI__MAX_BY];
	kpi__rows rows;
	kpi__wholes *wholes; /* by definition; NULL: none is a mix */
	kpi__allocation *allocations; /* likewise; NULL: none allocates */
};

/* Finds what rows have of one another, once they change no more: wholes, what
 * is allocated, limits of chances. KPI_ENOMEM, KPI_EOVERFLOW. */
kpi_status kpi__result_settle(kpi_result *result) KPI_MUST_CHECK;

/* Makes room for `count` rows; KPI_ENOMEM leaves the rows as they were. */
kpi_status kpi__rows_reserve(
    kpi_result *result, kpi__rows *rows, size_t count) KPI_MUST_CHECK;

void kpi__rows_free(kpi_result *result, kpi__rows *rows);

/* By group (unknown last), then begin, then until. */
int kpi__rows_compare(const kpi_result *result, const kpi__rows *a, size_t i,
    const kpi__rows *b, size_t j);

/* Non-zero if row `j` is of the group of row `i` and begins before that ends:
 * then they were not cut into the same buckets. */
int kpi__rows_overlap(const kpi_result *result, const kpi__rows *a, size_t i,
    const kpi__rows *b, size_t j);

/* Copies row `j` of `from` to the end of `to`, which has room. KPI_ENOMEM. */
kpi_status kpi__rows_append(const kpi_result *result, kpi__rows *to,
    const kpi__rows *from, size_t j) KPI_MUST_CHECK;

/* Unites the sums of row `j` of `from` with the last of `to`: KPI_EOVERFLOW,
 * KPI_ENOMEM. */
kpi_status kpi__rows_add_last(const kpi_result *result, kpi__rows *to,
    const kpi__rows *from, size_t j) KPI_MUST_CHECK;

/* A sum of a row, 0 if the definition has none of that name. */
kpi__wide kpi__result_sum(const kpi_result *result, uint64_t row,
    const kpi__shape *shape, enum kpi__sum sum);

/* The bag of a row, of a definition that keeps one. */
const kpi__bag *kpi__result_bag(
    const kpi_result *result, uint64_t row, const kpi__shape *shape);

/* Copies of texts, all of them or NULL without memory. */
char **kpi__copy_strings(
    const kpi_allocator *a, char *const *texts, size_t count);
void kpi__free_strings(const kpi_allocator *a, char **texts, size_t count);

/* A copy with its NUL; NULL without memory. Free with kpi__free_string(). */
char *kpi__copy_string(const kpi_allocator *a, const char *text, size_t size);
void kpi__free_string(const kpi_allocator *a, char *text); /* accepts NULL */

#endif
