/* SPDX-License-Identifier: MIT */
/* repeat_contacts: the contacts that repeat_rate counts as repeats, each with
 * the one before and the first of its chain. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/sized.h"
#include "metric/measure.h"
#include "metric/silence.h"
#include "query/select.h"
#include "query/share.h"

typedef struct listed {
	int64_t start, before_start, first_start;
	int64_t gap;
	uint32_t ordinal, before, first;
	uint32_t reserved;
} listed;

struct kpi_repeats {
	kpi_allocator allocator;
	kpi_repeat *list; /* texts owned, but for the size field */
	size_t count, room;
};

typedef struct listing {
	kpi__claim claim; /* first: the visitor gets it */
	kpi__declared declared[KPI__STREAMS];
	kpi__silence_rule rule;
	uint8_t *wanted; /* by ordinal: the query selects it */
	listed *found;
	size_t count, room;
	uint32_t *chain;
	size_t chain_room;
	kpi__found *neighbours;
	size_t neighbours_room;
	uint32_t *ordinals;
	uint32_t parts;
	kpi_error *error;
} listing;

/* What the figure counts as a repeat: by the later contact, or by the earlier
 * one, which then has to be counted and mature itself. */
static int
is_listed(const listing *l, const kpi__contact *c, uint32_t i, int by_earlier)
{
	const kpi__found *f = &l->neighbours[i];
	const uint32_t b = f->before;

	if (b == UINT32_MAX || !(f->role & KPI__ROLE_COUNTED))
		return 0;
	if (!by_earlier)
		return c[i].start >= l->rule.truncated_before;
	return (l->neighbours[b].role & KPI__ROLE_COUNTED) &&
	    kpi__silence_base(l->claim.instants, &c[b]) < l->rule.immature_from;
}

static kpi_status
list_sequence(kpi__claim *claim, const kpi__contact *c, uint32_t count)
{
	listing *l = (listing *)(void *)claim;
	const kpi_allocator *a = kpi__snapshot_allocator(claim->asked.snapshot);
	const int by_earlier =
	    kpi__parameter_of(claim, KPI__REPEAT_CREDIT) == KPI__REPEAT_EARLIER;
	kpi_status status;

	status = kpi__grow(a, &l->neighbours, &l->neighbours_room, count,
	    sizeof(*l->neighbours));
	if (status == KPI_OK)
		status = kpi__grow(
		    a, &l->chain, &l->chain_room, count, sizeof(*l->chain));
	if (status != KPI_OK)
		return status;
	kpi__silence(&l->rule, claim->instants, c, count, l->neighbours);
	for (uint32_t i = 0; i < count; i++) {
		const uint32_t b = l->neighbours[i].before;
		int64_t base;

		l->chain[i] = b == UINT32_MAX ? i : l->chain[b];
		if (!is_listed(l, c, i, by_earlier) ||
		    !l->wanted[c[by_earlier ? b : i].ordinal])
			continue;
		status = kpi__grow(
		    a, &l->found, &l->room, l->count + 1, sizeof(*l->found));
		if (status != KPI_OK)
			return status;
		base = kpi__silence_base(claim->instants, &c[b]);
		l->found[l->count++] = (listed){ c[i].start, c[b].start,
			c[l->chain[i]].start,
			c[i].start > base ? c[i].start - base : 0, c[i].ordinal,
			c[b].ordinal, c[l->chain[i]].ordinal, 0 };
	}
	return KPI_OK;
}

static kpi_status
visit(kpi__claim *claim, const kpi__contact *contacts, uint32_t count,
    int known)
{
	return known ? kpi__silence_split(claim, contacts, count, list_sequence)
		     : KPI_OK;
}

typedef struct wanting {
	kpi__selector *selector;
	const kpi__stream *stream;
} wanting;

/* A contact is wanted if one of the agents who share it is. */
static void
take_shared(const wanting *w, kpi__batch *b, const uint8_t *keep, uint8_t *out)
{
	const kpi__shares *shares = kpi__share_units(b);
	const uint8_t *kept =
	    kpi__share_keep(w->selector, w->stream, b, shares, keep);

	memset(out, 0, b->wholes);
	for (uint32_t e = 0; e < shares->count; e++)
		out[shares->unit[e]] |= kept[e];
}

