/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/number.h"
#include "query/query.h"
#include "store/field.h"

/* As JSON does it, so that no value is taken for the text around it. */
static void
put_quoted(kpi__buffer *out, const char *text)
{
	static const char hex[] = "0123456789abcdef";

	kpi__buffer_put_byte(out, '"');
	for (; *text != '\0'; text++) {
		const unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\') {
			kpi__buffer_put_byte(out, '\\');
			kpi__buffer_put_byte(out, c);
		} else if (c < 0x20) {
			kpi__buffer_put_string(out, "\\u00");
			kpi__buffer_put_byte(
			    out, (unsigned char)hex[c >> 4]);
			kpi__buffer_put_byte(
			    out, (unsigned char)hex[c & 15]);
		} else {
			kpi__buffer_put_byte(out, c);
		}
	}
	kpi__buffer_put_byte(out, '"');
}

static void
separate(kpi__buffer *out, size_t begin)
{
	if (out->size > begin)
		kpi__buffer_put_byte(out, ' ');
}

static void
put_limit(kpi__buffer *out, const kpi__limit *limit)
{
	char number[24];

	kpi__buffer_put_string(out, kpi__field_find(limit->field)->name);
	kpi__buffer_put_byte(out, '=');
	if (limit->least != KPI_UNKNOWN) {
		kpi__format_int64(number, limit->least);
		kpi__buffer_put_string(out, number);
	}
	kpi__buffer_put_string(out, "..");
	if (limit->most != KPI_UNKNOWN) {
		kpi__format_int64(number, limit->most);
		kpi__buffer_put_string(out, number);
	}
}

void
kpi__query_filter_text(const kpi_query *q, kpi__buffer *out)
{
	const size_t begin = out->size;

	for (size_t i = 0; i < q->filter_count; i++) {
		const kpi__filter *f = &q->filters[i];

		separate(out, begin);
		kpi__buffer_put_string(out,
		    kpi__field_find(kpi__dimension_field(f->by))->name);
		kpi__buffer_put_string(out, f->negated ? "!=" : "=");
		for (size_t j = 0; j < f->count; j++) {
			if (j > 0)
				kpi__buffer_put_byte(out, ',');
			if (f->values[j] == NULL)
				kpi__buffer_put_string(out, "unknown");
			else
				put_quoted(out, f->values[j]);
		}
	}
	if (q->outcomes != 0) {
		char number[24];

		separate(out, begin);
		kpi__format_int64(number, (int64_t)q->outcomes);
		kpi__buffer_put_string(out, "outcomes=");
		kpi__buffer_put_string(out, number);
	}
	for (size_t i = 0; i < q->limit_count; i++) {
		separate(out, begin);
		put_limit(out, &q->limits[i]);
	}
}
