/* SPDX-License-Identifier: MIT */
/*
 * Parts of the data that keep customers, or days, whole: what they come to
 * merges to what the whole comes to, byte by byte, in any order.
 */
#include <stdio.h>
#include <string.h>

#include "question.h"
#include "runner.h"

#define PARTS_MOST 6

typedef struct saved {
	unsigned char *bytes;
	uint64_t size;
} saved;

static saved
save(const kpi_result *result)
{
	kpi_error error = KPI_ERROR_INIT;
	saved s;

	ck_assert_int_eq(
	    kpi_result_save(result, NULL, 0, &s.size, &error), KPI_EOVERFLOW);
	s.bytes = malloc((size_t)s.size);
	ck_assert_ptr_nonnull(s.bytes);
	ck_assert_int_eq(
	    kpi_result_save(result, s.bytes, s.size, &s.size, &error), KPI_OK);
	return s;
}

static kpi_result *
load(const saved *s)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *result;

	ck_assert_msg(
	    kpi_result_load(&result, s->bytes, s->size, NULL, &error) == KPI_OK,
	    "%s", error.text);
	return result;
}

/* What stands for a customer whole: its name; those without one, anything. */
static uint32_t
part_of(const kpi_interaction *whole, size_t at, uint32_t parts, int by_day)
{
	uint32_t hash = 5381;

	if (by_day)
		return (uint32_t)(whole->started_at / 86400000) % parts;
	if (whole->customer == NULL)
		return (uint32_t)(at * 7) % parts;
	for (const char *c = whole->customer; *c != '\0'; c++)
		hash = hash * 33 + (unsigned char)*c;
	return hash % parts;
}

static void
fill(kpi_store **stores, const random_interactions *made, uint32_t parts,
    int by_day)
{
	kpi_error error = KPI_ERROR_INIT;

	for (uint32_t p = 0; p < parts; p++)
		ck_assert_int_eq(
		    kpi_store_open(&stores[p], NULL, NULL, &error), KPI_OK);
	for (size_t i = 0; i < made->count; i++)
		ck_assert_msg(
		    kpi_store_add(stores[part_of(&made->all[i], i, parts,
				      by_day)],
			&made->all[i], &error) == KPI_OK,
		    "%s", error.text);
}

/* What a part cannot know of the whole is said: the ends of what is known. */
static void
say_known(question *q, const kpi_store_info *info)
{
	if (question_value(q, "as_of") != NULL) {
		instant_text(q->as_of_text, info->as_of);
		question_set(q, "as_of", q->as_of_text);
	}
	if (question_value(q, "known_from") != NULL) {
		instant_text(q->known_from_text, info->known_from);
		question_set(q, "known_from", q->known_from_text);
	}
	/* A case may have several customers. */
	if (q->metric == KPI_METRIC_RESOLUTION_RATE ||
	    q->metric == KPI_METRIC_RESOLVED_WITHIN)
		question_set(q, "unit", "interaction");
	if (question_value(q, "fcr_unit") != NULL &&
	    strcmp(question_value(q, "fcr_unit"), "case") == 0)
		question_set(q, "fcr_unit", "issue");
}

static void
replace(question *q, const char *parameter, const char *from, const char *to)
{
	const char *value = question_value(q, parameter);

	if (value != NULL && (from == NULL || strcmp(value, from) == 0))
		question_set(q, parameter, to);
}

/* Days stand in several parts by customer, and customers in several by day;
 * by day a unit is in the part of its start. */
static void
keep_whole(question *q, int by_day)
{
	const char *from = by_day ? "customer" : "day";
	const char *to = by_day ? "day" : "customer";

	replace(q, "bounds_by", from, to);
	replace(q, "verdict_by", from, to);
	if (!by_day)
		return;
	replace(q, "anchor", NULL, "started");
	replace(q, "survey_anchor", NULL, "contact");
	replace(q, "csat_per", NULL, "answer");
	replace(q, "nps_per", NULL, "answer");
	replace(q, "self_service_window", NULL, "0d");
}

