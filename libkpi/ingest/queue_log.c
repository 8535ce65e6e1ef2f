/* SPDX-License-Identifier: MIT */
#include <kpi/queue_log.h>

#include <string.h>

#include "base/error.h"
#include "base/sized.h"
#include "ingest/queue_log_file.h"
#include "ingest/queue_log_kept.h"
#include "ingest/queue_log_place.h"
#include "ingest/queue_log_report.h"
#include "ingest/queue_log_state.h"
#include "ingest/queue_log_write.h"
#include "store/state.h"

/* Calls and spans that are committed together, with the place. */
#define BATCH 10000

typedef struct importing {
	kpi__qlog_file file;
	kpi__qlog_state state;
	kpi__qlog_target target;
	kpi_queue_log_report report;
	kpi__qlog_kept kept;
	int is_resumed;     /* the state is that of this file */
	int is_furthest;    /* and none of the source reached further */
	int is_joined;      /* it is known whether the file comes next */
	uint64_t committed; /* offset of the last batch */
	kpi_error *error;
} importing;

static kpi_status
read_options(kpi__qlog_target *target, const kpi_queue_log_options *theirs,
    kpi_error *error)
{
	kpi_queue_log_options options = KPI_QUEUE_LOG_OPTIONS_INIT;
	kpi_status status = KPI_OK;

	if (theirs != NULL)
		status = kpi__sized_read(&options, sizeof(options), theirs,
		    KPI__SIZE_TO(kpi_queue_log_options, stop_ctx), NULL);
	if (status != KPI_OK)
		return kpi__fail_at(
		    error, status, "options", "options that we do not know");
	target->source = options.source;
	target->channel = options.channel == NULL ? "voice" : options.channel;
	target->stop = options.stop;
	target->stop_ctx = options.stop_ctx;
	return KPI_OK;
}

static kpi_status
fill(importing *in)
{
	const kpi_status status = kpi__qlog_file_fill(&in->file, in->error);

	return status == KPI_OK ? kpi__qlog_target_ask(&in->target, in->error)
				: status;
}

static kpi_status
get_state(importing *in, const kpi__buffer *place)
{
	const kpi_status status =
	    kpi__qlog_place_get(place->bytes, place->size, &in->state);

	if (status != KPI_OK)
		return kpi__fail(in->error, status,
		    "the reader's place in this log cannot be read");
	return KPI_OK;
}

static void
clear_state(importing *in)
{
	kpi__qlog_state_free(&in->state);
	kpi__qlog_state_init(&in->state, in->target.allocator);
}

/*
 * Takes the state from a place if that is of this file, of whose head it
 * needs `least` bytes to tell. A file that was cut since is another: what it
 * holds now is not what was read.
 */
static kpi_status
resume(importing *in, const kpi__buffer *place, uint64_t least)
{
	kpi__qlog_head was, is;
	kpi_status status;

	if (place->size == 0)
		return KPI_OK;
	status = kpi__qlog_place_head(place->bytes, place->size, &was);
	if (status != KPI_OK)
		return kpi__fail(in->error, status,
		    "the reader's place in this log cannot be read");
	is = kpi__qlog_file_head(&in->file, was.size);
	if (was.size < least || was.size != is.size || was.hash != is.hash)
		return KPI_OK;
	status = get_state(in, place);
	if (status != KPI_OK)
		return status;
	in->is_resumed =
	    !in->file.is_regular || in->state.offset <= in->file.total;
	if (!in->is_resumed)
		clear_state(in);
	return KPI_OK;
}

/* The log goes on where its own place says, or, if it has none, where the
 * furthest one says and it is a copy of that log. */
static kpi_status
find_place(importing *in)
{
	kpi__qlog_kept *const kept = &in->kept;
	kpi_status status =
	    kpi__qlog_kept_read(kept, in->target.source, &in->file, in->error);

	if (status == KPI_OK)
		status = resume(in, &kept->place, 1);
	if (status != KPI_OK)
		return status;
	if (in->is_resumed) {
		in->is_furthest = kpi__qlog_kept_is_furthest(kept);
		/* Other files may have told more of its calls. */
		if (!in->is_furthest)
			kpi__qlog_calls_share(&in->state.calls);
		return KPI_OK;
	}
	status = resume(in, &kept->furthest, KPI__QLOG_HEAD);
	in->is_furthest = in->is_resumed;
	return status;
}

