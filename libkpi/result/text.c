/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/word.h"
#include "result/figure.h"
#include "result/grid.h"
#include "result/shape.h"
#include "result/width.h"
#include "time/instant.h"

/* A table that is wider has a line a figure instead of one a group. */
#define WIDEST 80
#define APART  2

static void
add_column(kpi__grid *g, enum kpi__cell what, uint32_t index)
{
	g->columns[g->count++] = (kpi__grid_column){ what, index, 0 };
}

static void
add_verdict(kpi__grid *g, uint32_t index)
{
	add_column(g, KPI__CELL_TARGET, index);
	add_column(g, KPI__CELL_VERDICT_BOUNDS, index);
	add_column(g, KPI__CELL_VERDICT, index);
}

static void
lay_out(kpi__grid *g, int long_form)
{
	const kpi_result *r = g->p->result;

	g->count = 0;
	g->long_form = long_form;
	for (uint32_t i = 0; i < r->frame.by_count; i++)
		add_column(g, KPI__CELL_GROUP, i);
	if (r->frame.bucket != KPI_BUCKET_NONE)
		add_column(g, KPI__CELL_TIME, 0);
	if (!long_form) {
		for (uint32_t i = 0; i < r->count; i++) {
			add_column(g, KPI__CELL_VALUE, i);
			add_column(g, KPI__CELL_BOUNDS, i);
			add_verdict(g, i);
		}
		return;
	}
	if (r->count > 1)
		add_column(g, KPI__CELL_METRIC, KPI__EACH);
	add_column(g, KPI__CELL_VALUE, KPI__EACH);
	add_column(g, KPI__CELL_BOUNDS, KPI__EACH);
	add_verdict(g, KPI__EACH);
	add_column(g, KPI__CELL_COUNTED, KPI__EACH);
	add_column(g, KPI__CELL_LEFT_OUT, KPI__EACH);
}

static size_t
cell_width(const kpi__grid *g)
{
	return g->cell.size == 0
	    ? 0
	    : kpi__width_of((const char *)g->cell.bytes, g->cell.size);
}

/* How many lines a row has. */
static uint32_t
lines_of(const kpi__grid *g, const kpi__line *line)
{
	return g->long_form && line->row != KPI__LONG_GAP
	    ? g->p->result->count
	    : 1;
}

static kpi_status
measure_line(kpi__grid *g, const kpi__line *line)
{
	for (uint32_t i = 0; i < lines_of(g, line); i++) {
		for (size_t k = 0; k < g->count; k++) {
			kpi__grid_column *c = &g->columns[k];
			const kpi_status status = kpi__grid_cell(g, c, line, i);

			if (status != KPI_OK)
				return status;
			if (cell_width(g) > c->width)
				c->width = cell_width(g);
		}
	}
	return KPI_OK;
}

/* The widths of the columns; those in which nothing stands stay 0. */
static kpi_status
measure(kpi__grid *g, size_t *total)
{
	kpi__line line;

	kpi__lines_begin(g->p);
	while (kpi__lines_next(g->p, &line)) {
		const kpi_status status = measure_line(g, &line);

		if (status != KPI_OK)
			return status;
	}
	*total = 0;
	for (size_t k = 0; k < g->count; k++) {
		kpi__grid_column *c = &g->columns[k];

		if (c->width == 0 && c->what >= KPI__CELL_BOUNDS)
			continue;
		kpi__grid_header(g, c);
		if (cell_width(g) > c->width)
			c->width = cell_width(g);
		*total += c->width + (*total == 0 ? 0 : APART);
	}
	return KPI_OK;
}

static int
is_number(const kpi__grid_column *c)
{
	return c->what >= KPI__CELL_VALUE && c->what <= KPI__CELL_COUNTED &&
	    c->what != KPI__CELL_VERDICT;
}

static void
put_spaces(kpi__buffer *b, size_t count)
{
	while (count-- > 0)
		kpi__buffer_put_byte(b, ' ');
}

/* Spaces are owed until something follows them: no line ends in them. */
static void
put_cell(kpi__grid *g, const kpi__grid_column *c, size_t *owed)
{
	kpi__buffer *out = &g->p->out;
	const size_t free = c->width - cell_width(g);

	if (g->cell.size > 0) {
		put_spaces(out, *owed + (is_number(c) ? free : 0));
		kpi__buffer_put(out, g->cell.bytes, g->cell.size);
		*owed = is_number(c) ? 0 : free;
	} else {
		*owed += c->width;
	}
	*owed += APART;
}

static void
print_header(kpi__grid *g)
{
	size_t owed = 0;

	for (size_t k = 0; k < g->count; k++) {
		if (g->columns[k].width == 0)
			continue;
		kpi__grid_header(g, &g->columns[k]);
		put_cell(g, &g->columns[k], &owed);
	}
	kpi__buffer_put_byte(&g->p->out, '\n');
}

static kpi_status
print_line(kpi__grid *g, const kpi__line *line, uint32_t index)
{
	size_t owed = 0;

	for (size_t k = 0; k < g->count; k++) {
		const kpi__grid_column *c = &g->columns[k];
		kpi_status status;

		if (c->width == 0)
			continue;
		status = kpi__grid_cell(g, c, line, index);
		if (status != KPI_OK)
			return status;
		put_cell(g, c, &owed);
	}
	kpi__buffer_put_byte(&g->p->out, '\n');
	return kpi__printer_flush(g->p, 0);
}

/* What follows `column` columns of its first line, broken between words. */
static void
put_words(kpi__buffer *out, size_t column, const char *text)
{
	while (*text != '\0') {
		const size_t size = strcspn(text, " ");

		if (column > 4 && column + 1 + size > WIDEST) {
			kpi__buffer_put_byte(out, '\n');
			put_spaces(out, 3);
			column = 4;
		}
		kpi__buffer_put_byte(out, ' ');
		kpi__put_visible(out, text, size);
		column += size + 1;
		text += size;
		text += *text == ' ';
	}
	kpi__buffer_put_byte(out, '\n');
}

