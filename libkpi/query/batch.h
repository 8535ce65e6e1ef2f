/* SPDX-License-Identifier: MIT */
/*
 * batch.h - some interactions of a part that stand together, and what is
 * known of them, each thing as one vector.
 *
 * Vectors are made when first asked for and shared by all that ask. They
 * stand in the space of the rows (one value a visit or leg) or of the wholes
 * (one an interaction); in a part of one row an interaction the two are one.
 * A vector lives until the next batch.
 *
 * A column that cannot be read makes its vector unknown and sets `status`,
 * which the scan looks at after every batch: nothing is answered from it.
 */
#ifndef KPI_QUERY_BATCH_H
#define KPI_QUERY_BATCH_H

#include <kpi/query.h>

#include "query/terms.h"
#include "store/field.h"
#include "store/snapshot.h"

#define KPI__BATCH_ROWS 2048

enum kpi__space { KPI__ROW_SPACE, KPI__WHOLE_SPACE };

/* Anything that is small and unknown, in a vector of bytes. */
#define KPI__BYTE_UNKNOWN 255

/* What the legs of a unit say of its handling. */
enum kpi__handling {
	KPI__NOT_HANDLED,    /* no answered row */
	KPI__HANDLED,
	KPI__STILL_HANDLED,  /* in progress */
	KPI__HANDLE_UNKNOWN
};

/* What the legs of a unit say of transfers of some kinds. */
enum kpi__transfer_state {
	KPI__UNANSWERED,
	KPI__ANSWER_UNKNOWN,
	KPI__KEPT,
	KPI__TRANSFERRED,
	KPI__TRANSFERRED_AT_LEAST, /* of other legs it is not known */
	KPI__TRANSFER_UNKNOWN,     /* of some, and the others kept it */
	KPI__TRANSFER_STATES
};

/* Beside kinds of transfer, bit KPI_TRANSFER_: */
enum kpi__transfer_bit {
	KPI__TO_HIGHER_TIER = 1 << 7, /* only those; or the whole's mark */
	KPI__MARK_ALONE = 1 << 8 /* which tells, too, where nobody answered */
};

/* What a vector is, in its key. */
enum kpi__memo_of {
	KPI__MEMO_INTEGERS, /* by field, as the next four */
	KPI__MEMO_BYTES,
	KPI__MEMO_SHORTS,
	KPI__MEMO_CODES, /* and by credit */
	KPI__MEMO_MEASURES,
	KPI__MEMO_OUTCOMES,
	KPI__MEMO_DIRECT,
	KPI__MEMO_VISITS,
	KPI__MEMO_SPEECH,
	KPI__MEMO_INSTANTS, /* by anchor */
	KPI__MEMO_TIMES,    /* by anchor, survey and threshold */
	KPI__MEMO_WAITS,    /* by parts, as the next three */
	KPI__MEMO_WAITING,
	KPI__MEMO_HANDLES,
	KPI__MEMO_SHORT_HANDLES,
	KPI__MEMO_HANDLING,
	KPI__MEMO_MEASURED, /* by what it is, as the next */
	KPI__MEMO_SHORT_MEASURED,
	KPI__MEMO_REPLIES,
	KPI__MEMO_TRANSFERS, /* by kinds, as the next */
	KPI__MEMO_TRANSFER_STATES,
	KPI__MEMO_CLOSED,
	KPI__MEMO_CLOSED_STATES,
	KPI__MEMO_SHARES,
	KPI__MEMO_KEYS, /* by keyer */
	KPI__MEMO_CALENDAR_KEYS, /* by counter */
	KPI__MEMO_AGES,
	KPI__MEMO_STAMPS,
	KPI__MEMO_GATHERED /* by field */
};

typedef struct kpi__memo {
	uint64_t key;
	const void *vector;
} kpi__memo;

typedef struct kpi__batch {
	const kpi__snapshot *snapshot;
	const kpi_allocator *allocator;
	const kpi__part *part;
	uint32_t number;            /* of the part */
	uint32_t begin, end;        /* interactions that may be looked at */
	uint32_t next;              /* of them, that is to come */
	uint32_t first, wholes;     /* interactions of the part */
	uint32_t first_row, rows;   /* rows of the part */
	const uint32_t *picked;     /* places of the wholes in the part; NULL:
	                               from `first` on */
	uint32_t *picked_row;       /* and of the rows; when both are there */
	const uint32_t *row_of;     /* wholes + 1 places in the rows, from 0;
	                               NULL: one row each */
	uint32_t *whole_of;         /* of each row; when row_of is there */
	int64_t as_of;
	const struct kpi__business *business; /* of who asks for it; or NULL */
	kpi_status status;
	kpi_error error;            /* of `status` */
	const kpi__column *column[KPI__FIELDS + 1];
	unsigned char *arena;
	size_t arena_size, arena_used;
	kpi__memo *memo;
	uint32_t memo_count, memo_room;
	uint32_t *offsets;          /* where row_of points */
	size_t offsets_room, whole_of_room, picked_row_room;
	uint32_t widest;            /* rows that the arena was made for */
} kpi__batch;

/* `vectors`: at most so many different vectors will be asked for. */
kpi_status kpi__batch_init(kpi__batch *b, const kpi__snapshot *snapshot,
    int64_t as_of, uint32_t vectors, kpi_error *error) KPI_MUST_CHECK;
void kpi__batch_free(kpi__batch *b);

/* Goes to a part, before its first batch. The caller may bring `begin`, where
 * `next` then is, and `end` closer together. */
