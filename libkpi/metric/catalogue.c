/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <kpi/catalogue.h>

#include "base/error.h"
#include "base/sized.h"
#include "base/suggestion.h"
#include "base/utf8.h"
#include "base/word.h"
#include "metric/preset.h"
#include "metric/table.h"
#include "store/field.h"

/* A line with nothing said yet: what does not apply stays "". */
static const kpi_entry blank = { sizeof(kpi_entry), 0, 0, "", "", "", "", "",
	"", "", "" };

/* Each fills in line `i` of its table; non-zero past the end. */

static int
field_line(kpi_entry *e, size_t i)
{
	const kpi__field *field =
	    i < KPI__FIELDS ? kpi__field_at((uint32_t)i) : NULL;

	if (field == NULL)
		return -1;
	e->number = field->number;
	e->name = field->name;
	e->kind = kpi__field_kind(field);
	e->unit = field->unit;
	e->values = field->values;
	e->relation = field->of_visit ? "visit" : "interaction";
	e->sentence = field->sentence;
	return 0;
}

static int
metric_line(kpi_entry *e, size_t i)
{
	const kpi__metric *metric = kpi__metric_at(i);

	if (metric == NULL)
		return -1;
	e->number = metric->number;
	e->name = metric->name;
	e->kind = metric->figure;
	e->unit = metric->unit;
	e->relation = metric->merge;
	e->sentence = metric->sentence;
	e->source = metric->formula;
	return 0;
}

static int
parameter_line(kpi_entry *e, size_t i)
{
	const kpi__parameter_info *p;

	if (i >= KPI__PARAMETERS)
		return -1;
	p = kpi__parameter_at((int32_t)i);
	e->name = p->name;
	e->kind = kpi__parameter_kind(p);
	if (p->kind == KPI__KIND_DURATION || p->kind == KPI__KIND_INSTANT)
		e->unit = "ms";
	e->values = kpi__parameter_values(p);
	e->initial = p->initial_text;
	e->relation = kpi__parameter_readers((int32_t)i);
	e->sentence = p->sentence;
	return 0;
}

static int
preset_line(kpi_entry *e, size_t i)
{
	const kpi__preset *preset = kpi__preset_at(i);

	if (preset == NULL)
		return -1;
	e->name = preset->name;
	e->values = preset->settings;
	e->relation = preset->metrics == NULL ? "" : preset->metrics;
	e->sentence = preset->sentence;
	e->source = preset->source;
	return 0;
}

static int
word_line(kpi_entry *e, int32_t table, size_t i)
{
	size_t count;
	const kpi__word *words = kpi__words(table, &count);

	if (i >= count)
		return -1;
	e->number = words[i].number;
	e->name = words[i].name;
	e->sentence = words[i].sentence;
	return 0;
}

static int
line(kpi_entry *e, int32_t table, size_t i)
{
	*e = blank;
	switch (table) {
	case KPI_TABLE_FIELDS:
		return field_line(e, i);
	case KPI_TABLE_METRICS:
		return metric_line(e, i);
	case KPI_TABLE_PARAMETERS:
		return parameter_line(e, i);
	case KPI_TABLE_PRESETS:
		return preset_line(e, i);
	default:
		return word_line(e, table, i);
	}
}

static size_t
count_lines(int32_t table)
{
	kpi_entry e;
	size_t n = 0;

	while (line(&e, table, n) == 0)
		n++;
	return n;
}

static kpi_status
hand_out(kpi_entry *out, const kpi_entry *e)
{
	return kpi__sized_write(
	    out, e, sizeof(*e), KPI__SIZE_TO(kpi_entry, source));
}

uint64_t
kpi_catalogue_count(int32_t table)
{
	return count_lines(table);
}

kpi_status
kpi_catalogue_entry(int32_t table, uint64_t index, kpi_entry *entry)
{
	kpi_entry e;

	if (index > SIZE_MAX || line(&e, table, (size_t)index) != 0)
		return KPI_EINVAL;
	return hand_out(entry, &e);
}

kpi_status
kpi_catalogue_number(int32_t table, int32_t number, kpi_entry *entry)
{
	kpi_entry e;

	if (table == KPI_TABLE_PARAMETERS || table == KPI_TABLE_PRESETS)
		return KPI_ENOTFOUND;
	for (size_t i = 0; line(&e, table, i) == 0; i++) {
		if (e.number == number)
			return hand_out(entry, &e);
	}
	return KPI_ENOTFOUND;
}

static const char *
name_of(const void *ctx, size_t i)
{
	const int32_t *table = ctx;
	kpi_entry e;

	(void)line(&e, *table, i);
	return e.name;
}

/* A name that a word is near in meaning, not in letters; NULL: none. */
static const char *
meant(int32_t table, const char *word)
{
	static const struct {
		int32_t table;
		const char *word, *name;
	} others[] = {
		{ KPI_TABLE_BUCKETS, "quarter_hour", "15min" },
		{ KPI_TABLE_BUCKETS, "quarter hour", "15min" },
		{ KPI_TABLE_BUCKETS, "half_hour", "30min" },
		{ KPI_TABLE_BUCKETS, "half hour", "30min" },
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		if (others[i].table == table &&
		    strcmp(others[i].word, word) == 0)
			return others[i].name;
	}
	return NULL;
}

static kpi_status
not_found(int32_t table, const char *name, kpi_error *error)
{
	static const char *const kinds[] = { [KPI_TABLE_FIELDS] = "field",
		[KPI_TABLE_DIMENSIONS] = "dimension",
		[KPI_TABLE_METRICS] = "metric",
		[KPI_TABLE_PARAMETERS] = "parameter",
		[KPI_TABLE_PRESETS] = "preset",
		[KPI_TABLE_OUTCOMES] = "outcome",
		[KPI_TABLE_BUCKETS] = "bucket",
		[KPI_TABLE_STATES] = "state",
		[KPI_TABLE_DIRECTIONS] = "direction",
		[KPI_TABLE_TRANSFERS] = "kind of transfer",
		[KPI_TABLE_ACTIVITIES] = "activity",
		[KPI_TABLE_VERDICTS] = "verdict",
		[KPI_TABLE_ROLES] = "role" };
	const char *const other = meant(table, name);
	const char *const word = other == NULL ? name : other;
	const size_t size = strlen(name);
	char quoted[KPI__QUOTE], right[KPI__SUGGESTION];

	return kpi__fail_at(error, KPI_ENOTFOUND,
	    kpi__utf8_is_text(name, size) ? name : "", "there is no %s %s; %s",
	    kinds[table], kpi__quote(quoted, name, size),
	    kpi__suggest(right, word, strlen(word), name_of, &table,
		count_lines(table)));
}

kpi_status
kpi_catalogue_find(
    int32_t table, const char *name, kpi_entry *entry, kpi_error *error)
{
	kpi_entry e;

	if (name == NULL || line(&e, table, 0) != 0)
		return kpi__fail(error, KPI_EINVAL,
		    "the name is NULL, or there is no such table");
	for (size_t i = 0; line(&e, table, i) == 0; i++) {
		if (strcmp(e.name, name) != 0)
			continue;
		if (hand_out(entry, &e) == KPI_OK)
			return KPI_OK;
		return kpi__fail(error, KPI_EINVAL, "the entry has no size");
	}
	return not_found(table, name, error);
}
