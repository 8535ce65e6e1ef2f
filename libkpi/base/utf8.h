/* SPDX-License-Identifier: MIT */
/* utf8.h - texts as the library keeps them: UTF-8 without NUL. */
#ifndef KPI_BASE_UTF8_H
#define KPI_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/*
 * The length of the character at `text`, of which `size` bytes are there, 1 at
 * least. *whole 0: it is none, and the length is that of the longest beginning
 * of one, or 1.
 */
size_t kpi__utf8_measure(const char *text, size_t size, int *whole);

/*
 * The length in bytes of the character at `text`, of which `size` bytes are
 * there, and its code point in *code; 0, and *code unchanged, if it is none:
 * stray, cut off, overlong, a surrogate, past U+10FFFF, or if size is 0.
 */
size_t kpi__utf8_decode(const char *text, size_t size, uint32_t *code);

/* How many bytes, from the first on, are ASCII and not NUL: of most texts all.
 */
size_t kpi__utf8_ascii(const char *text, size_t size);

/* Non-zero if all `size` bytes are characters and none of them is NUL. */
int kpi__utf8_is_text(const char *text, size_t size);

#endif
