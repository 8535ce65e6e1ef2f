/* SPDX-License-Identifier: MIT */
#include <kpi/queue_log.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/sized.h"
#include "ingest/queue_log_file.h"
#include "ingest/queue_log_place.h"
#include "ingest/queue_log_report.h"
#include "ingest/queue_log_state.h"
#include "ingest/queue_log_write.h"
#include "store/place.h"
#include "store/state.h"

/* Calls and spans that are committed together, with the place. */
#define BATCH 10000
/* So much of a file tells whether it is a log. */
#define SIGHT 4096

typedef struct importing {
	kpi__qlog_file file;
	kpi__qlog_state state;
	kpi__qlog_target target;
	kpi_queue_log_report report;
	kpi__buffer key, kept; /* the place's, and its bytes in the store */
	uint64_t committed;    /* offset of the last batch */
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

static void
make_key(importing *in)
{
	char text[80];

	(void)snprintf(text, sizeof(text), "queue_log %" PRIx64 " %" PRIx64 " ",
	    in->file.device, in->file.inode);
	kpi__buffer_put_string(&in->key, text);
	if (in->target.source != NULL)
		kpi__buffer_put_string(&in->key, in->target.source);
	kpi__buffer_put_byte(&in->key, 0);
}

/* Goes on where the kept place says, if it is of this file. */
static kpi_status
find_place(importing *in)
{
	kpi__qlog_head was, is;
	kpi_status status;

	if (!in->file.is_regular)
		return KPI_OK;
	make_key(in);
	if (in->key.status != KPI_OK)
		return kpi__fail(in->error, in->key.status,
		    "no memory for the reader's place");
	status = kpi__store_place(in->target.store, (const char *)in->key.bytes,
	    &in->kept, in->error);
	if (status != KPI_OK || in->kept.size == 0)
		return status;
	status = kpi__qlog_place_head(in->kept.bytes, in->kept.size, &was);
	if (status == KPI_OK) {
		is = kpi__qlog_file_head(&in->file, was.size);
		if (was.size != is.size || was.hash != is.hash)
			return KPI_OK;
		status = kpi__qlog_place_get(
		    in->kept.bytes, in->kept.size, &in->state);
	}
	if (status != KPI_OK)
		return kpi__fail(in->error, status,
		    "the reader's place in this log cannot be read");
	return KPI_OK;
}

/* A file that was cut is read anew: what it holds now is not what was read. */
static kpi_status
go_to_place(importing *in)
{
	if (in->state.offset > in->file.total) {
		kpi__qlog_state_free(&in->state);
		kpi__qlog_state_init(&in->state, in->target.allocator);
	}
	in->committed = in->state.offset;
	if (in->state.offset == 0)
		return KPI_OK;
	return kpi__qlog_file_seek(&in->file, in->state.offset, in->error);
}

static kpi_status
keep_place(importing *in)
{
	const kpi__qlog_head head =
	    kpi__qlog_file_head(&in->file, in->state.offset);
	kpi__buffer place;
	kpi_status status;

	if (!in->file.is_regular)
		return KPI_OK;
	kpi__buffer_init(&place, in->target.allocator);
	status = kpi__store_place(
	    in->target.store, (const char *)in->key.bytes, &place, in->error);
	if (status == KPI_OK &&
	    (place.size != in->kept.size ||
		(place.size > 0 &&
		    memcmp(place.bytes, in->kept.bytes, place.size) != 0)))
		status = kpi__fail(in->error, KPI_EBUSY,
		    "another import of this log is under way");
	if (status == KPI_OK) {
		in->kept.size = 0;
		kpi__qlog_place_put(&in->state, &head, &in->kept);
		status = in->kept.status;
		if (status != KPI_OK)
			(void)kpi__fail(in->error, status,
			    "no memory for the reader's place");
	}
	if (status == KPI_OK)
		status = kpi__store_set_place(in->target.store,
		    (const char *)in->key.bytes, in->kept.bytes, in->kept.size,
		    in->error);
	kpi__buffer_free(&place);
	return status;
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
	if (status == KPI_OK)
		status = keep_place(in);
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
	kpi__qlog_written(&in->state);
	return KPI_OK;
}

static kpi_status
take_lines(importing *in)
{
	kpi__qlog_taken taken;
	kpi_status status = KPI_OK;

	while (status == KPI_OK && kpi__qlog_file_next(&in->file, &taken)) {
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

static kpi_status
fill(importing *in)
{
	const kpi_status status = kpi__qlog_file_fill(&in->file, in->error);

	return status == KPI_OK ? kpi__qlog_target_ask(&in->target, in->error)
				: status;
}

static kpi_status
look(importing *in)
{
	kpi_status status;

	do
		status = fill(in);
	while (status == KPI_OK && in->file.end < SIGHT && !in->file.at_end);
	if (status != KPI_OK || in->file.end == 0 || in->state.offset > 0)
		return status;
	if (!kpi_is_queue_log(in->file.block, in->file.end))
		return kpi__fail(in->error, KPI_EPARSE,
		    "no line of its beginning is one of a queue_log");
	return KPI_OK;
}

static kpi_status
read_all(importing *in)
{
	kpi_status status = look(in);

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
	if (status == KPI_OK)
		status = find_place(in);
	if (status == KPI_OK)
		status = go_to_place(in);
	in->target.total = in->file.total;
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
	kpi__buffer_init(&in->key, a);
	kpi__buffer_init(&in->kept, a);
	kpi__qlog_state_init(&in->state, a);
	status = run(in, path);
	kpi__qlog_target_free(&in->target);
	kpi__qlog_state_free(&in->state);
	kpi__buffer_free(&in->key);
	kpi__buffer_free(&in->kept);
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
