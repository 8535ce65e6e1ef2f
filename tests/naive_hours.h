/* SPDX-License-Identifier: MIT */
/* naive_hours.h - random business hours, and whether a minute is open by going
 * through all their days. Shares no code with the library. */
#ifndef KPI_TESTS_NAIVE_HOURS_H
#define KPI_TESTS_NAIVE_HOURS_H

#include <stdint.h>

#define NAIVE_RULES 5
#define NAIVE_SPANS 3

struct naive_date {
	int year, month, day; /* year 0: of every year */
};

struct naive_rule {
	int dated;
	struct naive_date first, last;
	int weekdays; /* bit 0 is Monday */
	int spans;
	int begin[NAIVE_SPANS], until[NAIVE_SPANS]; /* minutes */
};

struct naive_hours {
	int rules;
	struct naive_rule rule[NAIVE_RULES];
	char text[1024]; /* what the library reads */
};

/* The years of its dates are `year` and the two after. */
void naive_hours_random(struct naive_hours *h, uint64_t *seed, int year);

/* `minute` of a local clock, since 1970. */
int naive_is_open(const struct naive_hours *h, int64_t minute);

#endif
