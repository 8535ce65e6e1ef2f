/* SPDX-License-Identifier: MIT */
#include "explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"

#define INDENT 2

int
explain_check(const struct arguments *a, int32_t format)
{
	size_t at = 0;

	if (format == KPI_FORMAT_TABLE ||
	    argument_next(a, EXPLAIN, &at) == NULL)
		return DONE;
	return complain(WRONG_USE,
	    "--explain is for people and goes with --format table; csv and "
	    "json have the definitions themselves");
}

/* A sentence a line. */
static void
put_sentences(char *words)
{
	for (char *end; (end = strchr(words, '\n')) != NULL; words = end + 1) {
		*end = '\0';
		(void)printf("%*s", INDENT, "");
		put_wrapped(words, INDENT);
	}
}

static int
explain(const kpi_definition *d)
{
	kpi_error error = KPI_ERROR_INIT;
	uint64_t size = 0;
	kpi_status status = kpi_definition_words(d, NULL, 0, &size, &error);
	char *words;

	if (status != KPI_OK)
		return failed(NULL, status, &error);
	if ((words = malloc((size_t)size + 1)) == NULL)
		return complain(FAILED, "no memory");
	status = kpi_definition_words(d, words, size + 1, NULL, &error);
	if (status == KPI_OK) {
		(void)putchar('\n');
		put_wrapped(kpi_definition_text(d), 0);
		(void)printf("%*sfingerprint %s\n", INDENT, "",
		    kpi_definition_fingerprint(d));
		put_sentences(words);
	}
	free(words);
	return status == KPI_OK ? DONE : failed(NULL, status, &error);
}

int
explain_definitions(const kpi_definition *const *list, size_t count)
{
	int code = DONE;

	for (size_t i = 0; i < count && code == DONE; i++)
		code = explain(list[i]);
	return code;
}
