/* SPDX-License-Identifier: MIT */
/* A filter or a range, for which a scan leaves rows and batches out, says what
 * the groups of the same question without it say. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <kpi.h>

#include "opened.h"
#include "random_interactions.h"
#include "sample_store.h"

#include "runner.h"

#define DAY INT64_C(86400000)

static const char *const texts[] = {
	"contacts directions=inbound,outbound,internal,unknown",
	"average_talk_time unit=leg",
	"service_level bounds_by=day",
	"abandonment_rate unit=interaction",
	"average_handle_time credit=equal unit=interaction",
	"average_handle_time bounds_by=day unit=interaction",
	"average_handle_time unit=leg",
	"longest_wait",
	"csat",
	"nps nps_per=customer",
	"repeat_rate",
	"wait_p90",
	/* Those up to here stand at their starts. */
	"average_handle_time anchor=ended unit=leg",
	"csat survey_anchor=answer",
};

enum { TEXTS = sizeof(texts) / sizeof(*texts), OF_START = TEXTS - 2 };

static kpi_definition *definition[TEXTS];

static kpi_result *
ask_first(const kpi_query *query, uint64_t count)
{
	kpi_result *result;

	ck_assert_msg(kpi_measure(&result, store, query,
			  (const kpi_definition *const *)definition, count,
			  &error) == KPI_OK,
	    "%s", error.text);
	return result;
}

static void
check_row(const kpi_result *some, uint64_t row, const kpi_result *all,
    uint64_t of, uint64_t count)
{
	for (uint64_t i = 0; i < count; i++) {
		kpi_figure a = KPI_FIGURE_INIT, b = KPI_FIGURE_INIT;

		ck_assert_int_eq(
		    kpi_result_figure(some, row, i, &a), KPI_OK);
		ck_assert_int_eq(kpi_result_figure(all, of, i, &b), KPI_OK);
		ck_assert_msg(memcmp(&a, &b, sizeof(a)) == 0,
		    "%s, row %llu: %lld / %lld, expected %lld / %lld",
		    texts[i], (unsigned long long)row, (long long)a.numerator,
		    (long long)a.denominator, (long long)b.numerator,
		    (long long)b.denominator);
	}
}

/* Groups that are one in `of`, or all whose names are asked for one by one. */
static void
check_filter(random_source *source, kpi_by by, uint32_t of, uint64_t count)
{
	kpi_query *query;
	kpi_result *all, *some;
	uint64_t wanted = 0, row = 0;
	uint8_t *is;

	ck_assert_int_eq(kpi_query_new(&query, NULL, &error), KPI_OK);
	ck_assert_int_eq(kpi_query_by(query, by), KPI_OK);
	all = ask_first(query, count);
	is = calloc(kpi_result_rows(all) + 1, 1);
	ck_assert_ptr_nonnull(is);
	for (uint64_t i = 0; i < kpi_result_rows(all); i++) {
		is[i] = random_one_in(source, of) ||
		    (wanted == 0 && i + 1 == kpi_result_rows(all));
		wanted += is[i];
		if (is[i])
			ck_assert_int_eq(kpi_query_where(query, by,
					     kpi_result_group(all, i, 0)),
			    KPI_OK);
	}
	some = ask_first(query, count);
	ck_assert_uint_eq(kpi_result_rows(some), wanted);
	for (uint64_t i = 0; i < kpi_result_rows(all); i++)
		if (is[i])
			check_row(some, row++, all, i, count);
	free(is);
	kpi_result_free(some);
	kpi_result_free(all);
	kpi_query_free(query);
}

/* Each day by itself, and together with a filter. */
static void
check_days(kpi_by by, uint64_t count)
{
	kpi_query *query, *day;
	kpi_result *all, *one;

	ck_assert_int_eq(kpi_query_new(&query, NULL, &error), KPI_OK);
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_DAY), KPI_OK);
	ck_assert_int_eq(kpi_query_by(query, by), KPI_OK);
	all = ask_first(query, count);
	for (uint64_t i = 0; i < kpi_result_rows(all); i += 1 + i / 40) {
		ck_assert_int_eq(kpi_query_new(&day, NULL, &error), KPI_OK);
		ck_assert_int_eq(
		    kpi_query_between(day, kpi_result_begin(all, i),
			kpi_result_begin(all, i) + DAY),
		    KPI_OK);
		ck_assert_int_eq(
		    kpi_query_where(day, by, kpi_result_group(all, i, 0)),
		    KPI_OK);
		one = ask_first(day, count);
		ck_assert_uint_eq(kpi_result_rows(one), 1);
		check_row(one, 0, all, i, count);
		kpi_result_free(one);
		kpi_query_free(day);
	}
	kpi_result_free(all);
	kpi_query_free(query);
}

