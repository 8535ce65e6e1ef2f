/* SPDX-License-Identifier: MIT */
/* Where a store lies: names that SQLite reads otherwise, closed directories. */
#define _XOPEN_SOURCE 700

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <kpi/store.h>

#define NOBODY 65534

static const char *const names[] = { "file:x.kpi", "file:x.kpi?mode=memory",
	":memory:", "a?b#c%41 d.kpi", "\xc3\xa9t\xc3\xa9 & 100%.kpi", "%00" };

static char directory[64];
static char path[128];

static void
set_up(void)
{
	strcpy(directory, "/tmp/kpi-path-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(directory));
	ck_assert_int_eq(chmod(directory, 0755), 0);
}

static void
name_it(const char *name)
{
	(void)snprintf(path, sizeof(path), "%s/%s", directory, name);
}

static void
remove_with(const char *suffix)
{
	char name[160];

	(void)snprintf(name, sizeof(name), "%s%s", path, suffix);
	unlink(name);
}

static void
tear_down(void)
{
	chmod(directory, 0755);
	remove_with("");
	remove_with("-wal");
	remove_with("-shm");
	ck_assert_int_eq(rmdir(directory), 0);
}

static kpi_status
open_to(kpi_store **store, const char *name, uint64_t flags, kpi_error *error)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;

	options.flags = flags;
	return kpi_store_open(store, name, &options, error);
}

static kpi_status
add(kpi_store *store, int number)
{
	kpi_interaction call = KPI_INTERACTION_INIT;
	char id[16];

	(void)snprintf(id, sizeof(id), "%d", number);
	call.id = id;
	call.started_at = 1700000000000 + number;
	return kpi_store_add(store, &call, NULL);
}

static kpi_status
find(kpi_store *store, int number, kpi_error *error)
{
	kpi_record *record;
	kpi_status status;
	char id[16];

	(void)snprintf(id, sizeof(id), "%d", number);
	status = kpi_store_get(&record, store, NULL, id, error);
	kpi_record_free(record);
	return status;
}

static kpi_store *
must_open(const char *name, uint64_t flags)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;

	ck_assert_msg(open_to(&store, name, flags, &error) == KPI_OK, "%s: %s",
	    name, error.text);
	return store;
}

/* Twenty interactions, closed, where only the owner may come to write. */
static void
make_closed(const char *name)
{
	kpi_store *store;

	name_it(name);
	store = must_open(path, 0);
	for (int i = 0; i < 20; i++)
		ck_assert_int_eq(add(store, i), KPI_OK);
	kpi_store_close(store);
	ck_assert_int_eq(chmod(path, 0444), 0);
	ck_assert_int_eq(chmod(directory, 0555), 0);
}

static int
drop_rights(void)
{
	return geteuid() != 0 ||
	    (setgid(NOBODY) == 0 && setuid(NOBODY) == 0 && geteuid() == NOBODY);
}

/* `work` as one who may not write there; its answer is 0 if all was right. */
static void
as_a_reader(int (*work)(void))
{
	const pid_t pid = fork();
	int status;

	ck_assert_int_ge(pid, 0);
	if (pid == 0)
		_exit(drop_rights() ? work() : 99);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 0);
}

static int
is_read_whole(void)
{
	kpi_store_info info = KPI_STORE_INFO_INIT;
	kpi_store *store;

	if (open_to(&store, path, KPI_OPEN_READ_ONLY, NULL) != KPI_OK)
		return 1;
	for (int i = 0; i < 20; i++)
		if (find(store, i, NULL) != KPI_OK)
			return 2;
	if (find(store, 20, NULL) != KPI_ENOTFOUND)
		return 3;
	if (kpi_store_read_info(store, &info, NULL) != KPI_OK ||
	    info.interactions != 20 || info.file_bytes == 0)
		return 4;
	if (kpi_store_check(store, NULL, NULL, NULL) != KPI_OK)
		return 5;
	if (add(store, 20) != KPI_EREADONLY)
		return 6;
	kpi_store_close(store);
	return 0;
}

START_TEST(a_store_is_read_where_nothing_can_be_written)
{
	make_closed(names[_i]);
	as_a_reader(is_read_whole);
}
END_TEST

static int
is_not_opened_to_write(void)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;

	if (open_to(&store, path, 0, &error) == KPI_OK || store != NULL)
		return 1;
	return strstr(error.text, "expected") == NULL ? 2 : 0;
}

START_TEST(a_store_that_cannot_be_written_says_what_is_expected)
{
	make_closed("calls.kpi");
	as_a_reader(is_not_opened_to_write);
}
END_TEST

static int
is_not_read_beside_its_log(void)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;

	if (open_to(&store, path, KPI_OPEN_READ_ONLY, &error) != KPI_EIO)
		return 1;
	return strstr(error.text, "log: expected") == NULL ? 2 : 0;
}

START_TEST(a_log_that_cannot_be_taken_in_is_not_left_out)
{
	kpi_store *store;
	char shared[160];

	name_it("calls.kpi");
	store = must_open(path, 0);
	ck_assert_int_eq(add(store, 1), KPI_OK);
	(void)snprintf(shared, sizeof(shared), "%s-shm", path);
	ck_assert_int_eq(chmod(path, 0444), 0);
	ck_assert_int_eq(chmod(shared, 0), 0);
	ck_assert_int_eq(chmod(directory, 0555), 0);
	as_a_reader(is_not_read_beside_its_log);
	kpi_store_close(store);
}
END_TEST

