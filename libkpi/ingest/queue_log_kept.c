/* SPDX-License-Identifier: MIT */
#include "ingest/queue_log_kept.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "store/place.h"

void
kpi__qlog_kept_init(
    kpi__qlog_kept *kept, kpi_store *store, const kpi_allocator *a)
{
	memset(kept, 0, sizeof(*kept));
	kept->store = store;
	kept->began = kept->until = KPI_UNKNOWN;
	kpi__buffer_init(&kept->source_key, a);
	kpi__buffer_init(&kept->key, a);
	kpi__buffer_init(&kept->place, a);
	kpi__buffer_init(&kept->furthest_key, a);
	kpi__buffer_init(&kept->furthest, a);
}

void
kpi__qlog_kept_free(kpi__qlog_kept *kept)
{
	kpi__buffer_free(&kept->source_key);
	kpi__buffer_free(&kept->key);
	kpi__buffer_free(&kept->place);
	kpi__buffer_free(&kept->furthest_key);
	kpi__buffer_free(&kept->furthest);
}

static const char *
text_of(const kpi__buffer *key)
{
	return (const char *)key->bytes;
}

static kpi_status
no_memory(kpi_error *error)
{
	return kpi__fail(error, KPI_ENOMEM, "no memory for the reader's place");
}

static void
put_key(kpi__buffer *key, const char *kind, const char *source)
{
	kpi__buffer_put_string(key, kind);
	if (source != NULL)
		kpi__buffer_put_string(key, source);
	kpi__buffer_put_byte(key, 0);
}

static kpi_status
make_keys(kpi__qlog_kept *kept, const char *source, const kpi__qlog_file *file,
    kpi_error *error)
{
	char kind[80] = "queue_log pipe ";

	if (file->is_regular)
		(void)snprintf(kind, sizeof(kind),
		    "queue_log %" PRIx64 " %" PRIx64 " ", file->device,
		    file->inode);
	put_key(&kept->key, kind, source);
	put_key(&kept->source_key, "queue_log of ", source);
	return kept->key.status == KPI_OK && kept->source_key.status == KPI_OK
	    ? KPI_OK
	    : no_memory(error);
}

/* What the source says of its furthest place; an empty key if nothing. */
static kpi_status
read_furthest(const kpi__qlog_kept *kept, kpi__buffer *key, int64_t *began,
    int64_t *until, kpi_error *error)
{
	kpi__reader in;
	const char *text;
	size_t size;
	kpi__buffer bytes;
	kpi_status status;

	kpi__buffer_init(&bytes, key->allocator);
	status = kpi__store_place(
	    kept->store, text_of(&kept->source_key), &bytes, error);
	if (status == KPI_OK && bytes.size > 0) {
		in = (kpi__reader){ bytes.bytes, bytes.bytes + bytes.size, 0 };
		*began = kpi__read_signed(&in);
		*until = kpi__read_signed(&in);
		text = kpi__read_text(&in, &size);
		if (text == NULL || in.bad || in.at != in.end)
			status = kpi__fail(error, KPI_ECORRUPT,
			    "the reader's place of this source cannot be read");
		else {
			kpi__buffer_put(key, text, size);
			kpi__buffer_put_byte(key, 0);
			if (key->status != KPI_OK)
				status = no_memory(error);
		}
	}
	kpi__buffer_free(&bytes);
	return status;
}

kpi_status
kpi__qlog_kept_read(kpi__qlog_kept *kept, const char *source,
    const kpi__qlog_file *file, kpi_error *error)
{
	kpi_status status = make_keys(kept, source, file, error);

	if (status == KPI_OK && file->is_regular)
		status = kpi__store_place(
		    kept->store, text_of(&kept->key), &kept->place, error);
	if (status == KPI_OK)
		status = read_furthest(kept, &kept->furthest_key, &kept->began,
		    &kept->until, error);
	if (status != KPI_OK || kept->furthest_key.size == 0)
		return status;
	return kpi__store_place(
	    kept->store, text_of(&kept->furthest_key), &kept->furthest, error);
}

static int
is_same(const kpi__buffer *a, const kpi__buffer *b)
{
	return a->size == b->size &&
	    (a->size == 0 || memcmp(a->bytes, b->bytes, a->size) == 0);
}

int
kpi__qlog_kept_is_furthest(const kpi__qlog_kept *kept)
{
	return is_same(&kept->key, &kept->furthest_key);
}

static kpi_status
check_place(const kpi__qlog_kept *kept, kpi_error *error)
{
	kpi__buffer place;
	kpi_status status;

	kpi__buffer_init(&place, kept->place.allocator);
	status =
	    kpi__store_place(kept->store, text_of(&kept->key), &place, error);
	if (status == KPI_OK && !is_same(&place, &kept->place))
		status = kpi__fail(error, KPI_EBUSY,
		    "another import of this log is under way");
	kpi__buffer_free(&place);
	return status;
}

/*
 * Whether the state is to be the source's: another import may have moved that
 * one in the meantime. A file's place is always kept, also where it is the
 * source's and the clock was set back; a late pipe has none.
 */
static kpi_status
reaches_furthest(const kpi__qlog_kept *kept, const kpi__qlog_state *state,
    int is_regular, int *answer, kpi_error *error)
{
	const int has_place = is_regular || !kpi__qlog_state_is_late(state);
	int64_t began = KPI_UNKNOWN, until = KPI_UNKNOWN;
	kpi__buffer key;
	kpi_status status;

	kpi__buffer_init(&key, kept->key.allocator);
	status = read_furthest(kept, &key, &began, &until, error);
	*answer = state->last != KPI_UNKNOWN &&
	    (key.size == 0 || state->last >= until ||
		(has_place && is_same(&key, &kept->key)));
	kpi__buffer_free(&key);
	return status;
}

static kpi_status
write_furthest(
    const kpi__qlog_kept *kept, const kpi__qlog_state *state, kpi_error *error)
{
	kpi__buffer bytes;
	kpi_status status;

	kpi__buffer_init(&bytes, kept->key.allocator);
	kpi__buffer_put_signed(&bytes, state->began);
	kpi__buffer_put_signed(&bytes, state->last);
	kpi__buffer_put_text(&bytes, text_of(&kept->key));
	status = bytes.status == KPI_OK
	    ? kpi__store_set_place(kept->store, text_of(&kept->source_key),
		  bytes.bytes, bytes.size, error)
	    : no_memory(error);
	kpi__buffer_free(&bytes);
	return status;
}

kpi_status
kpi__qlog_kept_write(kpi__qlog_kept *kept, const kpi__qlog_state *state,
    const kpi__qlog_file *file, kpi_error *error)
{
	const kpi__qlog_head head = kpi__qlog_file_head(file, state->offset);
	int is_furthest;
	kpi_status status = reaches_furthest(
	    kept, state, file->is_regular, &is_furthest, error);

	if (status == KPI_OK && file->is_regular)
		status = check_place(kept, error);
	if (status != KPI_OK || (!is_furthest && !file->is_regular))
		return status;
	kept->place.size = 0;
	kpi__qlog_place_put(state, &head, &kept->place);
	if (kept->place.status != KPI_OK)
		return no_memory(error);
	status = kpi__store_set_place(kept->store, text_of(&kept->key),
	    kept->place.bytes, kept->place.size, error);
	return status == KPI_OK && is_furthest
	    ? write_furthest(kept, state, error)
	    : status;
}
