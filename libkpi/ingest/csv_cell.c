/* SPDX-License-Identifier: MIT */
#include "ingest/csv_cell.h"

#include <string.h>

#include "base/bytes.h"
#include "base/error.h"
#include "ingest/csv_value.h"
#include "ingest/text.h"

#define NO_MEMORY "no memory for the rows"
#define NOWHERE   (-1)

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

static int
is_ascii(const char *text, size_t size)
{
	for (; size >= 8; text += 8, size -= 8) {
		const uint64_t word = kpi__get64(text);

		/* nothing above 0x7f, and no NUL */
		if (((word | (word - UINT64_C(0x0101010101010101))) &
			UINT64_C(0x8080808080808080)) != 0)
			return 0;
	}
	for (; size > 0; size--, text++)
		if (*text == '\0' || (unsigned char)*text >= 0x80)
			return 0;
	return 1;
}

/* A text as the store takes it, in the arena; NULL: no memory. */
static const char *
keep(kpi__arena *arena, const struct said *said, int *is_replaced)
{
	char clean[KPI_TEXT_MAX + 1];
	size_t size;

	if (is_ascii(said->at, said->size))
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
learn(const kpi__csv_batch *batch, uint32_t t, kpi__csv_column *column,
    struct said *said, kpi__csv_text *text)
{
	const kpi__csv_target *const target = &batch->plan->target[t];
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
	text->text = keep(&column->texts.arena, said, &is_replaced);
	text->is_replaced = is_replaced;
	return text->text == NULL ? KPI_ENOMEM : KPI_OK;
}

/* Texts and words: what each means is found out once. */
static kpi_status
take_known(kpi__csv_batch *batch, uint32_t t, struct said *said,
    kpi__csv_wrong *wrong, uint32_t *replaced)
{
	kpi__csv_column *const column = &batch->column[t];
	const kpi__csv_text *text;
	uint32_t number;
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
	status = kpi__csv_texts_number(
	    &column->texts, said->at, (uint32_t)said->size, &number, &is_new);
	if (status == KPI_OK && is_new)
		status =
		    learn(batch, t, column, said, &column->texts.at[number]);
	if (status != KPI_OK)
		return status;
	text = &column->texts.at[number];
	wrong->why = text->why;
	*replaced += (uint32_t)text->is_replaced;
	if (column->places != NULL)
		column->places[batch->rows] =
		    text->text == NULL ? NOWHERE : (int32_t)number;
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

kpi_status
kpi__csv_cell_take(kpi__csv_batch *batch, uint32_t t, const kpi__csv_rows *rows,
    kpi__csv_wrong *wrong, uint32_t *locals, uint32_t *replaced,
    kpi_error *error)
{
	const kpi__csv_target *const target = &batch->plan->target[t];
	const int is_text = target->field->type == KPI__TYPE_TEXT;
	kpi_status status = KPI_OK;
	struct said said;

	wrong->why = KPI__CSV_GOOD;
	wrong->field = target->field;
	if (!find(&said, batch, target, rows) ||
	    (is_text && said.size > KPI_TEXT_MAX)) {
		wrong->why = KPI__CSV_TOO_LONG;
		return KPI_OK;
	}
	if (!is_text) {
		wrong->value = said.at;
		wrong->size = said.size;
	}
	if (target->field->number == KPI_FIELD_ID) {
		translate(&said, batch->plan, target);
		status = take_id(batch, &batch->column[t], &said, replaced);
	} else if (is_text || kpi__csv_is_worded(target->field)) {
		status = take_known(batch, t, &said, wrong, replaced);
	} else {
		take_value(batch, t, &said, wrong, locals);
	}
	if (status != KPI_OK)
		return kpi__fail(error, status, NO_MEMORY);
	return KPI_OK;
}
