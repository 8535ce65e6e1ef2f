/* SPDX-License-Identifier: MIT */
/*
 * arrow.h - rows in and figures out by Arrow's C data interface.
 *
 * The three structs are those of the published interface
 * (https://arrow.apache.org/docs/format/CDataInterface.html), whose guards
 * let several headers declare them. Nothing else of Arrow is needed.
 */
#ifndef KPI_ARROW_H
#define KPI_ARROW_H

#include <kpi/result.h>
#include <kpi/store.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE           2
#define ARROW_FLAG_MAP_KEYS_SORTED    4

struct ArrowSchema {
	const char *format;
	const char *name;
	const char *metadata;
	int64_t flags;
	int64_t n_children;
	struct ArrowSchema **children;
	struct ArrowSchema *dictionary;
	void (*release)(struct ArrowSchema *);
	void *private_data;
};

struct ArrowArray {
	int64_t length;
	int64_t null_count;
	int64_t offset;
	int64_t n_buffers;
	int64_t n_children;
	const void **buffers;
	struct ArrowArray **children;
	struct ArrowArray *dictionary;
	void (*release)(struct ArrowArray *);
	void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
	int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
	int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
	const char *(*get_last_error)(struct ArrowArrayStream *);
	void (*release)(struct ArrowArrayStream *);
	void *private_data;
};

#endif

struct ArrowArrayStream;

/* Zero means the default. */
typedef struct kpi_arrow_options {
	uint64_t size;
	const char *zone; /* IANA name, of timestamps without a zone; NULL: they
	                     are refused */
	const char *zone_directory; /* as in kpi_query_options */
	kpi_stop stop;              /* progress in rows; NULL: none */
	void *stop_ctx;
} kpi_arrow_options;

/* clang-format off */
#define KPI_ARROW_OPTIONS_INIT { sizeof(kpi_arrow_options), 0, 0, 0, 0 }
/* clang-format on */

/*
 * Adds the rows of a stream of batches, each an interaction of one visit: the
 * columns are fields by their names in kpi_catalogue_entry(), and one that is
 * not there is unknown. All rows of the stream are added or none.
 *
 *     instants     timestamp of any unit; whole milliseconds since 1970 UTC
 *     durations    duration of any unit; whole milliseconds
 *     flags        bool; 0 and 1
 *     other numbers  integers; codes that have names also as text
 *     texts        utf8, large_utf8 or utf8_view; integers as their digits
 *
 * Whole numbers are integers of 8 to 64 bits, or float32 and float64 without
 * a fraction (not a number: unknown). Text may be dictionary-encoded; a
 * column of type null is unknown. What is no whole number of milliseconds is
 * refused, and so is each array that breaks the interface where that can be
 * seen.
 *
 * KPI_EINVAL: the error's line is the row, from 1 over all batches, its field
 * the column, and its text says the batch and, of a number, the value.
 * KPI_EIO: the stream failed, with its text and code. KPI_ENOTFOUND: no such
 * zone. KPI_ESTOPPED. Otherwise as kpi_store_add_columns().
 *
 * `stream` is released in any case. Its functions are called while the store
 * is written to: they may read it, but a call that writes would wait for
 * itself. `options` may be NULL.
 */
KPI_API kpi_status kpi_store_add_arrow(kpi_store *store,
    struct ArrowArrayStream *stream, const kpi_arrow_options *options,
    kpi_error *error) KPI_MUST_CHECK;

/*
 * Makes *out a stream of one batch: a row for each row of the result and each
 * definition, so that kpi_result_figure(result, row, index) is row
 * row * kpi_result_count(result) + index. The columns have the names of the
 * CSV: the dimensions (utf8), with buckets time and until (timestamp[ms] in
 * the result's zone), metric, definition, value, numerator, denominator, the
 * reasons for which units are left out, lower, upper, unit, state, and if a
 * definition asks for a verdict what is said of it. Counts are int64, or
 * float64 if a definition splits credit; words are dictionary-encoded; no
 * value, bound or group is null.
 *
 * The caller releases *out. It and what is taken from it are independent of
 * the result and of each other, but made with the result's allocator. On
 * failure out->release is NULL. KPI_EOVERFLOW: a sum is beyond 64 bits, or
 * the texts of a column beyond 2 GiB; KPI_ENOMEM, KPI_EINVAL.
 */
KPI_API kpi_status kpi_result_arrow(const kpi_result *result,
    struct ArrowArrayStream *out, kpi_error *error) KPI_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
