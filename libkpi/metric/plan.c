/* SPDX-License-Identifier: MIT */
#include <kpi/plan.h>

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sized.h"
#include "query/query.h"
#include "result/season.h"
#include "result/table.h"

/* What is measured. */
enum { ARRIVALS, HANDLED, WAITED, LEFT, MEASURED };

/* What is added up, cell by cell: of which definition, and which sum. */
enum { HANDLE_TIME, HANDLE_COUNT, WAIT_TIME, LEFT_COUNT, SUMS };

static const struct {
	uint32_t definition;
	enum kpi__sum sum;
} summed[SUMS] = {
	{ HANDLED, KPI__SUM_NUMERATOR },
	{ HANDLED, KPI__SUM_DENOMINATOR },
	{ WAITED, KPI__SUM_NUMERATOR },
	{ LEFT, KPI__SUM_NUMERATOR },
};

struct kpi_plan {
	kpi_allocator allocator;
	kpi_season *season;
	size_t room; /* cells of all groups */
	kpi_plan_cell *cells;
	kpi_staffing *staffing;
};

/* A number of things and what they add up to. */
typedef struct amount {
	double sum;
	int64_t count;
} amount;

typedef struct planning {
	kpi_plan *plan;
	const kpi_query *query;
	kpi_staffing_options load;
	kpi_plan_options options;
	kpi_definition *definitions[MEASURED];
	kpi_result *result;
	int64_t *sums; /* by enum, of the plan's cells */
	amount all;    /* handle times */
	kpi_error *error;
} planning;

static kpi_status
read_options(planning *p, const kpi_staffing_options *load,
    const kpi_plan_options *options)
{
	const kpi_plan_options none = KPI_PLAN_OPTIONS_INIT;
	kpi_status status = kpi__sized_read(&p->load, sizeof(p->load), load,
	    KPI__SIZE_TO(kpi_staffing_options, reserved), NULL);

	p->load.size = sizeof(p->load);
	p->options = none;
	if (kpi__query_names(p->query, KPI_BY_AGENT))
		return kpi__fail_at(p->error, KPI_EINVAL, "by",
		    "a plan is of what agents are needed for, and not by "
		    "agent: expected is queue, team, ...");
	if (status == KPI_OK && options != NULL)
		status = kpi__sized_read(&p->options, sizeof(p->options),
		    options, KPI__SIZE_TO(kpi_plan_options, patience), NULL);
	if (status != KPI_OK)
		return kpi__fail(p->error, status,
		    status == KPI_EINVAL
			? "no load, or a size of options that is not set"
			: "an option that this release does not know");
	if (p->load.contacts != 0 || p->load.interval_ms != 0)
		return kpi__fail_at(p->error, KPI_EINVAL,
		    p->load.contacts != 0 ? "contacts" : "interval_ms",
		    "contacts are measured in the intervals of the query: "
		    "expected is 0");
	if (p->options.patience < 0 ||
	    p->options.patience > KPI_PATIENCE_MEASURED)
		return kpi__fail_at(p->error, KPI_EINVAL, "patience",
		    "expected one of KPI_PATIENCE_, not %d",
		    (int)p->options.patience);
	if (p->options.patience == KPI_PATIENCE_MEASURED &&
	    p->load.patience_ms != 0)
		return kpi__fail_at(p->error, KPI_EINVAL, "patience_ms",
		    "a patience is given, and is to be measured");
	return KPI_OK;
}

static kpi_status
find_staffing(kpi_staffing *out, const planning *p,
    const kpi_staffing_options *load, kpi_error *error)
{
	return p->options.agents > 0
	    ? kpi_staffing_of(out, load, p->options.agents, error)
	    : kpi_staffing_for(out, load, error);
}

/* What is wrong with it whatever comes. */
static kpi_status
check_load(const planning *p)
{
	kpi_staffing_options load = p->load;
	kpi_staffing unused = KPI_STAFFING_INIT;

	load.interval_ms = 1;
	if (load.handle_time_ms == 0)
		load.handle_time_ms = 1;
	if (p->options.patience == KPI_PATIENCE_MEASURED)
		load.patience_ms = 1;
	return find_staffing(&unused, p, &load, p->error);
}

/* Handle times count all directions, visits those that come in, unless the
 * query names some. */
static kpi_status
define(planning *p)
{
	const char *const texts[MEASURED] = { "visits anchor=queued",
		kpi__query_names(p->query, KPI_BY_DIRECTION)
		    ? "average_handle_time anchor=queued unit=leg"
		    : "average_handle_time anchor=queued "
		      "directions=inbound,unknown unit=leg",
		"average_wait anchor=queued",
		"abandonment_rate anchor=queued" };
	kpi_definition_options options = KPI_DEFINITION_OPTIONS_INIT;
	kpi_status status = KPI_OK;

	options.allocator = &p->query->allocator;
	for (int i = 0; i < MEASURED && status == KPI_OK; i++)
		status = kpi_definition_parse(
		    &p->definitions[i], texts[i], &options, p->error);
	return status;
}

