/* SPDX-License-Identifier: MIT */
/* channel_mix and reason_mix: the share of each group in what it is of. */
#include <math.h>
#include <string.h>

#include "asked.h"
#include "runner.h"

static kpi_store *store;

static void
setup(void)
{
	store = new_store();
}

static void
teardown(void)
{
	kpi_store_close(store);
}

static void
add_some(kpi_store *to, const char *channel, const char *reason, int64_t day,
    int count)
{
	kpi_visit v = visit_of(KPI_OUTCOME_ANSWERED, SECOND, MINUTE);

	v.agent = "amira";
	while (count-- > 0) {
		kpi_interaction i = interaction_of(MONDAY + day * DAY, &v, 1);

		i.channel = channel;
		i.reason = reason;
		add(to, &i);
	}
}

static void
check_row(const kpi_result *result, uint64_t row, const char *channel,
    int64_t numerator, int64_t denominator)
{
	const kpi_figure f = figure_at(result, row);
	const char *found = kpi_result_group(result, row, 0);

	ck_assert(channel == NULL
		? found == NULL
		: found != NULL && strcmp(channel, found) == 0);
	ck_assert_int_eq(f.numerator, numerator);
	ck_assert_int_eq(f.denominator, denominator);
	ck_assert_int_eq(f.state, KPI_STATE_OK);
	ck_assert_near(
	    f.value, (double)numerator / (double)denominator, 1e-15);
}

START_TEST(a_mix_asked_alone_brings_its_groups)
{
	kpi_query *query = new_query();
	kpi_result *result;

	add_some(store, "voice", NULL, 0, 3);
	add_some(store, "chat", NULL, 1, 1);
	add_some(store, NULL, NULL, 2, 1);
	result = ask_rows(store, query, "channel_mix");
	ck_assert_uint_eq(kpi_result_rows(result), 3);
	ck_assert_int_eq(kpi_result_by(result, 0), KPI_BY_CHANNEL);
	check_row(result, 0, "chat", 1, 5);
	check_row(result, 1, "voice", 3, 5);
	check_row(result, 2, NULL, 1, 5);
	kpi_result_free(result);
	result = ask_rows(store, NULL, "reason_mix");
	ck_assert_uint_eq(kpi_result_rows(result), 1);
	ck_assert_int_eq(kpi_result_by(result, 0), KPI_BY_REASON);
	check_row(result, 0, NULL, 5, 5);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

START_TEST(a_mix_beside_others_asks_for_its_groups)
{
	kpi_definition *d[] = { definition_of("contacts"),
		definition_of("channel_mix") };
	const kpi_definition *asked[] = { d[0], d[1] };
	kpi_error error = KPI_ERROR_INIT;
	kpi_query *query = new_query();
	kpi_result *result;

	add_some(store, "voice", NULL, 0, 3);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_QUEUE), KPI_OK);
	ck_assert_int_eq(
	    kpi_measure(&result, store, query, asked, 2, &error), KPI_ENOTSUP);
	ck_assert_ptr_null(result);
	ck_assert_ptr_nonnull(strstr(error.text, "group it by channel"));
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_CHANNEL), KPI_OK);
	ck_assert_int_eq(
	    kpi_measure(&result, store, query, asked, 2, &error), KPI_OK);
	ck_assert_uint_eq(kpi_result_rows(result), 1);
	kpi_result_free(result);
	kpi_definition_free(d[0]);
	kpi_definition_free(d[1]);
	kpi_query_free(query);
}
END_TEST

