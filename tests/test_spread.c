/* SPDX-License-Identifier: MIT */
/* One metric by every preset, in one pass. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "asked.h"
#include "ration.h"
#include "runner.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static kpi_store *store;

static void
add_waits(int64_t outcome, int64_t wait, uint64_t count)
{
	add_calls(store,
	    (call){ MONDAY, outcome, wait, MINUTE, "c", "amira", "q" }, count);
}

/* 1000 answered, 860 of them in time; 60 abandoned: 10 within 5 s, 20 within
 * 20 s. */
static void
setup(void)
{
	store = new_store();
	add_waits(KPI_OUTCOME_ANSWERED, 20 * SECOND, 860);
	add_waits(KPI_OUTCOME_ANSWERED, 20 * SECOND + 1, 140);
	add_waits(KPI_OUTCOME_ABANDONED, 5 * SECOND, 10);
	add_waits(KPI_OUTCOME_ABANDONED, 20 * SECOND, 10);
	add_waits(KPI_OUTCOME_ABANDONED, 21 * SECOND, 40);
}

static void
teardown(void)
{
	kpi_store_close(store);
}

static kpi_result *
spread(const char *text)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d;
	kpi_result *result;

	ck_assert_msg(kpi_definition_parse(&d, text, NULL, &error) == KPI_OK,
	    "%s", error.text);
	ck_assert_msg(kpi_spread(&result, store, NULL, d, &error) == KPI_OK,
	    "%s: %s", text, error.text);
	kpi_definition_free(d);
	return result;
}

/* Whether the names have this one, between commas and spaces. */
static int
has_name(const char *names, const char *name)
{
	const size_t size = strlen(name);

	for (; names != NULL; names = strchr(names, ',')) {
		names += strspn(names, ", ");
		if (strncmp(names, name, size) == 0 &&
		    (names[size] == ',' || names[size] == '\0'))
			return 1;
	}
	return 0;
}

/* The only column of the preset. */
static uint64_t
column_of(const kpi_result *r, const char *preset)
{
	uint64_t found = UINT64_MAX;

	for (uint64_t i = 0; i < kpi_result_count(r); i++) {
		if (!has_name(kpi_result_presets(r, i), preset))
			continue;
		ck_assert_msg(found == UINT64_MAX, "%s twice", preset);
		found = i;
	}
	ck_assert_msg(found != UINT64_MAX, "%s is no column", preset);
	return found;
}

static kpi_figure
figure_of(const kpi_result *r, uint64_t column)
{
	kpi_figure f = KPI_FIGURE_INIT;

	ck_assert(kpi_result_figure(r, 0, column, &f) == KPI_OK);
	return f;
}

static const struct {
	const char *preset;
	double percent, short_percent; /* of S = 5 s for all */
} levels[] = {
	{ "icmi1", 83.018867924528, 82.075471698113 },
	{ "cisco-positive", 83.018867924528, 82.075471698113 },
	{ "icmi2", 86, 86 },
	{ "cisco-handled", 86, 86 },
	{ "att-cms", 86, 86 },
	{ "wazo", 86, 86 },
	{ "default", 81.132075471698, 81.904761904762 },
	{ "icmi3", 81.132075471698, 81.904761904762 },
	{ "cisco-negative", 81.132075471698, 81.904761904762 },
	{ "icmi4", 82.692307692308, 82.692307692308 },
	{ "cisco-ignored", 82.692307692308, 82.692307692308 },
	{ "bright-pattern", 82.692307692308, 82.692307692308 },
	{ "icmi5", 82.075471698113, 82.075471698113 },
	{ "talkdesk", 81.132075471698, 81.904761904762 },
	{ "stat-server", 81.132075471698, 81.904761904762 },
	{ "genesys", 81.132075471698, 81.904761904762 },
};

START_TEST(one_set_of_calls_has_81_to_86_per_cent_by_published_formulas)
{
	kpi_result *r = spread("service_level");
	kpi_result *s = spread("service_level short_abandon_threshold=5s");
	double least = 100, most = 0;

	for (size_t i = 0; i < COUNT(levels); i++) {
		const double percent = 100 *
		    figure_of(r, column_of(r, levels[i].preset)).value;

		ck_assert_near(percent, levels[i].percent, 1e-9);
		ck_assert_near(100 *
			figure_of(s, column_of(s, levels[i].preset)).value,
		    levels[i].short_percent, 1e-9);
		least = percent < least ? percent : least;
		most = percent > most ? percent : most;
	}
	ck_assert_near(least, 81.132075471698, 1e-9);
	ck_assert_near(most, 86, 1e-9);
	kpi_result_free(r);
	kpi_result_free(s);
}
END_TEST

