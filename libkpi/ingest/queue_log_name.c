/* SPDX-License-Identifier: MIT */
#include "ingest/queue_log_name.h"

#include <string.h>

#include "base/checksum.h"
#include "base/memory.h"

void
kpi__qlog_names_init(kpi__qlog_names *names, const kpi_allocator *a)
{
	memset(names, 0, sizeof(*names));
	names->allocator = a;
}

void
kpi__qlog_names_free(kpi__qlog_names *names)
{
	for (size_t i = 0; i < names->room; i++)
		for (kpi__qlog_name *name = names->table[i], *next;
		     name != NULL; name = next) {
			next = name->next;
			kpi__release(names->allocator, name, 1,
			    sizeof(*name) + name->size + 1);
		}
	kpi__release(
	    names->allocator, names->table, names->room, sizeof(*names->table));
	names->table = NULL;
	names->room = names->count = 0;
}

static kpi_status
grow(kpi__qlog_names *names)
{
	const size_t room = names->room == 0 ? 64 : names->room * 2;
	kpi__qlog_name **table =
	    kpi__new_zeroed(names->allocator, room, sizeof(*table));

	if (table == NULL)
		return KPI_ENOMEM;
	for (size_t i = 0; i < names->room; i++)
		for (kpi__qlog_name *name = names->table[i], *next;
		     name != NULL; name = next) {
			kpi__qlog_name **const place =
			    &table[name->hash & (room - 1)];

			next = name->next;
			name->next = *place;
			*place = name;
		}
	kpi__release(
	    names->allocator, names->table, names->room, sizeof(*names->table));
	names->table = table;
	names->room = room;
	return KPI_OK;
}

kpi_status
kpi__qlog_names_get(
    kpi__qlog_names *names, const char *text, size_t size, kpi__qlog_name **out)
{
	const uint64_t hash = kpi__checksum(text, size, 0);
	kpi__qlog_name *name;

	if (names->room > 0)
		for (name = names->table[hash & (names->room - 1)];
		     name != NULL; name = name->next)
			if (name->hash == hash && name->size == size &&
			    memcmp(name->text, text, size) == 0) {
				*out = name;
				return KPI_OK;
			}
	if (names->count >= names->room && grow(names) != KPI_OK)
		return KPI_ENOMEM;
	name = kpi__new_array(names->allocator, 1, sizeof(*name) + size + 1);
	if (name == NULL)
		return KPI_ENOMEM;
	name->next = names->table[hash & (names->room - 1)];
	name->agent = NULL;
	name->hash = hash;
	name->size = size;
	memcpy(name->text, text, size);
	name->text[size] = '\0';
	names->table[hash & (names->room - 1)] = name;
	names->count++;
	*out = name;
	return KPI_OK;
}

uint64_t
kpi__qlog_name_hash(const kpi__qlog_name *name)
{
	return name == NULL ? 0 : name->hash;
}

const char *
kpi__qlog_name_text(const kpi__qlog_name *name)
{
	return name == NULL ? NULL : name->text;
}
