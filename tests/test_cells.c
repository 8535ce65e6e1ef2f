/* SPDX-License-Identifier: MIT */
/* What groups count and add in cells of four and eight bytes is what plain
 * counting gives, and goes together with what does not fit there. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "query/narrow.h"
#include "several.h"

#include "runner.h"

#define UNITS 70
#define SLOTS 5
#define ROW   96 /* bytes */

static random_source source = { 1 };

START_TEST(counts_are_those_of_each_key)
{
	static uint32_t table[KPI__BLOCK_COUNTERS][KPI__KEYS * KPI__LANES];
	uint32_t *adds[KPI__BLOCK_COUNTERS];
	const uint8_t *key[KPI__BLOCK_COUNTERS];
	uint8_t keys[KPI__BLOCK_COUNTERS][UNITS];
	uint32_t slot[UNITS];

	for (int k = 0; k < KPI__BLOCK_COUNTERS; k++) {
		adds[k] = table[k];
		key[k] = keys[k];
	}
	for (uint32_t count = 0; count <= UNITS; count++) {
		const uint32_t used = 1 + count % KPI__BLOCK_COUNTERS;
		uint32_t cells[SLOTS * ROW / 4], expected[SLOTS * ROW / 4];

		for (size_t i = 0; i < SLOTS * ROW / 4; i++)
			cells[i] = expected[i] = random_below(&source, 99);
		for (uint32_t k = 0; k < KPI__BLOCK_COUNTERS; k++)
			for (size_t i = 0; i < KPI__KEYS * KPI__LANES; i++)
				table[k][i] = random_below(&source, 2);
		for (uint32_t i = 0; i < count; i++) {
			slot[i] = random_below(&source, SLOTS);
			for (uint32_t k = 0; k < KPI__BLOCK_COUNTERS; k++)
				keys[k][i] =
				    (uint8_t)random_below(&source, KPI__KEYS);
		}
		for (uint32_t i = 0; i < count; i++)
			for (uint32_t k = 0; k < used; k++)
				for (uint32_t l = 0; l < KPI__LANES; l++)
					expected[slot[i] * ROW / 4 + 8 + l] +=
					    table[k][keys[k][i] * KPI__LANES +
						l];
		kpi__narrow_add_keys((unsigned char *)(cells + 8), ROW, slot,
		    key, adds, used, count);
		ck_assert_mem_eq(cells, expected, sizeof(cells));
	}
}
END_TEST

START_TEST(sums_are_those_of_each_value)
{
	uint32_t slot[UNITS], value[UNITS];

	for (uint32_t count = 0; count <= UNITS; count++) {
		uint64_t cells[SLOTS * ROW / 8] = { 0 };
		kpi__wide sum[SLOTS], squares[SLOTS];

		memset(sum, 0, sizeof(sum));
		memset(squares, 0, sizeof(squares));
		for (uint32_t i = 0; i < count; i++) {
			slot[i] = random_below(&source, SLOTS);
			value[i] = random_one_in(&source, 3)
			    ? UINT32_MAX - 1 - random_below(&source, 2)
			    : random_below(&source, 100000);
			sum[slot[i]] = kpi__wide_add(
			    sum[slot[i]], kpi__wide_of(value[i]));
			squares[slot[i]] = kpi__wide_add(squares[slot[i]],
			    kpi__wide_product(value[i], value[i]));
		}
		kpi__narrow_add_values(
		    (unsigned char *)cells, ROW, slot, value, count);
		for (uint32_t s = 0; s < SLOTS; s++) {
			const uint64_t *at = cells + s * ROW / 8;
			const kpi__wide both = kpi__wide_add(
			    (kpi__wide){ at[1], 0 },
			    (kpi__wide){ at[2] << 32,
				(int64_t)(at[2] >> 32) });

			ck_assert(sum[s].low == at[0] && sum[s].high == 0);
			ck_assert_mem_eq(&both, &squares[s], sizeof(both));
		}
	}
}
END_TEST

