/* SPDX-License-Identifier: MIT */
/*
 * snapshot.h - what a query sees: an immutable, counted state of a store.
 *
 * A snapshot is a list of parts: sealed chunks first, then pieces of the
 * tail. A part holds whole interactions; interaction i has the rows
 * [first_row[i], first_row[i + 1]), at least one. All functions may be called
 * from several threads at once.
 */
#ifndef KPI_STORE_SNAPSHOT_H
#define KPI_STORE_SNAPSHOT_H

#include <kpi/store.h>

#include "store/column.h"
#include "store/range.h"

typedef struct kpi__snapshot kpi__snapshot;

typedef struct kpi__part {
	uint32_t interactions; /* at most 65,536, dead ones too */
	uint32_t rows;
	const uint32_t *first_row; /* NULL: every interaction has one row */
	const uint64_t *dead;      /* a bit an interaction; NULL: none is */
	int sorted;                /* by start */
	kpi__range range[KPI__RANGES]; /* of the living, or wider */
} kpi__part;

/*
 * The present committed state. Keeps store's insides alive until released,
 * also past kpi_store_close(). KPI_EFORK, KPI_EIO, KPI_ECORRUPT, KPI_EBUSY,
 * KPI_ENOMEM.
 */
kpi_status kpi__snapshot_take(
    kpi__snapshot **out, kpi_store *store, kpi_error *error) KPI_MUST_CHECK;
void kpi__snapshot_release(kpi__snapshot *snapshot); /* accepts NULL */

const kpi_allocator *kpi__snapshot_allocator(const kpi__snapshot *snapshot);

/* How much memory a query may take for what grows with its rows: the store's
 * budget, and not less than 1 MiB. */
size_t kpi__snapshot_memory(const kpi__snapshot *snapshot);

/* How many threads are to answer a question about so many interactions. */
uint32_t kpi__snapshot_threads(
    const kpi__snapshot *snapshot, uint64_t interactions);

uint32_t kpi__snapshot_parts(const kpi__snapshot *snapshot);
const kpi__part *kpi__snapshot_part(
    const kpi__snapshot *snapshot, uint32_t part);

/* Over the living interactions, exactly: earliest start, and the latest of
 * start, entry, answer, end, wrap, resolved, reopened, survey answer and first
 * response, + 1 ms (METRICS: known time). KPI_UNKNOWN: there are none. */
kpi_status kpi__snapshot_known(const kpi__snapshot *snapshot,
    int64_t *known_from, int64_t *as_of, kpi_error *error) KPI_MUST_CHECK;

/*
 * A field (KPI_FIELD_, not the id) of a part, decoded, with patches applied:
 * `interactions` values of a field of the whole, `rows` of a visit's. Pinned
 * until kpi__snapshot_unpin(). KPI_ECORRUPT, KPI_EIO, KPI_ENOMEM.
 */
kpi_status kpi__snapshot_pin(const kpi__snapshot *snapshot, uint32_t part,
    int32_t field, const kpi__column **out, kpi_error *error) KPI_MUST_CHECK;
/* The same where values [from, until) alone are read: others may be anything.
 */
kpi_status kpi__snapshot_pin_values(const kpi__snapshot *snapshot,
    uint32_t part, int32_t field, uint32_t from, uint32_t until,
    const kpi__column **out, kpi_error *error) KPI_MUST_CHECK;
void kpi__snapshot_unpin(const kpi__snapshot *snapshot, uint32_t part,
    int32_t field, const kpi__column *column);

/* Codes of a text field (not the id): every code is below this; at least 1. */
uint32_t kpi__snapshot_codes(const kpi__snapshot *snapshot, int32_t field);

/* The text of a code, living as long as the snapshot; NULL for code 0, and
 * "(erased)" for all customers who are. */
kpi_status kpi__snapshot_text(const kpi__snapshot *snapshot, int32_t field,
    uint32_t code, const char **out, kpi_error *error) KPI_MUST_CHECK;

/* The code of a text; 0 if the store never saw it. */
kpi_status kpi__snapshot_code(const kpi__snapshot *snapshot, int32_t field,
    const char *text, uint32_t *out, kpi_error *error) KPI_MUST_CHECK;

/* The id of an interaction into `out`; *known 0 and "" if it has none. */
kpi_status kpi__snapshot_id(const kpi__snapshot *snapshot, uint32_t part,
    uint32_t interaction, char out[KPI_TEXT_MAX + 1], int *known,
    kpi_error *error) KPI_MUST_CHECK;

/* An interaction as a record that lives on its own. */
kpi_status kpi__snapshot_record(const kpi__snapshot *snapshot, uint32_t part,
    uint32_t interaction, kpi_record **out, kpi_error *error) KPI_MUST_CHECK;

#endif
