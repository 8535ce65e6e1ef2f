/* SPDX-License-Identifier: MIT */
#include "contact.h"

#include <stdio.h>
#include <string.h>

#include "visible.h"

const char *
contact_name(char out[CONTACT_TEXT], const char *source, const char *id)
{
	(void)snprintf(out, CONTACT_TEXT, "%s%s%s",
	    source == NULL ? "" : source, source == NULL ? "" : "/",
	    id == NULL ? "(no id)" : id);
	return out;
}

const char *
contact_time(char out[KPI_INSTANT_TEXT], const kpi_query *query, int64_t at)
{
	char *clock;

	(void)instant_text(out, query, at);
	clock = strchr(out, 'T');
	if (clock != NULL) {
		*clock++ = ' ';
		clock[sizeof("09:30") - 1] = '\0';
	}
	return out;
}

void
widen(size_t *width, const char *text)
{
	const size_t needed = output_width(text);

	if (needed > *width)
		*width = needed;
}
