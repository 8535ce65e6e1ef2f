/* SPDX-License-Identifier: MIT */
/* A metric by every preset: one definition a column, in one pass. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "metric/definition.h"
#include "metric/preset.h"
#include "metric/table.h"
#include "result/result.h"

/* Definitions that differ, and the names of the presets that make each. */
typedef struct columns {
	const kpi_allocator *allocator;
	kpi_definition **definitions;
	kpi__buffer *names;
	size_t room;
	uint32_t count;
} columns;

static void
free_columns(columns *c)
{
	for (uint32_t i = 0; i < c->count; i++) {
		kpi_definition_free(c->definitions[i]);
		kpi__buffer_free(&c->names[i]);
	}
	kpi__release(
	    c->allocator, c->definitions, c->room, sizeof(*c->definitions));
	kpi__release(c->allocator, c->names, c->room, sizeof(*c->names));
}

static kpi_status
make_room(columns *c, kpi_error *error)
{
	while (kpi__preset_at(c->room) != NULL)
		c->room++;
	c->definitions =
	    kpi__new_array(c->allocator, c->room, sizeof(*c->definitions));
	c->names = kpi__new_array(c->allocator, c->room, sizeof(*c->names));
	if (c->definitions == NULL || c->names == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for presets");
	return KPI_OK;
}

/* The column of that definition, which is taken. */
static kpi__buffer *
column_of(columns *c, kpi_definition *d)
{
	for (uint32_t i = 0; i < c->count; i++)
		if (strcmp(c->definitions[i]->text, d->text) == 0) {
			kpi_definition_free(d);
			return &c->names[i];
		}
	c->definitions[c->count] = d;
	kpi__buffer_init(&c->names[c->count], c->allocator);
	return &c->names[c->count++];
}

static kpi_status
add_preset(
    columns *c, const kpi_definition *own, const char *preset, kpi_error *error)
{
	kpi_error why = KPI_ERROR_INIT;
	kpi_definition *d;
	kpi__buffer *names;
	kpi_status status = kpi__definition_under(&d, own, preset, error);

	if (status != KPI_OK)
		return status;
	status = kpi__definition_check(d, &why);
	if (status != KPI_OK) {
		kpi_definition_free(d);
		return kpi__fail_at(error, status, why.field,
		    "by the preset %s %s", preset, why.text);
	}
	names = column_of(c, d);
	if (names->size > 0)
		kpi__buffer_put_string(names, ", ");
	kpi__buffer_put_string(names, preset);
	return KPI_OK;
}

static kpi_status
add_presets(columns *c, const kpi_definition *own, kpi_error *error)
{
	const char *metric = kpi__metric_find(own->metric)->name;
	const kpi__preset *preset;
	kpi_status status = KPI_OK;

	for (size_t i = 0;
	     status == KPI_OK && (preset = kpi__preset_at(i)) != NULL; i++)
		if (kpi__preset_concerns(preset, metric))
			status = add_preset(c, own, preset->name, error);
	for (uint32_t i = 0; i < c->count && status == KPI_OK; i++) {
		kpi__buffer_put_byte(&c->names[i], '\0');
		if (c->names[i].status != KPI_OK)
			status = kpi__fail(
			    error, KPI_ENOMEM, "no memory for presets");
	}
	return status;
}

static kpi_status
measure(kpi_result **out, kpi_store *store, const kpi_query *query,
    const columns *c, kpi_error *error)
{
	kpi_status status = kpi_measure(out, store, query,
	    (const kpi_definition *const *)c->definitions, c->count, error);

	for (uint32_t i = 0; i < c->count && status == KPI_OK; i++)
		status = kpi__result_name_presets(
		    *out, i, (const char *)c->names[i].bytes, error);
	if (status != KPI_OK) {
		kpi_result_free(*out);
		*out = NULL;
	}
	return status;
}

kpi_status
kpi_spread(kpi_result **out, kpi_store *store, const kpi_query *query,
    const kpi_definition *definition, kpi_error *error)
{
	columns c;
	kpi_status status;

	if (out == NULL)
		return kpi__fail(error, KPI_EINVAL, "no place for the result");
	*out = NULL;
	if (store == NULL || definition == NULL)
		return kpi__fail(error, KPI_EINVAL,
		    store == NULL ? "no store" : "no definition");
	memset(&c, 0, sizeof(c));
	c.allocator = &definition->allocator;
	status = make_room(&c, error);
	if (status == KPI_OK)
		status = add_presets(&c, definition, error);
	if (status == KPI_OK)
		status = measure(out, store, query, &c, error);
	free_columns(&c);
	return status;
}
