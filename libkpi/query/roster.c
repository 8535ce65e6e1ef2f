/* SPDX-License-Identifier: MIT */
#include "query/roster.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "store/employment.h"
#include "store/entries.h"

/* Instants in the order of words without a sign. */
static uint64_t
word_of(int64_t instant)
{
	return (uint64_t)instant ^ (UINT64_C(1) << 63);
}

static int64_t
instant_of(uint64_t word)
{
	return (int64_t)(word ^ (UINT64_C(1) << 63));
}

static int
compare(const void *a, const void *b, const void *unused)
{
	const kpi_employment *x = a, *y = b;
	const int order = strcmp(x->agent, y->agent);

	(void)unused;
	return order != 0
	    ? order
	    : (x->hired_at > y->hired_at) - (x->hired_at < y->hired_at);
}

static int
is_among(const kpi__filter *filter, const char *agent)
{
	for (size_t i = 0; i < filter->count; i++)
		if (filter->values[i] != NULL &&
		    strcmp(filter->values[i], agent) == 0)
			return 1;
	return 0;
}

static int
is_wanted(const kpi_query *query, const char *agent)
{
	for (size_t i = 0; i < query->filter_count; i++)
		if (is_among(&query->filters[i], agent) ==
		    query->filters[i].negated)
			return 0;
	return 1;
}

static void
put(kpi__roster *r, const kpi_employment *one)
{
	r->hired[r->count++] = word_of(one->hired_at);
	if (one->left_at != KPI_UNKNOWN)
		r->left[r->ended++] = word_of(one->left_at);
}

/* Takes the employments, which are in order, those that overlap as one. */
static void
take(kpi__roster *r, const kpi_employment *all, size_t count)
{
	kpi_employment one = all[0];

	for (size_t i = 1; i < count; i++) {
		const kpi_employment *next = &all[i];

		if (strcmp(next->agent, one.agent) != 0 ||
		    (one.left_at != KPI_UNKNOWN &&
			next->hired_at >= one.left_at)) {
			put(r, &one);
			one = *next;
		} else if (one.left_at != KPI_UNKNOWN &&
		    (next->left_at == KPI_UNKNOWN ||
			next->left_at > one.left_at)) {
			one.left_at = next->left_at;
		}
	}
	put(r, &one);
}

static void
add_up(uint64_t *words, uint64_t *scratch, kpi__wide *sum, size_t count)
{
	(void)kpi__sort_words(words, scratch, count, NULL, NULL);
	sum[0] = kpi__wide_of(0);
	for (size_t i = 0; i < count; i++)
		sum[i + 1] =
		    kpi__wide_add(sum[i], kpi__wide_of(instant_of(words[i])));
}

static kpi_status
make_room(kpi__roster *r, size_t count)
{
	const kpi_allocator *a = r->allocator;

	r->room = count;
	r->hired = kpi__new_array(a, count, sizeof(*r->hired));
	r->left = kpi__new_array(a, count, sizeof(*r->left));
	r->hired_sum = kpi__new_array(a, count + 1, sizeof(*r->hired_sum));
	r->left_sum = kpi__new_array(a, count + 1, sizeof(*r->left_sum));
	return r->hired == NULL || r->left == NULL || r->hired_sum == NULL ||
		r->left_sum == NULL
	    ? KPI_ENOMEM
	    : KPI_OK;
}

/* Those that are wanted of the entries, in `all`, whose second half is
 * scratch. */
static void
fill(kpi__roster *r, const kpi__entries *entries, const kpi_query *query,
    kpi_employment *all)
{
	size_t count = 0;

	for (uint32_t i = 0; i < entries->count; i++) {
		kpi__employment_read(entries->at[i], &all[count]);
		count += is_wanted(query, all[count].agent) != 0;
	}
	if (count > 0) {
		kpi__sort(all, all + entries->count, count, sizeof(*all),
		    compare, NULL);
		take(r, all, count);
	}
	add_up(r->hired, (uint64_t *)(void *)all, r->hired_sum, r->count);
	add_up(r->left, (uint64_t *)(void *)all, r->left_sum, r->ended);
}

kpi_status
kpi__roster_read(kpi__roster *r, const kpi__snapshot *snapshot,
    const kpi_query *query, kpi_error *error)
{
	kpi__entries entries;
	kpi_employment *all;
	size_t room;
	kpi_status status;

	memset(r, 0, sizeof(*r));
	r->allocator = kpi__snapshot_allocator(snapshot);
	status =
	    kpi__entries_of(&entries, snapshot, KPI__LEDGER_EMPLOYMENT, error);
	if (status != KPI_OK || entries.count == 0)
		return status;
	r->is_kept = 1;
	room = 2 * (size_t)entries.count;
	all = kpi__new_array(r->allocator, room, sizeof(*all));
	status = all == NULL ? KPI_ENOMEM : make_room(r, entries.count);
	if (status == KPI_OK)
		fill(r, &entries, query, all);
	kpi__release(r->allocator, all, room, sizeof(*all));
	kpi__entries_free(&entries, snapshot);
	return status == KPI_OK
	    ? KPI_OK
	    : kpi__fail(error, status, "no memory for the roster");
}

void
kpi__roster_free(kpi__roster *r)
{
	if (r->room == 0)
		return;
	kpi__release(r->allocator, r->hired, r->room, sizeof(*r->hired));
	kpi__release(r->allocator, r->left, r->room, sizeof(*r->left));
	kpi__release(
	    r->allocator, r->hired_sum, r->room + 1, sizeof(*r->hired_sum));
	kpi__release(
	    r->allocator, r->left_sum, r->room + 1, sizeof(*r->left_sum));
	memset(r, 0, sizeof(*r));
}

/* How many lie before an instant. */
static size_t
before(const uint64_t *words, size_t count, int64_t instant)
{
	const uint64_t word = word_of(instant);
	size_t least = 0;

	while (count > 0) {
		const size_t half = count / 2;

		if (words[least + half] < word) {
			least += half + 1;
			count -= half + 1;
		} else {
			count = half;
		}
	}
	return least;
}

static int64_t
hired_before(const kpi__roster *r, int64_t instant)
{
	return (int64_t)before(r->hired, r->count, instant);
}

static int64_t
left_before(const kpi__roster *r, int64_t instant)
{
	return (int64_t)before(r->left, r->ended, instant);
}

int64_t
kpi__roster_at(const kpi__roster *r, int64_t instant)
{
	return hired_before(r, instant + 1) - left_before(r, instant + 1);
}

int64_t
kpi__roster_ever(const kpi__roster *r, int64_t begin, int64_t until)
{
	return hired_before(r, until) - left_before(r, begin + 1);
}

int64_t
kpi__roster_leavers(const kpi__roster *r, int64_t begin, int64_t until)
{
	return left_before(r, until + 1) - left_before(r, begin + 1);
}

/* All time before an instant: of each hired before it what has passed since,
 * less of each who left what has passed since that. */
static kpi__wide
time_before(const kpi__roster *r, int64_t instant)
{
	const int64_t hired = hired_before(r, instant);
	const int64_t left = left_before(r, instant);

	return kpi__wide_subtract(
	    kpi__wide_add(
		kpi__wide_product(hired - left, instant), r->left_sum[left]),
	    r->hired_sum[hired]);
}

kpi__wide
kpi__roster_time(const kpi__roster *r, int64_t begin, int64_t until)
{
	return kpi__wide_subtract(time_before(r, until), time_before(r, begin));
}
