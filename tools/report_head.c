/* SPDX-License-Identifier: MIT */
#include "report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "output.h"
#include "page.h"

/* What follows is as it was given, so that it can be given again. */
struct list {
	const char *label;
	enum option options[8]; /* up to a WORD */
};

static const struct list lists[] = {
	{ "shown", { FROM, UNTIL, WHERE, WHERE_NOT, OUTCOME, LEAST, MOST } },
	{ "defined", { PRESET, SET } },
};

#define LISTS (sizeof(lists) / sizeof(*lists))

static int
is_of(const struct list *list, enum option option)
{
	for (size_t i = 0; list->options[i] != WORD; i++)
		if (list->options[i] == option)
			return 1;
	return 0;
}

/* "shown: --from 2026-10-12 --where queue=sales" */
static void
put_list(const struct list *list, const struct arguments *a, size_t width)
{
	char text[2048];
	size_t size = 0;

	for (size_t i = 0; i < a->count && size < sizeof(text); i++)
		if (is_of(list, a->at[i].option))
			size += (size_t)snprintf(text + size,
			    sizeof(text) - size, " --%s %s",
			    option_name(a->at[i].option), a->at[i].text);
	if (size == 0)
		return;
	(void)printf("%s:", list->label);
	put_wrapped_to(text, strlen(list->label) + 1, width);
}

void
report_head(const char *path, const kpi_store_info *info,
    const kpi_query *query, const struct arguments *a, size_t width)
{
	char from[KPI_INSTANT_TEXT], until[KPI_INSTANT_TEXT];

	page_tone(STRONG);
	put_padded(path, 0);
	page_tone(PLAIN);
	(void)printf(": %" PRIu64 " interactions", info->interactions);
	if (info->interactions > 0) {
		(void)instant_text(from, query, info->known_from);
		(void)instant_text(until, query, info->as_of);
		(void)printf("\n%.10s %.5s to %.10s %.5s, %s", from, from + 11,
		    until, until + 11, argument_value(a, ZONE, "UTC"));
	}
	(void)putchar('\n');
	for (size_t i = 0; i < LISTS; i++)
		put_list(&lists[i], a, width);
}
