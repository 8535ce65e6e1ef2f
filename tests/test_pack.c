/* SPDX-License-Identifier: MIT */
/* Numbers in few bits: what is packed comes back, what is forged does not. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/blob.h"
#include "store/pack.h"

#define MOST 3000

static uint64_t state;

static uint64_t
draw(void)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return state ^ state >> 29 ^ state << 31;
}

static uint64_t
draw_bits(unsigned bits)
{
	return bits == 0 ? 0 : draw() >> (64 - bits);
}

static void
begin(kpi__buffer *b)
{
	state = 20261128;
	kpi__buffer_init(b, &kpi__default_allocator);
}

/* Reads it in pieces of `step` from a block that ends where the pack does,
 * and says how many bytes it has. */
static size_t
there_and_back(
    const uint64_t *numbers, uint32_t count, int steps, uint32_t step)
{
	uint64_t *spent = malloc((count + 1) * sizeof(*spent));
	uint64_t *back = malloc((count + 1) * sizeof(*back));
	unsigned char *bytes;
	kpi__buffer b;
	kpi__unpack u;
	size_t size;

	kpi__buffer_init(&b, &kpi__default_allocator);
	memcpy(spent, numbers, count * sizeof(*spent));
	kpi__pack(&b, spent, count, steps);
	ck_assert_int_eq(b.status, KPI_OK);
	size = b.size;
	bytes = malloc(size);
	memcpy(bytes, b.bytes, size);
	ck_assert(kpi__unpack_open(&u, bytes, size, count));
	ck_assert_ptr_eq(u.end, bytes + size);
	while (u.at < count)
		kpi__unpack_next(
		    &u, back + u.at, count - u.at < step ? count - u.at : step);
	ck_assert(!u.bad);
	ck_assert_mem_eq(back, numbers, count * sizeof(*back));
	for (uint32_t from = 0; from < count; from += 8 + from / 24 * 8) {
		ck_assert(kpi__unpack_open(&u, bytes, size, count));
		kpi__unpack_skip(&u, from);
		ck_assert_uint_eq(u.at, from);
		kpi__unpack_next(&u, back, count - from);
		ck_assert(!u.bad);
		ck_assert_mem_eq(back, numbers + from,
		    (count - from) * sizeof(*back));
	}
	for (size_t less = 0; less < size; less += 1 + less / 7)
		ck_assert(!kpi__unpack_open(&u, bytes, less, count));
	kpi__buffer_free(&b);
	free(bytes);
	free(back);
	free(spent);
	return size;
}

START_TEST(numbers_of_every_width_come_back_whatever_their_count)
{
	static uint64_t n[MOST];
	kpi__buffer b;

	begin(&b);
	for (unsigned bits = 0; bits <= 64; bits++)
		for (uint32_t count = 0; count < 80; count++) {
			const uint64_t above =
			    bits == 64 ? 0 : draw_bits(64 - bits) << bits;

			for (uint32_t i = 0; i < count; i++)
				n[i] = draw_bits(bits);
			there_and_back(n, count, 0, 64);
			there_and_back(n, count, 1, 8);
			for (uint32_t i = 0; i < count; i++)
				n[i] += above;
			there_and_back(n, count, 0, 24);
			there_and_back(n, count, 1, 1024);
		}
}
END_TEST

START_TEST(a_few_great_numbers_do_not_widen_the_others)
{
	static uint64_t n[MOST];
	kpi__buffer b;

	begin(&b);
	for (unsigned bits = 0; bits < 64; bits++)
		for (unsigned above = bits + 1; above <= 64; above += 3) {
			size_t size;

			for (uint32_t i = 0; i < MOST; i++)
				n[i] = draw() % 100 == 0 ? draw_bits(above)
							 : draw_bits(bits);
			size = there_and_back(n, MOST, 0, 8 * (1 + above));
			ck_assert_uint_le(size,
			    16 + MOST * bits / 8 + 1 +
				MOST / 50 * (above - bits + 12) / 8 + 2);
		}
}
END_TEST

