/* SPDX-License-Identifier: MIT */
/* suggestion.h - what an error says of a word that is none of the right ones.
 */
#ifndef KPI_BASE_SUGGESTION_H
#define KPI_BASE_SUGGESTION_H

#include <stddef.h>

#define KPI__QUOTE      44
#define KPI__SUGGESTION 144

/*
 * A word of a user's for an error's text: in quotes, cut where long, with ?
 * for what is no printable ASCII. Returns `out`.
 */
const char *kpi__quote(char out[KPI__QUOTE], const char *word, size_t size);

/*
 * The one of `count` names, given by name(ctx, i), that is nearest to the
 * word: `the nearest is "queued"`; or, if none is near, as many names as
 * there is room for: `expected is started, queued, ...`. Returns `out`.
 */
const char *kpi__suggest(char out[KPI__SUGGESTION], const char *word,
    size_t size, const char *(*name)(const void *ctx, size_t i),
    const void *ctx, size_t count);

#endif
