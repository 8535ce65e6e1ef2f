/* SPDX-License-Identifier: MIT */
/*
 * What cells the sums of a definition are made of, found once, and the sums of
 * a slot. A result has many rows of many sums, nearly all of which fit 64
 * bits: these are added up without a branch on what stands in a cell.
 */
#include <string.h>

#include "base/memory.h"
#include "query/scan_plan.h"

#define NONE UINT32_MAX

/*
 * A short sum is of counts below 2^38 with weights below 2^14, and of wide
 * cells within 2^53. It has no more of either than there are atoms, 256 at
 * most. Narrow counts add less to it; of what narrow adders have, below 2^60,
 * a sum has one. So it is within 2^62, and two of them add up in 64 bits.
 */
#define SHORT_WEIGHT (1 << 14)
#define COUNT_BITS   38
#define WIDE_BITS    53
#define NARROW_BITS  60

static kpi_status
add_term(kpi__scan *scan, const kpi__place_of *place, kpi__term *term)
{
	const size_t count = scan->term_count;

	if (kpi__grow(scan->allocator, &scan->terms, &scan->term_room,
		count + 1, sizeof(*scan->terms)) != KPI_OK)
		return KPI_ENOMEM;
	if (count > place->first_term &&
	    scan->terms[count - 1].place == term->place)
		term->before = UINT64_MAX;
	else
		term->before = 0;
	scan->terms[scan->term_count++] = *term;
	return KPI_OK;
}

static int
is_of_four(int sum, const uint8_t four[4], const uint32_t from[4],
    uint32_t cell, kpi__term *term)
{
	for (int i = 0; i < 4; i++)
		if (sum == four[i]) {
			term->cell = cell + from[i];
			term->wide = from[i] != KPI__GATHERED_CLUSTERS;
			return 1;
		}
	return 0;
}

/* What clusters come to. */
static int
is_gathered(const kpi__scan *scan, const kpi__place_of *place, int sum,
    kpi__term *term)
{
	static const uint8_t bounds[4] = { KPI__SUM_CLUSTERS, KPI__SUM_SQUARES,
		KPI__SUM_CROSS, KPI__SUM_SIZES };
	static const uint8_t verdict[4] = { KPI__SUM_VERDICT_CLUSTERS,
		KPI__SUM_VERDICT_SQUARES, KPI__SUM_VERDICT_CROSS,
		KPI__SUM_VERDICT_SIZES };
	static const uint32_t from[4] = { KPI__GATHERED_CLUSTERS,
		KPI__GATHERED_SQUARES, KPI__GATHERED_CROSS,
		KPI__GATHERED_SIZES };

	return (place->bounds != NONE &&
		   is_of_four(sum, bounds, from,
		       scan->gatherers[place->bounds].cell, term)) ||
	    (place->verdict != NONE &&
		is_of_four(sum, verdict, from,
		    scan->gatherers[place->verdict].cell, term));
}

static int
is_added(const kpi__scan *scan, const kpi__adder *adder, int sum,
    kpi__term *term)
{
	static const int8_t from[KPI__SUMS] = {
		[KPI__SUM_NUMERATOR] = KPI__ADDED_SUM + 1,
		[KPI__SUM_SQUARES] = KPI__ADDED_SQUARES + 1,
		[KPI__SUM_CROSS] = KPI__ADDED_CROSS + 1,
		[KPI__SUM_SIZES] = KPI__ADDED_SIZES + 1,
		[KPI__SUM_CLUSTERS] = KPI__ADDED_CLUSTERS + 1,
	};

	term->cell = adder->cell;
	term->wide = 0;
	if (adder->greatest)
		return sum == KPI__SUM_GREATEST;
	if (scan->narrow.row != 0 && adder->narrow != NONE) {
		term->narrow_of = sum == KPI__SUM_NUMERATOR
		    ? KPI__NARROW_SUM
		    : KPI__NARROW_SQUARES;
		term->narrow = adder->narrow + (sum != KPI__SUM_NUMERATOR);
	}
	if (from[sum] == 0 ||
	    (!adder->clustered && from[sum] > KPI__ADDED_SQUARES + 1))
		return 0;
	term->cell += (uint32_t)from[sum] - 1;
	term->wide = sum != KPI__SUM_CLUSTERS;
	return 1;
}

/* What one source alone has, whatever the atoms count. */
static int
is_whole(const kpi__scan *scan, uint32_t index, int sum, kpi__term *term)
{
	const kpi__place_of *place = &scan->places[index];
	const kpi__declared *d = &scan->declared[index];

	term->weight = 1;
	if (is_gathered(scan, place, sum, term))
		return 1;
	if (place->distinct != NONE && sum == d->distinct_sum) {
		term->cell = scan->distincts[place->distinct].cell;
		term->wide = 0;
		return 1;
	}
	if (place->adder == NONE || (d->value_sum != 0 && sum != d->value_sum))
		return 0;
	return is_added(scan, &scan->adders[place->adder],
	    d->value_sum != 0 ? KPI__SUM_NUMERATOR : sum, term);
}