/* Agents stand in several parts of either kind; days have bounds in parts by
 * day alone, and there of own cost alone. */
static void
keep_costs_whole(question *q, int by_day)
{
	replace(q, "cost_denominator", "agents", "received");
	if (question_value(q, "cost_sources") == NULL)
		return;
	if (by_day)
		question_set(q, "cost_sources", "own");
	replace(q, "bounds_by", "customer", "none");
	replace(q, "verdict_by", "customer", "none");
}

static int
needs_customers(int32_t metric)
{
	return metric == KPI_METRIC_CUSTOMERS ||
	    metric == KPI_METRIC_REPEAT_CUSTOMER_RATE ||
	    (metric >= KPI_METRIC_FIRST_CONTACT_RESOLUTION &&
		metric <= KPI_METRIC_CONTACTS_PER_ISSUE);
}

typedef struct asked {
	question q[QUESTION_METRICS];
	question_rows rows;
	kpi_definition *definitions[QUESTION_METRICS];
	uint32_t count;
	kpi_query *query;
} asked;

static void
make_asked(asked *a, random_source *s, const int64_t *instants, uint32_t count,
    const kpi_store_info *info, int by_day)
{
	question_rows_make(&a->rows, s, instants, count);
	/* How long who waits has waited, a part does not know. */
	if (a->rows.measure == KPI_FIELD_WAIT)
		a->rows.measure = 0;
	a->count = question_make_each(a->q, &a->rows, s, 3, instants, count);
	a->query = question_query(&a->rows);
	ck_assert_int_eq(kpi_query_partition(a->query,
			     by_day ? KPI_PARTITION_DAY
				    : KPI_PARTITION_CUSTOMER),
	    KPI_OK);
	for (uint32_t m = 0; m < a->count; m++) {
		/* By day something else is asked than needs whole customers. */
		if (by_day && needs_customers(a->q[m].metric))
			question_make(&a->q[m], s, KPI_METRIC_SERVICE_LEVEL,
			    random_one_in(s, 3), instants, count);
		say_known(&a->q[m], info);
		keep_whole(&a->q[m], by_day);
		keep_costs_whole(&a->q[m], by_day);
		a->definitions[m] = question_definition(&a->q[m]);
	}
}

static void
free_asked(asked *a)
{
	for (uint32_t m = 0; m < a->count; m++)
		kpi_definition_free(a->definitions[m]);
	kpi_query_free(a->query);
}

static saved
measure(const asked *a, kpi_store *store)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *result;
	saved s;

	ck_assert_msg(kpi_measure(&result, store, a->query,
			  (const kpi_definition *const *)a->definitions,
			  a->count, &error) == KPI_OK,
	    "%s", error.text);
	s = save(result);
	kpi_result_free(result);
	return s;
}

/* Merges what is there two by two, whichever two, until one is left. */
static saved
merge_all(const saved *parts, uint32_t count, random_source *s)
{
	kpi_result *left[PARTS_MOST];
	kpi_error error = KPI_ERROR_INIT;
	saved merged;

	for (uint32_t p = 0; p < count; p++)
		left[p] = load(&parts[p]);
	while (count > 1) {
		const uint32_t into = random_below(s, count);
		uint32_t from = random_below(s, count - 1);

		from += from >= into;
		ck_assert_msg(
		    kpi_result_merge(left[into], left[from], &error) == KPI_OK,
		    "%s", error.text);
		kpi_result_free(left[from]);
		left[from] = left[--count];
	}
	merged = save(left[0]);
	kpi_result_free(left[0]);
	return merged;
}

