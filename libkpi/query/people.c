/* SPDX-License-Identifier: MIT */
#include "query/people.h"

#include <string.h>

#include <kpi/catalogue.h>

#include "base/error.h"
#include "base/memory.h"
#include "store/spans.h"

/* Gives each agent of the activities the number of its name. */
static kpi_status
number_agents(kpi__people *p, kpi_error *error)
{
	const uint32_t spans = kpi__snapshot_spans(p->snapshot);

	for (uint32_t i = 0; i < spans; i++) {
		const uint32_t name = kpi__snapshot_span(p->snapshot, i)->agent;
		uint32_t *agent = &p->agent[name];
		kpi_status status;

		if (*agent != 0)
			continue;
		status = kpi__snapshot_code(p->snapshot, KPI_FIELD_AGENT,
		    kpi__snapshot_span_name(p->snapshot, name), agent, error);
		if (status != KPI_OK)
			return status;
		if (*agent == 0) {
			p->name[p->count - p->of_rows] = name;
			*agent = p->count++;
		}
	}
	return KPI_OK;
}

/* The agents with a name: all beyond the rows' are looked through. */
static kpi_status
mark(kpi__people *p, const char *name, uint8_t *marks, kpi_error *error)
{
	uint32_t code = 0;
	kpi_status status = KPI_OK;

	if (name == NULL) {
		marks[0] = 1;
		return KPI_OK;
	}
	status = kpi__snapshot_code(
	    p->snapshot, KPI_FIELD_AGENT, name, &code, error);
	if (status != KPI_OK)
		return status;
	if (code != 0) {
		marks[code] = 1;
		return KPI_OK;
	}
	for (uint32_t i = p->of_rows; i < p->count; i++)
		if (strcmp(kpi__snapshot_span_name(
			       p->snapshot, p->name[i - p->of_rows]),
			name) == 0)
			marks[i] = 1;
	return KPI_OK;
}

static kpi_status
filter(kpi__people *p, const kpi_query *query, uint8_t *marks,
    kpi_error *error)
{
	memset(p->keep, 1, p->count);
	for (size_t f = 0; f < query->filter_count; f++) {
		const kpi__filter *of = &query->filters[f];

		if (of->by != KPI_BY_AGENT)
			continue;
		memset(marks, 0, p->count);
		for (size_t v = 0; v < of->count; v++) {
			const kpi_status status =
			    mark(p, of->values[v], marks, error);

			if (status != KPI_OK)
				return status;
		}
		for (uint32_t i = 0; i < p->count; i++)
			p->keep[i] &= marks[i] != (of->negated != 0);
	}
	return KPI_OK;
}

kpi_status
kpi__people_init(kpi__people *p, const kpi__snapshot *snapshot,
    const kpi_query *query, kpi_error *error)
{
	const kpi_allocator *a = kpi__snapshot_allocator(snapshot);
	uint8_t *marks = NULL;
	kpi_status status;

	memset(p, 0, sizeof(*p));
	p->snapshot = snapshot;
	p->allocator = a;
	p->of_rows = kpi__snapshot_codes(snapshot, KPI_FIELD_AGENT);
	p->count = p->of_rows;
	p->names = kpi__snapshot_span_names(snapshot);
	p->agent = kpi__new_zeroed(a, p->names, sizeof(*p->agent));
	p->name = kpi__new_zeroed(a, p->names, sizeof(*p->name));
	if (p->agent == NULL || p->name == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for agents");
	status = number_agents(p, error);
	if (status != KPI_OK)
		return status;
	p->keep = kpi__new_array(a, p->count, 1);
	marks = kpi__new_array(a, p->count, 1);
	status = p->keep == NULL || marks == NULL
	    ? kpi__fail(error, KPI_ENOMEM, "no memory for agents")
	    : filter(p, query, marks, error);
	kpi__release(a, marks, p->count, 1);
	return status;
}

void
kpi__people_free(kpi__people *p)
{
	if (p->allocator == NULL)
		return;
	kpi__release(p->allocator, p->agent, p->names, sizeof(*p->agent));
	kpi__release(p->allocator, p->name, p->names, sizeof(*p->name));
	kpi__release(p->allocator, p->keep, p->count, 1);
	memset(p, 0, sizeof(*p));
}

kpi_status
kpi__people_name(const kpi__people *p, uint32_t agent, const char **out,
    kpi_error *error)
{
	if (agent < p->of_rows)
		return kpi__snapshot_text(
		    p->snapshot, KPI_FIELD_AGENT, agent, out, error);
	*out = kpi__snapshot_span_name(
	    p->snapshot, p->name[agent - p->of_rows]);
	return KPI_OK;
}
