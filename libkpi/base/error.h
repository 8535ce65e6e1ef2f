/* SPDX-License-Identifier: MIT */
/* error.h - filling in the caller's kpi_error. */
#ifndef KPI_BASE_ERROR_H
#define KPI_BASE_ERROR_H

#include <kpi/base.h>

#if defined(__GNUC__)
#define KPI__PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define KPI__PRINTF(text, first)
#endif

/*
 * Writes status and text, clears the rest, never past the caller's size, and
 * returns `status`, so that a failure is one line. `error` may be NULL.
 */
kpi_status kpi__fail(kpi_error *error, kpi_status status, const char *format,
    ...) KPI__PRINTF(3, 4);

/* The same, naming the field, parameter or word at fault. */
kpi_status kpi__fail_at(kpi_error *error, kpi_status status, const char *field,
    const char *format, ...) KPI__PRINTF(4, 5);

/* Writes the whole of `from`, never past the caller's size; returns its
 * status. `error` may be NULL. */
kpi_status kpi__fail_as(kpi_error *error, const kpi_error *from);

/* Adds the place in the input to an error that kpi__fail() wrote. */
void kpi__error_place(kpi_error *error, int64_t line, int64_t column);

/* Adds the system's code to an error that kpi__fail() wrote. */
void kpi__error_system(kpi_error *error, int32_t code);

#endif
