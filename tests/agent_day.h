/* SPDX-License-Identifier: MIT */
/* agent_day.h - a store of one day's contacts and activities of agents. */
#ifndef KPI_TESTS_AGENT_DAY_H
#define KPI_TESTS_AGENT_DAY_H

#include <check.h>

#include "asked.h"

/* Midnight after that Monday: all of its time is known. */
#define WHOLE_DAY " as_of=2026-03-03T00:00:00Z"

static kpi_store *store;

static void
setup(void)
{
	store = new_store();
}

static void
teardown(void)
{
	kpi_store_close(store);
}

static void
add_from(const char *source, const char *agent, int64_t state, int64_t begin,
    int64_t until)
{
	kpi_activity activity = KPI_ACTIVITY_INIT;
	kpi_error error = KPI_ERROR_INIT;

	activity.agent = agent;
	activity.source = source;
	activity.state = state;
	activity.started_at = begin;
	activity.ended_at = until;
	ck_assert_msg(
	    kpi_store_add_activity(store, &activity, &error) == KPI_OK, "%s",
	    error.text);
}

static void
add_activity(const char *agent, int64_t state, int64_t begin, int64_t until)
{
	add_from(NULL, agent, state, begin, until);
}

/* A contact that occupies an agent in [begin, until). */
static void
add_leg(const char *agent, int64_t begin, int64_t until)
{
	add_calls(store,
	    (call){ begin, KPI_OUTCOME_ANSWERED, 0,
		until == KPI_UNKNOWN ? until : until - begin, NULL, agent,
		NULL },
	    1);
}

#endif