/* A pipe can be read over only. */
static kpi_status
go_to_place(importing *in)
{
	kpi__qlog_file *const file = &in->file;
	kpi_status status = KPI_OK;

	in->committed = in->state.offset;
	if (in->state.offset == 0)
		return KPI_OK;
	if (file->is_regular)
		return kpi__qlog_file_seek(file, in->state.offset, in->error);
	for (uint64_t left = in->state.offset; status == KPI_OK;) {
		const size_t there = file->end - file->at;
		const size_t over = left < there ? (size_t)left : there;

		file->at += over;
		left -= over;
		if (left == 0 || file->at_end)
			break;
		status = fill(in);
	}
	return status;
}

/* The file comes next in its source: what was open goes on in it. */
static kpi_status
follow(importing *in)
{
	const uint64_t number = in->state.number, offset = in->state.offset;
	kpi_status status;

	clear_state(in);
	status = get_state(in, &in->kept.furthest);
	in->state.order += number;
	in->state.number = number;
	in->state.offset = offset;
	return status;
}

/* The first stamp of what is read now says where in the source it belongs. */
static kpi_status
join(importing *in, const kpi__qlog_taken *taken)
{
	const int64_t until = in->kept.until;
	kpi__qlog_line line;
	int64_t first;

	if (in->is_joined || taken->line == NULL ||
	    kpi__qlog_line_read(&line, taken->line, taken->size) !=
		KPI__QLOG_FINE)
		return KPI_OK;
	in->is_joined = 1;
	if (in->kept.furthest.size == 0 || in->is_furthest)
		return KPI_OK;
	first = line.time * 1000;
	if (first < until)
		in->report.behind_ms = (uint64_t)until - (uint64_t)first;
	if (in->is_resumed)
		return KPI_OK;
	if (first >= until)
		return follow(in);
	in->state.others_began = in->kept.began;
	return KPI_OK;
}

static kpi_status
commit(importing *in)
{
	kpi_store *const store = in->target.store;
	kpi_status status;

	if (in->state.offset == in->committed)
		return KPI_OK;
	if (kpi__qlog_agents_flush(&in->state.agents) != KPI_OK)
		return kpi__fail(
		    in->error, KPI_ENOMEM, "no memory for agents' spans");
	status = kpi_store_begin(store, in->error);
	if (status != KPI_OK)
		return status;
	status = kpi__qlog_write(&in->target, &in->state, in->error);
	if (status == KPI_OK) {
		/* The place is to hold no more than what may still be told. */
		kpi__qlog_written(&in->state);
		status = kpi__qlog_kept_write(
		    &in->kept, &in->state, &in->file, in->error);
	}
	if (status != KPI_OK) {
		/* the first failure is the one that is told */
		const kpi_status second = kpi_store_rollback(store, NULL);

		(void)second;
		return status;
	}
	status = kpi_store_commit(store, in->error);
	if (status != KPI_OK)
		return status;
	in->committed = in->state.offset;
	return KPI_OK;
}

static kpi_status
take_lines(importing *in)
{
	kpi__qlog_taken taken;
	kpi_status status = KPI_OK;

	while (status == KPI_OK && kpi__qlog_file_next(&in->file, &taken)) {
		status = join(in, &taken);
		if (status != KPI_OK)
			return status;
		in->state.offset += taken.bytes;
		if (taken.line == NULL)
			kpi__qlog_state_long_line(&in->state, &in->report);
		else
			status = kpi__qlog_state_line(
			    &in->state, taken.line, taken.size, &in->report);
		if (status != KPI_OK)
			return kpi__fail(in->error, status,
			    "no memory for the calls that are open");
		if (in->state.calls.dirty_count >= BATCH ||
		    in->state.agents.span_count >= BATCH)
			status = commit(in);
	}
	in->target.done = in->state.offset;
	return status;
}

