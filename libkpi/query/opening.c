/* SPDX-License-Identifier: MIT */
#include "query/opening.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/wide.h"
#include "query/pass.h"
#include "query/share.h"

/* Of two definitions' streams, and of a mix's whole. */
#define VECTORS (KPI__FIELDS * 5 + 256)

/* What a unit is left out for. */
static const uint8_t reasons[] = { KPI__SUM_UNKNOWN, KPI__SUM_IN_PROGRESS,
	KPI__SUM_TRUNCATED, KPI__SUM_IMMATURE, KPI__SUM_NOT_COUNTED };

static const kpi__selector *
widest(const kpi__opening *o)
{
	return o->is_mix ? &o->whole : &o->selector;
}

static int
is_open(const kpi__opening *o, uint32_t stream)
{
	return o->declared[stream].keyer.make != NULL;
}

/* The parts of a unit in a group are those of all its entries there. */
static const int32_t *
parts_of(const kpi__selector *s, const kpi__stream *stream, kpi__batch *b,
    const uint8_t *keep)
{
	const kpi__shares *shares = kpi__share_units(b);
	const uint8_t *kept = kpi__share_keep(s, stream, b, shares, keep);
	int32_t *parts = kpi__batch_room(b, b->wholes * sizeof(*parts));

	memset(parts, 0, b->wholes * sizeof(*parts));
	for (uint32_t e = 0; e < shares->count; e++)
		if (kept[e])
			parts[shares->unit[e]] += shares->share[e];
	return parts;
}

static void
choose(const kpi__selector *s, const kpi__stream *stream, kpi__batch *b,
    const uint8_t **keep, const int32_t **parts)
{
	*keep = kpi__select_units(s, stream, b);
	*parts = NULL;
	if (stream->credit != KPI__CREDIT_EQUAL)
		return;
	*parts = parts_of(s, stream, b, *keep);
	*keep = NULL;
}

/* Customers are not split, and neither is what is beside them. */
static int
is_undivided(const kpi__declared *d)
{
	return d->distinct != 0 || d->by_customer;
}

void
kpi__opening_see(
    const kpi__opening *o, kpi__batch *b, uint32_t stream, kpi__seen *s)
{
	const kpi__declared *d = &o->declared[stream];
	const int space = kpi__stream_space(&d->stream);
	uint8_t *key = kpi__batch_room(b, kpi__batch_count(b, space));

	memset(s, 0, sizeof(*s));
	s->declared = d;
	s->batch = b;
	s->space = space;
	d->keyer.make(&d->keyer, b, space, key);
	kpi__select_calendars(&d->stream, b, d->class_of, key);
	s->key = key;
	s->start = kpi__batch_integers(b, KPI_FIELD_STARTED_AT, space);
	choose(&o->selector, &d->stream, b, &s->keep, &s->parts);
	s->whole_keep = s->keep;
	s->whole_parts = s->parts;
	if (o->is_mix)
		choose(&o->whole, &d->stream, b, &s->whole_keep,
		    &s->whole_parts);
	if (d->value != KPI__VALUE_NONE)
		s->value = kpi__batch_values(
		    b, d->value, d->value_parts, space);
	if (kpi__has_representatives(d))
		s->code = kpi__batch_codes(b,
		    d->distinct != 0 ? (kpi_by)d->distinct : KPI_BY_CUSTOMER,
		    KPI__CREDIT_LAST, space);
}

/* Those that the numerator has: of a mix the row's own, else as many. */
static int64_t
own_parts(const kpi__seen *s, uint32_t unit)
{
	if (s->keep != NULL && !s->keep[unit])
		return 0;
	return s->parts == NULL ? 1 : s->parts[unit];
}

static int
is_valued(const kpi__declared *d, uint8_t class)
{
	return d->value_classes >> class & 1;
}

/* A value of the figure's own. */
static int
has_value(const kpi__declared *d, uint8_t class)
{
	return d->value != KPI__VALUE_NONE && is_valued(d, class) &&
	    (d->value_sum == 0 || d->value_sum == KPI__SUM_NUMERATOR);
}

/* It is added up, unless it is the greatest or kept. */
static int
adds_values(const kpi__declared *d)
{
	return d->value != KPI__VALUE_NONE && !d->kept &&
	    !(d->sums & KPI__SUM_BIT(GREATEST));
}

/* Non-zero if it does not fit. */
static int
times(int64_t value, int64_t parts, int64_t *out)
{
	*out = value;
	return parts != 1 &&
	    kpi__wide_to_int64(kpi__wide_product(value, parts), out);
}

