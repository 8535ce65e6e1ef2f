/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/word.h"
#include "result/arrow_column.h"
#include "result/figure.h"
#include "result/shape.h"
#include "result/verdict.h"

/* The batch while it is made. */
struct making {
	const kpi_result *result;
	const kpi__arrow_made *columns;
	uint32_t count;
	int whole;
	int64_t length;
	struct ArrowArray *batch;
	kpi__texts words[KPI__ARROW_MADE]; /* of each column of words */
};

/* Texts of a group column, one behind the other. */
static kpi_status
size_of_groups(const struct making *m, uint32_t index, size_t *size)
{
	const kpi_result *r = m->result;
	uint64_t sum = 0;

	for (size_t row = 0; row < r->rows.count; row++) {
		const char *text = kpi_result_group(r, row, index);

		sum += (text == NULL ? 0 : strlen(text)) * (uint64_t)r->count;
		if (sum > INT32_MAX)
			return KPI_EOVERFLOW;
	}
	*size = (size_t)sum;
	return KPI_OK;
}

static kpi_status
new_column(
    struct making *m, const kpi__arrow_made *column, struct ArrowArray *out)
{
	const size_t n = (size_t)m->length;
	const int text = column->value == KPI__ARROW_GROUP;
	size_t sizes[KPI__ARROW_BUFFERS] = { n / 8 + 1, 0, 0 };
	kpi_status status = KPI_OK;

	if (text)
		status = size_of_groups(m, column->index, &sizes[2]);
	sizes[1] = text || kpi__arrow_is_word(column)
	    ? (n + 1) * sizeof(int32_t)
	    : (n + 1) * sizeof(int64_t);
	sizes[2] += (size_t)text;
	if (status == KPI_OK)
		status = kpi__arrow_array_new(out, &m->result->allocator,
		    m->length, text ? 3 : 2, sizes, 0);
	if (status == KPI_OK)
		kpi__arrow_set_valid(out);
	return status;
}

static void
fill_groups(const struct making *m, uint32_t index, struct ArrowArray *array)
{
	const kpi_result *r = m->result;
	int32_t *offset = kpi__arrow_buffer(array, 1);
	char *bytes = kpi__arrow_buffer(array, 2);

	for (int64_t i = 0; i < m->length; i++) {
		const char *text =
		    kpi_result_group(r, (uint64_t)i / r->count, index);
		const size_t size = text == NULL ? 0 : strlen(text);

		if (text == NULL)
			kpi__arrow_set_null(array, i);
		else
			memcpy(bytes + offset[i], text, size);
		offset[i + 1] = offset[i] + (int32_t)size;
	}
}

static void
fill_times(const struct making *m, uint32_t which, struct ArrowArray *array)
{
	const kpi_result *r = m->result;
	int64_t *time = kpi__arrow_buffer(array, 1);

	for (int64_t i = 0; i < m->length; i++)
		time[i] = r->rows.time[2 * ((uint64_t)i / r->count) + which];
}

/* NULL: none. A metric's name is the beginning of its definition. */
static const char *
word_of(const kpi__arrow_made *column, const kpi__shape *shape,
    const kpi_figure *f, char name[64])
{
	size_t size;

	switch (column->value) {
	case KPI__ARROW_DEFINITION:
		return shape->text;
	case KPI__ARROW_UNIT:
		return kpi__unit_name(f->unit);
	case KPI__ARROW_STATE:
		return kpi__word_name(KPI_TABLE_STATES, f->state);
	case KPI__ARROW_VERDICT:
		return kpi__word_name(KPI_TABLE_VERDICTS, f->verdict);
	default:
		size = kpi__shape_name_length(shape);
		if (size > 63)
			size = 63;
		memcpy(name, shape->text, size);
		name[size] = '\0';
		return name;
	}
}

static kpi_status
put_word(struct making *m, uint32_t c, const kpi__shape *shape,
    const kpi_figure *f, int64_t at)
{
	struct ArrowArray *array = m->batch->children[c];
	int32_t *place = kpi__arrow_buffer(array, 1);
	char name[64];
	const char *word = word_of(&m->columns[c], shape, f, name);
	uint32_t found = 0;
	kpi_status status = KPI_OK;

	if (word == NULL)
		kpi__arrow_set_null(array, at);
	else
		status = kpi__texts_intern(
		    &m->words[c], &m->result->allocator, word, &found);
	place[at] = (int32_t)found;
	return status;
}