/* Its beginning, so that it is known which log it is. */
static kpi_status
look(importing *in)
{
	kpi_status status;

	do
		status = fill(in);
	while (status == KPI_OK && in->file.end < KPI__QLOG_HEAD &&
	    !in->file.at_end);
	if (status == KPI_OK)
		kpi__qlog_file_keep_head(&in->file);
	return status;
}

static kpi_status
recognise(importing *in)
{
	kpi__qlog_file *const file = &in->file;

	if (file->head_size == 0 || in->is_resumed ||
	    kpi_is_queue_log(file->head, file->head_size))
		return KPI_OK;
	if (file->head_size > 1 && file->head[0] == 0x1f &&
	    file->head[1] == 0x8b)
		return kpi__fail(in->error, KPI_EPARSE,
		    "it is compressed: expected is a queue_log, such as zcat "
		    "writes into a pipe");
	return kpi__fail(in->error, KPI_EPARSE,
	    "no line of its beginning is one of a queue_log");
}

static kpi_status
read_all(importing *in)
{
	kpi_status status = KPI_OK;

	while (status == KPI_OK) {
		status = take_lines(in);
		if (status != KPI_OK || in->file.at_end)
			break;
		status = fill(in);
	}
	return status == KPI_OK ? commit(in) : status;
}

static kpi_status
run(importing *in, const char *path)
{
	kpi_status status = kpi_store_begin(in->target.store, in->error);

	/* So that what the store refuses is told before anything is read. */
	if (status == KPI_OK)
		status = kpi_store_rollback(in->target.store, in->error);
	if (status == KPI_OK)
		status = kpi__qlog_file_open(
		    &in->file, path, in->target.allocator, in->error);
	in->target.total = in->file.total;
	if (status == KPI_OK)
		status = look(in);
	if (status == KPI_OK)
		status = find_place(in);
	if (status == KPI_OK)
		status = recognise(in);
	if (status == KPI_OK)
		status = go_to_place(in);
	if (status == KPI_OK)
		status = read_all(in);
	in->report.unfinished = in->file.skipped + in->file.end - in->file.at;
	in->report.open = in->state.calls.open.count;
	in->report.activities = in->state.agents.counted;
	kpi__qlog_sort_reasons(&in->report);
	return status;
}

static kpi_status
import_log(importing *in, kpi_store *store, const char *path,
    const kpi_queue_log_options *options)
{
	const kpi_allocator *const a = &store->allocator;
	kpi_status status;

	in->target.store = store;
	in->target.allocator = a;
	in->target.report = &in->report;
	in->file.allocator = a;
	in->file.fd = -1;
	status = read_options(&in->target, options, in->error);
	if (status != KPI_OK)
		return status;
	kpi__qlog_kept_init(&in->kept, store, a);
	kpi__qlog_state_init(&in->state, a);
	status = run(in, path);
	kpi__qlog_target_free(&in->target);
	kpi__qlog_state_free(&in->state);
	kpi__qlog_kept_free(&in->kept);
	kpi__qlog_file_close(&in->file);
	return status;
}

kpi_status
kpi_import_queue_log(kpi_store *store, const char *path,
    const kpi_queue_log_options *options, kpi_queue_log_report *report,
    kpi_error *error)
{
	importing in;
	kpi_status status;

	if (store == NULL || path == NULL)
		return kpi__fail(error, KPI_EINVAL, "no store, or no path");
	if (report != NULL &&
	    report->size < KPI__SIZE_TO(kpi_queue_log_report, unfinished))
		return kpi__fail_at(error, KPI_EINVAL, "report",
		    "the report's size is not set");
	memset(&in, 0, sizeof(in));
	in.error = error;
	status = import_log(&in, store, path, options);
	if (status == KPI_OK && report != NULL)
		status = kpi__sized_write(report, &in.report, sizeof(in.report),
		    KPI__SIZE_TO(kpi_queue_log_report, unfinished));
	return status;
}
