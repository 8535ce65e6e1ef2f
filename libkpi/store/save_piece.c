/* SPDX-License-Identifier: MIT */
#include <stdatomic.h>

#include "base/threads.h"
#include "store/blob.h"
#include "store/save.h"

/* What a thread's beginning costs is little beside the pieces of a chunk of so
 * many interactions. */
#define WORTH_SHARING 8192

static const char sql_page[] = "INSERT INTO page VALUES(?, ?)";

/* The pieces of a chunk that are made together. */
struct pieces {
	const kpi__chunk *chunk;
	const kpi__item *item[KPI__ITEMS];
	kpi__buffer out[KPI__ITEMS];
	uint32_t count;
	atomic_uint next;
};

static void
make(void *ctx, uint32_t which)
{
	struct pieces *p = ctx;

	(void)which;
	for (;;) {
		const uint32_t i = atomic_fetch_add(&p->next, 1);

		if (i >= p->count)
			return;
		kpi__blob_encode(&p->out[i], p->chunk, p->item[i]);
	}
}

static kpi_status
write_piece(
    kpi__save *save, const struct pieces *p, uint32_t i, kpi_error *error)
{
	sqlite3_stmt *statement;
	kpi_status status =
	    kpi__db_statement(save->db, sql_page, &statement, error);

	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(
	    statement, 1, kpi__page_key(p->chunk->number, p->item[i]->number));
	status = kpi__save_bytes(&p->out[i], statement, 2, error);
	return status == KPI_OK ? kpi__db_do(save->db, statement, error)
				: status;
}

/* Written in order, whoever made which. */
static kpi_status
save_together(
    kpi__save *save, struct pieces *p, uint32_t threads, kpi_error *error)
{
	kpi_status status = KPI_OK;

	for (uint32_t i = 0; i < p->count; i++)
		kpi__buffer_init(&p->out[i], &save->store->allocator);
	atomic_init(&p->next, 0);
	kpi__threads_run(
	    threads < p->count ? threads : p->count, make, NULL, p);
	for (uint32_t i = 0; i < p->count && status == KPI_OK; i++)
		status = write_piece(save, p, i, error);
	for (uint32_t i = 0; i < p->count; i++)
		kpi__buffer_free(&p->out[i]);
	p->count = 0;
	return status;
}

kpi_status
kpi__save_piece(kpi__save *save, const kpi__chunk *chunk, const kpi__item *item,
    kpi_error *error)
{
	struct pieces p;

	p.chunk = chunk;
	p.item[0] = item;
	p.count = 1;
	return save_together(save, &p, 1, error);
}

/* One thread makes a piece after the other, so that one is held. */
kpi_status
kpi__save_pieces(kpi__save *save, const kpi__chunk *chunk, kpi_error *error)
{
	const uint32_t threads = chunk->interactions < WORTH_SHARING
	    ? 1
	    : atomic_load(&save->store->threads);
	const uint32_t most = threads == 1 ? 1 : KPI__ITEMS;
	kpi_status status = KPI_OK;
	struct pieces p;

	p.chunk = chunk;
	p.count = 0;
	for (uint32_t i = 1; i < KPI__ITEMS && status == KPI_OK; i++) {
		if (chunk->item[i] != NULL && i != KPI__ITEM_RUN)
			p.item[p.count++] = chunk->item[i];
		if (p.count == most)
			status = save_together(save, &p, threads, error);
	}
	if (status == KPI_OK && p.count > 0)
		status = save_together(save, &p, threads, error);
	return status;
}
