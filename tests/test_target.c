/* SPDX-License-Identifier: MIT */
/* What a target may be, and where it stands in a definition. */
#include <check.h>
#include <string.h>

#include <kpi/catalogue.h>

#include "metric/definition.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static kpi_definition *new (int32_t metric)
{
	kpi_definition *d;

	ck_assert_int_eq(kpi_definition_new(&d, metric, NULL, NULL), KPI_OK);
	return d;
}

static void
set(kpi_definition *d, const char *parameter, const char *value)
{
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_msg(kpi_definition_set(d, parameter, value, &error) == KPI_OK,
	    "%s", error.text);
}

static const struct {
	int32_t metric;
	const char *goal, *ceiling, *verdict_by, *says; /* NULL: it passes */
} targets[] = {
	{ KPI_METRIC_SERVICE_LEVEL, "0.8", "none", "day", NULL },
	{ KPI_METRIC_SERVICE_LEVEL, "0.8", "0.8", "day", NULL },
	{ KPI_METRIC_SERVICE_LEVEL, "80", "none", "none", "a fraction of 1" },
	{ KPI_METRIC_SERVICE_LEVEL, "-0.1", "none", "none", "a fraction of 1" },
	{ KPI_METRIC_SERVICE_LEVEL, "0.8", "1.000001", "none",
	    "target_ceiling of service_level is a fraction of 1" },
	{ KPI_METRIC_SERVICE_LEVEL, "none", "0.9", "none",
	    "set target_goal too" },
	{ KPI_METRIC_SERVICE_LEVEL, "0.8", "0.7", "none",
	    "must not be below target_goal" },
	{ KPI_METRIC_SERVICE_LEVEL, "none", "none", "day", NULL },
	{ KPI_METRIC_AVERAGE_SPEED_OF_ANSWER, "20s", "1min", "customer", NULL },
	{ KPI_METRIC_AVERAGE_SPEED_OF_ANSWER, "20s", "10s", "none",
	    "must not be below target_goal" },
	{ KPI_METRIC_SERVICE_LEVEL, "80%", "100%", "day", NULL },
	{ KPI_METRIC_SERVICE_LEVEL, "101%", "none", "none", "a fraction of 1" },
	{ KPI_METRIC_NPS, "-100", "100", "day", NULL },
	{ KPI_METRIC_NPS, "100.5", "none", "day", "from -100 to 100" },
	{ KPI_METRIC_CSAT, "0.9", "none", "day", NULL },
	{ KPI_METRIC_CSAT_MEAN, "4.2", "none", "day", NULL },
	{ KPI_METRIC_CSAT_MEAN, "12", "none", "day", "a mark" },
	{ KPI_METRIC_CONTACTS_PER_ISSUE, "1.3", "none", "day", NULL },
};

START_TEST(a_target_fits_its_metric)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d = new (targets[_i].metric);
	const char *says = targets[_i].says;

	set(d, "target_goal", targets[_i].goal);
	set(d, "target_ceiling", targets[_i].ceiling);
	set(d, "verdict_by", targets[_i].verdict_by);
	ck_assert_int_eq(kpi__definition_check(d, &error),
	    says == NULL ? KPI_OK : KPI_EINVAL);
	ck_assert_msg(
	    says == NULL || strstr(error.text, says) != NULL, "%s", error.text);
	kpi_definition_free(d);
}
END_TEST

START_TEST(points_are_the_target_of_a_net_score)
{
	kpi_definition *d = new (KPI_METRIC_CSAT);

	set(d, "target_goal", "35");
	ck_assert_int_eq(kpi__definition_check(d, NULL), KPI_EINVAL);
	set(d, "csat_score", "net");
	ck_assert_int_eq(kpi__definition_check(d, NULL), KPI_OK);
	ck_assert_str_eq(
	    kpi_definition_text(d), "csat csat_score=net target_goal=35");
	kpi_definition_free(d);
}
END_TEST

