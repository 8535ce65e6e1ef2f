/* SPDX-License-Identifier: MIT */
#include "field.h"

#include "error.h"
#include "instant.h"

#include <string.h>

struct place {
	int32_t number;
	int32_t codes; /* KPI_TABLE_; 0: none */
	size_t offset;
};

#define OF(number, member)                                                     \
	{                                                                      \
		KPI_FIELD_##number, 0, offsetof(kpi_interaction, member)       \
	}
#define VISIT(number, member)                                                  \
	{                                                                      \
		KPI_FIELD_##number, 0, offsetof(kpi_visit, member)             \
	}

/* clang-format off */
static const struct place places[] = {
	OF(STARTED_AT, started_at),
	{ KPI_FIELD_DIRECTION, KPI_TABLE_DIRECTIONS,
	    offsetof(kpi_interaction, direction) },
	OF(IVR, ivr_ms),
	OF(RESOLVED, resolved),
	OF(FIRST_RESOLVED_AT, first_resolved_at),
	OF(RESOLVED_AT, resolved_at),
	OF(REOPENED_COUNT, reopened_count),
	OF(REOPENED_AT, reopened_at),
	OF(ESCALATED, escalated),
	OF(FIRST_CONTACT, first_contact),
	OF(RESOLVABLE, resolvable),
	OF(AGENT_REPLIES, agent_replies),
	OF(CUSTOMER_REPLIES, customer_replies),
	OF(FIRST_RESPONSE_AT, first_response_at),
	OF(SURVEY_OFFERED_AT, survey_offered_at),
	OF(SURVEY_ANSWERED_AT, survey_answered_at),
	OF(CSAT, csat),
	OF(CSAT_SCALE, csat_scale),
	OF(NPS, nps),
	OF(CES, ces),
	OF(CES_VERSION, ces_version),
	OF(SURVEY_RESOLVED, survey_resolved),
	OF(SURVEY_CONTACTS, survey_contacts),
	OF(QUALITY, quality),
	OF(COST, cost),
	OF(ID, id),
	OF(SOURCE, source),
	OF(CUSTOMER, customer),
	OF(CHANNEL, channel),
	OF(REASON, reason),
	OF(CASE, case_id),
	OF(ATTRIBUTE_1, attribute_1),
	OF(ATTRIBUTE_2, attribute_2),
	OF(ATTRIBUTE_3, attribute_3),
	OF(ATTRIBUTE_4, attribute_4),
	VISIT(ENTERED_AT, entered_at),
	VISIT(ENDED_AT, ended_at),
	VISIT(WAIT, wait_ms),
	VISIT(RING, ring_ms),
	VISIT(TALK, talk_ms),
	VISIT(HOLD, hold_ms),
	VISIT(AFTER_CALL, after_call_ms),
	{ KPI_FIELD_OUTCOME, KPI_TABLE_OUTCOMES,
	    offsetof(kpi_visit, outcome) },
	{ KPI_FIELD_TRANSFER, KPI_TABLE_TRANSFERS,
	    offsetof(kpi_visit, transfer) },
	VISIT(TIER, tier),
	VISIT(QUEUE, queue),
	VISIT(AGENT, agent),
	VISIT(TEAM, team),
};
/* clang-format on */

#define ACTIVITY(kind, codes, name)                                            \
	{                                                                      \
		ACTIVITIES, FIELD_##kind, codes, offsetof(kpi_activity, name), \
		    #name                                                      \
	}
#define EMPLOYMENT(kind, name)                                                 \
	{                                                                      \
		EMPLOYMENTS, FIELD_##kind, 0, offsetof(kpi_employment, name),  \
		    #name                                                      \
	}
#define EXPENSE(kind, codes, name)                                             \
	{                                                                      \
		EXPENSES, FIELD_##kind, codes, offsetof(kpi_expense, name),    \
		    #name                                                      \
	}

#define CALENDAR(name)                                                         \
	{                                                                      \
		CALENDARS, FIELD_TEXT, 0, offsetof(kpi_calendar, name), #name  \
	}

/* In the order of the arguments of Store.add_activity() and the others. */
static const struct {
	int relation;
	int kind;
	int32_t codes; /* KPI_TABLE_; 0: none */
	size_t offset;
	const char *name;
} of_relations[] = {
	ACTIVITY(TEXT, 0, agent),
	ACTIVITY(INTEGER, KPI_TABLE_ACTIVITIES, state),
	ACTIVITY(INSTANT, 0, started_at),
	ACTIVITY(INSTANT, 0, ended_at),
	ACTIVITY(TEXT, 0, source),
	EMPLOYMENT(TEXT, agent),
	EMPLOYMENT(INSTANT, hired_at),
	EMPLOYMENT(INSTANT, left_at),
	EMPLOYMENT(TEXT, source),
	EXPENSE(INSTANT, 0, started_at),
	EXPENSE(INSTANT, 0, ended_at),
	EXPENSE(INTEGER, 0, amount),
	EXPENSE(INTEGER, KPI_TABLE_DIMENSIONS, by),
	EXPENSE(TEXT, 0, of),
	EXPENSE(TEXT, 0, id),
	EXPENSE(TEXT, 0, source),
	EXPENSE(TEXT, 0, note),
	CALENDAR(queue),
	CALENDAR(time_zone),
	CALENDAR(hours),
};

