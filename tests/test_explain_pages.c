/* SPDX-License-Identifier: MIT */
/* A figure opened: page after page, and what is refused, stopped or without
 * memory. */
#include "explaining.h"
#include "ration.h"
#include "runner.h"

#define MANY 60000

/* Two thirds start at once: a bin of starts has too many, and then one of
 * places. */
static kpi_store *
crowd(void)
{
	kpi_store *store = new_store();
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_OK);
	for (int k = MANY; k-- > 0;)
		add_named(store, NULL,
		    k % 3 ? MONDAY : MONDAY + (int64_t)k * k,
		    k % 2 ? KPI_OUTCOME_ANSWERED : KPI_OUTCOME_ABANDONED, k);
	ck_assert_int_eq(kpi_store_commit(store, &error), KPI_OK);
	return store;
}

START_TEST(pages_are_pieces_of_one_list_however_many_start_at_once)
{
	kpi_store *store = crowd();
	kpi_explanation *e = open_figure(store, NULL, "average_speed_of_answer");
	static kpi_explained all[MANY];
	static char met[MANY];
	int64_t sum = 0;

	ck_assert_uint_eq(kpi_explanation_count(e), MANY);
	for (uint64_t i = 0; i < MANY; i++) {
		all[i] = unit_of(e, i);
		ck_assert_int_ge(
		    all[i].started_at, i == 0 ? 0 : all[i - 1].started_at);
		sum += all[i].numerator;
		if (all[i].value == KPI_UNKNOWN)
			continue;
		ck_assert_int_eq(met[all[i].value], 0);
		met[all[i].value] = 1;
	}
	ck_assert_int_eq(sum, (int64_t)MANY / 2 * (MANY / 2));
	/* The store changes, and is closed; the list is the same. */
	add_calls(store,
	    (call){ MONDAY, KPI_OUTCOME_ANSWERED, 1, MINUTE, "c", "ben", "q" },
	    3);
	kpi_store_close(store);
	for (uint64_t i = 0; i < 300; i++) {
		const uint64_t at = i * 7919 % MANY;
		const kpi_explained u = unit_of(e, at);

		ck_assert_int_eq(u.started_at, all[at].started_at);
		ck_assert_int_eq(u.value, all[at].value);
		ck_assert_int_eq(u.role, all[at].role);
	}
	ck_assert_uint_eq(kpi_explanation_count(e), MANY);
	kpi_explanation_free(e);
}
END_TEST

START_TEST(nobody_and_nothing_are_refused_with_the_reason)
{
	kpi_explain_options options = KPI_EXPLAIN_OPTIONS_INIT;
	kpi_store *store = calls();
	kpi_query *q = new_query();
	kpi_definition *d = definition_of("service_level");
	kpi_explained u = KPI_EXPLAINED_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_figure f = KPI_FIGURE_INIT;
	kpi_explanation *e;

	ck_assert_int_eq(
	    kpi_explain(NULL, store, NULL, d, NULL, &error), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_explain(&e, NULL, NULL, d, NULL, &error), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_explain(&e, store, NULL, NULL, NULL, &error), KPI_EINVAL);
	options.roles = 1;
	ck_assert_int_eq(
	    kpi_explain(&e, store, NULL, d, &options, &error), KPI_EINVAL);
	options.roles = KPI_ROLE_BIT(KPI_ROLE_NOT_COUNTED + 1);
	ck_assert_int_eq(
	    kpi_explain(&e, store, NULL, d, &options, &error), KPI_EINVAL);
	options.size = 4;
	ck_assert_int_eq(
	    kpi_explain(&e, store, NULL, d, &options, &error), KPI_EINVAL);
	ck_assert_int_eq(
	    refused(store, NULL, "occupancy", &error), KPI_ENOTSUP);
	ck_assert_int_eq(kpi_query_by_time(q, KPI_BUCKET_DAY), KPI_OK);
	ck_assert_int_eq(
	    refused(store, q, "service_level", &error), KPI_EINVAL);
	ck_assert_int_eq(kpi_query_by_time(q, KPI_BUCKET_NONE), KPI_OK);
	ck_assert_int_eq(kpi_query_by(q, KPI_BY_QUEUE), KPI_OK);
	ck_assert_int_eq(
	    refused(store, q, "service_level", &error), KPI_EINVAL);
	ck_assert_int_eq(kpi_explanation_figure(NULL, &f), KPI_EINVAL);
	ck_assert_uint_eq(kpi_explanation_count(NULL), 0);
	ck_assert_int_eq(
	    kpi_explanation_get(NULL, 0, &u, &error), KPI_EINVAL);
	kpi_explanation_free(NULL);
	e = open_figure(store, NULL, "service_level");
	ck_assert_int_eq(kpi_explanation_get(e, 5, &u, &error), KPI_EINVAL);
	ck_assert_str_eq(error.text, "there are 5 units, and no place 5");
	ck_assert_int_eq(kpi_explanation_get(e, 0, NULL, &error), KPI_EINVAL);
	u.size = 8;
	ck_assert_int_eq(kpi_explanation_get(e, 0, &u, &error), KPI_EINVAL);
	kpi_explanation_free(e);
	kpi_definition_free(d);
	kpi_query_free(q);
	kpi_store_close(store);
}
END_TEST

