/* SPDX-License-Identifier: MIT */
/* csv_name.h - which field a column is by its name. */
#ifndef KPI_INGEST_CSV_NAME_H
#define KPI_INGEST_CSV_NAME_H

#include "ingest/csv_form.h"

#define KPI__CSV_NAME 64

/*
 * A name without what people write differently: ASCII letters in lower case,
 * digits and bytes that are no ASCII; NUL-terminated, cut where long. Returns
 * the length.
 */
size_t kpi__csv_plain(char out[KPI__CSV_NAME], const char *text, size_t size);

/*
 * The field of a header's name: the field's own name, one that is usual for
 * it, or one of these with a unit behind it, as in "Talk time (s)", which
 * *form then has. *is_own: it is the field's own name. NULL: none.
 */
const kpi__field *kpi__csv_field_named(
    const char *text, size_t size, kpi__csv_form *form, int *is_own);

/* A field by its name as the catalogue has it, NULL if there is none. */
const kpi__field *kpi__csv_field(const char *name, size_t size);

#endif
