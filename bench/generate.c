/* SPDX-License-Identifier: MIT */
/*
 * What the rows are like. Starts: by hour, weekday, beginning of the month and
 * 20 % growth, ascending but for 1 % that are up to two hours late. Customers:
 * about a sixth of the rows, some with many; about one contact in six is a
 * call back of the last week or so, the likelier when it was not resolved.
 * Durations are skewed, waits longer in busy hours. All in whole numbers, so
 * that no machine rounds otherwise.
 */
#include <stdlib.h>

#include "random.h"
#include "rows.h"

#define QUARTERS (DAYS * 96)
#define QUARTER  (900 * SECOND)

/* Quantiles of a duration, in ms, in steps of a sixteenth. */
typedef int32_t quantiles[17];

static const quantiles answered_wait = { 200, 1500, 3000, 4500, 6000, 8000,
	10000, 12500, 15000, 19000, 24000, 31000, 42000, 60000, 95000, 190000,
	1500000 };
static const quantiles abandoned_wait = { 100, 1500, 3500, 6000, 10000, 15000,
	21000, 28000, 36000, 46000, 58000, 73000, 92000, 120000, 165000,
	260000, 1200000 };
static const quantiles talk = { 5000, 60000, 95000, 125000, 150000, 175000,
	200000, 225000, 252000, 282000, 315000, 355000, 405000, 475000, 580000,
	800000, 5400000 };
static const quantiles hold = { 1000, 8000, 14000, 20000, 26000, 32000, 38000,
	45000, 53000, 62000, 73000, 87000, 105000, 130000, 170000, 250000,
	1800000 };
static const quantiles after_call = { 0, 5000, 11000, 16000, 21000, 26000,
	31000, 37000, 43000, 50000, 58000, 68000, 81000, 99000, 127000, 185000,
	1200000 };

static const uint32_t queue_share[QUEUES] = { 160, 130, 110, 90, 70, 55, 50,
	45, 42, 40, 35, 30, 28, 25, 22, 20, 16, 13, 11, 8 };
static const uint32_t channel_share[CHANNELS] = { 620, 160, 120, 40, 40, 20 };
static const uint32_t hour_share[24] = { 12, 8, 6, 5, 6, 12, 30, 70, 130, 180,
	200, 195, 170, 165, 185, 190, 175, 150, 115, 85, 65, 48, 32, 20 };
static const uint32_t weekday_share[7] = { 35, 125, 112, 105, 100, 95, 48 };

enum { VOICE, CHAT, EMAIL, CALL_BACK, SOCIAL };

typedef struct generator {
	random_source source;
	uint64_t *until; /* weight of all quarters of an hour before */
	uint32_t quarter;
	uint64_t scatter; /* spreads the numbers of customers */
} generator;

static int32_t
draw(generator *g, const quantiles q)
{
	const uint64_t at = random_next(&g->source) >> 44;
	const int32_t from = q[at >> 16], to = q[(at >> 16) + 1];

	return from +
	    (int32_t)((int64_t)(to - from) * (int64_t)(at & 0xffff) >> 16);
}

static uint8_t
pick(generator *g, const uint32_t *share, uint32_t count)
{
	uint64_t left = 0;
	uint32_t i = 0;

	for (i = 0; i < count; i++)
		left += share[i];
	left = random_below(&g->source, left);
	for (i = 0; left >= share[i]; i++)
		left -= share[i];
	return (uint8_t)i;
}

