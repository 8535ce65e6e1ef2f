/* SPDX-License-Identifier: MIT */
#include "columns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "page.h"
#include "tool.h"
#include "visible.h"

#define APART         2
#define LONGEST_BAR   20
#define LEAST_BAR     6
#define LONGEST_NAME  28 /* of what names a line, where others need the room */
#define LEAST_COLUMNS 2  /* with fewer a line becomes several */

struct layout {
	const struct cells *cells;
	size_t width[COLUMNS_MOST]; /* 0: the column is not shown */
	size_t page;
};

void
cells_init(struct cells *c, const struct column *column, size_t columns)
{
	memset(c, 0, sizeof(*c));
	c->column = column;
	c->columns = columns;
}

void
cells_free(struct cells *c)
{
	free(c->text);
	free(c->share);
}

char (*cells_add(struct cells *c, double **share))[CELL_SIZE]
{
	const size_t at = c->lines * c->columns;

	if (c->lines == c->room) {
		const size_t room = 2 * c->room + 16;
		void *const text =
		    realloc(c->text, room * c->columns * sizeof(*c->text));
		void *more;

		if (text != NULL)
			c->text = text;
		more = realloc(c->share, room * c->columns * sizeof(*c->share));
		if (more != NULL)
			c->share = more;
		if (text == NULL || more == NULL) {
			(void)complain(FAILED, "no memory");
			return NULL;
		}
		c->room = room;
	}
	for (size_t k = 0; k < c->columns; k++) {
		c->text[at + k][0] = '\0';
		c->share[at + k] = 0;
	}
	c->lines++;
	*share = c->share + at;
	return c->text + at;
}

static const char *
text_at(const struct cells *c, size_t line, size_t k)
{
	return c->text[line * c->columns + k];
}

static size_t
wider(size_t width, const char *text)
{
	const size_t needed = output_width(text);

	return needed > width ? needed : width;
}

/* What the cells need; 0 where none has anything. */
static size_t
natural_width(const struct cells *c, size_t k)
{
	size_t width = 0;

	for (size_t i = 0; i < c->lines; i++) {
		if (c->column[k].is_bar && c->share[i * c->columns + k] > 0)
			return LONGEST_BAR;
		width = wider(width, text_at(c, i, k));
	}
	if (width == 0)
		return 0;
	for (size_t line = 0; line < 2; line++)
		width = wider(width, c->column[k].heading[line]);
	return width;
}

static size_t
total(const struct layout *l)
{
	size_t sum = 0;

	for (size_t k = 0; k < l->cells->columns; k++)
		if (l->width[k] > 0)
			sum += l->width[k] + (sum == 0 ? 0 : APART);
	return sum;
}

static size_t
shown(const struct layout *l)
{
	size_t count = 0;

	for (size_t k = 0; k < l->cells->columns; k++)
		count += l->width[k] > 0;
	return count;
}

/* Takes back what is too wide, bars and long names first; as long as that is
 * not enough, the column of the greatest order leaves. */
static void
fit(struct layout *l)
{
	const struct cells *const c = l->cells;

	for (;;) {
		const size_t is = total(l);
		size_t over = is > l->page ? is - l->page : 0;
		size_t last = 0;

		for (size_t k = 0; k < c->columns && over > 0; k++) {
			const size_t least = k == 0 ? LONGEST_NAME : LEAST_BAR;
			const size_t spare = (k == 0 || c->column[k].is_bar) &&
				l->width[k] > least
			    ? l->width[k] - least
			    : 0;
			const size_t taken = spare < over ? spare : over;

			l->width[k] -= taken;
			over -= taken;
		}
		if (over == 0)
			return;
		for (size_t k = 1; k < c->columns; k++)
			if (l->width[k] > 0 &&
			    (last == 0 ||
				c->column[k].order > c->column[last].order))
				last = k;
		if (last == 0) {
			l->width[0] = l->page;
			return;
		}
		l->width[last] = 0;
	}
}

/* A text that is too long ends in an ellipsis. */
static void
put_cut(const char *text, size_t width)
{
	if (output_width(text) <= width) {
		put_padded(text, 0);
		return;
	}
	put_visible(stdout, text, output_size(text, width - 1));
	put_padded("\xe2\x80\xa6", 0);
}

static void
put_spaces(size_t count)
{
	(void)printf("%*s", (int)count, "");
}

/* Spaces are owed until something follows them: no line ends in them. */
static void
put_text(const struct layout *l, size_t k, const char *text, size_t *owed)
{
	const size_t needed = output_width(text);
	const size_t free = needed < l->width[k] ? l->width[k] - needed : 0;

	if (needed == 0) {
		*owed += l->width[k] + APART;
		return;
	}
	put_spaces(*owed + (l->cells->column[k].is_number ? free : 0));
	put_cut(text, l->width[k]);
	*owed = (l->cells->column[k].is_number ? 0 : free) + APART;
}

static void
put_bar(const struct layout *l, size_t k, double share, size_t *owed)
{
	if (share > 0) {
		put_spaces(*owed);
		*owed = l->width[k] - page_bar(share, l->width[k]);
	} else {
		*owed += l->width[k];
	}
	*owed += APART;
}

static void
put_headings(const struct layout *l)
{
	const struct cells *const c = l->cells;

	for (size_t line = 0; line < 2; line++) {
		size_t owed = 0, said = 0;

		for (size_t k = 0; k < c->columns; k++)
			said += l->width[k] > 0 &&
			    c->column[k].heading[line][0] != '\0';
		if (said == 0)
			continue;
		for (size_t k = 0; k < c->columns; k++)
			if (l->width[k] > 0)
				put_text(
				    l, k, c->column[k].heading[line], &owed);
		(void)putchar('\n');
	}
}

static void
put_lines(const struct layout *l)
{
	const struct cells *const c = l->cells;

	put_headings(l);
	for (size_t i = 0; i < c->lines; i++) {
		size_t owed = 0;

		for (size_t k = 0; k < c->columns; k++) {
			if (l->width[k] == 0)
				continue;
			if (c->column[k].is_bar)
				put_bar(
				    l, k, c->share[i * c->columns + k], &owed);
			else
				put_text(l, k, text_at(c, i, k), &owed);
		}
		(void)putchar('\n');
	}
}

/* A line a cell, below what names them. */
static void
put_narrow(const struct cells *c, size_t page)
{
	for (size_t i = 0; i < c->lines; i++) {
		put_cut(text_at(c, i, 0), page);
		(void)putchar('\n');
		for (size_t k = 1; k < c->columns; k++) {
			const char *const *const h = c->column[k].heading;

			if (c->column[k].is_bar || *text_at(c, i, k) == '\0')
				continue;
			(void)printf("  %s%s%s  ", h[0],
			    *h[0] == '\0' || *h[1] == '\0' ? "" : " ", h[1]);
			put_padded(text_at(c, i, k), 0);
			(void)putchar('\n');
		}
	}
}

void
cells_print(const struct cells *c, size_t width)
{
	struct layout l = { c, { 0 }, width };
	size_t wanted = 0;

	for (size_t k = 0; k < c->columns; k++)
		l.width[k] = natural_width(c, k);
	wanted = shown(&l);
	fit(&l);
	if (wanted >= LEAST_COLUMNS && shown(&l) < LEAST_COLUMNS)
		put_narrow(c, width);
	else
		put_lines(&l);
}
