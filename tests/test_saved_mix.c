/* SPDX-License-Identifier: MIT */
/* A saved mix, and one that is forged. */
#include "base/bytes.h"
#include "base/checksum.h"
#include "result/packed.h"

#include "results.h"
#include "runner.h"

static void
sign(unsigned char *bytes, uint64_t size)
{
	const size_t body = (size_t)size - KPI__RESULT_SUM_SIZE;

	kpi__put64(bytes + body, kpi__checksum(bytes, body, KPI__RESULT_SEED));
}

/* A mix among what is no group, and a share among anything. */
START_TEST(a_forged_mix_is_refused)
{
	kpi__frame frame = empty_frame();
	kpi__shape shape = shape_of("channel_mix", KPI_METRIC_CHANNEL_MIX,
	    KPI__MIX, KPI_UNIT_SHARE, BIT(NUMERATOR));
	const char *group[] = { "voice" };
	const int64_t sums[] = { 7 };
	unsigned char *bytes, *at;
	kpi_result *r, *loaded;
	uint64_t size;

	frame.by_count = 1;
	frame.by[0] = KPI_BY_CHANNEL;
	shape.among = KPI_BY_CHANNEL;
	r = new_result(&frame, &shape, 1);
	add_row(r, group, KPI_UNKNOWN, KPI_UNKNOWN, sums);
	finish(r);
	bytes = saved_bytes(r, &size);
	/* Signed numbers, zigzag: parts, among, known_alone. */
	at = bytes + 5;
	while (memcmp(at, "\2\10\0", 3) != 0)
		at++;
	ck_assert_uint_lt((size_t)(at - bytes), size);
	at[1] = 2 * KPI_BY_QUEUE;
	sign(bytes, size);
	ck_assert_int_eq(kpi_result_load(&loaded, bytes, size, NULL, NULL),
	    KPI_ECORRUPT);
	at[1] = 2 * KPI_BY_CHANNEL;
	sign(bytes, size);
	ck_assert_int_eq(
	    kpi_result_load(&loaded, bytes, size, NULL, NULL), KPI_OK);
	kpi_result_free(loaded);
	at[1] = 0;
	sign(bytes, size);
	ck_assert_int_eq(kpi_result_load(&loaded, bytes, size, NULL, NULL),
	    KPI_ECORRUPT);
	free(bytes);
	kpi_result_free(r);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("saved_mix");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, a_forged_mix_is_refused);
	suite_add_tcase(s, tc);
	return s;
}