/* Whether they are wanted is not known. */
static void
drop_without_calendar(const kpi__stream *stream, kpi__batch *b, uint8_t *out)
{
	const uint32_t *queue = kpi__batch_codes(
	    b, KPI_BY_QUEUE, KPI__CREDIT_LAST, KPI__WHOLE_SPACE);

	for (uint32_t i = 0; i < b->wholes; i++)
		out[i] &=
		    kpi__business_of(stream->business, queue[i]) != NULL;
}

static void
take_wanted(void *ctx, kpi__batch *b, void *out)
{
	const wanting *w = ctx;
	const uint8_t *keep = kpi__select_units(w->selector, w->stream, b);

	if (w->stream->credit == KPI__CREDIT_EQUAL)
		take_shared(w, b, keep, out);
	else if (keep == NULL)
		memset(out, 1, b->wholes);
	else
		memcpy(out, keep, b->wholes);
	if (w->stream->business != NULL)
		drop_without_calendar(w->stream, b, out);
}

static kpi_status
find_repeats(listing *l, const kpi_query *query)
{
	const kpi__snapshot *snapshot = l->claim.asked.snapshot;
	const kpi_allocator *a = kpi__snapshot_allocator(snapshot);
	kpi__selector selector;
	wanting w = { &selector, &l->declared[0].stream };
	kpi_status status;

	status = kpi__selector_init(&selector, snapshot, query, l->error);
	if (status == KPI_OK && l->ordinals[l->parts] > 0) {
		l->wanted = kpi__new_array(a, l->ordinals[l->parts], 1);
		status = l->wanted == NULL
		    ? kpi__fail(l->error, KPI_ENOMEM, "no memory for a list")
		    : kpi__each_whole(snapshot, query, l->claim.asked.as_of,
			  l->ordinals, l->wanted, 1, take_wanted, &w, l->error);
	}
	kpi__selector_free(&selector);
	kpi__silence_rule_of(&l->claim,
	    kpi__parameter_of(&l->claim, KPI__REPEAT_WINDOW), &l->rule);
	l->claim.visit = visit;
	l->claim.visit_run = NULL;
	l->claim.one_thread = 1;
	l->claim.shares = 0;
	if (status == KPI_OK)
		status = kpi__claims_walk(&l->claim, 1, l->ordinals, l->error);
	return status;
}

static kpi_status
text_of(const listing *l, uint32_t ordinal, int32_t field, const char **out)
{
	const kpi__snapshot *snapshot = l->claim.asked.snapshot;
	const kpi__column *c;
	uint32_t place;
	const uint32_t part =
	    kpi__ordinal_part(l->ordinals, l->parts, ordinal, &place);
	kpi_status status;

	status = kpi__snapshot_pin(snapshot, part, field, &c, l->error);
	if (status != KPI_OK)
		return status;
	status = kpi__snapshot_text(snapshot, field,
	    (uint32_t)kpi__column_value(c, place), out, l->error);
	kpi__snapshot_unpin(snapshot, part, field, c);
	return status;
}

static kpi_status
keep_text(kpi_repeats *r, const char *text, const char **out)
{
	const size_t size = strlen(text) + 1;
	char *copy = kpi__new_array(&r->allocator, size, 1);

	if (copy == NULL)
		return KPI_ENOMEM;
	memcpy(copy, text, size);
	*out = copy;
	return KPI_OK;
}

static kpi_status
keep_field(const listing *l, kpi_repeats *r, uint32_t ordinal, int32_t field,
    const char **out)
{
	const char *text;
	const kpi_status status = text_of(l, ordinal, field, &text);

	if (status != KPI_OK || text == NULL)
		return status;
	return keep_text(r, text, out);
}

static kpi_status
keep_id(const listing *l, kpi_repeats *r, uint32_t ordinal, const char **out)
{
	char id[KPI_TEXT_MAX + 1];
	uint32_t place;
	int known;
	const uint32_t part =
	    kpi__ordinal_part(l->ordinals, l->parts, ordinal, &place);
	const kpi_status status = kpi__snapshot_id(
	    l->claim.asked.snapshot, part, place, id, &known, l->error);

	if (status != KPI_OK || !known)
		return status;
	return keep_text(r, id, out);
}

