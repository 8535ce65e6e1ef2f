/* SPDX-License-Identifier: MIT */
#include "ingest/record.h"

#include <string.h>

#include "base/error.h"
#include "base/sized.h"
#include "ingest/value.h"
#include "store/read.h"

static const char *
text_at(const void *record, const kpi__field *field)
{
	const char *text;

	memcpy(&text, (const char *)record + field->offset, sizeof(text));
	return text;
}

static kpi_status
read_field(kpi_store *store, const kpi__field *field, const void *record,
    int64_t *value, kpi_error *error)
{
	uint32_t code = 0;
	kpi_status status;
	const char *text;
	size_t size;

	if (field->type != KPI__TYPE_TEXT) {
		memcpy(value, (const char *)record + field->offset,
		    sizeof(*value));
		return kpi__value_check(field, *value, error);
	}
	text = text_at(record, field);
	status = kpi__value_measure(field, text, &size, error);
	if (status == KPI_OK)
		status =
		    kpi__value_code(store, field, text, size, &code, error);
	*value = code;
	return status;
}

static kpi_status
read_visit(kpi_store *store, kpi__row *row, const void *theirs, uint64_t stride,
    kpi_error *error)
{
	static const kpi_visit blank = KPI_VISIT_INIT;
	kpi_visit ours;
	kpi_status status = kpi__sized_read(&ours, sizeof(ours), theirs,
	    KPI__SIZE_TO(kpi_visit, entered_at), &blank);
	uint64_t size;

	if (status == KPI_OK) {
		memcpy(&size, theirs, sizeof(size));
		if (size != stride || ours.reserved != NULL)
			status = KPI_EINVAL;
	}
	if (status != KPI_OK)
		return kpi__fail_at(error, status, "visits",
		    "a visit has no size that is understood");
	for (uint32_t f = 0; f < KPI__VISIT_FIELDS && status == KPI_OK; f++)
		status = read_field(store, kpi__field_at(KPI__WHOLE_FIELDS + f),
		    &ours, &row->value[f], error);
	return status;
}

static kpi_status
read_visits(kpi_store *store, kpi__input *in, const kpi_interaction *ours,
    kpi_error *error)
{
	kpi_status status;
	uint64_t stride;

	if (ours->visit_count == 0)
		return KPI_OK;
	if (ours->visits == NULL || ours->visit_count > KPI__VISITS_MAX)
		return kpi__fail_at(error, KPI_EINVAL, "visits",
		    "visits are expected to be 0 to %d", KPI__VISITS_MAX);
	memcpy(&stride, ours->visits, sizeof(stride));
	status = kpi__input_set_rows(in, (uint32_t)ours->visit_count);
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory for the visits");
	for (uint32_t r = 0; r < in->rows && status == KPI_OK; r++) {
		status = read_visit(store, &in->row[r],
		    (const char *)ours->visits + r * (size_t)stride, stride,
		    error);
		if (status != KPI_OK)
			kpi__error_place(error, (int64_t)r + 1, 0);
	}
	return status;
}

void
kpi__record_set_id(kpi__input *in, const char *source, size_t source_size,
    const char *id, size_t size)
{
	in->id = size == 0 ? NULL : id;
	in->id_size = (uint32_t)size;
	if (size > 0)
		in->id_hash = kpi__id_hash(
		    kpi__source_seed(source, source_size), id, size);
}

kpi_status
kpi__record_read(kpi_store *store, kpi__input *in,
    const kpi_interaction *theirs, kpi_error *error)
{
	static const kpi_interaction blank = KPI_INTERACTION_INIT;
	const kpi__field *id = kpi__field_find(KPI_FIELD_ID);
	kpi_interaction ours;
	size_t size;
	kpi_status status = kpi__sized_read(&ours, sizeof(ours), theirs,
	    KPI__SIZE_TO(kpi_interaction, started_at), &blank);

	if (status == KPI_OK && ours.reserved != NULL)
		status = KPI_ENOTSUP;
	if (status != KPI_OK)
		return kpi__fail(error, status,
		    "the interaction has no size that is understood");
	for (uint32_t f = 0; f < KPI__WHOLE_FIELDS && status == KPI_OK; f++)
		if (f + 1 != KPI_FIELD_ID)
			status = read_field(store, kpi__field_at(f), &ours,
			    &in->value[f], error);
	if (status == KPI_OK)
		status = kpi__value_measure(id, ours.id, &size, error);
	if (status == KPI_OK && size > 0)
		status = kpi__value_check_text(id, ours.id, size, error);
	if (status != KPI_OK)
		return status;
	if (ours.source == NULL)
		ours.source = "";
	kpi__record_set_id(
	    in, ours.source, strlen(ours.source), ours.id, size);
	return read_visits(store, in, &ours, error);
}

/* What becomes of `old` when what is known in `in` replaces it. */
static kpi_status
merge(
    kpi__input *to, const kpi__input *old, const kpi__input *in, uint64_t clear)
{
	const kpi__input *rows = in->rows > 0 ? in : old;
	kpi_status status;

	for (uint32_t f = 0; f < KPI__WHOLE_FIELDS; f++) {
		const kpi__field *field = kpi__field_at(f);

		if (kpi__field_is_known(field, in->value[f]))
			to->value[f] = in->value[f];
		else if ((clear >> field->number & 1) == 0)
			to->value[f] = old->value[f];
	}
	to->id = in->id;
	to->id_size = in->id_size;
	to->id_hash = in->id_hash;
	status = kpi__input_set_rows(to, rows->rows);
	if (status == KPI_OK)
		memcpy(to->row, rows->row, rows->rows * sizeof(*rows->row));
	return status;
}

