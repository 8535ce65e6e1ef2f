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

/* What each preset makes of its metric. */
#define A "answered_short,answered_in,answered_out"
#define S "abandoned_short_in,abandoned_short_out"
#define B "abandoned_in,abandoned_out"
#define F                                                                      \
	"overflowed_in,overflowed_out,timed_out_in,timed_out_out,exited_in,"   \
	"exited_out,voicemail_in,voicemail_out,emptied_in,emptied_out"
#define FO          "overflowed_out,timed_out_out,exited_out,voicemail_out,emptied_out"
#define C           "callback_in,callback_out,failed_in,failed_out"
#define DENOMINATOR " service_level_denominator="
#define NUMERATOR   " service_level_numerator="

static const struct {
	const char *preset, *text;
} presets[] = {
	{ "default", "service_level" },
	{ "icmi1",
	    "service_level" DENOMINATOR A "," S "," B NUMERATOR
	    "answered_in,abandoned_in" },
	{ "icmi2", "service_level" DENOMINATOR A },
	{ "icmi3", "service_level" },
	{ "icmi4",
	    "service_level" DENOMINATOR A
	    ",abandoned_short_out,abandoned_out" },
	{ "icmi5",
	    "service_level" DENOMINATOR A "," S "," B NUMERATOR
	    "answered_in,abandoned_short_in "
	    "short_abandon_threshold=5s" },
	{ "cisco-positive",
	    "service_level" DENOMINATOR A "," S "," B NUMERATOR
	    "answered_in,abandoned_in" },
	{ "cisco-negative", "service_level" },
	{ "cisco-ignored",
	    "service_level" DENOMINATOR A
	    ",abandoned_short_out,abandoned_out" },
	{ "cisco-handled", "service_level" DENOMINATOR A },
	{ "cisco-icm-positive",
	    "service_level anchor=own_event" DENOMINATOR "waiting_out," A "," S
	    "," B "," FO NUMERATOR "answered_in,abandoned_in" },
	{ "cisco-icm-negative",
	    "service_level anchor=own_event" DENOMINATOR "waiting_out," A "," S
	    "," B "," FO },
	{ "cisco-icm-ignored",
	    "service_level anchor=own_event" DENOMINATOR "waiting_out," A "," S
	    ",abandoned_out," FO },
	{ "att-cms", "service_level" DENOMINATOR A },
	{ "wazo", "service_level" DENOMINATOR A },
	{ "bright-pattern",
	    "service_level" DENOMINATOR A
	    ",abandoned_short_out,abandoned_out" },
	{ "stat-server", "service_level" },
	{ "ringcentral", "service_level" },
	{ "genesys", "service_level anchor=own_event" },
	{ "amazon-connect",
	    "service_level anchor=ended" DENOMINATOR A "," S "," B "," F
	    "," C NUMERATOR "answered_in,abandoned_in,callback_in" },
	{ "talkdesk",
	    "service_level" DENOMINATOR A "," B
	    ",voicemail_in,voicemail_out,failed_in,failed_out "
	    "wait_parts=queue,ring,earlier,callback" },
	{ "vonage", "service_level" DENOMINATOR A "," B "," F },
	{ "mitel",
	    "service_level" DENOMINATOR A "," B "," F
	    " short_abandon_threshold=6s" },
	{ "exotel",
	    "service_level" DENOMINATOR "answered_in,answered_out," S "," B
	    " short_answer_threshold=10s" },
	{ "altigen",
	    "service_level" DENOMINATOR A "," S "," B "," F NUMERATOR
	    "answered_in,abandoned_in,overflowed_in,timed_out_in,"
	    "exited_in,voicemail_in,emptied_in" },
	{ "altigen-asl", "service_level" DENOMINATOR A "," S "," B "," F },
	{ "asterisk", "service_level" DENOMINATOR A },
	{ "asterisk-sl2",
	    "service_level" DENOMINATOR A "," S "," B
	    ",timed_out_in,timed_out_out,emptied_in,emptied_out" NUMERATOR
	    "answered_in,abandoned_in,timed_out_in,emptied_in" },
	{ "nethvoice",
	    "service_level" DENOMINATOR "turned_away,waiting_in,waiting_out," A
	    "," S "," B "," F "," C " service_level_threshold=59999ms "
	    "short_abandon_threshold=5s" },
	{ "vicidial", "service_level" DENOMINATOR A },
	{ "amazon-connect",
	    "abandonment_rate abandonment_denominator=" A "," S "," B "," F
	    "," C " abandonment_numerator=" S "," B " anchor=ended" },
	{ "vicidial",
	    "abandonment_rate abandonment_denominator=" A
	    " abandonment_numerator=" S "," B },
	{ "queuemetrics",
	    "first_contact_resolution repeat_edge=include "
	    "repeat_unknown_customer=own_issue" },
	{ "queuemetrics",
	    "repeat_rate repeat_edge=include "
	    "repeat_unknown_customer=own_issue" },
	{ "capturi",
	    "first_contact_resolution repeat_edge=include "
	    "repeat_gap=15min" },
	{ "capturi",
	    "contacts_per_issue repeat_edge=include "
	    "repeat_gap=15min" },
	{ "zendesk",
	    "first_contact_resolution fcr_denominator=resolved "
	    "fcr_max_replies=1 fcr_method=derived fcr_requires=resolved "
	    "fcr_unit=contact" },
	{ "zendesk", "csat csat_scale=2" },
	{ "zendesk-exactly-one",
	    "first_contact_resolution fcr_denominator=resolved "
	    "fcr_max_replies=1 fcr_method=derived fcr_min_replies=1 "
	    "fcr_requires=resolved fcr_unit=contact" },
	{ "freshservice",
	    "first_contact_resolution fcr_denominator=resolved "
	    "fcr_method=derived fcr_requires=resolved,no_customer_reply "
	    "fcr_unit=contact" },
	{ "intercom",
	    "first_contact_resolution fcr_denominator=received "
	    "fcr_method=derived fcr_requires=resolved,one_agent,no_reopen "
	    "fcr_unit=contact" },
	{ "sqm", "first_contact_resolution fcr_method=survey fcr_unit=contact" },
	{ "metricnet-gross",
	    "first_contact_resolution fcr_denominator=received "
	    "fcr_method=mark fcr_unit=contact" },
	{ "metricnet-net",
	    "first_contact_resolution fcr_denominator=received "
	    "fcr_method=mark fcr_net=1 fcr_unit=contact" },
};

