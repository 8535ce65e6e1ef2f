/* SPDX-License-Identifier: MIT */
/* fail.h - ends the benchmark with what was wrong. */
#ifndef BENCH_FAIL_H
#define BENCH_FAIL_H

#include <kpi.h>

_Noreturn void fail(const kpi_error *error);
_Noreturn void fail_because(const char *text);

#endif
