/* SPDX-License-Identifier: MIT */
/*
 * base.h - statuses, errors, memory, versions: what every other header needs.
 */
#ifndef KPI_BASE_H
#define KPI_BASE_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define KPI_API        __attribute__((visibility("default")))
#define KPI_MUST_CHECK __attribute__((warn_unused_result))
#else
#define KPI_API
#define KPI_MUST_CHECK
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define KPI_VERSION_MAJOR 0
#define KPI_VERSION_MINOR 0
#define KPI_VERSION_PATCH 1

/*
 * Every function that can fail returns one of these; zero is success.
 * Values never change and are never reused; a later release may return
 * a value that this header does not name, so treat any non-zero as failure.
 */
typedef int32_t kpi_status;

#define KPI_OK         0
#define KPI_EINVAL     (-1)  /* an argument is outside its documented range */
#define KPI_ENOMEM     (-2)  /* the allocator returned NULL */
#define KPI_EOVERFLOW  (-3)  /* a count or a sum does not fit its type */
#define KPI_ENOTFOUND  (-4)  /* no such id, file, zone or name */
#define KPI_EEXISTS    (-5)  /* the id or the file is there already */
#define KPI_EBUSY      (-6)  /* another writer, beyond the busy time-out */
#define KPI_EREADONLY  (-7)  /* the store was opened to be read */
#define KPI_ECORRUPT   (-8)  /* the bytes are damaged: the text says where */
#define KPI_EIO        (-9)  /* the system could not read or write */
#define KPI_EFULL      (-10) /* no space left on the device */
#define KPI_EVERSION   (-11) /* written by a later release */
#define KPI_ENOTSUP    (-12) /* an option or a form that we do not know */
#define KPI_ESTOPPED   (-13) /* the stop callback asked for it */
#define KPI_EMISMATCH  (-14) /* results that do not merge: the text says why */
#define KPI_EORDER     (-15) /* the call is not allowed in this state */
#define KPI_ELIMIT     (-16) /* too many groups, or too much in one pass */
#define KPI_EPARSE     (-17) /* a text was not understood: the error says where */
#define KPI_EFORK      (-18) /* the handle was opened before a fork() */

/* A fixed sentence for any status, named or not; never NULL. */
KPI_API const char *kpi_strerror(kpi_status status);

/* The version of the library that is running, as "0.0.1". */
KPI_API const char *kpi_version(void);

/*
 * What went wrong, in full. Functions with more to say than a status take a
 * `kpi_error *error` last, which may be NULL; it is written on failure only.
 */
typedef struct kpi_error {
	uint64_t size;     /* sizeof(kpi_error), set by KPI_ERROR_INIT */
	int64_t line;      /* of the input, from 1; 0: none */
	int64_t column;    /* of the input, in bytes from 1; 0: none */
	kpi_status status; /* what the function returned */
	int32_t system;    /* the system's errno or SQLite's code; 0: none */
	char field[64];    /* the field, parameter or word at fault, or "" */
	char text[256];    /* one sentence in English, UTF-8, never cut inside
	                      a character; holds no customer's data, but for
	                      what kpi_import_csv() quotes */
} kpi_error;

/* clang-format off */
#define KPI_ERROR_INIT { sizeof(kpi_error), 0, 0, KPI_OK, 0, "", "" }
/* clang-format on */

/*
 * Memory hook: malloc, realloc and free in one. old_size is 0 for a new
 * block; new_size is 0 to free one, and then the return value is ignored.
 * Returns memory aligned as malloc() aligns it, or NULL on failure, with the
 * old block untouched. It may be called from any thread that calls the
 * library on the object it was given to, and from those that the library
 * starts (kpi_store_set_threads()), from several at once.
 */
typedef struct kpi_allocator {
	void *(*resize)(void *ctx, void *ptr, size_t old_size, size_t new_size);
	void *ctx;
} kpi_allocator;

/*
 * Called at least every 50 ms by what takes long. `done` of `total` units of
 * work are behind; total 0: not known. Non-zero ends the call with
 * KPI_ESTOPPED, nothing half done.
 */
typedef int (*kpi_stop)(void *ctx, uint64_t done, uint64_t total);

/* Takes `size` bytes of output; non-zero ends the call with KPI_EIO. */
typedef int (*kpi_write)(void *ctx, const char *text, size_t size);

#ifdef __cplusplus
}
#endif

#endif
