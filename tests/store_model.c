/* SPDX-License-Identifier: MIT */
#include "store_model.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/field.h"
#include "store/snapshot.h"

#define LINE 2048

uint32_t
model_random(uint64_t *seed, uint32_t below)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (uint32_t)(*seed >> 33) % below;
}

static const char *const ids[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8",
	"9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20",
	"21", "22", "23", "24", "25", "26", "27", "28", "29",
	"a-rather-long-id-of-one-interaction",
	"\xc3\xa4" };
static const char *const sources[] = { NULL, "pbx", "crm" };
static const char *const words[] = { NULL, "a", "b", "c", "long word here",
	"\xe2\x82\xac", "voice", "chat" };

static const char *
word(uint64_t *seed)
{
	return words[model_random(seed, 8)];
}

static int64_t
integer(const kpi__field *field, uint64_t *seed)
{
	const uint64_t extent =
	    (uint64_t)field->greatest - (uint64_t)field->least;
	const uint32_t r = model_random(seed, 1000);

	if (model_random(seed, 3) == 0)
		return KPI_UNKNOWN;
	if (field->type == KPI__TYPE_INSTANT)
		return INT64_C(1700000000000) + (int64_t)r * 60000;
	/* What another field may limit. */
	if (field->number == KPI_FIELD_RING || field->number == KPI_FIELD_CSAT ||
	    field->number == KPI_FIELD_CES)
		return field->least;
	if (extent < 1000)
		return field->least + (int64_t)(r % (extent + 1));
	if (r == 0)
		return field->greatest;
	return r == 1 ? field->least : (int64_t)r * 100;
}

static void
fill(void *record, int of_visit, uint64_t *seed)
{
	for (uint32_t i = 0; i < KPI__FIELDS; i++) {
		const kpi__field *field = kpi__field_at(i);
		char *at = (char *)record + field->offset;

		if (field->of_visit != of_visit)
			continue;
		if (field->type == KPI__TYPE_TEXT) {
			const char *text = word(seed);

			memcpy(at, &text, sizeof(text));
		} else {
			const int64_t value = integer(field, seed);

			memcpy(at, &value, sizeof(value));
		}
	}
}

void
model_make(struct model_one *one, uint64_t *seed, int update)
{
	const kpi_interaction whole = KPI_INTERACTION_INIT;
	const kpi_visit visit = KPI_VISIT_INIT;

	one->whole = whole;
	if (!update || model_random(seed, 2) == 0)
		fill(&one->whole, 0, seed);
	one->whole.id = ids[model_random(seed, 32)];
	one->whole.source = sources[model_random(seed, 3)];
	if (update && model_random(seed, 2) == 0)
		one->whole.nps = model_random(seed, 11);
	if (!update && one->whole.started_at == KPI_UNKNOWN)
		one->whole.started_at = INT64_C(1690000000000) +
		    (int64_t)model_random(seed, 1000) * 1000;
	one->whole.visit_count = update && model_random(seed, 2) == 0
	    ? 0
	    : 1 + (model_random(seed, 3) == 0 ? model_random(seed, 3) : 0);
	for (uint64_t v = 0; v < one->whole.visit_count; v++) {
		one->visits[v] = visit;
		fill(&one->visits[v], 1, seed);
	}
	one->whole.visits = one->visits;
}

void
model_copy(struct model_one *to, const struct model_one *from)
{
	*to = *from;
	to->whole.visits = to->visits;
}

