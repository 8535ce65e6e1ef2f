/* SPDX-License-Identifier: MIT */
#include "ingest/csv_word.h"

#include <string.h>

#include "base/word.h"
#include "ingest/csv_name.h"
#include "ingest/csv_number.h"

static const struct {
	int32_t table;    /* KPI_TABLE_; 0: yes and no */
	const char *name; /* plain */
	int64_t value;
} usual[] = {
	{ 0, "yes", 1 },
	{ 0, "y", 1 },
	{ 0, "true", 1 },
	{ 0, "t", 1 },
	{ 0, "no", 0 },
	{ 0, "n", 0 },
	{ 0, "false", 0 },
	{ 0, "f", 0 },
	/* "no answer", "missed" and "busy" are left out: whose they are, the
	 * customer's or the centre's, no two systems agree on */
	{ KPI_TABLE_OUTCOMES, "handled", KPI_OUTCOME_ANSWERED },
	{ KPI_TABLE_OUTCOMES, "abandon", KPI_OUTCOME_ABANDONED },
	{ KPI_TABLE_OUTCOMES, "timeout", KPI_OUTCOME_TIMED_OUT },
	{ KPI_TABLE_DIRECTIONS, "in", KPI_DIRECTION_INBOUND },
	{ KPI_TABLE_DIRECTIONS, "incoming", KPI_DIRECTION_INBOUND },
	{ KPI_TABLE_DIRECTIONS, "out", KPI_DIRECTION_OUTBOUND },
	{ KPI_TABLE_DIRECTIONS, "outgoing", KPI_DIRECTION_OUTBOUND },
	{ KPI_TABLE_TRANSFERS, "cold", KPI_TRANSFER_BLIND },
	{ KPI_TABLE_TRANSFERS, "warm", KPI_TRANSFER_ATTENDED },
};

static int32_t
table_of(const kpi__field *field)
{
	switch (field->number) {
	case KPI_FIELD_OUTCOME:
		return KPI_TABLE_OUTCOMES;
	case KPI_FIELD_DIRECTION:
		return KPI_TABLE_DIRECTIONS;
	case KPI_FIELD_TRANSFER:
		return KPI_TABLE_TRANSFERS;
	default:
		return 0;
	}
}

int
kpi__csv_is_worded(const kpi__field *field)
{
	return field->type == KPI__TYPE_FLAG || table_of(field) != 0;
}

int64_t
kpi__csv_word(const kpi__field *field, const char *text, size_t size)
{
	const int32_t table = table_of(field);
	char plain[KPI__CSV_NAME], own[KPI__CSV_NAME];
	const kpi__word *words;
	int64_t number;
	size_t count;

	/* 1 and 0, as 1.0 and 0.0, too */
	if (table == 0 && kpi__csv_scaled(text, size, 1, ',', 1, &number))
		return number == 0 || number == 1 ? number : KPI_UNKNOWN;
	(void)kpi__csv_plain(plain, text, size);
	words = kpi__words(table, &count);
	for (size_t i = 0; i < count; i++) {
		(void)kpi__csv_plain(own, words[i].name, strlen(words[i].name));
		if (strcmp(plain, own) == 0)
			return words[i].number;
	}
	for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
		if (usual[i].table == table &&
		    strcmp(plain, usual[i].name) == 0)
			return usual[i].value;
	return KPI_UNKNOWN;
}

const char *
kpi__csv_words(const kpi__field *field)
{
	switch (table_of(field)) {
	case KPI_TABLE_OUTCOMES:
		return "answered, abandoned, voicemail or another outcome";
	case KPI_TABLE_DIRECTIONS:
		return "inbound, outbound or internal";
	case KPI_TABLE_TRANSFERS:
		return "none, blind, attended or another kind of transfer";
	default:
		return field->type == KPI__TYPE_FLAG ? "yes or no"
						     : field->values;
	}
}