/* What a preset says of the metric alone, and how many such presets there are. */
static size_t
compare_presets(const kpi_result *r, const char *metric)
{
	kpi_entry preset = KPI_ENTRY_INIT;
	size_t concerned = 0;

	for (uint64_t i = 0;
	     kpi_catalogue_entry(KPI_TABLE_PRESETS, i, &preset) == KPI_OK;
	     i++) {
		kpi_definition *d = definition_of(metric);
		kpi_figure ours, alone;
		uint64_t column;

		if (kpi_definition_preset(d, preset.name, NULL) == KPI_OK) {
			concerned++;
			column = column_of(r, preset.name);
			ck_assert_str_eq(kpi_result_definition(r, column),
			    kpi_definition_text(d));
			ours = figure_of(r, column);
			alone = ask(store, NULL, kpi_definition_text(d));
			ck_assert_int_eq(ours.state, alone.state);
			ck_assert_int_eq(ours.numerator, alone.numerator);
			ck_assert_int_eq(ours.denominator, alone.denominator);
			ck_assert(ours.lower == alone.lower ||
			    (isnan(ours.lower) && isnan(alone.lower)));
		}
		kpi_definition_free(d);
	}
	return concerned;
}

static size_t
count_names(const kpi_result *r)
{
	size_t n = 0;

	for (uint64_t i = 0; i < kpi_result_count(r); i++) {
		const char *names = kpi_result_presets(r, i);

		for (n++; (names = strchr(names, ',')) != NULL; names++)
			n++;
		for (uint64_t k = 0; k < i; k++)
			ck_assert_str_ne(kpi_result_definition(r, i),
			    kpi_result_definition(r, k));
	}
	return n;
}

START_TEST(each_column_is_what_its_presets_measure_alone)
{
	kpi_entry metric = KPI_ENTRY_INIT;
	kpi_result *r;

	ck_assert(kpi_catalogue_entry(
		      KPI_TABLE_METRICS, (uint64_t)_i, &metric) == KPI_OK);
	if (strcmp(metric.name, "channel_mix") == 0 ||
	    strcmp(metric.name, "reason_mix") == 0)
		return; /* of groups */
	r = spread(metric.name);
	ck_assert_uint_eq(compare_presets(r, metric.name), count_names(r));
	ck_assert(has_name(kpi_result_presets(r, 0), "default"));
	kpi_result_free(r);
}
END_TEST

START_TEST(what_is_set_is_set_over_every_preset)
{
	kpi_result *r = spread("service_level as_of=2026-10-01T00:00:00Z "
	    "service_level_threshold=30s service_level_threshold[queue=vip]=5s "
	    "target_goal=0.8");

	for (uint64_t i = 0; i < kpi_result_count(r); i++) {
		const char *text = kpi_result_definition(r, i);

		ck_assert_ptr_nonnull(
		    strstr(text, " as_of=2026-10-01T00:00:00Z"));
		ck_assert_ptr_nonnull(
		    strstr(text, " service_level_threshold=30s"));
		ck_assert_ptr_nonnull(
		    strstr(text, " service_level_threshold[queue=vip]=5s"));
		ck_assert_ptr_nonnull(strstr(text, " target_goal=0.8"));
	}
	/* What it leaves is the preset's. */
	ck_assert_ptr_nonnull(
	    strstr(kpi_result_definition(r, column_of(r, "nethvoice")),
		" short_abandon_threshold=5s"));
	kpi_result_free(r);
}
END_TEST

START_TEST(a_preset_that_does_not_allow_it_is_named)
{
	kpi_definition *d = definition_of("service_level "
	    "service_level_numerator=answered_in,callback_in");
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *r = (kpi_result *)&error;

	ck_assert(kpi_spread(&r, store, NULL, d, &error) == KPI_EINVAL);
	ck_assert_ptr_null(r);
	ck_assert_ptr_nonnull(strstr(error.text, "by the preset default "));
	ck_assert_str_eq(error.field, "service_level_numerator");
	ck_assert(kpi_spread(NULL, store, NULL, d, &error) == KPI_EINVAL);
	r = (kpi_result *)&error;
	ck_assert(kpi_spread(&r, NULL, NULL, d, &error) == KPI_EINVAL);
	ck_assert_ptr_null(r);
	ck_assert(kpi_spread(&r, store, NULL, NULL, &error) == KPI_EINVAL);
	kpi_definition_free(d);
}
END_TEST