START_TEST(what_rises_takes_the_bits_of_its_steps)
{
	static uint64_t n[MOST];
	kpi__buffer b;

	begin(&b);
	for (unsigned bits = 0; bits < 50; bits++) {
		n[0] = draw();
		for (uint32_t i = 1; i < MOST; i++)
			n[i] = n[i - 1] + draw_bits(bits);
		ck_assert_uint_le(
		    there_and_back(n, MOST, 1, 64), 16 + MOST * bits / 8 + 1);
		for (uint32_t i = 1; i < MOST; i++)
			n[i] = n[i - 1] +
			    (draw() % 2 == 0 ? draw_bits(bits)
					     : 0 - draw_bits(bits));
		ck_assert_uint_le(there_and_back(n, MOST, 1, 8),
		    16 + MOST * (bits + 1) / 8 + 1);
	}
}
END_TEST

/* Bytes of any kind are read without a step beside them, or refused. */
START_TEST(forged_packs_are_refused_or_read_within_their_bytes)
{
	static uint64_t n[MOST], out[MOST];
	unsigned refused = 0, read = 0;
	kpi__buffer b;

	begin(&b);
	for (int round = 0; round < 20000; round++) {
		const uint32_t count = (uint32_t)(draw() % 300);
		const unsigned bits = (unsigned)(draw() % 65);
		unsigned char *bytes;
		kpi__unpack u;

		for (uint32_t i = 0; i < count; i++)
			n[i] = draw_bits(draw() % 20 == 0 ? bits : bits / 2);
		b.size = 0;
		kpi__pack(&b, n, count, round & 1);
		bytes = malloc(b.size);
		memcpy(bytes, b.bytes, b.size);
		for (uint64_t k = draw() % 4; k < 4; k++)
			bytes[draw() % (k == 0 ? b.size : 16)] ^=
			    (unsigned char)(1u << draw() % 8);
		if (kpi__unpack_open(&u, bytes, b.size, count)) {
			ck_assert(u.end <= bytes + b.size);
			while (u.at < count)
				kpi__unpack_next(&u, out + u.at,
				    count - u.at < 64 ? count - u.at : 64);
			read++;
		} else
			refused++;
		free(bytes);
	}
	ck_assert_uint_gt(refused, 2000);
	ck_assert_uint_gt(read, 2000);
	kpi__buffer_free(&b);
}
END_TEST

START_TEST(exceptions_behind_the_last_number_are_bad)
{
	static const unsigned char pack[] = { 0, 0, 8, 1, 2, 0, 0, 0, 0, 0, 0,
		0, 0, 0, 0, 0, 3, 9, 3 };
	uint64_t out[16];
	kpi__unpack u;

	ck_assert(kpi__unpack_open(&u, pack, sizeof(pack), 16));
	kpi__unpack_next(&u, out, 16);
	ck_assert(!u.bad);
	ck_assert_uint_eq(out[3], 1);
	ck_assert_uint_eq(out[13], 1);
	ck_assert(kpi__unpack_open(&u, pack, sizeof(pack), 13));
	kpi__unpack_next(&u, out, 13);
	ck_assert(u.bad);
	ck_assert(!kpi__unpack_open(&u, pack, sizeof(pack), 3));
}
END_TEST

struct head {
	unsigned at;
	unsigned char value;
};

/* A column of a chunk, packed, with a byte of its head changed; width 8 where
 * values are far apart. */
static kpi_status
decode(kpi__item **out, const kpi__chunk *chunk, int32_t number,
    const struct head *change, const int64_t *values)
{
	kpi__item *const item = kpi__item_pack(&kpi__default_allocator,
	    (uint32_t)number, values, chunk->interactions, 0);
	kpi__buffer b;
	kpi_status status;

	kpi__buffer_init(&b, &kpi__default_allocator);
	kpi__blob_encode(&b, chunk, item);
	ck_assert_int_eq(b.status, KPI_OK);
	if (change != NULL) {
		ck_assert_uint_ne(b.bytes[change->at], change->value);
		b.bytes[change->at] = change->value;
	}
	status = kpi__blob_decode(
	    out, chunk, (uint32_t)number, b.bytes, b.size, NULL);
	kpi__buffer_free(&b);
	kpi__item_free(&kpi__default_allocator, item);
	return status;
}

