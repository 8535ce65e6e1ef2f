/* SPDX-License-Identifier: MIT */
/*
 * store.h - the store: keeps interactions, in memory or in a file.
 *
 * A store may be used from several threads. One thread or process writes at a
 * time; readers do not wait for it nor for one another, and see what was
 * committed when their call began.
 */
#ifndef KPI_STORE_H
#define KPI_STORE_H

#include <kpi/base.h>
#include <kpi/interaction.h>
#include <kpi/query.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kpi_store kpi_store;

#define KPI_OPEN_READ_ONLY  1 /* writing calls are KPI_EREADONLY */
#define KPI_OPEN_MUST_EXIST 2 /* no file is KPI_ENOTFOUND, an empty one
                                 KPI_ECORRUPT; else it is made */
#define KPI_OPEN_MUST_CREATE 4 /* a file that is there is KPI_EEXISTS */

/* What to do with an id that the store has already. */
#define KPI_IF_EXISTS_REFUSE 0 /* KPI_EEXISTS, and nothing is added */
#define KPI_IF_EXISTS_UPDATE 1 /* as kpi_store_update() */

/* Zero means the default. */
typedef struct kpi_store_options {
	uint64_t size;
	uint64_t flags;        /* KPI_OPEN_ */
	uint64_t memory;       /* budget of decoded columns, bytes; 0: 256 MiB */
	int64_t busy_ms;       /* wait for another writer; 0: 5 s; -1: not at all */
	uint32_t permissions;  /* of a new file; 0: 0600 */
	int32_t if_exists;     /* KPI_IF_EXISTS_ */
	const kpi_allocator *allocator; /* copied; NULL: malloc and free */
	const void *reserved;  /* NULL */
} kpi_store_options;

/* clang-format off */
#define KPI_STORE_OPTIONS_INIT { sizeof(kpi_store_options), 0, 0, 0, 0, 0, 0, 0 }
/* clang-format on */

/*
 * Opens the store in the file `path`, or a new one in memory (NULL).
 * `options` may be NULL. KPI_ENOTFOUND, KPI_EEXISTS, KPI_ECORRUPT (also: not
 * a store), KPI_EVERSION, KPI_EIO, KPI_EFULL, KPI_EBUSY, KPI_ENOMEM,
 * KPI_EINVAL, KPI_ENOTSUP. On failure *out is set to NULL.
 */
KPI_API kpi_status kpi_store_open(kpi_store **out, const char *path,
    const kpi_store_options *options, kpi_error *error) KPI_MUST_CHECK;

/*
 * Gives the handle back; a batch that is open is rolled back. What was made
 * from the store (iterators, repeats) stays valid until it is freed itself.
 * Accepts NULL. A second close of one handle is an error of the program.
 */
KPI_API void kpi_store_close(kpi_store *store);

/*
 * Adds one interaction with its visits; it is kept for good when the call
 * returns, or with the commit of the batch that is open. KPI_EINVAL names the
 * field that is outside its range; KPI_EEXISTS: see if_exists; KPI_EBUSY,
 * KPI_EREADONLY, KPI_EIO, KPI_EFULL, KPI_ECORRUPT, KPI_ENOMEM. Nothing is
 * added on failure, and a batch goes on without it.
 */
KPI_API kpi_status kpi_store_add(kpi_store *store,
    const kpi_interaction *interaction, kpi_error *error) KPI_MUST_CHECK;

/*
 * A batch: what is added, updated and deleted between begin and commit is
 * kept together or not at all, and is seen by queries after the commit.
 * It belongs to the store: the calls of all threads go into it. A second
 * begin is KPI_EORDER, as are a commit or a roll back without one. A commit
 * that fails has rolled back.
 */
