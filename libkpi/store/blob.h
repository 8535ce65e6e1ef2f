/* SPDX-License-Identifier: MIT */
/*
 * blob.h - pieces of chunks as bytes in a file.
 *
 * A blob begins with what it is: 'K', relation (1: interactions; 2: runs),
 * piece, encoding; values (32 bits); chunk, or the key of a run's piece;
 * generation (64 bits each); width, whether all ones are the unknown, 6 bytes
 * of zero; base (64 bits). Numbers are little-endian. Encodings: 1, a pack
 * (store/pack.h) of what is added to the base, where 0 is the unknown and all
 * else one more if there is one; none of width 0; 2, ids: their sizes in
 * `width` bytes each, then their bytes; 3, words of a run: a pack of their
 * hashes, and one of their places; 4, ids of one form (store/id_form.h).
 */
#ifndef KPI_STORE_BLOB_H
#define KPI_STORE_BLOB_H

#include "base/buffer.h"
#include "store/chunk.h"

/* The piece that says how many rows each interaction has. */
#define KPI__ITEM_ROWS 0

/* Appends a piece of `chunk` to `out`, whose status tells of failure. */
void kpi__blob_encode(
    kpi__buffer *out, const kpi__chunk *chunk, const kpi__item *item);

/*
 * The piece `number` of `chunk`. KPI_ECORRUPT names the chunk and the piece:
 * it is another one, cut, too long, or has values that cannot be.
 */
kpi_status kpi__blob_decode(kpi__item **out, const kpi__chunk *chunk,
    uint32_t number, const void *bytes, size_t size,
    kpi_error *error) KPI_MUST_CHECK;

/* The same of a column of which values [from, until) alone are asked: there
 * may be more of them, and nothing is known of others. */
kpi_status kpi__blob_decode_values(kpi__item **out, const kpi__chunk *chunk,
    uint32_t number, uint32_t from, uint32_t until, const void *bytes,
    size_t size, kpi_error *error) KPI_MUST_CHECK;

/* A piece of a run; sorted words take least. KPI_ECORRUPT, KPI_ENOMEM. */
void kpi__blob_put_words(
    kpi__buffer *out, uint64_t key, const uint64_t *words, uint32_t count);
kpi_status kpi__blob_words(kpi__item **out, const kpi_allocator *allocator,
    uint64_t key, const void *bytes, size_t size,
    kpi_error *error) KPI_MUST_CHECK;

#endif
