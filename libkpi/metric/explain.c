/* SPDX-License-Identifier: MIT */
/* A figure opened: its own declarations, asked unit by unit. */
#include "metric/explain.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sized.h"
#include "base/word.h"
#include "metric/measure.h"
#include "metric/outcome.h"

#define EVERY_ROLE (KPI_ROLE_BIT(KPI_ROLE_NOT_COUNTED + 1) - 2)

struct kpi_explanation {
	kpi_allocator allocator;
	kpi__snapshot *snapshot;
	kpi_query *query;
	kpi_query *whole; /* of a mix, what its rows are shares of */
	uint32_t *ordinals;
	kpi__business *business;
	kpi__claim claim;
	kpi__declared declared[KPI__STREAMS];
	kpi__opening opening;
	kpi__pages pages;
	kpi_figure figure;
	char id[KPI_TEXT_MAX + 1];
};

_Static_assert(KPI__STREAMS == KPI__OPENED_STREAMS, "all are opened");

static kpi_status
read_options(const kpi_explain_options *options, int64_t *roles,
    kpi_error *error)
{
	kpi_explain_options o = KPI_EXPLAIN_OPTIONS_INIT;

	if (options != NULL) {
		const kpi_status status = kpi__sized_read(&o, sizeof(o),
		    options, KPI__SIZE_TO(kpi_explain_options, roles), NULL);

		if (status != KPI_OK)
			return kpi__fail(error, status,
			    "the options of the explanation have a size or a "
			    "field that is not known");
	}
	if (o.roles & ~EVERY_ROLE)
		return kpi__fail(error, KPI_EINVAL,
		    "expected bits of roles, KPI_ROLE_NUMERATOR to "
		    "KPI_ROLE_NOT_COUNTED");
	*roles = o.roles == 0 ? EVERY_ROLE : o.roles;
	return KPI_OK;
}

static kpi_status
check_query(const kpi_query *query, kpi_error *error)
{
	if (query != NULL &&
	    (query->by_count > 0 || query->bucket != KPI_BUCKET_NONE))
		return kpi__fail(error, KPI_EINVAL,
		    "one figure is opened at a time: expected a query without "
		    "groups and buckets, with the row's values as filters and "
		    "its bucket as the range");
	return KPI_OK;
}

/* The one value of the dimension that a mix is of. */
static kpi_status
find_row(const kpi_explanation *e, const char **value, kpi_error *error)
{
	const kpi_by by = e->claim.shape.among;
	const kpi__filter *f = kpi__query_filter(e->query, by);
	const char *const name = kpi__word_name(KPI_TABLE_DIMENSIONS, by);

	if (f == NULL || f->count != 1)
		return kpi__fail_at(error, KPI_EINVAL, name,
		    "a mix has a row for each %s: expected a filter on one %s",
		    name, name);
	*value = f->values[0];
	return KPI_OK;
}

static int
is_row(const kpi_result *r, uint64_t row, const char *value)
{
	const char *const group = kpi_result_group(r, row, 0);

	return value == NULL || group == NULL ? value == group
					      : strcmp(value, group) == 0;
}

static kpi_status
read_row(kpi_explanation *e, const kpi_result *r, const char *value,
    kpi_error *error)
{
	const kpi_by by = e->claim.shape.among;
	uint64_t row = 0;
	kpi_status status;

	while (by != 0 && row < kpi_result_rows(r) && !is_row(r, row, value))
		row++;
	if (row == kpi_result_rows(r))
		return kpi__fail_at(error, KPI_ENOTFOUND,
		    kpi__word_name(KPI_TABLE_DIMENSIONS, by),
		    "there is no such row: nothing of \"%s\" is counted",
		    value == NULL ? "" : value);
	status = kpi_result_figure(r, row, 0, &e->figure);
	return status == KPI_OK
	    ? KPI_OK
	    : kpi__fail(error, status, "a sum of the figure is beyond 64 bits");
}

