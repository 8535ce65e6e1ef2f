/* SPDX-License-Identifier: MIT */
/* Ordinals, and what tells two interactions apart that begin at once. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "query/pass.h"
#include "query/walk.h"

#define VECTORS 512

kpi_status
kpi__ordinals(const kpi__snapshot *snapshot, uint32_t **out, kpi_error *error)
{
	const uint32_t parts = kpi__snapshot_parts(snapshot);
	uint32_t *ordinals = kpi__new_array(kpi__snapshot_allocator(snapshot),
	    (size_t)parts + 1, sizeof(*ordinals));
	uint64_t sum = 0;

	*out = NULL;
	if (ordinals == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a walk");
	for (uint32_t i = 0; i <= parts; i++) {
		ordinals[i] = (uint32_t)sum;
		if (i < parts)
			sum += kpi__snapshot_part(snapshot, i)->interactions;
	}
	*out = ordinals;
	if (sum >= UINT32_MAX) {
		kpi__ordinals_free(snapshot, ordinals);
		*out = NULL;
		return kpi__fail(error, KPI_ELIMIT,
		    "more than 4,294,967,294 interactions in one store");
	}
	return KPI_OK;
}

void
kpi__ordinals_free(const kpi__snapshot *snapshot, uint32_t *ordinals)
{
	kpi__release(kpi__snapshot_allocator(snapshot), ordinals,
	    (size_t)kpi__snapshot_parts(snapshot) + 1, sizeof(*ordinals));
}

uint32_t
kpi__ordinal_part(const uint32_t *ordinals, uint32_t parts, uint32_t ordinal,
    uint32_t *place)
{
	uint32_t low = 0, high = parts;

	while (high - low > 1) {
		const uint32_t middle = low + (high - low) / 2;

		if (ordinals[middle] <= ordinal)
			low = middle;
		else
			high = middle;
	}
	*place = ordinal - ordinals[low];
	return low;
}

typedef struct side {
	uint32_t part, place;
} side;

static kpi_status
value_of(const kpi__snapshot *snapshot, const side *s, int32_t field,
    uint32_t row, int64_t *out, kpi_error *error)
{
	const kpi__part *part = kpi__snapshot_part(snapshot, s->part);
	const int of_visit = kpi__field_find(field)->of_visit;
	const uint32_t first = part->first_row == NULL
	    ? s->place
	    : part->first_row[s->place];
	const kpi__column *c;
	kpi_status status;

	status = kpi__snapshot_pin(snapshot, s->part, field, &c, error);
	if (status != KPI_OK)
		return status;
	*out = kpi__column_value(c, of_visit ? first + row : s->place);
	kpi__snapshot_unpin(snapshot, s->part, field, c);
	return KPI_OK;
}

/* A text's value by its bytes, unknown first; another's by its number. */
static int
compare_field(const kpi__snapshot *snapshot, const side sides[2],
    int32_t field, uint32_t row, kpi_status *status, kpi_error *error)
{
	const kpi__field *f = kpi__field_find(field);
	int64_t value[2];
	const char *text[2];

	for (int i = 0; i < 2 && *status == KPI_OK; i++)
		*status = value_of(
		    snapshot, &sides[i], field, row, &value[i], error);
	if (*status != KPI_OK)
		return 0;
	if (value[0] == value[1])
		return 0;
	if (f->dictionary < 0)
		return value[0] < value[1] ? -1 : 1;
	for (int i = 0; i < 2 && *status == KPI_OK; i++)
		*status = kpi__snapshot_text(
		    snapshot, field, (uint32_t)value[i], &text[i], error);
	if (*status != KPI_OK)
		return 0;
	if (text[0] == NULL || text[1] == NULL)
		return (text[0] != NULL) - (text[1] != NULL);
	return strcmp(text[0], text[1]);
}

static int
compare_ids(const kpi__snapshot *snapshot, const side sides[2],
    kpi_status *status, kpi_error *error)
{
	char id[2][KPI_TEXT_MAX + 1];
	int known[2];

	for (int i = 0; i < 2 && *status == KPI_OK; i++)
		*status = kpi__snapshot_id(snapshot, sides[i].part,
		    sides[i].place, id[i], &known[i], error);
	if (*status != KPI_OK)
		return 0;
	if (!known[0] || !known[1])
		return known[0] - known[1];
	return strcmp(id[0], id[1]);
}

static uint32_t
rows_of(const kpi__snapshot *snapshot, const side *s)
{
	const kpi__part *part = kpi__snapshot_part(snapshot, s->part);

	return part->first_row == NULL
	    ? 1
	    : part->first_row[s->place + 1] - part->first_row[s->place];
}

int
kpi__compare_neighbours(const kpi__snapshot *snapshot,
    const uint32_t *ordinals, uint32_t a, uint32_t b, kpi_status *status,
    kpi_error *error)
{
	const uint32_t parts = kpi__snapshot_parts(snapshot);
	side sides[2];
	uint32_t rows[2];
	int order;

	sides[0].part = kpi__ordinal_part(ordinals, parts, a, &sides[0].place);
	sides[1].part = kpi__ordinal_part(ordinals, parts, b, &sides[1].place);
	order = compare_field(
	    snapshot, sides, KPI_FIELD_SOURCE, 0, status, error);
	if (order == 0)
		order = compare_ids(snapshot, sides, status, error);
	if (order != 0)
		return order;

	for (int32_t field = 1; field <= KPI__FIELDS && order == 0; field++)
		if (!kpi__field_find(field)->of_visit &&
		    field != KPI_FIELD_ID)
			order = compare_field(
			    snapshot, sides, field, 0, status, error);
	rows[0] = rows_of(snapshot, &sides[0]);
	rows[1] = rows_of(snapshot, &sides[1]);
	for (uint32_t r = 0; order == 0 && r < rows[0] && r < rows[1]; r++)
		for (int32_t field = 1; field <= KPI__FIELDS && order == 0;
		     field++)
			if (kpi__field_find(field)->of_visit)
				order = compare_field(
				    snapshot, sides, field, r, status, error);
	if (order == 0)
		order = (rows[0] > rows[1]) - (rows[0] < rows[1]);
	return order;
}

void
kpi__walked_keys(const kpi__keyer *keyer, kpi__batch *b, int space,
    uint8_t *key)
{
	const kpi__walked *walked = keyer->side;
	const uint8_t *class = walked->classes + walked->ordinals[b->number];

	(void)space;
	if (b->picked == NULL)
		memcpy(key, class + b->first, b->wholes);
	else
		for (uint32_t i = 0; i < b->wholes; i++)
			key[i] = class[b->picked[i]];
}

kpi_status
kpi__each_whole(const kpi__snapshot *snapshot, const kpi_query *query,
    int64_t as_of, const uint32_t *ordinals, void *out, size_t size,
    void (*fill)(void *ctx, kpi__batch *b, void *out), void *ctx,
    kpi_error *error)
{
	kpi__pass pass;
	kpi__batch *b;

	kpi__pass_begin(&pass, snapshot, query, as_of, VECTORS);
	while ((b = kpi__pass_next(&pass)) != NULL)
		fill(ctx, b,
		    (char *)out +
			(size_t)(ordinals[b->number] + b->first) * size);
	return kpi__pass_end(&pass, error);
}
