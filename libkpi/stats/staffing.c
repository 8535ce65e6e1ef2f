/* SPDX-License-Identifier: MIT */
#include <kpi/staffing.h>
#include <math.h>

#include "base/error.h"
#include "base/number.h"
#include "base/sized.h"
#include "stats/amount.h"
#include "stats/erlang.h"

#define LONGEST  1e15
#define SHORTEST 1e-3

#define DEFAULT_LEVEL 0.8

/* A load, and what is wanted of the agents. */
struct task {
	kpi_staffing_options asked;
	struct kpi__queue queue;
};

static kpi_status
check_amounts(const kpi_staffing_options *o, kpi_error *error)
{
	const struct {
		struct kpi__amount range;
		double value;
		int may_lack;
	} amounts[] = {
		{ { "contacts", 0, LONGEST }, o->contacts, 0 },
		{ { "interval_ms", SHORTEST, LONGEST }, o->interval_ms, 0 },
		{ { "handle_time_ms", SHORTEST, LONGEST }, o->handle_time_ms,
		    0 },
		{ { "patience_ms", SHORTEST, LONGEST }, o->patience_ms, 1 },
		{ { "threshold_ms", 0, LONGEST }, o->threshold_ms, 0 },
		{ { "max_occupancy", 0, 1 }, o->max_occupancy, 0 },
		{ { "shrinkage", 0, 0.999 }, o->shrinkage, 0 },
	};
	kpi_status status = KPI_OK;

	for (size_t i = 0; i < sizeof(amounts) / sizeof(*amounts); i++) {
		if (amounts[i].may_lack && amounts[i].value == 0)
			continue;
		status = kpi__amount_check(
		    &amounts[i].range, amounts[i].value, error);
		if (status != KPI_OK)
			break;
	}
	return status;
}

static kpi_status
read_task(struct task *t, const kpi_staffing_options *options, kpi_error *error)
{
	kpi_staffing_options *const o = &t->asked;
	char text[KPI__DOUBLE_TEXT];
	kpi_status status = kpi__sized_read(o, sizeof(*o), options,
	    KPI__SIZE_TO(kpi_staffing_options, reserved), NULL);

	if (status == KPI_OK && o->reserved != 0)
		status = KPI_ENOTSUP;
	if (status != KPI_OK)
		return kpi__fail(error, status,
		    status == KPI_EINVAL
			? "no options, or their size is not set"
			: "an option that this release does not know");
	status = check_amounts(o, error);
	if (status != KPI_OK)
		return status;
	t->queue.load = o->contacts * o->handle_time_ms / o->interval_ms;
	t->queue.patience = o->patience_ms / o->handle_time_ms;
	t->queue.threshold = o->threshold_ms / o->handle_time_ms;
	if (t->queue.load <= KPI_ERLANG_MOST)
		return KPI_OK;
	(void)kpi__format_double(text, t->queue.load);
	return kpi__fail_at(error, KPI_EINVAL, "contacts",
	    "the load is %s erlangs: expected is at most %d", text,
	    KPI_ERLANG_MOST);
}

static kpi_status
check_target(kpi_staffing_options *o, kpi_error *error)
{
	if (o->max_occupancy == 0)
		o->max_occupancy = 1;
	if (o->target == 0)
		o->target = KPI_ERLANG_SERVICE_LEVEL;
	if (o->target < KPI_ERLANG_SERVICE_LEVEL ||
	    o->target > KPI_ERLANG_OCCUPANCY)
		return kpi__fail_at(error, KPI_EINVAL, "target",
		    "target is %d: expected is one of KPI_ERLANG_",
		    (int)o->target);
	if (o->target == KPI_ERLANG_ABANDONMENT && o->patience_ms == 0)
		return kpi__fail_at(error, KPI_EINVAL, "patience_ms",
		    "nobody abandons without a patience: expected is one");
	if (o->target == KPI_ERLANG_SERVICE_LEVEL && o->target_value == 0)
		o->target_value = DEFAULT_LEVEL;
	return kpi__amount_within("target_value", o->target_value,
	    o->target == KPI_ERLANG_SPEED_OF_ANSWER ? LONGEST : 1, error);
}

/* With agents who do not catch up Erlang C has no figures. */
static uint64_t
fewest(const struct task *t)
{
	return t->asked.patience_ms > 0 ? 1 : (uint64_t)t->queue.load + 1;
}

