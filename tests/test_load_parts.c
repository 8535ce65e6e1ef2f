/* SPDX-License-Identifier: MIT */
/* What loading many rows rests on, against its plainest form. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/columns.h"
#include "ingest/text_codes.h"
#include "store/item.h"
#include "store/order.h"

#define MOST 3000

static uint64_t state = 20261128;

static uint64_t
draw(void)
{
	state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return state ^ state >> 29 ^ state << 31;
}

static int
compare(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* Places that rise, do not, or are missing; hashes that are equal. */
START_TEST(words_are_put_in_order)
{
	static uint64_t words[MOST], plain[MOST];

	for (int round = 0; round < 300; round++) {
		const uint32_t count = (uint32_t)(draw() % MOST);

		for (uint32_t i = 0; i < count; i++) {
			words[i] = draw() >> (round % 7 == 0 ? 60 : 0);
			if (round % 3 == 0)
				words[i] = (words[i] & KPI__RUN_HASH) | i;
			if (round % 5 == 0)
				words[i] &= ~(UINT64_C(0xffff) << 40);
		}
		memcpy(plain, words, sizeof(plain));
		qsort(plain, count, sizeof(*plain), compare);
		ck_assert_int_eq(
		    kpi__order_words(words, count, &kpi__default_allocator),
		    KPI_OK);
		ck_assert(memcmp(words, plain, count * sizeof(*words)) == 0);
	}
}
END_TEST

START_TEST(numbers_of_a_column_are_its_values_above_the_least)
{
	static int64_t values[MOST];
	static uint64_t numbers[MOST];
	static const unsigned bits[] = { 1, 7, 8, 15, 16, 31, 32, 40, 62 };

	for (int round = 0; round < 400; round++) {
		const uint32_t count = 1 + (uint32_t)(draw() % 70);
		const unsigned width = bits[draw() % 9];
		const int has_unknown = round % 2;
		int64_t least = INT64_MAX;
		kpi__item *item;

		for (uint32_t i = 0; i < count; i++) {
			values[i] = (int64_t)(draw() >> (64 - width)) -
			    (int64_t)(round % 3) * 1000;
			if (has_unknown && draw() % 4 == 0)
				values[i] = KPI_UNKNOWN;
			else if (values[i] < least)
				least = values[i];
		}
		item = kpi__item_pack(
		    &kpi__default_allocator, 1, values, count, 0);
		ck_assert_ptr_nonnull(item);
		if (item->column.width < 8)
			least = item->column.base;
		if (item->column.width > 0)
			kpi__column_numbers(numbers, &item->column, least);
		for (uint32_t i = 0; item->column.width > 0 && i < count; i++)
			ck_assert_uint_eq(numbers[i],
			    values[i] == KPI_UNKNOWN ? 0
						     : (uint64_t)values[i] -
				    (uint64_t)least + item->column.has_unknown);
		kpi__item_free(&kpi__default_allocator, item);
	}
}
END_TEST

#define TEXTS 50000
#define ROOM  40

/* Texts of one length, and of one beginning and end, are told apart; those
 * that are asked for are more than are remembered. */
START_TEST(a_text_that_was_met_has_its_code)
{
	static char text[TEXTS][ROOM];
	kpi__text_codes met = { 0 };
	uint32_t remembered = 0;

	for (uint32_t i = 0; i < TEXTS; i++)
		(void)snprintf(text[i], ROOM, "%.*s%05u%.*s", (int)(i % 3 * 8),
		    "abcdefghijklmnop", i, (int)(i % 3 * 8),
		    "qrstuvwxyzabcdef");
	for (uint32_t n = 0; n < 3 * TEXTS; n++) {
		const uint32_t i = n < TEXTS
		    ? n
		    : (uint32_t)(draw() % (n % 2 == 0 ? 20000 : TEXTS));
		char copy[ROOM];
		kpi__text_code *slot;

		memcpy(copy, text[i], ROOM);
		ck_assert_int_eq(
		    kpi__text_codes_find(&met, &kpi__default_allocator, copy,
			(uint32_t)strlen(copy), &slot),
		    KPI_OK);
		if (slot->code != 0) {
			ck_assert_uint_eq(slot->code, i + 1);
			remembered++;
			continue;
		}
		slot->text = text[i];
		slot->code = i + 1;
		met.count++;
	}
	ck_assert_uint_gt(remembered, TEXTS / 2);
	kpi__text_codes_free(&met, &kpi__default_allocator);
}
END_TEST

