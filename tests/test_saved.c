/* SPDX-License-Identifier: MIT */
#include "base/bytes.h"
#include "base/checksum.h"
#include "result/packed.h"
#include "sample_results.h"

START_TEST(every_flipped_bit_and_every_cut_is_refused)
{
	kpi_result *r = sample(), *loaded;
	uint64_t size;
	unsigned char *bytes = saved_bytes(r, &size);

	for (uint64_t i = 0; i < size * 8; i++) {
		kpi_status status;

		bytes[i / 8] ^= (unsigned char)(1u << i % 8);
		status = kpi_result_load(&loaded, bytes, size, NULL, NULL);
		ck_assert_int_eq(
		    status, i / 8 == 4 ? KPI_EVERSION : KPI_ECORRUPT);
		ck_assert_ptr_null(loaded);
		bytes[i / 8] ^= (unsigned char)(1u << i % 8);
	}
	for (uint64_t i = 0; i < size; i++) {
		unsigned char *cut = malloc((size_t)i + 1);

		ck_assert_ptr_nonnull(cut);
		memcpy(cut, bytes, (size_t)i);
		ck_assert_int_eq(
		    kpi_result_load(&loaded, cut, i, NULL, NULL), KPI_ECORRUPT);
		free(cut);
	}
	free(bytes);
	kpi_result_free(r);
}
END_TEST

static void
sign(unsigned char *bytes, uint64_t size)
{
	const size_t body = (size_t)size - KPI__RESULT_SUM_SIZE;

	kpi__put64(bytes + body, kpi__checksum(bytes, body, KPI__RESULT_SEED));
}

/* Who forges the checksum too gets a result that saves to the same bytes, or
 * none: no two byte strings are one result. */
START_TEST(what_loads_is_canonical_also_when_it_is_forged)
{
	kpi_result *r = sample(), *loaded;
	uint64_t size, accepted = 0, refused = 0;
	unsigned char *bytes = saved_bytes(r, &size);
	unsigned char *forged = malloc((size_t)size + 16);

	ck_assert_ptr_nonnull(forged);
	for (uint64_t i = 0; i < 20000; i++) {
		uint64_t length = size;
		const uint64_t body = size - KPI__RESULT_SUM_SIZE;
		const uint64_t at = 5 + random_below(body - 5);
		const uint64_t how = random_below(4);

		memcpy(forged, bytes, (size_t)size);
		if (how == 0) {
			forged[at] = (unsigned char)random_below(256);
		} else if (how == 1) {
			forged[at] ^= (unsigned char)(1u << random_below(8));
		} else if (how == 2) {
			memmove(forged + at, forged + at + 1, size - at - 1);
			length--;
		} else {
			memmove(forged + at + 1, forged + at, size - at);
			forged[at] = (unsigned char)random_below(256);
			length++;
		}
		sign(forged, length);
		if (kpi_result_load(&loaded, forged, length, NULL, NULL) ==
		    KPI_OK) {
			uint64_t again_size;
			unsigned char *again = saved_bytes(loaded, &again_size);

			ck_assert_uint_eq(again_size, length);
			ck_assert_mem_eq(again, forged, (size_t)length);
			free(again);
			kpi_result_free(loaded);
			accepted++;
		} else {
			ck_assert_ptr_null(loaded);
			refused++;
		}
	}
	ck_assert_uint_gt(accepted, 300);
	ck_assert_uint_gt(refused, 1000);
	free(forged);
	free(bytes);
	kpi_result_free(r);
}
END_TEST

/* The sums of a share: unknown, denominator, numerator. */
START_TEST(the_smallest_lie_is_refused)
{
	static const struct {
		int64_t sums[3];
	} cases[] = {
		{ { -1, 5, 3 } },
		{ { 0, -5, -6 } },
		{ { 0, 5, 6 } },
		{ { 0, 5, -1 } },
	};
	const kpi__frame frame = empty_frame();
	const kpi__shape shape =
	    shape_of("service_level", KPI_METRIC_SERVICE_LEVEL, KPI__SHARE,
		KPI_UNIT_SHARE, BIT(UNKNOWN) | BOTH);

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		kpi_result *r = new_result(&frame, &shape, 1), *loaded;
		uint64_t size;
		unsigned char *bytes;

		add_row(r, NULL, KPI_UNKNOWN, KPI_UNKNOWN, cases[i].sums);
		finish(r);
		bytes = saved_bytes(r, &size);
		ck_assert_int_eq(
		    kpi_result_load(&loaded, bytes, size, NULL, NULL),
		    KPI_ECORRUPT);
		free(bytes);
		kpi_result_free(r);
	}
}
END_TEST

