/* SPDX-License-Identifier: MIT */
/* grid.h - the cells of a table for people. */
#ifndef KPI_RESULT_GRID_H
#define KPI_RESULT_GRID_H

#include "result/printer.h"

enum kpi__cell {
	KPI__CELL_GROUP,
	KPI__CELL_TIME,
	KPI__CELL_METRIC,
	KPI__CELL_VALUE,
	KPI__CELL_BOUNDS,
	KPI__CELL_TARGET,
	KPI__CELL_VERDICT_BOUNDS, /* where they are not the bounds */
	KPI__CELL_VERDICT,
	KPI__CELL_COUNTED,
	KPI__CELL_LEFT_OUT
};

/* Where a line is of one figure, its columns are of whichever that is. */
#define KPI__EACH UINT32_MAX

typedef struct kpi__grid_column {
	enum kpi__cell what;
	uint32_t index; /* of the dimension or definition, or KPI__EACH */
	size_t width;   /* 0: nothing stands in it */
} kpi__grid_column;

typedef struct kpi__grid {
	kpi__printer *p;
	kpi__grid_column *columns;
	size_t count, room;
	int long_form; /* a line a figure; else a line a group */
	int is_mixed;  /* a figure of the lines so far */
	kpi__buffer cell;
	int has_figure; /* the last one read, and of what it is */
	size_t figure_row;
	uint32_t figure_of;
	kpi_figure figure;
} kpi__grid;

/* The number of the note in which the definition stands in full; 0 if it is
 * its metric's default and has none. */
uint32_t kpi__note_number(const kpi_result *result, uint32_t definition);

/* "[1]" */
void kpi__put_note(kpi__buffer *buffer, uint32_t number);

/* Each fills g->cell; `index` is the definition where the column is of
 * KPI__EACH. */
kpi_status kpi__grid_cell(kpi__grid *g, const kpi__grid_column *c,
    const kpi__line *line, uint32_t index) KPI_MUST_CHECK;
void kpi__grid_header(kpi__grid *g, const kpi__grid_column *c);

#endif
