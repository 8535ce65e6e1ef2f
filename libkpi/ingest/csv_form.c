/* SPDX-License-Identifier: MIT */
#include "ingest/csv_form.h"

#include <string.h>

#include "base/error.h"
#include "base/suggestion.h"
#include "ingest/csv_number.h"
#include "ingest/csv_time.h"

#define PERCENT 10000 /* of millionths */
#define MILLION 1000000

static const struct {
	uint8_t type; /* KPI__TYPE_ */
	const char *name;
	int32_t kind;
	int64_t scale;
} forms[] = {
	{ KPI__TYPE_DURATION, "h:mm:ss", KPI__CSV_OWN, 0 },
	{ KPI__TYPE_DURATION, "m:ss", KPI__CSV_M_SS, 0 },
	{ KPI__TYPE_DURATION, "mm:ss", KPI__CSV_M_SS, 0 },
	{ KPI__TYPE_DURATION, "h:mm", KPI__CSV_H_MM, 0 },
	{ KPI__TYPE_DURATION, "hh:mm", KPI__CSV_H_MM, 0 },
	{ KPI__TYPE_INSTANT, "iso", KPI__CSV_OWN, 0 },
	{ KPI__TYPE_MONEY, "1", KPI__CSV_SCALED, 1 },
	{ KPI__TYPE_MONEY, "0.1", KPI__CSV_SCALED, 10 },
	{ KPI__TYPE_MONEY, "0.01", KPI__CSV_SCALED, 100 },
	{ KPI__TYPE_MONEY, "0.001", KPI__CSV_SCALED, 1000 },
	{ KPI__TYPE_MARK, "share", KPI__CSV_SCALED, MILLION },
	{ KPI__TYPE_MARK, "%", KPI__CSV_SCALED, PERCENT },
	{ KPI__TYPE_MARK, "millionths", KPI__CSV_SCALED, 1 },
};

static const char *
expected(const kpi__field *field)
{
	switch (field->type) {
	case KPI__TYPE_INSTANT:
		return "iso, s or ms since 1970, or a pattern such as "
		       "%d/%m/%Y %H:%M";
	case KPI__TYPE_DURATION:
		return "ms, s, min, h, h:mm:ss, m:ss or h:mm";
	case KPI__TYPE_MONEY:
		return "1, 0.1, 0.01 or 0.001, the minor unit in what is "
		       "written";
	default:
		return field->number == KPI_FIELD_QUALITY
		    ? "share, % or millionths"
		    : "none";
	}
}

kpi__csv_form
kpi__csv_form_of(const kpi__field *field)
{
	kpi__csv_form form = { KPI__CSV_OWN, 0, NULL };

	if (field->number == KPI_FIELD_QUALITY ||
	    field->type == KPI__TYPE_MONEY)
		form.kind = KPI__CSV_SCALED;
	form.scale = field->number == KPI_FIELD_QUALITY ? MILLION : 1;
	return form;
}

/* Whether the field takes forms of this type. */
static int
takes(const kpi__field *field, uint8_t type)
{
	return field->type == type &&
	    (type != KPI__TYPE_MARK || field->number == KPI_FIELD_QUALITY);
}

kpi_status
kpi__csv_form_read(kpi__csv_form *out, const kpi__field *field,
    const char *text, kpi_error *error)
{
	const int64_t unit = kpi__csv_time_unit(text, strlen(text));
	char quote[KPI__QUOTE];

	*out = kpi__csv_form_of(field);
	if (text[0] == '\0')
		return KPI_OK;
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (takes(field, forms[i].type) &&
		    strcmp(forms[i].name, text) == 0) {
			out->kind = forms[i].kind;
			out->scale = forms[i].scale;
			return KPI_OK;
		}
	if (unit > 0 &&
	    (field->type == KPI__TYPE_DURATION ||
		(field->type == KPI__TYPE_INSTANT && unit <= 1000))) {
		out->kind = KPI__CSV_SCALED;
		out->scale = unit;
		return KPI_OK;
	}
	if (field->type == KPI__TYPE_INSTANT && strchr(text, '%') != NULL) {
		out->kind = KPI__CSV_PATTERN;
		out->pattern = text;
		return kpi__csv_pattern_check(text, error);
	}
	return kpi__fail_at(error, KPI_EINVAL, field->name,
	    "%s has no form %s; expected is %s", field->name,
	    kpi__quote(quote, text, strlen(text)), expected(field));
}
