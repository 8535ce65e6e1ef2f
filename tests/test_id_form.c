/* SPDX-License-Identifier: MIT */
/* Ids that are numbers in a form come back as they were; others are texts. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/blob.h"
#include "store/id_form.h"

#define COUNT    2500
#define FEW      200
#define ENCODING 3 /* its place in a blob */
#define FORMED   4
#define HEAD     40 /* of a blob */

static char text[COUNT][KPI_TEXT_MAX + 1];
static uint64_t state;

static uint64_t
draw(void)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return state >> 20;
}

static kpi__chunk *
chunk_of(uint32_t count)
{
	static const char *id[COUNT];
	static uint32_t size[COUNT];
	static uint64_t hash[COUNT];
	kpi__chunk *const chunk =
	    kpi__chunk_new(&kpi__default_allocator, 9, count, count, NULL);

	for (uint32_t i = 0; i < count; i++) {
		id[i] = text[i][0] == '\0' ? NULL : text[i];
		size[i] = (uint32_t)strlen(text[i]);
		hash[i] = draw();
	}
	ck_assert_int_eq(kpi__chunk_set_ids(chunk, id, size, hash), KPI_OK);
	return chunk;
}

static void
encode(kpi__buffer *b, const kpi__chunk *chunk)
{
	kpi__buffer_init(b, &kpi__default_allocator);
	kpi__blob_encode(b, chunk, chunk->item[KPI_FIELD_ID]);
	ck_assert_int_eq(b->status, KPI_OK);
}

/* The bytes an id takes; all must come back. */
static double
there_and_back(uint32_t count, int formed)
{
	kpi__chunk *const chunk = chunk_of(count);
	char id[KPI_TEXT_MAX + 1];
	kpi__item *item;
	double bytes;
	kpi__buffer b;

	encode(&b, chunk);
	ck_assert_int_eq(b.bytes[ENCODING] == FORMED, formed);
	ck_assert_int_eq(
	    kpi__blob_decode(&item, chunk, KPI_FIELD_ID, b.bytes, b.size, NULL),
	    KPI_OK);
	for (uint32_t i = 0; i < count; i++) {
		ck_assert_uint_eq(kpi__item_id(item, i, id), strlen(text[i]));
		ck_assert_str_eq(id, text[i]);
	}
	bytes = (double)b.size / count;
	kpi__item_free(&kpi__default_allocator, item);
	kpi__buffer_free(&b);
	kpi__chunk_release(chunk);
	return bytes;
}

static void
make(const char *form, int is_even)
{
	for (uint32_t i = 0; i < COUNT; i++)
		(void)snprintf(text[i], sizeof(text[i]), form,
		    is_even ? 1541512345000u + i : draw() % 100000, i % 50,
		    1000000 - i);
}

START_TEST(numbers_in_a_form_take_the_bytes_of_their_steps)
{
	make("%llu.%u", 1);
	ck_assert(there_and_back(COUNT, 1) < 1.2);
	make("%09llu", 1);
	ck_assert(there_and_back(COUNT, 1) < 0.2);
	make("%09llu", 0);
	ck_assert(there_and_back(COUNT, 1) < 2.5);
	make("PBX-%llu/%02u-x-%u", 0);
	ck_assert(there_and_back(COUNT, 1) < 3.5);
	make("%llu", 0);
	ck_assert(there_and_back(COUNT, 1) < 2.5);
	make("0%llu", 1);
	ck_assert(there_and_back(COUNT, 1) < 0.2);
	there_and_back(1, 1);
	there_and_back(2, 1);
}
END_TEST

START_TEST(ids_of_several_forms_stay_texts)
{
	static const struct {
		const char *form, *other;
	} cases[] = { { "%llu", "x" }, { "%llu", "" }, { "%llu", "007" },
		{ "%llu", "1234567890123456789" }, { "%llu", "1 " },
		{ "%llu", " 1" }, { "%llu.%u", "5" }, { "%llu.%u", "5.5.5" },
		{ "%llu.%u", "5.05" }, { "%llu.%u", "5." }, { "a%llu", "b7" },
		{ "a%llu", "a" }, { "a%llu", "A7" } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		make(cases[i].form, 0);
		strcpy(text[draw() % (COUNT - 1) + 1], cases[i].other);
		ck_assert(there_and_back(COUNT, 0) > 3);
	}
	make("no number", 0);
	there_and_back(COUNT, 0);
	make("1-2-3-4-%llu", 0);
	there_and_back(COUNT, 0);
	make("1-2-3-%llu", 0);
	there_and_back(COUNT, 1);
}
END_TEST

