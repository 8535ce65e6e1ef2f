/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE   200809L
#define _FILE_OFFSET_BITS 64

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/reason.h"
#include "store/disk.h"
#include "store/draft.h"
#include "store/path.h"
#include "store/vfs.h"

#define DEFAULT_BUSY_MS     5000
#define DEFAULT_PERMISSIONS 0600

static const char sql_wal[] = "PRAGMA journal_mode=WAL";

static const char *
reason(int code)
{
	return code == ENOENT ? "a folder of its path does not exist"
			      : kpi__reason(code);
}

static kpi_status
fail_system(kpi_error *error, int code, const char *doing)
{
	kpi_status status = KPI_EIO;

	if (code == ENOENT || code == ENOTDIR)
		status = KPI_ENOTFOUND;
	else if (code == ENOSPC || code == EDQUOT)
		status = KPI_EFULL;
	else if (code == ENOMEM)
		status = KPI_ENOMEM;
	(void)kpi__fail(error, status, "the file could not be %s: %s", doing,
	    reason(code));
	kpi__error_system(error, code);
	return status;
}

/* Some file systems, such as /proc, say of a new file that there is none. */
static int
has_folder(const char *path)
{
	const char *const slash = strrchr(path, '/');
	char folder[KPI__PATH_ROOM];
	struct stat st;

	if (slash == NULL || slash == path)
		return 1;
	if ((size_t)(slash - path) >= sizeof(folder))
		return 0;
	memcpy(folder, path, (size_t)(slash - path));
	folder[slash - path] = '\0';
	return stat(folder, &st) == 0;
}

/* An empty file with the permissions asked; SQLite would take its own. */
static kpi_status
create(const char *path, const kpi_store_options *options, kpi_error *error)
{
	const mode_t mode = options->permissions == 0
	    ? DEFAULT_PERMISSIONS
	    : (mode_t)options->permissions;
	const int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);

	if (fd < 0 && errno == EEXIST)
		return KPI_OK; /* somebody else was faster */
	if (fd < 0 && errno == ENOENT && has_folder(path)) {
		(void)kpi__fail(error, KPI_EIO,
		    "the file could not be made: its folder takes no files");
		kpi__error_system(error, ENOENT);
		return KPI_EIO;
	}
	if (fd < 0)
		return fail_system(error, errno, "made");
	if (close(fd) != 0)
		return fail_system(error, errno, "made");
	return KPI_OK;
}

static kpi_status
no_file(kpi_error *error)
{
	(void)kpi__fail(error, KPI_ENOTFOUND, "there is no such file");
	kpi__error_system(error, ENOENT);
	return KPI_ENOTFOUND;
}

static kpi_status
find_or_create(
    const char *path, const kpi_store_options *options, kpi_error *error)
{
	struct stat st;

	if (stat(path, &st) == 0) {
		if ((options->flags & KPI_OPEN_MUST_CREATE) != 0)
			return kpi__fail(
			    error, KPI_EEXISTS, "the file is there already");
		if (!S_ISREG(st.st_mode))
			return kpi__fail(error, KPI_EINVAL,
			    "the path is not that of a file");
		return KPI_OK;
	}
	if (errno != ENOENT)
		return fail_system(error, errno, "found");
	if ((options->flags & (KPI_OPEN_MUST_EXIST | KPI_OPEN_READ_ONLY)) != 0)
		return no_file(error);
	return create(path, options, error);
}

