/* SPDX-License-Identifier: MIT */
/* occupancy, utilisation, contacts_per_agent: how busy agents were. */
#include "metric/agents.h"

#include <string.h>

#include "base/error.h"
#include "base/word.h"
#include "metric/term.h"
#include "metric/turnover.h"

/* The cells of all states, and of who is known and was on contact. */
#define STATES ((UINT32_C(1) << KPI__TIME_NO_ACTIVITY) - 1)

static kpi_status
refuse(const kpi__claim *claim, const char *what, kpi_error *error)
{
	return kpi__fail_at(error, KPI_ENOTSUP, what,
	    "%s: agents' time cannot be grouped or filtered by %s: expected "
	    "agent and time alone",
	    kpi_definition_text(claim->asked.definition), what);
}

/* A ready agent waits for any contact: of a queue, a channel or a customer
 * there is no ready time. */
static kpi_status
check_query(const kpi__claim *claim, kpi_error *error)
{
	const kpi_query *q = claim->asked.query;

	for (uint32_t i = 0; i < q->by_count; i++)
		if (q->by[i] != KPI_BY_AGENT)
			return refuse(claim,
			    kpi__word_name(KPI_TABLE_DIMENSIONS, q->by[i]),
			    error);
	for (size_t i = 0; i < q->filter_count; i++)
		if (q->filters[i].by != KPI_BY_AGENT)
			return refuse(claim,
			    kpi__word_name(
				KPI_TABLE_DIMENSIONS, q->filters[i].by),
			    error);
	if (q->outcomes != 0)
		return refuse(claim, "outcome", error);
	if (q->limit_count > 0)
		return refuse(
		    claim, kpi__field_find(q->limits[0].field)->name, error);
	return KPI_OK;
}

void
kpi__claim_time_cells(kpi__claim *claim, int sum, uint32_t cells)
{
	kpi__declare(claim->declared, sum, 0, 0);
	claim->time_cells[sum] = cells;
}

kpi_status
kpi__claim_time(kpi__claim *claim, kpi_error *error)
{
	const int64_t directions = kpi__parameter_of(claim, KPI__DIRECTIONS);
	const int64_t known_from = kpi__parameter_of(claim, KPI__KNOWN_FROM);
	const kpi_status status = check_query(claim, error);

	if (status != KPI_OK)
		return status;
	claim->of_time = 1;
	claim->reads_as_of = 1;
	claim->reads_known_from = known_from != KPI__AUTOMATIC;
	claim->time.as_of = claim->asked.as_of;
	claim->time.known_from =
	    claim->reads_known_from ? known_from : KPI_UNKNOWN;
	claim->time.directions = directions == KPI__AUTOMATIC
	    ? KPI__EVERY_DIRECTION
	    : directions;
	claim->time.parts = kpi__parameter_of(claim, KPI__CONTACT_PARTS);
	claim->time.overlap = kpi__parameter_of(claim, KPI__OVERLAP);
	return KPI_OK;
}

static kpi_status
claim_share(kpi__claim *claim, int numerator_parameter,
    int denominator_parameter, kpi_error *error)
{
	const uint32_t numerator =
	    (uint32_t)kpi__parameter_of(claim, numerator_parameter);
	const uint32_t denominator =
	    (uint32_t)kpi__parameter_of(claim, denominator_parameter);

	claim->shape.parts = 1;
	claim->day_by_day = 1;
	kpi__claim_figure(claim, KPI__TIME,
	    numerator & ~denominator ? KPI_UNIT_RATIO : KPI_UNIT_SHARE,
	    KPI__MERGE_AGENT);
	kpi__claim_time_cells(claim, KPI__SUM_NUMERATOR, numerator);
	kpi__claim_time_cells(claim, KPI__SUM_DENOMINATOR, denominator);
	kpi__claim_time_cells(
	    claim, KPI__SUM_NOT_COUNTED, STATES & ~denominator);
	kpi__claim_time_cells(
	    claim, KPI__SUM_NO_ACTIVITY, KPI__TIME_BIT(TIME_NO_ACTIVITY));
	kpi__claim_time_cells(claim, KPI__SUM_UNKNOWN, KPI__TIME_BIT(TIME_UNKNOWN));
	return kpi__claim_time(claim, error);
}

