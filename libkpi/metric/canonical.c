/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/fingerprint.h"
#include "base/memory.h"
#include "base/suggestion.h"
#include "base/word.h"
#include "metric/definition.h"
#include "metric/table.h"
#include "metric/value.h"

static int
is_plain(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c >= 0x80 ||
	    (c != '\0' && strchr("_-.:/@+#*", c) != NULL);
}

static void
put_name(kpi__buffer *b, const char *name)
{
	static const char hex[] = "0123456789abcdef";
	const char *c = name;

	while (is_plain((unsigned char)*c))
		c++;
	if (*c == '\0') {
		kpi__buffer_put_string(b, name);
		return;
	}
	kpi__buffer_put_byte(b, '"');
	for (c = name; *c != '\0'; c++) {
		const unsigned char byte = (unsigned char)*c;

		if (byte < ' ') {
			kpi__buffer_put_string(b, "\\u00");
			kpi__buffer_put_byte(b, (unsigned)hex[byte >> 4]);
			kpi__buffer_put_byte(b, (unsigned)hex[byte & 15]);
			continue;
		}
		if (byte == '"' || byte == '\\')
			kpi__buffer_put_byte(b, '\\');
		kpi__buffer_put_byte(b, byte);
	}
	kpi__buffer_put_byte(b, '"');
}

void
kpi__definition_put(
    const kpi_definition *d, int32_t i, const char **before, kpi__buffer *b)
{
	const kpi__metric *metric = kpi__metric_find(d->metric);
	const kpi__parameter_info *p = kpi__parameter_in(i, metric->unit);

	if (d->value[i] != kpi__metric_initial(metric, i)) {
		kpi__buffer_put_string(b, *before);
		kpi__buffer_put_string(b, p->name);
		kpi__buffer_put_byte(b, '=');
		kpi__value_print(b, p, d->value[i]);
		*before = " ";
	}
	for (size_t k = 0; k < d->override_count; k++) {
		const kpi__override *o = &d->overrides[k];

		if (o->parameter != i || o->value == d->value[i])
			continue;
		kpi__buffer_put_string(b, *before);
		kpi__buffer_put_string(b, p->name);
		kpi__buffer_put_byte(b, '[');
		kpi__buffer_put_string(
		    b, kpi__word_name(KPI_TABLE_DIMENSIONS, o->by));
		kpi__buffer_put_byte(b, '=');
		put_name(b, o->name);
		kpi__buffer_put_string(b, "]=");
		kpi__value_print(b, p, o->value);
		*before = " ";
	}
}

kpi_status
kpi__definition_print(kpi_definition *definition, kpi_error *error)
{
	const char *before = " ";
	kpi__buffer b;

	kpi__buffer_init(&b, &definition->allocator);
	kpi__buffer_put_string(&b, kpi__metric_find(definition->metric)->name);
	for (int32_t i = 0; i < KPI__PARAMETERS; i++)
		kpi__definition_put(definition, i, &before, &b);
	kpi__buffer_put_byte(&b, '\0');
	if (b.status != KPI_OK) {
		kpi__buffer_free(&b);
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for a definition");
	}
	kpi__release(
	    &definition->allocator, definition->text, definition->text_room, 1);
	definition->text = (char *)b.bytes;
	definition->text_room = b.room;
	kpi__fingerprint(definition->fingerprint, definition->text);
	return KPI_OK;
}

/* What stands at the beginning of the text that is still to be read. */
typedef struct rest {
	const char *begin, *at;
	kpi_definition *definition;
	kpi_error *error;
} rest;

static kpi_status
misread(const rest *r, const char *expected)
{
	(void)kpi__fail(r->error, KPI_EPARSE,
	    "%s is expected here in the text of a definition", expected);
	kpi__error_place(r->error, 0, r->at - r->begin + 1);
	return KPI_EPARSE;
}

/* Of \", \\ and \u00xx, those that put_name() writes. */
static int
take_escape(rest *r, char *out)
{
	static const char hex[] = "0123456789abcdef";
	const char *c = r->at;
	const char *high, *low;

	if (*c == '"' || *c == '\\') {
		*out = *c;
		r->at++;
		return 0;
	}
	if (strncmp(c, "u00", 3) != 0 || c[3] == '\0' || c[4] == '\0')
		return -1;
	high = strchr(hex, c[3]);
	low = strchr(hex, c[4]);
	if (high == NULL || low == NULL)
		return -1;
	*out = (char)((high - hex) << 4 | (low - hex));
	r->at += 5;
	return *out == '\0' ? -1 : 0;
}