static kpi_status
keep_repeat(const listing *l, kpi_repeats *r, const listed *from)
{
	const kpi_repeat empty = KPI_REPEAT_INIT;
	kpi_repeat *to = &r->list[r->count++];
	kpi_status status;

	*to = empty;
	to->started_at = from->start;
	to->earlier_started_at = from->before_start;
	to->first_started_at = from->first_start;
	to->gap_ms = from->gap;
	if ((status = keep_field(l, r, from->ordinal, KPI_FIELD_CUSTOMER,
		 &to->customer)) != KPI_OK ||
	    (status = keep_field(l, r, from->ordinal, KPI_FIELD_SOURCE,
		 &to->source)) != KPI_OK ||
	    (status = keep_field(l, r, from->before, KPI_FIELD_SOURCE,
		 &to->earlier_source)) != KPI_OK ||
	    (status = keep_field(l, r, from->first, KPI_FIELD_SOURCE,
		 &to->first_source)) != KPI_OK ||
	    (status = keep_id(l, r, from->ordinal, &to->id)) != KPI_OK ||
	    (status = keep_id(l, r, from->before, &to->earlier_id)) != KPI_OK ||
	    (status = keep_id(l, r, from->first, &to->first_id)) != KPI_OK)
		return status;
	return KPI_OK;
}

/* One of the three contacts of an entry: start, source, id, unknown first. */
static int
compare_contact(int64_t x_start, const char *x_source, const char *x_id,
    int64_t y_start, const char *y_source, const char *y_id)
{
	const char *const texts[2][2] = { { x_source, y_source },
		{ x_id, y_id } };

	if (x_start != y_start)
		return x_start < y_start ? -1 : 1;
	for (int i = 0; i < 2; i++) {
		const char *x = texts[i][0], *y = texts[i][1];
		const int order = x == NULL || y == NULL
		    ? (x != NULL) - (y != NULL)
		    : strcmp(x, y);

		if (order != 0)
			return order;
	}
	return 0;
}

/* By customer, then time; and by all that is seen, so that the list does not
 * depend on how the rows came. */
static int
compare_repeats(const void *a, const void *b, const void *ctx)
{
	const kpi_repeat *x = a, *y = b;
	int order = strcmp(x->customer, y->customer);

	(void)ctx;
	if (order == 0)
		order = compare_contact(x->started_at, x->source, x->id,
		    y->started_at, y->source, y->id);
	if (order == 0)
		order = compare_contact(x->earlier_started_at,
		    x->earlier_source, x->earlier_id, y->earlier_started_at,
		    y->earlier_source, y->earlier_id);
	if (order == 0)
		order = compare_contact(x->first_started_at, x->first_source,
		    x->first_id, y->first_started_at, y->first_source,
		    y->first_id);
	return order != 0 ? order
			  : (x->gap_ms > y->gap_ms) - (x->gap_ms < y->gap_ms);
}

static kpi_status
make_list(const listing *l, kpi_repeats *r)
{
	kpi_repeat *scratch;
	kpi_status status = KPI_OK;

	if (l->count == 0)
		return KPI_OK;
	r->list = kpi__new_array(&r->allocator, l->count, sizeof(*r->list));
	if (r->list == NULL)
		return kpi__fail(l->error, KPI_ENOMEM, "no memory for a list");
	r->room = l->count;
	for (size_t i = 0; i < l->count && status == KPI_OK; i++)
		status = keep_repeat(l, r, &l->found[i]);
	if (status != KPI_OK)
		return status == KPI_ENOMEM
		    ? kpi__fail(l->error, status, "no memory for a list")
		    : status;
	scratch = kpi__new_array(&r->allocator, r->count, sizeof(*scratch));
	if (scratch == NULL)
		return kpi__fail(l->error, KPI_ENOMEM, "no memory for a list");
	kpi__sort(r->list, scratch, r->count, sizeof(*scratch), compare_repeats,
	    NULL);
	kpi__release(&r->allocator, scratch, r->count, sizeof(*scratch));
	return KPI_OK;
}

