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

static void
set(kpi_definition *d, const char *parameter, const char *value)
{
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_msg(kpi_definition_set(d, parameter, value, &error) == KPI_OK,
	    "%s", error.text);
}

static const char *
get(const kpi_definition *d, const char *parameter)
{
	static char text[1024];
	uint64_t size;

	ck_assert_int_eq(
	    kpi_definition_get(d, parameter, text, sizeof(text), &size, NULL),
	    KPI_OK);
	ck_assert_uint_eq(size, strlen(text));
	return text;
}

START_TEST(a_default_definition_is_the_name_of_its_metric)
{
	const kpi__metric *metric = kpi__metric_at((size_t)_i);
	kpi_definition *d = new (metric->number);

	ck_assert_str_eq(kpi_definition_text(d), metric->name);
	ck_assert_int_eq(kpi_definition_metric(d), metric->number);
	ck_assert_int_eq(kpi__definition_check(d, NULL), KPI_OK);
	kpi_definition_free(d);
}
END_TEST

/* What a value is read from, and how it is printed. */
static const struct {
	int32_t metric;
	const char *parameter, *value, *printed;
} values[] = {
	{ KPI_METRIC_SERVICE_LEVEL, "service_level_threshold", "30s", "30s" },
	{ KPI_METRIC_SERVICE_LEVEL, "service_level_threshold", "60s", "1min" },
	{ KPI_METRIC_SERVICE_LEVEL, "service_level_threshold", "90 s", "90s" },
	{ KPI_METRIC_SERVICE_LEVEL, "service_level_threshold", "120min", "2h" },
	{ KPI_METRIC_SERVICE_LEVEL, "service_level_threshold", "720h", "30d" },
	{ KPI_METRIC_SERVICE_LEVEL, "service_level_threshold", "59999ms",
	    "59999ms" },
	{ KPI_METRIC_SERVICE_LEVEL, "service_level_threshold", "0", "0d" },
	{ KPI_METRIC_SERVICE_LEVEL, "short_abandon_threshold", "1h", "1h" },
	{ KPI_METRIC_SERVICE_LEVEL, "confidence", "0.950", "0.95" },
	{ KPI_METRIC_SERVICE_LEVEL, "confidence", "0.999999", "0.999999" },
	{ KPI_METRIC_SERVICE_LEVEL, "confidence", "0.5", "0.5" },
	{ KPI_METRIC_SERVICE_LEVEL, "as_of", "2026-10-01T02:00:00+02:00",
	    "2026-10-01T00:00:00Z" },
	{ KPI_METRIC_SERVICE_LEVEL, "as_of", "1969-12-31T23:59:59.999Z",
	    "1969-12-31T23:59:59.999Z" },
	{ KPI_METRIC_SERVICE_LEVEL, "as_of", "automatic", "automatic" },
	{ KPI_METRIC_SERVICE_LEVEL, "anchor", "own_event", "own_event" },
	{ KPI_METRIC_SERVICE_LEVEL, "unit", "interaction", "interaction" },
	{ KPI_METRIC_SERVICE_LEVEL, "unit", "automatic", "visit" },
	{ KPI_METRIC_AVERAGE_HANDLE_TIME, "unit", "automatic", "automatic" },
	{ KPI_METRIC_AVERAGE_HANDLE_TIME, "unit", "leg", "leg" },
	{ KPI_METRIC_RESOLUTION_RATE, "unit", "case", "case" },
	{ KPI_METRIC_SERVICE_LEVEL, "service_level_numerator",
	    "abandoned_in , answered_in", "answered_in,abandoned_in" },
	{ KPI_METRIC_SERVICE_LEVEL, "service_level_denominator",
	    "answered,abandoned,answered_in",
	    "answered_short,answered_in,answered_out,abandoned_short_in,"
	    "abandoned_short_out,abandoned_in,abandoned_out" },
	{ KPI_METRIC_SERVICE_LEVEL, "service_level_denominator", "flowed_out",
	    "overflowed_out,timed_out_out,exited_out,voicemail_out,"
	    "emptied_out" },
	{ KPI_METRIC_SERVICE_LEVEL, "wait_parts", "callback,ivr,ring",
	    "ivr,ring,callback" },
	{ KPI_METRIC_AVERAGE_HANDLE_TIME, "handle_parts", "hold,talk",
	    "talk,hold" },
	{ KPI_METRIC_VISITS, "directions", "unknown,outbound",
	    "outbound,unknown" },
	{ KPI_METRIC_CONTACTS, "contacts_classes", "all", "all" },
	{ KPI_METRIC_CONTACTS, "contacts_classes", "turned_away",
	    "turned_away" },
	{ KPI_METRIC_REPEAT_RATE, "repeat_later_outcomes", "attempts",
	    "answered,abandoned,overflowed,timed_out,exited,voicemail,emptied,"
	    "callback,turned_away,failed,waiting" },
	{ KPI_METRIC_REPEAT_RATE, "repeat_window", "168h", "7d" },
	{ KPI_METRIC_REPEAT_RATE, "repeat_same", "case", "case" },
	{ KPI_METRIC_CSAT, "csat_scale", "10", "10" },
	{ KPI_METRIC_CSAT, "csat_top", "automatic", "automatic" },
	{ KPI_METRIC_CSAT, "csat_top", "9", "9" },
	{ KPI_METRIC_SERVICE_LEVEL, "bounds_by", "day", "day" },
	{ KPI_METRIC_SERVICE_LEVEL, "verdict_by", "customer", "customer" },
	{ KPI_METRIC_SERVICE_LEVEL, "target_goal", "0.80", "0.8" },
	{ KPI_METRIC_SERVICE_LEVEL, "target_goal", "80%", "0.8" },
	{ KPI_METRIC_SERVICE_LEVEL, "target_goal", "80.5 %", "0.805" },
	{ KPI_METRIC_SERVICE_LEVEL, "target_ceiling", "0.0001%", "0.000001" },
	{ KPI_METRIC_SERVICE_LEVEL, "target_goal", "none", "none" },
	{ KPI_METRIC_AVERAGE_HANDLE_TIME, "target_goal", "300s", "5min" },
	{ KPI_METRIC_AVERAGE_HANDLE_TIME, "target_ceiling", "none", "none" },
	{ KPI_METRIC_AVERAGE_SPEED_OF_ANSWER, "target_goal", "20s", "20s" },
	{ KPI_METRIC_NPS, "target_goal", "-12.5", "-12.5" },
	{ KPI_METRIC_NPS, "target_goal", "-0", "0" },
	{ KPI_METRIC_NPS, "target_goal", "-0.000001", "-0.000001" },
	{ KPI_METRIC_CSAT_MEAN, "target_goal", "4.2", "4.2" },
};

