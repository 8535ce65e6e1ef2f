/* SPDX-License-Identifier: MIT */
/*
 * arrow_made.h - arrays and streams of Arrow made by hand, whose memory goes
 * with their release, so that a checker of memory sees who looks later.
 */
#ifndef KPI_TESTS_ARROW_MADE_H
#define KPI_TESTS_ARROW_MADE_H

#include <kpi.h>

/* Arrays, schemas and streams that are not released. */
extern int arrow_alive;

#define ARROW_COLUMNS 50
#define ARROW_BATCHES 300

typedef struct arrow_form {
	const char *name;
	const char *format; /* with words, of the places */
	const char *words;  /* of the dictionary; NULL: none */
	int64_t offset;     /* elements before the first */
	int no_bitmap;      /* nothing is unknown */
	int uncounted;      /* null_count is -1 */
} arrow_form;

/* Of the form's format, which is one of numbers, from ms where it is one of
 * times; KPI_UNKNOWN is null. `stride` is in bytes, 0: of an int64_t. */
struct ArrowArray arrow_numbers(const arrow_form *form, const int64_t *values,
    int64_t stride, int64_t count);

/* NULL is null. In a dictionary each different text stands once. */
struct ArrowArray arrow_texts(const arrow_form *form, const char *const *texts,
    int64_t stride, int64_t count);

/* A struct array of `count` columns, which it takes, from `skip` on. */
struct ArrowArray arrow_batch(
    struct ArrowArray *columns, int64_t count, int64_t skip, int64_t length);

/* A stream; its forms and batches are copied. Its arrays are it's. */
typedef struct arrow_source {
	arrow_form forms[ARROW_COLUMNS];
	int64_t columns;
	struct ArrowArray batches[ARROW_BATCHES];
	int count, given;
	int fails_at; /* the batch, from 1, in whose place it fails; 0: none */
	int no_schema;
} arrow_source;

struct ArrowArrayStream arrow_stream(const arrow_source *source);

/* Memory that goes with an array, zeroed. */
void *arrow_memory(struct ArrowArray *array, size_t size);

#endif