static void
put_number(struct making *m, uint32_t c, const kpi__shape *shape,
    const kpi_figure *f, int64_t at)
{
	const kpi__arrow_made *column = &m->columns[c];
	struct ArrowArray *array = m->batch->children[c];
	const char *member = (const char *)f + column->offset;
	double *real = kpi__arrow_buffer(array, 1);
	int64_t *number = kpi__arrow_buffer(array, 1);
	int64_t sum;

	if (column->value == KPI__ARROW_COUNT) {
		memcpy(&sum, member, sizeof(sum));
		if (m->whole)
			number[at] = sum;
		else
			real[at] = (double)sum / (double)f->parts;
		return;
	}
	memcpy(&real[at], member, sizeof(*real));
	if (column->value == KPI__ARROW_TARGET && !kpi__figure_judged(shape, f))
		real[at] = (double)NAN;
	if (!isnan(real[at]))
		return;
	real[at] = 0;
	kpi__arrow_set_null(array, at);
}

static kpi_status
put_figure(struct making *m, int64_t at, kpi_error *error)
{
	const uint64_t row = (uint64_t)at / m->result->count;
	const uint32_t index = (uint32_t)((uint64_t)at % m->result->count);
	const kpi__shape *shape = &m->result->shapes[index];
	kpi_figure f = KPI_FIGURE_INIT;
	kpi_status status = kpi_result_figure(m->result, row, index, &f);

	if (status != KPI_OK)
		return kpi__fail(error, status,
		    "a sum is beyond 64 bits, of: %s", shape->text);
	for (uint32_t c = 0; c < m->count && status == KPI_OK; c++) {
		if (kpi__arrow_is_word(&m->columns[c]))
			status = put_word(m, c, shape, &f, at);
		else if (m->columns[c].value >= KPI__ARROW_COUNT)
			put_number(m, c, shape, &f, at);
	}
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory for a batch");
	return KPI_OK;
}

static kpi_status
fill(struct making *m, kpi_error *error)
{
	kpi_status status = KPI_OK;

	for (uint32_t c = 0; c < m->count && status == KPI_OK; c++) {
		const kpi__arrow_made *column = &m->columns[c];
		struct ArrowArray *array = m->batch->children[c];

		status = new_column(m, column, array);
		if (status == KPI_OK && column->value == KPI__ARROW_GROUP)
			fill_groups(m, column->index, array);
		if (status == KPI_OK && column->value == KPI__ARROW_INSTANT)
			fill_times(m, column->index, array);
	}
	if (status != KPI_OK)
		return kpi__fail(error, status,
		    status == KPI_ENOMEM
			? "no memory for a batch"
			: "the texts of a column are more than 2 GiB");
	for (int64_t i = 0; i < m->length && status == KPI_OK; i++)
		status = put_figure(m, i, error);
	for (uint32_t c = 0; c < m->count && status == KPI_OK; c++) {
		if (!kpi__arrow_is_word(&m->columns[c]))
			continue;
		status = kpi__arrow_set_dictionary(
		    m->batch->children[c], &m->words[c]);
		if (status != KPI_OK)
			return kpi__fail(
			    error, status, "no memory for a batch");
	}
	return status;
}

kpi_status
kpi__arrow_batch(struct ArrowArray *out, const kpi_result *r,
    const kpi__arrow_made *columns, uint32_t count, kpi_error *error)
{
	static const size_t no_sizes[KPI__ARROW_BUFFERS];
	struct making m;
	kpi_status status;

	memset(&m, 0, sizeof(m));
	m.result = r;
	m.columns = columns;
	m.count = count;
	m.whole = kpi__arrow_is_whole(r);
	m.batch = out;
	m.length = (int64_t)(r->rows.count * r->count);
	status = kpi__arrow_array_new(
	    out, &r->allocator, m.length, 1, no_sizes, count);
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory for a batch");
	status = fill(&m, error);
	for (uint32_t c = 0; c < count; c++)
		kpi__texts_free(&m.words[c], &r->allocator);
	if (status != KPI_OK)
		out->release(out);
	return status;
}
