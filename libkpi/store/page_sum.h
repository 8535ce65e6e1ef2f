/* SPDX-License-Identifier: MIT */
/*
 * page_sum.h - the sum of its place and content that ends every page.
 *
 * A page is what SQLite calls one: 512 to 65536 bytes, a power of two, the
 * last 8 of which SQLite leaves alone when the file's header says so.
 */
#ifndef KPI_STORE_PAGE_SUM_H
#define KPI_STORE_PAGE_SUM_H

#include <stddef.h>
#include <stdint.h>

#define KPI__PAGE_SUM_SIZE    8
#define KPI__PAGE_HEADER_SIZE 100 /* of the file, at the start of page 1 */

/* Writes the sum into the last 8 bytes. Pages are numbered from 1. */
void kpi__page_sum_put(unsigned char *page, size_t size, int64_t number);

/* Non-zero if the last 8 bytes are the sum of the others and of `number`. */
int kpi__page_sum_holds(const unsigned char *page, size_t size, int64_t number);

/* Non-zero if `size` is one that a page can have. */
int kpi__page_size_valid(int64_t size);

/*
 * The page size that the first 100 bytes of a file tell; 0 if they are not
 * those of an SQLite file whose pages have room for the sum.
 */
uint32_t kpi__page_size_told(const unsigned char *header);

/* Non-zero if the first 100 bytes are those of any SQLite file. */
int kpi__page_header_known(const unsigned char *header);

/* A big-endian number, as SQLite writes all that is its own. */
uint32_t kpi__page_get32(const unsigned char *p);

#endif
