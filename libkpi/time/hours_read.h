/* SPDX-License-Identifier: MIT */
/* hours_read.h - the reading of business hours from a text. */
#ifndef KPI_TIME_HOURS_READ_H
#define KPI_TIME_HOURS_READ_H

#include "time/hours_rules.h"

typedef struct kpi__hours_reader {
	const char *begin, *at, *end;
	kpi__hours *hours;
	kpi_error *error;
} kpi__hours_reader;

/* Steps over blanks; then the next byte, 0 at the end. */
int kpi__hours_peek(kpi__hours_reader *r);

/* Steps over blanks and `c`, if that is what follows. */
int kpi__hours_take(kpi__hours_reader *r, int c);

/* How many letters, or digits, are there. */
size_t kpi__hours_letters(const kpi__hours_reader *r);
size_t kpi__hours_digits(const kpi__hours_reader *r);

/* Steps over a number of at most `most` digits and gives it; -1: there is
 * none, or it has more. */
int32_t kpi__hours_number(kpi__hours_reader *r, size_t most);

/* The number of the word that is there, in any case of letters, of `count`
 * names of `width` bytes each; 0: it is none of them. */
int32_t kpi__hours_word(
    const kpi__hours_reader *r, const char *names, size_t width, int32_t count);

/* KPI_EPARSE: what is at `place`, and what would be right there. */
kpi_status kpi__hours_wrong(const kpi__hours_reader *r, const char *place,
    const char *expected) KPI_MUST_CHECK;

/* Reads the dates that are there; the rule has no others. */
kpi_status kpi__hours_read_dates(
    kpi__hours_reader *r, kpi__hours_rule *rule) KPI_MUST_CHECK;

#endif
