/* SPDX-License-Identifier: MIT */
#include "arguments.h"

#include <stdlib.h>
#include <string.h>

#include "tool.h"

static const struct {
	const char *name;
	const char *value; /* NULL: it takes none */
	int is_list;       /* may be given several times */
} options[OPTIONS] = {
	[AGENT_COUNT] = { "agents", "a number of AGENTS", 0 },
	[BY] = { "by", "a DIMENSION", 1 },
	[CHANNEL] = { "channel", "a CHANNEL", 0 },
	[CONTACTS] = { "contacts", "a NUMBER of contacts", 0 },
	[CSV] = { "csv", NULL, 1 },
	[DAY] = { "day", "a date, such as 2026-10-01", 0 },
	[EVERY] = { "every", "a BUCKET of time", 0 },
	[EXPENSES] = { "expenses", "a CSV FILE", 1 },
	[EXPLAIN] = { "explain", NULL, 1 },
	[FILL] = { "fill", "FIELD=VALUE", 1 },
	[FORMAT] = { "format", "table, csv or json", 0 },
	[FROM] = { "from", "a TIME", 0 },
	[HANDLE_TIME] = { "handle-time", "a DURATION", 0 },
	[HELP] = { "help", NULL, 1 },
	[LEAST] = { "least", "FIELD=VALUE", 1 },
	[LIMIT] = { "limit", "a NUMBER of lines", 0 },
	[MAP] = { "map", "COLUMN=FIELD", 1 },
	[MAX_OCCUPANCY] = { "max-occupancy", "a SHARE", 0 },
	[MEANING] = { "value", "TEXT=WORD", 1 },
	[MOST] = { "most", "FIELD=VALUE", 1 },
	[OFFSET] = { "offset", "a NUMBER of lines", 0 },
	[OUTCOME] = { "outcome", "an OUTCOME", 1 },
	[PATIENCE] = { "patience", "a DURATION", 0 },
	[PER] = { "per", "a DURATION", 0 },
	[PRESET] = { "preset", "a PRESET", 1 },
	[QUEUE] = { "queue", "a QUEUE", 0 },
	[RESEAL] = { "reseal", NULL, 1 },
	[ROLE] = { "role", "a ROLE", 1 },
	[ROSTER] = { "roster", "a CSV FILE", 1 },
	[SET] = { "set", "PARAMETER=VALUE", 1 },
	[SHRINKAGE] = { "shrinkage", "a SHARE", 0 },
	[SOURCE] = { "source", "a SOURCE", 0 },
	[STRICT] = { "strict", NULL, 1 },
	[TARGET] = { "target", "METRIC=VALUE", 1 },
	[THREADS] = { "threads", "a number of THREADS", 0 },
	[TO] = { "to", "previous, weekdays-year or TIME..TIME", 0 },
	[UNTIL] = { "until", "a TIME", 0 },
	[VISITS] = { "visits", NULL, 1 },
	[WEEK_START] = { "week-start", "a day of the week", 0 },
	[WHERE] = { "where", "DIMENSION=VALUE", 1 },
	[WHERE_NOT] = { "where-not", "DIMENSION=VALUE", 1 },
	[ZONE] = { "zone", "a time ZONE", 0 },
};

const char *
option_name(enum option option)
{
	return options[option].name;
}

struct taken {
	enum option list[OPTIONS];
	size_t count;
};

static const char *
taken_name(const void *ctx, size_t i)
{
	const struct taken *taken = ctx;

	return options[taken->list[i]].name;
}

static int
unknown(const char *command, const char *word, uint64_t takes)
{
	struct taken taken = { { WORD }, 0 };
	const char *near;

	for (enum option o = WORD + 1; o < OPTIONS; o++)
		if ((takes & TAKES(o)) != 0)
			taken.list[taken.count++] = o;
	near = nearest(word, taken_name, &taken, taken.count);
	if (near != NULL)
		return complain(WRONG_USE,
		    "%s has no option --%s; the nearest is --%s", command, word,
		    near);
	return complain(WRONG_USE, "%s has no option --%s; see kpi help %s",
	    command, word, command);
}

static enum option
find(const char *name, size_t size, uint64_t takes)
{
	for (enum option o = WORD + 1; o < OPTIONS; o++)
		if ((takes & TAKES(o)) != 0 &&
		    strlen(options[o].name) == size &&
		    memcmp(options[o].name, name, size) == 0)
			return o;
	return WORD;
}

static void
add(struct arguments *a, enum option option, const char *text)
{
	a->at[a->count++] = (struct argument){ option, text };
}

/* The option in *words, and its value there or in the word after it. */
static int
take_option(struct arguments *a, const char *command, char *const **words,
    uint64_t takes)
{
	char *const name = **words + 2;
	const size_t size = strcspn(name, "=");
	const enum option o = find(name, size, takes);
	const char *value = name[size] == '=' ? name + size + 1 : NULL;
	size_t at = 0;

	if (o == WORD) {
		name[size] = '\0';
		return unknown(command, name, takes);
	}
	if (!options[o].is_list && argument_next(a, o, &at) != NULL)
		return complain(
		    WRONG_USE, "--%s is given twice", options[o].name);
	if (options[o].value == NULL && value != NULL)
		return complain(
		    WRONG_USE, "--%s takes no value", options[o].name);
	if (options[o].value != NULL && value == NULL) {
		value = (*words)[1];
		if (value == NULL)
			return complain(WRONG_USE, "--%s expects %s after it",
			    options[o].name, options[o].value);
		(*words)++;
	}
	add(a, o, value);
	return DONE;
}

int
arguments_read(struct arguments *out, const char *command, char *const *words,
    uint64_t takes)
{
	size_t count = 0;
	int only_words = 0;

	takes |= TAKES(HELP);
	out->count = 0;
	while (words[count] != NULL)
		count++;
	out->at = malloc((count + 1) * sizeof(*out->at));
	if (out->at == NULL)
		return complain(FAILED, "no memory");
	for (; *words != NULL; words++) {
		const char *const word = *words;
		int code = DONE;

		if (only_words || word[0] != '-' || word[1] == '\0')
			add(out, WORD, word);
		else if (strcmp(word, "--") == 0)
			only_words = 1;
		else if (strcmp(word, "-h") == 0)
			add(out, HELP, NULL);
		else if (word[1] != '-')
			code = complain(WRONG_USE,
			    "%s has no option %s; options are words, such as "
			    "--help",
			    command, word);
		else
			code = take_option(out, command, &words, takes);
		if (code != DONE)
			return code;
	}
	return DONE;
}

void
arguments_free(struct arguments *a)
{
	free(a->at);
}

const struct argument *
argument_next(const struct arguments *a, enum option option, size_t *at)
{
	for (; *at < a->count; (*at)++)
		if (a->at[*at].option == option)
			return &a->at[(*at)++];
	return NULL;
}

const char *
argument_value(
    const struct arguments *a, enum option option, const char *otherwise)
{
	size_t at = 0;
	const struct argument *found = argument_next(a, option, &at);

	return found == NULL ? otherwise : found->text;
}

const char *
argument_word(const struct arguments *a, size_t index)
{
	const struct argument *found = NULL;
	size_t at = 0;

	for (size_t i = 0; i <= index; i++) {
		found = argument_next(a, WORD, &at);
		if (found == NULL)
			return NULL;
	}
	return found->text;
}
