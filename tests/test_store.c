/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include <kpi/catalogue.h>
#include <kpi/store.h>

#include "opened.h"

START_TEST(an_empty_store_knows_no_time)
{
	open_store(_i, 0);
	ck_assert_uint_eq(info().interactions, 0);
	ck_assert(info().known_from == KPI_UNKNOWN);
	ck_assert(info().as_of == KPI_UNKNOWN);
	close_store();
}
END_TEST

START_TEST(what_is_added_is_read_back_with_all_that_is_unknown)
{
	kpi_interaction call = call_of("1");
	kpi_visit visits[2] = { KPI_VISIT_INIT, KPI_VISIT_INIT };
	const kpi_interaction *found;
	kpi_record *record;

	open_store(_i, 0);
	call.customer = "c-42";
	call.channel = "";
	call.csat = 5;
	call.visits = visits;
	call.visit_count = 2;
	visits[0].queue = "support";
	visits[0].outcome = KPI_OUTCOME_OVERFLOWED;
	visits[1].agent = "amira";
	visits[1].talk_ms = 1000;
	must_add(&call);
	record = must_get(NULL, "1");
	found = kpi_record_interaction(record);
	ck_assert_str_eq(found->customer, "c-42");
	ck_assert_ptr_null(found->channel);
	ck_assert_ptr_null(found->source);
	ck_assert_int_eq(found->csat, 5);
	ck_assert(found->nps == KPI_UNKNOWN);
	ck_assert_uint_eq(found->visit_count, 2);
	ck_assert_str_eq(found->visits[0].queue, "support");
	ck_assert_ptr_null(found->visits[0].agent);
	ck_assert_str_eq(found->visits[1].agent, "amira");
	ck_assert(found->visits[1].wait_ms == KPI_UNKNOWN);
	close_store();
	ck_assert_str_eq(found->customer, "c-42");
	kpi_record_free(record);
}
END_TEST

START_TEST(an_id_is_unique_within_its_source)
{
	kpi_interaction call = call_of("1");

	open_store(_i, 0);
	must_add(&call);
	ck_assert_int_eq(kpi_store_add(store, &call, &error), KPI_EEXISTS);
	ck_assert_str_eq(error.field, "id");
	ck_assert_str_eq(error.text,
	    "the store has an interaction with the id \"1\" already");
	ck_assert_int_eq(
	    kpi_store_delete(store, NULL, "10", &error), KPI_ENOTFOUND);
	ck_assert_str_eq(
	    error.text, "there is no interaction with the id \"10\"");
	call.source = "other";
	must_add(&call);
	call.id = NULL;
	must_add(&call);
	must_add(&call);
	ck_assert_uint_eq(info().interactions, 4);
	close_store();
}
END_TEST

START_TEST(an_id_added_twice_is_an_update_where_that_is_wanted)
{
	kpi_interaction call = call_of("1");
	kpi_record *record;

	open_store(_i, KPI_IF_EXISTS_UPDATE);
	call.reason = "billing";
	must_add(&call);
	call.reason = NULL;
	call.nps = 9;
	must_add(&call);
	record = must_get(NULL, "1");
	ck_assert_int_eq(kpi_record_interaction(record)->nps, 9);
	ck_assert_str_eq(kpi_record_interaction(record)->reason, "billing");
	kpi_record_free(record);
	ck_assert_uint_eq(info().interactions, 1);
	close_store();
}
END_TEST

START_TEST(an_update_changes_what_it_knows_and_clears_what_it_is_told)
{
	const int32_t clear[] = { KPI_FIELD_REASON };
	const int32_t wrong[] = { KPI_FIELD_STARTED_AT };
	kpi_interaction call = call_of("1"), late = KPI_INTERACTION_INIT;
	kpi_visit visit = KPI_VISIT_INIT;
	kpi_record *record;

	open_store(_i, 0);
	call.reason = "billing";
	call.customer = "c";
	must_add(&call);
	late.id = "1";
	late.csat = 4;
	late.visits = &visit;
	late.visit_count = 1;
	visit.agent = "ben";
	ck_assert_int_eq(
	    kpi_store_update(store, &late, clear, 1, &error), KPI_OK);
	record = must_get(NULL, "1");
	ck_assert_int_eq(kpi_record_interaction(record)->csat, 4);
	ck_assert_ptr_null(kpi_record_interaction(record)->reason);
	ck_assert_str_eq(kpi_record_interaction(record)->customer, "c");
	ck_assert_str_eq(
	    kpi_record_interaction(record)->visits[0].agent, "ben");
	kpi_record_free(record);
	ck_assert_int_eq(
	    kpi_store_update(store, &late, wrong, 1, &error), KPI_EINVAL);
	late.id = "2";
	ck_assert_int_eq(
	    kpi_store_update(store, &late, NULL, 0, &error), KPI_ENOTFOUND);
	late.id = NULL;
	ck_assert_int_eq(
	    kpi_store_update(store, &late, NULL, 0, &error), KPI_EINVAL);
	close_store();
}
END_TEST

