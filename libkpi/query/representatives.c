/* SPDX-License-Identifier: MIT */
/*
 * Of the units of a customer or an agent the one that counts: the latest
 * answer, one of the greatest class, or, where different ones are counted,
 * any. Of those that are alike it is the first in the order of the list.
 */
#include "base/error.h"
#include "query/opening.h"
#include "query/pass.h"
#include "query/walk.h"

#define VECTORS (KPI__FIELDS * 5 + 128)

int
kpi__has_representatives(const kpi__declared *d)
{
	return d->latest || d->by_customer || d->distinct != 0;
}

static int
is_candidate(const kpi__seen *s, uint32_t unit)
{
	const kpi__declared *d = s->declared;
	const uint8_t class = d->class_of[s->key[unit]];

	if (s->code[unit] == 0 || kpi__seen_parts(s, unit) == 0)
		return 0;
	return d->distinct != 0 ? d->value_classes >> class & 1
				: class != KPI__CLASS_OUTSIDE;
}

static kpi__representative
candidate(const kpi__opening *o, const kpi__seen *s, const int64_t *answered,
    uint32_t unit)
{
	kpi__representative r = { 0, 0, s->start[unit],
		kpi__seen_ordinal(s, o->ordinals, unit),
		kpi__seen_row(s, unit) };

	if (s->declared->by_customer) {
		r.at = s->declared->class_of[s->key[unit]];
	} else if (answered != NULL) {
		r.then = s->start[unit];
		r.at = answered[unit] == KPI_UNKNOWN ? r.then : answered[unit];
	}
	return r;
}

/* As answers.c puts them in order. */
static int
is_before(const kpi__opening *o, const kpi__declared *d,
    const kpi__representative *x, const kpi__representative *y,
    kpi_status *status, kpi_error *error)
{
	int order = 0;

	if (x->at != y->at)
		return x->at > y->at;
	if (x->then != y->then)
		return x->then > y->then;
	if (d->latest && x->ordinal != y->ordinal)
		order = kpi__compare_neighbours(o->snapshot, o->ordinals,
		    x->ordinal, y->ordinal, status, error);
	if (order != 0)
		return order > 0;
	if (x->start != y->start)
		return x->start < y->start;
	return x->ordinal != y->ordinal ? x->ordinal < y->ordinal
					: x->row < y->row;
}

static kpi_status
take(kpi__opening *o, uint32_t stream, const kpi__seen *s, kpi_error *error)
{
	const int64_t *answered = s->declared->latest
	    ? kpi__batch_integers(
		  s->batch, KPI_FIELD_SURVEY_ANSWERED_AT, s->space)
	    : NULL;
	const uint32_t count = kpi__batch_count(s->batch, s->space);
	kpi_status status = KPI_OK;

	if (s->batch->status != KPI_OK)
		return KPI_OK;
	for (uint32_t i = 0; i < count && status == KPI_OK; i++) {
		kpi__representative *who = &o->who[stream][s->code[i]];
		kpi__representative one;

		if (!is_candidate(s, i))
			continue;
		one = candidate(o, s, answered, i);
		if (who->ordinal == UINT32_MAX ||
		    is_before(o, s->declared, &one, who, &status, error))
			*who = one;
	}
	return status;
}

kpi_status
kpi__representatives_find(
    kpi__opening *o, uint32_t stream, kpi_error *error)
{
	const kpi__selector *all = o->is_mix ? &o->whole : &o->selector;
	kpi_status status = KPI_OK, ended;
	kpi__sieve sieve;
	kpi__pass pass;
	kpi__batch *b;

	for (uint32_t i = 0; i < o->codes[stream]; i++)
		o->who[stream][i].ordinal = UINT32_MAX;
	kpi__pass_begin(&pass, o->snapshot, o->query, o->as_of, VECTORS);
	pass.batch.business = kpi__opening_business(o);
	kpi__sieve_init(&sieve, all, &o->declared[stream].stream, 1);
	pass.sieve = &sieve;
	while (status == KPI_OK && (b = kpi__pass_next(&pass)) != NULL) {
		kpi__seen seen;

		kpi__opening_see(o, b, stream, &seen);
		status = take(o, stream, &seen, error);
	}
	ended = kpi__pass_end(&pass, status == KPI_OK ? error : NULL);
	return status == KPI_OK ? ended : status;
}

int
kpi__represents(const kpi__opening *o, uint32_t stream, const kpi__seen *s,
    uint32_t unit)
{
	const uint32_t code = s->code[unit];
	const kpi__representative *who = &o->who[stream][code];

	if (code == 0)
		return s->declared->distinct == 0;
	return who->ordinal == kpi__seen_ordinal(s, o->ordinals, unit) &&
	    who->row == kpi__seen_row(s, unit);
}