START_TEST(the_whole_is_of_the_same_bucket_and_other_groups)
{
	kpi_query *query = new_query();
	kpi_result *result;

	add_some(store, "chat", "bill", 0, 1);
	add_some(store, "voice", "bill", 0, 3);
	add_some(store, "voice", "fault", 0, 5);
	add_some(store, "chat", "bill", 7, 2);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_CHANNEL), KPI_OK);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_REASON), KPI_OK);
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_DAY), KPI_OK);
	result = ask_rows(store, query, "channel_mix");
	ck_assert_uint_eq(kpi_result_rows(result), 4);
	check_row(result, 0, "chat", 1, 4);
	check_row(result, 1, "chat", 2, 2);
	check_row(result, 2, "voice", 3, 4);
	check_row(result, 3, "voice", 5, 5);
	kpi_result_free(result);
	result = ask_rows(store, query, "reason_mix");
	check_row(result, 0, "chat", 1, 1);
	check_row(result, 2, "voice", 3, 8);
	check_row(result, 3, "voice", 5, 8);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

/* It is told how many were left out, and they have no share. */
START_TEST(what_is_unknown_may_be_left_out_of_both_sides)
{
	kpi_result *result;
	kpi_figure f;

	add_some(store, "voice", NULL, 0, 3);
	add_some(store, "chat", NULL, 1, 1);
	add_some(store, NULL, NULL, 2, 6);
	result = ask_rows(store, NULL, "channel_mix mix_unknown=excluded");
	ck_assert_uint_eq(kpi_result_rows(result), 3);
	check_row(result, 0, "chat", 1, 4);
	check_row(result, 1, "voice", 3, 4);
	ck_assert_int_eq(figure_at(result, 0).unknown, 6);
	f = figure_at(result, 2);
	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
	ck_assert_int_eq(f.denominator, 0);
	ck_assert_int_eq(f.unknown, 6);
	ck_assert(isnan(f.value));
	kpi_result_free(result);
}
END_TEST

START_TEST(a_mix_may_be_of_some_classes)
{
	kpi_visit v = visit_of(KPI_OUTCOME_ABANDONED, SECOND, KPI_UNKNOWN);
	kpi_interaction i = interaction_of(MONDAY, &v, 1);
	kpi_result *result;

	add_some(store, "voice", NULL, 0, 3);
	add_some(store, "chat", NULL, 1, 1);
	i.channel = "chat";
	add(store, &i);
	i.channel = NULL;
	add(store, &i);
	result = ask_rows(store, NULL, "channel_mix contacts_classes=answered");
	check_row(result, 0, "chat", 1, 4);
	ck_assert_int_eq(figure_at(result, 0).not_counted, 2);
	kpi_result_free(result);
	result = ask_rows(store, NULL,
	    "channel_mix contacts_classes=answered mix_unknown=excluded");
	check_row(result, 0, "chat", 1, 4);
	ck_assert_int_eq(figure_at(result, 0).not_counted, 1);
	ck_assert_int_eq(figure_at(result, 0).unknown, 1);
	kpi_result_free(result);
}
END_TEST

START_TEST(a_filter_takes_what_it_drops_out_of_the_whole)
{
	kpi_query *query = new_query();
	kpi_result *result;

	add_some(store, "voice", NULL, 0, 3);
	add_some(store, "chat", NULL, 1, 1);
	ck_assert_int_eq(
	    kpi_query_where(query, KPI_BY_CHANNEL, "voice"), KPI_OK);
	result = ask_rows(store, query, "channel_mix");
	ck_assert_uint_eq(kpi_result_rows(result), 1);
	check_row(result, 0, "voice", 3, 3);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

static kpi_result *
through_bytes(kpi_result *result)
{
	kpi_error error = KPI_ERROR_INIT;
	unsigned char bytes[4096];
	uint64_t size;

	ck_assert_int_eq(kpi_result_save(result, bytes, sizeof(bytes), &size,
			     &error),
	    KPI_OK);
	kpi_result_free(result);
	ck_assert_msg(kpi_result_load(&result, bytes, size, NULL, &error) ==
		KPI_OK,
	    "%s", error.text);
	return result;
}

/* The part that knows no chat counts in what chat is a share of. */
START_TEST(parts_merge_to_the_mix_of_the_whole)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *other = new_store();
	kpi_result *parts[2];

	add_some(store, "voice", NULL, 0, 3);
	add_some(store, "chat", NULL, 1, 1);
	add_some(other, "voice", NULL, 0, 4);
	add_some(other, "mail", NULL, 0, 2);
	parts[0] = through_bytes(ask_rows(store, NULL, "channel_mix"));
	parts[1] = through_bytes(ask_rows(other, NULL, "channel_mix"));
	check_row(parts[0], 1, "voice", 3, 4);
	ck_assert_msg(
	    kpi_result_merge(parts[0], parts[1], &error) == KPI_OK, "%s",
	    error.text);
	parts[0] = through_bytes(parts[0]);
	check_row(parts[0], 0, "chat", 1, 10);
	check_row(parts[0], 1, "mail", 2, 10);
	check_row(parts[0], 2, "voice", 7, 10);
	kpi_result_free(parts[0]);
	kpi_result_free(parts[1]);
	kpi_store_close(other);
}
END_TEST