static void
check_merges(
    const asked *a, kpi_store **stores, uint32_t parts, random_source *s)
{
	saved of_part[PARTS_MOST], merged;
	const saved whole = measure(a, stores[parts]);

	for (uint32_t p = 0; p < parts; p++)
		of_part[p] = measure(a, stores[p]);
	for (int order = 0; order < 3; order++) {
		merged = merge_all(of_part, parts, s);
		ck_assert_msg(merged.size == whole.size &&
			memcmp(merged.bytes, whole.bytes, (size_t)whole.size) ==
			    0,
		    "%d parts do not merge to the whole: one of the metrics "
		    "of %s",
		    (int)parts, question_said(&a->q[3], &a->rows));
		free(merged.bytes);
	}
	for (uint32_t p = 0; p < parts; p++)
		free(of_part[p].bytes);
	free(whole.bytes);
}

static void
check_parts(int by_day)
{
	const uint32_t rounds = random_cases(10000) / 100 + 1;
	static asked a;

	for (uint32_t round = 0; round < rounds; round++) {
		random_source s = { round * UINT64_C(69621) + 3 };
		const random_shape shape = random_shape_any(&s);
		const uint32_t parts = 1 + random_below(&s, PARTS_MOST - 1);
		kpi_store_info info = KPI_STORE_INFO_INIT;
		kpi_error error = KPI_ERROR_INIT;
		kpi_store *stores[PARTS_MOST + 1];
		int64_t instants[8];
		random_interactions made;

		random_interactions_make(
		    &made, s.state, 8 + random_below(&s, 150), &shape);
		for (int i = 0; i < 8; i++)
			instants[i] = made.all[i].started_at;
		fill(stores, &made, parts, by_day);
		stores[parts] = random_interactions_store(&made);
		ck_assert_int_eq(
		    kpi_store_read_info(stores[parts], &info, &error), KPI_OK);
		for (int i = 0; i < 8; i++) {
			make_asked(&a, &s, instants, 8, &info, by_day);
			check_merges(&a, stores, parts, &s);
			free_asked(&a);
		}
		for (uint32_t p = 0; p <= parts; p++)
			kpi_store_close(stores[p]);
		random_interactions_free(&made);
	}
}

START_TEST(parts_by_customer_merge_to_the_whole)
{
	check_parts(0);
}
END_TEST

START_TEST(parts_by_day_merge_to_the_whole)
{
	check_parts(1);
}
END_TEST

/* Without a word about the parts, who may stand in several is not added. */
START_TEST(parts_that_might_split_customers_are_refused)
{
	static const int32_t metrics[] = { KPI_METRIC_CUSTOMERS,
		KPI_METRIC_REPEAT_RATE, KPI_METRIC_FIRST_CONTACT_RESOLUTION,
		KPI_METRIC_CONTACTS_PER_ISSUE,
		KPI_METRIC_REPEAT_CUSTOMER_RATE };
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;

	ck_assert_int_eq(kpi_store_open(&store, NULL, NULL, &error), KPI_OK);
	for (size_t m = 0; m < sizeof(metrics) / sizeof(*metrics); m++) {
		kpi_definition *d;
		kpi_result *one, *other;

		ck_assert_int_eq(
		    kpi_definition_new(&d, metrics[m], NULL, &error), KPI_OK);
		ck_assert_int_eq(
		    kpi_measure(&one, store, NULL,
			(const kpi_definition *const *)&d, 1, &error),
		    KPI_OK);
		ck_assert_int_eq(
		    kpi_measure(&other, store, NULL,
			(const kpi_definition *const *)&d, 1, &error),
		    KPI_OK);
		ck_assert_int_eq(
		    kpi_result_merge(one, other, &error), KPI_EMISMATCH);
		kpi_result_free(one);
		kpi_result_free(other);
		kpi_definition_free(d);
	}
	kpi_store_close(store);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("partition");
	TCase *tc = tcase_create("partition");

	tcase_set_timeout(tc, 3600);
	tcase_add_test(tc, parts_by_customer_merge_to_the_whole);
	tcase_add_test(tc, parts_by_day_merge_to_the_whole);
	tcase_add_test(tc, parts_that_might_split_customers_are_refused);
	suite_add_tcase(s, tc);
	return s;
}
