/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/suggestion.h"
#include "base/utf8.h"
#include "base/word.h"
#include "metric/definition.h"
#include "metric/preset.h"
#include "metric/table.h"
#include "metric/value.h"

static const char *
read_name(const void *ctx, size_t i)
{
	const kpi__metric *metric = ctx;

	return kpi__parameter_at(metric->reads[i])->name;
}

static const char *
preset_name(const void *ctx, size_t i)
{
	(void)ctx;
	return kpi__preset_at(i)->name;
}

static size_t
count_reads(const kpi__metric *metric)
{
	size_t n = 0;

	while (metric->reads[n] != KPI__PARAMETERS)
		n++;
	return n;
}

static kpi_status
not_read(kpi_status status, const kpi__metric *metric, const char *name,
    size_t size, kpi_error *error)
{
	char word[64] = "", quoted[KPI__QUOTE], right[KPI__SUGGESTION];

	if (size < sizeof(word) && kpi__utf8_is_text(name, size))
		memcpy(word, name, size);
	return kpi__fail_at(error, status, word, "%s has no parameter %s; %s",
	    metric->name, kpi__quote(quoted, name, size),
	    kpi__suggest(
		right, name, size, read_name, metric, count_reads(metric)));
}

static kpi_status
find_parameter(int32_t *out, const kpi__metric *metric, const char *name,
    size_t size, kpi_error *error)
{
	*out = kpi__parameter_find(name, size);
	if (*out == KPI__PARAMETERS)
		return not_read(KPI_ENOTFOUND, metric, name, size, error);
	if (!kpi__metric_reads(metric, *out))
		return not_read(KPI_EINVAL, metric, name, size, error);
	return KPI_OK;
}

/* Which units a metric counts is the metric's; automatic is its default. */
static kpi_status
settle_unit(int64_t *value, const kpi__metric *metric, kpi_error *error)
{
	static const char *const names[] = { [KPI__INTERACTION] = "interaction",
		[KPI__VISIT] = "visit",
		[KPI__LEG] = "leg",
		[KPI__CASE] = "case" };
	const char *other = "";

	if (*value == KPI__AUTOMATIC) {
		*value = kpi__metric_initial(metric, KPI__UNIT);
		return KPI_OK;
	}
	if ((metric->units >> *value & 1) != 0)
		return KPI_OK;
	for (int unit = KPI__VISIT; unit <= KPI__CASE; unit++) {
		if ((metric->units >> unit & 1) != 0)
			other = names[unit];
	}
	return kpi__fail_at(error, KPI_EINVAL, "unit",
	    "the unit of %s is interaction or %s, not \"%s\"", metric->name,
	    other, names[*value]);
}

kpi_status
kpi__definition_assign(kpi_definition *definition, const char *name,
    size_t name_size, const char *value, size_t value_size, kpi_error *error)
{
	const kpi__metric *metric = kpi__metric_find(definition->metric);
	int64_t parsed = 0;
	int32_t parameter;
	kpi_status status;

	status = find_parameter(&parameter, metric, name, name_size, error);
	if (status == KPI_OK)
		status = kpi__value_parse(&parsed,
		    kpi__parameter_in(parameter, metric->unit), value,
		    value_size, error);
	if (status == KPI_OK && parameter == KPI__UNIT)
		status = settle_unit(&parsed, metric, error);
	if (status == KPI_OK)
		definition->value[parameter] = parsed;
	return status;
}

/* Where the override is, or would be: by parameter, then the name's bytes. */
static size_t
find_override(const kpi_definition *d, int32_t parameter, const char *of)
{
	size_t i = 0;

	for (; i < d->override_count; i++) {
		const kpi__override *o = &d->overrides[i];

		if (o->parameter > parameter ||
		    (o->parameter == parameter && strcmp(o->name, of) >= 0))
			break;
	}
	return i;
}

