/* SPDX-License-Identifier: MIT */
#include "ingest/arrow_column.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/suggestion.h"
#include "base/word.h"

void
kpi__arrow_words_release(kpi__arrow_column *column, const kpi_allocator *a)
{
	const size_t count = (size_t)column->dictionary.count;

	kpi__release(a, column->text, count, sizeof(*column->text));
	kpi__release(a, column->code, count, sizeof(*column->code));
	column->text = NULL;
	column->code = NULL;
	memset(&column->dictionary, 0, sizeof(column->dictionary));
}

kpi_status
kpi__arrow_refuse_array(const kpi__arrow_column *column, const char *whose,
    const char *fault, kpi_error *error)
{
	return kpi__fail_at(error, KPI_EINVAL, column->field->name,
	    "the %s of %s %s", whose, column->field->name, fault);
}

kpi_status
kpi__arrow_refuse_value(const kpi__arrow_column *column, const char *whose,
    const kpi__arrow_fault *fault, kpi_error *error)
{
	const char *got = *fault->value == '\0' ? "" : ", got ";

	return kpi__fail_at(error, KPI_EINVAL, column->field->name,
	    "%s%s %s: expected %s%s%s", whose, column->field->name, fault->text,
	    column->field->values, got, fault->value);
}

static const char *
word_name(const void *ctx, size_t i)
{
	return ((const kpi__word *)ctx)[i].name;
}

/* What is no name is said by the nearest one alone, for it may be anything. */
kpi_status
kpi__arrow_code(const kpi__arrow_column *column, const kpi__chars *chars,
    int64_t *code, kpi_error *error)
{
	const char *name = column->field->name;
	char suggestion[KPI__SUGGESTION];
	const kpi__word *words;
	size_t count;

	*code = KPI_UNKNOWN;
	if (chars->size == 0)
		return KPI_OK;
	*code = kpi__word_number(column->table, chars->text, chars->size);
	if (*code != KPI_UNKNOWN)
		return KPI_OK;
	words = kpi__words(column->table, &count);
	return kpi__fail_at(error, KPI_EINVAL, name,
	    "%s has a name that there is not; %s", name,
	    kpi__suggest(suggestion, chars->text, chars->size, word_name,
		words, count));
}

static kpi_status
read_words(kpi__arrow_column *column, kpi__column_source *source,
    const kpi_allocator *a, kpi_error *error)
{
	const size_t count = (size_t)column->dictionary.count;
	kpi__arrow_fault fault;
	kpi_status status;

	if (column->table == 0)
		status = kpi__column_source_map(source, a, count, error);
	else
		status = KPI_OK;
	if (status != KPI_OK || count == 0)
		return status;
	column->text = kpi__new_array(a, count, sizeof(*column->text));
	if (column->table != 0)
		column->code = kpi__new_array(a, count, sizeof(*column->code));
	if (column->text == NULL ||
	    (column->table != 0 && column->code == NULL))
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for a dictionary");
	source->texts = column->text;
	if (!kpi__arrow_texts(
		&column->dictionary, 0, (uint32_t)count, column->text, &fault))
		return kpi__arrow_refuse_value(
		    column, "the dictionary of ", &fault, error);
	for (size_t i = 0; i < count && status == KPI_OK; i++)
		if (column->table != 0)
			status = kpi__arrow_code(
			    column, &column->text[i], &column->code[i], error);
	return status;
}

static int
same_buffers(const struct ArrowArray *a, const struct ArrowArray *b)
{
	if (a->length != b->length || a->offset != b->offset ||
	    a->null_count != b->null_count || a->n_buffers != b->n_buffers)
		return 0;
	for (int64_t i = 0; i < a->n_buffers; i++)
		if (a->buffers[i] != b->buffers[i])
			return 0;
	return 1;
}

int
kpi__arrow_words_differ(kpi__arrow_column *column)
{
	if (!column->coded)
		return 0;
	if (column->dictionary.array == NULL ||
	    !same_buffers(column->dictionary.array, column->given.array))
		return 1;
	column->dictionary.array = column->given.array;
	return 0;
}

kpi_status
kpi__arrow_words_learn(kpi__arrow_column *column, kpi__column_source *source,
    const kpi_allocator *a, kpi_error *error)
{
	kpi__arrow_words_release(column, a);
	column->dictionary = column->given;
	return read_words(column, source, a, error);
}
