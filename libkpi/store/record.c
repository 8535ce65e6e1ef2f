/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "store/read.h"

/* One block of memory: this, the visits, the texts. */
struct kpi_record {
	kpi_allocator allocator;
	size_t size;
	kpi_interaction interaction;
	kpi_visit visits[];
};

struct writer {
	const kpi__snapshot *snapshot;
	char *at; /* where texts go; NULL: they are only measured */
	size_t size;
};

static kpi_status
put_value(struct writer *w, const kpi__field *field, int64_t value, void *to,
    kpi_error *error)
{
	const char *text;
	kpi_status status;
	size_t size;

	if (field->type != KPI__TYPE_TEXT) {
		if (w->at != NULL)
			memcpy(
			    (char *)to + field->offset, &value, sizeof(value));
		return KPI_OK;
	}
	status = kpi__snapshot_text(
	    w->snapshot, field->number, (uint32_t)value, &text, error);
	if (status != KPI_OK || text == NULL)
		return status;
	size = strlen(text) + 1;
	w->size += size;
	if (w->at == NULL)
		return KPI_OK;
	text = memcpy(w->at, text, size);
	memcpy((char *)to + field->offset, &text, sizeof(text));
	w->at += size;
	return KPI_OK;
}

static kpi_status
put_all(struct writer *w, const kpi__input *in, kpi_interaction *whole,
    kpi_visit *visits, kpi_error *error)
{
	kpi_status status = KPI_OK;

	for (uint32_t i = 0; i < KPI__FIELDS && status == KPI_OK; i++) {
		const kpi__field *field = kpi__field_at(i);

		if (field->number == KPI_FIELD_ID)
			continue;
		if (!field->of_visit) {
			status =
			    put_value(w, field, in->value[i], whole, error);
			continue;
		}
		for (uint32_t r = 0; r < in->rows && status == KPI_OK; r++)
			status = put_value(w, field,
			    in->row[r].value[i - KPI__WHOLE_FIELDS],
			    visits == NULL ? NULL : &visits[r], error);
	}
	return status;
}

static kpi_status
make(kpi_record **out, const kpi__snapshot *snapshot, const kpi__input *in,
    kpi_error *error)
{
	static const kpi_interaction blank = KPI_INTERACTION_INIT;
	static const kpi_visit blank_visit = KPI_VISIT_INIT;
	const kpi_allocator *allocator = &snapshot->store->allocator;
	const size_t head = sizeof(kpi_record) + in->rows * sizeof(kpi_visit);
	const size_t id_size = in->id_size > 0 ? in->id_size + 1u : 0;
	struct writer w = { snapshot, NULL, 0 };
	kpi_status status = put_all(&w, in, NULL, NULL, error);
	kpi_record *record;

	if (status != KPI_OK)
		return status;
	record = kpi__new_zeroed(allocator, head + id_size + w.size, 1);
	if (record == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a record");
	record->allocator = *allocator;
	record->size = head + id_size + w.size;
	record->interaction = blank;
	for (uint32_t r = 0; r < in->rows; r++)
		record->visits[r] = blank_visit;
	w.at = (char *)record + head;
	if (id_size > 0) {
		record->interaction.id = memcpy(w.at, in->id, id_size);
		w.at += id_size;
	}
	record->interaction.visits = record->visits;
	record->interaction.visit_count = in->rows;
	status = put_all(&w, in, &record->interaction, record->visits, error);
	if (status == KPI_OK)
		*out = record;
	else
		kpi_record_free(record);
	return status;
}

kpi_status
kpi__record_make(kpi_record **out, const kpi__snapshot *snapshot,
    const kpi__version *version, uint32_t interaction, kpi_error *error)
{
	kpi_store *store = snapshot->store;
	char id[KPI_TEXT_MAX + 1];
	kpi_status status;
	kpi__input in;

	*out = NULL;
	kpi__input_init(&in, &store->allocator);
	status = kpi__version_id(
	    store, version, interaction, id, &in.id_size, error);
	in.id = id;
	if (status == KPI_OK)
		status =
		    kpi__version_read(store, version, interaction, &in, error);
	if (status == KPI_OK)
		status = make(out, snapshot, &in, error);
	kpi__input_free(&in);
	return status;
}

const kpi_interaction *
kpi_record_interaction(const kpi_record *record)
{
	return record == NULL ? NULL : &record->interaction;
}

void
kpi_record_free(kpi_record *record)
{
	if (record != NULL) {
		const kpi_allocator allocator = record->allocator;

		kpi__release(&allocator, record, record->size, 1);
	}
}

static kpi_status
find_and_make(kpi_record **out, const kpi__snapshot *s, const char *source,
    const char *id, kpi_error *error)
{
	const size_t id_size = strlen(id);
	uint32_t code = 0;
	kpi__spot spot;
	kpi_status status = KPI_OK;
	int found = 0;

	if (source != NULL && *source != '\0') {
		status = kpi__snapshot_code(
		    s, KPI_FIELD_SOURCE, source, &code, error);
		if (status == KPI_OK && code == 0)
			return kpi__fail_at(error, KPI_ENOTFOUND, "source",
			    "nothing came from this source");
	}
	if (status == KPI_OK && id_size <= KPI_TEXT_MAX)
		status = kpi__snapshot_find(s, code, id, (uint32_t)id_size,
		    kpi__id_hash(kpi__source_seed(source == NULL ? "" : source,
				     source == NULL ? 0 : strlen(source)),
			id, id_size),
		    0, &spot, &found, error);
	if (status != KPI_OK)
		return status;
	if (!found)
		return kpi__id_is_none(error, id, id_size);
	return kpi__record_make(out, s,
	    (spot.in_tail ? s->tail : s->sealed)->at[spot.part],
	    spot.interaction, error);
}

kpi_status
kpi_store_get(kpi_record **out, kpi_store *store, const char *source,
    const char *id, kpi_error *error)
{
	kpi__snapshot *snapshot;
	kpi_status status;

	if (out == NULL)
		return kpi__fail(error, KPI_EINVAL, "no place for the record");
	*out = NULL;
	if (store == NULL || id == NULL || *id == '\0')
		return kpi__fail_at(
		    error, KPI_EINVAL, "id", "a store and an id are needed");
	status = kpi__snapshot_take(&snapshot, store, error);
	if (status != KPI_OK)
		return status;
	status = find_and_make(out, snapshot, source, id, error);
	kpi__snapshot_release(snapshot);
	return status;
}
