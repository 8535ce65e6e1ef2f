/* SPDX-License-Identifier: MIT */
/* text.h - bytes of a file as a text that a record takes. */
#ifndef KPI_INGEST_TEXT_H
#define KPI_INGEST_TEXT_H

#include <stddef.h>

#include <kpi/interaction.h>

/*
 * Copies `size` bytes into `out` and ends them in NUL. Bytes that are not
 * UTF-8 and NUL become U+FFFD, one for each longest beginning of a character;
 * what is longer than KPI_TEXT_MAX is cut between characters. Returns the
 * length; *replaced is 1 if a byte was replaced, else unchanged.
 */
size_t kpi__text_clean(
    char out[KPI_TEXT_MAX + 1], const char *bytes, size_t size, int *replaced);

#endif
