/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <kpi/catalogue.h>
#include <kpi/definition.h>
#include <kpi/explain.h>
#include <kpi/interaction.h>
#include <kpi/query.h>
#include <kpi/result.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "metric/preset.h"
#include "metric/table.h"
#include "metric/value.h"

#include "runner.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* How many lines each table has, and one of them. */
static const struct {
	int32_t table;
	uint64_t count;
	const char *name;
	int32_t number;
} tables[] = {
	{ KPI_TABLE_FIELDS, 48, "wait", KPI_FIELD_WAIT },
	{ KPI_TABLE_DIMENSIONS, 13, "attribute_4", KPI_BY_ATTRIBUTE_4 },
	{ KPI_TABLE_METRICS, 90, "nps", KPI_METRIC_NPS },
	{ KPI_TABLE_PARAMETERS, KPI__PARAMETERS, "wait_parts", 0 },
	{ KPI_TABLE_PRESETS, 39, "genesys", 0 },
	{ KPI_TABLE_OUTCOMES, 13, "emptied", KPI_OUTCOME_EMPTIED },
	{ KPI_TABLE_BUCKETS, 8, "15min", KPI_BUCKET_QUARTER_HOUR },
	{ KPI_TABLE_STATES, 5, "no data", KPI_STATE_NO_DATA },
	{ KPI_TABLE_DIRECTIONS, 3, "internal", KPI_DIRECTION_INTERNAL },
	{ KPI_TABLE_TRANSFERS, 7, "attended", KPI_TRANSFER_ATTENDED },
	{ KPI_TABLE_VERDICTS, 6, "missed within noise",
	    KPI_VERDICT_MISSED_WITHIN_NOISE },
	{ KPI_TABLE_ACTIVITIES, 6, "training", KPI_ACTIVITY_TRAINING },
	{ KPI_TABLE_ROLES, 8, "truncated", KPI_ROLE_TRUNCATED },
};

START_TEST(a_line_is_found_by_place_name_and_number)
{
	const int32_t table = tables[_i].table;
	kpi_error error = KPI_ERROR_INIT;
	kpi_entry entry = KPI_ENTRY_INIT, same = KPI_ENTRY_INIT;

	ck_assert_uint_eq(kpi_catalogue_count(table), tables[_i].count);
	ck_assert_int_eq(
	    kpi_catalogue_find(table, tables[_i].name, &entry, &error), KPI_OK);
	ck_assert_str_eq(entry.name, tables[_i].name);
	ck_assert_int_eq(entry.number, tables[_i].number);
	if (table == KPI_TABLE_PARAMETERS || table == KPI_TABLE_PRESETS) {
		ck_assert_int_eq(
		    kpi_catalogue_number(table, 0, &same), KPI_ENOTFOUND);
		return;
	}
	ck_assert_int_eq(
	    kpi_catalogue_number(table, entry.number, &same), KPI_OK);
	ck_assert_str_eq(same.name, entry.name);
	ck_assert_int_eq(
	    kpi_catalogue_number(table, 999, &same), KPI_ENOTFOUND);
}
END_TEST

static void
check_line(int32_t table, uint64_t i)
{
	kpi_entry entry = KPI_ENTRY_INIT, found = KPI_ENTRY_INIT;
	const char *texts[8];

	ck_assert_int_eq(kpi_catalogue_entry(table, i, &entry), KPI_OK);
	texts[0] = entry.name, texts[1] = entry.kind, texts[2] = entry.unit;
	texts[3] = entry.values, texts[4] = entry.initial;
	texts[5] = entry.relation, texts[6] = entry.sentence;
	texts[7] = entry.source;
	for (size_t j = 0; j < COUNT(texts); j++)
		ck_assert_ptr_nonnull(texts[j]);
	ck_assert_uint_gt(strlen(entry.name), 0);
	ck_assert_msg(entry.sentence[0] != '\0' &&
		entry.sentence[strlen(entry.sentence) - 1] == '.',
	    "%s", entry.name);
	ck_assert_int_eq(
	    kpi_catalogue_find(table, entry.name, &found, NULL), KPI_OK);
	ck_assert_ptr_eq(found.sentence, entry.sentence);
}

START_TEST(every_line_has_a_name_of_its_own_and_a_sentence)
{
	const int32_t table = tables[_i].table;
	kpi_entry entry = KPI_ENTRY_INIT;
	const uint64_t count = kpi_catalogue_count(table);

	for (uint64_t i = 0; i < count; i++)
		check_line(table, i);
	ck_assert_int_eq(kpi_catalogue_entry(table, count, &entry), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_catalogue_entry(table, UINT64_MAX, &entry), KPI_EINVAL);
}
END_TEST

