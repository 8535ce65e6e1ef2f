/* SPDX-License-Identifier: MIT */
/*
 * yardstick.h - the questions of the benchmark, answered over bare arrays and
 * for them alone: how fast this machine could be.
 */
#ifndef BENCH_YARDSTICK_H
#define BENCH_YARDSTICK_H

#include "rows.h"

#define WINDOW (7 * DAY)

/* Numbers of a group; the balance: promoters less detractors. */
enum panel_number {
	CONTACTS, ANSWERED_CONTACTS, ABANDONED_CONTACTS, IN_TIME, RESOLVED_ONES,
	RESOLUTION_KNOWN, WAIT, HANDLE, AFTER_CALL, CSAT_ANSWERS, CSAT_TOP,
	CSAT_MARKS, NPS_ANSWERS, NPS_BALANCE, PANEL_NUMBERS
};
enum repeat_number {
	COUNTED, REPEATS, ISSUES, SILENT_ISSUES, REPEAT_NUMBERS
};
enum { NUMBERS = 16 };

typedef struct group {
	int64_t number[NUMBERS];
} group;

/* Of agent and month: month * (AGENTS + 1) + agent; of all: 0. */
#define GROUPS (MONTHS * (AGENTS + 1))

/* Room that repeats need, made once. */
typedef struct yard {
	const rows *r;
	uint8_t month_of_day[DAYS];
	group *groups; /* GROUPS */
	struct contact *dealt, *sorted;
	uint32_t *place;
} yard;

int yard_make(yard *y, const rows *r);
void yard_free(yard *y);

/* Each fills y->groups. */
void yard_panel(yard *y);
void yard_panel_by_agent_month(yard *y);
void yard_repeats(yard *y);
void yard_repeats_by_agent_month(yard *y);

static inline uint32_t
group_of(const yard *y, uint32_t row)
{
	const int64_t day = (y->r->started_at[row] - BEGIN) / DAY;

	return y->month_of_day[day] * (AGENTS + 1u) + y->r->agent[row];
}

#endif