START_TEST(a_value_is_printed_in_one_form)
{
	kpi_definition *d = new (values[_i].metric);

	set(d, values[_i].parameter, values[_i].value);
	ck_assert_str_eq(get(d, values[_i].parameter), values[_i].printed);
	set(d, values[_i].parameter, get(d, values[_i].parameter));
	ck_assert_str_eq(get(d, values[_i].parameter), values[_i].printed);
	kpi_definition_free(d);
}
END_TEST

static const struct {
	const char *parameter, *value;
	kpi_status status;
	const char *says;
} wrong[] = {
	{ "service_level_threshold", "20", KPI_EPARSE, "such as 20s" },
	{ "service_level_threshold", "", KPI_EPARSE, "such as 20s" },
	{ "service_level_threshold", "-5s", KPI_EPARSE, "such as 20s" },
	{ "service_level_threshold", "1.5h", KPI_EPARSE, "such as 20s" },
	{ "service_level_threshold", "20S", KPI_EPARSE, "such as 20s" },
	{ "service_level_threshold", "20s ", KPI_EPARSE, "such as 20s" },
	{ "service_level_threshold", "31d", KPI_EINVAL, "0 to 30d" },
	{ "service_level_threshold", "99999999999999999999d", KPI_EINVAL,
	    "0 to 30d" },
	{ "service_level_threshold", "106751991168d", KPI_EINVAL, "0 to 30d" },
	{ "short_abandon_threshold", "3600001ms", KPI_EINVAL, "0 to 1h" },
	{ "confidence", "0.4", KPI_EINVAL, "0.5 to 0.999999" },
	{ "confidence", "1", KPI_EINVAL, "0.5 to 0.999999" },
	{ "confidence", "99999999999999999999.5", KPI_EINVAL,
	    "0.5 to 0.999999" },
	{ "confidence", "0.9999999", KPI_EPARSE, "six decimals" },
	{ "confidence", "0.", KPI_EPARSE, "six decimals" },
	{ "confidence", ".95", KPI_EPARSE, "six decimals" },
	{ "confidence", "95%", KPI_EPARSE, "six decimals" },
	{ "as_of", "2026-10-01", KPI_EPARSE, "+02:00" },
	{ "as_of", "2026-10-01T00:00:00", KPI_EPARSE, "+02:00" },
	{ "as_of", "2026-02-30T00:00:00Z", KPI_EPARSE, "+02:00" },
	{ "anchor", "queud", KPI_EPARSE, "the nearest is \"queued\"" },
	{ "anchor", "x", KPI_EPARSE, "started, queued" },
	{ "unit", "leg", KPI_EINVAL, "interaction or visit, not \"leg\"" },
	{ "unit", "customer", KPI_EPARSE, "interaction, visit" },
	{ "bounds_by", "week", KPI_EPARSE, "none, contact, customer, day" },
	{ "verdict_by", "contact", KPI_EPARSE, "none, customer, day" },
	{ "target_goal", "%", KPI_EPARSE, "six decimals" },
	{ "target_goal", "-%", KPI_EPARSE, "six decimals" },
	{ "target_goal", "80.00001%", KPI_EPARSE, "six decimals" },
	{ "target_goal", "80%%", KPI_EPARSE, "six decimals" },
	{ "target_goal", "80  %", KPI_EPARSE, "six decimals" },
	{ "target_goal", "20s", KPI_EPARSE, "six decimals" },
	{ "target_goal", "--1", KPI_EPARSE, "six decimals" },
	{ "target_goal", "-", KPI_EPARSE, "six decimals" },
	{ "target_goal", "1000000.5", KPI_EINVAL,
	    "a share such as 0.8 or 80%, not" },
	{ "confidence", "-0.5", KPI_EPARSE, "six decimals" },
	{ "service_level_numerator", "answerd_in", KPI_EPARSE,
	    "\"answered_in\"" },
	{ "service_level_numerator", "answered_in,", KPI_EPARSE,
	    "no value \"\"" },
	{ "service_level_numerator", "", KPI_EPARSE, "no value \"\"" },
	{ "service_level_numerator", "all", KPI_EPARSE, "no value \"all\"" },
	{ "service_levl_threshold", "20s", KPI_ENOTFOUND,
	    "\"service_level_threshold\"" },
	{ "x\xff\n", "20s", KPI_ENOTFOUND, "\"x\?\?\"" },
	{ "", "20s", KPI_ENOTFOUND, "anchor" },
	{ "repeat_window", "7d", KPI_EINVAL, "anchor, arrivals, as_of" },
	{ "handle_parts", "talk", KPI_EINVAL, "\"wait_parts\"" },
};

