/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/word.h"
#include "result/figure.h"
#include "result/printer.h"
#include "result/shape.h"
#include "result/verdict.h"
#include "time/instant.h"

/* Quoted where RFC 4180 asks for it. */
static void
put_bytes(kpi__buffer *b, const char *text, size_t size)
{
	size_t plain = 0;

	while (plain < size && strchr(",\"\r\n", text[plain]) == NULL)
		plain++;
	if (plain == size) {
		kpi__buffer_put(b, text, size);
		return;
	}
	kpi__buffer_put_byte(b, '"');
	for (size_t i = 0; i < size; i++) {
		if (text[i] == '"')
			kpi__buffer_put_byte(b, '"');
		kpi__buffer_put_byte(b, (unsigned char)text[i]);
	}
	kpi__buffer_put_byte(b, '"');
}

static void
put_text(kpi__buffer *b, const char *text)
{
	put_bytes(b, text, strlen(text));
}

static void
put_comma(kpi__buffer *b)
{
	kpi__buffer_put_byte(b, ',');
}

/* Nothing where there is no value. */
static void
put_number(kpi__buffer *b, double x)
{
	char text[KPI__DOUBLE_TEXT];

	if (isnan(x))
		return;
	(void)kpi__format_double(text, x);
	kpi__buffer_put_string(b, text);
}

static void
put_header(kpi__printer *p)
{
	kpi__buffer *b = &p->out;
	const kpi__frame *frame = &p->result->frame;

	for (uint32_t i = 0; i < frame->by_count; i++) {
		put_text(b, kpi__word_name(KPI_TABLE_DIMENSIONS, frame->by[i]));
		put_comma(b);
	}
	kpi__buffer_put_string(b, "time,metric,definition,");
	if (p->result->presets != NULL)
		kpi__buffer_put_string(b, "presets,");
	kpi__buffer_put_string(b, "value,numerator,denominator,");
	for (size_t i = 0; i < KPI__REASONS; i++) {
		kpi__buffer_put_string(b, kpi__reason_names[i]);
		put_comma(b);
	}
	kpi__buffer_put_string(b, "lower,upper,unit,state");
	if (kpi__has_verdicts(p->result))
		kpi__buffer_put_string(b,
		    ",target,target_ceiling,verdict,verdict_lower,"
		    "verdict_upper");
	kpi__buffer_put_string(b, "\r\n");
}

static void
put_group(kpi__printer *p, const kpi__line *line)
{
	const kpi_result *r = p->result;
	kpi__buffer *b = &p->out;
	char time[KPI__INSTANT_SIZE];

	for (uint32_t i = 0; i < r->frame.by_count; i++) {
		const char *value = kpi_result_group(r, line->row, i);

		if (value != NULL)
			put_text(b, value);
		put_comma(b);
	}
	if (r->frame.bucket != KPI_BUCKET_NONE) {
		kpi__format_instant(time, p->zone, line->begin);
		put_text(b, time);
	}
	put_comma(b);
}

static void
put_definition(kpi__printer *p, uint32_t index)
{
	const kpi__shape *s = &p->result->shapes[index];

	put_bytes(&p->out, s->text, kpi__shape_name_length(s));
	put_comma(&p->out);
	put_text(&p->out, s->text);
	put_comma(&p->out);
	if (p->result->presets == NULL)
		return;
	put_text(&p->out, kpi_result_presets(p->result, index));
	put_comma(&p->out);
}

static void
put_figure(kpi__buffer *b, const kpi_figure *f)
{
	put_number(b, f->value);
	put_comma(b);
	kpi__put_units(b, f->numerator, f->parts);
	put_comma(b);
	kpi__put_units(b, f->denominator, f->parts);
	put_comma(b);
	for (size_t i = 0; i < KPI__REASONS; i++) {
		kpi__put_units(b, kpi__reason_of(f, i), f->parts);
		put_comma(b);
	}
	put_number(b, f->lower);
	put_comma(b);
	put_number(b, f->upper);
	put_comma(b);
	put_text(b, kpi__unit_name(f->unit));
	put_comma(b);
	put_text(b, kpi__word_name(KPI_TABLE_STATES, f->state));
}

/* Nothing in them for a definition that asks for no verdict. */
static void
put_verdict(kpi__buffer *b, const kpi__shape *s, const kpi_figure *f)
{
	const char *verdict = kpi__word_name(KPI_TABLE_VERDICTS, f->verdict);
	const int asked = kpi__figure_judged(s, f);

	put_comma(b);
	put_number(b, asked ? f->target : NAN);
	put_comma(b);
	put_number(b, asked ? f->target_ceiling : NAN);
	put_comma(b);
	put_text(b, verdict == NULL ? "" : verdict);
	put_comma(b);
	put_number(b, f->verdict_lower);
	put_comma(b);
	put_number(b, f->verdict_upper);
}

kpi_status
kpi__print_csv(kpi__printer *p)
{
	const int verdicts = kpi__has_verdicts(p->result);
	kpi_status status = KPI_OK;
	kpi__line line;

	put_header(p);
	kpi__lines_begin(p);
	while (kpi__lines_next(p, &line)) {
		if (line.row == KPI__LONG_GAP)
			continue;
		for (uint32_t i = 0; i < p->result->count; i++) {
			kpi_figure f;

			status = kpi__line_figure(p, &line, i, &f);
			if (status != KPI_OK)
				return status;
			put_group(p, &line);
			put_definition(p, i);
			put_figure(&p->out, &f);
			if (verdicts)
				put_verdict(
				    &p->out, &p->result->shapes[i], &f);
			kpi__buffer_put_string(&p->out, "\r\n");
		}
		status = kpi__printer_flush(p, 0);
		if (status != KPI_OK)
			return status;
	}
	return status;
}
