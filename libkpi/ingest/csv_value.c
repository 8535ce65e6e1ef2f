/* SPDX-License-Identifier: MIT */
#include "ingest/csv_value.h"

#include "ingest/csv_number.h"
#include "ingest/csv_time.h"

static int
read_instant(const kpi__csv_plan *plan, const kpi__csv_form *form,
    const char *text, size_t size, kpi__csv_value *out)
{
	switch (form->kind) {
	case KPI__CSV_SCALED:
		return kpi__csv_scaled(text, size, form->scale, plan->separator,
			   0, &out->value)
		    ? KPI__CSV_GOOD
		    : KPI__CSV_NOT_EPOCH;
	case KPI__CSV_PATTERN:
		return kpi__csv_pattern_read(form->pattern, text, size,
			   plan->zone, &out->value, &out->is_local)
		    ? KPI__CSV_GOOD
		    : KPI__CSV_NOT_PATTERN;
	default:
		return kpi__csv_iso_read(
			   text, size, plan->zone, &out->value, &out->is_local)
		    ? KPI__CSV_GOOD
		    : KPI__CSV_NOT_TIME;
	}
}

static int
read_duration(const kpi__csv_plan *plan, const kpi__csv_form *form,
    const char *text, size_t size, kpi__csv_value *out)
{
	switch (
	    kpi__csv_duration(text, size, form, plan->separator, &out->value)) {
	case KPI__CSV_NO_DURATION:
		return KPI__CSV_NOT_DURATION;
	case KPI__CSV_NO_UNIT:
		return KPI__CSV_WITHOUT_UNIT;
	default:
		return KPI__CSV_GOOD;
	}
}

/* An amount of money, or a share; a percent sign tells of itself. */
static int
read_amount(const kpi__csv_plan *plan, const kpi__csv_target *target,
    const char *text, size_t size, kpi__csv_value *out)
{
	const int is_money = target->field->type == KPI__TYPE_MONEY;
	int64_t scale = target->form.scale;

	if (!is_money && text[size - 1] == '%') {
		scale = 10000;
		size--;
		while (size > 0 && text[size - 1] == ' ')
			size--;
	}
	return kpi__csv_scaled(
		   text, size, scale, plan->separator, is_money, &out->value)
	    ? KPI__CSV_GOOD
	    : KPI__CSV_NOT_AMOUNT;
}

static int
read_integer(const kpi__csv_plan *plan, const kpi__csv_target *target,
    const char *text, size_t size, kpi__csv_value *out)
{
	const kpi__field *const field = target->field;

	if (field->type == KPI__TYPE_INSTANT)
		return read_instant(plan, &target->form, text, size, out);
	if (field->type == KPI__TYPE_DURATION)
		return read_duration(plan, &target->form, text, size, out);
	if (target->form.kind == KPI__CSV_SCALED)
		return read_amount(plan, target, text, size, out);
	if (!kpi__csv_is_worded(field))
		return kpi__csv_scaled(
			   text, size, 1, plan->separator, 1, &out->value)
		    ? KPI__CSV_GOOD
		    : KPI__CSV_NOT_WHOLE;
	out->value = kpi__csv_word(field, text, size);
	if (out->value != KPI_UNKNOWN)
		return KPI__CSV_GOOD;
	return field->type == KPI__TYPE_FLAG ? KPI__CSV_NOT_FLAG
					     : KPI__CSV_NOT_WORD;
}

int
kpi__csv_value_read(const kpi__csv_plan *plan, const kpi__csv_target *target,
    const char *text, size_t size, kpi__csv_value *out)
{
	const kpi__field *const field = target->field;
	int why;

	out->is_local = 0;
	out->value = KPI_UNKNOWN;
	if (field->type == KPI__TYPE_TEXT)
		return size > KPI_TEXT_MAX ? KPI__CSV_TOO_LONG : KPI__CSV_GOOD;
	why = read_integer(plan, target, text, size, out);
	if (why == KPI__CSV_GOOD &&
	    (out->value < field->least || out->value > field->greatest))
		return KPI__CSV_OUTSIDE;
	return why;
}
