/* SPDX-License-Identifier: MIT */
#include "ingest/csv_batch.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "ingest/csv_cell.h"
#include "store/input.h"

#define NO_MEMORY "no memory for the rows"

static int
is_id(const kpi__csv_target *target)
{
	return target->field->number == KPI_FIELD_ID;
}

void
kpi__csv_known_init(kpi__csv_known *known, const kpi_allocator *a)
{
	memset(known, 0, sizeof(*known));
	known->allocator = a;
	for (uint32_t t = 0; t < KPI__FIELDS; t++)
		kpi__csv_texts_init(&known->texts[t], a);
}

static void
forget(kpi__csv_known *known, uint32_t t)
{
	kpi__csv_texts_free(&known->texts[t]);
	kpi__codes_free(&known->codes[t], known->allocator);
}

void
kpi__csv_known_free(kpi__csv_known *known)
{
	for (uint32_t t = 0; t < KPI__FIELDS; t++)
		forget(known, t);
}

int
kpi__csv_known_is_much(const kpi__csv_known *known)
{
	for (uint32_t t = 0; t < KPI__FIELDS; t++)
		if (kpi__csv_texts_are_many(&known->texts[t]))
			return 1;
	return 0;
}

void
kpi__csv_known_forget(kpi__csv_known *known)
{
	for (uint32_t t = 0; t < KPI__FIELDS; t++)
		if (kpi__csv_texts_are_many(&known->texts[t]))
			forget(known, t);
}

static kpi_status
make_column(kpi__csv_batch *batch, uint32_t t)
{
	const kpi_allocator *const a = batch->allocator;
	kpi__csv_column *const column = &batch->column[t];
	const kpi__csv_target *const target = &batch->plan->target[t];

	if (is_id(target)) {
		column->strings =
		    kpi__new_array(a, KPI__CSV_BATCH, sizeof(*column->strings));
		return column->strings == NULL ? KPI_ENOMEM : KPI_OK;
	}
	if (target->field->type == KPI__TYPE_TEXT) {
		column->places =
		    kpi__new_array(a, KPI__CSV_BATCH, sizeof(*column->places));
		return column->places == NULL ? KPI_ENOMEM : KPI_OK;
	}
	column->values =
	    kpi__new_array(a, KPI__CSV_BATCH, sizeof(*column->values));
	return column->values == NULL ? KPI_ENOMEM : KPI_OK;
}

kpi_status
kpi__csv_batch_init(kpi__csv_batch *batch, kpi_store *store,
    kpi__csv_plan *plan, kpi__csv_known *known, kpi_csv_report *report,
    uint64_t flags, kpi_error *error)
{
	const kpi_allocator *const a = plan->allocator;
	kpi_status status = KPI_OK;

	memset(batch, 0, sizeof(*batch));
	batch->allocator = a;
	batch->store = store;
	batch->plan = plan;
	batch->known = known;
	batch->report = report;
	batch->flags = flags;
	kpi__arena_init(&batch->ids, a);
	batch->line = kpi__new_array(a, KPI__CSV_BATCH, sizeof(*batch->line));
	batch->fate = kpi__new_array(a, KPI__CSV_BATCH, 1);
	if (batch->line == NULL || batch->fate == NULL)
		status = KPI_ENOMEM;
	for (uint32_t t = 0; t < plan->targets && status == KPI_OK; t++)
		status = make_column(batch, t);
	if (status != KPI_OK)
		return kpi__fail(error, status, NO_MEMORY);
	return KPI_OK;
}

void
kpi__csv_batch_free(kpi__csv_batch *batch)
{
	const kpi_allocator *const a = batch->allocator;

	if (a == NULL)
		return;
	for (uint32_t t = 0; t < KPI__FIELDS; t++) {
		kpi__csv_column *const column = &batch->column[t];

		kpi__release(
		    a, column->values, KPI__CSV_BATCH, sizeof(*column->values));
		kpi__release(
		    a, column->places, KPI__CSV_BATCH, sizeof(*column->places));
		kpi__release(a, column->strings, KPI__CSV_BATCH,
		    sizeof(*column->strings));
		kpi__release(a, column->dictionary, column->room,
		    sizeof(*column->dictionary));
	}
	kpi__release(a, batch->line, KPI__CSV_BATCH, sizeof(*batch->line));
	kpi__release(a, batch->fate, KPI__CSV_BATCH, 1);
	kpi__arena_free(&batch->ids);
	batch->allocator = NULL;
}

static uint64_t
newlines_before(const kpi__csv_rows *rows, const char *at, const char **line)
{
	const char *const row = rows->file.block + rows->file.at;
	uint64_t count = 0;

	*line = row;
	for (const char *p = row; p < at; p++)
		if (*p == '\n') {
			count++;
			*line = p + 1;
		}
	return count;
}

