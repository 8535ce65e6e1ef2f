/* SPDX-License-Identifier: MIT */
#include "report.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "page.h"
#include "quantity.h"

#define SHOWN 10

enum { CUSTOMER, REPEATS, BAR, LAST, GAP, CELLS };

static const struct column columns[CELLS] = {
	[CUSTOMER] = { { "", "" }, 0, 0, 0 },
	[REPEATS] = { { "came", "again" }, 1, 0, 1 },
	[BAR] = { { "", "" }, 0, 1, 4 },
	[LAST] = { { "the last", "time" }, 0, 0, 2 },
	[GAP] = { { "", "after" }, 0, 0, 3 },
};

/* A customer's repeats, which stand together in the list. */
struct caller {
	uint64_t first, count;
};

static int
compare(const void *left, const void *right)
{
	const struct caller *const a = left, *const b = right;

	if (a->count != b->count)
		return a->count < b->count ? 1 : -1;
	return a->first < b->first ? -1 : a->first > b->first;
}

static const char *
customer_at(const kpi_repeats *list, uint64_t i)
{
	kpi_repeat r = KPI_REPEAT_INIT;

	return kpi_repeats_get(list, i, &r) == KPI_OK ? r.customer : NULL;
}

/* All that have a name, in the order of how often they came again. */
static struct caller *
find_callers(const kpi_repeats *list, size_t *count)
{
	const uint64_t repeats = kpi_repeats_count(list);
	struct caller *const callers =
	    malloc((size_t)(repeats + 1) * sizeof(*callers));
	const char *before = NULL;

	*count = 0;
	for (uint64_t i = 0; callers != NULL && i < repeats; i++) {
		const char *const name = customer_at(list, i);

		if (name == NULL)
			continue;
		if (before == NULL || strcmp(before, name) != 0)
			callers[(*count)++] = (struct caller){ i, 0 };
		callers[*count - 1].count++;
		before = name;
	}
	if (callers != NULL)
		qsort(callers, *count, sizeof(*callers), compare);
	return callers;
}

static int
add_line(struct cells *c, const kpi_repeats *list, const kpi_query *query,
    const struct caller *caller, uint64_t greatest)
{
	char time[KPI_INSTANT_TEXT], gap[DURATION_TEXT];
	kpi_repeat last = KPI_REPEAT_INIT;
	double *share;
	char(*text)[CELL_SIZE] = cells_add(c, &share);

	if (text == NULL)
		return FAILED;
	if (kpi_repeats_get(list, caller->first + caller->count - 1, &last) !=
	    KPI_OK)
		return DONE;
	(void)snprintf(
	    text[CUSTOMER], CELL_SIZE, "%.*s", CELL_SIZE - 1, last.customer);
	(void)snprintf(text[REPEATS], CELL_SIZE, "%" PRIu64, caller->count);
	(void)instant_text(time, query, last.started_at);
	(void)snprintf(text[LAST], CELL_SIZE, "%.10s %.5s", time, time + 11);
	(void)snprintf(
	    text[GAP], CELL_SIZE, "%s", duration_text(gap, last.gap_ms));
	share[BAR] = (double)caller->count / (double)greatest;
	return DONE;
}

static int
print(const kpi_repeats *list, const kpi_query *query, size_t width)
{
	struct cells c;
	size_t count;
	struct caller *const callers = find_callers(list, &count);
	int code = DONE;

	if (callers == NULL)
		return complain(FAILED, "no memory");
	cells_init(&c, columns, CELLS);
	for (size_t i = 0; code == DONE && i < count && i < SHOWN; i++)
		code = add_line(&c, list, query, &callers[i], callers[0].count);
	if (code == DONE && count > 0) {
		page_heading(STRONG, "Who came again");
		cells_print(&c, width);
		if (count > SHOWN)
			(void)printf(
			    "and %zu more: kpi repeats\n", count - SHOWN);
	}
	cells_free(&c);
	free(callers);
	return code;
}

int
report_callers(kpi_store *store, const kpi_query *query,
    const kpi_definition *repeat_rate, size_t width)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_repeats *list;
	const kpi_status status =
	    kpi_repeat_contacts(&list, store, query, repeat_rate, &error);
	int code;

	if (status != KPI_OK)
		return answered(NULL, status, &error);
	code = print(list, query, width);
	kpi_repeats_free(list);
	return code;
}
