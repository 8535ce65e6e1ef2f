/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include "damage.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define COMMITS 6 /* in the log */

/* What a process ends with, besides what the header names. */
#define OTHER_ANSWER 20 /* and the part */
#define OTHER_STATUS 40 /* and the part */

static const char *
path_of(const char *suffix)
{
	static char path[64];

	(void)snprintf(
	    path, sizeof(path), "damage-%ld.kpi%s", (long)getpid(), suffix);
	return path;
}

static void
remove_files(void)
{
	(void)unlink(path_of("-wal"));
	(void)unlink(path_of("-shm"));
	(void)unlink(path_of(""));
}

static damage_file
read_file(const char *suffix)
{
	damage_file file = { NULL, 0 };
	FILE *const f = fopen(path_of(suffix), "rb");
	long size;

	if (f == NULL)
		return file;
	ck_assert_int_eq(fseek(f, 0, SEEK_END), 0);
	size = ftell(f);
	ck_assert_int_ge(size, 0);
	rewind(f);
	file.size = (size_t)size;
	file.bytes = malloc(file.size + 1);
	ck_assert_ptr_nonnull(file.bytes);
	ck_assert_uint_eq(fread(file.bytes, 1, file.size, f), file.size);
	ck_assert_int_eq(fclose(f), 0);
	return file;
}

static void
write_file(const char *suffix, const damage_file *file)
{
	FILE *f;

	if (file->bytes == NULL)
		return;
	f = fopen(path_of(suffix), "wb");
	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(file->bytes, 1, file->size, f), file->size);
	ck_assert_int_eq(fclose(f), 0);
}

static kpi_store *
open_store(void)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;
	const kpi_status status =
	    kpi_store_open(&store, path_of(""), NULL, &error);

	ck_assert_msg(status == KPI_OK, "%s", error.text);
	return store;
}

static void
keep_state(damage_image *image, kpi_store *store)
{
	damage_file log = read_file("-wal");

	ck_assert_int_lt(image->states, DAMAGE_STATES);
	image->log_size[image->states] = log.size;
	free(log.bytes);
	sample_ask_all(image->state[image->states], store);
	for (int part = 0; part < SAMPLE_PARTS; part++)
		ck_assert_msg(
		    image->state[image->states][part].status == KPI_OK,
		    "part %d: %s", part,
		    image->state[image->states][part].text);
	image->states++;
}

static void
fill(uint32_t count, uint32_t chunk)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;
	kpi_status status;

	remove_files();
	store = open_store();
	if (chunk > 0)
		sample_small_chunks(store, chunk);
	status = sample_fill(store, count, &error);
	ck_assert_msg(status == KPI_OK, "%s", error.text);
	kpi_store_close(store);
}

void
damage_make_closed(damage_image *image, uint32_t count, uint32_t chunk)
{
	kpi_store *store;

	memset(image, 0, sizeof(*image));
	fill(count, chunk);
	store = open_store();
	keep_state(image, store);
	kpi_store_close(store);
	image->file = read_file("");
	image->log = read_file("-wal");
	ck_assert_ptr_nonnull(image->file.bytes);
	ck_assert_ptr_null(image->log.bytes);
	remove_files();
}

void
damage_make_open(damage_image *image, uint32_t count, uint32_t chunk)
{
	kpi_store *store;

	memset(image, 0, sizeof(*image));
	fill(count, chunk);
	store = open_store();
	if (chunk > 0)
		sample_small_chunks(store, chunk);
	keep_state(image, store);
	for (uint32_t c = 0; c < COMMITS; c++) {
		ck_assert_int_eq(kpi_store_begin(store, NULL), KPI_OK);
		for (uint32_t n = 0; n < 5; n++)
			ck_assert_int_eq(
			    sample_add(store, 1000 + c * 5 + n, NULL), KPI_OK);
		ck_assert_int_eq(kpi_store_commit(store, NULL), KPI_OK);
		keep_state(image, store);
	}
	image->file = read_file("");
	image->log = read_file("-wal");
	ck_assert_ptr_nonnull(image->log.bytes);
	ck_assert_uint_gt(
	    image->log_size[COMMITS], image->log_size[COMMITS - 1]);
	kpi_store_close(store);
	remove_files();
}