_Static_assert(sizeof(places) / sizeof(*places) == FIELDS,
    "the state has room for every field");

/* Adds one line of a table of codes; 0, or -1 with an exception. */
static int
code_add(const struct codes *codes, const kpi_entry *entry)
{
	PyObject *const name = PyUnicode_InternFromString(entry->name);
	PyObject *const number = PyLong_FromLong(entry->number);
	const int failed = name == NULL || number == NULL ||
	    PyDict_SetItem(codes->numbers, name, number) != 0 ||
	    PyDict_SetItem(codes->names, number, name) != 0;

	Py_XDECREF(name);
	Py_XDECREF(number);
	return failed ? -1 : 0;
}

static int
codes_init(struct codes *codes, int32_t table)
{
	kpi_entry entry = KPI_ENTRY_INIT;
	uint64_t i;

	codes->table = table;
	codes->numbers = PyDict_New();
	codes->names = PyDict_New();
	if (codes->numbers == NULL || codes->names == NULL)
		return -1;
	for (i = 0; kpi_catalogue_entry(table, i, &entry) == KPI_OK; i++)
		if (code_add(codes, &entry) != 0)
			return -1;
	return 0;
}

static int
kind_of(const char *kind)
{
	if (strcmp(kind, "text") == 0)
		return FIELD_TEXT;
	if (strcmp(kind, "instant") == 0)
		return FIELD_INSTANT;
	return strcmp(kind, "duration") == 0 ? FIELD_DURATION : FIELD_INTEGER;
}

static const struct codes *
codes_of(const struct state *state, int32_t table)
{
	int i;

	for (i = 0; i < CODES; i++)
		if (table != 0 && state->codes[i].table == table)
			return &state->codes[i];
	return NULL;
}

/* Adds the field if this module knows its place; one that is newer is not. */
static int
field_add(struct state *state, const kpi_entry *entry)
{
	struct field *const field = &state->fields[state->field_count];
	PyObject *place;
	int failed;
	size_t i;

	for (i = 0; i < FIELDS; i++)
		if (places[i].number == entry->number)
			break;
	if (i == FIELDS)
		return 0;
	field->number = entry->number;
	field->kind = kind_of(entry->kind);
	field->visit = strcmp(entry->relation, "visit") == 0;
	field->offset = places[i].offset;
	field->codes = codes_of(state, places[i].codes);
	if ((field->name = PyUnicode_InternFromString(entry->name)) == NULL)
		return -1;
	if ((place = PyLong_FromSize_t(state->field_count++)) == NULL)
		return -1;
	failed = PyDict_SetItem(state->places, field->name, place);
	Py_DECREF(place);
	return failed;
}

static int
relations_init(struct state *state)
{
	struct relation *relation;
	struct field *field;
	size_t i;

	for (i = 0; i < sizeof(of_relations) / sizeof(*of_relations); i++) {
		relation = &state->relations[of_relations[i].relation];
		field = &relation->fields[relation->count++];
		field->kind = of_relations[i].kind;
		field->offset = of_relations[i].offset;
		field->codes = codes_of(state, of_relations[i].codes);
		field->name = PyUnicode_InternFromString(of_relations[i].name);
		if (field->name == NULL)
			return -1;
	}
	return 0;
}

int
fields_init(struct state *state)
{
	static const int32_t tables[CODES] = {
		KPI_TABLE_DIRECTIONS,
		KPI_TABLE_OUTCOMES,
		KPI_TABLE_TRANSFERS,
		KPI_TABLE_ACTIVITIES,
		KPI_TABLE_DIMENSIONS,
	};
	kpi_entry entry = KPI_ENTRY_INIT;
	uint64_t i;

	for (i = 0; i < CODES; i++)
		if (codes_init(&state->codes[i], tables[i]) != 0)
			return -1;
	if ((state->places = PyDict_New()) == NULL)
		return -1;
	for (i = 0; kpi_catalogue_entry(KPI_TABLE_FIELDS, i, &entry) == KPI_OK;
	     i++)
		if (field_add(state, &entry) != 0)
			return -1;
	return relations_init(state);
}

const struct field *
field_find(const struct state *state, PyObject *name)
{
	PyObject *const place = PyDict_GetItemWithError(state->places, name);

	if (place == NULL) {
		PyErr_Clear();
		return NULL;
	}
	return &state->fields[PyLong_AsSize_t(place)];
}

