/* SPDX-License-Identifier: MIT */
#include "ingest/activity.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sized.h"
#include "base/sort.h"
#include "ingest/value.h"
#include "store/names.h"

static kpi_status
check(kpi_activity *ours, const kpi_activity *theirs, kpi_error *error)
{
	static const kpi_activity blank = KPI_ACTIVITY_INIT;
	const kpi_status status = kpi__sized_read(ours, sizeof(*ours), theirs,
	    KPI__SIZE_TO(kpi_activity, agent), &blank);

	if (status != KPI_OK)
		return kpi__fail(error, status,
		    "the activity has no size that is understood");
	if (!kpi__field_is_instant(ours->started_at))
		return kpi__fail_at(error, KPI_EINVAL, "started_at",
		    "started_at is required: expected years 1 to 9999");
	if (ours->ended_at != KPI_UNKNOWN &&
	    (ours->ended_at < ours->started_at ||
		!kpi__field_is_instant(ours->ended_at)))
		return kpi__fail_at(error, KPI_EINVAL, "ended_at",
		    "ended_at is outside its range: expected started_at or "
		    "later, to year 9999");
	if (ours->state < KPI_ACTIVITY_READY ||
	    ours->state > KPI_ACTIVITY_OFFLINE)
		return kpi__fail_at(error, KPI_EINVAL, "state",
		    "state is required: expected 1 to 6");
	if (ours->agent == NULL || *ours->agent == '\0')
		return kpi__fail_at(
		    error, KPI_EINVAL, "agent", "agent is required");
	return KPI_OK;
}

static kpi_status
code_of(kpi_store *store, int32_t field, const char *text, uint32_t *code,
    kpi_error *error)
{
	const kpi__field *f = kpi__field_find(field);
	size_t size;
	kpi_status status = kpi__value_measure(f, text, &size, error);

	*code = 0;
	if (status != KPI_OK || size == 0)
		return status;
	status = kpi__names_find_newest(
	    store, KPI__NAMES_OF_ACTIVITY, text, size, code, error);
	if (status != KPI_OK || *code != 0)
		return status;
	status = kpi__value_check_text(f, text, size, error);
	if (status != KPI_OK)
		return status;
	return kpi__draft_add_text(
	    store, KPI__NAMES_OF_ACTIVITY, text, size, code, error);
}

/* Nothing is kept under its key, or what goes on, of which it is the end. */
static int
completes(const kpi__activities *activities, const kpi__span *span)
{
	const kpi__span *const kept = kpi__activities_like(activities, span);

	return kept == NULL ||
	    (kept->ended_at == KPI_UNKNOWN && span->ended_at != KPI_UNKNOWN);
}

static kpi_status
add(kpi__snapshot *draft, const kpi_activity *theirs, int only_completes,
    kpi_error *error)
{
	kpi_store *store = draft->store;
	kpi_activity ours;
	kpi__span span;
	int change;
	kpi_status status = check(&ours, theirs, error);

	if (status != KPI_OK)
		return status;
	memset(&span, 0, sizeof(span));
	span.started_at = ours.started_at;
	span.ended_at = ours.ended_at;
	span.state = (uint32_t)ours.state;
	status =
	    code_of(store, KPI_FIELD_AGENT, ours.agent, &span.agent, error);
	if (status == KPI_OK)
		status = code_of(
		    store, KPI_FIELD_SOURCE, ours.source, &span.source, error);
	if (status != KPI_OK)
		return status;
	if (only_completes && !completes(&store->activities, &span))
		return KPI_OK;
	status = kpi__activities_add(&store->activities, &span, &change);
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory for an activity");
	draft->activities += (uint32_t)change;
	return KPI_OK;
}

kpi_status
kpi__activity_add(kpi_store *store, const kpi_activity *activity,
    int only_completes, kpi_error *error)
{
	kpi__snapshot *draft;
	kpi_status status = kpi__write_begin(store, &draft, error);

	if (status != KPI_OK)
		return status;
	status = add(draft, activity, only_completes, error);
	return kpi__write_end(store, draft, status, error);
}