static int
is_not_to_be_read(void)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;

	if (open_to(&store, path, KPI_OPEN_READ_ONLY, &error) != KPI_EIO)
		return 1;
	return strstr(error.text, "you may read") == NULL ? 2 : 0;
}

START_TEST(a_file_that_may_not_be_read_says_so)
{
	make_closed("calls.kpi");
	ck_assert_int_eq(chmod(path, 0), 0);
	as_a_reader(is_not_to_be_read);
}
END_TEST

static int to_reader[2], to_writer[2];

static int
notices_the_writer(void)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;
	char sign;

	if (open_to(&store, path, KPI_OPEN_READ_ONLY, NULL) != KPI_OK ||
	    find(store, 1, NULL) != KPI_OK)
		return 1;
	if (write(to_writer[1], "+", 1) != 1 ||
	    read(to_reader[0], &sign, 1) != 1)
		return 2;
	if (find(store, 1, &error) != KPI_EIO ||
	    strstr(error.text, "open it again") == NULL)
		return 3;
	kpi_store_close(store);
	if (open_to(&store, path, KPI_OPEN_READ_ONLY, NULL) != KPI_OK ||
	    find(store, 100, NULL) != KPI_OK)
		return 4;
	kpi_store_close(store);
	return 0;
}

/* _i: whether the writer has closed it when the reader looks. */
START_TEST(what_is_written_meanwhile_is_not_overlooked)
{
	kpi_store *store;
	char sign;
	int status;
	pid_t pid;

	make_closed("calls.kpi");
	ck_assert_int_eq(pipe(to_reader), 0);
	ck_assert_int_eq(pipe(to_writer), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0)
		_exit(drop_rights() ? notices_the_writer() : 99);
	ck_assert_int_eq(read(to_writer[0], &sign, 1), 1);
	ck_assert_int_eq(chmod(path, 0644), 0);
	ck_assert_int_eq(chmod(directory, 0755), 0);
	store = must_open(path, 0);
	ck_assert_int_eq(add(store, 100), KPI_OK);
	if (_i == 1)
		kpi_store_close(store);
	ck_assert_int_eq(chmod(directory, 0555), 0);
	ck_assert_int_eq(write(to_reader[1], "+", 1), 1);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 0);
	if (_i == 0)
		kpi_store_close(store);
}
END_TEST

START_TEST(a_folder_that_takes_no_files_is_not_said_to_be_missing)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;
	struct stat st;

	name_it("none/x.kpi");
	ck_assert_int_eq(
	    kpi_store_open(&store, path, NULL, &error), KPI_ENOTFOUND);
	ck_assert_ptr_nonnull(strstr(error.text, "does not exist"));
	if (stat("/proc/self", &st) != 0)
		return;
	ck_assert_int_ne(
	    kpi_store_open(&store, "/proc/x.kpi", NULL, &error), KPI_OK);
	ck_assert_ptr_null(store);
	ck_assert_ptr_null(strstr(error.text, "does not exist"));
	ck_assert_ptr_nonnull(strstr(error.text, "could not be made: "));
}
END_TEST

START_TEST(a_path_is_taken_to_the_letter)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;
	struct stat st;

	name_it(names[_i]);
	ck_assert_int_eq(chdir(directory), 0);
	store = must_open(names[_i], KPI_OPEN_MUST_CREATE);
	ck_assert_int_eq(add(store, 1), KPI_OK);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(kpi_store_reseal(names[_i], &error), KPI_EBUSY);
	kpi_store_close(store);
	ck_assert_int_gt(stat(path, &st) == 0 ? (int)st.st_size : 0, 4096);
	ck_assert_int_eq(kpi_store_reseal(names[_i], &error), KPI_OK);
	store = must_open(names[_i], KPI_OPEN_READ_ONLY);
	ck_assert_int_eq(chdir("/"), 0);
	ck_assert_int_eq(find(store, 1, &error), KPI_OK);
	kpi_store_close(store);
	ck_assert_int_eq(open_to(&store, "", 0, &error), KPI_EINVAL);
	ck_assert_int_eq(kpi_store_reseal("", &error), KPI_EINVAL);
}
END_TEST

static Suite *
suite(void)
{
	const int count = (int)(sizeof(names) / sizeof(*names));
	Suite *s = suite_create("path");
	TCase *tc = tcase_create("path");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_loop_test(
	    tc, a_store_is_read_where_nothing_can_be_written, 0, count);
	tcase_add_test(
	    tc, a_store_that_cannot_be_written_says_what_is_expected);
	tcase_add_test(tc, a_log_that_cannot_be_taken_in_is_not_left_out);
	tcase_add_test(tc, a_file_that_may_not_be_read_says_so);
	tcase_add_test(
	    tc, a_folder_that_takes_no_files_is_not_said_to_be_missing);
	tcase_add_loop_test(
	    tc, what_is_written_meanwhile_is_not_overlooked, 0, 2);
	tcase_add_loop_test(tc, a_path_is_taken_to_the_letter, 0, count);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
