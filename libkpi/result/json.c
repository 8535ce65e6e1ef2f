/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/word.h"
#include "result/printer.h"
#include "result/shape.h"
#include "time/instant.h"

static void
put(kpi__buffer *b, const char *text)
{
	kpi__buffer_put_string(b, text);
}

static void
put_escaped(kpi__buffer *b, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	static const char letters[] = "\"\"\\\\\bb\ff\nn\rr\tt";

	for (const char *s = letters; *s != '\0'; s += 2) {
		if ((unsigned char)*s == c) {
			kpi__buffer_put_byte(b, '\\');
			kpi__buffer_put_byte(b, (unsigned char)s[1]);
			return;
		}
	}
	put(b, "\\u00");
	kpi__buffer_put_byte(b, (unsigned char)hex[c >> 4]);
	kpi__buffer_put_byte(b, (unsigned char)hex[c & 15]);
}

static void
put_quoted(kpi__buffer *b, const char *text, size_t size)
{
	size_t plain = 0;

	kpi__buffer_put_byte(b, '"');
	for (size_t i = 0; i < size; i++) {
		const unsigned char c = (unsigned char)text[i];

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		kpi__buffer_put(b, text + plain, i - plain);
		put_escaped(b, c);
		plain = i + 1;
	}
	kpi__buffer_put(b, text + plain, size - plain);
	kpi__buffer_put_byte(b, '"');
}

static void
put_number(kpi__buffer *b, const char *name, double x)
{
	char text[KPI__DOUBLE_TEXT];

	(void)kpi__format_double(text, x);
	put(b, name);
	put(b, text);
}

static void
put_group(kpi__printer *p, const kpi__line *line)
{
	const kpi_result *r = p->result;

	put(&p->out, "{\"group\":{");
	for (uint32_t i = 0; i < r->frame.by_count; i++) {
		const char *name =
		    kpi__word_name(KPI_TABLE_DIMENSIONS, r->frame.by[i]);
		const char *value = kpi_result_group(r, line->row, i);

		put(&p->out, i == 0 ? "\"" : ",\"");
		put(&p->out, name);
		put(&p->out, "\":");
		if (value == NULL)
			put(&p->out, "null");
		else
			put_quoted(&p->out, value, strlen(value));
	}
	put(&p->out, "},\"time\":");
	if (r->frame.bucket == KPI_BUCKET_NONE) {
		put(&p->out, "null");
	} else {
		char text[KPI__INSTANT_SIZE];

		kpi__format_instant(text, p->zone, line->begin);
		put_quoted(&p->out, text, strlen(text));
	}
}

static void
put_presets(kpi__buffer *b, const char *names)
{
	put(b, ",\"presets\":[");
	for (;;) {
		const size_t size = strcspn(names, ",");

		put_quoted(b, names, size);
		if (names[size] == '\0')
			break;
		kpi__buffer_put_byte(b, ',');
		names += size + strlen(", ");
	}
	put(b, "]");
}

static void
put_definition(kpi__buffer *b, const kpi__shape *s, const char *presets)
{
	const size_t name = kpi__shape_name_length(s);

	put(b, ",\"metric\":");
	put_quoted(b, s->text, name);
	if (s->text[name] != '\0') {
		put(b, ",\"definition\":");
		put_quoted(b, s->text, strlen(s->text));
	}
	if (presets[0] != '\0')
		put_presets(b, presets);
	put(b, ",\"fingerprint\":\"");
	put(b, s->fingerprint);
	put(b, "\"");
}

static void
put_excluded(kpi__buffer *b, const kpi_figure *f)
{
	const char *before = "\"";

	put(b, ",\"excluded\":{");
	for (size_t i = 0; i < KPI__REASONS; i++) {
		if (kpi__reason_of(f, i) == 0)
			continue;
		put(b, before);
		put(b, kpi__reason_names[i]);
		put(b, "\":");
		kpi__put_units(b, kpi__reason_of(f, i), f->parts);
		before = ",\"";
	}
	put(b, "}");
}

static void
put_figure(kpi__buffer *b, const kpi_figure *f)
{
	put_number(b, ",\"value\":", f->value);
	put(b, ",\"numerator\":");
	kpi__put_units(b, f->numerator, f->parts);
	put(b, ",\"denominator\":");
	kpi__put_units(b, f->denominator, f->parts);
	put_excluded(b, f);
	put_number(b, ",\"lower\":", f->lower);
	put_number(b, ",\"upper\":", f->upper);
	put(b, ",\"state\":\"");
	put(b, kpi__word_name(KPI_TABLE_STATES, f->state));
	put(b, "\"");
}

/* Of a definition that asks for a verdict; null where a group has no target. */
static void
put_verdict(
    kpi__buffer *b, const kpi_result *r, uint32_t index, const kpi_figure *f)
{
	const char *verdict = kpi__word_name(KPI_TABLE_VERDICTS, f->verdict);

	if (!kpi__shape_judged(&r->shapes[index], &r->frame))
		return;
	put_number(b, ",\"target\":", f->target);
	if (!isnan(f->target_ceiling))
		put_number(b, ",\"target_ceiling\":", f->target_ceiling);
	put(b, ",\"verdict\":");
	if (verdict == NULL)
		put(b, "null");
	else
		put_quoted(b, verdict, strlen(verdict));
	put_number(b, ",\"verdict_lower\":", f->verdict_lower);
	put_number(b, ",\"verdict_upper\":", f->verdict_upper);
}

kpi_status
kpi__print_json(kpi__printer *p)
{
	kpi_status status = KPI_OK;
	kpi__line line;

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
			put_definition(&p->out, &p->result->shapes[i],
			    kpi_result_presets(p->result, i));
			put_figure(&p->out, &f);
			put_verdict(&p->out, p->result, i, &f);
			put(&p->out, "}\n");
		}
		status = kpi__printer_flush(p, 0);
		if (status != KPI_OK)
			return status;
	}
	return status;
}