/* The greatest of a group: unknown, denominator, greatest. */
START_TEST(a_greatest_of_none_or_below_zero_is_refused)
{
	static const struct {
		int64_t sums[3];
		kpi_status status;
	} cases[] = {
		{ { 0, 0, 0 }, KPI_OK },
		{ { 4, 1, 0 }, KPI_OK },
		{ { 0, 2, 90000 }, KPI_OK },
		{ { 0, 0, 90000 }, KPI_ECORRUPT },
		{ { 0, 2, -1 }, KPI_ECORRUPT },
	};
	const kpi__frame frame = empty_frame();
	const kpi__shape shape = shape_of("longest_wait",
	    KPI_METRIC_LONGEST_WAIT, KPI__GREATEST, KPI_UNIT_MS,
	    BIT(UNKNOWN) | BIT(DENOMINATOR) | BIT(GREATEST));

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		kpi_result *r = new_result(&frame, &shape, 1), *loaded;
		uint64_t size;
		unsigned char *bytes;

		add_row(r, NULL, KPI_UNKNOWN, KPI_UNKNOWN, cases[i].sums);
		finish(r);
		bytes = saved_bytes(r, &size);
		ck_assert_int_eq(
		    kpi_result_load(&loaded, bytes, size, NULL, NULL),
		    cases[i].status);
		free(bytes);
		kpi_result_free(r);
		kpi_result_free(loaded);
	}
}
END_TEST

START_TEST(a_group_whose_text_is_none_is_refused)
{
	char longest[KPI_TEXT_MAX + 2];
	const struct {
		const char *group;
		kpi_status status;
	} cases[] = {
		{ "\xc3\xa9", KPI_OK },
		{ longest + 1, KPI_OK },
		{ longest, KPI_ECORRUPT },
		{ "\xff", KPI_ECORRUPT },
		{ "\xc3", KPI_ECORRUPT },
		{ "\xed\xa0\x80", KPI_ECORRUPT },
	};
	kpi__frame frame = empty_frame();
	const kpi__shape shape = shape_of("contacts", KPI_METRIC_CONTACTS,
	    KPI__COUNT, KPI_UNIT_COUNT, BIT(NUMERATOR));
	static const int64_t one = 1;

	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	frame.by_count = 1;
	frame.by[0] = KPI_BY_QUEUE;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		kpi_result *r = new_result(&frame, &shape, 1), *loaded;
		uint64_t size;
		unsigned char *bytes;
		kpi_status status;

		add_row(r, &cases[i].group, KPI_UNKNOWN, KPI_UNKNOWN, &one);
		finish(r);
		bytes = saved_bytes(r, &size);
		status = kpi_result_load(&loaded, bytes, size, NULL, NULL);
		ck_assert_msg(status == cases[i].status, "case %zu", i);
		free(bytes);
		kpi_result_free(r);
		kpi_result_free(loaded);
	}
}
END_TEST

START_TEST(a_value_that_no_group_has_is_refused)
{
	static const char *const groups[] = { "a", NULL };
	static const int64_t one = 1;
	/* rows: one, of the code after the last text, with the sum 1 */
	static const unsigned char alone[] = { 1, 1, 2 };
	static const unsigned char both[] = { 2, 0, 2, 1, 2 };
	kpi__frame frame = empty_frame();
	const kpi__shape shape = shape_of("contacts", KPI_METRIC_CONTACTS,
	    KPI__COUNT, KPI_UNIT_COUNT, BIT(NUMERATOR));
	kpi_result *r, *loaded;
	unsigned char *bytes, *rows;
	uint64_t size;

	frame.by_count = 1;
	frame.by[0] = KPI_BY_QUEUE;
	r = new_result(&frame, &shape, 1);
	add_row(r, &groups[0], KPI_UNKNOWN, KPI_UNKNOWN, &one);
	add_row(r, &groups[1], KPI_UNKNOWN, KPI_UNKNOWN, &one);
	finish(r);
	bytes = saved_bytes(r, &size);
	rows = bytes + size - KPI__RESULT_SUM_SIZE - sizeof(both);
	ck_assert_mem_eq(rows, both, sizeof(both));
	memcpy(rows, alone, sizeof(alone));
	size -= sizeof(both) - sizeof(alone);
	sign(bytes, size);
	ck_assert_int_eq(
	    kpi_result_load(&loaded, bytes, size, NULL, NULL), KPI_ECORRUPT);
	free(bytes);
	kpi_result_free(r);
}
END_TEST