START_TEST(a_wrong_word_is_told_the_right_one_and_changes_nothing)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d = new (KPI_METRIC_SERVICE_LEVEL);
	const char *text;

	set(d, "service_level_threshold", "45s");
	text = kpi_definition_text(d);
	ck_assert_int_eq(
	    kpi_definition_set(d, wrong[_i].parameter, wrong[_i].value, &error),
	    wrong[_i].status);
	ck_assert_int_eq(error.status, wrong[_i].status);
	ck_assert_msg(strstr(error.text, wrong[_i].says) != NULL,
	    "%s does not say %s", error.text, wrong[_i].says);
	ck_assert_ptr_eq(kpi_definition_text(d), text);
	ck_assert_str_eq(text, "service_level service_level_threshold=45s");
	kpi_definition_free(d);
}
END_TEST

START_TEST(a_numerator_lies_within_its_denominator)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d = new (KPI_METRIC_SERVICE_LEVEL);

	set(d, "service_level_numerator", "answered_in,abandoned_short_in");
	ck_assert_int_eq(kpi__definition_check(d, &error), KPI_EINVAL);
	ck_assert_str_eq(error.field, "service_level_numerator");
	set(d, "service_level_denominator", "answered,abandoned");
	ck_assert_int_eq(kpi__definition_check(d, &error), KPI_OK);
	kpi_definition_free(d);
	d = new (KPI_METRIC_ABANDONMENT_RATE);
	set(d, "abandonment_denominator", "answered");
	ck_assert_int_eq(kpi__definition_check(d, &error), KPI_OK);
	kpi_definition_free(d);
}
END_TEST

