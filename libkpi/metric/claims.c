/* SPDX-License-Identifier: MIT */
/* Claims: made, walked for, and given back. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/threads.h"
#include "metric/measure.h"
#include "metric/table.h"
#include "metric/targets.h"

/* The parameter, or else what the store knows; 0 in an empty store. */
static int64_t
instant_of(const kpi_definition *d, int parameter, int64_t known)
{
	if (d->value[parameter] != KPI__AUTOMATIC)
		return d->value[parameter];
	return known == KPI_UNKNOWN ? 0 : known;
}

static kpi_status
set_target(kpi__claim *claim, kpi_error *error)
{
	const kpi_definition *d = claim->asked.definition;
	kpi__shape *shape = &claim->shape;

	shape->better = kpi__definition_better(d);
	shape->adjusted = d->value[KPI__COMPARE_ADJUST] == KPI__ADJUST_HOLM;
	if (kpi__targets_shape(shape, d,
		kpi__snapshot_allocator(claim->asked.snapshot)) == KPI_OK)
		return KPI_OK;
	return kpi__fail(error, KPI_ENOMEM, "no memory for targets");
}

kpi_status
kpi__business_wanted(kpi__business **out, const kpi__snapshot *snapshot,
    const kpi_query *query, const kpi_definition *const *definitions,
    uint32_t count, kpi_error *error)
{
	int64_t known_from, known, until = KPI_UNKNOWN;
	kpi_status status;

	*out = NULL;
	status = kpi__snapshot_known(snapshot, &known_from, &known, error);
	for (uint32_t i = 0; i < count && status == KPI_OK; i++) {
		const kpi_definition *d = definitions[i];
		const int64_t as_of = instant_of(d, KPI__AS_OF, known);

		if (d->value[KPI__BUSINESS_HOURS] == KPI__BUSINESS_ELAPSED &&
		    d->value[KPI__ARRIVALS] == KPI__ARRIVALS_ALL)
			continue;
		/* Arrivals of the store may be later. */
		if (as_of > until)
			until = as_of;
		if (known > until)
			until = known;
	}
	if (status != KPI_OK || until == KPI_UNKNOWN)
		return status;
	return kpi__business_new(out, snapshot, query, until, error);
}

/* The class of a metric that is unknown. */
static uint8_t
unknown_class(const kpi__declared *d)
{
	uint8_t class = 0;

	while (d->weight[KPI__SUM_UNKNOWN][class] == 0)
		class++;
	return class;
}

/*
 * Of whatever metric: before any other reason. A customer who has other
 * contacts stands where they do. A second stream is of what the first one has
 * counted.
 */
static void
leave_out_without_calendar(kpi__claim *claim)
{
	for (int i = 0; i < KPI__STREAMS; i++) {
		kpi__declared *d = &claim->declared[i];

		if (d->stream.business == NULL)
			continue;
		d->class_of[KPI__KEY_NO_CALENDAR] =
		    d->by_customer ? unknown_class(d) : KPI__CLASS_NO_CALENDAR;
		if (i == 0)
			kpi__declare(d, KPI__SUM_UNKNOWN,
			    UINT64_C(1) << KPI__CLASS_NO_CALENDAR, 1);
	}
}

kpi_status
kpi__claim_make(kpi__claim *claim, kpi__declared *declared,
    const kpi_definition *definition, const kpi_query *query,
    const kpi__snapshot *snapshot, const kpi__business *business,
    kpi_error *error)
{
	const kpi__metric *metric = kpi__metric_find(definition->metric);
	int64_t known_from, as_of;
	kpi_status status;

	memset(claim, 0, sizeof(*claim));
	memset(declared, 0, KPI__STREAMS * sizeof(*declared));
	claim->declared = declared;
	claim->asked.definition = definition;
	claim->asked.query = query;
	claim->asked.snapshot = snapshot;
	claim->asked.business = business;
	status = kpi__definition_check(definition, error);
	if (status == KPI_OK)
		status = kpi__snapshot_known(
		    snapshot, &known_from, &as_of, error);
	if (status != KPI_OK)
		return status;
	claim->asked.as_of = instant_of(definition, KPI__AS_OF, as_of);
	claim->asked.known_from =
	    instant_of(definition, KPI__KNOWN_FROM, known_from);
	status = metric->declare(claim, error);
	if (status != KPI_OK)
		return status;
	claim->shape.metric = definition->metric;
	leave_out_without_calendar(claim);
	status = set_target(claim, error);
	if (status != KPI_OK)
		return status;
	for (int i = 0; i < KPI__STREAMS; i++)
		claim->shape.sums |= declared[i].sums;
	for (int i = 0; i < KPI__STREAMS; i++)
		declared[i].sums = claim->shape.sums;
	claim->shape.as_of =
	    claim->reads_as_of ? claim->asked.as_of : KPI_UNKNOWN;
	claim->shape.known_from =
	    claim->reads_known_from ? claim->asked.known_from : KPI_UNKNOWN;
	return KPI_OK;
}