/* Non-zero if the numerator does not fit. */
static int
add_unit(const kpi__opening *o, uint32_t stream, const kpi__seen *s,
    uint32_t unit, kpi__opened *to)
{
	const kpi__declared *d = s->declared;
	const uint8_t class = d->class_of[s->key[unit]];
	const kpi__addition *adds = &o->adds[stream][class];
	const int whole = is_undivided(d);
	int64_t numerator;
	const int64_t parts = whole ? 1 : kpi__seen_parts(s, unit);
	const int64_t own = whole ? 1 : own_parts(s, unit);

	if (has_value(d, class))
		to->value = s->value[unit];
	if (d->distinct != 0 && is_valued(d, class)) {
		const int counts = kpi__represents(o, stream, s, unit);

		to->represented |= !counts && s->code[unit] != 0;
		if (d->distinct_sum == KPI__SUM_NUMERATOR)
			to->numerator += counts;
		else
			to->denominator += counts;
	} else if (o->who[stream] != NULL && d->distinct == 0 &&
	    !kpi__represents(o, stream, s, unit)) {
		to->represented = 1;
		return 0;
	}
	to->denominator += adds->denominator * parts;
	if (adds->left_out != KPI__NOT_LEFT_OUT)
		to->left_out = adds->left_out;
	to->excluded += adds->excluded * parts;
	if (times(adds_values(d)
		    ? (has_value(d, class) ? s->value[unit] : 0)
		    : adds->numerator,
		own, &numerator))
		return 1;
	to->numerator += numerator;
	return 0;
}

static int
is_unit(const kpi__seen *s, uint32_t unit)
{
	return s->declared->class_of[s->key[unit]] != KPI__CLASS_OUTSIDE &&
	    kpi__seen_parts(s, unit) != 0;
}

/* The unit's own entry, or that of another stream's same unit. */
static kpi__opened *
entry_of(kpi__opening *o, const kpi__seen *s, uint32_t unit)
{
	kpi__opened *to;

	if (o->at[unit] != 0)
		return &o->units[o->at[unit] - 1];
	to = &o->units[o->count++];
	o->at[unit] = (uint32_t)o->count;
	memset(to, 0, sizeof(*to));
	to->start = s->start[unit];
	to->ordinal = kpi__seen_ordinal(s, o->ordinals, unit);
	to->row = kpi__seen_row(s, unit);
	to->value = KPI_UNKNOWN;
	to->left_out = KPI__NOT_LEFT_OUT;
	to->class = s->declared->class_of[s->key[unit]];
	return to;
}

static kpi_status
make_room(kpi__opening *o, uint32_t units)
{
	const kpi_allocator *a = kpi__snapshot_allocator(o->snapshot);
	kpi_status status = kpi__grow(
	    a, &o->units, &o->room, o->count + units, sizeof(*o->units));

	if (status == KPI_OK)
		status =
		    kpi__grow(a, &o->at, &o->at_room, units, sizeof(*o->at));
	return status;
}

static kpi_status
open_stream(kpi__opening *o, kpi__batch *b, uint32_t stream,
    const kpi__window *w, kpi_error *error)
{
	const int32_t unit = o->declared[stream].stream.unit;
	kpi__seen s;
	uint32_t count;

	kpi__opening_see(o, b, stream, &s);
	/* What stands in for a column that failed means nothing. */
	if (b->status != KPI_OK)
		return KPI_OK;
	count = kpi__batch_count(b, s.space);
	if (make_room(o, count) != KPI_OK)
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for an explanation");
	if (stream == 0 || unit != o->declared[0].stream.unit)
		memset(o->at, 0, count * sizeof(*o->at));
	for (uint32_t i = 0; i < count; i++) {
		const uint32_t ordinal = kpi__seen_ordinal(&s, o->ordinals, i);

		if (s.start[i] < w->first_start || s.start[i] > w->last_start ||
		    ordinal < w->first_ordinal || ordinal > w->last_ordinal ||
		    !is_unit(&s, i))
			continue;
		if (add_unit(o, stream, &s, i, entry_of(o, &s, i)))
			return kpi__fail(error, KPI_EOVERFLOW,
			    "the parts of an interaction are beyond 64 bits");
	}
	return KPI_OK;
}

/* What adds to nothing is not of the figure. */
static void
drop_idle(kpi__opening *o)
{
	size_t kept = 0;

	for (size_t i = 0; i < o->count; i++) {
		const kpi__opened *u = &o->units[i];

		if (u->numerator == 0 && u->denominator == 0 &&
		    u->excluded == 0 && !u->represented)
			continue;
		if (kept < i)
			o->units[kept] = *u;
		kept++;
	}
	o->count = kept;
}

typedef struct looking {
	const kpi__opening *o;
	const kpi__window *window;
	const kpi__pass *pass;
} looking;

static int
skips_part(const void *ctx, const kpi__part *part)
{
	const looking *l = ctx;
	const kpi__window *w = l->window;
	const kpi__range *starts = &part->range[KPI__ANCHOR_STARTED];
	const uint32_t first = l->o->ordinals[l->pass->part];

	if (starts->greatest < w->first_start ||
	    starts->least > w->last_start || first > w->last_ordinal ||
	    (uint64_t)first + part->interactions <= w->first_ordinal)
		return 1;
	for (uint32_t i = 0; i < KPI__OPENED_STREAMS; i++)
		if (is_open(l->o, i) &&
		    !kpi__selector_skips(widest(l->o),
			&l->o->declared[i].stream, part))
			return 0;
	return 1;
}

