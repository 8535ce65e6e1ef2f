/* SPDX-License-Identifier: MIT */
#include "metric/definition.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sized.h"
#include "metric/table.h"
#include "metric/value.h"

static kpi_status
no_memory(kpi_error *error)
{
	return kpi__fail(error, KPI_ENOMEM, "no memory for a definition");
}

static kpi_status
no_definition(kpi_error *error)
{
	return kpi__fail(error, KPI_EINVAL, "the definition is NULL");
}

static kpi_status
make(kpi_definition **out, const kpi__metric *metric, const kpi_allocator *a)
{
	kpi_definition *d = kpi__new_zeroed(a, 1, sizeof(*d));

	*out = d;
	if (d == NULL)
		return KPI_ENOMEM;
	d->allocator = *a;
	d->metric = metric->number;
	for (int32_t i = 0; i < KPI__PARAMETERS; i++)
		d->value[i] = kpi__metric_initial(metric, i);
	return KPI_OK;
}

kpi_status
kpi_definition_new(kpi_definition **out, int32_t metric,
    const kpi_definition_options *options, kpi_error *error)
{
	const kpi__metric *of = kpi__metric_find(metric);
	kpi_definition_options ours = KPI_DEFINITION_OPTIONS_INIT;
	kpi_allocator a;
	kpi_status status;

	if (out == NULL)
		return kpi__fail(error, KPI_EINVAL, "out is NULL");
	*out = NULL;
	if (options != NULL) {
		status = kpi__sized_read(&ours, sizeof(ours), options,
		    KPI__SIZE_TO(kpi_definition_options, reserved), NULL);
		if (status == KPI_OK && ours.reserved != NULL)
			status = KPI_ENOTSUP;
		if (status != KPI_OK)
			return kpi__fail(error, status,
			    "the options of a definition are not set up");
	}
	status = kpi__allocator_of(&a, ours.allocator, error);
	if (status != KPI_OK)
		return status;
	if (of == NULL)
		return kpi__fail(error, KPI_EINVAL,
		    "there is no metric number %ld", (long)metric);
	if (make(out, of, &a) != KPI_OK)
		return no_memory(error);
	if ((status = kpi__definition_print(*out, error)) != KPI_OK) {
		kpi_definition_free(*out);
		*out = NULL;
	}
	return status;
}

static void
free_overrides(kpi_definition *d)
{
	for (size_t i = 0; i < d->override_count; i++) {
		char *name = d->overrides[i].name;

		kpi__release(&d->allocator, name, strlen(name) + 1, 1);
	}
	kpi__release(&d->allocator, d->overrides, d->override_room,
	    sizeof(*d->overrides));
}

void
kpi_definition_free(kpi_definition *definition)
{
	kpi_allocator a;

	if (definition == NULL)
		return;
	a = definition->allocator;
	free_overrides(definition);
	kpi__release(&a, definition->text, definition->text_room, 1);
	kpi__release(&a, definition, 1, sizeof(*definition));
}

/* Everything but the text. */
static kpi_status
duplicate(
    kpi_definition **out, const kpi_definition *from, const kpi_allocator *a)
{
	const size_t count = from->override_count;
	kpi_definition *d;

	if (make(&d, kpi__metric_find(from->metric), a) != KPI_OK)
		return KPI_ENOMEM;
	*out = d;
	memcpy(d->value, from->value, sizeof(d->value));
	if (count == 0)
		return KPI_OK;
	if (kpi__grow(a, &d->overrides, &d->override_room, count,
		sizeof(*d->overrides)) != KPI_OK)
		return KPI_ENOMEM;
	for (size_t i = 0; i < count; i++) {
		const size_t size = strlen(from->overrides[i].name) + 1;

		d->overrides[i] = from->overrides[i];
		d->overrides[i].name = kpi__new_array(a, size, 1);
		if (d->overrides[i].name == NULL)
			return KPI_ENOMEM;
		memcpy(d->overrides[i].name, from->overrides[i].name, size);
		d->override_count++;
	}
	return KPI_OK;
}

/*
 * Every change is made on a copy that takes the place of the original when
 * its text is made too: so nothing changes on failure, and the text of a
 * definition that is shared is only read.
 */
static kpi_status
begin_change(kpi_definition **copy, const kpi_definition *d, kpi_error *error)
{
	*copy = NULL;
	if (duplicate(copy, d, &d->allocator) == KPI_OK)
		return KPI_OK;
	kpi_definition_free(*copy);
	return no_memory(error);
}

