/* SPDX-License-Identifier: MIT */
#include "store/version.h"

#include <string.h>

#include "base/memory.h"

static size_t
size_of_bits(uint32_t words)
{
	return sizeof(kpi__bits) + words * sizeof(uint64_t);
}

static void
release_bits(const kpi_allocator *allocator, kpi__bits *bits)
{
	if (bits != NULL && atomic_fetch_sub(&bits->refs, 1) == 1)
		kpi__release(allocator, bits, size_of_bits(bits->words), 1);
}

kpi__version *
kpi__version_of_chunk(const kpi_allocator *allocator, kpi__chunk *chunk)
{
	kpi__version *v = kpi__new_zeroed(allocator, 1, sizeof(*v));

	if (v == NULL)
		return NULL;
	atomic_init(&v->refs, 1);
	v->chunk = chunk;
	v->part.interactions = v->living = chunk->interactions;
	v->part.rows = v->living_rows = chunk->rows;
	v->part.first_row = chunk->first_row;
	v->part.sorted = 1;
	memcpy(v->part.range, chunk->range, sizeof(v->part.range));
	v->known_from = chunk->range[KPI__ANCHOR_STARTED].least;
	v->latest = chunk->latest;
	return v;
}

kpi__version *
kpi__version_of_block(const kpi_allocator *allocator, kpi__block *block)
{
	kpi__version *v = kpi__new_zeroed(allocator, 1, sizeof(*v));

	if (v == NULL)
		return NULL;
	atomic_init(&v->refs, 1);
	v->block = block;
	kpi__ranges_init(v->part.range);
	v->known_from = v->latest = KPI_UNKNOWN;
	return v;
}

static void
hold(kpi__version *version)
{
	atomic_fetch_add(&version->refs, 1);
}

void
kpi__version_release(const kpi_allocator *allocator, kpi__version *v)
{
	if (v == NULL || atomic_fetch_sub(&v->refs, 1) != 1)
		return;
	kpi__chunk_release(v->chunk);
	kpi__block_release(v->block);
	release_bits(allocator, v->dead);
	kpi__patch_set_release(allocator, v->patches);
	kpi__release(allocator, v, 1, sizeof(*v));
}

int
kpi__version_is_dead(const kpi__version *v, uint32_t interaction)
{
	return v->part.dead != NULL &&
	    (v->part.dead[interaction / 64] >> interaction % 64 & 1) != 0;
}

uint32_t
kpi__version_first_row(const kpi__version *v, uint32_t interaction)
{
	return v->part.first_row == NULL ? interaction
					 : v->part.first_row[interaction];
}

uint32_t
kpi__version_rows(const kpi__version *v, uint32_t interaction)
{
	return v->part.first_row == NULL ? 1
					 : v->part.first_row[interaction + 1] -
		v->part.first_row[interaction];
}

static void
count_in(kpi__version *v, const kpi__input *in)
{
	const int64_t start = in->value[KPI_FIELD_STARTED_AT - 1];
	kpi__part *p = &v->part;
	int64_t latest;

	latest = kpi__ranges_widen(p->range, in);
	if (v->living == 0 || start < v->known_from)
		v->known_from = start;
	if (v->living == 0 || latest > v->latest)
		v->latest = latest;
	v->living++;
	v->living_rows += in->rows;
	v->closed += !kpi__input_is_open(in);
	p->interactions++;
	p->rows += in->rows;
	/* The array is there from the first on, for those that follow. */
	if (p->rows != p->interactions)
		p->first_row = v->block->first_row;
}

static kpi__bits *
new_bits(const kpi_allocator *allocator, uint32_t words, const kpi__bits *old)
{
	kpi__bits *bits = kpi__new_zeroed(allocator, size_of_bits(words), 1);

	if (bits == NULL)
		return NULL;
	atomic_init(&bits->refs, 1);
	bits->words = words;
	if (old != NULL)
		memcpy(bits->word, old->word, old->words * sizeof(*old->word));
	return bits;
}

/* Bits of a block are as many as it has room for. */
static kpi_status
own_bits(const kpi_allocator *allocator, kpi__version *v)
{
	const uint32_t room =
	    v->block != NULL ? v->block->room : v->part.interactions;
	kpi__bits *bits;

	if (v->dead != NULL && atomic_load(&v->dead->refs) == 1)
		return KPI_OK;
	bits = new_bits(allocator, (room + 63) / 64, v->dead);
	if (bits == NULL)
		return KPI_ENOMEM;
	release_bits(allocator, v->dead);
	v->dead = bits;
	v->part.dead = bits->word;
	return KPI_OK;
}

kpi_status
kpi__version_append(kpi__version *v, const kpi__input *in)
{
	const kpi_status status =
	    kpi__block_write(v->block, v->part.interactions, v->part.rows, in);

	if (status != KPI_OK)
		return status;
	v->texts_end = kpi__arena_mark(&v->block->texts);
	count_in(v, in);
	return KPI_OK;
}

kpi_status
kpi__version_kill(const kpi_allocator *allocator, kpi__version *v,
    uint32_t interaction, const kpi__input *in)
{
	const kpi_status status = own_bits(allocator, v);

	if (status != KPI_OK)
		return status;
	v->dead->word[interaction / 64] |= UINT64_C(1) << interaction % 64;
	v->living--;
	v->living_rows -= in->rows;
	if (v->block != NULL)
		v->closed -= !kpi__input_is_open(in);
	if (v->living == 0) {
		v->stale = 0;
		v->known_from = v->latest = KPI_UNKNOWN;
	} else if (in->value[KPI_FIELD_STARTED_AT - 1] == v->known_from ||
	    kpi__input_latest(in) == v->latest) {
		v->stale = 1;
	}
	return KPI_OK;
}

