/* SPDX-License-Identifier: MIT */
/* save_run.h - writing sorted hashes, and merging those that there are. */
#ifndef KPI_STORE_SAVE_RUN_H
#define KPI_STORE_SAVE_RUN_H

#include "store/run.h"
#include "store/save.h"

/* The words of a new unit, as those of a run of its own. */
typedef const uint64_t *(*kpi__unit_words)(
    void *ctx, uint32_t unit, uint32_t *count);

/* Makes the runs of `after` units out of those of `before` and the words of
 * the units since. */
kpi_status kpi__save_runs(kpi__save *save, uint32_t relation, uint32_t before,
    uint32_t after, kpi__unit_words words, void *ctx,
    kpi_error *error) KPI_MUST_CHECK;

/* Takes the word of a hash at `place` out of the runs of `units`. */
kpi_status kpi__save_run_without(kpi__save *save, uint32_t relation,
    uint32_t units, uint64_t hash, uint64_t place,
    kpi_error *error) KPI_MUST_CHECK;

#endif
