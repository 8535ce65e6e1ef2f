/* SPDX-License-Identifier: MIT */
#include "kpi_lua.h"

#include <string.h>

static const char *const names[] = { "fields", "dimensions", "metrics",
	"parameters", "presets", "outcomes", "buckets", "states", "directions",
	"transfers", "activities", "verdicts", "roles", NULL };

static const int32_t tables[] = { KPI_TABLE_FIELDS, KPI_TABLE_DIMENSIONS,
	KPI_TABLE_METRICS, KPI_TABLE_PARAMETERS, KPI_TABLE_PRESETS,
	KPI_TABLE_OUTCOMES, KPI_TABLE_BUCKETS, KPI_TABLE_STATES,
	KPI_TABLE_DIRECTIONS, KPI_TABLE_TRANSFERS, KPI_TABLE_ACTIVITIES,
	KPI_TABLE_VERDICTS, KPI_TABLE_ROLES };

_Static_assert(
    sizeof(names) / sizeof(*names) == sizeof(tables) / sizeof(*tables) + 1,
    "a name for each table");

static int32_t
check_table(lua_State *L, int arg)
{
	const char *name = kpi__lua_text(L, arg, arg, "table");

	for (size_t i = 0; names[i] != NULL; i++) {
		if (strcmp(name, names[i]) == 0)
			return tables[i];
	}
	return kpi__lua_no_such(L, arg, "table", name, names);
}

static void
push_entry(lua_State *L, const kpi_entry *entry)
{
	lua_createtable(L, 0, 9);
	lua_pushinteger(L, entry->number);
	lua_setfield(L, -2, "number");
	kpi__lua_set_text(L, "name", entry->name);
	kpi__lua_set_text(L, "kind", entry->kind);
	kpi__lua_set_text(L, "unit", entry->unit);
	kpi__lua_set_text(L, "values", entry->values);
	kpi__lua_set_text(L, "initial", entry->initial);
	kpi__lua_set_text(L, "relation", entry->relation);
	kpi__lua_set_text(L, "sentence", entry->sentence);
	kpi__lua_set_text(L, "source", entry->source);
}

int
kpi__lua_catalogue(lua_State *L)
{
	const int32_t table = check_table(L, 1);
	const uint64_t count = kpi_catalogue_count(table);

	lua_createtable(L, (int)count, 0);
	for (uint64_t i = 0; i < count; i++) {
		kpi_entry entry = KPI_ENTRY_INIT;
		const kpi_status status = kpi_catalogue_entry(table, i, &entry);

		if (status != KPI_OK)
			return kpi__lua_failed(L, status, NULL);
		push_entry(L, &entry);
		lua_rawseti(L, -2, (int)i + 1);
	}
	return 1;
}