/* A shipped target is a default as any other: it is not in the text. */
START_TEST(a_preset_leaves_the_target_alone)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d = new (KPI_METRIC_AVERAGE_SPEED_OF_ANSWER);

	ck_assert_str_eq(kpi_definition_text(d), "average_speed_of_answer");
	ck_assert_int_eq(d->value[KPI__TARGET_GOAL], 20000);
	set(d, "target_goal", "none");
	set(d, "verdict_by", "day");
	ck_assert_msg(kpi_definition_preset(d, "default", &error) == KPI_OK,
	    "%s", error.text);
	ck_assert_str_eq(kpi_definition_text(d),
	    "average_speed_of_answer target_goal=none verdict_by=day");
	kpi_definition_free(d);
}
END_TEST

static void
set_for(kpi_definition *d, const char *parameter, kpi_by by, const char *name,
    const char *value)
{
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_msg(kpi_definition_set_for(d, parameter, by, name, value,
			  &error) == KPI_OK,
	    "%s", error.text);
}

START_TEST(targets_of_groups_stand_in_the_text_and_are_read_from_it)
{
	static const char text[] =
	    "service_level service_level_threshold[queue=vip]=10s "
	    "target_ceiling[team=\"first line\"]=0.95 target_goal=0.8 "
	    "target_goal[team=\"first line\"]=0.9 target_goal[team=night]=none";
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d = new (KPI_METRIC_SERVICE_LEVEL), *again;

	set_for(d, "target_goal", KPI_BY_TEAM, "night", "none");
	set_for(d, "target_goal", KPI_BY_TEAM, "first line", "85%");
	set_for(d, "target_goal", KPI_BY_TEAM, "first line", "90%");
	set_for(d, "target_goal", KPI_BY_TEAM, "day", "0.8");
	set_for(d, "target_ceiling", KPI_BY_TEAM, "first line", "0.95");
	set_for(d, "service_level_threshold", KPI_BY_QUEUE, "vip", "10s");
	set(d, "target_goal", "0.8");
	ck_assert_str_eq(kpi_definition_text(d), text);
	ck_assert_msg(
	    kpi_definition_parse(&again, text, NULL, &error) == KPI_OK, "%s",
	    error.text);
	ck_assert_str_eq(kpi_definition_text(again), text);
	ck_assert_int_eq(kpi__definition_check(again, NULL), KPI_OK);
	set(d, "target_goal", "0.7");
	ck_assert_ptr_nonnull(
	    strstr(kpi_definition_text(d), " target_goal[team=day]=0.8 "));
	kpi_definition_free(again);
	kpi_definition_free(d);
	d = new (KPI_METRIC_AVERAGE_HANDLE_TIME);
	set_for(d, "target_goal", KPI_BY_AGENT, "amira", "6min");
	ck_assert_str_eq(kpi_definition_text(d),
	    "average_handle_time target_goal[agent=amira]=6min");
	kpi_definition_free(d);
}
END_TEST

START_TEST(a_preset_leaves_the_targets_of_groups_alone)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d = new (KPI_METRIC_SERVICE_LEVEL);

	set_for(d, "service_level_threshold", KPI_BY_QUEUE, "care", "10s");
	set_for(d, "target_ceiling", KPI_BY_QUEUE, "sales", "0.95");
	set_for(d, "short_abandon_threshold", KPI_BY_QUEUE, "sales", "5s");
	set_for(d, "target_goal", KPI_BY_QUEUE, "care", "0.8");
	set_for(d, "target_goal", KPI_BY_QUEUE, "sales", "0.9");
	ck_assert_msg(kpi_definition_preset(d, "default", &error) == KPI_OK,
	    "%s", error.text);
	ck_assert_str_eq(kpi_definition_text(d),
	    "service_level target_ceiling[queue=sales]=0.95 "
	    "target_goal[queue=care]=0.8 target_goal[queue=sales]=0.9");
	set_for(d, "service_level_threshold", KPI_BY_CHANNEL, "chat", "1min");
	kpi_definition_free(d);
}
END_TEST

