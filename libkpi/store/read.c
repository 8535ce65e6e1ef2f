/* SPDX-License-Identifier: MIT */
#include "store/read.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "store/disk.h"
#include "store/id_form.h"
#include "store/sheaf.h"

#define NO_MEMORY "no memory to read a column"

/* In the cache, a column that is there in part; no state of patches is it. */
#define PART UINT64_MAX

kpi_status
kpi__chunk_pin(kpi_store *store, kpi__chunk *chunk, uint32_t number,
    kpi__item **out, kpi_error *error)
{
	kpi_status status;

	*out = chunk->item[number];
	if (*out != NULL || (chunk->fields >> number & 1) == 0)
		return KPI_OK;
	*out = kpi__cache_pin(&store->cache, chunk->number, number, 0);
	if (*out != NULL)
		return KPI_OK;
	status = chunk->sheaf != NULL
	    ? kpi__sheaf_fetch(chunk, number, out, error)
	    : kpi__disk_fetch(store, chunk, number, 0, UINT32_MAX, out, error);
	if (status == KPI_OK)
		*out = kpi__cache_add(&store->cache, *out, chunk->number, 0);
	return status;
}

void
kpi__chunk_unpin(kpi_store *store, kpi__chunk *chunk, kpi__item *item)
{
	if (item != NULL && item != chunk->item[item->number])
		kpi__cache_unpin(&store->cache, item);
}

static kpi_status
pin_block(kpi_store *store, const kpi__version *v, const kpi__field *field,
    const kpi__column **out, kpi_error *error)
{
	const int text = field->type == KPI__TYPE_TEXT;
	kpi__column *column =
	    kpi__new_zeroed(&store->allocator, 1, sizeof(*column));

	if (column == NULL)
		return kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
	column->rows = field->of_visit ? v->part.rows : v->part.interactions;
	column->data = atomic_load_explicit(
	    &v->block->column[field->number], memory_order_acquire);
	if (column->data == NULL)
		column->base = kpi__field_blank(field);
	else
		column->width = text ? sizeof(uint32_t) : sizeof(int64_t);
	*out = column;
	return KPI_OK;
}

static kpi_status
pin_patched(kpi_store *store, const kpi__version *v,
    const kpi__patches *patches, const kpi__field *field,
    const kpi__column **out, kpi_error *error)
{
	const uint32_t number = (uint32_t)field->number;
	kpi__item *plain, *item;
	kpi_status status;

	item = kpi__cache_pin(
	    &store->cache, v->chunk->number, number, patches->serial);
	if (item != NULL) {
		*out = &item->column;
		return KPI_OK;
	}
	status = kpi__chunk_pin(store, v->chunk, number, &plain, error);
	if (status != KPI_OK)
		return status;
	item = kpi__patches_apply(&store->allocator, patches,
	    plain == NULL ? kpi__chunk_blank(v->chunk, field) : &plain->column,
	    field);
	kpi__chunk_unpin(store, v->chunk, plain);
	if (item == NULL)
		return kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
	item = kpi__cache_add(
	    &store->cache, item, v->chunk->number, patches->serial);
	*out = &item->column;
	return KPI_OK;
}

static const kpi__patches *
patches_of(const kpi__version *v, const kpi__field *field)
{
	return v->patches == NULL || field->of_visit
	    ? NULL
	    : v->patches->of[field->number];
}

kpi_status
kpi__version_pin(kpi_store *store, const kpi__version *v,
    const kpi__field *field, const kpi__column **out, kpi_error *error)
{
	const kpi__patches *patches;
	kpi__item *item;
	kpi_status status;

	if (v->block != NULL)
		return pin_block(store, v, field, out, error);
	patches = patches_of(v, field);
	if (patches != NULL)
		return pin_patched(store, v, patches, field, out, error);
	status = kpi__chunk_pin(
	    store, v->chunk, (uint32_t)field->number, &item, error);
	if (status == KPI_OK)
		*out = item == NULL ? kpi__chunk_blank(v->chunk, field)
				    : &item->column;
	return status;
}

/* Where the whole is not worth its decoding yet: it is when others of a column
 * are asked that were not before. */
static int
is_worth_a_part(const kpi__version *v, const kpi__field *field, uint32_t from,
    uint32_t until)
{
	const uint32_t rows =
	    field->of_visit ? v->part.rows : v->part.interactions;

	return v->chunk != NULL && v->chunk->sheaf == NULL &&
	    v->chunk->item[field->number] == NULL &&
	    (v->chunk->fields >> field->number & 1) != 0 &&
	    patches_of(v, field) == NULL && until - from < rows / 8;
}

