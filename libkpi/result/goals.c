/* SPDX-License-Identifier: MIT */
#include "result/goals.h"

#include <string.h>

#include "base/memory.h"

int
kpi__goals_copy(kpi__shape *to, const kpi__shape *from, const kpi_allocator *a)
{
	to->goals = NULL;
	to->goal_count = 0;
	if (from->goal_count == 0)
		return 0;
	to->goals = kpi__new_zeroed(a, from->goal_count, sizeof(*to->goals));
	if (to->goals == NULL)
		return 1;
	to->goal_count = from->goal_count;
	for (uint32_t i = 0; i < from->goal_count; i++) {
		const kpi__goal *goal = &from->goals[i];

		to->goals[i] = *goal;
		to->goals[i].name =
		    kpi__copy_string(a, goal->name, strlen(goal->name));
		if (to->goals[i].name == NULL)
			return 1;
	}
	return 0;
}

void
kpi__goals_free(kpi__shape *s, const kpi_allocator *a)
{
	for (uint32_t i = 0; i < s->goal_count; i++)
		kpi__free_string(a, s->goals[i].name);
	kpi__release(a, s->goals, s->goal_count, sizeof(*s->goals));
	s->goals = NULL;
	s->goal_count = 0;
}

static const kpi__goal *
find(const kpi__shape *s, const char *name)
{
	uint32_t least = 0, most = s->goal_count;

	while (least < most) {
		const uint32_t at = least + (most - least) / 2;
		const int order = strcmp(s->goals[at].name, name);

		if (order == 0)
			return &s->goals[at];
		if (order < 0)
			least = at + 1;
		else
			most = at;
	}
	return NULL;
}

const kpi__goal *
kpi__goal_of(const kpi_result *r, uint64_t row, const kpi__shape *s)
{
	const uint32_t by = r->frame.by_count;

	for (uint32_t i = 0; i < by && s->goal_count > 0; i++) {
		const uint32_t code = r->rows.code[row * by + i];

		if (r->frame.by[i] == s->goals_by)
			return code == KPI__NO_TEXT
			    ? NULL
			    : find(s, kpi__texts_get(&r->texts[i], code));
	}
	return NULL;
}

int
kpi__goals_same(const kpi__shape *a, const kpi__shape *b)
{
	if (a->goals_by != b->goals_by || a->goal_count != b->goal_count)
		return 0;
	for (uint32_t i = 0; i < a->goal_count; i++) {
		const kpi__goal *x = &a->goals[i], *y = &b->goals[i];

		if (strcmp(x->name, y->name) != 0 || x->goal != y->goal ||
		    x->ceiling != y->ceiling)
			return 0;
	}
	return 1;
}

static const char *
target_fault(const kpi__shape *s, int64_t goal, int64_t ceiling)
{
	if (ceiling != KPI_UNKNOWN && (goal == KPI_UNKNOWN || ceiling < goal))
		return "has a target that ends before it begins";
	if (goal != KPI_UNKNOWN && ceiling == KPI_UNKNOWN && s->better == 0)
		return "has a goal in no direction";
	return NULL;
}

/* What is not in order would not be found; what a group shares with all is not
 * kept, so that one target has one form. */
const char *
kpi__goals_fault(const kpi__shape *s)
{
	const char *fault = target_fault(s, s->goal, s->ceiling);

	if (fault == NULL && (s->goal_count == 0) != (s->goals_by == 0))
		fault =
		    "has targets of groups by nothing, or none by something";
	for (uint32_t i = 0; i < s->goal_count && fault == NULL; i++) {
		const kpi__goal *own = &s->goals[i];

		fault = target_fault(s, own->goal, own->ceiling);
		if (i > 0 && strcmp(s->goals[i - 1].name, own->name) >= 0)
			fault = "has targets of groups that are in no order";
		if (own->goal == s->goal && own->ceiling == s->ceiling)
			fault = "has a target of a group that is that of all";
	}
	return fault;
}