KPI_API kpi_status kpi_store_begin(
    kpi_store *store, kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_store_commit(
    kpi_store *store, kpi_error *error) KPI_MUST_CHECK;
KPI_API kpi_status kpi_store_rollback(
    kpi_store *store, kpi_error *error) KPI_MUST_CHECK;

/* The type of a column's elements. */
#define KPI_COLUMN_INT64      1 /* int64_t, unknown KPI_UNKNOWN */
#define KPI_COLUMN_INT32      2 /* int32_t, unknown INT32_MIN */
#define KPI_COLUMN_TEXT       3 /* const char *, unknown NULL */
#define KPI_COLUMN_DICTIONARY 4 /* int32_t, place in `dictionary`; < 0 unknown */

/* One field of many interactions; element i is at data + i * stride bytes. */
typedef struct kpi_column {
	uint64_t size;
	int32_t field;  /* KPI_FIELD_, of the interaction or of its visit */
	int32_t type;   /* KPI_COLUMN_ */
	int64_t stride; /* bytes; 0: the element's own size */
	const void *data;
	const char *const *dictionary; /* KPI_COLUMN_DICTIONARY only */
	uint64_t dictionary_count;
} kpi_column;

/* clang-format off */
#define KPI_COLUMN_INIT { sizeof(kpi_column), 0, 0, 0, 0, 0, 0 }
/* clang-format on */

/*
 * Adds `rows` interactions of one visit each, field by field; a field without
 * a column is unknown. `columns` are `column_count` structs, the stride being
 * the first one's size. All are added or none; the error's line is the row,
 * from 1. A field twice or a type that the field does not take is KPI_EINVAL.
 * Otherwise as kpi_store_add(). The arrays stay the caller's.
 */
KPI_API kpi_status kpi_store_add_columns(kpi_store *store, uint64_t rows,
    const kpi_column *columns, uint64_t column_count,
    kpi_error *error) KPI_MUST_CHECK;

/*
 * Changes the interaction with the id and source given: known fields replace,
 * unknown ones leave as it was; visits, if given, replace all visits. Fields
 * listed in `clear` (KPI_FIELD_ of the interaction, `clear_count` of them)
 * become unknown. KPI_ENOTFOUND if there is none; else as kpi_store_add().
 */
KPI_API kpi_status kpi_store_update(kpi_store *store,
    const kpi_interaction *interaction, const int32_t *clear,
    uint64_t clear_count, kpi_error *error) KPI_MUST_CHECK;

/* Deletes an interaction. `source` may be NULL. KPI_ENOTFOUND if none. */
KPI_API kpi_status kpi_store_delete(kpi_store *store, const char *source,
    const char *id, kpi_error *error) KPI_MUST_CHECK;

/*
 * Erases a customer's name. The interactions stay and are still those of one
 * customer, so that past figures, repeats too, stay true; all who are erased
 * print as "(erased)". A later interaction under the name is a new
 * customer's. What is in other fields is not looked at. Queries that have
 * begun may still show the name.
 *
 * With KPI_OK the name is neither in the file nor in its log. KPI_EBUSY after
 * the busy time-out, in which case the name may be erased but not yet out of
 * the file, because another process reads an older state or writes: call
 * again. KPI_ENOTFOUND: the store knows no such customer, and has nothing of
 * one erased before left in the file. KPI_EORDER in an open batch; KPI_EINVAL
 * without a customer, KPI_EREADONLY, KPI_EIO, KPI_EFULL, KPI_ECORRUPT,
 * KPI_ENOMEM.
 */
KPI_API kpi_status kpi_store_erase_customer(kpi_store *store,
    const char *customer, kpi_error *error) KPI_MUST_CHECK;

/* An interaction read from a store, with its texts and visits. */
typedef struct kpi_record kpi_record;

/* KPI_ENOTFOUND sets *out to NULL. */
KPI_API kpi_status kpi_store_get(kpi_record **out, kpi_store *store,
    const char *source, const char *id, kpi_error *error) KPI_MUST_CHECK;

/* Valid until the record is freed; NULL for NULL. */
KPI_API const kpi_interaction *kpi_record_interaction(const kpi_record *record);

/* Accepts NULL. */
KPI_API void kpi_record_free(kpi_record *record);

/* A walk over the interactions that a query selects. */
typedef struct kpi_iterator kpi_iterator;

/*
 * The interactions of one state of the store, in no stated order that is the
 * same each time; what is committed later is not seen. `query` may be NULL
 * (all); its groups and buckets are not read.
 */
KPI_API kpi_status kpi_store_iterate(kpi_iterator **out, kpi_store *store,
    const kpi_query *query, kpi_error *error) KPI_MUST_CHECK;

/*
 * *out is valid until the next call; NULL at the end, with KPI_OK.
 * KPI_ESTOPPED, which it stays: the query's function asked for it.
 */
KPI_API kpi_status kpi_iterator_next(kpi_iterator *iterator,
    const kpi_interaction **out, kpi_error *error) KPI_MUST_CHECK;

/* Accepts NULL. */
KPI_API void kpi_iterator_free(kpi_iterator *iterator);

/*
 * Keeps what an agent did. One that begins at the same instant, of the same
 * agent, state and source, replaces the former (an end has become known); one
 * that ends as it begins is none, and takes the former back.
 */
KPI_API kpi_status kpi_store_add_activity(kpi_store *store,
    const kpi_activity *activity, kpi_error *error) KPI_MUST_CHECK;

/*
 * Hands each activity to `each`, by agent, start, state and source; non-zero
 * from it ends the call with KPI_ESTOPPED. The texts are valid in the call.
 */
KPI_API kpi_status kpi_store_activities(kpi_store *store,
    int (*each)(void *ctx, const kpi_activity *activity), void *ctx,
    kpi_error *error) KPI_MUST_CHECK;

/* What a store holds. */
typedef struct kpi_store_info {
	uint64_t size;
	uint64_t interactions;
	uint64_t visits;       /* rows: visits and legs */
	uint64_t activities;
	uint64_t chunks;       /* sealed */
	uint64_t tail;         /* interactions not sealed yet */
	uint64_t file_bytes;   /* 0 in memory */
	uint64_t cached_bytes; /* decoded columns now held */
	int64_t known_from;    /* earliest start of an interaction; KPI_UNKNOWN:
	                          there is none */
	int64_t as_of;         /* latest instant of one + 1 ms; likewise */
	uint64_t employments;
	uint64_t expenses;
	uint64_t calendars;
} kpi_store_info;

/* clang-format off */
#define KPI_STORE_INFO_INIT { sizeof(kpi_store_info), \
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }
/* clang-format on */

