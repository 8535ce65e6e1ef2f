/* SPDX-License-Identifier: MIT */
#include "result/grid.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/word.h"
#include "result/rounded.h"
#include "result/shape.h"
#include "result/verdict.h"
#include "result/width.h"
#include "stats/interval.h"
#include "time/instant.h"

static void
put(kpi__buffer *b, const char *text)
{
	kpi__buffer_put_string(b, text);
}

static int
is_bare(const kpi__shape *s)
{
	return s->text[kpi__shape_name_length(s)] == '\0';
}

uint32_t
kpi__note_number(const kpi_result *r, uint32_t definition)
{
	uint32_t number = 0;

	if (is_bare(&r->shapes[definition]))
		return 0;
	for (uint32_t i = 0; i <= definition; i++)
		number += !is_bare(&r->shapes[i]);
	return number;
}

void
kpi__put_note(kpi__buffer *b, uint32_t number)
{
	char text[KPI__INT64_TEXT];

	kpi__buffer_put_byte(b, '[');
	kpi__buffer_put(b, text, kpi__format_int64(text, (int64_t)number));
	kpi__buffer_put_byte(b, ']');
}

/* A definition that is not the default stands below the table. */
static void
put_metric(kpi__grid *g, uint32_t definition)
{
	const kpi_result *r = g->p->result;
	const kpi__shape *s = &r->shapes[definition];
	const uint32_t note = kpi__note_number(r, definition);

	kpi__put_visible(&g->cell, s->text, kpi__shape_name_length(s));
	if (note == 0)
		return;
	kpi__buffer_put_byte(&g->cell, ' ');
	kpi__put_note(&g->cell, note);
}

/* "2026-10-01" of days and longer, else "2026-10-01 09:30 +02:00". */
static void
put_time(kpi__grid *g, int64_t begin)
{
	char text[KPI__INSTANT_SIZE];
	const char *clock, *offset;
	size_t shown;

	kpi__format_instant(text, g->p->zone, begin);
	clock = strchr(text, 'T');
	if (clock == NULL) {
		put(&g->cell, text);
		return;
	}
	kpi__buffer_put(&g->cell, text, (size_t)(clock - text));
	if (g->p->result->frame.bucket >= KPI_BUCKET_DAY)
		return;
	clock++;
	shown = strcspn(clock, "+-");
	offset = clock + shown;
	if (shown == 8 && memcmp(clock + 5, ":00", 3) == 0)
		shown = 5;
	put(&g->cell, " ");
	kpi__buffer_put(&g->cell, clock, shown);
	put(&g->cell, " ");
	put(&g->cell, offset);
}

/* Of units, or of their time. */
static void
put_sum(kpi__grid *g, const kpi__shape *s, int64_t sum)
{
	if (s->kind == KPI__TIME)
		kpi__put_value(&g->cell, (double)sum, KPI_UNIT_MS);
	else
		kpi__put_whole(&g->cell, sum, s->parts);
}

/* Of a definition that asks for a verdict. */
static void
put_target(kpi__grid *g, const kpi__shape *s, const kpi_figure *f)
{
	if (!kpi__figure_judged(s, f))
		return;
	if (isnan(f->target_ceiling))
		kpi__put_value(&g->cell, f->target, f->unit);
	else
		kpi__put_span(
		    &g->cell, f->target, f->target_ceiling, f->unit);
}

/* A figure that has a target and no verdict says why. */
static void
put_verdict(kpi__grid *g, const kpi__shape *s, const kpi_figure *f)
{
	char fewest[KPI__INT64_TEXT];

	if (f->verdict != KPI_VERDICT_NONE) {
		put(&g->cell, kpi__word_name(KPI_TABLE_VERDICTS, f->verdict));
		return;
	}
	if (!kpi__figure_judged(s, f) || f->state != KPI_STATE_OK)
		return;
	put(&g->cell, "not judged: fewer than ");
	kpi__buffer_put(&g->cell, fewest,
	    kpi__format_int64(fewest, KPI__FEWEST_CLUSTERS));
	put(&g->cell, s->verdict_by == KPI_BOUNDS_DAY ? " days" : " customers");
}

static void
put_counted(kpi__grid *g, const kpi__shape *s, const kpi_figure *f)
{
	if (kpi__shape_counts(s) ||
	    (f->numerator == 0 && f->denominator == 0))
		return;
	if (s->kind == KPI__RATE) {
		put_sum(g, s, f->numerator);
		return;
	}
	if (s->kind != KPI__MEAN && s->kind != KPI__GREATEST &&
	    s->kind != KPI__QUANTILE && s->unit != KPI_UNIT_MS) {
		put_sum(g, s, f->numerator);
		put(&g->cell, s->kind == KPI__PER_HOUR ? " in " : " of ");
	}
	if (s->kind == KPI__PER_HOUR)
		kpi__put_value(
		    &g->cell, (double)f->denominator, KPI_UNIT_MS);
	else
		put_sum(g, s, f->denominator);
}

static void
put_left_out(kpi__grid *g, const kpi__shape *s, const kpi_figure *f)
{
	static const char *const names[KPI__REASONS] = { " unknown",
		" in progress", " truncated", " immature", " not counted",
		" without activity" };
	const char *before = "";

	for (size_t i = 0; i < KPI__REASONS; i++) {
		const int64_t count = kpi__reason_of(f, i);

		if (count == 0)
			continue;
		put(&g->cell, before);
		put_sum(g, s, count);
		put(&g->cell, names[i]);
		before = ", ";
	}
}

