/* SPDX-License-Identifier: MIT */
#include "ingest/column_source.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sized.h"
#include "ingest/value.h"

static kpi_status
check_type(const kpi__field *field, const kpi_column *c, uint64_t rows,
    kpi_error *error)
{
	const int text =
	    c->type == KPI_COLUMN_TEXT || c->type == KPI_COLUMN_DICTIONARY;
	const int integer =
	    c->type == KPI_COLUMN_INT64 || c->type == KPI_COLUMN_INT32;

	if (field->type == KPI__TYPE_TEXT ? !text : !integer)
		return kpi__fail_at(error, KPI_EINVAL, field->name,
		    "%s does not take a column of this type: expected %s",
		    field->name,
		    field->type == KPI__TYPE_TEXT ? "text or dictionary"
						  : "int64 or int32");
	if (c->data == NULL && rows > 0)
		return kpi__fail_at(error, KPI_EINVAL, field->name,
		    "the column of %s has no data", field->name);
	if (c->type == KPI_COLUMN_DICTIONARY &&
	    (c->dictionary_count > INT32_MAX ||
		(c->dictionary == NULL && c->dictionary_count > 0)))
		return kpi__fail_at(error, KPI_EINVAL, field->name,
		    "the dictionary of %s is not there or too long",
		    field->name);
	return KPI_OK;
}

static int64_t
own_size(int32_t type)
{
	if (type == KPI_COLUMN_INT64)
		return sizeof(int64_t);
	if (type == KPI_COLUMN_TEXT)
		return sizeof(const char *);
	return sizeof(int32_t);
}

void
kpi__codes_free(kpi__codes *codes, const kpi_allocator *allocator)
{
	kpi__release(allocator, codes->at, codes->room, sizeof(*codes->at));
	memset(codes, 0, sizeof(*codes));
}

/* Codes that were taken back since may be other texts' now. */
static kpi_status
lend(kpi__column_source *source, const kpi_store *store, kpi__codes *codes,
    kpi_error *error)
{
	const size_t before = codes->room;

	if (kpi__grow(&store->allocator, &codes->at, &codes->room,
		(size_t)source->column.dictionary_count,
		sizeof(*codes->at)) != KPI_OK)
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for a dictionary");
	if (codes->room > before)
		memset(codes->at + before, 0,
		    (codes->room - before) * sizeof(*codes->at));
	if (codes->renames != store->renames)
		memset(codes->at, 0, codes->room * sizeof(*codes->at));
	codes->renames = store->renames;
	source->mapped = codes->at;
	source->is_lent = 1;
	return KPI_OK;
}

kpi_status
kpi__column_source_open(kpi__column_source *source, const kpi_store *store,
    const kpi_column *theirs, kpi__codes *codes, uint64_t rows,
    kpi_error *error)
{
	kpi_column *c = &source->column;
	kpi_status status =
	    kpi__sized_read(c, sizeof(*c), theirs, sizeof(*c), NULL);

	if (status != KPI_OK)
		return kpi__fail(
		    error, status, "a column has no size that is understood");
	source->field = kpi__field_find(c->field);
	if (source->field == NULL)
		return kpi__fail(
		    error, KPI_EINVAL, "a column is of no field that exists");
	status = check_type(source->field, c, rows, error);
	if (status != KPI_OK)
		return status;
	if (c->stride == 0)
		c->stride = own_size(c->type);
	if (c->type != KPI_COLUMN_DICTIONARY)
		return KPI_OK;
	if (codes != NULL)
		return lend(source, store, codes, error);
	return kpi__column_source_map(
	    source, &store->allocator, c->dictionary_count, error);
}

void
kpi__column_source_close(
    kpi__column_source *source, const kpi_allocator *allocator)
{
	if (!source->is_lent)
		kpi__release(allocator, source->mapped,
		    (size_t)source->column.dictionary_count, sizeof(uint32_t));
	source->mapped = NULL;
	source->is_lent = 0;
	kpi__text_codes_free(&source->met, allocator);
}

kpi_status
kpi__column_source_map(kpi__column_source *source,
    const kpi_allocator *allocator, uint64_t count, kpi_error *error)
{
	kpi__column_source_close(source, allocator);
	source->column.dictionary_count = count;
	if (count == 0)
		return KPI_OK;
	source->mapped =
	    kpi__new_zeroed(allocator, (size_t)count, sizeof(uint32_t));
	if (source->mapped == NULL)
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for a dictionary");
	return KPI_OK;
}

static int32_t
int32_at(const kpi__column_source *source, uint32_t row)
{
	int32_t value;

	memcpy(&value, kpi__column_source_element(source, row), sizeof(value));
	return value;
}

/* The place in the dictionary, below its count; negative: unknown. */
static kpi_status
place_at(const kpi__column_source *source, uint32_t row, int32_t *place,
    kpi_error *error)
{
	*place = int32_at(source, row);
	if (*place < 0 || (uint64_t)*place < source->column.dictionary_count)
		return KPI_OK;
	return kpi__fail_at(error, KPI_EINVAL, source->field->name,
	    "%s has a place that is not in its dictionary",
	    source->field->name);
}

static int
has_places(const kpi__column_source *source)
{
	return source->column.type == KPI_COLUMN_DICTIONARY ||
	    source->column.type == KPI__COLUMN_PLACE;
}

static kpi_status
text_of_chars(const kpi__column_source *source, const kpi__chars *chars,
    const char **text, size_t *size, kpi_error *error)
{
	*text = chars->text;
	*size = chars->size;
	return kpi__value_check_size(source->field, chars->size, error);
}

