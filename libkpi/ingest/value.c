/* SPDX-License-Identifier: MIT */
#include "ingest/value.h"

#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "store/names.h"

kpi_status
kpi__value_refuse(const kpi__field *field, kpi_error *error)
{
	return kpi__fail_at(error, KPI_EINVAL, field->name,
	    "%s is outside its range: expected %s", field->name, field->values);
}

kpi_status
kpi__value_check(const kpi__field *field, int64_t value, kpi_error *error)
{
	if (value == KPI_UNKNOWN ||
	    (value >= field->least && value <= field->greatest))
		return KPI_OK;
	return kpi__value_refuse(field, error);
}

kpi_status
kpi__value_check_size(const kpi__field *field, size_t size, kpi_error *error)
{
	if (size <= KPI_TEXT_MAX)
		return KPI_OK;
	return kpi__fail_at(error, KPI_EINVAL, field->name,
	    "%s is longer than %d bytes", field->name, KPI_TEXT_MAX);
}

kpi_status
kpi__value_measure(
    const kpi__field *field, const char *text, size_t *size, kpi_error *error)
{
	const char *end;

	*size = 0;
	if (text == NULL)
		return KPI_OK;
	end = memchr(text, '\0', KPI_TEXT_MAX + 1);
	if (end == NULL)
		return kpi__value_check_size(field, KPI_TEXT_MAX + 1, error);
	*size = (size_t)(end - text);
	return KPI_OK;
}

kpi_status
kpi__value_check_text(
    const kpi__field *field, const char *text, size_t size, kpi_error *error)
{
	if (kpi__utf8_is_text(text, size))
		return KPI_OK;
	return kpi__fail_at(error, KPI_EINVAL, field->name,
	    "%s is not valid UTF-8", field->name);
}

kpi_status
kpi__value_code(kpi_store *store, const kpi__field *field, const char *text,
    size_t size, uint32_t *code, kpi_error *error)
{
	const uint32_t number = (uint32_t)field->dictionary;
	kpi_status status;

	*code = 0;
	if (size == 0)
		return KPI_OK;
	status = kpi__names_find_newest(
	    store, number, text, size, code, error);
	if (status != KPI_OK || *code != 0)
		return status;
	status = kpi__value_check_text(field, text, size, error);
	if (status != KPI_OK)
		return status;
	return kpi__draft_add_text(store, number, text, size, code, error);
}

kpi_status
kpi__value_check_marks(int64_t csat, int64_t scale, kpi_error *error)
{
	if (csat == KPI_UNKNOWN || scale == KPI_UNKNOWN || csat <= scale)
		return KPI_OK;
	return kpi__fail_at(error, KPI_EINVAL, "csat",
	    "csat is outside its range: expected 0 to csat_scale");
}

#define CES_1_MOST 5

kpi_status
kpi__value_check_effort(int64_t ces, int64_t version, kpi_error *error)
{
	if (version != 1 || ces == KPI_UNKNOWN || ces <= CES_1_MOST)
		return KPI_OK;
	return kpi__fail_at(error, KPI_EINVAL, "ces",
	    "ces is outside its range: expected 1 to %d, of ces_version 1",
	    CES_1_MOST);
}

kpi_status
kpi__value_check_wait(int64_t wait, int64_t ring, kpi_error *error)
{
	if (wait == KPI_UNKNOWN || ring == KPI_UNKNOWN || ring <= wait)
		return KPI_OK;
	return kpi__fail_at(error, KPI_EINVAL, "ring",
	    "ring is outside its range: expected at most the wait, which "
	    "contains it");
}

kpi_status
kpi__value_check_input(const kpi__input *in, kpi_error *error)
{
	kpi_status status =
	    kpi__value_check_marks(in->value[KPI_FIELD_CSAT - 1],
		in->value[KPI_FIELD_CSAT_SCALE - 1], error);

	if (status == KPI_OK)
		status =
		    kpi__value_check_effort(in->value[KPI_FIELD_CES - 1],
			in->value[KPI_FIELD_CES_VERSION - 1], error);
	for (uint32_t r = 0; r < in->rows && status == KPI_OK; r++) {
		const int64_t *value = in->row[r].value;

		status = kpi__value_check_wait(
		    value[KPI_FIELD_WAIT - KPI_FIELD_ENTERED_AT],
		    value[KPI_FIELD_RING - KPI_FIELD_ENTERED_AT], error);
	}
	return status;
}
