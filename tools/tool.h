/* SPDX-License-Identifier: MIT */
/* tool.h - what the commands of kpi share: how they are told, how they end. */
#ifndef KPI_TOOL_H
#define KPI_TOOL_H

#include <stdint.h>

#include <kpi.h>

#include "arguments.h"

/* What the program ends with; a signal that was caught is 128 + its number. */
#define DONE      0
#define FAILED    1
#define WRONG_USE 2
#define DAMAGED   3

struct command {
	const char *name;
	const char *summary; /* in `kpi help`, one line */
	const char *help;    /* in full, from "usage:" on */
	uint64_t takes;      /* TAKES() of its options */
	int (*run)(const struct arguments *a);
};

extern const struct command command_import;
extern const struct command command_measure;
extern const struct command command_spread;
extern const struct command command_change;
extern const struct command command_season;
extern const struct command command_repeats;
extern const struct command command_report;
extern const struct command command_explain;
extern const struct command command_staff;
extern const struct command command_calendar;
extern const struct command command_catalogue;
extern const struct command command_check;
extern const struct command command_info;
extern const struct command command_erase;

/* Prints "kpi: ..." as one line on stderr; returns `code`. */
int complain(int code, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * The same for what the library answered about `subject` (NULL: it says
 * itself what it is about): its text, or a sentence for the status. Returns
 * what the program ends with.
 */
int failed(const char *subject, kpi_status status, const kpi_error *error);

/* The same for a question to the store in `path`: what was wrong with the
 * question is not the store's fault. */
int answered(const char *path, kpi_status status, const kpi_error *error);

/* The same for a word of the command line that the library refused: what is
 * wrong with it is wrong with the command. */
int refused(const char *word, kpi_status status, const kpi_error *error);

/*
 * The one of `count` names that is nearest to the word, NULL if none is near;
 * name i is given by name(ctx, i).
 */
const char *nearest(const char *word, const char *(*name)(const void *, size_t),
    const void *ctx, size_t count);

/* Open a store; one that must exist, or one that is made if it is not there.
 * Return DONE or have complained. */
int open_to_read(kpi_store **out, const char *path);
int open_to_ask(kpi_store **out, const char *path, const struct arguments *a);
int open_to_write(kpi_store **out, const char *path);
int open_or_make(kpi_store **out, const char *path, const struct arguments *a);

/* An instant in the zone of the query; "-" if it is unknown. */
const char *instant_text(
    char out[KPI_INSTANT_TEXT], const kpi_query *query, int64_t at);

#endif
