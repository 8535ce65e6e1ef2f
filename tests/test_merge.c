/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "base/bytes.h"
#include "base/checksum.h"
#include "result/packed.h"
#include "results.h"

#define DAY    INT64_C(86400000)
#define SHAPES 5
#define WIDTH  16

static uint64_t seed;

static uint64_t
random_below(uint64_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed % n;
}

/* A definition of each kind of figure. */
static void
every_shape(kpi__shape shapes[SHAPES])
{
	shapes[0] = shape_of("contacts", KPI_METRIC_CONTACTS, KPI__COUNT,
	    KPI_UNIT_COUNT, BIT(NUMERATOR));
	shapes[1] = shape_of("service_level", KPI_METRIC_SERVICE_LEVEL,
	    KPI__SHARE, KPI_UNIT_SHARE, BIT(UNKNOWN) | BIT(MIXED) | BOTH);
	shapes[2] = shape_of("average_handle_time",
	    KPI_METRIC_AVERAGE_HANDLE_TIME, KPI__MEAN, KPI_UNIT_MS,
	    BOTH | BIT(SQUARES) | BIT(CLUSTERS) | BIT(CROSS) | BIT(SIZES));
	shapes[3] = shape_of("nps", KPI_METRIC_NPS, KPI__BALANCE,
	    KPI_UNIT_POINTS, BOTH | BIT(DETRACTORS));
	shapes[4] = shape_of("repeat_rate", KPI_METRIC_REPEAT_RATE, KPI__RATIO,
	    KPI_UNIT_RATIO, BOTH);
}

struct row {
	const char *group[2];
	int64_t begin, until, sums[WIDTH];
};

static struct row
random_row(const kpi__frame *frame)
{
	static const char *const names[] = { NULL, "amira", "ben", "carla",
		"d\xc3\xa9sir\xc3\xa9", "amir", "B" };
	const int64_t n = (int64_t)random_below(9);
	const int64_t k = (int64_t)random_below((uint64_t)n + 1);
	struct row row = { { names[random_below(7)], names[random_below(7)] },
		KPI_UNKNOWN, KPI_UNKNOWN,
		{ n, (int64_t)random_below(3), 0, n, k, n, -k * 1000,
		    k * (INT64_MAX / 9), k, -k, n * n, n, k - (n - k), n - k, 3,
		    (int64_t)(random_below(1000)) - 500 } };

	if (frame->bucket != KPI_BUCKET_NONE) {
		row.begin = (int64_t)random_below(5) * DAY;
		row.until = row.begin + DAY;
	}
	return row;
}

static kpi__frame
random_frame(void)
{
	kpi__frame frame = empty_frame();

	frame.by_count = (uint32_t)random_below(3);
	frame.by[0] = KPI_BY_QUEUE;
	frame.by[1] = KPI_BY_AGENT;
	frame.bucket = random_below(2) ? KPI_BUCKET_DAY : KPI_BUCKET_NONE;
	return frame;
}

static kpi_result *
new_part(const kpi__frame *frame)
{
	kpi__shape shapes[SHAPES];

	every_shape(shapes);
	return new_result(frame, shapes, SHAPES);
}

static void
add(kpi_result *r, const struct row *row)
{
	add_row(r, row->group, row->begin, row->until, row->sums);
}

static kpi_result *
load(const unsigned char *bytes, uint64_t size)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *r;
	kpi_status status = kpi_result_load(&r, bytes, size, NULL, &error);

	ck_assert_msg(status == KPI_OK, "%s", error.text);
	return r;
}

static void
ck_assert_same(const kpi_result *a, const kpi_result *b)
{
	uint64_t a_size, b_size;
	unsigned char *x = saved_bytes(a, &a_size);
	unsigned char *y = saved_bytes(b, &b_size);

	ck_assert_uint_eq(a_size, b_size);
	ck_assert_mem_eq(x, y, (size_t)a_size);
	free(x);
	free(y);
}

/* Merges the parts by a random tree into the one that is returned. */
static kpi_result *
merge_all(kpi_result **parts, size_t count)
{
	while (count > 1) {
		const size_t i = random_below(count);
		kpi_result *from = parts[i];
		kpi_error error = KPI_ERROR_INIT;
		kpi_status status;
		size_t j;

		parts[i] = parts[--count];
		j = random_below(count);
		status = kpi_result_merge(parts[j], from, &error);
		ck_assert_msg(status == KPI_OK, "%s", error.text);
		kpi_result_free(from);
	}
	return parts[0];
}

