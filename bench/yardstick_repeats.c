/* SPDX-License-Identifier: MIT */
/*
 * Contacts are dealt into shares by the low bits of the customer's number, so
 * that a share fits the cache; there they are counted into customers, and what
 * of a customer is out of order is put in order.
 */
#include "yardstick_repeats.h"

#include <stdlib.h>
#include <string.h>

#define SHARES 128

/* When it began, and what decides where two begin at once: its id. */
#define ID_BITS 28

typedef struct contact {
	uint64_t when; /* since BEGIN, in ms << ID_BITS | id */
	uint32_t customer; /* its number / SHARES */
	uint16_t group;
	uint16_t reserved;
} contact;

int
yard_repeats_room(yard *y)
{
	y->dealt = malloc((size_t)y->r->count * sizeof(contact));
	y->sorted = malloc((size_t)y->r->count * sizeof(contact));
	y->place =
	    malloc(((size_t)y->r->customers / SHARES + 2) * sizeof(*y->place));
	return y->dealt != NULL && y->sorted != NULL && y->place != NULL;
}

static uint64_t
when(const rows *r, uint32_t row)
{
	return (uint64_t)(r->started_at[row] - BEGIN) << ID_BITS | r->id[row];
}

static void
deal(yard *y, uint32_t *at, int grouped)
{
	const rows *r = y->r;
	uint32_t sum = 0;

	memset(at, 0, SHARES * sizeof(*at));
	for (uint32_t i = 0; i < r->count; i++)
		at[r->customer[i] % SHARES]++;
	for (uint32_t s = 0; s < SHARES; s++) {
		const uint32_t here = at[s];

		at[s] = sum;
		sum += here;
	}
	for (uint32_t i = 0; i < r->count; i++)
		y->dealt[at[r->customer[i] % SHARES]++] =
		    (contact){ when(r, i), r->customer[i] / SHARES,
			    grouped ? (uint16_t)group_of(y, i) : 0, 0 };
}

static void
sort_share(yard *y, const contact *share, uint32_t count)
{
	const uint32_t customers = y->r->customers / SHARES + 1;
	contact *sorted = y->sorted;
	uint32_t sum = 0;

	memset(y->place, 0, customers * sizeof(*y->place));
	for (uint32_t i = 0; i < count; i++)
		y->place[share[i].customer]++;
	for (uint32_t k = 0; k < customers; k++) {
		const uint32_t here = y->place[k];

		y->place[k] = sum;
		sum += here;
	}
	for (uint32_t i = 0; i < count; i++)
		sorted[y->place[share[i].customer]++] = share[i];
	for (uint32_t i = 1; i < count; i++) {
		const contact late = sorted[i];
		uint32_t j = i;

		if (sorted[i - 1].customer != late.customer ||
		    sorted[i - 1].when < late.when)
			continue;
		while (j > 0 && sorted[j - 1].customer == late.customer &&
		    sorted[j - 1].when > late.when) {
			sorted[j] = sorted[j - 1];
			j--;
		}
		sorted[j] = late;
	}
}

/* A repeat: at most the window after the contact before. An issue begins with
 * what is none, and was silent if nothing came within the window. */
static void
count_repeats(const yard *y, uint32_t count)
{
	const contact *c = y->sorted;
	int followed, follows = 0;

	for (uint32_t i = 0; i < count; i++) {
		int64_t *number = y->groups[c[i].group].number;

		followed = i + 1 < count &&
		    c[i + 1].customer == c[i].customer &&
		    (c[i + 1].when >> ID_BITS) - (c[i].when >> ID_BITS) <=
			WINDOW;
		number[COUNTED]++;
		number[REPEATS] += follows;
		number[ISSUES] += !follows;
		number[SILENT_ISSUES] += !follows & !followed;
		follows = followed;
	}
}

static void
repeats(yard *y, int grouped)
{
	uint32_t at[SHARES];

	memset(y->groups, 0,
	    (grouped ? GROUPS : 1) * sizeof(*y->groups));
	deal(y, at, grouped);
	for (uint32_t s = 0; s < SHARES; s++) {
		const uint32_t begin = s == 0 ? 0 : at[s - 1];

		sort_share(y, y->dealt + begin, at[s] - begin);
		count_repeats(y, at[s] - begin);
	}
}

void
yard_repeats(yard *y)
{
	repeats(y, 0);
}

void
yard_repeats_by_agent_month(yard *y)
{
	repeats(y, 1);
}