static void
make_sieve(const kpi__opening *o, const kpi__window *w, kpi__sieve *sieve)
{
	kpi__stream streams[KPI__OPENED_STREAMS];
	uint32_t count = 0;

	for (uint32_t i = 0; i < KPI__OPENED_STREAMS; i++)
		if (is_open(o, i))
			streams[count++] = o->declared[i].stream;
	kpi__sieve_init(sieve, widest(o), streams, count);
	if (sieve->from < w->first_start)
		sieve->from = w->first_start;
	if (w->last_start < INT64_MAX && sieve->until > w->last_start + 1)
		sieve->until = w->last_start + 1;
}

const kpi__business *
kpi__opening_business(const kpi__opening *o)
{
	for (uint32_t i = 0; i < KPI__OPENED_STREAMS; i++)
		if (o->declared[i].stream.business != NULL)
			return o->declared[i].stream.business;
	return NULL;
}

kpi_status
kpi__opening_run(kpi__opening *o, const kpi__window *window,
    kpi__opened_taker take, void *ctx, kpi_error *error)
{
	kpi_status status = KPI_OK, ended;
	kpi__sieve sieve;
	kpi__pass pass;
	const looking l = { o, window, &pass };
	kpi__batch *b;

	kpi__pass_begin(&pass, o->snapshot, o->query, o->as_of, VECTORS);
	pass.batch.business = kpi__opening_business(o);
	make_sieve(o, window, &sieve);
	pass.sieve = &sieve;
	pass.skips = skips_part;
	pass.ctx = &l;
	while (status == KPI_OK && (b = kpi__pass_next(&pass)) != NULL) {
		o->count = 0;
		for (uint32_t i = 0;
		     i < KPI__OPENED_STREAMS && status == KPI_OK; i++)
			if (is_open(o, i))
				status = open_stream(o, b, i, window, error);
		if (status != KPI_OK || b->status != KPI_OK)
			continue;
		drop_idle(o);
		status = take(ctx, o->units, o->count, error);
	}
	ended = kpi__pass_end(&pass, status == KPI_OK ? error : NULL);
	return status == KPI_OK ? ended : status;
}

/* Of a mix what is in the numerator is in the denominator of the whole. */
static void
find_additions(kpi__opening *o, uint32_t stream)
{
	const kpi__declared *d = &o->declared[stream];

	for (int class = 0; class < KPI__CLASS_LIMIT; class++) {
		kpi__addition *adds = &o->adds[stream][class];

		adds->left_out = KPI__NOT_LEFT_OUT;
		adds->numerator = d->weight[KPI__SUM_NUMERATOR][class];
		adds->denominator = d->weight[KPI__SUM_DENOMINATOR][class] +
		    (o->is_mix ? adds->numerator : 0);
		for (size_t i = 0; i < sizeof(reasons); i++) {
			const int64_t by = d->weight[reasons[i]][class];

			adds->excluded += by;
			if (by != 0)
				adds->left_out = reasons[i];
		}
	}
}

static kpi_status
find_representatives(kpi__opening *o, uint32_t stream, kpi_error *error)
{
	const kpi__declared *d = &o->declared[stream];
	const kpi_by by =
	    d->distinct != 0 ? (kpi_by)d->distinct : KPI_BY_CUSTOMER;

	if (!is_open(o, stream) || !kpi__has_representatives(d))
		return KPI_OK;
	o->codes[stream] =
	    kpi__snapshot_codes(o->snapshot, kpi__dimension_field(by));
	o->who[stream] = kpi__new_array(kpi__snapshot_allocator(o->snapshot),
	    o->codes[stream], sizeof(*o->who[stream]));
	if (o->who[stream] == NULL)
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for an explanation");
	return kpi__representatives_find(o, stream, error);
}

kpi_status
kpi__opening_init(kpi__opening *o, const kpi__snapshot *snapshot,
    const kpi_query *query, const kpi_query *whole,
    const kpi__declared *declared, const uint32_t *ordinals, int64_t as_of,
    kpi_error *error)
{
	kpi_status status;

	memset(o, 0, sizeof(*o));
	o->snapshot = snapshot;
	o->query = query;
	o->declared = declared;
	o->ordinals = ordinals;
	o->as_of = as_of;
	o->is_mix = whole != NULL;
	status = kpi__selector_init(&o->selector, snapshot, query, error);
	if (status == KPI_OK && o->is_mix)
		status = kpi__selector_init(&o->whole, snapshot, whole, error);
	for (uint32_t i = 0; i < KPI__OPENED_STREAMS && status == KPI_OK; i++) {
		find_additions(o, i);
		status = find_representatives(o, i, error);
	}
	return status;
}

void
kpi__opening_free(kpi__opening *o)
{
	const kpi_allocator *a;

	if (o->snapshot == NULL)
		return;
	a = kpi__snapshot_allocator(o->snapshot);
	for (uint32_t i = 0; i < KPI__OPENED_STREAMS; i++)
		kpi__release(
		    a, o->who[i], o->codes[i], sizeof(*o->who[i]));
	kpi__release(a, o->units, o->room, sizeof(*o->units));
	kpi__release(a, o->at, o->at_room, sizeof(*o->at));
	kpi__selector_free(&o->selector);
	kpi__selector_free(&o->whole);
	memset(o, 0, sizeof(*o));
}