static const struct {
	int32_t metric;
	const char *parameter;
	kpi_by by;
	const char *name, *value;
	const char *says; /* of what cannot be set */
} unsettable[] = {
	{ KPI_METRIC_SERVICE_LEVEL, "target_goal", KPI_BY_CHANNEL, "voice",
	    "0.9", "differ by one dimension, and here do by queue" },
	{ KPI_METRIC_SERVICE_LEVEL, "target_ceiling", KPI_BY_TEAM, "voice",
	    "0.9", "differ by one dimension, and here do by queue" },
	{ KPI_METRIC_SERVICE_LEVEL, "target_goal", KPI_BY_CUSTOMER, "voice",
	    "0.9", "by queue, channel, team or agent only" },
	{ KPI_METRIC_SERVICE_LEVEL, "target_goal", 0, "voice", "0.9",
	    "by queue, channel, team or agent only" },
	{ KPI_METRIC_SERVICE_LEVEL, "target_goal", 99, "voice", "0.9",
	    "by queue, channel, team or agent only" },
	{ KPI_METRIC_SERVICE_LEVEL, "target_goal", KPI_BY_QUEUE, "", "0.9",
	    "the name of a queue" },
	{ KPI_METRIC_SERVICE_LEVEL, "target_goal", KPI_BY_QUEUE, "care", "soon",
	    "share" },
	{ KPI_METRIC_SERVICE_LEVEL, "verdict_by", KPI_BY_QUEUE, "care", "day",
	    "is one for all" },
};

START_TEST(what_cannot_be_a_target_of_a_group_is_refused)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d = new (unsettable[_i].metric);

	set_for(d, "target_goal", KPI_BY_QUEUE, "sales", "0.7");
	ck_assert_int_ne(
	    kpi_definition_set_for(d, unsettable[_i].parameter,
		unsettable[_i].by, unsettable[_i].name, unsettable[_i].value,
		&error),
	    KPI_OK);
	ck_assert_str_eq(error.field, unsettable[_i].parameter);
	ck_assert_msg(strstr(error.text, unsettable[_i].says) != NULL, "%s",
	    error.text);
	ck_assert_str_eq(kpi_definition_text(d),
	    "service_level target_goal[queue=sales]=0.7");
	kpi_definition_free(d);
}
END_TEST

static const struct {
	int32_t metric;
	const char *general, *general_ceiling, *goal, *ceiling;
	const char *field, *says; /* NULL: it passes */
} of_groups[] = {
	{ KPI_METRIC_SERVICE_LEVEL, "none", "none", "0.9", NULL, NULL, NULL },
	{ KPI_METRIC_SERVICE_LEVEL, "0.8", "0.9", "none", "none", NULL, NULL },
	{ KPI_METRIC_SERVICE_LEVEL, "0.8", "0.9", NULL, "none", NULL, NULL },
	{ KPI_METRIC_SERVICE_LEVEL, "none", "none", "80", NULL, "target_goal",
	    "target_goal of service_level of queue \"sales\" is a fraction" },
	{ KPI_METRIC_SERVICE_LEVEL, "0.8", "0.85", "0.9", NULL,
	    "target_ceiling",
	    "target_ceiling of queue \"sales\" must not be below" },
	{ KPI_METRIC_SERVICE_LEVEL, "0.8", "0.85", "none", NULL,
	    "target_ceiling", "of queue \"sales\" ends a band" },
	{ KPI_METRIC_SERVICE_LEVEL, "none", "none", NULL, "0.9",
	    "target_ceiling", "of queue \"sales\" ends a band" },
	{ KPI_METRIC_SERVICE_LEVEL, "0.8", "none", NULL, "1.1",
	    "target_ceiling", "of queue \"sales\" is a fraction of 1" },
	{ KPI_METRIC_OCCUPANCY, "none", "none", "0.8", NULL, "target_goal",
	    "its target of queue \"sales\" is a band" },
	{ KPI_METRIC_OCCUPANCY, "none", "none", "0.8", "0.9", NULL, NULL },
	{ KPI_METRIC_NPS, "30", "none", "-101", NULL, "target_goal",
	    "of queue \"sales\" is points, from -100 to 100" },
};