static const struct {
	int32_t table;
	const char *word, *says;
} wrong[] = {
	{ KPI_TABLE_METRICS, "service_levle",
	    "no metric \"service_levle\"; the nearest is \"service_level\"" },
	{ KPI_TABLE_METRICS, "x", "expected is contacts, visits" },
	{ KPI_TABLE_DIMENSIONS, "agnet", "the nearest is \"agent\"" },
	{ KPI_TABLE_BUCKETS, "fortnight", "15min, 30min, hour, day" },
	{ KPI_TABLE_BUCKETS, "quarter_hour",
	    "no bucket \"quarter_hour\"; the nearest is \"15min\"" },
	{ KPI_TABLE_BUCKETS, "half hour", "the nearest is \"30min\"" },
	{ KPI_TABLE_BUCKETS, "quarterly", "the nearest is \"quarter\"" },
	{ KPI_TABLE_PRESETS, "Genesys", "the nearest is \"genesys\"" },
	{ KPI_TABLE_DIRECTIONS, "", "expected is inbound" },
	{ KPI_TABLE_FIELDS, "w\x01\xff", "no field \"w\?\?\"" },
};

START_TEST(a_wrong_name_is_told_the_right_one)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_entry entry = KPI_ENTRY_INIT;

	ck_assert_int_eq(
	    kpi_catalogue_find(wrong[_i].table, wrong[_i].word, &entry, &error),
	    KPI_ENOTFOUND);
	ck_assert_msg(
	    strstr(error.text, wrong[_i].says) != NULL, "%s", error.text);
	ck_assert_ptr_null(entry.name);
}
END_TEST

START_TEST(no_such_table_has_lines)
{
	static const int32_t none[] = { -1, 0, 14, INT32_MAX, INT32_MIN };
	kpi_entry entry = KPI_ENTRY_INIT;

	for (size_t i = 0; i < COUNT(none); i++) {
		ck_assert_uint_eq(kpi_catalogue_count(none[i]), 0);
		ck_assert_int_eq(
		    kpi_catalogue_entry(none[i], 0, &entry), KPI_EINVAL);
		ck_assert_int_eq(
		    kpi_catalogue_number(none[i], 1, &entry), KPI_ENOTFOUND);
		ck_assert_int_eq(
		    kpi_catalogue_find(none[i], "wait", &entry, NULL),
		    KPI_EINVAL);
	}
	ck_assert_int_eq(
	    kpi_catalogue_find(KPI_TABLE_FIELDS, NULL, &entry, NULL),
	    KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_catalogue_entry(KPI_TABLE_FIELDS, 0, NULL), KPI_EINVAL);
	entry.size = 8;
	ck_assert_int_eq(
	    kpi_catalogue_find(KPI_TABLE_FIELDS, "wait", &entry, NULL),
	    KPI_EINVAL);
}
END_TEST

static const char *
printed(const kpi__parameter_info *p, int64_t value)
{
	static char text[1024];
	kpi__buffer b;

	kpi__buffer_init(&b, &kpi__default_allocator);
	kpi__value_print(&b, p, value);
	ck_assert_uint_lt(b.size, sizeof(text));
	memcpy(text, b.bytes, b.size);
	text[b.size] = '\0';
	kpi__buffer_free(&b);
	return text;
}

/* Every word that it is printed with is among those it is said to take. */
static void
check_terms(const kpi__parameter_info *p)
{
	for (size_t i = 0; p->terms != NULL && i < p->terms->count; i++) {
		const char *name = p->terms->at[i].name;
		const size_t size = strcspn(name, "_");
		char word[64];

		memcpy(word, name, size);
		word[size] = '\0';
		ck_assert_msg(strstr(p->terms->values, word) != NULL,
		    "%s of %s", name, p->name);
	}
}

START_TEST(parameters_stand_by_name_with_their_default_as_printed)
{
	const kpi__parameter_info *p = kpi__parameter_at(_i);
	int64_t value = 0;

	ck_assert_str_eq(printed(p, p->initial), p->initial_text);
	ck_assert_int_eq(kpi__value_parse(&value, p, p->initial_text,
			     strlen(p->initial_text), NULL),
	    KPI_OK);
	ck_assert_int_eq(value, p->initial);
	ck_assert_int_eq(kpi__parameter_find(p->name, strlen(p->name)), _i);
	if (_i > 0)
		ck_assert_int_lt(
		    strcmp(kpi__parameter_at(_i - 1)->name, p->name), 0);
	check_terms(p);
	ck_assert_ptr_null(kpi__parameter_at(KPI__PARAMETERS));
	ck_assert_ptr_null(kpi__parameter_at(-1));
}
END_TEST

