/* SPDX-License-Identifier: MIT */
#include "yardstick.h"

#include <stdlib.h>
#include <string.h>

#include "yardstick_repeats.h"

#define SHORT_ABANDON 4999
#define IN_TIME_MOST  20000
#define BLOCK         2048

int
yard_make(yard *y, const rows *r)
{
	memset(y, 0, sizeof(*y));
	y->r = r;
	for (int day = 0; day < DAYS; day++)
		y->month_of_day[day] = (uint8_t)month_of(BEGIN + day * DAY);
	y->groups = calloc(GROUPS, sizeof(*y->groups));
	if (y->groups != NULL && yard_repeats_room(y))
		return 1;
	yard_free(y);
	return 0;
}

void
yard_free(yard *y)
{
	free(y->groups);
	free(y->dealt);
	free(y->sorted);
	free(y->place);
	memset(y, 0, sizeof(*y));
}

static void
count_states(const rows *r, uint32_t from, uint32_t count, int64_t *number)
{
	const uint8_t *restrict outcome = r->outcome + from;
	const uint8_t *restrict resolution = r->resolution + from;
	uint32_t answered = 0, resolved = 0, known = 0;

	for (uint32_t i = 0; i < count; i++) {
		const uint8_t is = outcome[i] == ANSWERED;

		answered += is;
		resolved += is & (resolution[i] == RESOLVED);
		known += is & (resolution[i] != RESOLUTION_UNKNOWN);
	}
	number[CONTACTS] += count;
	number[ANSWERED_CONTACTS] += answered;
	number[RESOLVED_ONES] += resolved;
	number[RESOLUTION_KNOWN] += known;
}

static void
count_marks(const rows *r, uint32_t from, uint32_t count, int64_t *number)
{
	const uint8_t *restrict csat = r->csat + from;
	const uint8_t *restrict nps = r->nps + from;
	uint32_t answers = 0, top = 0, marks = 0;
	uint32_t scores = 0, promoters = 0, detractors = 0;

	for (uint32_t i = 0; i < count; i++) {
		answers += csat[i] != NO_CSAT;
		top += csat[i] >= 4;
		marks += csat[i];
		scores += nps[i] != NO_NPS;
		promoters += (uint8_t)(nps[i] - 9) <= 1;
		detractors += nps[i] <= 6;
	}
	number[CSAT_ANSWERS] += answers;
	number[CSAT_TOP] += top;
	number[CSAT_MARKS] += marks;
	number[NPS_ANSWERS] += scores;
	number[NPS_BALANCE] += (int64_t)promoters - detractors;
}

static void
add_durations(const rows *r, uint32_t from, uint32_t count, int64_t *number)
{
	const uint8_t *restrict outcome = r->outcome + from;
	const int32_t *restrict wait = r->wait + from;
	const int32_t *restrict talk = r->talk + from;
	const int32_t *restrict hold = r->hold + from;
	const int32_t *restrict after = r->after_call + from;
	int64_t waits = 0, handles = 0, afters = 0;
	uint32_t in_time = 0, abandoned = 0;

	for (uint32_t i = 0; i < count; i++) {
		const int32_t answered = -(int32_t)(outcome[i] == ANSWERED);

		waits += wait[i] & answered;
		handles += (talk[i] + hold[i] + after[i]) & answered;
		afters += after[i] & answered;
		in_time += (uint32_t)((wait[i] <= IN_TIME_MOST) & answered);
		abandoned += (uint32_t)((wait[i] > SHORT_ABANDON) &
		    (outcome[i] == ABANDONED));
	}
	number[WAIT] += waits;
	number[HANDLE] += handles;
	number[AFTER_CALL] += afters;
	number[IN_TIME] += in_time;
	number[ABANDONED_CONTACTS] += abandoned;
}

void
yard_panel(yard *y)
{
	const rows *r = y->r;
	int64_t *number = y->groups[0].number;

	memset(number, 0, sizeof(y->groups[0]));
	for (uint32_t i = 0; i < r->count; i += BLOCK) {
		const uint32_t left = r->count - i;
		const uint32_t count = left < BLOCK ? left : BLOCK;

		count_states(r, i, count, number);
		count_marks(r, i, count, number);
		add_durations(r, i, count, number);
	}
}

