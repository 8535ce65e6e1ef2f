/* SPDX-License-Identifier: MIT */
/* paper.h - what results print, and results to be printed. */
#ifndef KPI_TESTS_PAPER_H
#define KPI_TESTS_PAPER_H

#include <stdio.h>
#include <unistd.h>

#include "results.h"
#include "tzif_bytes.h"

/* What was printed, and after how many bytes writing fails. */
struct paper {
	char text[65536];
	size_t size, room;
};

static inline int
write_paper(void *ctx, const char *text, size_t size)
{
	struct paper *p = ctx;

	if (size > p->room - p->size)
		return 1;
	memcpy(p->text + p->size, text, size);
	p->size += size;
	p->text[p->size] = '\0';
	return 0;
}

static inline void
ck_assert_prints(const kpi_result *r, int32_t format, const char *expected)
{
	static struct paper paper;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;

	paper.size = 0;
	paper.room = sizeof(paper.text) - 1;
	paper.text[0] = '\0';
	status = kpi_result_print(r, format, write_paper, &paper, &error);
	ck_assert_msg(status == KPI_OK, "%s", error.text);
	ck_assert_str_eq(paper.text, expected);
}

/* A directory of one zone, "CET", which moves its clocks as Berlin does. */
static char directory[] = "/tmp/test_print_XXXXXX";

static inline void
make_directory(void)
{
	unsigned char bytes[TZIF_ROOM];
	const size_t size = sound_file(bytes);
	char path[64];
	FILE *file;

	ck_assert_ptr_nonnull(mkdtemp(directory));
	snprintf(path, sizeof(path), "%s/CET", directory);
	file = fopen(path, "wb");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
	ck_assert_int_eq(fclose(file), 0);
}

static inline void
remove_directory(void)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/CET", directory);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(rmdir(directory), 0);
}

static inline kpi__frame
frame_of(uint32_t by_count, int32_t bucket)
{
	kpi__frame f = empty_frame();

	f.by_count = by_count;
	f.by[0] = KPI_BY_AGENT;
	f.by[1] = KPI_BY_QUEUE;
	f.bucket = bucket;
	f.zone = "CET";
	f.zone_directory = directory;
	return f;
}

static inline kpi_result *
counts_by_agent_and_queue(const char *agent, const char *queue)
{
	const kpi__frame frame = frame_of(2, KPI_BUCKET_NONE);
	const kpi__shape shape = shape_of("contacts", KPI_METRIC_CONTACTS,
	    KPI__COUNT, KPI_UNIT_COUNT, BIT(NUMERATOR));
	const char *const group[] = { agent, queue };
	static const int64_t one = 1;
	kpi_result *r = new_result(&frame, &shape, 1);

	add_row(r, group, KPI_UNKNOWN, KPI_UNKNOWN, &one);
	finish(r);
	return r;
}

/* Of days; three days after the first there is another. */
static inline kpi_result *
series(uint32_t by_count, int32_t bounded)
{
	const kpi__frame frame = frame_of(by_count, KPI_BUCKET_DAY);
	kpi__shape shape = share_shape("service_level");
	static const char *const group[] = { "amira" };
	static const int64_t first[] = { 0, 0, 0, 0, 0, 4, 2 };
	static const int64_t last[] = { 0, 0, 0, 5, 0, 0, 0 };
	kpi_result *r;

	shape.bounded = bounded;
	r = new_result(&frame, &shape, 1);
	add_row(r, group, instant("2026-10-23T22:00:00Z"),
	    instant("2026-10-24T22:00:00Z"), first);
	add_row(r, group, instant("2026-10-26T23:00:00Z"),
	    instant("2026-10-27T23:00:00Z"), last);
	finish(r);
	return r;
}

#endif