KPI_API kpi_status kpi_store_read_info(kpi_store *store, kpi_store_info *info,
    kpi_error *error) KPI_MUST_CHECK;

/* The budget of decoded columns, bytes; 0: 256 MiB. */
KPI_API kpi_status kpi_store_set_memory(
    kpi_store *store, uint64_t bytes) KPI_MUST_CHECK;

/*
 * Up to so many threads, 1 to 64 and by default 1, answer each question that
 * is put to the store from now on: the calling one, and others that the
 * library starts for it when there are enough interactions to be shared out.
 * They take no signals and end with the call. The answer is the same to the
 * byte. Functions that stop a query are called in the calling thread alone;
 * the store's allocator is called in all of them at once. The calling thread
 * alone picks quantiles from the values that all have gathered, adds up agents'
 * time and lists repeats. With 2 or more, kpi_import_csv() reads the next rows
 * in the calling thread while another stores those before, and what is to be
 * written of many rows at once is packed by all. KPI_EINVAL: outside of that
 * range, which the text names; KPI_EFORK.
 */
KPI_API kpi_status kpi_store_set_threads(
    kpi_store *store, uint64_t threads, kpi_error *error) KPI_MUST_CHECK;

/*
 * Reads and verifies everything: pages, chunks, dictionaries, ids, records.
 * KPI_OK, or KPI_ECORRUPT with the first place that is wrong. `stop` may be
 * NULL.
 */
KPI_API kpi_status kpi_store_check(kpi_store *store, kpi_stop stop,
    void *stop_ctx, kpi_error *error) KPI_MUST_CHECK;

/*
 * Accepts the pages of a closed store as they are, after another program
 * wrote into its file, by writing their sums anew. What that program broke
 * stays broken: check afterwards. KPI_EBUSY if the store is open.
 */
KPI_API kpi_status kpi_store_reseal(
    const char *path, kpi_error *error) KPI_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
