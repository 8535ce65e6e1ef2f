/* SPDX-License-Identifier: MIT */
#include "store/read.h"

/* What the known time is made of. */
static const uint8_t wanted[] = { KPI_FIELD_STARTED_AT, KPI_FIELD_IVR,
	KPI_FIELD_FIRST_RESOLVED_AT, KPI_FIELD_RESOLVED_AT,
	KPI_FIELD_REOPENED_AT, KPI_FIELD_FIRST_RESPONSE_AT,
	KPI_FIELD_SURVEY_ANSWERED_AT, KPI_FIELD_ENTERED_AT, KPI_FIELD_ENDED_AT,
	KPI_FIELD_WAIT, KPI_FIELD_TALK, KPI_FIELD_HOLD, KPI_FIELD_AFTER_CALL,
	KPI_FIELD_OUTCOME };

#define WANTED (sizeof(wanted) / sizeof(*wanted))

/* The columns that are read, as places in `wanted`. */
struct reading {
	const kpi__column *column[WANTED];
	uint8_t place[WANTED];
	size_t count;
};

static kpi_status
gather(const kpi__version *v, const struct reading *reading,
    uint32_t interaction, kpi__input *in)
{
	const uint32_t first = kpi__version_first_row(v, interaction);
	kpi_status status = KPI_OK;

	in->rows = kpi__version_rows(v, interaction);
	if (in->rows > in->room) {
		const uint32_t rows = in->rows;

		in->rows = 0;
		status = kpi__input_set_rows(in, rows);
	}
	for (size_t n = 0; n < reading->count && status == KPI_OK; n++) {
		const uint8_t field = wanted[reading->place[n]];
		const kpi__column *c = reading->column[reading->place[n]];

		if (field < KPI_FIELD_ENTERED_AT) {
			in->value[field - 1] =
			    kpi__column_value(c, interaction);
			continue;
		}
		for (uint32_t r = 0; r < in->rows; r++)
			in->row[r].value[field - KPI_FIELD_ENTERED_AT] =
			    kpi__column_value(c, first + r);
	}
	return status;
}

/* Where each interaction has one row, what has one value throughout stays as
 * it was read. */
static void
leave_constants(struct reading *reading)
{
	size_t count = 0;

	for (size_t n = 0; n < reading->count; n++)
		if (reading->column[reading->place[n]]->width > 0)
			reading->place[count++] = reading->place[n];
	reading->count = count;
}

static kpi_status
walk(const kpi_allocator *allocator, kpi__version *v, struct reading *reading,
    kpi__range range[KPI__RANGES])
{
	int64_t latest = INT64_MIN;
	kpi_status status = KPI_OK;
	int begun = 0;
	kpi__input in;

	kpi__ranges_init(range);
	kpi__input_init(&in, allocator);
	for (uint32_t i = 0; i < v->part.interactions && status == KPI_OK;
	     i++) {
		int64_t mine;

		if (kpi__version_is_dead(v, i))
			continue;
		status = gather(v, reading, i, &in);
		if (status != KPI_OK)
			break;
		mine = kpi__ranges_widen(range, &in);
		latest = mine > latest ? mine : latest;
		if (!begun && v->part.first_row == NULL)
			leave_constants(reading);
		begun = 1;
	}
	kpi__input_free(&in);
	if (status == KPI_OK) {
		v->known_from = range[KPI__ANCHOR_STARTED].least;
		v->latest = latest;
		v->stale = 0;
	}
	return status;
}

static kpi_status
find_out(kpi_store *store, kpi__version *v, kpi__range range[KPI__RANGES],
    kpi_error *error)
{
	struct reading reading = { { NULL }, { 0 }, 0 };
	kpi_status status = KPI_OK;
	size_t n = 0;

	for (; n < WANTED && status == KPI_OK; n++) {
		reading.place[n] = (uint8_t)n;
		status = kpi__version_pin(store, v, kpi__field_find(wanted[n]),
		    &reading.column[n], error);
	}
	reading.count = n;
	if (status == KPI_OK)
		status = walk(&store->allocator, v, &reading, range);
	for (size_t w = 0; w < n; w++)
		kpi__version_unpin(
		    store, v, kpi__field_find(wanted[w]), reading.column[w]);
	return status;
}

/* The ranges by anchor stay as wide as they were: queries that run read them.
 */
kpi_status
kpi__version_know(kpi_store *store, kpi__version *v, kpi_error *error)
{
	kpi__range range[KPI__RANGES];

	return find_out(store, v, range, error);
}

kpi_status
kpi__chunk_know(kpi_store *store, kpi__chunk *chunk, kpi_error *error)
{
	kpi__version v = { .part = { .interactions = chunk->interactions,
			       .rows = chunk->rows,
			       .first_row = chunk->first_row },
		.chunk = chunk };
	const kpi_status status = find_out(store, &v, chunk->range, error);

	if (status == KPI_OK)
		chunk->latest = v.latest;
	return status;
}