static void
put_figure(
    kpi__grid *g, enum kpi__cell what, uint32_t definition, const kpi_figure *f)
{
	const kpi__shape *s = &g->p->result->shapes[definition];

	switch (what) {
	case KPI__CELL_METRIC:
		put_metric(g, definition);
		break;
	case KPI__CELL_VALUE:
		if (f->state == KPI_STATE_OK)
			kpi__put_value(&g->cell, f->value, f->unit);
		else
			put(&g->cell,
			    kpi__word_name(KPI_TABLE_STATES, f->state));
		g->is_mixed |= f->state == KPI_STATE_MIXED;
		break;
	case KPI__CELL_BOUNDS:
		if (!isnan(f->lower) && !isnan(f->upper))
			kpi__put_span(&g->cell, f->lower, f->upper, f->unit);
		break;
	case KPI__CELL_TARGET:
		put_target(g, s, f);
		break;
	case KPI__CELL_VERDICT_BOUNDS:
		if (s->verdict_by != s->bounded && !isnan(f->verdict_lower))
			kpi__put_span(&g->cell, f->verdict_lower,
			    f->verdict_upper, f->unit);
		break;
	case KPI__CELL_VERDICT:
		put_verdict(g, s, f);
		break;
	case KPI__CELL_COUNTED:
		put_counted(g, s, f);
		break;
	default:
		put_left_out(g, s, f);
		break;
	}
}

/* Several columns ask for the same figure one after the other. */
static kpi_status
read_figure(kpi__grid *g, const kpi__line *line, uint32_t definition)
{
	kpi_status status;

	if (g->has_figure && g->figure_row == line->row &&
	    g->figure_of == definition)
		return KPI_OK;
	status = kpi__line_figure(g->p, line, definition, &g->figure);
	g->has_figure = status == KPI_OK;
	g->figure_row = line->row;
	g->figure_of = definition;
	return status;
}

kpi_status
kpi__grid_cell(kpi__grid *g, const kpi__grid_column *c,
    const kpi__line *line, uint32_t index)
{
	const kpi_result *r = g->p->result;
	const uint32_t definition = c->index == KPI__EACH ? index : c->index;
	const char *group;
	kpi_status status;

	g->cell.size = 0;
	if (c->what == KPI__CELL_GROUP) {
		group = kpi_result_group(r, line->row, c->index);
		if (group == NULL)
			group = "(unknown)";
		kpi__put_visible(&g->cell, group, strlen(group));
		return KPI_OK;
	}
	if (line->row == KPI__LONG_GAP) {
		if (c->what == KPI__CELL_TIME)
			put(&g->cell, "...");
		return KPI_OK;
	}
	if (c->what == KPI__CELL_TIME) {
		put_time(g, line->begin);
		return KPI_OK;
	}
	status = read_figure(g, line, definition);
	if (status == KPI_OK)
		put_figure(g, c->what, definition, &g->figure);
	return status;
}

static const char *
draws_name(int32_t draws)
{
	static const char *const names[] = { [KPI_BOUNDS_NONE] = "none",
		[KPI_BOUNDS_CONTACT] = "contact",
		[KPI_BOUNDS_DAY] = "day",
		[KPI_BOUNDS_CUSTOMER] = "customer" };

	return names[draws];
}

/* "95 % by contact" if all bounds, or verdicts, of the column are alike; else
 * what they have in common. */
static void
put_confidence(kpi__grid *g, uint32_t index, int of_verdict)
{
	const kpi_result *r = g->p->result;
	char percent[KPI__DOUBLE_TEXT];
	int32_t confidence = 0, draws = KPI_BOUNDS_NONE;
	int one_confidence = 1, one_draw = 1;

	for (uint32_t i = 0; i < r->count; i++) {
		const kpi__shape *s = &r->shapes[i];
		const int32_t by = of_verdict ? s->verdict_by : s->bounded;

		if ((index != KPI__EACH && index != i) ||
		    by == KPI_BOUNDS_NONE ||
		    (of_verdict && by == s->bounded))
			continue;
		one_confidence &= confidence == 0 || confidence == s->confidence;
		one_draw &= draws == KPI_BOUNDS_NONE || draws == by;
		confidence = s->confidence;
		draws = by;
	}
	(void)kpi__format_double(percent, confidence / 1e4);
	put(&g->cell, one_confidence ? percent : "bounds");
	if (one_confidence)
		put(&g->cell, " %");
	if (one_draw) {
		put(&g->cell, " by ");
		put(&g->cell, draws_name(draws));
	}
}

void
kpi__grid_header(kpi__grid *g, const kpi__grid_column *c)
{
	const kpi_result *r = g->p->result;

	g->cell.size = 0;
	switch (c->what) {
	case KPI__CELL_GROUP:
		put(&g->cell,
		    kpi__word_name(
			KPI_TABLE_DIMENSIONS, r->frame.by[c->index]));
		break;
	case KPI__CELL_TIME:
		put(&g->cell, "time");
		break;
	case KPI__CELL_METRIC:
		put(&g->cell, "metric");
		break;
	case KPI__CELL_VALUE:
		if (c->index != KPI__EACH)
			put_metric(g, c->index);
		else if (r->count == 1)
			put_metric(g, 0);
		else
			put(&g->cell, "value");
		break;
	case KPI__CELL_BOUNDS:
		put_confidence(g, c->index, 0);
		break;
	case KPI__CELL_TARGET:
		put(&g->cell, "target");
		break;
	case KPI__CELL_VERDICT_BOUNDS:
		put_confidence(g, c->index, 1);
		break;
	case KPI__CELL_VERDICT:
		put(&g->cell, "verdict");
		break;
	case KPI__CELL_COUNTED:
		put(&g->cell, "counted");
		break;
	case KPI__CELL_LEFT_OUT:
		put(&g->cell, "left out");
		break;
	}
}
