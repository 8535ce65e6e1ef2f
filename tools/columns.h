/* SPDX-License-Identifier: MIT */
/*
 * columns.h - lines of cells that are laid out to the width of the page: what
 * matters least goes first, and on a narrow page each line becomes a few.
 */
#ifndef KPI_TOOL_COLUMNS_H
#define KPI_TOOL_COLUMNS_H

#include <stddef.h>

#define COLUMNS_MOST 12
#define CELL_SIZE    128

/* The first column names the line, and is never left out. */
struct column {
	const char *heading[2]; /* its upper and lower line */
	int is_number;          /* stands to the right */
	int is_bar;             /* its cells have a share instead of a text */
	int order;              /* of leaving: the greatest leaves first */
};

struct cells {
	const struct column *column;
	size_t columns;
	char (*text)[CELL_SIZE]; /* line by line */
	double *share;           /* of bars, likewise */
	size_t lines, room;
};

void cells_init(struct cells *c, const struct column *column, size_t columns);
void cells_free(struct cells *c);

/* A new line of empty cells; NULL, having complained, if there is no memory.
 * Its shares are at the same places in *share. */
char (*cells_add(struct cells *c, double **share))[CELL_SIZE];

/* A column in which no cell has anything is left out. */
void cells_print(const struct cells *c, size_t width);

#endif
