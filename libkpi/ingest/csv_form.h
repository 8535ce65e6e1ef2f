/* SPDX-License-Identifier: MIT */
/*
 * csv_form.h - how a column writes what it says: the unit of a number, the
 * pattern of a time; what stands behind the colon of "Column=field:form".
 */
#ifndef KPI_INGEST_CSV_FORM_H
#define KPI_INGEST_CSV_FORM_H

#include "store/field.h"

enum kpi__csv_form_kind {
	KPI__CSV_OWN,    /* what needs no telling */
	KPI__CSV_SCALED, /* numbers, in `scale` of the store's unit */
	KPI__CSV_M_SS,   /* durations */
	KPI__CSV_H_MM,
	KPI__CSV_PATTERN /* times */
};

typedef struct kpi__csv_form {
	int32_t kind;
	int64_t scale;
	const char *pattern; /* the caller's */
} kpi__csv_form;

/* What a field has where nothing is said. */
kpi__csv_form kpi__csv_form_of(const kpi__field *field);

/* Reads a form; "" is the field's own. KPI_EINVAL says which there are. */
kpi_status kpi__csv_form_read(kpi__csv_form *out, const kpi__field *field,
    const char *text, kpi_error *error) KPI_MUST_CHECK;

#endif
