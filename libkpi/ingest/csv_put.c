/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "ingest/csv_batch.h"

#define NO_MEMORY "no memory for the rows"

static kpi_status
make_dictionary(kpi__csv_column *column, const kpi__csv_texts *texts,
    const kpi_allocator *a)
{
	const kpi_status status = kpi__grow(a, &column->dictionary,
	    &column->room, texts->count, sizeof(*column->dictionary));

	column->count = texts->count;
	for (uint32_t i = 0; i < texts->count && status == KPI_OK; i++)
		column->dictionary[i] = texts->at[i].text;
	return status;
}

kpi_status
kpi__csv_batch_close(kpi__csv_batch *batch, kpi_error *error)
{
	kpi_status status = KPI_OK;

	for (uint32_t t = 0; t < batch->plan->targets && status == KPI_OK; t++)
		if (batch->column[t].places != NULL)
			status = make_dictionary(&batch->column[t],
			    &batch->known->texts[t], batch->allocator);
	return status == KPI_OK ? KPI_OK : kpi__fail(error, status, NO_MEMORY);
}

static void
make_column(const kpi__csv_batch *batch, uint32_t t, kpi_column *out)
{
	static const kpi_column blank = KPI_COLUMN_INIT;
	const kpi__csv_column *const column = &batch->column[t];

	*out = blank;
	out->field = batch->plan->target[t].field->number;
	if (column->places != NULL) {
		out->type = KPI_COLUMN_DICTIONARY;
		out->data = column->places;
		out->dictionary_count = column->count;
		out->dictionary = column->dictionary;
	} else if (column->strings != NULL) {
		out->type = KPI_COLUMN_TEXT;
		out->data = column->strings;
	} else {
		out->type = KPI_COLUMN_INT64;
		out->data = column->values;
	}
}

static int
why_of(int fate)
{
	static const uint8_t why[] = { [KPI__ROW_AGAIN] = KPI__CSV_ID_AGAIN,
		[KPI__ROW_HAS_ID] = KPI__CSV_HAS_ID,
		[KPI__ROW_NO_START] = KPI__CSV_NO_START,
		[KPI__ROW_MARKS] = KPI__CSV_MARKS,
		[KPI__ROW_EFFORT] = KPI__CSV_EFFORT,
		[KPI__ROW_RING] = KPI__CSV_RING,
		[KPI__ROW_NO_FIT] = KPI__CSV_NO_FIT,
		[KPI__ROW_DIFFERS] = KPI__CSV_DIFFERS };

	return why[fate];
}

static const kpi__field *
field_of(int fate)
{
	switch (fate) {
	case KPI__ROW_NO_START:
		return kpi__field_find(KPI_FIELD_STARTED_AT);
	case KPI__ROW_MARKS:
		return kpi__field_find(KPI_FIELD_CSAT);
	case KPI__ROW_EFFORT:
		return kpi__field_find(KPI_FIELD_CES);
	case KPI__ROW_RING:
		return kpi__field_find(KPI_FIELD_RING);
	case KPI__ROW_AGAIN:
	case KPI__ROW_HAS_ID:
		return kpi__field_find(KPI_FIELD_ID);
	default:
		return NULL;
	}
}

static kpi_status
count(kpi__csv_batch *batch, uint32_t rows, kpi_error *error)
{
	kpi_status status = KPI_OK;

	for (uint32_t r = 0; r < rows && status == KPI_OK; r++) {
		const int fate = batch->fate[r];
		kpi__csv_wrong wrong = { .line = batch->line[r] };

		batch->report->interactions += fate == KPI__ROW_ADDED;
		batch->report->updated += fate == KPI__ROW_UPDATED;
		if (why_of(fate) == KPI__CSV_GOOD)
			continue;
		wrong.why = why_of(fate);
		wrong.field = field_of(fate);
		status = kpi__csv_batch_refuse_put(batch, &wrong, error);
	}
	return status;
}

int
kpi__csv_is_same_id(const kpi__csv_batch *batch, uint32_t a, uint32_t b)
{
	const int32_t id = kpi__csv_plan_find(batch->plan, KPI_FIELD_ID);
	const int32_t source =
	    kpi__csv_plan_find(batch->plan, KPI_FIELD_SOURCE);
	const char *const *strings;

	if (id < 0)
		return 0;
	strings = batch->column[id].strings;
	return strings[a] != NULL && strings[b] != NULL &&
	    strcmp(strings[a], strings[b]) == 0 &&
	    (source < 0 ||
		batch->column[source].places[a] ==
		    batch->column[source].places[b]);
}

/* How many rows can be put while more visits of the last one may come. */
static uint32_t
whole_rows(const kpi__csv_batch *batch)
{
	uint32_t last = batch->rows - 1;

	/* without an id none come */
	if (!kpi__csv_is_same_id(batch, last, last))
		return batch->rows;
	while (last > 0 && kpi__csv_is_same_id(batch, last - 1, last))
		last--;
	return last;
}

/* Rows from `first` on stay for the next put, as its first ones. */
static kpi_status
carry(kpi__csv_batch *batch, uint32_t first)
{
	const int32_t id = kpi__csv_plan_find(batch->plan, KPI_FIELD_ID);
	const uint32_t left = batch->rows - first;
	char text[KPI_TEXT_MAX + 1];
	const char *copy;

	memmove(batch->line, batch->line + first, left * sizeof(*batch->line));
	for (uint32_t t = 0; t < batch->plan->targets; t++) {
		kpi__csv_column *const c = &batch->column[t];

		if (c->values != NULL)
			memmove(c->values, c->values + first,
			    left * sizeof(*c->values));
		else if (c->places != NULL)
			memmove(c->places, c->places + first,
			    left * sizeof(*c->places));
	}
	batch->rows = left;
	memcpy(text, batch->column[id].strings[first],
	    strlen(batch->column[id].strings[first]) + 1);
	kpi__arena_reset(&batch->ids, NULL);
	copy = kpi__arena_copy(&batch->ids, text, strlen(text));
	for (uint32_t r = 0; r < left; r++)
		batch->column[id].strings[r] = copy;
	return copy == NULL ? KPI_ENOMEM : KPI_OK;
}

static kpi_status
go_on(kpi__csv_batch *batch, uint32_t put, kpi_error *error)
{
	if (put < batch->rows) {
		if (carry(batch, put) != KPI_OK)
			return kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
		return KPI_OK;
	}
	batch->rows = 0;
	kpi__arena_reset(&batch->ids, NULL);
	return KPI_OK;
}

kpi_status
kpi__csv_batch_put(kpi__csv_batch *batch, int last, kpi_error *error)
{
	const int visits = (batch->flags & KPI_CSV_VISITS) != 0;
	kpi_column column[KPI__FIELDS];
	uint32_t put = batch->rows;
	kpi_status status = KPI_OK;

	if (visits && !last && put > 0)
		put = whole_rows(batch);
	if (put == 0)
		return KPI_OK;
	for (uint32_t t = 0; t < batch->plan->targets; t++)
		make_column(batch, t, &column[t]);
	memset(batch->fate, KPI__ROW_ADDED, put);
	status =
	    kpi__columns_add(batch->store, put, column, batch->known->codes,
		batch->plan->targets, visits, batch->fate, error);
	if (status == KPI_OK)
		status = count(batch, put, error);
	return status == KPI_OK ? go_on(batch, put, error) : status;
}