kpi_status
kpi__declare_occupancy(kpi__claim *claim, kpi_error *error)
{
	return claim_share(claim, KPI__OCCUPANCY_NUMERATOR,
	    KPI__OCCUPANCY_DENOMINATOR, error);
}

kpi_status
kpi__declare_utilisation(kpi__claim *claim, kpi_error *error)
{
	return claim_share(claim, KPI__UTILISATION_NUMERATOR,
	    KPI__UTILISATION_DENOMINATOR, error);
}

/* Keys and classes of what is counted for each agent. */
enum { COUNTED, UNKNOWN, NOT_COUNTED, KEYS };

static void
one_key(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	(void)k;
	memset(key, COUNTED, kpi__batch_count(b, space));
}

static void
answered_keys(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	const uint8_t *outcome = kpi__batch_outcomes(b, space);
	const uint32_t count = kpi__batch_count(b, space);

	(void)k;
	for (uint32_t i = 0; i < count; i++)
		key[i] = outcome[i] == KPI_OUTCOME_ANSWERED ? COUNTED
		    : outcome[i] == 0			    ? UNKNOWN
							    : NOT_COUNTED;
}

static void
count_contacts(kpi__claim *claim)
{
	const int64_t what =
	    kpi__parameter_of(claim, KPI__CONTACTS_PER_AGENT_NUMERATOR);
	kpi__declared *d = claim->declared;

	kpi__claim_stream(claim,
	    what == KPI__OF_LEGS ? KPI__LEG : KPI__INTERACTION,
	    KPI__COUNTED_DIRECTIONS);
	d->keyer.make = what == KPI__OF_ANSWERED ? answered_keys : one_key;
	kpi__claim_keys(claim, KEYS);
	kpi__declare(d, KPI__SUM_NUMERATOR, 1 << COUNTED, 1);
	kpi__declare(d, KPI__SUM_DENOMINATOR, 0, 0);
	kpi__declare(d, KPI__SUM_UNKNOWN, 1 << UNKNOWN, 1);
	kpi__declare(d, KPI__SUM_NOT_COUNTED, 1 << NOT_COUNTED, 1);
}

/* Of the same directions, range and groups as what is counted. */
static void
count_who_handled(kpi__claim *claim)
{
	kpi__declared *d = &claim->declared[1];

	d->stream = claim->declared->stream;
	d->stream.unit = KPI__LEG;
	d->keyer.make = one_key;
	d->distinct = KPI_BY_AGENT;
	d->distinct_sum = KPI__SUM_DENOMINATOR;
	d->value_classes = 1 << COUNTED;
}

kpi_status
kpi__declare_contacts_per_agent(kpi__claim *claim, kpi_error *error)
{
	static const uint32_t of_time[] = {
		[KPI__PER_LOGGED_IN] = KPI__TIME_BIT(AGENTS_LOGGED_IN),
		[KPI__PER_STAFFED] = KPI__TIME_BIT(AGENTS_STAFFED),
		[KPI__PER_STAFFED_HOURS] = KPI__TIME_BIT(TIME_CONTACT) |
		    UINT32_C(1) << KPI_ACTIVITY_READY,
	};
	const int64_t per =
	    kpi__parameter_of(claim, KPI__CONTACTS_PER_AGENT_DENOMINATOR);
	kpi_status status;

	count_contacts(claim);
	claim->day_by_day = per == KPI__PER_STAFFED_HOURS;
	kpi__claim_figure(claim,
	    per == KPI__PER_STAFFED_HOURS ? KPI__PER_HOUR : KPI__PER_HEAD,
	    KPI_UNIT_RATIO,
	    per == KPI__PER_ROSTERED ? KPI__MERGE_ONCE_OF_RANGE
				     : KPI__MERGE_AGENT);
	if (per == KPI__PER_HANDLED) {
		count_who_handled(claim);
		return KPI_OK;
	}
	if (per == KPI__PER_ROSTERED)
		return kpi__claim_roster(claim, error);
	status = kpi__claim_time(claim, error);
	if (status != KPI_OK)
		return status;
	/* Who was there was there for contacts of any direction. */
	claim->time.directions = KPI__EVERY_DIRECTION;
	kpi__claim_time_cells(claim, KPI__SUM_DENOMINATOR, of_time[per]);
	return KPI_OK;
}

