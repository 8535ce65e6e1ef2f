/* SPDX-License-Identifier: MIT */
/*
 * select.h - which units of a batch a stream has, and in which groups.
 */
#ifndef KPI_QUERY_SELECT_H
#define KPI_QUERY_SELECT_H

#include "query/declare.h"
#include "query/group.h"

/* A filter's values as the codes of this snapshot: 1 where it is kept. */
typedef struct kpi__code_filter {
	kpi_by by;
	uint8_t *keep;
	size_t codes;
	uint32_t only; /* the one that is kept; 0: unknown is, or several are */
} kpi__code_filter;

typedef struct kpi__selector {
	const kpi_allocator *allocator;
	const kpi_query *query;
	kpi__code_filter *filters;
	size_t filter_count;
} kpi__selector;

/*
 * A batch's units of a stream. Without `unit` there is an entry for every unit
 * of the space, in order; else entry i is of unit[i] and has share[i] parts
 * of it.
 */
typedef struct kpi__selection {
	uint32_t count;
	const uint32_t *slot; /* 0: not selected; NULL: all in `only` that
	                         `keep` keeps */
	uint32_t only;
	const uint8_t *keep;  /* NULL: all */
	const uint32_t *unit;
	const int32_t *share;
} kpi__selection;

kpi_status kpi__selector_init(kpi__selector *s, const kpi__snapshot *snapshot,
    const kpi_query *query, kpi_error *error) KPI_MUST_CHECK;
void kpi__selector_free(kpi__selector *s);

/* Non-zero if nothing in the part can be selected. */
int kpi__selector_skips(const kpi__selector *s, const kpi__stream *stream,
    const kpi__part *part);

/* The slot of an entry without regard to `keep`. */
static inline uint32_t
kpi__selection_slot(const kpi__selection *s, uint32_t entry)
{
	return s->slot == NULL ? s->only : s->slot[entry];
}

void kpi__select(const kpi__selector *s, kpi__groups *groups,
    const kpi__stream *stream, kpi__batch *b, kpi__selection *out);

/*
 * The instants by which a stream's units stand in time; known for all. One
 * that the anchor does not give is that of the anchor before it.
 */
const int64_t *kpi__select_times(const kpi__stream *stream, kpi__batch *b);

/* 1 where the filters, the range and the stream keep a unit; NULL: all. */
const uint8_t *kpi__select_units(const kpi__selector *s,
    const kpi__stream *stream, kpi__batch *b);

/* Those keys of a stream's units whose queue has no calendar that the stream
 * asks for become KPI__KEY_NO_CALENDAR, but for what is no unit of it. */
void kpi__select_calendars(const kpi__stream *stream, kpi__batch *b,
    const uint8_t class_of[KPI__KEYS], uint8_t *key);

#endif
