/* SPDX-License-Identifier: MIT */
#include "result/comparable.h"

#include <string.h>

#include "base/error.h"
#include "result/goals.h"
#include "result/table.h"
#include "time/instant.h"

static const char *
partition_name(int32_t partition)
{
	static const char *const names[] = { "nothing", "customer", "case",
		"agent", "day" };

	return names[partition];
}

static int
same_dimensions(const kpi__frame *a, const kpi__frame *b)
{
	if (a->by_count != b->by_count)
		return 0;
	for (uint32_t i = 0; i < a->by_count; i++)
		if (a->by[i] != b->by[i])
			return 0;
	return 1;
}

static kpi_status
compare_dimensions(const kpi__frame *a, const kpi__frame *b, kpi_error *error)
{
	if (!same_dimensions(a, b))
		return kpi__fail(error, KPI_EMISMATCH,
		    "the results are not grouped by the same dimensions");
	return KPI_OK;
}

static kpi_status
compare_zones(const kpi__frame *a, const kpi__frame *b, kpi_error *error)
{
	if (strcmp(a->zone, b->zone) != 0)
		return kpi__fail(error, KPI_EMISMATCH,
		    "one result is in the zone %s, the other in %s", a->zone,
		    b->zone);
	return KPI_OK;
}

static kpi_status
compare_frames(const kpi__frame *a, const kpi__frame *b, kpi_error *error)
{
	kpi_status status = compare_dimensions(a, b, error);

	if (status != KPI_OK)
		return status;
	if (a->bucket != b->bucket)
		return kpi__fail(error, KPI_EMISMATCH,
		    "the results are not cut into the same buckets of time");
	if (a->week_start != b->week_start)
		return kpi__fail(error, KPI_EMISMATCH,
		    "weeks begin on day %d in one result, on day %d in the "
		    "other",
		    (int)a->week_start, (int)b->week_start);
	status = compare_zones(a, b, error);
	if (status != KPI_OK)
		return status;
	if (a->partition != b->partition)
		return kpi__fail(error, KPI_EMISMATCH,
		    "one result is of data parted by %s, the other by %s",
		    partition_name(a->partition), partition_name(b->partition));
	return KPI_OK;
}

static kpi_status
compare_instants(const char *what, const kpi__shape *s, int64_t a, int64_t b,
    kpi_error *error)
{
	char texts[2][KPI__INSTANT_SIZE] = { "none", "none" };

	if (a == b)
		return KPI_OK;
	if (a != KPI_UNKNOWN)
		kpi__format_instant(texts[0], NULL, a);
	if (b != KPI_UNKNOWN)
		kpi__format_instant(texts[1], NULL, b);
	return kpi__fail_at(error, KPI_EMISMATCH, what,
	    "%s is %s in one result and %s in the other, and this reads it: %s",
	    what, texts[0], texts[1], s->text);
}

/* What follows from the definition, unless releases differ in it. */
static int
same_rules(const kpi__shape *a, const kpi__shape *b)
{
	return a->metric == b->metric && a->kind == b->kind &&
	    a->unit == b->unit && a->merge == b->merge &&
	    a->bounded == b->bounded && a->confidence == b->confidence &&
	    a->parts == b->parts && a->among == b->among &&
	    a->known_alone == b->known_alone && a->better == b->better &&
	    a->verdict_by == b->verdict_by && a->adjusted == b->adjusted &&
	    a->goal == b->goal && a->ceiling == b->ceiling &&
	    kpi__goals_same(a, b) && a->quantile == b->quantile &&
	    a->linear == b->linear && a->sums == b->sums;
}

static kpi_status
compare_texts(const kpi__shape *a, const kpi__shape *b, kpi_error *error)
{
	if (strcmp(a->text, b->text) != 0)
		return kpi__fail(error, KPI_EMISMATCH,
		    "the definitions differ: \"%s\" and \"%s\"", a->text,
		    b->text);
	return KPI_OK;
}

static kpi_status
fail_rule(const kpi__shape *s, kpi_error *error)
{
	return kpi__fail(error, KPI_EMISMATCH,
	    "the results were not measured by one rule, though both say: %s",
	    s->text);
}

static kpi_status
compare_definitions(const kpi__shape *a, const kpi__shape *b, kpi_error *error)
{
	const kpi_status status = compare_texts(a, b, error);

	return status == KPI_OK && !same_rules(a, b) ? fail_rule(a, error)
						     : status;
}

static kpi_status
compare_shapes(const kpi__shape *a, const kpi__shape *b, kpi_error *error)
{
	kpi_status status = compare_definitions(a, b, error);

	if (status == KPI_OK)
		status =
		    compare_instants("as_of", a, a->as_of, b->as_of, error);
	if (status != KPI_OK)
		return status;
	return compare_instants(
	    "known_from", a, a->known_from, b->known_from, error);
}