static kpi_status
put_override(kpi_definition *d, const kpi__override *override, kpi_error *error)
{
	const size_t at = find_override(d, override->parameter, override->name);
	const size_t size = strlen(override->name) + 1;
	kpi__override *o;
	char *name;

	if (at < d->override_count &&
	    d->overrides[at].parameter == override->parameter &&
	    strcmp(d->overrides[at].name, override->name) == 0) {
		d->overrides[at].value = override->value;
		return KPI_OK;
	}
	if (kpi__grow(&d->allocator, &d->overrides, &d->override_room,
		d->override_count + 1, sizeof(*d->overrides)) != KPI_OK ||
	    (name = kpi__new_array(&d->allocator, size, 1)) == NULL)
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for a definition");
	o = &d->overrides[at];
	memmove(o + 1, o, (d->override_count - at) * sizeof(*o));
	memcpy(name, override->name, size);
	*o = *override;
	o->name = name;
	d->override_count++;
	return KPI_OK;
}

/* Those of parameters of a kind, by dimensions other than one. */
static void
drop_overrides(kpi_definition *d, int32_t kind, kpi_by other)
{
	size_t kept = 0;

	for (size_t i = 0; i < d->override_count; i++) {
		const kpi__override *o = &d->overrides[i];

		if (kpi__parameter_at(o->parameter)->kind != kind ||
		    o->by == other)
			d->overrides[kept++] = *o;
		else
			kpi__release(
			    &d->allocator, o->name, strlen(o->name) + 1, 1);
	}
	d->override_count = kept;
}

static kpi_status
check_override(const kpi_definition *d, int32_t parameter, kpi_by by,
    const char *of, kpi_error *error)
{
	const kpi__parameter_info *p = kpi__parameter_at(parameter);
	const int is_target = p->kind == KPI__KIND_TARGET;
	const kpi_by own_by = kpi__definition_own_by(d, parameter);
	const size_t size = strlen(of);

	if (!p->overrides)
		return kpi__fail_at(error, KPI_EINVAL, p->name,
		    "%s is one for all; service_level_threshold, "
		    "short_abandon_threshold, target_goal and target_ceiling "
		    "may differ",
		    p->name);
	if (by < 1 || by > KPI_BY_ATTRIBUTE_4 || !(p->overrides >> by & 1))
		return kpi__fail_at(error, KPI_EINVAL, p->name,
		    "%s may differ by queue%s only", p->name,
		    is_target ? ", channel, team or agent" : " or by channel");
	if (own_by != 0 && own_by != by)
		return kpi__fail_at(error, KPI_EINVAL, p->name,
		    "the %s of a definition differ by one dimension, and here "
		    "do by %s",
		    is_target ? "targets" : "thresholds",
		    kpi__word_name(KPI_TABLE_DIMENSIONS, own_by));
	if (size == 0 || size > KPI_TEXT_MAX || !kpi__utf8_is_text(of, size))
		return kpi__fail_at(error, KPI_EINVAL, p->name,
		    "the name of a %s is UTF-8 of 1 to %d bytes",
		    kpi__word_name(KPI_TABLE_DIMENSIONS, by), KPI_TEXT_MAX);
	return KPI_OK;
}

kpi_status
kpi__definition_assign_for(kpi_definition *definition, const char *name,
    size_t name_size, kpi_by by, const char *of, const char *value,
    size_t value_size, kpi_error *error)
{
	const kpi__metric *metric = kpi__metric_find(definition->metric);
	kpi__override override;
	kpi_status status;
	char word[KPI_TEXT_MAX + 1];

	memset(&override, 0, sizeof(override));
	status =
	    find_parameter(&override.parameter, metric, name, name_size, error);
	if (status != KPI_OK)
		return status;
	status = check_override(definition, override.parameter, by, of, error);
	if (status == KPI_OK)
		status = kpi__value_parse(&override.value,
		    kpi__parameter_in(override.parameter, metric->unit), value,
		    value_size, error);
	if (status != KPI_OK)
		return status;
	/* What is by another dimension is as all are, and would differ again if
	 * that of all changed. */
	drop_overrides(definition,
	    kpi__parameter_at(override.parameter)->kind, by);
	memcpy(word, of, strlen(of) + 1);
	override.by = by;
	override.name = word;
	return put_override(definition, &override, error);
}

