/* SPDX-License-Identifier: MIT */
/* sample_results.h - results of every kind of figure, with random rows. */
#ifndef KPI_TESTS_SAMPLE_RESULTS_H
#define KPI_TESTS_SAMPLE_RESULTS_H

#include "results.h"

#define DAY    INT64_C(86400000)
#define SHAPES 6
#define WIDTH  18

static uint64_t seed;

static inline uint32_t
random_below(uint64_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed % n);
}

/* A definition of each kind of figure, one with targets of single groups. */
static inline void
every_shape(kpi__shape shapes[SHAPES])
{
	static char amira[] = "amira", ben[] = "ben";
	static kpi__goal goals[] = { { amira, 900000, KPI_UNKNOWN },
		{ ben, 800000, 850000 } };

	shapes[0] = shape_of("contacts", KPI_METRIC_CONTACTS, KPI__COUNT,
	    KPI_UNIT_COUNT, BIT(NUMERATOR));
	shapes[1] = shape_of("service_level", KPI_METRIC_SERVICE_LEVEL,
	    KPI__SHARE, KPI_UNIT_SHARE, BIT(UNKNOWN) | BIT(MIXED) | BOTH);
	shapes[1].better = 1;
	shapes[1].goals_by = KPI_BY_QUEUE;
	shapes[1].goal_count = 2;
	shapes[1].goals = goals;
	shapes[2] = shape_of("average_handle_time",
	    KPI_METRIC_AVERAGE_HANDLE_TIME, KPI__MEAN, KPI_UNIT_MS,
	    BOTH | BIT(SQUARES) | BIT(CLUSTERS) | BIT(CROSS) | BIT(SIZES));
	shapes[3] = shape_of("nps", KPI_METRIC_NPS, KPI__BALANCE,
	    KPI_UNIT_POINTS, BOTH | BIT(DETRACTORS));
	shapes[4] = shape_of("repeat_rate", KPI_METRIC_REPEAT_RATE, KPI__RATIO,
	    KPI_UNIT_RATIO, BOTH);
	/* The last, for it is only where there are groups. */
	shapes[5] = shape_of("channel_mix", KPI_METRIC_CHANNEL_MIX, KPI__MIX,
	    KPI_UNIT_SHARE, BIT(UNKNOWN) | BIT(NUMERATOR));
	shapes[5].among = KPI_BY_QUEUE;
	shapes[5].known_alone = 1;
}

struct row {
	const char *group[2];
	int64_t begin, until, sums[WIDTH];
};

static inline struct row
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
		    (int64_t)(random_below(1000)) - 500, n - k, k } };

	if (frame->bucket != KPI_BUCKET_NONE) {
		row.begin = (int64_t)random_below(5) * DAY;
		row.until = row.begin + DAY;
	}
	return row;
}

static inline kpi__frame
random_frame(void)
{
	kpi__frame frame = empty_frame();

	frame.by_count = (uint32_t)random_below(3);
	frame.by[0] = KPI_BY_QUEUE;
	frame.by[1] = KPI_BY_AGENT;
	frame.bucket = random_below(2) ? KPI_BUCKET_DAY : KPI_BUCKET_NONE;
	return frame;
}

static inline kpi_result *
new_part(const kpi__frame *frame)
{
	kpi__shape shapes[SHAPES];

	every_shape(shapes);
	return new_result(
	    frame, shapes, frame->by_count == 0 ? SHAPES - 1 : SHAPES);
}

static inline void
add(kpi_result *r, const struct row *row)
{
	add_row(r, row->group, row->begin, row->until, row->sums);
}

static inline kpi_result *
load(const unsigned char *bytes, uint64_t size)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *r;
	kpi_status status = kpi_result_load(&r, bytes, size, NULL, &error);

	ck_assert_msg(status == KPI_OK, "%s", error.text);
	return r;
}

static inline void
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

static inline kpi_result *
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

#endif