static kpi_status
compare_counts(const kpi_result *a, const kpi_result *b, kpi_error *error)
{
	if (a->count != b->count)
		return kpi__fail(error, KPI_EMISMATCH,
		    "one result is of %u definitions, the other of %u",
		    (unsigned)a->count, (unsigned)b->count);
	return KPI_OK;
}

static kpi_status
check_rule(const kpi__shape *s, int32_t partition, kpi_error *error)
{
	static const int32_t needed[] = { 0, 0, KPI_PARTITION_CUSTOMER,
		KPI_PARTITION_CASE, KPI_PARTITION_AGENT, 0, KPI_PARTITION_DAY,
		0, 0 };

	if (s->merge == KPI__MERGE_NEVER)
		return kpi__fail(
		    error, KPI_EMISMATCH, "this does not merge: %s", s->text);
	if (needed[s->merge] != 0 && needed[s->merge] != partition)
		return kpi__fail(error, KPI_EMISMATCH,
		    "this merges only if the data was parted by %s, which the "
		    "query has to state: %s",
		    partition_name(needed[s->merge]), s->text);
	return KPI_OK;
}

static int64_t
level_end(const kpi_result *r, const kpi__shape *s)
{
	const int64_t until = r->frame.until;

	return until != KPI_UNKNOWN && until < s->as_of ? until : s->as_of;
}

static int
cuts_a_row(const kpi_result *r, int64_t at)
{
	for (size_t i = 0; i < r->rows.count; i++)
		if (r->rows.time[2 * i] < at && at < r->rows.time[2 * i + 1])
			return 1;
	return 0;
}

/* What there is at one instant and what there is at another do not add up;
 * in buckets that both have, it must be the same instant. */
static kpi_status
compare_ends(const kpi_result *a, const kpi_result *b, uint32_t index,
    kpi_error *error)
{
	const kpi__shape *s = &a->shapes[index];
	const int64_t x = level_end(a, s), y = level_end(b, &b->shapes[index]);
	const int64_t first = x < y ? x : y;

	if (s->kind != KPI__LEVEL || x == y)
		return KPI_OK;
	if (a->frame.bucket == KPI_BUCKET_NONE || cuts_a_row(a, first) ||
	    cuts_a_row(b, first))
		return compare_instants(
		    "the end of the range", s, x, y, error);
	return KPI_OK;
}

/* The sum that a row has if it has what was added in one part. */
static enum kpi__sum
sum_of_once(const kpi__shape *s)
{
	return s->sums & KPI__SUM_BIT(TIMES) ? KPI__SUM_TIMES
	    : s->sums & KPI__SUM_BIT(EXPENSES)
	    ? KPI__SUM_EXPENSES
	    : KPI__SUM_DENOMINATOR;
}

/* Whether the roster is in both, in one bucket or without any. */
static int
both_have(const kpi_result *a, const kpi_result *b, uint32_t index)
{
	const enum kpi__sum sum = sum_of_once(&a->shapes[index]);
	size_t i = 0, j = 0;

	while (i < a->rows.count && j < b->rows.count) {
		const int64_t x = a->rows.time[2 * i], y = b->rows.time[2 * j];
		const kpi__wide of[] = {
			kpi__result_sum(a, i, &a->shapes[index], sum),
			kpi__result_sum(b, j, &b->shapes[index], sum)
		};

		if (x == y && !kpi__wide_is_zero(&of[0]) &&
		    !kpi__wide_is_zero(&of[1]))
			return 1;
		i += x <= y;
		j += y <= x;
	}
	return 0;
}

/* Whether it is other than 0 in any row. */
static int
has(const kpi_result *r, uint32_t index, enum kpi__sum sum)
{
	for (size_t i = 0; i < r->rows.count; i++) {
		const kpi__wide is =
		    kpi__result_sum(r, i, &r->shapes[index], sum);

		if (!kpi__wide_is_zero(&is))
			return 1;
	}
	return 0;
}

/* What was added in one part is in one result of each range; of what does not
 * add up over time, each row is of one range. */
static kpi_status
compare_once(const kpi_result *a, const kpi_result *b, uint32_t index,
    kpi_error *error)
{
	const kpi__shape *s = &a->shapes[index];
	const int same = a->frame.from == b->frame.from &&
	    a->frame.until == b->frame.until;

	if (s->merge >= KPI__MERGE_ONCE && same &&
	    has(a, index, KPI__SUM_EXPENSES) &&
	    has(b, index, KPI__SUM_EXPENSES))
		return kpi__fail(error, KPI_EMISMATCH,
		    "both results have expenses, and merge only if one has "
		    "them: %s",
		    s->text);
	if (s->merge < KPI__MERGE_ONCE || !both_have(a, b, index))
		return KPI_OK;
	if (same)
		return kpi__fail(error, KPI_EMISMATCH,
		    "the roster is in both results, and merges only if it is "
		    "in one: %s",
		    s->text);
	if (s->merge == KPI__MERGE_ONCE_OF_RANGE)
		return kpi__fail(error, KPI_EMISMATCH,
		    "the results are of other ranges, and this does not add up "
		    "over time: %s",
		    s->text);
	return KPI_OK;
}

