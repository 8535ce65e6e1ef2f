/* SPDX-License-Identifier: MIT */
#include "arrow_made.h"

#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define BLOCKS (2 * ARROW_COLUMNS + 8)

int arrow_alive;

struct held {
	void *block[BLOCKS];
	int count;
	const void *buffers[4];
	struct ArrowArray *child[ARROW_COLUMNS];
	struct ArrowArray children[ARROW_COLUMNS], dictionary;
};

static void *
allocated(size_t size)
{
	void *block = calloc(1, size + 1);

	if (block == NULL)
		ck_abort_msg("the machine has no memory");
	return block;
}

void *
arrow_memory(struct ArrowArray *array, size_t size)
{
	struct held *held = array->private_data;

	ck_assert_int_lt(held->count, BLOCKS);
	return held->block[held->count++] = allocated(size);
}

static void
release_array(struct ArrowArray *array)
{
	struct held *held = array->private_data;

	ck_assert_ptr_nonnull(held);
	for (int64_t i = 0; i < ARROW_COLUMNS; i++)
		if (held->children[i].release != NULL)
			held->children[i].release(&held->children[i]);
	if (held->dictionary.release != NULL)
		held->dictionary.release(&held->dictionary);
	for (int i = 0; i < held->count; i++)
		free(held->block[i]);
	free(held);
	memset(array, 0, sizeof(*array));
	arrow_alive--;
}

static struct ArrowArray
new_array(int64_t length, int64_t offset, int64_t buffers)
{
	struct ArrowArray array = { 0 };
	struct held *held = allocated(sizeof(*held));

	array.length = length;
	array.offset = offset;
	array.n_buffers = buffers;
	array.buffers = held->buffers;
	array.release = release_array;
	array.private_data = held;
	arrow_alive++;
	return array;
}

static void
set_bit(unsigned char *bits, int64_t at)
{
	bits[at >> 3] |= (unsigned char)(1U << (at & 7));
}

/* The bitmap, from what is null; none if the form wants none. */
static void
set_valid(struct ArrowArray *array, const arrow_form *form, const char *null)
{
	const int64_t n = array->offset + array->length;
	unsigned char *bits = arrow_memory(array, (size_t)n / 8 + 1);

	for (int64_t i = 0; i < array->length; i++) {
		if (!null[i])
			set_bit(bits, array->offset + i);
		else
			array->null_count++;
	}
	if (array->null_count > 0)
		ck_assert(!form->no_bitmap);
	if (!form->no_bitmap)
		array->buffers[0] = bits;
	if (form->uncounted)
		array->null_count = -1;
}

#define PUT(type, value)                                                       \
	do {                                                                   \
		const type v = (type)(value);                                  \
		memcpy((char *)to + (size_t)at * sizeof(v), &v, sizeof(v));    \
	} while (0)

static void
put_number(const char *format, void *to, int64_t at, int64_t value)
{
	switch (*format) {
	case 'b':
		if (value != 0)
			set_bit(to, at);
		break;
	case 'c':
	case 'C':
		PUT(uint8_t, value);
		break;
	case 's':
	case 'S':
		PUT(uint16_t, value);
		break;
	case 'i':
	case 'I':
		PUT(uint32_t, value);
		break;
	case 'f':
		PUT(float, value);
		break;
	case 'g':
		PUT(double, value);
		break;
	case 't':
		if (format[2] == 's')
			value /= 1000;
		if (format[2] == 'u')
			value *= 1000;
		if (format[2] == 'n')
			value *= 1000000;
		PUT(int64_t, value);
		break;
	default:
		PUT(int64_t, value);
	}
}

static struct ArrowArray
numbers(const arrow_form *form, const int64_t *values, int64_t stride,
    int64_t count)
{
	struct ArrowArray array = new_array(count, form->offset, 2);
	const size_t n = (size_t)(form->offset + count);
	char *null = allocated((size_t)count);
	void *to = arrow_memory(&array, n * 8);

	memset(to, *form->format == 'b' ? 0 : 0xee, n * 8);
	for (int64_t i = 0; i < count; i++) {
		int64_t value;

		memcpy(&value, (const char *)values + i * stride, 8);
		null[i] = value == KPI_UNKNOWN;
		if (!null[i])
			put_number(form->format, to, form->offset + i, value);
	}
	array.buffers[1] = to;
	set_valid(&array, form, null);
	free(null);
	return array;
}

struct ArrowArray
arrow_numbers(const arrow_form *form, const int64_t *values, int64_t stride,
    int64_t count)
{
	return numbers(form, values, stride == 0 ? 8 : stride, count);
}

static const char *
text_at(const char *const *texts, int64_t stride, int64_t i)
{
	const char *text;

	memcpy(&text, (const char *)texts + i * stride, sizeof(text));
	return text;
}

static void
put_view(struct ArrowArray *array, unsigned char *views, int64_t at,
    const char *text, char *bytes, int32_t begin)
{
	const int32_t size = (int32_t)strlen(text);
	const int32_t where[2] = { 0, begin };

	memcpy(views + at * 16, &size, 4);
	memcpy(views + at * 16 + 4, text, (size_t)(size < 12 ? size : 12));
	if (size <= 12)
		return;
	memcpy(views + at * 16 + 8, where, 8);
	memcpy(bytes + begin, text, (size_t)size);
	(void)array;
}

