/* SPDX-License-Identifier: MIT */
#include "store/journal.h"

#include "base/error.h"
#include "base/utf8.h"

/* A set of known fields as a mask of the relation's, lowest number first. */
static void
put_fields(kpi__buffer *out, const kpi__block *block, uint32_t first,
    uint32_t count, uint32_t at)
{
	uint64_t known = 0;

	for (uint32_t f = 0; f < count; f++) {
		const kpi__field *field = kpi__field_at(first + f);

		if (field->number != KPI_FIELD_ID &&
		    kpi__field_is_known(
			field, kpi__block_value(block, field, at)))
			known |= UINT64_C(1) << f;
	}
	kpi__buffer_put_varint(out, known);
	for (uint32_t f = 0; f < count; f++)
		if ((known >> f & 1) != 0)
			kpi__buffer_put_signed(out,
			    kpi__block_value(
				block, kpi__field_at(first + f), at));
}

void
kpi__journal_put(kpi__buffer *out, const kpi__version *v, uint32_t i)
{
	const uint32_t first = kpi__version_first_row(v, i);
	const uint32_t rows = kpi__version_rows(v, i);

	kpi__buffer_put_text(out, kpi__block_id(v->block, i));
	put_fields(out, v->block, 0, KPI__WHOLE_FIELDS, i);
	kpi__buffer_put_varint(out, rows);
	for (uint32_t r = 0; r < rows; r++)
		put_fields(out, v->block, KPI__WHOLE_FIELDS, KPI__VISIT_FIELDS,
		    first + r);
}

static int
may_be(const kpi__field *field, int64_t value, const uint32_t *codes)
{
	if (field->type == KPI__TYPE_TEXT)
		return field->number != KPI_FIELD_ID && value > 0 &&
		    value <= (int64_t)codes[field->dictionary];
	return value >= field->least && value <= field->greatest;
}

static int
get_fields(kpi__reader *r, int64_t *values, uint32_t first, uint32_t count,
    const uint32_t *codes)
{
	uint64_t known = kpi__read_varint(r);

	if (known >> count != 0)
		return 0;
	for (; known != 0; known &= known - 1) {
		const uint32_t f = (uint32_t)__builtin_ctzll(known);

		values[f] = kpi__read_signed(r);
		if (r->bad ||
		    !may_be(kpi__field_at(first + f), values[f], codes))
			return 0;
	}
	return !r->bad;
}

static kpi_status
damaged(kpi_error *error)
{
	return kpi__fail(error, KPI_ECORRUPT,
	    "the tail: an interaction is not what it should be");
}

kpi_status
kpi__journal_get(
    kpi__reader *r, kpi__input *in, const uint32_t *codes, kpi_error *error)
{
	uint64_t rows;
	size_t size;
	kpi_status status;

	in->rows = 0;
	for (uint32_t f = 0; f < KPI__WHOLE_FIELDS; f++)
		in->value[f] = kpi__field_blank(kpi__field_at(f));
	in->id = kpi__read_text(r, &size);
	in->id_size = (uint32_t)size;
	if (size > KPI_TEXT_MAX || (in->id != NULL && size == 0) ||
	    (in->id != NULL && !kpi__utf8_is_text(in->id, size)) ||
	    !get_fields(r, in->value, 0, KPI__WHOLE_FIELDS, codes) ||
	    in->value[KPI_FIELD_STARTED_AT - 1] == KPI_UNKNOWN)
		return damaged(error);
	rows = kpi__read_varint(r);
	if (rows == 0 || rows > KPI__VISITS_MAX ||
	    rows > (uint64_t)(r->end - r->at))
		return damaged(error);
	status = kpi__input_set_rows(in, (uint32_t)rows);
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory for the tail");
	for (uint32_t i = 0; i < in->rows; i++)
		if (!get_fields(r, in->row[i].value, KPI__WHOLE_FIELDS,
			KPI__VISIT_FIELDS, codes))
			return damaged(error);
	return KPI_OK;
}