kpi_status
kpi__version_pin_values(kpi_store *store, const kpi__version *v,
    const kpi__field *field, uint32_t from, uint32_t until,
    const kpi__column **out, kpi_error *error)
{
	const uint32_t number = (uint32_t)field->number;
	kpi__item *item = NULL;
	kpi_status status;

	if (!is_worth_a_part(v, field, from, until))
		return kpi__version_pin(store, v, field, out, error);
	item = kpi__cache_pin(&store->cache, v->chunk->number, number, 0);
	if (item == NULL)
		item = kpi__cache_pin(
		    &store->cache, v->chunk->number, number, PART);
	if (item == NULL) {
		status = kpi__disk_fetch(
		    store, v->chunk, number, from, until, &item, error);
		if (status != KPI_OK)
			return status;
		item = kpi__cache_add(
		    &store->cache, item, v->chunk->number, PART);
	}
	if (from >= item->from && until <= item->until) {
		*out = &item->column;
		return KPI_OK;
	}
	kpi__cache_unpin(&store->cache, item);
	return kpi__version_pin(store, v, field, out, error);
}

void
kpi__version_unpin(kpi_store *store, const kpi__version *v,
    const kpi__field *field, const kpi__column *column)
{
	kpi__item *item;

	if (column == NULL)
		return;
	if (v->block != NULL) {
		kpi__release(&store->allocator, (void *)(uintptr_t)column, 1,
		    sizeof(*column));
		return;
	}
	if (column == kpi__chunk_blank(v->chunk, field))
		return;
	item = (kpi__item *)(uintptr_t)column;
	kpi__chunk_unpin(store, v->chunk, item);
}

kpi_status
kpi__version_id(kpi_store *store, const kpi__version *v, uint32_t interaction,
    char out[KPI_TEXT_MAX + 1], uint32_t *size, kpi_error *error)
{
	kpi__item *item;
	kpi_status status;
	const char *id;

	out[0] = '\0';
	*size = 0;
	if (v->block != NULL) {
		id = kpi__block_id(v->block, interaction);
		if (id != NULL) {
			*size = (uint32_t)strlen(id);
			memcpy(out, id, *size + 1);
		}
		return KPI_OK;
	}
	status = kpi__chunk_pin(store, v->chunk, KPI_FIELD_ID, &item, error);
	if (status != KPI_OK || item == NULL)
		return status;
	*size = kpi__item_id(item, interaction, out);
	kpi__chunk_unpin(store, v->chunk, item);
	return KPI_OK;
}

static kpi_status
read_chunk_field(kpi_store *store, const kpi__version *v,
    const kpi__field *field, uint32_t interaction, kpi__input *in,
    kpi_error *error)
{
	const uint32_t first = kpi__version_first_row(v, interaction);
	const kpi__patch *patch = field->of_visit
	    ? NULL
	    : kpi__patch_set_find(v->patches, field->number, interaction);
	const kpi__column *column;
	kpi__item *item;
	kpi_status status;

	if (patch != NULL) {
		in->value[field->number - 1] = patch->value;
		return KPI_OK;
	}
	status = kpi__chunk_pin(
	    store, v->chunk, (uint32_t)field->number, &item, error);
	if (status != KPI_OK || item == NULL)
		return status;
	column = &item->column;
	if (!field->of_visit)
		in->value[field->number - 1] =
		    kpi__column_value(column, interaction);
	else
		for (uint32_t r = 0; r < in->rows; r++)
			in->row[r].value[field->number - KPI_FIELD_ENTERED_AT] =
			    kpi__column_value(column, first + r);
	kpi__chunk_unpin(store, v->chunk, item);
	return KPI_OK;
}

static void
read_block_field(const kpi__version *v, const kpi__field *field,
    uint32_t interaction, kpi__input *in)
{
	const uint32_t first = kpi__version_first_row(v, interaction);

	if (!field->of_visit) {
		in->value[field->number - 1] =
		    kpi__block_value(v->block, field, interaction);
		return;
	}
	for (uint32_t r = 0; r < in->rows; r++)
		in->row[r].value[field->number - KPI_FIELD_ENTERED_AT] =
		    kpi__block_value(v->block, field, first + r);
}

kpi_status
kpi__version_read(kpi_store *store, const kpi__version *v, uint32_t interaction,
    kpi__input *in, kpi_error *error)
{
	kpi_status status =
	    kpi__input_set_rows(in, kpi__version_rows(v, interaction));

	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory to read a row");
	for (uint32_t i = 0; i < KPI__FIELDS && status == KPI_OK; i++) {
		const kpi__field *field = kpi__field_at(i);

		if (field->number == KPI_FIELD_ID)
			continue;
		if (v->block != NULL)
			read_block_field(v, field, interaction, in);
		else
			status = read_chunk_field(
			    store, v, field, interaction, in, error);
	}
	return status;
}