static struct ArrowArray
plain_texts(const arrow_form *form, const char *format,
    const char *const *texts, int64_t stride, int64_t count)
{
	const int view = strcmp(format, "vu") == 0, wide = *format == 'U';
	struct ArrowArray array = new_array(count, form->offset, view ? 4 : 3);
	const int64_t n = form->offset + count;
	char *null = allocated((size_t)count), *bytes;
	int64_t size = 0, end = 0, *sizes;
	unsigned char *to;

	for (int64_t i = 0; i < count; i++) {
		const char *text = text_at(texts, stride, i);

		size += text == NULL ? 0 : (int64_t)strlen(text);
	}
	to = arrow_memory(&array, (size_t)(n + 1) * 16);
	bytes = arrow_memory(&array, (size_t)size);
	sizes = arrow_memory(&array, sizeof(*sizes));
	*sizes = size;
	for (int64_t i = 0; i < count; i++) {
		const char *text = text_at(texts, stride, i);
		const int64_t at = form->offset + i;

		null[i] = text == NULL;
		if (text != NULL && view)
			put_view(&array, to, at, text, bytes, (int32_t)end);
		else if (text != NULL)
			memcpy(bytes + end, text, strlen(text));
		end += text == NULL ? 0 : (int64_t)strlen(text);
		if (!view)
			put_number(wide ? "l" : "i", to, at + 1, end);
	}
	array.buffers[1] = to;
	array.buffers[2] = bytes;
	array.buffers[3] = sizes;
	set_valid(&array, form, null);
	free(null);
	return array;
}

struct ArrowArray
arrow_texts(const arrow_form *form, const char *const *texts, int64_t stride,
    int64_t count)
{
	const arrow_form whole = { .format = form->words };
	struct ArrowArray array;
	const char **words;
	int64_t *place, used = 0;

	if (stride == 0)
		stride = sizeof(*texts);
	if (form->words == NULL)
		return plain_texts(form, form->format, texts, stride, count);
	words = allocated((size_t)count * sizeof(*words));
	place = allocated((size_t)count * sizeof(*place));
	for (int64_t i = 0; i < count; i++) {
		const char *text = text_at(texts, stride, i);

		place[i] = text == NULL ? KPI_UNKNOWN : 0;
		if (text == NULL)
			continue;
		while (place[i] < used && strcmp(words[place[i]], text) != 0)
			place[i]++;
		if (place[i] == used)
			words[used++] = text;
	}
	array = numbers(form, place, sizeof(*place), count);
	((struct held *)array.private_data)->dictionary =
	    plain_texts(&whole, form->words, words, sizeof(*words), used);
	array.dictionary = &((struct held *)array.private_data)->dictionary;
	free(words);
	free(place);
	return array;
}

struct ArrowArray
arrow_batch(
    struct ArrowArray *columns, int64_t count, int64_t skip, int64_t length)
{
	struct ArrowArray array = new_array(length, skip, 1);
	struct held *held = array.private_data;

	for (int64_t i = 0; i < count; i++) {
		held->children[i] = columns[i];
		held->child[i] = &held->children[i];
	}
	array.n_children = count;
	array.children = held->child;
	return array;
}

struct schemas {
	struct ArrowSchema *child[ARROW_COLUMNS];
	struct ArrowSchema children[ARROW_COLUMNS], words[ARROW_COLUMNS];
};

static void
release_child(struct ArrowSchema *schema)
{
	schema->release = NULL;
}

static void
release_schema(struct ArrowSchema *schema)
{
	free(schema->private_data);
	memset(schema, 0, sizeof(*schema));
	arrow_alive--;
}

static int
get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
	const arrow_source *source = stream->private_data;
	struct schemas *all = allocated(sizeof(*all));

	if (source->no_schema) {
		free(all);
		return EIO;
	}
	memset(out, 0, sizeof(*out));
	for (int64_t i = 0; i < source->columns; i++) {
		const arrow_form *form = &source->forms[i];

		all->child[i] = &all->children[i];
		all->children[i].format = form->format;
		all->children[i].name = form->name;
		all->children[i].release = release_child;
		all->words[i].format = form->words;
		all->words[i].release = release_child;
		if (form->words != NULL)
			all->children[i].dictionary = &all->words[i];
	}
	out->format = "+s";
	out->n_children = source->columns;
	out->children = all->child;
	out->release = release_schema;
	out->private_data = all;
	arrow_alive++;
	return 0;
}

static int
get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
	arrow_source *source = stream->private_data;

	if (source->fails_at == source->given + 1)
		return EIO;
	memset(out, 0, sizeof(*out));
	if (source->given < source->count)
		*out = source->batches[source->given++];
	return 0;
}

static const char *
get_last_error(struct ArrowArrayStream *stream)
{
	(void)stream;
	return "the cable was cut";
}

static void
release_stream(struct ArrowArrayStream *stream)
{
	arrow_source *source = stream->private_data;

	while (source->given < source->count) {
		struct ArrowArray *left = &source->batches[source->given++];

		if (left->release != NULL)
			left->release(left);
	}
	free(source);
	memset(stream, 0, sizeof(*stream));
	arrow_alive--;
}

struct ArrowArrayStream
arrow_stream(const arrow_source *source)
{
	struct ArrowArrayStream stream = { get_schema, get_next, get_last_error,
		release_stream, allocated(sizeof(*source)) };

	memcpy(stream.private_data, source, sizeof(*source));
	arrow_alive++;
	return stream;
}