void
damage_free(damage_image *image)
{
	for (int s = 0; s < image->states; s++)
		sample_free(image->state[s]);
	free(image->file.bytes);
	free(image->log.bytes);
}

static int
is_refusal(kpi_status status)
{
	return status == KPI_ECORRUPT || status == KPI_EVERSION;
}

static int
same_part(const sample_answer *a, const sample_answer *b)
{
	return a->size == b->size &&
	    (a->size == 0 || memcmp(a->bytes, b->bytes, a->size) == 0);
}

/* All that is answered must be of one state. */
static int
judge(const damage_image *image, const sample_answer *answers, int oldest)
{
	int outcome = DAMAGE_SAME, wrong = 0;

	for (int part = 0; part < SAMPLE_PARTS; part++) {
		if (is_refusal(answers[part].status))
			outcome = DAMAGE_REFUSED;
		else if (answers[part].status != KPI_OK) {
			printf("# part %d: status %d: %s\n", part,
			    (int)answers[part].status, answers[part].text);
			return OTHER_STATUS + part;
		}
	}
	for (int s = image->states - 1; s >= oldest; s--) {
		wrong = 0;
		for (int part = 0; part < SAMPLE_PARTS && !wrong; part++)
			if (answers[part].status == KPI_OK &&
			    !same_part(&answers[part], &image->state[s][part]))
				wrong = OTHER_ANSWER + part;
		if (!wrong)
			return outcome;
	}
	return wrong;
}

/* Writes what is rolled back again, as far as the store lets us. */
static void
write_in_vain(kpi_store *store)
{
	if (kpi_store_begin(store, NULL) != KPI_OK)
		return;
	if (sample_add(store, 5000, NULL) == KPI_OK &&
	    sample_add_columns(store, 3, NULL) == KPI_OK)
		ck_abort_msg("ids were added twice");
	ck_assert_int_eq(kpi_store_rollback(store, NULL), KPI_OK);
}

static int
look(const damage_image *image, int oldest, size_t n)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	sample_answer answers[SAMPLE_PARTS];
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;
	kpi_status status;
	int outcome;

	options.flags = n % 2 == 0 ? KPI_OPEN_READ_ONLY : KPI_OPEN_MUST_EXIST;
	status = kpi_store_open(&store, path_of(""), &options, &error);
	if (status != KPI_OK) {
		ck_assert_ptr_null(store);
		if (is_refusal(status) && error.text[0] != '\0')
			return DAMAGE_REFUSED;
		printf("# open: status %d: %s\n", (int)status, error.text);
		return OTHER_STATUS + SAMPLE_PARTS;
	}
	sample_ask_all(answers, store);
	outcome = judge(image, answers, oldest);
	sample_free(answers);
	if (outcome <= DAMAGE_REFUSED && n % 2 != 0) {
		int again;

		write_in_vain(store);
		sample_ask_all(answers, store);
		again = judge(image, answers, oldest);
		sample_free(answers);
		if (again > outcome)
			outcome = again;
	}
	kpi_store_close(store);
	return outcome;
}

int
damage_try(const damage_image *image, const damage_file *file,
    const damage_file *log, int oldest, const char *what, size_t n)
{
	pid_t child;
	int ended;

	(void)fflush(stdout);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		int outcome;

		(void)alarm((unsigned)sample_rounds(20, 300));
		remove_files();
		write_file("", file);
		write_file("-wal", log);
		outcome = look(image, oldest, n);
		remove_files();
		(void)fflush(stdout);
		_exit(outcome);
	}
	ck_assert_int_eq(waitpid(child, &ended, 0), child);
	ck_assert_msg(WIFEXITED(ended), "%s %zu: signal %d", what, n,
	    WIFSIGNALED(ended) ? WTERMSIG(ended) : 0);
	ck_assert_msg(WEXITSTATUS(ended) <= DAMAGE_REFUSED,
	    "%s %zu: %s in part %d", what, n,
	    WEXITSTATUS(ended) >= OTHER_STATUS ? "another status"
					       : "another answer",
	    WEXITSTATUS(ended) % 20);
	return WEXITSTATUS(ended);
}
