/* SPDX-License-Identifier: MIT */
/* fingerprint.h - a text in short: 64-bit FNV-1a, as <kpi/definition.h> says.
 */
#ifndef KPI_BASE_FINGERPRINT_H
#define KPI_BASE_FINGERPRINT_H

#include <kpi/definition.h>

/* Of the text's bytes without the NUL, as hexadecimal digits and a NUL. */
void kpi__fingerprint(char out[KPI_FINGERPRINT_TEXT], const char *text);

#endif
