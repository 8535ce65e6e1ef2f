/* SPDX-License-Identifier: MIT */
/*
 * field.h - the table of fields: what an interaction and its visits consist
 * of. Validation, columns, the file and the catalogue are driven by it.
 */
#ifndef KPI_STORE_FIELD_H
#define KPI_STORE_FIELD_H

#include <kpi/catalogue.h>
#include <kpi/interaction.h>

enum kpi__field_type {
	KPI__TYPE_INSTANT,
	KPI__TYPE_DURATION,
	KPI__TYPE_COUNT,
	KPI__TYPE_FLAG,
	KPI__TYPE_MARK,
	KPI__TYPE_MONEY,
	KPI__TYPE_CODE,
	KPI__TYPE_TEXT
};

typedef struct kpi__field {
	int32_t number;    /* KPI_FIELD_ */
	uint8_t type;      /* KPI__TYPE_ */
	uint8_t of_visit;  /* 0: of the whole interaction */
	uint8_t since;     /* version of the file that brought it */
	int8_t dictionary; /* its dictionary, from 0; -1: not kept as codes */
	uint32_t offset;   /* in kpi_visit or kpi_interaction */
	int64_t least, greatest; /* of integers, inclusive */
	const char *name;
	const char *unit;
	const char *values; /* what it may be, in words */
	const char *sentence;
} kpi__field;

#define KPI__DURATION_MAX_MS INT64_C(3155760000000) /* a century */

#define KPI__FIELDS       48 /* numbers 1 to 48, in the order of the table */
#define KPI__WHOLE_FIELDS 35 /* the first so many are of the interaction */
#define KPI__DICTIONARIES 12

extern const kpi__field kpi__fields[KPI__FIELDS];

/* Field `i` of the table, from 0; its number is i + 1. NULL past the end. */
static inline const kpi__field *
kpi__field_at(uint32_t i)
{
	return i < KPI__FIELDS ? &kpi__fields[i] : NULL;
}

/* NULL if there is no such field. */
static inline const kpi__field *
kpi__field_find(int32_t number)
{
	return number < 1 || number > KPI__FIELDS ? NULL
						  : &kpi__fields[number - 1];
}

/* What a field is when nothing is known of it. */
static inline int64_t
kpi__field_blank(const kpi__field *field)
{
	return field->type == KPI__TYPE_TEXT ? 0 : KPI_UNKNOWN;
}

/* Whether a value is known. */
static inline int
kpi__field_is_known(const kpi__field *field, int64_t value)
{
	return value != kpi__field_blank(field);
}

/* Of dictionary `i`, below KPI__DICTIONARIES. */
const kpi__field *kpi__field_of_dictionary(uint32_t i);

/* Whether it is one that a record may have, years 1 to 9999. */
int kpi__field_is_instant(int64_t at);

/* "instant", "duration", ... */
const char *kpi__field_kind(const kpi__field *field);

#endif