static kpi_status
make_room(planning *p)
{
	kpi_plan *plan = p->plan;
	const kpi_allocator *a = &plan->allocator;

	plan->room = plan->season->rows * plan->season->cells.count;
	plan->cells = kpi__new_zeroed(a, plan->room, sizeof(*plan->cells));
	plan->staffing =
	    kpi__new_zeroed(a, plan->room, sizeof(*plan->staffing));
	p->sums = kpi__new_zeroed(a, SUMS * plan->room, sizeof(*p->sums));
	if (plan->room > 0 &&
	    (plan->cells == NULL || plan->staffing == NULL || p->sums == NULL))
		return kpi__fail(p->error, KPI_ENOMEM, "no memory for a plan");
	return KPI_OK;
}

static int64_t
sum_at(const planning *p, int sum, size_t at)
{
	return p->sums[(size_t)sum * p->plan->room + at];
}

/* Of `count` cells from `at` on. */
static amount
amount_of(const planning *p, int sum, int number, size_t at, size_t count)
{
	amount a = { 0, 0 };

	for (size_t i = at; i < at + count; i++) {
		a.sum += (double)sum_at(p, sum, i);
		a.count += sum_at(p, number, i);
	}
	return a;
}

static kpi_status
fold(planning *p)
{
	const size_t room = p->plan->room;

	for (int i = 0; i < SUMS; i++)
		if (kpi__season_fold(p->sums + (size_t)i * room,
			p->plan->season, p->result, summed[i].definition,
			summed[i].sum) != KPI_OK)
			return kpi__fail(p->error, KPI_EOVERFLOW,
			    "a sum of a cell is beyond 64 bits");
	p->all = amount_of(p, HANDLE_TIME, HANDLE_COUNT, 0, room);
	if (p->all.count == 0 && p->load.handle_time_ms == 0)
		return kpi__fail_at(p->error, KPI_ENOTFOUND, "handle_time_ms",
		    "no handle time is known in these weeks or days: give one");
	return KPI_OK;
}

static void
find_handle_time(
    kpi_plan_cell *c, const planning *p, size_t at, const amount *group)
{
	const amount own = amount_of(p, HANDLE_TIME, HANDLE_COUNT, at, 1);
	const amount *mean = &p->all;

	c->handled_of = KPI_HANDLED_ALL;
	if (p->load.handle_time_ms != 0) {
		c->handled_of = KPI_HANDLED_GIVEN;
		c->handle_time_ms = p->load.handle_time_ms;
		return;
	}
	c->handled = own.count;
	if (own.count >= KPI_PLAN_FEWEST_HANDLED) {
		c->handled_of = KPI_HANDLED_INTERVAL;
		mean = &own;
	} else if (group->count >= KPI_PLAN_FEWEST_HANDLED) {
		c->handled_of = KPI_HANDLED_GROUP;
		mean = group;
	}
	c->handle_time_ms = mean->sum / (double)mean->count;
}

/* "queue billing, monday 09:30: ..." */
static kpi_status
fail_in(const planning *p, size_t row, uint32_t cell, kpi_status status,
    const kpi_error *why)
{
	static const char *const days[] = { "", "monday ", "tuesday ",
		"wednesday ", "thursday ", "friday ", "saturday ", "sunday " };
	const kpi__cells *cells = &p->plan->season->cells;
	const int minute = kpi__cells_minute(cells, cell);
	const char *group = kpi_season_group(p->plan->season, row, 0);

	return kpi__fail_at(p->error, status, why->field,
	    "%.60s%s%s%02d:%02d: %s", group == NULL ? "" : group,
	    group == NULL ? "" : ", ", days[kpi__cells_weekday(cells, cell)],
	    minute / 60, minute % 60, why->text);
}

/* There is nothing to be said of what never came. */
static void
leave_open(kpi_staffing *s)
{
	s->load = s->wait_probability = s->service_level = s->mean_wait_ms =
	    s->speed_of_answer_ms = s->abandonment = s->occupancy = (double)NAN;
}

static kpi_status
plan_cell(planning *p, size_t row, uint32_t cell, const amount *group)
{
	const kpi_staffing_options *given = &p->load;
	const kpi_season *s = p->plan->season;
	const size_t at = row * s->cells.count + cell;
	kpi_plan_cell *c = &p->plan->cells[at];
	kpi_staffing *out = &p->plan->staffing[at];
	kpi_season_cell arrivals = KPI_SEASON_CELL_INIT;
	kpi_staffing_options load = *given;
	kpi_error why = KPI_ERROR_INIT;
	kpi_status status = kpi_season_get(s, row, cell, &arrivals);

	out->size = sizeof(*out);
	find_handle_time(c, p, at, group);
	if (status != KPI_OK)
		return status;
	if (isnan(arrivals.mean)) {
		leave_open(out);
		return KPI_OK;
	}
	load.contacts = arrivals.mean;
	load.interval_ms = (double)s->cells.interval_ms;
	load.handle_time_ms = c->handle_time_ms;
	load.patience_ms = c->patience_ms;
	status = find_staffing(out, p, &load, &why);
	return status == KPI_OK ? KPI_OK : fail_in(p, row, cell, status, &why);
}

