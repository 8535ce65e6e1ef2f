/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "ingest/arrow_part.h"

#define WITHIN 12 /* bytes of a text that stands in the view itself */

static int64_t
offset_at(const kpi__arrow_part *part, int64_t place)
{
	const unsigned char *at =
	    (const unsigned char *)part->array->buffers[1] +
	    (size_t)place * part->type.size;
	int32_t narrow;
	int64_t wide;

	if (part->type.size == sizeof(narrow)) {
		memcpy(&narrow, at, sizeof(narrow));
		return narrow;
	}
	memcpy(&wide, at, sizeof(wide));
	return wide;
}

/* Nothing but the last offset says how many bytes there are. */
static const char *
read_text(const kpi__arrow_part *part, int64_t place, kpi__chars *out)
{
	const struct ArrowArray *array = part->array;
	const int64_t begin = offset_at(part, place);
	const int64_t until = offset_at(part, place + 1);
	const char *bytes = array->buffers[2];

	if (begin < 0 || until < begin ||
	    until > offset_at(part, array->offset + array->length))
		return "has offsets that decrease";
	if ((uint64_t)until > SIZE_MAX / 2)
		return "has an offset that no memory has room for";
	if (until == begin)
		return NULL;
	if (bytes == NULL)
		return "has no buffer of bytes";
	out->text = bytes + begin;
	out->size = (size_t)(until - begin);
	return NULL;
}

static const char *
read_view(const kpi__arrow_part *part, int64_t place, kpi__chars *out)
{
	const struct ArrowArray *array = part->array;
	const char *view =
	    (const char *)array->buffers[1] + (size_t)place * part->type.size;
	int32_t field[4]; /* size, first bytes, buffer, offset */
	int64_t room;

	memcpy(field, view, sizeof(field));
	if (field[0] < 0)
		return "has a length below 0";
	out->size = (size_t)field[0];
	out->text = view + sizeof(*field);
	if (field[0] <= WITHIN)
		return NULL;
	if (field[2] < 0 || field[2] >= array->n_buffers - 3 ||
	    array->buffers[2 + field[2]] == NULL)
		return "is in a buffer that there is not";
	memcpy(&room,
	    (const char *)array->buffers[array->n_buffers - 1] +
		(size_t)field[2] * sizeof(room),
	    sizeof(room));
	if (field[3] < 0 || (int64_t)field[3] + field[0] > room)
		return "is past the end of its buffer";
	out->text = (const char *)array->buffers[2 + field[2]] + field[3];
	return NULL;
}

int
kpi__arrow_texts(const kpi__arrow_part *part, int64_t begin, uint32_t count,
    kpi__chars *out, kpi__arrow_fault *fault)
{
	const int view = part->type.kind == KPI__ARROW_UTF8_VIEW;

	for (uint32_t i = 0; i < count; i++) {
		const int64_t place = part->first + begin + i;

		out[i].text = NULL;
		out[i].size = 0;
		if (kpi__arrow_part_is_null(part, begin + i))
			continue;
		fault->text = view ? read_view(part, place, &out[i])
				   : read_text(part, place, &out[i]);
		if (fault->text == NULL)
			continue;
		fault->at = begin + i;
		*fault->value = '\0';
		return 0;
	}
	return 1;
}
