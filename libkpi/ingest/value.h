/* SPDX-License-Identifier: MIT */
/* value.h - whether what comes in is within the range of its field. */
#ifndef KPI_INGEST_VALUE_H
#define KPI_INGEST_VALUE_H

#include "store/draft.h"

/* KPI_EINVAL names the field and what was expected. */
kpi_status kpi__value_check(
    const kpi__field *field, int64_t value, kpi_error *error) KPI_MUST_CHECK;
kpi_status kpi__value_refuse(
    const kpi__field *field, kpi_error *error) KPI_MUST_CHECK;

/* The size of a text, 0 for NULL; KPI_EINVAL if it is too long. */
kpi_status kpi__value_measure(const kpi__field *field, const char *text,
    size_t *size, kpi_error *error) KPI_MUST_CHECK;

/* KPI_EINVAL if a text of that size is too long. */
kpi_status kpi__value_check_size(
    const kpi__field *field, size_t size, kpi_error *error) KPI_MUST_CHECK;

/* KPI_EINVAL if a measured text is not UTF-8. */
kpi_status kpi__value_check_text(const kpi__field *field, const char *text,
    size_t size, kpi_error *error) KPI_MUST_CHECK;

/* The code of a measured text, 0 for the unknown; one not seen before is
 * checked and added. */
kpi_status kpi__value_code(kpi_store *store, const kpi__field *field,
    const char *text, size_t size, uint32_t *code,
    kpi_error *error) KPI_MUST_CHECK;

/* What concerns two fields: marks within their scale, rings within waits. */
kpi_status kpi__value_check_marks(
    int64_t csat, int64_t scale, kpi_error *error) KPI_MUST_CHECK;
kpi_status kpi__value_check_effort(
    int64_t ces, int64_t version, kpi_error *error) KPI_MUST_CHECK;
kpi_status kpi__value_check_wait(
    int64_t wait, int64_t ring, kpi_error *error) KPI_MUST_CHECK;
kpi_status kpi__value_check_input(
    const kpi__input *in, kpi_error *error) KPI_MUST_CHECK;

#endif