START_TEST(an_empty_store_has_a_figure_of_nobody)
{
	kpi_store *store = new_store();
	kpi_explanation *e = open_figure(store, NULL, "service_level");
	kpi_figure f = KPI_FIGURE_INIT;

	ck_assert_uint_eq(kpi_explanation_count(e), 0);
	ck_assert_int_eq(kpi_explanation_figure(e, &f), KPI_OK);
	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
	kpi_explanation_free(e);
	kpi_store_close(store);
}
END_TEST

typedef struct asker {
	int asked, stop_at;
} asker;

static int
stop(void *ctx, uint64_t done, uint64_t total)
{
	asker *a = ctx;

	(void)done;
	(void)total;
	return ++a->asked == a->stop_at;
}

START_TEST(it_stops_where_it_is_asked_to_and_a_page_too)
{
	asker a = { 0, 0 };
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	kpi_store *store = crowd();
	kpi_definition *d = definition_of("nps nps_per=customer");
	kpi_error error = KPI_ERROR_INIT;
	kpi_explained u = KPI_EXPLAINED_INIT;
	kpi_explanation *e = NULL;
	kpi_query *q;
	kpi_status status;

	options.stop = stop;
	options.stop_ctx = &a;
	ck_assert_int_eq(kpi_query_new(&q, &options, &error), KPI_OK);
	do {
		a.asked = 0;
		a.stop_at++;
		status = kpi_explain(&e, store, q, d, NULL, &error);
		ck_assert(status == KPI_OK || status == KPI_ESTOPPED);
		ck_assert((e == NULL) == (status != KPI_OK));
	} while (status != KPI_OK);
	ck_assert_int_gt(a.stop_at, 4);
	kpi_explanation_free(e);
	kpi_definition_free(d);

	a.asked = a.stop_at = 0;
	e = open_figure(store, q, "average_speed_of_answer");
	a.asked = 0;
	a.stop_at = 1;
	ck_assert_int_eq(
	    kpi_explanation_get(e, MANY / 2, &u, &error), KPI_ESTOPPED);
	a.stop_at = 0;
	ck_assert_int_eq(unit_of(e, MANY / 2).started_at, MONDAY);
	kpi_explanation_free(e);
	kpi_query_free(q);
	kpi_store_close(store);
}
END_TEST

static const char *const memory_of[] = { "service_level",
	"first_contact_resolution", "nps nps_per=customer", "customers",
	"wait_p50", "backlog", "channel_mix" };

static kpi_status
explain_within(kpi_store *store, const kpi_query *query,
    const kpi_definition *d, ration *supply, int64_t n, int once)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_explained u = KPI_EXPLAINED_INIT;
	kpi_explanation *e = (kpi_explanation *)&error;
	kpi_status status;

	ration_fail(supply, n, once);
	status = kpi_explain(&e, store, query, d, NULL, &error);
	ck_assert((e == NULL) == (status != KPI_OK));
	if (status == KPI_OK) {
		ck_assert_uint_gt(kpi_explanation_count(e), 0);
		status = kpi_explanation_get(e, 0, &u, &error);
	}
	ck_assert_msg(status == KPI_OK ||
		(status == KPI_ENOMEM && supply->failed &&
		    error.status == KPI_ENOMEM),
	    "%d", (int)status);
	kpi_explanation_free(e);
	return status;
}

START_TEST(without_memory_nothing_is_opened_and_nothing_is_lost)
{
	ration supply = { .fail_at = 0 };
	const kpi_allocator allocator = { ration_resize, &supply };
	kpi_store_options of = KPI_STORE_OPTIONS_INIT;
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d = definition_of(memory_of[_i]);
	kpi_store *store;
	kpi_query *query;

	of.allocator = options.allocator = &allocator;
	ck_assert_int_eq(kpi_store_open(&store, NULL, &of, &error), KPI_OK);
	ck_assert_int_eq(kpi_query_new(&query, &options, NULL), KPI_OK);
	ck_assert_int_eq(
	    kpi_query_where(query, KPI_BY_CHANNEL, "voice"), KPI_OK);
	for (int k = 0; k < 4; k++) {
		kpi_visit v = visit_of(KPI_OUTCOME_ANSWERED, SECOND, MINUTE);
		kpi_interaction i = interaction_of(MONDAY + k * HOUR, &v, 1);

		i.channel = "voice";
		i.customer = "c-1";
		i.nps = 9;
		add(store, &i);
	}
	for (int once = 0; once < 2; once++) {
		int64_t n = 0;

		do {
			n++;
		} while (explain_within(store, query, d, &supply, n, once) !=
			KPI_OK ||
		    supply.failed);
		ck_assert_int_gt(n, 10);
	}
	kpi_definition_free(d);
	kpi_query_free(query);
	kpi_store_close(store);
	ck_assert_int_eq(supply.blocks, 0);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("explain_pages");
	TCase *t = tcase_create("");

	tcase_set_timeout(t, 120);
	tcase_add_test(
	    t, pages_are_pieces_of_one_list_however_many_start_at_once);
	tcase_add_test(
	    t, nobody_and_nothing_are_refused_with_the_reason);
	tcase_add_test(
	    t, an_empty_store_has_a_figure_of_nobody);
	tcase_add_test(
	    t, it_stops_where_it_is_asked_to_and_a_page_too);
	tcase_add_loop_test(t,
	    without_memory_nothing_is_opened_and_nothing_is_lost, 0,
	    sizeof(memory_of) / sizeof(*memory_of));
	suite_add_tcase(s, t);
	return s;
}