static const struct {
	const char *scale, *from, *score, *top, *bottom;
	kpi_status status;
} scales[] = {
	{ "8", "1", "top", "automatic", "automatic", KPI_OK },
	{ "8", "0", "top", "automatic", "automatic", KPI_EINVAL },
	{ "10", "1", "top", "automatic", "automatic", KPI_EINVAL },
	{ "10", "1", "top", "9", "automatic", KPI_OK },
	{ "10", "1", "net", "9", "automatic", KPI_EINVAL },
	{ "10", "1", "net", "9", "2", KPI_OK },
	{ "10", "1", "net", "5", "5", KPI_EINVAL },
	{ "5", "1", "top", "6", "automatic", KPI_EINVAL },
	{ "5", "1", "top", "0", "automatic", KPI_EINVAL },
	{ "5", "1", "net", "4", "0", KPI_EINVAL },
};

START_TEST(marks_fit_their_scale_and_long_scales_say_what_is_satisfied)
{
	kpi_definition *d = new (KPI_METRIC_CSAT);

	set(d, "csat_scale", scales[_i].scale);
	set(d, "csat_scale_from", scales[_i].from);
	set(d, "csat_score", scales[_i].score);
	set(d, "csat_top", scales[_i].top);
	set(d, "csat_bottom", scales[_i].bottom);
	ck_assert_int_eq(kpi__definition_check(d, NULL), scales[_i].status);
	kpi_definition_free(d);
}
END_TEST

START_TEST(first_contacts_are_answered_and_repeats_are_attempts)
{
	static const char attempts[] =
	    "answered,abandoned,overflowed,"
	    "timed_out,exited,voicemail,emptied,callback,turned_away,failed,"
	    "waiting";
	kpi_definition *d = new (KPI_METRIC_FIRST_CONTACT_RESOLUTION);

	ck_assert_str_eq(get(d, "repeat_earlier_outcomes"), "answered");
	ck_assert_str_eq(get(d, "repeat_counted_outcomes"), "answered");
	ck_assert_str_eq(get(d, "repeat_later_outcomes"), attempts);
	set(d, "repeat_earlier_outcomes", "attempts");
	ck_assert_ptr_nonnull(strstr(kpi_definition_text(d), attempts));
	kpi_definition_free(d);
	d = new (KPI_METRIC_REPEAT_RATE);
	ck_assert_str_eq(get(d, "repeat_earlier_outcomes"), attempts);
	ck_assert_str_eq(get(d, "repeat_counted_outcomes"), attempts);
	kpi_definition_free(d);
}
END_TEST

START_TEST(a_short_buffer_gets_what_fits_and_the_whole_length)
{
	kpi_definition *d = new (KPI_METRIC_SERVICE_LEVEL);
	char text[5] = "####";
	uint64_t size = 0;

	ck_assert_int_eq(kpi_definition_get(d, "service_level_numerator", text,
			     sizeof(text), &size, NULL),
	    KPI_OK);
	ck_assert_str_eq(text, "answ");
	ck_assert_uint_eq(size, strlen("answered_in"));
	ck_assert_int_eq(
	    kpi_definition_get(d, "anchor", NULL, 0, &size, NULL), KPI_OK);
	ck_assert_uint_eq(size, strlen("started"));
	ck_assert_int_eq(
	    kpi_definition_get(d, "anchor", NULL, 1, &size, NULL), KPI_EINVAL);
	ck_assert_int_eq(kpi_definition_get(
			     d, "repeat_gap", text, sizeof(text), &size, NULL),
	    KPI_EINVAL);
	kpi_definition_free(d);
}
END_TEST