void
kpi__claim_free(kpi__claim *claim)
{
	const kpi_allocator *a;
	const size_t n = claim->total;

	if (claim->asked.snapshot == NULL)
		return;
	a = kpi__snapshot_allocator(claim->asked.snapshot);
	kpi__finding_release(&claim->finding, claim->asked.snapshot);
	kpi__release(a, claim->instants, n, sizeof(*claim->instants));
	kpi__release(a, claim->codes, n, sizeof(*claim->codes));
	kpi__release(a, claim->states, n, 1);
	kpi__release(a, claim->sorted, claim->sorted_room,
	    sizeof(*claim->sorted));
	kpi__release(a, claim->found, claim->found_room, 1);
	kpi__release(a, claim->side, claim->side_size, 1);
	kpi__release(a, claim->shape.goals, claim->shape.goal_count,
	    sizeof(*claim->shape.goals));
	memset(claim, 0, sizeof(*claim));
}

/* The claims as one thread visits for them. */
typedef struct walkers {
	kpi__claim *claims;
	uint32_t count;
	kpi_by by;
} walkers;

static kpi_status
visit_keys(kpi__claim *claim, const kpi__contact *contacts, uint32_t count,
    int known)
{
	kpi_status status = KPI_OK;

	while (count > 0 && status == KPI_OK) {
		const uint32_t n = kpi__contacts_of_key(contacts, count);

		status = claim->visit(claim, contacts, n, known);
		contacts += n;
		count -= n;
	}
	return status;
}

static kpi_status
visit_all(
    void *ctx, const kpi__contact *contacts, uint32_t count, int known)
{
	const walkers *w = ctx;
	kpi_status status = KPI_OK;

	for (uint32_t i = 0; i < w->count && status == KPI_OK; i++) {
		kpi__claim *claim = &w->claims[i];

		if (claim->walk_by != w->by || claim->classes == NULL)
			continue;
		if (known && claim->visit_run != NULL)
			status = claim->visit_run(claim, contacts, count);
		else
			status = visit_keys(claim, contacts, count, known);
	}
	return status;
}

/* Who leaves the classes that the claim would, among those before it. */
static kpi__claim *
same_walker(kpi__claim *claims, uint32_t index)
{
	const kpi__claim *claim = &claims[index];

	for (uint32_t i = 0; i < index && claim->shares; i++) {
		kpi__claim *other = &claims[i];

		if (other->walk_by == claim->walk_by && other->shares &&
		    other->walked.classes != NULL &&
		    other->side_size == claim->side_size &&
		    memcmp(other->side, claim->side, claim->side_size) == 0)
			return other;
	}
	return NULL;
}

/* Those that are kept, or room for those that a walk is to find. */
static kpi_status
make_classes(kpi__claim *claims, uint32_t index, const uint32_t *ordinals,
    kpi_error *error)
{
	kpi__claim *claim = &claims[index];
	const kpi__claim *other = same_walker(claims, index);
	const kpi__snapshot *snapshot = claim->asked.snapshot;
	const size_t key_size = claim->shares ? claim->side_size : 0;

	claim->walked.ordinals = ordinals;
	claim->declared->keyer.side =
	    other == NULL ? &claim->walked : &other->walked;
	claim->total = ordinals[kpi__snapshot_parts(snapshot)];
	if (other != NULL || claim->total == 0)
		return KPI_OK;
	if (!claim->shares ||
	    !kpi__finding_recall(
		&claim->finding, snapshot, claim->side, key_size)) {
		claim->classes = kpi__finding_new(&claim->finding, snapshot,
		    claim->side, key_size, claim->total);
		if (claim->classes == NULL)
			return kpi__fail(
			    error, KPI_ENOMEM, "no memory for a walk");
		/* The dead are visited by nobody. */
		memset(claim->classes, KPI__CLASS_OUTSIDE, claim->total);
	}
	claim->walked.classes = claim->finding.bytes;
	return KPI_OK;
}