static void
sum_cells(const kpi__claim *claim, const kpi__wide *cells, kpi__wide *sums)
{
	uint32_t place = 0;

	for (int sum = 0; sum < KPI__SUMS; sum++) {
		kpi__wide total = { 0, 0 };

		if (!(claim->shape.sums >> sum & 1))
			continue;
		for (int cell = 0; cell < KPI__TIME_CELLS; cell++)
			if (claim->time_cells[sum] >> cell & 1)
				total = kpi__wide_add(total, cells[cell]);
		sums[place++] = total;
	}
}

static int
is_of(const kpi__claim *claim, const kpi__time_rule *rule)
{
	return claim->of_time &&
	    memcmp(&claim->time, rule, sizeof(*rule)) == 0;
}

static kpi_status
add_rows(kpi__sink *sink, const kpi__agent_time *time,
    const kpi__claim *claims, uint32_t count, const kpi__time_rule *rule)
{
	const uint32_t slots = kpi__agent_time_slots(time);
	kpi__wide sums[KPI__SUMS];

	for (uint32_t slot = 1; slot <= slots; slot++) {
		const kpi__wide *cells = kpi__agent_time_cells(time, slot);
		const char *agent;
		int64_t begin, until;
		kpi_status status = kpi__agent_time_group(
		    time, slot, &agent, &begin, &until, sink->error);

		if (status != KPI_OK)
			return status;
		kpi__sink_clear(sink);
		for (uint32_t i = 0; i < count; i++) {
			if (!is_of(&claims[i], rule))
				continue;
			sum_cells(&claims[i], cells, sums);
			kpi__sink_put(sink, i, sums);
		}
		status = kpi__sink_named_row(sink, &agent, begin, until);
		if (status != KPI_OK)
			return status;
	}
	return KPI_OK;
}

static int
was_before(const kpi__claim *claims, uint32_t at)
{
	for (uint32_t i = 0; i < at; i++)
		if (is_of(&claims[i], &claims[at].time))
			return 1;
	return 0;
}

static int
counts_legs(const kpi__claim *claims, uint32_t count, const kpi__time_rule *rule)
{
	for (uint32_t i = 0; i < count; i++)
		if (is_of(&claims[i], rule) &&
		    (claims[i].time_cells[KPI__SUM_DENOMINATOR] &
			KPI__TIME_BIT(LEGS_HANDLED)))
			return 1;
	return 0;
}

kpi_status
kpi__agents_add(kpi__sink *sink, const kpi__claim *claims, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		const kpi__time_rule *rule = &claims[i].time;
		kpi__agent_time *time;
		kpi_status status;

		if (!claims[i].of_time || was_before(claims, i))
			continue;
		status = kpi__agent_time_run(&time, sink->snapshot,
		    sink->query, rule, counts_legs(claims, count, rule),
		    sink->error);
		if (status != KPI_OK)
			return status;
		status = add_rows(sink, time, claims, count, rule);
		kpi__agent_time_free(time);
		if (status != KPI_OK)
			return status;
	}
	return KPI_OK;
}
