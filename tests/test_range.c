/* SPDX-License-Identifier: MIT */
/* The time in which a part's instants lie, by anchor, and what a scan may
 * leave out for it. */
#include <check.h>
#include <stdio.h>

#include <kpi.h>

#include "opened.h"
#include "query/select.h"
#include "random_interactions.h"
#include "sample_store.h"
#include "store/state.h"

#include "runner.h"

#define HOUR    INT64_C(3600000)
#define MINUTE  INT64_C(60000)
#define CALLS   2000
#define CHUNK   100
#define VECTORS 40

static void
reopen(void)
{
	char path[256];

	(void)snprintf(path, sizeof(path), "%s", opened_path());
	kpi_store_close(store);
	ck_assert_int_eq(kpi_store_open(&store, path, NULL, &error), KPI_OK);
}

/* Late answers, which move what has no entry of its own, and deletions. */
static void
change_some(const random_interactions *made, random_source *source)
{
	for (size_t i = 0; i < made->count; i++) {
		kpi_interaction late = KPI_INTERACTION_INIT;

		if (!random_one_in(source, 4) || made->all[i].id == NULL)
			continue;
		if (random_one_in(source, 9)) {
			ck_assert_int_eq(
			    kpi_store_delete(store, made->all[i].source,
				made->all[i].id, &error),
			    KPI_OK);
			continue;
		}
		late.id = made->all[i].id;
		late.source = made->all[i].source;
		late.started_at = KPI_UNKNOWN;
		if (random_one_in(source, 2))
			late.ivr_ms = random_below(source, 300000);
		else
			late.survey_answered_at = made->all[i].started_at +
			    random_below(source, 100000000);
		ck_assert_int_eq(
		    kpi_store_update(store, &late, NULL, 0, &error), KPI_OK);
	}
}

static int
holds(const kpi__part *part, const kpi__stream *stream, int64_t instant)
{
	const kpi__range *by_anchor = &part->range[stream->anchor];
	const kpi__range *survey = &part->range[KPI__RANGE_SURVEY];

	return (instant >= by_anchor->least &&
		   instant <= by_anchor->greatest) ||
	    (stream->event && instant >= survey->least &&
		instant <= survey->greatest);
}

static void
check_stream(kpi__batch *b, const kpi__stream *stream)
{
	const int space = kpi__stream_space(stream);
	const int64_t *at = kpi__select_times(stream, b);

	for (uint32_t i = 0; i < kpi__batch_count(b, space); i++) {
		const uint32_t whole = b->first +
		    (space == KPI__ROW_SPACE && b->row_of != NULL
			    ? b->whole_of[i]
			    : i);

		if (b->part->dead != NULL &&
		    (b->part->dead[whole / 64] >> whole % 64 & 1) != 0)
			continue;
		ck_assert_msg(holds(b->part, stream, at[i]),
		    "anchor %d, part %u, unit %u of the batch: %lld",
		    stream->anchor, b->number, i, (long long)at[i]);
	}
}

static void
check_parts(void)
{
	kpi__snapshot *snapshot;
	kpi__batch b;

	ck_assert_int_eq(kpi__snapshot_take(&snapshot, store, &error), KPI_OK);
	ck_assert_int_eq(
	    kpi__batch_init(&b, snapshot, INT64_MAX, VECTORS, &error), KPI_OK);
	for (uint32_t p = 0; p < kpi__snapshot_parts(snapshot); p++) {
		kpi__batch_part(&b, p);
		while (kpi__batch_next(&b))
			for (int n = 0; n < 4 * (KPI__ANCHOR_OWN_EVENT + 1);
			     n++) {
				const kpi__stream stream = {
					.anchor = n / 4,
					.unit = n % 2 ? KPI__INTERACTION
						      : KPI__VISIT,
					.event = n / 2 % 2,
					.threshold = 20000,
				};

				check_stream(&b, &stream);
			}
		ck_assert_int_eq(b.status, KPI_OK);
	}
	kpi__batch_free(&b);
	kpi__snapshot_release(snapshot);
}

START_TEST(every_unit_stands_within_its_parts_range)
{
	const int in_file = _i % 2;
	random_source source = { 77 + (uint64_t)_i };
	random_shape shape = random_shape_any(&source);
	random_interactions made;

	open_store(in_file, KPI_IF_EXISTS_REFUSE);
	sample_small_chunks(store, 20 + random_below(&source, 60));
	random_interactions_make(&made, source.state, 300, &shape);
	for (size_t i = 0; i < made.count; i++)
		must_add(&made.all[i]);
	check_parts();
	change_some(&made, &source);
	check_parts();
	if (in_file) {
		reopen();
		check_parts();
	}
	random_interactions_free(&made);
	close_store();
}
END_TEST

/* A call a minute, each over in a minute, surveyed at once. */
static void
add_calls_in_order(void)
{
	for (int i = 0; i < CALLS; i++) {
		kpi_interaction call = call_of(NULL);
		kpi_visit visit = KPI_VISIT_INIT;

		call.started_at = i * MINUTE;
		call.survey_answered_at = call.started_at + 50000;
		visit.outcome = KPI_OUTCOME_ANSWERED;
		visit.wait_ms = 10000;
		visit.talk_ms = 30000;
		visit.after_call_ms = 5000;
		call.visits = &visit;
		call.visit_count = 1;
		must_add(&call);
	}
}

static uint32_t
looked_at(const kpi_query *query, const kpi__stream *stream)
{
	kpi__snapshot *snapshot;
	kpi__selector selector;
	uint32_t count = 0;

	ck_assert_int_eq(kpi__snapshot_take(&snapshot, store, &error), KPI_OK);
	ck_assert_int_eq(
	    kpi__selector_init(&selector, snapshot, query, &error), KPI_OK);
	ck_assert_uint_ge(kpi__snapshot_parts(snapshot), CALLS / CHUNK - 1);
	for (uint32_t p = 0; p < kpi__snapshot_parts(snapshot); p++)
		count += !kpi__selector_skips(
		    &selector, stream, kpi__snapshot_part(snapshot, p));
	kpi__selector_free(&selector);
	kpi__snapshot_release(snapshot);
	return count;
}

START_TEST(a_query_of_some_hours_looks_at_their_parts_alone_by_any_anchor)
{
	const int in_file = _i % 2;
	const kpi__stream stream = {
		.anchor = _i / 4,
		.event = _i / 2 % 2,
		.threshold = 20000,
	};
	kpi_query *query;

	open_store(in_file, KPI_IF_EXISTS_REFUSE);
	sample_small_chunks(store, CHUNK);
	add_calls_in_order();
	if (in_file)
		reopen();
	ck_assert_int_eq(kpi_query_new(&query, NULL, &error), KPI_OK);
	ck_assert_uint_ge(looked_at(query, &stream), CALLS / CHUNK - 1);
	ck_assert_int_eq(
	    kpi_query_between(query, 20 * HOUR, 22 * HOUR), KPI_OK);
	ck_assert_uint_ge(looked_at(query, &stream), 1);
	ck_assert_uint_le(looked_at(query, &stream), 3);
	kpi_query_free(query);
	close_store();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("range");
	TCase *all = tcase_create("range");

	suite_add_tcase(s, all);
	tcase_set_timeout(all, 60);
	tcase_add_loop_test(all, every_unit_stands_within_its_parts_range, 0,
	    sample_rounds(40, 8));
	tcase_add_loop_test(all,
	    a_query_of_some_hours_looks_at_their_parts_alone_by_any_anchor, 0,
	    4 * (KPI__ANCHOR_OWN_EVENT + 1));
	return s;
}
