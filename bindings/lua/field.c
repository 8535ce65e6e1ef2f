/* SPDX-License-Identifier: MIT */
#include "field.h"

#include <string.h>

#define KEY "kpi.fields" /* of the registry */

#define WHOLE(number, member)                                                  \
	[KPI_FIELD_##number] = offsetof(kpi_interaction, member)
#define VISIT(number, member) [KPI_FIELD_##number] = offsetof(kpi_visit, member)

/* By number. No field stands at 0, where the size is. */
static const size_t offsets[] = {
	WHOLE(STARTED_AT, started_at),
	WHOLE(DIRECTION, direction),
	WHOLE(IVR, ivr_ms),
	WHOLE(RESOLVED, resolved),
	WHOLE(FIRST_RESOLVED_AT, first_resolved_at),
	WHOLE(RESOLVED_AT, resolved_at),
	WHOLE(REOPENED_COUNT, reopened_count),
	WHOLE(REOPENED_AT, reopened_at),
	WHOLE(ESCALATED, escalated),
	WHOLE(FIRST_CONTACT, first_contact),
	WHOLE(RESOLVABLE, resolvable),
	WHOLE(AGENT_REPLIES, agent_replies),
	WHOLE(CUSTOMER_REPLIES, customer_replies),
	WHOLE(FIRST_RESPONSE_AT, first_response_at),
	WHOLE(SURVEY_OFFERED_AT, survey_offered_at),
	WHOLE(SURVEY_ANSWERED_AT, survey_answered_at),
	WHOLE(CSAT, csat),
	WHOLE(CSAT_SCALE, csat_scale),
	WHOLE(NPS, nps),
	WHOLE(CES, ces),
	WHOLE(CES_VERSION, ces_version),
	WHOLE(SURVEY_RESOLVED, survey_resolved),
	WHOLE(SURVEY_CONTACTS, survey_contacts),
	WHOLE(QUALITY, quality),
	WHOLE(COST, cost),
	WHOLE(ID, id),
	WHOLE(SOURCE, source),
	WHOLE(CUSTOMER, customer),
	WHOLE(CHANNEL, channel),
	WHOLE(REASON, reason),
	WHOLE(CASE, case_id),
	WHOLE(ATTRIBUTE_1, attribute_1),
	WHOLE(ATTRIBUTE_2, attribute_2),
	WHOLE(ATTRIBUTE_3, attribute_3),
	WHOLE(ATTRIBUTE_4, attribute_4),
	VISIT(ENTERED_AT, entered_at),
	VISIT(ENDED_AT, ended_at),
	VISIT(WAIT, wait_ms),
	VISIT(RING, ring_ms),
	VISIT(TALK, talk_ms),
	VISIT(HOLD, hold_ms),
	VISIT(AFTER_CALL, after_call_ms),
	VISIT(OUTCOME, outcome),
	VISIT(TRANSFER, transfer),
	VISIT(TIER, tier),
	VISIT(QUEUE, queue),
	VISIT(AGENT, agent),
	VISIT(TEAM, team),
};

/* 0: the field came with a later release than this module. */
static size_t
offset_of(int32_t number)
{
	if (number < 0 || (size_t)number >= sizeof(offsets) / sizeof(*offsets))
		return 0;
	return offsets[number];
}

static int32_t
words_of(int32_t number)
{
	switch (number) {
	case KPI_FIELD_DIRECTION:
		return KPI_TABLE_DIRECTIONS;
	case KPI_FIELD_OUTCOME:
		return KPI_TABLE_OUTCOMES;
	case KPI_FIELD_TRANSFER:
		return KPI_TABLE_TRANSFERS;
	default:
		return 0;
	}
}

static int32_t
type_of(const kpi_entry *entry)
{
	if (strcmp(entry->kind, "text") == 0)
		return FIELD_TEXT;
	if (strcmp(entry->kind, "flag") == 0)
		return FIELD_FLAG;
	if (strcmp(entry->kind, "instant") == 0)
		return FIELD_INSTANT;
	if (strcmp(entry->kind, "duration") == 0)
		return FIELD_DURATION;
	return words_of(entry->number) != 0 ? FIELD_CODE : FIELD_INTEGER;
}

static void
take(kpi__lua_fields *fields, const kpi_entry *entry)
{
	kpi__lua_field *field = &fields->list[fields->count];

	field->offset = offset_of(entry->number);
	if (field->offset == 0)
		return;
	field->name = entry->name;
	field->number = entry->number;
	field->of_visit = strcmp(entry->relation, "visit") == 0;
	field->type = type_of(entry);
	field->words = words_of(entry->number);
	fields->count++;
}

void
kpi__lua_fields_make(lua_State *L)
{
	const uint64_t count = kpi_catalogue_count(KPI_TABLE_FIELDS);
	kpi__lua_fields *fields;

	lua_createtable(L, 1, (int)count);
	fields = lua_newuserdata(
	    L, sizeof(*fields) + (size_t)count * sizeof(*fields->list));
	fields->count = 0;
	for (uint64_t i = 0; i < count; i++) {
		kpi_entry entry = KPI_ENTRY_INIT;

		if (kpi_catalogue_entry(KPI_TABLE_FIELDS, i, &entry) == KPI_OK)
			take(fields, &entry);
	}
	lua_rawseti(L, -2, 1);
	for (size_t i = 0; i < fields->count; i++) {
		lua_pushlightuserdata(L, &fields->list[i]);
		lua_setfield(L, -2, fields->list[i].name);
	}
	lua_setfield(L, LUA_REGISTRYINDEX, KEY);
}

const kpi__lua_fields *
kpi__lua_field_table(lua_State *L)
{
	const kpi__lua_fields *fields;

	lua_getfield(L, LUA_REGISTRYINDEX, KEY);
	lua_rawgeti(L, -1, 1);
	fields = lua_touserdata(L, -1);
	lua_pop(L, 1);
	return fields;
}

const kpi__lua_field *
kpi__lua_field_find(lua_State *L, int arg, const char *what, const char *name)
{
	const kpi__lua_fields *fields = kpi__lua_field_table(L);
	kpi_entry entry = KPI_ENTRY_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;

	lua_pop(L, 1);
	for (size_t i = 0; i < fields->count; i++) {
		if (strcmp(fields->list[i].name, name) == 0)
			return &fields->list[i];
	}
	status = kpi_catalogue_find(KPI_TABLE_FIELDS, name, &entry, &error);
	if (status == KPI_OK)
		kpi__lua_refuse(L, arg, what,
		    "field '%.64s' is newer than this module", name);
	kpi__lua_wrong(L, arg, what, status, &error);
	return NULL;
}

int
kpi__lua_field_is_text(lua_State *L, const char **text)
{
	size_t size;

	if (lua_type(L, -1) != LUA_TSTRING)
		return 0;
	*text = lua_tolstring(L, -1, &size);
	return strlen(*text) == size;
}

int
kpi__lua_field_is_number(
    lua_State *L, const kpi__lua_field *field, int64_t *value)
{
	kpi_entry entry = KPI_ENTRY_INIT;
	const char *word;

	if (field->type < FIELD_FLAG)
		return kpi__lua_whole(L, -1, value) &&
		    (field->type != FIELD_INSTANT ||
			!kpi__lua_is_seconds(*value));
	if (field->type != FIELD_CODE || !kpi__lua_field_is_text(L, &word) ||
	    kpi_catalogue_find(field->words, word, &entry, NULL) != KPI_OK)
		return 0;
	*value = entry.number;
	return 1;
}

int64_t
kpi__lua_field_number(
    lua_State *L, const kpi__lua_field *field, int arg, const char *what)
{
	if (field->type == FIELD_FLAG && lua_isboolean(L, -1))
		return lua_toboolean(L, -1);
	switch (field->type) {
	case FIELD_CODE:
		return kpi__lua_word(L, field->words, -1, arg, what);
	case FIELD_INSTANT:
		return kpi__lua_moment(L, -1, arg, what);
	case FIELD_DURATION:
		return kpi__lua_duration(L, -1, arg, what);
	default:
		return kpi__lua_integer(L, -1, arg, what);
	}
}
