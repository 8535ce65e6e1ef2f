/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "csv_text.h"
#include "ration.h"
#include "runner.h"

#define TABLE "test_csv_fault.csv"

/* With something of everything. */
static const char sample[] =
    "\xef\xbb\xbfid,Day,Hour,queue,agent,wait (s),Talk time,ring_ms,outcome,"
    "csat,csat_scale,quality,cost,resolved,customer,Notes\r\n"
    "1,2026-10-01,09:00:00,support,amira,8,0:03:10,4000,answered,5,5,87%,1234,"
    "yes,c1,\"said \"\"no\"\",\r\nthen went\"\r\n"
    "2,2026-10-01,09:01,sales,bob,12.5,90s,,ABANDONED,,,0.5,-7,no,c2,\r\n"
    "\r\n"
    "2,2026-10-01,09:02:00.5,caf\xe9,bob,,,,answered,6,5,,,1,c2,\r\n"
    "3,2026-10-01,09:03:00+02:00,sales,,x,,,timed out,,,,,,c\xc3\xa9,\r\n"
    "4,2026-13-01,09:00,a,b,1,1s,1,answered,1,5,1,1,1,1,1\r\n"
    "5,2026-10-01,09:00,a,b\r\n"
    ",2026-10-01,09:00,a,b,1,1s,1,waiting,1,5,1,1,1,1,1,,\r\n"
    "6,2026-10-01,09:00,\"a\" b,,,,,,,,,,,,\r\n"
    "6,2026-10-01,09:00,\"a,,,,,,,,,,,,\r\n"
    "7,2026-10-01,09:00,a,,5,,9000,,,,,,,,\r\n"
    "8,2026-10-01,09:00,a\n";

static void
write_table(const char *bytes, size_t size)
{
	FILE *f = fopen(TABLE, "wb");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(bytes, 1, size, f), size);
	ck_assert_int_eq(fclose(f), 0);
}

static kpi_csv_options
options_of(uint64_t flags)
{
	static const char *const maps[] = { "Day+Hour=started_at" };
	static const char *const values[] = { "x=", "queue:a=first" };
	static const char *const fills[] = { "channel=voice",
		"direction=inbound" };
	kpi_csv_options options = KPI_CSV_OPTIONS_INIT;

	options.flags = flags;
	options.maps = maps;
	options.map_count = 1;
	options.values = values;
	options.value_count = 2;
	options.fills = fills;
	options.fill_count = 2;
	options.zone = "Europe/Berlin";
	return options;
}

/* Nothing is lost: each row is one of these. */
static void
adds_up(const kpi_csv_report *r, uint64_t flags, uint64_t before)
{
	const uint64_t told =
	    r->interactions + r->updated + r->again.rows + r->refused;
	uint64_t refused = 0;

	for (uint64_t i = 0; i < r->reason_count; i++)
		refused += r->reasons[i].rows;
	ck_assert_uint_eq(refused, r->refused);
	if ((flags & KPI_CSV_VISITS) == 0)
		ck_assert_uint_eq(r->rows, told);
	else
		ck_assert_uint_ge(r->rows, told);
	ck_assert_uint_eq(info().interactions, before + r->interactions);
}

static kpi_status
import(uint64_t flags, kpi_csv_report *report)
{
	const kpi_csv_options options = options_of(flags);

	report->size = sizeof(*report);
	return kpi_import_csv(store, TABLE, &options, report, &error);
}

START_TEST(the_sample_is_read_as_it_should)
{
	kpi_csv_report report;

	write_table(sample, sizeof(sample) - 1);
	open_store(0, KPI_IF_EXISTS_UPDATE);
	ck_assert_msg(import(0, &report) == KPI_OK, "%s", error.text);
	adds_up(&report, 0, 0);
	ck_assert_uint_eq(report.rows, 11);
	ck_assert_uint_eq(report.interactions, 4);
	ck_assert_uint_eq(report.again.rows, 0);
	ck_assert_uint_eq(report.refused, 7);
	ck_assert_uint_eq(report.local_times, 5);
	close_store();
	ck_assert_int_eq(unlink(TABLE), 0);
}
END_TEST

/* 1 if the import had all the memory that it asked for. */
static int
import_rationed(ration *supply, int64_t n, int once, uint64_t flags)
{
	const kpi_allocator allocator = { ration_resize, supply };
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_csv_report report;
	kpi_status status;

	options.allocator = &allocator;
	options.if_exists = KPI_IF_EXISTS_UPDATE;
	ration_fail(supply, 0, 0);
	ck_assert_int_eq(kpi_store_open(&store, NULL, &options, NULL), KPI_OK);
	ration_fail(supply, n, once);
	status = import(flags, &report);
	ration_fail(supply, 0, 0);
	/* what can be done without is tried again later */
	if (status != KPI_OK) {
		ck_assert_int_eq(status, KPI_ENOMEM);
		ck_assert_uint_eq(info().interactions, 0);
		ck_assert_int_eq(import(flags, &report), KPI_OK);
	}
	adds_up(&report, flags, 0);
	kpi_store_close(store);
	ck_assert_int_eq(supply->blocks, 0);
	return status == KPI_OK && supply->calls < n;
}