START_TEST(known_time_follows_what_lives)
{
	kpi_interaction call = call_of("1");
	kpi_visit visit = KPI_VISIT_INIT;

	open_store(_i, 0);
	call.visits = &visit;
	call.visit_count = 1;
	call.ivr_ms = 10;
	visit.wait_ms = 100;
	visit.talk_ms = 1000;
	visit.after_call_ms = 10000;
	visit.outcome = KPI_OUTCOME_ANSWERED;
	must_add(&call);
	ck_assert_int_eq(info().as_of, 1700000011111);
	call.id = "2";
	call.started_at = 1600000000000;
	call.resolved_at = 1800000000000;
	must_add(&call);
	ck_assert_int_eq(info().known_from, 1600000000000);
	ck_assert_int_eq(info().as_of, 1800000000001);
	ck_assert_int_eq(kpi_store_delete(store, NULL, "2", &error), KPI_OK);
	ck_assert_int_eq(info().known_from, 1700000000000);
	ck_assert_int_eq(info().as_of, 1700000011111);
	ck_assert_int_eq(
	    kpi_store_delete(store, NULL, "2", &error), KPI_ENOTFOUND);
	close_store();
}
END_TEST

static const struct {
	const char *field;
	size_t offset;
	int64_t least, greatest;
} limits[] = {
	{ "started_at", offsetof(kpi_interaction, started_at), -62135596800000,
	    253402300799999 },
	{ "direction", offsetof(kpi_interaction, direction), 1, 3 },
	{ "ivr", offsetof(kpi_interaction, ivr_ms), 0, 3155760000000 },
	{ "resolved", offsetof(kpi_interaction, resolved), 0, 1 },
	{ "csat", offsetof(kpi_interaction, csat), 0, 11 },
	{ "csat_scale", offsetof(kpi_interaction, csat_scale), 2, 11 },
	{ "nps", offsetof(kpi_interaction, nps), 0, 10 },
	{ "ces", offsetof(kpi_interaction, ces), 1, 7 },
	{ "quality", offsetof(kpi_interaction, quality), 0, 1000000 },
};

START_TEST(a_value_outside_its_range_is_refused_by_name)
{
	open_store(0, 0);
	for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++) {
		const int64_t values[] = { limits[i].least, limits[i].greatest,
			limits[i].least - 1, limits[i].greatest + 1 };

		for (int v = 0; v < 4; v++) {
			kpi_interaction call = call_of(NULL);

			memcpy((char *)&call + limits[i].offset, &values[v],
			    sizeof(values[v]));
			ck_assert_int_eq(kpi_store_add(store, &call, &error),
			    v < 2 ? KPI_OK : KPI_EINVAL);
			if (v >= 2)
				ck_assert_str_eq(error.field, limits[i].field);
		}
	}
	close_store();
}
END_TEST

START_TEST(what_two_fields_must_agree_on_is_checked)
{
	kpi_interaction call = call_of("1"), late = KPI_INTERACTION_INIT;
	kpi_visit visit = KPI_VISIT_INIT;

	open_store(_i, 0);
	call.csat_scale = 5;
	call.csat = 6;
	ck_assert_int_eq(kpi_store_add(store, &call, &error), KPI_EINVAL);
	ck_assert_str_eq(error.field, "csat");
	call.csat = KPI_UNKNOWN;
	must_add(&call);
	late.id = "1";
	late.csat = 6;
	ck_assert_int_eq(
	    kpi_store_update(store, &late, NULL, 0, &error), KPI_EINVAL);
	call.id = "2";
	call.visits = &visit;
	call.visit_count = 1;
	visit.wait_ms = 5;
	visit.ring_ms = 6;
	ck_assert_int_eq(kpi_store_add(store, &call, &error), KPI_EINVAL);
	ck_assert_str_eq(error.field, "ring");
	close_store();
}
END_TEST

START_TEST(texts_are_utf8_and_not_too_long)
{
	kpi_interaction call = call_of("1");
	char text[KPI_TEXT_MAX + 2];

	open_store(_i, 0);
	memset(text, 'x', sizeof(text));
	text[KPI_TEXT_MAX + 1] = '\0';
	call.customer = text;
	ck_assert_int_eq(kpi_store_add(store, &call, &error), KPI_EINVAL);
	ck_assert_str_eq(error.field, "customer");
	text[KPI_TEXT_MAX] = '\0';
	must_add(&call);
	call.id = "\xff";
	ck_assert_int_eq(kpi_store_add(store, &call, &error), KPI_EINVAL);
	ck_assert_str_eq(error.field, "id");
	call.id = "2";
	call.customer = "\xc0\x80";
	ck_assert_int_eq(kpi_store_add(store, &call, &error), KPI_EINVAL);
	ck_assert_str_eq(error.field, "customer");
	ck_assert_uint_eq(info().interactions, 1);
	close_store();
}
END_TEST