static uint64_t
common_divisor(uint64_t a, uint64_t b)
{
	while (b != 0) {
		const uint64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

static uint64_t
square_root(uint64_t x)
{
	uint64_t root = 0, bit = UINT64_C(1) << 30;

	while (bit > x)
		bit >>= 2;
	for (; bit != 0; bit >>= 2) {
		if (x >= root + bit) {
			x -= root + bit;
			root = (root >> 1) + bit;
		} else {
			root >>= 1;
		}
	}
	return root;
}

/* Below `limit`, low ones more often: u to the power of three halves. */
static uint64_t
draw_few_often(generator *g, uint64_t limit)
{
	const uint64_t u = random_next(&g->source) >> 32;
	const uint64_t root = square_root(u) << 16 |
	    (random_next(&g->source) & 0xffff);

	return high_product(u * root, limit);
}

static int
weigh_quarters(generator *g)
{
	unsigned month = MONTHS, day_of_month = 0;

	g->until = malloc((QUARTERS + 1) * sizeof(*g->until));
	if (g->until == NULL)
		return 0;
	g->until[0] = 0;
	for (uint32_t day = 0; day < DAYS; day++) {
		const unsigned now = month_of(BEGIN + (int64_t)day * DAY);

		day_of_month = now == month ? day_of_month + 1 : 0;
		month = now;
		for (uint32_t q = 0; q < 96; q++) {
			uint64_t w = (uint64_t)hour_share[q / 4] *
			    weekday_share[day % 7] * (1000 + 200 * day / DAYS);

			if (day_of_month < 3)
				w = w * 5 / 4;
			g->until[day * 96 + q + 1] =
			    g->until[day * 96 + q] + w;
		}
	}
	return 1;
}

/* Row i of n lies in the i-th nth of the whole weight. */
static int64_t
draw_start(generator *g, uint64_t i, uint64_t n, int *busy)
{
	const uint64_t part = (i << 20) + random_below(&g->source, 1 << 20);
	const uint64_t total = g->until[QUARTERS];
	/* part * total / n >> 20, whose product is beyond 64 bits. */
	const uint64_t high = high_product(part, total), low = part * total;
	uint64_t rest = high % n, weight = 0, at, width;
	int64_t start;

	for (int bit = 63; bit >= 0; bit--) {
		rest = rest << 1 | (low >> bit & 1);
		weight = weight << 1 | (rest >= n);
		rest -= rest >= n ? n : 0;
	}
	weight >>= 20;
	while (weight >= g->until[g->quarter + 1])
		g->quarter++;
	at = g->quarter;
	width = g->until[at + 1] - g->until[at];
	*busy =
	    hour_share[at / 4 % 24] * weekday_share[at / 96 % 7] > 19000;
	start = BEGIN + (int64_t)at * QUARTER +
	    (int64_t)((weight - g->until[at]) * QUARTER / width);
	if (random_is(&g->source, 10)) {
		start -= (int64_t)random_below(&g->source, 7200 * SECOND);
		start = start < BEGIN ? BEGIN : start;
	}
	return start;
}

/* A contact of the last week or so that is followed up; -1: none. */
static int64_t
draw_earlier(generator *g, const rows *r, uint64_t i)
{
	const uint64_t week = (uint64_t)r->count * 7 / DAYS + 1;
	uint64_t u, lag;

	if (i <= 100 || !random_is(&g->source, 190))
		return -1;
	u = random_next(&g->source) >> 32;
	lag = 20 + high_product(u * u, week);
	if (lag >= i ||
	    (r->resolution[i - lag] == RESOLVED &&
		!random_is(&g->source, 400)))
		return -1;
	return (int64_t)(i - lag);
}

static void
draw_matter(generator *g, rows *r, uint64_t i)
{
	random_source *s = &g->source;
	const int64_t earlier = draw_earlier(g, r, i);

	if (earlier >= 0) {
		r->customer[i] = r->customer[earlier];
		r->queue[i] = random_is(s, 650)
		    ? r->queue[earlier]
		    : pick(g, queue_share, QUEUES);
		r->reason[i] = random_is(s, 700)
		    ? r->reason[earlier]
		    : (uint8_t)random_below(s, REASONS);
		return;
	}
	r->customer[i] = (uint32_t)(draw_few_often(g, r->customers) *
	    g->scatter % r->customers);
	r->queue[i] = pick(g, queue_share, QUEUES);
	r->reason[i] = random_is(s, 600)
	    ? (uint8_t)((r->queue[i] * 3u + random_below(s, 5)) % REASONS)
	    : (uint8_t)random_below(s, REASONS);
}

static uint8_t
draw_outcome(generator *g, uint8_t channel, int inbound, int busy)
{
	random_source *s = &g->source;

	if (!inbound || channel > CHAT)
		return ANSWERED;
	if (channel == CHAT)
		return random_is(s, 60) ? ABANDONED : ANSWERED;
	if (random_is(s, 110))
		return SELF_SERVED;
	return random_is(s, busy ? 110 : 55) ? ABANDONED : ANSWERED;
}

static void
draw_survey(generator *g, rows *r, uint64_t i)
{
	random_source *s = &g->source;
	const int good = r->resolution[i] == RESOLVED;

	if (random_is(s, 150))
		r->csat[i] = (uint8_t)(!good ? 1 + random_below(s, 5)
			: random_is(s, 480)  ? 5
			: random_is(s, 650)  ? 4
			: random_is(s, 600)  ? 3
					     : 1 + random_below(s, 2));
	if (random_is(s, 80))
		r->nps[i] = (uint8_t)(!good ? random_below(s, 11)
			: random_is(s, 520) ? 9 + random_below(s, 2)
			: random_is(s, 600) ? 7 + random_below(s, 2)
					    : random_below(s, 7));
	if (random_is(s, 50))
		r->ces[i] = (uint8_t)(good ? 1 + random_below(s, 4)
					   : 3 + random_below(s, 5));
}

static void
draw_handling(generator *g, rows *r, uint64_t i)
{
	random_source *s = &g->source;
	const uint64_t a = random_below(s, 75), b = random_below(s, 75);

	r->agent[i] =
	    (uint16_t)(1 + (r->queue[i] * 25u + (a < b ? a : b)) % AGENTS);
	r->talk[i] = draw(g, talk);
	r->hold[i] = random_is(s, 300) ? draw(g, hold) : 0;
	r->after_call[i] = draw(g, after_call);
	if (random_is(s, 140)) {
		r->transfers[i] = (uint8_t)(1 + random_is(s, 180));
		r->transfers[i] += (uint8_t)random_is(s, 30);
	}
	r->resolution[i] = random_is(s, r->transfers[i] > 0 ? 560 : 740)
	    ? RESOLVED
	    : random_is(s, 620) ? NOT_RESOLVED
				: RESOLUTION_UNKNOWN;
	r->cost[i] = 35 +
	    (int32_t)(((int64_t)r->talk[i] + r->hold[i] + r->after_call[i]) *
		(r->channel[i] == CHAT ? 35 : 62) / 60000);
	draw_survey(g, r, i);
}

static void
draw_row(generator *g, rows *r, uint64_t i)
{
	random_source *s = &g->source;
	int busy, inbound;

	r->id[i] = (uint32_t)i + 1;
	r->started_at[i] = draw_start(g, i, r->count, &busy);
	draw_matter(g, r, i);
	r->channel[i] = pick(g, channel_share, CHANNELS);
	inbound = !random_is(s, 100);
	r->outbound[i] = !inbound;
	r->outcome[i] = draw_outcome(g, r->channel[i], inbound, busy);
	if (r->outcome[i] != SELF_SERVED && inbound)
		r->wait[i] = draw(g,
		    r->outcome[i] == ABANDONED ? abandoned_wait
					       : answered_wait);
	if (busy && r->outcome[i] == ANSWERED)
		r->wait[i] += r->wait[i] / 2;
	/* Minutes to hours. */
	if (r->channel[i] == EMAIL || r->channel[i] == SOCIAL)
		r->wait[i] *= 40;
	r->cost[i] = 4;
	r->csat[i] = NO_CSAT;
	r->nps[i] = NO_NPS;
	r->ces[i] = NO_CES;
	if (r->outcome[i] == ANSWERED)
		draw_handling(g, r, i);
	else if (r->outcome[i] == SELF_SERVED)
		r->resolution[i] =
		    random_is(s, 400) ? RESOLVED : RESOLUTION_UNKNOWN;
	else
		r->resolution[i] =
		    random_is(s, 500) ? NOT_RESOLVED : RESOLUTION_UNKNOWN;
}

int
rows_fill(rows *r, uint64_t seed)
{
	generator g = { .quarter = 0 };

	random_seed(&g.source, seed);
	r->customers = r->count / 6 + r->count / 100 + 1;
	g.scatter = UINT64_C(2654435761) % r->customers | 1;
	while (common_divisor(g.scatter, r->customers) != 1)
		g.scatter += 2;
	if (!weigh_quarters(&g))
		return 0;
	for (uint64_t i = 0; i < r->count; i++)
		draw_row(&g, r, i);
	free(g.until);
	return 1;
}