/* Where an atom's cells have what a sum takes of units that are split. */
static void
find_shared(int sum, kpi__term *term)
{
	switch (sum) {
	case KPI__SUM_WEIGHTS:
	case KPI__SUM_SQUARES:
	case KPI__SUM_CROSS:
	case KPI__SUM_SIZES:
		term->cell += 1;
		term->wide = 1;
		break;
	case KPI__SUM_CLUSTERS:
		term->cell += 3;
		break;
	default:
		break;
	}
}

/* Those of a sum that are of two words, or of one. */
static kpi_status
find_sum(kpi__scan *scan, uint32_t index, int sum, int wide)
{
	const kpi__declared *d = &scan->declared[index];
	const kpi__place_of *place = &scan->places[index];
	const kpi__counter *c = &scan->counters[place->counter];
	const uint32_t cells = kpi__atom_cells(&scan->streams[c->stream]);
	kpi_status status = KPI_OK;
	kpi__term term;

	memset(&term, 0, sizeof(term));
	term.place = place->at[sum];
	if (is_whole(scan, index, sum, &term))
		return term.wide == wide ? add_term(scan, place, &term)
					 : KPI_OK;
	term.narrow_of = scan->narrow.row != 0 && c->is_narrow
	    ? KPI__NARROW_COUNT
	    : KPI__NARROW_NONE;
	for (uint32_t a = 0; a < c->atoms.count && status == KPI_OK; a++) {
		term.weight = d->weight[sum][d->class_of[c->example[a]]];
		term.cell = c->cell + a * cells;
		term.narrow = c->narrow[a];
		term.wide = 0;
		/* Customers are not split: what is beside them neither. */
		if (cells > 1)
			find_shared(place->distinct == NONE ? sum
							    : KPI__SUM_CLUSTERS,
			    &term);
		if (term.weight != 0 && term.wide == wide)
			status = add_term(scan, place, &term);
	}
	return status;
}

static int
is_short(const kpi__term *term)
{
	return term->wide ? term->weight == 1
			  : term->weight > -SHORT_WEIGHT &&
		term->weight < SHORT_WEIGHT;
}

kpi_status
kpi__scan_terms(kpi__scan *scan, uint32_t index)
{
	const kpi__declared *d = &scan->declared[index];
	kpi__place_of *place = &scan->places[index];

	for (int sum = 0; sum < KPI__SUMS; sum++)
		if (d->sums >> sum & 1)
			place->at[sum] = (uint8_t)place->width++;
	place->first_term = scan->term_count;
	for (int wide = 0; wide < 2; wide++) {
		for (int sum = 0; sum < KPI__SUMS; sum++)
			if ((d->sums >> sum & 1) &&
			    find_sum(scan, index, sum, wide) != KPI_OK)
				return KPI_ENOMEM;
		if (!wide)
			place->terms = scan->term_count - place->first_term;
	}
	place->wides = scan->term_count - place->first_term - place->terms;
	place->shorts = 1;
	for (size_t i = place->first_term; i < scan->term_count; i++)
		place->shorts &= is_short(&scan->terms[i]);
	return KPI_OK;
}

/* w * weight: weights are small (marks, squares of marks, 1). */
static kpi__wide
times(kpi__wide w, int64_t weight)
{
	const int64_t factor = weight < 0 ? -weight : weight;
	kpi__wide sum = { 0, 0 };

	if (w.high == 0 && w.low <= INT32_MAX && factor <= INT32_MAX)
		return kpi__wide_of((int64_t)w.low * weight);
	for (int64_t i = 1; i <= factor && i > 0; i *= 2) {
		if (factor & i)
			sum = kpi__wide_add(sum, w);
		w = kpi__wide_add(w, w);
	}
	if (weight < 0) {
		sum.low = ~sum.low;
		sum.high = ~sum.high;
		sum = kpi__wide_add(sum, kpi__wide_of(1));
	}
	return sum;
}

/* The words of a slot; NULL: it has none. */
static const uint64_t *
words_of(const kpi__scan *scan, uint32_t slot)
{
	const size_t at = slot * scan->stride;

	return at < scan->cell_count ? scan->cells + at : NULL;
}

