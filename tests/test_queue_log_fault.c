/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "ingest/queue_log_place.h"
#include "queue_log_text.h"
#include "runner.h"

#define LOG "test_queue_log_fault.log"

typedef struct rationed {
	int64_t left; /* allocations; below 0: no limit */
	int once;
} rationed;

static void *
ration(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
	rationed *r = ctx;

	(void)old_size;
	if (new_size == 0) {
		free(ptr);
		return NULL;
	}
	if (r->left == 0) {
		if (r->once)
			r->left = -1;
		return NULL;
	}
	if (r->left > 0)
		r->left--;
	return realloc(ptr, new_size);
}

/* 1 if the import had all the memory that it asked for. */
static int
import_rationed(int64_t allocations, int once, const char *whole)
{
	rationed r = { -1, once };
	const kpi_allocator allocator = { ration, &r };
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_store *store;
	kpi_status status;
	int enough;

	options.allocator = &allocator;
	ck_assert_int_eq(kpi_store_open(&store, NULL, &options, NULL), KPI_OK);
	r.left = allocations;
	status = kpi_import_queue_log(store, LOG, NULL, NULL, NULL);
	enough = r.left > 0;
	if (!enough && status != KPI_OK)
		ck_assert_int_eq(status, KPI_ENOMEM);
	r.left = -1;
	if (status != KPI_OK)
		log_holds(store, "");
	(void)log_import(store, LOG);
	log_holds(store, whole);
	kpi_store_close(store);
	return enough;
}

