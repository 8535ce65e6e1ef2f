/* SPDX-License-Identifier: MIT */
#include "store/input.h"

#include <string.h>

#include "base/checksum.h"
#include "base/memory.h"

#define OF_ROW(row, name)                                                      \
	((row)->value[KPI_FIELD_##name - KPI_FIELD_ENTERED_AT])

int64_t
kpi__field_blank(const kpi__field *field)
{
	return field->type == KPI__TYPE_TEXT ? 0 : KPI_UNKNOWN;
}

int
kpi__field_is_known(const kpi__field *field, int64_t value)
{
	return value != kpi__field_blank(field);
}

void
kpi__input_init(kpi__input *in, const kpi_allocator *allocator)
{
	memset(in, 0, sizeof(*in));
	in->allocator = allocator;
	for (uint32_t i = 0; i < KPI__WHOLE_FIELDS; i++)
		in->value[i] = kpi__field_blank(kpi__field_at(i));
}

void
kpi__input_free(kpi__input *in)
{
	kpi__release(in->allocator, in->row, in->room, sizeof(*in->row));
	in->row = NULL;
	in->room = 0;
	in->rows = 0;
}

kpi_status
kpi__input_set_rows(kpi__input *in, uint32_t rows)
{
	const kpi_status status = kpi__grow(
	    in->allocator, &in->row, &in->room, rows, sizeof(*in->row));

	if (status != KPI_OK)
		return status;
	for (uint32_t r = in->rows; r < rows; r++)
		for (uint32_t f = 0; f < KPI__VISIT_FIELDS; f++)
			in->row[r].value[f] = kpi__field_blank(
			    kpi__field_at(KPI__WHOLE_FIELDS + f));
	in->rows = rows;
	return KPI_OK;
}

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b; /* KPI_UNKNOWN is the least of all */
}

static int64_t
plus(int64_t instant, int64_t duration)
{
	if (instant == KPI_UNKNOWN || duration == KPI_UNKNOWN)
		return KPI_UNKNOWN;
	return instant + duration;
}

static int64_t
or_zero(int64_t duration)
{
	return duration == KPI_UNKNOWN ? 0 : duration;
}

/* The row's end, from its entry; *latest is raised to its latest instant. */
static int64_t
end_of_row(const kpi__row *row, int64_t entered, int64_t *latest)
{
	const int64_t left = plus(entered, OF_ROW(row, WAIT));
	int64_t ended = OF_ROW(row, ENDED_AT);

	if (ended == KPI_UNKNOWN) {
		ended = left;
		if (OF_ROW(row, OUTCOME) == KPI_OUTCOME_ANSWERED)
			ended = plus(plus(left, OF_ROW(row, TALK)),
			    or_zero(OF_ROW(row, HOLD)));
	}
	*latest = later(*latest, entered);
	*latest = later(*latest, left);
	*latest = later(*latest, ended);
	*latest = later(*latest, plus(ended, or_zero(OF_ROW(row, AFTER_CALL))));
	return ended;
}

int64_t
kpi__input_latest(const kpi__input *in)
{
	static const uint8_t instants[] = { KPI_FIELD_FIRST_RESOLVED_AT,
		KPI_FIELD_RESOLVED_AT, KPI_FIELD_REOPENED_AT,
		KPI_FIELD_FIRST_RESPONSE_AT, KPI_FIELD_SURVEY_ANSWERED_AT };
	const int64_t start = in->value[KPI_FIELD_STARTED_AT - 1];
	int64_t latest = start;
	int64_t entered = start + or_zero(in->value[KPI_FIELD_IVR - 1]);

	for (size_t i = 0; i < sizeof(instants); i++)
		latest = later(latest, in->value[instants[i] - 1]);
	for (uint32_t r = 0; r < in->rows; r++) {
		if (OF_ROW(&in->row[r], ENTERED_AT) != KPI_UNKNOWN)
			entered = OF_ROW(&in->row[r], ENTERED_AT);
		entered = end_of_row(&in->row[r], entered, &latest);
	}
	return latest;
}

int
kpi__input_is_open(const kpi__input *in)
{
	for (uint32_t r = 0; r < in->rows; r++) {
		const kpi__row *row = &in->row[r];
		const int64_t outcome = OF_ROW(row, OUTCOME);

		if (outcome == KPI_OUTCOME_WAITING)
			return 1;
		if (outcome == KPI_OUTCOME_ANSWERED &&
		    OF_ROW(row, ENDED_AT) == KPI_UNKNOWN &&
		    OF_ROW(row, TALK) == KPI_UNKNOWN)
			return 1;
	}
	return 0;
}

uint64_t
kpi__source_seed(const char *source, size_t size)
{
	return kpi__checksum(source, size, UINT64_C(0x5eed));
}

uint64_t
kpi__id_hash(uint64_t source_seed, const char *id, size_t size)
{
	return kpi__checksum(id, size, source_seed);
}