kpi_status
kpi_store_add_activity(
    kpi_store *store, const kpi_activity *activity, kpi_error *error)
{
	return kpi__activity_add(store, activity, 0, error);
}

/* A span with its names, to be put in order; those of one key stay in the
 * order in which they were added. */
struct named {
	const char *agent, *source;
	const kpi__span *span;
};

static int
compare_keys(const struct named *x, const struct named *y)
{
	int order = strcmp(x->agent, y->agent);

	if (order == 0)
		order = (x->span->started_at > y->span->started_at) -
		    (x->span->started_at < y->span->started_at);
	if (order == 0)
		order = (x->span->state > y->span->state) -
		    (x->span->state < y->span->state);
	return order != 0 ? order : strcmp(x->source, y->source);
}

static int
compare(const void *a, const void *b, const void *ctx)
{
	(void)ctx;
	return compare_keys(a, b);
}

static kpi_status
name(kpi_store *store, uint32_t code, const char **out, kpi_error *error)
{
	*out = "";
	if (code == 0)
		return KPI_OK;
	return kpi__names_text(store, KPI__NAMES_OF_ACTIVITY, code, out, error);
}

static kpi_status
name_span(
    kpi_store *store, struct named *named, uint32_t number, kpi_error *error)
{
	kpi_status status;

	named->span = kpi__activities_at(&store->activities, number);
	status = name(store, named->span->agent, &named->agent, error);
	if (status == KPI_OK)
		status =
		    name(store, named->span->source, &named->source, error);
	return status;
}

static kpi_status
walk(const kpi__snapshot *snapshot, const struct named *spans,
    int (*each)(void *ctx, const kpi_activity *activity), void *ctx,
    kpi_error *error)
{
	for (uint32_t i = 0; i < snapshot->spans; i++) {
		kpi_activity activity = KPI_ACTIVITY_INIT;

		/* Of spans with one key, the last one counts. */
		if ((i + 1 < snapshot->spans &&
			compare_keys(&spans[i], &spans[i + 1]) == 0) ||
		    kpi__span_is_empty(spans[i].span))
			continue;
		activity.started_at = spans[i].span->started_at;
		activity.ended_at = spans[i].span->ended_at;
		activity.state = spans[i].span->state;
		activity.agent = spans[i].agent;
		if (*spans[i].source != '\0')
			activity.source = spans[i].source;
		if (each(ctx, &activity) != 0)
			return kpi__fail(error, KPI_ESTOPPED, "%s",
			    kpi_strerror(KPI_ESTOPPED));
	}
	return KPI_OK;
}

kpi_status
kpi_store_activities(kpi_store *store,
    int (*each)(void *ctx, const kpi_activity *activity), void *ctx,
    kpi_error *error)
{
	kpi__snapshot *snapshot;
	struct named *spans;
	size_t count;
	kpi_status status;

	if (store == NULL || each == NULL)
		return kpi__fail(
		    error, KPI_EINVAL, "a store and a function are needed");
	status = kpi__snapshot_take(&snapshot, store, error);
	if (status != KPI_OK)
		return status;
	/* As many again are scratch to sort in. */
	count = 2 * (size_t)snapshot->spans;
	spans = kpi__new_array(&store->allocator, count, sizeof(*spans));
	if (spans == NULL && count > 0) {
		kpi__snapshot_release(snapshot);
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for the activities");
	}
	for (uint32_t i = 0; i < snapshot->spans && status == KPI_OK; i++)
		status = name_span(store, &spans[i], i, error);
	if (status == KPI_OK && snapshot->spans > 0)
		kpi__sort(spans, spans + snapshot->spans, snapshot->spans,
		    sizeof(*spans), compare, NULL);
	if (status == KPI_OK)
		status = walk(snapshot, spans, each, ctx, error);
	kpi__release(&store->allocator, spans, count, sizeof(*spans));
	kpi__snapshot_release(snapshot);
	return status;
}