static void
fill(random_source *source, uint32_t chunk, size_t count, random_shape *shape)
{
	random_interactions made;

	open_store(0, KPI_IF_EXISTS_REFUSE);
	sample_small_chunks(store, chunk);
	random_interactions_make(&made, source->state, count, shape);
	for (size_t i = 0; i < made.count; i++)
		must_add(&made.all[i]);
	for (size_t i = 0; i < made.count; i++)
		if (made.all[i].id != NULL && random_one_in(source, 20))
			ck_assert_int_eq(
			    kpi_store_delete(store, made.all[i].source,
				made.all[i].id, &error),
			    KPI_OK);
	random_interactions_free(&made);
}

static void
setup(void)
{
	error = (kpi_error)KPI_ERROR_INIT;
	for (int i = 0; i < TEXTS; i++)
		ck_assert_msg(kpi_definition_parse(&definition[i], texts[i],
				  NULL, &error) == KPI_OK,
		    "%s", error.text);
}

static void
teardown(void)
{
	for (int i = 0; i < TEXTS; i++)
		kpi_definition_free(definition[i]);
}

START_TEST(a_filter_says_what_the_groups_without_it_say)
{
	static const kpi_by dimensions[] = { KPI_BY_CUSTOMER, KPI_BY_AGENT,
		KPI_BY_QUEUE, KPI_BY_DIRECTION, KPI_BY_TEAM };
	random_source source = { 41 + (uint64_t)_i };
	random_shape shape = random_shape_any(&source);

	shape.customers = 1 + random_below(&source, 100);
	fill(&source, 30 + random_below(&source, 300), 600, &shape);
	for (size_t i = 0; i < sizeof(dimensions) / sizeof(*dimensions); i++) {
		check_filter(&source, dimensions[i], 20, TEXTS);
		check_filter(&source, dimensions[i], 2, OF_START);
	}
	close_store();
}
END_TEST

START_TEST(a_day_says_what_its_bucket_of_all_days_says)
{
	random_source source = { 83 + (uint64_t)_i };
	random_shape shape = random_shape_any(&source);

	fill(&source, 30 + random_below(&source, 300), 600, &shape);
	check_days(KPI_BY_QUEUE, OF_START);
	check_days(KPI_BY_AGENT, OF_START);
	check_days(KPI_BY_CUSTOMER, _i % 2 ? OF_START : TEXTS);
	close_store();
}
END_TEST

/* More batches a part than one, and more that is picked than fits a batch. */
START_TEST(a_filter_that_picks_more_than_a_batch_misses_nothing)
{
	random_source source = { 5 + (uint64_t)_i };
	random_shape shape = { .customers = 2000,
		.span_ms = 300 * DAY,
		.grain_ms = 1,
		.one_row = _i % 2,
		.closed = 1 };

	fill(&source, 24000, 26000, &shape);
	check_filter(&source, KPI_BY_CUSTOMER, 14, TEXTS);
	check_filter(&source, KPI_BY_CUSTOMER, 300, OF_START);
	check_filter(&source, KPI_BY_AGENT, 4, OF_START);
	check_days(KPI_BY_QUEUE, OF_START);
	close_store();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("sieve");
	TCase *t = tcase_create("sieve");

	suite_add_tcase(s, t);
	tcase_set_timeout(t, 300);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, a_filter_says_what_the_groups_without_it_say,
	    0, sample_rounds(16, 4));
	tcase_add_loop_test(t, a_day_says_what_its_bucket_of_all_days_says, 0,
	    sample_rounds(8, 2));
	tcase_add_loop_test(t,
	    a_filter_that_picks_more_than_a_batch_misses_nothing, 0, 2);
	return s;
}