static kpi_status
list(kpi_repeats *r, kpi_store *store, const kpi_query *query,
    const kpi_definition *definition, kpi_error *error)
{
	kpi__snapshot *snapshot;
	const kpi_allocator *a;
	kpi__business *business = NULL;
	listing *l;
	kpi_status status;

	status = kpi__snapshot_take(&snapshot, store, error);
	if (status != KPI_OK)
		return status;
	a = kpi__snapshot_allocator(snapshot);
	l = kpi__new_zeroed(a, 1, sizeof(*l));
	if (l == NULL) {
		kpi__snapshot_release(snapshot);
		return kpi__fail(error, KPI_ENOMEM, "no memory for a list");
	}
	l->error = error;
	l->parts = kpi__snapshot_parts(snapshot);
	status = kpi__business_wanted(
	    &business, snapshot, query, &definition, 1, error);
	if (status == KPI_OK)
		status = kpi__claim_make(&l->claim, l->declared, definition,
		    query, snapshot, business, error);
	if (status == KPI_OK)
		status = kpi__ordinals(snapshot, &l->ordinals, error);
	if (status == KPI_OK)
		status = find_repeats(l, query);
	if (status == KPI_OK)
		status = make_list(l, r);

	if (l->wanted != NULL)
		kpi__release(a, l->wanted, l->ordinals[l->parts], 1);
	kpi__release(a, l->found, l->room, sizeof(*l->found));
	kpi__release(a, l->chain, l->chain_room, sizeof(*l->chain));
	kpi__release(
	    a, l->neighbours, l->neighbours_room, sizeof(*l->neighbours));
	kpi__claim_free(&l->claim);
	kpi__business_free(business);
	if (l->ordinals != NULL)
		kpi__ordinals_free(snapshot, l->ordinals);
	kpi__release(a, l, 1, sizeof(*l));
	kpi__snapshot_release(snapshot);
	return status;
}

kpi_status
kpi_repeat_contacts(kpi_repeats **out, kpi_store *store, const kpi_query *query,
    const kpi_definition *definition, kpi_error *error)
{
	kpi_definition *own = NULL;
	kpi_query *all = NULL;
	kpi_repeats *r = NULL;
	kpi_status status = KPI_OK;

	if (out == NULL)
		return kpi__fail(error, KPI_EINVAL, "no place for the list");
	*out = NULL;
	if (store == NULL)
		return kpi__fail(error, KPI_EINVAL, "no store");
	if (definition != NULL && definition->metric != KPI_METRIC_REPEAT_RATE)
		return kpi__fail(
		    error, KPI_EINVAL, "expected a definition of repeat_rate");
	if (query == NULL) {
		status = kpi_query_new(&all, NULL, error);
		query = all;
	}
	if (status == KPI_OK && definition == NULL) {
		status = kpi_definition_new(
		    &own, KPI_METRIC_REPEAT_RATE, NULL, error);
		definition = own;
	}
	if (status == KPI_OK) {
		r = kpi__new_zeroed(&query->allocator, 1, sizeof(*r));
		if (r == NULL)
			status = kpi__fail(
			    error, KPI_ENOMEM, "no memory for a list");
	}
	if (status == KPI_OK) {
		r->allocator = query->allocator;
		status = list(r, store, query, definition, error);
		if (status == KPI_OK)
			*out = r;
		else
			kpi_repeats_free(r);
	}
	kpi_definition_free(own);
	kpi_query_free(all);
	return status;
}

uint64_t
kpi_repeats_count(const kpi_repeats *repeats)
{
	return repeats == NULL ? 0 : repeats->count;
}

kpi_status
kpi_repeats_get(const kpi_repeats *repeats, uint64_t index, kpi_repeat *repeat)
{
	if (repeats == NULL || index >= repeats->count)
		return KPI_EINVAL;
	return kpi__sized_write(repeat, &repeats->list[index], sizeof(*repeat),
	    KPI__SIZE_TO(kpi_repeat, reserved));
}

static void
free_text(const kpi_allocator *a, const char *text)
{
	char *ours;

	if (text == NULL)
		return;
	memcpy(&ours, &text, sizeof(ours));
	kpi__release(a, ours, strlen(text) + 1, 1);
}

void
kpi_repeats_free(kpi_repeats *r)
{
	kpi_allocator a;

	if (r == NULL)
		return;
	a = r->allocator;
	for (size_t i = 0; i < r->count; i++) {
		free_text(&a, r->list[i].customer);
		free_text(&a, r->list[i].source);
		free_text(&a, r->list[i].id);
		free_text(&a, r->list[i].earlier_source);
		free_text(&a, r->list[i].earlier_id);
		free_text(&a, r->list[i].first_source);
		free_text(&a, r->list[i].first_id);
	}
	kpi__release(&a, r->list, r->room, sizeof(*r->list));
	kpi__release(&a, r, 1, sizeof(*r));
}