START_TEST(no_memory_leaves_the_store_as_it_was)
{
	ration supply;
	int64_t n = 1, needed;

	memset(&supply, 0, sizeof(supply));
	write_table(sample, sizeof(sample) - 1);
	(void)import_rationed(&supply, 0, 0, (uint64_t)(_i & 2));
	needed = supply.calls;
	for (; n <= needed; n++)
		(void)import_rationed(&supply, n, _i & 1, (uint64_t)(_i & 2));
	ck_assert_int_gt(n, 40);
	ck_assert_int_eq(unlink(TABLE), 0);
}
END_TEST

static uint64_t
next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

#define ROOM 4096

static size_t
mutate(char *bytes, size_t size, uint64_t *state)
{
	static const char likely[] = ",;\t\"\"\"\n\n\r:=%+-.09aZ \x80\xff";

	for (uint64_t n = next(state) % 8 + 1; n > 0; n--) {
		const size_t at = (size_t)(next(state) % size);
		const size_t from = (size_t)(next(state) % size);
		const size_t count = (size_t)(next(state) % 60);

		switch (next(state) % 5) {
		case 0:
			bytes[at] = (char)next(state);
			break;
		case 1:
		case 2:
			bytes[at] = likely[next(state) % (sizeof(likely) - 1)];
			break;
		case 3: /* cut */
			if (at + count < size && size - count > 100) {
				memmove(bytes + at, bytes + at + count,
				    size - at - count);
				size -= count;
			}
			break;
		default: /* put in */
			if (from + count < size && size + count < ROOM) {
				char piece[60];

				memcpy(piece, bytes + from, count);
				memmove(
				    bytes + at + count, bytes + at, size - at);
				memcpy(bytes + at, piece, count);
				size += count;
			}
		}
	}
	return size;
}

/* Of KPI_CASES, each of which takes many times that of a question. */
static int
cases(void)
{
	const char *const told = getenv("KPI_CASES");

	return (told == NULL ? 10000 : atoi(told)) / 25 + 1;
}

START_TEST(whatever_the_bytes_no_row_is_lost)
{
	uint64_t state = 88172645463325252u + (uint64_t)_i;
	int read = 0;

	for (int n = cases(); n > 0; n--) {
		const uint64_t flags = next(&state) % 4;
		char bytes[ROOM];
		kpi_csv_report report;
		kpi_status status;

		memcpy(bytes, sample, sizeof(sample) - 1);
		write_table(bytes, mutate(bytes, sizeof(sample) - 1, &state));
		open_store(0,
		    next(&state) % 2 == 0 ? KPI_IF_EXISTS_UPDATE
					  : KPI_IF_EXISTS_REFUSE);
		status = import(flags, &report);
		if (status == KPI_OK) {
			adds_up(&report, flags, 0);
			ck_assert_int_eq(
			    kpi_store_check(store, NULL, NULL, NULL), KPI_OK);
			read++;
		} else {
			ck_assert_msg(
			    status == KPI_EPARSE || status == KPI_EINVAL, "%d",
			    (int)status);
			ck_assert_uint_eq(info().interactions, 0);
			ck_assert_int_gt((int)strlen(error.text), 0);
		}
		close_store();
	}
	ck_assert_int_gt(read, cases() / 20);
	ck_assert_int_eq(unlink(TABLE), 0);
}
END_TEST

static int
stop(void *ctx, uint64_t done, uint64_t total)
{
	int *const left = ctx;

	ck_assert_uint_le(done, total);
	return (*left)-- <= 0;
}

#define MANY 150000

#define LATE "c0,2026-10-01T09:00:00Z,late\n"

static void
write_many(const char *last)
{
	FILE *f = fopen(TABLE, "wb");

	ck_assert_ptr_nonnull(f);
	(void)fputs("id,started_at,queue\n", f);
	for (int i = 0; i < MANY; i++)
		(void)fprintf(f, "c%d,2026-10-01T09:00:00Z,q\n", i);
	(void)fputs(last, f);
	ck_assert_int_eq(fclose(f), 0);
}

START_TEST(an_import_that_is_stopped_has_added_nothing)
{
	kpi_csv_options options = KPI_CSV_OPTIONS_INIT;
	int left = 9;

	write_many("");
	open_store(_i, KPI_IF_EXISTS_REFUSE);
	options.stop = stop;
	options.stop_ctx = &left;
	ck_assert_int_eq(
	    kpi_import_csv(store, TABLE, &options, NULL, NULL), KPI_ESTOPPED);
	ck_assert_int_lt(left, 0);
	ck_assert_uint_eq(info().interactions, 0);
	left = 1000000;
	ck_assert_int_eq(
	    kpi_import_csv(store, TABLE, &options, NULL, NULL), KPI_OK);
	ck_assert_uint_eq(info().interactions, MANY);
	close_store();
	ck_assert_int_eq(unlink(TABLE), 0);
}
END_TEST

