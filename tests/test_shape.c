/* SPDX-License-Identifier: MIT */
/* What a definition in a saved result must have for its kind of figure. */
#include "result/shape.h"

#include "results.h"
#include "runner.h"

#define OF_BOUNDS                                                              \
	(BIT(SQUARES) | BIT(CLUSTERS) | BIT(CROSS) | BIT(SIZES))
#define OF_VERDICT                                                             \
	(BIT(VERDICT_CLUSTERS) | BIT(VERDICT_SQUARES) | BIT(VERDICT_CROSS) |   \
	    BIT(VERDICT_SIZES))

static const struct {
	uint32_t sums;
	kpi_status status; /* with bounds, or a verdict, by clusters */
} kinds[] = {
	[KPI__COUNT] = { BIT(NUMERATOR), KPI_EINVAL },
	[KPI__SHARE] = { BOTH, KPI_OK },
	[KPI__MEAN] = { BOTH | OF_BOUNDS, KPI_OK },
	[KPI__BALANCE] = { BOTH | BIT(DETRACTORS), KPI_OK },
	[KPI__RATIO] = { BOTH, KPI_OK },
	[KPI__GREATEST] = { BIT(DENOMINATOR) | BIT(GREATEST), KPI_EINVAL },
	[KPI__LEVEL] = { BIT(NUMERATOR), KPI_EINVAL },
	[KPI__TIME] = { BOTH, KPI_OK },
	[KPI__PER_HOUR] = { BOTH, KPI_OK },
	[KPI__MIX] = { BIT(NUMERATOR), KPI_EINVAL },
};

static kpi__shape
shape_of_kind(int32_t kind)
{
	kpi__shape s = shape_of("longest_wait", KPI_METRIC_LONGEST_WAIT, kind,
	    KPI_UNIT_COUNT, kinds[kind].sums);

	s.bounded = KPI_BOUNDS_NONE;
	s.among = kind == KPI__MIX ? KPI_BY_CHANNEL : 0;
	return s;
}

/* Two clusters, of 3 in 4 and 2 in 6, in the order of the sums. */
static void
add_sums(kpi_result *r, const kpi__shape *s)
{
	static const int64_t all[KPI__SUMS] = {
		[KPI__SUM_DENOMINATOR] = 10,
		[KPI__SUM_NUMERATOR] = 5,
		[KPI__SUM_DETRACTORS] = 1,
		[KPI__SUM_GREATEST] = 5,
		[KPI__SUM_CLUSTERS] = 2,
		[KPI__SUM_SQUARES] = 13,
		[KPI__SUM_CROSS] = 24,
		[KPI__SUM_SIZES] = 52,
		[KPI__SUM_VERDICT_CLUSTERS] = 2,
		[KPI__SUM_VERDICT_SQUARES] = 13,
		[KPI__SUM_VERDICT_CROSS] = 24,
		[KPI__SUM_VERDICT_SIZES] = 52,
	};
	static const char *const group[] = { "voice" };
	int64_t sums[KPI__SUMS];
	size_t width = 0;

	for (int sum = 0; sum < KPI__SUMS; sum++)
		if (s->sums >> sum & 1)
			sums[width++] = all[sum];
	add_row(r, group, KPI_UNKNOWN, KPI_UNKNOWN, sums);
}

/* Makes a result of the shape, saves and loads it, and reads its figure. What
 * is refused when it is made is refused when it is loaded. */
static kpi_status
make_and_read(const kpi__shape *s)
{
	kpi__frame frame = empty_frame();
	kpi_figure f = KPI_FIGURE_INIT;
	kpi_result *r, *loaded;
	unsigned char *bytes;
	kpi_status status;
	uint64_t size;

	frame.by_count = 1;
	frame.by[0] = KPI_BY_CHANNEL;
	status = kpi__result_new(
	    &r, &kpi__default_allocator, &frame, s, 1, NULL);
	if (status != KPI_OK)
		return status;
	add_sums(r, s);
	bytes = saved_bytes(r, &size);
	kpi_result_free(r);
	status = kpi_result_load(&loaded, bytes, size, NULL, NULL);
	ck_assert_int_eq(status, KPI_OK);
	free(bytes);
	status = kpi_result_figure(loaded, 0, 0, &f);
	ck_assert_int_eq(f.state, KPI_STATE_OK);
	kpi_result_free(loaded);
	return status;
}

START_TEST(every_kind_is_read_without_clusters)
{
	for (int32_t kind = KPI__COUNT; kind <= KPI__MIX; kind++) {
		const kpi__shape s = shape_of_kind(kind);

		ck_assert_msg(make_and_read(&s) == KPI_OK, "kind %d", kind);
	}
}
END_TEST

