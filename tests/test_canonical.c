/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <kpi/catalogue.h>
#include <kpi/definition.h>

#include "metric/definition.h"
#include "metric/preset.h"
#include "metric/table.h"
#include "query/class.h"

#include "runner.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static kpi_definition *new (int32_t metric)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d;

	ck_assert_msg(kpi_definition_new(&d, metric, NULL, &error) == KPI_OK,
	    "%s", error.text);
	return d;
}

static kpi_definition *
parsed(const char *text)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d;

	ck_assert_msg(kpi_definition_parse(&d, text, NULL, &error) == KPI_OK,
	    "%s: %s", text, error.text);
	return d;
}

static void
set(kpi_definition *d, const char *parameter, const char *value)
{
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_msg(kpi_definition_set(d, parameter, value, &error) == KPI_OK,
	    "%s", error.text);
}

START_TEST(the_text_names_what_differs_by_name)
{
	kpi_definition *d = new (KPI_METRIC_SERVICE_LEVEL), *again;

	set(d, "wait_min", "1s");
	set(d, "short_abandon_threshold", "5s");
	set(d, "anchor", "queued");
	set(d, "service_level_threshold", "20s");
	ck_assert_str_eq(kpi_definition_text(d),
	    "service_level anchor=queued short_abandon_threshold=5s "
	    "wait_min=1s");
	set(d, "anchor", "started");
	set(d, "wait_min", "0");
	ck_assert_str_eq(
	    kpi_definition_text(d), "service_level short_abandon_threshold=5s");
	again = parsed(kpi_definition_text(d));
	ck_assert_mem_eq(again->value, d->value, sizeof(d->value));
	kpi_definition_free(again);
	kpi_definition_free(d);
}
END_TEST

static const struct {
	const char *name, *written;
} names[] = {
	{ "vip", "vip" },
	{ "Sales/EMEA-1.b:2@x+y_#*", "Sales/EMEA-1.b:2@x+y_#*" },
	{ "St\xc3\xb6rung", "St\xc3\xb6rung" },
	{ "first line", "\"first line\"" },
	{ "a]=b", "\"a]=b\"" },
	{ "a,b", "\"a,b\"" },
	{ "say \"hi\"\\", "\"say \\\"hi\\\"\\\\\"" },
	{ "tab\t\x1f\x7f", "\"tab\\u0009\\u001f\x7f\"" },
};

START_TEST(a_threshold_of_one_queue_is_read_back_whatever_its_name)
{
	kpi_definition *d = new (KPI_METRIC_SERVICE_LEVEL), *again;
	char text[200] = "service_level service_level_threshold[queue=";

	ck_assert_int_eq(kpi_definition_set_for(d, "service_level_threshold",
			     KPI_BY_QUEUE, names[_i].name, "10s", NULL),
	    KPI_OK);
	strcat(strcat(text, names[_i].written), "]=10s");
	ck_assert_str_eq(kpi_definition_text(d), text);
	again = parsed(text);
	ck_assert_uint_eq(again->override_count, 1);
	ck_assert_str_eq(again->overrides[0].name, names[_i].name);
	ck_assert_int_eq(again->overrides[0].value, 10000);
	kpi_definition_free(again);
	kpi_definition_free(d);
}
END_TEST

static void
set_for(kpi_definition *d, const char *parameter, const char *name,
    const char *value)
{
	ck_assert_int_eq(kpi_definition_set_for(
			     d, parameter, KPI_BY_CHANNEL, name, value, NULL),
	    KPI_OK);
}

START_TEST(thresholds_of_channels_stand_by_parameter_and_name)
{
	kpi_definition *d = new (KPI_METRIC_ABANDONMENT_RATE);

	set_for(d, "short_abandon_threshold", "chat", "3s");
	set_for(d, "service_level_threshold", "voice", "9s");
	set_for(d, "service_level_threshold", "chat", "1min");
	set_for(d, "service_level_threshold", "e-mail", "20s");
	set_for(d, "service_level_threshold", "voice", "10s");
	set(d, "service_level_threshold", "30s");
	ck_assert_str_eq(kpi_definition_text(d),
	    "abandonment_rate service_level_threshold=30s "
	    "service_level_threshold[channel=chat]=1min "
	    "service_level_threshold[channel=e-mail]=20s "
	    "service_level_threshold[channel=voice]=10s "
	    "short_abandon_threshold[channel=chat]=3s");
	set(d, "service_level_threshold", "20s");
	ck_assert_ptr_null(strstr(kpi_definition_text(d), "e-mail"));
	kpi_definition_free(d);
}
END_TEST

START_TEST(only_thresholds_differ_and_by_one_dimension)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d = new (KPI_METRIC_SERVICE_LEVEL);
	static const struct {
		const char *parameter;
		kpi_by by;
		const char *name;
	} refused[] = {
		{ "short_answer_threshold", KPI_BY_CHANNEL, "vip" },
		{ "service_level_threshold", KPI_BY_AGENT, "vip" },
		{ "service_level_threshold", KPI_BY_QUEUE, "vip" },
		{ "service_level_threshold", KPI_BY_CHANNEL, "" },
		{ "service_level_threshold", KPI_BY_CHANNEL, "\xff" },
	};

	set_for(d, "service_level_threshold", "chat", "1min");
	for (size_t i = 0; i < COUNT(refused); i++)
		ck_assert_int_eq(
		    kpi_definition_set_for(d, refused[i].parameter,
			refused[i].by, refused[i].name, "10s", &error),
		    KPI_EINVAL);
	ck_assert_str_eq(kpi_definition_text(d),
	    "service_level service_level_threshold[channel=chat]=1min");
	kpi_definition_free(d);
}
END_TEST