START_TEST(the_longest_ids_come_back)
{
	for (uint32_t size = KPI_TEXT_MAX - 25; size <= KPI_TEXT_MAX; size++)
		for (int is_even = 0; is_even < 2; is_even++) {
			for (uint32_t i = 0; i < FEW; i++) {
				memset(text[i], 'a', size);
				(void)snprintf(text[i] + size - 5, 6,
				    is_even ? "%05u" : "%u", i);
			}
			there_and_back(
			    FEW, is_even || size + 13 <= KPI_TEXT_MAX);
		}
}
END_TEST

static void
put16(unsigned char *to, unsigned value)
{
	to[0] = (unsigned char)value;
	to[1] = (unsigned char)(value >> 8);
}

START_TEST(an_id_that_is_too_long_or_no_text_is_refused)
{
	static const struct {
		unsigned size[3];
		char first;
		kpi_status status;
	} cases[] = {
		{ { KPI_TEXT_MAX, 1, 1 }, 'a', KPI_OK },
		{ { KPI_TEXT_MAX + 1, 1, 0 }, 'a', KPI_ECORRUPT },
		{ { KPI_TEXT_MAX + 2, 0, 0 }, 'a', KPI_ECORRUPT },
		{ { 0, 0, KPI_TEXT_MAX + 2 }, 'a', KPI_ECORRUPT },
		{ { 65535, 0, 0 }, 'a', KPI_ECORRUPT },
		{ { 1, 1, 1 }, 'a', KPI_ECORRUPT },
		{ { KPI_TEXT_MAX, 1, 1 }, '\0', KPI_ECORRUPT },
		{ { KPI_TEXT_MAX, 1, 1 }, '\xff', KPI_ECORRUPT },
	};
	kpi__chunk *chunk;
	kpi__item *item;
	kpi__buffer b;

	memset(text[0], 'a', KPI_TEXT_MAX);
	text[0][KPI_TEXT_MAX] = '\0';
	strcpy(text[1], "b");
	strcpy(text[2], "c");
	chunk = chunk_of(3);
	encode(&b, chunk);
	ck_assert_uint_eq(b.size, HEAD + 3 * 2 + KPI_TEXT_MAX + 2);
	for (size_t k = 0; k < sizeof(cases) / sizeof(*cases); k++) {
		for (int i = 0; i < 3; i++)
			put16(b.bytes + HEAD + 2 * i, cases[k].size[i]);
		b.bytes[HEAD + 6] = (unsigned char)cases[k].first;
		ck_assert_int_eq(kpi__blob_decode(&item, chunk, KPI_FIELD_ID,
				     b.bytes, b.size, NULL),
		    cases[k].status);
		if (cases[k].status == KPI_OK)
			kpi__item_free(&kpi__default_allocator, item);
	}
	kpi__buffer_free(&b);
	kpi__chunk_release(chunk);
}
END_TEST

/* Each id has room where the caller has it, whatever the bytes say. */
START_TEST(forged_forms_are_refused_or_read_within_their_room)
{
	char *const id = malloc(KPI_TEXT_MAX + 1);
	unsigned refused = 0, read = 0;
	kpi__chunk *chunk;
	kpi__buffer b;

	make("PBX-%llu/%02u-x-%u", 0);
	chunk = chunk_of(200);
	encode(&b, chunk);
	for (int round = 0; round < 20000; round++) {
		const size_t cut = draw() % 8 == 0 ? draw() % b.size : b.size;
		unsigned char *const bytes = malloc(cut + 1);
		kpi__item *item;

		memcpy(bytes, b.bytes, cut);
		for (uint64_t k = draw() % 4; k < 4 && cut > 0; k++)
			bytes[draw() % (k == 0 || cut < 100 ? cut : 100)] =
			    (unsigned char)draw();
		if (kpi__blob_decode(&item, chunk, KPI_FIELD_ID, bytes, cut,
			NULL) == KPI_OK) {
			for (uint32_t i = 0; i < 200; i++)
				ck_assert_uint_le(
				    kpi__item_id(item, i, id), KPI_TEXT_MAX);
			kpi__item_free(&kpi__default_allocator, item);
			read++;
		} else
			refused++;
		free(bytes);
	}
	ck_assert_uint_gt(refused, 5000);
	ck_assert_uint_gt(read, 200);
	free(id);
	kpi__buffer_free(&b);
	kpi__chunk_release(chunk);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("id_form");
	TCase *t = tcase_create("id_form");

	tcase_set_timeout(t, 300);
	tcase_add_test(t, numbers_in_a_form_take_the_bytes_of_their_steps);
	tcase_add_test(t, ids_of_several_forms_stay_texts);
	tcase_add_test(t, the_longest_ids_come_back);
	tcase_add_test(t, an_id_that_is_too_long_or_no_text_is_refused);
	tcase_add_test(t, forged_forms_are_refused_or_read_within_their_room);
	suite_add_tcase(s, t);
	return s;
}

#include "runner.h"