static void
find_figures(
    struct kpi__queue_figures *f, const struct task *t, uint64_t agents)
{
	if (t->asked.patience_ms > 0)
		kpi__erlang_a(f, &t->queue, agents);
	else
		kpi__erlang_c(f, &t->queue, agents);
}

static int
is_reached(const void *ctx, uint64_t agents)
{
	const struct task *const t = ctx;
	const double value = t->asked.target_value;
	struct kpi__queue_figures f;

	find_figures(&f, t, agents);
	if (!kpi__at_most(f.occupancy, t->asked.max_occupancy))
		return 0;
	switch (t->asked.target) {
	case KPI_ERLANG_WAIT_PROBABILITY:
		return kpi__at_most(f.wait_probability, value);
	case KPI_ERLANG_SPEED_OF_ANSWER:
		return kpi__at_most(
		    f.speed_of_answer * t->asked.handle_time_ms, value);
	case KPI_ERLANG_ABANDONMENT:
		return kpi__at_most(f.abandonment, value);
	case KPI_ERLANG_OCCUPANCY:
		return kpi__at_most(f.occupancy, value);
	default:
		return kpi__at_least(f.service_level, value);
	}
}

/* 14 / (1 - 0.3) is 20, not 21, whatever 0.3 is in binary. */
static uint64_t
positions_of(uint64_t agents, double shrinkage)
{
	const double exact = (double)agents / (1 - shrinkage);

	return (uint64_t)ceil(exact - 1e-12 * exact);
}

static kpi_status
write_figures(
    kpi_staffing *out, const struct task *t, uint64_t agents, kpi_error *error)
{
	const double handle_time = t->asked.handle_time_ms;
	struct kpi__queue_figures f = { NAN, NAN, NAN, NAN, NAN, NAN };
	kpi_staffing s = KPI_STAFFING_INIT;
	kpi_status status;

	if (t->queue.load > 0)
		find_figures(&f, t, agents);
	else if (agents > 0)
		f.occupancy = 0;
	s.agents = agents;
	s.positions = positions_of(agents, t->asked.shrinkage);
	s.load = t->queue.load;
	s.wait_probability = f.wait_probability;
	s.service_level = f.service_level;
	s.mean_wait_ms = f.mean_wait * handle_time;
	s.speed_of_answer_ms = f.speed_of_answer * handle_time;
	s.abandonment = f.abandonment;
	s.occupancy = f.occupancy;
	status = kpi__sized_write(
	    out, &s, sizeof(s), KPI__SIZE_TO(kpi_staffing, occupancy));
	return status == KPI_OK ? KPI_OK
				: kpi__fail(error, status,
				      "no place for the figures, or its size "
				      "is not set");
}

kpi_status
kpi_staffing_of(kpi_staffing *out, const kpi_staffing_options *options,
    uint64_t agents, kpi_error *error)
{
	struct task t;
	char text[KPI__DOUBLE_TEXT];
	kpi_status status = read_task(&t, options, error);

	if (status != KPI_OK)
		return status;
	if (agents < 1 || agents > KPI_ERLANG_MOST)
		return kpi__fail_at(error, KPI_EINVAL, "agents",
		    "agents are %llu: expected is 1 to %d",
		    (unsigned long long)agents, KPI_ERLANG_MOST);
	if (agents < fewest(&t)) {
		(void)kpi__format_double(text, rint(t.queue.load * 1e4) / 1e4);
		return kpi__fail_at(error, KPI_EINVAL, "agents",
		    "%llu %s up with %s erlangs: expected is %llu at least, or "
		    "a patience",
		    (unsigned long long)agents,
		    agents == 1 ? "agent never catches" : "agents never catch",
		    text,
		    (unsigned long long)fewest(&t));
	}
	return write_figures(out, &t, agents, error);
}

kpi_status
kpi_staffing_for(
    kpi_staffing *out, const kpi_staffing_options *options, kpi_error *error)
{
	struct task t;
	uint64_t agents = 0;
	kpi_status status = read_task(&t, options, error);

	if (status == KPI_OK)
		status = check_target(&t.asked, error);
	if (status != KPI_OK)
		return status;
	if (t.queue.load > 0)
		agents = kpi__erlang_least(
		    fewest(&t), KPI_ERLANG_MOST, is_reached, &t);
	if (agents > KPI_ERLANG_MOST)
		return kpi__fail(error, KPI_ELIMIT,
		    "more than %d agents would be needed", KPI_ERLANG_MOST);
	return write_figures(out, &t, agents, error);
}