/* Texts that are refused, and the column where. */
static const struct {
	const char *text;
	kpi_status status;
	int64_t column;
} hostile[] = {
	{ "", KPI_ENOTFOUND, 1 },
	{ "servic_level", KPI_ENOTFOUND, 1 },
	{ " service_level", KPI_ENOTFOUND, 1 },
	{ "service_level\n", KPI_ENOTFOUND, 1 },
	{ "service_level ", KPI_EPARSE, 15 },
	{ "service_level  anchor=queued", KPI_EPARSE, 15 },
	{ "service_level anchor", KPI_EPARSE, 21 },
	{ "service_level anchor=", KPI_EPARSE, 15 },
	{ "service_level anchor=queued ", KPI_EPARSE, 29 },
	{ "service_level anchr=queued", KPI_ENOTFOUND, 15 },
	{ "service_level repeat_gap=1s", KPI_EINVAL, 15 },
	{ "service_level anchor=started", KPI_EPARSE, 14 },
	{ "service_level anchor=queued anchor=queued", KPI_EPARSE, 28 },
	{ "service_level wait_min=1s anchor=queued", KPI_EPARSE, 15 },
	{ "service_level service_level_threshold=60s", KPI_EPARSE, 39 },
	{ "service_level service_level_threshold=031s", KPI_EPARSE, 39 },
	{ "service_level service_level_threshold=31d", KPI_EINVAL, 15 },
	{ "service_level service_level_denominator=answered", KPI_EPARSE, 49 },
	{ "service_level service_level_threshold[", KPI_EPARSE, 39 },
	{ "service_level service_level_threshold[agent=x]=1s", KPI_EINVAL, 15 },
	{ "service_level service_level_threshold[qeue=x]=1s", KPI_EPARSE, 39 },
	{ "service_level service_level_threshold[queue=x", KPI_EPARSE, 46 },
	{ "service_level service_level_threshold[queue=\"x]=1s", KPI_EPARSE,
	    51 },
	{ "service_level service_level_threshold[queue=\"x\"]=1s", KPI_EPARSE,
	    45 },
	{ "service_level service_level_threshold[queue=\"\\n\"]=1s", KPI_EPARSE,
	    47 },
	{ "service_level service_level_threshold[queue=\"\\u0000\"]=1s",
	    KPI_EPARSE, 52 },
	{ "service_level service_level_threshold[queue=\"\\u00", KPI_EPARSE,
	    47 },
	{ "service_level service_level_threshold[queue=]=1s", KPI_EINVAL, 15 },
	{ "service_level service_level_threshold[queue=x]", KPI_EPARSE, 47 },
	{ "service_level service_level_threshold[queue=x]=20s", KPI_EPARSE,
	    14 },
	{ "service_level short_answer_threshold[queue=x]=2s", KPI_EINVAL, 15 },
};

START_TEST(a_text_that_is_not_canonical_is_refused_with_its_place)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d = (kpi_definition *)&error;

	ck_assert_int_eq(
	    kpi_definition_parse(&d, hostile[_i].text, NULL, &error),
	    hostile[_i].status);
	ck_assert_ptr_null(d);
	ck_assert_msg(error.column == hostile[_i].column, "%s: %ld: %s",
	    hostile[_i].text, (long)error.column, error.text);
}
END_TEST

START_TEST(a_name_of_any_length_is_read_or_refused)
{
	char text[KPI_TEXT_MAX + 100];
	kpi_definition *d;

	for (size_t more = 0; more < 2; more++) {
		strcpy(text, "service_level service_level_threshold[queue=");
		memset(text + strlen(text), 'q', KPI_TEXT_MAX + more + 1);
		strcpy(text + 44 + KPI_TEXT_MAX + more, "]=1s");
		ck_assert_int_eq(kpi_definition_parse(&d, text, NULL, NULL),
		    more ? KPI_EPARSE : KPI_OK);
		kpi_definition_free(d);
	}
}
END_TEST

START_TEST(random_changes_of_a_text_are_refused_or_canonical)
{
	static const char whole[] =
	    "service_level anchor=queued "
	    "service_level_threshold[queue=\"a b\"]=10s wait_parts=ivr,ring";
	uint32_t state = 20261001;
	char text[sizeof(whole)];
	kpi_definition *d;

	for (int i = 0; i < 20000; i++) {
		strcpy(text, whole);
		for (int n = 0; n < 1 + i % 3; n++) {
			state = state * 1664525 + 1013904223;
			text[(state >> 8) % (sizeof(whole) - 1)] = i % 2
			    ? (char)(state >> 24)
			    : whole[(state >> 20) % (sizeof(whole) - 1)];
		}
		if (kpi_definition_parse(&d, text, NULL, NULL) != KPI_OK)
			continue;
		ck_assert_str_eq(kpi_definition_text(d), text);
		kpi_definition_free(d);
	}
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("canonical");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, the_text_names_what_differs_by_name);
	tcase_add_loop_test(tc,
	    a_threshold_of_one_queue_is_read_back_whatever_its_name, 0,
	    (int)COUNT(names));
	tcase_add_test(tc, thresholds_of_channels_stand_by_parameter_and_name);
	tcase_add_test(tc, only_thresholds_differ_and_by_one_dimension);
	tcase_add_loop_test(tc,
	    a_text_that_is_not_canonical_is_refused_with_its_place, 0,
	    (int)COUNT(hostile));
	tcase_add_test(tc, a_name_of_any_length_is_read_or_refused);
	tcase_add_test(tc, random_changes_of_a_text_are_refused_or_canonical);
	suite_add_tcase(s, tc);
	return s;
}
