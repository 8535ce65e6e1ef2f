/* SPDX-License-Identifier: MIT */
/*
 * damage.h - the files of a store as bytes to be damaged, and what a store
 * that is opened from them says.
 */
#ifndef KPI_TESTS_DAMAGE_H
#define KPI_TESTS_DAMAGE_H

#include "sample_store.h"

#define DAMAGE_STATES 16

typedef struct damage_file {
	unsigned char *bytes; /* NULL: there is no such file */
	size_t size;
} damage_file;

/* A store, closed or as another process would find it after a crash. */
typedef struct damage_image {
	damage_file file, log;
	/* What it answers after each commit, and the log's size by then. */
	sample_answer state[DAMAGE_STATES][SAMPLE_PARTS];
	size_t log_size[DAMAGE_STATES];
	int states;
} damage_image;

/* A closed store of `count` interactions in each way of adding; chunks of
 * `chunk` interactions (0: none are sealed). */
void damage_make_closed(damage_image *image, uint32_t count, uint32_t chunk);

/* The same, with commits that stand in the log alone. */
void damage_make_open(damage_image *image, uint32_t count, uint32_t chunk);

void damage_free(damage_image *image);

/* What came of an opening; only the first two are as they should be. */
#define DAMAGE_SAME    0 /* all answers are those of an allowed state */
#define DAMAGE_REFUSED 1 /* so is what was answered; the rest is refused */

/*
 * Opens the files in another process and asks everything, also after a write
 * that is rolled back. What is answered must be what a state from `oldest` on
 * has; what is refused must be refused as damaged. Fails the test, naming
 * `what` and `n`, on anything else: a signal, a hang, another answer.
 */
int damage_try(const damage_image *image, const damage_file *file,
    const damage_file *log, int oldest, const char *what, size_t n);

#endif