START_TEST(bounds_by_clusters_are_of_what_has_two_sums)
{
	static const int32_t by[] = { KPI_BOUNDS_DAY, KPI_BOUNDS_CUSTOMER };

	for (int32_t kind = KPI__COUNT; kind <= KPI__MIX; kind++)
		for (size_t i = 0; i < sizeof(by) / sizeof(*by); i++) {
			kpi__shape s = shape_of_kind(kind);

			s.bounded = by[i];
			s.sums |= OF_BOUNDS;
			ck_assert_msg(make_and_read(&s) == kinds[kind].status,
			    "kind %d", kind);
		}
}
END_TEST

START_TEST(verdicts_are_of_what_has_two_sums)
{
	for (int32_t kind = KPI__COUNT; kind <= KPI__MIX; kind++)
		for (int adjusted = 0; adjusted <= 1; adjusted++) {
			kpi__shape s = shape_of_kind(kind);

			s.verdict_by = KPI_BOUNDS_DAY;
			s.goal = 800000;
			s.better = 1;
			s.adjusted = adjusted;
			s.sums |= OF_VERDICT;
			ck_assert_msg(make_and_read(&s) == kinds[kind].status,
			    "kind %d", kind);
		}
}
END_TEST

/* Three groups' targets, and what may be wrong with them. */
static const struct {
	const char *name[3];
	int64_t goal[3], ceiling[3];
	uint32_t count;
	int32_t better;
	kpi_by by;
	const char *says; /* NULL: nothing */
} targets[] = {
	{ { "a", "b", "c" }, { 1, 3, KPI_UNKNOWN },
	    { KPI_UNKNOWN, 4, KPI_UNKNOWN }, 3, 1, KPI_BY_QUEUE, NULL },
	{ { "a", "b" }, { 3, 4 }, { 4, 4 }, 2, 0, KPI_BY_AGENT, NULL },
	{ { "b", "a" }, { 1, 3 }, { KPI_UNKNOWN, 4 }, 2, 1, KPI_BY_QUEUE,
	    "in no order" },
	{ { "a", "a" }, { 1, 3 }, { KPI_UNKNOWN, 4 }, 2, 1, KPI_BY_QUEUE,
	    "in no order" },
	{ { "a" }, { 800000 }, { KPI_UNKNOWN }, 1, 1, KPI_BY_QUEUE,
	    "that of all" },
	{ { "a" }, { KPI_UNKNOWN }, { 4 }, 1, 1, KPI_BY_QUEUE,
	    "ends before it begins" },
	{ { "a" }, { 5 }, { 4 }, 1, 1, KPI_BY_QUEUE, "ends before it begins" },
	{ { "a" }, { 5 }, { KPI_UNKNOWN }, 1, 0, KPI_BY_QUEUE,
	    "in no direction" },
	{ { "a" }, { 5 }, { KPI_UNKNOWN }, 1, 1, 0, "by nothing" },
	{ { NULL }, { 0 }, { 0 }, 0, 1, KPI_BY_QUEUE, "none by something" },
};

START_TEST(targets_of_groups_are_in_order_or_refused)
{
	const kpi__frame frame = empty_frame();
	kpi_error error = KPI_ERROR_INIT;
	kpi__shape shape = share_shape("service_level");
	kpi__goal goals[3];
	kpi_result *r;

	for (uint32_t i = 0; i < targets[_i].count; i++) {
		goals[i].name = shape_text(targets[_i].name[i]);
		goals[i].goal = targets[_i].goal[i];
		goals[i].ceiling = targets[_i].ceiling[i];
	}
	shape.better = targets[_i].better;
	shape.goal = shape.better == 0 ? KPI_UNKNOWN : 800000;
	shape.goals_by = targets[_i].by;
	shape.goal_count = targets[_i].count;
	shape.goals = goals;
	ck_assert_int_eq(kpi__result_new(&r, &kpi__default_allocator, &frame,
			     &shape, 1, &error),
	    targets[_i].says == NULL ? KPI_OK : KPI_EINVAL);
	ck_assert_msg(targets[_i].says == NULL ||
		strstr(error.text, targets[_i].says) != NULL,
	    "%s", error.text);
	kpi_result_free(r);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("shape");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, every_kind_is_read_without_clusters);
	tcase_add_test(tc, bounds_by_clusters_are_of_what_has_two_sums);
	tcase_add_test(tc, verdicts_are_of_what_has_two_sums);
	tcase_add_loop_test(tc, targets_of_groups_are_in_order_or_refused, 0,
	    sizeof(targets) / sizeof(*targets));
	suite_add_tcase(s, tc);
	return s;
}