START_TEST(no_memory_leaves_the_store_as_it_was)
{
	char *whole = log_dump_of(LOG, log_sample, strlen(log_sample));
	int64_t n = 0;

	log_write(LOG, log_sample, strlen(log_sample));
	while (!import_rationed(n, _i, whole))
		n++;
	ck_assert_int_gt(n, 20);
	free(whole);
	ck_assert_int_eq(unlink(LOG), 0);
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

static size_t
mutate(char *log, size_t size, size_t room, uint64_t *state)
{
	for (uint64_t n = next(state) % 8 + 1; n > 0; n--) {
		const size_t at = (size_t)(next(state) % size);
		const size_t from = (size_t)(next(state) % size);
		size_t count = (size_t)(next(state) % 40);

		switch (next(state) % 4) {
		case 0:
			log[at] = (char)next(state);
			break;
		case 1: /* cut */
			if (at + count < size - 60) {
				memmove(log + at, log + at + count,
				    size - at - count);
				size -= count;
			}
			break;
		case 2: /* copy over */
			if (at + count < size && from + count < size)
				memmove(log + at, log + from, count);
			break;
		default: /* copy in */
			if (from + count < size && size + count < room) {
				char piece[40];

				memcpy(piece, log + from, count);
				memmove(log + at + count, log + at, size - at);
				memcpy(log + at, piece, count);
				size += count;
			}
			break;
		}
	}
	return size;
}

static uint64_t
lines_not_used(const kpi_queue_log_report *report)
{
	uint64_t lines = 0;

	for (uint64_t i = 0; i < report->reason_count; i++)
		lines += report->damaged[i].lines;
	for (uint64_t i = 0; i < report->other_count; i++)
		lines += report->other[i].lines;
	return lines;
}

START_TEST(whatever_the_bytes_every_line_is_accounted_for)
{
	uint64_t state = 20261001 + (uint64_t)_i;

	for (int round = 0; round < 100; round++) {
		char log[8192];
		size_t size, cut;
		kpi_store *once = log_store(), *twice = log_store();
		kpi_queue_log_report report;
		uint64_t newlines = 0, lines;
		char *expected;

		memcpy(log, log_sample, strlen(log_sample));
		size = mutate(log, strlen(log_sample), sizeof(log), &state);
		memcpy(log, log_sample, 31); /* so that it is known as a log */
		for (size_t i = 0; i < size; i++)
			newlines += log[i] == '\n';
		log_write(LOG, log, size);
		report = log_import(once, LOG);
		ck_assert_uint_eq(report.lines, newlines);
		ck_assert_uint_le(lines_not_used(&report), report.lines);
		expected = log_dump(once);

		cut = 31 + (size_t)(next(&state) % (size - 31));
		log_write(LOG, log, cut);
		lines = log_import(twice, LOG).lines;
		log_append(LOG, log + cut, size - cut);
		ck_assert_uint_eq(
		    lines + log_import(twice, LOG).lines, newlines);
		log_holds(twice, expected);
		free(expected);
		kpi_store_close(once);
		kpi_store_close(twice);
	}
	ck_assert_int_eq(unlink(LOG), 0);
}
END_TEST

static kpi_status
read_place(const void *bytes, size_t size, kpi__buffer *again)
{
	kpi__qlog_state state;
	kpi__qlog_head head = { 0, 0 };
	kpi_status status;

	kpi__buffer_init(again, &kpi__default_allocator);
	kpi__qlog_state_init(&state, &kpi__default_allocator);
	status = kpi__qlog_place_head(bytes, size, &head);
	if (status == KPI_OK)
		status = kpi__qlog_place_get(bytes, size, &state);
	if (status == KPI_OK)
		kpi__qlog_place_put(&state, &head, again);
	kpi__qlog_state_free(&state);
	return status;
}

static void
make_place(kpi__buffer *place)
{
	const kpi__qlog_head head = { 31, 77 };
	kpi_queue_log_report report;
	kpi__qlog_state state;

	memset(&report, 0, sizeof(report));
	kpi__buffer_init(place, &kpi__default_allocator);
	kpi__qlog_state_init(&state, &kpi__default_allocator);
	for (const char *at = log_sample; *at != '\0';
	     at = strchr(at, '\n') + 1)
		ck_assert_int_eq(kpi__qlog_state_line(&state, at,
				     (size_t)(strchr(at, '\n') - at), &report),
		    KPI_OK);
	kpi__qlog_place_put(&state, &head, place);
	ck_assert_int_eq(place->status, KPI_OK);
	kpi__qlog_state_free(&state);
}

START_TEST(a_place_reads_back_as_it_was)
{
	kpi__buffer place, again;

	make_place(&place);
	ck_assert_int_eq(read_place(place.bytes, place.size, &again), KPI_OK);
	ck_assert_uint_eq(again.size, place.size);
	ck_assert_mem_eq(again.bytes, place.bytes, place.size);
	kpi__buffer_free(&again);
	kpi__buffer_free(&place);
}
END_TEST

START_TEST(a_damaged_place_does_no_harm)
{
	kpi__buffer place, again;
	uint64_t state = 99;

	make_place(&place);
	for (size_t size = 0; size < place.size; size++) {
		ck_assert_int_eq(
		    read_place(place.bytes, size, &again), KPI_ECORRUPT);
		kpi__buffer_free(&again);
	}
	for (int i = 0; i < 20000; i++) {
		const size_t at = (size_t)(next(&state) % place.size);
		const unsigned char was = place.bytes[at];
		kpi_status status;

		place.bytes[at] = (unsigned char)next(&state);
		status = read_place(place.bytes, place.size, &again);
		ck_assert(status == KPI_OK || status == KPI_ECORRUPT);
		kpi__buffer_free(&again);
		place.bytes[at] = was;
	}
	kpi__buffer_free(&place);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("queue_log_fault");
	TCase *t = tcase_create("queue_log_fault");

	tcase_set_timeout(t, 120);
	tcase_add_loop_test(t, no_memory_leaves_the_store_as_it_was, 0, 2);
	tcase_add_loop_test(
	    t, whatever_the_bytes_every_line_is_accounted_for, 0, 4);
	tcase_add_test(t, a_place_reads_back_as_it_was);
	tcase_add_test(t, a_damaged_place_does_no_harm);
	suite_add_tcase(s, t);
	return s;
}