/* A part is sometimes sent to another machine before it is merged. */
static kpi_result *
send(kpi_result *r)
{
	uint64_t size;
	unsigned char *bytes;
	kpi_result *loaded;

	if (random_below(2))
		return r;
	bytes = saved_bytes(r, &size);
	loaded = load(bytes, size);
	free(bytes);
	kpi_result_free(r);
	return loaded;
}

START_TEST(parts_merge_to_the_same_bytes_in_any_order)
{
	for (uint64_t i = 1; i <= 1000; i++) {
		kpi_result *parts[6], *whole, *merged;
		struct row rows[60];
		kpi__frame frame;
		size_t count, row_count;

		seed = i * UINT64_C(0x9e3779b97f4a7c15);
		frame = random_frame();
		count = 1 + random_below(6);
		row_count = random_below(60);
		whole = new_part(&frame);
		for (size_t k = 0; k < count; k++)
			parts[k] = new_part(&frame);
		for (size_t k = 0; k < row_count; k++) {
			rows[k] = random_row(&frame);
			add(parts[random_below(count)], &rows[k]);
		}
		for (size_t k = row_count; k-- > 0;)
			add(whole, &rows[k]);
		finish(whole);
		for (size_t k = 0; k < count; k++) {
			finish(parts[k]);
			parts[k] = send(parts[k]);
		}
		merged = merge_all(parts, count);
		ck_assert_same(whole, merged);
		kpi_result_free(whole);
		kpi_result_free(merged);
	}
}
END_TEST

static kpi_result *
sample(void)
{
	kpi__frame frame = empty_frame();
	kpi_result *r;

	seed = 7;
	frame.by_count = 2;
	frame.by[0] = KPI_BY_QUEUE;
	frame.by[1] = KPI_BY_AGENT;
	frame.bucket = KPI_BUCKET_DAY;
	frame.from = 0;
	frame.zone = "Europe/Berlin";
	frame.filters = "channel=voice";
	r = new_part(&frame);
	for (int i = 0; i < 12; i++) {
		const struct row row = random_row(&frame);

		add(r, &row);
	}
	finish(r);
	return r;
}

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
	for (uint64_t i = 0; i < 60000; i++) {
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
	ck_assert_uint_gt(accepted, 1000);
	ck_assert_uint_gt(refused, 1000);
	free(forged);
	free(bytes);
	kpi_result_free(r);
}
END_TEST