static kpi_status
plan_group(planning *p, size_t row)
{
	const uint32_t cells = p->plan->season->cells.count;
	const amount handled =
	    amount_of(p, HANDLE_TIME, HANDLE_COUNT, row * cells, cells);
	const amount waited =
	    amount_of(p, WAIT_TIME, LEFT_COUNT, row * cells, cells);
	double patience = p->load.patience_ms;
	kpi_status status = KPI_OK;

	if (p->options.patience == KPI_PATIENCE_MEASURED)
		patience =
		    waited.count == 0 ? 0 : waited.sum / (double)waited.count;
	for (uint32_t i = 0; i < cells && status == KPI_OK; i++) {
		kpi_plan_cell *c = &p->plan->cells[row * cells + i];

		c->size = sizeof(*c);
		c->patience_ms = patience;
		status = plan_cell(p, row, i, &handled);
	}
	return status;
}

static kpi_status
make(planning *p, kpi_store *store)
{
	kpi_status status = define(p);

	if (status == KPI_OK)
		status = kpi_measure(&p->result, store, p->query,
		    (const kpi_definition *const *)p->definitions, MEASURED,
		    p->error);
	if (status == KPI_OK)
		status = kpi_season_of(&p->plan->season, p->result, ARRIVALS,
		    p->options.period, p->error);
	if (status == KPI_OK)
		status = make_room(p);
	if (status == KPI_OK)
		status = fold(p);
	for (size_t row = 0; status == KPI_OK && row < p->plan->season->rows;
	     row++)
		status = plan_group(p, row);
	return status;
}

static kpi_status
make_plan(planning *p, kpi_store *store)
{
	const kpi_allocator *a = &p->query->allocator;
	kpi_status status;

	p->plan = kpi__new_zeroed(a, 1, sizeof(*p->plan));
	if (p->plan == NULL)
		return kpi__fail(p->error, KPI_ENOMEM, "no memory for a plan");
	p->plan->allocator = *a;
	status = make(p, store);
	kpi__release(a, p->sums, SUMS * p->plan->room, sizeof(*p->sums));
	kpi_result_free(p->result);
	for (int i = 0; i < MEASURED; i++)
		kpi_definition_free(p->definitions[i]);
	return status;
}

kpi_status
kpi_plan_measure(kpi_plan **out, kpi_store *store, const kpi_query *query,
    const kpi_staffing_options *load, const kpi_plan_options *options,
    kpi_error *error)
{
	kpi_status status;
	planning p;

	if (out == NULL)
		return kpi__fail(error, KPI_EINVAL, "no place for the plan");
	*out = NULL;
	if (store == NULL || query == NULL)
		return kpi__fail(error, KPI_EINVAL,
		    store == NULL
			? "no store"
			: "a plan needs a query, with 15min, 30min or hour");
	memset(&p, 0, sizeof(p));
	p.query = query;
	p.error = error;
	status = read_options(&p, load, options);
	if (status == KPI_OK)
		status = check_load(&p);
	if (status == KPI_OK)
		status = make_plan(&p, store);
	if (status == KPI_OK)
		*out = p.plan;
	else
		kpi_plan_free(p.plan);
	return status;
}

void
kpi_plan_free(kpi_plan *plan)
{
	kpi_allocator a;

	if (plan == NULL)
		return;
	a = plan->allocator;
	kpi_season_free(plan->season);
	kpi__release(&a, plan->cells, plan->room, sizeof(*plan->cells));
	kpi__release(&a, plan->staffing, plan->room, sizeof(*plan->staffing));
	kpi__release(&a, plan, 1, sizeof(*plan));
}

const kpi_season *
kpi_plan_season(const kpi_plan *plan)
{
	return plan == NULL ? NULL : plan->season;
}

kpi_status
kpi_plan_get(const kpi_plan *plan, uint64_t row, uint64_t at,
    kpi_staffing *staffing, kpi_plan_cell *cell)
{
	kpi_status status;
	size_t place;

	if (plan == NULL || row >= kpi_season_rows(plan->season) ||
	    at >= kpi_season_cells(plan->season))
		return KPI_EINVAL;
	place = (size_t)(row * kpi_season_cells(plan->season) + at);
	status = kpi__sized_write(staffing, &plan->staffing[place],
	    sizeof(*staffing), KPI__SIZE_TO(kpi_staffing, occupancy));
	if (status != KPI_OK || cell == NULL)
		return status;
	return kpi__sized_write(cell, &plan->cells[place], sizeof(*cell),
	    KPI__SIZE_TO(kpi_plan_cell, reserved));
}
