/* SPDX-License-Identifier: MIT */
/* arguments.h - the words of a command line, options told apart from them. */
#ifndef KPI_TOOL_ARGUMENTS_H
#define KPI_TOOL_ARGUMENTS_H

#include <stddef.h>
#include <stdint.h>

/* What an argument is; WORD is none of the options. */
enum option {
	WORD,
	AGENT_COUNT, /* --agents */
	BY,
	CHANNEL,
	CONTACTS,
	CSV,
	DAY, /* of a plan */
	EVERY,
	EXPENSES,
	EXPLAIN,
	FILL,
	FORMAT,
	FROM,
	HANDLE_TIME,
	HELP,
	LEAST,
	LIMIT,
	MAP,
	MAX_OCCUPANCY,
	MEANING, /* --value */
	MOST,
	OFFSET,
	OUTCOME,
	PATIENCE,
	PER,
	PRESET,
	QUEUE,
	RESEAL,
	ROLE,
	ROSTER,
	SET,
	SHRINKAGE,
	SOURCE,
	STRICT,
	TARGET,
	THREADS,
	TO,
	UNTIL,
	VISITS,
	WEEK_START,
	WHERE,
	WHERE_NOT,
	ZONE,
	OPTIONS
};

#define TAKES(option) (UINT64_C(1) << (option))

struct argument {
	enum option option;
	const char
	    *text; /* of a word or an option's value; NULL: it has none */
};

struct arguments {
	struct argument *at;
	size_t count;
};

/*
 * Reads the words after the command's name, up to a NULL: `--name value`,
 * `--name=value`, and after `--` words alone. What `takes` does not have and
 * what is given twice but may be given once is refused. Returns DONE, or has
 * complained. Free it either way.
 */
int arguments_read(struct arguments *out, const char *command,
    char *const *words, uint64_t takes);

void arguments_free(struct arguments *a);

/* Without its dashes. */
const char *option_name(enum option option);

/* The first one of the option at `from` or later, in *at; NULL: none. */
const struct argument *argument_next(
    const struct arguments *a, enum option option, size_t *at);

/* The option's value, or `otherwise`. */
const char *argument_value(
    const struct arguments *a, enum option option, const char *otherwise);

/* Word `index`, from 0; NULL past the end. */
const char *argument_word(const struct arguments *a, size_t index);

#endif