/* 3 of 5, by Wilson: 0.2307 to 0.8824. */
START_TEST(bounds_of_a_mix_are_those_of_a_share)
{
	kpi_result *result;
	kpi_figure f;

	add_some(store, "voice", NULL, 0, 3);
	add_some(store, "chat", NULL, 0, 2);
	result = ask_rows(store, NULL, "channel_mix");
	f = figure_at(result, 1);
	ck_assert_near(f.lower, 0.2307, 5e-5);
	ck_assert_near(f.upper, 0.8824, 5e-5);
	kpi_result_free(result);
	result = ask_rows(store, NULL, "channel_mix bounds_by=none");
	ck_assert(isnan(figure_at(result, 1).lower));
	kpi_result_free(result);
}
END_TEST

/* Three contacts of two agents each: halves are as many draws as there are. */
START_TEST(split_contacts_make_wider_bounds)
{
	kpi_query *query = new_query();
	kpi_visit v[2] = { visit_of(KPI_OUTCOME_ANSWERED, SECOND, MINUTE),
		visit_of(KPI_OUTCOME_ANSWERED, SECOND, MINUTE) };
	kpi_interaction i = interaction_of(MONDAY, v, 2);
	kpi_result *result;
	kpi_figure f;

	v[0].agent = "amira";
	v[1].agent = "ben";
	i.channel = "voice";
	add(store, &i);
	add(store, &i);
	i.channel = "chat";
	add(store, &i);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_CHANNEL), KPI_OK);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	result = ask_rows(store, query, "channel_mix credit=equal");
	ck_assert_uint_eq(kpi_result_rows(result), 4);
	f = figure_at(result, 2);
	ck_assert_int_eq(f.parts, 720720);
	ck_assert_int_eq(f.numerator, 720720);
	ck_assert_int_eq(f.denominator, 3 * 360360);
	ck_assert_near(f.value, 2.0 / 3, 1e-12);
	/* Three halves count as three draws: 0.2077 to 0.9385. */
	ck_assert_near(f.lower, 0.2077, 5e-5);
	ck_assert_near(f.upper, 0.9385, 5e-5);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("mix");
	TCase *tc = tcase_create("mix");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_mix_asked_alone_brings_its_groups);
	tcase_add_test(tc, a_mix_beside_others_asks_for_its_groups);
	tcase_add_test(tc, the_whole_is_of_the_same_bucket_and_other_groups);
	tcase_add_test(tc, what_is_unknown_may_be_left_out_of_both_sides);
	tcase_add_test(tc, a_mix_may_be_of_some_classes);
	tcase_add_test(tc, a_filter_takes_what_it_drops_out_of_the_whole);
	tcase_add_test(tc, parts_merge_to_the_mix_of_the_whole);
	tcase_add_test(tc, bounds_of_a_mix_are_those_of_a_share);
	tcase_add_test(tc, split_contacts_make_wider_bounds);
	suite_add_tcase(s, tc);
	return s;
}