/*
 * Counts of a group stand three in a word of 21 bits each, and are taken out
 * before a lane could overflow.
 */
typedef struct packed {
	uint64_t outcomes, resolutions, csat, nps;
	uint64_t wait, handle, after_call;
	uint64_t reserved;
} packed;

#define LANE(n, v) ((uint64_t)(v) << 21 * (n))
#define UNPACK_ROWS  (1 << 17)

typedef struct look_up {
	uint64_t outcome[3], resolution[3][3], csat[256], nps[256];
} look_up;

static void
fill_look_up(look_up *t)
{
	for (unsigned o = 0; o < 3; o++) {
		t->outcome[o] = LANE(0, 1) | LANE(1, o == ANSWERED);
		for (unsigned s = 0; s < 3; s++)
			t->resolution[o][s] = o != ANSWERED
			    ? 0
			    : LANE(0, s == RESOLVED) |
				LANE(1, s != RESOLUTION_UNKNOWN);
	}
	for (unsigned mark = 0; mark < 256; mark++) {
		t->csat[mark] = mark == NO_CSAT
		    ? 0
		    : LANE(0, 1) | LANE(1, mark >= 4) | LANE(2, mark);
		t->nps[mark] = mark == NO_NPS
		    ? 0
		    : LANE(0, 1) | LANE(1, mark >= 9) | LANE(2, mark <= 6);
	}
}

static void
unpack(packed *p, int64_t *number)
{
#define TAKE(word, n) ((int64_t)(p->word >> 21 * (n) & ((1 << 21) - 1)))
	number[CONTACTS] += TAKE(outcomes, 0);
	number[ANSWERED_CONTACTS] += TAKE(outcomes, 1);
	number[ABANDONED_CONTACTS] += TAKE(outcomes, 2);
	number[RESOLVED_ONES] += TAKE(resolutions, 0);
	number[RESOLUTION_KNOWN] += TAKE(resolutions, 1);
	number[IN_TIME] += TAKE(resolutions, 2);
	number[CSAT_ANSWERS] += TAKE(csat, 0);
	number[CSAT_TOP] += TAKE(csat, 1);
	number[CSAT_MARKS] += TAKE(csat, 2);
	number[NPS_ANSWERS] += TAKE(nps, 0);
	number[NPS_BALANCE] += TAKE(nps, 1) - TAKE(nps, 2);
#undef TAKE
	number[WAIT] += (int64_t)p->wait;
	number[HANDLE] += (int64_t)p->handle;
	number[AFTER_CALL] += (int64_t)p->after_call;
	memset(p, 0, sizeof(*p));
}

static void
add_row(const rows *r, uint32_t i, const look_up *t, packed *p)
{
	const uint8_t outcome = r->outcome[i];
	const int32_t wait = r->wait[i];
	const int64_t answered = -(int64_t)(outcome == ANSWERED);

	p->outcomes += t->outcome[outcome] +
	    LANE(2, (outcome == ABANDONED) & (wait > SHORT_ABANDON));
	p->resolutions += t->resolution[outcome][r->resolution[i]] +
	    LANE(2, (outcome == ANSWERED) & (wait <= IN_TIME_MOST));
	p->csat += t->csat[r->csat[i]];
	p->nps += t->nps[r->nps[i]];
	p->wait += (uint64_t)(wait & answered);
	p->handle += (uint64_t)(
	    (r->talk[i] + r->hold[i] + r->after_call[i]) & answered);
	p->after_call += (uint64_t)(r->after_call[i] & answered);
}

void
yard_panel_by_agent_month(yard *y)
{
	static packed counts[GROUPS];
	const rows *r = y->r;
	look_up t;

	fill_look_up(&t);
	memset(y->groups, 0, GROUPS * sizeof(*y->groups));
	for (uint32_t i = 0; i < r->count;) {
		const uint32_t until =
		    r->count - i < UNPACK_ROWS ? r->count : i + UNPACK_ROWS;

		for (; i < until; i++)
			add_row(r, i, &t, &counts[group_of(y, i)]);
		for (uint32_t g = 0; g < GROUPS; g++)
			if (counts[g].outcomes != 0)
				unpack(&counts[g], y->groups[g].number);
	}
}
