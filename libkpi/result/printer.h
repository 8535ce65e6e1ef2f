/* SPDX-License-Identifier: MIT */
/* printer.h - what the formats have in common: lines, figures and output. */
#ifndef KPI_RESULT_PRINTER_H
#define KPI_RESULT_PRINTER_H

#include "base/buffer.h"
#include "result/table.h"
#include "time/zone.h"

/* A row, or a bucket between two rows in which there is nothing; or so many
 * of these that they are not told one by one. */
typedef struct kpi__line {
	size_t row; /* KPI__GAP: there is none; KPI__LONG_GAP: nor in many */
	int64_t begin, until;
} kpi__line;

#define KPI__GAP      SIZE_MAX
#define KPI__LONG_GAP (SIZE_MAX - 1)

/* Empty buckets in a row that are lines of their own. */
#define KPI__GAP_MOST 5000

typedef struct kpi__printer {
	const kpi_result *result;
	kpi__zone *zone; /* NULL: UTC */
	kpi__buffer out; /* not written yet */
	kpi_write write;
	void *write_ctx;
	kpi_error *error;
	size_t next; /* row; of the walk over the lines */
	int64_t at;  /* where the line before ended */
} kpi__printer;

/*
 * The walk over the lines in their order: the rows and, where there are no
 * groups, the gaps between them. Zero at the end.
 */
void kpi__lines_begin(kpi__printer *p);
int kpi__lines_next(kpi__printer *p, kpi__line *line);

/* Of a gap, as of a row all of whose sums are 0. KPI_EOVERFLOW names the
 * definition. */
kpi_status kpi__line_figure(const kpi__printer *p, const kpi__line *line,
    uint32_t index, kpi_figure *figure) KPI_MUST_CHECK;

/* Non-zero if a definition asks for verdicts, and has targets here. */
int kpi__has_verdicts(const kpi_result *result);

/* Hands on what has been put out, if it is much or `all` is wanted. */
kpi_status kpi__printer_flush(kpi__printer *p, int all) KPI_MUST_CHECK;

/* The reasons to leave a unit out, in their order. */
#define KPI__REASONS 6
extern const char *const kpi__reason_names[KPI__REASONS];
int64_t kpi__reason_of(const kpi_figure *figure, size_t reason);

/* A sum that is in parts, in units: the shortest form that reads back. */
void kpi__put_units(kpi__buffer *b, int64_t sum, int64_t parts);

/* The formats; each a whole print. */
kpi_status kpi__print_json(kpi__printer *p) KPI_MUST_CHECK;
kpi_status kpi__print_csv(kpi__printer *p) KPI_MUST_CHECK;
kpi_status kpi__print_text(kpi__printer *p) KPI_MUST_CHECK;

#endif