static const char *
filter_of(const kpi_result *r, size_t i)
{
	return i < r->filter_count && r->filters[i][0] != '\0' ? r->filters[i]
							       : "none";
}

/* The first in which they differ; SIZE_MAX: none. */
static size_t
other_filter(const kpi_result *a, const kpi_result *b)
{
	for (size_t i = 0; i < a->filter_count || i < b->filter_count; i++)
		if (strcmp(filter_of(a, i), filter_of(b, i)) != 0)
			return i;
	return SIZE_MAX;
}

/* A filter decides which expenses are shared, and by whom. */
static kpi_status
compare_pools(const kpi_result *a, const kpi_result *b, uint32_t index,
    kpi_error *error)
{
	const size_t i = other_filter(a, b);

	if (i == SIZE_MAX ||
	    (!has(a, index, KPI__SUM_POOL) && !has(b, index, KPI__SUM_POOL)))
		return KPI_OK;
	return kpi__fail(error, KPI_EMISMATCH,
	    "expenses that are shared out under one filter do not merge with "
	    "the rows of another; the filters: %s and %s, of: %s",
	    filter_of(a, i), filter_of(b, i), a->shapes[index].text);
}

kpi_status
kpi__results_comparable(
    const kpi_result *a, const kpi_result *b, kpi_error *error)
{
	kpi_status status = compare_counts(a, b, error);

	for (uint32_t i = 0; status == KPI_OK && i < a->count; i++)
		status = compare_shapes(&a->shapes[i], &b->shapes[i], error);
	if (status == KPI_OK)
		status = compare_frames(&a->frame, &b->frame, error);
	for (uint32_t i = 0; status == KPI_OK && i < a->count; i++) {
		status = check_rule(&a->shapes[i], a->frame.partition, error);
		if (status == KPI_OK)
			status = compare_ends(a, b, i, error);
		if (status == KPI_OK)
			status = compare_once(a, b, i, error);
		if (status == KPI_OK)
			status = compare_pools(a, b, i, error);
	}
	return status;
}

static kpi_status
compare_filters(const kpi_result *a, const kpi_result *b, kpi_error *error)
{
	const size_t i = other_filter(a, b);

	if (i == SIZE_MAX)
		return KPI_OK;
	return kpi__fail(error, KPI_EMISMATCH,
	    "the results are of other rows; their filters: %s and %s",
	    filter_of(a, i), filter_of(b, i));
}

static kpi_status
check_buckets(const kpi_result *r, kpi_error *error)
{
	if (r->frame.bucket != KPI_BUCKET_NONE)
		return kpi__fail(error, KPI_EINVAL,
		    "a change is of results without buckets of time, one for "
		    "each period");
	return KPI_OK;
}

kpi_status
kpi__results_changeable(
    const kpi_result *now, const kpi_result *before, kpi_error *error)
{
	kpi_status status = check_buckets(now, error);

	if (status == KPI_OK)
		status = check_buckets(before, error);
	if (status == KPI_OK)
		status = compare_counts(now, before, error);
	for (uint32_t i = 0; status == KPI_OK && i < now->count; i++)
		status = compare_definitions(
		    &now->shapes[i], &before->shapes[i], error);
	if (status == KPI_OK)
		status =
		    compare_dimensions(&now->frame, &before->frame, error);
	if (status == KPI_OK)
		status = compare_zones(&now->frame, &before->frame, error);
	return status == KPI_OK ? compare_filters(now, before, error) : status;
}

/* By agent the unit of a definition may be another, and with it what is
 * summed; but not what the figure is. */
static int
same_figure(const kpi__shape *a, const kpi__shape *b)
{
	return a->metric == b->metric && a->kind == b->kind &&
	    a->unit == b->unit;
}

kpi_status
kpi__result_is_whole(
    const kpi_result *groups, const kpi_result *whole, kpi_error *error)
{
	kpi_status status = check_buckets(whole, error);

	if (status == KPI_OK)
		status = compare_counts(groups, whole, error);
	for (uint32_t i = 0; status == KPI_OK && i < groups->count; i++) {
		const kpi__shape *a = &groups->shapes[i];

		status = compare_texts(a, &whole->shapes[i], error);
		if (status == KPI_OK && !same_figure(a, &whole->shapes[i]))
			status = fail_rule(a, error);
	}
	if (status == KPI_OK)
		status = compare_zones(&groups->frame, &whole->frame, error);
	if (status == KPI_OK)
		status = compare_filters(groups, whole, error);
	if (status != KPI_OK)
		return status;
	if (whole->frame.by_count != 0)
		return kpi__fail(error, KPI_EMISMATCH,
		    "a whole is a result without groups");
	if (groups->frame.from != whole->frame.from ||
	    groups->frame.until != whole->frame.until)
		return kpi__fail(error, KPI_EMISMATCH,
		    "a whole is not of the period of its groups");
	return KPI_OK;
}
