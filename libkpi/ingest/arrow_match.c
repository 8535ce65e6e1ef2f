/* SPDX-License-Identifier: MIT */
#include "ingest/arrow_column.h"

#include "base/error.h"

static int32_t
table_of(const kpi__field *field)
{
	switch (field->number) {
	case KPI_FIELD_DIRECTION:
		return KPI_TABLE_DIRECTIONS;
	case KPI_FIELD_OUTCOME:
		return KPI_TABLE_OUTCOMES;
	case KPI_FIELD_TRANSFER:
		return KPI_TABLE_TRANSFERS;
	default:
		return 0;
	}
}

static int
is_integer(const kpi__arrow_type *type)
{
	return type->kind == KPI__ARROW_SIGNED ||
	    type->kind == KPI__ARROW_UNSIGNED;
}

static const char *
expected(const kpi__field *field)
{
	switch (field->type) {
	case KPI__TYPE_INSTANT:
		return "timestamp, or whole milliseconds since 1970 UTC";
	case KPI__TYPE_DURATION:
		return "duration, or whole milliseconds";
	case KPI__TYPE_FLAG:
		return "bool, or 0 and 1";
	case KPI__TYPE_TEXT:
		return "utf8, large_utf8 or utf8_view, plain or in a "
		       "dictionary, or integers";
	default:
		return table_of(field) != 0 ? "integers, or names as text"
					    : "integers, or whole floats";
	}
}

/* Whether the field takes values of the type, which are in a dictionary if
 * `coded`. */
static int
takes(const kpi__field *field, const kpi__arrow_type *type, int coded)
{
	if (kpi__arrow_is_text(type))
		return field->type == KPI__TYPE_TEXT || table_of(field) != 0;
	if (coded)
		return 0;
	switch (type->kind) {
	case KPI__ARROW_TIMESTAMP:
		return field->type == KPI__TYPE_INSTANT;
	case KPI__ARROW_DURATION:
		return field->type == KPI__TYPE_DURATION;
	case KPI__ARROW_BOOL:
		return field->type == KPI__TYPE_FLAG;
	case KPI__ARROW_FLOAT:
		return field->type != KPI__TYPE_TEXT;
	default:
		return 1;
	}
}

static kpi_status
refuse_type(const kpi__field *field, const char *format, kpi_error *error)
{
	char shown[16];
	size_t n = 0;

	for (; n < sizeof(shown) - 1 && format[n] > ' ' && format[n] < 127; n++)
		shown[n] = format[n];
	shown[n] = '\0';
	return kpi__fail_at(error, KPI_EINVAL, field->name,
	    "%s does not take a column of format %s: expected %s", field->name,
	    shown, expected(field));
}

kpi_status
kpi__arrow_column_open(kpi__arrow_column *column, const kpi__field *field,
    const struct ArrowSchema *schema, int zoned, const kpi__zone *zone,
    kpi_error *error)
{
	const struct ArrowSchema *words = schema->dictionary;

	column->field = field;
	column->coded = words != NULL;
	column->table = table_of(field);
	column->zone = zone;
	if (schema->format == NULL || (words != NULL && words->format == NULL))
		return kpi__fail_at(error, KPI_EINVAL, field->name,
		    "the column %s has no format", field->name);
	if (!kpi__arrow_type_read(&column->type, schema->format) ||
	    (words == NULL && !takes(field, &column->type, 0)))
		return refuse_type(field, schema->format, error);
	if (words != NULL && !is_integer(&column->type))
		return kpi__fail_at(error, KPI_EINVAL, field->name,
		    "the places in the dictionary of %s are no integers",
		    field->name);
	if (words != NULL &&
	    (!kpi__arrow_type_read(&column->words, words->format) ||
		!takes(field, &column->words, 1)))
		return refuse_type(field, words->format, error);
	column->zoned =
	    column->type.kind == KPI__ARROW_TIMESTAMP && !column->type.zoned;
	if (column->zoned && !zoned)
		return kpi__fail_at(error, KPI_EINVAL, field->name,
		    "%s has timestamps without a time zone: expected one, or "
		    "the option zone",
		    field->name);
	return KPI_OK;
}