static kpi_status
update_at(kpi__snapshot *draft, const kpi__spot *spot, const kpi__input *in,
    uint64_t clear, kpi_error *error)
{
	kpi_store *store = draft->store;
	const kpi__list *list = spot->in_tail ? draft->tail : draft->sealed;
	kpi__input old, next;
	kpi_status status;

	kpi__input_init(&old, &store->allocator);
	kpi__input_init(&next, &store->allocator);
	status = kpi__version_read(
	    store, list->at[spot->part], spot->interaction, &old, error);
	if (status == KPI_OK) {
		status = merge(&next, &old, in, clear);
		if (status != KPI_OK)
			status = kpi__fail(
			    error, status, "no memory for the visits");
	}
	if (status == KPI_OK)
		status = kpi__value_check_input(&next, error);
	if (status == KPI_OK)
		status = kpi__draft_change(
		    draft, spot, &old, &next, in->rows > 0, error);
	kpi__input_free(&old);
	kpi__input_free(&next);
	return status;
}

static kpi_status
find(const kpi__snapshot *draft, const kpi__input *in, kpi__spot *spot,
    int *found, kpi_error *error)
{
	return kpi__snapshot_find(draft,
	    (uint32_t)in->value[KPI_FIELD_SOURCE - 1], in->id, in->id_size,
	    in->id_hash, 1, spot, found, error);
}

kpi_status
kpi__record_put(
    kpi__snapshot *draft, kpi__input *in, int32_t if_exists, kpi_error *error)
{
	kpi_status status = KPI_OK;
	kpi__spot spot;
	int found = 0;

	if (in->id != NULL)
		status = find(draft, in, &spot, &found, error);
	if (status != KPI_OK)
		return status;
	if (found && if_exists == KPI_IF_EXISTS_REFUSE)
		return kpi__id_is_taken(error, in->id, in->id_size);
	if (found)
		return update_at(draft, &spot, in, 0, error);
	if (in->value[KPI_FIELD_STARTED_AT - 1] == KPI_UNKNOWN)
		return kpi__fail_at(
		    error, KPI_EINVAL, "started_at", "started_at is required");
	if (in->rows == 0)
		status = kpi__input_set_rows(in, 1);
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory for the visits");
	status = kpi__value_check_input(in, error);
	if (status == KPI_OK)
		status = kpi__draft_append(draft, in, error);
	return status;
}

kpi_status
kpi_store_add(
    kpi_store *store, const kpi_interaction *interaction, kpi_error *error)
{
	kpi__snapshot *draft;
	kpi_status status = kpi__write_begin(store, &draft, error);
	kpi__input in;

	if (status != KPI_OK)
		return status;
	kpi__input_init(&in, &store->allocator);
	status = kpi__record_read(store, &in, interaction, error);
	if (status == KPI_OK)
		status = kpi__record_put(draft, &in, store->if_exists, error);
	kpi__input_free(&in);
	return kpi__write_end(store, draft, status, error);
}

static kpi_status
read_clear(
    const int32_t *clear, uint64_t count, uint64_t *mask, kpi_error *error)
{
	*mask = 0;
	if (count > 0 && clear == NULL)
		return kpi__fail_at(error, KPI_EINVAL, "clear",
		    "the fields to clear are not there");
	for (uint64_t i = 0; i < count; i++) {
		const kpi__field *field = kpi__field_find(clear[i]);

		if (field == NULL || field->of_visit)
			return kpi__fail_at(error, KPI_EINVAL, "clear",
			    "a field to clear is not one of the interaction");
		if (field->number == KPI_FIELD_ID ||
		    field->number == KPI_FIELD_SOURCE ||
		    field->number == KPI_FIELD_STARTED_AT)
			return kpi__fail_at(error, KPI_EINVAL, field->name,
			    "%s cannot be cleared", field->name);
		*mask |= UINT64_C(1) << field->number;
	}
	return KPI_OK;
}

static kpi_status
update(kpi__snapshot *draft, const kpi__input *in, uint64_t clear,
    kpi_error *error)
{
	kpi__spot spot;
	int found;
	kpi_status status;

	if (in->id == NULL)
		return kpi__fail_at(
		    error, KPI_EINVAL, "id", "an update needs the id");
	status = find(draft, in, &spot, &found, error);
	if (status != KPI_OK)
		return status;
	if (!found)
		return kpi__id_is_none(error, in->id, in->id_size);
	return update_at(draft, &spot, in, clear, error);
}

kpi_status
kpi_store_update(kpi_store *store, const kpi_interaction *interaction,
    const int32_t *clear, uint64_t clear_count, kpi_error *error)
{
	kpi__snapshot *draft;
	kpi_status status = kpi__write_begin(store, &draft, error);
	kpi__input in;
	uint64_t mask;

	if (status != KPI_OK)
		return status;
	kpi__input_init(&in, &store->allocator);
	status = read_clear(clear, clear_count, &mask, error);
	if (status == KPI_OK)
		status = kpi__record_read(store, &in, interaction, error);
	if (status == KPI_OK)
		status = update(draft, &in, mask, error);
	kpi__input_free(&in);
	return kpi__write_end(store, draft, status, error);
}
