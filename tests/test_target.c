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

static Suite *
suite(void)
{
	Suite *s = suite_create("target");
	TCase *tc = tcase_create("target");

	tcase_add_loop_test(tc, a_target_fits_its_metric, 0, COUNT(targets));
	tcase_add_test(tc, points_are_the_target_of_a_net_score);
	tcase_add_test(tc, a_preset_leaves_the_target_alone);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
