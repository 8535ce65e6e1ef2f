/* SPDX-License-Identifier: MIT */
#include "query/states.h"

#include <string.h>

#include <kpi/store.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "store/spans.h"

static int
make_room(kpi__states *s)
{
	for (size_t i = 0; i < s->agents; i++) {
		if (s->count[i] > s->widest)
			s->widest = s->count[i];
		s->first[i] = s->room;
		s->room += s->count[i];
		s->count[i] = 0;
	}
	if (s->room == 0)
		return 1;
	s->doing = kpi__new_array(s->allocator, s->room, sizeof(*s->doing));
	s->scratch =
	    kpi__new_array(s->allocator, s->widest, sizeof(*s->scratch));
	s->open = kpi__new_array(s->allocator, s->widest, sizeof(*s->open));
	return s->doing != NULL && s->scratch != NULL && s->open != NULL;
}

/* Those of one key stay in the order in which they were added. */
static int
compare(const void *a, const void *b, const void *ctx)
{
	const kpi__doing *x = a, *y = b;

	(void)ctx;
	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	if (x->state != y->state)
		return x->state < y->state ? -1 : 1;
	return (x->source > y->source) - (x->source < y->source);
}

/* Puts an agent's activities in order; of those with one key the last one
 * counts, and one of no length is none. */
static void
settle(kpi__states *s, size_t agent)
{
	kpi__doing *const doing = s->doing + s->first[agent];
	const size_t count = s->count[agent];
	size_t kept = 0;

	kpi__sort(doing, s->scratch, count, sizeof(*doing), compare, NULL);
	for (size_t i = 0; i < count; i++)
		if ((i + 1 == count ||
			compare(&doing[i], &doing[i + 1], NULL) != 0) &&
		    doing[i].until > doing[i].begin)
			doing[kept++] = doing[i];
	s->count[agent] = kept;
}

/* A source that tells of pauses and never of a log-in does not know when its
 * agents were there: nothing of them is an activity then. */
static void
forget_pauses_alone(kpi__states *s, size_t agent)
{
	const kpi__doing *doing = s->doing + s->first[agent];
	size_t i = 0;

	while (i < s->count[agent] &&
	    (doing[i].state == KPI_ACTIVITY_BREAK ||
		doing[i].state == KPI_ACTIVITY_OFFLINE))
		i++;
	if (i == s->count[agent])
		s->count[agent] = 0;
}

kpi_status
kpi__states_deal(kpi__states *s, const kpi__people *people,
    const kpi__snapshot *snapshot, int64_t as_of, kpi_error *error)
{
	const uint32_t spans = kpi__snapshot_spans(snapshot);
	const kpi_allocator *a = kpi__snapshot_allocator(snapshot);

	memset(s, 0, sizeof(*s));
	s->allocator = a;
	s->agents = people->count;
	s->first = kpi__new_zeroed(a, s->agents, sizeof(*s->first));
	s->count = kpi__new_zeroed(a, s->agents, sizeof(*s->count));
	if (s->first == NULL || s->count == NULL)
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for activities");
	for (uint32_t i = 0; i < spans; i++) {
		const kpi__span *span = kpi__snapshot_span(snapshot, i);

		s->count[people->agent[span->agent]] +=
		    span->started_at < as_of;
	}
	if (!make_room(s))
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for activities");
	if (s->room == 0)
		return KPI_OK;
	for (uint32_t i = 0; i < spans; i++) {
		const kpi__span *span = kpi__snapshot_span(snapshot, i);
		const uint32_t agent = people->agent[span->agent];

		if (span->started_at >= as_of)
			continue;
		s->doing[s->first[agent] + s->count[agent]++] = (kpi__doing){
			span->started_at,
			span->ended_at == KPI_UNKNOWN ? INT64_MAX
						      : span->ended_at,
			span->state, span->source
		};
	}
	for (size_t agent = 0; agent < s->agents; agent++) {
		settle(s, agent);
		forget_pauses_alone(s, agent);
	}
	return KPI_OK;
}

void
kpi__states_free(kpi__states *s)
{
	const kpi_allocator *a = s->allocator;

	if (a == NULL)
		return;
	kpi__release(a, s->first, s->agents, sizeof(*s->first));
	kpi__release(a, s->count, s->agents, sizeof(*s->count));
	kpi__release(a, s->doing, s->room, sizeof(*s->doing));
	kpi__release(a, s->scratch, s->widest, sizeof(*s->scratch));
	kpi__release(a, s->open, s->widest, sizeof(*s->open));
	memset(s, 0, sizeof(*s));
}

/* What the open ones fill until an instant, the last to begin first. */
static size_t
fill(const kpi__states *s, const kpi__doing *doing, size_t open, int64_t *now,
    int64_t until, kpi__state_taker take, void *ctx)
{
	while (open > 0 && *now < until) {
		const kpi__doing *last = &doing[s->open[open - 1]];
		const int64_t end = last->until < until ? last->until : until;

		if (end > *now) {
			take(ctx, *now, end, last->state);
			*now = end;
		}
		if (last->until <= *now)
			open--;
	}
	*now = until;
	return open;
}

void
kpi__states_walk(kpi__states *s, uint32_t agent, int64_t until,
    kpi__state_taker take, void *ctx)
{
	const size_t count = s->count[agent];
	int64_t now = INT64_MIN;
	size_t open = 0;
	kpi__doing *doing;

	if (count == 0)
		return;
	doing = s->doing + s->first[agent];
	for (size_t i = 0; i < count && doing[i].begin < until; i++) {
		open = fill(s, doing, open, &now, doing[i].begin, take, ctx);
		s->open[open++] = i;
	}
	(void)fill(s, doing, open, &now, until, take, ctx);
}
