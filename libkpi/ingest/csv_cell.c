/* SPDX-License-Identifier: MIT */
#include "ingest/csv_cell.h"

#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "ingest/csv_number.h"
#include "ingest/csv_value.h"
#include "ingest/text.h"

#define NO_MEMORY "no memory for the rows"
#define NOWHERE   (-1)

/* A greater number is left to who looks whether it is one still. */
#define MOST_DIGITS (INT64_MAX / 4)

/* What a row says of a target: one cell, or several put together. */
struct said {
	const char *at;
	size_t size;
};

/* 0: too much. What a row is refused for is put into words after its cell was
 * taken, hence the batch has the room. */
static int
join(struct said *said, char *joined, const kpi__csv_target *target,
    const kpi__csv_rows *rows)
{
	said->at = joined;
	said->size = 0;
	for (uint32_t c = 0; c < target->columns; c++) {
		const kpi__csv_cell *const cell =
		    &rows->cell[target->column[c]];

		if (cell->size == 0)
			continue;
		if (cell->size > KPI_TEXT_MAX)
			return 0;
		if (said->size > 0)
			joined[said->size++] = ' ';
		memcpy(joined + said->size, cell->at, cell->size);
		said->size += cell->size;
	}
	return 1;
}

static int
find(struct said *said, kpi__csv_batch *batch, const kpi__csv_target *target,
    const kpi__csv_rows *rows)
{
	if (target->columns == 1) {
		said->at = rows->cell[target->column[0]].at;
		said->size = rows->cell[target->column[0]].size;
		return 1;
	}
	return join(said, batch->joined, target, rows);
}

static void
use_fill(struct said *said, const kpi__csv_target *target)
{
	said->at = target->fill == NULL ? "" : target->fill;
	said->size = strlen(said->at);
}

/* What the caller's values make of it, and the fill where it is nothing. */
static void
translate(
    struct said *said, const kpi__csv_plan *plan, const kpi__csv_target *target)
{
	const char *word = NULL;

	if (plan->rules > 0 && said->size > 0)
		word = kpi__csv_plan_word(
		    plan, target->field, said->at, said->size);
	if (word != NULL) {
		said->at = word;
		said->size = strlen(word);
	}
	if (said->size == 0)
		use_fill(said, target);
}

/* A text as the store takes it, in the arena; NULL: no memory. */
static const char *
keep(kpi__arena *arena, const struct said *said, int *is_replaced)
{
	char clean[KPI_TEXT_MAX + 1];
	size_t size;

	if (kpi__utf8_ascii(said->at, said->size) == said->size)
		return kpi__arena_copy(arena, said->at, said->size);
	size = kpi__text_clean(clean, said->at, said->size, is_replaced);
	return kpi__arena_copy(arena, clean, size);
}

static kpi_status
take_id(kpi__csv_batch *batch, kpi__csv_column *column, const struct said *said,
    uint32_t *replaced)
{
	const char **const id = &column->strings[batch->rows];
	int is_replaced = 0;

	*id = NULL;
	if (said->size == 0)
		return KPI_OK;
	*id = keep(&batch->ids, said, &is_replaced);
	*replaced += (uint32_t)is_replaced;
	return *id == NULL ? KPI_ENOMEM : KPI_OK;
}

/* What a cell that has not been met before means. */
static kpi_status
learn(kpi__csv_batch *batch, uint32_t t, struct said *said, kpi__csv_slot *slot)
{
	kpi__csv_column *const column = &batch->column[t];
	kpi__csv_texts *const texts = &batch->known->texts[t];
	kpi__csv_text *const text = &texts->at[slot->number - 1];
	const kpi__csv_target *const target = &batch->plan->target[t];
	const char *const cell = said->at;
	kpi__csv_value read = { KPI_UNKNOWN, 0 };
	int is_replaced = 0;

	translate(said, batch->plan, target);
	text->value = KPI_UNKNOWN;
	if (said->size == 0)
		return KPI_OK;
	text->why = kpi__csv_value_read(
	    batch->plan, target, said->at, said->size, &read);
	text->value = read.value;
	if (text->why != KPI__CSV_GOOD || column->places == NULL)
		return KPI_OK;
	if (said->at == cell &&
	    kpi__utf8_ascii(said->at, said->size) == said->size)
		text->text = text->raw;
	else
		text->text = keep(&texts->arena, said, &is_replaced);
	text->is_replaced = is_replaced;
	slot->is_plain = text->text != NULL && !is_replaced;
	return text->text == NULL ? KPI_ENOMEM : KPI_OK;
}