START_TEST(a_preset_sets_what_its_system_has_and_resets_the_rest)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *wanted = parsed(presets[_i].text);
	kpi_definition *d = new (kpi_definition_metric(wanted));

	(void)!kpi_definition_set(d, "short_abandon_threshold", "59min", NULL);
	(void)!kpi_definition_set(d, "anchor", "wrapped", NULL);
	(void)!kpi_definition_set(d, "repeat_window", "1d", NULL);
	(void)!kpi_definition_set(d, "unit", "interaction", NULL);
	(void)!kpi_definition_set_for(
	    d, "service_level_threshold", KPI_BY_QUEUE, "vip", "1s", NULL);
	ck_assert_msg(
	    kpi_definition_preset(d, presets[_i].preset, &error) == KPI_OK,
	    "%s", error.text);
	ck_assert_str_eq(kpi_definition_text(d), presets[_i].text);
	ck_assert_int_eq(kpi__definition_check(d, NULL), KPI_OK);
	kpi_definition_free(d);
	kpi_definition_free(wanted);
}
END_TEST

START_TEST(every_preset_is_one_of_these)
{
	for (size_t i = 0; kpi__preset_at(i) != NULL; i++) {
		const char *name = kpi__preset_at(i)->name;
		size_t j = 0;

		while (
		    j < COUNT(presets) && strcmp(presets[j].preset, name) != 0)
			j++;
		ck_assert_msg(j < COUNT(presets), "%s", name);
	}
}
END_TEST

START_TEST(a_preset_of_other_metrics_or_of_none_changes_nothing)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d = new (KPI_METRIC_ANSWER_RATE);

	set(d, "wait_min", "1s");
	ck_assert_int_eq(kpi_definition_preset(d, "icmi1", &error), KPI_EINVAL);
	ck_assert_ptr_nonnull(strstr(error.text, "service_level"));
	ck_assert_int_eq(
	    kpi_definition_preset(d, "amazon-conect", &error), KPI_ENOTFOUND);
	ck_assert_ptr_nonnull(strstr(error.text, "\"amazon-connect\""));
	ck_assert_str_eq(kpi_definition_text(d), "answer_rate wait_min=1s");
	kpi_definition_free(d);
}
END_TEST

START_TEST(a_preset_leaves_how_far_the_data_reaches)
{
	kpi_definition *d = new (KPI_METRIC_SERVICE_LEVEL);

	set(d, "as_of", "2026-10-01T00:00:00Z");
	set(d, "confidence", "0.9");
	ck_assert_int_eq(kpi_definition_preset(d, "genesys", NULL), KPI_OK);
	ck_assert_str_eq(kpi_definition_text(d),
	    "service_level anchor=own_event as_of=2026-10-01T00:00:00Z "
	    "confidence=0.9");
	kpi_definition_free(d);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("preset");
	TCase *tc = tcase_create("core");

	tcase_add_loop_test(tc,
	    a_preset_sets_what_its_system_has_and_resets_the_rest, 0,
	    (int)COUNT(presets));
	tcase_add_test(tc, every_preset_is_one_of_these);
	tcase_add_test(
	    tc, a_preset_of_other_metrics_or_of_none_changes_nothing);
	tcase_add_test(tc, a_preset_leaves_how_far_the_data_reaches);
	suite_add_tcase(s, tc);
	return s;
}