START_TEST(a_column_says_that_no_known_number_is_all_ones)
{
	static const struct {
		int64_t greatest, least;
		int bounded;
	} cases[] = { { UINT32_MAX - 1, 0, 1 }, { UINT32_MAX, 0, 0 },
		{ UINT32_MAX - 1, KPI_UNKNOWN, 1 },
		{ (int64_t)UINT32_MAX + 1, 1, 0 }, { 300, 0, 0 },
		{ INT64_C(1) << 40, 0, 0 } };
	kpi__chunk *const chunk =
	    kpi__chunk_new(&kpi__default_allocator, 3, 3, 3, NULL);

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const int64_t values[] = { cases[i].greatest, cases[i].least,
			cases[i].least == KPI_UNKNOWN ? 0 : 5 };
		kpi__item *const packed = kpi__item_pack(
		    &kpi__default_allocator, KPI_FIELD_COST, values, 3, 0);
		kpi__item *read;

		ck_assert_int_eq(packed->column.bounded, cases[i].bounded);
		ck_assert_int_eq(
		    decode(&read, chunk, KPI_FIELD_COST, NULL, values),
		    KPI_OK);
		ck_assert_int_eq(read->column.bounded, cases[i].bounded);
		kpi__item_free(&kpi__default_allocator, packed);
		kpi__item_free(&kpi__default_allocator, read);
	}
	kpi__chunk_release(chunk);
}
END_TEST

START_TEST(columns_of_every_width_come_back_with_their_unknown)
{
	static int64_t values[MOST];
	kpi__buffer b;

	begin(&b);
	for (unsigned bits = 0; bits <= 62; bits++)
		for (int unknown = 0; unknown < 3; unknown++) {
			const uint32_t rows =
			    (uint32_t)(1 + draw() % (MOST - 1));
			kpi__chunk *const chunk = kpi__chunk_new(
			    &kpi__default_allocator, 3, rows, rows, NULL);
			kpi__item *item;

			for (uint32_t i = 0; i < rows; i++)
				values[i] = unknown > 0 && draw() % 4 == 0
				    ? KPI_UNKNOWN
				    : (int64_t)draw_bits(bits) -
					(unknown == 2 ? 1000 : 0);
			ck_assert_int_eq(
			    decode(&item, chunk, KPI_FIELD_COST, NULL, values),
			    KPI_OK);
			ck_assert_uint_eq(item->column.rows, rows);
			for (uint32_t i = 0; i < rows; i++)
				ck_assert_int_eq(
				    kpi__column_value(&item->column, i),
				    values[i]);
			kpi__item_free(&kpi__default_allocator, item);
			kpi__chunk_release(chunk);
		}
}
END_TEST