static kpi_status
end_change(kpi_definition *d, kpi_definition *copy, kpi_status status,
    kpi_error *error)
{
	kpi_definition former;

	if (status == KPI_OK)
		status = kpi__definition_print(copy, error);
	if (status == KPI_OK) {
		former = *d;
		*d = *copy;
		*copy = former;
	}
	kpi_definition_free(copy);
	return status;
}

kpi_status
kpi_definition_set(kpi_definition *definition, const char *parameter,
    const char *value, kpi_error *error)
{
	kpi_definition *copy;
	kpi_status status;

	if (definition == NULL)
		return no_definition(error);
	if (parameter == NULL || value == NULL)
		return kpi__fail(
		    error, KPI_EINVAL, "a parameter's name or value is NULL");
	if ((status = begin_change(&copy, definition, error)) != KPI_OK)
		return status;
	status = kpi__definition_assign(
	    copy, parameter, strlen(parameter), value, strlen(value), error);
	return end_change(definition, copy, status, error);
}

kpi_status
kpi_definition_set_for(kpi_definition *definition, const char *parameter,
    kpi_by by, const char *name, const char *value, kpi_error *error)
{
	kpi_definition *copy;
	kpi_status status;

	if (definition == NULL)
		return no_definition(error);
	if (parameter == NULL || name == NULL || value == NULL)
		return kpi__fail(
		    error, KPI_EINVAL, "a name or a value is NULL");
	if ((status = begin_change(&copy, definition, error)) != KPI_OK)
		return status;
	status = kpi__definition_assign_for(copy, parameter, strlen(parameter),
	    by, name, value, strlen(value), error);
	return end_change(definition, copy, status, error);
}

kpi_status
kpi_definition_preset(
    kpi_definition *definition, const char *preset, kpi_error *error)
{
	kpi_definition *copy;
	kpi_status status;

	if (definition == NULL)
		return no_definition(error);
	if (preset == NULL)
		return kpi__fail(error, KPI_EINVAL, "the preset is NULL");
	if ((status = begin_change(&copy, definition, error)) != KPI_OK)
		return status;
	status = kpi__definition_assign_preset(copy, preset, error);
	return end_change(definition, copy, status, error);
}

/* What is its own is set over what the preset says. */
static kpi_status
take_preset(kpi_definition *d, const char *preset, kpi_error *error)
{
	const kpi__metric *metric = kpi__metric_find(d->metric);
	kpi_definition *by;
	kpi_status status;

	if (make(&by, metric, &d->allocator) != KPI_OK)
		return no_memory(error);
	status = kpi__definition_assign_preset(by, preset, error);
	for (int32_t i = 0; i < KPI__PARAMETERS && status == KPI_OK; i++)
		if (d->value[i] == kpi__metric_initial(metric, i))
			d->value[i] = by->value[i];
	kpi_definition_free(by);
	return status;
}

kpi_status
kpi__definition_under(kpi_definition **out, const kpi_definition *own,
    const char *preset, kpi_error *error)
{
	kpi_status status = begin_change(out, own, error);

	if (status != KPI_OK)
		return status;
	status = take_preset(*out, preset, error);
	if (status == KPI_OK)
		status = kpi__definition_print(*out, error);
	if (status != KPI_OK) {
		kpi_definition_free(*out);
		*out = NULL;
	}
	return status;
}

const char *
kpi_definition_text(const kpi_definition *definition)
{
	return definition == NULL ? NULL : definition->text;
}

const char *
kpi_definition_fingerprint(const kpi_definition *definition)
{
	return definition == NULL ? NULL : definition->fingerprint;
}

int32_t
kpi_definition_metric(const kpi_definition *definition)
{
	return definition == NULL ? 0 : definition->metric;
}

kpi_by
kpi__definition_own_by(const kpi_definition *d, int32_t parameter)
{
	const int32_t kind = kpi__parameter_at(parameter)->kind;

	for (size_t i = 0; i < d->override_count; i++) {
		const kpi__override *o = &d->overrides[i];

		if (kpi__parameter_at(o->parameter)->kind == kind &&
		    o->value != d->value[o->parameter])
			return o->by;
	}
	return 0;
}

/* Of version 1 low is easy; a share or index is of the easy ones. */
int
kpi__definition_better(const kpi_definition *definition)
{
	const kpi__metric *metric = kpi__metric_find(definition->metric);
	const int64_t *value = definition->value;

	if (kpi__metric_reads(metric, KPI__CES_VERSION) &&
	    value[KPI__CES_VERSION] == 1 &&
	    value[KPI__CES_SCORE] == KPI__CES_SCORE_MEAN)
		return -metric->better;
	return metric->better;
}
