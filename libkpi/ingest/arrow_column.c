/* SPDX-License-Identifier: MIT */
#include "ingest/arrow_column.h"

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
kpi__arrow_column_take(
    kpi__arrow_column *column, const struct ArrowArray *batch, kpi_error *error)
{
	const struct ArrowArray *array = batch->children[column->child], *words;
	const char *fault = kpi__arrow_part_open(&column->rows, &column->type,
	    array, batch->offset, batch->length, column->coded);

	if (fault != NULL)
		return kpi__arrow_refuse_array(column, "column", fault, error);
	if (!column->coded)
		return KPI_OK;
	words = array->dictionary;
	fault = kpi__arrow_part_open(
	    &column->given, &column->words, words, 0, words->length, 0);
	if (fault == NULL && words->length > INT32_MAX)
		fault = "has more texts than it may";
	if (fault != NULL)
		return kpi__arrow_refuse_array(
		    column, "dictionary", fault, error);
	return KPI_OK;
}

static kpi_status
make_room(kpi__arrow_column *column, const kpi_allocator *a, kpi_error *error)
{
	const int texts = column->field->type == KPI__TYPE_TEXT;
	const int words = kpi__arrow_is_text(&column->type);
	const int numbers = !texts || !words;
	const int places = texts && column->coded;
	const int digits = texts && !column->coded && !words;
	const size_t room = KPI__ARROW_ROWS;

	if (column->room > 0)
		return KPI_OK;
	column->room = room;
	if (numbers)
		column->number =
		    kpi__new_array(a, room, sizeof(*column->number));
	if (places)
		column->place = kpi__new_array(a, room, sizeof(*column->place));
	if (words || digits)
		column->chars = kpi__new_array(a, room, sizeof(*column->chars));
	if (digits)
		column->digits =
		    kpi__new_array(a, room, sizeof(*column->digits));
	if ((numbers && column->number == NULL) ||
	    (places && column->place == NULL) ||
	    ((words || digits) && column->chars == NULL) ||
	    (digits && column->digits == NULL))
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for the rows of a batch");
	return KPI_OK;
}

/* Puts in the place of a number what it is a place of. */
static kpi_status
fill_place(kpi__arrow_column *column, uint32_t i, kpi_error *error)
{
	const int64_t place = column->number[i];
	kpi__arrow_fault fault = { .text = "has no such place in its "
					   "dictionary" };

	if (place != KPI_UNKNOWN &&
	    (place < 0 || place >= column->dictionary.count)) {
		(void)kpi__format_int64(fault.value, place);
		return kpi__arrow_refuse_value(column, "", &fault, error);
	}
	if (column->place != NULL)
		column->place[i] = place == KPI_UNKNOWN ? -1 : (int32_t)place;
	else if (place != KPI_UNKNOWN)
		column->number[i] = column->code[place];
	return KPI_OK;
}

static void
fill_digits(kpi__arrow_column *column, uint32_t i)
{
	kpi__chars *chars = &column->chars[i];

	chars->text = NULL;
	chars->size = 0;
	if (column->number[i] == KPI_UNKNOWN)
		return;
	chars->text = column->digits[i];
	chars->size = kpi__format_int64(column->digits[i], column->number[i]);
}

/* Wall time becomes an instant; what is out of range is refused later. */
static void
fill_instant(kpi__arrow_column *column, uint32_t i)
{
	const int64_t wall = column->number[i];

	if (wall >= column->field->least && wall <= column->field->greatest)
		column->number[i] =
		    kpi__zone_to_utc(column->zone, wall, KPI__FIRST_TIME);
}

/* Makes of what was read what the field takes. */
static kpi_status
fill_row(kpi__arrow_column *column, uint32_t i, kpi_error *error)
{
	const int words = kpi__arrow_is_text(&column->type);

	if (column->coded)
		return fill_place(column, i, error);
	if (words && column->table != 0)
		return kpi__arrow_code(
		    column, &column->chars[i], &column->number[i], error);
	if (!words && column->field->type == KPI__TYPE_TEXT)
		fill_digits(column, i);
	else if (column->zoned)
		fill_instant(column, i);
	return KPI_OK;
}

static void
show(const kpi__arrow_column *column, kpi__column_source *source)
{
	kpi_column *c = &source->column;

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
    const kpi_allocator *a, int64_t begin, uint32_t count, uint32_t at,
    kpi_error *error)
{
	kpi__arrow_fault fault;
	kpi_status status = make_room(column, a, error);

	if (status != KPI_OK)
		return status;
	if (!(kpi__arrow_is_text(&column->type)
		    ? kpi__arrow_texts(&column->rows, begin, count,
			  column->chars + at, &fault)
		    : kpi__arrow_numbers(&column->rows, begin, count,
			  column->number + at, &fault))) {
		status = kpi__arrow_refuse_value(column, "", &fault, error);
		kpi__error_place(error, fault.at - begin + at + 1, 0);
		return status;
	}
	for (uint32_t i = at; i < at + count && status == KPI_OK; i++) {
		status = fill_row(column, i, error);
		if (status != KPI_OK)
			kpi__error_place(error, (int64_t)i + 1, 0);
	}
	show(column, source);
	return status;
}
