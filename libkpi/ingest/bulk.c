/* SPDX-License-Identifier: MIT */
#include "ingest/bulk.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "ingest/value.h"
#include "store/names.h"
#include "store/order.h"
#include "store/read.h"

#define NO_MEMORY      "no memory for the rows"
#define WORTH_A_FILTER 1000
#define AHEAD          32 /* rows whose ids are hashed together */

kpi_status
kpi__bulk_id(const kpi__bulk *bulk, uint32_t row, const char **id, size_t *size,
    const char **source, size_t *source_size, kpi_error *error)
{
	kpi_status status = KPI_OK;

	*source = "";
	*source_size = 0;
	*id = NULL;
	*size = 0;
	if (bulk->of[KPI_FIELD_ID] == NULL)
		return KPI_OK;
	if (bulk->of[KPI_FIELD_SOURCE] != NULL)
		status = kpi__column_source_text(bulk->of[KPI_FIELD_SOURCE],
		    row, source, source_size, error);
	if (*source == NULL)
		*source = "";
	if (status == KPI_OK)
		status = kpi__column_source_text(
		    bulk->of[KPI_FIELD_ID], row, id, size, error);
	return status;
}

int
kpi__bulk_refuse(kpi__bulk *bulk, uint32_t row, int fate)
{
	if (bulk->fate == NULL)
		return 0;
	bulk->fate[row] = (uint8_t)fate;
	if (bulk->state != NULL)
		bulk->state[row] = KPI__BULK_REFUSED;
	return 1;
}

int
kpi__bulk_same_id(const kpi__bulk *bulk, uint32_t a, uint32_t b)
{
	const char *id[2], *source[2];
	size_t size[2], source_size[2];

	if (kpi__bulk_id(bulk, a, &id[0], &size[0], &source[0], &source_size[0],
		NULL) != KPI_OK ||
	    kpi__bulk_id(bulk, b, &id[1], &size[1], &source[1], &source_size[1],
		NULL) != KPI_OK)
		return 0;
	return size[0] == size[1] && source_size[0] == source_size[1] &&
	    memcmp(id[0], id[1], size[0]) == 0 &&
	    memcmp(source[0], source[1], source_size[0]) == 0;
}

/* A row's id, and the text of its source; size 0: it has none. */
struct id {
	const char *id, *source;
	size_t size, source_size;
	kpi_status status; /* of asking for it */
};

/* Ids of this call, numbered in order of coming. As long as each is greater
 * than all before none can be there twice, and nothing is looked up. */
struct seen {
	kpi__index index;
	uint32_t *row;
	uint32_t count;
	int is_rising;
	const char *greatest; /* of all, while they rise; NULL: none yet */
	size_t size;
	uint64_t seed;          /* of ids without a source */
	struct id ahead[AHEAD]; /* of row n: at n % AHEAD */
};

/* Shorter ids are less: so numbers rise as they should without zeros, too. */
static int
rises(const struct seen *seen, const char *id, size_t size)
{
	if (seen->greatest == NULL || size != seen->size)
		return size > seen->size;
	return memcmp(id, seen->greatest, size) > 0;
}

/* Ids that have ceased to rise are looked up from now on. */
static kpi_status
end_rise(struct seen *seen, const kpi__bulk *bulk, kpi_error *error)
{
	kpi_status status = kpi__index_reserve(&seen->index, bulk->rows);

	seen->is_rising = 0;
	for (uint32_t i = 0; i < seen->count && status == KPI_OK; i++)
		status = kpi__index_put(&seen->index, bulk->hash[seen->row[i]]);
	if (status != KPI_OK)
		return kpi__fail(error, status, NO_MEMORY);
	return KPI_OK;
}

