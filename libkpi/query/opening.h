/* SPDX-License-Identifier: MIT */
/*
 * opening.h - what a scan adds up, unit by unit: the same streams, keys,
 * classes and values, of one definition and of all that is selected as one
 * group.
 */
#ifndef KPI_QUERY_OPENING_H
#define KPI_QUERY_OPENING_H

#include "query/declare.h"
#include "query/select.h"

/* Streams that are opened together. */
#define KPI__OPENED_STREAMS 2

/* A unit and what it adds, in parts. */
typedef struct kpi__opened {
	int64_t start;      /* of its interaction */
	uint32_t ordinal;   /* likewise */
	uint32_t row;       /* of its rows, from 1; 0: the whole */
	int64_t value;      /* of a class that has one, else KPI_UNKNOWN */
	int64_t numerator, denominator, excluded;
	uint8_t left_out;   /* enum kpi__sum that `excluded` is of; 255: none */
	uint8_t represented; /* another one counts for it */
	uint8_t class;      /* of the first stream that has it */
	uint8_t reserved[5];
} kpi__opened;

#define KPI__NOT_LEFT_OUT 255

/* Who counts of a customer or agent. */
typedef struct kpi__representative {
	int64_t at, then; /* what puts one before another, greatest first */
	int64_t start;
	uint32_t ordinal, row; /* UINT32_MAX: nobody yet */
} kpi__representative;

/* What a part of a unit of a class adds, values apart. */
typedef struct kpi__addition {
	int64_t numerator, denominator, excluded;
	uint8_t left_out; /* as in kpi__opened */
	uint8_t reserved[7];
} kpi__addition;

typedef struct kpi__opening {
	const kpi__snapshot *snapshot;
	const kpi_query *query;
	const kpi__declared *declared; /* KPI__OPENED_STREAMS */
	const uint32_t *ordinals;
	int64_t as_of;
	kpi__selector selector; /* of what is in the numerator, or left out */
	kpi__selector whole;    /* of a mix, and of what is in the denominator
	                           or left out */
	int is_mix;
	kpi__addition adds[KPI__OPENED_STREAMS][KPI__CLASS_LIMIT];
	kpi__representative *who[KPI__OPENED_STREAMS]; /* by code; NULL: each
	                                                  counts */
	uint32_t codes[KPI__OPENED_STREAMS];
	kpi__opened *units; /* of a batch */
	uint32_t *at;       /* the place of a unit of a batch in it, + 1 */
	size_t count, room, at_room;
} kpi__opening;

/* Which starts and ordinals are looked at, all inclusive. */
typedef struct kpi__window {
	int64_t first_start, last_start;
	uint32_t first_ordinal, last_ordinal;
} kpi__window;

/*
 * Prepares to open the streams of `declared` that have a keyer, whose walks
 * have been made. `whole` is of a mix the query of its whole, else NULL. All
 * must live as long; to be freed after a failure too.
 */
kpi_status kpi__opening_init(kpi__opening *o, const kpi__snapshot *snapshot,
    const kpi_query *query, const kpi_query *whole,
    const kpi__declared *declared, const uint32_t *ordinals, int64_t as_of,
    kpi_error *error) KPI_MUST_CHECK;
void kpi__opening_free(kpi__opening *o);

/* The calendars that its streams ask for; NULL: none. */
const kpi__business *kpi__opening_business(const kpi__opening *o);

/* Takes the units of some interactions, in the order of ordinals; may change
 * them. */
typedef kpi_status (*kpi__opened_taker)(
    void *ctx, kpi__opened *units, size_t count, kpi_error *error);

/* Opens all that lies in a window. What take() returns ends it. KPI_ESTOPPED,
 * KPI_EOVERFLOW, KPI_ECORRUPT, KPI_EIO, KPI_ENOMEM. */
kpi_status kpi__opening_run(kpi__opening *o, const kpi__window *window,
    kpi__opened_taker take, void *ctx, kpi_error *error) KPI_MUST_CHECK;

/* What a batch has of a stream's units. */
typedef struct kpi__seen {
	const kpi__declared *declared;
	kpi__batch *batch;
	int space;
	const uint8_t *key;
	const uint8_t *keep, *whole_keep; /* NULL: all */
	const int32_t *parts, *whole_parts; /* NULL: 1 of each that is kept */
	const int64_t *value;  /* NULL: there are none */
	const uint32_t *code;  /* of whom it is, where one counts for all */
	const int64_t *start;
} kpi__seen;

void kpi__opening_see(const kpi__opening *o, kpi__batch *b, uint32_t stream,
    kpi__seen *seen);

/* Where a unit stands among the interactions, and among its rows. */
static inline uint32_t
kpi__seen_ordinal(const kpi__seen *s, const uint32_t *ordinals, uint32_t unit)
{
	return ordinals[s->batch->number] +
	    kpi__batch_place(s->batch, s->space, unit);
}

static inline uint32_t
kpi__seen_row(const kpi__seen *s, uint32_t unit)
{
	const kpi__batch *b = s->batch;

	if (s->declared->stream.unit == KPI__INTERACTION)
		return 0;
	return b->row_of == NULL ? 1 : unit - b->row_of[b->whole_of[unit]] + 1;
}

/* Its parts in the denominator or among those left out; 0: not selected. */
static inline int64_t
kpi__seen_parts(const kpi__seen *s, uint32_t unit)
{
	if (s->whole_keep != NULL && !s->whole_keep[unit])
		return 0;
	return s->whole_parts == NULL ? 1 : s->whole_parts[unit];
}

/* Whether one unit of a customer or agent counts for all. */
int kpi__has_representatives(const kpi__declared *d);

/* Finds who counts, where kpi__has_representatives(), for a stream whose room
 * has been made; a pass over all. */
kpi_status kpi__representatives_find(
    kpi__opening *o, uint32_t stream, kpi_error *error) KPI_MUST_CHECK;

/* Whether it is the one that counts; one of nobody knows whom counts alone,
 * unless it is different ones that are counted. */
int kpi__represents(const kpi__opening *o, uint32_t stream,
    const kpi__seen *s, uint32_t unit);

#endif