void kpi__batch_part(kpi__batch *b, uint32_t part);

/* The next batch of the part: 0 at its end. KPI_ENOMEM in `status`. */
int kpi__batch_next(kpi__batch *b);

/*
 * The next one has these interactions alone, at least one, in the order of
 * their places, which live as long as it; the one after it begins at `next`.
 * 0 on failure, as above.
 */
int kpi__batch_pick(kpi__batch *b, const uint32_t *picked, uint32_t wholes,
    uint32_t next);

/* A field of the part, from `begin` to `end`. */
const kpi__column *kpi__batch_column(kpi__batch *b, int32_t field);

/* The place in the part of a unit's interaction. */
static inline uint32_t
kpi__batch_place(const kpi__batch *b, int space, uint32_t unit)
{
	const uint32_t whole = space == KPI__ROW_SPACE && b->row_of != NULL
	    ? b->whole_of[unit]
	    : unit;

	return b->picked == NULL ? b->first + whole : b->picked[whole];
}

/* How many units a space has. */
static inline uint32_t
kpi__batch_count(const kpi__batch *b, int space)
{
	return space == KPI__ROW_SPACE ? b->rows : b->wholes;
}

/* Whether no value of the field is known in this part. */
int kpi__batch_unknown(kpi__batch *b, int32_t field);

/* An integer field. One of the rows has no vector in the whole space. */
const int64_t *kpi__batch_integers(kpi__batch *b, int32_t field, int space);

/* A field of small numbers: 0 to 254, or KPI__BYTE_UNKNOWN. */
const uint8_t *kpi__batch_bytes(kpi__batch *b, int32_t field, int space);

/*
 * The codes of a dimension, 0 for unknown; a direction's are its numbers.
 * A row has an agent only if answered. Of a whole: its first visit's queue,
 * the agent and team of the leg that
 * `credit` (KPI__CREDIT_LAST or _FIRST) names.
 */
const uint32_t *kpi__batch_codes(
    kpi__batch *b, kpi_by by, int credit, int space);

/* KPI_OUTCOME_, 0 for unknown. A whole is answered if any row is, else its
 * outcome is its last row's. */
const uint8_t *kpi__batch_outcomes(kpi__batch *b, int space);

/*
 * 1 for each row that entered a queue: no direct transfer, not turned away,
 * left before the queue, or self-served. Of an interaction without any, each
 * row that is no direct transfer. Only where interactions have several rows.
 */
const uint8_t *kpi__batch_visits(kpi__batch *b);

/*
 * The wait, by parts (KPI__PART_): a row's own, as long as it waits until
 * as_of; a whole's is the sum up to and including its first answered visit.
 */
const int64_t *kpi__batch_waits(kpi__batch *b, int64_t parts, int space);

/*
 * Where units stand in time, by enum kpi__anchor: a row's own entry, answer
 * (or leaving), end, wrap; a whole's first, first, last, last. KPI_UNKNOWN
 * where it is not known. Not KPI__ANCHOR_OWN_EVENT.
 */
const int64_t *kpi__batch_instants(kpi__batch *b, int anchor, int space);

/*
 * When each row's agent began to speak, as far as rows are to be put in order
 * by it: the answer, else the entry (a direct transfer has no wait), else as
 * the row before.
 */
const int64_t *kpi__batch_speech(kpi__batch *b);

/* Whether it has been handled: enum kpi__handling. */
const uint8_t *kpi__batch_handling(kpi__batch *b, int space);

/* The handle time by parts, the sum over its legs; a part that is not known
 * adds 0. */
const int64_t *kpi__batch_handles(kpi__batch *b, int64_t parts, int space);

/*
 * enum kpi__transfer_state for kinds of transfer (bit KPI_TRANSFER_, enum
 * kpi__transfer_bit). To a higher tier is what the next answered row has; that
 * the whole was escalated may be known, and not by whom.
 */
const uint8_t *kpi__batch_transfer_states(
    kpi__batch *b, int64_t kinds, int space);

/* How many transfers of these kinds are known. */
const int64_t *kpi__batch_transfers(kpi__batch *b, int64_t kinds, int space);

/*
 * Waits and handle times where every value is short (kernel.h) and stands alone; NULL where
 * one is not, and then the functions above are to be asked.
 */
const uint32_t *kpi__batch_short_waits(
    kpi__batch *b, int64_t parts, int space);
const uint32_t *kpi__batch_short_handles(
    kpi__batch *b, int64_t parts, int space);

/* A visit's field, in the space of the rows; NULL as above. */
const uint32_t *kpi__batch_shorts(kpi__batch *b, int32_t field);

/* 1 for each row that is a direct transfer, not a visit; NULL: none is. */
const uint8_t *kpi__batch_direct(kpi__batch *b);

/* Room in the arena, aligned; never NULL. */
void *kpi__batch_room(kpi__batch *b, size_t size);

/* The vector made before for `key`, or NULL. */
const void *kpi__batch_recall(const kpi__batch *b, uint64_t key);
void kpi__batch_remember(kpi__batch *b, uint64_t key, const void *vector);

/* A key of a vector: what it is, of which parameter (below 2^55), in which
 * space. */
static inline uint64_t
kpi__batch_key(
    const kpi__batch *b, enum kpi__memo_of what, uint64_t parameter, int space)
{
	return (uint64_t)what << 56 | parameter << 1 |
	    (uint64_t)(b->row_of != NULL && space == KPI__WHOLE_SPACE);
}

#endif