static int
same(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

size_t
model_find(const struct model *model, const char *source, const char *id)
{
	for (size_t i = 0; id != NULL && i < model->count; i++)
		if (model->one[i].whole.id != NULL &&
		    same(model->one[i].whole.id, id) &&
		    same(model->one[i].whole.source, source))
			return i;
	return MODEL_MOST;
}

void
model_add(struct model *model, const struct model_one *one)
{
	const kpi_visit visit = KPI_VISIT_INIT;
	struct model_one *to = &model->one[model->count++];

	ck_assert_uint_lt(model->count, MODEL_MOST);
	model_copy(to, one);
	if (to->whole.visit_count == 0) {
		to->whole.visit_count = 1;
		to->visits[0] = visit;
	}
}

void
model_update(
    struct model *model, size_t at, const struct model_one *one, int32_t clear)
{
	const kpi_interaction blank = KPI_INTERACTION_INIT;
	struct model_one *to = &model->one[at];

	for (uint32_t i = 0; i < KPI__WHOLE_FIELDS; i++) {
		const kpi__field *field = kpi__field_at(i);
		const size_t size = field->type == KPI__TYPE_TEXT
		    ? sizeof(char *)
		    : sizeof(int64_t);
		const char *from = (const char *)&one->whole + field->offset;
		const char *none = (const char *)&blank + field->offset;
		char *mine = (char *)&to->whole + field->offset;

		if (memcmp(from, none, size) != 0)
			memcpy(mine, from, size);
		else if (field->number == clear)
			memcpy(mine, none, size);
	}
	if (one->whole.visit_count > 0) {
		to->whole.visit_count = one->whole.visit_count;
		memcpy(to->visits, one->visits, sizeof(to->visits));
	}
}

void
model_delete(struct model *model, size_t at)
{
	model_copy(&model->one[at], &model->one[--model->count]);
}

static size_t
print_fields(const void *record, int of_visit, char *text, size_t room)
{
	size_t at = 0;

	for (uint32_t i = 0; i < KPI__FIELDS; i++) {
		const kpi__field *field = kpi__field_at(i);
		const char *from = (const char *)record + field->offset;
		const char *word_at;
		int64_t value;

		if (field->of_visit != of_visit)
			continue;
		memcpy(&value, from, sizeof(value));
		if (field->type == KPI__TYPE_TEXT) {
			memcpy(&word_at, from, sizeof(word_at));
			at += (size_t)snprintf(text + at, room - at, "%s,",
			    word_at == NULL ? "" : word_at);
		} else if (value == KPI_UNKNOWN)
			at += (size_t)snprintf(text + at, room - at, ",");
		else
			at += (size_t)snprintf(
			    text + at, room - at, "%lld,", (long long)value);
		ck_assert_uint_lt(at, room);
	}
	return at;
}

void
model_print(const kpi_interaction *whole, char *text, size_t room)
{
	size_t at = print_fields(whole, 0, text, room);

	for (uint64_t v = 0; v < whole->visit_count; v++) {
		text[at++] = '|';
		at += print_fields(&whole->visits[v], 1, text + at, room - at);
	}
}

static int
compare_lines(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void
print_store(char (*lines)[LINE], size_t count, kpi_store *store)
{
	kpi__snapshot *snapshot;
	size_t n = 0;

	ck_assert_int_eq(kpi__snapshot_take(&snapshot, store, NULL), KPI_OK);
	for (uint32_t p = 0; p < kpi__snapshot_parts(snapshot); p++) {
		const kpi__part *part = kpi__snapshot_part(snapshot, p);

		for (uint32_t i = 0; i < part->interactions; i++) {
			kpi_error error = KPI_ERROR_INIT;
			kpi_record *record;

			if (part->dead != NULL &&
			    (part->dead[i / 64] >> i % 64 & 1) != 0)
				continue;
			ck_assert_uint_lt(n, count);
			ck_assert_msg(kpi__snapshot_record(snapshot, p, i,
					  &record, &error) == KPI_OK,
			    "%s", error.text);
			model_print(
			    kpi_record_interaction(record), lines[n++], LINE);
			kpi_record_free(record);
		}
	}
	ck_assert_uint_eq(n, count);
	kpi__snapshot_release(snapshot);
}

void
model_compare(const struct model *model, kpi_store *store)
{
	const size_t n = model->count;
	char(*expected)[LINE] = calloc(n + 1, LINE);
	char(*found)[LINE] = calloc(n + 1, LINE);

	ck_assert(expected != NULL && found != NULL);
	for (size_t i = 0; i < n; i++)
		model_print(&model->one[i].whole, expected[i], LINE);
	print_store(found, n, store);
	qsort(expected, n, LINE, compare_lines);
	qsort(found, n, LINE, compare_lines);
	for (size_t i = 0; i < n; i++)
		ck_assert_str_eq(found[i], expected[i]);
	free(expected);
	free(found);
}
