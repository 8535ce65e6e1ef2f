/* SPDX-License-Identifier: MIT */
#include "store/block.h"

#include <string.h>

#include "base/memory.h"

static size_t
width_of(const kpi__field *field)
{
	if (field->number == KPI_FIELD_ID)
		return sizeof(const char *);
	return field->type == KPI__TYPE_TEXT ? sizeof(uint32_t)
					     : sizeof(int64_t);
}

static size_t
room_of(const kpi__block *block, const kpi__field *field)
{
	return field->of_visit ? block->row_room : block->room;
}

kpi__block *
kpi__block_new(const kpi_allocator *allocator, uint32_t room, uint32_t row_room)
{
	kpi__block *block = kpi__new_zeroed(allocator, 1, sizeof(*block));

	if (block == NULL)
		return NULL;
	block->allocator = allocator;
	block->room = room;
	block->row_room = row_room;
	kpi__arena_init(&block->texts, allocator);
	atomic_init(&block->refs, 1);
	for (uint32_t f = 0; f <= KPI__FIELDS; f++)
		atomic_init(&block->column[f], NULL);
	block->first_row = kpi__new_zeroed(
	    allocator, (size_t)room + 1, sizeof(*block->first_row));
	if (block->first_row == NULL) {
		kpi__block_release(block);
		return NULL;
	}
	return block;
}

void
kpi__block_hold(kpi__block *block)
{
	atomic_fetch_add(&block->refs, 1);
}

void
kpi__block_release(kpi__block *block)
{
	if (block == NULL || atomic_fetch_sub(&block->refs, 1) != 1)
		return;
	for (uint32_t i = 0; i < KPI__FIELDS; i++) {
		const kpi__field *field = kpi__field_at(i);

		kpi__release(block->allocator,
		    atomic_load(&block->column[field->number]),
		    room_of(block, field), width_of(field));
	}
	kpi__arena_free(&block->texts);
	kpi__release(block->allocator, block->first_row,
	    (size_t)block->room + 1, sizeof(*block->first_row));
	kpi__release(block->allocator, block, 1, sizeof(*block));
}

static void *
column_of(const kpi__block *block, int32_t number)
{
	return atomic_load_explicit(
	    &block->column[number], memory_order_acquire);
}

/* Readers may look at a column while it comes to be: it is whole and unknown
 * everywhere before they can see it. */
static kpi_status
need_column(kpi__block *block, const kpi__field *field)
{
	const size_t room = room_of(block, field);
	void *column;

	if (column_of(block, field->number) != NULL)
		return KPI_OK;
	column = kpi__new_zeroed(block->allocator, room, width_of(field));
	if (column == NULL)
		return KPI_ENOMEM;
	if (field->type != KPI__TYPE_TEXT)
		for (size_t i = 0; i < room; i++)
			((int64_t *)column)[i] = KPI_UNKNOWN;
	atomic_store_explicit(
	    &block->column[field->number], column, memory_order_release);
	return KPI_OK;
}

static kpi_status
put(kpi__block *block, const kpi__field *field, uint32_t at, int64_t value)
{
	void *column = column_of(block, field->number);
	kpi_status status;

	if (column == NULL) {
		if (!kpi__field_is_known(field, value))
			return KPI_OK;
		status = need_column(block, field);
		if (status != KPI_OK)
			return status;
		column = column_of(block, field->number);
	}
	if (field->type == KPI__TYPE_TEXT)
		((uint32_t *)column)[at] = (uint32_t)value;
	else
		((int64_t *)column)[at] = value;
	return KPI_OK;
}

kpi_status
kpi__block_take(
    kpi__block *block, const kpi__field *field, const kpi__column *column)
{
	void *to;
	const kpi_status status = need_column(block, field);

	if (status != KPI_OK)
		return status;
	to = column_of(block, field->number);
	for (uint32_t i = 0; i < column->rows; i++)
		if (field->type == KPI__TYPE_TEXT)
			((uint32_t *)to)[i] =
			    (uint32_t)kpi__column_value(column, i);
		else
			((int64_t *)to)[i] = kpi__column_value(column, i);
	return KPI_OK;
}

kpi_status
kpi__block_set_id(
    kpi__block *block, uint32_t at, const char *id, size_t size)
{
	const kpi__field *field = kpi__field_find(KPI_FIELD_ID);
	kpi_status status = KPI_OK;
	const char **ids, *copy = NULL;

	if (id != NULL)
		status = need_column(block, field);
	if (status != KPI_OK)
		return status;
	if (id != NULL) {
		copy = kpi__arena_copy(&block->texts, id, size);
		if (copy == NULL)
			return KPI_ENOMEM;
	}
	ids = column_of(block, KPI_FIELD_ID);
	if (ids != NULL)
		ids[at] = copy;
	return KPI_OK;
}

/* What lies behind the last interaction is nobody's, so that it does no harm
 * to fail half way. */
kpi_status
kpi__block_write(
    kpi__block *block, uint32_t at, uint32_t row, const kpi__input *in)
{
	kpi_status status =
	    kpi__block_set_id(block, at, in->id, in->id_size);

	for (uint32_t i = 0; i < KPI__WHOLE_FIELDS && status == KPI_OK; i++)
		if (i + 1 != KPI_FIELD_ID)
			status =
			    put(block, kpi__field_at(i), at, in->value[i]);
	for (uint32_t r = 0; r < in->rows; r++)
		for (uint32_t i = 0; i < KPI__VISIT_FIELDS && status == KPI_OK;
		     i++)
			status = put(block,
			    kpi__field_at(KPI__WHOLE_FIELDS + i), row + r,
			    in->row[r].value[i]);
	if (status == KPI_OK)
		block->first_row[at + 1] = row + in->rows;
	return status;
}

int64_t
kpi__block_value(const kpi__block *block, const kpi__field *field, uint32_t at)
{
	const void *column = column_of(block, field->number);

	if (column == NULL)
		return kpi__field_blank(field);
	if (field->type == KPI__TYPE_TEXT)
		return ((const uint32_t *)column)[at];
	return ((const int64_t *)column)[at];
}

const char *
kpi__block_id(const kpi__block *block, uint32_t at)
{
	const char *const *ids = column_of(block, KPI_FIELD_ID);

	return ids == NULL ? NULL : ids[at];
}