START_TEST(the_target_of_a_group_fits_its_metric)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d = new (of_groups[_i].metric);
	char words[4096];

	set(d, "target_goal", of_groups[_i].general);
	set(d, "target_ceiling", of_groups[_i].general_ceiling);
	set(d, "verdict_by", "day");
	if (of_groups[_i].goal != NULL)
		set_for(d, "target_goal", KPI_BY_QUEUE, "sales",
		    of_groups[_i].goal);
	if (of_groups[_i].ceiling != NULL)
		set_for(d, "target_ceiling", KPI_BY_QUEUE, "sales",
		    of_groups[_i].ceiling);
	ck_assert_int_eq(kpi_definition_words(d, words, sizeof(words), NULL,
			     &error),
	    of_groups[_i].says == NULL ? KPI_OK : KPI_EINVAL);
	if (of_groups[_i].says != NULL) {
		ck_assert_str_eq(error.field, of_groups[_i].field);
		ck_assert_msg(strstr(error.text, of_groups[_i].says) != NULL,
		    "%s", error.text);
	}
	kpi_definition_free(d);
}
END_TEST

static const struct {
	const char *text, *words;
} told[] = {
	{ "service_level target_goal=0.8 target_goal[queue=care]=none "
	  "target_goal[queue=sales]=0.9",
	    "\nThe target is at least 80 %, of queue care none, of queue sales "
	    "at least 90 % (target_goal=0.8 target_goal[queue=care]=none "
	    "target_goal[queue=sales]=0.9).\n" },
	{ "abandonment_rate target_goal[team=care]=0.05 "
	  "target_goal[team=sales]=0.03",
	    "\nThe target of team care is at most 5 %, of team sales at most "
	    "3 %; there is none of others (target_goal[team=care]=0.05 "
	    "target_goal[team=sales]=0.03).\n" },
	{ "average_handle_time target_ceiling=8min "
	  "target_ceiling[agent=ben]=9min target_goal=6min",
	    "\nThe target is from 6 min to 8 min, of agent ben from 6 min to "
	    "9 min (target_ceiling=8min target_ceiling[agent=ben]=9min "
	    "target_goal=6min).\n" },
};

START_TEST(the_targets_of_groups_are_said_in_words)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d;
	char words[4096];

	ck_assert_msg(kpi_definition_parse(
			  &d, told[_i].text, NULL, &error) == KPI_OK,
	    "%s", error.text);
	ck_assert_int_eq(
	    kpi_definition_words(d, words, sizeof(words), NULL, &error),
	    KPI_OK);
	ck_assert_msg(strstr(words, told[_i].words) != NULL, "%s", words);
	kpi_definition_free(d);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("target");
	TCase *tc = tcase_create("target");

	tcase_add_loop_test(tc, a_target_fits_its_metric, 0, COUNT(targets));
	tcase_add_test(tc, points_are_the_target_of_a_net_score);
	tcase_add_test(tc, a_preset_leaves_the_target_alone);
	tcase_add_test(
	    tc, targets_of_groups_stand_in_the_text_and_are_read_from_it);
	tcase_add_test(tc, a_preset_leaves_the_targets_of_groups_alone);
	tcase_add_loop_test(tc, what_cannot_be_a_target_of_a_group_is_refused,
	    0, COUNT(unsettable));
	tcase_add_loop_test(tc, the_target_of_a_group_fits_its_metric, 0,
	    COUNT(of_groups));
	tcase_add_loop_test(
	    tc, the_targets_of_groups_are_said_in_words, 0, COUNT(told));
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
