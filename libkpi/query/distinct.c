/* SPDX-License-Identifier: MIT */
#include "base/memory.h"
#include "base/sort.h"
#include "query/scan_plan.h"

/* Doubles are dropped when so many pairs have come since the last time. */
#define ENOUGH ((size_t)1 << 20)

static int
stopped(void *ctx)
{
	const kpi__scan *scan = ctx;
	const kpi__pass *pass = &scan->pass;

	return kpi__query_stopped(scan->query, pass->part, pass->parts, NULL) !=
	    KPI_OK;
}

static kpi_status
drop_doubles(kpi__scan *scan, kpi__distinct *d)
{
	uint64_t *scratch;
	size_t kept = 0;
	int is_stopped;

	if (d->count == 0)
		return KPI_OK;
	scratch = kpi__new_array(scan->allocator, d->count, sizeof(*scratch));
	if (scratch == NULL)
		return KPI_ENOMEM;
	is_stopped =
	    kpi__sort_words(d->pairs, scratch, d->count, stopped, scan);
	kpi__release(scan->allocator, scratch, d->count, sizeof(*scratch));
	if (is_stopped)
		return KPI_ESTOPPED;
	for (size_t i = 0; i < d->count; i++)
		if (i == 0 || d->pairs[i] != d->pairs[i - 1])
			d->pairs[kept++] = d->pairs[i];
	d->count = d->sorted = kept;
	return KPI_OK;
}

kpi_status
kpi__distinct_add(kpi__scan *scan, kpi__distinct *d, const kpi__selection *s,
    const uint8_t *key)
{
	const kpi__counter *c = &scan->counters[d->counter];
	const int space = kpi__stream_space(&scan->streams[c->stream]);
	const uint32_t *code =
	    kpi__batch_codes(&scan->pass.batch, d->by, KPI__CREDIT_LAST, space);
	kpi_status status;

	if (d->count - d->sorted > ENOUGH + d->sorted) {
		status = drop_doubles(scan, d);
		if (status != KPI_OK)
			return status;
	}
	status = kpi__grow(scan->allocator, &d->pairs, &d->room,
	    d->count + s->count, sizeof(*d->pairs));
	if (status != KPI_OK)
		return status;
	for (uint32_t i = 0; i < s->count; i++) {
		const uint32_t unit = s->unit == NULL ? i : s->unit[i];
		const uint32_t slot = s->slot == NULL ? 1 : s->slot[i];

		if (slot == 0 || code[unit] == 0 || !d->in[key[unit]] ||
		    (s->keep != NULL && !s->keep[i]))
			continue;
		d->pairs[d->count++] = (uint64_t)slot << 32 | code[unit];
	}
	return KPI_OK;
}

kpi_status
kpi__distinct_join(kpi__scan *scan, kpi__distinct *to,
    const kpi__distinct *from, const uint32_t *slot)
{
	const kpi_status status = kpi__grow(scan->allocator, &to->pairs,
	    &to->room, to->count + from->count, sizeof(*to->pairs));

	if (status != KPI_OK)
		return status;
	for (size_t i = 0; i < from->count; i++)
		to->pairs[to->count++] =
		    (uint64_t)slot[from->pairs[i] >> 32] << 32 |
		    (uint32_t)from->pairs[i];
	return KPI_OK;
}

kpi_status
kpi__distinct_finish(kpi__scan *scan, kpi__distinct *d)
{
	const kpi_status status = drop_doubles(scan, d);

	if (status != KPI_OK)
		return status;
	for (size_t i = 0; i < d->count; i++)
		scan->cells[(d->pairs[i] >> 32) * scan->stride + d->cell]++;
	return KPI_OK;
}