START_TEST(buckets_that_are_none_are_refused)
{
	static const struct {
		int64_t begin[2], until[2];
		kpi_status status;
	} cases[] = {
		{ { 0, DAY }, { DAY, 2 * DAY }, KPI_OK },
		{ { 0, DAY - 1 }, { DAY, 2 * DAY }, KPI_ECORRUPT },
		{ { 0, 0 }, { DAY, 2 * DAY }, KPI_ECORRUPT },
		{ { 0, DAY }, { DAY, DAY }, KPI_ECORRUPT },
		{ { KPI_UNKNOWN, DAY }, { DAY, 2 * DAY }, KPI_ECORRUPT },
	};
	static const int64_t one = 1;
	const kpi__shape shape = shape_of("contacts", KPI_METRIC_CONTACTS,
	    KPI__COUNT, KPI_UNIT_COUNT, BIT(NUMERATOR));
	kpi__frame frame = empty_frame();

	frame.bucket = KPI_BUCKET_DAY;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		kpi_result *r = new_result(&frame, &shape, 1), *loaded;
		uint64_t size;
		unsigned char *bytes;
		kpi_status status;

		for (int k = 0; k < 2; k++)
			add_row(r, NULL, cases[i].begin[k], cases[i].until[k],
			    &one);
		finish(r);
		bytes = saved_bytes(r, &size);
		status = kpi_result_load(&loaded, bytes, size, NULL, NULL);
		ck_assert_msg(status == cases[i].status, "case %zu", i);
		kpi_result_free(loaded);
		kpi_result_free(r);
		free(bytes);
	}
}
END_TEST

START_TEST(one_byte_more_is_refused)
{
	kpi_result *r = sample(), *loaded;
	uint64_t size;
	unsigned char *bytes = saved_bytes(r, &size);
	unsigned char *longer = calloc((size_t)size + 1, 1);

	ck_assert_ptr_nonnull(longer);
	memcpy(longer, bytes, (size_t)size - KPI__RESULT_SUM_SIZE);
	sign(longer, size + 1);
	ck_assert_int_eq(kpi_result_load(&loaded, longer, size + 1, NULL, NULL),
	    KPI_ECORRUPT);
	free(longer);
	free(bytes);
	kpi_result_free(r);
}
END_TEST

START_TEST(filters_out_of_order_or_twice_are_refused)
{
	static const char *const forged[] = { "\2p\2q", "\2q\2p", "\2q\2q" };
	static const kpi_status expected[] = { KPI_OK, KPI_ECORRUPT,
		KPI_ECORRUPT };
	const kpi__shape shape = share_shape("service_level");
	kpi__frame frame = empty_frame();
	kpi_result *r, *other, *loaded;
	unsigned char *bytes, *at;
	uint64_t size;

	frame.filters = "q";
	r = new_result(&frame, &shape, 1);
	finish(r);
	frame.filters = "p";
	other = new_result(&frame, &shape, 1);
	finish(other);
	ck_assert_int_eq(kpi_result_merge(r, other, NULL), KPI_OK);
	bytes = saved_bytes(r, &size);
	for (at = bytes; memcmp(at, forged[0], 4) != 0; at++)
		ck_assert(at < bytes + size - 4);
	for (int i = 0; i < 3; i++) {
		memcpy(at, forged[i], 4);
		sign(bytes, size);
		ck_assert_int_eq(
		    kpi_result_load(&loaded, bytes, size, NULL, NULL),
		    expected[i]);
		kpi_result_free(loaded);
	}
	free(bytes);
	kpi_result_free(r);
	kpi_result_free(other);
}
END_TEST

/* Whatever number stands in a small file, the memory it costs is small. */
START_TEST(no_count_of_a_hostile_file_makes_a_great_allocation)
{
	static const unsigned char great[] = { 0xff, 0xff, 0xff, 0xff, 0x07 };
	kpi_result *r = sample(), *loaded;
	uint64_t size;
	unsigned char *bytes = saved_bytes(r, &size);
	unsigned char *forged = malloc((size_t)size + sizeof(great));

	ck_assert_ptr_nonnull(forged);
	for (uint64_t at = 5; at < size - KPI__RESULT_SUM_SIZE; at++) {
		const uint64_t length = size + sizeof(great) - 1;
		struct failing f = { 0, 0, INT64_MAX, 0, 0 };
		const kpi_allocator a = { failing_resize, &f };
		kpi_result_options options = KPI_RESULT_OPTIONS_INIT;

		options.allocator = &a;
		memcpy(forged, bytes, (size_t)at);
		memcpy(forged + at, great, sizeof(great));
		memcpy(forged + at + sizeof(great), bytes + at + 1,
		    (size_t)(size - at - 1));
		sign(forged, length);
		if (kpi_result_load(&loaded, forged, length, &options, NULL) ==
		    KPI_OK)
			kpi_result_free(loaded);
		ck_assert_int_eq(f.bytes, 0);
		ck_assert_int_lt(f.most, 64 * (int64_t)size);
	}
	free(forged);
	free(bytes);
	kpi_result_free(r);
}
END_TEST