/* The figure as any who measures has it; `query` has the zone of its days. */
static kpi_status
measure(kpi_explanation *e, const kpi_query *query,
    const kpi_definition *definition, kpi_error *error)
{
	const kpi_by among = e->claim.shape.among;
	const char *value = NULL;
	kpi_result *result;
	kpi_query grouped;
	kpi_status status = KPI_OK;

	if (query == NULL)
		query = e->query;
	if (among != 0) {
		status = find_row(e, &value, error);
		if (status == KPI_OK)
			status = kpi__query_copy(&e->whole, e->query, error);
		if (status != KPI_OK)
			return status;
		kpi__query_unfilter(e->whole, among);
		grouped = *e->whole;
		grouped.group_limit = UINT64_MAX;
		grouped.by[grouped.by_count++] = among;
		query = &grouped;
	}
	status = kpi__measure_at(
	    &result, e->snapshot, query, &definition, 1, error);
	if (status != KPI_OK)
		return status;
	status = read_row(e, result, value, error);
	kpi_result_free(result);
	return status;
}

/* What is not known is in no whole, where it is left out of all. */
static const kpi_query *
whole_of(const kpi_explanation *e)
{
	const kpi__shape *s = &e->claim.shape;

	return e->whole != NULL && s->known_alone &&
		kpi__query_filter(e->query, s->among)->values[0] == NULL
	    ? NULL
	    : e->whole;
}

static kpi_status
open_all(kpi_explanation *e, const kpi_query *query,
    const kpi_definition *definition, int64_t roles, kpi_error *error)
{
	const kpi__casting casting = { &e->claim.shape, &e->figure, roles };
	kpi_status status = kpi__business_wanted(&e->business, e->snapshot,
	    e->query, &definition, 1, error);

	if (status == KPI_OK)
		status = kpi__claim_make(&e->claim, e->declared, definition,
		    e->query, e->snapshot, e->business, error);
	if (status == KPI_OK && e->claim.of_time)
		status = kpi__fail_at(error, KPI_ENOTSUP, "agents' time",
		    "%s is of agents' time, which is the union of their "
		    "contacts and what they did beside them: no interaction "
		    "has a part of it",
		    kpi_definition_text(definition));
	if (status == KPI_OK && e->claim.of_roster)
		status = kpi__fail_at(error, KPI_ENOTSUP, "the roster",
		    "%s is of the roster, which counts agents: no interaction "
		    "has a part of it",
		    kpi_definition_text(definition));
	if (status == KPI_OK)
		status = measure(e, query, definition, error);
	if (status == KPI_OK)
		status = kpi__ordinals(e->snapshot, &e->ordinals, error);
	if (status == KPI_OK)
		status = kpi__claims_walk(&e->claim, 1, e->ordinals, error);
	if (status == KPI_OK)
		status = kpi__opening_init(&e->opening, e->snapshot, e->query,
		    whole_of(e), e->declared, e->ordinals,
		    e->claim.asked.as_of, error);
	if (status == KPI_OK)
		status = kpi__pages_init(
		    &e->pages, &e->opening, &casting, error);
	return status;
}

static kpi_status
explain(kpi_explanation **out, kpi_store *store, const kpi_query *query,
    const kpi_definition *definition, int64_t roles, kpi_error *error)
{
	kpi__snapshot *snapshot;
	kpi_explanation *e;
	kpi_status status = kpi__snapshot_take(&snapshot, store, error);

	if (status != KPI_OK)
		return status;
	e = kpi__new_zeroed(
	    kpi__snapshot_allocator(snapshot), 1, sizeof(*e));
	if (e == NULL) {
		kpi__snapshot_release(snapshot);
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for an explanation");
	}
	e->allocator = *kpi__snapshot_allocator(snapshot);
	e->snapshot = snapshot;
	e->figure.size = sizeof(e->figure);
	status = kpi__query_copy(&e->query, query, error);
	if (status == KPI_OK)
		status = open_all(e, query, definition, roles, error);
	if (status == KPI_OK)
		*out = e;
	else
		kpi_explanation_free(e);
	return status;
}

