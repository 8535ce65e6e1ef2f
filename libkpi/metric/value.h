/* SPDX-License-Identifier: MIT */
/* value.h - a parameter's value as text and back. */
#ifndef KPI_METRIC_VALUE_H
#define KPI_METRIC_VALUE_H

#include "base/buffer.h"
#include "metric/parameter.h"

/*
 * Reads the `size` bytes of a value: "20s", "0.95", "answered,abandoned".
 * KPI_EPARSE: not understood; KPI_EINVAL: out of range. *out is unchanged
 * then, and the error says what was expected.
 */
kpi_status kpi__value_parse(int64_t *out, const kpi__parameter_info *p,
    const char *text, size_t size, kpi_error *error) KPI_MUST_CHECK;

/* Writes the value in its one form. */
void kpi__value_print(
    kpi__buffer *b, const kpi__parameter_info *p, int64_t value);

/* What is written, to a caller's `text` of `room` bytes, with a NUL; *size is
 * its full length, unless NULL. */
void kpi__value_hand_out(
    const kpi__buffer *b, char *text, uint64_t room, uint64_t *size);

#endif