START_TEST(a_batch_is_kept_whole_or_not_at_all)
{
	kpi_interaction call = call_of("1");

	open_store(_i, 0);
	ck_assert_int_eq(kpi_store_commit(store, &error), KPI_EORDER);
	ck_assert_int_eq(kpi_store_rollback(store, &error), KPI_EORDER);
	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_OK);
	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_EORDER);
	must_add(&call);
	ck_assert_int_eq(kpi_store_add(store, &call, &error), KPI_EEXISTS);
	ck_assert_uint_eq(info().interactions, 0);
	ck_assert_int_eq(kpi_store_rollback(store, &error), KPI_OK);
	ck_assert_uint_eq(info().interactions, 0);
	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_OK);
	must_add(&call);
	ck_assert_int_eq(kpi_store_commit(store, &error), KPI_OK);
	ck_assert_uint_eq(info().interactions, 1);
	close_store();
}
END_TEST

static int
print_activity(void *ctx, const kpi_activity *a)
{
	char *text = ctx;

	(void)sprintf(text + strlen(text), "%s:%lld:%lld:%lld;", a->agent,
	    (long long)a->started_at, (long long)a->state,
	    a->ended_at == KPI_UNKNOWN ? -1 : (long long)a->ended_at);
	return 0;
}

START_TEST(an_activity_with_the_same_beginning_replaces_the_former)
{
	kpi_activity a = KPI_ACTIVITY_INIT;
	char text[200] = "";

	open_store(_i, 0);
	ck_assert_int_eq(kpi_store_add_activity(store, &a, &error), KPI_EINVAL);
	a.agent = "ben";
	a.started_at = 7;
	a.state = KPI_ACTIVITY_READY;
	ck_assert_int_eq(kpi_store_add_activity(store, &a, &error), KPI_OK);
	a.agent = "amira";
	ck_assert_int_eq(kpi_store_add_activity(store, &a, &error), KPI_OK);
	a.agent = "ben";
	a.ended_at = 9;
	ck_assert_int_eq(kpi_store_add_activity(store, &a, &error), KPI_OK);
	ck_assert_uint_eq(info().activities, 2);
	ck_assert_int_eq(
	    kpi_store_activities(store, print_activity, text, &error), KPI_OK);
	ck_assert_str_eq(text, "amira:7:1:-1;ben:7:1:9;");
	close_store();
}
END_TEST

START_TEST(a_shorter_record_of_an_older_caller_lacks_what_it_lacks)
{
	kpi_interaction call = call_of(NULL);
	kpi_visit visit = KPI_VISIT_INIT;

	open_store(_i, 0);
	call.size = offsetof(kpi_interaction, direction);
	call.direction = 99; /* past its end */
	must_add(&call);
	call = call_of("1");
	call.visits = &visit;
	call.visit_count = 1;
	visit.size = 4;
	ck_assert_int_eq(kpi_store_add(store, &call, &error), KPI_EINVAL);
	ck_assert_int_eq(kpi_store_add(store, NULL, &error), KPI_EINVAL);
	ck_assert_int_eq(kpi_store_add(NULL, &call, &error), KPI_EINVAL);
	close_store();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("store");
	TCase *tc = tcase_create("store");

	tcase_add_loop_test(tc, an_empty_store_knows_no_time, 0, 2);
	tcase_add_loop_test(
	    tc, what_is_added_is_read_back_with_all_that_is_unknown, 0, 2);
	tcase_add_loop_test(tc, an_id_is_unique_within_its_source, 0, 2);
	tcase_add_loop_test(
	    tc, an_id_added_twice_is_an_update_where_that_is_wanted, 0, 2);
	tcase_add_loop_test(tc,
	    an_update_changes_what_it_knows_and_clears_what_it_is_told, 0, 2);
	tcase_add_loop_test(tc, known_time_follows_what_lives, 0, 2);
	tcase_add_test(tc, a_value_outside_its_range_is_refused_by_name);
	tcase_add_loop_test(tc, what_two_fields_must_agree_on_is_checked, 0, 2);
	tcase_add_loop_test(tc, texts_are_utf8_and_not_too_long, 0, 2);
	tcase_add_loop_test(tc, a_batch_is_kept_whole_or_not_at_all, 0, 2);
	tcase_add_loop_test(
	    tc, an_activity_with_the_same_beginning_replaces_the_former, 0, 2);
	tcase_add_loop_test(
	    tc, a_shorter_record_of_an_older_caller_lacks_what_it_lacks, 0, 2);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