/* Why a figure has no value, where its counts do not show it. */
static void
put_reason(kpi__buffer *out, int32_t state)
{
	const size_t size = strlen(kpi__word_name(KPI_TABLE_STATES, state));

	kpi__buffer_put_string(out, kpi__word_name(KPI_TABLE_STATES, state));
	kpi__buffer_put_byte(out, ':');
	put_words(out, size + 2, kpi__word_sentence(KPI_TABLE_STATES, state));
}

/* Whether all that a definition has is left out since it is too near to an end
 * of the known time. */
static int
is_beyond(const kpi_result *r, uint32_t definition)
{
	int beyond = 0;

	/* What still lacks its value is not too near to anything. */
	if (r->shapes[definition].sums & KPI__SUM_BIT(AWAITED))
		return 0;
	for (uint64_t row = 0; row < r->rows.count; row++) {
		kpi_figure f;

		if (kpi__figure_read(r, row, definition, &f) ||
		    f.denominator != 0 || f.numerator != 0)
			return 0;
		beyond |= f.truncated > 0 || f.immature > 0;
	}
	return beyond;
}

static void
put_instant(kpi__buffer *out, const kpi__zone *zone, int64_t at)
{
	char text[KPI__INSTANT_SIZE];

	kpi__format_instant(text, zone, at);
	kpi__buffer_put_string(out, text);
}

static kpi_status
print_beyond(kpi__grid *g, uint32_t definition)
{
	const kpi_result *r = g->p->result;
	const kpi__shape *s = &r->shapes[definition];
	static const char undecided[] = "undecided:";
	kpi__buffer *text = &g->cell;

	text->size = 0;
	kpi__buffer_put_string(text, "Of ");
	kpi__buffer_put(text, s->text, kpi__shape_name_length(s));
	kpi__buffer_put_string(text, " all is left out: its window reaches ");
	if (s->known_from != KPI_UNKNOWN) {
		kpi__buffer_put_string(text, "back before ");
		put_instant(text, g->p->zone, s->known_from);
	}
	if (s->as_of != KPI_UNKNOWN) {
		kpi__buffer_put_string(text,
		    s->known_from == KPI_UNKNOWN ? "past " : " or past ");
		put_instant(text, g->p->zone, s->as_of);
	}
	kpi__buffer_put_string(text, ", where what the store knows ends.");
	kpi__buffer_put_byte(text, 0);
	if (text->status != KPI_OK)
		return text->status;
	kpi__buffer_put_string(&g->p->out, undecided);
	put_words(&g->p->out, sizeof(undecided) - 1, (const char *)text->bytes);
	return kpi__printer_flush(g->p, 0);
}

static kpi_status
print_notes(kpi__grid *g)
{
	kpi__printer *p = g->p;
	const kpi_result *r = p->result;
	kpi_status status = KPI_OK;

	for (uint32_t i = 0; i < r->count && status == KPI_OK; i++) {
		const uint32_t number = kpi__note_number(r, i);

		if (number == 0)
			continue;
		if (number == 1)
			kpi__buffer_put_byte(&p->out, '\n');
		kpi__put_note(&p->out, number);
		put_words(&p->out, 4, r->shapes[i].text);
		status = kpi__printer_flush(p, 0);
	}
	for (uint32_t i = 0, told = 0; i < r->count && status == KPI_OK; i++) {
		if (!is_beyond(r, i))
			continue;
		if (told++ == 0)
			kpi__buffer_put_byte(&p->out, '\n');
		status = print_beyond(g, i);
	}
	if (g->is_mixed) {
		kpi__buffer_put_byte(&p->out, '\n');
		put_reason(&p->out, KPI_STATE_MIXED);
	}
	return status;
}

static kpi_status
print_grid(kpi__grid *g)
{
	const kpi_result *r = g->p->result;
	const int one_group =
	    r->frame.by_count == 0 && r->frame.bucket == KPI_BUCKET_NONE;
	kpi_status status;
	kpi__line line;
	size_t total;

	lay_out(g, r->count == 1 || one_group);
	status = measure(g, &total);
	if (status == KPI_OK && !g->long_form && total > WIDEST) {
		lay_out(g, 1);
		status = measure(g, &total);
	}
	if (status == KPI_OK)
		print_header(g);
	kpi__lines_begin(g->p);
	while (status == KPI_OK && kpi__lines_next(g->p, &line))
		for (uint32_t i = 0; status == KPI_OK && i < lines_of(g, &line);
		     i++)
			status = print_line(g, &line, i);
	if (status == KPI_OK)
		status = print_notes(g);
	if (status == KPI_OK && g->cell.status != KPI_OK)
		status = kpi__fail(
		    g->p->error, g->cell.status, "no memory to print a result");
	return status;
}

kpi_status
kpi__print_text(kpi__printer *p)
{
	const kpi_allocator *a = &p->result->allocator;
	kpi__grid g;
	kpi_status status;

	memset(&g, 0, sizeof(g));
	g.p = p;
	g.room = p->result->frame.by_count + 5 * (size_t)p->result->count + 9;
	g.columns = kpi__new_array(a, g.room, sizeof(*g.columns));
	if (g.columns == NULL)
		return kpi__fail(
		    p->error, KPI_ENOMEM, "no memory to print a result");
	kpi__buffer_init(&g.cell, a);
	status = print_grid(&g);
	kpi__buffer_free(&g.cell);
	kpi__release(a, g.columns, g.room, sizeof(*g.columns));
	return status;
}
