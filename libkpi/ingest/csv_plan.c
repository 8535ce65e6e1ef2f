/* SPDX-License-Identifier: MIT */
#include "ingest/csv_plan.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/suggestion.h"
#include "ingest/csv_word.h"
#include "ingest/text.h"

#define NO_MEMORY "no memory for the columns"

void
kpi__csv_plan_init(kpi__csv_plan *plan, const kpi_allocator *a)
{
	memset(plan, 0, sizeof(*plan));
	plan->allocator = a;
	kpi__arena_init(&plan->texts, a);
}

void
kpi__csv_plan_free(kpi__csv_plan *plan)
{
	const kpi_allocator *const a = plan->allocator;

	kpi__zone_free(plan->zone);
	kpi__release(a, plan->rule, plan->rules, sizeof(*plan->rule));
	kpi__release(a, plan->name, plan->columns, sizeof(*plan->name));
	kpi__release(a, plan->taken, plan->columns, 1);
	kpi__arena_free(&plan->texts);
	kpi__csv_plan_init(plan, a);
}

kpi__csv_target *
kpi__csv_plan_target(kpi__csv_plan *plan, const kpi__field *field)
{
	kpi__csv_target *target = plan->target;

	for (uint32_t t = 0; t < plan->targets; t++, target++)
		if (target->field == field)
			return target;
	memset(target, 0, sizeof(*target));
	target->field = field;
	target->form = kpi__csv_form_of(field);
	plan->targets++;
	return target;
}

int32_t
kpi__csv_plan_find(const kpi__csv_plan *plan, int32_t field)
{
	for (uint32_t t = 0; t < plan->targets; t++)
		if (plan->target[t].field->number == field)
			return (int32_t)t;
	return -1;
}

static kpi_status
copy_names(kpi__csv_plan *plan, kpi__csv_rows *rows, kpi_error *error)
{
	const kpi_allocator *const a = plan->allocator;
	char name[KPI_TEXT_MAX + 1];
	int replaced;

	plan->columns = rows->cells;
	plan->name = kpi__new_zeroed(a, rows->cells, sizeof(*plan->name));
	plan->taken = kpi__new_zeroed(a, rows->cells, 1);
	if (plan->name == NULL || plan->taken == NULL)
		return kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
	for (uint32_t c = 0; c < rows->cells; c++) {
		kpi__csv_cell *const cell = &rows->cell[c];
		size_t size;

		kpi__csv_cell_clean(cell);
		size = kpi__text_clean(name, cell->at, cell->size, &replaced);
		plan->name[c] = kpi__arena_copy(&plan->texts, name, size);
		if (plan->name[c] == NULL)
			return kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
	}
	return KPI_OK;
}

static kpi_status
refuse_two(const kpi__csv_plan *plan, const kpi__field *field, uint32_t a,
    uint32_t b, kpi_error *error)
{
	char first[KPI__QUOTE], second[KPI__QUOTE];

	(void)kpi__quote(first, plan->name[a], strlen(plan->name[a]));
	(void)kpi__quote(second, plan->name[b], strlen(plan->name[b]));
	return kpi__fail_at(error, KPI_EPARSE, field->name,
	    "the columns %s and %s may both be %s: expected is a map that says "
	    "which, or one that leaves one out, \"Column=\"",
	    first, second, field->name);
}

/* What the header says of a column that the caller says nothing of. */
static kpi_status
match_column(kpi__csv_plan *plan, uint32_t column, int own, kpi_error *error)
{
	const char *const name = plan->name[column];
	kpi__csv_target *target;
	kpi__csv_form form;
	int is_own;
	const kpi__field *const field = plan->taken[column]
	    ? NULL
	    : kpi__csv_field_named(name, strlen(name), &form, &is_own);

	if (field == NULL || is_own != own)
		return KPI_OK;
	target = kpi__csv_plan_target(plan, field);
	if (target->is_mapped || (target->is_own && !own))
		return KPI_OK;
	if (target->columns > 0)
		return refuse_two(
		    plan, field, target->column[0], column, error);
	target->columns = 1;
	target->column[0] = column;
	target->form = form;
	target->is_own = own;
	return KPI_OK;
}

/* A field's own name comes before other names of it, of which one may be. */
static kpi_status
match(kpi__csv_plan *plan, kpi_error *error)
{
	kpi_status status = KPI_OK;

	for (int own = 1; own >= 0; own--)
		for (uint32_t c = 0; c < plan->columns && status == KPI_OK; c++)
			status = match_column(plan, c, own, error);
	return status;
}

static kpi_status
each(kpi__csv_plan *plan, const char *const *list, uint64_t count,
    kpi_status (*read)(kpi__csv_plan *, const char *, kpi_error *),
    const char *what, kpi_error *error)
{
	kpi_status status = KPI_OK;

	if (count > 0 && list == NULL)
		return kpi__fail_at(
		    error, KPI_EINVAL, what, "there is no list of texts");
	for (uint64_t i = 0; i < count && status == KPI_OK; i++) {
		if (list[i] == NULL)
			return kpi__fail_at(
			    error, KPI_EINVAL, what, "a text is missing");
		status = read(plan, list[i], error);
	}
	return status;
}