static kpi__wide
narrow_amount(const unsigned char *narrow, const kpi__term *term)
{
	const uint64_t *word = (const void *)narrow;
	const uint32_t *count = (const void *)narrow;

	switch (term->narrow_of) {
	case KPI__NARROW_COUNT:
		return (kpi__wide){ count[term->narrow], 0 };
	case KPI__NARROW_SUM:
		return (kpi__wide){ word[term->narrow], 0 };
	case KPI__NARROW_SQUARES:
		word += term->narrow;
		return kpi__wide_add((kpi__wide){ word[0], 0 },
		    (kpi__wide){ word[1] << 32, (int64_t)(word[1] >> 32) });
	default:
		return (kpi__wide){ 0, 0 };
	}
}

void
kpi__scan_sums(const kpi__scan *scan, uint32_t slot, uint32_t index,
    kpi__wide *sums)
{
	const kpi__place_of *place = &scan->places[index];
	const unsigned char *narrow = kpi__narrow_cells(&scan->narrow, slot);
	const uint64_t *words = words_of(scan, slot);
	const kpi__term *term = scan->terms + place->first_term;

	memset(sums, 0, place->width * sizeof(*sums));
	for (size_t i = 0; i < place->terms + place->wides; i++, term++) {
		kpi__wide amount = { 0, 0 };

		if (words != NULL) {
			amount.low = words[term->cell];
			if (term->wide)
				amount.high = (int64_t)words[term->cell + 1];
		}
		if (narrow != NULL)
			amount = kpi__wide_add(
			    amount, narrow_amount(narrow, term));
		sums[term->place] = kpi__wide_add(
		    sums[term->place], times(amount, term->weight));
	}
}

/* Into sums that are 0. The two return non-zero where a sum may be beyond. */
static uint64_t
short_of_narrow(const unsigned char *narrow, const kpi__place_of *place,
    const kpi__term *term, uint64_t *sums)
{
	const uint64_t *word = (const void *)narrow;
	const uint32_t *count = (const void *)narrow;
	uint64_t sum = 0, over = 0;

	for (size_t i = 0; i < place->terms; i++, term++) {
		const uint64_t n = term->narrow_of == KPI__NARROW_COUNT
		    ? count[term->narrow]
		    : 0;

		sum = (sum & term->before) + n * (uint64_t)term->weight;
		sums[term->place] = sum;
	}
	for (size_t i = 0; i < place->wides; i++, term++) {
		const uint64_t *at = word + term->narrow;

		if (term->narrow_of == KPI__NARROW_SUM) {
			over |= at[0] >> NARROW_BITS;
			sums[term->place] += at[0];
		} else if (term->narrow_of == KPI__NARROW_SQUARES) {
			over |= at[0] >> (NARROW_BITS - 1) |
			    at[1] >> (NARROW_BITS - 1 - 32);
			sums[term->place] += at[0] + (at[1] << 32);
		}
	}
	return over;
}

/* Adds to sums. */
static uint64_t
short_of_words(const uint64_t *words, const kpi__place_of *place,
    const kpi__term *term, uint64_t *sums)
{
	uint64_t over = 0;

	for (size_t i = 0; i < place->terms; i++, term++) {
		const uint64_t count = words[term->cell];

		over |= count >> COUNT_BITS;
		sums[term->place] += count * (uint64_t)term->weight;
	}
	for (size_t i = 0; i < place->wides; i++, term++) {
		const uint64_t low = words[term->cell];

		over |= words[term->cell + 1] ^ (0 - (low >> 63));
		over |= (low + (UINT64_C(1) << WIDE_BITS)) >> (WIDE_BITS + 1);
		sums[term->place] += low;
	}
	return over;
}

int
kpi__scan_short_sums(const kpi__scan *scan, uint32_t slot, uint32_t index,
    uint64_t *sums)
{
	const kpi__place_of *place = &scan->places[index];
	const kpi__term *term = scan->terms + place->first_term;
	const unsigned char *narrow = kpi__narrow_cells(&scan->narrow, slot);
	const uint64_t *words = words_of(scan, slot);
	uint64_t over = !place->shorts;

	if (narrow != NULL)
		over |= short_of_narrow(narrow, place, term, sums);
	if (words != NULL)
		over |= short_of_words(words, place, term, sums);
	return over != 0;
}

static void
fetch(const void *from, size_t size)
{
	for (size_t i = 0; i < size; i += 64)
		__builtin_prefetch((const char *)from + i);
}

void
kpi__scan_fetch(const kpi__scan *scan, uint32_t slot)
{
	const unsigned char *narrow = kpi__narrow_cells(&scan->narrow, slot);
	const uint64_t *words = words_of(scan, slot);

	if (narrow != NULL)
		fetch(narrow, scan->narrow.row);
	if (words != NULL)
		fetch(words, scan->stride * sizeof(*words));
}