/* Texts and words: what each means is found out once. */
static kpi_status
take_known(kpi__csv_batch *batch, uint32_t t, struct said *said,
    kpi__csv_wrong *wrong, uint32_t *replaced)
{
	kpi__csv_column *const column = &batch->column[t];
	kpi__csv_texts *const texts = &batch->known->texts[t];
	const kpi__csv_text *text;
	kpi__csv_slot *slot;
	int is_new;
	kpi_status status;

	if (said->size == 0)
		use_fill(said, &batch->plan->target[t]);
	if (said->size == 0) {
		if (column->places != NULL)
			column->places[batch->rows] = NOWHERE;
		else
			column->values[batch->rows] = KPI_UNKNOWN;
		return KPI_OK;
	}
	status = kpi__csv_texts_find(
	    texts, said->at, (uint32_t)said->size, &slot, &is_new);
	if (status == KPI_OK && is_new)
		status = learn(batch, t, said, slot);
	if (status != KPI_OK)
		return status;
	if (slot->is_plain && column->places != NULL) {
		column->places[batch->rows] = (int32_t)slot->number - 1;
		return KPI_OK;
	}
	text = &texts->at[slot->number - 1];
	wrong->why = text->why;
	*replaced += (uint32_t)text->is_replaced;
	if (column->places != NULL)
		column->places[batch->rows] =
		    text->text == NULL ? NOWHERE : (int32_t)slot->number - 1;
	else
		column->values[batch->rows] = text->value;
	return KPI_OK;
}

static void
take_value(kpi__csv_batch *batch, uint32_t t, struct said *said,
    kpi__csv_wrong *wrong, uint32_t *locals)
{
	const kpi__csv_target *const target = &batch->plan->target[t];
	kpi__csv_value read = { KPI_UNKNOWN, 0 };

	translate(said, batch->plan, target);
	if (said->size > 0)
		wrong->why = kpi__csv_value_read(
		    batch->plan, target, said->at, said->size, &read);
	batch->column[t].values[batch->rows] = read.value;
	*locals += (uint32_t)read.is_local;
}

static kpi_status
take(kpi__csv_batch *batch, uint32_t t, const kpi__csv_rows *rows,
    kpi__csv_wrong *wrong, uint32_t *locals, uint32_t *replaced)
{
	const kpi__csv_target *const target = &batch->plan->target[t];
	const int is_text = target->field->type == KPI__TYPE_TEXT;
	struct said said;

	wrong->field = target->field;
	wrong->value = NULL;
	wrong->size = 0;
	if (!find(&said, batch, target, rows) ||
	    (is_text && said.size > KPI_TEXT_MAX)) {
		wrong->why = KPI__CSV_TOO_LONG;
		return KPI_OK;
	}
	if (!is_text) {
		wrong->value = said.at;
		wrong->size = said.size;
	}
	switch (target->kind) {
	case KPI__CSV_IDS:
		translate(&said, batch->plan, target);
		return take_id(batch, &batch->column[t], &said, replaced);
	case KPI__CSV_KNOWN:
		return take_known(batch, t, &said, wrong, replaced);
	default:
		take_value(batch, t, &said, wrong, locals);
		return KPI_OK;
	}
}

/* Most cells of a table are digits in the column's unit, or say nothing: these
 * go straight into the column. 0: what it is remains to be seen. */
static inline int
take_digits(kpi__csv_batch *batch, uint32_t t, const kpi__csv_rows *rows)
{
	const kpi__csv_target *const target = &batch->plan->target[t];
	const kpi__csv_cell *cell;
	int64_t value = 0;

	if (target->unit == 0 || target->columns != 1)
		return 0;
	cell = &rows->cell[target->column[0]];
	if (cell->size == 0 && target->fill == NULL) {
		batch->column[t].values[batch->rows] = KPI_UNKNOWN;
		return 1;
	}
	if (!kpi__csv_digits(cell->at, cell->size, &value) ||
	    value > MOST_DIGITS / target->unit)
		return 0;
	value *= target->unit;
	if (value < target->field->least || value > target->field->greatest)
		return 0;
	batch->column[t].values[batch->rows] = value;
	return 1;
}

/* What the texts of the row are found by comes from memory while its numbers
 * are read. */
static inline void
fetch(const kpi__csv_batch *batch, const kpi__csv_rows *rows)
{
	for (uint32_t t = 0; t < batch->plan->targets; t++) {
		const kpi__csv_texts *const texts = &batch->known->texts[t];
		const kpi__csv_target *const target = &batch->plan->target[t];
		const kpi__csv_cell *const cell =
		    &rows->cell[target->column[0]];

		if (texts->slots >= KPI__CSV_WORTH_FETCHING &&
		    target->columns == 1)
			kpi__csv_texts_fetch(texts, cell->at, cell->size);
	}
}

kpi_status
kpi__csv_cells_take(kpi__csv_batch *batch, const kpi__csv_rows *rows,
    kpi__csv_wrong *wrong, uint32_t *locals, uint32_t *replaced,
    kpi_error *error)
{
	kpi_status status = KPI_OK;

	fetch(batch, rows);
	for (uint32_t t = 0; t < batch->plan->targets; t++) {
		if (take_digits(batch, t, rows))
			continue;
		status = take(batch, t, rows, wrong, locals, replaced);
		if (status != KPI_OK)
			return kpi__fail(error, status, NO_MEMORY);
		if (wrong->why != KPI__CSV_GOOD)
			break;
	}
	return KPI_OK;
}