START_TEST(null_is_refused)
{
	kpi_definition_options options = KPI_DEFINITION_OPTIONS_INIT;
	kpi_definition *d = (kpi_definition *)&options;

	ck_assert_int_eq(kpi_definition_new(NULL, 1, NULL, NULL), KPI_EINVAL);
	ck_assert_int_eq(kpi_definition_new(&d, 0, NULL, NULL), KPI_EINVAL);
	ck_assert_ptr_null(d);
	ck_assert_int_eq(kpi_definition_new(&d, 9999, NULL, NULL), KPI_EINVAL);
	options.reserved = "";
	ck_assert_int_eq(
	    kpi_definition_new(&d, 1, &options, NULL), KPI_ENOTSUP);
	ck_assert_int_eq(
	    kpi_definition_parse(&d, NULL, NULL, NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_definition_set(NULL, "anchor", "queued", NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_definition_preset(NULL, "genesys", NULL), KPI_EINVAL);
	ck_assert_ptr_null(kpi_definition_text(NULL));
	ck_assert_int_eq(kpi_definition_metric(NULL), 0);
	kpi_definition_free(NULL);
	d = new (1);
	ck_assert_int_eq(
	    kpi_definition_set(d, NULL, "queued", NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_definition_set(d, "anchor", NULL, NULL), KPI_EINVAL);
	kpi_definition_free(d);
}
END_TEST

struct budget {
	long left;    /* allocations that succeed */
	int for_good; /* whether all fail from there on */
	size_t held;
};

static void *
spend(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
	struct budget *b = ctx;

	if (new_size == 0) {
		b->held -= old_size;
		free(ptr);
		return NULL;
	}
	if (b->left == 0 || (b->for_good && b->left < 0)) {
		b->left = -1;
		return NULL;
	}
	if (b->left > 0)
		b->left--;
	b->held += new_size - old_size;
	return realloc(ptr, new_size);
}

/* Everything that allocates; KPI_ENOMEM if anything failed. */
static kpi_status
round_trip(const kpi_allocator *a)
{
	kpi_definition_options options = KPI_DEFINITION_OPTIONS_INIT;
	kpi_definition *d = NULL, *other = NULL;
	char text[4096] = "";
	uint64_t size;
	kpi_status status;

	options.allocator = a;
	status = kpi_definition_new(&d, 4, &options, NULL);
	if (status == KPI_OK)
		status = kpi_definition_set_for(
		    d, "target_goal", KPI_BY_TEAM, "care", "0.9", NULL);
	if (status == KPI_OK)
		status = kpi_definition_preset(d, "mitel", NULL);
	for (char name[] = "a"; status == KPI_OK && *name < 'm'; (*name)++) {
		strcpy(text, kpi_definition_text(d));
		status = kpi_definition_set_for(d, "service_level_threshold",
		    KPI_BY_QUEUE, name, "5s", NULL);
		if (status != KPI_OK)
			ck_assert_str_eq(kpi_definition_text(d), text);
	}
	if (status == KPI_OK)
		status = kpi_definition_get(
		    d, "wait_parts", text, sizeof(text), &size, NULL);
	if (status == KPI_OK)
		status = kpi_definition_parse(
		    &other, kpi_definition_text(d), &options, NULL);
	if (status == KPI_OK)
		ck_assert_str_eq(
		    kpi_definition_text(d), kpi_definition_text(other));
	kpi_definition_free(other);
	kpi_definition_free(d);
	return status;
}

START_TEST(where_memory_ends_nothing_leaks_or_changes)
{
	struct budget b = { -1, 0, 0 };
	const kpi_allocator a = { spend, &b };
	long failures = 0;

	for (int for_good = 0; for_good < 2; for_good++) {
		for (long n = 0;; n++) {
			b.left = n;
			b.for_good = for_good;
			if (round_trip(&a) == KPI_OK)
				break;
			failures++;
			ck_assert_uint_eq(b.held, 0);
		}
		ck_assert_uint_eq(b.held, 0);
	}
	ck_assert_int_gt(failures, 40);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("definition");
	TCase *tc = tcase_create("core");

	tcase_add_loop_test(
	    tc, a_default_definition_is_the_name_of_its_metric, 0,
	    (int)kpi_catalogue_count(KPI_TABLE_METRICS));
	tcase_add_loop_test(
	    tc, a_value_is_printed_in_one_form, 0, (int)COUNT(values));
	tcase_add_loop_test(tc,
	    a_wrong_word_is_told_the_right_one_and_changes_nothing, 0,
	    (int)COUNT(wrong));
	tcase_add_test(tc, a_numerator_lies_within_its_denominator);
	tcase_add_loop_test(tc,
	    marks_fit_their_scale_and_long_scales_say_what_is_satisfied, 0,
	    (int)COUNT(scales));
	tcase_add_test(
	    tc, first_contacts_are_answered_and_repeats_are_attempts);
	tcase_add_test(tc, a_short_buffer_gets_what_fits_and_the_whole_length);
	tcase_add_test(tc, null_is_refused);
	tcase_add_test(tc, where_memory_ends_nothing_leaks_or_changes);
	suite_add_tcase(s, tc);
	return s;
}