static int
is_seen(const kpi__bulk *bulk, const struct seen *seen, uint32_t row)
{
	const uint64_t hash = bulk->hash[row];
	size_t cursor;
	uint32_t number = kpi__index_first(&seen->index, hash, &cursor);

	while (number != KPI__INDEX_NONE) {
		if (seen->index.hash[number] == hash &&
		    kpi__bulk_same_id(bulk, seen->row[number], row))
			return 1;
		number = kpi__index_next(&seen->index, hash, &cursor);
	}
	return 0;
}

kpi_status
kpi__bulk_find(kpi__bulk *bulk, uint32_t row, const char *id, size_t size,
    const char *source, size_t source_size, uint64_t hash, int *found,
    kpi_error *error)
{
	kpi_status status = KPI_OK;
	uint32_t code = 0;
	kpi__spot spot;
	int was_there;

	*found = 0;
	if (bulk->draft->sealed_ids == 0 && bulk->draft->id_count == 0)
		return KPI_OK;
	if (source_size > 0) {
		status = kpi__names_find_newest(
		    bulk->store, 0, source, source_size, &code, error);
		if (status != KPI_OK || code == 0)
			return status;
	}
	status = kpi__snapshot_find(bulk->draft, code, id, (uint32_t)size, hash,
	    1, &spot, found, error);
	if (status != KPI_OK || !*found || bulk->fate == NULL)
		return status;
	status = kpi__snapshot_find(bulk->before, code, id, (uint32_t)size,
	    hash, 1, &spot, &was_there, error);
	bulk->fate[row] = was_there ? KPI__ROW_UPDATED : KPI__ROW_AGAIN;
	return status;
}

/* Looks a row's id up. */
static kpi_status
plan_id(kpi__bulk *bulk, struct seen *seen, uint32_t row, const struct id *of,
    kpi_error *error)
{
	int found = 0;
	kpi_status status = KPI_OK;

	if (of->size == 0)
		return KPI_OK;
	status = kpi__value_check_text(
	    kpi__field_find(KPI_FIELD_ID), of->id, of->size, error);
	if (status == KPI_OK && seen->is_rising &&
	    !rises(seen, of->id, of->size))
		status = end_rise(seen, bulk, error);
	if (status != KPI_OK)
		return status;
	if (is_seen(bulk, seen, row)) {
		found = 1;
		if (bulk->fate != NULL)
			bulk->fate[row] = KPI__ROW_AGAIN;
	} else {
		status = kpi__bulk_find(bulk, row, of->id, of->size, of->source,
		    of->source_size, bulk->hash[row], &found, error);
	}
	if (status != KPI_OK || !found)
		return status;
	if (bulk->store->if_exists == KPI_IF_EXISTS_REFUSE) {
		if (kpi__bulk_refuse(bulk, row, KPI__ROW_HAS_ID))
			return KPI_OK;
		return kpi__id_is_taken(error, of->id, of->size);
	}
	bulk->state[row] = KPI__BULK_REPEAT;
	return KPI_OK;
}

static int64_t
integer(const kpi__bulk *bulk, int32_t field, uint32_t row)
{
	return bulk->of[field] == NULL
	    ? KPI_UNKNOWN
	    : kpi__column_source_integer(bulk->of[field], row);
}

static int
is_open(const kpi__bulk *bulk, uint32_t row)
{
	const int64_t outcome = integer(bulk, KPI_FIELD_OUTCOME, row);

	if (outcome == KPI_OUTCOME_WAITING)
		return 1;
	return outcome == KPI_OUTCOME_ANSWERED &&
	    integer(bulk, KPI_FIELD_ENDED_AT, row) == KPI_UNKNOWN &&
	    integer(bulk, KPI_FIELD_TALK, row) == KPI_UNKNOWN;
}