static void
keep_classes(kpi__claim *claim)
{
	if (claim->classes == NULL || !claim->shares)
		return;
	kpi__finding_keep(&claim->finding, claim->asked.snapshot);
	claim->walked.classes = claim->finding.bytes;
	claim->classes = NULL;
}

static uint32_t
threads_for(const kpi__claim *claims, uint32_t count, uint32_t total)
{
	for (uint32_t i = 0; i < count; i++)
		if (claims[i].one_thread)
			return 1;
	return kpi__snapshot_threads(claims[0].asked.snapshot, total);
}

/* The same claims, with room of its own for its visitors. */
static kpi__claim *
copy_claims(const kpi__claim *claims, uint32_t count)
{
	kpi__claim *copy = kpi__new_array(
	    kpi__snapshot_allocator(claims[0].asked.snapshot), count,
	    sizeof(*copy));

	if (copy == NULL)
		return NULL;
	memcpy(copy, claims, count * sizeof(*copy));
	for (uint32_t i = 0; i < count; i++) {
		copy[i].sorted = NULL;
		copy[i].found = NULL;
		copy[i].sorted_room = copy[i].found_room = 0;
	}
	return copy;
}

static void
free_copy(kpi__claim *copy, uint32_t count)
{
	const kpi_allocator *a;

	if (copy == NULL)
		return;
	a = kpi__snapshot_allocator(copy[0].asked.snapshot);
	for (uint32_t i = 0; i < count; i++) {
		kpi__release(a, copy[i].sorted, copy[i].sorted_room,
		    sizeof(*copy[i].sorted));
		kpi__release(a, copy[i].found, copy[i].found_room, 1);
	}
	kpi__release(a, copy, count, sizeof(*copy));
}

static kpi_status
walk_by(kpi__claim *claims, uint32_t count, kpi_by by, uint32_t total,
    kpi_error *error)
{
	walkers all[KPI__MOST_THREADS];
	void *ctx[KPI__MOST_THREADS];
	const uint32_t threads = threads_for(claims, count, total);
	uint32_t made = 1;
	kpi_status status;

	all[0] = (walkers){ claims, count, by };
	ctx[0] = &all[0];
	for (; made < threads; made++) {
		all[made] = (walkers){ copy_claims(claims, count), count, by };
		if (all[made].claims == NULL)
			break;
		ctx[made] = &all[made];
	}
	status = kpi__walk(claims[0].asked.snapshot, claims[0].asked.query, by,
	    visit_all, ctx, made, error);
	while (made-- > 1)
		free_copy(all[made].claims, count);
	if (status == KPI_ENOMEM)
		(void)kpi__fail(error, status, "no memory for a walk");
	return status;
}

kpi_status
kpi__claims_walk(kpi__claim *claims, uint32_t count, const uint32_t *ordinals,
    kpi_error *error)
{
	static const kpi_by walks[] = { KPI_BY_CUSTOMER, KPI_BY_CASE };

	for (size_t k = 0; k < sizeof(walks) / sizeof(walks[0]); k++) {
		kpi_status status = KPI_OK;
		uint32_t asking = 0;

		for (uint32_t i = 0; i < count && status == KPI_OK; i++) {
			kpi__claim *claim = &claims[i];

			if (claim->walk_by != walks[k])
				continue;
			status = make_classes(claims, i, ordinals, error);
			if (status != KPI_OK || claim->classes == NULL)
				continue;
			asking++;
			if (claim->prepare != NULL)
				status = claim->prepare(claim, error);
		}
		if (status == KPI_OK && asking > 0)
			status = walk_by(claims, count, walks[k],
			    ordinals[kpi__snapshot_parts(
				claims[0].asked.snapshot)],
			    error);
		if (status != KPI_OK)
			return status;
		for (uint32_t i = 0; i < count; i++)
			if (claims[i].walk_by == walks[k])
				keep_classes(&claims[i]);
	}
	return KPI_OK;
}
