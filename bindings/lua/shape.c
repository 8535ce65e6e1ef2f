/* SPDX-License-Identifier: MIT */
#include "result.h"

static void
set_by(lua_State *L, const kpi_result *result)
{
	kpi_entry entry = KPI_ENTRY_INIT;
	kpi_by by;

	lua_newtable(L);
	for (uint64_t i = 0; (by = kpi_result_by(result, i)) != 0; i++) {
		if (kpi_catalogue_number(KPI_TABLE_DIMENSIONS, by, &entry) !=
		    KPI_OK)
			entry.name = "";
		lua_pushstring(L, entry.name);
		lua_rawseti(L, -2, (int)i + 1);
	}
	lua_setfield(L, -2, "by");
}

static void
push_definition(lua_State *L, const kpi_result *result, uint64_t index)
{
	kpi_entry entry = KPI_ENTRY_INIT;

	lua_createtable(L, 0, 6);
	if (kpi_catalogue_number(KPI_TABLE_METRICS,
		kpi_result_metric(result, index), &entry) == KPI_OK)
		kpi__lua_set_text(L, "metric", entry.name);
	kpi__lua_set_text(
	    L, "definition", kpi_result_definition(result, index));
	if (kpi_result_presets(result, index)[0] != '\0')
		kpi__lua_set_text(
		    L, "presets", kpi_result_presets(result, index));
	kpi__lua_set_text(
	    L, "fingerprint", kpi_result_fingerprint(result, index));
	kpi__lua_set_integer(
	    L, "known_from", kpi_result_known_from(result, index));
	kpi__lua_set_integer(L, "as_of", kpi_result_as_of(result, index));
}

static void
set_definitions(lua_State *L, const kpi_result *result)
{
	const uint64_t count = kpi_result_count(result);

	lua_createtable(L, (int)count, 0);
	for (uint64_t i = 0; i < count; i++) {
		push_definition(L, result, i);
		lua_rawseti(L, -2, (int)i + 1);
	}
	lua_setfield(L, -2, "definitions");
}

static int
make_info(lua_State *L)
{
	const kpi_result *result = lua_touserdata(L, 1);
	kpi_entry entry = KPI_ENTRY_INIT;

	lua_createtable(L, 0, 5);
	kpi__lua_set_integer(L, "groups", (int64_t)kpi_result_rows(result));
	set_by(L, result);
	if (kpi_result_bucket(result) != KPI_BUCKET_NONE &&
	    kpi_catalogue_number(
		KPI_TABLE_BUCKETS, kpi_result_bucket(result), &entry) == KPI_OK)
		kpi__lua_set_text(L, "every", entry.name);
	kpi__lua_set_text(L, "zone", kpi_result_zone(result));
	set_definitions(L, result);
	return 1;
}

/*
 * result:info() -> table: groups (how many), by (a list of dimensions), every
 * (the bucket, if there is one), zone (in which buckets were cut) and the list
 * definitions of metric, definition (its text), fingerprint, presets (of
 * store:spread(): their names with commas) and, where they are read, known_from and as_of (the instants that they came to, milliseconds since
 * 1970 UTC).
 */
int
kpi__lua_result_info(lua_State *L)
{
	kpi__lua_slot *slot = kpi__lua_slot_check(L, 1, KPI__LUA_RESULT);
	const kpi__lua_result *r = kpi__lua_slot_held(L, slot);

	kpi__lua_slot_push(L, slot, make_info, r->result);
	return 1;
}