/*
 * What a preset leaves: how far the data reaches, and how figures are
 * qualified. All else it sets, to the default where it names nothing.
 */
static int
stays(int32_t parameter)
{
	return parameter == KPI__AS_OF || parameter == KPI__KNOWN_FROM ||
	    parameter == KPI__BOUNDS_BY || parameter == KPI__CONFIDENCE ||
	    parameter == KPI__COMPARE_ADJUST ||
	    parameter == KPI__TARGET_CEILING ||
	    parameter == KPI__TARGET_GOAL || parameter == KPI__VERDICT_BY;
}

static void
reset(kpi_definition *d, const kpi__metric *metric)
{
	for (int32_t i = 0; i < KPI__PARAMETERS; i++) {
		if (!stays(i))
			d->value[i] = kpi__metric_initial(metric, i);
	}
	drop_overrides(d, KPI__KIND_DURATION, 0); /* thresholds */
}

static kpi_status
no_preset(const char *preset, kpi_error *error)
{
	const size_t size = strlen(preset);
	size_t count = 0;
	char quoted[KPI__QUOTE], right[KPI__SUGGESTION];

	while (kpi__preset_at(count) != NULL)
		count++;
	return kpi__fail_at(error, KPI_ENOTFOUND,
	    kpi__utf8_is_text(preset, size) ? preset : "",
	    "there is no preset %s; %s", kpi__quote(quoted, preset, size),
	    kpi__suggest(right, preset, size, preset_name, NULL, count));
}

/* Of a preset's settings, those that the metric reads. */
static kpi_status
apply(kpi_definition *d, const kpi__metric *metric, const char *settings,
    kpi_error *error)
{
	kpi_status status = KPI_OK;

	while (*settings != '\0' && status == KPI_OK) {
		const size_t name = strcspn(settings, "=");
		const char *value = settings + name + 1;
		const size_t size = strcspn(value, " ");
		const int32_t parameter = kpi__parameter_find(settings, name);

		if (kpi__metric_reads(metric, parameter))
			status = kpi__definition_assign(
			    d, settings, name, value, size, error);
		settings = value + size;
		settings += *settings == ' ';
	}
	return status;
}

kpi_status
kpi__definition_assign_preset(
    kpi_definition *definition, const char *preset, kpi_error *error)
{
	const kpi__metric *metric = kpi__metric_find(definition->metric);
	const kpi__preset *found = kpi__preset_find(preset);

	if (found == NULL)
		return no_preset(preset, error);
	if (!kpi__preset_concerns(found, metric->name))
		return kpi__fail_at(error, KPI_EINVAL, found->name,
		    "preset %s says nothing about %s; it is of %s", found->name,
		    metric->name, found->metrics);
	reset(definition, metric);
	return apply(definition, metric, found->settings, error);
}

kpi_status
kpi_definition_get(const kpi_definition *definition, const char *parameter,
    char *text, uint64_t room, uint64_t *size, kpi_error *error)
{
	const kpi__metric *metric;
	int32_t found;
	kpi__buffer b;
	kpi_status status;

	if (definition == NULL || parameter == NULL ||
	    (text == NULL && room > 0))
		return kpi__fail(error, KPI_EINVAL,
		    "the definition, the parameter or the text is NULL");
	metric = kpi__metric_find(definition->metric);
	status = find_parameter(
	    &found, metric, parameter, strlen(parameter), error);
	if (status != KPI_OK)
		return status;
	kpi__buffer_init(&b, &definition->allocator);
	kpi__value_print(&b, kpi__parameter_in(found, metric->unit),
	    definition->value[found]);
	if (b.status != KPI_OK)
		status = kpi__fail(error, b.status, "no memory for a value");
	else
		kpi__value_hand_out(&b, text, room, size);
	kpi__buffer_free(&b);
	return status;
}
