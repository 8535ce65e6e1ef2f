/* SPDX-License-Identifier: MIT */
#include "definitions.h"

#include <stdlib.h>
#include <string.h>

#include "list.h"
#include "synonym.h"

#define SETTING "PARAMETER=VALUE, such as service_level_threshold=30s"

void
definitions_init(struct definitions *d)
{
	memset(d, 0, sizeof(*d));
}

void
definitions_free(struct definitions *d)
{
	for (size_t i = 0; i < d->count; i++)
		kpi_definition_free(d->at[i]);
	free(d->at);
	free(d->in_full);
}

static int
grow(struct definitions *d)
{
	const size_t room = 2 * d->room + 16;
	kpi_definition **at;
	unsigned char *in_full;

	if (d->count < d->room)
		return DONE;
	at = realloc(d->at, room * sizeof(*at));
	if (at == NULL)
		return complain(FAILED, "no memory");
	d->at = at;
	in_full = realloc(d->in_full, room);
	if (in_full == NULL)
		return complain(FAILED, "no memory");
	d->in_full = in_full;
	d->room = room;
	return DONE;
}

static int
add(struct definitions *d, const char *text, int in_full)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;

	if (strcmp(text, "repeat_contacts") == 0)
		return complain(WRONG_USE,
		    "repeat_contacts is a list of its own: kpi repeats STORE");
	if (grow(d) != DONE)
		return FAILED;
	status = kpi_definition_parse(&d->at[d->count], text, NULL, &error);
	if (status != KPI_OK && metric_called(text) != NULL)
		return complain(WRONG_USE,
		    "there is no metric \"%s\"; it is called %s", text,
		    metric_called(text));
	if (status != KPI_OK)
		return complain(status == KPI_ENOMEM ? FAILED : WRONG_USE, "%s",
		    error.text);
	d->in_full[d->count++] = (unsigned char)in_full;
	return DONE;
}

static int
add_named(void *ctx, const char *name)
{
	return add(ctx, name, 0);
}

int
definitions_add(struct definitions *d, const char *text)
{
	if (strpbrk(text, " =") != NULL)
		return add(d, text, 1);
	return list_each(text, add_named, d);
}

int
metric_reads(const char *metric, const char *parameter)
{
	kpi_entry entry = KPI_ENTRY_INIT;

	return kpi_catalogue_find(
		   KPI_TABLE_PARAMETERS, parameter, &entry, NULL) == KPI_OK &&
	    names_have(entry.relation, metric);
}

const kpi_definition *
definitions_of(const struct definitions *d, const char *name)
{
	kpi_entry metric = KPI_ENTRY_INIT;

	if (kpi_catalogue_find(KPI_TABLE_METRICS, name, &metric, NULL) ==
	    KPI_OK)
		for (size_t i = 0; i < d->count; i++)
			if (kpi_definition_metric(d->at[i]) == metric.number)
				return d->at[i];
	return NULL;
}

static const char *
metric_of(const kpi_definition *d)
{
	kpi_entry metric = KPI_ENTRY_INIT;

	if (kpi_catalogue_number(
		KPI_TABLE_METRICS, kpi_definition_metric(d), &metric) != KPI_OK)
		return "";
	return metric.name;
}

static int
apply_preset(struct definitions *d, const char *name)
{
	kpi_entry preset = KPI_ENTRY_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status =
	    kpi_catalogue_find(KPI_TABLE_PRESETS, name, &preset, &error);
	size_t concerned = 0;

	for (size_t i = 0; status == KPI_OK && i < d->count; i++) {
		if (d->in_full[i] ||
		    !names_have(preset.relation, metric_of(d->at[i])))
			continue;
		status = kpi_definition_preset(d->at[i], name, &error);
		concerned++;
	}
	if (status != KPI_OK)
		return refused("--preset", status, &error);
	if (concerned == 0)
		return complain(WRONG_USE,
		    "--preset: %s says nothing of what is measured; it is of "
		    "%s",
		    name, preset.relation);
	return DONE;
}

kpi_status
definition_set(kpi_definition *d, const struct setting *s, kpi_error *error)
{
	kpi_entry dimension = KPI_ENTRY_INIT;
	kpi_status status;

	if (s->of[0] == '\0')
		return kpi_definition_set(d, s->name, s->value, error);
	status =
	    kpi_catalogue_find(KPI_TABLE_DIMENSIONS, s->of, &dimension, error);
	if (status != KPI_OK)
		return status;
	return kpi_definition_set_for(
	    d, s->name, dimension.number, s->who, s->value, error);
}

static int
apply_setting(struct definitions *d, const char *text)
{
	kpi_entry parameter = KPI_ENTRY_INIT;
	kpi_error error = KPI_ERROR_INIT;
	struct setting s;
	kpi_status status;
	size_t readers = 0;
	int code = setting_read(&s, text, "--set", SETTING);

	if (code != DONE)
		return code;
	status = kpi_catalogue_find(
	    KPI_TABLE_PARAMETERS, s.name, &parameter, &error);
	for (size_t i = 0; status == KPI_OK && i < d->count; i++) {
		if (!names_have(parameter.relation, metric_of(d->at[i])))
			continue;
		status = definition_set(d->at[i], &s, &error);
		readers++;
	}
	if (status != KPI_OK)
		return refused("--set", status, &error);
	if (readers == 0)
		return complain(WRONG_USE,
		    "--set: %s is not read by what is measured; it is of %s",
		    s.name, parameter.relation);
	return DONE;
}

int
definitions_apply(struct definitions *d, const struct arguments *a)
{
	const struct argument *one;
	int code = DONE;

	for (size_t at = 0;
	     code == DONE && (one = argument_next(a, PRESET, &at)) != NULL;)
		code = apply_preset(d, one->text);
	for (size_t at = 0;
	     code == DONE && (one = argument_next(a, SET, &at)) != NULL;)
		code = apply_setting(d, one->text);
	return code;
}