static kpi_status
take_name(rest *r, char out[KPI_TEXT_MAX + 1])
{
	const int quoted = *r->at == '"';
	size_t n = 0;

	r->at += quoted;
	while (quoted ? *r->at != '"' : is_plain((unsigned char)*r->at)) {
		char c = *r->at;

		if (c == '\0' || n == KPI_TEXT_MAX)
			return misread(r, "the end of a name");
		r->at++;
		if (quoted && c == '\\' && take_escape(r, &c) != 0)
			return misread(r, "an escape as JSON has it");
		out[n++] = c;
	}
	out[n] = '\0';
	r->at += quoted;
	return KPI_OK;
}

/* The rest of "name[queue=vip]" from the bracket on. */
static kpi_status
take_of(rest *r, kpi_by *by, char of[KPI_TEXT_MAX + 1])
{
	const size_t size = strcspn(++r->at, "=] ");
	const int64_t number =
	    kpi__word_number(KPI_TABLE_DIMENSIONS, r->at, size);
	kpi_status status;

	if (number == KPI_UNKNOWN || r->at[size] != '=')
		return misread(r, "queue=, channel=, team= or agent=");
	*by = (kpi_by)number;
	r->at += size + 1;
	if ((status = take_name(r, of)) != KPI_OK)
		return status;
	if (*r->at != ']')
		return misread(r, "]");
	r->at++;
	return KPI_OK;
}

static kpi_status
take_setting(rest *r)
{
	const char *const name = r->at;
	const size_t size = strcspn(name, "[= ");
	char of[KPI_TEXT_MAX + 1];
	kpi_by by = 0;
	kpi_status status;
	size_t value;

	r->at += size;
	if (*r->at == '[' && (status = take_of(r, &by, of)) != KPI_OK)
		return status;
	if (*r->at != '=')
		return misread(r, "a name, = and a value");
	value = strcspn(++r->at, " ");
	if (by != 0)
		status = kpi__definition_assign_for(
		    r->definition, name, size, by, of, r->at, value, r->error);
	else
		status = kpi__definition_assign(
		    r->definition, name, size, r->at, value, r->error);
	if (status != KPI_OK) {
		kpi__error_place(r->error, 0, name - r->begin + 1);
		return status;
	}
	r->at += value;
	return KPI_OK;
}

/* Only the one form passes: a text is compared as bytes. */
static kpi_status
check_form(rest *r)
{
	const char *ours;
	size_t i = 0;
	kpi_status status = kpi__definition_print(r->definition, r->error);

	if (status != KPI_OK)
		return status;
	ours = r->definition->text;
	while (ours[i] != '\0' && ours[i] == r->begin[i])
		i++;
	if (ours[i] == r->begin[i])
		return KPI_OK;
	(void)kpi__fail(r->error, KPI_EPARSE,
	    "a definition's text is written as \"%s\"", ours);
	kpi__error_place(r->error, 0, (int64_t)i + 1);
	return KPI_EPARSE;
}

static const char *
metric_name(const void *ctx, size_t i)
{
	(void)ctx;
	return kpi__metric_at(i)->name;
}

static kpi_status
take_metric(rest *r, int32_t *metric)
{
	const size_t size = strcspn(r->at, " ");
	char quoted[KPI__QUOTE], right[KPI__SUGGESTION];
	size_t i = 0;

	for (; kpi__metric_at(i) != NULL; i++) {
		const char *name = kpi__metric_at(i)->name;

		if (strlen(name) == size && memcmp(r->at, name, size) == 0) {
			*metric = kpi__metric_at(i)->number;
			r->at += size;
			return KPI_OK;
		}
	}
	(void)kpi__fail(r->error, KPI_ENOTFOUND, "there is no metric %s; %s",
	    kpi__quote(quoted, r->at, size),
	    kpi__suggest(right, r->at, size, metric_name, NULL, i));
	kpi__error_place(r->error, 0, 1);
	return KPI_ENOTFOUND;
}

kpi_status
kpi_definition_parse(kpi_definition **out, const char *text,
    const kpi_definition_options *options, kpi_error *error)
{
	rest r = { text, text, NULL, error };
	int32_t metric = 0;
	kpi_status status;

	if (out == NULL)
		return kpi__fail(error, KPI_EINVAL, "out is NULL");
	*out = NULL;
	if (text == NULL)
		return kpi__fail(error, KPI_EINVAL, "the text is NULL");
	if ((status = take_metric(&r, &metric)) != KPI_OK)
		return status;
	status = kpi_definition_new(&r.definition, metric, options, error);
	while (status == KPI_OK && *r.at == ' ') {
		r.at++;
		status = take_setting(&r);
	}
	if (status == KPI_OK)
		status = check_form(&r);
	if (status != KPI_OK) {
		kpi_definition_free(r.definition);
		return status;
	}
	*out = r.definition;
	return KPI_OK;
}
