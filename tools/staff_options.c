/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "quantity.h"
#include "staff.h"
#include "tool.h"

#define LONGEST 64

/* By KPI_ERLANG_. */
static const char *const targets[] = { "service_level", "wait_probability",
	"speed_of_answer", "abandonment", "occupancy" };

#define TARGETS (sizeof(targets) / sizeof(*targets))

const char *
staff_target_name(int32_t target)
{
	return targets[target - KPI_ERLANG_SERVICE_LEVEL];
}

static const char *
target_name(const void *ctx, size_t i)
{
	(void)ctx;
	return targets[i];
}

/* Digits, with a point or without. 0 if it is a number. */
static int
read_number(double *out, const char *text)
{
	char *end;

	if (text[strspn(text, "0123456789.")] != '\0')
		return -1;
	*out = strtod(text, &end);
	return end == text || *end != '\0';
}

/* "85%" or "0.85". */
static int
read_share(double *out, const char *text)
{
	const size_t size = strlen(text);
	char number[LONGEST];

	if (size == 0 || size > sizeof(number) || text[size - 1] != '%')
		return read_number(out, text);
	memcpy(number, text, size - 1);
	number[size - 1] = '\0';
	if (read_number(out, number) != 0)
		return -1;
	*out /= 100;
	return 0;
}

static int
read_duration(double *out, const char *text)
{
	int64_t ms;

	if (quantity_read(&ms, "duration", text) != 0)
		return -1;
	*out = (double)ms;
	return 0;
}

/* One kind of value, and what is said of another. */
struct kind {
	int (*read)(double *out, const char *text);
	const char *expected;
};

static const struct kind number = { read_number, "a number, such as 118.5" };
static const struct kind share = { read_share, "a share, such as 85%" };
static const struct kind duration = { read_duration,
	"a whole number with its unit, such as 180s" };

static int
read_value(
    double *out, const char *name, const struct kind *kind, const char *text)
{
	if (kind->read(out, text) != 0)
		return complain(WRONG_USE, "--%s is %s, not \"%s\"", name,
		    kind->expected, text);
	return DONE;
}

/* To the library a 0 is what is not given. */
static int
read_some(
    double *out, const char *name, const struct kind *kind, const char *text)
{
	const int code = read_value(out, name, kind, text);

	if (code == DONE && *out == 0)
		return complain(
		    WRONG_USE, "--%s is more than 0, not \"%s\"", name, text);
	return code;
}

/* The name before the = of a target; without one it is of service. */
static int
read_name(kpi_staffing_options *o, const char **text)
{
	const size_t size = strcspn(*text, "=");
	char name[LONGEST] = "";
	const char *near;

	o->target = KPI_ERLANG_SERVICE_LEVEL;
	if ((*text)[size] == '\0')
		return DONE;
	if (size < sizeof(name))
		memcpy(name, *text, size);
	for (size_t i = 0; i < TARGETS; i++) {
		if (strcmp(targets[i], name) == 0) {
			o->target = KPI_ERLANG_SERVICE_LEVEL + (int32_t)i;
			*text += size + 1;
			return DONE;
		}
	}
	near = nearest(name, target_name, NULL, TARGETS);
	if (near != NULL)
		return complain(WRONG_USE,
		    "--target: there is no \"%s\"; the nearest is \"%s\"", name,
		    near);
	return complain(WRONG_USE,
	    "--target: there is no \"%s\"; expected is service_level, "
	    "wait_probability, speed_of_answer, abandonment or occupancy",
	    name);
}

/* "80%/20s", "abandonment=3%". */
static int
read_target(kpi_staffing_options *o, const char *text)
{
	char value[LONGEST];
	size_t size;
	int code = read_name(o, &text);

	if (code != DONE)
		return code;
	if (o->target == KPI_ERLANG_SPEED_OF_ANSWER)
		return read_some(&o->target_value, "target", &duration, text);
	size = o->target == KPI_ERLANG_SERVICE_LEVEL ? strcspn(text, "/")
						     : strlen(text);
	if (text[size] == '/')
		code = read_value(
		    &o->threshold_ms, "target", &duration, text + size + 1);
	if (code != DONE)
		return code;
	if (size >= sizeof(value))
		size = 0;
	memcpy(value, text, size);
	value[size] = '\0';
	return read_some(&o->target_value, "target", &share, value);
}

int
staff_agents(int64_t *out, const struct arguments *a)
{
	const char *const text = argument_value(a, AGENT_COUNT, NULL);

	*out = 0;
	if (text == NULL)
		return DONE;
	if (quantity_read(out, "count", text) != 0 || *out < 1)
		return complain(WRONG_USE,
		    "--agents is a whole number above 0, not \"%s\"", text);
	return DONE;
}

/* What a store tells is not given beside it. */
static int
check_store(const struct arguments *a)
{
	static const enum option measured[] = { CONTACTS, PER };

	for (size_t i = 0; i < sizeof(measured) / sizeof(*measured); i++)
		if (argument_value(a, measured[i], NULL) != NULL)
			return complain(WRONG_USE,
			    "--%s is measured from the STORE, and not given",
			    option_name(measured[i]));
	return DONE;
}

int
staff_options(
    kpi_staffing_options *out, const struct arguments *a, int of_store)
{
	const struct {
		enum option option;
		double *value;
		const struct kind *kind;
		int is_needed;
	} options[] = {
		{ CONTACTS, &out->contacts, &number, 1 },
		{ PER, &out->interval_ms, &duration, 1 },
		{ HANDLE_TIME, &out->handle_time_ms, &duration, 1 },
		{ PATIENCE, &out->patience_ms, &duration, 0 },
		{ MAX_OCCUPANCY, &out->max_occupancy, &share, 0 },
		{ SHRINKAGE, &out->shrinkage, &share, 0 },
	};
	const char *const target = argument_value(a, TARGET, "80%/20s");
	size_t at = 0;
	int code = of_store ? check_store(a) : DONE;

	if (code != DONE)
		return code;
	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
		const char *const name = option_name(options[i].option);
		const char *const text =
		    argument_value(a, options[i].option, NULL);

		if (text == NULL && options[i].is_needed && !of_store)
			return complain(WRONG_USE,
			    "staff needs a STORE, or --contacts, --per and "
			    "--handle-time: --%s is not given",
			    name);
		if (text == NULL ||
		    (of_store && options[i].option == PATIENCE &&
			strcmp(text, "measured") == 0))
			continue;
		code = options[i].option == CONTACTS ||
			options[i].option == SHRINKAGE
		    ? read_value(options[i].value, name, options[i].kind, text)
		    : read_some(options[i].value, name, options[i].kind, text);
		if (code != DONE)
			return code;
	}
	if (argument_next(a, TARGET, &at) != NULL &&
	    argument_next(a, TARGET, &at) != NULL)
		return complain(WRONG_USE, "staff takes one --target");
	out->threshold_ms = 20000;
	return read_target(out, target);
}