START_TEST(numbers_of_128_bits_read_back)
{
	static const kpi__wide cases[] = {
		{ 0, 0 },
		{ 1, 0 },
		{ UINT64_MAX, -1 },
		{ 63, 0 },
		{ 64, 0 },
		{ UINT64_MAX, 0 },
		{ 0, 1 },
		{ UINT64_MAX, INT64_MAX },
		{ 0, INT64_MIN },
		{ 1, INT64_MIN },
		{ 0, -1 },
		{ UINT64_C(1) << 63, 0 },
		{ UINT64_C(1) << 62, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		kpi__buffer b;
		kpi__reader in;
		kpi__wide w;

		kpi__buffer_init(&b, &kpi__default_allocator);
		kpi__put_wide(&b, cases[i]);
		ck_assert_int_eq(b.status, KPI_OK);
		in.at = b.bytes;
		in.end = b.bytes + b.size;
		in.bad = 0;
		w = kpi__read_wide(&in);
		ck_assert(!in.bad && in.at == in.end);
		ck_assert(w.low == cases[i].low && w.high == cases[i].high);
		in.at = b.bytes;
		in.end = b.bytes + b.size - 1;
		(void)kpi__read_wide(&in);
		ck_assert(in.bad);
		kpi__buffer_free(&b);
	}
}
END_TEST

START_TEST(a_number_in_a_longer_form_is_not_read)
{
	static const unsigned char cases[][20] = {
		{ 0x80, 0x00 },
		{ 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x04 },
		{ 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x83,
		    0x01 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		kpi__reader in = { cases[i], cases[i] + sizeof(cases[i]), 0 };

		(void)kpi__read_wide(&in);
		ck_assert_msg(in.bad, "case %zu", i);
	}
}
END_TEST

START_TEST(room_is_asked_for_before_it_is_used)
{
	kpi_result *r = sample();
	uint64_t size = 0, again = 0;
	unsigned char *bytes;

	ck_assert_int_eq(
	    kpi_result_save(r, NULL, 0, &size, NULL), KPI_EOVERFLOW);
	bytes = malloc((size_t)size);
	ck_assert_ptr_nonnull(bytes);
	ck_assert_int_eq(
	    kpi_result_save(r, bytes, size - 1, &again, NULL), KPI_EOVERFLOW);
	ck_assert_uint_eq(again, size);
	ck_assert_int_eq(kpi_result_save(r, bytes, size, &again, NULL), KPI_OK);
	ck_assert_int_eq(
	    kpi_result_save(NULL, bytes, size, &again, NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_result_save(r, NULL, size, &again, NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_result_save(r, bytes, size, NULL, NULL), KPI_EINVAL);
	ck_assert_int_eq(kpi_result_merge(r, NULL, NULL), KPI_EINVAL);
	ck_assert_int_eq(kpi_result_merge(NULL, r, NULL), KPI_EINVAL);
	free(bytes);
	kpi_result_free(r);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("saved");
	TCase *tc = tcase_create("saved");

	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, every_flipped_bit_and_every_cut_is_refused);
	tcase_add_test(tc, what_loads_is_canonical_also_when_it_is_forged);
	tcase_add_test(tc, the_smallest_lie_is_refused);
	tcase_add_test(tc, a_greatest_of_none_or_below_zero_is_refused);
	tcase_add_test(tc, a_group_whose_text_is_none_is_refused);
	tcase_add_test(tc, a_value_that_no_group_has_is_refused);
	tcase_add_test(tc, buckets_that_are_none_are_refused);
	tcase_add_test(tc, one_byte_more_is_refused);
	tcase_add_test(tc, filters_out_of_order_or_twice_are_refused);
	tcase_add_test(tc, no_count_of_a_hostile_file_makes_a_great_allocation);
	tcase_add_test(tc, numbers_of_128_bits_read_back);
	tcase_add_test(tc, a_number_in_a_longer_form_is_not_read);
	tcase_add_test(tc, room_is_asked_for_before_it_is_used);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