static kpi_status
keep_path(kpi_store *store, const char *path, kpi_error *error)
{
	kpi__disk *disk = store->disk;
	char full[KPI__PATH_ROOM];
	const kpi_status status = kpi__path_full(full, path, error);

	if (status != KPI_OK)
		return status;
	disk->path_size = strlen(full) + 1;
	disk->path = kpi__new_array(&store->allocator, disk->path_size, 1);
	if (disk->path == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a path");
	memcpy(disk->path, full, disk->path_size);
	return KPI_OK;
}

static kpi_status
set_up(kpi__db *db, kpi_error *error)
{
	int empty;
	kpi_status status = kpi__db_run(db, "BEGIN IMMEDIATE", error);

	if (status != KPI_OK)
		return status;
	status = kpi__schema_check(db, &empty, error);
	if (status == KPI_OK && empty)
		status = kpi__schema_make(db, error);
	if (status == KPI_OK)
		return kpi__db_run(db, "COMMIT", error);
	kpi__db_end(db);
	return status;
}

static kpi_status
fail_empty(kpi_error *error)
{
	return kpi__fail(error, KPI_ECORRUPT,
	    "the file is empty: no store was ever made in it");
}

/* In one transaction: another process may be making the store. */
static kpi_status
look_at_schema(kpi__db *db, int *empty, kpi_error *error)
{
	kpi_status status = kpi__db_run(db, "BEGIN", error);

	if (status != KPI_OK)
		return status;
	status = kpi__schema_check(db, empty, error);
	if (status == KPI_OK)
		return kpi__db_run(db, "COMMIT", error);
	kpi__db_end(db);
	return status;
}

/* What a file is must be known before anything is written into it. */
static kpi_status
open_writer(kpi__disk *disk, int must_exist, kpi_error *error)
{
	kpi__db *db = &disk->writer;
	int empty;
	kpi_status status =
	    kpi__db_open(db, disk->path, 0, disk->busy_ms, error);

	if (status == KPI_OK)
		status = look_at_schema(db, &empty, error);
	if (status == KPI_OK && empty && must_exist)
		status = fail_empty(error);
	if (status == KPI_OK)
		status = kpi__db_run_in_turn(db, sql_wal, error);
	if (status == KPI_OK && empty)
		status = set_up(db, error);
	return status;
}

static kpi_status
open_reader(kpi_store *store, kpi_error *error)
{
	kpi__db *db;
	int empty;
	kpi_status status = kpi__disk_borrow(store->disk, &db, error);

	if (status != KPI_OK)
		return status;
	status = look_at_schema(db, &empty, error);
	if (status == KPI_OK && empty)
		status = fail_empty(error);
	kpi__disk_give_back(store->disk, db);
	if (status == KPI_OK)
		status = kpi__disk_look(store, error);
	return status;
}

/* What the first failure was is what is told, unless it is mended. */
static kpi_status
open_read_only(kpi_store *store, kpi_error *error)
{
	kpi__disk *disk = store->disk;
	kpi_error first = KPI_ERROR_INIT;
	kpi_status status = open_reader(store, &first);

	if (status == KPI_OK)
		return KPI_OK;
	if (!kpi__still_wanted(first.system)) {
		(void)kpi__fail_at(
		    error, status, first.field, "%s", first.text);
		kpi__error_system(error, first.system);
		return status;
	}
	for (int i = 0; i < KPI__READERS; i++)
		kpi__db_close(&disk->reader[i]);
	status = kpi__still_begin(&disk->still, disk->path, error);
	if (status != KPI_OK)
		return status;
	disk->is_still = 1;
	return open_reader(store, error);
}

static kpi_status
init_disk(kpi_store *store, const kpi_store_options *options)
{
	kpi__disk *disk = kpi__new_zeroed(&store->allocator, 1, sizeof(*disk));

	if (disk == NULL)
		return KPI_ENOMEM;
	disk->busy_ms =
	    options->busy_ms == 0 ? DEFAULT_BUSY_MS : (int)options->busy_ms;
	if (options->busy_ms < 0)
		disk->busy_ms = 0;
	if (pthread_mutex_init(&disk->lock, NULL) != 0) {
		kpi__release(&store->allocator, disk, 1, sizeof(*disk));
		return KPI_ENOMEM;
	}
	if (pthread_cond_init(&disk->free, NULL) != 0) {
		pthread_mutex_destroy(&disk->lock);
		kpi__release(&store->allocator, disk, 1, sizeof(*disk));
		return KPI_ENOMEM;
	}
	store->disk = disk;
	return KPI_OK;
}

kpi_status
kpi__disk_open(kpi_store *store, const char *path,
    const kpi_store_options *options, kpi_error *error)
{
	const int read_only = (options->flags & KPI_OPEN_READ_ONLY) != 0;
	kpi_status status = kpi__vfs_register();

	if (status != KPI_OK)
		return kpi__fail(error, status,
		    "this SQLite is too old, or knows no threads");
	status = init_disk(store, options);
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory for a store");
	if (*path == '\0')
		return kpi__fail(error, KPI_EINVAL, "the path is empty");
	status = find_or_create(path, options, error);
	if (status == KPI_OK)
		status = keep_path(store, path, error);
	if (status == KPI_OK && read_only)
		return open_read_only(store, error);
	if (status == KPI_OK)
		status = open_writer(store->disk,
		    (options->flags & KPI_OPEN_MUST_EXIST) != 0, error);
	if (status == KPI_OK)
		status = open_reader(store, error);
	return status;
}

void
kpi__disk_close(kpi_store *store)
{
	kpi__disk *disk = store->disk;

	if (disk == NULL)
		return;
	if (kpi__store_process(store, NULL) == KPI_OK) {
		for (int i = 0; i < KPI__READERS; i++)
			kpi__db_close(&disk->reader[i]);
		kpi__db_close(&disk->writer);
		pthread_cond_destroy(&disk->free);
		pthread_mutex_destroy(&disk->lock);
	}
	kpi__release(&store->allocator, disk->path, disk->path_size, 1);
	kpi__release(&store->allocator, disk, 1, sizeof(*disk));
	store->disk = NULL;
}
