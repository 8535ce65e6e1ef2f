/* SPDX-License-Identifier: MIT */
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"

#define TEXT_ROOM 16

static void *
own(loaded *l, size_t count, size_t size)
{
	void *data = malloc(count * size);

	if (data != NULL)
		l->owned[l->owned_count++] = data;
	return data;
}

static void
take(loaded *l, int32_t field, int32_t type, const void *data,
    const char *const *dictionary, uint32_t texts)
{
	kpi_column *c = &l->column[l->count++];

	*c = (kpi_column)KPI_COLUMN_INIT;
	c->field = field;
	c->type = type;
	c->data = data;
	c->dictionary = dictionary;
	c->dictionary_count = texts;
}

/* As many texts as there are numbers below `count`. */
static const char *const *
make_texts(loaded *l, const char *form, uint32_t count)
{
	char *room = own(l, count, TEXT_ROOM);
	const char **text = own(l, count, sizeof(*text));

	if (room == NULL || text == NULL)
		return NULL;
	for (uint32_t i = 0; i < count; i++) {
		char *at = room + (size_t)i * TEXT_ROOM;

		(void)snprintf(at, TEXT_ROOM, form, i);
		text[i] = at;
	}
	return text;
}

/* The small numbers of a column, each as value[number]; NULL: as it is. */
static int32_t *
widen(loaded *l, const uint8_t *from, const int32_t *value)
{
	int32_t *to = own(l, l->rows, sizeof(*to));

	for (uint32_t i = 0; i < l->rows && to != NULL; i++)
		to[i] = value == NULL ? from[i] : value[from[i]];
	return to;
}

static int
take_small(loaded *l, int32_t field, const uint8_t *from, const int32_t *value)
{
	const int32_t *data = widen(l, from, value);

	take(l, field, KPI_COLUMN_INT32, data, NULL, 0);
	return data != NULL;
}

static int
take_names(loaded *l, int32_t field, const uint8_t *from,
    const char *const *names, uint32_t count)
{
	const int32_t *data = widen(l, from, NULL);

	take(l, field, KPI_COLUMN_DICTIONARY, data, names, count);
	return data != NULL;
}

static int
take_ids(loaded *l, const rows *r)
{
	const char *const *texts = make_texts(l, "%09u", r->count + 1);
	const char **id = own(l, r->count, sizeof(*id));

	take(l, KPI_FIELD_ID, KPI_COLUMN_TEXT, id, NULL, 0);
	if (texts == NULL || id == NULL)
		return 0;
	for (uint32_t i = 0; i < r->count; i++)
		id[i] = texts[r->id[i]];
	return 1;
}

/* Agent 0 is nobody, and a place below 0 is unknown. */
static int
take_agents(loaded *l, const rows *r)
{
	const char *const *names = make_texts(l, "agent%04u", AGENTS + 1);
	int32_t *data = own(l, r->count, sizeof(*data));

	take(l, KPI_FIELD_AGENT, KPI_COLUMN_DICTIONARY, data, names,
	    AGENTS + 1);
	if (names == NULL || data == NULL)
		return 0;
	for (uint32_t i = 0; i < r->count; i++)
		data[i] = r->agent[i] == NO_AGENT ? -1 : r->agent[i];
	return 1;
}

static int
take_customers(loaded *l, const rows *r)
{
	const char *const *names = make_texts(l, "c%07u", r->customers);

	take(l, KPI_FIELD_CUSTOMER, KPI_COLUMN_DICTIONARY, r->customer, names,
	    r->customers);
	return names != NULL;
}

/* A mark that is not given is unknown. */
static int
take_marks(loaded *l, const rows *r)
{
	int32_t value[256];

	for (int mark = 0; mark < 256; mark++)
		value[mark] = mark;
	value[NO_NPS] = INT32_MIN;
	if (!take_small(l, KPI_FIELD_NPS, r->nps, value))
		return 0;
	value[NO_CSAT] = INT32_MIN;
	return take_small(l, KPI_FIELD_CSAT, r->csat, value) &&
	    take_small(l, KPI_FIELD_CES, r->ces, value);
}

int
loaded_make(loaded *l, const rows *r)
{
	static const int32_t direction[] = { KPI_DIRECTION_INBOUND,
		KPI_DIRECTION_OUTBOUND };
	static const int32_t outcome[] = { KPI_OUTCOME_ANSWERED,
		KPI_OUTCOME_ABANDONED, KPI_OUTCOME_SELF_SERVED };
	static const int32_t resolved[] = { 1, 0, INT32_MIN };

	memset(l, 0, sizeof(*l));
	l->rows = r->count;
	take(l, KPI_FIELD_STARTED_AT, KPI_COLUMN_INT64, r->started_at, NULL, 0);
	take(l, KPI_FIELD_WAIT, KPI_COLUMN_INT32, r->wait, NULL, 0);
	take(l, KPI_FIELD_TALK, KPI_COLUMN_INT32, r->talk, NULL, 0);
	take(l, KPI_FIELD_HOLD, KPI_COLUMN_INT32, r->hold, NULL, 0);
	take(l, KPI_FIELD_AFTER_CALL, KPI_COLUMN_INT32, r->after_call, NULL,
	    0);
	take(l, KPI_FIELD_COST, KPI_COLUMN_INT32, r->cost, NULL, 0);
	if (take_ids(l, r) && take_customers(l, r) && take_agents(l, r) &&
	    take_names(l, KPI_FIELD_QUEUE, r->queue, queue_names, QUEUES) &&
	    take_names(l, KPI_FIELD_CHANNEL, r->channel, channel_names,
		CHANNELS) &&
	    take_names(l, KPI_FIELD_REASON, r->reason, reason_names,
		REASONS) &&
	    take_small(l, KPI_FIELD_DIRECTION, r->outbound, direction) &&
	    take_small(l, KPI_FIELD_OUTCOME, r->outcome, outcome) &&
	    take_small(l, KPI_FIELD_RESOLVED, r->resolution, resolved) &&
	    take_marks(l, r))
		return 1;
	loaded_free(l);
	return 0;
}

void
loaded_free(loaded *l)
{
	for (uint32_t i = 0; i < l->owned_count; i++)
		free(l->owned[i]);
	memset(l, 0, sizeof(*l));
}

kpi_store *
loaded_store(const loaded *l, const char *path, uint64_t memory)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;

	options.memory = memory;
	if (path != NULL)
		(void)remove(path);
	if (kpi_store_open(&store, path, &options, &error) != KPI_OK ||
	    kpi_store_add_columns(
		store, l->rows, l->column, l->count, &error) != KPI_OK)
		fail(&error);
	return store;
}
