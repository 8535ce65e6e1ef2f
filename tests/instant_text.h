/* SPDX-License-Identifier: MIT */
/* instant_text.h - an instant as the text that a parameter takes. */
#ifndef KPI_TESTS_INSTANT_TEXT_H
#define KPI_TESTS_INSTANT_TEXT_H

#include <stdint.h>
#include <stdio.h>
#include <time.h>

#define INSTANT_TEXT 40

/* From 1970 on. */
static inline void
instant_text(char text[INSTANT_TEXT], int64_t at)
{
	const time_t seconds = (time_t)(at / 1000);
	const size_t size =
	    strftime(text, INSTANT_TEXT, "%Y-%m-%dT%H:%M:%S", gmtime(&seconds));

	(void)snprintf(
	    text + size, INSTANT_TEXT - size, ".%03uZ", (unsigned)(at % 1000));
}

#endif