kpi_status
kpi_explain(kpi_explanation **out, kpi_store *store, const kpi_query *query,
    const kpi_definition *definition, const kpi_explain_options *options,
    kpi_error *error)
{
	int64_t roles = 0;
	kpi_status status;

	if (out == NULL)
		return kpi__fail(
		    error, KPI_EINVAL, "no place for the explanation");
	*out = NULL;
	if (store == NULL || definition == NULL)
		return kpi__fail(error, KPI_EINVAL,
		    store == NULL ? "no store" : "no definition");
	status = read_options(options, &roles, error);
	if (status == KPI_OK)
		status = check_query(query, error);
	return status == KPI_OK
	    ? explain(out, store, query, definition, roles, error)
	    : status;
}

void
kpi_explanation_free(kpi_explanation *e)
{
	kpi_allocator a;

	if (e == NULL)
		return;
	a = e->allocator;
	kpi__pages_free(&e->pages);
	kpi__opening_free(&e->opening);
	kpi__claim_free(&e->claim);
	kpi__business_free(e->business);
	if (e->ordinals != NULL)
		kpi__ordinals_free(e->snapshot, e->ordinals);
	kpi_query_free(e->whole);
	kpi_query_free(e->query);
	kpi__snapshot_release(e->snapshot);
	kpi__release(&a, e, 1, sizeof(*e));
}

kpi_status
kpi_explanation_figure(const kpi_explanation *e, kpi_figure *figure)
{
	return e == NULL ? KPI_EINVAL
			 : kpi__sized_write(figure, &e->figure,
			       sizeof(e->figure), KPI__SIZE_TO(kpi_figure, unit));
}

uint64_t
kpi_explanation_count(const kpi_explanation *e)
{
	return e == NULL ? 0 : kpi__pages_units(&e->pages);
}

static kpi_status
text_of(const kpi_explanation *e, uint32_t part, uint32_t place,
    int32_t field, const char **out, kpi_error *error)
{
	const kpi__column *c;
	kpi_status status =
	    kpi__snapshot_pin(e->snapshot, part, field, &c, error);

	if (status != KPI_OK)
		return status;
	status = kpi__snapshot_text(e->snapshot, field,
	    (uint32_t)kpi__column_value(c, place), out, error);
	kpi__snapshot_unpin(e->snapshot, part, field, c);
	return status;
}

static kpi_status
fill(kpi_explanation *e, kpi__opened *from, kpi_explained *to,
    kpi_error *error)
{
	uint32_t place;
	const uint32_t part = kpi__ordinal_part(e->ordinals,
	    kpi__snapshot_parts(e->snapshot), from->ordinal, &place);
	kpi_status status;
	int known;

	(void)kpi__role_of(
	    &e->pages.casting, from, &to->role, &to->left_out);
	to->started_at = from->start;
	to->row = from->row;
	to->value = from->value;
	to->numerator = from->numerator;
	to->denominator = from->denominator;
	to->excluded = from->excluded;
	to->outcome_class = kpi__claim_class_name(&e->claim, from->class);
	status = text_of(
	    e, part, place, KPI_FIELD_SOURCE, &to->source, error);
	if (status == KPI_OK)
		status = text_of(e, part, place, KPI_FIELD_CUSTOMER,
		    &to->customer, error);
	if (status == KPI_OK)
		status = kpi__snapshot_id(
		    e->snapshot, part, place, e->id, &known, error);
	if (status == KPI_OK)
		to->id = known ? e->id : NULL;
	return status;
}

kpi_status
kpi_explanation_get(kpi_explanation *e, uint64_t index, kpi_explained *unit,
    kpi_error *error)
{
	kpi_explained one = KPI_EXPLAINED_INIT;
	kpi__opened *found;
	kpi_status status;

	if (e == NULL || unit == NULL ||
	    unit->size < KPI__SIZE_TO(kpi_explained, outcome_class))
		return kpi__fail(error, KPI_EINVAL,
		    "no explanation, or no place for the unit");
	if (index >= kpi_explanation_count(e))
		return kpi__fail(error, KPI_EINVAL,
		    "there are %llu units, and no place %llu",
		    (unsigned long long)kpi_explanation_count(e),
		    (unsigned long long)index);
	status = kpi__pages_unit(&e->pages, index, &found, error);
	if (status == KPI_OK)
		status = fill(e, found, &one, error);
	return status == KPI_OK
	    ? kpi__sized_write(unit, &one, sizeof(one),
		  KPI__SIZE_TO(kpi_explained, outcome_class))
	    : status;
}
