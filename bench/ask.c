/* SPDX-License-Identifier: MIT */
#include "ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"

#define EVERY_DIRECTION " directions=inbound,outbound,internal,unknown"
#define EVERY_OUTCOME                                                          \
	"=answered,abandoned,before_queue,self_served,overflowed,timed_out,"   \
	"exited,voicemail,emptied,callback,turned_away,failed,waiting"

/* An abandon of less than 5 s is none. */
#define LONG  " short_abandon_threshold=4999ms"
#define WHOLE " unit=interaction"

static const char *const panel[] = { "contacts" EVERY_DIRECTION,
	"service_level" EVERY_DIRECTION LONG WHOLE,
	"abandonment_rate" EVERY_DIRECTION LONG WHOLE,
	"answer_rate" EVERY_DIRECTION LONG WHOLE,
	"average_speed_of_answer" EVERY_DIRECTION WHOLE,
	"average_handle_time" EVERY_DIRECTION WHOLE,
	"average_handle_time" EVERY_DIRECTION
	" handle_parts=after_call" WHOLE,
	"resolution_rate" EVERY_DIRECTION " resolution_population=answered"
	" resolution_unknown=excluded",
	"csat" EVERY_DIRECTION, "csat_mean" EVERY_DIRECTION,
	"nps" EVERY_DIRECTION };

/* Every contact counts, whatever came of it, up to the ends of the data. */
#define EVERY_CONTACT                                                  \
	EVERY_DIRECTION " repeat_counted_outcomes" EVERY_OUTCOME       \
			" repeat_directions=inbound,outbound,internal" \
			",unknown repeat_earlier_outcomes" EVERY_OUTCOME       \
			" repeat_edge=include"                         \
			" repeat_later_outcomes" EVERY_OUTCOME

static const char *const repeats[] = { "repeat_rate" EVERY_CONTACT,
	"first_contact_resolution" EVERY_CONTACT };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static kpi_figure
figure_of(const kpi_result *result, uint64_t row, uint64_t index)
{
	kpi_figure f = KPI_FIGURE_INIT;

	if (kpi_result_figure(result, row, index, &f) != KPI_OK)
		fail_because("a figure could not be read");
	return f;
}

static void
read_panel(const kpi_result *result, uint64_t row, int64_t *number)
{
	kpi_figure f[COUNT(panel)];

	for (uint64_t i = 0; i < COUNT(panel); i++)
		f[i] = figure_of(result, row, i);
	number[CONTACTS] = f[0].numerator;
	number[IN_TIME] = f[1].numerator;
	number[ABANDONED_CONTACTS] = f[2].numerator;
	number[ANSWERED_CONTACTS] = f[3].numerator;
	if (f[3].denominator != f[2].numerator + f[3].numerator)
		fail_because("answered and abandoned do not add up");
	number[WAIT] = f[4].numerator;
	number[HANDLE] = f[5].numerator;
	number[AFTER_CALL] = f[6].numerator;
	number[RESOLVED_ONES] = f[7].numerator;
	number[RESOLUTION_KNOWN] = f[7].denominator;
	number[CSAT_TOP] = f[8].numerator;
	number[CSAT_ANSWERS] = f[8].denominator;
	number[CSAT_MARKS] = f[9].numerator;
	number[NPS_BALANCE] = f[10].numerator;
	number[NPS_ANSWERS] = f[10].denominator;
}

static void
read_repeats(const kpi_result *result, uint64_t row, int64_t *number)
{
	const kpi_figure repeat = figure_of(result, row, 0);
	const kpi_figure first = figure_of(result, row, 1);

	number[COUNTED] = repeat.denominator;
	number[REPEATS] = repeat.numerator;
	number[ISSUES] = first.denominator;
	number[SILENT_ISSUES] = first.numerator;
}

const workload workloads[WORKLOADS] = {
	{ "panel", panel, COUNT(panel), 0, yard_panel, read_panel },
	{ "panel by agent and month", panel, COUNT(panel), 1,
	    yard_panel_by_agent_month, read_panel },
	{ "repeats", repeats, COUNT(repeats), 0, yard_repeats, read_repeats },
	{ "repeats by agent and month", repeats, COUNT(repeats), 1,
	    yard_repeats_by_agent_month, read_repeats },
};

void
ask_prepare(asked *a, const workload *w)
{
	kpi_error error = KPI_ERROR_INIT;

	memset(a, 0, sizeof(*a));
	a->of = w;
	if (kpi_query_new(&a->query, NULL, &error) != KPI_OK)
		fail(&error);
	if (w->by_agent_month &&
	    (kpi_query_by(a->query, KPI_BY_AGENT) != KPI_OK ||
		kpi_query_by_time(a->query, KPI_BUCKET_MONTH) != KPI_OK))
		fail_because("the query was refused");
	for (uint32_t i = 0; i < w->count; i++)
		if (kpi_definition_parse(&a->definition[i], w->definitions[i],
			NULL, &error) != KPI_OK)
			fail(&error);
}

kpi_result *
ask(const asked *a, kpi_store *store)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *result;

	if (kpi_measure(&result, store, a->query,
		(const kpi_definition *const *)a->definition, a->of->count,
		&error) != KPI_OK)
		fail(&error);
	return result;
}

void
ask_free(asked *a)
{
	for (uint32_t i = 0; i < a->of->count; i++)
		kpi_definition_free(a->definition[i]);
	kpi_query_free(a->query);
	memset(a, 0, sizeof(*a));
}

double
ask_sum(const asked *a, const kpi_result *result)
{
	double sum = 0;

	for (uint64_t row = 0; row < kpi_result_rows(result); row++)
		for (uint64_t i = 0; i < a->of->count; i++) {
			const kpi_figure f = figure_of(result, row, i);

			if (f.state == KPI_STATE_OK)
				sum += f.value;
		}
	return sum;
}

static uint32_t
group_of_row(const asked *a, const kpi_result *result, uint64_t row)
{
	const char *agent;

	if (!a->of->by_agent_month)
		return 0;
	agent = kpi_result_group(result, row, 0);
	return month_of(kpi_result_begin(result, row)) * (AGENTS + 1u) +
	    (agent == NULL ? NO_AGENT
			   : (uint32_t)strtoul(agent + 5, NULL, 10));
}

void
ask_compare(const asked *a, const kpi_result *result, const yard *y)
{
	const uint32_t groups = a->of->by_agent_month ? GROUPS : 1;
	uint64_t expected = 0;

	for (uint32_t g = 0; g < groups; g++)
		expected += y->groups[g].number[0] != 0;
	if (kpi_result_rows(result) != expected)
		fail_because("the groups are not those of the yardstick");
	for (uint64_t row = 0; row < expected; row++) {
		const uint32_t g = group_of_row(a, result, row);
		int64_t number[NUMBERS] = { 0 };

		a->of->read(result, row, number);
		for (int i = 0; i < NUMBERS; i++) {
			if (number[i] == y->groups[g].number[i])
				continue;
			fprintf(stderr,
			    "bench: %s, row %llu, number %d: %lld, but the "
			    "yardstick has %lld\n",
			    a->of->name, (unsigned long long)row, i,
			    (long long)number[i],
			    (long long)y->groups[g].number[i]);
			exit(1);
		}
	}
}
