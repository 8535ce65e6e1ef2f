/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "ingest/arrow_part.h"

#define TWO_TO_63 9223372036854775808.0

static int64_t
signed_at(const unsigned char *at, uint32_t size)
{
	int8_t v8;
	int16_t v16;
	int32_t v32;
	int64_t v64;

	switch (size) {
	case 1:
		memcpy(&v8, at, sizeof(v8));
		return v8;
	case 2:
		memcpy(&v16, at, sizeof(v16));
		return v16;
	case 4:
		memcpy(&v32, at, sizeof(v32));
		return v32;
	default:
		memcpy(&v64, at, sizeof(v64));
		return v64;
	}
}

static uint64_t
unsigned_at(const unsigned char *at, uint32_t size)
{
	uint16_t v16;
	uint32_t v32;
	uint64_t v64;

	switch (size) {
	case 1:
		return *at;
	case 2:
		memcpy(&v16, at, sizeof(v16));
		return v16;
	case 4:
		memcpy(&v32, at, sizeof(v32));
		return v32;
	default:
		memcpy(&v64, at, sizeof(v64));
		return v64;
	}
}

static double
float_at(const unsigned char *at, uint32_t size)
{
	float single;
	double wide;

	if (size == sizeof(single)) {
		memcpy(&single, at, sizeof(single));
		return (double)single;
	}
	memcpy(&wide, at, sizeof(wide));
	return wide;
}

static const char *
read_float(double given, int64_t *out)
{
	if (isnan(given)) {
		*out = KPI_UNKNOWN;
		return NULL;
	}
	if (!(given > -TWO_TO_63 && given < TWO_TO_63))
		return "does not fit 64 bits";
	*out = (int64_t)given;
	return (double)*out == given ? NULL : "is not whole";
}

static const char *
read_signed(int64_t given, int64_t *out)
{
	*out = given;
	return given == KPI_UNKNOWN ? "is outside its range" : NULL;
}

static const char *
read_time(int64_t given, const kpi__arrow_type *type, int64_t *out)
{
	if (given % type->parts != 0)
		return "is no whole number of milliseconds";
	if (given / type->parts > INT64_MAX / type->times ||
	    given / type->parts < -INT64_MAX / type->times)
		return "does not fit 64 bits of milliseconds";
	*out = given / type->parts * type->times;
	return NULL;
}

static const char *
read_one(const kpi__arrow_part *part, int64_t place, int64_t *out)
{
	const kpi__arrow_type *type = &part->type;
	const unsigned char *values = part->array->buffers[1];
	const unsigned char *at = values + (size_t)place * type->size;
	uint64_t wide;

	switch (type->kind) {
	case KPI__ARROW_BOOL:
		*out = values[place >> 3] >> (place & 7) & 1;
		return NULL;
	case KPI__ARROW_UNSIGNED:
		wide = unsigned_at(at, type->size);
		*out = (int64_t)wide;
		return wide > INT64_MAX ? "does not fit 63 bits" : NULL;
	case KPI__ARROW_FLOAT:
		return read_float(float_at(at, type->size), out);
	case KPI__ARROW_SIGNED:
		return read_signed(signed_at(at, type->size), out);
	default:
		return read_time(signed_at(at, type->size), type, out);
	}
}

/* What is beyond int64_t is not shown. */
static void
show(const kpi__arrow_part *part, int64_t place, char value[KPI__DOUBLE_TEXT])
{
	const kpi__arrow_type *type = &part->type;
	const unsigned char *at =
	    (const unsigned char *)part->array->buffers[1] +
	    (size_t)place * type->size;

	*value = '\0';
	if (type->kind == KPI__ARROW_FLOAT)
		(void)kpi__format_double(value, float_at(at, type->size));
	else if (type->kind != KPI__ARROW_UNSIGNED)
		(void)kpi__format_int64(value, signed_at(at, type->size));
}

int
kpi__arrow_numbers(const kpi__arrow_part *part, int64_t begin, uint32_t count,
    int64_t *out, kpi__arrow_fault *fault)
{
	for (uint32_t i = 0; i < count; i++) {
		const int64_t at = begin + i;

		out[i] = KPI_UNKNOWN;
		if (kpi__arrow_part_is_null(part, at))
			continue;
		fault->text = read_one(part, part->first + at, &out[i]);
		if (fault->text == NULL)
			continue;
		fault->at = at;
		show(part, part->first + at, fault->value);
		return 0;
	}
	return 1;
}
