/* SPDX-License-Identifier: MIT */
/* rounded.h - numbers for people: "81.1 %", "12.3 s", "3:05". */
#ifndef KPI_RESULT_ROUNDED_H
#define KPI_RESULT_ROUNDED_H

#include "base/buffer.h"

/* A value in its unit (KPI_UNIT_). */
void kpi__put_value(kpi__buffer *b, double x, int32_t unit);

/* From one to the other, the unit once: "78.7–83.4 %". */
void kpi__put_span(kpi__buffer *b, double lower, double upper, int32_t unit);

/* A sum that is in parts, in units: with a decimal where it is not whole. */
void kpi__put_whole(kpi__buffer *b, int64_t sum, int64_t parts);

#endif
