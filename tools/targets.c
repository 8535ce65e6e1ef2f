/* SPDX-License-Identifier: MIT */
#include "targets.h"

#include <stdio.h>
#include <string.h>

static int
set(kpi_definition *d, const char *parameter, const char *value)
{
	kpi_error error = KPI_ERROR_INIT;
	const kpi_status status =
	    kpi_definition_set(d, parameter, value, &error);

	return status == KPI_OK ? DONE : refused("--target", status, &error);
}

#define VALUE TARGETS_BY

/* "none" of what it does not read. */
static const char *
get(char out[VALUE], const kpi_definition *d, const char *parameter)
{
	uint64_t size;

	if (kpi_definition_get(d, parameter, out, VALUE, &size, NULL) != KPI_OK)
		memcpy(out, "none", sizeof("none"));
	return out;
}

static int
is_none(const kpi_definition *d, const char *parameter)
{
	char value[VALUE];

	return strcmp(get(value, d, parameter), "none") == 0;
}

/* Whether single groups have targets: the text says so outside of names. */
static int
has_own(const kpi_definition *d)
{
	static const char name[] = " target_";
	const char *c = kpi_definition_text(d);
	int in_name = 0;

	for (; *c != '\0'; c++) {
		const char *const rest = c + sizeof(name) - 1;

		if (in_name && *c == '\\')
			c++;
		else if (*c == '"')
			in_name = !in_name;
		else if (!in_name && strncmp(c, name, sizeof(name) - 1) == 0 &&
		    rest[strcspn(rest, "[=")] == '[')
			return 1;
	}
	return 0;
}

static int
has_goal(const kpi_definition *d)
{
	return !is_none(d, "target_goal") || has_own(d);
}

/* Whether its target is not the one that the metric has by itself. */
static int
is_given(const kpi_definition *d)
{
	char value[VALUE], initial[VALUE];
	kpi_definition *fresh;

	if (!is_none(d, "target_ceiling") || has_own(d))
		return 1;
	if (kpi_definition_new(&fresh, kpi_definition_metric(d), NULL, NULL) !=
	    KPI_OK)
		return 0;
	(void)get(initial, fresh, "target_goal");
	kpi_definition_free(fresh);
	return strcmp(get(value, d, "target_goal"), initial) != 0;
}

int
targets_judge_by(const kpi_definition *d, char out[TARGETS_BY])
{
	return strcmp(get(out, d, "verdict_by"), "none") != 0;
}

/* Contacts of one customer are not independent of each other where it is
 * about their coming again; all others depend on the day. */
static int
judge(kpi_definition *d)
{
	kpi_entry metric = KPI_ENTRY_INIT;
	char value[VALUE];

	if (!is_none(d, "verdict_by") ||
	    kpi_catalogue_number(
		KPI_TABLE_METRICS, kpi_definition_metric(d), &metric) != KPI_OK)
		return DONE;
	if (!is_none(d, "cost_allocation"))
		return complain(WRONG_USE,
		    "a target of %s is judged by days, and what is shared out "
		    "(cost_allocation=%s) is not known of them",
		    metric.name, get(value, d, "cost_allocation"));
	return set(d, "verdict_by",
	    metric_reads(metric.name, "repeat_window") &&
		    strcmp(metric.kind, "share") == 0
		? "customer"
		: "day");
}

/* Of whom the target is. */
static int
set_of(kpi_definition *d, const struct setting *target, const char *parameter,
    const char *value)
{
	struct setting s = *target;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;

	(void)snprintf(s.name, sizeof(s.name), "%s", parameter);
	s.value = value;
	status = definition_set(d, &s, &error);
	return status == KPI_OK ? DONE : refused("--target", status, &error);
}

/* "80%", or a band, "6min..8min". A group's goal is no band because that of all
 * is one. */
static int
set_goal(kpi_definition *d, const struct setting *s)
{
	const char *const dots = strstr(s->value, "..");
	char goal[VALUE];
	int code;

	if (dots == NULL || (size_t)(dots - s->value) >= sizeof(goal)) {
		code = set_of(d, s, "target_goal", s->value);
		return code == DONE && s->of[0] != '\0'
		    ? set_of(d, s, "target_ceiling", "none")
		    : code;
	}
	memcpy(goal, s->value, (size_t)(dots - s->value));
	goal[dots - s->value] = '\0';
	code = set_of(d, s, "target_goal", goal);
	return code == DONE ? set_of(d, s, "target_ceiling", dots + 2) : code;
}

static int
set_target(struct definitions *d, const char *text)
{
	kpi_entry metric = KPI_ENTRY_INIT;
	kpi_error error = KPI_ERROR_INIT;
	struct setting s;
	kpi_status status;
	size_t found = 0;
	int code = setting_read(
	    &s, text, "--target", "METRIC=VALUE, such as service_level=80%");

	if (code != DONE)
		return code;
	status = kpi_catalogue_find(KPI_TABLE_METRICS, s.name, &metric, &error);
	if (status != KPI_OK)
		return refused("--target", status, &error);
	if (!metric_reads(metric.name, "target_goal"))
		return complain(WRONG_USE,
		    "--target: %s takes no target; kpi catalogue target_goal "
		    "says which metrics do",
		    s.name);
	for (size_t i = 0; code == DONE && i < d->count; i++) {
		if (kpi_definition_metric(d->at[i]) != metric.number)
			continue;
		found++;
		code = set_goal(d->at[i], &s);
		if (code == DONE && has_goal(d->at[i]))
			code = judge(d->at[i]);
	}
	if (found == 0)
		return complain(WRONG_USE,
		    "--target: %s is none of the metrics that are measured",
		    s.name);
	return code;
}

/* Of --set, which is of every metric that reads the parameter. */
static int
settle(struct definitions *d)
{
	size_t asked = 0, judged = 0;
	int code = DONE;

	for (size_t i = 0; code == DONE && i < d->count; i++) {
		const int is_asked = !is_none(d->at[i], "verdict_by");

		if (is_asked) {
			asked++;
			if (has_goal(d->at[i]))
				judged++;
		}
		if (d->in_full[i])
			continue;
		if (is_asked && !has_goal(d->at[i]))
			code = set(d->at[i], "verdict_by", "none");
		else if (is_given(d->at[i]))
			code = judge(d->at[i]);
	}
	if (code == DONE && asked > 0 && judged == 0)
		return complain(WRONG_USE,
		    "--set: verdict_by needs a target, such as --target "
		    "service_level=80%%");
	return code;
}

int
targets_apply(struct definitions *d, const struct arguments *a)
{
	const struct argument *one;
	int code = DONE;

	for (size_t at = 0;
	     code == DONE && (one = argument_next(a, TARGET, &at)) != NULL;)
		code = set_target(d, one->text);
	return code == DONE ? settle(d) : code;
}
