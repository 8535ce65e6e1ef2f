/* SPDX-License-Identifier: MIT */
/* results.h - small results for the tests of result/. */
#ifndef KPI_TESTS_RESULTS_H
#define KPI_TESTS_RESULTS_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <kpi/catalogue.h>
#include <kpi/metric.h>

#include "base/memory.h"
#include "result/result.h"

#define BIT(sum) KPI__SUM_BIT(sum)
#define REASONS                                                                \
	(BIT(UNKNOWN) | BIT(IN_PROGRESS) | BIT(TRUNCATED) | BIT(IMMATURE) |    \
	    BIT(NOT_COUNTED))
#define BOTH (BIT(NUMERATOR) | BIT(DENOMINATOR))

/* A definition text that the tests may not change. */
static inline char *
shape_text(const char *text)
{
	char *copy;

	memcpy(&copy, &text, sizeof(copy));
	return copy;
}

static inline kpi__shape
shape_of(
    const char *text, int32_t metric, int32_t kind, int32_t unit, uint32_t sums)
{
	kpi__shape s;

	memset(&s, 0, sizeof(s));
	s.text = shape_text(text);
	s.metric = metric;
	s.kind = kind;
	s.unit = unit;
	s.merge = KPI__MERGE_ANY;
	s.bounded = 1;
	s.confidence = 950000;
	s.parts = 1;
	s.as_of = s.known_from = KPI_UNKNOWN;
	s.goal = s.ceiling = KPI_UNKNOWN;
	s.sums = sums;
	return s;
}

static inline kpi__shape
share_shape(const char *text)
{
	return shape_of(text, KPI_METRIC_SERVICE_LEVEL, KPI__SHARE,
	    KPI_UNIT_SHARE, REASONS | BOTH);
}

/* Judged by days against 80 %. */
static inline kpi__shape
judged_shape(const char *text)
{
	kpi__shape s = share_shape(text);

	s.better = s.adjusted = 1;
	s.goal = 800000;
	s.verdict_by = KPI_BOUNDS_DAY;
	s.sums |= BIT(VERDICT_CLUSTERS) | BIT(VERDICT_SQUARES) |
	    BIT(VERDICT_CROSS) | BIT(VERDICT_SIZES);
	return s;
}

/* Six days of ten calls, of which in time: 6, 7, 8, 7, 6, 7; seven each; nine
 * each. */
#define WORSE_DAYS { 0, 0, 0, 0, 0, 60, 41, 6, 283, 410, 600 }
#define EVEN_DAYS  { 0, 0, 0, 0, 0, 60, 42, 6, 294, 420, 600 }
#define GOOD_DAYS  { 0, 0, 0, 0, 0, 60, 54, 6, 486, 540, 600 }

static inline kpi__frame
empty_frame(void)
{
	kpi__frame f;

	memset(&f, 0, sizeof(f));
	f.week_start = 1;
	f.from = f.until = KPI_UNKNOWN;
	f.zone = "UTC";
	f.filters = "";
	return f;
}

static inline kpi_result *
new_result(const kpi__frame *frame, const kpi__shape *shapes, uint32_t count)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *r;
	kpi_status status = kpi__result_new(
	    &r, &kpi__default_allocator, frame, shapes, count, &error);

	ck_assert_msg(status == KPI_OK, "%s", error.text);
	return r;
}

/* Adds a row whose sums are small numbers. */
static inline void
add_row(kpi_result *r, const char *const *group, int64_t begin, int64_t until,
    const int64_t *sums)
{
	kpi__wide wide[64];
	kpi_status status;

	ck_assert_uint_le(kpi__result_width(r), 64);
	for (uint32_t i = 0; i < kpi__result_width(r); i++)
		wide[i] = kpi__wide_of(sums[i]);
	status = kpi__result_add(r, group, begin, until, wide, NULL);
	ck_assert_int_eq(status, KPI_OK);
}

static inline void
finish(kpi_result *r)
{
	kpi_status status = kpi__result_finish(r, NULL);

	ck_assert_int_eq(status, KPI_OK);
}

/* The bytes that kpi_result_save() gives; the caller frees them. */
static inline unsigned char *
saved_bytes(const kpi_result *r, uint64_t *size)
{
	unsigned char *bytes;
	kpi_status status = kpi_result_save(r, NULL, 0, size, NULL);

	ck_assert_int_eq(status, KPI_EOVERFLOW);
	bytes = malloc((size_t)*size);
	ck_assert_ptr_nonnull(bytes);
	status = kpi_result_save(r, bytes, *size, size, NULL);
	ck_assert_int_eq(status, KPI_OK);
	return bytes;
}

/* Counts what is in use, and fails from the allocation that it is told. */
struct failing {
	int64_t bytes, calls, fail_at;
	int once;
	int64_t most; /* bytes at once */
};

static inline void *
failing_resize(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
	struct failing *f = ctx;

	if (new_size == 0) {
		f->bytes -= (int64_t)old_size;
		free(ptr);
		return NULL;
	}
	f->calls++;
	if (f->once ? f->calls == f->fail_at : f->calls >= f->fail_at)
		return NULL;
	f->bytes += (int64_t)new_size - (int64_t)old_size;
	if (f->bytes > f->most)
		f->most = f->bytes;
	return realloc(ptr, new_size);
}

#endif