static kpi_store *store;
static kpi__codes codes[2];

/* Adds a row of each place. */
static void
add(const char *const *customers, int32_t count)
{
	static const int64_t starts[4] = { 1700000000000, 1700000000001,
		1700000000002, 1700000000003 };
	static const int32_t places[4] = { 0, 1, 2, 3 };
	kpi_column columns[2] = { KPI_COLUMN_INIT, KPI_COLUMN_INIT };
	kpi_error error = KPI_ERROR_INIT;
	uint8_t fate[4] = { 0 };

	columns[0].field = KPI_FIELD_STARTED_AT;
	columns[0].type = KPI_COLUMN_INT64;
	columns[0].data = starts;
	columns[1].field = KPI_FIELD_CUSTOMER;
	columns[1].type = KPI_COLUMN_DICTIONARY;
	columns[1].data = places;
	columns[1].dictionary = customers;
	columns[1].dictionary_count = (uint64_t)count;
	ck_assert_msg(kpi__columns_add(store, (uint64_t)count, columns, codes,
			  2, 0, fate, &error) == KPI_OK,
	    "%s", error.text);
}

static void
has(const char *customer, uint64_t rows)
{
	kpi_iterator *i;
	const kpi_interaction *found;
	uint64_t count = 0;

	ck_assert_int_eq(kpi_store_iterate(&i, store, NULL, NULL), KPI_OK);
	while (kpi_iterator_next(i, &found, NULL) == KPI_OK && found != NULL)
		count += strcmp(found->customer, customer) == 0;
	kpi_iterator_free(i);
	ck_assert_uint_eq(count, rows);
}

/* What was rolled back gave its codes back: they are other texts' then. */
START_TEST(codes_that_were_kept_are_void_once_they_are_taken_back)
{
	static const char *const first[] = { "ann", "bob" };
	static const char *const then[] = { "eve" };
	static const char *const all[] = { "ann", "bob", "cid", "dan" };

	ck_assert_int_eq(kpi_store_open(&store, NULL, NULL, NULL), KPI_OK);
	ck_assert_int_eq(kpi_store_begin(store, NULL), KPI_OK);
	add(first, 2);
	add(all, 4);
	ck_assert_int_eq(kpi_store_rollback(store, NULL), KPI_OK);
	kpi__codes_free(&codes[0], &kpi__default_allocator);
	memset(&codes[0], 0, sizeof(codes[0]));
	ck_assert_ptr_nonnull(codes[1].at);
	ck_assert_int_eq(kpi_store_begin(store, NULL), KPI_OK);
	{
		const kpi__codes kept = codes[1];

		memset(&codes[1], 0, sizeof(codes[1]));
		add(then, 1);
		kpi__codes_free(&codes[1], &kpi__default_allocator);
		codes[1] = kept;
	}
	add(all, 4);
	ck_assert_int_eq(kpi_store_commit(store, NULL), KPI_OK);
	has("eve", 1);
	has("ann", 1);
	has("dan", 1);
	ck_assert_int_eq(kpi_store_erase_customer(store, "ann", NULL), KPI_OK);
	add(all, 4);
	has("ann", 1);
	has("bob", 2);
	kpi__codes_free(&codes[1], &kpi__default_allocator);
	kpi_store_close(store);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("load_parts");
	TCase *c = tcase_create("load_parts");

	tcase_add_test(c, words_are_put_in_order);
	tcase_add_test(c, numbers_of_a_column_are_its_values_above_the_least);
	tcase_add_test(c, a_text_that_was_met_has_its_code);
	tcase_add_test(
	    c, codes_that_were_kept_are_void_once_they_are_taken_back);
	suite_add_tcase(s, c);
	return s;
}

#include "runner.h"