int
kpi__version_is_closed(const kpi__version *v, uint32_t i)
{
	const kpi__field *outcome = kpi__field_find(KPI_FIELD_OUTCOME);
	const kpi__field *talk = kpi__field_find(KPI_FIELD_TALK);
	const kpi__field *ended = kpi__field_find(KPI_FIELD_ENDED_AT);
	const uint32_t first = kpi__version_first_row(v, i);

	for (uint32_t r = 0; r < kpi__version_rows(v, i); r++) {
		const int64_t o =
		    kpi__block_value(v->block, outcome, first + r);

		if (o == KPI_OUTCOME_WAITING)
			return 0;
		if (o == KPI_OUTCOME_ANSWERED &&
		    kpi__block_value(v->block, ended, first + r) ==
			KPI_UNKNOWN &&
		    kpi__block_value(v->block, talk, first + r) == KPI_UNKNOWN)
			return 0;
	}
	return 1;
}

kpi_status
kpi__version_mark_dead(
    const kpi_allocator *allocator, kpi__version *v, uint32_t interaction)
{
	const kpi_status status = own_bits(allocator, v);

	if (status != KPI_OK)
		return status;
	v->dead->word[interaction / 64] |= UINT64_C(1) << interaction % 64;
	v->living--;
	v->living_rows -= kpi__version_rows(v, interaction);
	if (v->block != NULL)
		v->closed -= (uint32_t)kpi__version_is_closed(v, interaction);
	v->stale = v->living > 0;
	if (v->living == 0)
		v->known_from = v->latest = KPI_UNKNOWN;
	return KPI_OK;
}

static kpi__version *
copy_of(const kpi_allocator *allocator, kpi__version *v, pthread_mutex_t *known)
{
	kpi__version *copy = kpi__new_array(allocator, 1, sizeof(*copy));

	if (copy == NULL)
		return NULL;
	pthread_mutex_lock(known);
	memcpy(copy, v, sizeof(*copy));
	pthread_mutex_unlock(known);
	atomic_init(&copy->refs, 1);
	if (copy->chunk != NULL)
		kpi__chunk_hold(copy->chunk);
	if (copy->block != NULL)
		kpi__block_hold(copy->block);
	if (copy->dead != NULL)
		atomic_fetch_add(&copy->dead->refs, 1);
	kpi__patch_set_hold(copy->patches);
	return copy;
}

static size_t
size_of_list(size_t room)
{
	return sizeof(kpi__list) + room * sizeof(kpi__version *);
}

static kpi__list *
list_with_room(const kpi_allocator *allocator, size_t room)
{
	kpi__list *list = kpi__new_array(allocator, size_of_list(room), 1);

	if (list == NULL)
		return NULL;
	atomic_init(&list->refs, 1);
	list->count = 0;
	list->room = room;
	return list;
}

kpi__list *
kpi__list_new(const kpi_allocator *allocator)
{
	return list_with_room(allocator, 4);
}

void
kpi__list_hold(kpi__list *list)
{
	atomic_fetch_add(&list->refs, 1);
}

void
kpi__list_release(const kpi_allocator *allocator, kpi__list *list)
{
	if (list == NULL || atomic_fetch_sub(&list->refs, 1) != 1)
		return;
	for (uint32_t i = 0; i < list->count; i++)
		kpi__version_release(allocator, list->at[i]);
	kpi__release(allocator, list, size_of_list(list->room), 1);
}

/* Makes the list itself ours, with room for `need`. */
static kpi_status
own_list(const kpi_allocator *allocator, kpi__list **list, size_t need)
{
	kpi__list *old = *list, *mine;
	size_t room = old->room;

	if (atomic_load(&old->refs) == 1 && need <= room)
		return KPI_OK;
	while (room < need)
		room *= 2;
	mine = list_with_room(allocator, room);
	if (mine == NULL)
		return KPI_ENOMEM;
	for (uint32_t i = 0; i < old->count; i++) {
		mine->at[i] = old->at[i];
		hold(mine->at[i]);
	}
	mine->count = old->count;
	kpi__list_release(allocator, old);
	*list = mine;
	return KPI_OK;
}

kpi_status
kpi__list_append(
    const kpi_allocator *allocator, kpi__list **list, kpi__version *version)
{
	const kpi_status status =
	    own_list(allocator, list, (size_t)(*list)->count + 1);

	if (status == KPI_OK)
		(*list)->at[(*list)->count++] = version;
	return status;
}

kpi_status
kpi__list_own(const kpi_allocator *allocator, kpi__list **list, uint32_t i,
    pthread_mutex_t *known)
{
	kpi_status status = own_list(allocator, list, (*list)->count);
	kpi__version *copy;

	if (status != KPI_OK)
		return status;
	if (atomic_load(&(*list)->at[i]->refs) == 1)
		return KPI_OK;
	copy = copy_of(allocator, (*list)->at[i], known);
	if (copy == NULL)
		return KPI_ENOMEM;
	kpi__version_release(allocator, (*list)->at[i]);
	(*list)->at[i] = copy;
	return KPI_OK;
}
