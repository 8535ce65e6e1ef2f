/* SPDX-License-Identifier: MIT */
/*
 * draft.h - how a store changes: every call that writes works on a snapshot
 * of its own, which takes the place of the one before, or is dropped.
 */
#ifndef KPI_STORE_DRAFT_H
#define KPI_STORE_DRAFT_H

#include "store/state.h"

/*
 * Begins a call that writes: takes the write lock and makes the draft. On
 * failure nothing is held. KPI_EFORK, KPI_EREADONLY, KPI_EBUSY, KPI_EIO,
 * KPI_ECORRUPT, KPI_ENOMEM, KPI_EINVAL without a store.
 */
kpi_status kpi__write_begin(
    kpi_store *store, kpi__snapshot **draft, kpi_error *error) KPI_MUST_CHECK;

/*
 * Ends it. With `status` KPI_OK the draft joins the batch that is open, or is
 * committed; else it is dropped, with the texts that it brought. Returns
 * `status` or what went wrong.
 */
kpi_status kpi__write_end(kpi_store *store, kpi__snapshot *draft,
    kpi_status status, kpi_error *error) KPI_MUST_CHECK;

/* Gives a code to a text that is not there (store/names.h), valid, not empty
 * and at most KPI_TEXT_MAX long. */
kpi_status kpi__draft_add_text(kpi_store *store, uint32_t dictionary,
    const char *text, size_t size, uint32_t *code,
    kpi_error *error) KPI_MUST_CHECK;

/* Appends an interaction whose id, if it has one, is new. */
kpi_status kpi__draft_append(kpi__snapshot *draft, const kpi__input *in,
    kpi_error *error) KPI_MUST_CHECK;

/* Takes over a finished chunk, on success. */
kpi_status kpi__draft_seal(
    kpi__snapshot *draft, kpi__chunk *chunk, kpi_error *error) KPI_MUST_CHECK;

/* Makes the filter of ids good for `more` of them; what it costs is worth it
 * where many are asked for. */
kpi_status kpi__draft_filter(
    kpi__snapshot *draft, uint64_t more, kpi_error *error) KPI_MUST_CHECK;

/* Removes an interaction; `in` is what it is. */
kpi_status kpi__draft_kill(kpi__snapshot *draft, const kpi__spot *spot,
    const kpi__input *in, kpi_error *error) KPI_MUST_CHECK;

/* Turns `old`, at `spot`, into `in`: in place if only late answers differ,
 * else by a new interaction that takes its place. `in` carries the id. */
kpi_status kpi__draft_change(kpi__snapshot *draft, const kpi__spot *spot,
    const kpi__input *old, const kpi__input *in, int visits_given,
    kpi_error *error) KPI_MUST_CHECK;

/* Makes chunks of the tail if it holds enough. Having no memory for it is no
 * failure: it is tried again later. */
kpi_status kpi__draft_settle(
    kpi__snapshot **draft, kpi_error *error) KPI_MUST_CHECK;

/*
 * Gets out of the file and its log what was erased. KPI_EBUSY: somebody reads
 * an older state. `erased`: just now; else KPI_ENOTFOUND unless there was
 * something that an earlier call of ours had to leave.
 */
kpi_status kpi__write_purge(
    kpi_store *store, int erased, kpi_error *error) KPI_MUST_CHECK;

/* Makes a snapshot the present one; takes over the reference. */
void kpi__store_publish(kpi_store *store, kpi__snapshot *next);

/* Takes back what was written behind `base`, the newest state that stays. */
void kpi__store_undo(kpi_store *store, const kpi__snapshot *base);

#endif