START_TEST(columns_with_values_that_cannot_be_are_refused)
{
	static const struct {
		int32_t field;
		int64_t value[3];
		struct head change;
	} cases[] = {
		/* flags of which one is 2, or unknown */
		{ KPI_FIELD_RESOLVED, { 0, 1, 1 }, { 32, 1 } },
		/* starts that are unknown, or fall */
		{ KPI_FIELD_STARTED_AT, { 5, 6, 7 }, { 25, 1 } },
		{ KPI_FIELD_STARTED_AT, { 9, 8, 7 }, { 0, 'K' } },
		/* below the least */
		{ KPI_FIELD_WAIT, { 1, 2, 3 }, { 39, 0x80 } },
		/* above the greatest: the base, or a number */
		{ KPI_FIELD_WAIT, { 1, 2, 3 }, { 39, 0x7f } },
		{ KPI_FIELD_WAIT, { 1, 2, 3 }, { 40 + 15, 0x70 } },
		/* numbers that the width has no room for */
		{ KPI_FIELD_WAIT, { 1, 70000, 3 }, { 24, 2 } },
		{ KPI_FIELD_WAIT, { 1, 300, 3 }, { 24, 1 } },
		/* widths that there are not */
		{ KPI_FIELD_WAIT, { 1, 2, 3 }, { 24, 0 } },
		{ KPI_FIELD_WAIT, { 1, 2, 3 }, { 24, 3 } },
		{ KPI_FIELD_WAIT, { 1, 2, 3 }, { 24, 16 } },
		/* an encoding, values, a unit that it is not */
		{ KPI_FIELD_WAIT, { 1, 2, 3 }, { 3, 2 } },
		{ KPI_FIELD_WAIT, { 1, 2, 3 }, { 4, 2 } },
		{ KPI_FIELD_WAIT, { 1, 2, 3 }, { 8, 4 } },
		{ KPI_FIELD_WAIT, { 1, 2, 3 }, { 30, 1 } },
		/* a form, bits, exceptions that there are not */
		{ KPI_FIELD_WAIT, { 1, 2, 3 }, { 40, 3 } },
		{ KPI_FIELD_WAIT, { 1, 2, 3 }, { 41, 65 } },
		{ KPI_FIELD_WAIT, { 1, 2, 3 }, { 44, 1 } },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		kpi__chunk *const chunk =
		    kpi__chunk_new(&kpi__default_allocator, 3, 3, 3, NULL);
		const int is_as_it_was = cases[i].change.at == 0;
		kpi__item *item;

		if (!is_as_it_was) {
			ck_assert_int_eq(decode(&item, chunk, cases[i].field,
					     NULL, cases[i].value),
			    KPI_OK);
			kpi__item_free(&kpi__default_allocator, item);
		}
		ck_assert_msg(decode(&item, chunk, cases[i].field,
				  is_as_it_was ? NULL : &cases[i].change,
				  cases[i].value) == KPI_ECORRUPT,
		    "case %zu", i);
		ck_assert_ptr_null(item);
		kpi__chunk_release(chunk);
	}
}
END_TEST

static int
ascending(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

START_TEST(words_of_runs_come_back_and_are_no_more_than_their_bytes)
{
	static uint64_t words[MOST];
	kpi__item *item;
	kpi__buffer b;

	begin(&b);
	for (uint32_t count = 0; count < MOST; count += 1 + count / 3) {
		for (uint32_t i = 0; i < count; i++)
			words[i] = draw();
		qsort(words, count, sizeof(*words), ascending);
		b.size = 0;
		kpi__blob_put_words(&b, 77, words, count);
		ck_assert_int_eq(kpi__blob_words(&item, &kpi__default_allocator,
				     77, b.bytes, b.size, NULL),
		    KPI_OK);
		ck_assert_uint_eq(item->word_count, count);
		ck_assert_mem_eq(item->words, words, count * 8);
		kpi__item_free(&kpi__default_allocator, item);
		for (size_t less = 0; less < b.size; less += 1 + less / 5)
			ck_assert_int_eq(
			    kpi__blob_words(&item, &kpi__default_allocator, 77,
				b.bytes, less, NULL),
			    KPI_ECORRUPT);
		/* As many as would take all memory. */
		memset(b.bytes + 4, 0xff, 4);
		ck_assert_int_eq(kpi__blob_words(&item, &kpi__default_allocator,
				     77, b.bytes, b.size, NULL),
		    KPI_ECORRUPT);
	}
	kpi__buffer_free(&b);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("pack");
	TCase *t = tcase_create("pack");

	tcase_set_timeout(t, 600);
	tcase_add_test(
	    t, numbers_of_every_width_come_back_whatever_their_count);
	tcase_add_test(t, a_few_great_numbers_do_not_widen_the_others);
	tcase_add_test(t, what_rises_takes_the_bits_of_its_steps);
	tcase_add_test(t, forged_packs_are_refused_or_read_within_their_bytes);
	tcase_add_test(t, exceptions_behind_the_last_number_are_bad);
	tcase_add_test(t, a_column_says_that_no_known_number_is_all_ones);
	tcase_add_test(t, columns_of_every_width_come_back_with_their_unknown);
	tcase_add_test(t, columns_with_values_that_cannot_be_are_refused);
	tcase_add_test(
	    t, words_of_runs_come_back_and_are_no_more_than_their_bytes);
	suite_add_tcase(s, t);
	return s;
}

#include "runner.h"
