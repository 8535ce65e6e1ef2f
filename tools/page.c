/* SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE

#include "page.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "output.h"

#define WIDEST     100
#define NARROWEST  20
#define EIGHTHS    8
#define FULL_BLOCK "\xe2\x96\x88"

size_t
page_width(void)
{
	struct winsize size = { 0, 0, 0, 0 };

	if (!isatty(1) || ioctl(1, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
		return TERMINAL;
	if (size.ws_col < NARROWEST)
		return NARROWEST;
	return size.ws_col > WIDEST ? WIDEST : size.ws_col;
}

/* https://no-color.org: anybody may say so, for all programs. */
static int
has_colours(void)
{
	const char *const terminal = getenv("TERM");
	const char *const none = getenv("NO_COLOR");

	return isatty(1) && terminal != NULL && strcmp(terminal, "dumb") != 0 &&
	    (none == NULL || *none == '\0');
}

void
page_tone(enum tone tone)
{
	static const char *const codes[] = { "\033[0m", "\033[1m",
		"\033[1;31m" };

	if (has_colours())
		(void)fputs(codes[tone], stdout);
}

void
page_heading(enum tone tone, const char *text)
{
	(void)putchar('\n');
	page_tone(tone);
	put_padded(text, 0);
	page_tone(PLAIN);
	(void)putchar('\n');
}

size_t
page_bar(double share, size_t columns)
{
	/* U+258F is one eighth, U+2589 seven */
	static const char *const parts[EIGHTHS] = { "", "\xe2\x96\x8f",
		"\xe2\x96\x8e", "\xe2\x96\x8d", "\xe2\x96\x8c", "\xe2\x96\x8b",
		"\xe2\x96\x8a", "\xe2\x96\x89" };
	const double most = (double)(columns * EIGHTHS);
	const double wanted = share > 0 ? round(share * most) : 0;
	size_t eighths = wanted > most ? columns * EIGHTHS : (size_t)wanted;

	if (eighths == 0 && share > 0)
		eighths = 1;
	for (size_t i = 0; i < eighths / EIGHTHS; i++)
		(void)fputs(FULL_BLOCK, stdout);
	(void)fputs(parts[eighths % EIGHTHS], stdout);
	return (eighths + EIGHTHS - 1) / EIGHTHS;
}