#define QUEUES   3
#define CALLS    (SEVERAL_CHUNK * 12)
#define LONG_ONE (INT64_C(60) * 86400000) /* ms: no short value */
#define MARKS    11

typedef struct calls {
	kpi_store *store;
	int64_t waited[QUEUES]; /* ms */
	int64_t marks[QUEUES], count[QUEUES];
} calls;

/* Every other chunk has one wait that is long, in the last queue. */
static void
make_calls(calls *c)
{
	memset(c, 0, sizeof(*c));
	c->store = open_small(NULL);
	for (int i = 0; i < CALLS; i++) {
		const int queue = i % SEVERAL_CHUNK == 5 ? QUEUES - 1
							 : i % (QUEUES - 1);
		char name[2] = { (char)('a' + queue), 0 };
		kpi_visit visit = KPI_VISIT_INIT;
		kpi_interaction call = KPI_INTERACTION_INIT;

		visit.queue = name;
		visit.outcome = KPI_OUTCOME_ANSWERED;
		visit.talk_ms = 1000;
		visit.wait_ms = i % (2 * SEVERAL_CHUNK) == 5
		    ? LONG_ONE + i
		    : 1000 * (i % 97);
		call.started_at = 1000 * i;
		call.visits = &visit;
		call.visit_count = 1;
		call.csat = i % MARKS;
		call.csat_scale = MARKS;
		c->waited[queue] += visit.wait_ms;
		c->marks[queue] += call.csat;
		c->count[queue]++;
		ck_assert_int_eq(
		    kpi_store_add(c->store, &call, NULL), KPI_OK);
	}
}

/* By queue, on one thread and on several. */
static void
check_calls(const calls *c, const char *text, const int64_t *sums)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d;
	kpi_query *query;

	ck_assert_msg(kpi_definition_parse(&d, text, NULL, &error) == KPI_OK,
	    "%s", error.text);
	ck_assert_int_eq(kpi_query_new(&query, NULL, NULL), KPI_OK);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_QUEUE), KPI_OK);
	for (uint64_t threads = 1; threads < 4; threads += 2) {
		kpi_result *result;

		set_threads(c->store, threads);
		ck_assert_int_eq(kpi_measure(&result, c->store, query,
				     (const kpi_definition *const *)&d, 1,
				     NULL),
		    KPI_OK);
		ck_assert_uint_eq(kpi_result_rows(result), QUEUES);
		for (int i = 0; i < QUEUES; i++) {
			kpi_figure f = KPI_FIGURE_INIT;

			ck_assert_int_eq(kpi_result_figure(result,
					     (uint64_t)i, 0, &f),
			    KPI_OK);
			ck_assert_int_eq(f.numerator, sums[i]);
			ck_assert_int_eq(f.denominator, c->count[i]);
		}
		kpi_result_free(result);
	}
	kpi_query_free(query);
	kpi_definition_free(d);
}

START_TEST(long_values_stand_beside_short_ones)
{
	calls c;

	make_calls(&c);
	ck_assert_int_gt(c.waited[QUEUES - 1], 6 * LONG_ONE);
	check_calls(&c, "average_speed_of_answer", c.waited);
	kpi_store_close(c.store);
}
END_TEST

START_TEST(more_marks_than_a_block_has_counts_are_counted)
{
	calls c;

	make_calls(&c);
	check_calls(&c,
	    "csat_mean csat_scale=11 csat_scale_from=0", c.marks);
	kpi_store_close(c.store);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("cells");
	TCase *t = tcase_create("cells");

	tcase_add_test(t, counts_are_those_of_each_key);
	tcase_add_test(t, sums_are_those_of_each_value);
	tcase_add_test(t, long_values_stand_beside_short_ones);
	tcase_add_test(t, more_marks_than_a_block_has_counts_are_counted);
	suite_add_tcase(s, t);
	return s;
}
