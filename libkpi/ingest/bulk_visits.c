/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "ingest/bulk.h"
#include "ingest/record.h"
#include "ingest/value.h"

#define NO_MEMORY "no memory for the visits"

/* Rows that are the visits of one interaction. */
struct group {
	kpi__bulk *bulk;
	kpi__input whole; /* of what is put together */
	kpi__input part;  /* of one row */
	uint32_t first, until;
};

/* What a further row says of the whole fills gaps; 0: it contradicts. */
static int
join(kpi__input *whole, const kpi__input *part)
{
	for (uint32_t f = 0; f < KPI__WHOLE_FIELDS; f++) {
		const kpi__field *field = kpi__field_at(f);

		if (f + 1 != KPI_FIELD_ID && f + 1 != KPI_FIELD_STARTED_AT &&
		    kpi__field_is_known(field, part->value[f]) &&
		    kpi__field_is_known(field, whole->value[f]) &&
		    part->value[f] != whole->value[f])
			return 0;
	}
	for (uint32_t f = 0; f < KPI__WHOLE_FIELDS; f++)
		if (!kpi__field_is_known(kpi__field_at(f), whole->value[f]))
			whole->value[f] = part->value[f];
	return 1;
}

/* The rings of each row, and the marks of what they are together. */
static int
check(const kpi__input *whole, const kpi__row *row)
{
	if (kpi__value_check_wait(
		KPI__OF_ROW(row, WAIT), KPI__OF_ROW(row, RING), NULL) != KPI_OK)
		return KPI__ROW_RING;
	if (kpi__value_check_marks(whole->value[KPI_FIELD_CSAT - 1],
		whole->value[KPI_FIELD_CSAT_SCALE - 1], NULL) != KPI_OK)
		return KPI__ROW_MARKS;
	if (kpi__value_check_effort(whole->value[KPI_FIELD_CES - 1],
		whole->value[KPI_FIELD_CES_VERSION - 1], NULL) != KPI_OK)
		return KPI__ROW_EFFORT;
	return KPI__ROW_VISIT;
}

static int
take_visit(struct group *group, uint32_t n)
{
	kpi__row *const row = &group->part.row[0];
	kpi__input together = group->whole;
	int fate;

	if (n > 0 && KPI__OF_ROW(row, ENTERED_AT) == KPI_UNKNOWN)
		KPI__OF_ROW(row, ENTERED_AT) =
		    group->part.value[KPI_FIELD_STARTED_AT - 1];
	if (!join(&together, &group->part))
		return KPI__ROW_DIFFERS;
	fate = check(&together, row);
	if (fate == KPI__ROW_VISIT) {
		group->whole = together;
		group->whole.row[n] = *row;
	}
	return fate;
}

/* Reads the rows into group->whole; further ones that do not fit are left
 * out. */
static kpi_status
read_visits(struct group *group, kpi_error *error)
{
	kpi__bulk *const bulk = group->bulk;
	kpi__input *const whole = &group->whole;
	kpi_status status =
	    kpi__input_set_rows(whole, group->until - group->first);
	uint32_t n = 0;

	for (uint32_t f = 0; f < KPI__WHOLE_FIELDS; f++)
		whole->value[f] = kpi__field_blank(kpi__field_at(f));
	if (status != KPI_OK)
		return kpi__fail(error, status, NO_MEMORY);
	for (uint32_t r = group->first; r < group->until; r++) {
		int fate;

		/* what no column says is unknown again */
		group->part.rows = 0;
		status = kpi__input_set_rows(&group->part, 1);
		if (status != KPI_OK)
			return kpi__fail(error, status, NO_MEMORY);
		status = kpi__bulk_read(bulk, r, &group->part, error);
		if (status != KPI_OK)
			return status;
		fate = take_visit(group, n);
		bulk->fate[r] = (uint8_t)fate;
		n += fate == KPI__ROW_VISIT;
	}
	whole->rows = n;
	whole->id = group->part.id;
	whole->id_size = group->part.id_size;
	whole->id_hash = group->part.id_hash;
	return KPI_OK;
}

/* What becomes of all rows that are still good, and of the first of them. */
static void
settle(struct group *group, int first, int others)
{
	uint8_t *const fate = group->bulk->fate;

	for (uint32_t r = group->first; r < group->until; r++)
		if (fate[r] == KPI__ROW_VISIT) {
			fate[r] = (uint8_t)first;
			first = others;
		}
}

static kpi_status
look_up(struct group *group, int *fate, kpi_error *error)
{
	kpi__bulk *const bulk = group->bulk;
	const char *id, *source;
	size_t size, source_size;
	uint8_t *const mine = &bulk->fate[group->first];
	const uint8_t was = *mine;
	int found = 0;
	kpi_status status = kpi__bulk_id(
	    bulk, group->first, &id, &size, &source, &source_size, error);

	*fate = KPI__ROW_ADDED;
	if (status == KPI_OK && size > 0)
		status = kpi__bulk_find(bulk, group->first, id, size, source,
		    source_size, group->whole.id_hash, &found, error);
	if (found)
		*fate = *mine;
	*mine = was;
	return status;
}

static kpi_status
put(struct group *group, kpi_error *error)
{
	kpi__bulk *const bulk = group->bulk;
	kpi__input *const whole = &group->whole;
	const int is_refused = bulk->store->if_exists == KPI_IF_EXISTS_REFUSE;
	kpi_status status = read_visits(group, error);
	int fate;

	if (status != KPI_OK || whole->rows == 0)
		return status;
	status = look_up(group, &fate, error);
	if (status != KPI_OK)
		return status;
	if (fate == KPI__ROW_ADDED &&
	    whole->value[KPI_FIELD_STARTED_AT - 1] == KPI_UNKNOWN) {
		settle(group, KPI__ROW_NO_START, KPI__ROW_NO_START);
		return KPI_OK;
	}
	if (fate != KPI__ROW_ADDED && is_refused) {
		settle(group, KPI__ROW_HAS_ID, KPI__ROW_HAS_ID);
		return KPI_OK;
	}
	if (fate != KPI__ROW_ADDED && whole->rows == 1 &&
	    !kpi__bulk_visit_is_known(&whole->row[0]))
		whole->rows = 0;
	status =
	    kpi__record_put(bulk->draft, whole, KPI_IF_EXISTS_UPDATE, error);
	if (status == KPI_EINVAL) {
		settle(group, KPI__ROW_NO_FIT, KPI__ROW_NO_FIT);
		return KPI_OK;
	}
	settle(group, fate, KPI__ROW_VISIT);
	return status;
}

static uint32_t
end_of_group(kpi__bulk *bulk, uint32_t first)
{
	uint32_t until = first + 1;
	const char *id, *source;
	size_t size, source_size;

	if (kpi__bulk_id(bulk, first, &id, &size, &source, &source_size,
		NULL) != KPI_OK ||
	    size == 0)
		return until;
	while (until < bulk->rows && kpi__bulk_same_id(bulk, first, until))
		until++;
	return until;
}

kpi_status
kpi__bulk_put_visits(kpi__bulk *bulk, kpi_error *error)
{
	struct group group = { .bulk = bulk };
	kpi_status status = KPI_OK;

	kpi__input_init(&group.whole, &bulk->store->allocator);
	kpi__input_init(&group.part, &bulk->store->allocator);
	while (group.first < bulk->rows && status == KPI_OK) {
		group.until = end_of_group(bulk, group.first);
		status = put(&group, error);
		group.first = group.until;
	}
	kpi__input_free(&group.whole);
	kpi__input_free(&group.part);
	return status;
}