START_TEST(an_id_that_comes_again_in_a_later_batch_is_told)
{
	kpi_csv_report report;

	write_many(LATE);
	open_store(_i, KPI_IF_EXISTS_UPDATE);
	report.size = sizeof(report);
	ck_assert_int_eq(
	    kpi_import_csv(store, TABLE, NULL, &report, NULL), KPI_OK);
	ck_assert_uint_eq(report.interactions, MANY);
	ck_assert_uint_eq(report.updated, 0);
	ck_assert_uint_eq(report.again.rows, 1);
	ck_assert_uint_eq(report.again.first[0], MANY + 2);
	write_table(
	    "id,started_at,queue\n" LATE, strlen("id,started_at,queue\n" LATE));
	ck_assert_int_eq(
	    kpi_import_csv(store, TABLE, NULL, &report, NULL), KPI_OK);
	ck_assert_uint_eq(report.updated, 1);
	ck_assert_uint_eq(report.again.rows, 0);
	ck_assert_str_eq(csv_visit("c0")->queue, "late");
	close_store();
	ck_assert_int_eq(unlink(TABLE), 0);
}
END_TEST

START_TEST(visits_stay_together_over_batches)
{
	kpi_csv_report report;
	kpi_csv_options options = KPI_CSV_OPTIONS_INIT;
	FILE *f = fopen(TABLE, "wb");

	ck_assert_ptr_nonnull(f);
	(void)fputs("id,started_at,queue\n", f);
	/* a call of 3 visits, so that a batch ends within one */
	for (int i = 0; i < MANY; i++)
		(void)fprintf(f, "c%d,2026-10-01T09:00:00Z,q\n", i / 3);
	for (int i = 0; i < 65535 + 10; i++)
		(void)fputs("x,2026-10-01T09:00:00Z,q\n", f);
	ck_assert_int_eq(fclose(f), 0);
	options.flags = KPI_CSV_VISITS;
	report.size = sizeof(report);
	open_store(0, KPI_IF_EXISTS_UPDATE);
	ck_assert_msg(
	    kpi_import_csv(store, TABLE, &options, &report, &error) == KPI_OK,
	    "%s", error.text);
	ck_assert_uint_eq(report.interactions, MANY / 3 + 1);
	ck_assert_uint_eq(report.again.rows, 0);
	ck_assert_uint_eq(report.refused, 10);
	ck_assert_uint_eq(report.reasons[0].first[0], MANY + 65535 + 2);
	ck_assert_uint_eq(info().visits, MANY + 65535);
	close_store();
	ck_assert_int_eq(unlink(TABLE), 0);
}
END_TEST

START_TEST(a_row_that_is_too_long_is_left_out)
{
	static const char first[] =
	    "id,started_at,queue\n1,2026-10-01T09:00:00Z,\"q";
	static const char last[] = "\n2,2026-10-01T09:00:00Z,last\n";
	const size_t size = 700000;
	char *const text = malloc(size + 1);

	ck_assert_ptr_nonnull(text);
	memset(text, _i == 0 ? 'x' : '\n', size);
	text[size] = '\0';
	memcpy(text, first, sizeof(first) - 1);
	memcpy(text + size - (sizeof(last) - 1), last, sizeof(last));
	open_store(0, KPI_IF_EXISTS_REFUSE);
	csv_begin();
	ck_assert_msg(csv_import(text) == KPI_OK, "%s", error.text);
	ck_assert_uint_eq(csv_report.refused, 1);
	ck_assert_str_eq(
	    csv_report.reasons[0].reason, "longer than 262144 bytes");
	ck_assert_uint_eq(csv_report.reasons[0].first[0], 2);
	ck_assert_uint_eq(csv_report.interactions, 1);
	ck_assert_str_eq(csv_visit("2")->queue, "last");
	close_store();
	free(text);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("csv_fault");
	TCase *t = tcase_create("csv_fault");

	tcase_add_test(t, the_sample_is_read_as_it_should);
	tcase_add_loop_test(t, no_memory_leaves_the_store_as_it_was, 0, 4);
	tcase_add_loop_test(t, whatever_the_bytes_no_row_is_lost, 0, 4);
	tcase_add_loop_test(
	    t, an_import_that_is_stopped_has_added_nothing, 0, 2);
	tcase_add_loop_test(
	    t, an_id_that_comes_again_in_a_later_batch_is_told, 0, 2);
	tcase_add_test(t, visits_stay_together_over_batches);
	tcase_add_loop_test(t, a_row_that_is_too_long_is_left_out, 0, 2);
	suite_add_tcase(s, t);
	return s;
}