START_TEST(only_a_spread_has_presets)
{
	kpi_result *r = ask_rows(store, NULL, "service_level"), *loaded;
	unsigned char bytes[65536];
	uint64_t size = 0;

	ck_assert_str_eq(kpi_result_presets(r, 0), "");
	ck_assert_ptr_null(kpi_result_presets(r, 1));
	ck_assert_ptr_null(kpi_result_presets(NULL, 0));
	kpi_result_free(r);
	r = spread("service_level");
	ck_assert(kpi_result_save(r, bytes, sizeof(bytes), &size, NULL) ==
	    KPI_OK);
	ck_assert(kpi_result_load(&loaded, bytes, size, NULL, NULL) == KPI_OK);
	ck_assert_str_eq(kpi_result_presets(loaded, 0), "");
	ck_assert(kpi_result_merge(r, loaded, NULL) == KPI_OK);
	ck_assert_int_eq(
	    figure_of(r, column_of(r, "default")).denominator, 2120);
	kpi_result_free(r);
	kpi_result_free(loaded);
}
END_TEST

typedef struct paper {
	char text[65536];
	size_t size;
} paper;

static int
write_to(void *ctx, const char *bytes, size_t size)
{
	paper *p = ctx;

	if (size >= sizeof(p->text) - p->size)
		return 1;
	memcpy(p->text + p->size, bytes, size);
	p->size += size;
	p->text[p->size] = '\0';
	return 0;
}

START_TEST(csv_and_json_name_the_presets)
{
	kpi_result *r = spread("repeat_rate");
	paper json = { "", 0 }, csv = { "", 0 };

	ck_assert(kpi_result_print(r, KPI_FORMAT_JSON, write_to, &json,
		      NULL) == KPI_OK);
	ck_assert(kpi_result_print(r, KPI_FORMAT_CSV, write_to, &csv, NULL) ==
	    KPI_OK);
	ck_assert_ptr_nonnull(strstr(json.text,
	    "\"metric\":\"repeat_rate\",\"presets\":[\"default\"],"));
	ck_assert_ptr_nonnull(
	    strstr(csv.text, "time,metric,definition,presets,value,"));
	ck_assert_ptr_nonnull(strstr(csv.text,
	    ",repeat_rate repeat_edge=include repeat_gap=15min,capturi,"));
	kpi_result_free(r);
	r = spread("service_level");
	json.size = csv.size = 0;
	ck_assert(kpi_result_print(r, KPI_FORMAT_JSON, write_to, &json,
		      NULL) == KPI_OK);
	ck_assert(kpi_result_print(r, KPI_FORMAT_CSV, write_to, &csv, NULL) ==
	    KPI_OK);
	ck_assert_ptr_nonnull(
	    strstr(json.text, "\"presets\":[\"default\",\"icmi3\","));
	ck_assert_ptr_nonnull(strstr(csv.text, ",\"default, icmi3, "));
	kpi_result_free(r);
}
END_TEST

/* In the definition's memory, and in that of the query, which is the
 * result's. */
START_TEST(without_memory_there_is_no_spread_and_nothing_is_lost)
{
	ration supply = { .fail_at = 0 };
	const kpi_allocator allocator = { ration_resize, &supply };
	kpi_definition_options of = KPI_DEFINITION_OPTIONS_INIT;
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	kpi_definition *d;
	kpi_query *query;
	kpi_status status;
	int64_t blocks;

	of.allocator = options.allocator = &allocator;
	ck_assert(kpi_definition_parse(&d, "abandonment_rate "
		      "short_abandon_threshold[queue=q]=5s", &of, NULL) ==
	    KPI_OK);
	ck_assert(kpi_query_new(&query, &options, NULL) == KPI_OK);
	blocks = supply.blocks;
	for (int once = 0; once < 2; once++) {
		int64_t n = 0;

		do {
			kpi_error error = KPI_ERROR_INIT;
			kpi_result *r = (kpi_result *)&error;

			ration_fail(&supply, ++n, once);
			status = kpi_spread(&r, store, query, d, &error);
			ck_assert(status ==
			    (supply.failed ? KPI_ENOMEM : KPI_OK));
			ck_assert((r == NULL) == supply.failed);
			kpi_result_free(r);
			ck_assert_int_eq(supply.blocks, blocks);
		} while (status != KPI_OK);
		ck_assert_int_gt(n, 20);
	}
	kpi_definition_free(d);
	kpi_query_free(query);
	ck_assert_int_eq(supply.blocks, 0);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("spread");
	TCase *t = tcase_create("spread");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(
	    t, one_set_of_calls_has_81_to_86_per_cent_by_published_formulas);
	tcase_add_loop_test(t, each_column_is_what_its_presets_measure_alone,
	    0, (int)kpi_catalogue_count(KPI_TABLE_METRICS));
	tcase_add_test(t, what_is_set_is_set_over_every_preset);
	tcase_add_test(t, a_preset_that_does_not_allow_it_is_named);
	tcase_add_test(t, only_a_spread_has_presets);
	tcase_add_test(t, csv_and_json_name_the_presets);
	tcase_add_test(
	    t, without_memory_there_is_no_spread_and_nothing_is_lost);
	suite_add_tcase(s, t);
	return s;
}
