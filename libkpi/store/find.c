/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "store/read.h"

struct wanted {
	const char *id;
	uint32_t id_size, source;
	uint64_t hash;
};

/* Whether an interaction lives and has the id: what a hash only hints at. */
static kpi_status
confirm(kpi_store *store, const kpi__version *v, uint32_t interaction,
    const struct wanted *w, int *same, kpi_error *error)
{
	const kpi__field *source = kpi__field_find(KPI_FIELD_SOURCE);
	char id[KPI_TEXT_MAX + 1];
	const kpi__column *column;
	uint32_t size;
	kpi_status status;

	*same = 0;
	if (kpi__version_is_dead(v, interaction))
		return KPI_OK;
	status = kpi__version_id(store, v, interaction, id, &size, error);
	if (status != KPI_OK || size != w->id_size ||
	    memcmp(id, w->id, size) != 0)
		return status;
	status = kpi__version_pin(store, v, source, &column, error);
	if (status != KPI_OK)
		return status;
	*same = kpi__column_value(column, interaction) == w->source;
	kpi__version_unpin(store, v, source, column);
	return KPI_OK;
}

static kpi_status
find_in_tail(const kpi__snapshot *s, const struct wanted *w, kpi__spot *spot,
    int *found, kpi_error *error)
{
	size_t cursor;
	uint32_t number = kpi__index_first(&s->ids->index, w->hash, &cursor);
	kpi_status status = KPI_OK;

	while (number != KPI__INDEX_NONE) {
		const uint64_t at = s->ids->at[number];

		if (number < s->id_count) {
			spot->in_tail = 1;
			spot->part = (uint32_t)(at >> 32);
			spot->interaction = (uint32_t)at;
			status = confirm(s->store, s->tail->at[spot->part],
			    spot->interaction, w, found, error);
			if (status != KPI_OK || *found)
				return status;
		}
		number = kpi__index_next(&s->ids->index, w->hash, &cursor);
	}
	return KPI_OK;
}

/* The first word of a run that is not below `word`. Hashes are spread
 * evenly, so we begin where it should be. */
static uint32_t
seek(const kpi__item *run, uint64_t word)
{
	const uint64_t *words = run->words;
	const uint32_t count = run->word_count;
	uint64_t low = (word >> 32) * count >> 32, high, step = 1;

	while (low > 0 && words[low] >= word) {
		low = low > step ? low - step : 0;
		step *= 2;
	}
	high = low;
	for (step = 1; high < count && words[high] < word; step *= 2)
		high = high + step < count ? high + step : count;
	while (low < high) {
		const uint64_t middle = low + (high - low) / 2;

		if (words[middle] < word)
			low = middle + 1;
		else
			high = middle;
	}
	return (uint32_t)low;
}

static kpi_status
find_in_chunk(kpi_store *store, const kpi__version *v, const struct wanted *w,
    kpi__spot *spot, int *found, kpi_error *error)
{
	const uint64_t word = w->hash & ~UINT64_C(0xffff);
	kpi__item *run;
	kpi_status status =
	    kpi__chunk_pin(store, v->chunk, KPI__ITEM_RUN, &run, error);

	if (status != KPI_OK || run == NULL)
		return status;
	for (uint32_t i = seek(run, word);
	     i < run->word_count && (run->words[i] ^ word) >> 16 == 0; i++) {
		spot->interaction = (uint32_t)(run->words[i] & 0xffff);
		status = confirm(store, v, spot->interaction, w, found, error);
		if (status != KPI_OK || *found)
			break;
	}
	kpi__chunk_unpin(store, v->chunk, run);
	return status;
}

kpi_status
kpi__snapshot_find(const kpi__snapshot *s, uint32_t source, const char *id,
    uint32_t id_size, uint64_t hash, int by_writer, kpi__spot *spot, int *found,
    kpi_error *error)
{
	const struct wanted w = { id, id_size, source, hash };
	kpi_status status;

	*found = 0;
	if (!by_writer)
		pthread_mutex_lock(&s->store->lookup);
	status = find_in_tail(s, &w, spot, found, error);
	if (!by_writer)
		pthread_mutex_unlock(&s->store->lookup);
	if (status != KPI_OK || *found || s->sealed_ids == 0)
		return status;
	if (by_writer && !kpi__filter_may_hold(&s->store->filter, hash))
		return KPI_OK;
	spot->in_tail = 0;
	for (uint32_t p = 0; p < s->sealed->count; p++) {
		spot->part = p;
		status = find_in_chunk(
		    s->store, s->sealed->at[p], &w, spot, found, error);
		if (status != KPI_OK || *found)
			break;
	}
	return status;
}