static int
names(const char *list, const char *name)
{
	const kpi__preset one = { "", list, "", "", "" };

	return kpi__preset_concerns(&one, name);
}

START_TEST(a_parameter_concerns_the_metrics_that_read_it)
{
	const char *readers = kpi__parameter_readers(_i);
	const kpi__metric *metric;
	int read = 0;

	for (size_t i = 0; (metric = kpi__metric_at(i)) != NULL; i++) {
		const int reads = kpi__metric_reads(metric, _i);

		ck_assert_int_eq(names(readers, metric->name), reads);
		read += reads;
	}
	ck_assert_int_gt(read, 0);
}
END_TEST

START_TEST(metrics_stand_by_number_and_read_by_name)
{
	const kpi__metric *metric;
	int32_t last = 0;

	for (size_t i = 0; (metric = kpi__metric_at(i)) != NULL; i++) {
		ck_assert_int_gt(metric->number, last);
		last = metric->number;
		ck_assert_ptr_eq(kpi__metric_find(last), metric);
		for (const uint8_t *p = metric->reads; *p != KPI__PARAMETERS;
		     p++)
			ck_assert_int_lt(p[0], p[1]);
		ck_assert_int_eq(
		    metric->units != 0, kpi__metric_reads(metric, KPI__UNIT));
	}
	ck_assert_ptr_null(kpi__metric_find(last + 1));
}
END_TEST

/* A setting that its metrics do not read would be passed over unseen. */
START_TEST(every_setting_of_a_preset_is_read_by_one_of_its_metrics)
{
	const kpi__preset *preset = kpi__preset_at((size_t)_i);
	const char *at = preset->settings;
	const kpi__metric *metric;

	while (*at != '\0') {
		const int32_t parameter =
		    kpi__parameter_find(at, strcspn(at, "="));
		int read = 0;

		ck_assert_int_lt(parameter, KPI__PARAMETERS);
		for (size_t i = 0; (metric = kpi__metric_at(i)) != NULL; i++)
			read += kpi__metric_reads(metric, parameter) &&
			    kpi__preset_concerns(preset, metric->name);
		ck_assert_msg(read > 0, "%s: %s", preset->name, at);
		at += strcspn(at, " ");
		at += *at == ' ';
	}
}
END_TEST

START_TEST(a_setting_in_a_preset_is_what_the_catalogue_says)
{
	kpi_entry entry = KPI_ENTRY_INIT;

	ck_assert_int_eq(
	    kpi_catalogue_find(KPI_TABLE_PRESETS, "mitel", &entry, NULL),
	    KPI_OK);
	ck_assert_str_eq(entry.values,
	    "short_abandon_threshold=6s service_level_numerator=answered_in "
	    "service_level_denominator=answered,abandoned_long,flowed");
	ck_assert_str_eq(entry.relation, "service_level");
	ck_assert_int_eq(kpi_catalogue_find(KPI_TABLE_PARAMETERS,
			     "short_answer_threshold", &entry, NULL),
	    KPI_OK);
	ck_assert_str_eq(entry.kind, "duration");
	ck_assert_str_eq(entry.unit, "ms");
	ck_assert_str_eq(entry.values, "0 to 1h");
	ck_assert_str_eq(entry.initial, "0d");
	ck_assert_str_eq(entry.relation,
	    "contacts, service_level, abandonment_rate, answer_rate, "
	    "average_wait, longest_wait, channel_mix, reason_mix, wait_p50, "
	    "wait_p75, wait_p90, wait_p95, wait_p99, wait_quantile");
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("catalogue");
	TCase *tc = tcase_create("core");

	tcase_add_loop_test(tc, a_line_is_found_by_place_name_and_number, 0,
	    (int)COUNT(tables));
	tcase_add_loop_test(tc, every_line_has_a_name_of_its_own_and_a_sentence,
	    0, (int)COUNT(tables));
	tcase_add_loop_test(
	    tc, a_wrong_name_is_told_the_right_one, 0, (int)COUNT(wrong));
	tcase_add_test(tc, no_such_table_has_lines);
	tcase_add_loop_test(tc,
	    parameters_stand_by_name_with_their_default_as_printed, 0,
	    KPI__PARAMETERS);
	tcase_add_loop_test(tc, a_parameter_concerns_the_metrics_that_read_it,
	    0, KPI__PARAMETERS);
	tcase_add_test(tc, metrics_stand_by_number_and_read_by_name);
	tcase_add_loop_test(
	    tc, every_setting_of_a_preset_is_read_by_one_of_its_metrics, 0, 32);
	tcase_add_test(tc, a_setting_in_a_preset_is_what_the_catalogue_says);
	suite_add_tcase(s, tc);
	return s;
}
