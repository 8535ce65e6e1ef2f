/* SPDX-License-Identifier: MIT */
#include "store/erased.h"

#include <string.h>

#include "base/memory.h"

static size_t
size_of(size_t room)
{
	return sizeof(kpi__erased) + room * sizeof(uint32_t);
}

void
kpi__erased_hold(kpi__erased *erased)
{
	if (erased != NULL)
		atomic_fetch_add(&erased->refs, 1);
}

void
kpi__erased_release(const kpi_allocator *allocator, kpi__erased *erased)
{
	if (erased != NULL && atomic_fetch_sub(&erased->refs, 1) == 1)
		kpi__release(allocator, erased, size_of(erased->room), 1);
}

uint32_t
kpi__erased_count(const kpi__erased *erased)
{
	return erased == NULL ? 0 : erased->count;
}

/* The place of the first code that is not below `code`. */
static uint32_t
position(const kpi__erased *erased, uint32_t code)
{
	uint32_t low = 0, high = kpi__erased_count(erased);

	while (low < high) {
		const uint32_t middle = low + (high - low) / 2;

		if (erased->code[middle] < code)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int
kpi__erased_has(const kpi__erased *erased, uint32_t code)
{
	const uint32_t at = position(erased, code);

	return at < kpi__erased_count(erased) && erased->code[at] == code;
}

/* Ours alone, with room for one more. */
static kpi_status
own(const kpi_allocator *allocator, kpi__erased **erased)
{
	const uint32_t count = kpi__erased_count(*erased);
	const uint32_t room = count + count / 2 + 4;
	kpi__erased *mine;

	if (*erased != NULL && count < (*erased)->room &&
	    atomic_load(&(*erased)->refs) == 1)
		return KPI_OK;
	mine = kpi__new_array(allocator, size_of(room), 1);
	if (mine == NULL)
		return KPI_ENOMEM;
	atomic_init(&mine->refs, 1);
	mine->count = count;
	mine->room = room;
	if (count > 0)
		memcpy(mine->code, (*erased)->code, count * sizeof(uint32_t));
	kpi__erased_release(allocator, *erased);
	*erased = mine;
	return KPI_OK;
}

kpi_status
kpi__erased_put(
    const kpi_allocator *allocator, kpi__erased **erased, uint32_t code)
{
	const kpi_status status = own(allocator, erased);
	const uint32_t at = position(*erased, code);

	if (status != KPI_OK)
		return status;
	memmove(&(*erased)->code[at + 1], &(*erased)->code[at],
	    ((*erased)->count - at) * sizeof(code));
	(*erased)->code[at] = code;
	(*erased)->count++;
	return KPI_OK;
}