/* Nothing here may run code of Python's, which might come in again. */
void
keywords_learn(struct state *state, PyObject *names)
{
	struct keywords *const keywords = &state->keywords;
	const size_t most =
	    sizeof(keywords->fields) / sizeof(*keywords->fields);
	const Py_ssize_t count = PyTuple_Size(names);
	PyObject *const last = keywords->names;
	Py_ssize_t i;

	if (names == last || (size_t)count > most)
		return;
	for (i = 0; i < count; i++)
		if (!PyUnicode_CheckExact(PyTuple_GetItem(names, i)))
			return;
	for (i = 0; i < count; i++)
		keywords->fields[i] =
		    field_find(state, PyTuple_GetItem(names, i));
	keywords->names = Py_NewRef(names);
	Py_XDECREF(last);
}

const struct field *
keyword_field(const struct state *state, PyObject *names, Py_ssize_t place)
{
	return names == state->keywords.names
	    ? state->keywords.fields[place]
	    : field_find(state, PyTuple_GetItem(names, place));
}

void
field_unknown(const struct state *state, const char *caller, PyObject *name)
{
	const char *const text =
	    PyUnicode_Check(name) ? PyUnicode_AsUTF8AndSize(name, NULL) : NULL;
	kpi_error error = KPI_ERROR_INIT, found = KPI_ERROR_INIT;
	kpi_entry entry = KPI_ENTRY_INIT;

	if (text == NULL) {
		PyErr_Clear();
		PyErr_Format(PyExc_TypeError,
		    "%s: the name of a field must be a str, not %R", caller,
		    name);
		return;
	}
	error.status =
	    kpi_catalogue_find(KPI_TABLE_FIELDS, text, &entry, &found);
	if (error.status == KPI_OK)
		error.status = KPI_EINVAL;
	(void)PyOS_snprintf(
	    error.field, sizeof(error.field), "%s", found.field);
	(void)PyOS_snprintf(error.text, sizeof(error.text), "%s: %s", caller,
	    found.text[0] == '\0' ? "the field is none that it takes"
				  : found.text);
	error_raise(state, error.status, &error);
}

struct spot
field_spot(const struct state *state, const struct field *field)
{
	const struct spot spot = { state, field->name, 0 };

	return spot;
}

/* The number of a code's name; 0, or -1 with what the library says of it. */
static int
code_read(const struct spot *spot, const struct field *field, PyObject *value,
    int64_t *out)
{
	PyObject *const number =
	    PyDict_GetItemWithError(field->codes->numbers, value);
	kpi_error error = KPI_ERROR_INIT;
	kpi_entry entry = KPI_ENTRY_INIT;
	kpi_status status;
	const char *text;

	if (number != NULL) {
		*out = PyLong_AsLong(number);
		return 0;
	}
	if (PyErr_Occurred() ||
	    (text = PyUnicode_AsUTF8AndSize(value, NULL)) == NULL)
		return -1;
	status = kpi_catalogue_find(field->codes->table, text, &entry, &error);
	if (status == KPI_OK) {
		*out = entry.number;
		return 0;
	}
	error.line = spot->row;
	error_raise_row(spot->state, status, &error);
	return -1;
}

int
field_number(const struct spot *spot, const struct field *field,
    PyObject *value, int64_t *out)
{
	if (field->kind == FIELD_INSTANT)
		return instant_read(spot, value, out);
	if (field->kind == FIELD_DURATION)
		return duration_read(spot, value, out);
	if (field->codes != NULL && PyUnicode_Check(value))
		return code_read(spot, field, value, out);
	return integer_read(spot, value, out);
}

int
field_read(const struct state *state, const struct field *field,
    PyObject *value, void *record, PyObject **kept)
{
	const struct spot spot = field_spot(state, field);
	void *const place = (char *)record + field->offset;

	return field->kind == FIELD_TEXT
	    ? text_read(&spot, value, kept, (const char **)place)
	    : field_number(&spot, field, value, (int64_t *)place);
}

PyObject *
number_new(const struct state *state, const struct field *field, int64_t number)
{
	PyObject *code, *name;

	if (field->kind == FIELD_INSTANT)
		return instant_new(state, number);
	code = PyLong_FromLongLong(number);
	if (code == NULL || field->codes == NULL)
		return code;
	if ((name = PyDict_GetItemWithError(field->codes->names, code)) == NULL)
		return PyErr_Occurred() ? (Py_DECREF(code), NULL) : code;
	Py_DECREF(code);
	return Py_NewRef(name);
}

int
field_show(const struct state *state, const struct field *field,
    const void *record, PyObject *dict)
{
	const void *const place = (const char *)record + field->offset;
	PyObject *value;
	const char *text;
	int64_t number;
	int failed;

	if (field->kind == FIELD_TEXT) {
		memcpy(&text, place, sizeof(text));
		if (text == NULL)
			return 0;
		value = PyUnicode_FromString(text);
	} else {
		memcpy(&number, place, sizeof(number));
		if (number == KPI_UNKNOWN)
			return 0;
		value = number_new(state, field, number);
	}
	failed = value == NULL || PyDict_SetItem(dict, field->name, value) != 0;
	Py_XDECREF(value);
	return failed ? -1 : 0;
}