/* Where a byte stands in the saved sample(), and what it must not become. */
START_TEST(the_smallest_lie_is_refused)
{
	static const struct {
		int64_t sums[4]; /* unknown, denominator, numerator */
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

START_TEST(range_and_filters_of_parts_are_united)
{
	static const struct {
		const char *a, *b;
		int64_t a_from, a_until, b_from, b_until, from, until;
	} cases[] = {
		{ "x", "x", 10, 20, 20, 30, 10, 30 },
		{ "x", "", 10, 20, KPI_UNKNOWN, 15, KPI_UNKNOWN, 20 },
		{ "y", "x", 10, KPI_UNKNOWN, 5, 15, 5, KPI_UNKNOWN },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		kpi__frame frames[2] = { empty_frame(), empty_frame() };
		kpi_result *parts[2], *other[2];
		kpi__shape shape = share_shape("service_level");
		kpi_status status;

		frames[0].filters = cases[i].a;
		frames[0].from = cases[i].a_from;
		frames[0].until = cases[i].a_until;
		frames[1].filters = cases[i].b;
		frames[1].from = cases[i].b_from;
		frames[1].until = cases[i].b_until;
		for (int k = 0; k < 2; k++) {
			parts[k] = new_result(&frames[k], &shape, 1);
			other[k] = new_result(&frames[k], &shape, 1);
			finish(parts[k]);
			finish(other[k]);
		}
		status = kpi_result_merge(parts[0], parts[1], NULL);
		ck_assert_int_eq(status, KPI_OK);
		status = kpi_result_merge(other[1], other[0], NULL);
		ck_assert_int_eq(status, KPI_OK);
		ck_assert_same(parts[0], other[1]);
		/* a third with the same filter adds none */
		status = kpi_result_merge(parts[0], parts[1], NULL);
		ck_assert_int_eq(status, KPI_OK);
		ck_assert_same(parts[0], other[1]);
		for (int k = 0; k < 2; k++) {
			kpi_result_free(parts[k]);
			kpi_result_free(other[k]);
		}
	}
}
END_TEST

enum change {
	TEXT,
	COUNT,
	AS_OF,
	KNOWN_FROM,
	RULE,
	BY,
	BUCKET,
	WEEK,
	ZONE,
	PARTITION,
	NEVER,
	CUSTOMER,
	CASE,
	AGENT,
	CHANGES
};

static kpi_result *
changed(enum change change, int other)
{
	kpi__frame frame = empty_frame();
	kpi__shape shapes[2];
	kpi_result *r;

	shapes[0] = shapes[1] = share_shape("service_level");
	shapes[0].as_of = 86400000;
	shapes[0].known_from = 0;
	frame.by[0] = KPI_BY_QUEUE;
	frame.by_count = 1;
	if (change >= NEVER) {
		static const int32_t rules[] = { KPI__MERGE_NEVER,
			KPI__MERGE_CUSTOMER, KPI__MERGE_CASE,
			KPI__MERGE_AGENT };

		shapes[0].merge = rules[change - NEVER];
	} else if (other) {
		switch (change) {
		case TEXT:
			shapes[0].text = shape_text("service_level x=1");
			break;
		case AS_OF:
			shapes[0].as_of++;
			break;
		case KNOWN_FROM:
			shapes[0].known_from = KPI_UNKNOWN;
			break;
		case RULE:
			shapes[0].kind = KPI__RATIO;
			break;
		case BY:
			frame.by[0] = KPI_BY_AGENT;
			break;
		case BUCKET:
			frame.bucket = KPI_BUCKET_DAY;
			break;
		case WEEK:
			frame.week_start = 7;
			break;
		case ZONE:
			frame.zone = "Europe/Berlin";
			break;
		case PARTITION:
			frame.partition = KPI_PARTITION_CUSTOMER;
			break;
		default:
			break;
		}
	}
	r = new_result(&frame, shapes, change == COUNT && other ? 2 : 1);
	finish(r);
	return r;
}

START_TEST(what_does_not_merge_is_refused_with_both_sides)
{
	static const char *const words[][2] = {
		{ "\"service_level\"", "\"service_level x=1\"" },
		{ "of 1 definitions", "of 2" },
		{ "1970-01-02T00:00:00+00:00",
		    "1970-01-02T00:00:00.001+00:00" },
		{ "known_from is 1970-01-01", "none" },
		{ "one rule", "service_level" },
		{ "dimensions", "" },
		{ "buckets", "" },
		{ "day 1", "day 7" },
		{ "UTC", "Europe/Berlin" },
		{ "nothing", "customer" },
		{ "does not merge", "service_level" },
		{ "parted by customer", "service_level" },
		{ "parted by case", "service_level" },
		{ "parted by agent", "service_level" },
	};

	for (int i = 0; i < CHANGES; i++) {
		kpi_result *a = changed((enum change)i, 0);
		kpi_result *b = changed((enum change)i, 1);
		kpi_result *same = changed((enum change)i, 0);
		kpi_error error = KPI_ERROR_INIT;
		kpi_status status = kpi_result_merge(a, b, &error);

		ck_assert_msg(status == KPI_EMISMATCH, "case %d", i);
		ck_assert_int_eq(error.status, KPI_EMISMATCH);
		ck_assert_msg(strstr(error.text, words[i][0]) != NULL &&
			strstr(error.text, words[i][1]) != NULL,
		    "case %d: %s", i, error.text);
		ck_assert_same(a, same);
		kpi_result_free(a);
		kpi_result_free(b);
		kpi_result_free(same);
	}
}
END_TEST

START_TEST(parts_by_customer_merge_what_needs_whole_customers)
{
	static const struct {
		int32_t rule, partition;
		kpi_status status;
	} cases[] = {
		{ KPI__MERGE_ANY, KPI_PARTITION_NONE, KPI_OK },
		{ KPI__MERGE_ANY, KPI_PARTITION_AGENT, KPI_OK },
		{ KPI__MERGE_CUSTOMER, KPI_PARTITION_CUSTOMER, KPI_OK },
		{ KPI__MERGE_CUSTOMER, KPI_PARTITION_CASE, KPI_EMISMATCH },
		{ KPI__MERGE_CASE, KPI_PARTITION_CASE, KPI_OK },
		{ KPI__MERGE_CASE, KPI_PARTITION_CUSTOMER, KPI_EMISMATCH },
		{ KPI__MERGE_AGENT, KPI_PARTITION_AGENT, KPI_OK },
		{ KPI__MERGE_AGENT, KPI_PARTITION_NONE, KPI_EMISMATCH },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		kpi__frame frame = empty_frame();
		kpi__shape shape = share_shape("repeat_rate");
		kpi_result *a, *b;

		shape.merge = cases[i].rule;
		frame.partition = cases[i].partition;
		a = new_result(&frame, &shape, 1);
		b = new_result(&frame, &shape, 1);
		finish(a);
		finish(b);
		ck_assert_int_eq(kpi_result_merge(a, b, NULL), cases[i].status);
		kpi_result_free(a);
		kpi_result_free(b);
	}
}
END_TEST

START_TEST(buckets_that_overlap_are_not_of_one_zone)
{
	kpi__frame frame = empty_frame();
	const kpi__shape shape = shape_of("contacts", KPI_METRIC_CONTACTS,
	    KPI__COUNT, KPI_UNIT_COUNT, BIT(NUMERATOR));
	static const int64_t one = 1;
	kpi_result *a, *b;

	frame.bucket = KPI_BUCKET_DAY;
	a = new_result(&frame, &shape, 1);
	b = new_result(&frame, &shape, 1);
	add_row(a, NULL, 0, DAY, &one);
	add_row(b, NULL, DAY - 1, 2 * DAY, &one);
	finish(a);
	finish(b);
	ck_assert_int_eq(kpi_result_merge(a, b, NULL), KPI_EMISMATCH);
	ck_assert_uint_eq(kpi_result_rows(a), 1);
	kpi_result_free(a);
	kpi_result_free(b);
}
END_TEST

START_TEST(a_sum_that_does_not_fit_leaves_the_result_as_it_was)
{
	kpi__frame frame = empty_frame();
	const kpi__shape shape = shape_of("contacts", KPI_METRIC_CONTACTS,
	    KPI__COUNT, KPI_UNIT_COUNT, BIT(NUMERATOR));
	const kpi__wide most = { UINT64_MAX, INT64_MAX };
	kpi_result *r[3];
	kpi_status status;

	for (int i = 0; i < 3; i++) {
		r[i] = new_result(&frame, &shape, 1);
		status = kpi__result_add(
		    r[i], NULL, KPI_UNKNOWN, KPI_UNKNOWN, &most, NULL);
		ck_assert_int_eq(status, KPI_OK);
		finish(r[i]);
	}
	ck_assert_int_eq(kpi_result_merge(r[0], r[1], NULL), KPI_EOVERFLOW);
	ck_assert_same(r[0], r[2]);
	for (int i = 0; i < 3; i++)
		kpi_result_free(r[i]);
}
END_TEST

static kpi_status
round_trip(const kpi_allocator *a, const unsigned char *bytes, uint64_t size)
{
	kpi_result_options options = KPI_RESULT_OPTIONS_INIT;
	unsigned char *again = malloc((size_t)size);
	kpi_result *x = NULL, *y = NULL;
	kpi_status status;
	uint64_t again_size;

	ck_assert_ptr_nonnull(again);
	options.allocator = a;
	options.zone_directory = "zones";
	status = kpi_result_load(&x, bytes, size, &options, NULL);
	if (status == KPI_OK)
		status = kpi_result_load(&y, bytes, size, &options, NULL);
	if (status == KPI_OK) {
		status = kpi_result_merge(x, y, NULL);
		if (status != KPI_OK) {
			((struct failing *)a->ctx)->fail_at = INT64_MAX;
			ck_assert_same(x, y);
		}
	}
	if (status == KPI_OK)
		status = kpi_result_save(y, again, size, &again_size, NULL);
	if (status == KPI_OK)
		ck_assert_mem_eq(again, bytes, (size_t)size);
	kpi_result_free(x);
	kpi_result_free(y);
	free(again);
	return status;
}

START_TEST(no_failed_allocation_leaks_or_changes_anything)
{
	kpi_result *r = sample();
	uint64_t size;
	unsigned char *bytes = saved_bytes(r, &size);

	for (int once = 0; once < 2; once++) {
		kpi_status status = KPI_ENOMEM;

		for (int64_t at = 1; status != KPI_OK; at++) {
			struct failing f = { 0, 0, at, once };
			const kpi_allocator a = { failing_resize, &f };

			status = round_trip(&a, bytes, size);
			ck_assert(status == KPI_OK || status == KPI_ENOMEM);
			ck_assert_int_eq(f.bytes, 0);
			ck_assert_int_lt(at, 10000);
			if (status == KPI_OK)
				ck_assert_int_gt(at, 50);
		}
	}
	free(bytes);
	kpi_result_free(r);
}
END_TEST

static kpi_status
build(const kpi_allocator *a)
{
	kpi__frame frame = empty_frame();
	kpi__shape shapes[SHAPES];
	kpi__wide sums[WIDTH];
	kpi_result *r;
	kpi_status status;

	memset(sums, 0, sizeof(sums));
	every_shape(shapes);
	frame.by_count = 2;
	frame.by[0] = KPI_BY_QUEUE;
	frame.by[1] = KPI_BY_AGENT;
	frame.zone_directory = "zones";
	status = kpi__result_new(&r, a, &frame, shapes, SHAPES, NULL);
	for (int i = 0; status == KPI_OK && i < 40; i++) {
		char name[32];
		const char *group[] = { name, i % 3 ? "x" : NULL };

		snprintf(name, sizeof(name), "q%d", 40 - i);
		status = kpi__result_add(
		    r, group, KPI_UNKNOWN, KPI_UNKNOWN, sums, NULL);
	}
	if (status == KPI_OK)
		status = kpi__result_finish(r, NULL);
	kpi_result_free(r);
	return status;
}

START_TEST(building_survives_every_failed_allocation)
{
	kpi_status status = KPI_ENOMEM;

	for (int64_t at = 1; status != KPI_OK; at++) {
		struct failing f = { 0, 0, at, 0 };
		const kpi_allocator a = { failing_resize, &f };

		status = build(&a);
		ck_assert(status == KPI_OK || status == KPI_ENOMEM);
		ck_assert_int_eq(f.bytes, 0);
		ck_assert_int_lt(at, 1000);
	}
}
END_TEST

START_TEST(a_failed_add_leaves_no_trace)
{
	kpi__frame frame = empty_frame();
	const kpi__shape shape = share_shape("service_level");
	kpi__wide sums[7];
	kpi_result *whole;
	static const char *const rest[] = { "a", "b" };

	frame.by_count = 2;
	frame.by[0] = KPI_BY_QUEUE;
	frame.by[1] = KPI_BY_AGENT;
	memset(sums, 0, sizeof(sums));
	whole = new_result(&frame, &shape, 1);
	ck_assert_int_eq(
	    kpi__result_add(whole, rest, KPI_UNKNOWN, KPI_UNKNOWN, sums, NULL),
	    KPI_OK);
	finish(whole);
	for (int64_t at = 1; at < 20; at++) {
		static const char *const group[] = { "lost", "gone" };
		struct failing f = { 0, 0, INT64_MAX, 0 };
		const kpi_allocator a = { failing_resize, &f };
		kpi_result *r;
		kpi_status status;

		status = kpi__result_new(&r, &a, &frame, &shape, 1, NULL);
		ck_assert_int_eq(status, KPI_OK);
		f.fail_at = f.calls + at;
		status = kpi__result_add(
		    r, group, KPI_UNKNOWN, KPI_UNKNOWN, sums, NULL);
		f.fail_at = INT64_MAX;
		if (status == KPI_ENOMEM) {
			status = kpi__result_add(
			    r, rest, KPI_UNKNOWN, KPI_UNKNOWN, sums, NULL);
			ck_assert_int_eq(status, KPI_OK);
			finish(r);
			ck_assert_same(r, whole);
		} else {
			ck_assert_int_gt(at, 5);
		}
		kpi_result_free(r);
	}
	kpi_result_free(whole);
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
	Suite *s = suite_create("merge");
	TCase *tc = tcase_create("merge");

	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, parts_merge_to_the_same_bytes_in_any_order);
	tcase_add_test(tc, every_flipped_bit_and_every_cut_is_refused);
	tcase_add_test(tc, what_loads_is_canonical_also_when_it_is_forged);
	tcase_add_test(tc, the_smallest_lie_is_refused);
	tcase_add_test(tc, numbers_of_128_bits_read_back);
	tcase_add_test(tc, a_number_in_a_longer_form_is_not_read);
	tcase_add_test(tc, range_and_filters_of_parts_are_united);
	tcase_add_test(tc, what_does_not_merge_is_refused_with_both_sides);
	tcase_add_test(tc, parts_by_customer_merge_what_needs_whole_customers);
	tcase_add_test(tc, buckets_that_overlap_are_not_of_one_zone);
	tcase_add_test(tc, a_sum_that_does_not_fit_leaves_the_result_as_it_was);
	tcase_add_test(tc, no_failed_allocation_leaks_or_changes_anything);
	tcase_add_test(tc, building_survives_every_failed_allocation);
	tcase_add_test(tc, a_failed_add_leaves_no_trace);
	tcase_add_test(tc, room_is_asked_for_before_it_is_used);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
