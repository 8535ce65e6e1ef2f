/* SPDX-License-Identifier: MIT */
#include "store/shelf.h"

#include <string.h>

#include "base/memory.h"

#define FIRST_PAGE 16

void
kpi__shelf_init(kpi__shelf *shelf, size_t size, const kpi_allocator *allocator)
{
	memset(shelf, 0, sizeof(*shelf));
	shelf->allocator = allocator;
	shelf->size = size;
}

void
kpi__shelf_free(kpi__shelf *shelf)
{
	for (unsigned p = 0; p < KPI__SHELF_PAGES; p++)
		kpi__release(shelf->allocator, shelf->page[p],
		    (size_t)FIRST_PAGE << p, shelf->size);
	memset(shelf->page, 0, sizeof(shelf->page));
}

static unsigned
page_of(uint32_t number, uint32_t *within)
{
	uint32_t size = FIRST_PAGE;
	unsigned page = 0;

	for (*within = number; *within >= size; page++) {
		*within -= size;
		size *= 2;
	}
	return page;
}

kpi_status
kpi__shelf_reach(kpi__shelf *shelf, uint32_t number, void **out)
{
	uint32_t within;
	const unsigned page = page_of(number, &within);

	if (page >= KPI__SHELF_PAGES)
		return KPI_EOVERFLOW;
	if (shelf->page[page] == NULL)
		shelf->page[page] = kpi__new_array(
		    shelf->allocator, (size_t)FIRST_PAGE << page, shelf->size);
	if (shelf->page[page] == NULL)
		return KPI_ENOMEM;
	*out = (char *)shelf->page[page] + within * shelf->size;
	return KPI_OK;
}

const void *
kpi__shelf_at(const kpi__shelf *shelf, uint32_t number)
{
	uint32_t within;
	const unsigned page = page_of(number, &within);

	return (const char *)shelf->page[page] + within * shelf->size;
}