/* Whether rows can be told when they began, or whose answers they are. */
static kpi_status
check_start(kpi__csv_plan *plan, uint64_t flags, kpi_error *error)
{
	const kpi__field *const start = kpi__field_find(KPI_FIELD_STARTED_AT);
	const int has_id = kpi__csv_plan_find(plan, KPI_FIELD_ID) >= 0;
	const kpi__csv_target *const began = kpi__csv_plan_target(plan, start);
	char quote[KPI__QUOTE];

	if (!has_id && (flags & KPI_CSV_VISITS) != 0)
		return kpi__fail_at(error, KPI_EINVAL, "visits",
		    "rows are visits of one interaction by their id, and no "
		    "column is id: expected is a map such as "
		    "\"Column=id\"");
	if (has_id || began->columns > 0 || began->fill != NULL)
		return KPI_OK;
	return kpi__fail_at(error, KPI_EPARSE, start->name,
	    "no column is %s, when it began: expected is a column of that "
	    "name, or a map such as \"Column=started_at\"; the first column "
	    "is %s",
	    start->name,
	    kpi__quote(quote, plan->name[0], strlen(plan->name[0])));
}

/* As kpi__csv_value_read() understands digits, where no rule gives them
 * another meaning. */
static int64_t
unit_of(const kpi__csv_plan *plan, const kpi__csv_target *target)
{
	const uint8_t type = target->field->type;

	if (plan->rules > 0 || target->kind != KPI__CSV_VALUES)
		return 0;
	if (target->form.kind == KPI__CSV_SCALED)
		return target->form.scale;
	return type == KPI__TYPE_INSTANT || type == KPI__TYPE_DURATION ? 0 : 1;
}

static void
sort_targets(kpi__csv_plan *plan)
{
	for (uint32_t t = 0; t < plan->targets; t++) {
		kpi__csv_target *const target = &plan->target[t];

		if (target->field->number == KPI_FIELD_ID)
			target->kind = KPI__CSV_IDS;
		else if (target->field->type == KPI__TYPE_TEXT ||
		    kpi__csv_is_worded(target->field))
			target->kind = KPI__CSV_KNOWN;
		else
			target->kind = KPI__CSV_VALUES;
		target->unit = unit_of(plan, target);
	}
}

kpi_status
kpi__csv_plan_make(kpi__csv_plan *plan, kpi__csv_rows *rows,
    const kpi_csv_options *options, kpi_error *error)
{
	kpi_status status = copy_names(plan, rows, error);

	plan->separator = rows->separator;
	if (status == KPI_OK && options->zone != NULL)
		status = kpi__zone_load(&plan->zone, options->zone_directory,
		    options->zone, plan->allocator, error);
	if (status == KPI_OK)
		status = each(plan, options->maps, options->map_count,
		    kpi__csv_plan_map, "map", error);
	if (status == KPI_OK)
		status = match(plan, error);
	if (status == KPI_OK)
		status = each(plan, options->fills, options->fill_count,
		    kpi__csv_plan_fill, "fill", error);
	if (status == KPI_OK && options->value_count > 0) {
		plan->rule = kpi__new_zeroed(plan->allocator,
		    (size_t)options->value_count, sizeof(*plan->rule));
		if (plan->rule == NULL)
			return kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
		status = each(plan, options->values, options->value_count,
		    kpi__csv_plan_rule, "value", error);
	}
	if (status == KPI_OK)
		status = check_start(plan, options->flags, error);
	if (status == KPI_OK)
		sort_targets(plan);
	return status;
}

static int32_t
field_of_column(const kpi__csv_plan *plan, uint32_t column)
{
	for (uint32_t t = 0; t < plan->targets; t++)
		for (uint32_t c = 0; c < plan->target[t].columns; c++)
			if (plan->target[t].column[c] == column)
				return plan->target[t].field->number;
	return 0;
}

void
kpi__csv_plan_report(const kpi__csv_plan *plan, kpi_csv_report *report)
{
	report->column_count = plan->columns;
	report->separator = (unsigned char)plan->separator;
	for (uint32_t c = 0; c < plan->columns && c < KPI_CSV_COLUMNS; c++) {
		kpi_csv_column *const column = &report->columns[c];
		size_t size = strlen(plan->name[c]);

		if (size >= sizeof(column->name)) {
			size = sizeof(column->name) - 1;
			while (
			    ((unsigned char)plan->name[c][size] & 0xc0) == 0x80)
				size--;
		}
		memcpy(column->name, plan->name[c], size);
		column->name[size] = '\0';
		column->field = field_of_column(plan, c);
	}
}
