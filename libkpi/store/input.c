/* SPDX-License-Identifier: MIT */
#include "store/input.h"

#include <string.h>

#include "base/checksum.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/suggestion.h"
#include "store/range.h"

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

int64_t
kpi__input_latest(const kpi__input *in)
{
	kpi__range range[KPI__RANGES];

	kpi__ranges_init(range);
	return kpi__ranges_widen(range, in);
}

int
kpi__input_is_open(const kpi__input *in)
{
	for (uint32_t r = 0; r < in->rows; r++) {
		const kpi__row *row = &in->row[r];
		const int64_t outcome = KPI__OF_ROW(row, OUTCOME);

		if (outcome == KPI_OUTCOME_WAITING)
			return 1;
		if (outcome == KPI_OUTCOME_ANSWERED &&
		    KPI__OF_ROW(row, ENDED_AT) == KPI_UNKNOWN &&
		    KPI__OF_ROW(row, TALK) == KPI_UNKNOWN)
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

kpi_status
kpi__id_is_taken(kpi_error *error, const char *id, size_t size)
{
	char quoted[KPI__QUOTE];

	return kpi__fail_at(error, KPI_EEXISTS, "id",
	    "the store has an interaction with the id %s already",
	    kpi__quote(quoted, id, size));
}

kpi_status
kpi__id_is_none(kpi_error *error, const char *id, size_t size)
{
	char quoted[KPI__QUOTE];

	return kpi__fail_at(error, KPI_ENOTFOUND, "id",
	    "there is no interaction with the id %s",
	    kpi__quote(quoted, id, size));
}