/* What concerns two fields. */
static kpi_status
check_pairs(kpi__bulk *bulk, uint32_t row, kpi_error *error)
{
	kpi_status status = KPI_OK;

	if (bulk->of[KPI_FIELD_CSAT_SCALE] != NULL)
		status =
		    kpi__value_check_marks(integer(bulk, KPI_FIELD_CSAT, row),
			integer(bulk, KPI_FIELD_CSAT_SCALE, row), error);
	if (status != KPI_OK)
		return kpi__bulk_refuse(bulk, row, KPI__ROW_MARKS) ? KPI_OK
								   : status;
	if (bulk->of[KPI_FIELD_CES_VERSION] != NULL)
		status =
		    kpi__value_check_effort(integer(bulk, KPI_FIELD_CES, row),
			integer(bulk, KPI_FIELD_CES_VERSION, row), error);
	if (status != KPI_OK)
		return kpi__bulk_refuse(bulk, row, KPI__ROW_EFFORT) ? KPI_OK
								    : status;
	if (bulk->of[KPI_FIELD_RING] == NULL)
		return KPI_OK;
	status = kpi__value_check_wait(integer(bulk, KPI_FIELD_WAIT, row),
	    integer(bulk, KPI_FIELD_RING, row), error);
	if (status != KPI_OK && kpi__bulk_refuse(bulk, row, KPI__ROW_RING))
		return KPI_OK;
	return status;
}

static kpi_status
plan_row(kpi__bulk *bulk, uint32_t row, kpi_error *error)
{
	const kpi__field *field = kpi__field_find(KPI_FIELD_STARTED_AT);
	const int64_t start = integer(bulk, KPI_FIELD_STARTED_AT, row);

	bulk->start[row] = start;
	if (bulk->state[row] != KPI__BULK_CLOSED)
		return KPI_OK;
	if (start == KPI_UNKNOWN) {
		if (kpi__bulk_refuse(bulk, row, KPI__ROW_NO_START))
			return KPI_OK;
		return kpi__fail_at(
		    error, KPI_EINVAL, field->name, "started_at is required");
	}
	if (start < field->least || start > field->greatest)
		return kpi__value_refuse(field, error);
	if (is_open(bulk, row))
		bulk->state[row] = KPI__BULK_OPEN;
	return check_pairs(bulk, row, error);
}

static kpi_status
prepare_ids(kpi__bulk *bulk, struct seen *seen, kpi_error *error)
{
	const kpi_allocator *a = &bulk->store->allocator;

	memset(seen, 0, sizeof(*seen));
	kpi__index_init(&seen->index, a);
	seen->is_rising = 1;
	seen->seed = kpi__source_seed("", 0);
	if (bulk->of[KPI_FIELD_ID] == NULL)
		return KPI_OK;
	bulk->hash = kpi__new_zeroed(a, bulk->rows, sizeof(*bulk->hash));
	seen->row = kpi__new_array(a, bulk->rows, sizeof(*seen->row));
	if (bulk->hash == NULL || seen->row == NULL)
		return kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
	if (bulk->draft->sealed_ids > 0 && bulk->rows >= WORTH_A_FILTER)
		return kpi__draft_filter(bulk->draft, bulk->rows, error);
	return KPI_OK;
}

/* The ids of rows and their hashes; what they will be looked up in comes from
 * memory meanwhile. What is wrong with an id is told when it is its row's
 * turn. */
static void
look_ahead(kpi__bulk *bulk, struct seen *seen, uint32_t from, uint32_t until)
{
	for (uint32_t r = from; r < until && bulk->hash != NULL; r++) {
		struct id *of = &seen->ahead[r % AHEAD];

		of->status = kpi__bulk_id(bulk, r, &of->id, &of->size,
		    &of->source, &of->source_size, NULL);
		if (of->status != KPI_OK || of->size == 0)
			continue;
		bulk->hash[r] = kpi__id_hash(of->source_size == 0
			? seen->seed
			: kpi__source_seed(of->source, of->source_size),
		    of->id, of->size);
		kpi__bloom_fetch(&bulk->store->filter, bulk->hash[r]);
		kpi__index_fetch(&bulk->draft->ids->index, bulk->hash[r]);
	}
}