static kpi_status
refuse(kpi__csv_batch *batch, const kpi__csv_rows *rows, kpi__csv_wrong *wrong,
    kpi_error *error)
{
	const kpi__csv_plan *const plan = batch->plan;
	const char *column = NULL, *line;
	uint64_t place = 0;

	if ((batch->flags & KPI_CSV_STRICT) == 0 ||
	    wrong->why == KPI__CSV_ID_AGAIN) {
		kpi__csv_count(batch->report, wrong);
		return KPI_OK;
	}
	for (uint32_t t = 0; t < plan->targets && wrong->field != NULL; t++) {
		const kpi__csv_target *const target = &plan->target[t];
		uint32_t c;

		if (target->field != wrong->field || target->columns == 0)
			continue;
		c = target->column[0];
		column = plan->name[c];
		if (rows != NULL && c < rows->cells) {
			wrong->line +=
			    newlines_before(rows, rows->cell[c].at, &line);
			place = (uint64_t)(rows->cell[c].at - line) + 1;
		}
	}
	return kpi__csv_fail(wrong, column, place, error);
}

kpi_status
kpi__csv_batch_refuse(kpi__csv_batch *batch, const kpi__csv_rows *rows,
    kpi__csv_wrong *wrong, kpi_error *error)
{
	const kpi_status status = batch->settle == NULL
	    ? KPI_OK
	    : batch->settle(batch->settle_ctx, error);

	return status == KPI_OK ? refuse(batch, rows, wrong, error) : status;
}

kpi_status
kpi__csv_batch_refuse_put(
    kpi__csv_batch *batch, kpi__csv_wrong *wrong, kpi_error *error)
{
	return refuse(batch, NULL, wrong, error);
}

static kpi_status
refuse_count(kpi__csv_batch *batch, const kpi__csv_rows *rows, int is_more,
    kpi_error *error)
{
	kpi__csv_wrong wrong = { .line = rows->line };

	wrong.why = is_more ? KPI__CSV_MANY_CELLS : KPI__CSV_FEW_CELLS;
	return kpi__csv_batch_refuse(batch, rows, &wrong, error);
}

/* Separators behind the last cell say nothing. */
static int
is_empty_behind(const kpi__csv_rows *rows, uint32_t columns)
{
	if (rows->cells > KPI__CSV_COLUMNS)
		return 0;
	for (uint32_t c = columns; c < rows->cells; c++)
		if (rows->cell[c].size > 0)
			return 0;
	return 1;
}

/* Counts rows of one interaction that stand together; 0: there are more than it
 * may have. Its last row has been read and is not in the batch yet. */
static int
is_run_short(kpi__csv_batch *batch)
{
	if ((batch->flags & KPI_CSV_VISITS) == 0)
		return 1;
	if (batch->rows > 0 &&
	    kpi__csv_is_same_id(batch, batch->rows - 1, batch->rows))
		batch->run++;
	else
		batch->run = 1;
	return batch->run <= KPI__VISITS_MAX;
}

kpi_status
kpi__csv_batch_take(
    kpi__csv_batch *batch, kpi__csv_rows *rows, kpi_error *error)
{
	const kpi__csv_plan *const plan = batch->plan;
	kpi__csv_wrong wrong = { .line = rows->line };
	uint32_t locals = 0, replaced = 0;
	kpi_status status;

	/* an empty line */
	if (rows->cells == 1 && rows->cell[0].size == 0 && plan->columns > 1)
		return KPI_OK;
	batch->report->rows++;
	if (rows->cells < plan->columns)
		return refuse_count(batch, rows, 0, error);
	if (rows->cells > plan->columns &&
	    !is_empty_behind(rows, plan->columns))
		return refuse_count(batch, rows, 1, error);
	for (uint32_t c = 0; c < plan->columns; c++)
		if (!kpi__csv_cell_is_clean(&rows->cell[c]))
			kpi__csv_cell_clean(&rows->cell[c]);
	status =
	    kpi__csv_cells_take(batch, rows, &wrong, &locals, &replaced, error);
	if (status != KPI_OK)
		return status;
	if (wrong.why == KPI__CSV_GOOD && !is_run_short(batch))
		wrong = (kpi__csv_wrong){ KPI__CSV_MANY_VISITS,
			kpi__field_find(KPI_FIELD_ID), rows->line, NULL, 0 };
	if (wrong.why != KPI__CSV_GOOD)
		return kpi__csv_batch_refuse(batch, rows, &wrong, error);
	batch->report->local_times += locals;
	batch->report->replaced_text += replaced;
	batch->line[batch->rows++] = rows->line;
	return KPI_OK;
}
