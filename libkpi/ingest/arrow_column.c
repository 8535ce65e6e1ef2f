/* SPDX-License-Identifier: MIT */
#include "ingest/arrow_column.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"

static void
release_room(kpi__arrow_column *column, const kpi_allocator *a)
{
	const size_t room = column->room;

	kpi__release(a, column->number, room, sizeof(*column->number));
	kpi__release(a, column->place, room, sizeof(*column->place));
	kpi__release(a, column->chars, room, sizeof(*column->chars));
	kpi__release(a, column->digits, room, sizeof(*column->digits));
	column->number = NULL;
	column->place = NULL;
	column->chars = NULL;
	column->digits = NULL;
	column->room = 0;
}

void
kpi__arrow_column_close(kpi__arrow_column *column, const kpi_allocator *a)
{
	kpi__arrow_words_release(column, a);
	release_room(column, a);
}

kpi_status
kpi__arrow_column_take(kpi__arrow_column *column, kpi__column_source *source,
    const kpi_allocator *a, const struct ArrowArray *batch, kpi_error *error)
{
	const struct ArrowArray *array = batch->children[column->child];
	const char *fault = kpi__arrow_part_open(&column->rows, &column->type,
	    array, batch->offset, batch->length, column->coded);

	if (fault != NULL)
		return kpi__arrow_refuse_array(column, "column", fault, error);
	if (!column->coded)
		return KPI_OK;
	return kpi__arrow_words_take(column, source, a, array->dictionary, error);
}

static kpi_status
make_room(kpi__arrow_column *column, const kpi_allocator *a, uint32_t count,
    kpi_error *error)
{
	const int texts = column->field->type == KPI__TYPE_TEXT;
	const int words = kpi__arrow_is_text(&column->type);
	const int places = texts && column->coded;
	const int digits = texts && !column->coded && !words;

	if (count <= column->room)
		return KPI_OK;
	release_room(column, a);
	column->room = count;
	if (!texts || !words)
		column->number =
		    kpi__new_array(a, count, sizeof(*column->number));
	if (places)
		column->place =
		    kpi__new_array(a, count, sizeof(*column->place));
	if (words || digits)
		column->chars =
		    kpi__new_array(a, count, sizeof(*column->chars));
	if (digits)
		column->digits =
		    kpi__new_array(a, count, sizeof(*column->digits));
	if (((!texts || !words) && column->number == NULL) ||
	    (places && column->place == NULL) ||
	    ((words || digits) && column->chars == NULL) ||
	    (digits && column->digits == NULL))
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for the rows of a batch");
	return KPI_OK;
}

/* Puts in the place of each number what it is a place of. */
static kpi_status
fill_places(kpi__arrow_column *column, uint32_t count, kpi_error *error)
{
	for (uint32_t i = 0; i < count; i++) {
		const int64_t place = column->number[i];
		kpi__arrow_fault fault = { .text = "has no such place in its "
						   "dictionary" };

		if (place == KPI_UNKNOWN) {
			if (column->place != NULL)
				column->place[i] = -1;
			continue;
		}
		if (place < 0 || place >= column->dictionary.count) {
			(void)kpi__format_int64(fault.value, place);
			(void)kpi__arrow_refuse_value(column, "", &fault, error);
			kpi__error_place(error, (int64_t)i + 1, 0);
			return KPI_EINVAL;
		}
		if (column->place != NULL)
			column->place[i] = (int32_t)place;
		else
			column->number[i] = column->code[place];
	}
	return KPI_OK;
}

static void
fill_digits(kpi__arrow_column *column, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		kpi__chars *chars = &column->chars[i];

		chars->text = NULL;
		chars->size = 0;
		if (column->number[i] == KPI_UNKNOWN)
			continue;
		chars->text = column->digits[i];
		chars->size = kpi__format_int64(
		    column->digits[i], column->number[i]);
	}
}

/* Wall time becomes instants; what is out of range is refused later. */
static void
fill_instants(kpi__arrow_column *column, uint32_t count)
{
	const kpi__field *field = column->field;

	for (uint32_t i = 0; i < count; i++) {
		int64_t *number = &column->number[i];

		if (*number >= field->least && *number <= field->greatest)
			*number = kpi__zone_to_utc(
			    column->zone, *number, KPI__FIRST_TIME);
	}
}

static kpi_status
fill_codes(kpi__arrow_column *column, uint32_t count, kpi_error *error)
{
	kpi_status status = KPI_OK;

	for (uint32_t i = 0; i < count && status == KPI_OK; i++) {
		status = kpi__arrow_code(
		    column, &column->chars[i], &column->number[i], error);
		if (status != KPI_OK)
			kpi__error_place(error, (int64_t)i + 1, 0);
	}
	return status;
}

static void
show(const kpi__arrow_column *column, kpi__column_source *source)
{
	kpi_column *c = &source->column;

	source->field = column->field;
	c->field = column->field->number;
	if (column->field->type != KPI__TYPE_TEXT) {
		c->type = KPI_COLUMN_INT64;
		c->data = column->number;
		c->stride = sizeof(*column->number);
	} else if (column->coded) {
		c->type = KPI__COLUMN_PLACE;
		c->data = column->place;
		c->stride = sizeof(*column->place);
	} else {
		c->type = KPI__COLUMN_CHARS;
		c->data = column->chars;
		c->stride = sizeof(*column->chars);
	}
}

kpi_status
kpi__arrow_column_fill(kpi__arrow_column *column, kpi__column_source *source,
    const kpi_allocator *a, int64_t begin, uint32_t count, kpi_error *error)
{
	const int words = kpi__arrow_is_text(&column->type);
	kpi__arrow_fault fault;
	kpi_status status = make_room(column, a, count, error);

	if (status != KPI_OK)
		return status;
	if (!(words ? kpi__arrow_texts(&column->rows, begin, count,
			  column->chars, &fault)
		    : kpi__arrow_numbers(&column->rows, begin, count,
			  column->number, &fault))) {
		status = kpi__arrow_refuse_value(column, "", &fault, error);
		kpi__error_place(error, fault.at - begin + 1, 0);
		return status;
	}
	if (column->coded)
		status = fill_places(column, count, error);
	else if (words && column->table != 0)
		status = fill_codes(column, count, error);
	else if (!words && column->field->type == KPI__TYPE_TEXT)
		fill_digits(column, count);
	else if (column->zoned)
		fill_instants(column, count);
	show(column, source);
	return status;
}