/* The row's id is one that is known from now on. */
static kpi_status
see(kpi__bulk *bulk, struct seen *seen, uint32_t row, const struct id *of,
    kpi_error *error)
{
	seen->row[seen->count++] = row;
	if (seen->is_rising) {
		seen->greatest = of->id;
		seen->size = of->size;
		return KPI_OK;
	}
	if (kpi__index_put(&seen->index, bulk->hash[row]) != KPI_OK)
		return kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
	return KPI_OK;
}

static kpi_status
plan_one(kpi__bulk *bulk, struct seen *seen, uint32_t row, kpi_error *error)
{
	struct id *of = &seen->ahead[row % AHEAD];
	kpi_status status = KPI_OK;

	if (of->status != KPI_OK)
		return kpi__bulk_id(bulk, row, &of->id, &of->size, &of->source,
		    &of->source_size, error);
	status = plan_id(bulk, seen, row, of, error);
	if (status == KPI_OK)
		status = plan_row(bulk, row, error);
	if (status != KPI_OK || of->size == 0 ||
	    bulk->state[row] == KPI__BULK_REPEAT ||
	    bulk->state[row] == KPI__BULK_REFUSED)
		return status;
	return see(bulk, seen, row, of, error);
}

static kpi_status
plan_rows(kpi__bulk *bulk, kpi_error *error)
{
	struct seen seen;
	kpi_status status = prepare_ids(bulk, &seen, error);

	for (uint32_t r = 0; r < bulk->rows && status == KPI_OK; r++) {
		if (r % AHEAD == 0)
			look_ahead(bulk, &seen, r,
			    bulk->rows - r < AHEAD ? bulk->rows : r + AHEAD);
		status = plan_one(bulk, &seen, r, error);
		if (status != KPI_OK)
			kpi__error_place(error, (int64_t)r + 1, 0);
	}
	kpi__index_free(&seen.index);
	kpi__release(
	    &bulk->store->allocator, seen.row, bulk->rows, sizeof(*seen.row));
	return status;
}

/* `closed` becomes the closed rows in order of start. */
static kpi_status
sort_closed(kpi__bulk *bulk)
{
	const kpi_allocator *a = &bulk->store->allocator;
	int64_t *keys = kpi__new_array(a, bulk->rows, sizeof(*keys));
	uint32_t *rows = kpi__new_array(a, bulk->rows, sizeof(*rows));
	kpi_status status = KPI_ENOMEM;
	uint32_t n = 0;
	int sorted;

	if (keys != NULL && rows != NULL) {
		for (uint32_t r = 0; r < bulk->rows; r++)
			if (bulk->state[r] == KPI__BULK_CLOSED) {
				rows[n] = r;
				keys[n++] = bulk->start[r];
			}
		status = kpi__order(bulk->closed, keys, n, a, &sorted);
	}
	if (status == KPI_OK) {
		bulk->closed_count = n;
		for (uint32_t i = 0; i < n; i++)
			bulk->closed[i] = rows[bulk->closed[i]];
	}
	kpi__release(a, keys, bulk->rows, sizeof(*keys));
	kpi__release(a, rows, bulk->rows, sizeof(*rows));
	return status;
}

kpi_status
kpi__bulk_plan(kpi__bulk *bulk, kpi_error *error)
{
	const kpi_allocator *a = &bulk->store->allocator;
	kpi_status status;

	bulk->start = kpi__new_array(a, bulk->rows, sizeof(*bulk->start));
	bulk->state = kpi__new_zeroed(a, bulk->rows, sizeof(*bulk->state));
	bulk->closed = kpi__new_array(a, bulk->rows, sizeof(*bulk->closed));
	if (bulk->start == NULL || bulk->state == NULL || bulk->closed == NULL)
		return kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
	status = plan_rows(bulk, error);
	if (status != KPI_OK)
		return status;
	status = sort_closed(bulk);
	if (status != KPI_OK)
		return kpi__fail(error, status, NO_MEMORY);
	return KPI_OK;
}