static kpi_status
text_of_place(const kpi__column_source *source, int32_t place,
    const char **text, size_t *size, kpi_error *error)
{
	if (source->column.type == KPI__COLUMN_PLACE)
		return text_of_chars(
		    source, &source->texts[place], text, size, error);
	*text = source->column.dictionary[place];
	return kpi__value_measure(source->field, *text, size, error);
}

kpi_status
kpi__column_source_text(const kpi__column_source *source, uint32_t row,
    const char **text, size_t *size, kpi_error *error)
{
	kpi_status status;
	int32_t place;

	*text = NULL;
	*size = 0;
	if (has_places(source)) {
		status = place_at(source, row, &place, error);
		if (status != KPI_OK || place < 0)
			return status;
		return text_of_place(source, place, text, size, error);
	}
	if (source->column.type == KPI__COLUMN_CHARS)
		return text_of_chars(source,
		    kpi__column_source_element(source, row), text, size, error);
	memcpy(text, kpi__column_source_element(source, row), sizeof(*text));
	return kpi__value_measure(source->field, *text, size, error);
}

static kpi_status
code_of_place(kpi__column_source *source, kpi_store *store, uint32_t row,
    uint32_t *code, kpi_error *error)
{
	int32_t place;
	kpi_status status = place_at(source, row, &place, error);
	const char *text;
	size_t size;

	*code = 0;
	if (status != KPI_OK || place < 0)
		return status;
	if (source->mapped[place] != 0) {
		*code = source->mapped[place] - 1;
		return KPI_OK;
	}
	status = text_of_place(source, place, &text, &size, error);
	if (status == KPI_OK)
		status = kpi__value_code(
		    store, source->field, text, size, code, error);
	if (status == KPI_OK)
		source->mapped[place] = *code + 1;
	return status;
}

static kpi_status
code_of_text(kpi__column_source *source, kpi_store *store, uint32_t row,
    uint32_t *code, kpi_error *error)
{
	kpi__text_code *met;
	const char *text;
	size_t size;
	kpi_status status =
	    kpi__column_source_text(source, row, &text, &size, error);

	*code = 0;
	if (status != KPI_OK || size == 0)
		return status;
	status = kpi__text_codes_find(
	    &source->met, &store->allocator, text, (uint32_t)size, &met);
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory for texts");
	if (met->code == 0) {
		status = kpi__value_code(
		    store, source->field, text, size, code, error);
		if (status != KPI_OK)
			return status;
		met->code = *code + 1;
		source->met.count++;
	}
	*code = met->code - 1;
	return KPI_OK;
}

static kpi_status
code_of_row(kpi__column_source *source, kpi_store *store, uint32_t row,
    uint32_t *code, kpi_error *error)
{
	if (has_places(source))
		return code_of_place(source, store, row, code, error);
	return code_of_text(source, store, row, code, error);
}

/* Whether the row has a place that was asked for before. */
static inline int
is_mapped(const kpi__column_source *source, uint32_t row, int64_t *value)
{
	int32_t place;

	if (!has_places(source))
		return 0;
	place = int32_at(source, row);
	if (place < 0 || (uint64_t)place >= source->column.dictionary_count ||
	    source->mapped[place] == 0)
		return 0;
	*value = (int64_t)source->mapped[place] - 1;
	return 1;
}

static kpi_status
fill_codes(kpi__column_source *source, kpi_store *store, const uint32_t *rows,
    uint32_t count, int64_t *values, uint32_t *at, kpi_error *error)
{
	kpi_status status = KPI_OK;
	uint32_t code;

	for (*at = 0; *at < count; ++*at) {
		if (is_mapped(source, rows[*at], &values[*at]))
			continue;
		status = code_of_row(source, store, rows[*at], &code, error);
		if (status != KPI_OK)
			break;
		values[*at] = code;
	}
	return status;
}

/* 64-bit integers one after the other, as most columns are. All are looked at
 * at once, and one by one only where one is refused. */
static int
fill_plainly(const kpi__column_source *source, const uint32_t *rows,
    uint32_t count, int64_t *values)
{
	const int64_t least = source->field->least;
	const int64_t greatest = source->field->greatest;
	const char *const data = source->column.data;
	unsigned outside = 0;

	if (source->column.type != KPI_COLUMN_INT64 ||
	    source->column.stride != sizeof(*values))
		return 0;
	for (uint32_t i = 0; i < count; i++) {
		int64_t v;

		memcpy(&v, data + (size_t)rows[i] * sizeof(v), sizeof(v));
		outside |= (v < least || v > greatest) && v != KPI_UNKNOWN;
		values[i] = v;
	}
	return !outside;
}

static kpi_status
fill_integers(const kpi__column_source *source, const uint32_t *rows,
    uint32_t count, int64_t *values, uint32_t *at, kpi_error *error)
{
	const kpi__field *field = source->field;

	if (fill_plainly(source, rows, count, values))
		return KPI_OK;
	for (*at = 0; *at < count; ++*at) {
		const int64_t v = kpi__column_source_integer(source, rows[*at]);

		if (v != KPI_UNKNOWN &&
		    (v < field->least || v > field->greatest))
			return kpi__value_refuse(field, error);
		values[*at] = v;
	}
	return KPI_OK;
}

kpi_status
kpi__column_source_fill(kpi__column_source *source, kpi_store *store,
    const uint32_t *rows, uint32_t count, int64_t *values, kpi_error *error)
{
	const int text = source->field->type == KPI__TYPE_TEXT;
	uint32_t at = 0;
	const kpi_status status = text
	    ? fill_codes(source, store, rows, count, values, &at, error)
	    : fill_integers(source, rows, count, values, &at, error);

	if (status != KPI_OK)
		kpi__error_place(error, (int64_t)rows[at] + 1, 0);
	return status;
}
